"""What ``linking.py`` measures, each in a process of its own: one line of JSON on the screen.

    python benchmarks/linking_sides.py link FILE               features, then all that linking does with them
    python benchmarks/linking_sides.py candidates FILE         fingerprints, then the pairs worth comparing
    python benchmarks/linking_sides.py store FILE FOLDER       linking in a store, then one document more
    python benchmarks/linking_sides.py datasketch FILE RECALL  the same as candidates with MinHash-LSH

The last needs an interpreter that has datasketch.  Seconds are of processor time, and leave out what reads
the file.
"""

from __future__ import annotations

import gc
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from planted import KINDS, Pair, Planted, documents, read

from tidewaiter.linking.features import SHINGLE
from tidewaiter.linking.texts.words import quoted_spans, words

ONE_MORE = 6
"""Documents that are added one by one; every third is planted."""
PERMUTATIONS = 128
THRESHOLDS = (0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1)
"""Of MinHash-LSH, tried from the first on."""
TRIED_ON = 2000
"""Documents on which a threshold is tried."""
AS_GOOD = 0.005
"""A threshold finds the same copies if its recall is at most this much less."""
AT_ONCE = 1000
"""Documents whose signatures are made by one call."""

Figures = dict[str, Any]
Runs = list[list[str]]
"""The words of a text outside quotation marks."""


