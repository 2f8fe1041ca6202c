"""What the signs of a picture mean, in lines below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import svg

from tidewaiter.pictures.canvas import Canvas
from tidewaiter.pictures.lettering import short, width

ROW = 19.0
SIGN = 34.0  # room for a sign
BETWEEN = 22.0
SIZE = 11.5


class Entry(NamedTuple):
    """A sign, drawn around (0, 0), and what it means."""

    marks: tuple[svg.Element, ...]
    words: str


def draw_legend(canvas: Canvas, entries: Sequence[Entry], top: float) -> float:
    """The entries from left to right in as many rows as they need; where they end."""
    x, y = 4.0, top + ROW
    for entry in entries:
        words = short(entry.words, canvas.wide - SIGN - 8, SIZE)
        room = SIGN + width(words, SIZE)
        if x > 4.0 and x + room > canvas.wide:
            x, y = 4.0, y + ROW
        canvas.add(
            svg.G(
                transform=[svg.Translate(round(x + SIGN / 2 - 4, 1), round(y - 4, 1))],
                elements=list(entry.marks),
            )
        )
        canvas.text((x + SIGN, y), words, size=SIZE, ink="soft")
        x += room + BETWEEN
    return y + 8.0
