"""What analysts decided: one line of the record for each judgement made or withdrawn, and the table of them.

A judgement points at captures and quoted words, never at computed ids, so that it outlives them.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tidewaiter.codec import decode, encode, from_json, to_json
from tidewaiter.errors import UnknownIdError
from tidewaiter.ledger.chain import ChainedLines, Entry
from tidewaiter.ledger.database import reading
from tidewaiter.model import Judgement

if TYPE_CHECKING:
    from tidewaiter.ledger.tables import Tables

JUDGED = "judged"
WITHDRAWN = "withdrawn"

ID_DIGITS = 10
"""Hexadecimal digits of a judgement's id, as of other ids of the project."""

COLUMNS = ("id", "payload", "withdrawn_at", "withdrawn_by", "withdrawn_why")
"""Of the table ``judgement`` that a record says; the key first."""

_PAST = ("withdrawn_at", "withdrawn_by", "withdrawn_why")


class JudgementRecord(ChainedLines):
    """``judgements.jsonl``: only ever appended to.

    Keys of a line: ``at`` (UTC), ``by``, ``action`` (``judged`` or ``withdrawn``), ``id``, ``why``; of one
    that was made also ``kind``, ``named``, ``sides`` and ``value``; and ``previous`` as in the custody
    record.
    """


def with_id(judgement: Judgement) -> Judgement:
    """The judgement with the id that its content gives it: the same one again is the same judgement."""
    data = encode(replace(judgement, id="", withdrawn_at=None, withdrawn_by=None, withdrawn_why=None))
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return replace(judgement, id=f"j{digest[:ID_DIGITS]}")


def made_entry(judgement: Judgement) -> Entry:
    """The line that says that it was made."""
    data = {name: value for name, value in encode(judgement).items() if name not in _PAST}
    return {"at": data.pop("at"), "by": data.pop("by"), "action": JUDGED, **data}


def withdrawn_entry(name: str, at: str, by: str, why: str | None) -> Entry:
    """The line that says that it was undone."""
    return {"at": at, "by": by, "action": WITHDRAWN, "id": name, "why": why}


def apply_judgement(db: sqlite3.Connection, entry: Entry, number: int) -> None:
    """Bring the table up to date with a line of the record; the first line of an id counts.

    Raises ``ValueError`` with the reason for a line that says something else than those written here.
    """
    action, name = entry.get("action"), entry.get("id")
    if not isinstance(name, str):
        raise ValueError("has no 'id'")
    if action == JUDGED:
        judgement = _judgement(entry)
        db.execute(
            "INSERT OR IGNORE INTO judgement (id, payload, line) VALUES (?, ?, ?)",
            (name, to_json(judgement), number),
        )
    elif action == WITHDRAWN:
        values = [_text(entry, key) for key in ("at", "by")]
        why = None if entry.get("why") is None else _text(entry, "why")
        db.execute(
            """UPDATE judgement SET withdrawn_at = ?, withdrawn_by = ?, withdrawn_why = ?
               WHERE id = ? AND withdrawn_at IS NULL""",
            (*values, why, name),
        )
    else:
        raise ValueError(f"has the action {action!r}, which this version does not know")


def _judgement(entry: Entry) -> Judgement:
    known = {name: entry[name] for name in Judgement.__dataclass_fields__ if name in entry}
    # what a terminal gave that is no UTF-8; SQLite and msgspec hold no lone surrogates
    data = json.loads(json.dumps(known, ensure_ascii=False).encode("utf-8", "replace"))
    try:
        return decode(Judgement, data)
    except ValueError as error:
        raise ValueError(f"is no judgement ({error})") from error


def _text(entry: Entry, key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str):
        raise ValueError(f"has no {key!r}")
    return value.encode("utf-8", "replace").decode("utf-8")


def recovered_entries(row: tuple[Any, ...]) -> list[Entry]:
    """The lines that note a row of the table in the record anew."""
    name, payload, at, by, why = row
    entries = [made_entry(from_json(Judgement, payload))]
    return [*entries, withdrawn_entry(name, at, by, why)] if at is not None else entries


class Judgements:
    """The judgements of a case, as the durable store holds them."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def all(self) -> tuple[Judgement, ...]:
        """Every judgement, withdrawn ones too, in the order in which they were made (a line may have been
        noted anew, after others, where the record lost some)."""
        with reading(self._tables.path):
            rows = self._tables.db.execute(
                f"SELECT {', '.join(COLUMNS)} FROM judgement ORDER BY line"
            ).fetchall()
        return tuple(sorted((_of_row(row) for row in rows), key=lambda one: one.at))

    def get(self, name: str) -> Judgement:
        """One by its id.  Raises ``UnknownIdError`` when there is none."""
        with reading(self._tables.path):
            row = self._tables.db.execute(
                f"SELECT {', '.join(COLUMNS)} FROM judgement WHERE id = ?", (name,)
            ).fetchone()
        if row is None:
            raise UnknownIdError(
                "no judgement has that id", where=name, todo="See them with: tidewaiter judge CASE list"
            )
        return _of_row(row)

    def make(self, judgement: Judgement) -> Judgement:
        """Note a judgement, and give it with its id; one that was noted before is not noted again.

        The line is on disk before this returns.  Raises ``CaseError`` when it cannot be written.
        """
        self._tables.catch_up()
        named = with_id(judgement)
        if not self._is_known(named.id):
            self._tables.write(self._tables.judgements, [made_entry(named)])
        return self.get(named.id)

    def anew(self, judgement: Judgement) -> Judgement:
        """The judgement as one that was not withdrawn: some seconds later where the same one was made and
        withdrawn at its moment."""
        named = with_id(judgement)
        while self._is_known(named.id) and self.get(named.id).withdrawn_at is not None:
            named = with_id(replace(named, at=_a_second_later(named.at)))
        return named

    def withdraw(self, name: str, at: str, by: str, why: str | None = None) -> bool:
        """Undo a judgement; False where it was undone before.  Raises ``UnknownIdError`` when there is
        none of that id."""
        self._tables.catch_up()
        if self.get(name).withdrawn_at is not None:
            return False
        self._tables.write(self._tables.judgements, [withdrawn_entry(name, at, by, why)])
        return True

    def _is_known(self, name: str) -> bool:
        found = self._tables.db.execute("SELECT 1 FROM judgement WHERE id = ?", (name,)).fetchone()
        return found is not None


def _a_second_later(at: str) -> str:
    """Of a moment in UTC, ISO 8601 to the second."""
    later = datetime.fromisoformat(at) + timedelta(seconds=1)
    return later.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _of_row(row: sqlite3.Row) -> Judgement:
    _, payload, at, by, why = row
    return replace(from_json(Judgement, payload), withdrawn_at=at, withdrawn_by=by, withdrawn_why=why)
