"""The durable store: what cannot be made again.

``durable.sqlite`` beside the preserved bytes and the custody record.  Nothing in it is computed from
the texts; it is never rebuilt.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tidewaiter.ledger.captures import CaptureStore
from tidewaiter.ledger.custody import CustodyRecord
from tidewaiter.ledger.database import Migration, open_database, transaction
from tidewaiter.model import Capture

MIGRATIONS: Sequence[Migration] = (
    (
        """CREATE TABLE capture (
            sha256 TEXT PRIMARY KEY,
            size INTEGER NOT NULL,
            media_type TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE source (
            number INTEGER PRIMARY KEY,
            sha256 TEXT NOT NULL REFERENCES capture,
            source TEXT NOT NULL,
            captured_at TEXT NOT NULL,
            captured_by TEXT NOT NULL,
            method TEXT NOT NULL,
            given_date TEXT,
            UNIQUE (sha256, source)
        ) STRICT""",
        # The custody record once more as hashes: a line cut off its end shows too.
        """CREATE TABLE custody (
            number INTEGER PRIMARY KEY,
            line_sha256 TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE register_id (
            id TEXT PRIMARY KEY,
            issued_at TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE register_id_member (
            id TEXT NOT NULL REFERENCES register_id,
            document TEXT NOT NULL,
            reported TEXT NOT NULL,
            PRIMARY KEY (id, document, reported)
        ) STRICT""",
    ),
)

Member = tuple[str, str]
"""(document id, reported transfer id)"""


@dataclass(frozen=True, slots=True)
class Held:
    """A capture of the case with all that was noted of it: one document is made of each."""

    capture: Capture  # as first seen
    sources: tuple[str, ...]  # every place it was taken from, the first one first
    given_date: str | None  # publication date that the user gave with it, the last one given


class DurableStore:
    """Captures, their sources and custody, and the register ids given out."""

    def __init__(self, folder: Path) -> None:
        """Open or make the store in a case folder.  Raises ``CaseError`` when that fails."""
        self.bytes = CaptureStore(folder / "captures")
        self.custody = CustodyRecord(folder / "custody.jsonl")
        self._db = open_database(folder / "durable.sqlite", MIGRATIONS)

    def close(self) -> None:
        self._db.close()

    # ------------------------------------------------------------------------------- captures

    def add(self, capture: Capture, given_date: str | None = None) -> bool:
        """Note a capture whose bytes are kept already; True when those bytes are new to the case.

        The same bytes from another source are noted as another source; the same bytes from the same
        source change nothing, except for a date now given.
        """
        known = self._db.execute("SELECT 1 FROM capture WHERE sha256 = ?", (capture.sha256,)).fetchone()
        seen = self._db.execute(
            "SELECT given_date FROM source WHERE sha256 = ? AND source = ?", (capture.sha256, capture.source)
        ).fetchone()
        if seen and given_date in (None, seen["given_date"]):
            return False
        line = self.custody.append(
            {
                "at": capture.captured_at,
                "by": capture.captured_by,
                "action": "seen again" if known else "captured",
                "sha256": capture.sha256,
                "size": capture.size,
                "source": capture.source,
                "method": capture.method,
                "media_type": capture.media_type,
                "given_date": given_date,
            }
        )
        with transaction(self._db):
            self._db.execute("INSERT INTO custody (line_sha256) VALUES (?)", (line,))
            self._insert(capture, given_date)
        return not known

    def _insert(self, capture: Capture, given_date: str | None) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO capture VALUES (?, ?, ?)",
            (capture.sha256, capture.size, capture.media_type),
        )
        self._db.execute(
            """INSERT INTO source (sha256, source, captured_at, captured_by, method, given_date)
               VALUES (?, ?, ?, ?, ?, ?)
               ON CONFLICT (sha256, source) DO UPDATE SET given_date = excluded.given_date""",
            (
                capture.sha256,
                capture.source,
                capture.captured_at,
                capture.captured_by,
                capture.method,
                given_date,
            ),
        )

    def held(self) -> tuple[Held, ...]:
        """Every capture, in the order of hashes (so that nothing made of them depends on the order
        in which they came)."""
        rows = self._db.execute(
            "SELECT * FROM source JOIN capture USING (sha256) ORDER BY sha256, number"
        ).fetchall()
        by_hash: dict[str, list[sqlite3.Row]] = {}
        for row in rows:
            by_hash.setdefault(row["sha256"], []).append(row)
        return tuple(_held(group) for group in by_hash.values())

    # ------------------------------------------------------------------------------- ids given out

    def issue(self, register_id: str, members: Iterable[Member], at: str) -> None:
        """Note that a register id was given out for a transfer of these members; the first note of
        an id stays as it is."""
        with transaction(self._db):
            new = self._db.execute("INSERT OR IGNORE INTO register_id VALUES (?, ?)", (register_id, at))
            if new.rowcount:
                self._db.executemany(
                    "INSERT INTO register_id_member VALUES (?, ?, ?)",
                    [(register_id, *member) for member in sorted(members)],
                )

    def issued(self, register_id: str) -> tuple[Member, ...]:
        """The members an id was given out for; empty when it never was."""
        rows = self._db.execute(
            "SELECT document, reported FROM register_id_member WHERE id = ? ORDER BY document, reported",
            (register_id,),
        )
        return tuple((row["document"], row["reported"]) for row in rows)


def _held(rows: Sequence[sqlite3.Row]) -> Held:
    first = rows[0]
    capture = Capture(
        sha256=first["sha256"],
        size=first["size"],
        source=first["source"],
        captured_at=first["captured_at"],
        captured_by=first["captured_by"],
        method=first["method"],
        media_type=first["media_type"],
    )
    given = [row["given_date"] for row in rows if row["given_date"]]
    return Held(capture, tuple(row["source"] for row in rows), given[-1] if given else None)
