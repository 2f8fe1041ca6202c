"""Colours and lettering of pictures."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tidewaiter import dossier
from tidewaiter.pictures.canvas import INKS, number
from tidewaiter.pictures.lettering import short, width

STYLE = (Path(dossier.__file__).parent / "templates" / "style.css").read_text(encoding="utf-8")


def test_a_page_gives_every_ink_a_colour_of_its_own() -> None:
    for ink in INKS:
        assert f".f-{ink} {{ fill: var(--" in STYLE
        assert f".s-{ink} {{ stroke: var(--" in STYLE


@given(st.text(max_size=200), st.floats(0, 300))
def test_words_are_cut_to_their_room(text: str, room: float) -> None:
    cut = short(text, room, 12)
    assert "\n" not in cut
    assert width(cut, 12) <= room or cut == "…"


def test_numbers_of_a_picture() -> None:
    assert [number(one) for one in (1.0, -0.04, 2.25, -3.55)] == ["1", "0", "2.2", "-3.5"]
