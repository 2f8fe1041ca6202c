"""What lists of the register show of a row: its line, and who has what to do with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from tidewaiter.model import AGAINST, Position, RegisterRow, Stance


class Role(StrEnum):
    """What an actor has to do with a transfer."""

    SUPPLIES = "supplies"  # by any report
    RECEIVES = "receives"
    SAYS = "says"  # takes a position
    BREACHES = "breaches"  # a rule that it must keep would be broken


@dataclass(frozen=True, slots=True)
class Line:
    """A row as a list shows it."""

    row: RegisterRow  # without what only its own page shows: positions, reasons, answers, remarks
    reports: int
    claims: int
    denials: int

    @property
    def kinds(self) -> tuple[str, ...]:
        """Of its open questions, each once."""
        return tuple(dict.fromkeys(one.kind for one in self.row.open))


@dataclass(frozen=True, slots=True)
class Part:
    """What one actor has to do with a row."""

    code: str
    role: Role
    label: str | None = None
    position: Position | None = None
    stances: tuple[Stance, ...] = ()  # each once


def line_of(row: RegisterRow) -> Line:
    """The line of a row with everything that is asked of it."""
    stances = [claim.stance for one in row.positions for claim in one.claims]
    brief = replace(
        row,
        positions=(),
        reasons=(),
        apart=(),
        judged=(),
        closed=(),
        measures=None,
        reported=(),
        route=None,
        origins=replace(row.origins, found=()),
        open=tuple(replace(one, citations=(), opened_by=()) for one in row.open),
    )
    reports = len({document for document, _ in row.reported})
    return Line(brief, reports, len(stances), sum(one in AGAINST for one in stances))


def parts_of(row: RegisterRow) -> Iterator[Part]:
    """Everybody who has something to do with a row."""
    if row.supplier:
        yield Part(row.supplier, Role.SUPPLIES)
    if row.recipient:
        yield Part(row.recipient, Role.RECEIVES)
    for one in row.positions:
        stances = tuple(dict.fromkeys(claim.stance for claim in one.claims))
        yield Part(one.actor, Role.SAYS, one.label, one, stances)
    for who in dict.fromkeys(one.who for one in row.measures or () if one.who and one.measure):
        yield Part(who, Role.BREACHES)
