"""Markdown reports: front matter, and marks out of the text."""

from __future__ import annotations

import re

from tidewaiter.capture.article import Article, as_edtf
from tidewaiter.capture.mapped import Builder, Mapped

_FRONT = re.compile(r"\ufeff?---[^\S\n]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[^\S\n]*(?:\r?\n|$)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_-]{2,20}):[^\S\n]*(\S[^\n\r]{0,500})", re.MULTILINE)
_HEADING = re.compile(r"^#[^\S\n]+([^\n\r]+?)[^\S\n]*#*[^\S\n]*$", re.MULTILINE)

# Marks at the start of a line, images, links (the words stay), emphasis around words.
_MARKS = re.compile(
    r"""
    ^[^\S\n]{0,3}(?:\#{1,6}[^\S\n]+|(?:>[^\S\n]?)+)
  | ^[^\S\n]{0,3}(?:[-*_][^\S\n]?){3,40}$
  | !\[[^\[\]\n]*\]\([^()\n]*\)
  | (?P<link>\[(?P<words>[^\[\]\n]+)\]\([^()\n]*\))
  | (?<![\w*_])(?:\*{1,3}|_{1,3})(?=[^\s*_])
  | (?<=[^\s*_])(?:\*{1,3}|_{1,3})(?![\w*_])
    """,
    re.VERBOSE | re.MULTILINE,
)


def read_markdown(decoded: str) -> Article:
    """The article of a Markdown file: fields of its front matter, its text without marks."""
    front = _FRONT.match(decoded)
    fields = (
        {name.lower(): value.strip(" \t\"'") for name, value in _FIELD.findall(front[1])} if front else {}
    )
    body = _without_marks(decoded, front.end() if front else 0)
    heading = _HEADING.search(decoded, front.end() if front else 0)
    title = fields.get("title") or (_without_marks(heading[1], 0).text if heading else None)
    return Article(
        body=body,
        title=title,
        outlet=fields.get("outlet") or fields.get("source") or fields.get("publisher"),
        author=fields.get("author") or fields.get("byline"),
        published=as_edtf(fields.get("published") or fields.get("date")),
        url=fields.get("url") or fields.get("link"),
    )


def _without_marks(text: str, start: int) -> Mapped:
    builder = Builder(text)
    position = start
    for found in _MARKS.finditer(text, start):
        builder.keep(position, found.start())
        if found["link"]:
            builder.keep(found.start("words"), found.end("words"))
        position = found.end()
    builder.keep(position, len(text))
    return builder.done()
