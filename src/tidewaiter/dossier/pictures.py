"""The pictures of a transfer, each with its values as a table: what the dossier and the app show alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from tidewaiter import edtf
from tidewaiter.dossier.counting import capital, figure, joined, listed, plural
from tidewaiter.dossier.views import TransferView
from tidewaiter.model import Citation, Copy, Origin, Position, PositionClaim, Stage, Stance
from tidewaiter.pictures.amounts import Amount, draw_amounts
from tidewaiter.pictures.canvas import Href
from tidewaiter.pictures.lanes import Derived, Holder, Report, families
from tidewaiter.pictures.origins import RELATIONS, Graph, draw_origins
from tidewaiter.pictures.routes import ROLES, Leg, Route, Spot, draw_route
from tidewaiter.places import Atlas
from tidewaiter.places.gazetteer import PRECISION, Located
from tidewaiter.places.ways import located, parts_of
from tidewaiter.wording import (
    ORIGIN_WORDS,
    STANCE_WORDS,
    STANDING_WORDS,
    figure_words,
    has_figure,
    spoken,
)

FEWEST_REPORTS = 2
"""Reports of which a picture of origins tells more than the list does."""

NAMED = 4
"""Actors named below a map; the transfer has all."""


class Cell(NamedTuple):
    """One cell of a picture's table."""

    text: str
    citations: tuple[Citation, ...] = ()
    document: str | None = None  # id of the report that it names


class Picture(NamedTuple):
    """A picture with what it says in words, and as a table."""

    key: str  # map, origin-graph, amounts
    id: str  # begins the ids in it
    short: str  # a word or two, for a list of contents
    title: str
    note: str
    svg: Markup | None  # None: too little to draw; the note says what is lacking
    head: tuple[str, ...]
    widths: tuple[float, ...]  # of the columns, as shares
    rows: tuple[tuple[Cell, ...], ...]


class Pictures(NamedTuple):
    """Those of a transfer, as far as there is something to show."""

    map: Picture | None
    amounts: Picture | None
    origins: Picture | None

    def shown(self) -> tuple[Picture, ...]:
        return tuple(one for one in self if one is not None)


def pictures_of(transfer: TransferView, atlas: Atlas | None, href: Href | None = None) -> Pictures:
    """The pictures of a transfer.

    ``atlas``: None: without a map; ``href``: where a report's sign leads; None: nowhere.
    """
    return Pictures(
        None if atlas is None else _map(transfer, atlas), _amounts(transfer), _origins(transfer, href)
    )


def _markup(svg: str | None) -> Markup | None:
    return None if svg is None else Markup(svg)  # the text in it is escaped by the canvas


# ------------------------------------------------------------------------------------ the map


class _Place(NamedTuple):
    name: str
    located: Located
    roles: tuple[str, ...]
    cells: tuple[str, ...]  # of the register, whose words it rests on


def _map(transfer: TransferView, atlas: Atlas) -> Picture | None:
    found: dict[str, _Place] = {}
    for role, reported, cell in parts_of(transfer.row):
        place = found.get(reported) or _Place(*located(reported, atlas.gazetteer), (), ())
        cells = tuple(dict.fromkeys((*place.cells, cell)))
        found[reported] = place._replace(roles=tuple(dict.fromkeys((*place.roles, role))), cells=cells)
    if not found:
        return None
    name = f"{transfer.id}-map"
    title = f"{transfer.supplier} to {transfer.recipient} on a map"
    legs, is_ordered = _legs(transfer, list(found))
    told, against = _sides(transfer)
    spots = tuple(Spot(one.name, one.roles, _point(one.located)) for one in found.values())
    route = Route(spots, legs, bool(told), bool(against))
    note = _map_note(tuple(found.values()), told, against, is_ordered=is_ordered)
    svg = draw_route(route, atlas.land, name, title, note)
    if svg is None:
        note = f"No map: fewer than two of these places have a known position. {_lacking(found.values())}"
    rows = tuple(_place_row(transfer, one) for one in found.values())
    head = ("Place", "Part", "Position", "On what ground")
    return Picture("map", name, "Map", "The way, on a map", note.strip(), _markup(svg), head, (1.6, 1.8, 1.8, 2.4), rows)


def _point(place: Located) -> tuple[float, float] | None:
    point = place.point
    return None if point is None else (point[0], point[1])


def _legs(transfer: TransferView, names: Sequence[str]) -> tuple[tuple[Leg, ...], bool]:
    """The lines, and whether they go by way of all places told: of several in between no order is told."""
    row, route = transfer.row, transfer.row.route
    if row.supplier is None:
        return (), True
    start = names.index(row.supplier)
    via = () if route is None else tuple(names.index(one) for one in dict.fromkeys(route.via))
    via = tuple(one for one in via if one != start)
    true = () if route is None else route.true
    ends = [names.index(one) for one in true] or ([names.index(row.recipient)] if row.recipient else [])
    legs = []
    if len(via) == 1:
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


def _map_note(places: Sequence[_Place], told: Sequence[str], against: Sequence[str], *, is_ordered: bool) -> str:
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
    where = "not known" if point is None else f"{_degrees(point[1], 'N', 'S')}, {_degrees(point[0], 'E', 'W')}"
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


# ------------------------------------------------------------------------------------ origins


