"""The durable store: what cannot be made again.

Three things on disk hold it: the preserved bytes, ``custody.jsonl`` and ``ids.jsonl``.  The tables of
``durable.sqlite`` are these two records read from the first line to the last, so that they can be
asked; they are made again from them when they are gone, and where they disagree the records are right.
"""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from tidewaiter.errors import CaseError, UnknownIdError
from tidewaiter.ledger.captures import CaptureStore
from tidewaiter.ledger.chain import Entry, Place
from tidewaiter.ledger.checking import REMAKE, differences, recovered, unrecorded
from tidewaiter.ledger.custody import (
    CAPTURED,
    GAP,
    PUT_BACK,
    RECOVERED,
    RESTORED,
    SEEN_AGAIN,
    WITHDRAWN,
    CustodyRecord,
    IdRecord,
)
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
from tidewaiter.ledger.files import DISK, Files
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
from tidewaiter.model import Capture

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
)

Member = tuple[str, str]
"""(document id, reported transfer id)"""

PAGE = 1000
"""Rows fetched at once where all are gone through."""


@dataclass(frozen=True, slots=True)
class Held:
    """A capture of the case with all that was noted of it: one document is made of each."""

    capture: Capture  # as first seen: the earliest note, of equal ones the first source in the alphabet
    sources: tuple[
        str, ...
    ]  # every place it was taken from and that is not withdrawn, in the alphabet's order
    given_date: str | None  # publication date that the user gave: of the first source that has one


@dataclass(frozen=True, slots=True)
class Noted:
    """A source of a capture, as noted; withdrawn when that has a moment."""

    sha256: str
    source: str
    given_date: str | None
    withdrawn_at: str | None  # UTC, ISO 8601
    withdrawn_by: str | None
    withdrawn_reason: str | None


