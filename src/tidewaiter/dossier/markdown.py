"""A dossier as GitHub-flavoured Markdown, with the cited words as footnotes.

What a report says stays text: whatever Markdown would take for markup is escaped, addresses are no links,
and characters that turn the writing direction are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tidewaiter.characters import one_line, shown_quote, unmarked
from tidewaiter.dossier.blocks import (
    Block,
    Facts,
    Footnote,
    Heading,
    Items,
    Line,
    Notes,
    Paper,
    Paragraph,
    Table,
    Words,
)

_AT_THE_START = re.compile(r"^(\s*)(?:([#+=-])|(\d+)([.)]))")
_NO_SLUG = re.compile(r"[^\w\- ]")

TICKS = "`"


def as_markdown(paper: Paper) -> str:
    """The dossier as one text."""
    parts = [f"# {unmarked(paper.title)}", f"*{unmarked(paper.kicker)}*"]
    parts += [_start(unmarked(line)) for line in paper.lines]
    parts.append("## Summary")
    parts += _blocks(paper.first)
    parts.append("## Contents")
    parts.append("\n".join(_contents(paper)))
    parts += _blocks(paper.body)
    if paper.footnotes:
        parts.append("## The words cited")
        parts.append(
            "\n".join(
                f"[^{one.number}]: “{unmarked(one.quote)}” {unmarked(one.where)}{_source(one)}."
                for one in paper.footnotes
            )
        )
    return "\n\n".join(parts) + "\n"


def _source(note: Footnote) -> str:
    """Where the list of sources has the report."""
    return f" (source {note.source})" if note.source else ""


def _contents(paper: Paper) -> Iterator[str]:
    """Links to the headings, as GitHub names them."""
    taken: dict[str, int] = {}
    headings = [one for one in paper.first if isinstance(one, Heading)]
    for text in (paper.title, "Summary", *(one.text for one in headings), "Contents"):
        _slug(text, taken)
    for block in paper.body:
        if isinstance(block, Heading):
            slug = _slug(block.text, taken)
            if block.level < 3 and not block.small:
                yield f"{'  ' * (block.level - 1)}- [{unmarked(block.text)}](#{slug})"


def _slug(text: str, taken: dict[str, int]) -> str:
    """The anchor that GitHub gives a heading: small letters, no punctuation, hyphens for spaces, a number
    where it was taken before."""
    slug = _NO_SLUG.sub("", one_line(text).lower()).replace(" ", "-")
    count = taken.get(slug, 0)
    taken[slug] = count + 1
    return slug if count == 0 else f"{slug}-{count}"


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        text = _block(block)
        if text:
            yield text


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 1)} {unmarked(block.text)}"
    if isinstance(block, Paragraph):
        line = _line(block.line)
        return f"> {_start(line)}" if block.style == "notice" else _start(line)
    if isinstance(block, Items):
        return "\n".join(f"- {_start(_line(item))}" for item in block.items)
    if isinstance(block, Facts):
        return "\n".join(f"- **{unmarked(label)}:** {_line(line)}" for label, line in block.rows)
    if isinstance(block, Table):
        return "\n".join(_table(block))
    return ""  # a picture: the table after it has the same


def _table(table: Table) -> Iterator[str]:
    yield f"| {' | '.join(map(unmarked, table.head))} |"
    yield f"|{' --- |' * len(table.head)}"
    for row in table.rows:
        yield f"| {' | '.join(_line(cell) for cell in row)} |"


def _line(line: Line) -> str:
    return "".join(_words(one) if isinstance(one, Words) else _notes(one) for one in line).strip()


def _notes(notes: Notes) -> str:
    return "".join(f"[^{number}]" for number in notes.numbers)


def _words(words: Words) -> str:
    if words.style == "quote":
        return f"“{unmarked(shown_quote(words.text))}”"
    if words.style == "code":
        return _code(words.text)
    text = unmarked(words.text)
    if words.style in ("strong", "asserts", "denies", "doubts", "declines") and text.strip():
        return f"**{text.strip()}**"
    return text


def _code(text: str) -> str:
    """A code span that nothing in ``text`` can end.  In a table a pipe would: there is no code in tables."""
    inner = one_line(text)
    longest = max((len(run) for run in re.findall("`+", inner)), default=0)
    fence = TICKS * (longest + 1)
    return f"{fence} {inner} {fence}" if longest or not inner else f"{fence}{inner}{fence}"


def _start(text: str) -> str:
    """``text`` as a line that begins neither a heading nor a list."""
    return _AT_THE_START.sub(
        lambda found: f"\\{found[2]}" if found[2] else f"{found[3]}\\{found[4]}", text, count=1
    )