class Watch:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def time(self, stage: str, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        done = work()
        self.seconds[stage] += time.process_time() - start
        return done


def recall(pairs: Iterable[Pair], found: Callable[[str, str], bool]) -> Figures:
    """Of the planted pairs of each kind, how many there are and how many are found."""
    there: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    for one in pairs:
        there[one.kind] += 1
        hit[one.kind] += found(one.copy, one.source)
    return {"planted": dict(there), "found": {kind: hit[kind] for kind in KINDS}}


def share_found(figures: Figures) -> float:
    return sum(figures["found"].values()) / max(1, sum(figures["planted"].values()))


def runs_of(text: str) -> Runs:
    """The words that both sides are given."""
    found, at = [], 0
    for start, end in (*quoted_spans(text), (len(text), len(text))):
        found.append([word.text for word in words(text[at:start])])
        at = end
    return [one for one in found if one]


# ------------------------------------------------------------------------------------ our side


def document_of(one: Planted) -> Any:
    """As capture would make it; the id is made of the name, so that equal texts are two documents."""
    from tidewaiter.model import Document

    digest = hashlib.sha256(one.name.encode()).hexdigest()
    return Document(
        id=f"d{digest[:12]}",
        source=one.name,
        captures=(digest,),
        title=None,
        outlet=None,
        author=None,
        published=one.published,
        published_ground="given",
        language="en",
        text=one.text,
        text_sha256=digest,
    )


def features_and_pairs(path: Path, watch: Watch) -> tuple[Figures, dict[str, str], list[Pair]]:
    """The features of every document by id, the id by name, and what was planted."""
    from tidewaiter.linking.features import features_of
    from tidewaiter.model import Reading

    unread = Reading("", "not read")
    features, ids, pairs = {}, {}, []
    for one in read(path):
        document = document_of(one)
        features[document.id] = watch.time(
            "features", lambda document=document: features_of(document, unread)
        )
        ids[one.name] = document.id
        pairs += one.pairs
    return features, ids, pairs


def more(path: Path, number: int) -> Iterator[Planted]:
    """Documents that the file does not have: reports of other stories, and copies of what it has."""
    reports = [one for one in documents(4 * ONE_MORE, number + 1) if not one.pairs]
    for place, (one, source) in enumerate(zip(reports, islice(read(path), ONE_MORE), strict=False)):
        name = f"more-{place}.txt"
        if place % 3 == 2:
            yield Planted(name, source.published, source.text + "\nPrinted before.\n")
        else:
            yield Planted(name, one.published, one.text)


def link(path: Path) -> Figures:
    """Linking from nothing in memory, and then of one document more, several times."""
    from tidewaiter.linking.features import features_of
    from tidewaiter.linking.index import MemoryIndex
    from tidewaiter.linking.update import Linker
    from tidewaiter.model import Reading

    watch = Watch()
    features, ids, pairs = features_and_pairs(path, watch)
    index = MemoryIndex()
    linker = Linker(index)
    watch.time("linking", lambda: linker.update(features, features.get))
    number = len(features)
    features.clear()
    told = recall(pairs, lambda copy, source: ids[source] in index.copies_of(ids[copy]))
    copies = sum(len(index.copies(name)) for name in ids.values()) // 2
    gc.collect()
    steps = []
    for one in more(path, number):
        start = time.process_time()
        document = document_of(one)
        fresh = {document.id: features_of(document, Reading(document.id, "not read"))}
        linker.update(fresh, fresh.get)
        steps.append(time.process_time() - start)
    return {"seconds": dict(watch.seconds), "recall": told, "copies": copies, "more": steps}


def candidates(path: Path) -> Figures:
    """Fingerprints and candidate pairs alone."""
    from tidewaiter.linking.features import Place
    from tidewaiter.linking.index import PASSAGE, MemoryIndex
    from tidewaiter.linking.neighbours import MIN_GRAMS, NEAREST
    from tidewaiter.linking.texts.fingerprints import numbers_of, winnowed

    watch = Watch()
    index = MemoryIndex()

    def fingerprint(runs: Runs) -> Any:
        numbers, first = numbers_of([word for run in runs for word in run]), 0
        numbered = []
        for run in runs:
            numbered.append(numbers[first : first + len(run)])
            first += len(run)
        return winnowed(numbered)

    asked, pairs, given = [], [], read(path)
    while some := list(islice(given, AT_ONCE)):
        prepared = [watch.time("words", lambda one=one: runs_of(one.text)) for one in some]
        grams = watch.time("fingerprints", lambda prepared=prepared: list(map(fingerprint, prepared)))
        places = [Place(int(one.published.replace("-", "")), one.name) for one in some]
        asked += zip(grams, places, strict=True)
        pairs += [pair for one in some for pair in one.pairs]

    def fill() -> None:
        for grams, place in asked:
            index.put(PASSAGE, grams, place)

    def find() -> list[tuple[str, str]]:
        found = index.shared_before(PASSAGE, asked, NEAREST, MIN_GRAMS)
        return [
            (place.id, other) for (_, place), others in zip(asked, found, strict=True) for other in others
        ]

    watch.time("insert", fill)
    found = watch.time("query", find)
    known = set(found)
    told = recall(pairs, lambda copy, source: (copy, source) in known or (source, copy) in known)
    return {"seconds": dict(watch.seconds), "recall": told, "candidates": len(found)}


def store(path: Path, folder: Path) -> Figures:
    """Linking in a derived store, without reading; and of one document more."""
    from tidewaiter.codec import pack
    from tidewaiter.ledger.derived import DerivedStore, content_of
    from tidewaiter.linking.features import features_of
    from tidewaiter.linking.update import Linker
    from tidewaiter.model import Reading
    from tidewaiter.pipeline.store_index import StoreIndex

    watch = Watch()
    derived = DerivedStore(folder)

    def content(one: Planted) -> Any:
        document = document_of(one)
        reading = Reading(document.id, "not read")
        return content_of(document, reading, pack(features_of(document, reading)), "benchmark")

    def take_in(some: Sequence[Planted]) -> None:
        made = [content(one) for one in some]
        derived.put(made)
        hashes = {f"d{one.sha256[:12]}": one.sha256 for one in made}
        with derived.transaction():
            index = StoreIndex(derived, hashes, set(hashes.values()), {})
            Linker(index).update(hashes, index.fresh)

    whole = list(read(path))
    watch.time("features and linking", lambda: take_in(whole))
    number = len(whole)
    whole.clear()
    steps = []
    for one in more(path, number):
        start = time.process_time()
        take_in([one])
        steps.append(time.process_time() - start)
    size = sum(one.stat().st_size for one in folder.iterdir())
    return {"seconds": dict(watch.seconds), "more": steps, "bytes": size}


# ------------------------------------------------------------------------------------ the peer


def shingles_of(runs: Runs) -> list[bytes]:
    """What datasketch is given: sequences of words, not across quotations."""
    return [" ".join(run[at : at + SHINGLE]).encode() for run in runs for at in range(len(run) - SHINGLE + 1)]


def datasketch(path: Path, wanted: float) -> Figures:
    """MinHash-LSH at the highest threshold that finds about as much on the first documents, else at the
    lowest."""
    watch = Watch()
    for threshold in THRESHOLDS:
        tried = _datasketch(islice(read(path), TRIED_ON), threshold, Watch())
        if share_found(tried["recall"]) >= wanted - AS_GOOD:
            break
    gc.collect()
    return {
        **_datasketch(read(path), threshold, watch),
        "seconds": dict(watch.seconds),
        "version": _version(),
    }


def _version() -> str:
    from importlib.metadata import version

    return version("datasketch")


def _datasketch(given: Iterable[Planted], threshold: float, watch: Watch) -> Figures:
    from datasketch import MinHash, MinHashLSH

    names: list[str] = []
    signatures: list[Any] = []
    pairs: list[Pair] = []
    while some := list(islice(given, AT_ONCE)):
        prepared = [shingles_of(watch.time("words", lambda one=one: runs_of(one.text))) for one in some]
        signatures += watch.time(
            "fingerprints",
            lambda prepared=prepared: list(MinHash.generator(prepared, num_perm=PERMUTATIONS)),
        )
        names += [one.name for one in some]
        pairs += [pair for one in some for pair in one.pairs]
    lsh = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)

    def fill() -> None:
        for name, signature in zip(names, signatures, strict=True):
            lsh.insert(name, signature)

    def find() -> list[tuple[str, str]]:
        return [
            (name, other)
            for name, signature in zip(names, signatures, strict=True)
            for other in lsh.query(signature)
            if other < name
        ]

    watch.time("insert", fill)
    found = watch.time("query", find)
    known, in_it = set(found), set(names)
    told = recall(
        (one for one in pairs if one.source in in_it),
        lambda copy, source: (copy, source) in known or (source, copy) in known,
    )
    return {"recall": told, "candidates": len(found), "threshold": threshold, "bands": [lsh.b, lsh.r]}


# ------------------------------------------------------------------------------------ start


def main() -> None:
    """What the module's first lines say."""
    role, path, *rest = sys.argv[1:]
    given = iter(rest)
    figures = {
        "link": lambda: link(Path(path)),
        "candidates": lambda: candidates(Path(path)),
        "store": lambda: store(Path(path), Path(next(given))),
        "datasketch": lambda: datasketch(Path(path), float(next(given))),
    }[role]()
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    main()
