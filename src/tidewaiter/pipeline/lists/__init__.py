"""What a built case shows, asked for page by page: each answer costs what is in it, however large the case.

It is read from the tables that ``listing`` keeps, of the one state that the store is looked at in.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from tidewaiter.pipeline.lists.actors import ActorLists, Said
from tidewaiter.pipeline.lists.compared import ComparedLists
from tidewaiter.pipeline.lists.documents import Brief, DocumentLists, Report
from tidewaiter.pipeline.lists.rows import SORTS, Filters, RowLists

__all__ = ["SORTS", "Brief", "Filters", "Lists", "Report", "Said"]


class Lists(RowLists, ActorLists, DocumentLists, ComparedLists):
    """The lists of a case at one moment."""

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """What the case holds, in figures."""
        documents = self._tables.one(
            "SELECT count(*), coalesce(sum(readable = 0), 0), coalesce(sum(by_rules), 0) FROM document_line"
        )
        rows = self._tables.one(
            """SELECT count(*), coalesce(sum(claims), 0), coalesce(sum(denials), 0), coalesce(sum(open), 0)
               FROM row_line"""
        )
        assert documents is not None
        assert rows is not None
        return {
            "documents": documents[0],
            "unreadable": documents[1],
            "by_rules": documents[2],
            "copies": self._number("SELECT count(*) FROM (SELECT a FROM copy UNION SELECT b FROM copy)"),
            "transfers": rows[0],
            "claims": rows[1],
            "denials": rows[2],
            "open": rows[3],
            "responses": self._number("SELECT count(*) FROM response_line"),
        }
