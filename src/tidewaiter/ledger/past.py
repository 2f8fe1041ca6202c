"""What a case held on a day that is past: the custody record read again, as far as that day.

A line counts by its own moment, not by its place: one that was noted anew, after the record had lost it, by
the moment of what it notes.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tidewaiter.ledger.chain import Entry
from tidewaiter.ledger.custody import RECOVERED, CustodyRecord
from tidewaiter.ledger.database import temporary_database
from tidewaiter.ledger.holding import Held, held_in
from tidewaiter.ledger.replay import Record, apply_custody, replay
from tidewaiter.ledger.tables import MIGRATIONS

_WITHDRAWAL = ("withdrawn_at", "withdrawn_by")


def held_by(record: CustodyRecord, day: str) -> tuple[Held, ...]:
    """The captures that were held at the end of a day (ISO, UTC), in the order of hashes, with the sources
    and given dates that were noted by then.

    The record is taken as it stands, whatever is wrong with it.  Raises ``CaseError`` when it cannot be read.
    """

    def apply(db: sqlite3.Connection, entry: Entry, number: int) -> None:
        then = by_then(entry, day)
        if then is not None:
            apply_custody(db, then, number)

    with closing(temporary_database(MIGRATIONS)) as db:
        db.execute("BEGIN")
        replay(db, Record(record, "custody", apply, ("source", "capture")), accept=True)
        return tuple(held_in(db, record.path))


def by_then(entry: Entry, day: str) -> Entry | None:
    """A line of the record as far as it speaks of what had happened by the end of a day; None where it
    speaks of later things alone."""
    is_anew = entry.get("action") == RECOVERED
    if _is_after(entry.get("captured_at" if is_anew else "at"), day):
        return None
    if is_anew and _is_after(entry.get("withdrawn_at"), day):
        return {key: value for key, value in entry.items() if key not in _WITHDRAWAL}
    return entry


def _is_after(moment: object, day: str) -> bool:
    """Whether a moment (UTC, ISO 8601) is after the end of a day; what is no moment is left to whoever reads
    the line."""
    return isinstance(moment, str) and moment[:10] > day
