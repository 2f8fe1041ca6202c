"""Figures in order of time."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.model import Stage, Stance
from tidewaiter.pictures.amounts import MOST, Amount, draw_amounts, drawn_of
from tidewaiter.pictures.canvas import NARROW, WIDTH
from tidewaiter.pictures.scales import amount_words, amounts

from .looking import assert_golden, assert_sound, words

ENDS = st.none() | st.integers(0, 10**6) | st.integers(-5, 10**40)
AMOUNTS = st.builds(
    Amount,
    st.text(max_size=30),
    st.text(max_size=60),
    st.sampled_from(Stance),
    st.none() | st.sampled_from(Stage),
    ENDS,
    ENDS,
    st.sampled_from(["shells", "USD", "", "م"]),
    st.text(max_size=60),
    st.integers(1, 9),
    st.booleans(),
).filter(lambda one: one.low is not None or one.high is not None)


@settings(deadline=None)
@given(st.lists(AMOUNTS, max_size=40), st.sampled_from([WIDTH, NARROW]))
def test_any_figures_give_a_sound_picture_or_none(figures: list[Amount], wide: float) -> None:
    svg = draw_amounts(figures, "a", "Figures", "told", wide)
    assert (svg is None) == (len(figures) < 2)
    if svg is not None:
        assert_sound(svg)
        assert svg == draw_amounts(figures, "a", "Figures", "told", wide)
        assert len(drawn_of(figures)) == min(len(figures), MOST)


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=8))
def test_a_larger_amount_never_lies_before_a_smaller(values: list[int]) -> None:
    scale = amounts(values, 0, 100)
    placed = [scale.at(one) for one in sorted(values)]
    assert placed == sorted(placed)
    assert 0 <= placed[0] <= placed[-1] <= 100
    assert all(0 <= tick.at <= 100 for tick in scale.ticks())
    assert 1 <= len(scale.ticks()) <= 6


def test_amounts_far_apart_have_steps_of_ten() -> None:
    assert not amounts([10, 500], 0, 100).is_log
    assert amounts([10, 1000], 0, 100).is_log
    assert [tick.label for tick in amounts([10, 1000], 0, 100).ticks()] == ["10", "100", "1,000"]


def test_large_amounts_in_words() -> None:
    assert [amount_words(one) for one in (1500, 2_500_000, 3 * 10**9)] == [
        "1,500",
        "2.5 million",
        "3 billion",
    ]


def figure(day: str, who: str, low: int | None, high: int | None, **more: object) -> Amount:
    stance, stage = more.get("stance", Stance.ASSERTS), more.get("stage", Stage.SHIPPED)
    return Amount(
        day, who, stance, stage, low, high, str(more.get("unit", "shells")), str(more.get("told", ""))
    )  # type: ignore[arg-type]


SEVERAL = (
    figure("12 May 2031", "New Zealand", 1000, None, told="“several thousand”"),
    figure("14 May 2031", "Iceland", None, 50, stance=Stance.DENIES, stage=Stage.AGREED, told="“up to 50”"),
    figure("19 May 2031", "Chile", 2000, 2400, stage=Stage.DELIVERED, told="between 2,000 and 2,400"),
    figure("20 May 2031", "Chile", 3, 3, stage=None, unit="ships", told="3"),
    figure("21 May 2031", "Malta", 2, 4, stage=Stage.PLANNED, unit="ships", told="between 2 and 4"),
)


def test_ranges_stages_and_open_ends_are_told_apart() -> None:
    svg = draw_amounts(SEVERAL, "several", "Figures for shells", "told")
    assert svg is not None
    assert_sound(svg)
    found = words(svg)
    assert [one for one in found if one in ("shells", "ships")] == ["shells", "ships"]
    assert {"shipped, delivered or used", "sought, planned or agreed", "stage not told"} <= set(found)
    assert {"admitted in a denial", "open to that end"} <= set(found)
    assert_golden("amounts.svg", svg)


def test_one_figure_is_no_picture() -> None:
    assert draw_amounts(SEVERAL[:1], "a", "t", "d") is None
