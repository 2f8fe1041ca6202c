"""What part of the world a map shows, and where a point lies in it.

The projection is the plainest: degrees as they are, those of longitude narrowed by the middle latitude.
The map begins where between the points there is the widest gap, so that a way across the Pacific is not cut
at 180°.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tidewaiter.pictures.canvas import WIDTH

FULL_TURN = 360.0

LEAST_WIDE, LEAST_HIGH = 36.0, 20.0
"""Degrees that a map shows at least: enough of the shores around to know where one is."""

AROUND = 0.28
"""Share of the reach of the points that is shown around them on each side."""

LOWEST, HIGHEST = 250.0, 400.0
"""Height of a map."""

STEEPEST = 60.0
"""Latitude up to which degrees of longitude are narrowed."""

Point = tuple[float, float]


class Frame(NamedTuple):
    """A part of the world; the corner at its upper left, and how many units a degree has."""

    west: float  # may be beyond 180
    north: float
    across: float  # units for a degree of longitude
    up: float  # units for a degree of latitude
    height: float
    wide: float = WIDTH

    def at(self, point: Point) -> Point:
        """Where a point of longitude and latitude lies; one outside is taken to the nearest turn."""
        east = (point[0] - self.west) % FULL_TURN
        return (east * self.across, (self.north - point[1]) * self.up)

    @property
    def degrees(self) -> Point:
        """How many are shown, across and up."""
        return self.wide / self.across, self.height / self.up


def frame_of(points: Sequence[Point], wide_of: float = WIDTH) -> Frame:
    """The part that shows all of one or more points, of longitude and latitude, on a map so wide."""
    west, reach = _turned([point[0] % FULL_TURN for point in points])
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    wide = min(FULL_TURN, max(LEAST_WIDE, reach * (1 + 2 * AROUND)))
    high = max(LEAST_HIGH, (north - south) * (1 + 2 * AROUND))
    narrowed = math.cos(math.radians(min(abs(north + south) / 2, STEEPEST)))
    up = min(wide_of / (wide * narrowed), HIGHEST / high)
    across = max(up * narrowed, wide_of / FULL_TURN)  # never more than the world
    height = min(max(high * up, LOWEST), HIGHEST)
    return Frame(
        west + reach / 2 - wide_of / across / 2,
        (north + south) / 2 + height / up / 2,
        across,
        up,
        height,
        wide_of,
    )


def _turned(longitudes: Sequence[float]) -> tuple[float, float]:
    """The first longitude behind the widest gap, and how far it is to the last."""
    order = sorted(set(longitudes))
    gaps = [(east - west, east) for west, east in pairwise(order)]
    gaps.append((order[0] + FULL_TURN - order[-1], order[0]))
    widest, first = max(gaps, key=lambda one: (one[0], -one[1]))
    return first, FULL_TURN - widest
