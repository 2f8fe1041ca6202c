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
def _terms(tables: Knowledge) -> Mapping[str, Category]:
    """Kind of goods by term; terms of several kinds, and those that say only that it is arms, left out."""
    found: dict[str, Category] = {}
    for row in tables.table("weapons"):
        if row["category"] in tuple(Category) and not row["generic"] and not row["guard"]:
            found.setdefault(" ".join(plain_words(row["term"])), Category(row["category"]))
    return found


def categories_in(text: str, tables: Knowledge) -> tuple[Category, ...]:
    """The kinds of goods that a text names, sorted."""
    terms, words = _terms(tables), plain_words(text)
    found: set[Category] = set()
    for start in range(len(words)):
        for size in range(1, LONGEST + 1):
            name = " ".join(words[start : start + size])
            category = terms.get(name) or terms.get(name.removesuffix("s"))
            if category is not None:
                found.add(category)
    return tuple(sorted(found - {Category.UNSPECIFIED_ARMS, Category.OTHER}))
