"""The tables of the durable store: three records read from the first line to the last.

Opened, compared with the records, brought up to date, made anew; what is asked of them stands in
``durable``.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tidewaiter.errors import CaseError
from tidewaiter.ledger.chain import Entry, Place
from tidewaiter.ledger.checking import REMAKE, differences, recovered, unrecorded
from tidewaiter.ledger.custody import GAP, RECOVERED, CustodyRecord, IdRecord
from tidewaiter.ledger.database import (
    Migration,
    damage,
    is_damage,
    is_read_only,
    open_database,
    reading,
    temporary_database,
    transaction,
)
from tidewaiter.ledger.faults import Fault
from tidewaiter.ledger.judgements import JudgementRecord, apply_judgement, recovered_entries
from tidewaiter.ledger.replay import (
    FILE,
    MEND,
    Record,
    apply_custody,
    apply_id,
    first_lost,
    forget,
    last_two,
    note_line,
    refuse_lost,
    replay,
)

LOG = logging.getLogger(__name__)

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
    (
        # One file may be saved under several names, each with a type of its own.
        "ALTER TABLE source ADD COLUMN media_type TEXT NOT NULL DEFAULT ''",
        "UPDATE source SET media_type = (SELECT media_type FROM capture WHERE sha256 = source.sha256)",
        "ALTER TABLE capture DROP COLUMN media_type",
        "ALTER TABLE source ADD COLUMN withdrawn_at TEXT",
        "ALTER TABLE source ADD COLUMN withdrawn_by TEXT",
        "ALTER TABLE source ADD COLUMN withdrawn_reason TEXT",
        "CREATE INDEX source_name ON source (source)",
        # Where the line ends in the file; unknown until the record is read again.
        "ALTER TABLE custody ADD COLUMN ends INTEGER",
        "CREATE TABLE id_line (number INTEGER PRIMARY KEY, line_sha256 TEXT NOT NULL, ends INTEGER) STRICT",
        # Number of the line in the record of ids; none yet for those given out before there was one.
        "ALTER TABLE register_id ADD COLUMN line INTEGER",
        "CREATE INDEX register_id_without_line ON register_id (id) WHERE line IS NULL",
        # The file that these tables were written to: another one is a copy, and is looked at in full.
        "CREATE TABLE place (one INTEGER PRIMARY KEY CHECK (one = 1), file TEXT NOT NULL) STRICT",
    ),
    (
        # What analysts decided; ``payload`` is the judgement as JSON, ``line`` that of the record.
        """CREATE TABLE judgement (
            id TEXT PRIMARY KEY,
            payload TEXT NOT NULL,
            withdrawn_at TEXT,
            withdrawn_by TEXT,
            withdrawn_why TEXT,
            line INTEGER NOT NULL
        ) STRICT""",
        "CREATE INDEX judgement_line_of ON judgement (line)",
        """CREATE TABLE judgement_line (
            number INTEGER PRIMARY KEY, line_sha256 TEXT NOT NULL, ends INTEGER
        ) STRICT""",
    ),
)


class Tables:
    """``durable.sqlite``, with the records that it is made of.

    ``db`` is the open connection; another one after ``prepare`` and ``rebuild``.
    """

    def __init__(
        self,
        folder: Path,
        custody: CustodyRecord,
        ids: IdRecord,
        judgements: JudgementRecord,
        *,
        write: bool,
    ) -> None:
        """As ``DurableStore``."""
        self.path = folder / FILE
        self.notices: tuple[str, ...] = ()
        self.custody = Record(custody, "custody", apply_custody, ("source", "capture"))
        self.ids = Record(ids, "id_line", apply_id, ("register_id_member", "register_id"))
        self.judgements = Record(judgements, "judgement_line", apply_judgement, ("judgement",))
        self._records = (self.custody, self.ids, self.judgements)
        self._sizes: tuple[int, ...] | None = None  # of the records, when the tables had all of them
        self.db = self._open_for_writing() if write else self._open_for_reading()
        if write:
            self._compare_or_close()

    # ------------------------------------------------------------------------------- opening

    def prepare(self) -> None:
        """As ``DurableStore.prepare``."""
        self.db.close()
        self.db = self._open_for_writing()
        self._compare_or_close()

    def _open_for_writing(self) -> sqlite3.Connection:
        try:
            opened = open_database(self.path, MIGRATIONS, synchronous="FULL")
        except CaseError as error:
            if not is_damage(error.__cause__):
                raise
            self._put_aside(str(error.__cause__))
            opened = open_database(self.path, MIGRATIONS, synchronous="FULL")
        if is_read_only(opened):
            opened.close()
            raise CaseError(
                "the case can only be read",
                where=str(self.path.parent),
                todo="Copy it to a folder that you can write to, or ask for permission.",
            )
        return opened

    def _put_aside(self, why: str) -> None:
        """Rename damaged tables, so that new ones can be made and nothing is thrown away."""
        number = 1
        while (aside := self.path.with_name(f"{FILE}.damaged-{number}")).exists():
            number += 1
        for end in ("-wal", "-shm", ""):
            part = self.path.with_name(FILE + end)
            if part.exists():
                part.rename(aside.with_name(aside.name + end))
        self._notice(f"{FILE} is damaged ({why}); it was put aside as {aside.name}.")

    def _open_for_reading(self) -> sqlite3.Connection:
        """The tables as they are on disk; made in memory where they are missing or damaged."""
        try:
            if self.path.exists():
                return open_database(self.path, MIGRATIONS, read_only=True)
            why = "is missing"
        except CaseError as error:
            if not isinstance(error.__cause__, sqlite3.DatabaseError):
                raise
            why = f"cannot be read ({error.__cause__})"
        made = temporary_database(MIGRATIONS)
        if any(record.lines.size() for record in self._records):
            for record in self._records:
                replay(made, record, accept=True)
            self._notice(f"{FILE} {why}; what is shown was taken from {self.custody.name}.")
        return made

    def _notice(self, text: str) -> None:
        LOG.info(text)
        self.notices = (*self.notices, text)

    def _compare_or_close(self) -> None:
        try:
            try:
                self._compare()
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
                self._make_new(str(error))
                self._compare()
        except BaseException:
            self.db.close()
            raise

    def _make_new(self, why: str) -> None:
        """Empty tables in place of damaged ones."""
        self.db.close()
        self._put_aside(why)
        self.db = self._open_for_writing()

    def _compare(self) -> None:
        """Take over what the records say and the tables do not; refuse records that lost something."""
        self._look_at_copy()
        for record in self._records:
            places = last_two(self.db, record)
            if places is None:  # tables of version 1
                refuse_lost(self.db, record)
                self._read_anew(record)
            elif record.lines.holds(*places):
                self._take_over(record, places[0])
            else:
                refuse_lost(self.db, record)
                raise CaseError(
                    "lines were put in that were not written there",
                    where=str(record.lines.path),
                    todo=f"Put the file back from a backup. {MEND}",
                )
        self._sizes = self._record_sizes()
        self._write_older_ids()

    def _look_at_copy(self) -> None:
        """Tables that were copied, perhaps while they were being written, are compared with the records
        in full, once; they are made again where they say something else."""
        place = self.db.execute("SELECT file FROM place").fetchone()
        if place is not None and place["file"] == self._file():
            return
        if place is not None and (found := [one for one in self.disagreements() if one.grave]):
            if not damage(self.db):
                for record in self._records:
                    refuse_lost(self.db, record)
            self._make_new(str(found[0]))
        with transaction(self.db):
            self.db.execute("INSERT OR REPLACE INTO place VALUES (1, ?)", (self._file(),))

    def _file(self) -> str:
        return str(self.path.stat().st_ino)

    def _read_anew(self, record: Record, accept: bool = False) -> int:
        record.lines.sync()
        with transaction(self.db):
            forget(self.db, record)
            return replay(self.db, record, accept=accept)

    def _take_over(self, record: Record, last: Place) -> None:
        """Make the rows of the lines after ``last``."""
        if record.lines.size() <= last.ends + 1:
            return
        record.lines.sync()  # no row before its line is on disk
        with transaction(self.db):
            added = replay(self.db, record, last)
        if not added:
            return
        lines = "1 line" if added == 1 else f"{added:,} lines"
        if last.number == 0:
            self._notice(f"{FILE} was made again from {record.name} ({lines}).")
        else:
            self._notice(f"{lines} of {record.name} had not reached {FILE}, and now have.")

    def catch_up(self) -> None:
        """Before writing: notice when a record is not as this store left it."""
        if self._sizes != self._record_sizes():
            self._compare()

    def _record_sizes(self) -> tuple[int, ...]:
        return tuple(record.lines.size() for record in self._records)

    # ------------------------------------------------------------------------------- writing

    def write(self, record: Record, entries: Sequence[Entry]) -> None:
        """Add lines to a record with the rows that they mean: the lines are on disk before the rows
        count.  Raises ``CaseError`` when that fails."""
        if not entries:
            return
        with transaction(self.db):
            (number,) = self.db.execute(f"SELECT coalesce(max(number), 0) FROM {record.table}").fetchone()
            numbers = range(number + 1, number + 1 + len(entries))
            for number, entry in zip(numbers, entries, strict=True):
                record.apply(self.db, entry, number)
            for number, place in zip(numbers, record.lines.extend(entries), strict=True):
                note_line(self.db, record, replace(place, number=number))
        self._sizes = self._record_sizes()

    def _write_older_ids(self) -> None:
        """Ids given out before there was a record of them get their lines."""
        rows = self.db.execute(
            "SELECT id, issued_at FROM register_id WHERE line IS NULL ORDER BY issued_at, id"
        ).fetchall()
        self.write(self.ids, [self._id_entry(*row) for row in rows])

    def _id_entry(self, register_id: str, at: str) -> Entry:
        rows = self.db.execute(
            "SELECT document, reported FROM register_id_member WHERE id = ? ORDER BY document, reported",
            (register_id,),
        )
        return {"at": at, "id": register_id, "members": [list(row) for row in rows]}

    # ------------------------------------------------------------------------------- checking

    def disagreements(self) -> list[Fault]:
        """As ``DurableStore.disagreements``."""
        broken = [Fault(FILE, f"is damaged: {one}", REMAKE) for one in damage(self.db)]
        if broken:
            return broken
        with reading(self.path):
            return [one for record in self._records for one in differences(self.db, MIGRATIONS, record)]

    # ------------------------------------------------------------------------------- mending

    def rebuild(self, at: str, by: str, is_whole: Callable[[str], bool]) -> None:
        """As ``DurableStore.rebuild_from_custody``; ``is_whole``: whether the bytes of a hash are."""
        self.db.close()
        self.db = self._open_for_writing()
        if found := damage(self.db):
            self._make_new(found[0])
        with reading(self.path):
            lost = first_lost(self.db, self.custody)
            if lost is not None:
                self._recover(lost, at, by, is_whole)
            self._recover_ids()
            self._recover_judgements()
            for record in self._records:
                count = self._read_anew(record, accept=True)
                self._notice(f"{FILE} was made again from {record.name} ({count:,} lines).")
        self._sizes = self._record_sizes()

    def _recover(self, lost: tuple[int, int, int], at: str, by: str, is_whole: Callable[[str], bool]) -> None:
        """Note in the custody record what only the tables know of captures."""
        first, present, known = lost
        record = self.custody
        self._notice(
            f"Line {first} of {record.name} was lost or changed; {FILE} knew {known}, it has {present}."
        )
        entries: list[Entry] = [
            {"at": at, "by": by, "action": GAP, "first_lost": first, "known": known, "present": present}
        ]
        for row in unrecorded(self.db, MIGRATIONS, record, "source"):
            sha256, source = str(row[0]), str(row[1])
            if is_whole(sha256):
                entries.append(recovered(self.db, row, RECOVERED, at, by))
                self._notice(f"{source} ({sha256[:12]}) was noted again from {FILE}.")
            else:
                self._notice(f"{source} ({sha256[:12]}) is left out: its line and its bytes are gone.")
        record.lines.extend(entries)

    def _recover_ids(self) -> None:
        """Note in the record of ids those that only the tables know."""
        record = self.ids
        rows = list(unrecorded(self.db, MIGRATIONS, record, "register_id"))
        if rows:
            record.lines.extend([self._id_entry(*row) for row in rows])

    def _recover_judgements(self) -> None:
        """Note in the record of judgements those that only the tables know."""
        record = self.judgements
        rows = list(unrecorded(self.db, MIGRATIONS, record, "judgement"))
        if rows:
            record.lines.extend([entry for row in rows for entry in recovered_entries(row)])
