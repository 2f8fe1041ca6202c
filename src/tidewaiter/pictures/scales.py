"""Days and amounts on a line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tidewaiter.wording import MONTHS

STEPS = (1, 2, 5, 10, 15)
"""Days between ticks, as long as there are no more than ``MOST_TICKS``; else months, else years."""

MONTH_STEPS = (1, 2, 3, 6)
MOST_TICKS = 5

LOG_FROM = 60
"""How many times the smallest amount the largest is, from which on steps are ten times each; our own
choice: on a line of 250 pixels the smallest would be 4 from its end."""

BEYOND = 10**18
"""Amounts are placed no further out; no report tells of more, but a digit run may."""

_NAMES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


class Tick(NamedTuple):
    at: float
    label: str


class Days(NamedTuple):
    """Days from the first to the last, on a line from ``left`` to ``right``."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Where a day is; in the middle where there is but one."""
        whole = (self.last - self.first).days
        share = 0.5 if whole == 0 else (day - self.first).days / whole
        return self.left + (self.right - self.left) * share

    def ticks(self) -> list[Tick]:
        """Round days, months or years; at least the first and the last day where none is round."""
        found = [day for day in _round_days(self.first, self.last) if self.first <= day <= self.last]
        if len(found) < 2:
            return [Tick(self.at(day), _day_words(day)) for day in dict.fromkeys((self.first, self.last))]
        whole_years = all((day.month, day.day) == (1, 1) for day in found)
        months = all(day.day == 1 for day in found)
        return [
            Tick(
                self.at(day),
                str(day.year) if whole_years else _month_words(day) if months else _day_words(day),
            )
            for day in found
        ]


def _day_words(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def _month_words(day: date) -> str:
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


def _round_days(first: date, last: date) -> list[date]:
    reach = (last - first).days
    for step in STEPS:
        if reach / step <= MOST_TICKS - 1:
            return [first + timedelta(days=number * step) for number in range(reach // step + 1)]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    for step in MONTH_STEPS:
        if months / step <= MOST_TICKS:
            return [date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1)
                    for n in range(0, months + step, step)
                    if first.year + (first.month - 1 + n) // 12 <= date.max.year]  # fmt: skip
    years = last.year - first.year + 1
    step = next(size for size in (1, 2, 5, 10, 20, 50, 100, 500, 1000, 5000) if years / size <= MOST_TICKS)
    start = -(-first.year // step) * step
    return [date(year, 1, 1) for year in range(max(start, 1), last.year + 1, step)]


class Amounts(NamedTuple):
    """Amounts on a line from ``left`` to ``right``, by steps that are alike or ten times each."""

    low: int
    high: int
    left: float
    right: float
    is_log: bool

    def at(self, amount: int) -> float:
        kept = min(max(amount, self.low), self.high)
        if self.high == self.low:
            share = 0.5
        elif self.is_log:
            share = math.log(max(kept, self.low) / self.low) / math.log(self.high / self.low)
        else:
            share = (kept - self.low) / (self.high - self.low)
        return self.left + (self.right - self.left) * share

    def ticks(self) -> list[Tick]:
        if self.is_log:
            powers = range(round(math.log10(self.low)), round(math.log10(self.high)) + 1)
            step = -(-len(powers) // MOST_TICKS)
            return [Tick(self.at(10**power), amount_words(10**power)) for power in powers[::step]]
        step = _nice(max(1, (self.high - self.low) // (MOST_TICKS - 1)))
        return [Tick(self.at(one), amount_words(one)) for one in range(self.low, self.high + 1, step)]


def amounts(values: Sequence[int], left: float, right: float) -> Amounts:
    """The line that all of one or more amounts find room on: from nought, unless they lie far apart."""
    kept = [min(max(0, one), BEYOND) for one in values]
    small, large = min(kept), max(kept)
    if small > 0 and large / small >= LOG_FROM:
        return Amounts(10 ** math.floor(math.log10(small)), _power_above(large), left, right, is_log=True)
    top = max(large, 1)
    step = _nice(max(1, -(-top // (MOST_TICKS - 1))))
    return Amounts(0, -(-top // step) * step, left, right, is_log=False)


def _power_above(amount: int) -> int:
    return int(10 ** (len(str(amount)) - (str(amount).strip("0") == "1")))


def _nice(size: int) -> int:
    """The smallest of 1, 2, 5 times a power of ten that is no less."""
    power = int(10 ** (len(str(size)) - 1))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= size)


def amount_words(amount: int) -> str:
    """ "1,500", "2.5 million"."""
    for size, name in _NAMES:
        if abs(amount) >= size:
            return f"{amount / size:,.3g} {name}" if amount < size * 1000 else f"{amount // size:,} {name}"
    return f"{amount:,}"
