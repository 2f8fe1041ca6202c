"""A picture with its table, as every format shows it."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from tidewaiter.model import Citation


class Cell(NamedTuple):
    """One cell of a picture's table."""

    text: str
    citations: tuple[Citation, ...] = ()
    document: str | None = None  # id of the report that it names


class Picture(NamedTuple):
    """A picture with what it says in words, and as a table."""

    key: str  # map, origin-graph, amounts
    id: str  # begins the ids in it
    short: str  # a word or two, for a list of contents
    title: str
    note: str
    svg: Markup | None  # None: too little to draw; the note says what is lacking
    head: tuple[str, ...]
    widths: tuple[float, ...]  # of the columns, as shares
    rows: tuple[tuple[Cell, ...], ...]
    credit: str = ""  # whose the data are
    small: Markup | None = None  # for a phone, where it is asked for


def markup(svg: str | None) -> Markup | None:
    """A picture as markup: the text in it is escaped by the canvas."""
    return None if svg is None else Markup(svg)
