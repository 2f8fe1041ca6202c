"""What each section of the dossier shows, gathered from the register, the readings and the documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from markupsafe import Markup

from tidewaiter.dossier.calendar import Steps, by_month
from tidewaiter.dossier.chart import draw
from tidewaiter.dossier.choosing import Chosen, choose, readings_of
from tidewaiter.dossier.disputes import by_where
from tidewaiter.dossier.notes import slug
from tidewaiter.dossier.retellings import Retellings, retellings
from tidewaiter.model import (
    AGAINST,
    BY_RULES,
    STAGE_ORDER,
    Capture,
    Cell,
    Citation,
    Copy,
    Discrepancy,
    Document,
    JoinReason,
    Measure,
    Mode,
    Passage,
    Position,
    PositionClaim,
    Reading,
    Register,
    RegisterResponse,
    RegisterRow,
    Relation,
    Stage,
    Stance,
    TimelineEntry,
)
from tidewaiter.wording import (
    STAGE_STEPS,
    UNKNOWN,
    document_name,
    figure_words,
    goods_words,
    measure_name,
    name_of,
    quoted,
    route_parts,
    title_of,
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

FIELD_NAMES: Mapping[str, str] = dict(REGISTER_COLUMNS) | {
    "category": "Category",
    "quantity": "Figure",
    "when": "When",
    "route": "Route",
}

PASSAGES = 8
"""Passages of two copies laid side by side."""

GOODS_LENGTH = 60
"""Characters of the goods' wording in a transfer's name: with two parties it fills a heading's line."""

WHOSE_WORDS = {
    Mode.DIRECT: "quoted",
    Mode.MIXED: "partly quoted",
    Mode.INDIRECT: "in the report’s words",
}

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

    @property
    def called(self) -> str:
        """Its name in running text: an outlet as it is, a title between quotation marks."""
        return quoted(self.name) if self.name == self.title else self.name


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two reports were, or were not, taken for one transfer."""

    a: str
    b: str
    score: float
    why: str


class Retold(NamedTuple):
    """A report that tells nothing of a row, as far as was read, and of which a report that does is a copy."""

    source: SourceView
    rows: tuple[str, ...]  # of those that the former tells of, the ids of all with a party of this one
    is_first: bool  # certainly; else it is not known which of the two reports is the copy

    @property
    def words(self) -> str:
        """What the row's own report is to it: "a copy of the Post"."""
        called = self.source.called
        return f"a copy of {called}" if self.is_first else f"a copy of {called}, or what that was copied from"


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
    route: tuple[tuple[str, str], ...]  # what is known of it, each with its label
    sources: tuple[SourceView, ...]
    copies: tuple[Copy, ...]
    responses: tuple[RegisterResponse, ...]
    exchanged: tuple[str, ...]  # ids of rows given in return
    related: tuple[Relation, ...]  # to other rows
    measures: tuple[tuple[Measure, ...], ...]  # rules that repeat each other together
    joined: tuple[Reason, ...]
    apart: tuple[Reason, ...]
    retold: tuple[Retold, ...] = ()  # where all its reports have their text from; empty: one has its own

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
    sources: tuple[SourceView, ...]
    counts: Mapping[str, int]
    timeline: tuple[tuple[str, TimelineEntry], ...]  # (element id of the row, entry)
    chart: Markup | None
    responses: tuple[RegisterResponse, ...]
    calendar: tuple[tuple[str, Steps], ...]  # of responses, by month
    copies: tuple[Copy, ...]
    passages: Mapping[tuple[str, str], tuple[Passage, ...]]  # of copies
    discrepancies: tuple[tuple[str, tuple[Discrepancy, ...]], ...]  # by heading
    modes: Mapping[tuple[str, str], Mode]  # by document and claim: how the claim's words are given
    by_rules: int  # documents read without the tagger
    retellings: Retellings
    elsewhere: Mapping[str, str]  # names of the case's transfers that are not in this dossier, by register id
    chosen: Chosen | None = None  # None: it is of the whole case

    def wording(self, claim: PositionClaim) -> str:
        """Whose words are cited for a claim: the speaker's or the report's."""
        return _whose(self.modes.get((claim.document, claim.claim)))

    def shared(self, copy: Copy) -> list[tuple[str, str]]:
        """The words of the longest passages that two copies share, in the order of the first."""
        texts = [source.document.text for name in (copy.a, copy.b) if (source := self.source(name))]
        found = self.passages.get((copy.a, copy.b), ())
        if len(texts) < 2:
            return []
        longest = sorted(found, key=lambda one: one.a.start - one.a.end)[:PASSAGES]
        return [(texts[0][slice(*one.a)], texts[1][slice(*one.b)]) for one in sorted(longest)]

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
    numbers: Mapping[str, int]  # of the transfer that a reported one is taken for
    told_in: Callable[[str], Iterable[RegisterRow]]  # the rows that a document tells of


