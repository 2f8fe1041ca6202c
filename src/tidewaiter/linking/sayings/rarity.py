"""What the things said count for in the news of their days.

When seventy reports tell of one delivery, that this country gave that one missiles stands in all of them, and
whoever says so need not retell anybody.  What many reports of the same weeks have counts the less, as in the
inverse document frequency of Sparck Jones ("A statistical interpretation of term specificity and its
application in retrieval", 1972), but by the weeks in which most reports have it: in a case over many years no
word becomes common because each year had it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

COMMON = 15
"""Reports of the same weeks up to which what they all say counts in full; beyond, in proportion.  Of 77 real
reports of one delivery, two reports joined by one act of saying both told it in 52 of 100 pairs without this,
in 71 with 30, 87 with 20, 90 with 15 and 93 with 12; those found fell from 848 to 663, 624, 559 and 489.  On
the project's retold quotes, of many stories over years, it changes nothing."""
WEEKS = 60
"""Days that are looked at together."""


def crowd(days: NDArray[numpy.int64]) -> int:
    """The most reports that fall within ``WEEKS``, of their days as numbers; one without a day (below 0) may
    be of any."""
    import numpy as np

    known = np.sort(days[days >= 0])
    undated = len(days) - len(known)
    if not len(known):
        return undated
    first = np.searchsorted(known, known - WEEKS, side="right")
    return int((np.arange(1, len(known) + 1) - first).max()) + undated
