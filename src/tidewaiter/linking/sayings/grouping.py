"""Tellings grouped into sayings: which pairs are looked at, and which groups may become one.

Every telling is filed under each two things that it says, and under its speaker and day; only those that
share a drawer are compared.  Where a drawer is full, each is compared with those nearest in time.  Pairs
are joined from the surest to the least sure, and two groups become one only where no speaker, no day and
no document of one speaks against the other, so that the result does not depend on any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from tidewaiter.linking.sayings.one_saying import (
    Actors,
    Comparing,
    Evidence,
    contradict,
    far_apart,
    shared,
    spoken_for,
)
from tidewaiter.linking.sayings.rarity import by_rarity
from tidewaiter.linking.sayings.tellings import Telling
from tidewaiter.linking.sayings.voices import are_two, are_two_here, same_person

Key = tuple[str, str]
"""Document and statement."""

FILED = 14
"""Things said under whose pairs a telling is filed: the rarest of the case."""
DRAWER = 12
"""Tellings before it, in order of time, with which one is compared in a drawer."""
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

    members: tuple[Telling, ...]  # in order of their keys
    reasons: tuple[Evidence, ...]  # the surest first


def group(tellings: Iterable[Telling]) -> list[Joined]:
    """The groups of two or more tellings, in order of their first members."""
    ordered = by_rarity(sorted(tellings, key=lambda one: one.key))
    actors = _actors(ordered)
    comparing = Comparing(ordered, actors)
    found = [
        (-evidence.score, a, b, evidence)
        for a, b in _pairs(ordered)
        if (evidence := comparing.evidence(a, b)) is not None
    ]
    grouping = _Grouping(ordered, actors)
    for _, a, b, evidence in sorted(found):
        grouping.join(a, b, evidence)
    return grouping.groups()


def _actors(tellings: Iterable[Telling]) -> Actors:
    """For whom persons speak, as told most often; several where told as often."""
    counts: dict[str, dict[str, int]] = {}
    for one in tellings:
        if one.voice.person and one.voice.actor is not None:
            told = counts.setdefault(one.voice.surname, {})
            told[one.voice.actor] = told.get(one.voice.actor, 0) + 1
    return {name: frozenset(actor for actor in told if told[actor] == max(told.values()))
            for name, told in counts.items()}  # fmt: skip


# ------------------------------------------------------------------------------------ which pairs


def _pairs(ordered: Sequence[Telling]) -> Iterator[tuple[int, int]]:
    """The pairs that are compared, as places in order."""
    count = len(ordered)
    rank = _ranked(ordered)
    drawers: dict[object, list[int]] = {}
    found: set[int] = set()  # pairs as numbers, as a case has many
    for place in sorted(range(count), key=lambda place: (ordered[place].days.last or date.max, place)):
        for drawer in _drawers(ordered[place], rank):
            before = drawers.setdefault(drawer, [])
            for other in before[-DRAWER:]:
                found.add(place * count + other if place < other else other * count + place)
            before.append(place)
    return (divmod(one, count) for one in sorted(found))


def _ranked(tellings: Iterable[Telling]) -> Mapping[str, tuple[int, int]]:
    """The keys of all items with their numbers, the rarest first, and how many tellings have them."""
    frequency: dict[str, int] = {}
    for one in tellings:
        for key in one.weights:
            frequency[key] = frequency.get(key, 0) + 1
    ordered = sorted(frequency, key=lambda key: (frequency[key], key))
    return {key: (number, frequency[key]) for number, key in enumerate(ordered)}


def _drawers(telling: Telling, rank: Mapping[str, tuple[int, int]]) -> Iterator[object]:
    rarest = sorted([rank[key] for key in telling.weights])[:FILED]
    recurring = [number for number, frequency in rarest if frequency > 1]
    for one, other in combinations(recurring, 2):
        yield one * len(rank) + other
    if telling.voice.person and telling.days.told:
        yield telling.voice.surname, telling.days.first


# ------------------------------------------------------------------------------------ groups


@dataclass(slots=True)
class _Group:
    members: list[int]
    reasons: list[Evidence]


class _Grouping:
    """Groups while they grow."""

    def __init__(self, ordered: Sequence[Telling], actors: Actors) -> None:
        self._ordered = ordered
        self._actors = actors
        self._group = [_Group([place], []) for place in range(len(ordered))]
        self._refused: set[tuple[int, int, int, int]] = set()  # first members and sizes of two groups

    def join(self, a: int, b: int, evidence: Evidence) -> None:
        first, second = self._group[a], self._group[b]
        if first is second:
            first.reasons.append(evidence)
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
        first.reasons = [*first.reasons, *second.reasons, evidence]
        for place in second.members:
            self._group[place] = first

    def groups(self) -> list[Joined]:
        found = {one.members[0]: one for one in self._group if len(one.members) > 1}
        return [
            Joined(
                tuple(self._ordered[place] for place in found[first].members),
                tuple(sorted(found[first].reasons, key=lambda one: (-one.score, one.why))),
            )
            for first in sorted(found)
        ]

    def _against(self, first: _Group, second: _Group) -> bool:
        ours, theirs = self._tellings(first), self._tellings(second)
        return (
            _days_against(ours, theirs)
            or self._speakers_against(ours, theirs)
            or self._documents_against(ours, theirs)
            or self._is_loose(ours, theirs)
        )

    def _tellings(self, one: _Group) -> list[Telling]:
        return [self._ordered[place] for place in one.members]

    def _speakers_against(self, ours: Sequence[Telling], theirs: Sequence[Telling]) -> bool:
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

    def _documents_against(self, ours: Sequence[Telling], theirs: Sequence[Telling]) -> bool:
        """Whether two tellings in one document say different things, or are told of two speakers."""
        here = {one.document for one in ours}
        common = [one for one in theirs if one.document in here]
        return any(
            _told_in_both(one, other) < OVERLAP or are_two_here(one.voice, other.voice)
            for other in common
            for one in ours
            if one.document == other.document
        )

    def _is_loose(self, ours: Sequence[Telling], theirs: Sequence[Telling]) -> bool:
        """Whether the members have little in common all in all."""
        pairs = [(one, other) for one in ours[:SAMPLE] for other in theirs[:SAMPLE]]
        shares = [shared(one, other).share for one, other in pairs]
        least = {True: OVERLAP, None: UNDATED_OVERLAP, False: 0.0}
        if any(share < least[far_apart(*pair)] for share, pair in zip(shares, pairs, strict=True)):
            return True
        return sum(shares) / len(shares) < LOOSE


def _days_against(ours: Sequence[Telling], theirs: Sequence[Telling]) -> bool:
    mine = dict.fromkeys(one.days for one in ours)
    others = dict.fromkeys(one.days for one in theirs)
    return any(contradict(a, b) for a in mine for b in others)


def _told_in_both(a: Telling, b: Telling) -> float:
    """Share of the shorter's items, by weight, that the other has, too."""
    return sum(map(a.weights.__getitem__, a.keys & b.keys)) / min(a.total, b.total)
