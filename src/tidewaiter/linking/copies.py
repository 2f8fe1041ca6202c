"""Which documents are copies of which.

Compared are the reporter's own words, outside quotation marks, as sets of five-word shingles (Broder,
"On the resemblance and containment of documents", 1997).  Candidates come from MinHash signatures in
bands (near-identical documents) and from long shingles that two documents share (passages); every
candidate is then measured exactly.  Two independent accounts of one event share facts and quotes, not
running words spread over the whole text, and are not linked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from tidewaiter.linking.credit import direction_of
from tidewaiter.linking.words import Word, narrative
from tidewaiter.model import Copy, Document

SHINGLE = 5
"""Words in a shingle.  With 5, no pair of 31 annotated reports that are not copies shares more than
6 % of the shorter one; the copies share 14 % and more."""

PERMUTATIONS, BANDS, SEED = 128, 32, 1
"""MinHash signature: 32 bands of 4 rows find half of all pairs at a Jaccard of 0.42 and all but one
in a hundred at 0.6 (Leskovec et al., "Mining of Massive Datasets", 3.4)."""

PASSAGE = 8
"""Words in the shingles that make two documents a candidate for shared passages."""
PASSAGE_DOCUMENTS = 25
"""A passage in more documents than this is page furniture or a text that MinHash finds anyway."""

MIN_SHARED = 20
"""Shared shingles below which no share of a short text means anything."""
VERBATIM_JACCARD = 0.7
"""Jaccard above which two texts are the same but for debris; the annotated near-identical pairs have
0.70 and 0.87, the next one 0.59."""
MOSTLY_CONTAINED = 0.5
"""Containment above which the shorter text stands in the longer one, wherever.  Among 1,008 articles
of seven outlets on one subject every pair above it was one story printed twice."""
REWRITE_CONTAINMENT = 0.12
"""Containment above which spread passages mean a rewrite: annotated rewrites have 0.14 to 0.43,
annotated independent accounts at most 0.06."""
REWRITE_PASSAGES = 4
REWRITE_SPREAD = 0.5
"""Share of the shorter text between the first and the last shared passage: an outlet's standing note
or a pasted background paragraph stands in one place, a reworked story runs through the text."""
REWRITE_ORDER = 0.55
"""Share of the shared shingles that come in the same order in both."""
LONG_PASSAGE = 80
"""Words of one unbroken passage that make a partial copy by themselves."""

Shingle = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A document as its shingles, each with the number of its first word."""

    document: Document
    shingles: Mapping[Shingle, int]
    passages: frozenset[Shingle]
    length: int  # words outside quotation marks


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share, in figures."""

    shared: int  # shingles
    jaccard: float
    containment: float  # share of the shorter one's shingles
    passages: int
    longest: int  # words of the longest passage
    spread: float
    order: float


def find_copies(documents: Sequence[Document]) -> tuple[Copy, ...]:
    """The pairs of documents of which one derives from the other, or both from a third.

    The result does not depend on the order of ``documents``.
    """
    texts = {document.id: text_of(document) for document in sorted(documents, key=lambda d: d.id)}
    found = (judge(texts[a], texts[b]) for a, b in candidates(texts))
    return tuple(copy for copy in found if copy is not None)


def text_of(document: Document) -> Text:
    """The shingles of a document's own words."""
    runs = narrative(document.text)
    return Text(document, _shingles(runs, SHINGLE), frozenset(_shingles(runs, PASSAGE)), sum(map(len, runs)))


def _shingles(runs: Sequence[Sequence[Word]], size: int) -> dict[Shingle, int]:
    places: dict[Shingle, int] = {}
    offset = 0
    for run in runs:
        texts = [word.text for word in run]
        for i in range(len(texts) - size + 1):
            places.setdefault(tuple(texts[i : i + size]), offset + i)
        offset += len(texts)
    return places


def candidates(texts: Mapping[str, Text]) -> tuple[tuple[str, str], ...]:
    """Pairs worth measuring, sorted."""
    return tuple(sorted(_similar_pairs(texts) | _passage_pairs(texts)))


