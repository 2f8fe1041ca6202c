"""The pictures of a transfer: what they show is what their tables say."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from dossier.sample import ATLAS, CAPTURES, DOCUMENTS, READINGS, REGISTER, SHELLS
from tidewaiter.dossier.picturing import Picture, Pictures, pictures_of
from tidewaiter.dossier.views import TransferView, gather
from tidewaiter.model import RegisterRow, Route
from tidewaiter.pictures.routes import ROLES


def view(row: RegisterRow = SHELLS) -> TransferView:
    register = replace(REGISTER, rows=(row,))
    return gather(DOCUMENTS, READINGS, register, CAPTURES).transfers[0]


@pytest.fixture(scope="module")
def pictures() -> Pictures:
    return pictures_of(view(), ATLAS, lambda document: f"/documents/{document}")


def texts(picture: Picture) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row) for row in picture.rows]


def drawn(picture: Picture) -> list[str]:
    """The words in the picture, halos once."""
    assert picture.svg is not None
    found = re.findall(r"<text(?![^>]*aria-hidden)[^>]*>([^<]*)</text>", str(picture.svg))
    return [unescape(one) for one in found]


def _is_cut_of(shown: str, words: str) -> bool:
    """Whether words are drawn, whole or cut to their room."""
    return shown != "" and words.startswith(shown.removesuffix("…"))


def test_every_place_of_the_table_is_on_the_map_or_said_to_have_no_position(pictures: Pictures) -> None:
    picture = pictures.map
    assert picture is not None
    shown = drawn(picture)
    for name, part, position, ground in texts(picture):
        assert (name in shown) == (position != "not known")
        assert (f"No position is known for {name}" in picture.note) == (position == "not known")
        assert {words for role in part.split(", ") for words, *_ in ROLES.values() if words == role}
        assert ground
    names = {row[0] for row in texts(picture)}
    legend = {words for words, *_ in ROLES.values()} | {"as alleged", "as declared", "denied or doubted"}
    assert set(shown) <= names | legend
    assert all(row[0].citations for row in picture.rows)


def test_unknown_places_are_said() -> None:
    route = Route(via=("nowhere at all",), true=("MLT",))
    picture = pictures_of(view(replace(SHELLS, route=route)), ATLAS).map
    assert picture is not None
    assert "No position is known for Nowhere At All." in picture.note
    assert str(picture.svg).count("Q") == 1  # from supplier to destination all the same
    bare = pictures_of(view(replace(SHELLS, supplier=None, route=None)), ATLAS).map
    assert bare is not None
    assert bare.svg is None
    assert bare.note.startswith("No map: fewer than two of these places have a known position.")
    assert [row[0] for row in texts(bare)] == ["Malta"]


def test_what_is_between_several_places_is_not_told() -> None:
    route = Route(via=("novorossiysk", "salalah"), declared=("CPV",))
    picture = pictures_of(view(replace(SHELLS, route=route)), ATLAS).map
    assert picture is not None
    assert "In which order the places on the way come is not told." in picture.note
    assert str(picture.svg).count("Q") == 2  # as alleged and as declared; none through the two


def test_every_report_is_in_the_picture_once_and_leads_to_it(pictures: Pictures) -> None:
    picture = pictures.origins
    assert picture is not None
    documents = [row[0].document for row in picture.rows]
    assert sorted(re.findall(r'href="/documents/([^"]*)"', str(picture.svg))) == sorted(map(str, documents))
    for holder in SHELLS.origins.found:
        assert any(_is_cut_of(one, holder.holder) for one in drawn(picture))
    assert [row[3] for row in texts(picture)].count("its own") < len(picture.rows)


def test_amounts_are_those_of_the_table(pictures: Pictures) -> None:
    picture = pictures.amounts
    assert picture is not None
    shown = drawn(picture)
    for day, who, stance, words in texts(picture):
        assert any(one.endswith(day) for one in shown)
        assert any(one.startswith(who) for one in shown)
        assert stance
        assert any(_is_cut_of(one, words) for one in shown)
    assert all(row[3].citations for row in picture.rows)


def test_nothing_is_drawn_of_too_little() -> None:
    found = pictures_of(view(replace(SHELLS, positions=(), reported=SHELLS.reported[:1])), None)
    assert found == Pictures(None, None, None)
    assert found.shown() == ()
