"""The tables of the durable store held against the records that they are made of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from tidewaiter.ledger.chain import Entry
from tidewaiter.ledger.database import Migration, temporary_database
from tidewaiter.ledger.faults import Fault
from tidewaiter.ledger.judgements import COLUMNS as JUDGEMENT_COLUMNS
from tidewaiter.ledger.replay import BACKUP, FILE, MEND, Record, last_two, replay

REMAKE = "The record is right. Make the tables again from it: tidewaiter rebuild CASE --from-custody"


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    columns: tuple[str, ...]  # those that a record says; the key first
    key: int  # how many columns of the key
    where: str = "TRUE"  # which rows a record can know


_SOURCE = (
    "sha256", "source", "captured_at", "captured_by", "method", "media_type", "given_date",
    "withdrawn_at", "withdrawn_by", "withdrawn_reason",
)  # fmt: skip
_WITH_LINE = "id IN (SELECT id FROM register_id WHERE line IS NOT NULL)"

_TABLES = {
    "custody": (_Table("capture", ("sha256", "size"), 1), _Table("source", _SOURCE, 2)),
    "id_line": (
        _Table("register_id", ("id", "issued_at"), 1, _WITH_LINE),
        _Table("register_id_member", ("id", "document", "reported"), 3, _WITH_LINE),
    ),
    "judgement_line": (_Table("judgement", JUDGEMENT_COLUMNS, 1),),
}

_Row = tuple[Any, ...]
_Pair = tuple[_Row | None, _Row | None]  # in the tables, in the record


def differences(db: sqlite3.Connection, migrations: Sequence[Migration], record: Record) -> Iterator[Fault]:
    """Where the tables are not what the record says.  Lines that have no rows yet, because another
    program is writing or a crash came between, are no grave fault."""
    with _snapshot(db), closing(temporary_database(migrations)) as anew:
        yield from _line_differences(db, record)
        places = last_two(db, record)
        replay(anew, record, accept=True, up_to=places[0].number if places else None)
        for table in _TABLES[record.table]:
            for pair in _pairs(db, anew, table):
                yield _fault(pair, table, record)


def unrecorded(
    db: sqlite3.Connection, migrations: Sequence[Migration], record: Record, table: str
) -> Iterator[_Row]:
    """The rows of one of its tables that the record as it stands does not say, or says otherwise."""
    (asked,) = [one for one in _TABLES[record.table] if one.name == table]
    with closing(temporary_database(migrations)) as anew:
        replay(anew, record, accept=True)
        all_rows = _Table(asked.name, asked.columns, asked.key)
        for known, _ in _pairs(db, anew, all_rows):
            if known is not None:
                yield known


def recovered(db: sqlite3.Connection, row: _Row, action: str, at: str, by: str) -> Entry:
    """The line that notes a row of ``source`` in the record anew."""
    said = dict(zip(_SOURCE, row, strict=True))
    (size,) = db.execute("SELECT size FROM capture WHERE sha256 = ?", (said["sha256"],)).fetchone()
    reason = said.pop("withdrawn_reason")
    return {"at": at, "by": by, "action": action, "size": size, **said, "reason": reason}


@contextmanager
def _snapshot(db: sqlite3.Connection) -> Iterator[None]:
    """Everything read within is of one moment, whatever others write meanwhile."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("ROLLBACK")


def _line_differences(db: sqlite3.Connection, record: Record) -> Iterator[Fault]:
    if last_two(db, record) is None:
        return  # tables of version 1, brought up to date in memory only: torn lines are not in them
    known = db.execute(f"SELECT number, line_sha256 FROM {record.table} ORDER BY number")
    number, beyond = 0, 0
    for line in record.lines.lines():
        number = line.place.number
        row = known.fetchone()
        if row is None:
            beyond += line.entry is not None
        elif row["line_sha256"] != line.place.sha256:
            yield Fault(f"{record.name}, line {number}", "is not what was written there", f"{BACKUP} {MEND}")
            return
    if (row := known.fetchone()) is not None:
        yield Fault(
            record.name, f"was cut off: line {row['number']} and those after it are gone", f"{BACKUP} {MEND}"
        )
    elif beyond:
        what = (
            f"its last {beyond:,} lines are not in the tables yet" if beyond > 1 else "its last line is not"
        )
        yield Fault(record.name, what, "Nothing: the next program that writes to the case does it.", False)


def _pairs(db: sqlite3.Connection, anew: sqlite3.Connection, table: _Table) -> Iterator[_Pair]:
    """Rows that are not alike, by key."""
    ours, theirs = _rows(db, table), _rows(anew, table)
    left, right = next(ours, None), next(theirs, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left[: table.key] < right[: table.key]):
            yield left, None
            left = next(ours, None)
        elif left is None or right[: table.key] < left[: table.key]:
            yield None, right
            right = next(theirs, None)
        else:
            if left != right:
                yield left, right
            left, right = next(ours, None), next(theirs, None)


def _rows(db: sqlite3.Connection, table: _Table) -> Iterator[_Row]:
    order = ", ".join(table.columns[: table.key])
    asked = f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE {table.where} ORDER BY {order}"
    return (tuple(row) for row in db.execute(asked))


def _fault(pair: _Pair, table: _Table, record: Record) -> Fault:
    known, said = pair
    key = (known or said or ())[: table.key]
    where = f"{FILE}, {table.name} {' '.join(map(str, key))}"
    if said is None:
        return Fault(where, f"no line of {record.name} says this", REMAKE)
    if known is None:
        return Fault(where, f"is missing, and {record.name} says it", REMAKE)
    name, ours, theirs = next(one for one in zip(table.columns, known, said, strict=True) if one[1] != one[2])
    return Fault(where, f"{name} is {ours!r}, and {record.name} says {theirs!r}", REMAKE)
