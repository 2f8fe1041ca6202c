"""The way of a transfer: its places, and what joins them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from tidewaiter.dossier.counting import joined, listed
from tidewaiter.dossier.picturing.values import Cell, Picture, markup
from tidewaiter.dossier.views import TransferView
from tidewaiter.pictures.canvas import NARROW
from tidewaiter.pictures.routes import ROLES, Leg, Route, Spot, draw_route
from tidewaiter.places import Atlas
from tidewaiter.places.gazetteer import PRECISION, Located
from tidewaiter.places.ways import located, parts_of
from tidewaiter.wording import capital

NAMED = 4
"""Actors named below a map; the transfer has all."""


CREDIT = "Positions: GeoNames (CC BY 4.0), searoute, countryinfo; land: Natural Earth."
"""Whose the data are; the licence of the first wants it said."""


class _Place(NamedTuple):
    name: str
    located: Located
    roles: tuple[str, ...]
    cells: tuple[str, ...]  # of the register, whose words it rests on


def map_of(transfer: TransferView, atlas: Atlas, *, small: bool = False) -> Picture | None:
    """The map; None where no place is told.  ``small``: also as a phone shows it."""
    found: dict[str, _Place] = {}
    for role, reported, cell in parts_of(transfer.row):
        place = found.get(reported) or _Place(*located(reported, atlas.gazetteer), (), ())
        cells = tuple(dict.fromkeys((*place.cells, cell)))
        found[reported] = place._replace(roles=tuple(dict.fromkeys((*place.roles, role))), cells=cells)
    if not found:
        return None
    name = f"{transfer.id}-map"
    title = f"{transfer.supplier} to {transfer.recipient} on a map"
    known = {reported for reported, place in found.items() if place.located.point is not None}
    legs, is_ordered = _legs(transfer, list(found), known)
    told, against = _sides(transfer)
    spots = tuple(Spot(one.name, one.roles, _point(one.located)) for one in found.values())
    route = Route(spots, legs, bool(told), bool(against))
    note = _note(tuple(found.values()), told, against, is_ordered=is_ordered)
    svg = draw_route(route, atlas.land, name, title, note)
    other = draw_route(route, atlas.land, f"{name}-small", title, note, NARROW) if small else None
    if svg is None:
        note = f"No map: fewer than two of these places have a known position. {_lacking(found.values())}"
    rows = tuple(_place_row(transfer, one) for one in found.values())
    head = ("Place", "Part", "Position", "On what ground")
    return Picture(
        "map",
        name,
        "Map",
        "The way, on a map",
        note.strip(),
        markup(svg),
        head,
        (1.4, 1.7, 1.3, 3.4),
        rows,
        CREDIT,
        markup(other),
    )


def _point(place: Located) -> tuple[float, float] | None:
    point = place.point
    return None if point is None else (point[0], point[1])


def _legs(
    transfer: TransferView, names: Sequence[str], known: Collection[str]
) -> tuple[tuple[Leg, ...], bool]:
    """The lines, and whether they go by way of all places told: of several in between no order is told.  One
    whose position is not ``known`` parts no line."""
    row, route = transfer.row, transfer.row.route
    if row.supplier is None:
        return (), True
    start = names.index(row.supplier)
    via = () if route is None else tuple(names.index(one) for one in dict.fromkeys(route.via))
    via = tuple(one for one in via if one != start)
    on_map = tuple(one for one in via if names[one] in known)
    true = () if route is None else route.true
    ends = [names.index(one) for one in true] or ([names.index(row.recipient)] if row.recipient else [])
    legs = []
    if len(via) == len(on_map) == 1:
        legs = [Leg("alleged", start, via[0]), *(Leg("alleged", via[0], end) for end in ends)]
    else:
        legs = [Leg("alleged", start, end) for end in ends]
    declared = () if route is None else route.declared
    legs += [Leg("declared", start, names.index(one)) for one in declared]
    return tuple(dict.fromkeys(one for one in legs if one.start != one.end)), len(via) < 2


def _sides(transfer: TransferView) -> tuple[list[str], list[str]]:
    """Who says that it happened, and who denies or doubts it."""
    told = [one.label for key in ("for", "both") for one in transfer.side(key)]
    return told, [one.label for key in ("against", "both") for one in transfer.side(key)]


def _note(places: Sequence[_Place], told: Sequence[str], against: Sequence[str], *, is_ordered: bool) -> str:
    parts = ["Lines join places that reports tell of; they are no tracks."]
    if told:
        parts.append(f"Alleged by {listed(told, NAMED)}.")
    if against:
        parts.append(f"Denied or doubted by {listed(against, NAMED)}.")
    if not is_ordered:
        parts.append("In which order the places on the way come is not told.")
    parts.append(_lacking(places))
    return " ".join(part for part in parts if part)


def _lacking(places: Iterable[_Place]) -> str:
    without = [one.name for one in places if one.located.point is None]
    return f"No position is known for {joined(without)}." if without else ""


def _place_row(transfer: TransferView, place: _Place) -> tuple[Cell, ...]:
    point = place.located.point
    cited = tuple(
        citation
        for key in place.cells
        if key in transfer.row.cells
        for citation in transfer.row.cells[key].citations
    )
    where = (
        "not known" if point is None else f"{_degrees(point[1], 'N', 'S')}, {_degrees(point[0], 'E', 'W')}"
    )
    precision = PRECISION.get(place.located.kind or "", "")
    ground = f"{precision}; {place.located.why}" if point is not None and precision else place.located.why
    return (
        Cell(place.name, cited),
        Cell(", ".join(ROLES[role][0] for role in place.roles)),
        Cell(where),
        Cell(capital(ground)),
    )


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):.1f}° {positive if value >= 0 else negative}"
