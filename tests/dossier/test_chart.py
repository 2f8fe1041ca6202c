"""The timeline's picture."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tidewaiter.dossier import chart
from tidewaiter.dossier.chart import draw, series
from tidewaiter.model import ResponseKind, Stage, Stance, TimelineEntry

STYLE = Path(chart.__file__).parent / "templates" / "style.css"


def entry(when: str | None, kind: str = "asserts", *transfers: str) -> TimelineEntry:
    return TimelineEntry(when, kind, "words", transfers, ())


def test_every_kind_of_entry_has_a_series() -> None:
    for kind in (*Stance, *Stage, *ResponseKind, "missile_test"):
        assert series(kind) in chart.SERIES


@pytest.mark.parametrize("label", ["a\x00b", "\x01", "\uffff", "\ud800", "]]>", "\u202eabc", "", "W" * 500])
def test_no_label_stops_the_program(label: str) -> None:
    """Characters that XML forbids once ended the process inside the drawing library."""
    svg = draw(
        [entry("2031-05", "asserts", "t"), entry("2031-06-01", "denies", "t")], {"t": label}, ["a", "b"]
    )
    assert svg is not None
    assert 'href="#a"' in svg


def test_dates_that_cannot_be_placed_stay_out() -> None:
    unplaced = [entry(None), entry("XXXX-05-02"), entry("some day")]
    assert draw(unplaced, {}, ["a", "b", "c"]) is None
    assert draw([*unplaced, entry("2031")], {}, ["a", "b", "c", "d"]) is None


def test_a_day_known_at_one_end_is_a_hollow_sign_there() -> None:
    svg = draw([entry("[..2031-06-13]"), entry("2031-06-01")], {}, ["a", "b"])
    assert svg is not None
    assert 'fill="transparent"' in svg or 'fill="none"' in svg
    assert 'href="#a"' in svg


def test_many_lanes_keep_to_a_page() -> None:
    entries = [entry(f"2031-05-{day:02d}", "shipped", f"t{day}") for day in range(1, 32)]
    labels = {f"t{day}": f"lane number {day}" for day in range(1, 32)}
    svg = draw(entries, labels, [f"e{day}" for day in range(1, 32)])
    assert svg is not None
    assert svg.count("lane number") == chart.MOST_LANES


def test_on_a_phone_names_stand_above_the_signs_in_the_width_that_it_has() -> None:
    wide, narrow = (
        draw(
            [entry("2031-05-01", "shipped", "t1"), entry("2031-05-02", "shipped", "t1")],
            {"t1": "Peru to Chad: radars"},
            ["a", "b"],
            layout,
        )
        for layout in (chart.WIDE, chart.NARROW)
    )
    assert wide is not None
    assert narrow is not None
    widths = [float(re.search(r'viewBox="0 0 ([\d.]+)', one)[1]) for one in (wide, narrow)]  # type: ignore[index]
    assert widths[1] < 390 < widths[0]
    assert narrow.count("Peru to Chad: radars") == 1
    assert 'href="#b"' in narrow


def test_links_stay_inside_the_page() -> None:
    svg = draw([entry("2031-05-01"), entry("2031-05-02")], {}, ["a", "b"])
    assert svg is not None
    assert "http" not in svg.replace("http://www.w3.org/", "")


def test_the_style_knows_every_colour_of_the_picture() -> None:
    rules = STYLE.read_text(encoding="utf-8")
    for _, colour in chart.SERIES.values():
        assert f'[fill="{colour}"]' in rules
