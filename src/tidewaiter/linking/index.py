"""What linking keeps about the documents of a case, and how it looks them up.

``Index`` is what ``update`` works on; the ledger has one in its file, ``MemoryIndex`` is one for as many
documents as memory holds: a hundred thousand take 1.2 GiB, less what was read in them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from tidewaiter.linking.buckets import Asked, Buckets, ListedBuckets, PackedBuckets
from tidewaiter.linking.dating import Dated
from tidewaiter.linking.features import Features, Place, forget_unpacked
from tidewaiter.linking.merging.transfers import Grouped, Pair, Weight
from tidewaiter.model import Copy

PASSAGE, ORDER, PARTY = "passage", "order", "party"
"""Kinds of buckets: documents that share a passage, that tell two names or numbers one after the other, and
reported transfers that share a party."""
ASKING, ANSWERING = "asking", "answering"
"""Kinds of notes: documents without a year, and those that may tell it."""


class Index(Protocol):
    """Documents, what they are found by, and what was found of them."""

    # ------------------------------------------------------------------- documents

    def features(self, document: str) -> Features | None:
        """Those of a document that is in; None of another."""

    def put_features(self, document: str, features: Features | None) -> None:
        """Take a document in, in place of what it was; None takes it out."""

    def is_empty(self) -> bool:
        """Whether no document is in."""

    def document_of(self, transfer: str) -> str:
        """The id of the document, among those that are in, that reports the transfer."""

    # ------------------------------------------------------------------- buckets, in order of places

    def put(self, kind: str, keys: Iterable[int], place: Place) -> None: ...

    def drop(self, kind: str, keys: Iterable[int], place: Place) -> None: ...

    def before(self, kind: str, key: int, place: Place, limit: int) -> Sequence[Place]:
        """The ``limit`` of the bucket that stand before the place, nearest first."""

    def after(self, kind: str, key: int, place: Place, limit: int) -> Sequence[Place]:
        """The ``limit`` of the bucket that stand after the place, nearest first."""

    def shared_before(
        self, kind: str, asked: Iterable[Asked], limit: int, least: int
    ) -> Iterator[Mapping[str, int]]:
        """For each of several documents, in their order: in how many of its buckets each id is among the
        ``limit`` that stand before its place, of the ids that are so in at least ``least``.  Nothing may
        come or go before the last was taken."""

    def between(self, kind: str, key: int, first: Place | None, last: Place | None) -> Sequence[Place]:
        """Those of the bucket from the first place to the last; None leaves the end open."""

    # ------------------------------------------------------------------- notes

    def note(self, kind: str, keys: Iterable[int], document: str) -> None: ...

    def forget(self, kind: str, keys: Iterable[int], document: str) -> None: ...

    def noted(self, kind: str, keys: Iterable[int]) -> Iterable[str]:
        """The documents noted under any of the keys."""

    # ------------------------------------------------------------------- what was found

    def copies(self, document: str) -> Sequence[Copy]: ...

    def copies_of(self, document: str) -> frozenset[str]:
        """The documents with which it makes a copy, and itself where there is any."""

    def put_copy(self, copy: Copy) -> None: ...

    def drop_copy(self, a: str, b: str) -> None: ...

    def dated(self, document: str) -> Dated | None: ...

    def put_dated(self, document: str, dated: Dated | None) -> None: ...

    def weights(self, transfer: str) -> Sequence[tuple[Pair, Weight]]: ...

    def put_weights(self, weights: Iterable[tuple[Pair, Weight]]) -> None: ...

    def drop_weight(self, pair: Pair) -> None: ...

    def group_of(self, transfer: str) -> Grouped | None: ...

    def put_group(self, group: Grouped) -> None: ...

    def drop_group(self, group: Grouped) -> None: ...


AT_HAND = 1000
"""Documents whose unpacked features are kept at hand; each takes some thirty kilobytes."""


class MemoryIndex:
    """An index in plain dictionaries and, where there is most, in arrays.

    What features unpack when they are looked at is freed again, except of the last that were.
    """

    def __init__(self) -> None:
        self._features: dict[str, Features] = {}
        self._at_hand: dict[str, Features] = {}  # in the order in which they were first looked at
        self._document: dict[str, str] = {}
        self._buckets: defaultdict[str, Buckets] = defaultdict(ListedBuckets)
        self._buckets.update({PASSAGE: PackedBuckets(), ORDER: PackedBuckets()})
        self._notes: dict[tuple[str, int], set[str]] = {}
        self._copies: dict[str, dict[Pair, Copy]] = {}
        self._dated: dict[str, Dated] = {}
        self._weights: dict[str, dict[Pair, Weight]] = {}
        self._groups: dict[str, Grouped] = {}

    def features(self, document: str) -> Features | None:
        found = self._features.get(document)
        if found is not None and document not in self._at_hand:
            self._at_hand[document] = found
            if len(self._at_hand) > AT_HAND:
                forget_unpacked(self._at_hand.pop(next(iter(self._at_hand))))
        return found

    def put_features(self, document: str, features: Features | None) -> None:
        self._at_hand.pop(document, None)
        before = self._features.pop(document, None)
        for transfer in before.transfers if before else ():
            self._document.pop(transfer.id, None)
        if features is not None:
            self._features[document] = features
            self._document.update((transfer.id, document) for transfer in features.transfers)

    def is_empty(self) -> bool:
        return not self._features

    def document_of(self, transfer: str) -> str:
        return self._document[transfer]

    def put(self, kind: str, keys: Iterable[int], place: Place) -> None:
        self._buckets[kind].put(keys, place)

    def drop(self, kind: str, keys: Iterable[int], place: Place) -> None:
        self._buckets[kind].drop(keys, place)

    def before(self, kind: str, key: int, place: Place, limit: int) -> Sequence[Place]:
        return self._buckets[kind].before(key, place, limit)

    def shared_before(
        self, kind: str, asked: Iterable[Asked], limit: int, least: int
    ) -> Iterator[Mapping[str, int]]:
        return self._buckets[kind].shared_before(asked, limit, least)

    def after(self, kind: str, key: int, place: Place, limit: int) -> Sequence[Place]:
        return self._buckets[kind].after(key, place, limit)

    def between(self, kind: str, key: int, first: Place | None, last: Place | None) -> Sequence[Place]:
        return self._buckets[kind].between(key, first, last)

    def note(self, kind: str, keys: Iterable[int], document: str) -> None:
        for key in keys:
            self._notes.setdefault((kind, key), set()).add(document)

    def forget(self, kind: str, keys: Iterable[int], document: str) -> None:
        for key in keys:
            self._notes[kind, key].discard(document)

    def noted(self, kind: str, keys: Iterable[int]) -> Iterable[str]:
        return frozenset().union(*(self._notes.get((kind, key), ()) for key in keys))

    def copies(self, document: str) -> Sequence[Copy]:
        return list(self._copies.get(document, {}).values())

    def copies_of(self, document: str) -> frozenset[str]:
        return frozenset(name for pair in self._copies.get(document, ()) for name in pair)

    def put_copy(self, copy: Copy) -> None:
        for name in (copy.a, copy.b):
            self._copies.setdefault(name, {})[copy.a, copy.b] = copy

    def drop_copy(self, a: str, b: str) -> None:
        for name in (a, b):
            del self._copies[name][a, b]

    def dated(self, document: str) -> Dated | None:
        return self._dated.get(document)

    def put_dated(self, document: str, dated: Dated | None) -> None:
        self._dated.pop(document, None)
        if dated is not None:
            self._dated[document] = dated

    def weights(self, transfer: str) -> Sequence[tuple[Pair, Weight]]:
        return list(self._weights.get(transfer, {}).items())

    def put_weights(self, weights: Iterable[tuple[Pair, Weight]]) -> None:
        for pair, weight in weights:
            for name in pair:
                self._weights.setdefault(name, {})[pair] = weight

    def drop_weight(self, pair: Pair) -> None:
        for name in pair:
            del self._weights[name][pair]

    def group_of(self, transfer: str) -> Grouped | None:
        return self._groups.get(transfer)

    def put_group(self, group: Grouped) -> None:
        self._groups.update((transfer, group) for _, transfer in group.members)

    def drop_group(self, group: Grouped) -> None:
        for _, transfer in group.members:
            del self._groups[transfer]
