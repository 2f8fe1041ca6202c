"""Verbs of goods taken: into possession, from aboard, on the way, or found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.reading.deals.around.goals import goals_of, in_hands
from tidewaiter.reading.deals.around.origins import doers, given_by
from tidewaiter.reading.deals.around.surroundings import Surroundings
from tidewaiter.reading.deals.around.vessels import travelled
from tidewaiter.reading.deals.around.word_order import left_neighbour
from tidewaiter.reading.deals.slots.parts import Slots
from tidewaiter.reading.deals.slots.words import VESSELS
from tidewaiter.reading.syntax import Arguments, is_passive, prepositional

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token


def take(around: Surroundings, token: Token, found: Arguments) -> Slots | None:
    """ "take delivery of", "take possession of" goods; "rifles were taken to A"."""
    goods = around.goods_among(found.objects)
    goals = goals_of(around, found, [])
    if goods and goals:
        return Slots(doers(around, found, goods), goals, tuple(goods))
    held = [head for head in found.objects if head.lemma_.lower() in ("delivery", "possession", "receipt")]
    aboard = found.after("from", "off")
    if not held and any(head.lemma_.lower() in VESSELS or head.lower_ == "it" for head in aboard):
        return seize(around, token, found)
    goods = [inner for head in held for inner in prepositional(head).get("of", []) if around.is_goods(inner)]
    if not goods:
        return None
    givers = around.parties.parties([*found.after("from"), *around.inside([*held, *goods], "from")])
    return Slots(givers, around.parties.parties(found.subjects), tuple(goods))


def seize(around: Surroundings, token: Token, found: Arguments) -> Slots | None:
    """ "A seized rifles aboard a dhow from B to C": from B to C, taken on the way."""
    goods = around.goods_among(found.objects) or around.goods_among(around.inside(found.objects, "with"))
    if not goods and not found.objects:
        goods = left_neighbour(around, token)
    if not goods:
        return None
    vessels = [*found.after("from", "off", "aboard", "on", "in"), *around.inside(goods, "aboard", "on")]
    origins = around.parties.parties([*around.inside([*goods, *vessels], "from")])
    origins = origins or around.parties.parties(travelled(around, vessels, "from")) or given_by(around, goods)
    recipients = goals_of(around, Arguments(), [*goods, *vessels])
    recipients = recipients or around.parties.parties(travelled(around, vessels, "to", "for", "toward"))
    return Slots(origins, recipients, tuple(goods), seized=True)


_HIDING = frozenset({"hide", "conceal"})
"""Goods are hidden; what hides, as a plane behind another, is not brought by anybody."""


def find(around: Surroundings, token: Token, found: Arguments) -> Slots | None:
    """ "found rifles aboard": what a consignment held."""
    slots = seize(around, token, found) if token.tag_ in ("VBD", "VBN") else None
    if slots is None or (token.lemma_.lower() in _HIDING and not is_passive(token)):
        return None
    holders = around.parties.parties([*found.after("with", "among"), *in_hands(found)])
    return replace(slots, seized=False, recipients=(*slots.recipients, *holders))
