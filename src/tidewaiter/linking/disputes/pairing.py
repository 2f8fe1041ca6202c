"""Which reports are held against each other: those that tell of one thing and are no copies.

They are found by what they name: a person, a ship, a village that few reports of the case speak of, and by
the rows of the register that they share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from tidewaiter import edtf
from tidewaiter.linking.disputes.accounts import Account, Quoted
from tidewaiter.linking.disputes.holding import Brief, Held
from tidewaiter.model import Copy, Span
from tidewaiter.union import components

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Numbers = NDArray[numpy.int64]
else:
    Numbers = Any

NO_DAY = -1
"""Of a publication that has no day."""

COMMON = 30
"""Reports that share a name from which on it is a name of the case's subject, and no ground to compare."""
NEAR_DAYS = 45
"""Days between two publications from which on a report is taken to tell of something else."""
ONE_THING = 4
"""Weight of what two reports have in common from which they tell of one thing: two names, or a name and a day
and a party."""
NAME, ROW, PARTY, DAY, FIGURE = 2, 3, 1, 1, 1
MOST_PARTIES = 2
"""Parties that count; a list of states is no sign of one event."""

QUOTE_RUN = 5
"""Words in a row that make two quotations one."""
QUOTE_ALIKE = 0.55
"""Share of words in the same order from which two quotations are one, put in other words."""
QUOTE_WORDS = 3
"""Words that tell something which the two have to share."""


Members = Sequence[tuple[str, str]]
"""Document ids and reported transfer ids."""


def copy_groups(names: Iterable[str], copies: Iterable[Copy]) -> dict[str, int]:
    """Of each document the number of the group of copies that it is in."""
    known = dict.fromkeys(sorted(names))
    groups = components(known, [(one.a, one.b) for one in copies if one.a in known and one.b in known])
    return {name: number for number, group in enumerate(groups) for name in group}


def pairs(held: Held, rows: Mapping[str, Members]) -> Iterator[tuple[str, str]]:
    """The pairs of reports that tell of one thing, by id, in their order; no copies of one another."""
    import numpy as np

    names = sorted(held.briefs)
    number = {name: place for place, name in enumerate(names)}
    together = _Together(len(names))
    for reports in held.named.values():
        if 1 < len(reports) <= COMMON:
            together.add(sorted([number[one] for one in reports]), NAME)
    for members in rows.values():
        told = sorted({number[document] for document, _ in members if document in number})
        together.add(told[:COMMON], ROW)
    groups = np.array([held.group[name] for name in names], dtype=np.int64)
    days = np.array([_earliest(held.briefs[name]) for name in names], dtype=np.int64)
    a, b, weights = together.all()
    is_near = (days[a] == NO_DAY) | (days[b] == NO_DAY) | (np.abs(days[a] - days[b]) <= NEAR_DAYS)
    kept = np.flatnonzero((groups[a] != groups[b]) & is_near)
    for first, second, weight in zip(a[kept].tolist(), b[kept].tolist(), weights[kept].tolist(), strict=True):
        one, other = names[first], names[second]
        if weight >= ONE_THING or weight + _weight(held.briefs[one], held.briefs[other]) >= ONE_THING:
            yield one, other


class _Together:
    """Pairs of numbers that stand together, with what that weighs."""

    def __init__(self, count: int) -> None:
        import numpy as np

        self._count = count
        self._codes: dict[int, list[Numbers]] = {}  # by weight
        self._places = {size: np.triu_indices(size, 1) for size in range(2, COMMON + 1)}

    def add(self, numbers: Sequence[int], weight: int) -> None:
        """Each two of some numbers, in order."""
        import numpy as np

        if len(numbers) > 1:
            one, other = self._places[len(numbers)]
            held = np.array(numbers, dtype=np.int64)
            self._codes.setdefault(weight, []).append(held[one] * self._count + held[other])

    def all(self) -> tuple[Numbers, Numbers, Numbers]:
        """The first and the second of each pair, in order, and what all of it weighs."""
        import numpy as np

        codes = [np.unique(np.concatenate(found), return_counts=True) for found in self._codes.values()]
        if not codes:
            none = np.empty(0, dtype=np.int64)
            return none, none, none
        known, place = np.unique(np.concatenate([one for one, _ in codes]), return_inverse=True)
        each = [count * weight for weight, (_, count) in zip(self._codes, codes, strict=True)]
        weights = np.bincount(place, weights=np.concatenate(each)).astype(np.int64)
        first, second = np.divmod(known, self._count)
        return first, second, weights


def _earliest(brief: Brief) -> int:
    day = edtf.safe_bounds(brief.published).earliest
    return NO_DAY if day is None else day.toordinal()


def _weight(a: Brief, b: Brief) -> int:
    return (
        PARTY * min(MOST_PARTIES, len(a.actors & b.actors))
        + DAY * len(a.days & b.days)
        + FIGURE * len(a.figures & b.figures)
    )


def shared_quote(a: Account, b: Account) -> tuple[Span, Span] | None:
    """The likest quotations of two reports that are one act of saying retold; None where there is none."""
    best: tuple[float, Span, Span] | None = None
    for mine in a.quoted:
        for theirs in b.quoted:
            alike = _alike(mine, theirs)
            if alike > 0 and (best is None or alike > best[0]):
                best = alike, mine.span, theirs.span
    return None if best is None else (best[1], best[2])


def _alike(one: Quoted, other: Quoted) -> float:
    if len(one.telling & other.telling) < QUOTE_WORDS:
        return 0.0
    first, second = one.stems, other.stems
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    longest = max(block.size for block in blocks)
    telling = {word for block in blocks for word in first[block.a : block.a + block.size]} & one.telling
    if len(telling) < QUOTE_WORDS:
        return 0.0
    ratio = sum(block.size for block in blocks) / max(1, min(len(first), len(second)))
    return ratio if longest >= QUOTE_RUN or ratio >= QUOTE_ALIKE else 0.0
