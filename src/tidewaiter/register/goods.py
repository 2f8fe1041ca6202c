"""Which kinds of goods words name, by the table of weapons."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import Category
from tidewaiter.register.holders import plain_words

LONGEST = 4
"""Words of the longest term that is looked for; longer ones name a type, whose kind their own words tell."""


@lru_cache(maxsize=4)
def _terms(tables: Knowledge) -> Mapping[str, tuple[Category, ...]]:
    """Kinds of goods by term; those that say only that it is arms, and those that are goods only beside
    certain words, left out."""
    return {
        " ".join(plain_words(row["term"])): tuple(Category(one) for one in row["category"].split("/") if one)
        for row in tables.table("weapons")
        if not row["generic"] and row["guard"] in ("", "doc")
    }


def categories_in(text: str, tables: Knowledge) -> tuple[Category, ...]:
    """The kinds of goods that a text about arms names, sorted."""
    terms, words = _terms(tables), [one.rstrip(".") for one in plain_words(text)]
    found: set[Category] = set()
    for start in range(len(words)):
        for size in range(1, LONGEST + 1):
            name = " ".join(words[start : start + size])
            found.update(terms.get(name) or terms.get(name.removesuffix("s")) or ())
    return tuple(sorted(found - {Category.UNSPECIFIED_ARMS, Category.OTHER}))
