"""What each line of the records means for the tables of the durable store.

The tables are the records read from the first line to the last, and nothing else: these functions are
the only ones that change them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tidewaiter.errors import CaseError
from tidewaiter.ledger.chain import START, ChainedLines, Entry, Place
from tidewaiter.ledger.custody import (
    CAPTURED,
    GAP,
    PUT_BACK,
    RECOVERED,
    RESTORED,
    SEEN_AGAIN,
    WITHDRAWN,
)

FILE = "durable.sqlite"

BACKUP = "Put the file back from a backup."
MEND = "To go on with it as it stands: tidewaiter rebuild CASE --from-custody"
"""How the user accepts a record that was damaged."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record, the table that has its lines as hashes, what a line means, and the tables made of it."""

    lines: ChainedLines
    table: str
    apply: Callable[[sqlite3.Connection, Entry, int], None]
    tables: tuple[str, ...]  # each before those it points to

    @property
    def name(self) -> str:
        return self.lines.path.name


def replay(
    db: sqlite3.Connection,
    record: Record,
    after: Place = START,
    *,
    accept: bool = False,
    up_to: int | None = None,
) -> int:
    """Bring the tables up to date with the lines after a place (``up_to``: and not beyond the line of
    that number); how many there were, torn ones not counted.

    Raises ``CaseError`` for a line that does not follow the one before it or says what no line says;
    with ``accept`` the first is passed over and the second left out.
    """
    count = 0
    for line in record.lines.lines(after):
        number = line.place.number
        if up_to is not None and number > up_to:
            break
        note_line(db, record, line.place)
        if line.entry is None:
            continue
        count += 1
        if not (line.follows or accept):
            raise CaseError(
                "does not follow the line before it: that one was changed, or lines between were removed",
                where=f"{record.name}, line {number}",
                todo=f"{BACKUP} {MEND}",
            )
        try:
            record.apply(db, line.entry, number)
        except (ValueError, sqlite3.IntegrityError) as error:
            if not accept:
                raise CaseError(
                    f"the line {error}",
                    where=f"{record.name}, line {number}",
                    todo=f"Use the version of Tidewaiter that wrote it, or a newer one. {BACKUP} {MEND}",
                ) from error
    return count


def note_line(db: sqlite3.Connection, record: Record, place: Place) -> None:
    """Note that a line of the record is in the tables."""
    db.execute(f"INSERT INTO {record.table} VALUES (?, ?, ?)", (place.number, place.sha256, place.ends))


def forget(db: sqlite3.Connection, record: Record) -> None:
    """Empty the tables that are made of a record."""
    for table in (*record.tables, record.table):
        db.execute(f"DELETE FROM {table}")


def last_two(db: sqlite3.Connection, record: Record) -> tuple[Place, Place] | None:
    """Where the last two lines end that the tables know, the last one first; None when they do not
    know where (tables of version 1)."""
    rows = db.execute(
        f"SELECT number, ends, line_sha256 FROM {record.table} ORDER BY number DESC LIMIT 2"
    ).fetchall()
    if any(row["ends"] is None for row in rows):
        return None
    places = [Place(*row) for row in rows] + [START, START]
    return places[0], places[1]


def refuse_lost(db: sqlite3.Connection, record: Record) -> None:
    """Raise ``CaseError`` when a line that the tables know is not in the record any more."""
    lost = first_lost(db, record)
    if lost is None:
        return
    number, present, known = lost
    what = (
        f"was cut off: it ends after line {present}, and {FILE} knows of {known}"
        if number > present
        else f"line {number} is not what was written there"
    )
    raise CaseError(what, where=str(record.lines.path), todo=f"{BACKUP} {MEND}")


def first_lost(db: sqlite3.Connection, record: Record) -> tuple[int, int, int] | None:
    """Number of the first line that the tables know and the record lacks, how many lines the record
    has, and how many are known."""
    known = db.execute(f"SELECT number, line_sha256 FROM {record.table} ORDER BY number")
    wanted, present = known.fetchone(), 0
    for line in record.lines.lines():
        present += 1
        if wanted is not None and line.place.sha256 == wanted["line_sha256"]:
            wanted = known.fetchone()
    if wanted is None:
        return None
    (count,) = db.execute(f"SELECT count(*) FROM {record.table}").fetchone()
    return wanted["number"], present, count


# ------------------------------------------------------------------------------------ custody