def _similar_pairs(texts: Mapping[str, Text]) -> set[tuple[str, str]]:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=0.5, num_perm=PERMUTATIONS, num_bands=BANDS)
    signatures = {}
    for key, (_, text) in enumerate(sorted(texts.items())):
        if not text.shingles:
            continue
        signatures[key] = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        signatures[key].update([" ".join(shingle) for shingle in text.shingles])
        index.insert(key, signatures[key])
    names = sorted(texts)
    return {
        (names[min(key, other)], names[max(key, other)])
        for key, signature in signatures.items()
        for other in index.query(signature)
        if other != key
    }


def _passage_pairs(texts: Mapping[str, Text]) -> set[tuple[str, str]]:
    holders: dict[Shingle, list[str]] = {}
    for name, text in sorted(texts.items()):
        for passage in text.passages:
            holders.setdefault(passage, []).append(name)
    return {
        pair
        for names in holders.values()
        if 2 <= len(names) <= PASSAGE_DOCUMENTS
        for pair in combinations(names, 2)
    }


def measure(a: Text, b: Text) -> Overlap:
    """What two texts share, exactly."""
    shorter, longer = sorted((a, b), key=lambda t: (len(t.shingles), t.document.id))
    shared = sorted(
        (place, longer.shingles[shingle])
        for shingle, place in shorter.shingles.items()
        if shingle in longer.shingles
    )
    if not shared:
        return Overlap(0, 0.0, 0.0, 0, 0, 0.0, 0.0)
    union = len(shorter.shingles) + len(longer.shingles) - len(shared)
    passages = _passages(shared)
    return Overlap(
        shared=len(shared),
        jaccard=len(shared) / union,
        containment=len(shared) / len(shorter.shingles),
        passages=len(passages),
        longest=max(passages),
        spread=(shared[-1][0] - shared[0][0] + SHINGLE) / shorter.length,
        order=_longest_increasing([place for _, place in shared]) / len(shared),
    )


def _passages(shared: Sequence[tuple[int, int]]) -> list[int]:
    """Words of each passage: shingles that follow each other in both texts."""
    lengths = [SHINGLE]
    for (place, other), (next_place, next_other) in pairwise(shared):
        if next_place - place == next_other - other == 1:
            lengths[-1] += 1
        else:
            lengths.append(SHINGLE)
    return lengths


def _longest_increasing(places: Sequence[int]) -> int:
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails)


def relation_of(overlap: Overlap) -> str | None:
    """Which kind of copy the figures show; None for two accounts of their own."""
    if overlap.shared < MIN_SHARED:
        return None
    if overlap.jaccard >= VERBATIM_JACCARD:
        return "verbatim"
    if overlap.containment >= MOSTLY_CONTAINED:
        return "partial"
    if (
        overlap.containment >= REWRITE_CONTAINMENT
        and overlap.passages >= REWRITE_PASSAGES
        and overlap.spread >= REWRITE_SPREAD
        and overlap.order >= REWRITE_ORDER
    ):
        return "rewrite"
    return "partial" if overlap.longest >= LONG_PASSAGE else None


def judge(a: Text, b: Text) -> Copy | None:
    """The copy relation of two texts, with its ground in words and figures."""
    overlap = measure(a, b)
    relation = relation_of(overlap)
    if relation is None:
        return None
    direction, why = direction_of(a.document, b.document)
    return Copy(
        a=a.document.id,
        b=b.document.id,
        relation=relation,
        direction=direction,
        similarity=round(overlap.containment, 3),
        ground=f"{_figures(overlap)}; {why}",
    )


def _figures(overlap: Overlap) -> str:
    return (
        f"outside quotation marks {overlap.containment:.0%} of the shorter text's {SHINGLE}-word sequences "
        f"stand in the other, in {overlap.passages} passage{'' if overlap.passages == 1 else 's'}, "
        f"the longest of {overlap.longest} words, over {overlap.spread:.0%} of the text, "
        f"{overlap.order:.0%} in the same order"
    )
