"""How far each side goes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.pictures.canvas import NARROW, WIDTH
from tidewaiter.pictures.ladder import MOST, Side, draw_ladder

from .looking import assert_sound, words

STAGES = ("sought", "planned", "agreed", "shipped", "delivered", "used")
SIDES = st.builds(
    Side, st.text(max_size=60), st.text(max_size=60), st.integers(0, len(STAGES)), st.booleans()
)


@settings(deadline=None)
@given(st.lists(SIDES, max_size=MOST + 6), st.sampled_from([WIDTH, NARROW]))
def test_any_sides_give_a_sound_picture_or_none(sides: list[Side], wide: float) -> None:
    svg = draw_ladder(sides, STAGES, "l", "Sides", "told", wide)
    assert (svg is None) == (not sides)
    if svg is not None:
        assert_sound(svg)
        assert ("more in the table" in svg) == (len(sides) > MOST)


def test_who_commits_to_nothing_is_said_to() -> None:
    sides = [
        Side("Chad", "asserts", 5, is_denial=False),
        Side("Mali", "denies", 0, is_denial=True),
        Side("Peru", "declines to comment", 0, is_denial=True),
    ]
    drawn = words(draw_ladder(sides, STAGES, "l", "Sides", "told") or "")
    assert drawn == [
        *STAGES,
        "Chad",
        "Mali",
        "denies",
        "Peru",
        "declines to comment",
        "says that it went so far",
    ]
