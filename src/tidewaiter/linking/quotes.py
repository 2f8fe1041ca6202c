"""Statements of different documents that retell the same words of the same speaker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from tidewaiter.linking.words import longest_common_run, words
from tidewaiter.model import Reading, Source, Statement

QUOTE_RUN = 6
"""Words in a row that make two statements of one speaker the same words; a shorter run is a stock
phrase ("in violation of Security Council resolutions")."""
QUOTE_LETTERS = 30
"""Letters that such a run must have, so that six small words are not enough."""


Key = tuple[str, int]
"""Document id and the statement's number in it."""
Content = tuple[Statement, tuple[str, ...]]


class SharedQuote(NamedTuple):
    """Two statements, in two documents, that give the same words of one speaker."""

    a: str  # document id, a < b
    b: str
    statement_a: str
    statement_b: str
    words: tuple[str, ...]


def find_shared_quotes(readings: Mapping[str, Reading]) -> tuple[SharedQuote, ...]:
    """The statements that share a run of words and may have one speaker, sorted."""
    holders: dict[tuple[str, ...], list[Key]] = {}
    contents: dict[Key, Content] = {}
    for document, reading in sorted(readings.items()):
        for number, statement in enumerate(reading.statements):
            content = tuple(word.text for word in words(statement.content.text))
            contents[document, number] = (statement, content)
            for run in _runs(content):
                holders.setdefault(run, []).append((document, number))
    pairs = {pair for keys in holders.values() for pair in combinations(keys, 2) if pair[0][0] != pair[1][0]}
    found = (_shared(a, b, contents) for a, b in sorted(pairs))
    return tuple(quote for quote in found if quote is not None)


def _runs(content: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(content[i : i + QUOTE_RUN]) for i in range(len(content) - QUOTE_RUN + 1)}


def _shared(a: Key, b: Key, contents: Mapping[Key, Content]) -> SharedQuote | None:
    (first, first_words), (second, second_words) = contents[a], contents[b]
    if not same_speaker(first.source, second.source):
        return None
    run = longest_common_run(first_words, second_words)
    if sum(map(len, run)) < QUOTE_LETTERS:
        return None
    return SharedQuote(a[0], b[0], first.id, second.id, run)


def same_speaker(a: Source | None, b: Source | None) -> bool:
    """Whether two sources may be one speaker: the same name, or, where one has no name, the same
    actor."""
    if a is None or b is None:
        return False
    if a.name and b.name and a.name != a.actor and b.name != b.actor:
        return surname(a.name) == surname(b.name)
    return a.actor is not None and a.actor == b.actor


def surname(name: str) -> str:
    """The last word of a name in lower case, by which reports refer to a person after the first time."""
    found = words(name)
    return found[-1].text if found else ""
