"""What analysts decided on pairs: documents that are copies or not, transfers that are one or not.

A ruling is about ids, as they are now; ``settled`` takes those of a case, the latest first, and drops what
a later one contradicts, so that what is left can all be kept to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from tidewaiter.model import JoinReason

Pair = tuple[str, str]
"""Two ids, the smaller first."""


class Verdict(StrEnum):
    """What was decided on a pair."""

    SAME = "same"
    APART = "apart"
    UNSURE = "unsure"  # what the program finds stands


HEADS: Mapping[Verdict, str] = {
    Verdict.SAME: "joined by",
    Verdict.APART: "kept apart by",
    Verdict.UNSURE: "left to the program by",
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """One judgement on pairs of documents or of reported transfers."""

    judgement: str  # id
    verdict: Verdict
    pairs: tuple[Pair, ...]  # sorted
    told: str  # "the judgement of A. Analyst on 4 May 2021: ..."
    relation: str | None = None  # of copies: which kind, where it was said

    @property
    def words(self) -> str:
        return f"{HEADS[self.verdict]} {self.told}"


@dataclass(frozen=True)
class Rulings:
    """Those that are kept to, the latest first.  No two of them contradict each other."""

    copies: tuple[Ruling, ...] = ()  # pairs of document ids
    transfers: tuple[Ruling, ...] = ()  # pairs of reported transfer ids

    # ------------------------------------------------------------------- copies

    @cached_property
    def _on_copies(self) -> Mapping[Pair, Ruling]:
        return _by_pair(self.copies)

    @property
    def judged_copies(self) -> Iterable[Pair]:
        """The pairs of documents that something was decided on."""
        return self._on_copies.keys()

    def on_copy(self, a: str, b: str) -> Ruling | None:
        """What was decided on two documents."""
        return self._on_copies.get((a, b) if a < b else (b, a))

    # ------------------------------------------------------------------- transfers

    @cached_property
    def _on_transfers(self) -> Mapping[Pair, Ruling]:
        return _by_pair(self.transfers)

    @cached_property
    def _joined(self) -> Mapping[str, frozenset[str]]:
        return _others(one for one in self.transfers if one.verdict is Verdict.SAME)

    @cached_property
    def _parted(self) -> Mapping[str, frozenset[str]]:
        return _others(one for one in self.transfers if one.verdict is Verdict.APART)

    @cached_property
    def _judged(self) -> Mapping[str, frozenset[str]]:
        return _others(self.transfers)

    def on_transfers(self, pair: Pair) -> Ruling | None:
        """What was decided on two reported transfers."""
        return self._on_transfers.get(pair)

    def joined_with(self, name: str) -> frozenset[str]:
        """The reported transfers that are one with it, whatever the program finds."""
        return self._joined.get(name, frozenset())

    def judged_with(self, name: str) -> frozenset[str]:
        """The reported transfers that something was decided on together with it."""
        return self._judged.get(name, frozenset())

    def part(self, first: Iterable[str], second: frozenset[str]) -> bool:
        """Whether one of the first and one of the second are not the same transfer."""
        return bool(self._parted) and any(
            not self._parted[name].isdisjoint(second) for name in first if name in self._parted
        )

    def joins(self) -> Iterator[Pair]:
        """The pairs that are one transfer, the latest decided first."""
        yield from (pair for one in self.transfers if one.verdict is Verdict.SAME for pair in one.pairs)

    def changed(self, former: Rulings) -> Changed:
        """What is decided otherwise than before."""
        return Changed(
            frozenset(_pairs(set(self.copies) ^ set(former.copies))),
            frozenset(name for pair in _pairs(set(self.transfers) ^ set(former.transfers)) for name in pair),
        )


NO_RULINGS = Rulings()


@dataclass(frozen=True, slots=True)
class Changed:
    """What rulings that came, went or changed are about."""

    copies: frozenset[Pair] = frozenset()
    transfers: frozenset[str] = frozenset()


NOTHING_CHANGED = Changed()


def _by_pair(rulings: Sequence[Ruling]) -> dict[Pair, Ruling]:
    return {pair: one for one in reversed(rulings) for pair in one.pairs}


def _others(rulings: Iterable[Ruling]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for a, b in _pairs(rulings):
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return {name: frozenset(others) for name, others in found.items()}


def _pairs(rulings: Iterable[Ruling]) -> Iterator[Pair]:
    yield from (pair for one in rulings for pair in one.pairs)


def reason_of(ruling: Ruling, pair: Pair, same: bool, score: float, found: str) -> JoinReason:
    """Why two reported transfers are one, or not: what was decided, and what the program finds."""
    return JoinReason(*pair, same, score, f"{ruling.words}; the program itself found: {found}")


# ------------------------------------------------------------------------------------ settling


@dataclass(frozen=True, slots=True)
class Said:
    """A judgement on two or more sides, each of one or more ids, before it is settled with the others."""

    judgement: str  # id
    verdict: Verdict
    sides: tuple[tuple[str, ...], ...]
    told: str
    relation: str | None = None


@dataclass
class _Settling:
    """Who is one with whom, and who is not, while judgements are taken in."""

    group: dict[str, frozenset[str]] = field(default_factory=dict)
    parted: dict[str, set[str]] = field(default_factory=dict)
    open: set[Pair] = field(default_factory=set)  # left to the program by a later judgement
    by: dict[str, str] = field(default_factory=dict)  # transfer id -> the latest judgement on it

    def of(self, name: str) -> frozenset[str]:
        return self.group.get(name, frozenset((name,)))

    def join(self, pair: Pair) -> bool:
        first, second = (self.of(name) for name in pair)
        if pair in self.open or any(not second.isdisjoint(self.parted.get(name, ())) for name in first):
            return False
        for name in first | second:
            self.group[name] = first | second
        return True

    def keep_apart(self, pair: Pair) -> bool:
        a, b = pair
        if pair in self.open or b in self.of(a):
            return False
        self.parted.setdefault(a, set()).add(b)
        self.parted.setdefault(b, set()).add(a)
        return True


def settled_transfers(latest_first: Iterable[Said]) -> tuple[tuple[Ruling, ...], dict[str, str]]:
    """The rulings that are kept to; and the judgements of which nothing is left, each with a later one that
    says otherwise of the same transfers.

    Whoever says that two rows are one says so of all that is in them.  But that the members of a side are one
    was found by the program and only not objected to, so it gives way to what anybody said of these.
    """
    state, overruled = _Settling(), {}
    found: list[tuple[Said, tuple[Pair, ...]]] = []
    for one in latest_first:
        names = sorted({name for side in one.sides for name in side})
        pairs = _settle(one, state)
        if not pairs:
            overruled[one.judgement] = next(state.by[name] for name in names if name in state.by)
        found.append((one, pairs))
        for name in names:
            state.by.setdefault(name, one.judgement)
    kept = []
    for one, pairs in found:
        if pairs and one.verdict is Verdict.SAME:
            inside = [pair for side in one.sides for pair in _chain(sorted(side), state)]
            kept.append(_ruling(one, tuple(sorted({*pairs, *inside}))))
        elif pairs:
            kept.append(_ruling(one, pairs))
    return tuple(kept), overruled


def _settle(one: Said, state: _Settling) -> tuple[Pair, ...]:
    """The pairs of a judgement, from one side to another, that no later one contradicts."""
    pairs = sorted(_across(one.sides))
    if one.verdict is Verdict.SAME:
        return tuple(_bridges(one.sides, state))
    if one.verdict is Verdict.APART:
        return tuple(pair for pair in pairs if state.keep_apart(pair))
    left = tuple(pair for pair in pairs if pair not in state.open)
    state.open.update(left)
    return left


def _bridges(sides: Sequence[Sequence[str]], state: _Settling) -> Iterator[Pair]:
    """From each side to one before it, the first pair that may be joined."""
    for number, side in enumerate(sides):
        pairs = (pair for before in sides[:number] for pair in sorted(_across((before, side))))
        bridge = next((pair for pair in pairs if state.join(pair)), None)
        if bridge is not None:
            yield bridge


def _chain(names: Sequence[str], state: _Settling) -> tuple[Pair, ...]:
    """Each is joined with the first before it with which it may be."""
    found: list[Pair] = []
    for number, name in enumerate(names):
        pair = next(((other, name) for other in names[:number] if state.join((other, name))), None)
        if pair is not None:
            found.append(pair)
    return tuple(found)


def _across(sides: Sequence[Sequence[str]]) -> set[Pair]:
    return {
        (a, b) if a < b else (b, a)
        for number, side in enumerate(sides)
        for other in sides[number + 1 :]
        for a in side
        for b in other
        if a != b
    }


def settled_copies(latest_first: Iterable[Said]) -> tuple[tuple[Ruling, ...], dict[str, str]]:
    """As ``settled_transfers``; of each pair of documents the latest judgement counts, and no other."""
    by: dict[Pair, str] = {}
    kept, overruled = [], {}
    for one in latest_first:
        pairs = sorted(_across(one.sides))
        left = tuple(pair for pair in pairs if pair not in by)
        if left:
            kept.append(_ruling(one, left))
        else:
            overruled[one.judgement] = by[pairs[0]]
        by.update((pair, one.judgement) for pair in left)
    return tuple(kept), overruled


def _ruling(said: Said, pairs: tuple[Pair, ...]) -> Ruling:
    return Ruling(said.judgement, said.verdict, pairs, said.told, said.relation)
