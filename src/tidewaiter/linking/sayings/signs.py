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
from tidewaiter.linking.sayings.concepts import LONGEST, Token, tokens

NEGATION, DENIAL, HEDGE, OR, AND = "negation", "denial", "hedge", "or", "and"
"""A denial is a verb that negates what it reports ("denied that"); inside what is said ("we do not deny") it
is a word like others."""

PIECE = 5
"""Words of a piece of a quotation behind which the next piece, where it begins with a capital, is another
sentence: "According to our information," does not stand by itself."""

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


@lru_cache(maxsize=4)
def _roundings(tables: Knowledge) -> frozenset[str]:
    """Words that leave open how many, where a figure follows: "about", "up to"."""
    rows = tables.table("number_words")
    return frozenset(
        _plain(row[next(iter(row))]) for row in rows if row["kind"] in ("about", "least", "most")
    )


def signs(words: Sequence[Token], tables: Knowledge) -> tuple[Sign, ...]:
    """The signs of a wording, in order; of several that begin at one word the longest."""
    known, roundings = _table(tables), _roundings(tables)
    texts = [one.text for one in words]
    found: list[Sign] = []
    at = 0
    while at < len(texts):
        sizes = range(min(LONGEST, len(texts) - at), 0, -1)
        size = next((size for size in sizes if " ".join(texts[at : at + size]) in known), 0)
        if size:
            found.append(Sign(*known[" ".join(texts[at : at + size])], at, at + size))
        elif size := _rounding(texts[at : at + LONGEST], roundings):
            found.append(Sign(HEDGE, 1, at, at + size))
        elif texts[at].endswith("n't"):
            size = 1
            found.append(Sign(NEGATION, 0, at, at + 1))
        at += max(1, size)
    return tuple(found)


def _rounding(texts: Sequence[str], roundings: frozenset[str]) -> int:
    """How many words before a figure in digits leave open how many it is; 0 where none do."""
    sizes = range(len(texts) - 1, 0, -1)
    return next((n for n in sizes if texts[n][0].isdigit() and " ".join(texts[:n]) in roundings), 0)


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
        gap = said[end : word.start]
        is_new_piece = "\n" in gap and said[word.start].isupper() and numbers.count(number) >= PIECE
        number += bool(numbers) and (is_new_piece or between.search(gap) is not None)
        numbers.append(number)
        end = word.end
    return tuple(numbers)
