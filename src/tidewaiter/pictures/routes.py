"""The way of a transfer on a map, as told, as declared, and whether it is denied.

A line joins places that are told of and is no track.  How it goes is told by its kind, not only by its
colour: as alleged it is unbroken with a full head, as declared it is dashed with an open one; a cross on it
says that somebody denies or doubts the transfer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tidewaiter.pictures.canvas import (
    WIDTH,
    Canvas,
    Point,
    at,
    cross,
    diamond,
    disc,
    path,
    square,
)
from tidewaiter.pictures.frames import Frame, frame_of
from tidewaiter.pictures.legend import Entry, draw_legend
from tidewaiter.pictures.naming import Box, place_names
from tidewaiter.pictures.shores import land_path
from tidewaiter.places.land import Land

RADIUS = 5.0

BEND = {"alleged": 0.2, "declared": -0.24}
"""How far a line's handle lies beside it, as a share of its length: the two kinds to different sides."""

EDGE = 6.0
"""Units inside the edge that lines keep."""

STEPS = 40
"""Places along a line that names are kept clear of; of the longest, one about every other letter."""

ROLES: Mapping[str, tuple[str, Callable[[float, float, float], str], str, str]] = {
    "supplier": ("supplier", square, "ink", "ink"),
    "recipient": ("recipient", disc, "ink", "ink"),
    "true": ("destination as alleged", disc, "paper", "asserts"),
    "via": ("on the way", diamond, "paper", "asserts"),
    "declared": ("destination as declared", disc, "paper", "doubts"),
}
"""What a place is, its sign, what fills it and what its edge has; a place with several roles has the
first."""


class Spot(NamedTuple):
    """A place with its part in the transfer."""

    name: str
    roles: tuple[str, ...]  # of ROLES
    point: Point | None  # longitude and latitude


class Leg(NamedTuple):
    """A line between two places, by their numbers."""

    kind: str  # alleged, declared
    start: int
    end: int


class Route(NamedTuple):
    """What the map shows."""

    spots: tuple[Spot, ...]
    legs: tuple[Leg, ...]
    is_alleged: bool  # somebody is named who says so
    is_denied: bool  # or doubted


def draw_route(route: Route, land: Land, name: str, title: str, told: str, wide: float = WIDTH) -> str | None:
    """The map; None where fewer than two different places have a point.  ``name`` begins the ids in it."""
    points = {spot.point for spot in route.spots if spot.point is not None}
    if len(points) < 2:
        return None
    frame = frame_of(sorted(points), wide)
    canvas = Canvas(wide)
    canvas.path(_box(frame), fill="sea")
    if shores := land_path(land, frame):
        # An edge of its own colour closes the seam where the table cuts the land at 180°.
        canvas.path(shores, fill="land", stroke="land", wide=0.7)
    where = {
        number: frame.at(spot.point) for number, spot in enumerate(route.spots) if spot.point is not None
    }
    signs = _draw_legs(canvas, route, where, frame)
    for number, spot in reversed(tuple(enumerate(route.spots))):
        if number in where:
            _, shape, fill, edge = ROLES[spot.roles[0]]
            canvas.path(shape(*where[number], RADIUS), fill=fill, stroke=edge, wide=1.8)
    names = {number: spot.name for number, spot in enumerate(route.spots) if number in where}
    for label in place_names(names, where, signs, frame.height, wide):
        canvas.text(label.where, label.words, anchor=label.anchor, halo=True)
    canvas.path(_box(frame), stroke="line", wide=1)
    bottom = draw_legend(canvas, _legend(route, where), frame.height + 2)
    return canvas.done(name, bottom, title, told)


def _box(frame: Frame) -> str:
    return f"M0.5 0.5H{at(frame.wide - 0.5)}V{at(frame.height - 0.5)}H0.5Z"


# ------------------------------------------------------------------------------------ lines


