"""The derived store: everything computed from the captures.

``derived.sqlite`` may be thrown away; the next build makes it again.  Each finding stands twice: as
columns that can be asked with SQL, and as a JSON ``payload`` that gives back the value exactly.  The
table ``field`` has one row for each piece of text under each field of everything found: which value,
which words at which place of which document, and the version of what produced it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from tidewaiter.codec import decode, encode
from tidewaiter.ledger.database import Migration, open_database, transaction
from tidewaiter.ledger.fields import FieldRow, document_fields, reading_fields, register_fields
from tidewaiter.model import (
    Claim,
    Document,
    Event,
    Mention,
    Reading,
    Register,
    RegisterRow,
    ReportedTransfer,
    Response,
    Statement,
)

_FINDING = "document TEXT NOT NULL REFERENCES document ON DELETE CASCADE, id TEXT NOT NULL"

MIGRATIONS: Sequence[Migration] = (
    (
        """CREATE TABLE document (
            id TEXT PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, source TEXT NOT NULL, title TEXT, outlet TEXT,
            published TEXT, published_ground TEXT, language TEXT, cleaner TEXT NOT NULL,
            text_sha256 TEXT NOT NULL, text TEXT NOT NULL, recipe TEXT NOT NULL, payload TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE failure (
            sha256 TEXT PRIMARY KEY, source TEXT NOT NULL, reason TEXT NOT NULL, todo TEXT,
            recipe TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE reading (
            document TEXT PRIMARY KEY REFERENCES document ON DELETE CASCADE,
            reader TEXT NOT NULL, payload TEXT NOT NULL
        ) STRICT""",
        f"""CREATE TABLE statement ({_FINDING},
            mode TEXT NOT NULL, source TEXT, actor TEXT, said_on TEXT, within TEXT, content TEXT NOT NULL,
            PRIMARY KEY (document, id)) STRICT""",
        f"""CREATE TABLE reported_transfer ({_FINDING},
            supplier TEXT, recipient TEXT, category TEXT NOT NULL, item TEXT, stage TEXT NOT NULL,
            outcome TEXT, "when" TEXT, PRIMARY KEY (document, id)) STRICT""",
        f"""CREATE TABLE mention ({_FINDING},
            transfer TEXT, supplier TEXT, recipient TEXT, category TEXT, item TEXT, stage TEXT NOT NULL,
            "when" TEXT, PRIMARY KEY (document, id)) STRICT""",
        f"""CREATE TABLE claim ({_FINDING},
            stance TEXT NOT NULL, transfer TEXT NOT NULL, stage TEXT, speaker TEXT, actor TEXT, said_on TEXT,
            statement TEXT, PRIMARY KEY (document, id)) STRICT""",
        f"""CREATE TABLE response ({_FINDING},
            kind TEXT NOT NULL, "by" TEXT, against TEXT, target TEXT, status TEXT NOT NULL, "on" TEXT,
            transfer TEXT, PRIMARY KEY (document, id)) STRICT""",
        f"""CREATE TABLE event ({_FINDING},
            type TEXT NOT NULL, actor TEXT, target TEXT, "when" TEXT, text TEXT NOT NULL,
            PRIMARY KEY (document, id)) STRICT""",
        """CREATE TABLE field (
            kind TEXT NOT NULL, owner TEXT NOT NULL, field TEXT NOT NULL, value TEXT,
            document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
            "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, exact TEXT NOT NULL, prefix TEXT NOT NULL,
            suffix TEXT NOT NULL, producer TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX field_owner ON field (owner, field)",
        "CREATE INDEX field_document ON field (document)",
        """CREATE TABLE register_row (
            id TEXT PRIMARY KEY, number INTEGER NOT NULL, supplier TEXT, recipient TEXT,
            category TEXT NOT NULL, stage TEXT NOT NULL, "when" TEXT, payload TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE register_member (
            register TEXT NOT NULL REFERENCES register_row ON DELETE CASCADE,
            document TEXT NOT NULL REFERENCES document ON DELETE CASCADE, reported TEXT NOT NULL,
            PRIMARY KEY (register, document, reported)
        ) STRICT""",
        """CREATE TABLE copy (
            a TEXT NOT NULL, b TEXT NOT NULL, relation TEXT NOT NULL, direction TEXT,
            similarity REAL NOT NULL, ground TEXT NOT NULL, PRIMARY KEY (a, b)
        ) STRICT""",
        # The rest of the register (responses, timeline, copies, dates) as one value.
        """CREATE TABLE register (
            one INTEGER PRIMARY KEY CHECK (one = 1), as_of TEXT NOT NULL, payload TEXT NOT NULL
        ) STRICT""",
    ),
)

Value = TypeVar("Value")


class DerivedStore:
    """Documents, readings, fields and the register of a case."""

    def __init__(self, folder: Path) -> None:
        """Open or make the store in a case folder.  Raises ``CaseError`` when that fails."""
        self._db = open_database(folder / "derived.sqlite", MIGRATIONS)

    def close(self) -> None:
        self._db.close()

    # ------------------------------------------------------------------------------- documents

    def put(self, document: Document, reading: Reading, recipe: str) -> None:
        """Store a document with its reading in one transaction, in place of what was there.

        ``recipe``: what they were made with and from besides the bytes; see ``made``.
        """
        with transaction(self._db):
            self._forget(document.captures[0])
            _insert(self._db, "document", _document_row(document, recipe))
            _insert(self._db, "reading", (reading.document, reading.reader, _dump(reading)))
            for table, row in _finding_rows(reading):
                _insert(self._db, table, (reading.document, *row))
            rows = (*document_fields(document), *reading_fields(document, reading))
            self._put_fields(rows)

    def put_failure(self, sha256: str, source: str, reason: str, todo: str | None, recipe: str) -> None:
        """Note that a capture could not be made a document, or read, with that recipe."""
        with transaction(self._db):
            self._forget(sha256)
            _insert(self._db, "failure", (sha256, source, reason, todo, recipe))

    def _forget(self, sha256: str) -> None:
        self._db.execute("DELETE FROM failure WHERE sha256 = ?", (sha256,))
        self._db.execute("DELETE FROM document WHERE sha256 = ?", (sha256,))

    def documents(self) -> dict[str, Document]:
        """Every document by the hash of its first capture, in the order of these."""
        rows = self._db.execute("SELECT sha256, payload FROM document ORDER BY sha256")
        return {row["sha256"]: _load(Document, row["payload"]) for row in rows}

    def readings(self) -> dict[str, Reading]:
        """Every reading by document id, in the order of ids."""
        rows = self._db.execute("SELECT document, payload FROM reading ORDER BY document")
        return {row["document"]: _load(Reading, row["payload"]) for row in rows}

    def made(self) -> dict[str, str]:
        """With which recipe each capture was last read, or failed to be; by hash."""
        rows = self._db.execute(
            "SELECT sha256, recipe FROM document UNION SELECT sha256, recipe FROM failure"
        )
        return {row["sha256"]: row["recipe"] for row in rows}

    def failures(self) -> tuple[sqlite3.Row, ...]:
        """What could not be read: rows with sha256, source, reason, todo, recipe, by source."""
        return tuple(self._db.execute("SELECT * FROM failure ORDER BY source, sha256"))

    def fields(self, owner: str, field: str | None = None) -> tuple[FieldRow, ...]:
        """The words under an owner's fields (or under one of them), in order of field and text."""
        rows = self._db.execute(
            """SELECT * FROM field WHERE owner = ? AND (?2 IS NULL OR field = ?2)
               ORDER BY kind, field, document, "start", "end" """,
            (owner, field),
        )
        return tuple(FieldRow(*row) for row in rows)

    # ------------------------------------------------------------------------------- register

    def put_register(self, register: Register, as_of: str, producer: str) -> None:
        """Store the register in one transaction, in place of the one that was there."""
        texts = {row["id"]: row["text"] for row in self._db.execute("SELECT id, text FROM document")}
        with transaction(self._db):
            for table in ("register_member", "register_row", "copy", "register"):
                self._db.execute(f"DELETE FROM {table}")
            self._db.execute("DELETE FROM field WHERE kind = 'register'")
            for number, row in enumerate(register.rows):
                self._put_row(number, row)
                self._put_fields(register_fields(row, texts, producer))
            for copy in register.copies:
                _insert(
                    self._db,
                    "copy",
                    (copy.a, copy.b, copy.relation, copy.direction, copy.similarity, copy.ground),
                )
            rest = encode(register) | {"rows": []}
            _insert(self._db, "register", (1, as_of, json.dumps(rest)))

    def _put_row(self, number: int, row: RegisterRow) -> None:
        known = (row.id, number, row.supplier, row.recipient, row.category, row.stage, row.when, _dump(row))
        _insert(self._db, "register_row", known)
        for document, reported in row.reported:
            _insert(self._db, "register_member", (row.id, document, reported))

    def register(self) -> Register | None:
        """The register as last made; None before the first build."""
        found = self._db.execute("SELECT payload FROM register").fetchone()
        if found is None:
            return None
        rows = self._db.execute("SELECT payload FROM register_row ORDER BY number").fetchall()
        data = json.loads(found["payload"]) | {"rows": [json.loads(row["payload"]) for row in rows]}
        return decode(Register, data)

    def as_of(self) -> str | None:
        """The day for which the register was made."""
        found = self._db.execute("SELECT as_of FROM register").fetchone()
        return None if found is None else str(found["as_of"])

    def _put_fields(self, rows: Iterable[FieldRow]) -> None:
        self._db.executemany(
            f"INSERT INTO field VALUES ({', '.join('?' * len(FieldRow._fields))})",
            [tuple(_plain(one) if isinstance(one, str) else one for one in row) for row in rows],
        )


def _document_row(document: Document, recipe: str) -> tuple[str | None, ...]:
    return (
        document.id,
        document.captures[0],
        document.source,
        document.title,
        document.outlet,
        document.published,
        document.published_ground,
        document.language,
        document.cleaner,
        document.text_sha256,
        document.text,
        recipe,
        _dump(document),
    )


def _finding_rows(reading: Reading) -> Iterable[tuple[str, tuple[str | None, ...]]]:
    """Table and columns (after the document) of each finding."""
    yield from (("statement", _statement_row(one)) for one in reading.statements)
    yield from (("reported_transfer", _transfer_row(one)) for one in reading.transfers)
    yield from (("mention", _mention_row(one)) for one in reading.mentions)
    yield from (("claim", _claim_row(one)) for one in reading.claims)
    yield from (("response", _response_row(one)) for one in reading.responses)
    yield from (("event", _event_row(one)) for one in reading.events)


def _statement_row(one: Statement) -> tuple[str | None, ...]:
    source, actor = (one.source.text, one.source.actor) if one.source else (None, None)
    return (one.id, one.mode, source, actor, one.said_on, one.within, one.content.text)


def _transfer_row(one: ReportedTransfer) -> tuple[str | None, ...]:
    return (one.id, one.supplier, one.recipient, one.category, one.item, one.stage, one.outcome, one.when)


def _mention_row(one: Mention) -> tuple[str | None, ...]:
    return (one.id, one.transfer, one.supplier, one.recipient, one.category, one.item, one.stage, one.when)


def _claim_row(one: Claim) -> tuple[str | None, ...]:
    speaker = one.speaker.name or one.speaker.role
    return (
        one.id,
        one.stance,
        one.transfer,
        one.stage,
        speaker,
        one.speaker.actor,
        one.said_on,
        one.statement,
    )


def _response_row(one: Response) -> tuple[str | None, ...]:
    return (one.id, one.kind, one.by, one.against, one.target, one.status, one.on, one.transfer)


def _event_row(one: Event) -> tuple[str | None, ...]:
    return (one.id, one.type, one.actor, one.target, one.when, one.text)


def _insert(connection: sqlite3.Connection, table: str, values: Sequence[object]) -> None:
    plain = [_plain(one) if isinstance(one, str) else one for one in values]
    connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(plain))})", plain)


def _dump(value: object) -> str:
    return json.dumps(encode(value))


def _load(kind: type[Value], payload: str) -> Value:
    return decode(kind, json.loads(payload))


def _plain(text: str) -> str:
    """Text that SQLite can hold: a lone surrogate, which is no character, becomes ``?``.  The
    payload, being ASCII JSON, keeps it."""
    return str(text).encode("utf-8", "replace").decode("utf-8")
