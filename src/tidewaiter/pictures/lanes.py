"""Where each report stands in the picture of origins: by whom it has its information from, what it copies,
and when it was published.

Reports that copy one another are a family; it stands with the origin that it tells of, and of several with
the one that the fewest families tell of, so that lines stay short; an origin that only families of others
tell of stands beside the first of those.  Of a large family, or of many families that have one origin, some
are drawn and the rest counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

from tidewaiter.union import components

MOST_LANES = 40
"""Lines of reports: as many as fit on a page of print."""

MOST_HOLDERS = 12

CUTS = ((99, 99), (8, 99), (5, 99), (3, 12), (2, 8), (1, 6), (1, 4), (1, 3), (0, 3), (0, 2), (0, 1))
"""Copies drawn of a family, and families of an origin; each more frugal than the one before."""


_RANK = {"independent": 0, "unknown": 1, "dependent": 2}


class Holder(NamedTuple):
    """Somebody whose information it may be."""

    name: str
    standing: str  # independent, unknown, dependent
    knows: str  # how, in words


class Report(NamedTuple):
    """A report of the transfer."""

    id: str
    name: str
    day: date | None
    day_words: str
    holders: tuple[int, ...]  # numbers of those of whose information it tells


class Derived(NamedTuple):
    """One report that has its text from another."""

    original: str
    copy: str
    relation: str  # verbatim, partial, rewrite, translation
    similarity: float
    is_directed: bool  # False: which is the copy is taken from the days alone


@dataclass(frozen=True, slots=True)
class Lane:
    """A line of the picture: a report, or how many more there are."""

    report: Report | None
    parent: int | None = None  # number of the lane that it hangs from, in its block
    derived: Derived | None = None
    more: tuple[Report, ...] = ()
    are_copies: bool = False
    tells_of: tuple[int, ...] = ()  # holders of whom no report of the family told before


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of some holders, whose families they are."""

    holders: tuple[int, ...]  # empty: of reports that tell of no origin
    lanes: tuple[Lane, ...]


class Family(NamedTuple):
    """Reports of which one is copied by the rest, the first one first, each with what it is copied from."""

    reports: tuple[Report, ...]
    from_: Mapping[str, Derived]  # by the copy's id
    holders: tuple[int, ...]


def families(reports: Sequence[Report], copies: Sequence[Derived]) -> list[Family]:
    """The reports in families, by the day of the first of each."""
    by_id = {one.id: one for one in sorted(reports, key=_order)}
    pairs = [(one.original, one.copy) for one in copies if {one.original, one.copy} <= by_id.keys()]
    found = [
        _family(sorted((by_id[name] for name in group), key=_order), copies)
        for group in components(list(by_id), pairs)
    ]
    return sorted(found, key=lambda one: _order(one.reports[0]))


def _order(report: Report) -> tuple[bool, date, str]:
    return report.day is None, report.day or date.min, report.id


def _family(members: Sequence[Report], copies: Sequence[Derived]) -> Family:
    names = {one.id for one in members}
    inner = [one for one in copies if one.original in names and one.copy in names]
    derived = {one.copy for one in inner if one.is_directed}
    head = next((one for one in members if one.id not in derived), members[0])
    beside: dict[str, list[Derived]] = {name: [] for name in names}
    for one in inner:
        beside[one.original].append(one)
        beside[one.copy].append(one)
    order: list[Report] = [head]
    from_: dict[str, Derived] = {}
    left = [one for one in members if one is not head]
    while left:  # a report joins when one that it is paired with stands: mostly in one go
        known = {one.id for one in order}
        for report in left:
            pairs = [pair for pair in beside[report.id] if {pair.original, pair.copy} - {report.id} <= known]
            if pairs:
                best = min(pairs, key=partial(_nearness, report.id))
                from_[report.id] = best if best.copy == report.id else _turned(best)
                order.append(report)
                known.add(report.id)
        left = [one for one in left if one.id not in known]
    holders = tuple(sorted({number for one in members for number in one.holders}))
    return Family(tuple(order), from_, holders)


