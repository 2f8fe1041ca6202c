"""What a watch has to remember: ``watch.sqlite`` in the case folder.

It stands beside the durable store and not in it: it is no evidence, other programs need not wait for it,
and a case can be watched anew without it (what stands then is not told again).  Every commit waits for the
disk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from tidewaiter.codec import from_json, to_json
from tidewaiter.ledger.database import Migration, open_database, transaction
from tidewaiter.pipeline import Failure, source_name
from tidewaiter.register.changes import Standing
from tidewaiter.watching.conditions import Notice
from tidewaiter.watching.folders import Known, State

NAME = "watch.sqlite"

KEPT_LOOKS = 1000
"""Looks that are remembered; older ones are forgotten."""

PAGE = 200
"""Alerts that are told together at most, so that a large change needs no more memory than this."""

MIGRATIONS: Sequence[Migration] = (
    (
        """CREATE TABLE file (
            path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, taken INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID""",
        # what of the register was last looked at: a row, the responses, the discrepancies
        "CREATE TABLE owner (name TEXT PRIMARY KEY, digest TEXT NOT NULL) STRICT, WITHOUT ROWID",
        "CREATE TABLE standing (key TEXT PRIMARY KEY, owner TEXT NOT NULL, payload TEXT NOT NULL) STRICT",
        "CREATE INDEX standing_owner ON standing (owner)",
        "CREATE TABLE told (key TEXT PRIMARY KEY, look INTEGER NOT NULL, payload TEXT NOT NULL) STRICT",
        # state: 0 waits, 1 begun, 2 told; twice: it was begun before and may have been told then
        """CREATE TABLE alert (
            number INTEGER PRIMARY KEY, key TEXT NOT NULL REFERENCES told, name TEXT NOT NULL,
            channel TEXT NOT NULL, state INTEGER NOT NULL DEFAULT 0, twice INTEGER NOT NULL DEFAULT 0,
            day TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX alert_state ON alert (channel, name, number) WHERE state < 2",
        "CREATE INDEX alert_day ON alert (channel, day)",
        "CREATE TABLE look (number INTEGER PRIMARY KEY, at TEXT NOT NULL, payload TEXT NOT NULL) STRICT",
        "CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    ),
)

WAITS, BEGUN, TOLD = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look came to."""

    at: str  # UTC, ISO 8601
    new: int = 0  # files taken in
    known: int = 0
    waiting: tuple[str, ...] = ()  # files that may not be whole yet
    told: int = 0  # changes
    troubles: tuple[Failure, ...] = ()  # what could not be looked at, read or told
    unread: tuple[Failure, ...] = ()  # files taken in before that hold no report that can be read


@dataclass(frozen=True, slots=True)
class Pending:
    """An alert to be told."""

    number: int
    notice: Notice
    twice: bool  # it may have been told before


class WatchStore:
    """The memory of a watch."""

    def __init__(self, folder: Path) -> None:
        """Open or make it in a case folder.  Raises ``CaseError`` when that fails."""
        self._db = open_database(folder / NAME, MIGRATIONS, synchronous="FULL")

    def close(self) -> None:
        self._db.close()

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        """All or nothing of what is written inside."""
        return transaction(self._db)

    # ------------------------------------------------------------------------------- notes, looks

    def note(self, name: str) -> str | None:
        found = self._db.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        return None if found is None else str(found[0])

    def put_note(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    def begin_look(self, at: str) -> int:
        """The number of a look that begins; the oldest looks are forgotten."""
        number = self._db.execute("INSERT INTO look VALUES (NULL, ?, ?)", (at, to_json(Looked(at)))).lastrowid
        assert number is not None
        self._db.execute("DELETE FROM look WHERE number <= ?", (number - KEPT_LOOKS,))
        return number

    def end_look(self, number: int, looked: Looked) -> None:
        self._db.execute("UPDATE look SET payload = ? WHERE number = ?", (to_json(looked), number))

    def last_look(self) -> Looked | None:
        found = self._db.execute("SELECT payload FROM look ORDER BY number DESC LIMIT 1").fetchone()
        return None if found is None else from_json(Looked, found[0])

    def looks_on(self, day: str) -> Iterator[Looked]:
        rows = self._db.execute(
            "SELECT payload FROM look WHERE at >= ? AND at < ? ORDER BY number", (day, day + "U")
        )
        return (from_json(Looked, row[0]) for row in rows)

    # ------------------------------------------------------------------------------- files

    def files(self) -> dict[str, Known]:
        rows = self._db.execute("SELECT path, size, changed, taken FROM file")
        return {row[0]: Known(State(row[1], row[2]), bool(row[3])) for row in rows}

    def put_files(self, files: Mapping[Path, State], *, taken: bool) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)",
            [(source_name(path), state.size, state.changed, int(taken)) for path, state in files.items()],
        )

    def forget_files(self, paths: Iterable[str]) -> None:
        self._db.executemany("DELETE FROM file WHERE path = ?", [(path,) for path in paths])

    # ------------------------------------------------------------------------------- what stands

    def owners(self) -> dict[str, str]:
        """The digest of each part of the register, as last looked at."""
        return dict(self._db.execute("SELECT name, digest FROM owner").fetchall())

    def put_owners(self, changed: Mapping[str, str], gone: Iterable[str]) -> None:
        self._db.executemany("INSERT OR REPLACE INTO owner VALUES (?, ?)", changed.items())
        self._db.executemany("DELETE FROM owner WHERE name = ?", [(one,) for one in gone])

    def standing(self, owners: Iterable[str]) -> list[Standing]:
        """What stands of these parts of the register."""
        found: list[Standing] = []
        for owner in owners:
            rows = self._db.execute(
                "SELECT payload FROM standing WHERE owner = ? ORDER BY rowid", (owner,)
            ).fetchall()
            found += [from_json(Standing, row[0]) for row in rows]
        return found

    def put_standing(self, owners: Iterable[str], now: Iterable[tuple[str, Standing]]) -> None:
        """What stands now, by owner, in place of what stood of these owners."""
        self._db.executemany("DELETE FROM standing WHERE owner = ?", [(one,) for one in owners])
        self._db.executemany(
            "INSERT INTO standing VALUES (?, ?, ?)", [(one.key, owner, to_json(one)) for owner, one in now]
        )

    # ------------------------------------------------------------------------------- what is told

    def is_told(self, key: str) -> bool:
        """Whether a change of that key was ever told, or stands."""
        found = self._db.execute(
            "SELECT 1 FROM told WHERE key = ? UNION ALL SELECT 1 FROM standing WHERE key = ?", (key, key)
        ).fetchone()
        return found is not None

    def put_told(self, look: int, notices: Iterable[Notice]) -> None:
        self._db.executemany(
            "INSERT INTO told VALUES (?, ?, ?)", [(one.change.key, look, to_json(one)) for one in notices]
        )

    def put_alerts(self, alerts: Iterable[tuple[str, str, str]], day: str) -> None:
        """Alerts to be told: key of the change, name of the alert, channel."""
        self._db.executemany(
            "INSERT INTO alert (key, name, channel, day) VALUES (?, ?, ?, ?)", [(*one, day) for one in alerts]
        )

    def told_keys(self) -> list[str]:
        """The keys of all changes ever told, in order."""
        return [row[0] for row in self._db.execute("SELECT key FROM told ORDER BY rowid")]

    # ------------------------------------------------------------------------------- the outbox

    def begun_before(self) -> None:
        """Alerts that were begun when the program last ended: they may have been told."""
        self._db.execute(f"UPDATE alert SET state = {WAITS}, twice = 1 WHERE state = {BEGUN}")

    def open_channels(self) -> list[tuple[str, str]]:
        """Channel and name of the alerts that wait."""
        rows = self._db.execute(
            f"SELECT DISTINCT channel, name FROM alert WHERE state < {TOLD} ORDER BY channel, name"
        )
        return [(row[0], row[1]) for row in rows]

    def pending(self, channel: str, name: str) -> list[Pending]:
        """The first alerts that wait, at most a page of them; those that may have been told before come
        alone."""
        rows = self._db.execute(
            f"""SELECT number, payload, twice FROM alert JOIN told USING (key)
                WHERE channel = ? AND name = ? AND state = {WAITS}
                ORDER BY twice DESC, number LIMIT {PAGE}""",
            (channel, name),
        ).fetchall()
        return [
            Pending(row["number"], from_json(Notice, row["payload"]), bool(row["twice"]))
            for row in rows
            if row["twice"] == rows[0]["twice"]
        ]

    def mark(self, pending: Iterable[Pending], state: int) -> None:
        """Note, at once, what became of alerts."""
        with self.transaction():
            self._db.executemany(
                "UPDATE alert SET state = ? WHERE number = ?", [(state, one.number) for one in pending]
            )

    def waiting(self) -> int:
        """How many alerts are not told yet."""
        return int(self._db.execute(f"SELECT count(*) FROM alert WHERE state < {TOLD}").fetchone()[0])

    def told_on(self, channel: str, day: str) -> Iterator[tuple[str, Notice]]:
        """The alerts of a day, told or not, with their names, in order; each change of an alert once."""
        rows = self._db.execute(
            """SELECT alert.name, payload FROM alert JOIN told USING (key)
               WHERE channel = ? AND day = ? ORDER BY number""",
            (channel, day),
        )
        return ((row[0], from_json(Notice, row[1])) for row in rows)

    def days_waiting(self, channel: str) -> list[str]:
        rows = self._db.execute(
            f"SELECT DISTINCT day FROM alert WHERE channel = ? AND state < {TOLD} ORDER BY day", (channel,)
        )
        return [row[0] for row in rows]

    def mark_day(self, channel: str, day: str) -> None:
        """Note that all alerts of a day are told."""
        with self.transaction():
            self._db.execute(f"UPDATE alert SET state = {TOLD} WHERE channel = ? AND day = ?", (channel, day))
