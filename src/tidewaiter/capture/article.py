"""What an extractor hands on: the article's text, mapped to the decoded capture, and its metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime

from tidewaiter import edtf
from tidewaiter.capture.days import find_days
from tidewaiter.capture.mapped import Mapped
from tidewaiter.capture.markup import visible
from tidewaiter.errors import CaptureError

_ISO = re.compile(r"((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)")

MAX_TEXT = 2_000_000
"""Characters of a report; a long novel has half of it.  The parser needs memory and time in proportion."""
METADATA_LENGTH = 2_000
"""Characters of a title, a name or an address; what is longer is none."""
MAX_LINES = 100_000
"""Lines of a report; more is a list or a log."""


@dataclass(frozen=True, slots=True)
class Article:
    """The article found in a capture; ``published`` is EDTF, from metadata alone; ``head``: lines of the
    page from its title on, where a date line may stand; ``above``: its lines above the title, where a
    banner with a date may stand."""

    body: Mapped
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    head: str = ""
    above: str = ""
    flags: tuple[str, ...] = ()

    def plain(self) -> Article:
        """The same with each value of the metadata in one line, without characters that nobody sees;
        none where it is too long for what it should be."""
        return replace(
            self,
            title=_one_line(self.title),
            outlet=_one_line(self.outlet),
            author=_one_line(self.author),
            url=_one_line(self.url),
        )


def _one_line(value: str | None) -> str | None:
    if not value or len(value) > METADATA_LENGTH:
        return None
    return " ".join(visible(value).split()) or None


def refuse_long(text: str, where: str) -> None:
    """Raise ``CaptureError`` for a text of more than ``MAX_TEXT`` characters or ``MAX_LINES`` lines;
    ``where`` names the file in it."""
    breaks = max(text.count("\n"), text.count("\r"))
    for count, most, unit in ((len(text), MAX_TEXT, "characters"), (breaks, MAX_LINES, "lines")):
        if count > most:
            raise CaptureError(
                f"the text has {count} {unit}, more than a report has ({most})",
                where=where,
                todo="Put each report in a file of its own.",
            )


def as_edtf(value: str | None) -> str | None:
    """A date of metadata as EDTF: EDTF itself, ISO 8601 with or without a time, RFC 5322, or a date in
    words; None for anything else.  The day is the one written, in the time zone written."""
    if not value:
        return None
    value = value.strip()
    if found := _ISO.match(value):
        days = list(find_days("-".join(found.groups())))
        return days[0].readings[0].isoformat() if days else None
    try:
        if edtf.bounds(value) != (None, None):
            return value
    except ValueError:
        pass
    return _from_words(value)


def _from_words(value: str) -> str | None:
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    days = list(find_days(value[:200]))
    return days[0].readings[0].isoformat() if len(days) == 1 and len(days[0].readings) == 1 else None
