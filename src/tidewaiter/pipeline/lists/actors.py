"""Who has what to do with the rows."""

from __future__ import annotations

from typing import NamedTuple

from tidewaiter.codec import from_json
from tidewaiter.model import (
    Stance,
)
from tidewaiter.pipeline.lists.asking import Asking
from tidewaiter.register.lines import Part


class Said(NamedTuple):
    """What somebody says of one row, in brief."""

    code: str
    label: str
    claims: int
    letters: str  # of the Admiralty Code, one for each claim that is rated
    first: str | None  # EDTF
    last: str | None


class ActorLists(Asking):
    """Actors, and what they say."""

    def actors(self) -> list[tuple[str, str | None, dict[str, int]]]:
        """Everybody in the register: code, label, and in how many rows or responses in which role:
        ``supplies``, ``receives``, ``asserts`` and the other stances, ``by``, ``against``."""
        found: dict[str, tuple[str | None, dict[str, int]]] = {}

        def count(code: str, role: str, number: int, label: str | None = None) -> None:
            known, counts = found.get(code, (None, {}))
            counts[role] = counts.get(role, 0) + number
            found[code] = known or label, counts

        for row in self._ask(
            """SELECT code, role, min(label), count(*) FROM row_party WHERE role <> 'says'
               GROUP BY code, role"""
        ):
            count(row[0], row[1], row[3])
        counted = ", ".join(f"sum(instr(stances, '|{one}|') > 0)" for one in Stance)
        for row in self._ask(
            f"SELECT code, min(label), {counted} FROM row_party WHERE role = 'says' GROUP BY code"
        ):
            for stance, number in zip(Stance, tuple(row)[2:], strict=True):
                if number:
                    count(row[0], stance, number, row[1])
        for column in ("by", "against"):
            for row in self._ask(
                f"""SELECT "{column}", count(*) FROM response_line WHERE "{column}" IS NOT NULL
                    GROUP BY "{column}" """
            ):
                count(row[0], column, row[1])
        return [(code, label, counts) for code, (label, counts) in sorted(found.items())]

    def parts(self, code: str, role: str, first: int, size: int) -> tuple[list[tuple[str, Part | None]], int]:
        """The rows in which somebody has a role, in the order of the register, with what they say there."""
        total = self._number("SELECT count(*) FROM row_party WHERE code = ? AND role = ?", code, role)
        rows = self._ask(
            """SELECT row_line.id, row_party.payload
               FROM row_party JOIN row_line ON row_line.id = row_party."row"
               WHERE code = ? AND role = ? ORDER BY place, number LIMIT ? OFFSET ?""",
            code,
            role,
            size,
            first,
        )
        return [(row[0], None if row[1] is None else from_json(Part, row[1])) for row in rows], total

    def positions(self) -> list[Said]:
        """What everybody says of each row, in brief."""
        rows = self._ask(
            """SELECT code, label, claims, letters, first, last FROM row_party WHERE role = 'says'
               ORDER BY code, "row", number"""
        )
        return [Said(*row) for row in rows]

    def rating_of(self, code: str, letter: str) -> str:
        """Why a claim of somebody got a letter for its source: of the first that did."""
        found = self._tables.one(
            """SELECT payload FROM row_party WHERE code = ? AND role = 'says' AND instr(letters, ?) > 0
               ORDER BY "row", number LIMIT 1""",
            code,
            letter,
        )
        part = None if found is None else from_json(Part, found[0])
        ratings = (
            [] if part is None or part.position is None else [one.rating for one in part.position.claims]
        )
        return next((one.reliability_why for one in ratings if one and one.reliability == letter), "")

    def speaks(self, label: str) -> bool:
        """Whether somebody of that name takes a position."""
        found = self._tables.one(
            "SELECT 1 FROM row_party WHERE role = 'says' AND lower(label) = lower(?) LIMIT 1", label
        )
        return found is not None
