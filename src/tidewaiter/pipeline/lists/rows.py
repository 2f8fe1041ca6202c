"""The rows of the register, and how they hang together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tidewaiter.codec import from_json
from tidewaiter.ledger.list_tables import WORDS
from tidewaiter.model import (
    RegisterResponse,
    RegisterRow,
    Relation,
)
from tidewaiter.pipeline.lists.answers import AnswerLists
from tidewaiter.register.lines import Line
from tidewaiter.register.questions.pending import with_pending
from tidewaiter.wording import usual_names


@dataclass(frozen=True, slots=True)
class Filters:
    """Which rows are asked for; None: any.  ``""`` for a party: where none is told."""

    supplier: str | None = None
    recipient: str | None = None
    category: str | None = None
    stage: str | None = None
    open: str | None = None  # "any", "none" or a kind of question
    since: str | None = (
        None  # ISO day: with a report that came to be public on it or later, and not after until
    )
    until: str | None = None
    words: tuple[str, ...] = ()  # terms that one of its reports holds, all of them


SORTS: Mapping[str, str] = {
    "supplier": "supplier_name",
    "recipient": "recipient_name",
    "stage": "-reach",
    "reports": "-reports",
    "open": "-open",
    "first": "coalesce(first_report, '9999')",
    "last": "last_report IS NULL, last_report DESC",
    "when": "dated",
}
"""By the word for it: how rows are ordered; rows that are alike in it, as the register has them."""


class RowLists(AnswerLists):
    """The register."""

    def all_rows(self) -> tuple[RegisterRow, ...]:
        """Every row, in the order of the register."""
        answering: dict[str, list[RegisterResponse]] = {}
        for one in self.all_responses():
            for row in one.transfers:
                answering.setdefault(row, []).append(one)
        return tuple(self._completed(name, answering.get(name, ())) for name in self.row_names())

    def has_row(self, name: str) -> bool:
        return self._tables.parties(name) is not None

    def row(self, name: str) -> RegisterRow | None:
        """A row with everything that is asked of it; None where there is none of that id."""
        if not self.has_row(name):
            return None
        return self._completed(name, self.responses_to(name))

    def _completed(self, name: str, answering: Iterable[RegisterResponse]) -> RegisterRow:
        payload = self.store.register.row(name)
        assert payload is not None, f"{name} is listed and is no row"
        row = from_json(RegisterRow, payload)
        return with_pending([row], answering, self.as_of, usual_names())[0]

    def line(self, name: str) -> Line | None:
        """A row as lists show it."""
        found = self._tables.one("SELECT payload FROM row_line WHERE id = ?", name)
        return None if found is None else from_json(Line, found[0])

    def rows(
        self, asked: Filters, sort: str = "", *, down: bool = False, first: int = 0, size: int = -1
    ) -> tuple[list[str], int]:
        """Ids of rows that the filters let through, and how many there are; ``sort``: a word of ``SORTS``;
        ``down``: the other way round."""
        where, values = self._where(asked)
        order = ", ".join(part for part in (SORTS.get(sort, ""), "place") if part)
        ordered = _turned(order) if down else order
        # What narrows is looked for once, for the rows and for their number; all rows are counted at no cost.
        number = "count(*) OVER ()" if values else "NULL"
        found = self._ask(
            f"SELECT id, {number} FROM row_line WHERE {where} ORDER BY {ordered} LIMIT ? OFFSET ?",
            *values,
            size,
            first,
        )
        total = found[0][1] if found else None
        if total is None:
            total = self._number(f"SELECT count(*) FROM row_line WHERE {where}", *values)
        return [row[0] for row in found], total

    def _where(self, asked: Filters) -> tuple[str, list[object]]:
        """The filters as a condition on ``row_line``, with its values."""
        parts: list[str] = ["1"]
        values: list[object] = []

        def add(part: str, *of: object) -> None:
            parts.append(part)
            values.extend(of)

        for column, party in (("supplier", asked.supplier), ("recipient", asked.recipient)):
            if party == "":
                add(f"{column} IS NULL")
            elif party is not None:
                add(f"{column} = ?", party)
        if asked.category is not None:
            add("category = ?", asked.category)
        if asked.stage is not None:
            add("stage = ?", asked.stage)
        if asked.open in ("any", "none"):
            add("open > 0" if asked.open == "any" else "open = 0")
        elif asked.open is not None:
            add("instr(open_kinds, ?) > 0", f"|{asked.open}|")
        if asked.since is not None or asked.until is not None:
            add(
                """id IN (SELECT in_group FROM transfer JOIN document_line ON document_line.id = document
                   WHERE public BETWEEN ? AND ?)""",
                asked.since or "",
                asked.until or "9999",
            )
        if asked.words:
            condition, terms = self._tables.matching(asked.words)
            add(
                f"""id IN (SELECT in_group FROM {WORDS} JOIN searched ON number = {WORDS}.rowid
                    JOIN transfer ON transfer.document = searched.document
                    WHERE {condition} AND statement IS NULL)""",
                *terms,
            )
        return " AND ".join(parts), values

    def number_of(self, name: str) -> int:
        """Which of the rows it is in the order of the register, from 1."""
        return 1 + self._number(
            "SELECT count(*) FROM row_line WHERE place < (SELECT place FROM row_line WHERE id = ?)", name
        )

    def beside(self, name: str) -> tuple[str | None, str | None]:
        """The rows before and after one in the order of the register."""
        at = "(SELECT place FROM row_line WHERE id = ?)"
        before = self._tables.one(
            f"SELECT id FROM row_line WHERE place < {at} ORDER BY place DESC LIMIT 1", name
        )
        after = self._tables.one(f"SELECT id FROM row_line WHERE place > {at} ORDER BY place LIMIT 1", name)
        return None if before is None else before[0], None if after is None else after[0]

    def row_of(self, reported: str) -> str | None:
        """The row that a reported transfer is in."""
        return self.store.links.group_id_of(reported)

    def row_of_digits(self, digits: str) -> str | None:
        """The row that the reported transfer with these digits in its id is in."""
        found = self._tables.one("SELECT in_group FROM transfer WHERE id = ?", f"r{digits}")
        return None if found is None else found[0]

    def document_of(self, reported: str) -> str | None:
        """The document that tells of a reported transfer."""
        return self.store.links.document_of(reported)

    def row_names(self) -> list[str]:
        """The ids of all rows, in the order of the register."""
        return [row[0] for row in self._ask("SELECT id FROM row_line ORDER BY place")]

    def rows_in(self, document: str) -> dict[str, str]:
        """The row of each reported transfer of a document."""
        rows = self._ask(
            "SELECT id, in_group FROM transfer WHERE document = ? AND in_group IS NOT NULL ORDER BY id",
            document,
        )
        return {row[0]: row[1] for row in rows}

    def choices(self, column: str) -> list[str | None]:
        """What stands in a column of the rows: ``supplier``, ``recipient``, ``category`` or ``stage``."""
        assert column in ("supplier", "recipient", "category", "stage")
        return [row[0] for row in self._ask(f"SELECT DISTINCT {column} FROM row_line")]

    def open_kinds(self) -> list[str]:
        """Every kind of question that is open."""
        rows = self._ask("SELECT DISTINCT open_kinds FROM row_line")
        return sorted({kind for row in rows for kind in row[0].split("|") if kind})

    def relations_of(self, name: str) -> tuple[Relation, ...]:
        """How a row hangs together with others."""
        rows = self._ask("SELECT payload FROM relation_line WHERE a = ? ORDER BY kind, b", name)
        return tuple(from_json(Relation, row[0]) for row in rows)

    def all_relations(self) -> tuple[Relation, ...]:
        """Every relation between rows."""
        rows = self._ask("SELECT payload FROM relation_line ORDER BY a, kind, b")
        return tuple(from_json(Relation, row[0]) for row in rows)


def _turned(order: str) -> str:
    """The other way round, part by part."""
    parts = [part.strip() for part in _split(order)]
    return ", ".join(
        part.removesuffix(" DESC") if part.endswith(" DESC") else f"{part} DESC" for part in parts
    )


def _split(order: str) -> list[str]:
    """Parts between commas that are in no brackets."""
    found, depth = [""], 0
    for letter in order:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            found.append("")
        else:
            found[-1] += letter
    return found
