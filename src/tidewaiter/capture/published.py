"""When a report was published, and the ground for saying so.

Grounds, the firmest first: ``metadata`` (of the page or file), ``header`` (a date put before the
text), ``dateline`` (a date line, byline or wire dateline near the top), ``url`` (a date in the
address), ``given`` (by the user), ``banner`` (a weekday and date above everything: the day on which
the page was fetched), ``file name``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from tidewaiter import edtf
from tidewaiter.capture.days import Day, find_days, find_yearless, latest_before
from tidewaiter.capture.headings import HeadLine, head_lines, top_lines
from tidewaiter.model import Span, Spans

DATE_LINE_LENGTH = 160  # characters; longer lines are prose or captions
LINE_READ = 400  # characters of a line in which a date line can stand
BARE_WORDS = 4
"""A date line may hold so many other words: an outlet, a place, a section, a name."""

BANNER_LINES = 4  # from the top, in which a banner can stand
BANNER_AGREES_DAYS = 3
"""A report is published within days of what it tells; a banner date further from the latest day in the
text is not taken at face value."""

_LABEL = re.compile(
    r"\b(?:(?P<later>(?:last\s+)?(?:updated?|modified|revised))"
    r"|(?:first\s+)?published?|posted|publication\s+date|issued|released|filed|created|date)\b[^.\n]{0,24}$",
    re.IGNORECASE,
)
_BY = re.compile(r"^\W*(?:(?:written|reported|posted)\s+)?by\b", re.IGNORECASE)
_WIRE_BEFORE = re.compile(r"^[A-Z][A-Z .'’-]{2,40}(?:[,(].{0,40})?[,(]?\s*$")
_WIRE_AFTER = re.compile(r"[\s.]*(?:[/(\[–—]|--?\s|\)\s*[–—-])")
_CLOCK = re.compile(
    r"\b\d{1,2}(?:[:.h]\d{2}){1,2}(?:\s*[ap]\.?m\b\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?|\b(?:GMT|UTC|[ECMP][SD]?T|CES?T|BST|IST|KST|JST)\b(?:[+-]\d+)?"
    r"|\bo'clock\b|\bat\b|\bon\b|\bhrs?\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"\b(?:on|in|of|since|until|till|by|before|after|from|to|for)\s+(?:the\s+)?$", re.I)
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/.]?(0[1-9]|1[0-2])[-_/.]?(0[1-9]|[12]\d|3[01])(?!\d)")

# Words before a day that say it is still to come, so that it does not bound publication from below.
_TO_COME = re.compile(
    r"\b(?:until|till|by|before)\s+(?:the\s+)?$|\b(?:will|due|scheduled|expires?|planned)\b[^.\n]{0,80}$"
)


class Published(NamedTuple):
    """The date (EDTF) with its ground and the words it was read from."""

    edtf: str | None = None
    ground: str | None = None
    spans: Spans = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the text.  Dates are EDTF; ``captured_at`` is ISO 8601."""

    metadata: str | None = None
    header: str | None = None
    head: str = ""  # lines of the page from the title on, whether the text holds them or not
    above: str = ""  # lines of the page above the title
    url: str | None = None
    file_name: str = ""
    given: str | None = None
    captured_at: str = ""


def find_published(text: str, context: Context) -> Published:
    """The date of publication on the firmest ground there is; nothing when there is none.

    A day and month without a year are no date of publication, but in a wire's dateline they give
    ``XXXX-01-04``.
    """
    limit = _limit(context.captured_at)
    head = head_lines(text)
    banner = _banner(top_lines(text)[:BANNER_LINES], limit)
    for found in (
        _plain(context.metadata, "metadata", limit),
        _plain(context.header, "header", limit),
        _dateline(text, head, banner, limit),
        _elsewhere(context.head, limit),
        _in_address(context.url, "url", limit),
        Published(context.given, "given") if context.given else None,
        _from_banner(text, banner),
        _from_page_banner(text, context.above, limit),
        _in_address(context.file_name, "file name", limit),
        _yearless_dateline(head),
    ):
        if found is not None:
            return found
    return Published()


def _limit(captured_at: str) -> date:
    """The last day on which what was captured can have been published; a day of slack for time zones."""
    try:
        return date.fromisoformat(captured_at[:10]) + timedelta(days=1)
    except (ValueError, OverflowError):
        return date.max


def _plain(value: str | None, ground: str, limit: date) -> Published | None:
    """A date from metadata or a header, unless it is none or after the capture."""
    try:
        earliest = edtf.bounds(value).earliest
    except ValueError:
        return None
    if value is None or (earliest is not None and earliest > limit):
        return None
    return Published(value, ground)


def _in_address(address: str | None, ground: str, limit: date) -> Published | None:
    """The one full date in a URL or a file's name."""
    days = set()
    for year, month, day in _IN_ADDRESS.findall(address or ""):
        try:
            days.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    days = {day for day in days if day <= limit}
    return Published(days.pop().isoformat(), ground) if len(days) == 1 else None


