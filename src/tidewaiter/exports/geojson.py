"""Places and ways of the transfers as GeoJSON (RFC 7946).

Nothing is guessed: a place whose point is not known beyond doubt is a feature without geometry that says why,
and a line between places says that it is no track.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tidewaiter.codec import Json, encode
from tidewaiter.exports.telling import party, transfer_words
from tidewaiter.model import AsOf, Citation, Document, Register, RegisterRow, Route
from tidewaiter.places.gazetteer import ATTRIBUTION, PRECISION, Gazetteer, Located
from tidewaiter.places.ways import located, parts_of
from tidewaiter.wording import as_of_words, origins_words

Point = list[float]
Tick = Callable[[], None]

NOTE = (
    "Everything here is what reports tell, not what happened. A line joins places that are told of; it is no "
    "track. A feature without geometry says why in why_no_geometry."
)

DIRECT = "a straight line between a point of the supplier and one of the recipient"
STRAIGHT = "straight lines from supplier to destination by way of what is told; no track"
UNORDERED = "points of the places told; in which order they come is not told"

HALF_TURN, FULL_TURN = 180.0, 360.0


@dataclass(slots=True)
class _Place:
    """A place with the parts that it has in transfers."""

    reported: str  # a code, or the words of the report
    name: str
    located: Located
    roles: list[Json] = field(default_factory=list)


def geojson_text(
    register: Register, documents: Mapping[str, Document], gazetteer: Gazetteer, tick: Tick = lambda: None
) -> Iterator[str]:
    """The pieces of one feature collection: the places first, then each transfer with its ways.

    ``documents`` by id; ``tick``: called for every transfer that is done.
    """
    head = {
        "type": "FeatureCollection",
        "attribution": ATTRIBUTION,
        "note": NOTE,
        "as_of": None if register.as_of is None else _as_of(register.as_of),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "features": ['
    between = "\n"
    for feature in features(register, documents, gazetteer, tick):
        yield between + json.dumps(feature, ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def _as_of(as_of: AsOf) -> Json:
    return {**encode(as_of), "text": as_of_words(as_of)}


def features(
    register: Register, documents: Mapping[str, Document], gazetteer: Gazetteer, tick: Tick = lambda: None
) -> Iterator[dict[str, Json]]:
    """Every feature, in a fixed order."""
    places: dict[str, _Place] = {}
    for row in register.rows:
        for role, reported, cell in parts_of(row):
            if reported not in places:
                places[reported] = _Place(reported, *located(reported, gazetteer))
            place = places[reported]
            cited = [] if cell not in row.cells else _cited(row.cells[cell].citations, documents)
            place.roles.append({"transfer": row.id, "role": role, "citations": cited})
    for reported in sorted(places):
        yield _place_feature(places[reported])
    for row in register.rows:
        yield _transfer_feature(row, places, documents)
        yield from _route_features(row, places, documents)
        tick()


# ------------------------------------------------------------------------------------ features


def _place_feature(place: _Place) -> dict[str, Json]:
    located, point = place.located, place.located.point
    return _feature(
        f"place:{place.reported}",
        None if point is None else {"type": "Point", "coordinates": point},
        {
            "feature": "place",
            "name": place.name,
            "reported": place.reported,
            "kind": located.kind,
            "state": located.state,
            "precision": PRECISION.get(located.kind or "") if point else None,
            "coordinates_from": located.source,
            "coordinates_why": located.why if point else None,
            "why_no_geometry": None if point else located.why,
            "roles": place.roles,
        },
    )


def _transfer_feature(
    row: RegisterRow, places: Mapping[str, _Place], documents: Mapping[str, Document]
) -> dict[str, Json]:
    """A line from supplier to recipient."""
    ends = [one for one in (row.supplier, row.recipient) if one is not None]
    geometry, without = _line(ends if len(ends) == 2 else (), places)
    told = "a party is not told" if len(ends) < 2 else _no_line(without)
    cited = [
        one for name in ("supplier", "recipient") if name in row.cells for one in row.cells[name].citations
    ]
    return _feature(
        row.id,
        geometry,
        {
            "feature": "transfer",
            **_summary(row),
            "geometry_is": DIRECT if geometry else None,
            "why_no_geometry": None if geometry else told,
            "citations": _cited(cited, documents),
        },
    )


def _route_features(
    row: RegisterRow, places: Mapping[str, _Place], documents: Mapping[str, Document]
) -> Iterator[dict[str, Json]]:
    """The way as told, and the one that the goods were made to look as going."""
    route = row.route
    if route is None:
        return
    start = () if row.supplier is None else (row.supplier,)
    ends = route.true or (() if row.recipient is None else (row.recipient,))
    if route.via or route.true:
        yield _route_feature(row, route, "route", (start, route.via, ends), places, documents)
    if route.declared:
        yield _route_feature(row, route, "declared_route", (start, route.declared), places, documents)


def _route_feature(
    row: RegisterRow,
    route: Route,
    kind: str,
    steps: Sequence[Sequence[str]],
    places: Mapping[str, _Place],
    documents: Mapping[str, Document],
) -> dict[str, Json]:
    """A line where it is told what comes after what: a step with several places tells no order among them,
    and then only points are shown."""
    names = [name for step in steps for name in step]
    geometry, without = _line(names, places)
    is_ordered = all(len(step) <= 1 for step in steps)
    if geometry is not None and not is_ordered:
        points = (places[name].located.point for name in dict.fromkeys(names))
        geometry = {"type": "MultiPoint", "coordinates": [point for point in points if point is not None]}
    cited = row.cells["route"].citations if "route" in row.cells else ()
    return _feature(
        f"{row.id}:{kind}",
        geometry,
        {
            "feature": kind,
            **_summary(row),
            "mode": route.mode,
            "vessel": route.vessel,
            "through": names,
            "through_names": [places[name].name for name in names],
            "without_coordinates": without,
            "geometry_is": None if geometry is None else STRAIGHT if is_ordered else UNORDERED,
            "why_no_geometry": None if geometry else _no_line(without),
            "citations": _cited(cited, documents),
        },
    )


def _summary(row: RegisterRow) -> dict[str, Json]:
    return {
        "transfer": row.id,
        "title": transfer_words(row),
        "supplier": row.supplier,
        "supplier_name": party(row.supplier),
        "recipient": row.recipient,
        "recipient_name": party(row.recipient),
        "category": row.category.value,
        "stage": row.stage.value,
        "outcome": encode(row.outcome),
        "when": row.when,
        "positions": [f"{one.label}: {one.summary}" for one in row.positions],
        "independent_origins": origins_words(row.origins),
    }


def _feature(name: str, geometry: Json, properties: Json) -> dict[str, Json]:
    return {"type": "Feature", "id": name, "geometry": geometry, "properties": properties}


def _cited(citations: Iterable[Citation], documents: Mapping[str, Document]) -> list[Json]:
    return [
        {
            "document": documents[one.document].source,
            "document_id": one.document,
            "spans": encode(one.spans),
            "quote": one.quote,
        }
        for one in citations
    ]


# ------------------------------------------------------------------------------------ lines


def _no_line(without: Sequence[str]) -> str:
    if without:
        return f"no point is known for {', '.join(without)}, so that fewer than two are left"
    return "fewer than two different places are told"


def _line(names: Sequence[str], places: Mapping[str, _Place]) -> tuple[Json, list[str]]:
    """A line through the places whose point is known, and those without one."""
    without = [name for name in names if places[name].located.point is None]
    points: list[Point] = []
    for name in names:
        point = places[name].located.point
        if point is not None and (not points or points[-1] != point):
            points.append(point)
    if len(points) < 2:
        return None, without
    pieces = list(_cut(points))
    if len(pieces) == 1:
        return {"type": "LineString", "coordinates": pieces[0]}, without
    return {"type": "MultiLineString", "coordinates": pieces}, without


def _cut(points: Sequence[Point]) -> Iterator[list[Point]]:
    """The line in pieces that do not cross the antimeridian (RFC 7946, 3.1.9)."""
    piece = [points[0]]
    for (west, south), (east, north) in pairwise(points):
        if abs(east - west) > HALF_TURN:
            side = HALF_TURN if west > 0 else -HALF_TURN
            beyond = east + (FULL_TURN if west > 0 else -FULL_TURN)
            share = (side - west) / (beyond - west)
            latitude = round(south + share * (north - south), 4)
            yield [*piece, [side, latitude]]
            piece = [[-side, latitude]]
        piece.append([east, north])
    yield piece
