"""What an address asks for, read out of its query; whatever does not fit is refused in words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tidewaiter.case import check_day, check_past_day
from tidewaiter.errors import CaseError
from tidewaiter.model import Clock, Span, Spans
from tidewaiter.pipeline import Asked

MOST_SPANS = 400
"""Places of words in one address; the longest citations have some dozens."""

_PLACES = re.compile(r"\d{1,9}-\d{1,9}(?:,\d{1,9}-\d{1,9})*")


def asked_day(query: Mapping[str, str], at: str) -> Asked | None:
    """As of when the case is asked for; None: as last built.  ``at``: UTC, the moment it is now.

    Raises ``CaseError`` for what is no day or is still to come.
    """
    day = query.get("as_of", "").strip()
    if not day:
        return None
    clock = Clock.HELD if query.get("held") == "1" else Clock.PUBLIC
    return Asked(check_past_day(day, "as_of", at), clock, query.get("with_judgements") == "1")


def day_or_none(query: Mapping[str, str], name: str) -> str | None:
    """A day in the query.  Raises ``CaseError`` for what is none."""
    told = query.get(name, "").strip()
    return check_day(told, name) if told else None


def places(told: str, length: int) -> Spans:
    """The places in a text of that length that an address names ("120-180,200-210"), in order; those outside
    the text are left out.  Raises ``CaseError`` for what names no places."""
    if not told:
        return ()
    if _PLACES.fullmatch(told) is None or told.count(",") >= MOST_SPANS:
        raise CaseError(f"{told[:60]!r} names no places in a text", where="at", todo="Write it like 120-180.")
    pairs = (tuple(map(int, one.split("-"))) for one in told.split(","))
    return tuple(sorted({Span(start, end) for start, end in pairs if start < end <= length}))


def number(query: Mapping[str, str], name: str, at_least: int = 1) -> int:
    """A whole number in the query, ``at_least`` where there is none or it is less."""
    told = query.get(name, "")
    return max(at_least, int(told)) if told.isascii() and told.isdigit() and len(told) < 7 else at_least
