"""Shared fixtures: the parsed model once a session, and the optional reference data."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from documents import make_document
from tidewaiter import knowledge
from tidewaiter.model import ActorMention
from tidewaiter.reading.parse import Parsed, parse
from tidewaiter.reading.who.actors import find_actors

ROOT = Path(__file__).parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test has an id of its own: of several with one id pytest-xdist runs one, where it runs groups."""
    twice = [one for one, times in Counter(item.nodeid for item in items).items() if times > 1]
    if twice:
        raise pytest.UsageError(f"more than one test has the id {twice[0]}: give each its own")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference reports and gold annotations; the test is skipped when it is absent."""
    folder = Path(os.environ.get("TIDEWAITER_SHARED", ROOT.parent / "shared"))
    if not (folder / "gold").is_dir():
        pytest.skip(f"reference data not found at {folder}; set TIDEWAITER_SHARED to run this test")
    return folder


@pytest.fixture(scope="session")
def parse_text() -> Callable[..., Parsed]:
    """``parse_text(text, published=None) -> Parsed`` with the project's own knowledge tables."""

    def parsed(text: str, published: str | None = None, **fields: object) -> Parsed:
        return parse(make_document(text, published, **fields), knowledge.load())

    return parsed


@pytest.fixture(scope="session")
def actors(parse_text: Callable[..., Parsed]) -> Callable[[str], dict[str, ActorMention]]:
    """``actors(text) -> {words: mention}``; the last mention of each wording."""

    def found(text: str) -> dict[str, ActorMention]:
        parsed = parse_text(text)
        return {parsed.text[one.span.start : one.span.end]: one for one in find_actors(parsed)}

    return found
