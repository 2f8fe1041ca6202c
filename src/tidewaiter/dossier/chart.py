"""The timeline as an SVG picture, drawn by Vega-Lite; every mark in it is a row of the timeline table.

One lane a transfer, further lanes for responses and events that belong to none.  A day is a point; a
date known less exactly is a bar from the earliest to the latest day it can mean; one of which only an end
is known is a hollow point there.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from tidewaiter import edtf
from tidewaiter.characters import printable
from tidewaiter.model import AGAINST, ResponseKind, Stage, Stance, TimelineEntry

if TYPE_CHECKING:
    import altair as alt

FEWEST_ENTRIES = 2
"""A line of time needs two points."""

MOST_LANES = 24
"""Lanes drawn; with more the chart no longer fits on a page (24 lanes of two rows are 864 pixels)."""

LABEL_LENGTH = 42
"""Characters of a lane's label; longer ones are cut, the table has them in full."""

RESPONSES, EVENTS = "Other responses", "Other events"
"""Lanes of entries that belong to no transfer."""

IN_TABLE_ONLY = ("question_opened", "question_closed")
"""Kinds that lie on the day of a claim or response, which is drawn."""

ROW_HEIGHT = 18

CLOSEST = 10
"""Pixels below which two marks in one row would touch (a mark is 11 wide)."""

MONTHS_FROM = 200
"""Days from which on the axis has months: days of the month would all be the first."""

# Series, in the order of the legend, with shape and colour.  The colours are repeated in style.css,
# which finds marks by them and gives each its value for a light or dark page.
SERIES: Mapping[str, tuple[str, str]] = {
    "asserts": ("triangle-up", "#1d4e89"),
    "denies or doubts": ("triangle-down", "#9c2f1f"),
    "declines to comment": ("cross", "#5a6470"),
    "stage reported": ("circle", "#11202e"),
    "response": ("square", "#2d6a4f"),
    "other event": ("diamond", "#6b4c8a"),
}

_BASE = re.compile(r'xlink:href="[^"#]*#')
_SIZE = re.compile(r'^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"[^>]*>')


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark of the chart: entries of one lane, series and date."""

    lane: str
    series: str
    first: date
    last: date
    row: str  # element id of the first entry's row in the table
    is_open: bool = False  # only this end of the span is known


@dataclass(frozen=True, slots=True)
class Layout:
    """How the chart is laid out for a kind of screen."""

    width: int  # of the part that has the marks
    ticks: int
    columns: int  # of the legend
    is_above: bool = False  # names of lanes stand above their marks, not beside them


WIDE = Layout(640, 6, 6)
NARROW = Layout(300, 4, 2, is_above=True)
"""For a phone, where the names of lanes would take most of the width."""


def series(kind: str) -> str:
    """The series of the chart that a timeline entry's kind belongs to."""
    if kind == Stance.ASSERTS:
        return "asserts"
    if kind in AGAINST:
        return "denies or doubts"
    if kind == Stance.DECLINES:
        return "declines to comment"
    if kind in tuple(Stage):
        return "stage reported"
    return "response" if kind in tuple(ResponseKind) else "other event"


def draw(
    entries: Sequence[TimelineEntry],
    labels: Mapping[str, str],
    rows: Sequence[str],
    layout: Layout = WIDE,
) -> Markup | None:
    """The chart of ``entries``, or None when fewer than two have a date with a year.

    ``labels`` names each transfer's lane; ``rows`` gives the table row's element id for each entry.
    """
    dots = _dots(entries, labels, rows)
    dated = {dot.row for dot in dots}
    if len(dated) < FEWEST_ENTRIES:
        return None
    return _embeddable(_svg(_spec(dots, [*labels.values(), RESPONSES, EVENTS], layout)))


