"""Times that hang on another time of the text: "a week earlier", "that year", "the day after Nov. 2"; and
dates that share a year.

What they hang on is the time named right behind ("two days after Monday's test"), else the last one before
in the same sentence or the one before it, of the same paragraph, that is as exact as they need: "the next
day" hangs on a day.  Where that is an event ("the day before the summit"), or there is no such time, the
value stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tidewaiter import edtf
from tidewaiter.model import Span, TimeMention
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.when import calendar as cal

Hang = Callable[[str], str | None]
"""The value by that of another time; None where that is not exact enough."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a rule makes of its words."""

    edtf: str | None
    relative: bool = False
    hang: Hang | None = None
    is_near: bool = False  # hangs on a time of its own sentence only
    is_before: bool = False  # ends in "before", "after": what it hangs on may stand behind


@dataclass(frozen=True, slots=True)
class Found:
    """A time at its place."""

    span: Span
    meaning: Meaning


_TO_THE_NEXT = re.compile(r"[^\S\n](?:(?:the|his|her|its|their|a|an|last|on)[^\S\n])?")
_NOTHING_BEHIND = re.compile(
    r"[^\S\n]?(?:$|[,.;:)!?\n\"”—–]|-[^\w]|(?:and|but|or|in|at|when|that|while|with|by|for|to|on|said)\b)"
)
_JOINED = re.compile(
    r",?[^\S\n](?:and|to|or|until|through|till)[^\S\n]|[^\S\n]?[-–—/][^\S\n]?|,[^\S\n]"
    r"|,?[^\S\n](?:and|to|until|through)[^\S\n](?:in|on|again in|again on)[^\S\n]"
)
_RUNNING_ON = re.compile(r"[^\S\n](?:to|until|till|through|and)[^\S\n]|[^\S\n]?[-–—][^\S\n]?")
_RUNNING_FROM = re.compile(r"\b(?:from|between)[^\S\n](?:(?:early|mid|late)[^\S\n-])?$", re.IGNORECASE)


def anchored(parsed: Parsed, found: Sequence[Found]) -> tuple[TimeMention, ...]:
    """The times in order of the text, each that hangs on another with its value."""
    told = [TimeMention(one.span, one.meaning.edtf, one.meaning.relative) for one in found]
    told = _years_shared(parsed.text, told)
    for at, one in enumerate(found):
        if one.meaning.hang is not None:
            told[at] = _hung(parsed, one, told, at)
    return tuple(told)


def _hung(parsed: Parsed, one: Found, told: Sequence[TimeMention], at: int) -> TimeMention:
    for other in _places(parsed, one, told, at):
        value = _by(one.meaning.hang, other.edtf)
        if value is not None:
            return replace(told[at], edtf=value, relative=other.relative)
    return told[at]


def _places(parsed: Parsed, one: Found, told: Sequence[TimeMention], at: int) -> Iterator[TimeMention]:
    """The times that it may hang on, the likeliest first."""
    if one.meaning.is_before and not _NOTHING_BEHIND.match(parsed.text, one.span.end):
        if at + 1 < len(told) and _TO_THE_NEXT.fullmatch(parsed.text, one.span.end, told[at + 1].span.start):
            yield told[at + 1]
        return
    reach = _reach(parsed, one)
    while (at := at - 1) >= 0 and reach <= told[at].span.start:
        yield told[at]


def _by(hang: Hang | None, anchor: str | None) -> str | None:
    if hang is None or anchor is None:
        return None
    try:
        return edtf.safe(hang(anchor))  # out of the calendar, it is none
    except (OverflowError, ValueError):
        return None


def _reach(parsed: Parsed, one: Found) -> int:
    """Where the text begins that a time may hang on."""
    start = parsed.sentence_of(one.span.start).start
    if not one.meaning.is_near and start > 1:
        start = min(start, parsed.sentence_of(start - 2).start)
    return max(start, parsed.text.rfind("\n", start, one.span.start) + 1)


# ------------------------------------------------------------------------------------ how they hang


