"""What belongs to a noun phrase, and whether it speaks of something known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_PHRASE_PARTS = frozenset(
    {"compound", "amod", "nmod", "nummod", "appos", "dep", "poss", "quantmod", "npadvmod"}
)

_LISTING_PREPOSITIONS = frozenset({"of", "including", "such", "like"})


def phrase(head: Token) -> Iterator[Token]:
    """The tokens of a noun phrase that say what it is: modifiers, "of" phrases, listed examples,
    coordinated nouns; not what is told about it in clauses."""
    waiting = [head]
    while waiting:
        token = waiting.pop()
        yield token
        waiting += reversed([part for child in token.children for part in _phrase_below(child)])


def _phrase_below(child: Token) -> list[Token]:
    """Where a noun phrase goes on at a child of one of its words."""
    if child.dep_ in _PHRASE_PARTS or child.dep_ in ("conj", "pobj"):
        return [child]
    if child.dep_ == "prep" and child.lower_ in _LISTING_PREPOSITIONS:
        return [inner for inner in child.children if inner.dep_ in ("pobj", "prep", "pcomp")]
    return []


def is_definite(token: Token) -> bool:
    """ "the shipments", "these deliveries": spoken of before."""
    return any(
        child.dep_ in ("det", "poss")
        and child.lower_ in ("the", "these", "those", "this", "such", "its", "their", "any")
        for child in token.children
    )
