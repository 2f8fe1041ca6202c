"""What was handed over in the case app: ``arrivals.sqlite`` in the case folder.

Bytes stand here from the moment that the browser is told that they came until they are in custody, and what
became of the last jobs.  It stands beside the durable store, since handing over must not wait for whoever
writes to the case; every commit waits for the disk.  No name in a form is a path:
reports are rows, by number.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from tidewaiter.codec import from_json, to_json
from tidewaiter.errors import CaseError
from tidewaiter.ledger.database import Migration, open_database, reading, transaction

NAME = "arrivals.sqlite"

KEPT_JOBS = 200
"""Jobs that are remembered when they are done."""

MOST_WAITING = 512 * 2**20
"""Bytes that may wait to be taken in: eight forms of the largest kind."""

BATCH_REPORTS = 64
BATCH_BYTES = 8 * 2**20
"""What is taken in together, as with ``tidewaiter add``."""

ID_BYTES = 6

MIGRATIONS: Sequence[Migration] = (
    (
        """CREATE TABLE job (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, by TEXT,
            given_date TEXT, state INTEGER NOT NULL, outcome TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX job_state ON job (state)",
        # name: as it was called; label: as it is shown; data: until it is in custody
        """CREATE TABLE report (
            job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE, number INTEGER NOT NULL,
            label TEXT NOT NULL, method TEXT NOT NULL, size INTEGER NOT NULL, name BLOB NOT NULL, data BLOB,
            state INTEGER NOT NULL, fate TEXT NOT NULL, PRIMARY KEY (job, number)
        ) STRICT""",
    ),
)


class State(IntEnum):
    """Of a job, and of a report in one."""

    WAITS = 0
    BEGUN = 1  # a report: it may be in custody already
    STOPPED = 2  # a job: it ended before it was done; what waits in it can be gone on with
    DONE = 3  # a job: nothing is left to do; a report: it is in custody, or was refused


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report as it was handed over."""

    label: str  # its name as it is shown
    method: str  # "upload", "pasted"
    size: int  # bytes of a file, characters of a text
    name: str  # as it was called
    data: bytes
    refused: str = ""  # why it is not taken; empty: it is
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a report."""

    source: str = ""  # under which it is noted
    sha256: str = ""  # empty: it is not in custody
    action: str = ""  # of the custody record; empty: all of it was noted before
    refused: str = ""  # why it was not taken, or holds nothing that can be read
    todo: str = ""
    known: tuple[str, str, str] | None = None  # where its bytes were first taken from, when and by whom


@dataclass(frozen=True, slots=True)
class Report:
    """A report of a job."""

    number: int
    label: str
    method: str
    size: int
    state: State
    fate: Fate


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job did."""

    new: tuple[str, ...] = ()  # ids of rows that the register did not have
    changed: tuple[str, ...] = ()  # of those made otherwise
    gone: tuple[str, ...] = ()  # of those that went, into others as a rule
    seconds: float = 0.0
    trouble: str = ""  # why it stopped
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Reports that were handed over together."""

    id: str
    at: str  # UTC, ISO 8601: when
    by: str | None  # who; None: whoever the case's settings, or the account, name
    given_date: str | None  # EDTF
    state: State
    outcome: Outcome
    reports: tuple[Report, ...]


