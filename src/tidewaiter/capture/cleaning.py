"""Debris and boilerplate out of a text, with an exact map back.

Nothing is put in but line breaks, a space where a line was wrapped, and the characters that entities
stand for; nothing is changed; what is not plainly debris stays.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from tidewaiter.capture.boilerplate import Line, keep_lines
from tidewaiter.capture.mapped import Builder, Mapped, through
from tidewaiter.capture.markup import strip_markup
from tidewaiter.knowledge import Knowledge

CLEANER = "clean-1"
"""Version of the cleaner; it changes whenever the same bytes would give another text."""

BOILERPLATE_TABLE = "boilerplate"

Step = Callable[[str], Mapped]

# A date that archives of crawled news put before the text, " date 2022-11-03 ".
_HEADER = re.compile(r"[\s\ufeff]*date[^\S\n](\d{4}-\d{2}-\d{2})(?![\w-])")

# Whatever some program takes for the end of a line; spaCy and people should see the same lines.
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@lru_cache(maxsize=4)
def cleaner_version(tables: Knowledge) -> str:
    """Version of the cleaner together with the boilerplate table that it works with."""
    rows = repr([sorted(row.items()) for row in tables.table(BOILERPLATE_TABLE)])
    return f"{CLEANER}-{hashlib.sha256(rows.encode()).hexdigest()[:8]}"


def clean(body: Mapped, tables: Knowledge) -> tuple[Mapped, str | None]:
    """The cleaned text, mapped to the source of ``body``, and the day in its leading header if any."""
    header = _HEADER.match(body.text)
    start = header.end() if header else 0
    stripped = through(strip_markup(body.text, start), body)
    lined = through(_kept(stripped.text, tables), stripped)
    return lined, header[1] if header else None


def _kept(text: str, tables: Knowledge) -> Mapped:
    """The lines of ``text`` that belong to the article; blank lines between paragraphs, once."""
    builder = Builder(text)
    previous: Line | None = None
    for line in keep_lines(tuple(lines(text)), tables):
        if previous is not None:
            separator = "\n\n" if line.paragraph or line.number != previous.number + 1 else "\n"
            builder.join(separator, previous.end, line.start)
        builder.keep(line.start, line.end)
        previous = line
    return builder.done()


def lines(text: str) -> Iterator[Line]:
    """The lines that hold something, without the space around them."""
    before = 0
    for number, found in enumerate(_stretches(text)):
        start, end = found
        paragraph = len(_BREAK.findall(text, before, start)) > 1
        before = end
        yield Line(number, start, end, text[start:end], paragraph)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    for found in _LINE.finditer(text):
        content = found[0].strip()
        if content:
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            yield start, start + len(content)
