"""What a case holds: captures that are not withdrawn, with all that was noted of them.

``Holding`` is what a build is made from: the whole durable store, or a part of it, as it was on some day.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Protocol

from tidewaiter.ledger.captures import CaptureStore
from tidewaiter.ledger.database import reading
from tidewaiter.model import Capture, Judgement

PAGE = 1000
"""Rows fetched at once where all are gone through."""


@dataclass(frozen=True, slots=True)
class Held:
    """A capture of the case with all that was noted of it: one document is made of each."""

    capture: Capture  # as first seen: the earliest note, of equal ones the first source in the alphabet
    sources: tuple[str, ...]  # every place it was taken from, those withdrawn left out, in alphabet's order
    given_date: str | None  # publication date that the user gave: of the first source that has one


class Decisions(Protocol):
    """What analysts decided."""

    def all(self) -> tuple[Judgement, ...]:
        """Every judgement, withdrawn ones too, in the order in which they were made."""


class Holding(Protocol):
    """What a build is made from."""

    @property
    def bytes(self) -> CaptureStore:
        """The preserved bytes."""

    @property
    def judgements(self) -> Decisions:
        """What analysts decided."""

    def held(self) -> Iterator[Held]:
        """Every capture that is to be built, in the order of hashes."""


def held_in(db: sqlite3.Connection, path: Path) -> Iterator[Held]:
    """Every capture in the tables of a durable store that has a source not withdrawn, in the order of
    hashes; ``path``: of the file, for what is said when it cannot be read."""
    columns = "sha256, source, size, captured_at, captured_by, method, media_type, given_date"
    rows = pages(db, path, columns, "withdrawn_at IS NULL")
    for _, group in groupby(rows, key=lambda row: str(row["sha256"])):
        yield _held(list(group))


def one_held(db: sqlite3.Connection, path: Path, sha256: str) -> Held | None:
    """One of them; None where the case does not hold it."""
    columns = "sha256, source, size, captured_at, captured_by, method, media_type, given_date"
    with reading(path):
        rows = db.execute(
            f"""SELECT {columns} FROM source JOIN capture USING (sha256)
                WHERE sha256 = ? AND withdrawn_at IS NULL ORDER BY source""",
            (sha256,),
        ).fetchall()
    return _held(rows) if rows else None


def pages(db: sqlite3.Connection, path: Path, columns: str, condition: str) -> Iterator[sqlite3.Row]:
    """Rows of sources with their captures, in the order of hashes and sources.  Page by page, so
    that no read transaction stays open while the caller works."""
    last = ("", "")
    while True:
        with reading(path):
            rows = db.execute(
                f"""SELECT {columns} FROM source JOIN capture USING (sha256)
                    WHERE (sha256, source) > (?, ?) AND {condition}
                    ORDER BY sha256, source LIMIT {PAGE}""",
                last,
            ).fetchall()
        yield from rows
        if len(rows) < PAGE:
            return
        last = (rows[-1]["sha256"], rows[-1]["source"])


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
