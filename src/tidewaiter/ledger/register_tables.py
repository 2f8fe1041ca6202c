"""What the register is shown from: rows, responses and timeline.  Payloads are JSON of the model."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from tidewaiter.codec import to_json
from tidewaiter.model import RegisterRow

_TABLES = ("register_row", "told_response", "register_response", "timeline", "built")


_POSITIONS = """SELECT DISTINCT register_row.id
    FROM register_row, json_each(register_row.payload, '$.positions') AS position"""
_CLAIMS = f"{_POSITIONS}, json_each(position.value, '$.claims') AS claim"
_TELLING = {
    "actor": f"{_POSITIONS} WHERE position.value ->> '$.actor' = ? ORDER BY 1",
    "speaker": f"{_CLAIMS} WHERE claim.value ->> '$.speaker.name' = ? ORDER BY 1",
    "outlet": f"""{_CLAIMS} WHERE claim.value ->> '$.document' IN (SELECT id FROM document WHERE outlet = ?)
        ORDER BY 1""",
}


class RegisterTables:
    """The tables of the register in the derived store; see ``schema``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def clear(self) -> None:
        """Forget everything."""
        for table in _TABLES:
            self._db.execute(f"DELETE FROM {table}")

    # ------------------------------------------------------------------- the last build

    def put_built(self, as_of: str, producer: str, state: str) -> None:
        """Note for which day, and by what, the register was made; ``state``: another one than before where
        documents, links or rows are other ones."""
        self._db.execute("INSERT OR REPLACE INTO built VALUES (1, ?, ?, ?)", (as_of, producer, state))

    def state(self) -> str | None:
        """Which state of the case the register is of; None before the first build."""
        found = self._db.execute("SELECT state FROM built").fetchone()
        return None if found is None else found[0]

    def as_of(self) -> str | None:
        """The day for which the register was made; None before the first build."""
        found = self._db.execute("SELECT as_of FROM built").fetchone()
        return None if found is None else found[0]

    def producer(self) -> str | None:
        """What made the register; None before the first build."""
        found = self._db.execute("SELECT producer FROM built").fetchone()
        return None if found is None else found[0]

    # ------------------------------------------------------------------- rows

    def put_row(self, row: RegisterRow, last_report: str | None) -> None:
        """``last_report``: ISO day of the last report on it, None where none has a day."""
        self._db.execute(
            "INSERT OR REPLACE INTO register_row VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row.id,
                row.supplier,
                row.recipient,
                row.category.value,
                row.stage.value,
                row.when,
                last_report,
                to_json(row),
            ),
        )

    def rows_telling(self, kind: str, name: str) -> list[str]:
        """The ids of the rows with a claim of a source.  ``kind``: ``outlet``, ``actor`` or ``speaker``, as
        sources are rated."""
        return [row[0] for row in self._db.execute(_TELLING[kind], (name,))]

    def drop_row(self, name: str) -> None:
        self._db.execute("DELETE FROM register_row WHERE id = ?", (name,))

    def row(self, name: str) -> str | None:
        """The payload of a row; None where there is none of that id."""
        found = self._db.execute("SELECT payload FROM register_row WHERE id = ?", (name,)).fetchone()
        return None if found is None else found[0]

    def rows(self) -> Iterator[str]:
        """The payloads of all rows, in the order of ids."""
        return (row[0] for row in self._db.execute("SELECT payload FROM register_row ORDER BY id"))

    def reported_after(self, day: str) -> list[str]:
        """The ids of the rows whose last report is of a later day."""
        rows = self._db.execute("SELECT id FROM register_row WHERE last_report > ? ORDER BY id", (day,))
        return [row[0] for row in rows]

    # ------------------------------------------------------------------- responses

    def put_told(self, document: str, told: Iterable[tuple[str, str]]) -> set[str]:
        """The responses that a document tells, each with what those alike have in common, in place of
        those that it told before; gives what those that changed have in common."""
        before = self._db.execute(
            "SELECT alike, payload FROM told_response WHERE document = ? ORDER BY number", (document,)
        ).fetchall()
        now = list(told)
        self._db.execute("DELETE FROM told_response WHERE document = ?", (document,))
        self._db.executemany(
            "INSERT INTO told_response VALUES (?, ?, ?, ?)",
            [(alike, document, number, payload) for number, (alike, payload) in enumerate(now)],
        )
        return {row[0] for row in before} | {alike for alike, _ in now}

    def alike_in(self, document: str) -> set[str]:
        """What the responses of a document have in common with others."""
        rows = self._db.execute("SELECT DISTINCT alike FROM told_response WHERE document = ?", (document,))
        return {row[0] for row in rows}

    def told(self, alike: str) -> list[str]:
        """The payloads of the responses that are alike, by document."""
        rows = self._db.execute(
            "SELECT payload FROM told_response WHERE alike = ? ORDER BY document, number", (alike,)
        )
        return [row[0] for row in rows]

    def put_responses(self, alike: str, steps: Sequence[tuple[str, str]]) -> set[str]:
        """The joined steps of responses, each with its line (its kind and actor), in place of those that
        there were; gives the lines that may look different for it."""
        before = self._db.execute("SELECT line FROM register_response WHERE alike = ?", (alike,)).fetchall()
        self._db.execute("DELETE FROM register_response WHERE alike = ?", (alike,))
        self._db.executemany(
            "INSERT INTO register_response VALUES (?, ?, ?, ?)",
            [(alike, number, line, payload) for number, (line, payload) in enumerate(steps)],
        )
        return {row[0] for row in before} | {line for line, _ in steps}

    def steps(self, line: str) -> list[str]:
        """The payloads of the steps of one kind and actor."""
        rows = self._db.execute(
            "SELECT payload FROM register_response WHERE line = ? ORDER BY alike, number", (line,)
        )
        return [row[0] for row in rows]

    # ------------------------------------------------------------------- timeline

    def put_entries(self, owner: str, entries: Sequence[tuple[str, str]]) -> None:
        """What a row, a response or a document puts on the timeline, each with its place, in place of what it
        put there; entries of one place are one line of it."""
        self._db.execute("DELETE FROM timeline WHERE owner = ?", (owner,))
        self._db.executemany(
            "INSERT INTO timeline VALUES (?, ?, ?, ?)",
            [(owner, number, *one) for number, one in enumerate(entries)],
        )

    def entries(self) -> Iterator[str]:
        """The payloads of all entries, in the order of owners."""
        return (row[0] for row in self._db.execute("SELECT payload FROM timeline ORDER BY owner, number"))
