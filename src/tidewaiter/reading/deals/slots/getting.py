"""Verbs whose subject gets: receiving, buying, asking, relying on somebody, signing, using."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tidewaiter.reading.deals.around.actors import antecedents, partners
from tidewaiter.reading.deals.around.goals import goals_of
from tidewaiter.reading.deals.around.origins import given_by
from tidewaiter.reading.deals.around.surroundings import Surroundings
from tidewaiter.reading.deals.around.word_order import right_neighbour, told_behind_colon
from tidewaiter.reading.deals.parties import Party
from tidewaiter.reading.deals.slots.parts import Slots
from tidewaiter.reading.syntax import Arguments, arguments, phrase

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_WISHING = frozenset({"want", "demand", "request", "seek", "order"})

_ASKED = frozenset({"ask"})
"""Verbs whose object is who is to give: "asked A for radars"."""

_BUYING = frozenset({"buy", "purchase", "acquire", "procure"})
"""Verbs with which "in" a country is from it: "bought shells in A"."""


def receive(around: Surroundings, token: Token, found: Arguments) -> Slots | None:
    """ "B buys goods from A", "B asks A for goods"."""
    goods = _goods_got(around, token, found)
    if token.lemma_.lower() in _WISHING and _wants_done(token, goods):
        return None
    anaphoric = not goods and _speaks_of_known(around, found)
    if not goods and not anaphoric:
        return None
    if token.lemma_.lower() == "have" and not found.after("from"):  # to have is not to have got
        return None
    takers = (*around.parties.parties(found.subjects), *goals_of(around, Arguments(), goods))
    takers = takers or antecedents(around, token, found.subjects)
    givers = _asked_or_paid(around, token, found, goods)
    suppliers = (*givers, *given_by(around, goods), *partners(around, token))
    return Slots(suppliers, takers, tuple(goods), anaphoric)


def _goods_got(around: Surroundings, token: Token, found: Arguments) -> list[Token]:
    """The goods that are received or wished for: by the parse, else by the order of the words."""
    goods = around.goods_among((*found.objects, *found.after("for")))
    goods = goods or told_behind_colon(around, token, found)
    if goods:
        return goods
    wished = token.lemma_.lower() in _WISHING
    beside = right_neighbour(around, token)
    return [head for head in beside if not (wished and _in_complement(head, token))]


def _speaks_of_known(around: Surroundings, found: Arguments) -> bool:
    """Whether the object only stands for goods spoken of before: "got them from A", "some of those", "the
    shipments"."""
    told_of = any(head.lower_ in ("it", "them") for head in found.objects) and found.after("from")
    some = [part for head in found.objects if head.pos_ in ("NUM", "DET", "PRON") for part in phrase(head)]
    return bool(told_of) or _stands_for(some) or any(around.is_shipment(head) for head in found.objects)


def _asked_or_paid(
    around: Surroundings, token: Token, found: Arguments, goods: Sequence[Token]
) -> tuple[Party, ...]:
    """From whom goods are got by the verb's own phrases: "from A", "asked A", "bought in A"."""
    lemma = token.lemma_.lower()
    asked = found.objects if lemma in _ASKED else []
    givers = around.parties.parties([*found.after("from"), *around.inside(goods, "from"), *asked])
    if not givers and lemma in _BUYING:
        givers = around.parties.parties(found.after("in"))
    return givers


def _in_complement(head: Token, verb: Token) -> bool:
    """ "Wanted to pass on howitzers": the goods belong to the verb below; not "wants radars to see"."""
    clauses = [child for child in verb.children if child.dep_ in ("xcomp", "ccomp") and child.pos_ == "VERB"]
    return any(word.i == head.i and head.i > clause.i for clause in clauses for word in clause.subtree)


def _wants_done(token: Token, goods: Sequence[Token]) -> bool:
    """ "Wants the warships to be refused": something done with goods, not to have them."""
    last = max((head.i for head in goods), default=token.i)
    return any(
        word.tag_ == "VBN" and word.i > last and {"to", "be"} <= {part.lower_ for part in word.children}
        for word in token.subtree
    )


def _stands_for(words: Sequence[Token]) -> bool:
    """Whether one of the words stands for goods spoken of before: "some of them"."""
    return any(word.lower_ in ("them", "these", "those") for word in words)


def rely(around: Surroundings, token: Token, found: Arguments) -> Slots | None:
    """ "leans on A for drones"."""
    sources = found.after("on", "to", "upon")
    clauses = [child for child in token.children if child.dep_ == "advcl"]
    subjects = [head for clause in clauses for head in arguments(clause).subjects]  # "for drones to hit"
    wanted = (*found.after("for"), *around.inside(sources, "for"), *subjects)
    goods = around.goods_among(wanted)
    givers = around.parties.parties(sources)
    if not goods or not givers:
        return None
    return Slots(givers, around.parties.parties(found.subjects), tuple(goods))


def sign(around: Surroundings, _: Token, found: Arguments) -> Slots | None:
    """ "A signed for jets from B": what is signed is no deal by name."""
    goods = around.goods_among(found.after("for"))
    if not goods or found.objects:
        return None
    givers = around.parties.parties([*found.after("from", "with"), *around.inside(goods, "from")])
    return Slots(givers, around.parties.parties(found.subjects), tuple(goods))


_SHOOTING = frozenset({"fire", "launch"})


def use(around: Surroundings, token: Token, found: Arguments) -> Slots | None:
    """ "B fired rockets made in A": B has got them."""
    goods = around.goods_among(found.objects)
    users = around.parties.parties(found.subjects)
    if not goods:  # "fired them", "used two of them"
        some = [part for head in found.objects for part in phrase(head)]
        return Slots((), users, (), anaphoric=True) if users and _stands_for(some) else None
    if token.lemma_.lower() in _SHOOTING:  # "fired from A": a place
        return Slots((), users, tuple(goods))
    return Slots(given_by(around, goods), users, tuple(goods))
