"""Responses by month: each step on its day."""

from __future__ import annotations

from collections.abc import Iterable

from tidewaiter import edtf
from tidewaiter.model import RegisterResponse, ResponseStep
from tidewaiter.wording import MONTHS

NO_MONTH = "Day not known"

Steps = tuple[tuple[RegisterResponse, ResponseStep], ...]


def by_month(responses: Iterable[RegisterResponse]) -> tuple[tuple[str, Steps], ...]:
    """The steps of all responses under the month in which they lie, in order; a step that may lie in several
    months stands under the first, what has no day at the end."""
    steps = [(response, step) for response in responses for step in response.history]
    months: dict[str, list[tuple[RegisterResponse, ResponseStep]]] = {}
    for response, step in sorted(steps, key=lambda one: edtf.sort_key(edtf.safe(day_of(one[1])))):
        months.setdefault(_month(day_of(step)), []).append((response, step))
    return tuple((month, tuple(found)) for month, found in months.items())


def day_of(step: ResponseStep) -> str | None:
    """The day told for a step, else that by which the first report of it was public (EDTF)."""
    return step.on or step.reported


def _month(day: str | None) -> str:
    bounds = edtf.safe_bounds(day)
    known = bounds.earliest or bounds.latest
    return NO_MONTH if known is None else f"{MONTHS[known.month - 1]} {known.year}"
