"""Who makes attributions out of a text: the tagger where it is installed, the rules in any case."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial

from attribution.judging import Reader
from documents import make_document
from tidewaiter import knowledge
from tidewaiter.model import Statement
from tidewaiter.reading.reader import has_tagger, read

RULES, TAGGER = "rules", "tagger"


@cache
def makers() -> Mapping[str, Reader]:
    """Those that are there, the one that the program uses first."""
    return {name: partial(_kept, name) for name in ((TAGGER, RULES) if has_tagger() else (RULES,))}


def read_statements(maker: str, text: str, published: str | None = None) -> tuple[Statement, ...]:
    """The statements of a text by one of the makers, read anew each time."""
    by_rules = maker == RULES
    return read(make_document(text, published), knowledge.load(), by_rules_alone=by_rules).statements


@cache
def _kept(maker: str, text: str, published: str | None = None) -> tuple[Statement, ...]:
    """The same, kept: several tests ask for them."""
    return read_statements(maker, text, published)
