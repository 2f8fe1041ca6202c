"""What both stores share: opening an SQLite file and bringing its tables up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tidewaiter.errors import CaseError

Migration = Sequence[str]
"""SQL statements that take a store from one version to the next, run in one transaction."""

BUSY_SECONDS = 10.0
"""How long to wait for another program that is writing to the same case."""


def open_database(path: Path, migrations: Sequence[Migration]) -> sqlite3.Connection:
    """Open (or make) the store at ``path`` with foreign keys on, write-ahead logging, and all of
    ``migrations`` done; SQLite's ``user_version`` counts those done.

    Raises ``CaseError`` when the file is no database, cannot be written, or was made by a later
    version of the program.
    """
    try:
        # isolation_level None: transactions are begun and ended by transaction() alone
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        _migrate(connection, path, migrations)
    except sqlite3.DatabaseError as error:
        raise CaseError(
            f"cannot be opened as a ledger ({error})",
            where=str(path),
            todo="Check that the folder can be written and that no other program holds the file.",
        ) from error
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All or nothing: commits at the end, undoes everything when anything is raised.

    Raises ``CaseError`` when another program holds the store, or it cannot be written.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        raise CaseError(
            f"the ledger cannot be written ({error})",
            todo="Check that no other program writes to the case, and that there is room on the disk.",
        ) from error


def _migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    (done,) = connection.execute("PRAGMA user_version").fetchone()
    if done > len(migrations):
        raise CaseError(
            f"was made by a later version of Tidewaiter (tables of version {done}, known {len(migrations)})",
            where=str(path),
            todo="Use that version, or a newer one.",
        )
    for number, steps in enumerate(migrations[done:], done + 1):
        with transaction(connection):
            for step in steps:
                connection.execute(step)
            connection.execute(f"PRAGMA user_version = {number}")