def _dots(entries: Sequence[TimelineEntry], labels: Mapping[str, str], rows: Sequence[str]) -> list[Dot]:
    found: dict[tuple[str, str, date, date, bool], Dot] = {}
    for entry, row in zip(entries, rows, strict=True):
        if entry.kind in IN_TABLE_ONLY:
            continue
        first, last = edtf.safe_bounds(entry.when)
        start, end = first or last, last or first
        if start is None or end is None:
            continue
        kind, is_open = series(entry.kind), None in (first, last)
        for lane in _lanes(entry, kind, labels):
            dot = Dot(lane, kind, start, end, row, is_open)
            found.setdefault((lane, kind, start, end, is_open), dot)
    most = {lane for lane, _ in Counter(dot.lane for dot in found.values()).most_common(MOST_LANES)}
    return [dot for dot in found.values() if dot.lane in most]


def _lanes(entry: TimelineEntry, kind: str, labels: Mapping[str, str]) -> list[str]:
    named = [labels[transfer] for transfer in entry.transfers if transfer in labels]
    return named or [RESPONSES if kind == "response" else EVENTS]


def _spec(dots: Sequence[Dot], lanes: Sequence[str], layout: Layout) -> dict[str, Any]:
    """The chart as a Vega-Lite specification, with the lanes in the order given."""
    import altair as alt

    reach = max(dot.last for dot in dots) - min(dot.first for dot in dots)
    marks, labels = _place(dots, lanes, max(1.0, reach.days * CLOSEST / layout.width), layout)
    y = alt.Y("y:O", axis=None, sort=[label["y"] for label in labels], scale=alt.Scale(paddingOuter=0.4))
    lines, names = _lane_layers(labels, y, layout)
    spans, points, hollow = _mark_layers(
        marks, y, layout, "%b %Y" if reach.days > MONTHS_FROM else "%-d %b %Y"
    )
    layers = alt.layer(lines, spans, points, hollow, names)
    specification: dict[str, Any] = _dressed(layers, _padding(labels, layout), layout).to_dict()
    return specification


def _mark_layers(
    marks: Sequence[Mapping[str, Any]], y: alt.Y, layout: Layout, days: str
) -> tuple[alt.Chart, alt.Chart, alt.Chart]:
    """Bars, signs of days, and hollow signs of days known at one end."""
    import altair as alt

    present = [name for name in SERIES if any(mark["series"] == name for mark in marks)]
    shapes, colours = ([SERIES[name][part] for name in present] for part in (0, 1))
    legend = alt.Legend(
        orient="top", columns=layout.columns, columnPadding=24, rowPadding=8, symbolSize=90, symbolOpacity=1
    )
    colour = alt.Color("series:N", title=None, scale=alt.Scale(domain=present, range=colours), legend=legend)
    shape = alt.Shape("series:N", title=None, scale=alt.Scale(domain=present, range=shapes))
    axis = alt.Axis(format=days, labelOverlap=True, tickCount=layout.ticks, orient="top")
    x = alt.X("middle:T", title=None, scale=alt.Scale(type="utc", nice=True), axis=axis)
    data = alt.Chart(alt.InlineData(values=list(marks))).encode(y=y, color=colour, href="row:N")
    spans = (
        data.mark_rule(strokeWidth=5, strokeCap="round", opacity=0.35)
        .encode(x=alt.X("first:T", title=None), x2="last:T")
        .transform_filter("datum.first != datum.last")
    )
    points, hollow = (
        data.mark_point(size=85, filled=filled, opacity=1, strokeWidth=2)
        .encode(x=x, shape=shape)
        .transform_filter(f"datum.open == {'false' if filled else 'true'}")
        for filled in (True, False)
    )
    return spans, points, hollow


def _lane_layers(
    labels: Sequence[Mapping[str, Any]], y: alt.Y, layout: Layout
) -> tuple[alt.Chart, alt.Chart]:
    """The line above each lane, and its name beside it, or in a row of its own."""
    import altair as alt

    starts = alt.Chart(alt.InlineData(values=[label for label in labels if label["lane"]])).encode(y=y)
    lines = starts.mark_rule(color="#d3d9de", yOffset=-ROW_HEIGHT / 2).encode(
        x=alt.value(0), x2=alt.value(layout.width)
    )
    names = starts.mark_text(
        align="left" if layout.is_above else "right",
        baseline="middle",
        limit=0,
        fontSize=12,
        color="#22303c",
    )
    return lines, names.encode(text="lane:N", x=alt.value(0 if layout.is_above else -12))


