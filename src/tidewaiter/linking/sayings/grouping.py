"""Tellings grouped into sayings: which groups may become one.

Pairs are joined from the surest to the least sure, and two groups become one only where no speaker, no day
and no document of one speaks against the other, so that the result does not depend on any order.
``candidates`` says which pairs are looked at.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tidewaiter.linking.sayings.candidates import likely
from tidewaiter.linking.sayings.columns import NO_DAY, Columns, Head, Key
from tidewaiter.linking.sayings.one_saying import (
    FAR,
    Actors,
    Comparing,
    Evidence,
    contradict,
    spoken_for,
)
from tidewaiter.linking.sayings.voices import are_two, are_two_here, same_person

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Numbers = NDArray[numpy.int64]
else:
    Numbers = Any

OVERLAP = 0.5
"""Share of the shorter's items that two tellings in one document must have in common to be one saying."""
UNDATED_OVERLAP = 0.3
"""The same for any two tellings of a group of which one has no day at all: undated reports of other years
share words on arms, ships and denials.  Tried on real reports of several stories put together."""
LOOSE = 0.25
"""Mean share that the members of two groups must have in common, so that no chain of retellings, each a
little like the next, joins two sayings."""
SAMPLE = 12
"""Members of each group, the first in order, that are looked at for that."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Tellings of one saying, and on what pairs they were joined."""

    members: tuple[Key, ...]  # in order
    surest: str  # of the pairs, what speaks for it
    weakest: str
    pairs: int


def group(columns: Columns) -> list[Joined]:
    """The groups of two or more tellings, in order of their first members."""
    actors = _actors(columns.heads)
    found = _Found()
    comparing = Comparing(columns.heads, actors)
    for a, b, shared in likely(columns):
        evidence = comparing.evidence(a, b, shared)
        if evidence is not None:
            found.add(a, b, evidence)
    grouping = _Grouping(columns, actors, found)
    for number in found.surest_first():
        grouping.join(number)
    return grouping.groups()


def _actors(tellings: Iterable[Head]) -> Actors:
    """For whom persons speak, as told most often; several where told as often."""
    counts: dict[str, dict[str, int]] = {}
    for one in tellings:
        if one.voice.person and one.voice.actor is not None:
            told = counts.setdefault(one.voice.surname, {})
            told[one.voice.actor] = told.get(one.voice.actor, 0) + 1
    return {name: frozenset(actor for actor in told if told[actor] == max(told.values()))
            for name, told in counts.items()}  # fmt: skip


class _Found:
    """Pairs with what speaks for them, by their numbers."""

    def __init__(self) -> None:
        self.a, self.b = array("i"), array("i")
        self.scores = array("d")
        self.whys: list[str] = []

    def add(self, a: int, b: int, evidence: Evidence) -> None:
        self.a.append(a)
        self.b.append(b)
        self.scores.append(evidence.score)
        self.whys.append(evidence.why)

    def surest_first(self) -> list[int]:
        return sorted(range(len(self.a)), key=lambda one: (-self.scores[one], self.a[one], self.b[one]))

    def reasons(self, numbers: Iterable[int]) -> tuple[str, str]:
        """What speaks for the surest and for the least sure of some."""
        ordered = sorted((-self.scores[one], self.whys[one]) for one in numbers)
        return ordered[0][1], ordered[-1][1]


# ------------------------------------------------------------------------------------ groups


@dataclass(slots=True)
class _Group:
    members: list[int]
    pairs: list[int]  # that it was joined on