def gather(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    register: Register,
    captures: Mapping[str, Capture],
    wanted: Collection[str] | None = None,
    *,
    most: int | None = None,
) -> DossierView:
    """The page's content, in the order of the register and of ``documents``; ``wanted``: register ids, of
    these transfers alone; ``most``: else of so many, those told in the most reports; None: of all."""
    chosen, elsewhere = None, {}
    is_most = wanted is None and most is not None and len(register.rows) > most
    if is_most:
        wanted = frozenset(row.id for row in register.rows[:most])
    if wanted is not None:
        chosen = Chosen(len(register.rows), len(documents), is_most)
        elsewhere = {row.id: _name(row) for row in register.rows if row.id not in wanted}
        documents, register = choose(documents, register, wanted)
        readings = readings_of(documents, readings)
    sources = {document.id: _source(document, readings, register, captures) for document in documents}
    numbers = {
        reported: number for number, row in enumerate(register.rows, start=1) for _, reported in row.reported
    }
    case = _Case(register, sources, _reporters(register, sources), numbers, _told_in(register))
    transfers = tuple(_transfer(number, row, case) for number, row in enumerate(register.rows, start=1))
    labels = {transfer.row.id: transfer.label for transfer in transfers}
    timeline = tuple((f"e{number}", entry) for number, entry in enumerate(register.timeline, start=1))
    return DossierView(
        transfers=transfers,
        sources=tuple(sources.values()),
        counts=_counts(tuple(sources.values()), register),
        timeline=timeline,
        chart=draw(register.timeline, labels, [row for row, _ in timeline]),
        responses=register.responses,
        calendar=by_month(register.responses),
        copies=register.copies,
        passages=register.passages,
        discrepancies=by_where(register.discrepancies),
        modes=_modes(readings),
        by_rules=sum(BY_RULES in reading.reader for reading in readings.values()),
        retellings=retellings(register.utterances),
        elsewhere=elsewhere,
        chosen=chosen,
    )


def _whose(mode: Mode | None) -> str:
    return "in the report’s words" if mode is None else WHOSE_WORDS[mode]


def wording_in(reading: Reading, claim: PositionClaim) -> str:
    """Whose words are cited for a claim of a report: the speaker's or the report's."""
    statement = next((one.statement for one in reading.claims if one.id == claim.claim), None)
    return _whose(next((one.mode for one in reading.statements if one.id == statement), None))


def party(code: str | None) -> str:
    """The name of a party; "not told" for None."""
    return "not told" if code is None else name_of(code)


def _modes(readings: Mapping[str, Reading]) -> dict[tuple[str, str], Mode]:
    found: dict[tuple[str, str], Mode] = {}
    for document, reading in readings.items():
        modes = {statement.id: statement.mode for statement in reading.statements}
        made = [(claim.id, modes.get(claim.statement or "")) for claim in reading.claims]
        found |= {(document, claim): mode for claim, mode in made if mode is not None}
    return found


def steps(stage: Stage | None) -> tuple[tuple[Stage, bool], ...]:
    """The ordered stages, each with whether ``stage`` reaches it."""
    rank = 0 if stage is None else STAGE_ORDER[stage]
    return tuple((step, STAGE_ORDER[step] <= rank) for step in STAGE_STEPS)


