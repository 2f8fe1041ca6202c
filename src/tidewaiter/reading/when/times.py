"""Days, months, years and spans of time named in a document, as EDTF.

The rules are our own.  The date library that was tried reads "may be" as a month, sends the weekday of
publication back a week, gives a day for what is only a month or a decade, and knows nothing of "early
2023" or "since February"; nothing of it was left to use.

A day or month without a year is the latest one not after publication, unless its verb is about the
future; without a publication date it keeps ``XXXX`` for its year.  What is only "early", "late" or "mid"
a month or year is told as that month or year; of a quarter, half year, weekend or "the last three weeks"
it is some day.  Where publication lies between two days, so does a weekday or "yesterday".
"""

from __future__ import annotations

from collections.abc import Iterator

from tidewaiter.model import Span, TimeMention
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.when.anchors import Found, anchored
from tidewaiter.reading.when.calendar import Published
from tidewaiter.reading.when.days import DAYS
from tidewaiter.reading.when.relative import BY_ANOTHER, BY_PUBLICATION
from tidewaiter.reading.when.rules import Context
from tidewaiter.reading.when.years import MONTHS_AND_YEARS

_RULES = (*DAYS, *MONTHS_AND_YEARS, *BY_PUBLICATION, *BY_ANOTHER)
"""In the order in which they take their words."""


def find_times(parsed: Parsed) -> tuple[TimeMention, ...]:
    """Every time that is named, in order of the text, none inside another.

    ``edtf`` is None for what is a time but cannot be worked out ("the day before the summit"; a weekday in a
    document without a date); ``relative`` tells that the publication date was needed.
    """
    return anchored(parsed, sorted(_found(parsed), key=lambda one: one.span))


def _found(parsed: Parsed) -> Iterator[Found]:
    context = Context(parsed, Published.of(parsed.document.published))
    taken = bytearray(len(parsed.text))
    for rule in _RULES:
        for match in rule.pattern.finditer(parsed.text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            meaning = rule.resolve(match, context)
            if meaning is not None:
                yield Found(Span(start, end), meaning)
                taken[start:end] = b"\1" * (end - start)
