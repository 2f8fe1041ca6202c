"""Places and ways: only what the table of coordinates tells beyond doubt has a point."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dossier.sample import DOCUMENTS, REGISTER, SHELLS
from tidewaiter.errors import KnowledgeError
from tidewaiter.exports.geojson import features, geojson_text
from tidewaiter.knowledge import load, lookup
from tidewaiter.model import Route
from tidewaiter.places.gazetteer import Gazetteer

from .golden import assert_golden

BY_ID = {one.id: one for one in DOCUMENTS}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(lookup("coordinates"), load())


def found(gazetteer: Gazetteer, **changes: Any) -> dict[str, Any]:
    """The features of one row with these fields, by id."""
    register = replace(REGISTER, rows=(replace(SHELLS, **changes),))
    return {one["id"]: one for one in features(register, BY_ID, gazetteer)}


def test_the_sample_is_the_golden_one_and_is_geojson(gazetteer: Gazetteer) -> None:
    collection = json.loads("".join(geojson_text(REGISTER, BY_ID, gazetteer)))
    assert_golden("geojson.json", collection)
    assert collection["type"] == "FeatureCollection"
    assert "GeoNames" in collection["attribution"]
    assert "CC BY" in collection["attribution"]
    for one in collection["features"]:
        assert set(one) == {"type", "id", "geometry", "properties"}
        assert (one["geometry"] is None) == bool(one["properties"]["why_no_geometry"])
        for longitude, latitude in points_of(one["geometry"]):
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90


def points_of(geometry: Any) -> list[list[float]]:
    if geometry is None:
        return []
    coordinates = geometry["coordinates"]
    depth = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2}[geometry["type"]]
    if depth == 0:
        return [coordinates]
    return coordinates if depth == 1 else [point for line in coordinates for point in line]


@pytest.mark.parametrize(
    ("name", "kind", "state"),
    [
        ("novorossiysk", "town", "RUS"),
        ("namp'o", "town", "PRK"),  # GeoNames writes Namp’o
        ("nampo", "town", "PRK"),
        ("iskenderun", "town", "TUR"),  # İskenderun
        ("misrata", "town", "LBY"),  # Misratah, by another spelling
        ("derna", "port", "LBY"),  # and Darnah, the town, beside it
        ("tripoli", "town", "LBY"),  # three have the name: the capital, as wherever it is read
    ],
)
def test_a_name_that_one_place_has(gazetteer: Gazetteer, name: str, kind: str, state: str) -> None:
    place = gazetteer.place(name)
    assert (place.kind, place.state) == (kind, state)
    assert place.point is not None
    assert place.why


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("alexandria", "places have that name"),
        ("cordoba", "places have that name"),  # Córdoba twice, and one without the accent
        ("homs", "places have that name"),  # also a spelling of Al Khums
        ("odessa", "(in UKR, USA)"),
        ("panama", "places have that name"),  # a port elsewhere, and a spelling of Panama City
        ("middle east", "as a region"),
        ("no such harbour", "no place of that name"),
        ("southwestern russia", "no place of that name"),
        ("", "no place of that name"),
    ],
)
def test_a_name_that_tells_no_place_has_no_point(gazetteer: Gazetteer, name: str, why: str) -> None:
    place = gazetteer.place(name)
    assert place.point is None
    assert why in place.why


def test_a_state_is_told_from_a_town_and_from_a_group(gazetteer: Gazetteer) -> None:
    route = Route(via=("novorossiysk",), true=("ISL",))
    of = found(gazetteer, supplier="RSF", recipient="ISL", route=route)
    assert of["place:ISL"]["properties"]["precision"].startswith("state: one point inside it")
    assert of["place:novorossiysk"]["properties"]["precision"].startswith("town")
    assert of["place:RSF"]["geometry"] is None
    assert "group" in of["place:RSF"]["properties"]["why_no_geometry"]
    assert of[SHELLS.id]["geometry"] is None
    assert "RSF" in of[SHELLS.id]["properties"]["why_no_geometry"]
    assert of[f"{SHELLS.id}:route"]["properties"]["without_coordinates"] == ["RSF"]


def test_a_party_that_is_not_told_gives_no_line(gazetteer: Gazetteer) -> None:
    of = found(gazetteer, supplier=None, route=None)
    assert of[SHELLS.id]["properties"]["why_no_geometry"] == "a party is not told"


def test_several_places_on_the_way_are_points_because_their_order_is_not_told(gazetteer: Gazetteer) -> None:
    one = found(gazetteer, route=Route(via=("novorossiysk",)))[f"{SHELLS.id}:route"]
    two = found(gazetteer, route=Route(via=("novorossiysk", "salalah")))[f"{SHELLS.id}:route"]
    assert one["geometry"]["type"] == "LineString"
    assert two["geometry"]["type"] == "MultiPoint"
    assert "order" in two["properties"]["geometry_is"]


def test_the_declared_way_is_apart_from_the_one_told(gazetteer: Gazetteer) -> None:
    of = found(gazetteer, route=Route(declared=("novorossiysk",), true=("MLT",)))
    assert of[f"{SHELLS.id}:declared_route"]["properties"]["through"] == ["ISL", "novorossiysk"]
    assert of[f"{SHELLS.id}:route"]["properties"]["through"] == ["ISL", "MLT"]


def test_a_line_over_the_antimeridian_is_cut(gazetteer: Gazetteer) -> None:
    line = found(gazetteer, supplier="NZL", recipient="CHL", route=None)[SHELLS.id]["geometry"]
    assert line["type"] == "MultiLineString"
    (west, east) = line["coordinates"]
    assert west[-1][0] == 180
    assert east[0] == [-180, west[-1][1]]


def test_every_part_of_a_place_has_the_words_that_it_rests_on(gazetteer: Gazetteer) -> None:
    for one in features(REGISTER, BY_ID, gazetteer):
        if one["properties"]["feature"] == "place":
            for role in one["properties"]["roles"]:
                assert role["citations"], one["id"]


def test_a_case_may_name_places_of_its_own(tmp_path: Path) -> None:
    own = "text,kind,code,latitude,longitude,also,source\nPort Sudan,port,SDN,19.6,37.2,,our own choice\n"
    (tmp_path / "coordinates.csv").write_text(own, encoding="utf-8")
    load.cache_clear()
    place = Gazetteer(lookup("coordinates", tmp_path), load(tmp_path)).place("port sudan")
    assert (place.state, place.kind, place.source) == ("SDN", "port", "our own choice")


def test_a_table_of_a_case_with_other_columns_or_no_numbers_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "coordinates.csv"
    path.write_text("text,source\nX,me\n", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        lookup("coordinates", tmp_path)
    lookup.cache_clear()
    path.write_text(
        "text,kind,code,latitude,longitude,also,source\nX,town,EGY,north,1,,me\n", encoding="utf-8"
    )
    with pytest.raises(KnowledgeError, match="north"):
        Gazetteer(lookup("coordinates", tmp_path), load())
