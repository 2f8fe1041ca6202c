"""The rows of the table ``field``: for each field of everything found, the words under it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tidewaiter.codec import encode
from tidewaiter.model import (
    Anchors,
    Claim,
    Document,
    Event,
    Mention,
    Reading,
    RegisterRow,
    ReportedTransfer,
    Response,
    Source,
    Span,
    Spans,
    Speaker,
    Statement,
    anchor,
)

Finding = Document | Statement | Mention | ReportedTransfer | Claim | Response | Event


class FieldRow(NamedTuple):
    """One piece of text under one field (W3C selectors: position and quote)."""

    kind: str  # document, statement, mention, transfer, claim, response, event, register
    owner: str  # id
    field: str
    value: str | None
    document: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    producer: str  # version of the cleaner, the reader or the register that gave the value


def document_fields(document: Document) -> Iterator[FieldRow]:
    """Title, author, date: where in the text they stand."""
    yield from _rows("document", document, document, document.anchors, document.cleaner)


def reading_fields(document: Document, reading: Reading) -> Iterator[FieldRow]:
    """Every field of every finding of one document."""
    for statement in reading.statements:
        spans = _statement_anchors(statement)
        yield from _rows("statement", statement, document, spans, reading.reader)
    for kind, findings in (
        ("mention", reading.mentions),
        ("transfer", reading.transfers),
        ("claim", reading.claims),
        ("response", reading.responses),
        ("event", reading.events),
    ):
        for one in findings:
            yield from _rows(kind, one, document, one.anchors, reading.reader)


def register_fields(row: RegisterRow, texts: Mapping[str, str], producer: str) -> Iterator[FieldRow]:
    """Every cell of a register row; ``texts`` are the cleaned texts by document id."""
    for name, cell in row.cells.items():
        for citation in cell.citations:
            for span in citation.spans:
                place = anchor(texts[citation.document], span)
                yield FieldRow(
                    "register", row.id, name, cell.value, citation.document, *place, producer=producer
                )


def _statement_anchors(statement: Statement) -> Anchors:
    parts: dict[str, Spans] = {"content": statement.content.spans}
    if statement.source:
        parts["source"] = statement.source.spans
    if statement.cue:
        parts["cue"] = statement.cue.spans
    return {**parts, **statement.anchors}


def _rows(
    kind: str, finding: Finding, document: Document, anchors: Anchors, producer: str
) -> Iterator[FieldRow]:
    for name, spans in anchors.items():
        value = _shown(getattr(finding, name, None))
        for span in spans:
            place = anchor(document.text, Span(*span))
            yield FieldRow(kind, finding.id, name, value, document.id, *place, producer=producer)


def _shown(value: object) -> str | None:
    """A field's value as one string; values of several parts as JSON."""
    if isinstance(value, Speaker | Source):
        return value.name or value.role or value.actor or getattr(value, "text", None)
    plain = encode(value)
    if plain is None or isinstance(plain, str):
        return plain
    text = plain.get("text") if isinstance(plain, dict) else None
    return text if isinstance(text, str) else json.dumps(plain, ensure_ascii=False)
