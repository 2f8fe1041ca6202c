"""Days told in relation to the day of publication, which may itself be known only between two days."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tidewaiter import edtf
from tidewaiter.reading.when.tense import Tense

TIME_ZONE_SLACK = timedelta(days=1)
"""A day without a year may lie this much after publication before it is taken for last year's: the
reporter's clock and the publisher's may be on two sides of midnight."""

NEAR_FUTURE = timedelta(days=92)
"""A day or month without a year, told in no tense, is the coming one if that is at most this far ahead
and at least twice as near as the past one: a quarter of a year, our choice, not tuned."""

SO_NEAR, SO_FAR = timedelta(days=31), timedelta(days=300)
"""A day without a year that its tense puts so far off, while it is so near on the other side, cannot be
told: who means it says the year, and a parser may take one tense for the other."""

FIRST_MONTHS = 3
"""In them a report may still call the year before "the year", as those on its results do."""

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
        """What ``meaning`` gives for the day of publication: ``otherwise`` where that is not known.  Where it
        lies between two days that give different answers, ``otherwise``, too, or else one of the days from
        the first answer to the last.

        ``meaning`` must not go back as its day goes forward; then equal ends mean all days between.
        """
        if self.earliest is None or self.latest is None:
            return otherwise
        try:
            first, last = meaning(self.earliest), meaning(self.latest)
            edtf.bounds(first), edtf.bounds(last)
        except (OverflowError, ValueError):  # not told, or out of the calendar
            return otherwise
        if first == last:
            return self._marked(first) if first != otherwise else first
        return _between(first, last) if otherwise is None else otherwise

    def day_within(self, of_month: int, number: int) -> str | None:
        """Such a day among those of publication, where these are several, yet no more than a month: what was
        printed in November says "Nov. 20" of that November."""
        if self.earliest is None or self.latest is None or self.earliest == self.latest:
            return None
        if self.latest - self.earliest > SO_NEAR:
            return None
        for year in (self.earliest.year, self.latest.year):
            if (
                is_day(number, of_month, year)
                and self.earliest <= date(year, of_month, number) <= self.latest
            ):
                return self._marked(day(date(year, of_month, number)))
        return None

    def _marked(self, value: str) -> str:
        """The value, a day being as uncertain as publication."""
        return f"{value}?" if self.uncertain and len(value) == 10 else value


def _between(first: str, last: str) -> str | None:
    """One of the days from the first of one time to the last of another: their month or year where it is
    any day of that."""
    whole = edtf.Bounds(edtf.bounds(first).earliest, edtf.bounds(last).latest)
    if whole.latest is None:
        return None
    if whole.earliest is None:
        return f"[..{day(whole.latest)}]"
    shorter = (day(whole.earliest)[:length] for length in (7, 4))
    return next((one for one in shorter if edtf.bounds(one) == whole), one_of(whole.earliest, whole.latest))


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


def nearest_day(of_month: int, number: int, tense: Tense) -> Relative:
    """The latest such day not after publication, or the next one, by tense; ``ValueError`` where the day
    is too near on the other side for the tense to be believed."""
    past, future = past_day(of_month, number), future_day(of_month, number)
    nearest = _nearest(past, future, tense)

    def meaning(base: date) -> str:
        behind, ahead = base - date.fromisoformat(past(base)), date.fromisoformat(future(base)) - base
        near, far = (ahead, behind) if tense is Tense.PAST else (behind, ahead)
        if tense in (Tense.PAST, Tense.FUTURE) and timedelta(0) < near <= SO_NEAR and far >= SO_FAR:
            raise ValueError("a day too near on the other side")
        return nearest(base)

    return meaning


def nearest_month(number: int, tense: Tense) -> Relative:
    """The latest such month, or the next one, by tense; told in no tense, whichever is near."""
    return _nearest(past_month(number), future_month(number), tense)


def nearest_quarter(number: int, tense: Tense) -> Relative:
    """Some day of the latest such quarter of a year, or of the next one, by tense."""

    def past(base: date) -> str:
        return quarter(base.year - (3 * number - 2 > base.month), number)

    def future(base: date) -> str:
        return quarter(base.year + (3 * number < base.month), number)

    return _nearest(past, future, tense)


def _nearest(past: Relative, future: Relative, tense: Tense) -> Relative:
    if tense in (Tense.PAST, Tense.FUTURE):
        return future if tense is Tense.FUTURE else past

    def meaning(base: date) -> str:
        before, after = edtf.bounds(past(base)).latest, edtf.bounds(future(base)).earliest
        if before is None or after is None or after <= base:
            return past(base)
        ahead, behind = after - base, base - before
        is_near = ahead <= behind if tense is Tense.AHEAD else ahead <= NEAR_FUTURE and 2 * ahead <= behind
        return future(base) if is_near else past(base)

    return meaning


def with_weekday(meaning: Relative, weekday: int) -> Relative:
    """The same day of the year before or after where that, and not the one meant, is such a weekday."""

    def checked(base: date) -> str:
        day_meant = date.fromisoformat(meaning(base))
        for year in (day_meant.year, day_meant.year - 1, day_meant.year + 1):
            if not is_day(day_meant.day, day_meant.month, year):
                continue
            if day_meant.replace(year=year).weekday() == weekday and year <= base.year + 1:
                return day(day_meant.replace(year=year))
        return day(day_meant)

    return checked


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


def weekend(offset: int) -> Relative:
    """Saturday or Sunday of the week so many weeks from publication's; of publication's own, none after it
    where that falls on it."""

    def meaning(base: date) -> str:
        first = base - timedelta(days=base.weekday() - 5) + timedelta(weeks=offset)
        return one_of(first, first + timedelta(days=1))

    return meaning


def past_weekend(base: date) -> str:
    """Saturday or Sunday of the latest weekend that has begun by publication, none after it."""
    first = base - timedelta(days=(base.weekday() - 5) % 7)
    return one_of(first, min(base, first + timedelta(days=1)))


def quarter(year: int, number: int) -> str:
    """Some day of a quarter of a year."""
    return months(year, 3 * number - 2, 3 * number)


def months(year: int, first: int, last: int) -> str:
    """Some day from the beginning of one month to the end of another."""
    return one_of(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def quarter_beside(offset: int) -> Relative:
    """The quarter so many quarters from publication's."""

    def meaning(base: date) -> str:
        whole = base.year * 4 + (base.month - 1) // 3 + offset
        return quarter(whole // 4, whole % 4 + 1)

    return meaning


def year_in_progress(base: date) -> str:
    """The year of publication; ``ValueError`` in its first months, when "the year" may be the one before."""
    if base.month <= FIRST_MONTHS:
        raise ValueError("the year may be the one before")
    return f"{base.year:04d}"


def year_before(base: date) -> str:
    """The year before publication's; ``ValueError`` where that may be "the year" itself."""
    return f"{int(year_in_progress(base)) - 1:04d}"


def century_of(digits: int) -> Relative:
    """The latest year with these last digits that has begun by publication, or begins next."""
    return lambda base: f"{base.year + 1 - (base.year + 1 - digits) % 100:04d}"


def since(count: int, unit: str) -> Relative:
    """Some day of so many days, weeks, months or years that end with publication."""
    return lambda base: one_of(back(base, count, unit), base)


def ahead(count: int, unit: str) -> Relative:
    """Some day of so many days, weeks, months or years that begin with publication."""
    return lambda base: one_of(base, back(base, -count, unit))


def before(count: int, unit: str) -> Relative:
    """So many days, weeks, months or years before publication, or earlier."""
    return lambda base: f"[..{back(base, count, unit).isoformat()}]"


def back(base: date, count: int, unit: str) -> date:
    """The day so many days, weeks, months or years before another; the last of its month where the month
    has no such day."""
    if unit in ("day", "week"):
        return base - timedelta(days=count * (7 if unit == "week" else 1))
    first = date.fromisoformat(f"{month(base.year, base.month - count * (12 if unit == 'year' else 1))}-01")
    return first.replace(day=min(base.day, calendar.monthrange(first.year, first.month)[1]))


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