def _draw_legs(canvas: Canvas, route: Route, where: Mapping[int, Point], frame: Frame) -> list[Box]:
    """The lines; where their signs are, for the names to keep clear of."""
    taken = []
    for leg in sorted(route.legs, key=lambda one: one.kind, reverse=True):  # as alleged over as declared
        if leg.start not in where or leg.end not in where or where[leg.start] == where[leg.end]:
            continue
        start, end = where[leg.start], where[leg.end]
        handle = _handle(start, end, BEND[leg.kind], frame)
        is_declared = leg.kind == "declared"
        ink = "doubts" if is_declared else "asserts"
        dashes = "7 5" if is_declared else ("" if route.is_alleged else "1.5 4")
        taken += _along(start, handle, end)
        canvas.path(f"M{at(*start)}Q{at(*handle)} {at(*end)}", stroke=ink, wide=2.2, dashes=dashes)
        canvas.path(_head(handle, end), fill="paper" if is_declared else ink, stroke=ink, wide=1.4)
        if route.is_denied and not is_declared:
            x, y = _on(start, handle, end, 0.5)
            canvas.path(disc(x, y, 8), fill="paper", stroke="denies", wide=1.5)
            canvas.path(cross(x, y, 3.8), stroke="denies", wide=2.2)
            taken.append(Box(x - 9, y - 9, x + 9, y + 9))
    return taken


def _handle(start: Point, end: Point, bend: float, frame: Frame) -> Point:
    """The handle of a quadratic curve, beside the middle and inside the map: so all of the curve is."""
    (x, y), (x2, y2) = start, end
    turn = 1 if x2 >= x else -1  # the same side of the map whichever way it goes
    middle_x, middle_y = (x + x2) / 2 + bend * (y2 - y) * turn, (y + y2) / 2 - bend * (x2 - x) * turn
    return min(max(middle_x, EDGE), frame.wide - EDGE), min(max(middle_y, EDGE), frame.height - EDGE)


def _on(start: Point, handle: Point, end: Point, share: float) -> Point:
    """A point of the curve."""
    a, b, c = (1 - share) ** 2, 2 * share * (1 - share), share**2
    return a * start[0] + b * handle[0] + c * end[0], a * start[1] + b * handle[1] + c * end[1]


def _along(start: Point, handle: Point, end: Point) -> list[Box]:
    """Small boxes along the curve, for the names to keep clear of."""
    points = [_on(start, handle, end, step / STEPS) for step in range(STEPS + 1)]
    return [Box(x - 3, y - 3, x + 3, y + 3) for x, y in points]


def _head(handle: Point, end: Point) -> str:
    """An arrow's head before the sign of the place where it ends."""
    across, down = end[0] - handle[0], end[1] - handle[1]
    length = math.hypot(across, down) or 1.0
    u, v = across / length, down / length
    tip = end[0] - u * (RADIUS + 1.5), end[1] - v * (RADIUS + 1.5)
    back = tip[0] - u * 10, tip[1] - v * 10
    return (
        f"M{at(*tip)}L{at(back[0] - v * 4.5, back[1] + u * 4.5)}L{at(back[0] + v * 4.5, back[1] - u * 4.5)}Z"
    )


# ------------------------------------------------------------------------------------ what signs mean


def _legend(route: Route, where: Mapping[int, Point]) -> list[Entry]:
    entries = []
    placed = [spot for number, spot in enumerate(route.spots) if number in where]
    for role, (words, shape, fill, edge) in ROLES.items():
        if any(spot.roles[0] == role for spot in placed):
            entries.append(Entry((path(shape(0, 0, RADIUS), fill=fill, stroke=edge, wide=1.8),), words))
    drawn: Sequence[Leg] = [leg for leg in route.legs if leg.start in where and leg.end in where]
    if any(leg.kind == "alleged" for leg in drawn):
        words = "as alleged" if route.is_alleged else "as told by reports that name nobody for it"
        line = path("M-14 0H4", stroke="asserts", wide=2.2, dashes="" if route.is_alleged else "1.5 4")
        entries.append(Entry((line, path("M13 0L4 -4.5V4.5Z", fill="asserts", stroke="asserts")), words))
        if route.is_denied:
            sign = (
                path(disc(0, 0, 8), fill="paper", stroke="denies"),
                path(cross(0, 0, 3.8), stroke="denies", wide=2.2),
            )
            entries.append(Entry(sign, "denied or doubted"))
    if any(leg.kind == "declared" for leg in drawn):
        line = path("M-14 0H4", stroke="doubts", wide=2.2, dashes="7 5")
        entries.append(Entry((line, path("M13 0L4 -4.5V4.5Z", fill="paper", stroke="doubts")), "as declared"))
    return entries
