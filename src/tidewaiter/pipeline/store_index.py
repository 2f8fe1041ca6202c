"""The index that linking works on, in the tables of the derived store."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from tidewaiter.codec import from_json, to_json, unpack
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.ledger.judged_tables import Ruled
from tidewaiter.linking.buckets import Asked
from tidewaiter.linking.dating import Dated
from tidewaiter.linking.features import NO_DAY, Features, Place
from tidewaiter.linking.merging.transfers import Grouped, Pair, Weight
from tidewaiter.model import Copy

AT_HAND = 300
"""Documents whose features are kept at hand; each takes some thirty kilobytes."""

_FIRST, _LAST = Place(-1, ""), Place(NO_DAY + 1, "")


class StoreIndex:
    """``linking.index.Index``, kept in a file.

    Taking a document in swaps in what was newly read of its capture.
    """

    def __init__(
        self,
        derived: DerivedStore,
        hashes: Mapping[str, str],
        held: Container[str],
        ruled: Mapping[str, Ruled],
    ) -> None:
        """``hashes``: of the captures of documents that may come, change or go, by document id;
        ``held``: of all captures that are not withdrawn; ``ruled``: what judgements make of readings, by
        document id."""
        self._ruled = ruled
        self._derived = derived
        self._links = derived.links
        self._hashes = hashes
        self._held = held
        self._dated = self._links.all_dated()  # asked for all the time, and few
        self._at_hand = lru_cache(maxsize=AT_HAND)(self._load)

    def _load(self, document: str) -> Features:
        return unpack(Features, self._derived.features(document))

    # ------------------------------------------------------------------- documents

    def fresh(self, document: str) -> Features | None:
        """The features of a document as newly read; None where its capture is withdrawn or failed."""
        sha256 = self._hashes[document]
        if sha256 in self._held and document in self._ruled:
            return unpack(Features, self._ruled[document].features)
        packed = self._derived.fresh_features(sha256) if sha256 in self._held else None
        return None if packed is None else unpack(Features, packed)

    def features(self, document: str) -> Features | None:
        try:
            return self._at_hand(document)
        except KeyError:
            return None

    def put_features(self, document: str, features: Features | None) -> None:
        sha256 = self._hashes[document]
        if sha256 in self._held:
            self._derived.show(sha256, self._ruled.get(document))
        else:
            self._derived.hide(sha256)
        self._links.put_transfers(document, [one.id for one in features.transfers] if features else [])
        self._at_hand.cache_clear()

    def is_empty(self) -> bool:
        return self._links.is_empty()

    def document_of(self, transfer: str) -> str:
        found = self._links.document_of(transfer)
        if found is None:
            raise KeyError(transfer)
        return found

    # ------------------------------------------------------------------- buckets

    def put(self, kind: str, keys: Iterable[int], place: Place) -> None:
        self._links.put(kind, keys, *place)

    def drop(self, kind: str, keys: Iterable[int], place: Place) -> None:
        self._links.drop(kind, keys, *place)

    def before(self, kind: str, key: int, place: Place, limit: int) -> Sequence[Place]:
        return [Place(*one) for one in self._links.before(kind, key, *place, limit)]

    def shared_before(
        self, kind: str, asked: Iterable[Asked], limit: int, least: int
    ) -> Iterator[Mapping[str, int]]:
        for keys, place in asked:
            found = self._links.shared_before(kind, keys, *place, limit)
            yield {name: shared for name, shared in found.items() if shared >= least}

    def after(self, kind: str, key: int, place: Place, limit: int) -> Sequence[Place]:
        return [Place(*one) for one in self._links.after(kind, key, *place, limit)]

    def between(self, kind: str, key: int, first: Place | None, last: Place | None) -> Sequence[Place]:
        return [Place(*one) for one in self._links.between(kind, key, first or _FIRST, last or _LAST)]

    # ------------------------------------------------------------------- notes

    def note(self, kind: str, keys: Iterable[int], document: str) -> None:
        self._links.note(kind, keys, document)

    def forget(self, kind: str, keys: Iterable[int], document: str) -> None:
        self._links.forget(kind, keys, document)

    def noted(self, kind: str, keys: Iterable[int]) -> Iterable[str]:
        return self._links.noted(kind, keys)

    # ------------------------------------------------------------------- what was found

    def copies(self, document: str) -> Sequence[Copy]:
        return [from_json(Copy, one) for one in self._links.copies(document)]

    def copies_of(self, document: str) -> frozenset[str]:
        return frozenset(self._links.copies_of(document))

    def put_copy(self, copy: Copy) -> None:
        self._links.put_copy(copy.a, copy.b, to_json(copy))

    def drop_copy(self, a: str, b: str) -> None:
        self._links.drop_copy(a, b)

    def dated(self, document: str) -> Dated | None:
        return self._dated.get(document)

    def put_dated(self, document: str, dated: Dated | None) -> None:
        if dated is None:
            if self._dated.pop(document, None) is None:
                return
        else:
            self._dated[document] = dated
        self._links.put_dated(document, dated)

    def weights(self, transfer: str) -> Sequence[tuple[Pair, Weight]]:
        return [
            ((a, b), Weight(score, bool(conflict), bool(copied)))
            for a, b, score, conflict, copied in self._links.weights(transfer)
        ]

    def put_weights(self, weights: Iterable[tuple[Pair, Weight]]) -> None:
        self._links.put_weights((*pair, *weight) for pair, weight in weights)

    def drop_weight(self, pair: Pair) -> None:
        self._links.drop_weight(*pair)

    def group_of(self, transfer: str) -> Grouped | None:
        found = self._links.group_of(transfer)
        return None if found is None else from_json(Grouped, found[1])

    def group(self, name: str) -> Grouped | None:
        """A group by its id."""
        found = self._links.group(name)
        return None if found is None else from_json(Grouped, found)

    def put_group(self, group: Grouped) -> None:
        self._links.put_group(group.id, [name for _, name in group.members], to_json(group))

    def drop_group(self, group: Grouped) -> None:
        self._links.drop_group(group.id, [name for _, name in group.members])


def group_of(derived: DerivedStore, name: str) -> Grouped | None:
    """A group by its id, for who only looks."""
    found = derived.links.group(name)
    return None if found is None else from_json(Grouped, found)
