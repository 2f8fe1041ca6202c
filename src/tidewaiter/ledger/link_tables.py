"""What linking keeps: look-ups, copies, dates, weights and groups.  Plain values in, plain values out."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence

Row = tuple[str, str, float, bool, bool]
"""Of the table ``weight``."""

_TABLES = ("transfer", "bucket", "note", "copy", "dated", "weight", "transfer_group")


class LinkTables:
    """The tables of linking in the derived store; see ``schema``."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def clear(self) -> None:
        """Forget everything."""
        for table in _TABLES:
            self._db.execute(f"DELETE FROM {table}")

    # ------------------------------------------------------------------- transfers of documents

    def put_transfers(self, document: str, transfers: Iterable[str]) -> None:
        """The reported transfers of a document, in place of those that it had."""
        self._db.execute("DELETE FROM transfer WHERE document = ?", (document,))
        self._db.executemany(
            "INSERT INTO transfer VALUES (?, ?, NULL)", [(one, document) for one in transfers]
        )

    def document_of(self, transfer: str) -> str | None:
        found = self._db.execute("SELECT document FROM transfer WHERE id = ?", (transfer,)).fetchone()
        return None if found is None else found[0]

    def is_empty(self) -> bool:
        """Whether nothing stands in any bucket."""
        return self._db.execute("SELECT 1 FROM bucket LIMIT 1").fetchone() is None

    # ------------------------------------------------------------------- buckets

    def put(self, kind: str, keys: Iterable[int], day: int, name: str) -> None:
        self._db.executemany(
            "INSERT INTO bucket VALUES (?, ?, ?, ?)", [(kind, key, day, name) for key in keys]
        )

    def drop(self, kind: str, keys: Iterable[int], day: int, name: str) -> None:
        self._db.executemany(
            'DELETE FROM bucket WHERE kind = ? AND "key" = ? AND day = ? AND id = ?',
            [(kind, key, day, name) for key in keys],
        )

    def before(self, kind: str, key: int, day: int, name: str, limit: int) -> list[tuple[int, str]]:
        return self._tuples(
            """SELECT day, id FROM bucket WHERE kind = ? AND "key" = ? AND (day, id) < (?, ?)
               ORDER BY day DESC, id DESC LIMIT ?""",
            (kind, key, day, name, limit),
        )

    def shared_before(self, kind: str, keys: Iterable[int], day: int, name: str, limit: int) -> Counter[str]:
        """Of all buckets together, how often each id is among the nearest before."""
        found: Counter[str] = Counter()
        for key in keys:
            found.update(one for _, one in self.before(kind, key, day, name, limit))
        return found

    def after(self, kind: str, key: int, day: int, name: str, limit: int) -> list[tuple[int, str]]:
        return self._tuples(
            """SELECT day, id FROM bucket WHERE kind = ? AND "key" = ? AND (day, id) > (?, ?)
               ORDER BY day, id LIMIT ?""",
            (kind, key, day, name, limit),
        )

    def between(
        self, kind: str, key: int, first: tuple[int, str], last: tuple[int, str]
    ) -> list[tuple[int, str]]:
        return self._tuples(
            """SELECT day, id FROM bucket WHERE kind = ? AND "key" = ?
               AND (day, id) >= (?, ?) AND (day, id) <= (?, ?) ORDER BY day, id""",
            (kind, key, *first, *last),
        )

    def _tuples(self, query: str, values: Sequence[object]) -> list[tuple[int, str]]:
        cursor = self._db.cursor()
        cursor.row_factory = None  # plain tuples: there are a great many
        return cursor.execute(query, values).fetchall()

    # ------------------------------------------------------------------- notes

    def note(self, kind: str, keys: Iterable[int], document: str) -> None:
        self._db.executemany("INSERT INTO note VALUES (?, ?, ?)", [(kind, key, document) for key in keys])

    def forget(self, kind: str, keys: Iterable[int], document: str) -> None:
        self._db.executemany(
            'DELETE FROM note WHERE kind = ? AND "key" = ? AND document = ?',
            [(kind, key, document) for key in keys],
        )

    def noted(self, kind: str, keys: Iterable[int]) -> set[str]:
        found: set[str] = set()
        for key in keys:
            rows = self._db.execute('SELECT document FROM note WHERE kind = ? AND "key" = ?', (kind, key))
            found.update(row[0] for row in rows)
        return found

    # ------------------------------------------------------------------- copies and dates

    def copies(self, document: str) -> list[str]:
        """The payloads of the copies that a document is one of, in the order of ids."""
        rows = self._db.execute(
            """SELECT a, b, payload FROM copy WHERE a = ?1 UNION ALL
               SELECT a, b, payload FROM copy WHERE b = ?1 ORDER BY 1, 2""",
            (document,),
        )
        return [row[2] for row in rows]

    def copies_of(self, document: str) -> set[str]:
        """The ids of both documents of every copy that a document is one of."""
        rows = self._db.execute(
            "SELECT a, b FROM copy WHERE a = ?1 UNION ALL SELECT a, b FROM copy WHERE b = ?1", (document,)
        )
        return {name for row in rows for name in row}

    def all_copies(self) -> list[str]:
        return [row[0] for row in self._db.execute("SELECT payload FROM copy ORDER BY a, b")]

    def put_copy(self, a: str, b: str, payload: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO copy VALUES (?, ?, ?)", (a, b, payload))

    def drop_copy(self, a: str, b: str) -> None:
        self._db.execute("DELETE FROM copy WHERE a = ? AND b = ?", (a, b))

    def all_dated(self) -> dict[str, tuple[str, str]]:
        rows = self._db.execute("SELECT document, published, ground FROM dated ORDER BY document")
        return {row[0]: (row[1], row[2]) for row in rows}

    def put_dated(self, document: str, dated: tuple[str, str] | None) -> None:
        self._db.execute("DELETE FROM dated WHERE document = ?", (document,))
        if dated is not None:
            self._db.execute("INSERT INTO dated VALUES (?, ?, ?)", (document, *dated))

    # ------------------------------------------------------------------- weights and groups

    def weights(self, transfer: str) -> list[Row]:
        rows = self._db.execute(
            """SELECT a, b, score, conflict, copied FROM weight WHERE a = ?1 UNION ALL
               SELECT a, b, score, conflict, copied FROM weight WHERE b = ?1 ORDER BY 1, 2""",
            (transfer,),
        )
        return [tuple(row) for row in rows]

    def put_weights(self, rows: Iterable[Row]) -> None:
        self._db.executemany("INSERT OR REPLACE INTO weight VALUES (?, ?, ?, ?, ?)", rows)

    def drop_weight(self, a: str, b: str) -> None:
        self._db.execute("DELETE FROM weight WHERE a = ? AND b = ?", (a, b))

    def group_of(self, transfer: str) -> tuple[str, str] | None:
        """Id and payload of the group that a reported transfer is in."""
        found = self._db.execute(
            """SELECT transfer_group.id, payload FROM transfer JOIN transfer_group
               ON transfer_group.id = transfer.in_group WHERE transfer.id = ?""",
            (transfer,),
        ).fetchone()
        return None if found is None else (found[0], found[1])

    def group_id_of(self, transfer: str) -> str | None:
        found = self._db.execute("SELECT in_group FROM transfer WHERE id = ?", (transfer,)).fetchone()
        return None if found is None else found[0]

    def group(self, name: str) -> str | None:
        """The payload of a group."""
        found = self._db.execute("SELECT payload FROM transfer_group WHERE id = ?", (name,)).fetchone()
        return None if found is None else found[0]

    def grouped(self) -> list[tuple[str, str, str]]:
        """Group, document and id of every reported transfer that is in one, sorted."""
        rows = self._db.execute(
            "SELECT in_group, document, id FROM transfer WHERE in_group IS NOT NULL ORDER BY 1, 2, 3"
        )
        return [(row[0], row[1], row[2]) for row in rows]

    def put_group(self, name: str, members: Iterable[str], payload: str) -> None:
        self._db.execute("INSERT INTO transfer_group VALUES (?, ?)", (name, payload))
        self._db.executemany(
            "UPDATE transfer SET in_group = ? WHERE id = ?", [(name, member) for member in members]
        )

    def drop_group(self, name: str, members: Iterable[str]) -> None:
        self._db.execute("DELETE FROM transfer_group WHERE id = ?", (name,))
        self._db.executemany(
            "UPDATE transfer SET in_group = NULL WHERE id = ? AND in_group = ?",
            [(member, name) for member in members],
        )
