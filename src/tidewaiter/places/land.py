"""Outlines of the land, without borders of states: whose land is whose is not for a map here to say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tidewaiter.errors import KnowledgeError
from tidewaiter.knowledge import Row

Point = tuple[float, float]
"""Longitude and latitude in degrees."""


class Ring(NamedTuple):
    """A shore: of land, or of a sea within it; which of them follows from how many lie around it."""

    points: tuple[Point, ...]
    west: float
    south: float
    east: float
    north: float


class Land:
    """All shores of the table, in its order."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rings = tuple(map(_ring, rows))


def _ring(row: Row) -> Ring:
    try:
        points = tuple(_point(one) for one in row["points"].split())
    except ValueError:
        points = ()
    if len(points) < 3:
        raise KnowledgeError(
            "the ring is no list of points",
            where=f"land.csv, ring {row['ring']}",
            todo="Write at least three, like 12.5,-3.25, with spaces between them.",
        )
    east, north = zip(*points, strict=True)
    return Ring(points, min(east), min(north), max(east), max(north))


def _point(text: str) -> Point:
    east, _, north = text.partition(",")
    return float(east), float(north)
