"""Verbs whose subject gives: supplying, arming, backing with arms, building for somebody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tidewaiter.reading.deals.around.actors import allowing, antecedents, askers, partners
from tidewaiter.reading.deals.around.embargoes import embargoed
from tidewaiter.reading.deals.around.goals import beneficiaries, for_goods_of, goals_of, is_force
from tidewaiter.reading.deals.around.origins import doers, hired_from
from tidewaiter.reading.deals.around.surroundings import Surroundings
from tidewaiter.reading.deals.around.word_order import (
    GOAL_WORDS,
    behind,
    behind_receiver,
    glued_receivers,
    right_neighbour,
    told_behind_colon,
)
from tidewaiter.reading.deals.parties import Party
from tidewaiter.reading.deals.slots.parts import Slots
from tidewaiter.reading.deals.slots.words import ANAPHORS
from tidewaiter.reading.syntax import Arguments, prepositional

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_TELLING_OF_GOODS = frozenset(
    {"supply", "ship", "deliver", "transfer", "export", "send", "sell", "hand", "dispatch", "despatch"}
)

_NEED_NO_OBJECT = frozenset({"supply", "resupply", "ship", "deliver", "transfer", "export"})

_SUSTAINING = frozenset({"supply", "resupply", "provide"})

_HIRING = frozenset({"lease", "rent", "borrow", "hire", "loan"})
"""Verbs that run either way: who gets the goods is the subject where they come "from" somebody."""


def supply(around: Surroundings, token: Token, found: Arguments) -> Slots | None:
    """ "A sells goods to B", "sends B goods", "supplies B with goods"."""
    goods = _goods_given(around, token, found)
    receivers = [head for head in (*found.datives, *found.objects) if not around.is_goods(head)]
    recipients = _receivers(around, token, found, goods, receivers)
    suppliers = doers(around, found, goods) or antecedents(around, token, found.subjects)
    if goods and token.lemma_.lower() in _HIRING and (owners := hired_from(around, found, goods)):
        return Slots(owners, around.parties.parties(found.subjects), tuple(goods))
    if goods:
        suppliers = suppliers or allowing(around, token)
        recipients = recipients or for_goods_of(around, goods) or embargoed(around, token, suppliers)
        return Slots(suppliers, recipients, tuple(goods))
    if suppliers and token.lemma_.lower() in _SUSTAINING and is_force(around, receivers):
        return Slots(suppliers, recipients, (), unnamed=True)  # "the rebels, who are supplied by A"
    if _is_open(around, token, receivers):
        return Slots(suppliers, recipients, (), anaphoric=True)
    return None


def _goods_given(around: Surroundings, token: Token, found: Arguments) -> list[Token]:
    """The goods that are supplied: by the parse, else by the order of the words."""
    objects = found.objects
    offered = (*objects, *found.after("with"), *around.inside(objects, "with"), *_paid_for(objects))
    if any(head.lower_ == "what" for head in objects):  # "what A sold to B was boats"
        offered = (*offered, *(child for child in token.head.children if child.dep_ == "attr"))
    goods = around.goods_among(offered)
    if not goods and not objects:  # "shells moved to B"
        goods = around.goods_among(found.subjects)
    if not goods and not objects and behind(around, token, GOAL_WORDS):  # "sold to B rifles and shells"
        goods = [head for head in found.after("to") if around.parties.is_head(head)]
        goods = goods or (behind_receiver(around, token) if around.parties.parties(found.subjects) else [])
    return goods or right_neighbour(around, token) or told_behind_colon(around, token, found)


def _paid_for(amounts: Sequence[Token]) -> list[Token]:
    """What money stands for: "$20 million in weapons", "aid worth a million in shells"."""
    sums = [head for head in amounts if head.pos_ in ("NUM", "SYM") or head.ent_type_ == "MONEY"]
    return [inner for head in sums for inner in prepositional(head).get("in", [])]


def _receivers(
    around: Surroundings,
    token: Token,
    found: Arguments,
    goods: Sequence[Token],
    receivers: Sequence[Token],
) -> tuple[Party, ...]:
    """Who is supplied, the verb's own phrases first; where nobody is named, who asked for it."""
    return (
        *around.parties.parties(found.datives),
        *goals_of(around, found, goods),
        *around.parties.parties(receivers),
        *glued_receivers(around, goods),
        *partners(around, token),
        *beneficiaries(around, token),
    ) or askers(around, token)


def _is_open(around: Surroundings, token: Token, receivers: Sequence[Token]) -> bool:
    """The goods are those spoken of before: an object that only stands for them ("they are being
    sent to", "the aircraft"), or with verbs that need none ("is supplying covertly") no object but a
    receiver."""
    told_of = any(head.lower_ in ANAPHORS or around.is_told_of(head) for head in receivers)
    if token.lemma_.lower() in _TELLING_OF_GOODS and told_of:
        return True
    if token.tag_ in ("VBN", "VBD") and token.dep_ in ("amod", "acl") and not receivers:
        return False
    stated = [head for head in receivers if around.parties.party(head) is None]
    return not stated and token.lemma_.lower() in _NEED_NO_OBJECT


_REBELS = frozenset({"rebellion", "insurgency", "rebel", "insurgent", "militia", "guerrilla", "separatist"})
"""Nouns for whom somebody arms that name nobody: the name is found elsewhere in the report."""


def arm(around: Surroundings, token: Token, found: Arguments) -> Slots | None:
    """ "A arms B with goods", "A arms B": with arms of some kind."""
    goods = around.goods_among(found.after("with"))
    recipients = around.parties.parties(found.objects)
    if not recipients and not any(head.lemma_.lower() in _REBELS for head in found.objects):
        return None
    suppliers = around.parties.parties(found.subjects) or antecedents(around, token, found.subjects)
    return Slots(suppliers, recipients, tuple(goods), unnamed=not goods)


def back(around: Surroundings, token: Token, found: Arguments) -> Slots | None:
    """ "supported the rebels with weapons": to back somebody is no transfer unless goods are named."""
    slots = arm(around, token, found)
    return slots if slots is not None and slots.goods else None


def make(around: Surroundings, _: Token, found: Arguments) -> Slots | None:
    """ "A builds boats for B"; building for oneself is no transfer."""
    goods = around.goods_among(found.objects)
    takers = around.parties.parties([*found.after("for"), *around.inside(goods, "for")])
    makers = around.parties.parties(head for head in found.subjects if not around.is_goods(head))
    return Slots(makers, takers, tuple(goods)) if goods and takers else None
