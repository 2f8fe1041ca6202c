"""What the capture tests share: bytes to a document whose map is checked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from tidewaiter.capture.decoding import decode_as
from tidewaiter.capture.files import make_document, media_type
from tidewaiter.model import Capture, Document

NOW = "2026-03-01T09:00:00Z"


def assert_map_holds(document: Document, data: bytes) -> None:
    """Every segment and anchor of the document says what its maker promises."""
    decoded = decode_as(data, document.encoding)
    before = 0
    for start, end, origin in document.segments:
        assert before <= start < end <= len(document.text)
        assert document.text[start:end] == decoded[origin : origin + end - start]
        before = end
    for name, spans in document.anchors.items():
        assert spans, name
        for start, end in spans:
            assert document.text[start:end].strip(), name


@pytest.fixture(scope="session")
def capture_bytes() -> Callable[..., Document]:
    """``capture_bytes(data, name="report.txt", **options)``: the document, with its map checked."""

    def captured(data: bytes | str, name: str = "report.txt", **options: object) -> Document:
        data = data.encode() if isinstance(data, str) else data
        digest = hashlib.sha256(data).hexdigest()
        record = Capture(digest, len(data), name, NOW, "analyst", "file", media_type(name, data))
        document = make_document(record, data, name, **options)  # type: ignore[arg-type]
        assert_map_holds(document, data)
        return document

    return captured
