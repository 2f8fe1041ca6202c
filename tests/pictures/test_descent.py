"""How a text went from report to report."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.pictures.descent import MOST, Bearer, draw_descent
from tidewaiter.pictures.histogram import draw_strip

from .looking import assert_sound, parsed, words

BEARERS = st.builds(
    Bearer,
    st.text(max_size=9),
    st.text(max_size=60),
    st.none() | st.dates(date(2019, 1, 1), date(2024, 12, 31)),
    st.text(max_size=30),
    st.none() | st.integers(0, MOST + 5),
    st.booleans(),
)


@settings(deadline=None)
@given(st.lists(BEARERS, max_size=MOST + 6))
def test_any_family_gives_a_sound_picture_or_none(reports: list[Bearer]) -> None:
    kept = [one if (one.source or 0) < len(reports) else one._replace(source=None) for one in reports]
    svg = draw_descent(kept, "d", "Family", "told", lambda _: "/documents/d1")
    assert (svg is None) == (not reports)
    if svg is not None:
        assert_sound(svg)
        assert ("more in the table" in svg) == (len(reports) > MOST)


def test_a_report_of_the_same_day_stands_behind_the_one_that_it_has_its_text_from() -> None:
    day = date(2024, 2, 16)
    reports = [
        Bearer("d1", "Wire", day, "16 February 2024", None, is_sure=False),
        Bearer("d2", "Portal", day, "16 February 2024", 0, is_sure=True),
        Bearer("d3", "Blog", None, "day not known", 0, is_sure=False),
    ]
    svg = draw_descent(reports, "d", "Family", "told", None) or ""
    assert words(svg) == [
        "16 Feb 2024",
        "day not known",
        *("Wire", "Portal", "Blog"),
        *("no earlier one is known", "has or shares the text of another"),
        *("has its text from", "shares its text, who was first not known"),
    ]
    lines = [one.get("d", "") for one in parsed(svg).iter() if one.get("stroke-width") == "1.3"]
    assert lines[0] == "M24 40V60H36"  # a step behind, though of one day


def test_a_strip_has_a_bar_for_each_run_of_days() -> None:
    strip = draw_strip([(0, 500, 20), (500, 250.04, 1)])
    assert 'd="M0 20v-20h500v20ZM500 20v-1h250v1Z"' in strip