def _dressed(
    chart: alt.LayerChart | alt.FacetChart, padding: Mapping[str, int], layout: Layout
) -> alt.LayerChart | alt.FacetChart:
    """The chart with its size, type and the colours of its frame."""
    import altair as alt

    dressed: alt.LayerChart | alt.FacetChart = (
        chart.properties(width=layout.width, height=alt.Step(ROW_HEIGHT))
        .configure(font="sans-serif", aria=False, background="transparent", padding=dict(padding))
        .configure_view(stroke=None)
        .configure_axis(
            gridColor="#d3d9de",
            domainColor="#8996a3",
            tickColor="#8996a3",
            labelColor="#22303c",
            labelFontSize=12,
        )
        .configure_legend(labelColor="#22303c", labelFontSize=12)
    )
    return dressed


def _padding(labels: Sequence[Mapping[str, Any]], layout: Layout) -> dict[str, int]:
    """Room around the picture: the reader's font may be a sixth wider than the one Vega measures with
    (a character of 12 pixels type is about 7 wide)."""
    longest = max((len(label["lane"]) for label in labels), default=0)
    left = 6 if layout.is_above else 6 + longest * 7 // 6
    return {"left": left, "right": 30, "top": 4, "bottom": 4}


def _place(
    dots: Sequence[Dot], lanes: Sequence[str], gap: float, layout: Layout
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Marks and row labels: each lane gets as many rows as keep its marks ``gap`` days apart."""
    marks: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    for lane in dict.fromkeys(lanes):
        rows = _rows([dot for dot in dots if dot.lane == lane], gap)
        if layout.is_above and rows:
            labels.append({"y": len(labels), "lane": _short(lane)})
        for number, row in enumerate(rows):
            marks += [_mark(dot, len(labels)) for dot in row]
            labels.append({"y": len(labels), "lane": "" if number or layout.is_above else _short(lane)})
    return marks, labels


def _rows(dots: Sequence[Dot], gap: float) -> list[list[Dot]]:
    """``dots`` in as few rows as leave ``gap`` days between neighbours."""
    rows: list[list[Dot]] = []
    for dot in sorted(dots, key=lambda dot: (dot.first, dot.last)):
        free = next((row for row in rows if (dot.first - row[-1].last).days > gap), None)
        if free is None:
            rows.append([dot])
        else:
            free.append(dot)
    return rows


def _mark(dot: Dot, y: int) -> dict[str, Any]:
    middle = date.fromordinal((dot.first.toordinal() + dot.last.toordinal()) // 2)
    return {
        "y": y,
        "series": dot.series,
        "first": dot.first.isoformat(),
        "last": dot.last.isoformat(),
        "middle": middle.isoformat(),
        "row": f"#{dot.row}",
        "open": dot.is_open,
    }


def _short(label: str) -> str:
    """A lane's label, cut to length.  The drawing library measures labels as XML, and ends the whole
    program at a character that XML forbids."""
    label = printable(" ".join(label.split()))
    return label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1].rstrip() + "…"


def _svg(spec: dict[str, Any]) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(json.dumps(spec)))


def _embeddable(svg: str) -> Markup:
    """The picture as an element of the page: links inside the page instead of Vega's sample site, out
    of the tab order (the table has the same links), sized by the page."""
    svg = _BASE.sub('tabindex="-1" href="#', svg)
    width, height = _SIZE.match(svg).groups()  # type: ignore[union-attr]
    head = (
        f'<svg class="timeline-chart" viewBox="0 0 {width} {height}" role="img"'
        ' aria-labelledby="chart-title" aria-describedby="chart-note">'
    )
    return Markup(_SIZE.sub(lambda _: head, svg, count=1))