class Arrivals:
    """What was handed over.  Each use opens the store anew, so that any thread may."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        made = open_database(self.path, MIGRATIONS, synchronous="FULL")
        try:
            with reading(self.path):
                yield made
        finally:
            made.close()

    # ------------------------------------------------------------------------------- handing over

    def keep(self, arrivals: Sequence[Arrival], at: str, by: str | None, given_date: str | None) -> str:
        """Keep what was handed over, flushed to disk; gives the id of its job.

        Raises ``CaseError`` when that fails, or too much waits.
        """
        name = secrets.token_hex(ID_BYTES)
        with self._open() as opened, transaction(opened) as db:
            (waiting,) = db.execute("SELECT coalesce(sum(length(data)), 0) FROM report").fetchone()
            if waiting + sum(len(one.data) for one in arrivals) > MOST_WAITING:
                raise CaseError(
                    f"more than {MOST_WAITING // 2**20} MiB wait to be taken in",
                    todo="Wait until they are, then send these again.",
                )
            number = db.execute(
                "INSERT INTO job VALUES (NULL, ?, ?, ?, ?, ?, ?)",
                (name, at, by, given_date, State.WAITS, to_json(Outcome())),
            ).lastrowid
            db.executemany(
                "INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(number, place, *_columns(one)) for place, one in enumerate(arrivals, start=1)],
            )
            db.execute("DELETE FROM job WHERE state = ? AND number <= ? - ?", (State.DONE, number, KEPT_JOBS))
        return name

    # ------------------------------------------------------------------------------- looking

    def job(self, name: str) -> Job | None:
        """A job with its reports; None where none has that id."""
        if not self.path.exists():
            return None
        with self._open() as db:
            found = db.execute("SELECT * FROM job WHERE id = ?", (name,)).fetchone()
            return None if found is None else _job(db, found)

    def last(self, most: int) -> list[Job]:
        """The last jobs, the newest first."""
        if not self.path.exists():
            return []
        with self._open() as db:
            found = db.execute("SELECT * FROM job ORDER BY number DESC LIMIT ?", (most,)).fetchall()
            return [_job(db, one) for one in found]

    def unfinished(self) -> list[str]:
        """The ids of the jobs that are not done, the oldest first."""
        if not self.path.exists():
            return []
        with self._open() as db:
            rows = db.execute("SELECT id FROM job WHERE state <> ? ORDER BY number", (State.DONE,))
            return [row["id"] for row in rows]

    # ------------------------------------------------------------------------------- taking in

    def batches(self, job: Job) -> Iterator[list[tuple[Report, Arrival]]]:
        """What is left to be taken in of a job, some at a time; each counts as begun when it is given."""
        waiting = [one for one in job.reports if one.state in (State.WAITS, State.BEGUN)]
        while waiting:
            batch = [waiting.pop(0)]
            while waiting and len(batch) < BATCH_REPORTS:
                if sum(one.size for one in batch) + waiting[0].size > BATCH_BYTES:
                    break
                batch.append(waiting.pop(0))
            with self._open() as opened, transaction(opened) as db:
                given = [(one, self._begin(db, job.id, one.number)) for one in batch]
            yield given

    def _begin(self, db: sqlite3.Connection, job: str, number: int) -> Arrival:
        where = "job = (SELECT number FROM job WHERE id = ?) AND number = ?"
        db.execute(f"UPDATE report SET state = ? WHERE {where}", (State.BEGUN, job, number))
        found = db.execute(
            f"SELECT label, method, size, name, data FROM report WHERE {where}", (job, number)
        ).fetchone()
        return Arrival(found["label"], found["method"], found["size"], found["name"].decode(), found["data"])

    def taken(self, job: str, fates: Sequence[tuple[int, Fate]]) -> None:
        """Note what became of reports, by number, and let go of the bytes of those in custody."""
        with self._open() as opened, transaction(opened) as db:
            db.executemany(
                """UPDATE report SET state = ?, fate = ?, data = NULL
                   WHERE job = (SELECT number FROM job WHERE id = ?) AND number = ?""",
                [(State.DONE, to_json(fate), job, number) for number, fate in fates],
            )

    def end(self, job: str, state: State, outcome: Outcome) -> None:
        """Note that a job is done, or stopped."""
        with self._open() as db:
            with transaction(db):
                db.execute(
                    "UPDATE job SET state = ?, outcome = ? WHERE id = ?", (state, to_json(outcome), job)
                )
            (free,) = db.execute("PRAGMA freelist_count").fetchone()
            if free:
                with suppress(sqlite3.OperationalError):  # somebody writes to it: the next job does it
                    db.execute("VACUUM")  # what is in custody need not stand on the disk twice


def _columns(one: Arrival) -> tuple[object, ...]:
    fate = Fate(refused=one.refused, todo=one.todo)
    data, state = (None, State.DONE) if one.refused else (one.data, State.WAITS)
    name = one.name.encode("utf-8", "backslashreplace")  # no text of SQLite's: it may hold a NUL
    return one.label, one.method, one.size, name, data, state, to_json(fate)


def _job(db: sqlite3.Connection, row: sqlite3.Row) -> Job:
    reports = db.execute(
        "SELECT number, label, method, size, state, fate FROM report WHERE job = ? ORDER BY number",
        (row["number"],),
    )
    return Job(
        id=row["id"],
        at=row["at"],
        by=row["by"],
        given_date=row["given_date"],
        state=State(row["state"]),
        outcome=from_json(Outcome, row["outcome"]),
        reports=tuple(map(_report, reports)),
    )


def _report(row: sqlite3.Row) -> Report:
    number, label, method, size, state, fate = row
    return Report(number, label, method, size, State(state), from_json(Fate, fate))
