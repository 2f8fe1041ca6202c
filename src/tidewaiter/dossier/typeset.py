"""A dossier as PDF, set by Typst.

The template is ours; what the reports say goes to it as JSON, so that nothing in it is ever read as markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tidewaiter.dossier.blocks import (
    Block,
    Facts,
    Heading,
    Items,
    Line,
    Paper,
    Paragraph,
    Picture,
    Table,
    Words,
)
from tidewaiter.dossier.characters import one_line
from tidewaiter.dossier.scripts import Missing, missing_in
from tidewaiter.errors import ModelError

TEMPLATE = Path(__file__).parent / "templates" / "dossier.typ"

INSTALL = "pip install 'tidewaiter[pdf]'"

FONT = "Libertinus Serif"
"""Comes with the compiler, so that a page looks the same everywhere; other scripts are set in what the
machine has."""

_FAMILY = re.compile(r'font-family="[^"]*"')


class Typeset(NamedTuple):
    """The file, and what could not be shown in it."""

    pdf: bytes
    missing: Missing | None


def as_pdf(paper: Paper) -> Typeset:
    """The dossier as PDF; equal input gives equal bytes on one machine.

    Raises ``ModelError`` where Typst is not installed.
    """
    compiler = _typst()
    data = _paper(paper)
    missing = missing_in(_texts(data), FONT)
    data["missing"] = "" if missing is None else missing.words
    pdf = compiler.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"dossier": json.dumps(data, ensure_ascii=False)},
        timestamp=0,
    )
    return Typeset(pdf, missing)


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
    first = [_block(block, told) for block in paper.first]
    return {
        "title": one_line(paper.title),
        "kicker": paper.kicker,
        "lines": [one_line(line) for line in paper.lines],
        "running": one_line(paper.running),
        "day": None if paper.day is None else [int(part) for part in paper.day.split("-")],
        "first": first,
        "body": [
            {
                "flipped": any(_is_wide(block) for block in part),
                "blocks": [_block(block, told) for block in part],
            }
            for part in _parts(paper.body)
        ],
        "notes": {
            str(one.number): {"quote": one_line(one.quote), "where": one_line(one.where)}
            for one in paper.footnotes
        },
    }


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
        return {"is": "heading", "level": block.level, "text": one_line(block.text), "id": block.id}
    if isinstance(block, Paragraph):
        return {"is": "paragraph", "line": _line(block.line, told), "style": block.style}
    if isinstance(block, Items):
        return {"is": "items", "items": [_line(item, told) for item in block.items], "style": block.style}
    if isinstance(block, Facts):
        return {
            "is": "facts",
            "rows": [[one_line(label), _line(line, told)] for label, line in block.rows],
            "style": block.style,
        }
    if isinstance(block, Table):
        return {
            "is": "table",
            "head": list(block.head),
            "rows": [[_line(cell, told) for cell in row] for row in block.rows],
            "widths": list(block.widths),
            "style": block.style,
        }
    assert isinstance(block, Picture)
    return {"is": "picture", "svg": _FAMILY.sub(f'font-family="{FONT}"', block.svg), "caption": block.caption}


def _line(line: Line, told: set[int]) -> list[dict[str, Any]]:
    """``told``: citations whose words stand at the foot of a page already."""
    parts: list[dict[str, Any]] = []
    for one in line:
        if isinstance(one, Words):
            parts.append({"text": one_line(one.text), "style": one.style, "to": one.to})
        else:
            parts.append({"notes": [[str(number), number not in told] for number in one.numbers]})
            told.update(one.numbers)
    return parts


def _texts(data: object) -> Iterable[str]:
    """Every text of the dossier."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key != "svg":
                yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)
