"""What was worked out of one report, or of a few, kept by a digest of all that it depends on.

``workings.sqlite`` is a help and nothing else: it may be thrown away, and where it cannot be read or
written everything is worked out again.  What is found under a digest cannot be out of date, since something
else would have another digest.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from tidewaiter.errors import CaseError
from tidewaiter.ledger.database import Migration, is_read_only, open_database, temporary_database

NAME = "workings.sqlite"

TOGETHER = 500
"""Values that are written in one transaction."""

CACHE_KIBIBYTES = 4096
"""Memory for pages: what is asked for in order needs little."""

_MIGRATIONS: tuple[Migration, ...] = (
    (
        "CREATE TABLE made_by (one INTEGER PRIMARY KEY CHECK (one = 1), version TEXT NOT NULL) STRICT",
        "CREATE TABLE working (digest BLOB NOT NULL UNIQUE, value BLOB NOT NULL) STRICT",
    ),
)


class Workings:
    """Values by digest."""

    def __init__(self, folder: Path, version: str) -> None:
        """Those in a case folder, made by one version of the program; what another made is thrown away.
        Where the folder can only be read, there are none, and none are left."""
        self._new: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()
        self._db = _opened(folder / NAME)
        self._db.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
        self._made_by(version)

    def get(self, digest: bytes) -> bytes | None:
        """What is kept under a digest."""
        self._used.add(digest)
        if digest in self._new:
            return self._new[digest]
        try:
            found = self._db.execute("SELECT value FROM working WHERE digest = ?", (digest,)).fetchone()
        except sqlite3.DatabaseError:
            return None
        return None if found is None else bytes(found[0])

    def put(self, digest: bytes, value: bytes) -> None:
        """Keep something."""
        self._new[digest] = value
        if len(self._new) >= TOGETHER:
            self._write()

    def forget_others(self) -> None:
        """Throw away what nobody asked for since this was opened."""
        self._write()
        with suppress(sqlite3.DatabaseError):
            self._db.execute("CREATE TEMP TABLE asked (digest BLOB PRIMARY KEY) WITHOUT ROWID")
            self._db.executemany("INSERT INTO asked VALUES (?)", ((one,) for one in sorted(self._used)))
            self._db.execute("DELETE FROM working WHERE digest NOT IN (SELECT digest FROM asked)")

    def close(self) -> None:
        self._write()
        self._db.close()

    def _write(self) -> None:
        """What cannot be written is worked out again."""
        new, self._new = self._new, {}
        with suppress(sqlite3.DatabaseError):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.executemany("INSERT OR REPLACE INTO working VALUES (?, ?)", new.items())
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def _made_by(self, version: str) -> None:
        with suppress(sqlite3.DatabaseError):
            found = self._db.execute("SELECT version FROM made_by").fetchone()
            if found is None or found[0] != version:
                self._db.execute("DELETE FROM working")
                self._db.execute("INSERT OR REPLACE INTO made_by VALUES (1, ?)", (version,))


def _opened(path: Path) -> sqlite3.Connection:
    try:
        found = open_database(path, _MIGRATIONS, synchronous="OFF")
        if is_read_only(found):
            found.close()
            return temporary_database(_MIGRATIONS)
        return found
    except CaseError:
        for end in ("-wal", "-shm", ""):
            with suppress(OSError):
                path.with_name(path.name + end).unlink()
    try:
        return open_database(path, _MIGRATIONS, synchronous="OFF")
    except CaseError:
        return temporary_database(_MIGRATIONS)
