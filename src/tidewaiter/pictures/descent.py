"""How a text went from report to report: each on its day, below the one before it, with a line from the
report that it has its text from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import svg

from tidewaiter.pictures.canvas import WIDTH, Canvas, Href, Point, at, disc, path
from tidewaiter.pictures.legend import Entry, draw_legend
from tidewaiter.pictures.lettering import width
from tidewaiter.pictures.scales import Days

MOST = 40
"""Reports drawn: as many lines as a page of print holds; the table has all."""

ROW = 20.0
TOP = 30.0
FIRST, LAST = 24.0, 330.0
"""Where the first and the last day are; names stand behind the signs."""

UNDATED = LAST + 22.0
INDENT = 12.0
"""Units that a report stands at least behind the one that it has its text from."""

RADIUS = 4.5
SURE, UNSURE = "", "4 3"
"""Dashes of a line from where the text is, and to a report that shares it."""


class Bearer(NamedTuple):
    """A report that has the text."""

    id: str
    name: str
    day: date | None
    day_words: str
    source: int | None  # which of the reports, by number, it has the text from or shares it with
    is_sure: bool  # whether it is known that it has the text from there, and not the other way round


def draw_descent(
    reports: Sequence[Bearer], name: str, title: str, told: str, href: Href | None
) -> str | None:
    """The reports in the order given; None where there is none.  ``href``: where a sign leads."""
    shown = reports[:MOST]
    if not shown:
        return None
    known = [one.day for one in shown if one.day is not None]
    days = Days(min(known), max(known), FIRST, LAST) if known else None
    places = _places(shown, days)
    canvas, bottom = Canvas(), TOP + ROW * len(shown)
    if days is not None:
        _axis(canvas, days, bottom, has_undated=len(known) < len(shown))
    for one, (x, y) in zip(shown, places, strict=True):
        if one.source is not None and one.source < len(shown):
            dashes = SURE if one.is_sure else UNSURE
            from_x, from_y = places[one.source]
            canvas.path(f"M{at(from_x, from_y)}V{at(y)}H{at(x)}", stroke="soft", wide=1.3, dashes=dashes)
    for one, place in zip(shown, places, strict=True):
        _report(canvas, one, place, href)
    if len(shown) < len(reports):
        bottom += 16
        canvas.text((4, bottom - 2), f"{len(reports) - len(shown)} more in the table", ink="soft")
    end = draw_legend(canvas, _legend(shown), bottom)
    return canvas.done(name, end, title, told, has_links=href is not None)


def _places(reports: Sequence[Bearer], days: Days | None) -> list[Point]:
    """Down in their order, to the right with time; of one day, each a little behind its source."""
    found: list[Point] = []
    for row, one in enumerate(reports):
        x = UNDATED if one.day is None or days is None else _at(days, one.day)
        if one.source is not None and one.source < row:
            x = min(max(x, found[one.source][0] + INDENT), max(x, UNDATED))
        found.append((x, TOP + ROW * (row + 0.5)))
    return found


def _at(days: Days, day: date) -> float:
    """Where a day is; at the left where there is but one, so that names have room."""
    return FIRST if days.first == days.last else days.at(day)


def _axis(canvas: Canvas, days: Days, bottom: float, *, has_undated: bool) -> None:
    reached = -WIDTH
    for tick in days.ticks():
        x = FIRST if days.first == days.last else tick.at
        canvas.line((x, TOP - 8), (x, bottom), stroke="line")
        half = width(tick.label, 11) / 2
        middle = max(x, half + 2)
        if middle - half > reached + 8:
            canvas.text((middle, TOP - 14), tick.label, ink="soft", size=11, anchor="middle")
            reached = middle + half
    if has_undated:
        canvas.text((max(UNDATED - 4, reached + 8), TOP - 14), "day not known", ink="soft", size=11)


def _report(canvas: Canvas, one: Bearer, place: Point, href: Href | None) -> None:
    x, y = place
    name = Canvas()
    name.text((x + 10, y + 4), one.name, size=11.5, halo=True, room=WIDTH - x - 14)
    canvas.linked(
        "" if href is None else href(one.id), f"{one.name}, {one.day_words}", [_sign(one, x, y), *name.marks]
    )


def _sign(one: Bearer, x: float, y: float) -> svg.Path:
    is_first = one.source is None
    return path(disc(x, y, RADIUS), fill="ink" if is_first else "paper", stroke="ink", wide=1.5)


def _legend(reports: Sequence[Bearer]) -> list[Entry]:
    entries = []
    for is_first, words in ((True, "no earlier one is known"), (False, "has or shares the text of another")):
        sample = next((one for one in reports if (one.source is None) == is_first), None)
        if sample is not None:
            entries.append(Entry((_sign(sample, 0, 0),), words))
    for is_sure, words in ((True, "has its text from"), (False, "shares its text, who was first not known")):
        if any(one.source is not None and one.is_sure == is_sure for one in reports):
            line = path("M-14 0H14", stroke="soft", wide=1.3, dashes=SURE if is_sure else UNSURE)
            entries.append(Entry((line,), words))
    return entries
