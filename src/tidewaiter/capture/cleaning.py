"""Debris and boilerplate out of a text, with an exact map back.

Nothing is put in but line breaks, a space where a line was wrapped, and the characters that entities
stand for; nothing is changed; what is not plainly debris stays.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache, partial

from tidewaiter.capture.boilerplate import keep_lines
from tidewaiter.capture.lines import Line, lines, unwrap
from tidewaiter.capture.mapped import Builder, Mapped, through
from tidewaiter.capture.markup import strip_markup
from tidewaiter.knowledge import Knowledge

CLEANER = "clean-3"
"""Version of the cleaner; it changes whenever the same bytes would give another text."""

BOILERPLATE_TABLE = "boilerplate"

# A date that archives of crawled news put before the text, " date 2022-11-03 ", or " date 2022-11 " where
# they know the month only.
_HEADER = re.compile(r"[\s\ufeff]*date[^\S\n](\d{4}-(?:\d{2}-\d{2}|(?:0[1-9]|1[0-2])(?![/.]\d)))(?![\w-])")


@lru_cache(maxsize=4)
def cleaner_version(tables: Knowledge) -> str:
    """Version of the cleaner together with the boilerplate table that it works with."""
    rows = repr([sorted(row.items()) for row in tables.table(BOILERPLATE_TABLE)])
    return f"{CLEANER}-{hashlib.sha256(rows.encode()).hexdigest()[:8]}"


def clean(body: Mapped, tables: Knowledge) -> tuple[Mapped, str | None]:
    """The cleaned text, mapped to the source of ``body``, and the date in its leading header (EDTF)."""
    header = _HEADER.match(body.text)
    text = body
    for step in (
        partial(strip_markup, start=header.end() if header else 0),
        unwrap,
        partial(_kept, tables=tables),
    ):
        text = through(step(text.text), text)
    return text, header[1] if header else None


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
