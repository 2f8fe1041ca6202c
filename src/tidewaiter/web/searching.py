"""Full-text search over the texts and the statements of a view.

An SQLite FTS5 index in a temporary store, made when first searched and gone with the view, so that one of
a past day knows of nothing later.  Where SQLite was built without FTS5, texts are gone through one by one.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tidewaiter.ledger.database import TEMPORARY
from tidewaiter.model import Document, Span
from tidewaiter.pipeline import View

MOST_WORDS = 16
MOST_HITS = 100
"""Of each kind that are shown."""

AROUND = 110
"""Characters shown on each side of what was found."""

FTS5, SIMPLE = "an SQLite FTS5 index", "a simple search, as this SQLite has no FTS5"

_ASKED = re.compile(r'"([^"]+)"|(\w+)')
_WORD = re.compile(r"\w+")


class Hit(NamedTuple):
    """A text in which everything asked for was found."""

    document: str  # id
    statement: str | None  # id; None: the document's own text
    span: Span  # in the document, of what is shown
    marks: tuple[Span, ...]  # in the document, of what was asked for
    who: str  # who is made to say it; empty for a document


class Found(NamedTuple):
    documents: tuple[Hit, ...]
    statements: tuple[Hit, ...]
    documents_in_all: int
    statements_in_all: int


class Search:
    """Finds words in a view."""

    def __init__(self, view: View) -> None:
        self.view = view
        # connections belong to the desk's thread, as everything of a view
        self._db = sqlite3.connect(TEMPORARY)
        try:
            self._db.execute(
                "CREATE VIRTUAL TABLE told USING fts5"
                "(words, document UNINDEXED, statement UNINDEXED, tokenize = 'unicode61 remove_diacritics 2')"
            )
            self.by = FTS5
        except sqlite3.OperationalError:
            self._db.execute("CREATE TABLE told (words, document, statement)")
            self.by = SIMPLE
        self._db.executemany("INSERT INTO told VALUES (?, ?, ?)", _texts(view))

    def find(self, asked: str) -> Found:
        """Documents and statements that hold every word, and every phrase between quotation marks."""
        terms = terms_of(asked)
        if not terms:
            return Found((), (), 0, 0)
        rows = list(self._rows(terms))
        documents = [one for one in rows if one[1] is None]
        statements = [one for one in rows if one[1] is not None]
        return Found(
            tuple(self._hit(*one, terms) for one in documents[:MOST_HITS]),
            tuple(self._hit(*one, terms) for one in statements[:MOST_HITS]),
            len(documents),
            len(statements),
        )

    def holding(self, asked: str) -> frozenset[str]:
        """The documents (by id) whose text holds every word and phrase."""
        terms = terms_of(asked)
        return (
            frozenset(name for name, statement in self._rows(terms) if statement is None)
            if terms
            else frozenset()
        )

    def _rows(self, terms: Sequence[str]) -> Iterator[tuple[str, str | None]]:
        if self.by == FTS5:
            query = " ".join('"{}"'.format(term.replace('"', "")) for term in terms)
            yield from self._db.execute(
                "SELECT document, statement FROM told WHERE told MATCH ? ORDER BY rank, document, statement",
                (query,),
            )
            return
        for words, document, statement in self._db.execute("SELECT * FROM told ORDER BY document, statement"):
            if all(term.casefold() in words.casefold() for term in terms):
                yield document, statement

    def _hit(self, name: str, statement: str | None, terms: Sequence[str]) -> Hit:
        told = self.view.by_id[name]
        within, who = (Span(0, len(told.text)), "") if statement is None else self._said(told, statement)
        marks = _marks(told.text, within, terms)
        first = marks[0] if marks else Span(within.start, within.start)
        start, end = max(within.start, first.start - AROUND), min(within.end, first.end + 2 * AROUND)
        shown = Span(*_at_words(told.text, start, end, within))
        inside = tuple(one for one in marks if shown.start <= one.start and one.end <= shown.end)
        return Hit(name, statement, shown, inside, who)

    def _said(self, document: Document, statement: str) -> tuple[Span, str]:
        """Where the content of a statement stands, and who says it."""
        told = next(one for one in self.view.readings[document.id].statements if one.id == statement)
        spans = told.content.spans
        where = Span(min(one.start for one in spans), max(one.end for one in spans))
        return where, told.source.text if told.source else "somebody"


def terms_of(asked: str) -> list[str]:
    """The words and phrases asked for."""
    found = (" ".join(_WORD.findall(phrase or word)) for phrase, word in _ASKED.findall(asked))
    return [one for one in dict.fromkeys(found) if one][:MOST_WORDS]


def _texts(view: View) -> Iterator[tuple[str, str, str | None]]:
    for document in view.documents:
        yield f"{document.title or ''}\n{document.outlet or ''}\n{document.text}", document.id, None
        for statement in view.readings[document.id].statements:
            if statement.content.spans:
                source = statement.source.text if statement.source else ""
                yield f"{statement.content.text}\n{source}", document.id, statement.id


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
