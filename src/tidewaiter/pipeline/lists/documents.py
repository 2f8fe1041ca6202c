"""Documents, their copies, and what is found in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tidewaiter.codec import from_json
from tidewaiter.model import Category, Copy
from tidewaiter.pipeline.lists.asking import Asking


class Report(NamedTuple):
    """A document in brief."""

    id: str
    published: str | None  # EDTF
    title: str
    outlet: str | None
    readable: bool
    flagged: bool
    by_rules: bool
    transfers: int  # reported


class Brief(NamedTuple):
    """What is told of a document wherever it is cited."""

    source: str
    name: str  # the shortest that a reader knows it by: outlet, else title, else file
    title: str
    published: str | None  # EDTF
    language: str | None


@dataclass(frozen=True, slots=True)
class ReportedInBrief:
    """What a row says of a reported transfer that it is made of."""

    id: str
    supplier: str | None
    recipient: str | None
    category: Category


@dataclass(frozen=True, slots=True)
class ReadInBrief:
    """Of a reading, what rows say of it."""

    transfers: tuple[ReportedInBrief, ...]


class DocumentLists(Asking):
    """Reports."""

    def read_in_brief(self, name: str) -> ReadInBrief:
        """What rows say of what was read in a document.  Raises ``KeyError`` for an id that none has."""
        return self.store.part_of_reading(ReadInBrief, name)

    def brief(self, name: str) -> Brief | None:
        """What is told of a document wherever it is cited; None where there is none of that id."""
        found = self._tables.one(
            """SELECT content.source, document_line.outlet, document_line.title, document_line.published,
                   content.payload ->> '$.language'
               FROM document_line JOIN shown ON shown.document = document_line.id
               JOIN content ON content.number = shown.content
               WHERE document_line.id = ?""",
            name,
        )
        if found is None:
            return None
        source, outlet, title, published, language = found
        return Brief(source, outlet or title, title, published, language)

    def documents(
        self, first: int = 0, size: int = -1, where: str = "1", values: Sequence[object] = (), order: str = ""
    ) -> tuple[list[str], int]:
        """Ids of documents in the order of date, and how many there are in all; ``where``: a condition on
        ``document_line`` in SQL; ``order``: another order."""
        total = self._number(f"SELECT count(*) FROM document_line WHERE {where}", *values)
        rows = self._ask(
            f"SELECT id FROM document_line WHERE {where} ORDER BY {order or 'place'} LIMIT ? OFFSET ?",
            *values,
            size,
            first,
        )
        return [row[0] for row in rows], total

    def reports(self) -> tuple[Report, ...]:
        """Every document in the order of date, in brief."""
        rows = self._ask(
            """SELECT id, published, title, outlet, readable, flagged, by_rules, transfers FROM document_line
               ORDER BY place"""
        )
        return tuple(
            Report(row[0], row[1], row[2], row[3], bool(row[4]), bool(row[5]), bool(row[6]), row[7])
            for row in rows
        )

    def transfers_in(self, name: str) -> int:
        """How many reported transfers were found in a document."""
        return self._number("SELECT transfers FROM document_line WHERE id = ?", name)

    def holder_of(self, sha256: str) -> str | None:
        """The document that is made of a capture."""
        row = self._tables.one("SELECT document FROM shown WHERE sha256 = ?", sha256)
        return None if row is None else row[0]

    def copies(self, first: int, size: int) -> tuple[list[Copy], int]:
        """Pairs of copies, in the order of ids."""
        rows = self._ask("SELECT payload FROM copy ORDER BY a, b LIMIT ? OFFSET ?", size, first)
        return [from_json(Copy, row[0]) for row in rows], self.pairs_in_all

    @cached_property
    def pairs_in_all(self) -> int:
        return self._number("SELECT count(*) FROM copy")

    def copy(self, a: str, b: str) -> Copy | None:
        """What was found of two documents, named in the order of their ids."""
        found = self._tables.one("SELECT payload FROM copy WHERE a = ? AND b = ?", a, b)
        return None if found is None else from_json(Copy, found[0])

    def copies_of(self, document: str) -> list[Copy]:
        """The copies that a document is one of."""
        return [from_json(Copy, one) for one in self.store.links.copies(document)]

    def pairs(self) -> list[tuple[str, str, str | None]]:
        """All pairs of copies with their direction ("a->b", "b->a", or not known), in the order of ids."""
        return [
            tuple(row) for row in self._ask("SELECT a, b, payload ->> '$.direction' FROM copy ORDER BY a, b")
        ]

    @property
    def is_indexed(self) -> bool:
        """Whether words are found by an index."""
        return self._tables.is_indexed

    def find(
        self, terms: Sequence[str], *, statements: bool, first: int, size: int
    ) -> tuple[list[tuple[str, str | None, int, int, str]], int]:
        """Document, statement, place and speaker of what holds every term, the likeliest first."""
        total, hits = self._tables.find(terms, statements, first, size)
        return [(one[0], one[1], one[2], one[3], one[4]) for one in hits], total
