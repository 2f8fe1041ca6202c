"""What each section of the dossier shows, gathered from the register, the readings and the documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from tidewaiter.dossier.chart import draw
from tidewaiter.dossier.notes import document_name, file_name, slug
from tidewaiter.dossier.wording import CATEGORY_WORDS, STAGE_STEPS, UNKNOWN, Names
from tidewaiter.model import (
    STAGE_ORDER,
    Capture,
    Cell,
    Copy,
    Document,
    JoinReason,
    Position,
    Reading,
    Register,
    RegisterResponse,
    RegisterRow,
    Route,
    Stage,
    Stance,
    TimelineEntry,
)

REGISTER_COLUMNS = (
    ("supplier", "Supplier"),
    ("recipient", "Recipient"),
    ("number_ordered", "Number ordered"),
    ("designation", "Designation"),
    ("description", "Description"),
    ("year_of_order", "Year of order"),
    ("years_of_delivery", "Years of delivery"),
    ("number_delivered", "Number delivered"),
    ("stage", "Furthest stage"),
    ("comments", "Comments"),
)
"""SIPRI's trade register, and the stage, which SIPRI does not give."""

FIELD_NAMES: Mapping[str, str] = dict(REGISTER_COLUMNS) | {"category": "Category", "route": "Route"}

BRIEF = 12
"""Transfers told one by one in the summary; a page of print holds about so many."""

GOODS_LENGTH = 60
"""Characters of the goods' wording in a transfer's name: with two parties it fills a heading's line."""

AGAINST = (Stance.DENIES, Stance.DOUBTS)

UNREADABLE_FLAGS = ("empty", "unreadable")
"""Beginnings of the flags by which capture says that a source gave no text."""


@dataclass(frozen=True, slots=True)
class Side:
    """Actors of one mind about a transfer."""

    title: str
    key: str  # "for", "against", "both", "silent"
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A document as a source."""

    document: Document
    name: str
    title: str
    published: str | None
    ground: str | None
    captures: tuple[tuple[str, Capture | None], ...]
    readable: bool
    transfers: int  # reported transfers found in it


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two reports were, or were not, taken for one transfer."""

    a: str
    b: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class TransferView:
    """One row of the register with everything its section shows."""

    row: RegisterRow
    id: str  # element id
    number: int
    supplier: str
    recipient: str
    goods: str
    sides: tuple[Side, ...]
    fields: tuple[tuple[str, Cell], ...]
    sources: tuple[SourceView, ...]
    copies: tuple[Copy, ...]
    responses: tuple[RegisterResponse, ...]
    exchanged: tuple[str, ...]  # ids of rows given in return
    joined: tuple[Reason, ...]
    apart: tuple[Reason, ...]

    @property
    def label(self) -> str:
        """Name on one line; the number keeps rows of the same parties apart."""
        return f"{self.number}. {self.supplier} → {self.recipient}: {self.goods}"

    def side(self, key: str) -> tuple[Position, ...]:
        """The positions of one side; empty when nobody takes it."""
        return next((side.positions for side in self.sides if side.key == key), ())


@dataclass(frozen=True, slots=True)
class DossierView:
    """Everything the page shows."""

    transfers: tuple[TransferView, ...]
    brief: tuple[TransferView, ...]
    sources: tuple[SourceView, ...]
    counts: Mapping[str, int]
    timeline: tuple[tuple[str, TimelineEntry], ...]  # (element id of the row, entry)
    chart: Markup | None
    responses: tuple[RegisterResponse, ...]
    copies: tuple[Copy, ...]

    def transfer(self, row_id: str) -> TransferView | None:
        """The transfer with this register id."""
        return next((transfer for transfer in self.transfers if transfer.row.id == row_id), None)

    def source(self, document_id: str) -> SourceView | None:
        """The source with this document id."""
        return next((source for source in self.sources if source.document.id == document_id), None)


class _Case(NamedTuple):
    """What every transfer's view is gathered from."""

    register: Register
    sources: Mapping[str, SourceView]
    reporters: Mapping[str, str]
    names: Names


def gather(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    register: Register,
    captures: Mapping[str, Capture],
    names: Names,
) -> DossierView:
    """The page's content, in the order of the register and of ``documents``."""
    sources = {document.id: _source(document, readings, register, captures) for document in documents}
    case = _Case(register, sources, _reporters(register, sources), names)
    transfers = tuple(_transfer(number, row, case) for number, row in enumerate(register.rows, start=1))
    labels = {transfer.row.id: transfer.label for transfer in transfers}
    timeline = tuple((f"e{number}", entry) for number, entry in enumerate(register.timeline, start=1))
    return DossierView(
        transfers=transfers,
        brief=tuple(sorted(transfers, key=lambda transfer: -len(transfer.sources))[:BRIEF]),
        sources=tuple(sources.values()),
        counts=_counts(tuple(sources.values()), readings, register),
        timeline=timeline,
        chart=draw(register.timeline, labels, [row for row, _ in timeline]),
        responses=register.responses,
        copies=register.copies,
    )


