"""Who makes attributions out of a text: the tagger where it is installed, the rules in any case."""

from __future__ import annotations

from functools import cache

from attribution.judging import Reader
from documents import make_document
from tidewaiter import knowledge
from tidewaiter.model import Statement
from tidewaiter.reading.reader import read

RULES, TAGGER = "rules", "tagger"


def makers() -> dict[str, Reader]:
    """Those that are there, the one that the program uses first."""
    return {RULES: read_by_rules}


@cache
def read_by_rules(text: str, published: str | None = None) -> tuple[Statement, ...]:
    return read(make_document(text, published), knowledge.load()).statements
