"""Whence and whither a ship or plane goes that brings goods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tidewaiter.reading.deals.around.surroundings import Surroundings
from tidewaiter.reading.deals.frames import cues
from tidewaiter.reading.syntax import arguments

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token


def travelled(around: Surroundings, vessels: Sequence[Token], *prepositions: str) -> list[Token]:
    """Whence or whither a ship or plane goes by what is told of it in clauses, however deep: "a dhow
    which officials believe was coming from A and heading for B"."""
    found: list[Token] = []
    for vessel in vessels:
        for child in vessel.children:
            if child.dep_ in ("relcl", "acl", "advcl"):
                verbs = [word for word in child.subtree if _is_journey(around, word)]
                found += [head for verb in verbs for head in arguments(verb).after(*prepositions)]
    return found


def landed(around: Surroundings, vessels: Sequence[Token]) -> list[Token]:
    """Where a ship or plane is told to have come in: "a ship carrying shells docked in A"."""
    verbs = [vessel.head for vessel in vessels if vessel.dep_ == "nsubj"]
    return [
        head
        for verb in verbs
        if verb.lemma_.lower() in _COMING_IN or _is_journey(around, verb)
        for head in arguments(verb).after("in", "at", "to")
    ]


_COMING_IN = frozenset({"anchor", "berth", "call", "dock", "land", "moor", "unload"})


def _is_journey(around: Surroundings, word: Token) -> bool:
    """Whether the verb tells of a journey: "heading for", "coming from"."""
    cue = cues(around.parsed.knowledge).get((word.lemma_.lower(), "verb"))
    return word.pos_ == "VERB" and cue is not None and cue.frame == "arrive"
