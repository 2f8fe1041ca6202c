"""Statements of different documents that retell the same words of the same speaker."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tidewaiter.linking.features import Features, Told, surname
from tidewaiter.linking.texts.words import longest_common_run
from tidewaiter.model import Source

QUOTE_LETTERS = 30
"""Letters that a shared run must have, so that six small words are not enough."""
LONG_RUN = 10
"""Words in a row that are the same words even where the two reports' speakers were not made out to be
one; two persons of different names are always two."""
MIN_FRAGMENTS = 2
"""Repeated sequences that make two reports tell the same quotes: among 31 annotated reports every pair
with two or more tells one story, while single ones ("the war in Ukraine") are shared by chance."""


class SharedQuote(NamedTuple):
    """Two statements, in two documents, that give the same words of one speaker."""

    a: Told
    b: Told
    words: tuple[str, ...]


def shared_quotes(ours: Iterable[Told], theirs: Iterable[Told]) -> list[SharedQuote]:
    """The pairs of statements of two documents that share a run of words and may have one speaker."""
    others = list(theirs)
    found = (_shared(a, b) for a in ours for b in others)
    return [quote for quote in found if quote is not None]


def _shared(a: Told, b: Told) -> SharedQuote | None:
    if a.runs.isdisjoint(b.runs):
        return None
    run = longest_common_run(a.words, b.words)
    if not same_speaker(a.source, b.source) and (len(run) < LONG_RUN or _two_persons(a.source, b.source)):
        return None
    return SharedQuote(a, b, run) if sum(map(len, run)) >= QUOTE_LETTERS else None


def same_speaker(a: Source | None, b: Source | None) -> bool:
    """Whether two sources may be one speaker: the same name, or, where one has no name, the same
    actor."""
    if a is None or b is None:
        return False
    if a.name and b.name and a.name != a.actor and b.name != b.actor:
        return surname(a.name) == surname(b.name)
    return a.actor is not None and a.actor == b.actor


def _two_persons(a: Source | None, b: Source | None) -> bool:
    names = [one.name for one in (a, b) if one is not None and one.name and one.name != one.actor]
    return len(names) == 2 and surname(names[0]) != surname(names[1])


def tell_same_quotes(a: Features, b: Features) -> bool:
    """Whether words that stand between quotation marks in one document stand in the other, with or
    without marks."""
    repeated = (a.quoted & b.fragments) | (b.quoted & a.fragments)
    return len(repeated) >= MIN_FRAGMENTS
