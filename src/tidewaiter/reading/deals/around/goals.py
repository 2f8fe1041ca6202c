"""Where goods go: who is to get them, hold them or be helped by them, by the parse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tidewaiter.reading.deals.around.surroundings import Surroundings
from tidewaiter.reading.deals.parties import Party
from tidewaiter.reading.syntax import Arguments, arguments, phrase, prepositional

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_GOALS = ("to", "into", "for", "toward", "towards", "onto")


def goals_of(around: Surroundings, found: Arguments, goods: Sequence[Token]) -> tuple[Party, ...]:
    """Where goods go, by the verb's own phrases, by theirs, and by clauses on them: "bound for A",
    "on its way to A"."""
    heads = [*found.after(*_GOALS), *around.inside(goods, *_GOALS)]
    clauses = [
        child
        for head in goods
        for part in phrase(head)
        for child in part.children
        if child.dep_ in ("acl", "relcl", "amod")
    ]
    bound = [goal for clause in clauses for goal in arguments(clause).after("for", "to")]
    ways = [word for clause in clauses for word in clause.subtree if word.lower_ in ("way", "route")]
    bound += [goal for way in ways for goal in prepositional(way).get("to", [])]
    return (*around.parties.parties(heads), *around.parties.parties(bound))


def in_hands(found: Arguments) -> list[Token]:
    """ "In the hands of rebels", "in workshops of the militia"."""
    return [owner for head in found.after("in") for owner in prepositional(head).get("of", [])]


def for_goods_of(around: Surroundings, goods: Sequence[Token]) -> tuple[Party, ...]:
    """Whose goods parts are for: "parts for Ruritanian jets"."""
    served = around.goods_among(around.inside(goods, "for"))
    return tuple(maker for head in served for maker in around.parties.makers(head))


_BENEFICIARY_VERBS = frozenset(
    {"help", "aid", "support", "assist", "arm", "equip", "bolster", "strengthen", "boost"}
)


def beneficiaries(around: Surroundings, token: Token) -> tuple[Party, ...]:
    """ "sent shells to help Russia", "... to support the Sudanese army"."""
    helped = [
        head
        for child in token.subtree
        if child.lemma_.lower() in _BENEFICIARY_VERBS and child.pos_ == "VERB" and child.i > token.i
        for head in arguments(child).objects
    ]
    return around.parties.parties(helped) or supported(around, token)


_SUPPORT = frozenset({"support", "aid", "help", "assistance", "backing"})


def supported(around: Surroundings, token: Token) -> tuple[Party, ...]:
    """Whom the sentence says that support goes to: "by military support for the rebels and by
    providing arms"."""
    before = token.doc[token.sent.start : token.i] if token.dep_ == "pcomp" else ()
    nouns = [word for word in before if word.lemma_.lower() in _SUPPORT and word.pos_ == "NOUN"]
    return around.parties.parties(
        head for noun in nouns for name in ("for", "to") for head in prepositional(noun).get(name, [])
    )


FORCES = frozenset(
    {"force", "army", "military", "troop", "rebel", "militia", "militant", "fighter", "soldier"}
)
"""Nouns for those who bear arms."""


def is_force(around: Surroundings, receivers: Sequence[Token]) -> bool:
    """Whether those who receive are armed and known: "the rebels", "A's army"."""
    return any(head.lemma_.lower() in FORCES and around.parties.party(head) for head in receivers)