def _nearness(name: str, pair: Derived) -> tuple[bool, float, str, str, str, bool]:
    """What a report is taken to be copied from: what is known to be its original, and is most like it."""
    is_known = pair.is_directed and pair.copy == name
    return not is_known, -pair.similarity, pair.original, pair.copy, pair.relation, pair.is_directed


def _turned(derived: Derived) -> Derived:
    """A pair looked at from its other side: two reports that have the text from a third, or which of them had
    it first is not known."""
    return derived._replace(original=derived.copy, copy=derived.original, is_directed=False)


# ------------------------------------------------------------------------------------ lines


def blocks(holders: Sequence[Holder], found: Sequence[Family]) -> list[Block]:
    """The lines of the holders that are drawn, in their order, then those of reports without one."""
    shown = _drawn(holders, found)
    count = {number: sum(number in one.holders for one in found) for number in shown}
    of: dict[int | None, list[Family]] = {}
    for family in found:
        those = [number for number in family.holders if number in count]
        first = min(
            those, key=lambda one: (holders[one].standing == "dependent", count[one], one), default=None
        )
        of.setdefault(first, []).append(family)
    beside: dict[int, list[int]] = {number: [number] for number in shown if number in of}
    for number in shown:  # whose reports all stand with others stands beside the first of those
        if number not in of:
            homes = [one for one in beside if any(number in family.holders for family in of.get(one, ()))]
            beside.setdefault(min(homes, default=number), []).append(number)
    for cut in CUTS:
        drawn = [
            Block(tuple(those), tuple(_lanes(of.get(number, ()), *cut)))
            for number, those in sorted(beside.items())
        ]
        drawn.append(Block((), tuple(_lanes(of.get(None, ()), *cut))))
        if sum(max(1, len(block.lanes)) for block in drawn) <= MOST_LANES:
            break
    return [block for block in drawn if block.lanes or block.holders]


def _drawn(holders: Sequence[Holder], found: Sequence[Family]) -> list[int]:
    """Of too many holders those that count and those of whom most reports tell, in the order given."""
    reports = Counter(number for family in found for one in family.reports for number in one.holders)
    ranked = sorted(
        range(len(holders)), key=lambda one: (_RANK.get(holders[one].standing, 1), -reports[one], one)
    )
    return sorted(ranked[:MOST_HOLDERS])


def _lanes(those: Sequence[Family], most_copies: int, most_families: int) -> list[Lane]:
    lanes: list[Lane] = []
    for family in those[:most_families]:
        lanes += _of_family(family, most_copies, len(lanes))
    rest = [report for family in those[most_families:] for report in family.reports]
    if rest:
        tells_of = tuple(sorted({number for one in rest for number in one.holders}))
        lanes.append(Lane(None, more=tuple(sorted(rest, key=_order)), tells_of=tells_of))
    return lanes


def _of_family(family: Family, most: int, start: int) -> list[Lane]:
    """The lines of one family, the first of which has the number ``start``.  Of too many copies those are
    drawn that first tell of somebody, then the earlier ones."""
    head, copies = family.reports[0], family.reports[1:]
    new = _firsts(family.reports)
    kept = most if len(copies) > most + 1 else len(copies)  # "+1 more" takes a line, too
    ranked = sorted(range(len(copies)), key=lambda index: (-len(new[copies[index].id]), index))
    chosen = [copies[index] for index in sorted(ranked[:kept])]
    lanes = [Lane(head, tells_of=new[head.id])]
    place = {head.id: start}
    for report in chosen:
        parent = family.from_[report.id].original
        while parent not in place and parent in family.from_:
            parent = family.from_[parent].original
        place[report.id] = start + len(lanes)
        lanes.append(Lane(report, place.get(parent, start), family.from_[report.id], tells_of=new[report.id]))
    hidden = tuple(one for one in copies if one.id not in place)
    if hidden:
        tells_of = tuple(sorted({number for one in hidden for number in new[one.id]}))
        lanes.append(Lane(None, start, more=hidden, are_copies=True, tells_of=tells_of))
    return lanes


def _firsts(reports: Sequence[Report]) -> Mapping[str, tuple[int, ...]]:
    """Of whom each report is the first to tell."""
    told: set[int] = set()
    found = {}
    for report in reports:
        found[report.id] = tuple(number for number in report.holders if number not in told)
        told.update(report.holders)
    return found
