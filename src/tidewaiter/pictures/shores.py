"""The land of a map: the shores that lie in it, cut at its edges and drawn no finer than can be seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from tidewaiter.pictures.canvas import at, number
from tidewaiter.pictures.frames import FULL_TURN, Frame, Point
from tidewaiter.places.land import Land, Ring

FINEST = 1.2
"""Units by which a drawn shore may be beside the one of the table."""

TURNS = (-FULL_TURN, 0.0, FULL_TURN, 2 * FULL_TURN)
"""By which a shore of the table, from -180° on, may lie in a frame, which begins between -180° and 540°."""

LEAST = 4.0
"""Units that an island has to measure, one way or the other, to be drawn."""


@lru_cache(maxsize=64)
def land_path(land: Land, frame: Frame) -> str:
    """All land of a frame as one path, to be filled by the even-odd rule: seas within it are rings, too.
    Kept for the next of the same frame: the transfers between two states have one."""
    return "".join(_relative(shore) for shore in _shores(land, frame))


def _shores(land: Land, frame: Frame) -> Iterator[list[Point]]:
    wide, high = frame.degrees
    for ring in land.rings:
        if ring.north < frame.north - high or ring.south > frame.north:
            continue
        for turn in TURNS:
            west = ring.west + turn - frame.west
            if west > wide or west + ring.east - ring.west < 0:
                continue
            shore = _simple(_clipped(_drawn(ring, turn, frame), frame))
            if len(shore) > 2 and _measures(shore):
                yield shore


def _drawn(ring: Ring, turn: float, frame: Frame) -> list[Point]:
    begin, north, across, up, *_ = frame
    begin -= turn
    return [((east - begin) * across, (north - one) * up) for east, one in ring.points]


def _measures(shore: Sequence[Point]) -> bool:
    across, down = zip(*shore, strict=True)
    return bool(max(across) - min(across) >= LEAST or max(down) - min(down) >= LEAST)


# ------------------------------------------------------------------------------------ cutting


def _clipped(points: list[Point], frame: Frame) -> list[Point]:
    """A ring cut at the four edges, one after the other (Sutherland and Hodgman, 1974)."""
    for axis, edge, sign in (
        (0, 0.0, 1),
        (0, frame.wide, -1),
        (1, 0.0, 1),
        (1, frame.height, -1),
    ):
        if all((point[axis] - edge) * sign >= 0 for point in points):
            continue
        points = list(_cut(points, axis, edge, sign))
        if not points:
            break
    return points


def _cut(points: Sequence[Point], axis: int, edge: float, sign: int) -> Iterator[Point]:
    before = points[-1]
    reached = (before[axis] - edge) * sign  # below nought: beyond the edge
    for point in points:
        here = (point[axis] - edge) * sign
        if (here >= 0) != (reached >= 0):
            share = reached / (reached - here)
            yield (
                before[0] + share * (point[0] - before[0]),
                before[1] + share * (point[1] - before[1]),
            )
        if here >= 0:
            yield point
        before, reached = point, here


# ------------------------------------------------------------------------------------ drawing


def _simple(points: Sequence[Point]) -> list[Point]:
    """A line without the points that are nearer than ``FINEST`` to what is left (Douglas and Peucker,
    1973)."""
    if len(points) < 3:
        return list(points)
    kept = {0, len(points) - 1}
    parts = [(0, len(points) - 1)]
    while parts:
        first, last = parts.pop()
        furthest, index = _furthest(points, first, last)
        if furthest > FINEST:
            kept.add(index)
            parts += [(first, index), (index, last)]
    return [points[index] for index in sorted(kept)]


def _furthest(points: Sequence[Point], first: int, last: int) -> tuple[float, int]:
    """The point between two that lies furthest from the line through them, and how far."""
    (x, y), (x2, y2) = points[first], points[last]
    across, down = x2 - x, y2 - y
    length = (across * across + down * down) ** 0.5
    furthest, index = 0.0, first
    for number_, (px, py) in enumerate(points[first + 1 : last], start=first + 1):
        if length == 0:
            away = ((px - x) ** 2 + (py - y) ** 2) ** 0.5
        else:
            away = abs(down * (px - x) - across * (py - y)) / length
        if away > furthest:
            furthest, index = away, number_
    return furthest, index


def _relative(points: Sequence[Point]) -> str:
    """A ring as a path, each point told from the one before: half as long."""
    x, y = (round(value, 1) for value in points[0])
    parts = [f"M{at(x, y)}l"]
    steps = []
    for px, py in points[1:]:
        dx, dy = round(px - x, 1), round(py - y, 1)
        if dx or dy:
            steps.append(f"{number(dx)}{'' if dy < 0 else ' '}{number(dy)}")
            x, y = x + dx, y + dy
    return parts[0] + " ".join(steps) + "Z" if len(steps) > 1 else ""
