"""Knowledge as data: tables that an analyst can read and extend, one source per row.

Each table is a CSV file in ``knowledge/tables/`` with a header line.  Every row has a column
``source``: a citation, the name and version of a library whose data it repeats, or ``unverified``
where nobody looked it up.  A folder of a case's own may hold files of the same names; their rows are
added, and replace rows with the same key.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from tidewaiter.errors import KnowledgeError

TABLES = Path(__file__).parent / "tables"

LOOKUPS = Path(__file__).parent / "lookups"
"""Tables of the same form that nothing is read or linked by, so that a change of theirs reads no report
again: they are loaded one by one, by what shows something with them."""

Row = Mapping[str, str]

CLOSED: Mapping[str, tuple[str, ...]] = {
    "actors_contextual": ("kind", "form", "default"),
    "actors_descriptions": ("kinds",),
    "actors_names": ("kind", "form", "case"),
    "actors_regions": ("case",),
    "actors_roles": ("class",),
    "actors_states": ("kind",),
    "answer_cues": ("class",),
    "boilerplate": ("where",),
    "categories": ("category",),
    "evidence": ("use", "kind"),
    "event_cues": ("pos", "use", "needs", "hits", "status"),
    "measures": ("act", "target_scope", "approval", "transit", "renewal", "binding"),
    "measures_goods": ("category", "covered"),
    "number_words": ("kind",),
    "relation_cues": ("relation",),
    "reporting_cues": ("pos", "class", "frames"),
    "retold_signs": ("sign", "strength"),
    "response_cues": ("pos", "use", "value", "needs", "hits", "status"),
    "route_cues": ("use", "value"),
    "stage_governors": ("effect",),
    "transfer_cues": ("pos", "frame", "done", "going_on", "noun_role"),
    "units": ("kind",),
    "voice_words": ("nature", "home"),
    "weapon_words": ("role",),
    "weapons": ("kind", "category", "generic", "guard"),
}
"""Columns whose words mean something to the program: a case's own rows may only hold those that the
project's rows hold (several in one cell stand between spaces, bars or slashes)."""

NUMBERS: Mapping[str, tuple[str, ...]] = {"number_words": ("value",)}
"""Columns that hold a number or a fraction, or nothing."""

DEGREES: Mapping[str, Mapping[str, int]] = {"coordinates": {"latitude": 90, "longitude": 180}}
"""Columns of lookups that hold degrees, and how many at most."""

_DEGREES = re.compile(r"-?\d{1,3}(?:\.\d{1,9})?")
_NUMBER = re.compile(r"(?:\d{1,30}(?:\.\d{1,9}|/[1-9]\d{0,8})?)?")
_BETWEEN = re.compile(r"[ |/]+")


