"""Shared fixtures: the parsed model once a session, and the optional reference data."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tidewaiter import knowledge
from tidewaiter.model import Document
from tidewaiter.reading.parse import Parsed, parse

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference reports and gold annotations; the test is skipped when it is absent."""
    folder = Path(os.environ.get("TIDEWAITER_SHARED", ROOT.parent / "shared"))
    if not (folder / "gold").is_dir():
        pytest.skip(f"reference data not found at {folder}; set TIDEWAITER_SHARED to run this test")
    return folder


def make_document(
    text: str, published: str | None = None, source: str = "test.txt", **fields: object
) -> Document:
    """A document with the given cleaned text, as capture would make it."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    known: dict[str, object] = {
        "title": None,
        "outlet": None,
        "author": None,
        "published_ground": "given" if published else None,
        "language": "en",
    }
    known.update(fields)
    return Document(
        id=f"d{digest[:12]}",
        source=source,
        captures=(digest,),
        text=text,
        text_sha256=digest,
        published=published,
        **known,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="session")
def parse_text() -> Callable[..., Parsed]:
    """``parse_text(text, published=None) -> Parsed`` with the project's own knowledge tables."""

    def parsed(text: str, published: str | None = None, **fields: object) -> Parsed:
        return parse(make_document(text, published, **fields), knowledge.load())

    return parsed
