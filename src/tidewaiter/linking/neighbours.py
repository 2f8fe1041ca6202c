"""Which pairs are worth comparing, when comparing all with all would take too long.

Things that have something in common (a passage, a party) stand in one bucket, in order of time, and
each is compared with the ``NEAREST`` before it (sorted neighbourhood: Hernandez and Stolfo, "The
merge/purge problem for large databases", 1995).  Up to that many, all are compared with all; in a larger
bucket the work grows with its size, not with its square.  A reported transfer that leaves a party open
is compared with the nearest on both sides of those that may fill it.

Which pairs these are depends on what is in the index alone, not on how it came there.  When something
comes or goes, the comparisons of those in whose neighbourhood it stands change: ``documents_behind`` and
``affected_transfers`` name them before the change is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tidewaiter.linking.features import Features, Place
from tidewaiter.linking.index import ORDER, PARTY, PASSAGE, Index
from tidewaiter.linking.texts.fingerprints import key_of

NEAREST = 32
"""A story told by more reports than this is compared by its neighbours in time.  A choice: a day's or a
week's reports of the largest stories."""

MIN_GRAMS = 3
"""Fingerprints in common below which two documents are not compared.  The least that makes a copy, four
passages with twenty shingles between them (``copies``), has four."""
MIN_IN_ORDER = 3
"""Pairs of names or numbers that follow each other in both, below which two documents are not compared as
tellings of one thing, unless they share passages.  Of 490 pairs of retellings among the project's stories
489 have as many, 486 one more: the least that keeps nearly all."""
LEAST_IN_COMMON: Mapping[str, int] = {PASSAGE: MIN_GRAMS, ORDER: MIN_IN_ORDER}
"""By kind of bucket, in how many two documents must stand together to be compared."""

Parties = tuple[str | None, str | None]
"""Supplier and recipient."""


# ------------------------------------------------------------------------------------ documents


def keys_of(features: Features, kind: str) -> Sequence[int]:
    """The buckets of a kind that a document stands in."""
    return features.grams if kind == PASSAGE else features.order


def documents_before(index: Index, documents: Sequence[Features]) -> Iterator[frozenset[str]]:
    """For each of several documents, in their order, those before it that it is compared with: those that it
    has more than a stock phrase, a standing line or a few names in common with.  Nothing may come or go
    meanwhile."""
    found = (
        index.shared_before(kind, ((keys_of(one, kind), one.place) for one in documents), NEAREST, least)
        for kind, least in LEAST_IN_COMMON.items()
    )
    return (frozenset().union(*shared) for shared in zip(*found, strict=True))


def documents_behind(
    index: Index, features: Features, kind: str, changes: Mapping[int, int]
) -> Iterator[tuple[str, Sequence[str]]]:
    """The documents after this one that have it among the nearest before them in a bucket, or would if it
    were in the index: once for each such bucket.  With each the documents that may no longer be, or come to
    be, among its nearest in that bucket.

    ``changes``: how many documents come or go, for each key.  To be asked before any of them does.
    """
    place = features.place
    for key in keys_of(features, kind):
        after = index.after(kind, key, place, NEAREST)
        before = index.before(kind, key, place, NEAREST) if after else ()
        certain = NEAREST - changes[key]
        for between, other in enumerate(after):
            if between + len(before) <= certain:
                yield other.id, ()
            else:
                line = (*reversed(after[:between]), *before)
                yield other.id, [one.id for one in line[max(0, certain) :]]


# ------------------------------------------------------------------------------------ transfers


def buckets_of(parties: Parties) -> tuple[int, ...]:
    """The buckets that a reported transfer stands in."""
    supplier, recipient = parties
    if supplier is not None and recipient is not None:
        return _both(supplier, recipient), _full("supplier", supplier), _full("recipient", recipient)
    return (_open(parties),)


def _both(supplier: str, recipient: str) -> int:
    return key_of("both", supplier, recipient)


def _full(side: str, party: str) -> int:
    return key_of("full", side, party)


def _open(parties: Parties) -> int:
    return key_of("open", *parties)


def _fillers(parties: Parties) -> int | None:
    """The bucket of those that may fill the one party that is left open; None where both are."""
    supplier, recipient = parties
    if supplier is not None:
        return _full("supplier", supplier)
    return None if recipient is None else _full("recipient", recipient)


def transfers_near(index: Index, parties: Parties, place: Place) -> frozenset[str]:
    """The reported transfers that one with these parties at this place is compared with."""
    if None not in parties:
        own = _both(str(parties[0]), str(parties[1]))
        return frozenset(one.id for one in index.before(PARTY, own, place, NEAREST))
    found = list(index.before(PARTY, _open(parties), place, NEAREST))
    fillers = _fillers(parties)
    if fillers is not None:
        found += index.before(PARTY, fillers, place, NEAREST)
        found += index.after(PARTY, fillers, place, NEAREST)
    return frozenset(one.id for one in found)


def affected_transfers(index: Index, parties: Parties, place: Place) -> Iterator[str]:
    """The reported transfers whose comparisons change when one comes or goes."""
    supplier, recipient = parties
    if supplier is None or recipient is None:
        yield from (one.id for one in index.after(PARTY, _open(parties), place, NEAREST))
        return
    yield from (one.id for one in index.after(PARTY, _both(supplier, recipient), place, NEAREST))
    for left_open in ((supplier, None), (None, recipient)):
        fillers = _fillers(left_open)
        assert fillers is not None
        first = index.before(PARTY, fillers, place, NEAREST)
        last = index.after(PARTY, fillers, place, NEAREST)
        reach = index.between(
            PARTY,
            _open(left_open),
            first[-1] if len(first) == NEAREST else None,
            last[-1] if len(last) == NEAREST else None,
        )
        yield from (one.id for one in reach)


def comparable(a: Parties, b: Parties) -> bool:
    """Whether the two stand in one bucket, however far apart."""
    same = [x == y and x is not None for x, y in zip(a, b, strict=True)]
    return any(same) or a == b == (None, None)