@dataclass(frozen=True, eq=False)
class Knowledge:
    """The tables, by name, as rows; and a digest that changes when any of them does.

    Analysers compile what they need from ``table(name)`` once, keyed by this object (it is hashable
    by identity), so that one Knowledge is compiled once whatever the number of documents.
    """

    tables: Mapping[str, tuple[Row, ...]]

    @cached_property
    def digest(self) -> str:
        return _digest(self.tables)

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
    of columns, for other columns or words than the project's table has, and for a file that is no CSV.
    """
    if extra is not None and not extra.is_dir():
        return load()
    tables = {path.stem: _read(path) for path in sorted(TABLES.glob("*.csv"))}
    if extra is not None:
        for path in sorted(extra.glob("*.csv")):
            if (LOOKUPS / path.name).exists():
                continue
            if path.stem not in tables:
                raise KnowledgeError(
                    "no such knowledge table",
                    where=str(path),
                    todo=f"Tables are: {', '.join(sorted(tables))}",
                )
            tables[path.stem] = _merge(path, tables[path.stem], _read(path))
    return Knowledge(tables)


@lru_cache(maxsize=4)
def lookup(name: str, extra: Path | None = None) -> tuple[Row, ...]:
    """The rows of a table in ``lookups/``; a row of ``extra`` (a case's own folder) stands for all that have
    the same first column, upper or lower case alike.

    Raises ``KnowledgeError`` as ``load`` does.
    """
    base = _read(LOOKUPS / f"{name}.csv")
    own = None if extra is None else extra / f"{name}.csv"
    if own is None or not own.exists():
        return base
    rows = _read(own)
    if rows and list(rows[0]) != list(base[0]):
        raise _other_columns(own, rows[0], base[0])
    _check_degrees(own, rows)
    key = next(iter(base[0]))
    taken = {row[key].casefold() for row in rows}
    return (*rows, *(row for row in base if row[key].casefold() not in taken))


def _check_degrees(path: Path, rows: Iterable[Row]) -> None:
    for column, most in DEGREES.get(path.stem, {}).items():
        for row in rows:
            if not _DEGREES.fullmatch(row[column]) or abs(float(row[column])) > most:
                raise KnowledgeError(
                    f"{row[column]!r} is no {column}",
                    where=str(path),
                    todo=f"Write degrees like -12.5, from -{most} to {most}.",
                )


def _read(path: Path) -> tuple[Row, ...]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            return tuple(_rows(path, handle))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise KnowledgeError(
            f"the table cannot be read: {error}", where=str(path), todo="Save it as CSV in UTF-8."
        ) from error


def _rows(path: Path, lines: Iterable[str]) -> Iterator[Row]:
    reader = csv.reader(lines)
    columns = next(reader, [])
    if len(set(columns)) < len(columns) or "" in columns:
        raise KnowledgeError(
            "the header has a column twice, or one without a name",
            where=str(path),
            todo="Correct the header.",
        )
    for cells in reader:
        if not cells:  # an empty line
            continue
        if len(cells) != len(columns):
            raise KnowledgeError(
                "the row has not as many columns as the header",
                where=f"{path.name}, line {reader.line_num}",
                todo="Put what has a comma in it between quotation marks, or add the commas that lack.",
            )
        row = dict(zip(columns, cells, strict=True))
        if not row.get("source"):
            raise KnowledgeError(
                "the row names no source",
                where=f"{path.name}, line {reader.line_num}",
                todo="Write where it is from, or `unverified`.",
            )
        yield row


def _merge(path: Path, base: tuple[Row, ...], extra: Sequence[Row]) -> tuple[Row, ...]:
    """``extra`` over ``base``: a row replaces the one with the same first column."""
    if extra and list(extra[0]) != list(base[0]):
        raise _other_columns(path, extra[0], base[0])
    _check_words(path, base, extra)
    by_key: dict[str, Row] = {next(iter(row.values())): row for row in base}
    by_key.update({next(iter(row.values())): row for row in extra})
    return tuple(by_key.values())


def _other_columns(path: Path, own: Row, base: Row) -> KnowledgeError:
    return KnowledgeError(
        f"the table has the columns {', '.join(own)}",
        where=str(path),
        todo=f"Its columns are: {', '.join(base)}.",
    )


def _check_words(path: Path, base: Iterable[Row], extra: Iterable[Row]) -> None:
    for column in CLOSED.get(path.stem, ()):
        known = _words(base, column)
        if unknown := sorted(_words(extra, column) - known):
            raise KnowledgeError(
                f"{unknown[0]!r} is no {column} that the program knows",
                where=str(path),
                todo=f"It knows: {', '.join(sorted(known - {''}))}.",
            )
    for column in NUMBERS.get(path.stem, ()):
        for row in extra:
            if not _NUMBER.fullmatch(row[column]):
                raise KnowledgeError(
                    f"{row[column]!r} is no number",
                    where=f"{path}, {column}",
                    todo="Write it like 12, 0.5 or 1/3.",
                )


def _words(rows: Iterable[Row], column: str) -> set[str]:
    """The words that stand in a column."""
    return {word for row in rows for word in _BETWEEN.split(row[column])}


def _digest(tables: Mapping[str, tuple[Row, ...]]) -> str:
    digest = hashlib.sha256()
    for name in sorted(tables):
        digest.update(name.encode())
        for row in tables[name]:
            digest.update(repr(sorted(row.items())).encode())
    return digest.hexdigest()[:16]
