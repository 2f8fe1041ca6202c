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

from tidewaiter import edtf
from tidewaiter.capture.banners import BANNER_LINES, find_banner, from_banner, from_page_banner
from tidewaiter.capture.datelines import (
    Published,
    find_dateline,
    find_dateline_to_come,
    find_elsewhere,
    find_yearless_dateline,
)
from tidewaiter.capture.headings import HeadLine, head_lines, top_lines

_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/.]?(0[1-9]|1[0-2])[-_/.]?(0[1-9]|[12]\d|3[01])(?!\d)")


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

    A header that has the month only gives way to a date line with a day of that month.  A day and
    month without a year are no date of publication, but in a wire's dateline they give ``XXXX-01-04``.
    """
    limit = _limit(context.captured_at)
    head = head_lines(text)
    banner = find_banner(top_lines(text)[:BANNER_LINES], limit)
    dateline = find_dateline(text, head, banner, limit)
    steps = (
        _plain(context.metadata, "metadata", limit),
        _unless_narrowed(_plain(context.header, "header", limit), dateline),
        dateline,
        find_elsewhere(context.head, limit),
        _in_address(context.url, "url", limit),
        Published(context.given, "given") if context.given else None,
        from_banner(text, banner),
        from_page_banner(text, context.above, limit),
        _in_address(context.file_name, "file name", limit),
        find_yearless_dateline(head),
    )
    found = next((one for one in steps if one is not None), Published())
    return found._replace(flags=(*found.flags, *_to_come(context, head, limit)))


def _to_come(context: Context, head: Sequence[HeadLine], limit: date) -> Iterator[str]:
    """What a reader should know of dates after the day on which the report was captured: a clock that is
    wrong, a slip of the pen, or a deceit."""
    for value, ground in ((context.metadata, "metadata"), (context.header, "header")):
        if _is_after(value, limit):
            yield f"the date in the {ground}, {value}, is after the capture: not used"
    if line := find_dateline_to_come(head, limit):
        yield f"the date line {line!r} is after the capture: not used"
    for address, ground in ((context.url, "url"), (context.file_name, "file name")):
        if days := [day for day in _days_in(address) if day > limit]:
            yield f"the date in the {ground}, {min(days)}, is after the capture: not used"
    if _is_after(context.given, limit):
        yield f"the date given, {context.given}, is after the capture"


def _limit(captured_at: str) -> date:
    """The last day on which what was captured can have been published; a day of slack for time zones."""
    try:
        return date.fromisoformat(captured_at[:10]) + timedelta(days=1)
    except (ValueError, OverflowError):
        return date.max


def _plain(value: str | None, ground: str, limit: date) -> Published | None:
    """A date from metadata or a header, unless it is none or after the capture."""
    if edtf.safe(value) is None or _is_after(value, limit):
        return None
    return Published(value, ground)


def _is_after(value: str | None, limit: date) -> bool:
    """Whether no day that the EDTF string can mean is up to ``limit``."""
    earliest = edtf.safe_bounds(value).earliest
    return earliest is not None and earliest > limit


def _unless_narrowed(header: Published | None, dateline: Published | None) -> Published | None:
    """The header's date; None where it is a month and the date line has a day of it."""
    if header and dateline and re.fullmatch(rf"{header.edtf}-\d\d", dateline.edtf or ""):
        return None
    return header


def _in_address(address: str | None, ground: str, limit: date) -> Published | None:
    """The one full date in a URL or a file's name."""
    days = {day for day in _days_in(address) if day <= limit}
    return Published(days.pop().isoformat(), ground) if len(days) == 1 else None


def _days_in(address: str | None) -> Iterator[date]:
    for year, month, day in _IN_ADDRESS.findall(address or ""):
        try:
            yield date(int(year), int(month), int(day))
        except ValueError:
            continue
