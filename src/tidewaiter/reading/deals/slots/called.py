"""Who is called a supplier, a buyer or interested: nouns and adjectives that say what somebody is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.reading.deals.around.origins import given_by
from tidewaiter.reading.deals.around.surroundings import Surroundings
from tidewaiter.reading.deals.parties import Party
from tidewaiter.reading.deals.slots.parts import Slots
from tidewaiter.reading.syntax import Arguments, antecedent, arguments, conjuncts, prepositional

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token


def giver(around: Surroundings, token: Token) -> Slots | None:
    """ "A is the main supplier of shells to B", "B's arms supplier, A", "A and B, the suppliers of C"."""
    inside = prepositional(token)
    of = inside.get("of", [])
    of_whom = [head for head in of if around.parties.party(head) is not None]
    goods = around.goods_among((token, *(head for head in of if head not in of_whom)))
    takers = [*inside.get("to", []), *around.inside(goods, "to"), *of_whom]
    suppliers = _named_so(around, token)
    recipients = (*around.parties.parties(takers), *around.parties.owners(token))
    if not suppliers or not (goods or _of_arms(token)):
        return None
    return Slots(suppliers, recipients, tuple(goods), unnamed=not goods)


_ARMS = frozenset({"arms", "weapons", "weapon", "armaments", "armament", "weaponry", "munitions"})


def _of_arms(noun: Token) -> bool:
    """ "Arms supplier": of arms of some kind."""
    return any(child.dep_ in ("compound", "nmod") and child.lower_ in _ARMS for child in noun.children)


def taker(around: Surroundings, token: Token) -> Slots | None:
    """ "A is among the largest buyers of arms from B", "the largest importer of B's arms is A"."""
    inside = prepositional(token)
    goods = around.goods_among((token, *inside.get("of", [])))
    givers = around.parties.parties([*inside.get("from", []), *around.inside(goods, "from")])
    recipients = _named_so(around, token)
    if not recipients or not (goods or _of_arms(token)):
        return None
    owners = around.parties.owners(token)  # "B's largest arms customer"
    suppliers = (*givers, *given_by(around, goods), *owners)
    return Slots(suppliers, recipients, tuple(goods), unnamed=not goods)


_BUYERS = frozenset({"buyer", "customer", "purchaser", "importer", "recipient", "client"})
"""Nouns for who gets goods, as in the table of transfer words."""


def buyers_named(around: Surroundings, found: Arguments) -> Slots | None:
    """ "Buyers of A's howitzers include B and C"."""
    buyers = [head for head in found.subjects if head.lemma_.lower() in _BUYERS]
    goods = around.goods_among(head for one in buyers for head in prepositional(one).get("of", []))
    takers = around.parties.parties(found.objects)
    return Slots(given_by(around, goods), takers, tuple(goods)) if goods and takers else None


def interest(around: Surroundings, token: Token) -> Slots | None:
    """ "B is interested in the jet", "B has shown interest in it": B would buy it."""
    goods = around.goods_among(prepositional(token).get("in", []))
    above = token.head
    if token.dep_ in ("acomp", "dobj", "nsubjpass") and above.pos_ in ("VERB", "AUX"):
        doers = [antecedent(head) for head in arguments(above).subjects if head.i != token.i]
    else:
        doers = [above] if token.dep_ in ("amod", "acl", "relcl") else []
    takers = (*around.parties.owners(token), *around.parties.parties(doers))
    return Slots(given_by(around, goods), takers, tuple(goods)) if goods and takers else None


_AMONG = frozenset({"among", "amongst", "of"})
"""What leads to the set that somebody is one of."""


def _named_so(around: Surroundings, noun: Token) -> tuple[Party, ...]:
    """Who is called what the noun says: "A is the", "the ... is A", "A, the", "A is among the"."""
    first = noun
    while first.dep_ == "conj":  # "is an ally and the supplier"
        first = first.head
    if first.dep_ == "pobj" and first.head.lower_ in _AMONG:
        above = first.head.head
        first = above if above.dep_ == "attr" else first.head  # "is one of the"
    named: list[Token] = []
    if first.dep_ == "prep" and first.i == first.sent.start and first.head.lemma_.lower() == "be":
        named = [one for child in first.head.children if child.dep_ == "attr" for one in conjuncts(child)]
    elif first.head.lemma_.lower() in ("be", "become", "remain"):
        if first.dep_ == "nsubj":
            named = [one for child in first.head.children if child.dep_ == "attr" for one in conjuncts(child)]
        else:
            named = [*arguments(first.head).subjects, *_along_with(first.head)]
    named += [one for child in noun.children if child.dep_ == "appos" for one in conjuncts(child)]
    if noun.dep_ == "appos":
        named += _list_before(around, noun)
    found = around.parties.parties(named)
    return tuple(replace(party, slot=found[0].slot) for party in found)


def _along_with(verb: Token) -> list[Token]:
    """ "Along with A and B, C is": A and B are it as well."""
    ways = [child for child in verb.children if child.lower_ == "along"]
    return [head for way in ways for head in prepositional(way).get("with", [])]


def _list_before(around: Surroundings, noun: Token) -> Sequence[Token]:
    """Whom an apposition describes: all of "A, B and C, the main suppliers", also where the parse takes B for
    an apposition of A."""
    head = noun.head
    while head.dep_ == "conj":
        head = head.head
    beside = [child for child in head.children if child.dep_ == "appos" and child.i < noun.i]
    return [one for first in (head, *beside) for one in conjuncts(first) if around.parties.actor_at(one)]
