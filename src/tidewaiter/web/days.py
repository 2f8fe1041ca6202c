"""The days on which a case has reports: for the slider, and drawn beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from math import sqrt

from markupsafe import Markup

from tidewaiter.wording import MONTHS, spoken

MOST_BARS = 72
"""Bars of the picture: each is a few pixels wide, and as tall as the root of its number says, so that few are
seen too."""


@dataclass(frozen=True)
class Days:
    """The days by one clock, the first one first, each with the number of its reports."""

    counted: tuple[tuple[str, int], ...]  # ISO days

    @cached_property
    def _days(self) -> list[str]:
        return [day for day, _ in self.counted]

    @cached_property
    def gaps(self) -> str:
        """The days as one short text: the first one, and how many days after the one before each other is."""
        if not self.counted:
            return ""
        days = [date.fromisoformat(day) for day, _ in self.counted]
        gaps = [str((after - before).days) for before, after in pairwise(days)]
        return " ".join([self.counted[0][0], *gaps])

    def place(self, day: str | None) -> int:
        """Where a day is on the slider: at the last of the days that is not later; now is after all days."""
        if day is None:
            return len(self.counted)
        return max(0, bisect_right(self._days, day) - 1)

    @cached_property
    def strip(self) -> Markup:
        """The picture: as the slider has it, a step a day."""
        from tidewaiter.pictures.histogram import ACROSS, TALL, draw_strip  # what draws takes long to import

        steps = len(self.counted) + 1  # now is a step of its own
        groups = list(_grouped([count for _, count in self.counted], MOST_BARS))
        most = max((sqrt(count / size) for _, size, count in groups), default=1)
        bars = (
            (first * ACROSS / steps, size * ACROSS / steps, max(1.0, TALL * sqrt(count / size) / most))
            for first, size, count in groups
        )
        return Markup(draw_strip(bars))

    @cached_property
    def months(self) -> tuple[tuple[str, str, int], ...]:
        """Reports by month: the month in words, its last day here, and how many."""
        counted: Counter[str] = Counter()
        last: dict[str, str] = {}
        for day, count in self.counted:
            counted[day[:7]] += count
            last[day[:7]] = day
        return tuple(
            (f"{MONTHS[int(month[5:7]) - 1]} {month[:4]}", last[month], counted[month]) for month in counted
        )

    def words(self) -> str:
        """From when to when."""
        if not self.counted:
            return "no day"
        first, last = self.counted[0][0], self.counted[-1][0]
        return spoken(first) if first == last else f"{spoken(first)} to {spoken(last)}"


def days_of(counted: Counter[str]) -> Days:
    """The days counted, in order."""
    return Days(tuple(sorted(counted.items())))


def _grouped(counts: Sequence[int], most: int) -> Iterator[tuple[int, int, int]]:
    """Runs of days: where each begins, how many days, how many reports."""
    size = max(1, -(-len(counts) // most))
    for first in range(0, len(counts), size):
        run = counts[first : first + size]
        yield first, len(run), sum(run)
