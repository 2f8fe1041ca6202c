"""The day on which a page was fetched, which stands above everything and bounds publication from above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tidewaiter.capture.datelines import BARE_WORDS, LABEL, LINE_READ, Published, other_words, span_of
from tidewaiter.capture.days import Day, find_days, find_yearless, latest_before
from tidewaiter.capture.headings import HeadLine
from tidewaiter.model import Span, Spans

BANNER_LINES = 4  # from the top, in which a banner can stand
BANNER_AGREES_DAYS = 3
"""A report is published within days of what it tells; a banner date further from the latest day in the
text is not taken at face value."""

# Words before a day that say it is still to come, so that it does not bound publication from below.
_TO_COME = re.compile(
    r"\b(?:until|till|by|before)\s+(?:the\s+)?$|\b(?:will|due|scheduled|expires?|planned)\b[^.\n]{0,80}$"
)


def find_banner(top: Sequence[HeadLine], limit: date) -> HeadLine | None:
    """The line with weekday and date, and hardly more, that stands above the headline."""
    for line in top:
        day = next(find_days(line.text, 0, LINE_READ), None)
        if day is not None:
            return line if _is_banner(line.text, day, limit) else None
        if len(line.text.split(None, BARE_WORDS)) > BARE_WORDS:
            return None
    return None


def _is_banner(line: str, day: Day, limit: date) -> bool:
    words = other_words(line[: day.start], line[day.end :])
    stands = day.weekday and len(words) <= BARE_WORDS and not LABEL.search(line[: day.start])
    return stands and day.readings[0] <= limit


def from_banner(text: str, banner: HeadLine | None) -> Published | None:
    """The banner's day where the text agrees with it, else a range that ends with it."""
    if banner is None:
        return None
    day = next(find_days(banner.text))
    return _bounded(text, banner.span.end, day.readings[0], (span_of(banner, day),))


def from_page_banner(text: str, above: str, limit: date) -> Published | None:
    """The same for a banner above the article of a page, which the text leaves out; none when the lines
    above hold different days."""
    fetched = {
        day.readings[0]
        for line in above.splitlines()
        for day in find_days(line, 0, LINE_READ)
        if _is_banner(line, day, limit)
    }
    return _bounded(text, 0, fetched.pop(), ()) if len(fetched) == 1 else None


def _bounded(text: str, start: int, fetched: date, spans: Spans) -> Published:
    """What the day on which a page was fetched says of a text that begins at ``start``."""
    last = max(_days_told(text, start, fetched), default=None)
    if last is None:
        flag = f"banner date not taken at face value: {fetched} may be the day on which the page was fetched"
        return Published(f"[..{fetched}]", "banner", spans, (flag,))
    told, span = last
    if (fetched - told).days <= BANNER_AGREES_DAYS:
        return Published(fetched.isoformat(), "banner", spans)
    flag = (
        f"banner date not taken at face value: {fetched} is when the page was fetched; "
        f"the latest day that the text tells of is {told}"
    )
    return Published(f"[{told}..{fetched}]", "banner", (*spans, span), (flag,))


def _days_told(text: str, start: int, limit: date) -> Iterator[tuple[date, Span]]:
    """Days up to ``limit`` that the text below ``start`` tells of as past; a missing year is the last
    one that fits."""
    for day in find_days(text, start):
        if not day.numeric and day.readings[0] <= limit and not _to_come(text, day.start):
            yield day.readings[0], Span(day.start, day.end)
    for yearless in find_yearless(text):
        found = latest_before(yearless.month, yearless.day, limit)
        if yearless.start >= start and found is not None and not _to_come(text, yearless.start):
            yield found, Span(yearless.start, yearless.end)


def _to_come(text: str, position: int) -> bool:
    return _TO_COME.search(text[max(0, position - 90) : position]) is not None
