"""Verbs that tell what a consignment holds, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.reading.deals.around.surroundings import Surroundings
from tidewaiter.reading.deals.frames import cues
from tidewaiter.reading.deals.slots.parts import Slots
from tidewaiter.reading.deals.slots.words import VESSELS
from tidewaiter.reading.syntax import Arguments, antecedent, prepositional

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_LOTS = frozenset(
    {"it", "they", "scrap", "haul", "load", "cache", "inventory", "equipment", "aid", "assistance"}
)
"""Words that stand for a lot of goods when something is said to belong to it."""


_REFERRING = frozenset({"them", "these", "those"})
"""What goods told of before are called: "among them were jets"."""


def include(around: Surroundings, _: Token, found: Arguments) -> Slots | None:
    """ "The package includes missiles", "it listed two jets": the goods of what was spoken of."""
    goods = around.goods_among((*found.objects, *found.after("of")))
    if not goods or not any(_is_lot(around, head) for head in found.subjects):
        return None
    return Slots((), (), tuple(goods))


def exist(around: Surroundings, token: Token, found: Arguments) -> Slots | None:
    """ "There were no weapons on the plane": what a consignment held, or did not."""
    if (part := _part_of_a_lot(around, found)) is not None:
        return part
    aboard = [antecedent(head) for head in found.after("on", "aboard", "in")]
    there = any(child.dep_ == "expl" for child in token.children)
    goods = around.goods_among(found.objects)
    if not there or not goods or not any(head.lemma_.lower() in VESSELS | _LOTS for head in aboard):
        return None
    return Slots((), (), tuple(goods))


def _part_of_a_lot(around: Surroundings, found: Arguments) -> Slots | None:
    """ "Drones were among those exports", "part of the contract are radars"."""
    lots = [head for head in found.after("among", "amongst") if _is_lot(around, head)]
    goods = around.goods_among(found.subjects)
    if not lots:
        lots = [head for head in found.subjects if head.lemma_.lower() == "part"]
        lots = [
            inner for head in lots for inner in prepositional(head).get("of", []) if _is_lot(around, inner)
        ]
        goods = around.goods_among(found.objects)
    goods = goods or around.goods_among(found.objects)  # "among the weapons were radars"
    return Slots((), (), tuple(goods)) if lots and goods else None


def _is_lot(around: Surroundings, head: Token) -> bool:
    """Whether the phrase stands for goods as a whole: "the shipment", "the weapons", "the haul"."""
    weapon = around.parties.weapon_at(head)
    generic = weapon is not None and weapon.generic
    cue = cues(around.parsed.knowledge).get((head.lemma_.lower(), "noun"))
    if cue is not None and cue.frame == "nominal":  # "A's arms exports to B include"
        return True
    if head.lower_ in _REFERRING:
        return True
    return generic or around.is_shipment(head) or head.lemma_.lower() in _LOTS


def belong(around: Surroundings, _: Token, found: Arguments) -> Slots | None:
    """ "The arms found aboard belong to A": A sent them."""
    goods = around.goods_among(found.subjects)
    owners = around.parties.parties(found.after("to"))
    return Slots(owners, (), tuple(goods)) if goods and owners else None
