"""Where goods come from: who gives, makes, lends or had them before, by the parse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tidewaiter.reading.deals.around.surroundings import Surroundings
from tidewaiter.reading.deals.frames import cues
from tidewaiter.reading.deals.parties import Party
from tidewaiter.reading.syntax import Arguments, arguments, phrase

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_SOURCES = ("from", "by")


def doers(around: Surroundings, found: Arguments, goods: Sequence[Token]) -> tuple[Party, ...]:
    """Who supplies: the subject; the owner of a ship or plane that brings the goods; whoever they
    come from."""
    named = around.parties.parties(head for head in found.subjects if not around.is_goods(head))
    carriers = [head for head in found.subjects if around.is_goods(head) and head not in goods]
    owners = tuple(owner for head in carriers for owner in around.parties.makers(head, references=True))
    return (
        *named,
        *owners,
        *around.parties.parties([*found.after("from"), *around.inside(goods, *_SOURCES)]),
    )


def hired_from(around: Surroundings, found: Arguments, goods: Sequence[Token]) -> tuple[Party, ...]:
    """Whose the goods are that are leased or borrowed."""
    return around.parties.parties([*found.after("from"), *around.inside(goods, "from")])


_MAKING = frozenset({"make", "manufacture", "produce", "build", "design", "develop", "assemble"})


def given_by(around: Surroundings, goods: Sequence[Token]) -> tuple[Party, ...]:
    """Who gave goods by their own words: "drones supplied by A", "rifles that A made"."""
    givers: list[Party] = []
    for head in goods:
        for part in phrase(head):
            for child in part.children:
                if child.dep_ in ("acl", "relcl", "amod"):
                    found = arguments(child)
                    if head not in found.subjects and gives(around, child):
                        givers.extend(around.parties.parties(found.subjects))
                    if child.lemma_.lower() in _MAKING:  # "shells made in A"
                        givers.extend(around.parties.parties(found.after("in")))
                    givers.extend(around.parties.parties(found.after("from")))
    return (*givers, *around.parties.parties(around.inside(goods, "from")))


def first_receivers(around: Surroundings, goods: Sequence[Token]) -> tuple[Party, ...]:
    """Who had goods before: "launchers sold to A ended up with rebels"."""
    clauses = [child for head in goods for child in head.children if child.dep_ in ("acl", "relcl", "amod")]
    return around.parties.parties(
        head for clause in clauses if gives(around, clause) for head in arguments(clause).after("to")
    )


def gives(around: Surroundings, verb: Token) -> bool:
    """Whether who does this to goods is where they come from."""
    cue = cues(around.parsed.knowledge).get((verb.lemma_.lower(), "verb"))
    return verb.lemma_.lower() in _MAKING or (cue is not None and cue.frame in ("supply", "arm"))
