"""Which pairs of tellings are looked at, and which of them may be one saying by what they have in common.

Every telling is filed under each two of the rarest things that it says, and under its speaker and day; only
those that share a drawer are compared, in a full drawer each with those nearest in time.  What two tellings
have in common and the days decide of most pairs that they are no saying, whoever speaks; that is found of
thousands at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from tidewaiter.linking.sayings.columns import NO_DAY, Columns, Shared
from tidewaiter.linking.sayings.one_saying import at_best

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Numbers = NDArray[numpy.int64]
else:
    Numbers = Any

FILED = 14
"""Things said under whose pairs a telling is filed: the rarest of the case."""
DRAWER = 12
"""Tellings before it, in order of time, with which one is compared in a drawer."""

PARTS = 32
"""Parts in which drawers and pairs are gone through, so that few are held at once."""
AT_ONCE = 50_000
"""Pairs that are looked at together."""


def likely(columns: Columns) -> Iterator[tuple[int, int, Shared]]:
    """The pairs that may be one saying, as places in order, with what they have in common."""
    import numpy as np

    for pairs in _pairs(columns):
        for begin in range(0, len(pairs), AT_ONCE):
            a, b = np.divmod(pairs[begin : begin + AT_ONCE], columns.count)
            left = at_best(columns, a, b, columns.at_most(a, b))
            a, b = a[left], b[left]
            shared = columns.shared(a, b)
            found = at_best(columns, a, b, shared.share, shared.weight)
            for place in np.flatnonzero(found).tolist():
                yield int(a[place]), int(b[place]), shared.at(place)


def _pairs(columns: Columns) -> Iterator[Numbers]:
    """The pairs that are compared, each once, as numbers: the first place times the count, and the second."""
    import numpy as np

    size = columns.count * (columns.count // PARTS + 1)  # of the numbers in one part
    small = np.min_scalar_type(size)
    found: list[list[Numbers]] = [[] for _ in range(PARTS)]
    for pairs in _filed_together(columns):
        borders = np.searchsorted(pairs, np.arange(PARTS + 1, dtype=np.int64) * size)
        for number, (begin, end) in enumerate(pairwise(borders)):
            found[number].append((pairs[begin:end] - number * size).astype(small))
    for number, one in enumerate(found):
        if one:
            yield np.unique(np.concatenate(one)).astype(np.int64) + number * size
        one.clear()


def _filed_together(columns: Columns) -> Iterator[Numbers]:
    """The same as they are found, some more than once."""
    import numpy as np

    if not columns.count:
        return
    order = np.argsort(np.where(columns.days.last == NO_DAY, date.max.toordinal(), columns.days.last),
                       kind="stable")  # fmt: skip
    when = np.empty(columns.count, dtype=np.int64)  # of each telling its place in order of time
    when[order] = np.arange(columns.count)
    rarest = _rarest(columns)
    width = int(rarest.max(initial=0)) + 1
    parts = (rarest % PARTS).astype(np.int8)
    for part in range(PARTS):
        codes, places = [], []
        for one, other in combinations(range(rarest.shape[1]), 2):
            here = np.flatnonzero((rarest[:, other] >= 0) & (parts[:, one] == part))
            codes.append(rarest[here, one] * width + rarest[here, other])
            places.append(when[here])
        if codes:
            yield _neighbours(np.concatenate(codes), np.concatenate(places), order)
    speakers: dict[tuple[str, date | None], int] = {}
    spoken = [
        (speakers.setdefault((one.voice.surname, one.days.first), len(speakers)), place)
        for place, one in enumerate(columns.heads)
        if one.voice.person and one.days.told
    ]
    if spoken:
        drawers, there = np.array(spoken, dtype=np.int64).T
        yield _neighbours(drawers, when[there], order)


def _neighbours(drawers: Numbers, when: Numbers, order: Numbers) -> Numbers:
    """The pairs of each drawer, of tellings by their place in order of time."""
    import numpy as np

    count = len(order)
    filed = np.lexsort((when, drawers))
    drawers, places = drawers[filed], order[when[filed]]
    found = []
    for step in range(1, DRAWER + 1):
        together = np.flatnonzero(drawers[step:] == drawers[:-step])
        one, other = places[together], places[together + step]
        found.append(np.minimum(one, other) * count + np.maximum(one, other))
    unique: Numbers = np.unique(np.concatenate(found))
    return unique


def _rarest(columns: Columns) -> Numbers:
    """Of each telling the ranks of the rarest things that it says and that recur, the rarest first; -1 for
    none."""
    import numpy as np

    frequency = np.bincount(columns.said, minlength=len(columns.keys))
    letters = np.empty(len(columns.keys), dtype=np.int64)  # of each key its place in order of letters
    letters[sorted(range(len(columns.keys)), key=columns.keys.__getitem__)] = np.arange(len(columns.keys))
    ordered = np.lexsort((letters, frequency))
    rank = np.empty(len(ordered), dtype=np.int64)
    rank[ordered] = np.arange(len(ordered))
    owner = np.repeat(np.arange(columns.count), np.diff(columns.first))
    ranks = rank[columns.said]
    by_rank = np.lexsort((ranks, owner))
    nth = np.arange(len(ranks)) - np.repeat(columns.first[:-1], np.diff(columns.first))
    recurs = frequency[columns.said][by_rank] > 1
    nth_recurring = np.cumsum(recurs) - 1
    before = np.concatenate(([0], np.cumsum(recurs)))[columns.first[:-1]]
    nth_recurring = nth_recurring - np.repeat(before, np.diff(columns.first))
    kept = recurs & (nth < FILED)
    found = np.full((columns.count, FILED), -1, dtype=np.int64)
    found[owner[kept], nth_recurring[kept]] = ranks[by_rank][kept]
    return found
