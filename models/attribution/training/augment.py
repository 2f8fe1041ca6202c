"""Articles made dirty, as reports come: lost marks, other cases, spun and machine-translated cues.

The corpus is clean newspaper text; what is read is copied, rewritten and translated.  Each epoch, some
articles are given in a variant, their relations carried along word by word.  The replacements are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from corpus import Relation

from tidewaiter.reading.said.tagger.windows import Text

SHARE = 0.3  # of the articles of an epoch, in a variant
CUES = {
    "said": (
        "stated",
        "declared",
        "noted",
        "underscored",
        "communicated",
        "conveyed",
        "informed",
        "remarked",
        "made known",
        "has stated",
        "expressed",
        "let it be known",
        "pointed out",
        "told",
        "uttered",
        "specified",
        "reported",
        "affirmed",
        "announced",
        "argued",
    ),
    "says": ("states", "declares", "notes", "underscores", "conveys", "informs", "expresses", "affirms"),
    "according to": (
        "as per",
        "in the words of",
        "as per the words of",
        "by the account of",
        "on the word of",
        "as stated by",
        "as reported by",
        "per",
        "in accordance with the statement of",
    ),
    "told": ("informed", "conveyed to", "communicated to", "stated to", "declared to"),
    "announced": ("made public", "made known", "declared", "informed about", "proclaimed"),
    "claimed": ("asserted", "maintained", "pretended", "put forward", "contended"),
    "denied": ("refuted", "rejected", "negated", "disclaimed", "repudiated"),
    "added": ("supplemented", "further stated", "went on", "continued", "complemented"),
}
"""Words of cues and what spinners and translating machines make of them."""
SPUN = 0.5  # of the cues in a spun article that have a replacement
_MARKS = frozenset("\"'“”‘’«»„‟`")
_CURLY = {'"': "“”", "'": "‘’"}

Variant = tuple[Text, tuple[Relation, ...]]


def variant(text: Text, relations: Sequence[Relation], chance: Random) -> Variant:
    """The article as it is or, for some, with one or two things done to it."""
    if chance.random() >= SHARE:
        return text, tuple(relations)
    ways: tuple[Callable[[Text, tuple[Relation, ...], Random], Variant], ...]
    ways = (_without_marks, _one_case, _joined_lines, _spun, _other_marks)
    found: Variant = text, tuple(relations)
    for way in chance.sample(ways, chance.choice((1, 1, 2))):
        found = way(*found, chance)
    return found


def _without_marks(text: Text, relations: tuple[Relation, ...], chance: Random) -> Variant:
    """Some or all quotation marks lost."""
    share = chance.choice((0.15, 0.5, 1.0))
    keep = [(word,) if word not in _MARKS or chance.random() >= share else () for word in text.words]
    return _rebuilt(text, relations, keep)


def _one_case(text: Text, relations: tuple[Relation, ...], chance: Random) -> Variant:
    """All small letters, or all capitals."""
    change = str.lower if chance.random() < 0.75 else str.upper
    return _rebuilt(text, relations, [(change(word),) for word in text.words])


def _joined_lines(text: Text, relations: tuple[Relation, ...], chance: Random) -> Variant:
    """Paragraphs run together."""
    breaks = frozenset(one for one in text.breaks if chance.random() < 0.3)
    return Text(text.words, text.spans, breaks), relations


def _other_marks(text: Text, relations: tuple[Relation, ...], _: Random) -> Variant:
    """Straight marks for curly ones, or the other way round."""
    if not _MARKS & {"“", "”"} & set(text.words):
        opened = dict.fromkeys(_CURLY, False)
        words = []
        for word in text.words:
            if word == '"':
                words.append((_CURLY[word][opened[word]],))
                opened[word] = not opened[word]
            else:
                words.append((word,))
        return _rebuilt(text, relations, words)
    plain = {"“": '"', "”": '"', "‘": "'", "’": "'"}
    return _rebuilt(text, relations, [(plain.get(word, word),) for word in text.words])


def _spun(text: Text, relations: tuple[Relation, ...], chance: Random) -> Variant:
    """Other words for common cues."""
    words: list[tuple[str, ...]] = [(word,) for word in text.words]
    for _, cue, _ in relations:
        places = sorted(cue)
        told = " ".join(text.words[place].lower() for place in places)
        if told in CUES and chance.random() < SPUN:
            for place in places:
                words[place] = ()
            words[places[0]] = tuple(chance.choice(CUES[told]).split())
    return _rebuilt(text, relations, words)


def _rebuilt(text: Text, relations: tuple[Relation, ...], words: Sequence[tuple[str, ...]]) -> Variant:
    """The article with each word replaced by those given for it; none leaves it out."""
    starts = [0]
    for one in words:
        starts.append(starts[-1] + len(one))
    flat = tuple(word for one in words for word in one)
    breaks = frozenset(starts[place] for place in text.breaks)
    moved = []
    for relation in relations:
        source, cue, content = (
            frozenset(new for word in part for new in range(starts[word], starts[word + 1]))
            for part in relation
        )
        if cue and content:
            moved.append((source, cue, content))
    return Text(flat, (), breaks), tuple(moved)
