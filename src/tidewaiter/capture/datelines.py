"""Date lines, bylines and wire datelines near the top of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tidewaiter.capture.days import Day, find_days, find_yearless
from tidewaiter.capture.headings import HeadLine, head_lines
from tidewaiter.model import Span, Spans

DATE_LINE_LENGTH = 160  # characters; longer lines are prose or captions
LINE_READ = 400  # characters of a line in which a date line can stand
BARE_WORDS = 4
"""A date line may hold so many other words: an outlet, a place, a section, a name."""

LABEL = re.compile(
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


class Published(NamedTuple):
    """The date (EDTF) with its ground and the words it was read from."""

    edtf: str | None = None
    ground: str | None = None
    spans: Spans = ()
    flags: tuple[str, ...] = ()


def find_dateline(
    text: str, head: Sequence[HeadLine], banner: HeadLine | None, limit: date
) -> Published | None:
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


def find_dateline_to_come(head: Sequence[HeadLine], limit: date) -> str | None:
    """The words of the first date line that can only mean a day after ``limit``."""
    for line in head:
        for day in find_days(line.text, 0, LINE_READ):
            if day.readings[0] > limit and _kind(line.text, day) is not None:
                return line.text[day.start : day.end]
    return None


def find_elsewhere(head: str, limit: date) -> Published | None:
    """A date line in what the page shows under its title but the text leaves out."""
    found = find_dateline(head, head_lines(head), None, limit)
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
    if label := LABEL.search(before):
        return "later" if label["later"] else "label"
    if _BY.match(before) and len(before.split()) <= 10:
        return "byline"
    return "bare" if _is_bare(before, after) else None


def _is_bare(before: str, after: str) -> bool:
    """Whether there is hardly anything beside the date, and nothing that makes it part of a phrase."""
    if _PREPOSITION.search(before):
        return False
    words = other_words(before, after)
    return len(words) <= BARE_WORDS and all(word[:1].isupper() for word in words)


def other_words(before: str, after: str) -> list[str]:
    """The words of a line beside a date, those of a clock left out."""
    return re.findall(r"[^\W\d_][\w'’&.-]*", _CLOCK.sub(" ", f"{before} | {after}"))


def _resolved(text: str, line: HeadLine, day: Day, readings: tuple[date, ...]) -> Published:
    """The day; where day and month may be swapped, the one that the text names, else both in a range."""
    spans = (span_of(line, day),)
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
    return Published(f"{one}?", "dateline", (span_of(line, day),), (flag,))


def span_of(line: HeadLine, day: Day) -> Span:
    """Where in the text a date of one of its lines stands."""
    return Span(line.span.start + day.start, line.span.start + day.end)


def find_yearless_dateline(head: Sequence[HeadLine]) -> Published | None:
    """A wire's dateline with month and day: ``FREETOWN, Jan 4 (ABC) -``."""
    for line in head:
        start = line.text[:120]
        for day in find_yearless(start):
            if _WIRE_BEFORE.match(start[: day.start]) and _WIRE_AFTER.match(start[day.end :]):
                span = Span(line.span.start + day.start, line.span.start + day.end)
                return Published(f"XXXX-{day.month:02d}-{day.day:02d}", "dateline", (span,))
    return None
