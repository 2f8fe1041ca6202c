"""Which of many documents may be copies of one, at a glance.

Most that are looked at have a few sequences or names in common with it and no more.  What is counted here
for all of them at once bounds from above what ``copies`` measures of each, so that who does not pass would
be no copy by its measure either; the order of words is left to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, compress, pairwise

from tidewaiter.linking.copying.copies import Overlap, relation_of
from tidewaiter.linking.copying.retold import LEAST_NAMES, Agreement
from tidewaiter.linking.features import SHINGLE, Features
from tidewaiter.linking.texts.fingerprints import NUMBER_BYTES, Numbers, viewed


def promising(one: Features, others: Sequence[Features]) -> list[Features]:
    """Those of ``others`` that may be copies of ``one``, in their order: ``copies.judge`` is ``None`` for
    each of the rest."""
    shingles = _shared(viewed(one.packed_shingles), [viewed(other.packed_shingles) for other in others])
    copying = [_may_copy(one, *pair) for pair in zip(others, shingles, strict=True)]
    names = _shared(_ordered(one.packed_names), [viewed(other.packed_names) for other in others])
    retelling = [place for place, shared in enumerate(names) if shared >= LEAST_NAMES and not copying[place]]
    words = _shared(_ordered(one.packed_words), [viewed(others[place].packed_words) for place in retelling])
    for place, shared in zip(retelling, words, strict=True):
        copying[place] = _may_retell(one, others[place], names[place], shared)
    return list(compress(others, copying))


def _may_copy(one: Features, other: Features, shared: int) -> bool:
    """Whether so many shingles in common make a copy if they stand as well as they can."""
    if not shared:
        return False
    best = Overlap(
        shared=shared,
        jaccard=shared / (one.distinct + other.distinct - shared),
        containment=shared / min(one.distinct, other.distinct),
        passages=shared,
        longest=shared + SHINGLE - 1,
        spread=1.0,
        order=1.0,
    )
    return relation_of(best) is not None


def _may_retell(one: Features, other: Features, names: int, words: int) -> bool:
    """Whether so many names and words in common make a text told again if all stand in the same order."""
    of_names = sorted((len(one.packed_names), len(other.packed_names)))
    of_words = sorted((len(one.packed_words), len(other.packed_words)))
    best = Agreement(
        names,
        words,
        (of_names[0] // NUMBER_BYTES, of_names[1] // NUMBER_BYTES),
        (of_words[0] // NUMBER_BYTES, of_words[1] // NUMBER_BYTES),
    )
    return best.is_retold


def _ordered(packed: bytes) -> Numbers:
    import numpy as np

    found: Numbers = np.sort(viewed(packed))
    return found


def _shared(mine: Numbers, others: Sequence[Numbers]) -> list[int]:
    """How many of the numbers of each are in ``mine``, which is in ascending order."""
    import numpy as np

    if not others or not len(mine):
        return [0] * len(others)
    theirs = np.concatenate(others)
    is_in = mine.take(mine.searchsorted(theirs), mode="clip") == theirs
    before = [0, *accumulate(map(len, others))]
    found = np.concatenate(([0], is_in.cumsum()))[before].tolist()
    return [after - first for first, after in pairwise(found)]
