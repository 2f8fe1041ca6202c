"""Which reported transfers of many documents are one transfer.

Pairs are weighed by parties, category, period, quantity, item, shared quotes and copied text
(``compare``).  Here they are joined from the surest to the least sure, and a pair is joined only when
no member of one side speaks against a member of the other, so that the result is the same in whatever
order the documents came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tidewaiter.linking.features import Candidate
from tidewaiter.linking.merging.compare import JOIN
from tidewaiter.linking.rulings import NO_RULINGS, Rulings
from tidewaiter.model import JoinReason, TransferGroup

NEAREST_APART = 3
"""How many of the nearest transfers kept apart are named in a group."""
REFUSE = 0.5
"""Score below which two rows speak against joining the groups that they are in."""
MARGIN = 0.1
"""By how much a vague row must fit one transfer better than the next to be joined with it."""
GROUP_DIGITS = 10
"""Hexadecimal digits of a reported transfer's id, which the group's id keeps."""

Pair = tuple[str, str]
"""Ids of two reported transfers, the smaller first."""


class Weight(NamedTuple):
    """What a comparison came to, without its words."""

    score: float  # 0..1
    conflict: bool  # certainly not one, whatever else speaks for it
    copied: bool  # the documents are copies of each other

    @property
    def speaks_for(self) -> bool:
        """Whether the two may be joined on it."""
        return self.score >= JOIN and not self.conflict


Weigh = Callable[[str, str], Weight | None]
"""The weight of a pair, in the order of ids; None where the two are never compared."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Reported transfers that are one transfer, and the pairs on which they were joined."""

    id: str
    members: tuple[tuple[str, str], ...]  # (document id, reported transfer id), sorted
    joins: tuple[Pair, ...]


def pair_of(a: str, b: str) -> Pair:
    """The two ids in their order."""
    return (a, b) if a < b else (b, a)


@dataclass
class _Grouping:
    """Groups while they grow."""

    candidates: Mapping[str, Candidate]
    weigh: Weigh
    rulings: Rulings
    group: dict[str, frozenset[str]] = field(default_factory=dict)
    joins: list[Pair] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.group = {name: frozenset((name,)) for name in self.candidates}

    def join(self, pair: Pair) -> None:
        first, second = (self.group[name] for name in pair)
        if first is not second and not self._against(first, second):
            self.force(pair)

    def force(self, pair: Pair) -> None:
        """Join whatever speaks against it: somebody decided so."""
        first, second = (self.group[name] for name in pair)
        if first is second:
            return
        joined = first | second
        for name in joined:
            self.group[name] = joined
        self.joins.append(pair)

    def _against(self, first: frozenset[str], second: frozenset[str]) -> bool:
        """Two rows of one document, two that conflict, or two that somebody decided are two, are never one
        transfer."""
        if self.rulings.part(first, second):
            return True
        documents = {self.candidates[name].document for name in first}
        if any(self.candidates[name].document in documents for name in second):
            return True
        return any(
            (weight := self.weigh(*pair_of(a, b))) is not None and (weight.conflict or weight.score < REFUSE)
            for a in sorted(first)
            for b in sorted(second)
        )

    def groups(self) -> list[tuple[str, ...]]:
        return sorted({tuple(sorted(members)) for members in self.group.values()})


def group_transfers(
    candidates: Mapping[str, Candidate],
    weights: Mapping[Pair, Weight],
    weigh: Weigh,
    rulings: Rulings = NO_RULINGS,
) -> tuple[Grouped, ...]:
    """The groups of candidates that hang together, sorted by id.

    ``weights``: those of the pairs that were compared, at least every one that speaks for joining;
    ``weigh``: the weight of any pair; ``rulings``: what was decided, which comes before any weight.
    Candidates between which no chain of pairs speaks for joining have nothing to do with each other and may
    be grouped apart.
    """
    grouping = _Grouping(candidates, weigh, rulings)
    for pair in rulings.joins():
        if pair[0] in candidates and pair[1] in candidates:
            grouping.force(pair)
    joining = {
        pair: weight
        for pair, weight in weights.items()
        if weight.speaks_for and not rulings.part(pair[:1], frozenset(pair[1:]))
    }
    _join_sure(grouping, candidates, joining)
    _join_vague(grouping, joining)
    return tuple(sorted((_grouped(names, grouping) for names in grouping.groups()), key=lambda one: one.id))


def _grouped(names: tuple[str, ...], grouping: _Grouping) -> Grouped:
    members = set(names)
    return Grouped(
        id=group_id(names),
        members=tuple(sorted(grouping.candidates[name].key for name in names)),
        joins=tuple(sorted(pair for pair in grouping.joins if pair[0] in members)),
    )


