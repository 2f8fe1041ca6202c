"""TimeBank as its authors give it: news reports with their dates in TimeML, where somebody has them at hand.

Nothing of it is in this repository but figures.  Every third report, by name, is held out: it is scored, and
nobody looks at what went wrong there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from tidewaiter.model import Span

THIRDS = ("development", "held-out")

_COUNTED = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class Date(NamedTuple):
    """An annotated date with its value: a year, a month or a day."""

    span: Span
    value: str


class Report(NamedTuple):
    """One report: its text, the day it was made, the dates that count, and every annotated time."""

    id: str
    text: str
    published: str
    wanted: tuple[Date, ...]
    times: tuple[Span, ...]


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.tml"))


def third(number: int) -> str:
    """Which of ``THIRDS`` the report at that place, by name, belongs to."""
    return THIRDS[number % 3 == 2]


def report(path: Path) -> Report:
    """What one file tells.  The creation time stands outside the text, so it is none of the dates."""
    root = ElementTree.parse(path).getroot()
    created, text = root.find("DCT/TIMEX3"), root.find("TEXT")
    if created is None or text is None:
        raise ValueError(f"{path}: no creation time or no text")
    body = "".join(text.itertext())
    marked = list(_marked(text, 0))
    wanted = tuple(
        Date(span, one.get("value", ""))
        for span, one in marked
        if one.get("type") == "DATE" and _COUNTED.fullmatch(one.get("value", ""))
    )
    published = created.get("value", "")[:10]
    return Report(path.stem, body, published, wanted, tuple(span for span, _ in marked))


def _marked(element: ElementTree.Element, start: int) -> Iterator[tuple[Span, ElementTree.Element]]:
    """The times inside an element whose text begins at ``start``, with their places."""
    at = start + len(element.text or "")
    for child in element:
        length = len("".join(child.itertext()))
        if child.tag == "TIMEX3":
            yield Span(at, at + length), child
        yield from _marked(child, at)
        at += length + len(child.tail or "")
