"""A dossier as headings, paragraphs, lists and tables, for the formats that are written and not filled in.

Everything in it is text: what a report says cannot become markup, whatever the format.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Text in one style: ``""``, ``strong``, ``quiet``, ``quote`` (words of a report), ``code``."""

    text: str
    style: str = ""
    to: str = ""  # id of the heading that it leads to


@dataclass(frozen=True, slots=True)
class Notes:
    """Numbers of citations."""

    numbers: tuple[int, ...]


Line = tuple[Words | Notes, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    level: int  # 1: a section
    text: str
    id: str
    small: bool = False  # not among the contents


@dataclass(frozen=True, slots=True)
class Paragraph:
    line: Line
    style: str = ""  # "": running text, "quiet", "notice"; "side" and "who": above what belongs to them


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Line, ...]
    style: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with what belongs to each."""

    rows: tuple[tuple[str, Line], ...]
    style: str = ""  # "answers": the first page's


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    widths: tuple[float, ...]  # shares of the page's width
    style: str = ""  # "wide": the page lies on its side


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG picture; formats without pictures leave it out, the table after it has the same."""

    svg: str
    title: str  # what it is of
    caption: str  # what it shows
    is_small: bool = False  # of a transfer: narrower than the page


Block = Heading | Paragraph | Items | Facts | Table | Picture


@dataclass(frozen=True, slots=True)
class Footnote:
    """The words behind a number, and where they stand."""

    number: int
    quote: str
    where: str  # the report, its day, and which characters of its text
    source: int = 0  # its number in the list of sources; 0: not in it
    to: str = ""  # id of the heading of that source


@dataclass(frozen=True, slots=True)
class Paper:
    """A dossier."""

    title: str
    kicker: str
    lines: tuple[str, ...]  # below the title: of what day it is, of how much of the case
    first: tuple[Block, ...]  # the first page
    body: tuple[Block, ...]
    footnotes: tuple[Footnote, ...]
    running: str  # at the head of each page
    day: str | None  # ISO day that the file bears