def shifted(count: int, unit: str) -> Hang:
    """So many days, weeks, months or years later; earlier where the count is below zero."""

    def hang(anchor: str) -> str | None:
        base = _exact(anchor, unit)
        return None if base is None else cal.ago(-count, unit)(base)

    return hang


def beside(offset: int, unit: str) -> Hang:
    """The day, calendar week, month or year so many from that of the other time."""

    def hang(anchor: str) -> str | None:
        base = _exact(anchor, unit)
        if base is None or unit != "week":
            return None if base is None else cal.ago(-offset, unit)(base)
        first = base - timedelta(days=base.weekday()) + timedelta(weeks=offset)
        return cal.one_of(first, first + timedelta(days=6))

    return hang


def month_beside(number: int, offset: int) -> Hang:
    """That month of the year so many from that of the other time."""

    def hang(anchor: str) -> str | None:
        base = _exact(anchor, "year")
        return None if base is None else cal.month(base.year + offset, number)

    return hang


def _exact(anchor: str, unit: str) -> date | None:
    """A day of the one day, month or year that the anchor is; None where it may be of several."""
    bounds = edtf.bounds(anchor)
    if bounds.earliest is None or bounds.latest is None:
        return None
    length = {"day": 10, "week": 10, "month": 7, "year": 4}[unit]
    same = bounds.earliest.isoformat()[:length] == bounds.latest.isoformat()[:length]
    return bounds.earliest if same else None


# ------------------------------------------------------------------------------------ years shared


def _years_shared(text: str, told: Sequence[TimeMention]) -> list[TimeMention]:
    """In "September 7 and October 1, 2023" the year is meant for both, and in "from November 2022 to March"
    the second is the first that comes."""
    backward: list[TimeMention] = []
    for one in reversed(told):
        backward.append(_with_year_of(text, one, backward[-1]) if backward else one)
    forward: list[TimeMention] = []
    for one in reversed(backward):
        forward.append(_running_on(text, forward[-1], one) if forward else one)
    return forward


def _yearless(text: str, one: TimeMention) -> str | None:
    """Month and day of a time whose words name them and no year."""
    found = re.fullmatch(r"(?:\d{4}|XXXX)(-\d\d(?:-\d\d)?)\??", one.edtf or "")
    worked_out = one.relative or (one.edtf or "").startswith("XXXX")
    if found is None or not worked_out:
        return None
    names_day = re.search(r"\d", text[slice(*one.span)]) is not None
    return found[1] if names_day or (len(found[1]) == 3 and _names_month(text, one)) else None


def _names_month(text: str, one: TimeMention) -> bool:
    return re.search(r"month|year", text[slice(*one.span)], re.IGNORECASE) is None


def _explicit(one: TimeMention) -> re.Match[str] | None:
    return None if one.relative else re.fullmatch(r"(\d{4})(-\d\d(?:-\d\d)?)", one.edtf or "")


def _with_year_of(text: str, one: TimeMention, after: TimeMention) -> TimeMention:
    own, explicit = _yearless(text, one), _explicit(after)
    if own is None or explicit is None or _JOINED.fullmatch(text, one.span.end, after.span.start) is None:
        return one
    year = int(explicit[1]) - (own[:3] > explicit[2][:3] or (own > explicit[2] and len(own) == 6))
    return _in_year(one, year, own)


def _running_on(text: str, before: TimeMention, one: TimeMention) -> TimeMention:
    own, explicit = _yearless(text, one), _explicit(before)
    if (
        own is None
        or explicit is None
        or _RUNNING_ON.fullmatch(text, before.span.end, one.span.start) is None
    ):
        return one
    if _RUNNING_FROM.search(text[max(0, before.span.start - 14) : before.span.start]) is None:
        return one
    return _in_year(one, int(explicit[1]) + (own[:3] < explicit[2][:3]), own)


def _in_year(one: TimeMention, year: int, rest: str) -> TimeMention:
    """The time in a year; unchanged where the year has no such day."""
    value = f"{year:04d}{rest}"
    return one if edtf.safe(value) is None else replace(one, edtf=value, relative=False)
