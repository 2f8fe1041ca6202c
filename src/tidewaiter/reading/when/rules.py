"""What rules are made of: a pattern, and what its words mean in a document."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.when import calendar as cal
from tidewaiter.reading.when import words
from tidewaiter.reading.when.anchors import Meaning
from tidewaiter.reading.when.calendar import Published
from tidewaiter.reading.when.tense import Tense, tense_at
from tidewaiter.reading.when.words import any_of, compiled

UNKNOWN_YEAR = ""
"""A year between two years is none."""
CENTURY_TURN = 69
"""Two-digit years below it are of the 2000s, as in POSIX's strptime."""

FIRST = r"(?<![-/.\d])(?P<first>\d{1,2})"
ANY_YEAR = rf"(?P<year>{words.FULL_YEAR}|\d\d)"
SLASHED = compiled(
    rf"(?<![^\W_]){words.LEAD}{FIRST}(?P<mark>[/-])(?P<second>\d{{1,2}})(?P=mark){ANY_YEAR}(?![-/\d]|\.\d)"
)
LABEL_BEFORE = re.compile(
    rf"(?:\b{any_of((*words.LABELS, *words.ABOUT_A_NUMBER))}\.?[^\S\n]|[$€£#/.:=_]"
    r"|(?<!\bmid)(?<!\bpre)(?<!\bpost)(?<!\bearly)(?<!\blate)-)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Context:
    """What a rule may ask of the document."""

    parsed: Parsed
    published: Published

    def tense(self, match: re.Match[str], group: str) -> Tense:
        """Where the words of a group lie, by their verb."""
        return tense_at(self.parsed, match.start(), match.start(group))

    @cached_property
    def is_day_first(self) -> bool | None:
        """The order of day and month in dates like 10/11/2022, by those of the document that have only one;
        None where there are none, or of both orders."""
        orders = {
            int(found["first"]) > 12
            for found in SLASHED.finditer(self.parsed.text)
            if (int(found["first"]) > 12) != (int(found["second"]) > 12)
        }
        return orders.pop() if len(orders) == 1 else None


Resolve = Callable[[re.Match[str], Context], Meaning | None]


@dataclass(frozen=True, slots=True)
class Rule:
    pattern: re.Pattern[str]
    resolve: Resolve


def before(match: re.Match[str], length: int, group: int | str = 0) -> str:
    """The text before the words of a group."""
    start = match.start(group)
    return match.string[max(0, start - length) : start]


def full_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < CENTURY_TURN else 1900)


def year_of(groups: dict[str, str | None], context: Context) -> str | None:
    """The year that the words give: digits, or "this year" by publication."""
    if short := groups.get("short"):
        return context.published.settle(cal.century_of(int(short)), str(full_year(short)))
    if digits := groups.get("year"):
        return digits
    shift = {"this": 0, "last": -1, "next": 1}.get(groups.get("which") or "")
    if shift is None:
        return None
    return context.published.settle(lambda base: f"{base.year + shift:04d}", UNKNOWN_YEAR) or None


def weekday_number(name: str) -> int:
    return next(at for at, full in enumerate(words.WEEKDAYS) if full.startswith(name.lower()[:3]))


def rule(pattern: str, resolve: Resolve) -> Rule:
    return Rule(compiled(rf"(?<![^\W_]){pattern}"), resolve)


def any_case(pattern: str, resolve: Resolve) -> Rule:
    return Rule(compiled(rf"(?<![^\W_]){pattern}", ignore_case=True), resolve)
