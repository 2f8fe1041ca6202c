"""Figures in order of time: one line a figure, from the least to the most that it can be.

The lines stand in the order of their days, from above, not at distances that are those of the days: two
figures of one day would lie on one another, and a name would not fit beside each.  Figures of one unit
share a scale; what is counted in something else has its own.  A head at an end says that it is open.  How
far the goods are said to have come is told by the sign, and in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import svg

from tidewaiter.model import AGAINST, STAGE_ORDER, Stage, Stance
from tidewaiter.pictures.canvas import (
    NARROW,
    WIDTH,
    Canvas,
    diamond,
    disc,
    path,
    triangle,
)
from tidewaiter.pictures.legend import Entry, draw_legend
from tidewaiter.pictures.lettering import width
from tidewaiter.pictures.scales import Amounts, amounts

FEWEST = 2
MOST = 20
"""Figures drawn: as many lines as a page holds with their scales; the table has all."""

HEAD = 30.0  # a unit's name
FOOT = 26.0  # a scale


class Layout(NamedTuple):
    """Where what stands."""

    left: float  # where the scale begins
    right: float  # and ends
    row: float
    sign: float  # the middle of a sign, in its row
    words_above: bool  # who, when and the figure in words above the sign, not before and behind it


LAYOUTS = {
    WIDTH: Layout(290.0, 500.0, 34.0, 17.0, words_above=False),
    NARROW: Layout(20.0, NARROW - 20, 54.0, 40.0, words_above=True),
}

RADIUS = 4.5

UNDER_WAY = (Stage.SHIPPED, Stage.DELIVERED, Stage.USED)


class Amount(NamedTuple):
    """A figure that somebody gives, and how often."""

    day: str  # in words
    who: str
    stance: Stance
    stage: Stage | None
    low: int | None  # None: open
    high: int | None
    unit: str
    words: str  # the figure as shown
    times: int = 1
    is_replaced: bool = False  # the same side gave another one later


def draw_amounts(
    figures: Sequence[Amount], name: str, title: str, told: str, wide: float = WIDTH
) -> str | None:
    """The figures, given in order of time; None where there are fewer than two."""
    shown = drawn_of(figures)
    if len(figures) < FEWEST:
        return None
    canvas, y = Canvas(wide), 0.0
    for unit, those in groupby(_by_unit(shown), key=lambda one: one.unit):
        y = _panel(canvas, unit, tuple(those), y)
    if len(shown) < len(figures):
        y += 14
        canvas.text((4, y), f"{len(figures) - len(shown)} more figures in the table", ink="soft")
    bottom = draw_legend(canvas, _legend(shown), y)
    return canvas.done(name, bottom, title, told)


def drawn_of(figures: Sequence[Amount]) -> tuple[Amount, ...]:
    """Those that are drawn: of too many those of the units with the most, and of one unit the first."""
    order = list(_by_unit(figures))[:MOST]
    return tuple(one for one in figures if any(one is kept for kept in order))


def _by_unit(figures: Sequence[Amount]) -> list[Amount]:
    """The unit of most figures first, in each the order given."""
    units = list(dict.fromkeys(one.unit for one in figures))
    count = {unit: sum(one.unit == unit for one in figures) for unit in units}
    return sorted(figures, key=lambda one: (-count[one.unit], units.index(one.unit)))


def _panel(canvas: Canvas, unit: str, figures: Sequence[Amount], top: float) -> float:
    """The figures of one unit with their scale; where it ends."""
    ends = [end for one in figures for end in (one.low, one.high) if end is not None]
    ends += [one.low + one.low // 2 for one in figures if one.low is not None and one.high is None]
    lay = LAYOUTS[canvas.wide]
    scale = amounts(ends, lay.left, lay.right)
    canvas.text((4, top + 18), unit or "of what is not told", bold=True, room=canvas.wide - 8)
    first, last = top + HEAD, top + HEAD + lay.row * len(figures)
    for tick in scale.ticks():
        canvas.line((tick.at, first), (tick.at, last), stroke="line")
    for index, one in enumerate(figures):
        _figure(canvas, one, scale, first + lay.row * index, lay)
    canvas.line((lay.left, last), (lay.right, last), stroke="axis")
    reached = -WIDTH
    for tick in scale.ticks():
        half = width(tick.label, 11) / 2
        middle = min(max(tick.at, half + 1), canvas.wide - half - 1)
        if middle - half > reached + 6:
            canvas.text((middle, last + 15), tick.label, ink="soft", size=11, anchor="middle")
            reached = middle + half
    if scale.is_log:
        if lay.words_above:
            last += 15
            canvas.text((lay.left, last + 15), "ten times a step", ink="soft", size=11)
        else:
            canvas.text((lay.left - 12, last + 15), "ten times a step", ink="soft", size=11, anchor="end")
    return last + FOOT


def _figure(canvas: Canvas, one: Amount, scale: Amounts, top: float, lay: Layout) -> None:
    ink, y = _ink(one), top + lay.sign
    stage = "stage not told" if one.stage in (None, Stage.UNCLEAR) else str(one.stage)
    again = f", {one.times} times" if one.times > 1 else ""
    words = f"{one.words}{', later replaced' if one.is_replaced else ''}"
    words_ink = "soft" if one.is_replaced else "ink"
    if lay.words_above:
        canvas.text(
            (4, top + 13), f"{one.who}{again}: {words}", ink=words_ink, halo=True, room=canvas.wide - 8
        )
        canvas.text(
            (4, top + 27), f"{stage}, {one.day}", ink="soft", size=11, halo=True, room=canvas.wide - 8
        )
    else:
        canvas.text((4, y - 2), f"{one.who}{again}", room=lay.left - 22)
        canvas.text((4, y + 12), f"{stage}, {one.day}", ink="soft", size=11, room=lay.left - 22)
    low, high = one.low, one.high
    if low is not None and high is not None and low > high:
        low, high = high, low
    a = scale.at(low) if low is not None else None
    b = scale.at(high) if high is not None else None
    if a is None and b is not None:
        _open(canvas, b, lay.left - 10, y, ink)
    elif b is None and a is not None:
        _open(canvas, a, lay.right + 10, y, ink)
    elif a is not None and b is not None and b - a > 0.5:
        canvas.line((a, y), (b, y), stroke=ink, wide=3)
    for end in (a, b):
        if end is not None and (end is a or (a is None) or (b is not None and a is not None and b - a > 0.5)):
            canvas.add(_sign(one, end, y))
    if not lay.words_above:
        room = canvas.wide - lay.right - 18
        canvas.text((lay.right + 16, y + 4), words, size=11, ink=words_ink, room=room)


def _open(canvas: Canvas, start: float, end: float, y: float, ink: str) -> None:
    """A line to an end that is not told."""
    turn = 1 if end > start else -1
    canvas.line((start, y), (end - 6 * turn, y), stroke=ink, wide=3, dashes="5 3")
    canvas.path(f"M{end} {y:.1f}l{-8 * turn} -4v8Z", fill=ink, stroke=ink, wide=1)


def _ink(one: Amount) -> str:
    return "denies" if one.stance in AGAINST else "asserts"


def _sign(one: Amount, x: float, y: float) -> svg.Path:
    ink = _ink(one)
    if ink == "denies":
        return path(triangle(x, y, RADIUS), fill=ink, stroke=ink)
    if one.stage is None or STAGE_ORDER[one.stage] == 0:
        return path(diamond(x, y, RADIUS), fill="paper", stroke=ink, wide=1.8)
    return path(disc(x, y, RADIUS), fill=ink if one.stage in UNDER_WAY else "paper", stroke=ink, wide=1.8)


def _legend(figures: Sequence[Amount]) -> list[Entry]:
    meant = (
        (Amount("", "", Stance.ASSERTS, Stage.SHIPPED, 1, 1, "", ""), "shipped, delivered or used"),
        (Amount("", "", Stance.ASSERTS, Stage.AGREED, 1, 1, "", ""), "sought, planned or agreed"),
        (Amount("", "", Stance.ASSERTS, None, 1, 1, "", ""), "stage not told"),
        (Amount("", "", Stance.DENIES, None, 1, 1, "", ""), "admitted in a denial"),
    )
    present = {_sign(one, 0, 0).as_str() for one in figures}
    entries = [
        Entry((sign,), words) for one, words in meant if (sign := _sign(one, 0, 0)).as_str() in present
    ]
    if any(one.low is None or one.high is None for one in figures):
        line = path("M-14 0H5", stroke="ink", wide=3, dashes="5 3")
        entries.append(Entry((line, path("M12 0l-8 -4v8Z", fill="ink")), "open to that end"))
    return entries
