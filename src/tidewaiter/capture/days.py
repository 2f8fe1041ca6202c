"""Days named in a text: where, and which days of the calendar the words can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tue(?:s)?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?,?[^\S\n]+)"
_NTH = r"(?:st|nd|rd|th)?"
_GAP = r"[^\S\n]{1,3}"

_YEAR = r"(?:19|20)\d\d"
_FULL = re.compile(
    rf"""
    (?P<weekday>{_WEEKDAY})?
    (?:
        (?<![\w./-]) (?P<iso_y>{_YEAR}) (?P<iso_sep>[-/.]) (?P<iso_m>\d\d?) (?P=iso_sep) (?P<iso_d>\d\d?)
        (?!\d|[-/.]\d)
      | \b (?P<mdy_m>{_MONTH}) {_GAP} (?P<mdy_d>\d\d?) {_NTH} (?:,[^\S\n]{{0,3}}|{_GAP}) (?P<mdy_y>{_YEAR})
        (?!-?\d|(?-i:[a-z]))
      | (?<![\w.,/-]) (?P<dmy_d>\d\d?) {_NTH} (?:{_GAP}(?:of[^\S\n])?|-) (?P<dmy_m>{_MONTH}) (?:,?{_GAP}|-)
        (?P<dmy_y>{_YEAR}) (?!\d|(?-i:[a-z]))
      | (?<![\w./-]) (?P<a>\d\d?) (?P<sep>[./-]) (?P<b>\d\d?) (?P=sep) (?P<num_y>{_YEAR}|\d\d) (?!\w|[-/.]\d)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)

_YEAR_AT_ALL = re.compile(r"\d\d")

# A month and a day with no year beside them; capitals, so that "may 5" of running text is not one.
_YEARLESS = re.compile(
    rf"\b(?P<mdy_m>(?=[A-Z]){_MONTH}){_GAP}(?P<mdy_d>\d\d?){_NTH}(?![\w%:]|[.,]?\d|,?{_GAP}(?:19|20)\d\d)"
    rf"|(?<![\w.,/$€£-])(?P<dmy_d>\d\d?){_NTH}{_GAP}(?:of )?(?P<dmy_m>(?=[A-Z]){_MONTH})(?!,?{_GAP}\d)"
)

# Clocks of the United States and Canada, where 11/08 is the 8th of November.
_AMERICAN = re.compile(r"[^\n]{0,24}?\b[ECMP][SD]?T\b")

TWO_DIGIT_YEARS = 2000
"""Century of a year written with two digits; no report on the web is older."""


class Day(NamedTuple):
    """A full date in a text.

    ``readings``: the one day that it means, or two where day and month may be swapped (11/08/22).
    """

    start: int
    end: int
    readings: tuple[date, ...]
    weekday: bool  # a weekday stands before it
    numeric: bool


class YearlessDay(NamedTuple):
    """A month and a day without a year."""

    start: int
    end: int
    month: int
    day: int


def find_days(text: str, start: int = 0, end: int | None = None) -> Iterator[Day]:
    """The full dates in ``text[start:end]``, in order; days that no calendar has are left out."""
    end = len(text) if end is None else end
    if _YEAR_AT_ALL.search(text, start, end) is None:  # fifty times as fast, and true of most lines
        return
    for found in _FULL.finditer(text, start, end):
        if readings := _readings(found, text):
            yield Day(
                found.start(), found.end(), readings, found["weekday"] is not None, found["num_y"] is not None
            )


def find_yearless(text: str) -> Iterator[YearlessDay]:
    """The dates in ``text`` that have a month and a day but no year, in order."""
    for found in _YEARLESS.finditer(text):
        month = _month(found["mdy_m"] or found["dmy_m"])
        day = int(found["mdy_d"] or found["dmy_d"])
        if _day(2024, month, day):  # a leap year: 29 February is a day
            yield YearlessDay(found.start(), found.end(), month, day)


def latest_before(month: int, day: int, limit: date) -> date | None:
    """The last ``month``-``day`` that is not after ``limit``."""
    for year in range(limit.year, limit.year - 9, -1):
        found = _day(year, month, day)
        if found is not None and found <= limit:
            return found
    return None


def _readings(found: re.Match[str], text: str) -> tuple[date, ...]:
    if found["num_y"]:
        return _numeric(found, text)
    if found["iso_y"]:
        one = _day(int(found["iso_y"]), int(found["iso_m"]), int(found["iso_d"]))
    elif found["mdy_y"]:
        one = _day(int(found["mdy_y"]), _month(found["mdy_m"]), int(found["mdy_d"]))
    else:
        one = _day(int(found["dmy_y"]), _month(found["dmy_m"]), int(found["dmy_d"]))
    return (one,) if one else ()


def _numeric(found: re.Match[str], text: str) -> tuple[date, ...]:
    """Day first with dots; with slashes or hyphens either, unless the numbers or an American clock tell."""
    a, b, year = int(found["a"]), int(found["b"]), int(found["num_y"])
    year += TWO_DIGIT_YEARS if year < 100 else 0
    day_first, month_first = _day(year, b, a), _day(year, a, b)
    if found["sep"] == ".":
        order = [day_first or month_first]
    elif month_first and _AMERICAN.match(text, found.end()):
        order = [month_first]
    else:
        order = [day_first, month_first]
    return tuple(sorted({one for one in order if one is not None}))


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
