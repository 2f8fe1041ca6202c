"""The durable store: what cannot be made again.

Four things on disk hold it: the preserved bytes, ``custody.jsonl``, ``ids.jsonl`` and
``judgements.jsonl``.  The tables of ``durable.sqlite`` are these records read from the first line to the
last, so that they can be asked; they are made again from them when they are gone, and where they disagree
the records are right.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from tidewaiter.errors import UnknownIdError
from tidewaiter.ledger.captures import CaptureStore
from tidewaiter.ledger.chain import ChainedLines, Entry
from tidewaiter.ledger.custody import (
    CAPTURED,
    PUT_BACK,
    RESTORED,
    SEEN_AGAIN,
    WITHDRAWN,
    CustodyRecord,
    IdRecord,
)
from tidewaiter.ledger.database import is_read_only, reading
from tidewaiter.ledger.faults import Fault
from tidewaiter.ledger.files import DISK, Files
from tidewaiter.ledger.holding import Held, held_in, one_held, pages
from tidewaiter.ledger.judgements import JudgementRecord, Judgements
from tidewaiter.ledger.past import held_by
from tidewaiter.ledger.tables import Tables
from tidewaiter.model import Capture

Member = tuple[str, str]
"""(document id, reported transfer id)"""


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
    """Captures, their sources and custody, the register ids given out, and what analysts decided."""

    def __init__(self, folder: Path, *, write: bool = True, files: Files = DISK) -> None:
        """Open the store in a case folder.

        With ``write`` it is made where there is none, brought up to date, and compared with the
        records (see ``prepare``); the caller holds the writer's lock.  Without, nothing on disk is
        changed: what is missing or of an older version is made in memory.

        Raises ``CaseError`` when it cannot be opened, was made by a later version, or (``write``) a
        record lost lines that the store knows of.
        """
        self.folder = folder
        self.bytes = CaptureStore(folder / "captures", files)
        self.custody = CustodyRecord(folder / "custody.jsonl", files)
        self.ids = IdRecord(folder / "ids.jsonl", files)
        self.decided = JudgementRecord(folder / "judgements.jsonl", files)
        self._tables = Tables(folder, self.custody, self.ids, self.decided, write=write)
        self.judgements = Judgements(self._tables)
        if write:
            self.bytes.clear()

    @property
    def notices(self) -> tuple[str, ...]:
        """What was found and mended at opening, in words for the user."""
        return self._tables.notices

    @property
    def records(self) -> tuple[ChainedLines, ...]:
        """The records that the tables are made of."""
        return self.custody, self.ids, self.decided

    @property
    def _db(self) -> sqlite3.Connection:
        return self._tables.db

    @property
    def path(self) -> Path:
        """The file of the tables."""
        return self._tables.path

    @property
    def read_only(self) -> bool:
        """Whether the tables can only be read."""
        return is_read_only(self._db)

    def close(self) -> None:
        self._db.close()

    def prepare(self) -> None:
        """Make a store that was opened for reading ready for writing: tables of this version, that
        say what the records say.  The caller holds the writer's lock.

        Lines without rows (a crash came between) get their rows; tables that are gone or damaged are
        made again; ``notices`` says so.  Raises ``CaseError`` when that cannot be done, or a record
        is not the one the tables were made from.
        """
        self._tables.prepare()
        self.bytes.clear()

    def disagreements(self) -> list[Fault]:
        """Where the tables are not what the records say, and SQLite's own check of them; empty when
        all is well.  Reads everything; changes nothing."""
        return self._tables.disagreements()

    def rebuild_from_custody(self, at: str, by: str) -> None:
        """Make the tables anew from the records as they stand, whatever is wrong with these.

        What only the tables know (lines of the custody record were lost) and whose bytes are whole is
        noted in the record again first, after a line that says how many lines were lost.  ``notices``
        says what was done.  The caller holds the writer's lock.  Raises ``CaseError`` when the case
        cannot be written.
        """
        self._tables.rebuild(at, by, lambda sha256: self.bytes.fault(sha256) is None)
        self.bytes.clear()

    # ------------------------------------------------------------------------------- captures

    def take(self, arrivals: Sequence[tuple[Capture, bytes]], given_date: str | None = None) -> list[str]:
        """Keep captures with their bytes; for each, what was done (an action of the custody record,
        or nothing to say: an empty string).

        Bytes first, then lines, then rows, each flushed to disk for all of them together before the
        next is begun.  Raises ``CaseError`` when that fails; what counted as kept before still does.
        """
        self._tables.catch_up()
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
        self._tables.catch_up()
        return self._note([capture], given_date, set()) == [CAPTURED]

    def _note(self, captures: Sequence[Capture], given_date: str | None, put_back: set[str]) -> list[str]:
        """Note what there is to say of captures whose bytes are kept; for each, the action."""
        done: list[str] = []
        entries: list[Entry] = []
        said: dict[tuple[str, str], str] = {}  # by the captures before in this batch
        for capture in captures:
            key = (capture.sha256, capture.source)
            if capture.sha256 in put_back:
                put_back = put_back - {capture.sha256}
                entries.append(_entry(PUT_BACK, capture, given_date))
            action = "" if key in said else self._action(capture, given_date)
            if action == CAPTURED and any(sha256 == capture.sha256 for sha256, _ in said):
                action = SEEN_AGAIN
            if action:
                entries.append(_entry(action, capture, given_date))
            said[key] = action
            done.append(action)
        self._tables.write(self._tables.custody, entries)
        return done

    def _is_known(self, sha256: str) -> bool:
        return self._db.execute("SELECT 1 FROM capture WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def _action(self, capture: Capture, given_date: str | None) -> str:
        """What there is to say of a capture now taken in; nothing when all of it was said before."""
        seen = self._db.execute(
            "SELECT given_date, withdrawn_at FROM source WHERE sha256 = ? AND source = ?",
            (capture.sha256, capture.source),
        ).fetchone()
        if seen is None:
            return SEEN_AGAIN if self._is_known(capture.sha256) else CAPTURED
        if seen["withdrawn_at"] is not None:
            return RESTORED
        return "" if given_date in (None, seen["given_date"]) else SEEN_AGAIN

    def withdraw(self, what: str, at: str, by: str, reason: str | None = None) -> tuple[Noted, ...]:
        """Take captures out of what is built; their bytes stay, and adding them again restores them.

        ``what``: a source as it was given, a SHA-256, its first digits (at least twelve) or the id of
        its document.  ``at``: UTC, ISO 8601; ``by``: the account.  Gives what was withdrawn now:
        nothing where all of it was before.  Raises ``UnknownIdError`` when the case holds no such thing.
        """
        self._tables.catch_up()
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
            self._tables.write(self._tables.custody, entries)
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

    def captures_from(self, source: str) -> dict[str, str]:
        """The hashes of the captures that were taken from a source, withdrawn or not, each with the moment
        (UTC, ISO 8601)."""
        with reading(self.path):
            rows = self._db.execute(
                "SELECT sha256, captured_at FROM source WHERE source = ? ORDER BY sha256", (source,)
            ).fetchall()
        return {row["sha256"]: row["captured_at"] for row in rows}

    def first_noted(self, sha256: str) -> tuple[str, str, str] | None:
        """Where a capture was first taken from, when (UTC, ISO 8601) and by whom; None where unknown."""
        with reading(self.path):
            found = self._db.execute(
                """SELECT source, captured_at, captured_by FROM source WHERE sha256 = ?
                   ORDER BY captured_at, number LIMIT 1""",
                (sha256,),
            ).fetchone()
        return None if found is None else tuple(found)

    def noted(self) -> Iterator[Noted]:
        """Every source of every capture, withdrawn ones too, in the order of hashes and sources."""
        return (Noted(*row) for row in self._pages(_NOTED, "TRUE"))

    def hashes(self) -> Iterator[str]:
        """Of every capture, withdrawn ones too, in order."""
        return (
            sha256 for sha256, _ in groupby(row["sha256"] for row in self._pages("sha256, source", "TRUE"))
        )

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
        return held_in(self._db, self.path)

    def captured(self) -> list[tuple[str, str]]:
        """When each capture that ``held`` gives was first captured: hash and UTC, in the order of hashes."""
        with reading(self.path):
            rows = self._db.execute(
                """SELECT sha256, min(captured_at) FROM source
                   WHERE withdrawn_at IS NULL GROUP BY sha256 ORDER BY sha256"""
            ).fetchall()
        return [(row[0], row[1]) for row in rows]

    def one_held(self, sha256: str) -> Held | None:
        """A capture that has a source not withdrawn; None where there is none of that hash."""
        return one_held(self._db, self.path, sha256)

    def held_by(self, day: str) -> tuple[Held, ...]:
        """As ``held`` gave it at the end of a day (ISO, UTC): what was captured, known of it and not yet
        withdrawn by then.  Raises ``CaseError`` when the custody record cannot be read."""
        return held_by(self.custody, day)

    def _pages(self, columns: str, condition: str) -> Iterator[sqlite3.Row]:
        return pages(self._db, self.path, columns, condition)

    # ------------------------------------------------------------------------------- ids given out

    def issue(self, register_id: str, members: Iterable[Member], at: str) -> None:
        """Note that a register id was given out for a transfer of these members; the first note of
        an id stays as it is."""
        self.issue_all([(register_id, members)], at)

    def issue_all(self, groups: Iterable[tuple[str, Iterable[Member]]], at: str) -> int:
        """Note that these register ids were given out, all together; how many were new.

        ``at``: UTC, ISO 8601.  Ids that were given out before cost a look-up.
        """
        self._tables.catch_up()
        new: dict[str, list[list[str]]] = {}
        for register_id, members in groups:
            if register_id not in new and not self._is_issued(register_id):
                new[register_id] = [list(member) for member in sorted(members)]
        entries = [{"at": at, "id": one, "members": members} for one, members in new.items()]
        self._tables.write(self._tables.ids, entries)
        return len(new)

    def _is_issued(self, register_id: str) -> bool:
        found = self._db.execute("SELECT 1 FROM register_id WHERE id = ?", (register_id,))
        return found.fetchone() is not None

    def issued_ids(self, by: str | None = None) -> tuple[str, ...]:
        """Every register id that was ever given out, sorted; ``by``: until the end of that day (ISO, UTC)."""
        with reading(self.path):
            rows = self._db.execute(
                "SELECT id FROM register_id WHERE ?1 IS NULL OR substr(issued_at, 1, 10) <= ?1 ORDER BY id",
                (by,),
            )
            return tuple(row["id"] for row in rows)

    def issued(self, register_id: str) -> tuple[Member, ...]:
        """The members an id was given out for; empty when it never was."""
        with reading(self.path):
            rows = self._db.execute(
                "SELECT document, reported FROM register_id_member WHERE id = ? ORDER BY document, reported",
                (register_id,),
            ).fetchall()
        return tuple((row["document"], row["reported"]) for row in rows)


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


__all__ = ["DurableStore", "Held", "Member", "Noted"]
