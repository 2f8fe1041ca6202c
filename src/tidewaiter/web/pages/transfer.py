"""``/transfers/ID``: one row of the register with all that is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from markupsafe import Markup

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

LONGEST_ID = 60
"""Characters of an id that is none that are told again."""

NO_TRANSFER = (
    "The transfer may have been rejected, or its reports removed. Look for it by its parties, or by words of "
    "its reports:"
)

LADDER_NOTE = (
    "The furthest stage that each side commits to, all its claims taken together. Whoever denies or doubts is"
    " shown with what they admit."
)


class MatrixRow(NamedTuple):
    """What one actor says, day by day."""

    position: Position
    cells: tuple[
        tuple[tuple[PositionClaim, ...], ...], ...
    ]  # as many as there are days; what is alike, together


class Matrix(NamedTuple):
    days: tuple[str, ...]  # in words
    rows: tuple[MatrixRow, ...]


class Rung(NamedTuple):
    """A stage, and who commits to it as the furthest."""

    stage: Stage | None  # None: to none
    alleged: tuple[Position, ...]  # by those who assert it
    admitted: tuple[Position, ...]  # by those who deny or doubt the rest


def transfer(shown: Shown, name: str) -> Filled:
    """The page of one transfer.  Raises ``Moved`` for a former id, ``Missing`` for one that names nothing."""
    one = shown.transfers.get(name)
    if one is None:
        present = shown.case.redirect_in(shown.view, name) if name.isalnum() else None
        if present is not None and present in shown.lines:
            raise Moved(shown.url("transfers", present))
        raise Missing(f"No transfer has the id {name[:LONGEST_ID]}.", NO_TRANSFER, _ways(shown))
    from tidewaiter.dossier.picturing import pictures_of  # what draws takes long to import

    before, after = shown.lists.beside(name)
    context = {
        "transfer": one,
        "row": one.row,
        "matrix": matrix(one.row.positions),
        "ladder": ladder(one.row.positions),
        "ladder_picture": _ladder_picture(one),
        "ladder_small": _ladder_picture(one, small=True),
        "pictures": pictures_of(one, shown.case.atlas, partial(shown.url, "documents"), small=True).shown(),
        "disputes": shown.lists.discrepancies(0, -1, row=name)[0],
        "before": before and shown.lines[before],
        "after": after and shown.lines[after],
        "ladder_note": LADDER_NOTE,
        "wording": shown.wording,
        "rated": rated,
        "grounds": _grounds(one),
    }
    return Filled("transfer.html.j2", _title(one), context)


def _grounds(one: TransferView) -> list[str]:
    """Why what is listed as a response is taken for one to this transfer; each reason once."""
    links = (link for response in one.responses for link in response.answers)
    return list(dict.fromkeys(link.why for link in links if link.transfer == one.row.id))


def _ways(shown: Shown) -> list[tuple[str, str]]:
    """Where a transfer can be looked for whose id is not known."""
    return [
        (shown.url(), f"the register, all {shown.counts['transfers']:,} transfers"),
        (shown.url("judgements", kind="reject"), "what analysts rejected"),
        (shown.url("changes"), "what changed last"),
    ]


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
                alike(claim for claim in position.claims if names[_day(claim)] == column)
                for column in columns
            ),
        )
        for position in positions
    )
    return Matrix(columns, rows)


def alike(claims: Iterable[PositionClaim]) -> tuple[tuple[PositionClaim, ...], ...]:
    """Claims of one stance, stage and rating together, in the order of the first of each: a denial that ten
    copies print is one line to look at, and ten to open."""
    found: dict[tuple[object, ...], list[PositionClaim]] = {}
    for one in claims:
        code = one.rating and (one.rating.reliability, one.rating.credibility)
        found.setdefault((one.stance, one.stage, code), []).append(one)
    return tuple(map(tuple, found.values()))


def rated(position: Position) -> tuple[tuple[PositionClaim, ...], ...]:
    """The claims that have a rating; those of one speaker that got the same for the same reasons together."""
    found: dict[tuple[object, ...], list[PositionClaim]] = {}
    for one in position.claims:
        if one.rating is not None:
            found.setdefault((one.speaker, one.stance, one.rating), []).append(one)
    return tuple(map(tuple, found.values()))


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
    """The stages from the furthest down that somebody commits to, each with those for whom it is the
    furthest; last those who commit to none."""
    rungs = []
    for stage in (*reversed(STAGE_STEPS), Stage.UNCLEAR, None):
        here = [one for one in positions if one.furthest is stage]
        if here:
            alleged = tuple(one for one in here if not _denies(one))
            rungs.append(Rung(stage, alleged, tuple(one for one in here if _denies(one))))
    return tuple(rungs)


def _ladder_picture(one: TransferView, *, small: bool = False) -> Markup | None:
    from tidewaiter.dossier.picturing.values import markup
    from tidewaiter.pictures.canvas import NARROW, WIDTH
    from tidewaiter.pictures.ladder import Side, draw_ladder

    sides = [
        Side(
            position.label,
            position.summary,
            0 if position.furthest is None else STAGE_ORDER[position.furthest],
            _denies(position),
        )
        for position in one.row.positions
    ]
    title = f"How far each side goes: {_title(one)}"
    name, wide = ("ladder-small", NARROW) if small else ("ladder", WIDTH)
    return markup(draw_ladder(sides, STAGE_STEPS, name, title, LADDER_NOTE, wide))
