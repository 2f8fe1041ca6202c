"""How far each side goes: the stages from left to right, and a bar to the furthest that a side commits to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import svg

from tidewaiter.pictures.canvas import NARROW, WIDTH, Canvas, path
from tidewaiter.pictures.legend import Entry, draw_legend
from tidewaiter.pictures.lettering import width

MOST = 24
"""Sides drawn: as many as one sees at once; the table has all."""

TOP = 26.0


class Layout(NamedTuple):
    """Where what stands."""

    left: float  # where nothing is committed to
    right: float  # where the last stage is
    row: float
    bar: float  # the middle of a bar, in its row
    name_above: bool  # the side's name above its bar, not before it


LAYOUTS = {
    WIDTH: Layout(214.0, WIDTH - 34, 26.0, 13.0, name_above=False),
    NARROW: Layout(6.0, NARROW - 20, 42.0, 28.0, name_above=True),
}

TALL = 12.0
"""Height of a bar."""


class Side(NamedTuple):
    """One side, and how far it goes."""

    label: str
    summary: str  # what it says, all in all: "asserts", "denies"
    steps: int  # of the stages in their order; 0: to none
    is_denial: bool  # whether it asserts nothing: what it commits to is what it admits


def draw_ladder(
    sides: Sequence[Side], stages: Sequence[str], name: str, title: str, told: str, wide: float = WIDTH
) -> str | None:
    """The sides in the order given; None where there is none."""
    if not sides or not stages:
        return None
    canvas, shown, lay = Canvas(wide), sides[:MOST], LAYOUTS[wide]
    bottom = TOP + lay.row * len(shown)
    for step, stage in enumerate(stages, start=1):
        x = _at(step, len(stages), lay)
        canvas.line((x, TOP - 4), (x, bottom), stroke="line")
        canvas.text((x, TOP - 12), stage, ink="soft", size=11, anchor="middle")
    for row, side in enumerate(shown):
        _side(canvas, side, TOP + lay.row * row, len(stages), lay)
    canvas.line((lay.left, TOP - 4), (lay.left, bottom), stroke="axis")
    if len(shown) < len(sides):
        bottom += 16
        canvas.text((4, bottom - 4), f"{len(sides) - len(shown)} more in the table", ink="soft")
    return canvas.done(name, draw_legend(canvas, _legend(shown), bottom), title, told)


def _side(canvas: Canvas, side: Side, top: float, stages: int, lay: Layout) -> None:
    y = top + lay.bar
    if lay.name_above:
        canvas.text((lay.left + 6, top + 15), side.label, halo=True, room=canvas.wide - lay.left - 10)
    else:
        canvas.text((lay.left - 10, y + 4), side.label, anchor="end", room=lay.left - 14)
    end = _at(min(side.steps, stages), stages, lay)
    if side.steps > 0:
        canvas.add(_bar(lay.left, end, y, is_denial=side.is_denial))
    if side.steps <= 0 or side.is_denial:
        room = canvas.wide - end - 12
        words = side.summary if width(side.summary, 11) <= room else ""
        canvas.text((end + 8, y + 4), words, ink="soft", size=11, halo=True, room=room)


def _bar(left: float, right: float, y: float, *, is_denial: bool) -> svg.Path:
    """Whole where it is asserted, an outline where it is only admitted."""
    ink = "denies" if is_denial else "asserts"
    d = f"M{left:.0f} {y - TALL / 2:.1f}H{right:.1f}V{y + TALL / 2:.1f}H{left:.0f}Z"
    return path(d, fill="paper" if is_denial else ink, stroke=ink, wide=1.5)


def _at(step: int, stages: int, lay: Layout) -> float:
    return lay.left + (lay.right - lay.left) * max(step, 0) / stages


def _legend(sides: Sequence[Side]) -> list[Entry]:
    meant = (
        (False, "says that it went so far"),
        (True, "denies or doubts the rest, admits this"),
    )
    return [
        Entry((_bar(-13, 13, 0, is_denial=is_denial),), words)
        for is_denial, words in meant
        if any(one.steps > 0 and one.is_denial == is_denial for one in sides)
    ]
