"""Words of a text with their places, and which of them stand between quotation marks."""

from __future__ import annotations

import re
from typing import NamedTuple

from tidewaiter.model import Span

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_QUOTED = re.compile(
    r"“[^“”\n]{1,1500}”"
    r'|"[^"\n]{1,1500}"'
    r"|«[^«»\n]{1,1500}»"
    # single marks only where no letter stands outside them, so that an apostrophe opens nothing
    r"|(?<!\w)[‘'](?=\S)[^‘\n]{2,600}?(?<=\S)[’'](?!\w)"
)


class Word(NamedTuple):
    """A word in lower case, with straight apostrophes, and where it stands."""

    text: str
    span: Span


def words(text: str) -> tuple[Word, ...]:
    """The words and numbers of a text, in order."""
    return tuple(
        Word(found.group().lower().replace("’", "'"), Span(*found.span())) for found in _WORD.finditer(text)
    )


def quoted_spans(text: str) -> tuple[Span, ...]:
    """What stands between quotation marks, marks included; quotes do not cross lines."""
    return tuple(Span(*found.span()) for found in _QUOTED.finditer(text))


def narrative(text: str) -> tuple[tuple[Word, ...], ...]:
    """The words outside quotation marks, as the runs that the quotes leave.

    What a third person is quoted with is the same in every independent account; only the
    reporter's own words tell that one account was made from another.
    """
    runs: list[tuple[Word, ...]] = []
    position = 0
    for quote in (*quoted_spans(text), Span(len(text), len(text))):
        offset = position
        piece = words(text[position : quote.start])
        runs.append(tuple(Word(w.text, Span(w.span.start + offset, w.span.end + offset)) for w in piece))
        position = quote.end
    return tuple(run for run in runs if run)


def longest_common_run(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    """The longest run of words that stands in both; the first in ``a`` where there are several."""
    best_end, best = 0, 0
    previous = [0] * (len(b) + 1)
    for i, word in enumerate(a):
        current = [0] * (len(b) + 1)
        for j, other in enumerate(b):
            if word == other:
                current[j + 1] = previous[j] + 1
                if current[j + 1] > best:
                    best, best_end = current[j + 1], i + 1
        previous = current
    return a[best_end - best : best_end]
