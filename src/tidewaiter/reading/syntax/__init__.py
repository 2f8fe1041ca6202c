"""Who does what to whom, from a dependency parse: the logical arguments of verbs and nouns.

Labels are those of spaCy's English models (ClearNLP).  Everything here looks at tokens only; what
the words mean is decided elsewhere.

``logical`` has the arguments, found by ``subjects``, ``voice`` and ``prepositions``; ``phrases`` and
``governors`` say what belongs to a word and what stands above it. Constructions that the parser is known to
mistake are mended in ``repairs``; all of them climb the ``tree``.
"""

from tidewaiter.reading.syntax.governors import governing_verb, governors, has_negation
from tidewaiter.reading.syntax.logical import Arguments, arguments
from tidewaiter.reading.syntax.phrases import is_definite, phrase
from tidewaiter.reading.syntax.prepositions import prepositional
from tidewaiter.reading.syntax.subjects import ASKING, antecedent
from tidewaiter.reading.syntax.tree import CLIMBING_LIMIT, conjuncts, own_subjects
from tidewaiter.reading.syntax.voice import is_passive

__all__ = [
    "ASKING",
    "CLIMBING_LIMIT",
    "Arguments",
    "antecedent",
    "arguments",
    "conjuncts",
    "governing_verb",
    "governors",
    "has_negation",
    "is_definite",
    "is_passive",
    "own_subjects",
    "phrase",
    "prepositional",
]