def _origins(transfer: TransferView, href: Href | None) -> Picture | None:
    if len(transfer.sources) < FEWEST_REPORTS:
        return None
    found = transfer.row.origins.found
    telling = {
        one.document.id: tuple(
            number for number, origin in enumerate(found) if _tells(origin, one.document.id)
        )
        for one in transfer.sources
    }
    reports = tuple(
        Report(one.document.id, one.name, _day(one.published), spoken(one.published), telling[one.document.id])
        for one in transfer.sources
    )
    holders = tuple(Holder(one.holder, one.standing, ORIGIN_WORDS[one.kind]) for one in found)
    graph = Graph(holders, reports, tuple(map(_derived, transfer.copies)))
    those = families(reports, graph.copies)
    once = "" if len(those) == len(reports) else f", {figure(len(those))} when copies of one another count once"
    note = (
        f"{plural(len(reports), 'report')}{once}, and who in them"
        " may know it first-hand. A report stands at the day on which it was published; a line leads from who"
        " may know it to the first report of each text that tells of them, and from a report to its copies."
    )
    name = f"{transfer.id}-graph"
    svg = draw_origins(graph, name, f"Origins of {transfer.supplier} to {transfer.recipient}", note, href)
    from_ = {copy: derived for family in those for copy, derived in family.from_.items()}
    rows = tuple(_report_row(one, graph, found, from_) for family in those for one in family.reports)
    head = ("Report", "Published", "Tells of", "Copied from")
    title = "From those who know to the reports"
    return Picture("origin-graph", name, "Who knows", title, capital(note), _markup(svg), head, (2.0, 1.4, 2.4, 2.2), rows)


def _tells(origin: Origin, document: str) -> bool:
    return any(one.document == document for one in origin.citations)


def _day(published: str | None) -> date | None:
    bounds = edtf.safe_bounds(published)
    return bounds.earliest or bounds.latest


def _derived(copy: Copy) -> Derived:
    first, second = (copy.b, copy.a) if copy.direction == "b->a" else (copy.a, copy.b)
    return Derived(first, second, copy.relation, copy.similarity, copy.direction is not None)


def _report_row(
    report: Report, graph: Graph, found: Sequence[Origin], from_: Mapping[str, Derived]
) -> tuple[Cell, ...]:
    names = {one.id: one.name for one in graph.reports}
    cited = tuple(
        citation
        for number in report.holders
        for citation in found[number].citations
        if citation.document == report.id
    )
    told = "; ".join(
        f"{found[number].holder} ({STANDING_WORDS[found[number].standing]})" for number in report.holders
    )
    derived = from_.get(report.id)
    if derived is None:
        copied = Cell("")
    else:
        how = RELATIONS.get(derived.relation, ("", derived.relation))[1]
        unsure = "" if derived.is_directed else "; which was first is not certain"
        copied = Cell(f"{names[derived.original]} ({how}{unsure})")
    return Cell(report.name, (), report.id), Cell(report.day_words), Cell(told or "nobody", cited), copied


# ------------------------------------------------------------------------------------ amounts


class _Told(NamedTuple):
    amount: Amount
    citations: tuple[Citation, ...]


def _amounts(transfer: TransferView) -> Picture | None:
    told = _figures(transfer.row.positions)
    name = f"{transfer.id}-amounts"
    note = (
        "Every figure that somebody is said to have given, in the order of the days on which they gave it, or,"
        " where none is told, on which it was published; not at distances that are those of the days. What the"
        " reports tell in words of their own is not in it."
    )
    figures = [one.amount for one in told]
    title = f"Figures for {transfer.goods}, {transfer.supplier} to {transfer.recipient}"
    svg = draw_amounts(figures, name, title, note)
    if svg is None:
        return None
    head = ("Day", "Who", "Stance and stage", "Figure")
    rows = tuple(_amount_row(one) for one in told)
    return Picture("amounts", name, "Amounts", "Amounts, in order of time", note, _markup(svg), head, (1.6, 1.8, 2.0, 2.4), rows)


def _figures(positions: Sequence[Position]) -> list[_Told]:
    """Figures in order of time; one that the same side repeats stands where it gave it first."""
    claims = [
        (claim, position)
        for position in positions
        for claim in position.claims
        if has_figure(claim.quantity)
    ]
    claims.sort(key=lambda one: edtf.sort_key(edtf.safe(_said(one[0]))))
    found: dict[tuple[object, ...], _Told] = {}
    for claim, position in claims:
        quantity = claim.quantity
        assert quantity is not None
        unit = " ".join((quantity.unit or "").split())
        key = position.actor, claim.stance, claim.stage, quantity.min, quantity.max, unit.casefold()
        if key in found:
            known = found[key]
            times = known.amount._replace(times=known.amount.times + 1)
            found[key] = _Told(times, (*known.citations, claim.citation))
            continue
        found[key] = _Told(
            Amount(
                spoken(_said(claim)), position.label, claim.stance, claim.stage, quantity.min, quantity.max,
                unit, figure_words(replace(quantity, unit=None)), is_replaced=claim.superseded_by is not None,
            ),
            (claim.citation,),
        )  # fmt: skip
    return list(found.values())


def _said(claim: PositionClaim) -> str | None:
    return claim.said_on or claim.published


def _amount_row(told: _Told) -> tuple[Cell, ...]:
    one = told.amount
    stage = "" if one.stage in (None, Stage.UNCLEAR) else f", {one.stage}"
    again = f", {one.times} times" if one.times > 1 else ""
    replaced = "; later replaced by another" if one.is_replaced else ""
    admits = " and admits" if one.stance is Stance.DENIES else ""
    return (
        Cell(one.day),
        Cell(one.who),
        Cell(f"{STANCE_WORDS[one.stance]}{admits}{stage}{again}"),
        Cell(f"{one.words}{replaced}", told.citations),
    )
