"""Buckets in memory: what has a key in common, in the order of places.

``ListedBuckets`` are plain lists, good for few keys with much under each.  ``PackedBuckets`` are for the
passages of a hundred thousand documents: some eighty keys each, most of which stand in one document alone.
They take twelve bytes an entry and look many documents up at once.  What came and went since is merged in
when something is looked up, which copies everything: some tenths of a second for eight million
entries, whether one document came or thousands did.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from tidewaiter.linking.features import Place
from tidewaiter.linking.texts.fingerprints import is_new

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Numbers = NDArray[numpy.int64]
else:
    Numbers = Any

Asked = tuple[Iterable[int], Place]
"""The keys of a document and its place."""

AT_ONCE = 2000
"""Documents that are looked up at once: enough that the array is gone through in order, so few that what
they share with all their neighbours, some five million numbers at most, takes little memory."""


class Buckets(Protocol):
    """See ``index.Index``, where the methods are described."""

    def put(self, keys: Iterable[int], place: Place) -> None: ...

    def drop(self, keys: Iterable[int], place: Place) -> None: ...

    def before(self, key: int, place: Place, limit: int) -> Sequence[Place]: ...

    def after(self, key: int, place: Place, limit: int) -> Sequence[Place]: ...

    def between(self, key: int, first: Place | None, last: Place | None) -> Sequence[Place]: ...

    def shared_before(
        self, asked: Iterable[Asked], limit: int, least: int
    ) -> Iterator[Mapping[str, int]]: ...


class ListedBuckets:
    """Buckets as plain lists."""

    def __init__(self) -> None:
        self._buckets: dict[int, list[Place]] = {}

    def put(self, keys: Iterable[int], place: Place) -> None:
        for key in keys:
            insort(self._buckets.setdefault(key, []), place)

    def drop(self, keys: Iterable[int], place: Place) -> None:
        for key in keys:
            self._buckets[key].remove(place)

    def before(self, key: int, place: Place, limit: int) -> Sequence[Place]:
        bucket = self._buckets.get(key, [])
        at = bisect_left(bucket, place)
        return bucket[max(0, at - limit) : at][::-1]

    def after(self, key: int, place: Place, limit: int) -> Sequence[Place]:
        bucket = self._buckets.get(key, [])
        at = bisect_right(bucket, place)
        return bucket[at : at + limit]

    def between(self, key: int, first: Place | None, last: Place | None) -> Sequence[Place]:
        bucket = self._buckets.get(key, [])
        return [one for one in bucket if (first is None or first <= one) and (last is None or one <= last)]

    def shared_before(self, asked: Iterable[Asked], limit: int, least: int) -> Iterator[Mapping[str, int]]:
        for keys, place in asked:
            found = Counter(one.id for key in keys for one in self.before(key, place, limit))
            yield {name: shared for name, shared in found.items() if shared >= least}


class PackedBuckets:
    """Buckets as two arrays, in the order of keys and then of places: the key of each entry, and the rank of
    its place among all places."""

    def __init__(self) -> None:
        import numpy as np

        self._places: list[Place] = []
        self._keys: Numbers = np.zeros(0, dtype=np.int64)
        self._ranks: NDArray[numpy.int32] = np.zeros(0, dtype=np.int32)
        self._coming: dict[Place, Numbers] = {}
        self._going: dict[Place, Numbers] = {}

    # ------------------------------------------------------------------- coming and going

    def put(self, keys: Iterable[int], place: Place) -> None:
        if place in self._coming:
            self._settle()
        self._coming[place] = _numbers(keys)

    def drop(self, keys: Iterable[int], place: Place) -> None:
        if place in self._coming or place in self._going:
            self._settle()
        self._going[place] = _numbers(keys)

    def _settle(self) -> None:
        """Merge in what came and went."""
        if self._going:
            self._take_out(self._going)
            self._going = {}
        if self._coming:
            self._take_in(self._coming)
            self._coming = {}

    def _take_out(self, going: Mapping[Place, Numbers]) -> None:
        """The places stay among those that are ranked: a few that nothing stands at do no harm."""
        import numpy as np

        places = sorted(going)
        keys, ranks = _sorted([going[one] for one in places], [self._rank(one) for one in places])
        at = self._position(keys, ranks)
        self._keys, self._ranks = np.delete(self._keys, at), np.delete(self._ranks, at)

    def _take_in(self, coming: Mapping[Place, Numbers]) -> None:
        import numpy as np

        places = sorted(coming)
        self._make_room(places)
        keys, ranks = _sorted([coming[one] for one in places], [self._rank(one) for one in places])
        at = self._position(keys, ranks)
        self._keys, self._ranks = np.insert(self._keys, at, keys), np.insert(self._ranks, at, ranks)

    def _make_room(self, places: Sequence[Place]) -> None:
        """Rank places among the others, which those after them move up for."""
        import numpy as np

        ranks = [self._rank(one) for one in places]
        ranked = len(self._places)
        new = [
            (place, rank)
            for place, rank in zip(places, ranks, strict=True)
            if rank == ranked or self._places[rank] != place
        ]
        moves = np.bincount([rank for _, rank in new], minlength=ranked + 1).cumsum()
        self._ranks = self._ranks + moves.astype(np.int32)[self._ranks]
        self._places = sorted([*self._places, *(place for place, _ in new)])

    def _rank(self, place: Place) -> int:
        return bisect_left(self._places, place)

    def _position(self, keys: Numbers, ranks: Numbers) -> Numbers:
        """Where entries stand, or would stand; quickest for keys in ascending order."""
        return self._stretch(keys, ranks)[1]

    def _stretch(self, keys: Numbers, ranks: Numbers) -> tuple[Numbers, Numbers]:
        """Where the buckets of entries begin, and where in them the entries stand, or would stand."""
        import numpy as np

        start = np.searchsorted(self._keys, keys, "left")
        low, high = start.copy(), np.searchsorted(self._keys, keys, "right")
        open_ones = np.flatnonzero(low < high)
        while len(open_ones):  # bisect, all at once
            first, last = low[open_ones], high[open_ones]
            middle = (first + last) // 2
            is_less = self._ranks[middle] < ranks[open_ones]
            first, last = np.where(is_less, middle + 1, first), np.where(is_less, last, middle)
            low[open_ones], high[open_ones] = first, last
            open_ones = open_ones[first < last]
        return start, low

    # ------------------------------------------------------------------- looking up

    def _bucket(self, key: int) -> list[Place]:
        return [self._places[rank] for rank in self._ranks_under(key).tolist()]

    def _ranks_under(self, key: int) -> NDArray[numpy.int32]:
        import numpy as np

        self._settle()
        wanted = np.int64(key)
        first = np.searchsorted(self._keys, wanted, "left")
        return self._ranks[first : np.searchsorted(self._keys, wanted, "right")]

    def _part(self, key: int, place: Place, limit: int, *, before: bool) -> list[Place]:
        """The nearest of a bucket on one side of a place, in order."""
        import numpy as np

        ranks = self._ranks_under(key)
        if before:
            at = int(np.searchsorted(ranks, self._rank(place), "left"))
            ranks = ranks[max(0, at - limit) : at]
        else:
            at = int(np.searchsorted(ranks, bisect_right(self._places, place), "left"))
            ranks = ranks[at : at + limit]
        return [self._places[rank] for rank in ranks.tolist()]

    def before(self, key: int, place: Place, limit: int) -> Sequence[Place]:
        return self._part(key, place, limit, before=True)[::-1]

    def after(self, key: int, place: Place, limit: int) -> Sequence[Place]:
        return self._part(key, place, limit, before=False)

    def between(self, key: int, first: Place | None, last: Place | None) -> Sequence[Place]:
        return [
            one
            for one in self._bucket(key)
            if (first is None or first <= one) and (last is None or one <= last)
        ]

    def shared_before(self, asked: Iterable[Asked], limit: int, least: int) -> Iterator[Mapping[str, int]]:
        waiting = iter(asked)
        while some := list(islice(waiting, AT_ONCE)):
            self._settle()
            yield from self._shared(some, limit, least)

    def _shared(self, asked: Sequence[Asked], limit: int, least: int) -> Iterator[Mapping[str, int]]:
        import numpy as np

        keys, askers = _sorted([_numbers(one) for one, _ in asked], range(len(asked)))
        ranks = np.array([self._rank(place) for _, place in asked], dtype=np.int64)
        first, at = self._stretch(keys, ranks[askers])
        number = np.minimum(at - first, limit)  # of those before, the nearest
        is_any = number > 0
        at, number, askers = at[is_any], number[is_any], askers[is_any]
        among = np.arange(number.sum()) - np.repeat(number.cumsum() - number, number)
        pairs = np.sort(np.repeat(askers << 32, number) | self._ranks[np.repeat(at - 1, number) - among])
        firsts = np.flatnonzero(is_new(pairs))
        shared = np.diff(firsts, append=len(pairs))
        pairs, shared = pairs[firsts[shared >= least]], shared[shared >= least]
        ends = np.searchsorted(pairs, np.arange(1, len(asked) + 1, dtype=np.int64) << 32).tolist()
        names = [self._places[rank].id for rank in (pairs & 0xFFFFFFFF).tolist()]
        counts, start = shared.tolist(), 0
        for end in ends:
            yield dict(zip(names[start:end], counts[start:end], strict=True))
            start = end


def _numbers(keys: Iterable[int]) -> Numbers:
    import numpy as np

    return keys if isinstance(keys, np.ndarray) else np.fromiter(keys, dtype=np.int64)


def _sorted(parts: Sequence[Numbers], labels: Sequence[int]) -> tuple[Numbers, Numbers]:
    """The numbers of all parts in ascending order, those that are equal as they come; with each the label
    of its part."""
    import numpy as np

    numbers = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
    named = np.repeat(np.asarray(labels, dtype=np.int64), [len(one) for one in parts])
    order = np.argsort(numbers, kind="stable")
    return numbers[order], named[order]
