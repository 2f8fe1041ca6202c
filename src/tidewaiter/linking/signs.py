"""Small words on which the meaning of a saying turns: negations, hedges, "and" and "or".

The table ``retold_signs`` has the words: a hedge's strength is 1 where it leaves little doubt ("we are
convinced"), 2 where it says on what ground or how far something is believed ("we have indications"), 3
where it leaves something open ("may").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from tidewaiter.knowledge import Knowledge
from tidewaiter.linking.concepts import LONGEST, Token, tokens

NEGATION, HEDGE, OR, AND = "negation", "hedge", "or", "and"

SCOPE = 8
"""Words behind a negation in the same clause that it may deny: our own choice."""

_CLAUSE = re.compile(r"[,;:.!?—–()]")
_SENTENCE = re.compile(r"[;.!?]")


class Sign(NamedTuple):
    """A sign in a wording."""

    sign: str
    strength: int  # of a hedge; 0 otherwise
    first: int  # its first token
    last: int  # the token behind its last


@lru_cache(maxsize=4)
def _table(tables: Knowledge) -> Mapping[str, tuple[str, int]]:
    rows = reversed(tables.table("retold_signs"))  # of two rows with the same words the first holds
    return {_plain(row["words"]): (row["sign"], int(row["strength"] or 0)) for row in rows}


def _plain(words: str) -> str:
    return " ".join(one.text for one in tokens(words))


def signs(words: Sequence[Token], tables: Knowledge) -> tuple[Sign, ...]:
    """The signs of a wording, in order; of several that begin at one word the longest."""
    known = _table(tables)
    texts = [one.text for one in words]
    found: list[Sign] = []
    at = 0
    while at < len(texts):
        sizes = range(min(LONGEST, len(texts) - at), 0, -1)
        size = next((size for size in sizes if " ".join(texts[at : at + size]) in known), 0)
        if size:
            found.append(Sign(*known[" ".join(texts[at : at + size])], at, at + size))
        elif texts[at].endswith("n't"):
            size = 1
            found.append(Sign(NEGATION, 0, at, at + 1))
        at += max(1, size)
    return tuple(found)


def sentences(said: str, words: Sequence[Token]) -> tuple[int, ...]:
    """For each word the number of the sentence that it stands in."""
    return _numbered(said, words, _SENTENCE)


def clauses(said: str, words: Sequence[Token]) -> tuple[int, ...]:
    """For each word the number of the clause that it stands in, as far as commas tell."""
    return _numbered(said, words, _CLAUSE)


def _numbered(said: str, words: Sequence[Token], between: re.Pattern[str]) -> tuple[int, ...]:
    numbers: list[int] = []
    number, end = 0, 0
    for word in words:
        number += bool(numbers) and between.search(said[end : word.start]) is not None
        numbers.append(number)
        end = word.end
    return tuple(numbers)
