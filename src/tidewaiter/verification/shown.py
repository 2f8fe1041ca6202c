"""The derived store as it stands on disk, asked piece by piece, for reading alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tidewaiter.ledger.database import damage, open_database
from tidewaiter.ledger.schema import MIGRATIONS
from tidewaiter.model import Standing

DERIVED = "derived.sqlite"

AT_HAND = 256
"""Texts and claims of documents that are kept at hand: citations of a row name the same few again."""


class Made(NamedTuple):
    """What was made of a capture, as stored."""

    sha256: str
    source: str
    document: str | None  # None: the capture gave none
    payload: str | None
    text: str | None
    reading: str | None


class Shown:
    """What is shown of a case, at one moment: whatever is written meanwhile is not seen."""

    def __init__(self, folder: Path) -> None:
        """Raises ``CaseError`` when the store cannot be opened."""
        self._db = open_database(folder / DERIVED, MIGRATIONS, read_only=True)
        self._db.execute("BEGIN")
        self.text = lru_cache(maxsize=AT_HAND)(self._text)
        self._claims = lru_cache(maxsize=AT_HAND)(self._read_claims)

    def close(self) -> None:
        """Let go of it."""
        self._db.close()

    def damage(self) -> list[str]:
        """What SQLite's own check finds wrong, in its words."""
        return damage(self._db)

    # ------------------------------------------------------------------------------- everything, by pieces

    def as_of(self) -> str | None:
        """The day for which the register was made; None before the first build."""
        found = self._one("SELECT as_of FROM built")
        return None if found is None else str(found[0])

    def number(self, table: str) -> int:
        """How many rows a table has."""
        return int(self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def made(self) -> Iterator[Made]:
        """What is shown of every capture, in the order of hashes."""
        for row in self._db.execute(
            """SELECT shown.sha256, source, shown.document, payload, text,
                   coalesce(ruled.reading, content.reading)
               FROM shown JOIN content ON number = content LEFT JOIN ruled ON ruled.sha256 = shown.sha256
               ORDER BY shown.sha256"""
        ):
            yield Made(*row)

    def unlinked(self) -> Iterator[str]:
        """The hashes of captures that were read, and of which that is not shown yet."""
        for row in self._db.execute(
            """SELECT DISTINCT sha256 FROM content WHERE number NOT IN (SELECT content FROM shown)
               ORDER BY sha256"""
        ):
            yield row[0]

    def judgements(self) -> dict[str, bool]:
        """Of every judgement that the last build looked at, whether it was withdrawn then."""
        rows = self._db.execute("SELECT id, payload ->> '$.standing' FROM judged")
        return {row[0]: row[1] == Standing.WITHDRAWN for row in rows}

    def rows(self, columns: str, table: str, order: str) -> Iterator[sqlite3.Row]:
        """Some columns of a table."""
        yield from self._db.execute(f"SELECT {columns} FROM {table} ORDER BY {order}")

    # ------------------------------------------------------------------------------- what is in it

    def has_capture(self, sha256: str) -> bool:
        """Whether something is shown of that capture."""
        return self._one("SELECT 1 FROM shown WHERE sha256 = ?", sha256) is not None

    def has_document(self, document: str) -> bool:
        """Whether there is such a document."""
        return self._one("SELECT 1 FROM shown WHERE document = ?", document) is not None

    def has_transfer(self, document: str, reported: str) -> bool:
        """Whether that document has such a reported transfer."""
        return (
            self._one("SELECT 1 FROM transfer WHERE id = ? AND document = ?", reported, document) is not None
        )

    def has_reported(self, reported: str) -> bool:
        """Whether any document has such a reported transfer."""
        return self._one("SELECT 1 FROM transfer WHERE id = ?", reported) is not None

    def transfers_of(self, document: str) -> list[str]:
        """The reported transfers that the look-up names for a document, sorted."""
        rows = self._db.execute("SELECT id FROM transfer WHERE document = ? ORDER BY id", (document,))
        return [row[0] for row in rows]

    def has_claim(self, document: str, claim: str) -> bool:
        """Whether that document has such a claim."""
        return claim in self._claims(document)

    def has_row(self, register_id: str) -> bool:
        """Whether the register has such a row."""
        return self._one("SELECT 1 FROM register_row WHERE id = ?", register_id) is not None

    def _text(self, document: str) -> str | None:
        found = self._one(f"SELECT text FROM {_OF_DOCUMENT}", document)
        return None if found is None else found[0]

    def _read_claims(self, document: str) -> frozenset[str]:
        rows = self._db.execute(f"SELECT one.value ->> '$.id' FROM {_OF_DOCUMENT_AND_CLAIMS}", (document,))
        return frozenset(row[0] for row in rows)

    def _one(self, query: str, *values: str) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self._db.execute(query, values).fetchone()
        return found


_OF_DOCUMENT = "content WHERE number = (SELECT content FROM shown WHERE document = ?)"
_OF_DOCUMENT_AND_CLAIMS = (
    "content LEFT JOIN ruled ON ruled.sha256 = content.sha256,"
    " json_each(coalesce(ruled.reading, content.reading), '$.claims') AS one"
    " WHERE number = (SELECT content FROM shown WHERE document = ?)"
)
