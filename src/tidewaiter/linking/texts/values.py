"""The days and names of a text that is not parsed: where they stand, and whether two are one however they are
worded."""

from __future__ import annotations

import re
from calendar import day_name, month_abbr, month_name, monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from tidewaiter import edtf
from tidewaiter.model import Span

WEEKDAYS = {name.casefold(): number for number, name in enumerate(day_name)}
MONTHS = {name.casefold(): number for number, name in enumerate(month_name) if name}
MONTHS |= {name.casefold(): number for number, name in enumerate(month_abbr) if name} | {"sept": 9}

_WEEKDAY = "|".join(day_name)
_MONTH = "|".join(
    (
        *filter(None, month_name),
        *(rf"{name}\b\.?" for name in (*filter(None, month_abbr), "Sept") if name != "May"),
    )
)
_YEAR = r"(?:19|20)\d\d"
_DAY = re.compile(
    rf"(?<![\d,.])(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{_MONTH})(?!\w)(?:,? (?P<y1>{_YEAR})\b)?"
    rf"|\b(?P<m2>{_MONTH})(?!\w) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![\d,.]?\d)(?:,? (?P<y2>{_YEAR})\b)?"
    rf"|\b(?P<y3>{_YEAR})-(?P<m3>\d\d)-(?P<d3>\d\d)\b"
    rf"|\b(?P<m4>{_MONTH})(?!\w)(?:,? (?:of )?(?P<y4>{_YEAR})\b)?"
    rf"|\b(?P<w>{_WEEKDAY})\b"
    rf"|(?<=\bthe )(?P<y5>{_YEAR})(?= [^\W\d_])"
)
_MAY = re.compile(
    r"\b(?:in|since|last|by|during|of|until|till|from|through|early|late|mid|between|and|this|next|the) $",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, month or weekday as worded; what is not told is None."""

    span: Span
    year: int | None
    month: int | None
    day: int | None
    weekday: int | None  # 0 is Monday

    @property
    def is_day(self) -> bool:
        """Whether it names a day of the calendar."""
        return self.day is not None


def moments(text: str) -> tuple[Moment, ...]:
    """The days, months and weekdays of a text, in order."""
    found = []
    for match in _DAY.finditer(text):
        part = match.groupdict()
        month = next((part[key] for key in ("m1", "m2", "m3", "m4") if part[key]), None)
        day = next((int(part[key]) for key in ("d1", "d2", "d3") if part[key]), None)
        year = next((int(part[key]) for key in ("y1", "y2", "y3", "y4", "y5") if part[key]), None)
        number = (
            None if month is None else int(month) if month.isdigit() else MONTHS[month.casefold().rstrip(".")]
        )
        if (month == "May" and day is None and year is None and not _MAY.search(text[: match.start()])) or (
            number is not None and not 1 <= number <= 12
        ):
            continue
        if day is not None and not 1 <= day <= monthrange(year or 2000, number or 1)[1]:
            continue
        weekday = None if part["w"] is None else WEEKDAYS[part["w"].casefold()]
        found.append(Moment(Span(*match.span()), year, number, day, weekday))
    return tuple(found)


def day_of(moment: Moment, published: str | None) -> date | None:
    """The day that a moment means in a report of that day: of a weekday the last one up to it, of a day
    without a year the nearest; None where that cannot be told."""
    bounds = edtf.safe_bounds(published)
    reference = bounds.earliest if bounds.earliest == bounds.latest else None
    if moment.weekday is not None:
        return (
            None if reference is None else reference - timedelta((reference.weekday() - moment.weekday) % 7)
        )
    if moment.day is None or moment.month is None:
        return None
    if moment.year is not None:
        return date(moment.year, moment.month, moment.day)
    if reference is None:
        return None
    whole = edtf.nearest_year(f"XXXX-{moment.month:02d}-{moment.day:02d}", reference).rstrip("?")
    return edtf.safe_bounds(whole).earliest


def do_differ(a: Moment, b: Moment, published: tuple[str | None, str | None]) -> bool:
    """Whether two moments cannot be one: what both tell differs.  A weekday and a day of the calendar are
    compared where the weekday's day is known; a month holds its days."""
    if a.weekday is not None and b.weekday is not None:
        first, second = day_of(a, published[0]), day_of(b, published[1])
        return first != second if first and second else a.weekday != b.weekday
    if a.weekday is not None or b.weekday is not None:
        first, second = day_of(a, published[0]), day_of(b, published[1])
        return first is not None and second is not None and first != second
    return any(
        one is not None and other is not None and one != other
        for one, other in ((a.year, b.year), (a.month, b.month), (a.day, b.day))
    )


# ------------------------------------------------------------------------------------ names

_NAME = re.compile(
    r"[^\W\d_a-z][\w’'-]*"
    r"(?:(?: (?:al|el|bin|ibn|de|da|del|dos|van|von|la|le|der|den|y|i))? ?(?<= )[^\W\d_a-z][\w’'-]*)*"
)


def names(text: str) -> tuple[Span, ...]:
    """Runs of words with capitals, without one word that only stands at the beginning of a sentence."""
    return tuple(
        Span(match.start(), match.end() - len("’s") * match.group().endswith(("’s", "'s")))
        for match in _NAME.finditer(text)
        if len(match.group()) > 1 and match.group()[0].isupper()
    )