class DurableStore:
    """Captures, their sources and custody, and the register ids given out."""

    def __init__(self, folder: Path, *, write: bool = True, files: Files = DISK) -> None:
        """Open the store in a case folder.

        With ``write`` it is made where there is none, brought up to date, and compared with the
        records (see ``prepare``); the caller holds the writer's lock.  Without, nothing on disk is
        changed: what is missing or of an older version is made in memory.

        Raises ``CaseError`` when it cannot be opened, was made by a later version, or (``write``) a
        record lost lines that the store knows of.
        """
        self.folder = folder
        self.notices: tuple[str, ...] = ()
        """What was found and mended at opening, in words for the user."""
        self.bytes = CaptureStore(folder / "captures", files)
        self.custody = CustodyRecord(folder / "custody.jsonl", files)
        self.ids = IdRecord(folder / "ids.jsonl", files)
        self._records = (
            Record(self.custody, "custody", apply_custody, ("source", "capture")),
            Record(self.ids, "id_line", apply_id, ("register_id_member", "register_id")),
        )
        self._sizes: tuple[int, ...] | None = None  # of the records, when the tables had all of them
        self._db = self._open_for_writing() if write else self._open_for_reading()
        if write:
            self._compare_or_close()

    @property
    def path(self) -> Path:
        """The file of the tables."""
        return self.folder / FILE

    @property
    def read_only(self) -> bool:
        """Whether the tables can only be read."""
        return is_read_only(self._db)

    def close(self) -> None:
        self._db.close()

    # ------------------------------------------------------------------------------- opening

    def prepare(self) -> None:
        """Make a store that was opened for reading ready for writing: tables of this version, that
        say what the records say.  The caller holds the writer's lock.

        Lines without rows (a crash came between) get their rows; tables that are gone or damaged are
        made again; ``notices`` says so.  Raises ``CaseError`` when that cannot be done, or a record
        is not the one the tables were made from.
        """
        self._db.close()
        self._db = self._open_for_writing()
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
                where=str(self.folder),
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
            self._notice(f"{FILE} {why}; what is shown was taken from {self.custody.path.name}.")
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
            self._db.close()
            raise

    def _make_new(self, why: str) -> None:
        """Empty tables in place of damaged ones."""
        self._db.close()
        self._put_aside(why)
        self._db = self._open_for_writing()

    def _compare(self) -> None:
        """Take over what the records say and the tables do not; refuse records that lost something."""
        self.bytes.clear()
        self._look_at_copy()
        for record in self._records:
            places = last_two(self._db, record)
            if places is None:  # tables of version 1
                refuse_lost(self._db, record)
                self._read_anew(record)
            elif record.lines.holds(*places):
                self._take_over(record, places[0])
            else:
                refuse_lost(self._db, record)
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
        place = self._db.execute("SELECT file FROM place").fetchone()
        if place is not None and place["file"] == self._file():
            return
        if place is not None and (found := [one for one in self.disagreements() if one.grave]):
            if not damage(self._db):
                for record in self._records:
                    refuse_lost(self._db, record)
            self._make_new(str(found[0]))
        with transaction(self._db):
            self._db.execute("INSERT OR REPLACE INTO place VALUES (1, ?)", (self._file(),))

    def _file(self) -> str:
        return str(self.path.stat().st_ino)

    def _read_anew(self, record: Record, accept: bool = False) -> int:
        record.lines.sync()
        with transaction(self._db):
            forget(self._db, record)
            return replay(self._db, record, accept=accept)

    def _take_over(self, record: Record, last: Place) -> None:
        """Make the rows of the lines after ``last``."""
        if record.lines.size() <= last.ends + 1:
            return
        record.lines.sync()  # no row before its line is on disk
        with transaction(self._db):
            added = replay(self._db, record, last)
        if not added:
            return
        lines = "1 line" if added == 1 else f"{added:,} lines"
        if last.number == 0:
            self._notice(f"{FILE} was made again from {record.name} ({lines}).")
        else:
            self._notice(f"{lines} of {record.name} had not reached {FILE}, and now have.")

    def _catch_up(self) -> None:
        """Before writing: notice when a record is not as this store left it."""
        if self._sizes != self._record_sizes():
            self._compare()

    def _record_sizes(self) -> tuple[int, ...]:
        return tuple(record.lines.size() for record in self._records)

    def _write(self, record: Record, entries: Sequence[Entry]) -> None:
        """Add lines to a record and note them, in a transaction of the caller's that holds what they
        say: the lines are on disk before it commits."""
        (number,) = self._db.execute(f"SELECT coalesce(max(number), 0) FROM {record.table}").fetchone()
        for place in record.lines.extend(entries):
            number += 1
            note_line(self._db, record, replace(place, number=number))

    # ------------------------------------------------------------------------------- captures

    def take(self, arrivals: Sequence[tuple[Capture, bytes]], given_date: str | None = None) -> list[str]:
        """Keep captures with their bytes; for each, what was done (an action of the custody record,
        or nothing to say: an empty string).

        Bytes first, then lines, then rows, each flushed to disk for all of them together before the
        next is begun.  Raises ``CaseError`` when that fails; what counted as kept before still does.
        """
        self._catch_up()
        wanting = self.bytes.keep_all([(capture.sha256, data) for capture, data in arrivals])
        captures = [capture for capture, _ in arrivals]
        missing = {one.sha256 for one, gone in zip(captures, wanting, strict=True) if gone}
        known = {one.sha256 for one in captures if self._is_known(one.sha256)}
        self.bytes.sync_names(sorted({one.sha256 for one in captures} - missing - known))
        return self._note(captures, given_date, missing & known)

    def add(self, capture: Capture, given_date: str | None = None) -> bool:
        """Note a capture whose bytes are kept already; True when those bytes are new to the case.

        The same bytes from another source are noted as another source; the same bytes from the same
        source change nothing, except for a date now given.
        """
        self._catch_up()
        return self._note([capture], given_date, set()) == [CAPTURED]

    def _note(self, captures: Sequence[Capture], given_date: str | None, put_back: set[str]) -> list[str]:
        record, done, entries = self._records[0], list[str](), list[Entry]()
        with transaction(self._db):
            for capture in captures:
                action = self._action(capture, given_date)
                said = [action] if action else []
                if capture.sha256 in put_back:
                    put_back = put_back - {capture.sha256}
                    said.insert(0, PUT_BACK)
                done.append(said[-1] if said else "")
                for one in said:
                    entries.append(_entry(one, capture, given_date))
                    apply_custody(self._db, entries[-1], 0)
            if entries:
                self._write(record, entries)
        self._sizes = self._record_sizes()
        return done

    def _is_known(self, sha256: str) -> bool:
        return self._db.execute("SELECT 1 FROM capture WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def _action(self, capture: Capture, given_date: str | None) -> str | None:
        """What there is to say of a capture now taken in; None when all of it was said before."""
        seen = self._db.execute(
            "SELECT given_date, withdrawn_at FROM source WHERE sha256 = ? AND source = ?",
            (capture.sha256, capture.source),
        ).fetchone()
        if seen is None:
            return SEEN_AGAIN if self._is_known(capture.sha256) else CAPTURED
        if seen["withdrawn_at"] is not None:
            return RESTORED
        return None if given_date in (None, seen["given_date"]) else SEEN_AGAIN

    def withdraw(self, what: str, at: str, by: str, reason: str | None = None) -> tuple[Noted, ...]:
        """Take captures out of what is built; their bytes stay, and adding them again restores them.

        ``what``: a source as it was given, a SHA-256, its first digits (at least twelve) or the id of
        its document.  ``at``: UTC, ISO 8601; ``by``: the account.  Gives what was withdrawn now:
        nothing where all of it was before.  Raises ``UnknownIdError`` when the case holds no such thing.
        """
        self._catch_up()
        found = [one for one in self.find(what) if one.withdrawn_at is None]
        if found:
            entries: list[Entry] = [
                {
                    "at": at,
                    "by": by,
                    "action": WITHDRAWN,
                    "sha256": one.sha256,
                    "source": one.source,
                    "reason": reason,
                }
                for one in found
            ]
            with transaction(self._db):
                for entry in entries:
                    apply_custody(self._db, entry, 0)
                self._write(self._records[0], entries)
            self._sizes = self._record_sizes()
        return tuple(replace(one, withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason) for one in found)

    def find(self, what: str) -> tuple[Noted, ...]:
        """What was noted under a source, a hash, its first digits or a document's id, withdrawn or not.

        Raises ``UnknownIdError`` when there is nothing, or digits stand for several captures.
        """
        noted = f"SELECT {_NOTED} FROM source WHERE"
        with reading(self.path):
            rows = self._db.execute(f"{noted} source = ? ORDER BY sha256", (what,)).fetchall()
            for first in (what, what.removeprefix("d")):  # a hash may begin with a d, too
                if rows or not _DIGITS.fullmatch(first):
                    continue
                rows = self._db.execute(
                    f"{noted} sha256 >= ? AND sha256 < ? ORDER BY sha256, source", (first, first + "g")
                ).fetchall()
                if len({row["sha256"] for row in rows}) > 1:
                    raise UnknownIdError("stands for several captures", where=what, todo="Write more digits.")
        if not rows:
            raise UnknownIdError(
                "the case holds no such report",
                where=what,
                todo="Name the file as it was named when it was added, or its SHA-256.",
            )
        return tuple(Noted(*row) for row in rows)

    def noted(self) -> Iterator[Noted]:
        """Every source of every capture, withdrawn ones too, in the order of hashes and sources."""
        return (Noted(*row) for row in self._pages(_NOTED, "TRUE"))

    def hashes(self) -> Iterator[str]:
        """Of every capture, withdrawn ones too, in order."""
        return (
            sha256 for sha256, _ in groupby(row["sha256"] for row in self._pages("sha256, source", "TRUE"))
        )

    def unnoted(self) -> Iterator[str]:
        """The hashes of files among the captures that no line of the record tells of, in order: a run
        ended between keeping them and noting them.  Adding their originals again notes them."""
        noted = self.hashes()
        next_noted = next(noted, None)
        for sha256 in self.bytes.stored():
            while next_noted is not None and next_noted < sha256:
                next_noted = next(noted, None)
            if sha256 != next_noted:
                yield sha256

    def count(self) -> int:
        """How many captures ``held`` gives."""
        with reading(self.path):
            found = self._db.execute(
                "SELECT count(DISTINCT sha256) FROM source WHERE withdrawn_at IS NULL"
            ).fetchone()
        return int(found[0])

    def held(self) -> Iterator[Held]:
        """Every capture that has a source not withdrawn, in the order of hashes (so that nothing made
        of them depends on the order in which they came), one by one."""
        columns = "sha256, source, size, captured_at, captured_by, method, media_type, given_date"
        rows = self._pages(columns, "withdrawn_at IS NULL")
        for _, group in groupby(rows, key=lambda row: str(row["sha256"])):
            yield _held(list(group))

    def _pages(self, columns: str, condition: str) -> Iterator[sqlite3.Row]:
        """Rows of sources with their captures, in the order of hashes and sources.  Page by page, so
        that no read transaction stays open while the caller works."""
        last = ("", "")
        while True:
            with reading(self.path):
                rows = self._db.execute(
                    f"""SELECT {columns} FROM source JOIN capture USING (sha256)
                        WHERE (sha256, source) > (?, ?) AND {condition}
                        ORDER BY sha256, source LIMIT {PAGE}""",
                    last,
                ).fetchall()
            yield from rows
            if len(rows) < PAGE:
                return
            last = (rows[-1]["sha256"], rows[-1]["source"])

    # ------------------------------------------------------------------------------- ids given out

    def issue(self, register_id: str, members: Iterable[Member], at: str) -> None:
        """Note that a register id was given out for a transfer of these members; the first note of
        an id stays as it is."""
        self.issue_all([(register_id, members)], at)

    def issue_all(self, groups: Iterable[tuple[str, Iterable[Member]]], at: str) -> int:
        """Note that these register ids were given out, all together; how many were new.

        ``at``: UTC, ISO 8601.  Ids that were given out before cost a look-up.
        """
        self._catch_up()
        new: dict[str, list[list[str]]] = {}
        for register_id, members in groups:
            if register_id not in new and not self._is_issued(register_id):
                new[register_id] = [list(member) for member in sorted(members)]
        self._write_ids([{"at": at, "id": one, "members": members} for one, members in new.items()])
        return len(new)

    def _is_issued(self, register_id: str) -> bool:
        found = self._db.execute("SELECT 1 FROM register_id WHERE id = ?", (register_id,))
        return found.fetchone() is not None

    def _write_ids(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        record = self._records[1]
        with transaction(self._db):
            (number,) = self._db.execute("SELECT coalesce(max(number), 0) FROM id_line").fetchone()
            for place, entry in enumerate(entries, number + 1):
                apply_id(self._db, entry, place)
            self._write(record, entries)
        self._sizes = self._record_sizes()

    def _write_older_ids(self) -> None:
        """Ids given out before there was a record of them get their lines."""
        rows = self._db.execute(
            "SELECT id, issued_at FROM register_id WHERE line IS NULL ORDER BY issued_at, id"
        ).fetchall()
        self._write_ids(
            [
                {
                    "at": row["issued_at"],
                    "id": row["id"],
                    "members": [list(one) for one in self.issued(row["id"])],
                }
                for row in rows
            ]
        )

    def issued(self, register_id: str) -> tuple[Member, ...]:
        """The members an id was given out for; empty when it never was."""
        with reading(self.path):
            rows = self._db.execute(
                "SELECT document, reported FROM register_id_member WHERE id = ? ORDER BY document, reported",
                (register_id,),
            ).fetchall()
        return tuple((row["document"], row["reported"]) for row in rows)

    # ------------------------------------------------------------------------------- checking

    def disagreements(self) -> list[Fault]:
        """Where the tables are not what the records say, and SQLite's own check of them; empty when
        all is well.  Reads everything; changes nothing."""
        broken = [Fault(FILE, f"is damaged: {one}", REMAKE) for one in damage(self._db)]
        if broken:
            return broken
        with reading(self.path):
            return [one for record in self._records for one in differences(self._db, MIGRATIONS, record)]

    # ------------------------------------------------------------------------------- mending

    def rebuild_from_custody(self, at: str, by: str) -> None:
        """Make the tables anew from the records as they stand, whatever is wrong with these.

        What only the tables know (lines of the custody record were lost) and whose bytes are whole is
        noted in the record again first, after a line that says how many lines were lost.  ``notices``
        says what was done.  The caller holds the writer's lock.  Raises ``CaseError`` when the case
        cannot be written.
        """
        self._db.close()
        self._db = self._open_for_writing()
        if found := damage(self._db):
            self._make_new(found[0])
        self.bytes.clear()
        with reading(self.path):
            lost = first_lost(self._db, self._records[0])
            if lost is not None:
                self._recover(lost, at, by)
            self._recover_ids()
            for record in self._records:
                count = self._read_anew(record, accept=True)
                self._notice(f"{FILE} was made again from {record.name} ({count:,} lines).")
        self._sizes = self._record_sizes()

    def _recover(self, lost: tuple[int, int, int], at: str, by: str) -> None:
        """Note in the custody record what only the tables know of captures."""
        first, present, known = lost
        record = self._records[0]
        self._notice(
            f"Line {first} of {record.name} was lost or changed; {FILE} knew {known}, it has {present}."
        )
        entries: list[Entry] = [
            {"at": at, "by": by, "action": GAP, "first_lost": first, "known": known, "present": present}
        ]
        for row in unrecorded(self._db, MIGRATIONS, record, "source"):
            sha256, source = str(row[0]), str(row[1])
            if self.bytes.fault(sha256) is None:
                entries.append(recovered(self._db, row, RECOVERED, at, by))
                self._notice(f"{source} ({sha256[:12]}) was noted again from {FILE}.")
            else:
                self._notice(f"{source} ({sha256[:12]}) is left out: its line and its bytes are gone.")
        record.lines.extend(entries)

    def _recover_ids(self) -> None:
        """Note in the record of ids those that only the tables know."""
        record = self._records[1]
        rows = list(unrecorded(self._db, MIGRATIONS, record, "register_id"))
        if rows:
            record.lines.extend(
                [
                    {"at": at, "id": one, "members": [list(member) for member in self.issued(str(one))]}
                    for one, at in rows
                ]
            )


_NOTED = "sha256, source, given_date, withdrawn_at, withdrawn_by, withdrawn_reason"

_DIGITS = re.compile(r"[0-9a-f]{12,64}")
"""A SHA-256 or its first digits; the id of a document is ``d`` and twelve of them."""


def _entry(action: str, capture: Capture, given_date: str | None) -> Entry:
    return {
        "at": capture.captured_at,
        "by": capture.captured_by,
        "action": action,
        "sha256": capture.sha256,
        "size": capture.size,
        "source": capture.source,
        "method": capture.method,
        "media_type": capture.media_type,
        "given_date": given_date,
    }


def _held(rows: Sequence[sqlite3.Row]) -> Held:
    """``rows``: of one capture, in the order of sources."""
    first = min(rows, key=lambda row: (row["captured_at"], row["source"]))
    capture = Capture(
        sha256=first["sha256"],
        size=first["size"],
        source=first["source"],
        captured_at=first["captured_at"],
        captured_by=first["captured_by"],
        method=first["method"],
        media_type=rows[0]["media_type"],  # of the source that stands for it: the first in the alphabet
    )
    given = [row["given_date"] for row in rows if row["given_date"]]
    return Held(capture, tuple(row["source"] for row in rows), given[0] if given else None)
