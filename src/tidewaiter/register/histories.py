"""Responses over time: what was announced, then done, then lifted, is one response with a history.

Steps are those of one actor, kind and addressee.  What is announced or threatened waits for what ends it;
what is done by itself stands by itself; what is lifted was done before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from tidewaiter import edtf
from tidewaiter.edtf import safe_bounds
from tidewaiter.model import RegisterResponse, ResponseKind, ResponseStatus, ResponseStep
from tidewaiter.register.sources import distinct

WAITING = (ResponseStatus.THREATENED, ResponseStatus.ANNOUNCED)
"""Statuses that something is still to follow."""

FOLLOWS_WITHIN = 365
"""Days within which what is done still follows an announcement: a choice; a year later it is another."""

_ORDER = (*WAITING, ResponseStatus.BLOCKED, ResponseStatus.DONE, ResponseStatus.LIFTED)
"""In which statuses of one day come."""


@dataclass(slots=True)
class _Growing:
    steps: list[RegisterResponse] = field(default_factory=list)
    against: str | None = None  # as the first of the steps has it that says

    @property
    def last(self) -> RegisterResponse:
        return self.steps[-1]

    def add(self, step: RegisterResponse) -> None:
        self.steps.append(step)
        self.against = step.against if self.against is None else self.against


def histories(steps: Iterable[RegisterResponse]) -> tuple[RegisterResponse, ...]:
    """The responses of a case, each with its steps in order of time; in the order of their last step.

    ``steps``: as ``responses.join`` gives them, one for each status and day.
    """
    alike: dict[tuple[ResponseKind, str], list[RegisterResponse]] = {}
    for one in steps:
        alike.setdefault(line_of(one), []).append(one)
    made = [
        _response(growing, number)
        for key in sorted(alike)
        for number, growing in enumerate(_grown(sorted(alike[key], key=_order)))
    ]
    return tuple(sorted(made, key=order_of))


def line_of(step: RegisterResponse) -> tuple[ResponseKind, str]:
    """What the steps of one response have in common; responses of one line are known from its steps alone."""
    return step.kind, step.by or ""


def order_of(one: RegisterResponse) -> tuple[tuple[int, str, str], str, str, str, str]:
    """Where a response stands among others: by the day of its last step."""
    return edtf.sort_key(day_of(one)), one.kind, one.by or "", one.against or "", one.id


def day_of(one: RegisterResponse | ResponseStep) -> str | None:
    """The day told for it, else that by which the first report of it was public."""
    return one.on or one.reported


def _order(one: RegisterResponse) -> tuple[tuple[int, str, str], int, str, str, str]:
    day = edtf.sort_key(day_of(one))
    documents = "|".join(cited.document for cited in one.citations)
    return day, _ORDER.index(one.status), one.against or "", one.target or "", documents


def _grown(steps: Sequence[RegisterResponse]) -> list[_Growing]:
    found: list[_Growing] = []
    for step in steps:
        fitting = [one for one in found if _goes_on(one, step)]
        same = [one for one in fitting if one.against == step.against]
        into = (same or fitting)[-1] if fitting else None
        if into is None:
            into = _Growing()
            found.append(into)
        into.add(step)
    return found


def _goes_on(one: _Growing, step: RegisterResponse) -> bool:
    """Whether a step carries a response on."""
    if one.against is not None and step.against is not None and one.against != step.against:
        return False
    if step.status is ResponseStatus.LIFTED:
        return one.last.status in (ResponseStatus.DONE, *WAITING)
    return one.last.status in WAITING and _is_within(one.last, step)


def _is_within(before: RegisterResponse, after: RegisterResponse) -> bool:
    first, second = safe_bounds(day_of(before)).latest, safe_bounds(day_of(after)).latest
    return first is None or second is None or (second - first).days <= FOLLOWS_WITHIN


def _response(growing: _Growing, number: int) -> RegisterResponse:
    """One response of its steps; ``number``: which of those of its actor and kind, in time."""
    steps, last, first = growing.steps, growing.last, growing.steps[0]
    said = "|".join(
        (first.kind, first.by or "", growing.against or "", first.status, day_of(first) or f"#{number}")
    )
    return RegisterResponse(
        kind=last.kind,
        by=last.by,
        against=growing.against,
        target=next((one.target for one in reversed(steps) if one.target is not None), None),
        status=last.status,
        on=last.on,
        transfers=tuple(sorted({row for one in steps for row in one.transfers})),
        citations=distinct(cited for one in steps for cited in one.citations),
        id="p" + sha256(said.encode()).hexdigest()[:10],
        reported=last.reported,
        history=tuple(ResponseStep(one.status, one.on, one.reported, one.citations) for one in steps),
        goods=tuple(sorted({category for one in steps for category in one.goods})),
    )
