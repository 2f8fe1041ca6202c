"""The derived store: everything computed from the captures.

``derived.sqlite`` may be thrown away; the next build makes it again.  What is newly read is put beside
what is shown (``put``), and swapped in (``show``) in the transaction that brings links and register up to
date, so that readers see the case as last built until that ends, and as built now from then on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from tidewaiter.codec import from_json, to_json
from tidewaiter.errors import DamageError
from tidewaiter.ledger.database import is_read_only, open_database, transaction
from tidewaiter.ledger.judged_tables import JudgedTables, Ruled
from tidewaiter.ledger.link_tables import LinkTables
from tidewaiter.ledger.list_tables import ListTables
from tidewaiter.ledger.register_tables import RegisterTables
from tidewaiter.ledger.schema import MIGRATIONS
from tidewaiter.model import Document, Reading

Value = TypeVar("Value")

NAME = "derived.sqlite"

CACHE_KIBIBYTES = 16_384
"""Memory for pages of the store: as much as the tables of a thousand reports take.  SQLite's own 2 MiB
make every other look-up of linking a call to the system."""


class Failed(NamedTuple):
    """A capture that gave no document, and why."""

    sha256: str
    source: str
    reason: str
    todo: str | None


@dataclass(frozen=True, slots=True)
class Content:
    """What was made of a capture, as it is stored: ``document`` is None where ``reason`` says why."""

    sha256: str
    recipe: str  # what it was made with and from besides the bytes
    source: str
    document: str | None = None  # id
    reason: str | None = None
    todo: str | None = None
    payload: str | None = None  # the document as JSON, its text left out
    text: str | None = None
    reading: str | None = None  # as JSON
    features: bytes | None = None  # what linking looks at


_CONTENT = "sha256, recipe, source, document, reason, todo, payload, text, reading, features"
"""Columns of what ``Content`` holds, in its order."""


def content_of(document: Document, reading: Reading, features: bytes, recipe: str) -> Content:
    """A document and its reading as they are stored."""
    return Content(
        sha256=document.captures[0],
        recipe=recipe,
        source=document.source,
        document=document.id,
        payload=to_json(replace(document, text="")),
        text=document.text,
        reading=to_json(reading),
        features=features,
    )


class Publication(NamedTuple):
    """What is known of the publication of what was last made of a capture."""

    recipe: str
    document: str | None  # id; None where the capture gave none
    published: str | None  # EDTF, by the document itself; what other documents tell of it left out


class DerivedStore:
    """Documents, readings, links and the register of a case."""

    def __init__(self, folder: Path) -> None:
        """Open or make the store in a case folder.  Raises ``CaseError`` when that fails."""
        self._db = open_database(folder / NAME, MIGRATIONS, synchronous="NORMAL")
        self._db.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
        self.links = LinkTables(self._db)
        self.register = RegisterTables(self._db)
        self.judged = JudgedTables(self._db)
        self.lists = ListTables(self._db)

    def close(self) -> None:
        self._db.close()

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be kept in it."""
        return is_read_only(self._db)

    def transaction(self) -> AbstractContextManager[sqlite3.Connection]:
        """All or nothing of what is written inside; readers see it when it ends."""
        self._look_away()
        return transaction(self._db)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """For a store that can only be read: what comparing gives is written beside it and gone when it is
        closed."""
        self._look_away()
        self.lists.hold_compared_aside()
        try:
            yield
        finally:
            self._db.execute("PRAGMA query_only = ON")

    def look(self) -> None:
        """Everything read from now on is of one state, whatever other programs write meanwhile, until
        this store is next written to, looked at anew or closed."""
        self._look_away()
        self._db.execute("BEGIN")

    def _look_away(self) -> None:
        if self._db.in_transaction:
            self._db.execute("COMMIT")

    # ------------------------------------------------------------------------------- newly read

    def put(self, contents: Iterable[Content]) -> None:
        """Put what was made of captures beside what is shown of them, in one transaction; what was put
        there before and not shown yet goes."""
        with self.transaction():
            for one in contents:
                self._db.execute(
                    "DELETE FROM content WHERE sha256 = ? AND number NOT IN (SELECT content FROM shown)",
                    (one.sha256,),
                )
                self._db.execute(
                    "INSERT INTO content VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        one.sha256,
                        one.recipe,
                        one.source,
                        one.document,
                        one.reason,
                        one.todo,
                        one.payload,
                        one.text,
                        one.reading,
                        one.features,
                    ),
                )

    def recipes(self) -> dict[str, str]:
        """With which recipe each capture was last read, or failed to be; by hash."""
        rows = self._db.execute(
            "SELECT sha256, recipe FROM content INDEXED BY content_sha256 ORDER BY number"
        )
        return {row["sha256"]: row["recipe"] for row in rows}

    def publications(self) -> dict[str, Publication]:
        """When what was last made of each capture was published, whether it is shown yet or not; by hash."""
        rows = self._db.execute(
            """SELECT sha256, recipe, document, payload ->> '$.published' AS published FROM content
               ORDER BY number"""
        )
        return {row["sha256"]: Publication(row["recipe"], row["document"], row["published"]) for row in rows}

    def contents(self, wanted: Mapping[str, str]) -> Iterator[Content]:
        """What was made of captures, by hash, with the recipe that is wanted; of others nothing."""
        for sha256, recipe in wanted.items():
            found = self._db.execute(
                f"""SELECT {_CONTENT} FROM content WHERE sha256 = ? AND recipe = ?
                    ORDER BY number DESC LIMIT 1""",
                (sha256, recipe),
            ).fetchone()
            if found is not None:
                yield Content(*found)

    def unshown(self) -> list[str]:
        """The hashes of captures of which something newer is there than is shown, sorted."""
        rows = self._db.execute(
            """SELECT DISTINCT sha256 FROM content INDEXED BY content_sha256
               WHERE number NOT IN (SELECT content FROM shown) ORDER BY sha256"""
        )
        return [row["sha256"] for row in rows]

    def shown(self) -> list[str]:
        """The hashes of the captures of which something is shown, sorted."""
        return [row["sha256"] for row in self._db.execute("SELECT sha256 FROM shown ORDER BY sha256")]

    def fresh_features(self, sha256: str) -> bytes | None:
        """What linking looks at, of what was last made of a capture; None where it gave no document."""
        found = self._db.execute(
            "SELECT features FROM content WHERE sha256 = ? ORDER BY number DESC LIMIT 1", (sha256,)
        ).fetchone()
        return None if found is None else found["features"]

    def fresh(self, sha256: str) -> tuple[Document, Reading] | None:
        """What was last made of a capture, whether it is shown yet or not, and as the program read it;
        None where it gave no document."""
        found = self._db.execute(
            """SELECT document, payload, text, reading FROM content WHERE sha256 = ?
               ORDER BY number DESC LIMIT 1""",
            (sha256,),
        ).fetchone()
        if found is None or found["document"] is None:
            return None
        document = _whole(Document, found["payload"], found["document"])
        reading = _whole(Reading, found["reading"], found["document"])
        return replace(document, text=found["text"]), reading

    def show(self, sha256: str, ruled: Ruled | None = None) -> None:
        """Show what was last made of a capture, and forget what was made before.  ``ruled``: what
        judgements make of its reading."""
        self.judged.put(sha256, ruled)
        (number, document) = self._db.execute(
            "SELECT number, document FROM content WHERE sha256 = ? ORDER BY number DESC LIMIT 1", (sha256,)
        ).fetchone()
        self._db.execute("DELETE FROM shown WHERE sha256 = ?", (sha256,))
        self._db.execute("INSERT INTO shown VALUES (?, ?, ?)", (sha256, number, document))
        self._db.execute("DELETE FROM content WHERE sha256 = ? AND number <> ?", (sha256, number))

    def hide(self, sha256: str) -> None:
        """Forget everything that was made of a capture."""
        self.judged.put(sha256, None)
        self._db.execute("DELETE FROM shown WHERE sha256 = ?", (sha256,))
        self._db.execute("DELETE FROM content WHERE sha256 = ?", (sha256,))

    def clear(self) -> None:
        """Forget what is shown and everything found by linking, but not what was newly read."""
        self._db.execute("DELETE FROM shown")
        self._db.execute(
            """DELETE FROM content WHERE EXISTS (
                SELECT 1 FROM content AS newer
                WHERE newer.sha256 = content.sha256 AND newer.number > content.number)"""
        )
        self.links.clear()
        self.register.clear()
        self.judged.clear()
        self.lists.clear()

    # ------------------------------------------------------------------------------- as shown

    def document_ids(self) -> list[str]:
        """Of every document shown, sorted."""
        rows = self._db.execute("SELECT document FROM shown WHERE document IS NOT NULL ORDER BY document")
        return [row["document"] for row in rows]

    def document(self, name: str) -> Document:
        """A document shown.  Raises ``KeyError`` when there is none of that id."""
        row = self._content(name, "payload, text")
        return replace(_whole(Document, row["payload"], name), text=row["text"])

    def reading(self, name: str) -> Reading:
        """What was read in a document shown, as analysts want it.  Raises ``KeyError`` when there is none of
        that id."""
        return _whole(Reading, self._content(name, _RULED_READING)["reading"], name)

    def part_of_reading(self, kind: type[Value], name: str) -> Value:
        """As much of what was read in a document shown as ``kind`` has fields for.  Raises ``KeyError`` when
        there is none of that id."""
        return _whole(kind, self._content(name, _RULED_READING)["reading"], name)

    def features(self, name: str) -> bytes:
        """What linking looks at.  Raises ``KeyError`` when no document of that id is shown."""
        found: bytes = self._content(name, _RULED_FEATURES)["features"]
        return found

    def _content(self, name: str, columns: str) -> sqlite3.Row:
        found: sqlite3.Row | None = self._db.execute(
            f"""SELECT {columns} FROM content
                WHERE number = (SELECT content FROM shown WHERE document = ?)""",
            (name,),
        ).fetchone()
        if found is None:
            raise KeyError(name)
        return found

    def documents(self) -> Iterator[Document]:
        """Every document shown, in the order of ids."""
        return (self.document(name) for name in self.document_ids())

    def origins(self) -> Iterator[tuple[str, ...]]:
        """Of every document shown its id, and of what it and its reading were made: other words whenever
        they may be other ones."""
        rows = self._db.execute(
            """SELECT content.document, content.sha256, content.recipe, ruled.edits, ruled.reading,
                   dated.published, dated.ground
               FROM shown JOIN content ON content.number = shown.content
               LEFT JOIN ruled ON ruled.sha256 = shown.sha256
               LEFT JOIN dated ON dated.document = shown.document
               WHERE shown.document IS NOT NULL ORDER BY shown.document"""
        )
        return (tuple(row) for row in rows)

    def failures(self) -> tuple[Failed, ...]:
        """The captures that gave no document, by source."""
        rows = self._db.execute("SELECT sha256, source, reason, todo FROM failure ORDER BY source, sha256")
        return tuple(Failed(*row) for row in rows)

    def ask(self, query: str, *values: object) -> list[sqlite3.Row]:
        """The rows that a query in SQL gives, for programs that look at more than one document."""
        return self._db.execute(query, values).fetchall()


_RULED = "coalesce((SELECT {0} FROM ruled WHERE ruled.sha256 = content.sha256), {0}) AS {0}"
_RULED_READING, _RULED_FEATURES = _RULED.format("reading"), _RULED.format("features")


def _whole(kind: type[Value], text: str | bytes, name: str) -> Value:
    """The value in a column.  Raises ``DamageError`` where something else stands there."""
    try:
        return from_json(kind, text)
    except ValueError as error:
        raise DamageError(
            f"what the ledger holds of {name} cannot be read ({error})",
            where="derived.sqlite",
            todo="It can be made again: tidewaiter rebuild CASE",
        ) from error
