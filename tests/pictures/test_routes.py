"""The map: whatever the places, what is drawn lies in it, and nothing is drawn of what has no place."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.knowledge import lookup
from tidewaiter.pictures.canvas import NARROW, WIDTH
from tidewaiter.pictures.frames import frame_of
from tidewaiter.pictures.routes import ROLES, Leg, Route, Spot, draw_route
from tidewaiter.pictures.shores import land_path
from tidewaiter.places.land import Land

from .looking import NAMESPACE, assert_golden, assert_sound, parsed, words

LAND = Land(lookup("land"))

POINTS = st.tuples(st.floats(-180, 180, allow_nan=False), st.floats(-90, 90, allow_nan=False))
SPOTS = st.builds(Spot, st.text(max_size=60), st.sampled_from([(one,) for one in ROLES]), st.none() | POINTS)


@st.composite
def routes(draw: st.DrawFn) -> Route:
    spots = draw(st.lists(SPOTS, min_size=1, max_size=12))
    number = st.integers(0, len(spots) - 1)
    leg = st.builds(Leg, st.sampled_from(["alleged", "declared"]), number, number)
    return Route(
        tuple(spots), tuple(draw(st.lists(leg, max_size=12))), draw(st.booleans()), draw(st.booleans())
    )


@settings(deadline=None, max_examples=60)
@given(routes(), st.sampled_from([WIDTH, NARROW]))
def test_any_places_give_a_sound_picture_or_none(route: Route, wide: float) -> None:
    svg = draw_route(route, LAND, "m", "A way", "told", wide)
    placed = {spot.point for spot in route.spots if spot.point is not None}
    assert (svg is None) == (len(placed) < 2)
    if svg is not None:
        assert_sound(svg)
        assert svg == draw_route(route, LAND, "m", "A way", "told", wide)


@given(st.lists(POINTS, min_size=1, max_size=6))
def test_every_point_lies_inside_the_frame(those: list[tuple[float, float]]) -> None:
    frame = frame_of(those)
    for x, y in map(frame.at, those):
        assert 0 < x < 640
        assert 0 < y < frame.height


def crossing() -> Route:
    spots = (
        Spot("North Korea", ("supplier",), (127.0, 40.0)),
        Spot("United States", ("recipient",), (-98.0, 39.5)),
        Spot("Vladivostok", ("via",), (131.9, 43.1)),
        Spot("Fiji", ("declared",), (178.0, -17.8)),
    )
    return Route(spots, (Leg("alleged", 0, 2), Leg("alleged", 2, 1), Leg("declared", 0, 3)), True, True)


def test_a_way_across_the_pacific_is_not_cut() -> None:
    frame = frame_of([(127.0, 40.0), (-98.0, 39.5)])
    assert frame.at((127.0, 40.0))[0] < frame.at((180.0, 0.0))[0] < frame.at((-98.0, 39.5))[0] < 640
    svg = draw_route(crossing(), LAND, "pacific", "North Korea to United States", "told")
    assert svg is not None
    assert_sound(svg)
    assert_golden("pacific.svg", svg)


def test_land_that_crosses_180_degrees_is_drawn_on_both_sides_of_it() -> None:
    frame = frame_of([(170.0, 66.0), (-160.0, 65.0)])  # Chukotka and Alaska
    assert land_path(LAND, frame).count("M") >= 2
    west, east = frame.at((175.0, 67.0)), frame.at((-176.0, 66.5))
    assert west[0] < east[0]


def test_ways_are_told_apart_by_more_than_colour() -> None:
    svg = draw_route(crossing(), LAND, "m", "t", "d")
    assert svg is not None
    lines = [one for one in parsed(svg).iter(f"{NAMESPACE}path") if "Q" in one.attrib["d"]]
    dashes = {(one.get("class"), one.get("stroke-dasharray")) for one in lines}
    assert dashes == {("s-asserts", None), ("s-doubts", "7 5")}
    assert {"as alleged", "as declared", "denied or doubted"} <= set(words(svg))
    quiet = draw_route(crossing()._replace(is_denied=False), LAND, "m", "t", "d")
    assert quiet is not None
    assert "denied or doubted" not in words(quiet)


def test_words_of_reports_are_text() -> None:
    spots = (
        Spot('<script>alert("x")</script>', ("supplier",), (0.0, 0.0)),
        Spot("\u202eabc\u2066 & שלום", ("recipient",), (10.0, 10.0)),
    )
    route = Route(spots, (Leg("alleged", 0, 1),), True, False)
    svg = draw_route(route, LAND, 'x"y', "<b>", "</desc>")
    assert svg is not None
    assert_sound(svg)
    assert "<script" not in svg
    assert "abc & שלום" in words(svg)