def steps(stage: Stage | None) -> tuple[tuple[Stage, bool], ...]:
    """The ordered stages, each with whether ``stage`` reaches it."""
    rank = 0 if stage is None else STAGE_ORDER[stage]
    return tuple((step, STAGE_ORDER[step] <= rank) for step in STAGE_STEPS)


def route_parts(route: Route, names: Names) -> tuple[tuple[str, str], ...]:
    """What is known of a route, as labelled words."""
    parts = (
        ("Made to look as going to", ", ".join(names.of(place) for place in route.declared)),
        ("By way of", ", ".join(names.of(place) for place in route.via)),
        ("Going to, by this account", ", ".join(names.of(place) for place in route.true)),
        ("Means", route.mode or ""),
        ("Vessel", route.vessel or ""),
    )
    return tuple((label, words) for label, words in parts if words)


def _counts(
    sources: Sequence[SourceView], readings: Mapping[str, Reading], register: Register
) -> dict[str, int]:
    return {
        "documents": len(sources),
        "unreadable": sum(not source.readable for source in sources),
        "copies": len({copy.b for copy in register.copies} | {copy.a for copy in register.copies}),
        "transfers": len(register.rows),
        "claims": sum(len(readings[document].claims) for document in sorted(readings)),
        "denials": sum(
            claim.stance in AGAINST for document in sorted(readings) for claim in readings[document].claims
        ),
        "open": sum(len(row.open) for row in register.rows),
        "responses": len(register.responses),
    }


def _source(
    document: Document,
    readings: Mapping[str, Reading],
    register: Register,
    captures: Mapping[str, Capture],
) -> SourceView:
    published, ground = register.dated.get(document.id, (document.published, document.published_ground))
    reading = readings.get(document.id)
    return SourceView(
        document=document,
        name=document_name(document),
        title=document.title or file_name(document),
        published=published,
        ground=ground,
        captures=tuple((digest, captures.get(digest)) for digest in document.captures),
        readable=bool(document.text.strip()) and not _flagged_unreadable(document),
        transfers=0 if reading is None else len(reading.transfers),
    )


def _flagged_unreadable(document: Document) -> bool:
    return any(flag.startswith(UNREADABLE_FLAGS) for flag in document.flags)


def _reporters(register: Register, sources: Mapping[str, SourceView]) -> dict[str, str]:
    """Reported transfer id to the name of the document that reports it."""
    return {
        reported: sources[document].name
        for row in register.rows
        for document, reported in row.reported
        if document in sources
    }


def _transfer(number: int, row: RegisterRow, case: _Case) -> TransferView:
    reporting = list(dict.fromkeys(document for document, _ in row.reported if document in case.sources))
    return TransferView(
        row=row,
        id="transfer-" + slug(row.id),
        number=number,
        supplier="unknown supplier" if row.supplier is None else case.names.of(row.supplier),
        recipient="unknown recipient" if row.recipient is None else case.names.of(row.recipient),
        goods=_goods(row),
        sides=_sides(row.positions),
        fields=tuple((FIELD_NAMES.get(key, key), row.cells[key]) for key in _field_order(row.cells)),
        sources=tuple(case.sources[document] for document in reporting),
        copies=tuple(copy for copy in case.register.copies if copy.a in reporting and copy.b in reporting),
        responses=tuple(response for response in case.register.responses if row.id in response.transfers),
        exchanged=row.in_exchange_for,
        joined=_reasons(row.reasons, case.reporters),
        apart=_reasons(row.apart, case.reporters),
    )


def _goods(row: RegisterRow) -> str:
    """What was transferred, as the reports word it, else by its category; several rows of the same
    parties and category are told apart by the words."""
    for key in ("designation", "description"):
        words = row.cells[key].value.strip() if key in row.cells else UNKNOWN
        if words not in ("", UNKNOWN):
            return words if len(words) <= GOODS_LENGTH else words[: GOODS_LENGTH - 1].rstrip() + "…"
    return CATEGORY_WORDS[row.category]


def _field_order(cells: Mapping[str, Cell]) -> list[str]:
    known = [key for key in FIELD_NAMES if key in cells]
    return known + sorted(key for key in cells if key not in FIELD_NAMES)


def _reasons(reasons: Sequence[JoinReason], reporters: Mapping[str, str]) -> tuple[Reason, ...]:
    return tuple(
        Reason(reporters.get(reason.a, reason.a), reporters.get(reason.b, reason.b), reason.score, reason.why)
        for reason in reasons
    )


def _sides(positions: Sequence[Position]) -> tuple[Side, ...]:
    titles = (
        ("for", "Say that it happened or is coming"),
        ("both", "Have said both"),
        ("against", "Deny or doubt it"),
        ("silent", "Declined to comment"),
    )
    return tuple(
        Side(title, key, chosen)
        for key, title in titles
        if (chosen := tuple(position for position in positions if _side_of(position) == key))
    )


def _side_of(position: Position) -> str:
    stances = {claim.stance for claim in position.claims}
    asserts, against = Stance.ASSERTS in stances, bool(stances & set(AGAINST))
    if asserts and against:
        return "both"
    if asserts:
        return "for"
    return "against" if against else "silent"
