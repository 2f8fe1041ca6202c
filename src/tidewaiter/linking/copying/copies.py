"""Which of two documents is a copy of the other.

Compared are the reporter's own words, outside quotation marks, as sets of five-word shingles (Broder,
"On the resemblance and containment of documents", 1997).  Documents that share a passage are found by
their fingerprints (``fingerprints``); every pair found is then measured exactly.  A text that tells another
again in other words shares few shingles with it, and is known by the order of its names and numbers
(``retold``).  Two independent accounts of one event share facts and quotes, not running words spread over the
whole text nor the order of what they tell, and are not linked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from tidewaiter.linking.copying.credit import direction_of, wire_of
from tidewaiter.linking.copying.retold import Agreement, agreement, longest_increasing
from tidewaiter.linking.features import SHINGLE, Features, places_of, shared_shingles
from tidewaiter.linking.rulings import Ruling, Verdict
from tidewaiter.linking.texts.fingerprints import Numbers
from tidewaiter.model import Copy

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


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share, in figures; all but ``shared`` is 0 where that is below ``MIN_SHARED``."""

    shared: int  # shingles
    jaccard: float
    containment: float  # share of the shorter one's shingles
    passages: int
    longest: int  # words of the longest passage
    spread: float
    order: float


def measure(a: Features, b: Features) -> Overlap:
    """What two texts share, exactly."""
    shorter, longer = sorted((a, b), key=lambda one: (one.distinct, one.document))
    found = shared_shingles(shorter, longer)
    shared = len(found[0])
    if shared < MIN_SHARED:
        return Overlap(shared, 0.0, 0.0, 0, 0, 0.0, 0.0)
    places, others = places_of(shorter, longer, found)
    passages = _passages(places, others)
    return Overlap(
        shared=shared,
        jaccard=shared / (shorter.distinct + longer.distinct - shared),
        containment=shared / shorter.distinct,
        passages=len(passages),
        longest=max(passages),
        spread=int(places[-1] - places[0] + SHINGLE) / shorter.length,
        order=_longest_increasing(others) / shared,
    )


def _passages(places: Numbers, others: Numbers) -> list[int]:
    """Words of each passage: shingles that follow each other in both texts."""
    import numpy as np

    goes_on = (np.diff(places) == 1) & (np.diff(others) == 1)
    starts = [0, *(np.flatnonzero(~goes_on) + 1).tolist(), len(places)]
    return [last - first + SHINGLE - 1 for first, last in pairwise(starts)]


def _longest_increasing(places: Numbers) -> int:
    if (places[1:] > places[:-1]).all():  # as in most copies
        return len(places)
    return longest_increasing(places.tolist())


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


def judge(a: Features, b: Features) -> Copy | None:
    """The copy relation of two documents, with its ground in words and figures; the same whichever
    comes first.  None for two accounts of their own."""
    a, b = sorted((a, b), key=lambda one: one.document)
    overlap = measure(a, b)
    relation = relation_of(overlap)
    if relation is not None:
        similarity, figures = overlap.containment, _figures(overlap)
    else:
        told = agreement((a.names, a.told_words), (b.names, b.told_words))
        if not told.is_retold:
            return None
        relation, similarity, figures = "rewrite", told.names / told.of_names[0], _order_figures(told)
    direction, why = direction_of(a, b)
    return Copy(
        a=a.document,
        b=b.document,
        relation=relation,
        direction=direction,
        similarity=round(similarity, 3),
        ground=f"{figures}; {why}",
        wire=wire_of(a, b),
    )


DECIDED_RELATION = "rewrite"
"""What a copy is called that was decided to be one, where neither the texts nor whoever decided say which
kind: its words are others."""


def ruled(a: Features, b: Features, ruling: Ruling) -> Copy | None:
    """The copy relation of two documents on which something was decided.  ``None`` where they are not one."""
    if ruling.verdict is Verdict.APART:
        return None
    if ruling.verdict is Verdict.UNSURE:
        found = judge(a, b)
        return None if found is None else replace(found, ground=f"{ruling.words}; {found.ground}")
    a, b = sorted((a, b), key=lambda one: one.document)
    overlap = measure(a, b)
    direction, why = direction_of(a, b)
    shared = _figures(overlap) if overlap.shared >= MIN_SHARED else "the program finds no copied words"
    return Copy(
        a=a.document,
        b=b.document,
        relation=ruling.relation or relation_of(overlap) or DECIDED_RELATION,
        direction=direction,
        similarity=round(overlap.containment, 3),
        ground=f"{ruling.words}; {shared}; {why}",
    )


def _figures(overlap: Overlap) -> str:
    return (
        f"outside quotation marks {overlap.containment:.0%} of the shorter text's {SHINGLE}-word sequences "
        f"stand in the other, in {overlap.passages} passage{'' if overlap.passages == 1 else 's'}, "
        f"the longest of {overlap.longest} words, over {overlap.spread:.0%} of the text, "
        f"{overlap.order:.0%} in the same order"
    )


def _order_figures(told: Agreement) -> str:
    return (
        f"told again in other words: {told.names} names and numbers of {told.of_names[0]} in one and "
        f"{told.of_names[1]} in the other stand in the same order in both, and {told.words} words of "
        f"{told.of_words[0]} and {told.of_words[1]}"
    )
