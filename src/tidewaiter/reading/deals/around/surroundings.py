"""A document as the words around a trigger are looked at: its parties, and which phrases are goods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tidewaiter.reading.deals.frames import cues
from tidewaiter.reading.deals.parties import PartyFinder
from tidewaiter.reading.syntax import is_definite, phrase, prepositional

if TYPE_CHECKING:
    from tidewaiter.reading.entities import Entities
    from tidewaiter.reading.parse import Parsed
    from tidewaiter.reading.tokens import Token


class Surroundings:
    """What is known of one document where its trigger words are looked at."""

    def __init__(self, parsed: Parsed, entities: Entities) -> None:
        self.parsed = parsed
        self.entities = entities
        self.parties = PartyFinder(parsed, entities)

    def is_goods(self, head: Token) -> bool:
        """Whether the phrase is about military goods."""
        return self.parties.is_item(head)

    def goods_among(self, heads: Iterable[Token]) -> list[Token]:
        """Those of the phrases that are about military goods."""
        return [head for head in heads if self.parties.is_item(head)]

    def is_shipment(self, head: Token) -> bool:
        """Whether the phrase is a definite "the shipments": goods spoken of before."""
        cue = cues(self.parsed.knowledge).get((head.lemma_.lower(), "noun"))
        return cue is not None and cue.frame in ("nominal", "deal") and is_definite(head)

    def is_told_of(self, head: Token) -> bool:
        """Whether the noun is that of goods named before: "the aircraft", after "six Su-24 aircraft"."""
        named = (self.parsed.tokens(weapon.head) for weapon in self.entities.weapons)
        heads = {tokens.root.lower_ for tokens in named if tokens and tokens.root.i < head.i}
        return head.pos_ == "NOUN" and is_definite(head) and head.lower_ in heads

    def inside(self, goods: Sequence[Token], *prepositions: str) -> list[Token]:
        """Phrases that hang on the goods themselves: "shells for Sudan from China"."""
        parts = [part for head in goods for part in phrase(head)]
        return [head for part in parts for name in prepositions for head in prepositional(part).get(name, [])]
