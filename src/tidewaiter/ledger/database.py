"""What both stores share: opening an SQLite file, bringing its tables up to date, reading and writing.

Write-ahead logging lets readers see the store as it was before a transaction until that commits.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from tidewaiter.errors import CaseError

Migration = Sequence[str]
"""SQL statements that take a store from one version to the next, run in one transaction."""

Synchronous = Literal["FULL", "NORMAL", "OFF"]
"""What a commit waits for: FULL, that it is on disk; NORMAL, nothing, so that a power cut may undo the
last commits but damages nothing (https://www.sqlite.org/pragma.html#pragma_synchronous)."""

BUSY_SECONDS = 10.0
"""How long to wait for another program that is writing to the same store."""

IN_MEMORY = ":memory:"
TEMPORARY = ""
"""What SQLite calls a store that is on disk where memory does not do, and gone when closed."""


def open_database(
    path: Path,
    migrations: Sequence[Migration],
    *,
    synchronous: Synchronous = "NORMAL",
    read_only: bool = False,
) -> sqlite3.Connection:
    """Open (or make) the store at ``path`` with foreign keys on, write-ahead logging, and all of
    ``migrations`` done; SQLite's ``user_version`` counts those done.

    Where the disk or the permissions do not allow writing, or with ``read_only``, it is opened for
    reading: an older one is brought up to date in memory, one that does not exist is empty.

    Raises ``CaseError`` when the file is no database, or was made by a later version of the program.
    """
    try:
        if read_only or not _writable(path):
            return _for_reading(path, migrations)
        return _for_writing(path, migrations, synchronous)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # SQLite quotes what is damaged
        raise CaseError(
            f"cannot be opened as a ledger ({error})",
            where=str(path),
            todo="Check that the folder can be written and that no other program holds the file.",
        ) from error


def is_read_only(connection: sqlite3.Connection) -> bool:
    """Whether what was opened can only be read."""
    return bool(connection.execute("PRAGMA query_only").fetchone()[0])


def temporary_database(migrations: Sequence[Migration]) -> sqlite3.Connection:
    """An empty store of its own, gone when closed."""
    connection = _connect(TEMPORARY)
    _migrate(connection, Path("a temporary store"), migrations)
    return connection


def is_damage(error: BaseException | None) -> bool:
    """Whether an error says that the file is no whole database; not that it is busy, or the disk full."""
    return type(error) is sqlite3.DatabaseError or isinstance(error, UnicodeDecodeError)


def damage(connection: sqlite3.Connection) -> list[str]:
    """What SQLite's own check finds wrong with a store, in its words; empty when it is whole."""
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
        found += [
            f"a row of {row[0]} points at nothing" for row in connection.execute("PRAGMA foreign_key_check")
        ]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # its words may quote what is damaged
        return [str(error)]
    return [one for one in found if one != "ok"]


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Errors of SQLite while reading, as ``CaseError`` with the file they are in."""
    try:
        yield
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # damaged text is no UTF-8
        raise CaseError(
            f"cannot be read as a ledger ({error})",
            where=str(path),
            todo="Run `tidewaiter verify` on the case.",
        ) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All or nothing: commits at the end, undoes everything when anything is raised.

    Raises ``CaseError`` when another program holds the store, or it cannot be written.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk may have ended it already
                connection.execute("ROLLBACK")
            raise
    except sqlite3.DatabaseError as error:
        if not _of_the_disk(error):
            raise
        raise CaseError(
            f"the ledger cannot be written ({error})",
            where=_file(connection),
            todo="Check that the case can be written, that no other program writes to it, and that there is "
            "room on the disk.",
        ) from error


def _file(connection: sqlite3.Connection) -> str | None:
    try:
        return str(connection.execute("PRAGMA database_list").fetchone()[2]) or None
    except sqlite3.DatabaseError:
        return None


def _of_the_disk(error: sqlite3.DatabaseError) -> bool:
    """Busy, full, read-only or damaged; not a fault of the program."""
    return isinstance(error, sqlite3.OperationalError) or is_damage(error)


# ------------------------------------------------------------------------------------ opening


def _for_writing(path: Path, migrations: Sequence[Migration], synchronous: Synchronous) -> sqlite3.Connection:
    connection = _connect(str(path))
    try:
        _refuse_later(connection, path, migrations)
        _write_ahead(connection)
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        _migrate(connection, path, migrations)
    except BaseException:
        connection.close()
        raise
    return connection


def _for_reading(path: Path, migrations: Sequence[Migration]) -> sqlite3.Connection:
    if not path.exists():
        connection = _connect(IN_MEMORY)
    elif _writable(path):  # as any program: the last one to close puts the log away
        connection = _connect(str(path))
    else:
        connection = _read_only(path)
    try:
        _refuse_later(connection, path, migrations)
        if _version(connection) < len(migrations):
            connection = _in_memory(connection)
            _migrate(connection, path, migrations)
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(name: str, uri: bool = False) -> sqlite3.Connection:
    # isolation_level None: transactions are begun and ended by transaction() alone
    connection = sqlite3.connect(name, timeout=BUSY_SECONDS, isolation_level=None, uri=uri)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _read_only(path: Path) -> sqlite3.Connection:
    """For reading.  SQLite needs a file beside the store for that (its shared memory); where it
    cannot be made and nothing waits in a write-ahead log, the store is read as it stands."""
    name = f"file:{quote(str(path.resolve()))}"
    connection = _connect(f"{name}?mode=ro", uri=True)
    try:
        _version(connection)
    except sqlite3.OperationalError as error:
        connection.close()
        if not error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY")):
            raise
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise CaseError(
                f"its last changes stand in {log.name}, read only where the case can be written",
                where=str(path),
                todo="Copy the case to a folder that can be written and open it there.",
            ) from None
        connection = _connect(f"{name}?mode=ro&immutable=1", uri=True)
        _version(connection)
    return connection


def _writable(path: Path) -> bool:
    """Whether the store could be written.

    Where files have POSIX locks it is asked and not tried: closing a file takes every lock along that this
    process has on it (https://www.sqlite.org/howtocorrupt.html, 2.2), and another program would put away a
    log that is still in use here.
    """
    if path.exists() and os.name != "posix" and not _opens(path):
        return False
    probe = path if path.exists() else path.parent
    return os.access(probe, os.W_OK) and os.access(path.parent, os.W_OK)


def _opens(path: Path) -> bool:
    try:
        with path.open("r+b"):
            return True
    except OSError:
        return False


def _in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    copy = _connect(IN_MEMORY)
    with closing(connection):
        connection.backup(copy)
    return copy


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Write-ahead logging, which is noted in the file: set once.  SQLite does not wait for others
    when two programs set it at the same moment, so this does."""
    deadline = time.monotonic() + BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _refuse_later(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    done = _version(connection)
    if done > len(migrations):
        raise CaseError(
            f"was made by a later version of Tidewaiter (tables of version {done}, known {len(migrations)})",
            where=str(path),
            todo="Use that version, or a newer one.",
        )


def _migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    while (done := _version(connection)) < len(migrations):
        with transaction(connection):
            if _version(connection) != done:
                continue  # another program did it meanwhile
            for step in migrations[done]:
                connection.execute(step)
            connection.execute(f"PRAGMA user_version = {done + 1}")
    _refuse_later(connection, path, migrations)
