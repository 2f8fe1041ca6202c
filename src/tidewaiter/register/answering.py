"""Which transfers a response answers: those that a report ties it to, else the one that parties, goods and
time fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tidewaiter.edtf import safe_bounds
from tidewaiter.model import Category, RegisterResponse, RegisterRow, ResponseLink
from tidewaiter.wording import CATEGORY_WORDS, name_of, spoken

TOLD_TOGETHER = "a report tells of both together, and it hits a party to the transfer"

ANSWERS_WITHIN = 365
"""Days after the last report on a transfer within which what is done to a party may still answer it: a
choice."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What is looked at of a row."""

    id: str
    supplier: str | None
    recipient: str | None
    category: Category
    first_report: str | None
    last_report: str | None


Row = RegisterRow | Answered


def linked(
    responses: Iterable[RegisterResponse], rows: Iterable[Row], names: Mapping[str, str]
) -> tuple[RegisterResponse, ...]:
    """The responses, each with the transfers that it answers and why."""
    by_party: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda one: one.id):
        for party in sorted({one for one in (row.supplier, row.recipient) if one is not None}):
            by_party.setdefault(party, []).append(row)
    return tuple(linked_to(one, by_party, names) for one in responses)


def linked_to(
    one: RegisterResponse, by_party: Mapping[str, Sequence[Row]], names: Mapping[str, str]
) -> RegisterResponse:
    """One response in the same way; ``by_party``: the rows of each party, in the order of their ids."""
    if one.transfers:
        found = [
            ResponseLink(
                row,
                TOLD_TOGETHER,
                one.citations,
            )
            for row in one.transfers
        ]
    else:
        found = list(_by_parties(one, by_party, names))
    return replace(one, transfers=tuple(link.transfer for link in found), answers=tuple(found))


def _by_parties(
    one: RegisterResponse, by_party: Mapping[str, Sequence[Row]], names: Mapping[str, str]
) -> Iterable[ResponseLink]:
    """By whom it hits, when, and the goods that are named with it.  Where several transfers fit and no goods
    are named it is not told which of them is answered."""
    if one.against is None:
        return
    day = safe_bounds(one.history[0].reported if one.history else one.reported).latest
    fitting = [row for row in by_party.get(one.against, ()) if _is_in_time(row, day)]
    of_kind = [row for row in fitting if row.category in one.goods]
    chosen = of_kind or (fitting if len(fitting) == 1 and _may_be(fitting[0], one.goods) else [])
    for row in chosen:
        side = "supplier" if row.supplier == one.against else "recipient"
        goods = (
            f"{CATEGORY_WORDS[row.category]} are named with it"
            if of_kind
            else "no other transfer of it had been reported in that time"
        )
        when = "" if day is None else f", {spoken(day.isoformat())}"
        hit = f"it hits {name_of(one.against, names)}, the {side}"
        why = f"{hit}, and was reported after the transfer was{when}; {goods}"
        yield ResponseLink(row.id, why, one.citations)


def _is_in_time(row: Row, day: date | None) -> bool:
    """Whether it was reported once the transfer was, and not too long after."""
    if day is None or row.first_report is None or row.last_report is None:
        return False
    first, last = date.fromisoformat(row.first_report), date.fromisoformat(row.last_report)
    return first <= day and (day - last).days <= ANSWERS_WITHIN


def _may_be(row: Row, goods: Sequence[Category]) -> bool:
    return not goods or row.category in (Category.UNSPECIFIED_ARMS, Category.OTHER)
