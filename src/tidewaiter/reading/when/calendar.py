"""Days told in relation to the day of publication, which may itself be known only between two days."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tidewaiter import edtf

TIME_ZONE_SLACK = timedelta(days=1)
"""A day without a year may lie this much after publication before it is taken for last year's: the
reporter's clock and the publisher's may be on two sides of midnight."""

NEAR_FUTURE = timedelta(days=92)
"""A day or month without a year, told in no tense, is the coming one if that is at most this far ahead
and at least twice as near as the past one: a quarter of a year, our choice, not tuned."""

Relative = Callable[[date], str]


@dataclass(frozen=True, slots=True)
class Published:
    """The earliest and latest day on which the document can have been published."""

    earliest: date | None
    latest: date | None
    uncertain: bool  # EDTF qualifier "?"

    @classmethod
    def of(cls, published: str | None) -> Published:
        """Read the document's date; one that is no EDTF string in use counts as unknown."""
        try:
            bounds = edtf.bounds(published)
        except ValueError:
            return cls(None, None, False)
        return cls(
            bounds.earliest, bounds.latest, published is not None and published.endswith(("?", "~", "%"))
        )

    def settle(self, meaning: Relative, otherwise: str | None = None) -> str | None:
        """What ``meaning`` gives for the day of publication: where that lies between two days and the
        two ends give different answers, or where it is not known, ``otherwise``.

        ``meaning`` must not go back as its day goes forward; then equal ends mean all days between.
        """
        if self.earliest is None or self.latest is None:
            return otherwise
        try:
            first, last = meaning(self.earliest), meaning(self.latest)
        except (OverflowError, ValueError):
            return otherwise
        if first != last:
            return otherwise
        return f"{first}?" if self.uncertain and len(first) == 10 and first != otherwise else first


def day(when: date) -> str:
    """EDTF of a day."""
    return when.isoformat()


def month(year: int, number: int) -> str:
    """EDTF of a month; months before January or after December are of the years beside."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return date(year, number, 1).isoformat()[:7]


def one_of(first: date, last: date) -> str:
    """EDTF of some day from ``first`` to ``last``."""
    return f"[{first.isoformat()}..{last.isoformat()}]"


def is_day(number: int, of_month: int, year: int = 2000) -> bool:
    """Whether the month has such a day; in a leap year where no year is given."""
    return 1 <= of_month <= 12 and 1 <= number <= calendar.monthrange(year, of_month)[1]


def past_day(of_month: int, number: int) -> Relative:
    """The latest such day not after publication."""

    def meaning(base: date) -> str:
        limit = base + TIME_ZONE_SLACK
        for year in range(limit.year, limit.year - 9, -1):
            if is_day(number, of_month, year) and date(year, of_month, number) <= limit:
                return day(date(year, of_month, number))
        raise ValueError("no such day")

    return meaning


def future_day(of_month: int, number: int) -> Relative:
    """The first such day from publication on."""

    def meaning(base: date) -> str:
        for year in range(base.year, base.year + 9):
            if is_day(number, of_month, year) and date(year, of_month, number) >= base:
                return day(date(year, of_month, number))
        raise ValueError("no such day")

    return meaning


def nearest_day(of_month: int, number: int, tense: str) -> Relative:
    """The latest such day not after publication, or the next one, by tense; "open": whichever is near."""
    past, future = past_day(of_month, number), future_day(of_month, number)
    return _nearest(past, future, tense)


def nearest_month(number: int, tense: str) -> Relative:
    """The latest such month, or the next one, by tense; "open": whichever is near."""
    return _nearest(past_month(number), future_month(number), tense)


def _nearest(past: Relative, future: Relative, tense: str) -> Relative:
    if tense != "open":
        return future if tense == "future" else past

    def meaning(base: date) -> str:
        before, after = edtf.bounds(past(base)).latest, edtf.bounds(future(base)).earliest
        if before is None or after is None or after <= base:
            return past(base)
        ahead = after - base
        return future(base) if ahead <= NEAR_FUTURE and 2 * ahead <= base - before else past(base)

    return meaning


def past_month(number: int, *, strictly: bool = False) -> Relative:
    """The latest such month that has begun by publication; ``strictly``: that is over."""

    def meaning(base: date) -> str:
        begun = number < base.month or (number == base.month and not strictly)
        return month(base.year if begun else base.year - 1, number)

    return meaning


def future_month(number: int) -> Relative:
    """The first such month that is not over at publication."""
    return lambda base: month(base.year if number >= base.month else base.year + 1, number)


def same_year(number: int) -> Relative:
    """That month of the year of publication."""
    return lambda base: month(base.year, number)


def past_weekday(number: int, *, strictly: bool = False) -> Relative:
    """The latest such weekday (Monday 0) not after publication; ``strictly``: before it."""

    def meaning(base: date) -> str:
        back = (base.weekday() - number) % 7
        return day(base - timedelta(days=back or (7 if strictly else 0)))

    return meaning


def future_weekday(number: int) -> Relative:
    """The first such weekday from publication on."""
    return lambda base: day(base + timedelta(days=(number - base.weekday()) % 7))


def weekday_of_week(number: int, offset: int) -> Relative:
    """That weekday of the week (Monday to Sunday) so many weeks from publication's."""
    return lambda base: day(base - timedelta(days=base.weekday() - number) + timedelta(weeks=offset))


def week(offset: int) -> Relative:
    """Some day of the week (Monday to Sunday) so many weeks from publication's; of publication's own
    week, none after publication."""

    def meaning(base: date) -> str:
        first = base - timedelta(days=base.weekday()) + timedelta(weeks=offset)
        return one_of(first, base if offset == 0 else first + timedelta(days=6))

    return meaning


def ago(count: int, unit: str) -> Relative:
    """So many days, weeks, months or years before publication, as exact as the unit is: a week is told
    give or take three days, a month as that month, a year as that year."""

    def meaning(base: date) -> str:
        if unit == "day":
            return day(base - timedelta(days=count))
        if unit == "week":
            middle = base - timedelta(weeks=count)
            return one_of(middle - timedelta(days=3), middle + timedelta(days=3))
        if unit == "month":
            return month(base.year, base.month - count)
        return f"{base.year - count:04d}"

    return meaning
