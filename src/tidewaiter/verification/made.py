"""What is computed: texts held against captures, every anchor, every id, the tables of the register."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from tidewaiter.capture.decoding import decode_as
from tidewaiter.codec import from_json
from tidewaiter.errors import CaseError
from tidewaiter.ledger.durable import DurableStore
from tidewaiter.model import Copy, Document, Reading, RegisterResponse, RegisterRow, TimelineEntry
from tidewaiter.register.timeline import Entry
from tidewaiter.verification.ascending import Ascending
from tidewaiter.verification.findings import UNREADABLE, Finding, Kind, finding
from tidewaiter.verification.kept import Done
from tidewaiter.verification.references import (
    check_copy,
    check_dated,
    check_entry_ids,
    check_ids,
    check_response_ids,
    check_row_ids,
)
from tidewaiter.verification.shown import DERIVED, Made, Shown
from tidewaiter.verification.tally import Tally
from tidewaiter.verification.texts import (
    anchors_of,
    check_entry,
    check_origin,
    check_reading,
    check_response,
    check_row,
    check_text,
    findings_of,
)

Value = TypeVar("Value")


def check_store(shown: Shown) -> Iterator[Finding]:
    """What SQLite itself finds."""
    for one in shown.damage():
        yield finding(Kind.STORE_DAMAGED, DERIVED, one)


# ------------------------------------------------------------------------------------ documents


def check_documents(durable: DurableStore, shown: Shown, tally: Tally, done: Done) -> Iterator[Finding]:
    """Every document and reading shown, and its capture; ``done`` is told after each."""
    known = Ascending(_is_held(durable))
    for number, made in enumerate(shown.made(), 1):
        yield from _check_capture_known(known.get(made.sha256), made)
        if made.document is None:
            tally.checked["captures that gave no report"] += 1
        else:
            tally.checked["texts"] += 1
            yield from _check_document(durable, shown, made, tally)
        done(number)


def _is_held(durable: DurableStore) -> Iterator[tuple[str, bool]]:
    """Each capture that was noted, in the order of hashes, and whether it is not withdrawn."""
    for sha256, sources in groupby(durable.noted(), key=lambda one: one.sha256):
        yield sha256, any(one.withdrawn_at is None for one in sources)


def _check_capture_known(is_held: bool | None, made: Made) -> Iterator[Finding]:
    where = f"{made.document or 'a failure'} ({made.source})"
    if is_held is None:
        what = f"it is made of the capture {made.sha256[:12]}, which the custody record does not name"
        yield finding(Kind.ID_DANGLING, where, what)
    elif not is_held:
        yield finding(Kind.NOT_BUILT, where, "it was withdrawn, and is shown still")


def _check_document(durable: DurableStore, shown: Shown, made: Made, tally: Tally) -> Iterator[Finding]:
    where = f"{made.document} ({made.source})"
    try:
        document, reading = _document(made), _value(Reading, made.reading)
    except UNREADABLE as error:
        yield finding(Kind.VALUE_UNREADABLE, where, f"{type(error).__name__}: {error}")
        return
    if (document.id, document.captures[:1]) != (made.document, (made.sha256,)):
        yield finding(Kind.ROWS_DIFFER, where, f"its value is that of {document.id}")
    tally.checked["anchors"] += _number_of_anchors(document, reading)
    yield from check_text(document)
    yield from _check_origin(durable, document)
    yield from check_reading(document, reading)
    yield from check_ids(document, reading)
    yield from _check_looked_up(shown, reading)


def _document(made: Made) -> Document:
    return replace(_value(Document, made.payload), text=made.text or "")


def _check_origin(durable: DurableStore, document: Document) -> Iterator[Finding]:
    where = f"{document.id} ({document.source})"
    try:
        data = durable.bytes.read(document.captures[0])
        decoded = decode_as(data, document.encoding)
    except (CaseError, LookupError) as error:  # LookupError: no such encoding
        what = error.what if isinstance(error, CaseError) else str(error)
        yield finding(Kind.ORIGIN_UNCHECKED, where, what)
    else:
        yield from check_origin(document, decoded)


def _check_looked_up(shown: Shown, reading: Reading) -> Iterator[Finding]:
    told, known = sorted(one.id for one in reading.transfers), shown.transfers_of(reading.document)
    if told != known:
        what = f"it has the reported transfers {_listed(told)}, and the look-up {_listed(known)}"
        yield finding(Kind.ROWS_DIFFER, reading.document, what)


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"


def _number_of_anchors(document: Document, reading: Reading) -> int:
    inside = sum(len(spans) for one in findings_of(reading) for spans in anchors_of(one).values())
    return inside + sum(len(spans) for spans in document.anchors.values())


def check_built(durable: DurableStore, shown: Shown) -> Iterator[Finding]:
    """Captures and judgements that came since the last build, and what was read and not linked."""
    for held in durable.held():
        if not shown.has_capture(held.capture.sha256):
            yield finding(Kind.NOT_BUILT, held.sources[0], "it was taken in, and is not built yet")
    looked_at = shown.judgements()
    for judgement in durable.judgements.all():
        if looked_at.get(judgement.id) != (judgement.withdrawn_at is not None):
            yield finding(Kind.NOT_BUILT, judgement.id, "it was judged or withdrawn, and is not built yet")
    for sha256 in shown.unlinked():
        yield finding(Kind.NOT_BUILT, sha256[:12], "it was read anew, and that is not linked yet")


# ------------------------------------------------------------------------------------ register


def check_register_tables(shown: Shown, tally: Tally, done: Done) -> Iterator[Finding]:
    """Rows, responses, timeline, copies and dates; ``done`` is told after each row."""
    columns = 'id, supplier, recipient, category, stage, "when", payload'
    for number, stored in enumerate(shown.rows(columns, "register_row", "id"), 1):
        tally.checked["transfers"] += 1
        yield from _check_row(shown, stored, tally)
        done(number)
    yield from _check_responses(shown, tally)
    yield from _check_timeline(shown, tally)
    yield from _check_copies(shown, tally)
    for stored in shown.rows("document", "dated", "document"):
        yield from check_dated(stored[0], shown)
    yield from _check_groups(shown)


def _check_row(shown: Shown, stored: sqlite3.Row, tally: Tally) -> Iterator[Finding]:
    where = f"transfer {stored['id']}"
    row = yield from _read(RegisterRow, stored["payload"], where)
    if row is None:
        return
    said = (row.id, row.supplier, row.recipient, row.category.value, row.stage.value, row.when)
    if said != tuple(stored)[:6]:
        yield finding(Kind.ROWS_DIFFER, where, "its columns are not those of its value")
    tally.checked["citations"] += sum(len(cell.citations) for cell in row.cells.values())
    yield from check_row(row, shown.text)
    yield from check_row_ids(row, shown)


def _check_responses(shown: Shown, tally: Tally) -> Iterator[Finding]:
    for number, stored in enumerate(shown.rows("payload", "register_response", "alike, number"), 1):
        tally.checked["responses"] += 1
        response = yield from _read(RegisterResponse, stored["payload"], f"response {number}")
        if response is not None:
            yield from check_response(number, response, shown.text)
            yield from check_response_ids(number, response, shown)


def _check_timeline(shown: Shown, tally: Tally) -> Iterator[Finding]:
    for number, stored in enumerate(shown.rows("payload", "timeline", "owner, number"), 1):
        tally.checked["timeline entries"] += 1
        told = yield from _read(Entry, stored["payload"], f"timeline entry {number}")
        if told is not None:
            cited = (told.citation,) if told.citation else ()
            entry = TimelineEntry(told.when, told.kind, told.text, told.transfers, cited)
            yield from check_entry(number, entry, shown.text)
            yield from check_entry_ids(number, entry, shown)


def _check_copies(shown: Shown, tally: Tally) -> Iterator[Finding]:
    for stored in shown.rows("a, b, payload", "copy", "a, b"):
        tally.checked["copies"] += 1
        where = f"copy {stored['a']}, {stored['b']}"
        copy = yield from _read(Copy, stored["payload"], where)
        if copy is None:
            continue
        if (copy.a, copy.b) != (stored["a"], stored["b"]):
            yield finding(Kind.ROWS_DIFFER, where, "its columns are not those of its value")
        yield from check_copy(copy, shown)


def _check_groups(shown: Shown) -> Iterator[Finding]:
    """Each group of reported transfers is a row, and each row is such a group."""
    for query, what in (
        ("transfer_group WHERE id NOT IN (SELECT id FROM register_row)", "is a transfer without a row"),
        ("register_row WHERE id NOT IN (SELECT id FROM transfer_group)", "is a row of no transfer"),
    ):
        for stored in shown.rows("id", query, "id"):
            yield finding(Kind.ID_DANGLING, f"transfer {stored['id']}", what)
    lost = "transfer WHERE in_group IS NULL OR in_group NOT IN (SELECT id FROM transfer_group)"
    for stored in shown.rows("id, document", lost, "id"):
        where = f"{stored['document']}: reported transfer {stored['id']}"
        yield finding(Kind.ID_DANGLING, where, "it is in no transfer of the register")


# ------------------------------------------------------------------------------------ values


def _read(kind: type[Value], payload: str | None, where: str) -> Generator[Finding, None, Value | None]:
    """The value; None and a finding where it cannot be read."""
    try:
        return _value(kind, payload)
    except UNREADABLE as error:
        yield finding(Kind.VALUE_UNREADABLE, where, f"{type(error).__name__}: {error}")
        return None


def _value(kind: type[Value], payload: str | None) -> Value:
    if payload is None:
        raise ValueError("there is no value")
    return from_json(kind, payload)
