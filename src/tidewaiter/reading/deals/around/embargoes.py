"""Who gets what is sent in breach of an embargo: "broke the embargo on A by sending mortars"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tidewaiter.reading.deals.around.surroundings import Surroundings
from tidewaiter.reading.deals.parties import Party
from tidewaiter.reading.syntax import prepositional

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_BREACH = re.compile(
    r"\b(?:violat\w+|breach\w*|br(?:oke|eaks?|eaking|oken)|def(?:y|ie[sd]|ying|iance)|flout\w*|contraven\w+"
    r"|circumvent\w+|evad\w+|infring\w+|despite|bust\w+)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
"""What somebody does to an embargo who sends arms for all that, in the words before it."""


def embargoed(around: Surroundings, token: Token, suppliers: Sequence[Party]) -> tuple[Party, ...]:
    """The only party under an embargo that the sentence tells is broken, if it is none of the suppliers."""
    sentence = token.sent
    found: dict[str, Party] = {}
    for word in sentence:
        if word.lemma_.lower() != "embargo" or word.pos_ != "NOUN":
            continue
        if _BREACH.search(around.parsed.text, sentence.start_char, word.idx) is None:
            continue
        hit = (word, *(child for child in word.children if child.dep_ == "acl"))
        phrases = [prepositional(one) for one in hit]
        heads = [head for one in phrases for name in ("on", "against") for head in one.get(name, [])]
        found |= {party.code: party for party in around.parties.parties(heads)}
    givers = {party.code for party in suppliers}
    return tuple(found.values()) if len(found) == 1 and not found.keys() & givers else ()
