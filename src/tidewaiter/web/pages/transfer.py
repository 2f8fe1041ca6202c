"""``/transfers/ID``: one row of the register with all that is said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from tidewaiter import edtf
from tidewaiter.dossier.views import TransferView
from tidewaiter.model import STAGE_ORDER, Position, PositionClaim, Stage, Stance
from tidewaiter.web.pages import Missing, Moved
from tidewaiter.web.rendering import Filled
from tidewaiter.web.shown import Shown
from tidewaiter.wording import MONTHS, STAGE_STEPS, spoken

MOST_DAYS = 12
"""Days that stand side by side; more are taken together by month, and then by year."""

NO_DAY = "Day not known"


class MatrixRow(NamedTuple):
    """What one actor says, day by day."""

    position: Position
    cells: tuple[tuple[PositionClaim, ...], ...]  # as many as there are days


class Matrix(NamedTuple):
    days: tuple[str, ...]  # in words
    rows: tuple[MatrixRow, ...]


class Rung(NamedTuple):
    """A stage, and who commits to it as the furthest."""

    stage: Stage
    alleged: tuple[Position, ...]  # by those who assert it
    admitted: tuple[Position, ...]  # by those who deny or doubt the rest


class Bar(NamedTuple):
    """How far one side goes, for the picture."""

    label: str
    steps: int  # of the stages in their order; 0: to none
    is_denial: bool
    y: int


def transfer(shown: Shown, name: str) -> Filled:
    """The page of one transfer.  Raises ``Moved`` for a former id, ``Missing`` for one that names nothing."""
    one = shown.transfers.get(name)
    if one is None:
        present = shown.case.redirect_in(shown.view, name) if name.isalnum() else None
        if present is not None and present in shown.lines:
            raise Moved(shown.url("transfers", present))
        raise Missing(f"No transfer has the id {name}.")
    from tidewaiter.dossier.picturing import pictures_of  # what draws takes long to import

    before, after = shown.lists.beside(name)
    context = {
        "transfer": one,
        "row": one.row,
        "matrix": matrix(one.row.positions),
        "ladder": ladder(one.row.positions),
        "bars": bars(one.row.positions),
        "stages": STAGE_STEPS,
        "pictures": pictures_of(one, shown.case.atlas, partial(shown.url, "documents")).shown(),
        "disputes": shown.lists.discrepancies(0, -1, row=name)[0],
        "before": before and shown.lines[before],
        "after": after and shown.lines[after],
        "wording": shown.wording,
    }
    return Filled("transfer.html.j2", _title(one), context)


def _title(one: TransferView) -> str:
    return f"{one.supplier} to {one.recipient}: {one.goods}"


def matrix(positions: Sequence[Position]) -> Matrix:
    """Who says what on which day: by the day of saying, else that of the report."""
    told = [_day(claim) for position in positions for claim in position.claims]
    names = _columns(told)
    columns = tuple(dict.fromkeys(names[day] for day in sorted(names, key=_order)))
    rows = tuple(
        MatrixRow(
            position,
            tuple(
                tuple(claim for claim in position.claims if names[_day(claim)] == column)
                for column in columns
            ),
        )
        for position in positions
    )
    return Matrix(columns, rows)


def _day(claim: PositionClaim) -> str | None:
    return claim.said_on or claim.published


def _order(day: str | None) -> Any:
    return edtf.sort_key(edtf.safe(day))


def _columns(days: Sequence[str | None]) -> Mapping[str | None, str]:
    """The column of each day: itself in words, or its month or year where there are too many."""
    whole = {day: NO_DAY if day is None else spoken(day) for day in days}
    if len(set(whole.values())) <= MOST_DAYS:
        return whole
    by_month = {day: _month(day) for day in days}
    if len(set(by_month.values())) <= MOST_DAYS:
        return by_month
    return {day: month[-4:] if month != NO_DAY else NO_DAY for day, month in by_month.items()}


def _month(day: str | None) -> str:
    bounds = edtf.safe_bounds(day)
    known = bounds.earliest or bounds.latest
    return NO_DAY if known is None else f"{MONTHS[known.month - 1]} {known.year}"


def _denies(position: Position) -> bool:
    return all(claim.stance is not Stance.ASSERTS for claim in position.claims)


def ladder(positions: Sequence[Position]) -> tuple[Rung, ...]:
    """The stages from the furthest down, each with those for whom it is the furthest."""
    rungs = []
    for stage in (*reversed(STAGE_STEPS), Stage.UNCLEAR):
        here = [one for one in positions if one.furthest is stage]
        if here or stage is not Stage.UNCLEAR:
            alleged = tuple(one for one in here if not _denies(one))
            rungs.append(Rung(stage, alleged, tuple(one for one in here if _denies(one))))
    return tuple(rungs)


def bars(positions: Sequence[Position]) -> tuple[Bar, ...]:
    """How far each side goes, in the order of the positions."""
    return tuple(
        Bar(one.label, 0 if one.furthest is None else STAGE_ORDER[one.furthest], _denies(one), number * 26)
        for number, one in enumerate(positions)
    )