class _Grouping:
    """Groups while they grow."""

    def __init__(self, columns: Columns, actors: Actors, found: _Found) -> None:
        self._columns = columns
        self._actors = actors
        self._found = found
        self._group: dict[int, _Group] = {}  # by telling; those that are in none yet left out
        self._refused: set[tuple[int, int, int, int]] = set()  # first members and sizes of two groups

    def join(self, number: int) -> None:
        first, second = self._of(self._found.a[number]), self._of(self._found.b[number])
        if first is second:
            first.pairs.append(number)
            return
        state = (first.members[0], len(first.members), second.members[0], len(second.members))
        if state in self._refused:
            return
        if self._against(first, second):
            self._refused.add(state)
            return
        if len(first.members) < len(second.members):
            first, second = second, first
        first.members = sorted(first.members + second.members)
        first.pairs = [*first.pairs, *second.pairs, number]
        for place in second.members:
            self._group[place] = first

    def _of(self, place: int) -> _Group:
        found = self._group.get(place)
        if found is None:
            found = self._group[place] = _Group([place], [])
        return found

    def groups(self) -> list[Joined]:
        found = {one.members[0]: one for one in self._group.values() if len(one.members) > 1}
        return [
            Joined(
                tuple(one.key for one in self._tellings(found[first])),
                *self._found.reasons(found[first].pairs),
                len(found[first].pairs),
            )
            for first in sorted(found)
        ]

    def _against(self, first: _Group, second: _Group) -> bool:
        ours, theirs = self._tellings(first), self._tellings(second)
        return (
            _days_against(ours, theirs)
            or self._speakers_against(ours, theirs)
            or self._documents_against(first, second)
            or self._is_loose(first, second)
        )

    def _tellings(self, one: _Group) -> list[Head]:
        return [self._columns.heads[place] for place in one.members]

    def _speakers_against(self, ours: Sequence[Head], theirs: Sequence[Head]) -> bool:
        mine = {one.voice.person: one.voice for one in ours if one.voice.person}
        others = {one.voice.person: one.voice for one in theirs if one.voice.person}
        verdicts = [same_person(a, b) for a in mine.values() for b in others.values()]
        if False in verdicts:
            return True
        unnamed = True not in verdicts
        voices = dict.fromkeys(one.voice for one in ours), dict.fromkeys(one.voice for one in theirs)
        if unnamed and any(are_two(a, b) for a in voices[0] for b in voices[1]):
            return True
        here, there = (
            frozenset(actor for one in side for actor in spoken_for(one.voice, self._actors))
            for side in (ours, theirs)
        )
        return not verdicts and bool(here) and bool(there) and here.isdisjoint(there)

    def _documents_against(self, first: _Group, second: _Group) -> bool:
        """Whether two tellings in one document say different things, or are told of two speakers."""
        here: dict[str, list[int]] = {}
        for place in first.members:
            here.setdefault(self._columns.heads[place].document, []).append(place)
        pairs = [
            (one, other)
            for other in second.members
            for one in here.get(self._columns.heads[other].document, ())
        ]
        heads = self._columns.heads
        if any(are_two_here(heads[one].voice, heads[other].voice) for one, other in pairs):
            return True
        return bool(pairs) and bool((self._columns.told_in_both(*_columns_of(pairs)) < OVERLAP).any())

    def _is_loose(self, first: _Group, second: _Group) -> bool:
        """Whether the members have little in common all in all."""
        import numpy as np

        ours, theirs = first.members[:SAMPLE], second.members[:SAMPLE]
        a, b = _columns_of([(one, other) for one in ours for other in theirs])
        shares = self._columns.shared(a, b).share
        days = self._columns.days
        gap = days.gap(a, b)
        least = np.select(
            [days.is_told[a] & days.is_told[b], gap == NO_DAY, gap > FAR], [0.0, UNDATED_OVERLAP, OVERLAP]
        )
        if (shares < least).any():
            return True
        return bool(sum(shares.tolist()) / len(shares) < LOOSE)


def _columns_of(pairs: Sequence[tuple[int, int]]) -> tuple[Numbers, Numbers]:
    import numpy as np

    a, b = np.array(pairs, dtype=np.int64).T
    return a, b


def _days_against(ours: Sequence[Head], theirs: Sequence[Head]) -> bool:
    mine = dict.fromkeys(one.days for one in ours)
    others = dict.fromkeys(one.days for one in theirs)
    return any(contradict(a, b) for a in mine for b in others)
