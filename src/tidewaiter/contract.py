"""The lines that other programs read: what ``read`` and ``export`` print, as plain values.

Keys and names are stable: they are added to, never renamed.  Positions count Unicode characters of
the document's cleaned text (which is in the line as ``text``); unknown is ``null``; dates are EDTF.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from tidewaiter.codec import Json, encode
from tidewaiter.model import (
    AsOf,
    Category,
    Change,
    Citation,
    Copy,
    Discrepancy,
    Document,
    Ground,
    Judged,
    Measure,
    OpenQuestion,
    Origins,
    Part,
    Passage,
    Position,
    PositionClaim,
    Reading,
    Register,
    RegisterResponse,
    RegisterRow,
    Relation,
    ResponseLink,
    ResponseStep,
    Source,
    Statement,
    TimelineEntry,
    Utterance,
    Variant,
)
from tidewaiter.wording import CLOCK_WORDS, UNKNOWN, as_of_words, figure_words

SIPRI_COLUMNS = (
    ("Recipient", "recipient"),
    ("Supplier", "supplier"),
    ("Year of order", "year_of_order"),
    ("Number ordered", "number_ordered"),
    ("Weapon designation", "designation"),
    ("Weapon description", "description"),
    ("Number delivered", "number_delivered"),
    ("Year(s) of delivery", "years_of_delivery"),
    ("Comments", "comments"),
)
"""Heading in the trade register of the SIPRI Arms Transfers Database, and the cell that fills it."""

OWN_COLUMNS = ("Id", "Category", "Stage", "Positions", "Open", "Reports", "Figure", "When", "Route")

AS_OF_COLUMN = "As of"
"""Heading of the column after them in a register as of a day that is past."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""First characters that make spreadsheet programs run a cell as a formula (OWASP, CSV injection; the last
four are "=", "+", "-" and "@" in full width)."""


class Told(Protocol):
    """What a row says of a reported transfer that it is made of."""

    @property
    def id(self) -> str: ...
    @property
    def supplier(self) -> str | None: ...
    @property
    def recipient(self) -> str | None: ...
    @property
    def category(self) -> Category: ...


class Reported(Protocol):
    """The reported transfers of a document: a reading has them."""

    @property
    def transfers(self) -> Sequence[Told]: ...


# ------------------------------------------------------------------------------------ one document


def reading_to_json(document: Document, reading: Reading, only: str | None = None) -> dict[str, Json]:
    """The object that ``read`` prints for a document.

    ``only`` (a key such as ``statements``) leaves the other findings out.
    """
    found: dict[str, Json] = {
        "statements": [statement_to_json(one) for one in reading.statements],
        "mentions": [_without(encode(one), "sentence") for one in reading.mentions],
        "transfers": [encode(one) for one in reading.transfers],
        "claims": [encode(one) for one in reading.claims],
        "responses": [encode(one) for one in reading.responses],
        "events": [encode(one) for one in reading.events],
    }
    kept = {key: found[key] for key in found if only in (None, key)}
    return {"document": document_to_json(document), **kept, "reader": reading.reader}


def document_to_json(document: Document) -> dict[str, Json]:
    """What is known of a document, with its cleaned text; the map to the capture is left out."""
    return _without(encode(document), "segments")


def statement_to_json(statement: Statement) -> dict[str, Json]:
    """A statement with its three parts."""
    return {
        "id": statement.id,
        "mode": statement.mode.value,
        "said_on": statement.said_on,
        "within": statement.within,
        "negated": statement.negated,
        "source": _source(statement.source),
        "cue": _part(statement.cue),
        "content": _part(statement.content),
        "anchors": encode(statement.anchors),
    }


def grounds_to_json(document: Document, grounds: Mapping[str, Sequence[Ground]]) -> dict[str, Json]:
    """What each finding rests on, by its id: for each field the words, the rule, and the table rows that
    know the words."""
    return {
        finding: [
            {
                "field": one.field,
                "words": [document.text[start:end] for start, end in one.words],
                "spans": encode(one.words),
                "rule": one.rule,
                "rows": [{"table": row.table, **row.row} for row in one.rows],
            }
            for one in found
        ]
        for finding, found in grounds.items()
    }


def failure_to_json(source: str, error: str) -> dict[str, Json]:
    """The line for a file that cannot be read."""
    return {"document": {"source": source}, "error": error}


def _source(source: Source | None) -> dict[str, Json] | None:
    return None if source is None else encode(source)


def _part(part: Part | None) -> dict[str, Json] | None:
    return None if part is None else encode(part)


def _without(data: Json, *keys: str) -> dict[str, Json]:
    return {key: data[key] for key in data if key not in keys}


# ------------------------------------------------------------------------------------ a whole case


def export_lines(
    documents: Sequence[Document], readings: Mapping[str, Reading], register: Register
) -> Iterator[dict[str, Json]]:
    """One object a line of the export, each with its ``type``, in a fixed order.

    ``documents`` in the order in which they are to stand; ``readings`` by document id.
    """
    sources = {document.id: document.source for document in documents}
    if register.as_of is not None:
        yield as_of_to_json(register.as_of)
    for document in documents:
        yield {"type": "document", **document_to_json(document)}
    for document in documents:
        yield from _finding_lines(document, readings[document.id])
    related = relations_by_row(register.relations)
    for row in register.rows:
        yield transfer_to_json(row, sources, readings, related.get(row.id, ()))
    yield from _response_lines(register, sources)
    for copy in register.copies:
        yield copy_to_json(copy, register.passages.get((copy.a, copy.b), ()), sources)
    for utterance in register.utterances:
        yield utterance_to_json(utterance, sources)
    for discrepancy in register.discrepancies:
        yield discrepancy_to_json(discrepancy, sources)
    for one in register.judgements:
        yield judgement_to_json(one)


def as_of_to_json(as_of: AsOf) -> dict[str, Json]:
    """Of which day all lines after it are, by which clock, and how much of the case that is."""
    return {"type": "as_of", **encode(as_of), "text": as_of_words(as_of)}


def judgement_to_json(judged: Judged) -> dict[str, Json]:
    """A judgement with who, when, why, and what became of it in the last build."""
    told = {"standing": judged.standing.value, "because": judged.because, "finds": encode(judged.finds)}
    return {"type": "judgement", **encode(judged.judgement), **told}


def _finding_lines(document: Document, reading: Reading) -> Iterator[dict[str, Json]]:
    where = {"document": document.source, "document_id": document.id}
    for statement in reading.statements:
        yield {"type": "statement", **where, **statement_to_json(statement)}
    for claim in reading.claims:
        yield {"type": "claim", **where, **encode(claim)}
    for event in reading.events:
        yield {"type": "event", **where, **_without(encode(event), "type"), "kind": event.type}


def _response_lines(register: Register, sources: Mapping[str, str]) -> Iterator[dict[str, Json]]:
    for response in register.responses:
        yield response_to_json(response, sources)
    for entry in register.timeline:
        yield timeline_to_json(entry, sources)


def timeline_to_json(entry: TimelineEntry, sources: Mapping[str, str]) -> dict[str, Json]:
    """A line of the chronological list; ``sources`` by document id."""
    cited = [_citation(one, sources) for one in entry.citations]
    return {"type": "timeline", **encode(entry), "citations": cited}


def response_to_json(response: RegisterResponse, sources: Mapping[str, str]) -> dict[str, Json]:
    """A response with its history and the transfers that it answers; ``sources`` by document id."""
    parts: dict[str, Sequence[ResponseStep | ResponseLink]] = {
        "history": response.history,
        "answers": response.answers,
    }
    told = {
        name: [
            {**encode(one), "citations": [_citation(cited, sources) for cited in one.citations]}
            for one in part
        ]
        for name, part in parts.items()
    }
    cited = [_citation(one, sources) for one in response.citations]
    return {"type": "response", **encode(response), "citations": cited, **told}


def copy_to_json(copy: Copy, passages: Sequence[Passage], sources: Mapping[str, str]) -> dict[str, Json]:
    """Two documents of which one derives from the other, with what stands in both; ``sources`` by id."""
    return {
        "type": "copy",
        **encode(copy),
        "a": sources[copy.a],
        "b": sources[copy.b],
        "a_id": copy.a,
        "b_id": copy.b,
        "passages": [{"a": list(one.a), "b": list(one.b)} for one in passages],
    }


def utterance_to_json(utterance: Utterance, sources: Mapping[str, str]) -> dict[str, Json]:
    """One act of saying with its retellings; ``sources`` by document id."""
    variants = [_variant(one, sources) for one in utterance.variants]
    return {"type": "utterance", **encode(utterance), "variants": variants}


def _variant(variant: Variant, sources: Mapping[str, str]) -> dict[str, Json]:
    return {
        "statement": variant.statement,
        **_citation(variant.citation, sources),
        "said_on": variant.said_on,
        "drift": encode(variant.drift),
    }


def transfer_to_json(
    row: RegisterRow,
    sources: Mapping[str, str],
    readings: Mapping[str, Reported],
    relations: Sequence[Relation] = (),
) -> dict[str, Json]:
    """A row of the register; ``measures`` is null only where they were not looked up.

    ``sources`` and ``readings`` by document id; ``relations``: of this row to others.
    """
    return {
        "type": "transfer",
        "id": row.id,
        "supplier": row.supplier,
        "recipient": row.recipient,
        "category": row.category.value,
        "stage": row.stage.value,
        "outcome": encode(row.outcome),
        "quantity": encode(row.quantity),
        "when": row.when,
        "route": encode(row.route),
        "in_exchange_for": encode(row.in_exchange_for),
        "relations": [
            {
                "kind": one.kind,
                "to": one.b,
                "why": one.why,
                "citations": [_citation(cited, sources) for cited in one.citations],
            }
            for one in relations
        ],
        "cells": {
            name: {"value": cell.value, "citations": [_citation(one, sources) for one in cell.citations]}
            for name, cell in row.cells.items()
        },
        "reported": [_member(one, sources, readings) for one in row.reported],
        "positions": [_position(one, sources) for one in row.positions],
        "origins": _origins(row.origins, sources),
        "open": [_question(one, sources) for one in row.open],
        "closed": [_question(one, sources) for one in row.closed],
        "first_report": row.first_report,
        "last_report": row.last_report,
        "measures": None if row.measures is None else [_measure(one, sources) for one in row.measures],
        "reasons": encode(row.reasons),
        "apart": encode(row.apart),
        "judged": [{**encode(one), "citation": _citation(one.citation, sources)} for one in row.judged],
    }


def relations_by_row(relations: Iterable[Relation]) -> dict[str, list[Relation]]:
    """The relations of each row to others, by its id."""
    found: dict[str, list[Relation]] = {}
    for relation in relations:
        found.setdefault(relation.a, []).append(relation)
    return found


def _member(
    member: tuple[str, str],
    sources: Mapping[str, str],
    readings: Mapping[str, Reported],
) -> dict[str, Json]:
    one = next(one for one in readings[member[0]].transfers if one.id == member[1])
    return {
        "document": sources[member[0]],
        "document_id": member[0],
        "id": one.id,
        "supplier": one.supplier,
        "recipient": one.recipient,
        "category": one.category.value,
    }


def _origins(origins: Origins, sources: Mapping[str, str]) -> dict[str, Json]:
    found = [
        {**encode(one), "citations": [_citation(cited, sources) for cited in one.citations]}
        for one in origins.found
    ]
    return {**encode(origins), "found": found}


def _question(question: OpenQuestion, sources: Mapping[str, str]) -> dict[str, Json]:
    closing = question.closed_by
    return {
        **encode(question),
        "citations": [_citation(one, sources) for one in question.citations],
        "opened_by": [_citation(one, sources) for one in question.opened_by],
        "closed_by": None
        if closing is None
        else {**encode(closing), "citations": [_citation(one, sources) for one in closing.citations]},
    }


def _measure(measure: Measure, sources: Mapping[str, str]) -> dict[str, Json]:
    """Null for the parts of a rule where what is said is of no rule."""
    of_rule = ("authority", "instrument", "paragraph", "rule", "side", "note", "source")
    empty = {name: getattr(measure, name) or None for name in of_rule} if measure.measure is None else {}
    cited = {name: [_citation(one, sources) for one in found] for name, found in measure.citations.items()}
    return {**encode(measure), **empty, "citations": cited}


def _position(position: Position, sources: Mapping[str, str]) -> dict[str, Json]:
    return {**encode(position), "claims": [_position_claim(one, sources) for one in position.claims]}


def _position_claim(claim: PositionClaim, sources: Mapping[str, str]) -> dict[str, Json]:
    return {
        **encode(claim),
        "document": sources[claim.document],
        "document_id": claim.document,
        "citation": _citation(claim.citation, sources),
    }


def _citation(citation: Citation, sources: Mapping[str, str]) -> dict[str, Json]:
    return {
        "document": sources[citation.document],
        "document_id": citation.document,
        "spans": [[start, end] for start, end in citation.spans],
        "quote": citation.quote,
    }


def discrepancy_to_json(discrepancy: Discrepancy, sources: Mapping[str, str]) -> dict[str, Json]:
    """What reports tell otherwise; ``sources`` by document id."""
    values = [
        {"value": one.value, "citations": [_citation(cited, sources) for cited in one.citations]}
        for one in discrepancy.values
    ]
    return {"type": "discrepancy", **encode(discrepancy), "values": values}


def change_to_json(
    change: Change, sources: Mapping[str, str], row: RegisterRow | None = None
) -> dict[str, Json]:
    """A change, with the parties, category and stage of the row that it is about.

    ``sources`` by document id; a report that is in the case no more has its id in place of its source.
    """
    cited = [
        {
            "document": sources.get(one.document, one.document),
            "document_id": one.document,
            "spans": encode(one.spans),
            "quote": one.quote,
        }
        for one in change.citations
    ]
    about = {
        "supplier": None if row is None else row.supplier,
        "recipient": None if row is None else row.recipient,
        "category": None if row is None else row.category.value,
        "stage": None if row is None else row.stage.value,
    }
    return {"type": "change", **encode(change), **about, "citations": cited}


# ------------------------------------------------------------------------------------ table


def register_table(register: Register) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """As ``register_cells``; cells that a spreadsheet program would take for a formula when it opens a CSV
    file are preceded by an apostrophe."""
    headings, rows = register_cells(register)
    return headings, [tuple(_harmless(one) for one in row) for row in rows]


def register_cells(register: Register) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
    """Headings and rows of the register in SIPRI's columns, with Tidewaiter's own after them.

    Where SIPRI leaves a cell empty or writes ``..``, so does this.  Where it is as of a day that is past,
    each row ends with that day and the clock.
    """
    headings = (*(heading for heading, _ in SIPRI_COLUMNS), *OWN_COLUMNS)
    then: tuple[str, ...] = ()
    if register.as_of is not None:
        headings = (*headings, AS_OF_COLUMN)
        then = (f"{register.as_of.day}, {CLOCK_WORDS[register.as_of.clock]}",)
    return headings, ((*_table_row(row), *then) for row in register.rows)


def _table_row(row: RegisterRow) -> Iterator[str]:
    for _, name in SIPRI_COLUMNS:
        yield row.cells[name].value if name in row.cells else UNKNOWN
    yield from (row.id, row.category.value, row.stage.value)
    yield "; ".join(f"{one.label}: {one.summary}" for one in row.positions)
    yield "; ".join(one.text for one in row.open)
    yield str(len({document for document, _ in row.reported}))
    yield from (UNKNOWN if row.quantity is None else figure_words(row.quantity), row.when or UNKNOWN)
    yield row.cells["route"].value if "route" in row.cells else UNKNOWN


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
