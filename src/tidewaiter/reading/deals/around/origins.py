"""Where goods come from: who gives, makes, lends or had them before, by the parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.reading.deals.around.surroundings import Surroundings
from tidewaiter.reading.deals.frames import cues
from tidewaiter.reading.deals.parties import Party
from tidewaiter.reading.syntax import Arguments, arguments, phrase

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_SOURCES = ("from", "by")


_JOINING = frozenset({"join", "follow"})


def joined(around: Surroundings, token: Token, suppliers: tuple[Party, ...]) -> tuple[Party, ...]:
    """ "A joins B in giving jets": B gives them too."""
    above = token.head.head if token.dep_ == "pcomp" and token.head.lower_ == "in" else None
    if above is None or above.lemma_.lower() not in _JOINING or not suppliers:
        return ()
    others = around.parties.parties(arguments(above).objects)
    return tuple(replace(party, slot=suppliers[0].slot) for party in others)


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


def earlier_owners(around: Surroundings, verb: Token, goods: Sequence[Token]) -> tuple[Party, ...]:
    """Who had goods before they went on by the verb: "rifles that A bought", "rifles sold to A"."""
    clauses = [child for head in goods for child in head.children if child.dep_ in ("acl", "relcl")]
    if verb in clauses:
        return ()
    table = cues(around.parsed.knowledge)
    getting = [
        one for one in clauses if (cue := table.get((one.lemma_.lower(), "verb"))) and cue.frame == "receive"
    ]
    buyers = [head for one in getting for head in arguments(one).subjects if head not in goods]
    return (*around.parties.parties(buyers), *first_receivers(around, goods))


def gives(around: Surroundings, verb: Token) -> bool:
    """Whether who does this to goods is where they come from."""
    cue = cues(around.parsed.knowledge).get((verb.lemma_.lower(), "verb"))
    return verb.lemma_.lower() in _MAKING or (cue is not None and cue.frame in ("supply", "arm"))
