"""Where the names of places stand on a map: beside their signs, not over one another, not over the edge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tidewaiter.pictures.canvas import TYPE, WIDTH, Anchor, Point
from tidewaiter.pictures.lettering import short, width

LONGEST = 200.0
"""Units that a name may be long."""

AWAY = 9.0
"""Units from the middle of a sign to its name."""


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float


class Label(NamedTuple):
    where: Point
    anchor: Anchor
    words: str


def place_names(
    names: Mapping[int, str],
    where: Mapping[int, Point],
    taken: Sequence[Box],
    height: float,
    wide: float = WIDTH,
) -> Iterator[Label]:
    """A label for each name, in their order; each where it covers least of what stands already."""
    boxes = [*taken, *(Box(x - 7, y - 7, x + 7, y + 7) for x, y in where.values())]
    for number, name in names.items():
        words = short(name, LONGEST, TYPE)
        label, box = min(
            _places(where[number], words, height, wide),
            key=lambda one: sum(_shared(one[1], box) for box in boxes),
        )
        boxes.append(box)
        yield label


def _places(sign: Point, words: str, height: float, wide: float) -> Iterator[tuple[Label, Box]]:
    """The places around a sign, the better first."""
    x, y = sign
    long = width(words, TYPE)
    spots: tuple[tuple[float, float, Anchor], ...] = (
        (x + AWAY, y + 4, "start"),
        (x - AWAY, y + 4, "end"),
        (x, y - AWAY - 1, "middle"),
        (x, y + AWAY + 10, "middle"),
        (x + AWAY - 2, y - AWAY, "start"),
        (x + AWAY - 2, y + AWAY + 8, "start"),
        (x - AWAY + 2, y - AWAY, "end"),
        (x - AWAY + 2, y + AWAY + 8, "end"),
    )
    for wanted, wanted_base, anchor in spots:
        left = wanted - {"start": 0.0, "middle": long / 2, "end": long}[anchor]
        left = min(max(left, 3.0), wide - long - 3.0)
        base = min(max(wanted_base, TYPE + 1), height - 5)
        box = Box(left, base - TYPE + 2, left + long, base + 3)
        yield Label((left + long / 2, base), "middle", words), box


def _shared(a: Box, b: Box) -> float:
    """The area that two boxes have in common."""
    across = min(a.right, b.right) - max(a.left, b.left)
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    return max(0.0, across) * max(0.0, down)