def apply_custody(db: sqlite3.Connection, entry: Entry, _number: int) -> None:
    """Bring the tables up to date with a line of the custody record.

    Raises ``ValueError`` with the reason for a line that says something else than those written here.
    """
    action = _text(entry, "action")
    known = _CUSTODY.get(action)
    if known is None:
        raise ValueError(f"has the action {action!r}, which this version does not know")
    known(db, entry)


def _taken(db: sqlite3.Connection, entry: Entry) -> None:
    """Captured, seen again, restored: the first note of a source stays, a date given later counts."""
    db.execute(
        "INSERT OR IGNORE INTO capture (sha256, size) VALUES (?, ?)",
        (_text(entry, "sha256"), _number_of(entry, "size")),
    )
    db.execute(
        """INSERT INTO source (sha256, source, captured_at, captured_by, method, media_type, given_date)
           VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (sha256, source) DO UPDATE SET
             given_date = coalesce(excluded.given_date, given_date),
             withdrawn_at = NULL, withdrawn_by = NULL, withdrawn_reason = NULL""",
        (
            _text(entry, "sha256"),
            _text(entry, "source"),
            _text(entry, "at"),
            _text(entry, "by"),
            _text(entry, "method"),
            _text(entry, "media_type"),
            _text_or_none(entry, "given_date"),
        ),
    )


def _withdrawn(db: sqlite3.Connection, entry: Entry) -> None:
    db.execute(
        """UPDATE source SET withdrawn_at = ?, withdrawn_by = ?, withdrawn_reason = ?
           WHERE sha256 = ? AND source = ?""",
        (
            _text(entry, "at"),
            _text(entry, "by"),
            _text_or_none(entry, "reason"),
            _text(entry, "sha256"),
            _text(entry, "source"),
        ),
    )


def _recovered(db: sqlite3.Connection, entry: Entry) -> None:
    """Noted anew: with the circumstances in which it was first taken, and as it stood."""
    first = {"at": entry.get("captured_at"), "by": entry.get("captured_by")}
    _taken(db, {**entry, **first})
    if entry.get("withdrawn_at") is not None:
        past = {"at": entry["withdrawn_at"], "by": entry.get("withdrawn_by")}
        _withdrawn(db, {**entry, **past})


def _nothing(_db: sqlite3.Connection, _entry: Entry) -> None:
    """Says what happened, and changes nothing."""


_CUSTODY: Mapping[str, Callable[[sqlite3.Connection, Entry], None]] = {
    CAPTURED: _taken,
    SEEN_AGAIN: _taken,
    RESTORED: _taken,
    WITHDRAWN: _withdrawn,
    RECOVERED: _recovered,
    PUT_BACK: _nothing,
    GAP: _nothing,
}


# ------------------------------------------------------------------------------------ ids


def apply_id(db: sqlite3.Connection, entry: Entry, number: int) -> None:
    """Bring the tables up to date with a line of the record of ids; the first line of an id counts.

    Raises ``ValueError`` with the reason for a line that says something else than those written here.
    """
    register_id, members = _text(entry, "id"), entry.get("members")
    if not isinstance(members, list) or not all(_is_pair(one) for one in members):
        raise ValueError("has no list of members")
    found = db.execute("SELECT line FROM register_id WHERE id = ?", (register_id,)).fetchone()
    if found is not None and found["line"] is not None:
        return
    db.execute(
        """INSERT INTO register_id (id, issued_at, line) VALUES (?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET line = excluded.line""",
        (register_id, _text(entry, "at"), number),
    )
    db.executemany(
        "INSERT OR IGNORE INTO register_id_member VALUES (?, ?, ?)", [(register_id, *one) for one in members]
    )


def _is_pair(member: object) -> bool:
    return isinstance(member, list) and len(member) == 2 and all(isinstance(one, str) for one in member)


# ------------------------------------------------------------------------------------ values


def _text(entry: Entry, key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str):
        raise ValueError(f"has no {key!r}")
    return value.encode("utf-8", "replace").decode("utf-8")  # SQLite holds no lone surrogates


def _text_or_none(entry: Entry, key: str) -> str | None:
    return None if entry.get(key) is None else _text(entry, key)


def _number_of(entry: Entry, key: str) -> int:
    value = entry.get(key)
    if not isinstance(value, int) or not 0 <= value < 2**63:
        raise ValueError(f"has no {key!r}")
    return value
