"""Cleaning and reading depend on nothing but their arguments: for tests that build the same reports over and
over they are done, but once a text; and the tables are read once, for cases without tables of their own."""

from __future__ import annotations

from typing import Any

import pytest

from tidewaiter import knowledge, places
from tidewaiter.capture import files
from tidewaiter.reading import reader


def read_once(patch: pytest.MonkeyPatch) -> None:
    """Until the patch is undone.  What is made of a capture depends on the day of the capture too."""
    known: dict[tuple[Any, ...], Any] = {}
    make, read, tables = files.make_document, reader.read, knowledge.load()
    atlas = places.load(tables)

    def made(capture: Any, data: bytes, source: str, *args: Any, **options: Any) -> Any:
        key = (capture.sha256, capture.media_type, capture.captured_at[:10], source)
        key += (repr(options.get("given_date")), repr(args))
        if key not in known:
            known[key] = make(capture, data, source, *args, **options)
        return known[key]

    def reading(document: Any, knowledge: Any) -> Any:
        key = (document.id, document.source, document.published, document.text_sha256, knowledge.digest)
        if key not in known:
            known[key] = read(document, knowledge)
        return known[key]

    patch.setattr(knowledge, "load", lambda _=None: tables)
    patch.setattr(places, "load", lambda *_: atlas)
    patch.setattr(files, "make_document", made)
    patch.setattr(reader, "read", reading)
