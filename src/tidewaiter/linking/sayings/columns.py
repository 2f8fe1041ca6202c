"""The tellings of a case in columns, so that tens of thousands take little memory and many pairs of them are
compared at once.

What is compared of a telling is a handful of numbers: its items as numbers of their keys, with what they
count.  Whatever else a telling has is looked up again for those that turn out to be one saying.
"""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from tidewaiter import edtf
from tidewaiter.linking.sayings.rarity import COMMON, crowd
from tidewaiter.linking.sayings.tellings import Days, Telling
from tidewaiter.linking.sayings.voices import Voice
from tidewaiter.model import Mode, SourceKind

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Numbers = NDArray[Any]  # whole ones, of 32 or 64 bits
    Figures = NDArray[numpy.float64]
else:
    Numbers = Figures = Any

Thing = TypeVar("Thing", bound=Hashable)

Key = tuple[str, str]
"""Document and statement."""

BESIDE = 0.6
"""How far an item that one telling says and that stands beside the other counts as said in both.  On the
retold quotes 0.4 to 1 make no difference."""

NO_DAY = -1
"""Of a day that is not known, in columns of days."""

LOOKED_UP = 200_000
"""Items that are looked up at once: enough that the calls cost nothing, few enough to take some megabytes."""


@dataclass(frozen=True, slots=True)
class Head:
    """What of a telling says who told it and when."""

    document: str  # id
    statement: str  # id
    voice: Voice
    days: Days
    is_direct: bool  # the speaker's own words
    is_paper: bool  # a paper of which nobody knows whose it is
    is_denial: bool  # whether anything is denied in it

    @property
    def key(self) -> Key:
        return self.document, self.statement


class Shared(NamedTuple):
    """What two tellings have in common."""

    items: int  # said in both
    beside: int  # said in one, and told beside the other
    weight: float  # what these count
    share: float  # of what the one of which it is more counts


class SharedColumns(NamedTuple):
    """The same of many pairs."""

    items: Numbers
    beside: Numbers
    weight: Figures
    share: Figures

    def at(self, place: int) -> Shared:
        """That of one pair."""
        columns = self.items, self.beside, self.weight, self.share
        return Shared(*(column[place].item() for column in columns))


