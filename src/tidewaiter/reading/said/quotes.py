"""Quotation marks: where words are given as somebody's own.

Marks are read by shape and surroundings, paragraph by paragraph, so that one mark that is missing
spoils at most its own paragraph.  Straight, curly, low, angle and doubled single marks count as
double marks; single marks count only outside double ones, and only where they cannot be apostrophes.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tidewaiter.model import Span

OPENING = "“„«‹‟"
CLOSING = "”»›"
STRAIGHT = '"＂'
MARKS = OPENING + CLOSING + STRAIGHT
_DOUBLE = re.compile(rf"''|``|’’|‘‘|[{MARKS}]")
_SINGLE_OPEN = re.compile(r"(?:(?<=^)|(?<=[\s(\[—–-]))[‘'’](?=\w)", re.MULTILINE)
_SINGLE_CLOSE = re.compile(r"[’'](?!\w)")
_LINE = re.compile(r"[^\n]+")
_NOT_LEFT_OF_A_CLOSER = " \t\u00a0([{—–-"

LONGEST_SINGLE = 400
"""Characters between single marks; beyond it two apostrophes are likelier than a quotation."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, with the marks that are there."""

    span: Span
    opened: bool = True  # False: the opening mark is missing
    closed: bool = True  # False: no closing mark in its paragraph (it goes on in the next, or it is missing)
    continues: bool = False  # it goes on from the one before, which its paragraph's end left open


def has_marks(text: str) -> bool:
    """Whether the text has a mark that can only be a quotation mark."""
    return bool(_DOUBLE.search(text))


def home_of(position: int, quotations: Sequence[Quotation]) -> Span | None:
    """The quotation in which a position lies."""
    return next((one.span for one in touching(Span(position, position + 1), quotations)), None)


def touching(span: Span, quotations: Sequence[Quotation]) -> Sequence[Quotation]:
    """The quotations that share a character with ``span``; found by halves, for they stand in order."""
    first = bisect_right(quotations, span.start, key=lambda one: one.span.end)
    return quotations[first : bisect_left(quotations, span.end, first, key=lambda one: one.span.start)]


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of a text, in order, never overlapping, each inside one line."""
    found: list[Quotation] = []
    for line in _LINE.finditer(text):
        doubles = list(_doubles(text, line.start(), line.end()))
        if doubles and found and not found[-1].closed:
            doubles[0] = _going_on(text, line.start(), doubles[0])
        found += doubles
        found += _singles(text, line.start(), line.end(), doubles)
    return tuple(sorted(found, key=lambda quotation: quotation.span))


def _going_on(text: str, start: int, first: Quotation) -> Quotation:
    """The first quotation of a line after one left open: it goes on when it opens the line, or when it
    only closes."""
    if not first.opened:
        begin = start + len(text[start : first.span.end]) - len(text[start : first.span.end].lstrip())
        return replace(first, span=Span(begin, first.span.end), continues=True)
    return replace(first, continues=not text[start : first.span.start].strip())


def _doubles(text: str, start: int, end: int) -> Iterator[Quotation]:
    opened: int | None = None
    after = start  # end of the last quotation
    for mark in _DOUBLE.finditer(text, start, end):
        if opened is None and _closes(text, mark, start, end):
            yield Quotation(Span(_first_word(text, after, mark.start()), mark.end()), opened=False)
            after = mark.end()
        elif opened is None:
            opened = mark.start()
        elif mark[0] not in OPENING or _closes(text, mark, start, end):
            yield Quotation(Span(opened, mark.end()))
            opened, after = None, mark.end()
    if opened is not None and text[opened:end].strip(MARKS + "'`’‘ \t"):
        yield Quotation(Span(opened, opened + len(text[opened:end].rstrip())), closed=False)


def _closes(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether a mark can only close: by its shape, or a straight one by what stands at its sides."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    glued = before not in _NOT_LEFT_OF_A_CLOSER and not after.isalnum()
    if mark[0] in CLOSING or mark[0] == "’’":
        return mark.start() > start
    return glued and mark.start() > start


def _first_word(text: str, start: int, end: int) -> int:
    """Where the sentence that a lone closing mark ends begins."""
    last_stop = max(text.rfind(stop, start, end - 1) for stop in (". ", "? ", "! ", ": "))
    begin = max(start, last_stop + 1)
    while begin < end and not text[begin].isalnum():
        begin += 1
    return min(begin, end)


def _singles(text: str, start: int, end: int, doubles: list[Quotation]) -> Iterator[Quotation]:
    position = start
    while mark := _SINGLE_OPEN.search(text, position, end):
        position = mark.end()
        if any(quotation.span.start <= mark.start() < quotation.span.end for quotation in doubles):
            continue
        limit = min(
            [end, mark.end() + LONGEST_SINGLE]
            + [quotation.span.start for quotation in doubles if quotation.span.start > mark.start()]
        )
        closer = _closer(text, mark.end(), limit)
        if closer is not None:
            yield Quotation(Span(mark.start(), closer))
            position = closer


def _closer(text: str, start: int, end: int) -> int | None:
    """End of the closing single mark: one after punctuation if there is any, else the first that a
    plural's apostrophe cannot be."""
    closers = list(_SINGLE_CLOSE.finditer(text, start, end))
    best = next((mark for mark in closers if text[mark.start() - 1] in ",.?!"), None)
    if best is None:
        best = next((mark for mark in closers if text[mark.start() - 1] != "s"), None)
    if best is None and closers:
        best = closers[-1]
    return best.end() if best else None
