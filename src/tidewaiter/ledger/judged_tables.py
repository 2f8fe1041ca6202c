"""What judgements come to in the derived store: readings as analysts want them, what is decided on pairs and
sources, and what became of each judgement in the last build.  Payloads are JSON of the model and of rulings.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

_TABLES = ("ruled", "ruling", "judged")


class Ruled(NamedTuple):
    """What judgements make of a document's reading."""

    edits: str  # JSON of what they say
    reading: str  # JSON of the reading that comes of it
    features: bytes  # what linking looks at, of that reading


class JudgedTables:
    """The tables of judgements in the derived store; see ``schema``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def clear(self) -> None:
        """Forget everything."""
        for table in _TABLES:
            self._db.execute(f"DELETE FROM {table}")

    # ------------------------------------------------------------------- readings

    def put(self, sha256: str, ruled: Ruled | None) -> None:
        """What judgements make of the reading of a capture's document; None where there are none."""
        self._db.execute("DELETE FROM ruled WHERE sha256 = ?", (sha256,))
        if ruled is not None:
            self._db.execute("INSERT INTO ruled VALUES (?, ?, ?, ?)", (sha256, *ruled))

    def all_edits(self) -> dict[str, str]:
        """The edits of every reading that has some, by hash of the capture."""
        return dict(tuple(row) for row in self._db.execute("SELECT sha256, edits FROM ruled ORDER BY sha256"))

    def edits(self, sha256: str) -> str | None:
        """Those of one."""
        found = self._db.execute("SELECT edits FROM ruled WHERE sha256 = ?", (sha256,)).fetchone()
        return None if found is None else found[0]

    # ------------------------------------------------------------------- what is decided

    def put_ruling(self, kind: str, payload: str | None) -> None:
        """What was decided in the last build, of one kind; None where nothing was."""
        self._db.execute("DELETE FROM ruling WHERE kind = ?", (kind,))
        if payload is not None:
            self._db.execute("INSERT INTO ruling VALUES (?, ?)", (kind, payload))

    def ruling(self, kind: str) -> str | None:
        found = self._db.execute("SELECT payload FROM ruling WHERE kind = ?", (kind,)).fetchone()
        return None if found is None else found[0]

    # ------------------------------------------------------------------- what became of each

    def put_judged(self, payloads: Iterable[tuple[str, str]]) -> None:
        """Every judgement by its id, in the order in which they were made, in place of those there were."""
        self._db.execute("DELETE FROM judged")
        self._db.executemany(
            "INSERT INTO judged VALUES (?, ?, ?)",
            [(number, name, payload) for number, (name, payload) in enumerate(payloads, 1)],
        )

    def judged(self) -> list[str]:
        return [row[0] for row in self._db.execute("SELECT payload FROM judged ORDER BY number")]
