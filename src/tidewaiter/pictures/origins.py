"""How the reports of a transfer come down to those who know it first-hand: on the left who knows, with
lines to the reports that tell of them, in the order of their days to the right, and from each to its
copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tidewaiter.pictures.canvas import NARROW, WIDTH, Canvas, Href, Point, at, disc, path, square
from tidewaiter.pictures.lanes import Block, Derived, Holder, Lane, Report, blocks, families
from tidewaiter.pictures.legend import Entry, draw_legend
from tidewaiter.pictures.lettering import width
from tidewaiter.pictures.scales import Days

ROW = 18.0
TOP = 34.0
GAP = 14.0  # between the lines of two holders
HOLDER_ROW = 32.0  # a holder's name and how it knows

UNDATED = 18.0
"""Units behind the last day at which a report without one stands."""

INDENT = 12.0
"""Units that a copy stands at least behind what it is copied from."""

STANDINGS: Mapping[str, tuple[str, str, str]] = {
    "independent": ("asserts", "asserts", "independent"),
    "unknown": ("paper", "asserts", "not known whether independent"),
    "dependent": ("paper", "axis", "not counted"),
}
"""Fill and edge of a holder's sign, and what it means."""

RELATIONS: Mapping[str, tuple[str, str]] = {
    "verbatim": ("", "copied word for word"),
    "partial": ("9 3", "copied in part"),
    "rewrite": ("5 3", "rewritten"),
    "translation": ("1.5 3", "translated"),
}
"""Dashes of a line from a report to its copy, and what they mean."""

OTHER = ("9 3 2 3", "other copy")


class Columns(NamedTuple):
    """What stands how far to the right."""

    holder: float  # the sign of who may know it
    room: float  # for the name before it
    start: float  # where lines to reports come together
    first: float  # the first day
    last: float  # the last
    head: str  # over those who may know it


COLUMNS = {
    WIDTH: Columns(198.0, 184.0, 244.0, 256.0, 440.0, "may know it first-hand"),
    NARROW: Columns(136.0, 112.0, 164.0, 174.0, 244.0, "may know it"),
}


class Graph(NamedTuple):
    """What is drawn."""

    holders: tuple[Holder, ...]
    reports: tuple[Report, ...]
    copies: tuple[Derived, ...]


def draw_origins(
    graph: Graph, name: str, title: str, told: str, href: Href | None, wide: float = WIDTH
) -> str | None:
    """The picture; None where there is no report.  ``href``: where a report's sign leads; None: nowhere."""
    if not graph.reports:
        return None
    drawn = blocks(graph.holders, families(graph.reports, graph.copies))
    columns = COLUMNS[wide]
    days = _days(graph.reports, columns)
    places = _places(drawn, days, columns)
    bottom = max(y for those in places for _, y in (*those.lanes, *those.holders)) + 18
    canvas = Canvas(wide)
    if days is not None:
        _axis(canvas, days, bottom, any(one.day is None for one in graph.reports), columns)
    for block, here in zip(drawn, places, strict=True):
        _lines(canvas, block, here, places, drawn, columns)
    for block, here in zip(drawn, places, strict=True):
        for number, where in zip(block.holders or (None,), here.holders, strict=True):
            _holder(canvas, None if number is None else graph.holders[number], where, columns)
        for lane, where in zip(block.lanes, here.lanes, strict=True):
            _sign(canvas, lane, where, href)
    if len(graph.holders) > (shown := sum(len(block.holders) for block in drawn)):
        bottom += 16
        canvas.text(
            (4, bottom - 6), f"{len(graph.holders) - shown} more who may know it, in the table", ink="soft"
        )
    end = draw_legend(canvas, _legend(graph, drawn), bottom - 4)
    return canvas.done(name, end, title, told, has_links=href is not None)


# ------------------------------------------------------------------------------------ places


class Places(NamedTuple):
    holders: tuple[Point, ...]  # one also where a block has none
    lanes: tuple[Point, ...]


def _days(reports: Sequence[Report], columns: Columns) -> Days | None:
    known = [one.day for one in reports if one.day is not None]
    return Days(min(known), max(known), columns.first, columns.last) if known else None


def _places(drawn: Sequence[Block], days: Days | None, columns: Columns) -> list[Places]:
    y, found = TOP, []
    for block in drawn:
        count = max(1, len(block.holders))
        tall = max(HOLDER_ROW * count, ROW * len(block.lanes))
        lead = (tall - ROW * len(block.lanes)) / 2
        points: list[Point] = []
        for index, lane in enumerate(block.lanes):
            x = _x(lane.report.day if lane.report is not None else lane.more[0].day, days, columns)
            if lane.parent is not None:
                x = max(x, points[lane.parent][0] + INDENT)
            points.append((x, y + lead + ROW * (index + 0.5)))
        apart = tall / count
        who = tuple((columns.holder, y + apart * (index + 0.5)) for index in range(count))
        found.append(Places(who, tuple(points)))
        y += tall + GAP
    return found


def _x(day: date | None, days: Days | None, columns: Columns) -> float:
    return columns.last + UNDATED if day is None or days is None else days.at(day)


