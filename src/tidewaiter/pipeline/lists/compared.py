"""What comparing reports gave, be it of this state of the case or of one before."""

from __future__ import annotations

from functools import cached_property

from tidewaiter.codec import from_json
from tidewaiter.model import (
    Discrepancy,
    Utterance,
)
from tidewaiter.pipeline.lists.asking import Asking


class ComparedLists(Asking):
    """Acts of saying and disagreements."""

    @cached_property
    def is_compared(self) -> bool:
        """Whether utterances and discrepancies are kept of this very state of the case."""
        return self.state is not None and self._tables.compared() == self.state

    @property
    def was_compared(self) -> bool:
        """Whether any are kept, be they of a former state."""
        return self._tables.compared() is not None

    def utterance(self, name: str) -> Utterance | None:
        found = self._tables.one("SELECT payload FROM utterance_line WHERE id = ?", name)
        return None if found is None else from_json(Utterance, found[0])

    def utterances(
        self, first: int, size: int, fewest: int = 2
    ) -> tuple[list[tuple[Utterance, int, int]], int]:
        """Acts of saying that ``fewest`` reports or more tell, those told in most first, each with the number
        of its reports and of changes of its meaning; and how many there are."""
        rows = self._ask(
            """SELECT payload, reports, graves FROM utterance_line WHERE reports >= ?
               ORDER BY place LIMIT ? OFFSET ?""",
            fewest,
            size,
            first,
        )
        total = self._number("SELECT count(*) FROM utterance_line WHERE reports >= ?", fewest)
        return [(from_json(Utterance, row[0]), row[1], row[2]) for row in rows], total

    def beside_utterance(self, name: str) -> tuple[str | None, str | None, int, int]:
        """Those before and after one in the list of those told in several reports, its own number from 1, and
        how many there are; of one that a single report tells, in the list of all."""
        found = self._tables.one("SELECT place, reports FROM utterance_line WHERE id = ?", name)
        place, fewest = (0, 1) if found is None else (found[0], 2 if found[1] > 1 else 1)
        before = self._tables.one(
            "SELECT id FROM utterance_line WHERE place < ? AND reports >= ? ORDER BY place DESC LIMIT 1",
            place,
            fewest,
        )
        after = self._tables.one(
            "SELECT id FROM utterance_line WHERE place > ? AND reports >= ? ORDER BY place LIMIT 1",
            place,
            fewest,
        )
        number = self._number(
            "SELECT count(*) FROM utterance_line WHERE place <= ? AND reports >= ?", place, fewest
        )
        total = self._number("SELECT count(*) FROM utterance_line WHERE reports >= ?", fewest)
        return None if before is None else before[0], None if after is None else after[0], number, total

    @cached_property
    def told_once(self) -> int:
        """Acts of saying that one report tells several times."""
        return self._number("SELECT count(*) FROM utterance_line WHERE reports = 1")

    def utterances_by(self, who: str, size: int) -> list[Utterance]:
        """What somebody said, by code or name, as far as several reports or statements tell it."""
        rows = self._ask(
            """SELECT payload FROM utterance_line WHERE reports > 1 AND (actor = ?1 OR name = ?1)
               ORDER BY place LIMIT ?2""",
            who,
            size,
        )
        return [from_json(Utterance, row[0]) for row in rows]

    def utterances_in(self, document: str) -> dict[str, str]:
        """The act of saying that a statement of a document tells, by the statement."""
        rows = self._ask(
            """SELECT statement, utterance FROM utterance_telling JOIN utterance_line ON id = utterance
               WHERE document = ? AND reports > 1 ORDER BY place DESC""",
            document,
        )
        return {row[0]: row[1] for row in rows}

    def all_utterances(self) -> tuple[Utterance, ...]:
        """Every act of saying, as kept; see ``is_compared``."""
        rows = self._ask("SELECT payload FROM utterance_line ORDER BY place")
        return tuple(from_json(Utterance, row[0]) for row in rows)

    def discrepancies(
        self, first: int, size: int, kind: str | None = None, row: str | None = None, where: str | None = None
    ) -> tuple[list[Discrepancy], int]:
        """Where reports disagree, of one ``kind``, one place (``where``) and about one ``row`` where these
        are named; ``row`` "": about none."""
        parts: list[str] = ["1"]
        values: list[object] = []
        if where:
            parts.append('"where" = ?')
            values.append(where)
        if kind:
            parts.append("kind = ?")
            values.append(kind)
        if row == "":
            parts.append("id NOT IN (SELECT discrepancy FROM discrepancy_row)")
        elif row:
            parts.append('id IN (SELECT discrepancy FROM discrepancy_row WHERE "row" = ?)')
            values.append(row)
        condition = " AND ".join(parts)
        total = self._number(f"SELECT count(*) FROM discrepancy_line WHERE {condition}", *values)
        rows = self._ask(
            f"SELECT payload FROM discrepancy_line WHERE {condition} ORDER BY place LIMIT ? OFFSET ?",
            *values,
            size,
            first,
        )
        return [from_json(Discrepancy, one[0]) for one in rows], total

    def discrepancy_counts(self, column: str) -> dict[str, int]:
        """How many there are of each ``kind``, ``where`` or ``row``; of none, under ""."""
        assert column in ("kind", "where", "row")
        if column == "row":
            rows = self._ask('SELECT "row", count(*) FROM discrepancy_row GROUP BY "row"')
            found = {row[0]: row[1] for row in rows}
            without = self._number(
                """SELECT count(*) FROM discrepancy_line
                   WHERE id NOT IN (SELECT discrepancy FROM discrepancy_row)"""
            )
            return found | ({"": without} if without else {})
        rows = self._ask(f'SELECT "{column}", count(*) FROM discrepancy_line GROUP BY "{column}"')
        return {row[0]: row[1] for row in rows}

    def all_discrepancies(self) -> tuple[Discrepancy, ...]:
        """Every discrepancy, as kept."""
        rows = self._ask("SELECT payload FROM discrepancy_line ORDER BY place")
        found = (from_json(Discrepancy, row[0]) for row in rows)
        return tuple(sorted(found, key=lambda one: (one.where, one.kind, one.id)))
