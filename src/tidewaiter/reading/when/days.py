"""Days that are named: "Nov. 2", "30 December 2023", "10/11/2022", "Christmas Day"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from tidewaiter.reading.when import calendar as cal
from tidewaiter.reading.when import words
from tidewaiter.reading.when.anchors import Meaning
from tidewaiter.reading.when.rules import (
    ANY_YEAR,
    FIRST,
    SLASHED,
    Context,
    Rule,
    any_case,
    full_year,
    rule,
    weekday_number,
    year_of,
)
from tidewaiter.reading.when.tense import Tense
from tidewaiter.reading.when.words import any_of, month_number

_NAMED_BY_DAY = re.compile(rf"[^\S\n]{any_of(words.NAMED_BY_DAY)}\b", re.IGNORECASE)


def _numbers_date(year: int, month: int, day: int) -> Meaning | None:
    return Meaning(f"{year:04d}-{month:02d}-{day:02d}") if cal.is_day(day, month, year) else None


def _year_first(match: re.Match[str], _context: Context) -> Meaning | None:
    return _numbers_date(int(match["year"]), int(match["month"]), int(match["day"]))


def _slashed(match: re.Match[str], context: Context) -> Meaning | None:
    """ "10/11/2022", in the order that the numbers, the weekday beside them, the other dates of the document
    or the day of publication tell; else some day from one to the other."""
    year, first, second = full_year(match["year"]), int(match["first"]), int(match["second"])
    if match["mark"] == "-" and len(match["year"]) == 2:
        return None
    orders = {True: (second, first), False: (first, second)}
    read = {
        date(year, *order): is_day_first
        for is_day_first, order in orders.items()
        if cal.is_day(order[1], order[0], year)
    }
    weekday = None if match["lead"] is None else weekday_number(match["lead"])
    latest = context.published.latest
    days = list(read)
    for told in (
        [day for day in read if day.weekday() == weekday],
        [day for day in read if read[day] == context.is_day_first],
        [day for day in read if latest is None or day - cal.TIME_ZONE_SLACK <= latest],
    ):
        days = [day for day in days if day in told] or days
    if not days:
        return None
    return Meaning(cal.day(days[0]) if len(days) == 1 else cal.one_of(min(days), max(days)))


def _dotted(match: re.Match[str], _context: Context) -> Meaning | None:
    """Day first, unless that is no date."""
    year, first, second = full_year(match["year"]), int(match["first"]), int(match["second"])
    return _numbers_date(year, second, first) or _numbers_date(year, first, second)


def _written_together(match: re.Match[str], _context: Context) -> Meaning | None:
    """ "2-Nov-2022", "02NOV22", "021530ZNOV22"."""
    return _numbers_date(full_year(match["year"]), month_number(match["month"]), int(match["day"]))


def _day_of_month(match: re.Match[str], context: Context) -> Meaning | None:
    """ "Nov. 2", "30 December 2023", "January 4-6"."""
    groups = match.groupdict()
    month, day = month_number(match["month"]), int(match["day"])
    if not cal.is_day(day, month):
        return None
    year = year_of(groups, context)
    if year is not None:
        meaning = _numbers_date(int(year), month, day)
        is_relative = bool(groups.get("which"))
        return None if meaning is None else _to_last(replace(meaning, relative=is_relative), groups, month)
    unknown = f"XXXX-{month:02d}-{day:02d}"
    if groups.get("which") or _NAMED_BY_DAY.match(match.string, match.end()):
        return _to_last(Meaning(unknown), groups, month)
    edtf = context.published.day_within(month, day)
    if edtf is None:
        meant = cal.nearest_day(month, day, context.tense(match, "month"))
        if lead := groups.get("lead"):
            meant = cal.with_weekday(meant, weekday_number(lead))
        edtf = context.published.settle(meant, unknown)
    return _to_last(Meaning(edtf, relative=edtf != unknown), groups, month)


def _to_last(meaning: Meaning, groups: dict[str, str | None], month: int) -> Meaning:
    """An interval where a last day of the month is told."""
    last = groups.get("last")
    if meaning.edtf is None or last is None or not cal.is_day(int(last), month):
        return meaning
    year, first = meaning.edtf[:4], meaning.edtf.rstrip("?")
    value = f"{year}-{month:02d}-{int(last):02d}"
    return replace(meaning, edtf=f"{first}/{value}") if first < value else meaning


def _holiday(match: re.Match[str], context: Context) -> Meaning | None:
    month, day = words.HOLIDAYS[re.sub(r"\s+", " ", match["name"].lower().replace("’", "'"))]
    if match["year"] and not match["short"]:
        return _numbers_date(int(match["year"]), month, day)
    unknown = f"XXXX-{month:02d}-{day:02d}"
    edtf = context.published.settle(cal.nearest_day(month, day, context.tense(match, "name")), unknown)
    return Meaning(edtf, relative=edtf != unknown)


def _nth(match: re.Match[str], context: Context) -> Meaning | None:
    """ "on the 15th", "the 3rd of last month"."""
    day, which = int(match["day"]), match["which"]
    offset = {"this": 0, "last": -1, "next": 1}.get(which or "")

    def of_month(base: date) -> str:
        month = cal.month(base.year, base.month + (offset or 0))
        return cal.day(date.fromisoformat(f"{month}-{day:02d}"))

    def nearest(base: date) -> str:
        is_over = day <= base.day or context.tense(match, "day") in (Tense.FUTURE, Tense.AHEAD)
        month = cal.month(base.year, base.month - (not is_over))
        return cal.day(date.fromisoformat(f"{month}-{day:02d}"))

    return Meaning(context.published.settle(of_month if offset is not None else nearest), relative=True)


DAYS: tuple[Rule, ...] = (
    rule(
        rf"(?<![-/.\d])(?P<year>{words.FULL_YEAR})([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}})(?![-/]?\d)",
        _year_first,
    ),
    Rule(SLASHED, _slashed),
    rule(rf"{FIRST}\.(?P<second>\d{{1,2}})\.{ANY_YEAR}(?![-/\d]|\.\d)", _dotted),
    rule(rf"(?P<day>\d{{1,2}})-?{words.MONTH}-?{ANY_YEAR}(?!\w|[-.,]\d)", _written_together),
    rule(rf"(?P<day>\d\d)\d{{4}}Z ?{words.MONTH} ?{ANY_YEAR}(?!\w|[-.,]\d)", _written_together),
    rule(
        rf"{words.LEAD}{words.MONTH} ?(?:the )?{words.DAY}{words.LAST_BEHIND}{words.OF_YEAR}", _day_of_month
    ),
    rule(
        rf"{words.LEAD}(?<![\d.,]){words.DAY}{words.LAST_BEFORE} (?:of )?{words.MONTH}{words.OF_YEAR}",
        _day_of_month,
    ),
    any_case(
        rf"(?P<name>{any_of(words.HOLIDAYS)})(?:,? {words.YEAR})?(?!\w)".replace("'s", "['’]s"), _holiday
    ),
    rule(
        r"(?:(?<=\bon\s)|(?<=\bby\s)|(?<=\bfrom\s)|(?<=\bsince\s)|(?<=\buntil\s))the "
        r"(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)(?: of (?P<which>this|last|next) month|(?=[.,;:)!?]|$))",
        _nth,
    ),
)
