"""Ids: that each one names something, and one thing only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Protocol

from tidewaiter.model import Copy, Document, Reading, RegisterResponse, RegisterRow, TimelineEntry
from tidewaiter.verification.findings import Finding, Kind, finding
from tidewaiter.verification.texts import findings_of, place_of


class Known(Protocol):
    """What is in a case, asked id by id, so that nobody needs to hold all of them."""

    def has_document(self, document: str) -> bool:
        """Whether there is such a document."""

    def has_transfer(self, document: str, reported: str) -> bool:
        """Whether that document has such a reported transfer."""

    def has_reported(self, reported: str) -> bool:
        """Whether any document has such a reported transfer."""

    def has_claim(self, document: str, claim: str) -> bool:
        """Whether that document has such a claim."""

    def has_row(self, register_id: str) -> bool:
        """Whether the register has such a row."""


def check_ids(document: Document, reading: Reading) -> Iterator[Finding]:
    """Inside one document: every id is one thing's, and every id named is there."""
    if reading.document != document.id:
        yield finding(Kind.ID_DANGLING, document.id, f"its reading is one of {reading.document}")
    for where, ids in (
        ("statement", [one.id for one in reading.statements]),
        ("mention", [one.id for one in reading.mentions]),
        ("reported transfer", [one.id for one in reading.transfers]),
        ("claim", [one.id for one in reading.claims]),
        ("response", [one.id for one in reading.responses]),
        ("event", [one.id for one in reading.events]),
    ):
        for name, times in Counter(ids).items():
            if times > 1:
                yield finding(Kind.ID_TWICE, f"{document.id}: {where} {name}", f"{times} have that id")
    yield from _check_named(document.id, reading)


def _check_named(document: str, reading: Reading) -> Iterator[Finding]:
    statements = {one.id for one in reading.statements}
    mentions = {one.id for one in reading.mentions}
    transfers = {one.id for one in reading.transfers}
    for one in findings_of(reading):
        where = place_of(document, one)
        yield from _dangling(where, "statement", (getattr(one, "within", None),), statements)
        yield from _dangling(where, "statement", (getattr(one, "statement", None),), statements)
        yield from _dangling(where, "reported transfer", (getattr(one, "transfer", None),), transfers)
        yield from _dangling(where, "reported transfer", (getattr(one, "in_exchange_for", None),), transfers)
        yield from _dangling(where, "mention", getattr(one, "mentions", ()), mentions)


def _dangling(where: str, kind: str, named: Iterable[str | None], there: set[str]) -> Iterator[Finding]:
    for name in named:
        if name is not None and name not in there:
            yield finding(Kind.ID_DANGLING, where, f"it names the {kind} {name}, which is not there")


def check_row_ids(row: RegisterRow, known: Known) -> Iterator[Finding]:
    """Every reported transfer, claim, document and row that a row names."""
    for document, reported in row.reported:
        if not known.has_transfer(document, reported):
            what = f"it is made of the reported transfer {reported} of {document}, which is not there"
            yield finding(Kind.ID_DANGLING, row.id, what)
    for position in row.positions:
        for claim in position.claims:
            if not known.has_claim(claim.document, claim.claim):
                where = f"{row.id}, position of {position.actor}"
                what = f"it names the claim {claim.claim} of {claim.document}, which is not there"
                yield finding(Kind.ID_DANGLING, where, what)
    yield from _check_rows(row.in_exchange_for, known, f"{row.id}, in exchange for")
    for name, reasons in (("reasons", row.reasons), ("apart", row.apart)):
        for reported in sorted({side for reason in reasons for side in (reason.a, reason.b)}):
            if not known.has_reported(reported):
                what = f"it names the reported transfer {reported}, which is not there"
                yield finding(Kind.ID_DANGLING, f"{row.id}, {name}", what)


def check_response_ids(number: int, response: RegisterResponse, known: Known) -> Iterator[Finding]:
    """The rows that a response answers."""
    yield from _check_rows(response.transfers, known, f"response {number} ({response.kind.value})")


def check_entry_ids(number: int, entry: TimelineEntry, known: Known) -> Iterator[Finding]:
    """The rows that an entry of the timeline is about."""
    yield from _check_rows(entry.transfers, known, f"timeline entry {number} ({entry.kind})")


def _check_rows(rows: Iterable[str], known: Known, where: str) -> Iterator[Finding]:
    for row in rows:
        if not known.has_row(row):
            yield finding(Kind.ID_DANGLING, where, f"it names the transfer {row}, which is not there")


def check_copy(copy: Copy, known: Known) -> Iterator[Finding]:
    """Both documents of a pair of copies."""
    for document in (copy.a, copy.b):
        if not known.has_document(document):
            what = f"it names the document {document}, which is not there"
            yield finding(Kind.ID_DANGLING, f"copy {copy.a}, {copy.b}", what)


def check_dated(document: str, known: Known) -> Iterator[Finding]:
    """A document that others give a date."""
    if not known.has_document(document):
        yield finding(Kind.ID_DANGLING, "dates that others give", f"{document} is not there")