# ------------------------------------------------------------------------------------ date lines


def _dateline(text: str, head: Sequence[HeadLine], banner: HeadLine | None, limit: date) -> Published | None:
    """The first date line; one that tells of a later update only when there is no other."""
    later: Published | None = None
    for line in head:
        if line == banner:
            continue
        for day in find_days(line.text, 0, LINE_READ):
            readings = tuple(one for one in day.readings if one <= limit)
            if not readings:
                continue
            kind = _kind(line.text, day)
            if kind == "later":
                later = later or _updated(line, day, readings[-1])
            elif kind is not None:
                return _resolved(text, line, day, readings)
    return later


def _elsewhere(head: str, limit: date) -> Published | None:
    """A date line in what the page shows under its title but the text leaves out."""
    found = _dateline(head, head_lines(head), None, limit)
    return found._replace(spans=()) if found else None


def _kind(line: str, day: Day) -> str | None:
    """How the line gives the date: "label", "later", "byline", "bare", "wire", "glued" (to the
    first sentence, its line break lost), or None for prose."""
    before, after = line[: day.start], line[day.end :]
    if _WIRE_BEFORE.match(before) and _WIRE_AFTER.match(after):
        return "wire"
    if not before.strip() and after[:1].isalpha():
        return "glued"
    if len(line) > DATE_LINE_LENGTH:
        return None
    if label := _LABEL.search(before):
        return "later" if label["later"] else "label"
    if _BY.match(before) and len(before.split()) <= 10:
        return "byline"
    return "bare" if _is_bare(before, after) else None


def _is_bare(before: str, after: str) -> bool:
    """Whether there is hardly anything beside the date, and nothing that makes it part of a phrase."""
    if _PREPOSITION.search(before):
        return False
    words = _other_words(before, after)
    return len(words) <= BARE_WORDS and all(word[:1].isupper() for word in words)


def _other_words(before: str, after: str) -> list[str]:
    return re.findall(r"[^\W\d_][\w'’&.-]*", _CLOCK.sub(" ", f"{before} | {after}"))


def _resolved(text: str, line: HeadLine, day: Day, readings: tuple[date, ...]) -> Published:
    """The day; where day and month may be swapped, the one that the text names, else both in a range."""
    spans = (_span(line, day),)
    if len(readings) == 1:
        return Published(readings[0].isoformat(), "dateline", spans)
    named = {(one.month, one.day) for one in find_yearless(text)}
    named |= {(one.readings[0].month, one.readings[0].day) for one in find_days(text) if not one.numeric}
    fitting = [one for one in readings if (one.month, one.day) in named]
    if len(fitting) == 1:
        return Published(fitting[0].isoformat(), "dateline", spans)
    words = line.text[day.start : day.end]
    flag = f"date line {words!r} may mean {readings[0]} or {readings[-1]}"
    return Published(f"[{readings[0]}..{readings[-1]}]", "dateline", spans, (flag,))


def _updated(line: HeadLine, day: Day, one: date) -> Published:
    flag = f"{one} is the day of an update; publication was that day or before"
    return Published(f"{one}?", "dateline", (_span(line, day),), (flag,))


def _span(line: HeadLine, day: Day) -> Span:
    return Span(line.span.start + day.start, line.span.start + day.end)


def _yearless_dateline(head: Sequence[HeadLine]) -> Published | None:
    """A wire's dateline with month and day: ``FREETOWN, Jan 4 (ABC) -``."""
    for line in head:
        start = line.text[:120]
        for day in find_yearless(start):
            if _WIRE_BEFORE.match(start[: day.start]) and _WIRE_AFTER.match(start[day.end :]):
                span = Span(line.span.start + day.start, line.span.start + day.end)
                return Published(f"XXXX-{day.month:02d}-{day.day:02d}", "dateline", (span,))
    return None


# ----------------------------------------------------------------------------------- page banners


def _banner(top: Sequence[HeadLine], limit: date) -> HeadLine | None:
    """The line with weekday and date, and hardly more, that stands above the headline."""
    for line in top:
        day = next(find_days(line.text, 0, LINE_READ), None)
        if day is not None:
            return line if _is_banner(line.text, day, limit) else None
        if len(line.text.split(None, BARE_WORDS)) > BARE_WORDS:
            return None
    return None


def _is_banner(line: str, day: Day, limit: date) -> bool:
    words = _other_words(line[: day.start], line[day.end :])
    stands = day.weekday and len(words) <= BARE_WORDS and not _LABEL.search(line[: day.start])
    return stands and day.readings[0] <= limit


def _from_banner(text: str, banner: HeadLine | None) -> Published | None:
    """The banner's day where the text agrees with it, else a range that ends with it."""
    if banner is None:
        return None
    day = next(find_days(banner.text))
    return _bounded(text, banner.span.end, day.readings[0], (_span(banner, day),))


def _from_page_banner(text: str, above: str, limit: date) -> Published | None:
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
