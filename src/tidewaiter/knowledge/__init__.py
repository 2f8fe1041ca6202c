"""Knowledge as data: tables that an analyst can read and extend, one source per row.

Each table is a CSV file in ``knowledge/tables/`` with a header line.  Every row has a column
``source``: a citation, the name and version of a library whose data it repeats, or ``unverified``
where nobody looked it up.  A folder of a case's own may hold files of the same names; their rows are
added, and replace rows with the same key.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tidewaiter.errors import KnowledgeError

TABLES = Path(__file__).parent / "tables"

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """The tables, by name, as rows; and a digest that changes when any of them does.

    Analysers compile what they need from ``table(name)`` once, keyed by this object (it is hashable
    by identity), so that one Knowledge is compiled once whatever the number of documents.
    """

    tables: Mapping[str, tuple[Row, ...]]
    digest: str

    def table(self, name: str) -> tuple[Row, ...]:
        """The rows of a table.  Raises ``KnowledgeError`` for a name that does not exist."""
        try:
            return self.tables[name]
        except KeyError:
            raise KnowledgeError(
                f"there is no knowledge table {name!r}",
                todo=f"Tables are: {', '.join(sorted(self.tables))}",
            ) from None


@lru_cache(maxsize=4)
def load(extra: Path | None = None) -> Knowledge:
    """Read the tables, and those of ``extra`` (a case's own folder) over them.

    Raises ``KnowledgeError`` naming file and line for a row without a source or with a wrong number
    of columns.
    """
    tables = {path.stem: _read(path) for path in sorted(TABLES.glob("*.csv"))}
    if extra is not None and extra.is_dir():
        for path in sorted(extra.glob("*.csv")):
            if path.stem not in tables:
                raise KnowledgeError(
                    "no such knowledge table",
                    where=str(path),
                    todo=f"Tables are: {', '.join(sorted(tables))}",
                )
            tables[path.stem] = _merge(tables[path.stem], _read(path))
    return Knowledge(tables, _digest(tables))


def _read(path: Path) -> tuple[Row, ...]:
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        rows: list[Row] = []
        for row in reader:
            where = f"{path.name}, line {reader.line_num}"
            if None in row or None in row.values():
                raise KnowledgeError("the row has not as many columns as the header", where=where)
            if not row.get("source"):
                raise KnowledgeError(
                    "the row names no source", where=where, todo="Write where it is from, or `unverified`."
                )
            rows.append(row)
    return tuple(rows)


def _merge(base: tuple[Row, ...], extra: Iterable[Row]) -> tuple[Row, ...]:
    """``extra`` over ``base``: a row replaces the one with the same first column."""
    by_key: dict[str, Row] = {next(iter(row.values())): row for row in base}
    by_key.update({next(iter(row.values())): row for row in extra})
    return tuple(by_key.values())


def _digest(tables: Mapping[str, tuple[Row, ...]]) -> str:
    digest = hashlib.sha256()
    for name in sorted(tables):
        digest.update(name.encode())
        for row in tables[name]:
            digest.update(repr(sorted(row.items())).encode())
    return digest.hexdigest()[:16]
