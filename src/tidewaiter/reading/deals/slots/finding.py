"""The slots of a trigger word: which frame is filled how, and who speaks there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.reading.deals.around.legs import last_leg
from tidewaiter.reading.deals.around.surroundings import Surroundings
from tidewaiter.reading.deals.around.word_order import GOAL_WORDS, ORIGIN_WORDS, behind
from tidewaiter.reading.deals.frames import Cue
from tidewaiter.reading.deals.slots import getting, giving, holding, moving, nouns, taking
from tidewaiter.reading.deals.slots.parts import Slots
from tidewaiter.reading.syntax import Arguments, arguments
from tidewaiter.reading.tokens import Token

if TYPE_CHECKING:
    from tidewaiter.reading.entities import Entities
    from tidewaiter.reading.parse import Parsed

Frame = Callable[[Surroundings, Token, Arguments], Slots | None]
"""Fills the slots of a verb of one frame from its arguments."""

_VERBS: Mapping[str, Frame] = {
    "supply": giving.supply,
    "arm": giving.arm,
    "back": giving.back,
    "make": giving.make,
    "receive": getting.receive,
    "ask": getting.receive,
    "rely": getting.rely,
    "sign": getting.sign,
    "use": getting.use,
    "carry": moving.carry,
    "load": moving.load,
    "arrive": moving.arrive,
    "leave": moving.leave,
    "end_up": moving.end_up,
    "take": taking.take,
    "seize": taking.seize,
    "find": taking.find,
    "include": holding.include,
    "exist": holding.exist,
    "belong": holding.belong,
}
"""How each frame of verbs is filled."""

_SEEN_ON_THE_SURFACE = frozenset({"supply", "nominal", "receive", "arrive", "seize", "carry"})
"""Frames whose parties may be read off the order of the words."""


class SlotFinder:
    """Fills the slots of trigger words of one document."""

    def __init__(self, parsed: Parsed, entities: Entities) -> None:
        self.around = Surroundings(parsed, entities)
        self.parties = self.around.parties

    def find(self, token: Token, cue: Cue) -> Slots | None:
        """Who plays which part in what the trigger tells; None where it tells of no transfer."""
        if _is_what_a_law_forbids(token):
            return None
        if cue.frame == "way":
            return nouns.way(self.around, token)
        if cue.frame == "giver":
            return nouns.giver(self.around, token)
        if cue.pos == "noun":
            return nouns.noun(self.around, token, cue)
        found = arguments(token)
        slots = _VERBS[cue.frame](self.around, token, found)
        return slots and replace(slots, speaker=_speaker_part(cue, found))

    def with_surface_parties(self, slots: Slots, token: Token, cue: Cue) -> Slots:
        """Where the parse gives no supplier or recipient, the actor right behind the nearest "from" or
        "to" that follows: prepositions are what parsers attach worst."""
        if cue.frame not in _SEEN_ON_THE_SURFACE:
            return slots
        if slots.anaphoric and cue.pos == "noun":  # "ahead of the donation the president spoke to ..."
            return slots
        suppliers = slots.suppliers or behind(self.around, token, ORIGIN_WORDS)
        recipients = slots.recipients or behind(self.around, token, GOAL_WORDS)
        recipients = last_leg(self.around, recipients)
        return replace(slots, suppliers=suppliers, recipients=recipients)


_FORBIDDING = frozenset({"violate", "breach", "contravene", "constitute", "amount"})


def _is_what_a_law_forbids(token: Token) -> bool:
    """ "Supplying, selling or transferring weapons to A violates the resolution": nobody does it there."""
    first = token
    while first.dep_ == "conj" and first.head.tag_ == "VBG":
        first = first.head
    opens = first.dep_ in ("csubj", "advcl", "nsubj") and first.tag_ == "VBG" and first.i < first.head.i
    return opens and first.head.lemma_.lower() in _FORBIDDING


def _speaker_part(cue: Cue, found: Arguments) -> str | None:
    """The part of "we" and "us": whoever speaks there supplies or receives."""
    gives = cue.frame in ("supply", "arm", "back")
    if any(head.lower_ in ("we", "i") for head in found.subjects):
        return "supplier" if gives else "recipient"
    if gives and any(
        head.lower_ in ("us", "me") for head in (*found.datives, *found.objects, *found.after("to"))
    ):
        return "recipient"
    return None
