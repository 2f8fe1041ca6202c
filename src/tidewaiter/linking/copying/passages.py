"""What two copies have in common, place by place: the passages that can be laid side by side.

First the runs of words that stand in both; of a text told again in other words, which has few of those, the
names and numbers that stand in the same order in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tidewaiter.linking.copying.retold import landmark_of
from tidewaiter.linking.features import SHINGLE
from tidewaiter.linking.texts.words import words, written_words
from tidewaiter.model import Passage, Span

FEW = 120
"""Letters in shared runs, some twenty words, below which they say nothing of how two texts hang together."""
MOST = 60
"""Passages of a pair that are named; a reader compares the texts themselves from there on."""


class _Told(NamedTuple):
    """A text as its words, where each stands, and the runs of ``SHINGLE`` words that begin at each."""

    words: list[str]
    spans: list[Span]
    runs: list[tuple[str, ...]]


def passages_of(a: str, b: str) -> tuple[Passage, ...]:
    """The passages that two texts share, in the order of the first: runs of at least ``SHINGLE`` words, each
    word of the first in one passage at most; where these are few, also the names and numbers in the same
    order.  At most ``MOST``."""
    found = list(_runs(_told(a), _told(b)))
    if sum(one.a.end - one.a.start for one in found) < FEW:
        found += _landmarks(a, b)
    return tuple(sorted(set(found[:MOST])))


@lru_cache(maxsize=16)  # in a list of pairs a text comes again and again
def _told(text: str) -> _Told:
    found = words(text)
    plain = [word.text for word in found]
    runs = list(zip(*(plain[place:] for place in range(SHINGLE)), strict=False))
    return _Told(plain, [word.span for word in found], runs)


def _runs(ours: _Told, theirs: _Told) -> Iterator[Passage]:
    places: dict[tuple[str, ...], list[int]] = {}
    for place, run in enumerate(theirs.runs):
        places.setdefault(run, []).append(place)
    place = 0
    while place < len(ours.runs):
        starts = places.get(ours.runs[place], ())
        length, start = max(((_length(ours, theirs, place, one), -one) for one in starts), default=(0, 0))
        if length:
            yield Passage(_span(ours, place, length), _span(theirs, -start, length))
        place += length or 1


def _length(ours: _Told, theirs: _Told, i: int, j: int) -> int:
    """Words that two texts have in common from these places on."""
    length = SHINGLE
    for one, other in zip(ours.words[i + length :], theirs.words[j + length :], strict=False):
        if one != other:
            break
        length += 1
    return length


def _span(told: _Told, place: int, length: int) -> Span:
    return Span(told.spans[place].start, told.spans[place + length - 1].end)


def _landmarks(a: str, b: str) -> Iterator[Passage]:
    ours, theirs = _places(a), _places(b)
    shared = [(place, theirs[name]) for name, place in ours.items() if name in theirs]
    yield from (Passage(mine, other) for mine, other in _rising(sorted(shared)))


def _places(text: str) -> dict[str, Span]:
    """Where each name and number first stands."""
    written = written_words(text)
    small = frozenset(word.text for word in written if word.text.islower())
    found: dict[str, Span] = {}
    for word in written:
        name = landmark_of(word.text, small)
        if name is not None:
            found.setdefault(name, word.span)
    return found


def _rising(pairs: Sequence[tuple[Span, Span]]) -> list[tuple[Span, Span]]:
    """The longest run of pairs that stand in one order in both texts (patience sorting)."""
    piles: list[int] = []  # index of the last pair of the best run of each length
    before: list[int | None] = []
    for number, (_, other) in enumerate(pairs):
        low, high = 0, len(piles)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if pairs[piles[middle]][1] < other else (low, middle)
        before.append(piles[low - 1] if low else None)
        piles[low : low + 1] = [number]
    found: list[tuple[Span, Span]] = []
    place = piles[-1] if piles else None
    while place is not None:
        found.append(pairs[place])
        place = before[place]
    return found[::-1]