def _counts(sources: Sequence[SourceView], register: Register) -> dict[str, int]:
    stances = [claim.stance for row in register.rows for one in row.positions for claim in one.claims]
    return {
        "documents": len(sources),
        "unreadable": sum(not source.readable for source in sources),
        "copies": len({copy.b for copy in register.copies} | {copy.a for copy in register.copies}),
        "transfers": len(register.rows),
        "claims": len(stances),
        "denials": sum(stance in AGAINST for stance in stances),
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
    dated = replace(document, published=published, published_ground=ground)
    transfers = 0 if reading is None else len(reading.transfers)
    return replace(source_view(dated, captures, transfers), document=document)


def source_view(document: Document, captures: Mapping[str, Capture], transfers: int) -> SourceView:
    """A report as a source; ``transfers``: how many reported ones were found in it."""
    return SourceView(
        document=document,
        name=document_name(document),
        title=title_of(document),
        published=document.published,
        ground=document.published_ground,
        captures=tuple((digest, captures.get(digest)) for digest in document.captures),
        readable=is_readable(document),
        transfers=transfers,
    )


def is_readable(document: Document) -> bool:
    """Whether a text could be made of a report."""
    return bool(document.text.strip()) and not any(
        flag.startswith(UNREADABLE_FLAGS) for flag in document.flags
    )


def _reporters(register: Register, sources: Mapping[str, SourceView]) -> dict[str, str]:
    """Reported transfer id to what the document that reports it is called in running text."""
    return {
        reported: sources[document].called
        for row in register.rows
        for document, reported in row.reported
        if document in sources
    }


def transfer_view(
    number: int,
    row: RegisterRow,
    about: Register,
    sources: Mapping[str, SourceView],
    reporters: Mapping[str, str],
    told_in: Callable[[str], Iterable[RegisterRow]],
) -> TransferView:
    """The view of one row.  ``about``: at least the copies, responses and relations that have to do with it;
    ``sources`` by document id; ``reporters``: by reported transfer the name of the report that tells of
    it; ``told_in``: the rows that a document tells of."""
    return _transfer(number, row, _Case(about, sources, reporters, {}, told_in))


def _told_in(register: Register) -> Callable[[str], Iterable[RegisterRow]]:
    found: dict[str, dict[str, RegisterRow]] = {}
    for row in register.rows:
        for document, _ in row.reported:
            found.setdefault(document, {})[row.id] = row
    return lambda document: found.get(document, {}).values()


def _retold(row: RegisterRow, case: _Case) -> tuple[Retold, ...]:
    """What all reports of a row have their text from, where none of them tells it in a text of its own: a
    rewriting may turn one transfer into what reads like another."""
    own = {document for document, _ in row.reported}
    elsewhere: dict[str, tuple[str, bool]] = {}
    for copy in case.register.copies:
        for copied, first, way in ((copy.b, copy.a, "a->b"), (copy.a, copy.b, "b->a")):
            if copied in own and first not in own and copy.direction in (None, way):
                elsewhere.setdefault(copied, (first, copy.direction is not None))
    if elsewhere.keys() != own:
        return ()
    parties = {row.supplier, row.recipient} - {None}
    found = []
    for document, is_first in sorted(set(elsewhere.values())):
        if document in case.sources:
            near = (one for one in case.told_in(document) if parties & {one.supplier, one.recipient})
            found.append(Retold(case.sources[document], tuple(one.id for one in near), is_first))
    return tuple(one for one in found if one.rows)


def _transfer(number: int, row: RegisterRow, case: _Case) -> TransferView:
    reporting = list(dict.fromkeys(document for document, _ in row.reported if document in case.sources))
    return TransferView(
        row=row,
        id="transfer-" + slug(row.id),
        number=number,
        supplier=_supplier(row),
        recipient=_recipient(row),
        goods=_goods(row),
        sides=_sides(row.positions),
        fields=tuple((FIELD_NAMES.get(key, key), row.cells[key]) for key in _field_order(row.cells)),
        route=() if row.route is None else tuple(route_parts(row.route, name_of, row.recipient)),
        sources=tuple(case.sources[document] for document in reporting),
        copies=tuple(copy for copy in case.register.copies if copy.a in reporting and copy.b in reporting),
        responses=tuple(response for response in case.register.responses if row.id in response.transfers),
        exchanged=row.in_exchange_for,
        related=tuple(one for one in case.register.relations if one.a == row.id),
        measures=_by_group(row.measures or ()),
        joined=_reasons(row.reasons, case.reporters),
        apart=_reasons(row.apart, _elsewhere(row, case)),
        retold=_retold(row, case),
    )


def _elsewhere(row: RegisterRow, case: _Case) -> Mapping[str, str]:
    """What reports are called, those of other transfers with the number of theirs: one report may tell of
    several."""
    own = {reported for _, reported in row.reported}
    names = {}
    for reported in (one for reason in row.apart for one in (reason.a, reason.b)):
        name, number = case.reporters.get(reported, ELSEWHERE), case.numbers.get(reported)
        names[reported] = name if reported in own or number is None else f"{name} (transfer {number})"
    return names


def named(row: RegisterRow) -> tuple[str, str, str]:
    """Supplier, recipient and goods of a row, in words."""
    return _supplier(row), _recipient(row), _goods(row)


def _supplier(row: RegisterRow) -> str:
    return "unknown supplier" if row.supplier is None else name_of(row.supplier)


def _recipient(row: RegisterRow) -> str:
    return "unknown recipient" if row.recipient is None else name_of(row.recipient)


def _name(row: RegisterRow) -> str:
    return f"{_supplier(row)} → {_recipient(row)}: {_goods(row)}"


def _by_group(measures: Sequence[Measure]) -> tuple[tuple[Measure, ...], ...]:
    """Rules that repeat each other together, where the first of them stands."""
    found: dict[tuple[str, str], list[Measure]] = {}
    for one in measures:
        found.setdefault((one.group, one.side), []).append(one)
    return tuple(tuple(group) for group in found.values())


def held_against(measure: Measure) -> str:
    """The ground of a finding, beside the name of the rule, which it does not say again."""
    return measure.why.replace(f"breach {measure_name(measure)},", "breach it,")


def alike_claims(claims: Sequence[PositionClaim]) -> tuple[tuple[PositionClaim, ...], ...]:
    """The claims of one position, those together that several reports give in the same words: mostly those of
    copies."""
    found: dict[tuple[object, ...], list[PositionClaim]] = {}
    for one in claims:
        words = "".join(filter(str.isalnum, one.citation.quote.casefold()))
        figure = None if one.quantity is None else figure_words(one.quantity)
        is_last = one.superseded_by is None
        key = (one.stance, one.stage, figure, one.said_on, one.speaker, words, one.rating, is_last)
        found.setdefault(key, []).append(one)
    return tuple(map(tuple, found.values()))


def rests_on(measure: Measure) -> tuple[Citation, ...]:
    """The register row's own words under a measure."""
    return tuple(citation for found in measure.citations.values() for citation in found)


def _goods(row: RegisterRow) -> str:
    """What was transferred, as the reports word it, else by its category; several rows of the same
    parties and category are told apart by the words."""
    told = [row.cells[key].value.strip() for key in ("designation", "description") if key in row.cells]
    words = goods_words(next((one for one in told if one not in ("", UNKNOWN)), None), row.category)
    return words if len(words) <= GOODS_LENGTH else words[: GOODS_LENGTH - 1].rstrip() + "…"


def _field_order(cells: Mapping[str, Cell]) -> list[str]:
    known = [key for key in FIELD_NAMES if key in cells]
    return known + sorted(key for key in cells if key not in FIELD_NAMES)


ELSEWHERE = "a report of another transfer"
"""In place of what a report is called whose transfer is not among those shown."""


def _reasons(reasons: Sequence[JoinReason], reporters: Mapping[str, str]) -> tuple[Reason, ...]:
    """The pairs by what the reports are called; a register of chosen transfers lacks the others' reports."""
    return tuple(
        Reason(reporters.get(one.a, ELSEWHERE), reporters.get(one.b, ELSEWHERE), one.score, one.why)
        for one in reasons
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