def _join_sure(grouping: _Grouping, by_id: Mapping[str, Candidate], joining: Mapping[Pair, Weight]) -> None:
    sure = [
        (-weight.score, pair)
        for pair, weight in joining.items()
        if weight.copied or _same_kind(by_id[pair[0]], by_id[pair[1]])
    ]
    for _, pair in sorted(sure):
        grouping.join(pair)


def _same_kind(a: Candidate, b: Candidate) -> bool:
    dated = a.period.known and b.period.known
    return dated and a.parties == b.parties and a.transfer.category == b.transfer.category


def _join_vague(grouping: _Grouping, joining: Mapping[Pair, Weight]) -> None:
    """Join groups that leave a party, the period or the kind of goods open with the group they fit.

    All choices are made against the groups as they stood before any was made, so that none depends
    on another; a group that fits two others about equally well joins neither.
    """
    before = grouping.groups()
    home = {name: names for names in before for name in names}
    near: dict[str, list[tuple[str, Weight]]] = {}
    for (a, b), weight in sorted(joining.items()):
        near.setdefault(a, []).append((b, weight))
        near.setdefault(b, []).append((a, weight))
    chosen = [fit for names in before if (fit := _only_fit(names, home, grouping, near)) is not None]
    for _, pair in sorted(chosen):
        grouping.join(pair)


def _only_fit(
    names: tuple[str, ...],
    home: Mapping[str, tuple[str, ...]],
    grouping: _Grouping,
    near: Mapping[str, Sequence[tuple[str, Weight]]],
) -> tuple[float, Pair] | None:
    """The best pair between a vague group and the one group that it fits; None where it fits none or
    several."""
    by_id = grouping.candidates
    fits: dict[tuple[str, ...], tuple[float, Pair]] = {}
    for name in names:
        for other, weight in near.get(name, ()):
            there = home[other]
            if there != names and not grouping.rulings.part(names, frozenset(there)):
                option = (-weight.score, pair_of(name, other))
                fits[there] = min(option, fits.get(there, option))
    ranked = sorted((option, there) for there, option in fits.items() if _is_vague(names, by_id, there))
    # Another group that leaves as much open is no rival of one that does not: both may belong to it.
    ranked = [one for one in ranked if not _left_open(one[1], by_id)] or ranked
    if not ranked or (len(ranked) > 1 and ranked[1][0][0] - ranked[0][0][0] < MARGIN):
        return None
    return ranked[0][0]


def _is_vague(names: tuple[str, ...], by_id: Mapping[str, Candidate], other: tuple[str, ...]) -> bool:
    """Whether the first group says less than the other: of the goods, the parties or the period."""
    generic = all(by_id[name].generic for name in names)
    other_generic = all(by_id[name].generic for name in other)
    return _left_open(names, by_id) or (generic and not other_generic)


def _left_open(names: tuple[str, ...], by_id: Mapping[str, Candidate]) -> bool:
    """Whether a party or the period is not told."""
    return any(None in by_id[name].parties or not by_id[name].period.known for name in names)


# ------------------------------------------------------------------------------------ why


def with_reasons(
    group: Grouped, outside: Iterable[tuple[Pair, Weight]], why: Callable[[Pair], tuple[float, str]]
) -> TransferGroup:
    """The group with the words for its joins, and for the nearest transfers kept apart.

    ``outside``: the weights of pairs with one member outside; ``why``: score and words of a pair.
    """
    nearest = sorted(outside, key=lambda one: (-one[1].score, one[0]))[:NEAREST_APART]
    return TransferGroup(
        id=group.id,
        members=group.members,
        reasons=tuple(JoinReason(*pair, True, *why(pair)) for pair in group.joins),
        apart=tuple(_apart(pair, weight, why) for pair, weight in nearest),
    )


def _apart(pair: Pair, weight: Weight, why: Callable[[Pair], tuple[float, str]]) -> JoinReason:
    score, words = why(pair)
    if weight.speaks_for:
        words += (
            "; kept apart because another row of one of the two documents, or another transfer, fits as well"
        )
    return JoinReason(*pair, False, score, words)


# ------------------------------------------------------------------------------------ ids


def group_id(names: Iterable[str]) -> str:
    """ "t" and the smallest of the members' ten digits."""
    return "t" + min(digits(name) for name in names)


def digits(identifier: str) -> str:
    """The ten digits of a reported transfer's or a group's id."""
    return identifier[1 : 1 + GROUP_DIGITS]


def resolve(identifier: str, groups: Iterable[TransferGroup]) -> TransferGroup | None:
    """The group that an id means now; None when no group has it.

    Every id a group was ever given ends in the digits of one of its members at that time, so it is
    found as long as that member is in the case, whatever the groups have become since.
    """
    wanted = digits(identifier)
    for group in groups:
        if any(digits(member) == wanted for _, member in group.members):
            return group
    return None
