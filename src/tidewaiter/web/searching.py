"""Full-text search over the texts and the statements of a view.

An SQLite FTS5 index in the store of the view, so that one of a past day knows of nothing later.  Where
SQLite was built without FTS5, texts are gone through one by one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from tidewaiter.model import Span
from tidewaiter.pipeline import View

MOST_WORDS = 16
MOST_HITS = 40
"""Of each kind that are shown."""

AROUND = 110
"""Characters shown on each side of what was found."""

FTS5, SIMPLE = "an SQLite FTS5 index", "a simple search, as this SQLite has no FTS5"

ASIDE = {FTS5: "case and accents", SIMPLE: "case (not accents, as this SQLite has no FTS5)"}
"""What does not matter in a word, by what it is searched with."""

_ASKED = re.compile(r'"([^"]+)"|(\w+)')
_WORD = re.compile(r"\w+")


class Hit(NamedTuple):
    """A text in which everything asked for was found."""

    document: str  # id
    statement: str | None  # id; None: the document's own text
    span: Span  # in the document, of what is shown
    marks: tuple[Span, ...]  # in the document, of what was asked for
    who: str  # who is made to say it; empty for a document
    goes_on_before: bool = False  # what is shown is a part: more stands before it
    goes_on_behind: bool = False


class Found(NamedTuple):
    documents: tuple[Hit, ...]
    statements: tuple[Hit, ...]
    documents_in_all: int
    statements_in_all: int


class Search:
    """Finds words in a view."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.by = FTS5 if view.lists.is_indexed else SIMPLE

    def find(self, asked: str) -> Found:
        """Documents and statements that hold every word, and every phrase between quotation marks."""
        terms = terms_of(asked)
        if not terms:
            return Found((), (), 0, 0)
        find = partial(self.view.lists.find, terms, first=0, size=MOST_HITS)
        (documents, in_all), (statements, statements_in_all) = find(statements=False), find(statements=True)
        return Found(
            tuple(self._hit(*one, terms) for one in documents),
            tuple(self._hit(*one, terms) for one in statements),
            in_all,
            statements_in_all,
        )

    def _hit(
        self, name: str, statement: str | None, begin: int, stop: int, who: str, terms: Sequence[str]
    ) -> Hit:
        told, within = self.view.by_id[name], Span(begin, stop)
        marks = _marks(told.text, within, terms)
        first = marks[0] if marks else Span(within.start, within.start)
        start, end = max(within.start, first.start - AROUND), min(within.end, first.end + 2 * AROUND)
        shown = Span(*_at_words(told.text, start, end, within))
        inside = tuple(one for one in marks if shown.start <= one.start and one.end <= shown.end)
        return Hit(name, statement, shown, inside, who, shown.start > within.start, shown.end < within.end)


def terms_of(asked: str) -> list[str]:
    """The words and phrases asked for."""
    found = (" ".join(_WORD.findall(phrase or word)) for phrase, word in _ASKED.findall(asked))
    return [one for one in dict.fromkeys(found) if one][:MOST_WORDS]


def _marks(text: str, within: Span, terms: Sequence[str]) -> tuple[Span, ...]:
    patterns = (r"\W+".join(map(re.escape, term.split())) for term in terms)
    wanted = re.compile("|".join(rf"\b(?:{one})\b" for one in patterns), re.IGNORECASE)
    return tuple(Span(*one.span()) for one in wanted.finditer(text, within.start, within.end))


def _at_words(text: str, start: int, end: int, within: Span) -> tuple[int, int]:
    """The range, cut where words begin and end, as far as there are spaces."""
    if start > within.start and (space := text.find(" ", start, start + 30)) >= 0:
        start = space + 1
    if end < within.end and (space := text.rfind(" ", end - 30, end)) >= 0:
        end = space
    return start, end