# ------------------------------------------------------------------------------------ drawing


def _axis(canvas: Canvas, days: Days, bottom: float, has_undated: bool, columns: Columns) -> None:
    reached = -WIDTH
    for tick in days.ticks():
        half = width(tick.label, 11) / 2
        canvas.line((tick.at, TOP - 12), (tick.at, bottom - 10), stroke="line")
        if tick.at - half > reached + 8:
            canvas.text((tick.at, TOP - 18), tick.label, ink="soft", size=11, anchor="middle")
            reached = tick.at + half
    if has_undated:
        canvas.text(
            (max(columns.last + UNDATED - 4, reached + 8), TOP - 18), "day not known", ink="soft", size=11
        )
    canvas.text((4, TOP - 18), columns.head, ink="soft", size=11, room=columns.room)


def _lines(
    canvas: Canvas,
    block: Block,
    here: Places,
    places: Sequence[Places],
    drawn: Sequence[Block],
    columns: Columns,
) -> None:
    """From who knows it to the reports that tell of them, and from reports to their copies."""
    of = {
        number: where
        for one, those in zip(drawn, places, strict=True)
        for number, where in zip(one.holders, those.holders, strict=False)
    }
    for lane, (x, y) in zip(block.lanes, here.lanes, strict=True):
        for number in sorted(lane.tells_of, key=lambda one: one in block.holders):
            if number in of:
                is_near = number in block.holders
                canvas.path(
                    _curve(of[number], (x, y), columns.start),
                    stroke="asserts" if is_near else "axis",
                    wide=1.2,
                )
        if lane.parent is None:
            continue
        parent = here.lanes[lane.parent]
        dashes = "2 3" if lane.derived is None else _dashes(lane.derived.relation)
        canvas.path(f"M{at(*parent)}V{at(y)}H{at(x)}", stroke="soft", wide=1.3, dashes=dashes)


def _curve(start: Point, end: Point, together: float) -> str:
    """From a holder to where a report's line begins, and along it."""
    x, y = start
    middle = (x + together) / 2
    return f"M{at(x + 6, y)}C{at(middle, y)} {at(middle, end[1])} {at(together, end[1])}H{at(end[0])}"


def _holder(canvas: Canvas, holder: Holder | None, where: Point, columns: Columns) -> None:
    x, y = where
    if holder is None:
        canvas.text((x - 12, y + 4), "no origin told", ink="soft", anchor="end", room=columns.room)
        return
    fill, edge, _ = STANDINGS.get(holder.standing, STANDINGS["unknown"])
    canvas.path(disc(x, y, 6), fill=fill, stroke=edge, wide=2)
    canvas.text((x - 12, y - 1), holder.name, anchor="end", bold=True, room=columns.room)
    canvas.text((x - 12, y + 12), holder.knows, ink="soft", size=10.5, anchor="end", room=columns.room)


def _sign(canvas: Canvas, lane: Lane, where: Point, href: Href | None) -> None:
    x, y = where
    if lane.report is None:
        kind = "copies" if lane.are_copies else "reports"
        canvas.path(square(x, y, 4), fill="soft", stroke="soft", wide=1)
        kind = kind if len(lane.more) > 1 else {"copies": "copy", "reports": "report"}[kind]
        canvas.text((x + 9, y + 4), f"+{len(lane.more)} more {kind}", ink="soft", size=11.5, halo=True,
                    room=canvas.wide - x - 12)  # fmt: skip
        return
    report = lane.report
    is_copy = lane.parent is not None
    name = Canvas(canvas.wide)
    name.text((x + 9, y + 4), report.name, size=11.5, halo=True, room=canvas.wide - x - 12)
    sign = path(
        disc(x, y, 3.5 if is_copy else 4.5),
        fill="paper" if is_copy else "ink",
        stroke="ink",
        wide=1.5,
    )
    canvas.linked(
        "" if href is None else href(report.id), f"{report.name}, {report.day_words}", [sign, *name.marks]
    )


def _dashes(relation: str) -> str:
    return RELATIONS.get(relation, OTHER)[0]


def _legend(graph: Graph, drawn: Sequence[Block]) -> list[Entry]:
    shown = [graph.holders[number] for block in drawn for number in block.holders]
    entries = [
        Entry((path(disc(0, 0, 6), fill=fill, stroke=edge, wide=2),), words)
        for standing, (fill, edge, words) in STANDINGS.items()
        if any(one.standing == standing for one in shown)
    ]
    entries.append(Entry((path(disc(0, 0, 4.5), fill="ink", stroke="ink"),), "first report of a text"))
    if any(lane.parent is not None for block in drawn for lane in block.lanes):
        entries.append(Entry((path(disc(0, 0, 3.5), fill="paper", stroke="ink"),), "copy"))
    relations = {lane.derived.relation for block in drawn for lane in block.lanes if lane.derived is not None}
    for relation, (dashes, words) in (*RELATIONS.items(), ("", OTHER)):
        if relation in relations or (not relation and relations - RELATIONS.keys()):
            entries.append(Entry((path("M-14 0H14", stroke="soft", wide=1.3, dashes=dashes),), words))
    return entries
