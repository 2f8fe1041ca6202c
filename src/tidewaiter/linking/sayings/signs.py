"""Small words on which the meaning of a saying turns: negations, hedges, "and" and "or".

The table ``retold_signs`` has the words: a hedge's strength is 1 where it leaves little doubt ("we are
convinced"), 2 where it says on what ground or how far something is believed ("we have indications"), 3
where it leaves something open ("may").
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from tidewaiter.knowledge import Knowledge
from tidewaiter.linking.sayings.concepts import Token, meanings, tokens

NEGATION, DENIAL, HEDGE, OR, AND = "negation", "denial", "hedge", "or", "and"
"""A denial is a verb that negates what it reports ("denied that"); inside what is said ("we do not deny") it
is a word like others."""

PIECE = 5
"""Words of a piece of a quotation behind which the next piece, where it begins with a capital, is another
sentence: "According to our information," does not stand by itself."""

_CLAUSE = re.compile(r"[,;:.!?—–()]")
_BEGINNING = frozenset(("but", "while", "whereas", "although", "though"))
_BEGINNING_TWO = (["and", "that"], ["and", "then"])
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


@lru_cache(maxsize=4)
def _longest(tables: Knowledge) -> Mapping[str, int]:
    return _longest_by_first(_table(tables))


def _longest_by_first(known: Iterable[str]) -> Mapping[str, int]:
    """Words of the longest run that begins with a word."""
    found: dict[str, int] = {}
    for run in known:
        words = run.split(" ")
        found[words[0]] = max(found.get(words[0], 0), len(words))
    return found


def _plain(words: str) -> str:
    return " ".join(one.text for one in tokens(words))


@lru_cache(maxsize=4)
def _roundings(tables: Knowledge) -> tuple[frozenset[str], Mapping[str, int]]:
    """Words that leave open how many, where a figure follows: "about", "up to"; and the longest such run."""
    rows = tables.table("number_words")
    known = frozenset(
        _plain(row[next(iter(row))]) for row in rows if row["kind"] in ("about", "least", "most")
    )
    return known, _longest_by_first(known)


def signs(words: Sequence[Token], tables: Knowledge) -> tuple[Sign, ...]:
    """The signs of a wording, in order; of several that begin at one word the longest."""
    known = _table(tables)
    texts = [one.text for one in words]
    found: list[Sign] = []
    at = 0
    while at < len(texts):
        size = _run(texts, at, known, _longest(tables))
        rounding = _rounding(texts, at, tables)
        if size and size >= rounding:
            found.append(Sign(*known[" ".join(texts[at : at + size])], at, at + size))
        elif size := rounding:
            found.append(Sign(HEDGE, 1, at, at + size))
        elif texts[at].endswith("n't"):
            size = 1
            found.append(Sign(NEGATION, 0, at, at + 1))
        at += max(1, size)
    return tuple(found)


def _run(texts: Sequence[str], at: int, known: Container[str], longest: Mapping[str, int]) -> int:
    """Words of the longest run from a word that is known; 0 for none."""
    sizes = range(min(longest.get(texts[at], 0), len(texts) - at), 0, -1)
    return next((size for size in sizes if " ".join(texts[at : at + size]) in known), 0)


def _rounding(texts: Sequence[str], at: int, tables: Knowledge) -> int:
    """How many words before a figure leave open how many it is; 0 where none do."""
    known, longest = _roundings(tables)
    numbers = meanings(tables).numbers
    for size in range(min(longest.get(texts[at], 0), len(texts) - at - 1), 0, -1):
        after = texts[at + size]
        if (after[0].isdigit() or after in numbers) and " ".join(texts[at : at + size]) in known:
            return size
    return 0


def sentences(said: str, words: Sequence[Token]) -> tuple[int, ...]:
    """For each word the number of the sentence that it stands in."""
    return _numbered(said, words, _SENTENCE)


def clauses(said: str, words: Sequence[Token]) -> tuple[int, ...]:
    """For each word the number of the clause that it stands in, as far as commas, "but", "and that" tell."""
    numbers: list[int] = []
    added = 0
    texts = [one.text for one in words]
    for at, number in enumerate(_numbered(said, words, _CLAUSE)):
        added += at > 0 and (texts[at] in _BEGINNING or texts[at : at + 2] in _BEGINNING_TWO)
        numbers.append(number + added)
    return tuple(numbers)


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
