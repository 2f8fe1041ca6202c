"""A case as values: documents, readings and register of the reports that the command line is tried on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from cli.reports import REPORTS
from tidewaiter import knowledge
from tidewaiter.capture.decoding import decode_as
from tidewaiter.capture.files import make_document, media_type
from tidewaiter.linking import link
from tidewaiter.model import Capture, Document, Reading, Register
from tidewaiter.reading.reader import read
from tidewaiter.register import build_register


@dataclass(frozen=True)
class Values:
    """A whole case; also answers what is in it."""

    documents: Mapping[str, Document]
    readings: Mapping[str, Reading]
    register: Register
    decoded: Mapping[str, str] = field(default_factory=dict)

    def text(self, document: str) -> str | None:
        return self.documents[document].text if document in self.documents else None

    def has_document(self, document: str) -> bool:
        return document in self.documents

    def has_transfer(self, document: str, reported: str) -> bool:
        return document in self.readings and any(
            one.id == reported for one in self.readings[document].transfers
        )

    def has_reported(self, reported: str) -> bool:
        return any(self.has_transfer(document, reported) for document in self.documents)

    def has_claim(self, document: str, claim: str) -> bool:
        return document in self.readings and any(one.id == claim for one in self.readings[document].claims)

    def has_row(self, register_id: str) -> bool:
        return any(row.id == register_id for row in self.register.rows)


MORE = {
    "exchange.txt": """Chile gives Ghana frigates for radar parts

SANTIAGO, May 4, 2021 - Chile will give Ghana two frigates in exchange for radar parts, President Ama Owusu
said on Tuesday. Canada imposed sanctions on a Chilean firm over the deal on May 6, 2021.
""",
}


@pytest.fixture(scope="session")
def values() -> Values:
    """Everything that is made of the reports."""
    tables = knowledge.load()
    documents, decoded = {}, {}
    for name, text in (REPORTS | MORE).items():
        data = text.encode()
        capture = Capture(
            hashlib.sha256(data).hexdigest(), len(data), name, "2021-06-01T00:00:00Z", "me", "file",
            media_type(name, data),
        )  # fmt: skip
        document = make_document(capture, data, name)
        documents[document.id], decoded[document.id] = document, decode_as(data, document.encoding)
    readings = {one: read(document, tables) for one, document in documents.items()}
    ordered = sorted(documents.values(), key=lambda one: one.id)
    register = build_register(ordered, readings, link(ordered, readings), "2021-06-01")
    return Values(documents, readings, register, decoded)
