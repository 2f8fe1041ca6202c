"""Verbs of goods on their way: carrying, loading, arriving, leaving, ending up somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.reading.deals.around.actors import antecedents
from tidewaiter.reading.deals.around.goals import beneficiaries, goals_of, in_hands
from tidewaiter.reading.deals.around.origins import first_receivers, given_by
from tidewaiter.reading.deals.around.surroundings import Surroundings
from tidewaiter.reading.deals.around.vessels import landed, travelled
from tidewaiter.reading.deals.slots.getting import rely
from tidewaiter.reading.deals.slots.parts import Slots
from tidewaiter.reading.deals.slots.words import ANAPHORS
from tidewaiter.reading.syntax import Arguments

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token


def carry(around: Surroundings, _: Token, found: Arguments) -> Slots | None:
    """ "a plane carrying rifles from A to B"."""
    goods = around.goods_among(found.objects)
    anaphoric = not goods and any(head.lower_ in ANAPHORS for head in found.objects)
    if not goods and not anaphoric:
        return None
    carriers = found.subjects
    origins = [*found.after("from"), *around.inside([*goods, *carriers], "from")]
    recipients = goals_of(around, found, [*goods, *carriers])
    recipients = recipients or around.parties.parties(landed(around, carriers))
    suppliers = around.parties.parties(origins) or given_by(around, goods)
    return Slots(suppliers, recipients, tuple(goods), anaphoric)


def load(around: Surroundings, _: Token, found: Arguments) -> Slots | None:
    """ "rifles loaded in A": where goods are put on board they come from."""
    goods = around.goods_among(found.objects)
    if not goods:
        return None
    origins = around.parties.parties(
        [*found.subjects, *found.after("in", "at", "from"), *around.inside(goods, "from")]
    )
    vessels = found.after("onto", "on", "aboard", "into")
    goals = goals_of(around, found, goods) or around.parties.parties(travelled(around, vessels, "to", "for"))
    return Slots(origins, goals, tuple(goods))


_ARRIVING = frozenset({"arrive", "reach", "enter", "bind", "destine", "originate", "land", "mean", "intend"})
"""Verbs with which a bare "they" may be goods; with "go" or "come" it is mostly people."""


def arrive(around: Surroundings, token: Token, found: Arguments) -> Slots | None:
    """ "The rifles arrived in B from A", "reached B"."""
    goods = around.goods_among((*found.subjects, *found.objects))
    told_of = any(head.lower_ in ANAPHORS for head in (*found.subjects, *found.objects))
    anaphoric = not goods and told_of and token.lemma_.lower() in _ARRIVING
    if (not goods and not anaphoric) or _is_no_journey(token, found):
        return None
    origins = [*found.after("from"), *around.inside(goods, "from")]
    makers = () if around.parties.parties(origins) else given_by(around, goods)
    elsewhere = [head for head in found.objects if head not in goods]
    goals = [*elsewhere, *found.after("to", "into", "for", "toward", "towards")]
    where = [token.head] if token.dep_ == "relcl" and _has_where(token) else []
    here = [*found.after("in", "at"), *where]
    (origins if token.lemma_.lower() == "originate" else goals).extend(here)
    users = [head for head in found.after("for") if head.lemma_.lower() == "use"]
    goals += around.inside(goods, "for", "to")
    own = [head for head in elsewhere if head.dep_ == "dobj" and head.head.i == token.i]
    pronouns = antecedents(around, token, own)  # "had reached it"
    recipients = (*around.parties.parties([*users, *goals]), *pronouns, *beneficiaries(around, token))
    suppliers = (*around.parties.parties(origins), *makers)
    return Slots(suppliers, recipients, tuple(goods), anaphoric)


def _is_no_journey(token: Token, found: Arguments) -> bool:
    """ "are going to change", "arms meant to strengthen": nothing moves."""
    if token.lemma_.lower() in ("mean", "intend"):
        return not found.after("for")
    return any(child.dep_ == "xcomp" and child.tag_ == "VB" for child in token.children)


def _has_where(token: Token) -> bool:
    """ "The port where rifles arrived"."""
    return any(child.lower_ == "where" for child in token.children)


def leave(around: Surroundings, _: Token, found: Arguments) -> Slots | None:
    """ "The shells left A for B"."""
    goods = around.goods_among(found.subjects)
    origins = around.parties.parties([*found.objects, *found.after("from")])
    goals = around.parties.parties(found.after("for", "to", "toward", "towards"))
    return Slots(origins, goals, tuple(goods)) if goods and goals else None


def end_up(around: Surroundings, token: Token, found: Arguments) -> Slots | None:
    """ "The rifles ended up in B", "turned up with rebels"; else "turned to A for help"."""
    if not any(child.dep_ in ("prt", "advmod") and child.lower_ == "up" for child in token.children):
        return rely(around, token, found) if token.lemma_.lower() == "turn" else None
    goods = around.goods_among(found.subjects)
    holders = [*found.after("in", "with", "among"), *in_hands(found)]
    takers = around.parties.parties(holders)
    givers = (*first_receivers(around, goods), *given_by(around, goods))
    return Slots(givers, takers, tuple(goods)) if goods and takers else None
