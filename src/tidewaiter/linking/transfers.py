"""Which reported transfers of many documents are one transfer.

Every pair with parties that fit is weighed by category, period, quantity, item, shared quotes and
copied text; the reasons are kept in words.  Pairs are then joined from the surest to the least sure,
and a pair is joined only when no member of one side speaks against a member of the other, so that
the result is the same in whatever order the documents came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tidewaiter.linking.compare import JOIN, Ties, Weighed, weigh, with_exchange
from tidewaiter.linking.features import Candidate
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


@dataclass
class _Grouping:
    """Groups while they grow."""

    candidates: Mapping[str, Candidate]
    weights: Mapping[Pair, Weighed]
    group: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.group = {name: frozenset((name,)) for name in self.candidates}

    def join(self, a: str, b: str) -> None:
        first, second = self.group[a], self.group[b]
        if first is second or self._against(first, second):
            return
        joined = first | second
        for name in joined:
            self.group[name] = joined

    def _against(self, first: Iterable[str], second: Iterable[str]) -> bool:
        """Two rows of one document, or two that conflict, are never one transfer."""
        return any(
            self.candidates[a].document == self.candidates[b].document
            or (
                (weight := self.weights.get(_pair(a, b))) is not None
                and (weight.conflict or weight.score < REFUSE)
            )
            for a in first
            for b in second
        )

    def groups(self) -> list[tuple[str, ...]]:
        return sorted({tuple(sorted(members)) for members in self.group.values()})


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def group_transfers(candidates: Sequence[Candidate], ties: Ties) -> tuple[TransferGroup, ...]:
    """The groups, sorted by id."""
    by_id = {candidate.transfer.id: candidate for candidate in candidates}
    weights = _weigh_all(by_id, ties)
    grouping = _Grouping(by_id, weights)
    _join_sure(grouping, by_id, weights)
    _join_vague(grouping, by_id, weights)
    near = _neighbours(weights)
    return tuple(sorted((_group(names, by_id, near) for names in grouping.groups()), key=lambda g: g.id))


def _weigh_all(by_id: Mapping[str, Candidate], ties: Ties) -> dict[Pair, Weighed]:
    weights: dict[Pair, Weighed] = {}
    for names in _blocks(by_id):
        for i, a in enumerate(names):
            for b in names[i + 1 :]:
                if (a, b) not in weights and by_id[a].document != by_id[b].document:
                    weighed = weigh(by_id[a], by_id[b], ties)
                    if weighed is not None:
                        weights[a, b] = weighed
    return {pair: _with_return(pair, weight, by_id, weights) for pair, weight in weights.items()}


def _with_return(
    pair: Pair, weight: Weighed, by_id: Mapping[str, Candidate], weights: Mapping[Pair, Weighed]
) -> Weighed:
    first, second = (by_id[name].transfer.in_exchange_for for name in pair)
    if first is None or second is None:
        return weight
    return with_exchange(weight, weights.get(_pair(first, second)))


def _blocks(by_id: Mapping[str, Candidate]) -> list[list[str]]:
    """Ids that have a supplier or a recipient in common; others need no comparing."""
    blocks: dict[tuple[str, str | None], list[str]] = {}
    for name, candidate in sorted(by_id.items()):
        supplier, recipient = candidate.parties
        if supplier is not None:
            blocks.setdefault(("supplier", supplier), []).append(name)
        if recipient is not None:
            blocks.setdefault(("recipient", recipient), []).append(name)
        if supplier is None and recipient is None:
            blocks.setdefault(("neither", None), []).append(name)
    return [blocks[key] for key in sorted(blocks, key=str)]


def _join_sure(grouping: _Grouping, by_id: Mapping[str, Candidate], weights: Mapping[Pair, Weighed]) -> None:
    """Join rows of the same parties and category, surest first."""
    sure = [
        (-weight.score, pair)
        for pair, weight in weights.items()
        if weight.score >= JOIN
        and not weight.conflict
        and (weight.copied or _same_kind(by_id[pair[0]], by_id[pair[1]]))
    ]
    for _, (a, b) in sorted(sure):
        grouping.join(a, b)


def _same_kind(a: Candidate, b: Candidate) -> bool:
    dated = a.period.known and b.period.known
    return dated and a.parties == b.parties and a.transfer.category == b.transfer.category


def _join_vague(grouping: _Grouping, by_id: Mapping[str, Candidate], weights: Mapping[Pair, Weighed]) -> None:
    """Join groups that leave a party, the period or the kind of goods open with the group they fit.

    All choices are made against the groups as they stood before any was made, so that none depends
    on another; a group that fits two others about equally well joins neither.
    """
    before = grouping.groups()
    home = {name: names for names in before for name in names}
    near = _neighbours(weights)
    chosen = [fit for names in before if (fit := _only_fit(names, home, by_id, near)) is not None]
    for _, (a, b) in sorted(chosen):
        grouping.join(a, b)


def _only_fit(
    names: tuple[str, ...],
    home: Mapping[str, tuple[str, ...]],
    by_id: Mapping[str, Candidate],
    near: Mapping[str, Sequence[tuple[str, Weighed]]],
) -> tuple[float, Pair] | None:
    """The best pair between a vague group and the one group that it fits; None where it fits none or
    several."""
    fits: dict[tuple[str, ...], tuple[float, Pair]] = {}
    for name in names:
        for other, weight in near.get(name, ()):
            there = home[other]
            if there != names and weight.score >= JOIN and not weight.conflict:
                option = (-weight.score, _pair(name, other))
                fits[there] = min(option, fits.get(there, option))
    ranked = sorted((option, there) for there, option in fits.items() if _is_vague(names, by_id, there))
    # Another group that leaves as much open is no rival of one that does not: both may belong to it.
    ranked = [one for one in ranked if not _left_open(one[1], by_id)] or ranked
    if not ranked or (len(ranked) > 1 and ranked[1][0][0] - ranked[0][0][0] < MARGIN):
        return None
    return ranked[0][0]


def _neighbours(weights: Mapping[Pair, Weighed]) -> dict[str, list[tuple[str, Weighed]]]:
    """For each row the rows that it was weighed against, in order."""
    found: dict[str, list[tuple[str, Weighed]]] = {}
    for (a, b), weight in sorted(weights.items(), key=lambda one: one[0]):
        found.setdefault(a, []).append((b, weight))
        found.setdefault(b, []).append((a, weight))
    return found


def _is_vague(names: tuple[str, ...], by_id: Mapping[str, Candidate], other: tuple[str, ...]) -> bool:
    """Whether the first group says less than the other: of the goods, the parties or the period."""
    generic = all(by_id[name].generic for name in names)
    other_generic = all(by_id[name].generic for name in other)
    return _left_open(names, by_id) or (generic and not other_generic)


def _left_open(names: tuple[str, ...], by_id: Mapping[str, Candidate]) -> bool:
    """Whether a party or the period is not told."""
    return any(None in by_id[name].parties or not by_id[name].period.known for name in names)


def _group(
    names: tuple[str, ...], by_id: Mapping[str, Candidate], near: Mapping[str, Sequence[tuple[str, Weighed]]]
) -> TransferGroup:
    members = set(names)
    pairs = [(name, other, weight) for name in names for other, weight in near.get(name, ())]
    reasons = [_reason(_pair(a, b), weight, True) for a, b, weight in pairs if b in members and a < b]
    apart = [_reason(_pair(a, b), weight, False) for a, b, weight in pairs if b not in members]
    apart.sort(key=lambda reason: (-reason.score, reason.a, reason.b))
    return TransferGroup(
        id=group_id(names),
        members=tuple(sorted(by_id[name].key for name in names)),
        reasons=tuple(sorted(reasons, key=lambda reason: (reason.a, reason.b))),
        apart=tuple(apart[:NEAREST_APART]),
    )


def _reason(pair: Pair, weight: Weighed, same: bool) -> JoinReason:
    why = weight.why
    if not same and weight.score >= JOIN and not weight.conflict:
        why += (
            "; kept apart because another row of one of the two documents, or another transfer, fits as well"
        )
    return JoinReason(a=pair[0], b=pair[1], same=same, score=weight.score, why=why)


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
