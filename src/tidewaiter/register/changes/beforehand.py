"""The words that what a change replaces rests on: those of a change itself are what it brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tidewaiter.model import (
    Change,
    ChangeKind,
    Citation,
    Position,
    Register,
    RegisterRow,
    Stage,
    Stance,
)
from tidewaiter.register.standings import INDEPENDENT
from tidewaiter.wording import figure_words

UNDONE = (ChangeKind.WITHDRAWN, ChangeKind.ORIGIN_LOST)
"""Kinds of changes whose words are those of before."""


class Beforehand:
    """Finds the words of before for the changes from one register to another."""

    def __init__(self, before: Register, after: Register) -> None:
        self._before: Mapping[str, RegisterRow] = {row.id: row for row in before.rows}
        self._after: Mapping[str, RegisterRow] = {row.id: row for row in after.rows}
        self._by_member = {member: row for row in before.rows for member in row.reported}
        self._steps = {
            step.citations: earlier.citations
            for response in after.responses
            for earlier, step in zip(response.history, response.history[1:], strict=False)
        }

    def __call__(self, change: Change) -> tuple[Citation, ...]:
        """The words, each once; none where nothing stood there before."""
        if change.kind in UNDONE:
            return change.citations
        find = _FINDERS.get(change.kind)
        return tuple(dict.fromkeys(find(self, change))) if find is not None else ()

    def _former(self, change: Change) -> list[RegisterRow]:
        """The rows that the change's row was before."""
        row = self._after.get(change.transfer or "")
        members = () if row is None else row.reported
        found = [self._by_member[one] for one in members if one in self._by_member]
        found += [self._before[name] for name in change.former if name in self._before]
        return list({one.id: one for one in found}.values())

    def _positions(self, change: Change) -> Sequence[Position]:
        row = self._after.get(change.transfer or "")
        return () if row is None else row.positions

    # ------------------------------------------------------------------------------- by kind

    def stage(self, change: Change) -> Iterator[Citation]:
        """Of the stage that the row had."""
        if change.before is not None:
            for row in self._former(change):
                if row.stage == change.before and "stage" in row.cells:
                    yield from row.cells["stage"].citations

    def revised(self, change: Change) -> Iterator[Citation]:
        """Where the same actor gave the value of before."""
        for position in self._positions(change):
            if position.actor != change.actor:
                continue
            for claim in position.claims:
                figure = None if claim.quantity is None else figure_words(claim.quantity)
                stage = None if claim.stage in (None, Stage.UNCLEAR) else str(claim.stage)
                if claim.stance is Stance.ASSERTS and change.before in (figure, stage):
                    yield claim.citation

    def denials(self, change: Change) -> Iterator[Citation]:
        for position in self._positions(change):
            if position.actor != change.actor:
                yield from (one.citation for one in position.claims if one.stance is Stance.DENIES)

    def asked(self, change: Change) -> Iterator[Citation]:
        """Of the day on which the question came to be open."""
        row = self._after.get(change.transfer or "")
        for question in () if row is None else row.closed:
            if question.kind == change.before and question.closed_on == change.on:
                yield from question.opened_by or question.citations

    def step(self, change: Change) -> Iterator[Citation]:
        yield from self._steps.get(change.citations, ())

    def origins(self, change: Change) -> Iterator[Citation]:
        for row in self._former(change):
            for origin in row.origins.found:
                if origin.standing == INDEPENDENT:
                    yield from origin.citations

    def rows(self, change: Change) -> Iterator[Citation]:
        for row in self._former(change):
            yield from _of_row(row)


def _of_row(row: RegisterRow) -> Iterable[Citation]:
    cells = (row.cells[name] for name in ("stage", "category", "description") if name in row.cells)
    return next((cell.citations for cell in cells if cell.citations), ())


_FINDERS: Mapping[ChangeKind, Callable[[Beforehand, Change], Iterator[Citation]]] = {
    ChangeKind.STAGE: Beforehand.stage,
    ChangeKind.REVISED: Beforehand.revised,
    ChangeKind.SUPERSEDED: Beforehand.revised,
    ChangeKind.ANSWERED: Beforehand.denials,
    ChangeKind.QUESTION_CLOSED: Beforehand.asked,
    ChangeKind.RESPONSE_STATUS: Beforehand.step,
    ChangeKind.ORIGIN_GAINED: Beforehand.origins,
    ChangeKind.MERGED: Beforehand.rows,
    ChangeKind.SPLIT: Beforehand.rows,
}
