"""Responses, and the timeline."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from tidewaiter.codec import from_json
from tidewaiter.model import (
    RegisterResponse,
    TimelineEntry,
)
from tidewaiter.pipeline.listing import stored_response
from tidewaiter.pipeline.lists.asking import Asking
from tidewaiter.register.timeline import Entry, together


class AnswerLists(Asking):
    """What was done about transfers, and when what happened."""

    def responses_to(self, row: str) -> tuple[RegisterResponse, ...]:
        """The responses that answer a row."""
        return tuple(stored_response(one["payload"], one["answers"]) for one in self._tables.answering(row))

    def responses(self, side: str, code: str, first: int, size: int) -> tuple[list[RegisterResponse], int]:
        """The responses ``by`` somebody, or ``against`` them."""
        assert side in ("by", "against")
        total = self._number(f'SELECT count(*) FROM response_line WHERE "{side}" = ?', code)
        rows = self._ask(
            f"""SELECT payload, answers FROM response_line WHERE "{side}" = ?
                ORDER BY place, line, number LIMIT ? OFFSET ?""",
            code,
            size,
            first,
        )
        return [stored_response(row[0], row[1]) for row in rows], total

    def some_responses(self, first: int, size: int) -> tuple[list[RegisterResponse], int]:
        """Responses in the order of their last step."""
        rows = self._ask(
            "SELECT payload, answers FROM response_line ORDER BY place, line, number LIMIT ? OFFSET ?",
            size,
            first,
        )
        total = self._number("SELECT count(*) FROM response_line")
        return [stored_response(row[0], row[1]) for row in rows], total

    def all_responses(self) -> tuple[RegisterResponse, ...]:
        """Every response, in the order of its last step."""
        rows = self._ask("SELECT payload, answers FROM response_line ORDER BY place, line, number")
        return tuple(stored_response(row[0], row[1]) for row in rows)

    def entries(self, first: int, size: int) -> tuple[list[TimelineEntry], int]:
        """Lines of the timeline, and how many there are."""
        places = [
            row[0]
            for row in self._ask(
                "SELECT place FROM timeline GROUP BY place ORDER BY place LIMIT ? OFFSET ?", size, first
            )
        ]
        if not places:
            return [], self.entries_in_all
        rows = self._ask(
            """SELECT place, payload FROM timeline WHERE place BETWEEN ? AND ?
               ORDER BY place, owner, number""",
            places[0],
            places[-1],
        )
        return list(_together((row[0], row[1]) for row in rows)), self.entries_in_all

    @cached_property
    def entries_in_all(self) -> int:
        return self._number("SELECT count(DISTINCT place) FROM timeline")

    def all_entries(self) -> tuple[TimelineEntry, ...]:
        """The timeline."""
        rows = self._ask("SELECT place, payload FROM timeline ORDER BY place, owner, number")
        return tuple(_together((row[0], row[1]) for row in rows))


def _together(rows: Iterable[tuple[str, str]]) -> Iterable[TimelineEntry]:
    """Entries of one place as one line."""
    at: str | None = None
    alike: list[Entry] = []
    for place, payload in rows:
        if place != at and alike:
            yield together(alike)
            alike = []
        at = place
        alike.append(from_json(Entry, payload))
    if alike:
        yield together(alike)
