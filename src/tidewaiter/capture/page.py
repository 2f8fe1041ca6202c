"""The text nodes of an HTML page, in order, mapped to its source.

A parser that keeps no positions cannot say where a word of the article stands in the page; this
reads tags, comments and text only, in one pass and in time linear in the length of the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from tidewaiter.capture.mapped import Builder, Mapped
from tidewaiter.capture.markup import character

BLOCK = "\x1e"
"""Stands in the visible text where a block begins or ends; ASCII's record separator."""
BREAK = "\x1f"
"""Stands in the visible text for ``<br>``."""

_INLINE = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|meter|noscript|q|s"
    "|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr|amp-link"
)
_NOT_SHOWN = re.compile("script|style|template|textarea|title|iframe|noembed|noframes|xmp")
_NAME = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,60})")
_TAG_STOP = re.compile(r"""=\s{0,9}["']|>""")  # a quotation mark elsewhere in a tag means nothing
_ENTITY = re.compile(r"&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};)")


_HEADING = re.compile("h[1-6]")


class PageHeading(NamedTuple):
    """Where the contents of a heading stand in the visible text, and its level: 1 for ``h1``."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Page:
    """``visible``: the text nodes, with ``BLOCK`` and ``BREAK`` between them; ``headings`` in order."""

    visible: Mapped
    headings: tuple[PageHeading, ...]

    def words(self, heading: PageHeading) -> str:
        """What a heading says, in one line."""
        return _line(self.visible.text[heading.start : heading.end])


def _line(text: str) -> str:
    return " ".join(text.replace(BLOCK, " ").replace(BREAK, " ").split())


def read_page(source: str) -> Page:
    """The visible text of an HTML page."""
    reader = _Reader(source)
    position = 0
    while position < len(source):
        tag = source.find("<", position)
        reader.text(position, tag if tag >= 0 else len(source))
        if tag < 0:
            break
        position = reader.tag(tag)
    return Page(reader.builder.done(), tuple(reader.headings))


class _Reader:
    """The state of one pass: what was put together, and where the open heading began."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.builder = Builder(source)
        self.headings: list[PageHeading] = []
        self._heading: int | None = None

    def text(self, start: int, end: int) -> None:
        """Take a text node."""
        position = start
        for found in _ENTITY.finditer(self.source, start, end):
            self.builder.keep(position, found.start())
            self.builder.insert(character(found[0]))
            position = found.end()
        self.builder.keep(position, end)

    def tag(self, start: int) -> int:
        """Take what begins with ``<``; returns where it ends."""
        if self.source.startswith("<!--", start):
            return self._after("-->", start + 4)
        if self.source.startswith(("<!", "<?", "</"), start) and not _NAME.match(self.source, start):
            return self._after(">", start)
        found = _NAME.match(self.source, start)
        if found is None:
            self.builder.keep(start, start + 1)
            return start + 1
        closing, name = bool(found[1]), found[2].lower()
        end = self._tag_end(found.end())
        self._mark(name, closing)
        if _NOT_SHOWN.fullmatch(name) and not closing and self.source[end - 2 : end] != "/>":
            return self._content_end(name, end)
        return end

    def _mark(self, name: str, closing: bool) -> None:
        """Note what a tag means for the text: a heading begins or ends, a line or a block breaks."""
        is_heading = bool(_HEADING.fullmatch(name))
        if is_heading and closing and self._heading is not None:
            self.headings.append(PageHeading(self._heading, self.builder.length, int(name[1])))
            self._heading = None
        if not _INLINE.fullmatch(name):
            self.builder.insert(BREAK if name == "br" else BLOCK)
        if is_heading and not closing:
            self._heading = self.builder.length

    def _tag_end(self, position: int) -> int:
        """After the ``>`` of a tag; one inside a quoted attribute does not count."""
        while found := _TAG_STOP.search(self.source, position):
            if found[0] == ">":
                return found.end()
            close = self.source.find(found[0][-1], found.end())
            if close < 0:
                return self._after(">", found.end())
            position = close + 1
        return len(self.source)

    def _content_end(self, name: str, position: int) -> int:
        found = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.IGNORECASE).search(self.source, position)
        return self._tag_end(found.end()) if found else len(self.source)

    def _after(self, mark: str, position: int) -> int:
        found = self.source.find(mark, position)
        return found + len(mark) if found >= 0 else len(self.source)