class Columns:
    """Tellings by their places, in the order of their keys."""

    def __init__(self, tellings: Iterable[Telling]) -> None:
        """``tellings`` in the order of their keys; gone through once."""
        import numpy as np

        self.heads: list[Head] = []
        self.keys: list[str] = []  # of items, by their numbers
        numbers: dict[str, int] = {}
        known: dict[Hashable, Any] = {}
        said, around = _Lists("i"), _Lists("i")
        weights, totals_around = array("i"), array("i")
        days, documents = array("i"), array("i")
        document_numbers: dict[str, int] = {}
        for one in tellings:
            self.heads.append(_head(one, known))
            mine = sorted([(_number(key, numbers, self.keys), weight) for key, weight in one.weights.items()])
            said.add([number for number, _ in mine])
            weights.extend([weight for _, weight in mine])
            around.add(sorted([_number(key, numbers, self.keys) for key in one.around]))
            totals_around.append(one.total_around)
            days.append(_published(one))
            documents.append(document_numbers.setdefault(one.document, len(document_numbers)))
        self.count = len(self.heads)
        self.first, self.said = said.columns()
        self._first_around, self._around = around.columns()
        self._documents = np.frombuffer(documents, dtype=np.int32) if documents else np.empty(0, np.int32)
        published = np.frombuffer(days, dtype=np.int32) if days else np.empty(0, np.int32)
        self._total_around = np.array(totals_around, dtype=np.int64)
        self._owner = np.repeat(np.arange(self.count, dtype=np.int64), np.diff(self.first))
        self._weights = self._reweighed(np.array(weights, dtype=np.int64), published)
        self.total = np.bincount(self._owner, weights=self._weights, minlength=self.count).astype(np.int64)
        self._codes = self._owner * self._size + self.said
        owner_around = np.repeat(np.arange(self.count, dtype=np.int64), np.diff(self._first_around))
        self._codes_around = owner_around * self._size + self._around
        self._days = DayColumns([one.days for one in self.heads])
        del self._around

    @property
    def _size(self) -> int:
        return max(1, len(self.keys))

    # ------------------------------------------------------------------------------- what things count

    def _reweighed(self, weights: Numbers, published: Numbers) -> Numbers:
        """The weights that the items have among all tellings; see ``rarity``."""
        import numpy as np

        if not len(weights):
            return weights
        documents = int(self._documents.max()) + 1
        day_of = np.full(documents, NO_DAY, dtype=np.int64)
        day_of[self._documents] = published
        told = np.unique(self.said.astype(np.int64) * documents + self._documents[self._owner])
        first = np.searchsorted(told, np.arange(self._size + 1, dtype=np.int64) * documents)
        crowds = np.zeros(self._size, dtype=np.int64)
        for key in np.flatnonzero(np.diff(first) > COMMON):
            crowds[key] = crowd(day_of[told[first[key] : first[key + 1]] % documents])
        crowds = crowds[self.said]
        common = crowds > COMMON
        found = weights.copy()
        found[common] = np.maximum(1, np.rint(weights[common] * COMMON / crowds[common]).astype(np.int64))
        return found

    # ------------------------------------------------------------------------------- in common

    def both(self, a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
        """How many items two tellings say both, and what these count, of each pair of places."""
        return self._common(a, b, self._codes)

    def told_in_both(self, a: Numbers, b: Numbers) -> Figures:
        """Share of the shorter's items, by weight, that the other has, too."""
        import numpy as np

        _, weight = self.both(a, b)
        share: Figures = weight / np.minimum(self.total[a], self.total[b])
        return share

    def at_most(self, a: Numbers, b: Numbers) -> Figures:
        """A share that the two of each pair cannot exceed, whatever stands beside them."""
        import numpy as np

        _, both = self.both(a, b)
        ours = both + BESIDE * np.minimum(self.total[a] - both, self._total_around[b])
        theirs = both + BESIDE * np.minimum(self.total[b] - both, self._total_around[a])
        found: Figures = np.maximum(ours / self.total[a], theirs / self.total[b])
        return found

    def shared(self, a: Numbers, b: Numbers) -> SharedColumns:
        """What the two of each pair have in common; what stands beside one of them counts less."""
        import numpy as np

        items, both = self.both(a, b)
        mine, ours = self._common(a, b, self._codes_around)
        others, theirs = self._common(b, a, self._codes_around)
        weight_here, weight_there = both + BESIDE * ours, both + BESIDE * theirs
        share = np.minimum(1.0, np.maximum(weight_here / self.total[a], weight_there / self.total[b]))
        return SharedColumns(items, np.maximum(mine, others), np.maximum(weight_here, weight_there), share)

    def _common(self, a: Numbers, b: Numbers, codes: Numbers) -> tuple[Numbers, Numbers]:
        """How many of the items of the first of each pair are among ``codes`` of the second, and what these
        count."""
        import numpy as np

        counts, sums = np.zeros(len(a), dtype=np.int64), np.zeros(len(a), dtype=np.int64)
        if not len(codes):
            return counts, sums
        step = max(1, LOOKED_UP * self.count // max(1, len(self.said)))
        for begin in range(0, len(a), step):
            here, there = a[begin : begin + step], b[begin : begin + step]
            sizes = self.first[here + 1] - self.first[here]
            pair = np.repeat(np.arange(len(here)), sizes)
            behind = np.cumsum(sizes)
            item = np.arange(behind[-1]) + np.repeat(self.first[here] - (behind - sizes), sizes)
            wanted = there[pair] * self._size + self.said[item]
            at = np.searchsorted(codes, wanted)
            at[at == len(codes)] = 0
            is_there = codes[at] == wanted
            hit, weights = pair[is_there], self._weights[item[is_there]]
            counts[begin : begin + step] = np.bincount(hit, minlength=len(here))
            sums[begin : begin + step] = np.bincount(hit, weights=weights, minlength=len(here))
        return counts, sums

    @property
    def days(self) -> DayColumns:
        """On which days each may have been said."""
        return self._days


class DayColumns:
    """Days of tellings in columns; ``NO_DAY`` where there is none."""

    def __init__(self, days: Sequence[Days]) -> None:
        import numpy as np

        def column(values: Iterable[int]) -> Numbers:
            return np.fromiter(values, dtype=np.int64, count=len(days))

        self.first = column(NO_DAY if one.first is None else one.first.toordinal() for one in days)
        self.last = column(NO_DAY if one.last is None else one.last.toordinal() for one in days)
        self.is_told = column(one.told for one in days).astype(bool)
        self.is_yearless = column(one.yearless is not None for one in days).astype(bool)
        is_exact = self.is_told & (self.first == self.last)
        self.exact = np.where(is_exact, self.first, NO_DAY)

    def gap(self, a: Numbers, b: Numbers) -> Numbers:
        """Days between what is told or, where it is not, published; ``NO_DAY`` where that is not known."""
        import numpy as np

        mine, others = self.last[a], self.last[b]
        found: Numbers = np.where((mine == NO_DAY) | (others == NO_DAY), NO_DAY, np.abs(mine - others))
        return found


class _Lists:
    """Lists of numbers, one behind the other."""

    def __init__(self, kind: str) -> None:
        self._values, self._ends = array(kind), array("q", [0])

    def add(self, values: Sequence[int]) -> None:
        self._values.extend(values)
        self._ends.append(len(self._values))

    def columns(self) -> tuple[Numbers, Numbers]:
        """Where each begins, and behind the last; and the numbers."""
        import numpy as np

        values = np.frombuffer(self._values, dtype=np.int32) if self._values else np.empty(0, np.int32)
        return np.array(self._ends, dtype=np.int64), values


def _head(one: Telling, known: dict[Hashable, Any]) -> Head:
    source = one.statement.source
    return Head(
        document=_same(one.document, known),
        statement=_same(one.statement.id, known),
        voice=_same(one.voice, known),
        days=_same(one.days, known),
        is_direct=one.statement.mode is Mode.DIRECT,
        is_paper=(
            not one.voice.person
            and one.voice.actor is None
            and source is not None
            and source.kind is SourceKind.DOCUMENT
        ),
        is_denial=one.is_denial,
    )


def _same(value: Thing, known: dict[Hashable, Any]) -> Thing:
    """The first of the values that are alike, so that each is held once."""
    found: Thing = known.setdefault((type(value), value), value)
    return found


def _number(key: str, numbers: dict[str, int], keys: list[str]) -> int:
    number = numbers.get(key)
    if number is None:
        number = numbers[key] = len(keys)
        keys.append(key)
    return number


def _published(one: Telling) -> int:
    """The day of the report, whatever day it tells of: what is common is so among reports."""
    latest = edtf.safe_bounds(one.published).latest
    return NO_DAY if latest is None else latest.toordinal()
