"""A dossier as PDF, set by Typst.

The template is ours; what the reports say goes to it as JSON, so that nothing in it is ever read as markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tidewaiter.characters import breakable, isolated, one_line
from tidewaiter.dossier.blocks import (
    Block,
    Facts,
    Heading,
    Items,
    Line,
    Notes,
    Paper,
    Paragraph,
    Picture,
    Table,
    Words,
)
from tidewaiter.dossier.scripts import Missing, missing_in
from tidewaiter.errors import ModelError

TEMPLATE = Path(__file__).parent / "templates" / "dossier.typ"

INSTALL = 'pip install "typst>=0.15.2,<0.16"'
"""As the extra ``pdf`` in pyproject.toml has it."""

FONT = "Libertinus Serif"
"""Comes with the compiler, so that a page looks the same everywhere; other scripts are set in what the
machine has."""

ARCHIVAL = ("a-2a", "ua-1")
"""PDF/A-2a and PDF/UA-1 (ISO 19005-2, ISO 14289-1): to keep, and to be read aloud.  Both ask that every
character has a glyph, and the compiler names those that have none."""

LONGEST_WORD = 30
"""Characters without a space that are broken nowhere."""

LONGEST_CODE = 64
"""The same of paths and hashes; a SHA-256 stays on one line."""

LONGEST_ROW = 1_500
"""Characters of a table's row that stays on one page; the longest cell of it then fills about half of one."""

_COUNTED = re.compile(r"(?<![\w.,-])(\d{1,3}(?:,\d{3})*) (?=[^\W\d_])")
"""A number and the space before what it counts, or before its month."""

_FAMILY = re.compile(r'font-family="[^"]*"')


class Typeset(NamedTuple):
    """The file, and what could not be shown in it."""

    pdf: bytes
    missing: Missing | None


def as_pdf(paper: Paper) -> Typeset:
    """The dossier as PDF; equal input gives equal bytes on one machine.

    Raises ``ModelError`` where Typst is not installed.
    """
    typst = _typst()
    data = _paper(paper)
    try:
        return Typeset(_compiled(typst, data, ARCHIVAL), None)
    except typst.TypstError as error:
        missing = missing_in(error.diagnostic)
    if missing is not None:
        data["missing"] = missing.words
    return Typeset(_compiled(typst, data, ()), missing)


def _compiled(typst: Any, data: Mapping[str, Any], standards: Sequence[str]) -> bytes:
    made: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"dossier": json.dumps(data, ensure_ascii=False)},
        pdf_standards=list(standards),
        timestamp=0,
    )
    return made


def _typst() -> Any:
    try:
        import typst
    except ImportError as error:
        raise ModelError(
            "PDF needs Typst, which is not installed", where="report --format pdf", todo=f"Run: {INSTALL}"
        ) from error
    return typst


def _paper(paper: Paper) -> dict[str, Any]:
    told: set[int] = set()
    body = [
        {"flipped": any(map(_is_wide, part)), "blocks": [_block(block, told) for block in part]}
        for part in _parts(paper.body)
    ]
    first = [_block(block, told) for block in paper.first]  # its numbers lead to the words in the body
    return {
        "title": _shown(paper.title),
        "kicker": paper.kicker,
        "lines": [_shown(line) for line in paper.lines],
        "running": _shown(paper.running),
        "day": None if paper.day is None else [int(part) for part in paper.day.split("-")],
        "missing": "",
        "raised": any(isinstance(one, Notes) for block in paper.first for one in _parts_of(block)),
        "first": first,
        "body": body,
        "notes": {
            str(one.number): {
                "quote": _shown(one.quote),
                "where": _shown(one.where),
                "source": one.source,
                "to": one.to,
            }
            for one in paper.footnotes
        },
    }


def _parts_of(block: Block) -> Iterator[Words | Notes]:
    """The words and numbers of the answers on the first page."""
    if isinstance(block, Facts):
        for _, line in block.rows:
            yield from line


def _parts(blocks: Sequence[Block]) -> list[list[Block]]:
    """The sections, each with its heading: one with a wide table is set on pages that lie on their side."""
    parts: list[list[Block]] = []
    for block in blocks:
        if not parts or (isinstance(block, Heading) and block.level == 1):
            parts.append([])
        parts[-1].append(block)
    return parts


def _is_wide(block: Block) -> bool:
    return isinstance(block, Table) and block.style == "wide"


def _block(block: Block, told: set[int]) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {
            "is": "heading",
            "level": block.level,
            "text": _shown(block.text),
            "id": block.id,
            "small": block.small,
        }
    if isinstance(block, Paragraph):
        return {"is": "paragraph", "line": _line(block.line, told), "style": block.style}
    if isinstance(block, Items):
        return {"is": "items", "items": [_line(item, told) for item in block.items], "style": block.style}
    if isinstance(block, Facts):
        return {
            "is": "facts",
            "rows": [[_shown(label), _line(line, told)] for label, line in block.rows],
            "style": block.style,
        }
    if isinstance(block, Table):
        return {
            "is": "table",
            "head": list(block.head),
            "rows": [
                {"whole": _length(row) < LONGEST_ROW, "cells": [_line(cell, told) for cell in row]}
                for row in block.rows
            ],
            "widths": list(block.widths),
            "style": block.style,
        }
    assert isinstance(block, Picture)
    return {
        "is": "picture",
        "svg": _FAMILY.sub(f'font-family="{FONT}"', block.svg),
        "title": _shown(block.title),
        "caption": _shown(block.caption),
        "small": block.is_small,
    }


def _line(line: Line, told: set[int]) -> list[dict[str, Any]]:
    """``told``: citations whose words stand at the foot of a page already."""
    parts: list[dict[str, Any]] = []
    for one in line:
        if isinstance(one, Words):
            longest = LONGEST_CODE if one.style == "code" else LONGEST_WORD
            text = _shown(one.text, longest)
            parts.append({"text": text, "style": one.style, "to": one.to})
        else:
            parts.append({"notes": [[str(number), number not in told] for number in one.numbers]})
            told.update(one.numbers)
    return parts


def _shown(text: str, longest: int = LONGEST_WORD) -> str:
    """``text`` as it is set: on one line that can be broken, whichever way it is written."""
    return _COUNTED.sub("\\1\u00a0", breakable(isolated(one_line(text)), longest))


def _length(row: Sequence[Line]) -> int:
    return sum(len(one.text) for line in row for one in line if isinstance(one, Words))
