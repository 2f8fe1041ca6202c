"""Blocks of text that an extractor chose, found again in the page that they come from.

Extractors trim and join, so white space does not count in the comparison; all other characters must
be equal.  What stands in the result is the page's own text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from tidewaiter.capture.mapped import Builder, Mapped
from tidewaiter.capture.markup import HIDDEN
from tidewaiter.capture.page import BLOCK, BREAK

PROBE = 20
"""Characters that must be equal for a place to be taken for the continuation of a block; news repeats
no run of that length by chance within ``REACH``."""
REACH = 5_000  # characters of page text between two parts of one block (an advertisement, a box)
MAX_SKIPPED = 60  # characters of a block that may differ from the page before the rest is given up
FAR_PROBE = 40  # characters that must be equal for a place outside ``REACH``
SEARCHED = 200_000_000
"""Characters of the page gone through, in all, for blocks that are not where the order of the page would
have them; a bound, so that a page of unfindable blocks takes no quadratic time (0.1 s)."""

_GAP = re.compile(r"\s{2,}|[^\S ]")  # white space that is not just one space
_WORD = re.compile(rf"[^\s{HIDDEN}]+")


class Piece(NamedTuple):
    """A part of a block: a range of the page's visible text, or (``literal``) words not found in it."""

    start: int
    end: int
    literal: str
    spaced: bool  # white space stands before it


class Squeezed:
    """A text without its white space, and where each character of it stood."""

    def __init__(self, text: str) -> None:
        words = [(found.start(), found[0]) for found in _WORD.finditer(text)]
        self.source = text
        self.text = "".join(word for _, word in words)
        self._origins = [start for start, _ in words]
        self._starts: list[int] = []
        length = 0
        for _, word in words:
            self._starts.append(length)
            length += len(word)

    def origin(self, index: int) -> int:
        """Position in the source of the character ``index``."""
        word = bisect_right(self._starts, index) - 1
        return self._origins[word] + index - self._starts[word]

    def begins_word(self, index: int) -> bool:
        """Whether white space stands before the character ``index``."""
        return self._starts[bisect_right(self._starts, index) - 1] == index


class Aligner:
    """Finds blocks in a page, best in the page's order."""

    def __init__(self, visible: str) -> None:
        self._page = Squeezed(visible)
        self._cursor = 0
        self._left = SEARCHED

    def find(self, block: str) -> list[Piece]:
        """The parts of ``block``, in order; empty for a block of white space."""
        wanted = Squeezed(block)
        if not wanted.text:
            return []
        start = self._search(wanted.text)
        if start >= 0:
            self._cursor = start + len(wanted.text)
            return [self._piece(start, self._cursor, True)]
        return self._parts(wanted)

    def _search(self, text: str) -> int:
        """Where ``text`` stands: after the block before, else anywhere; -1 when nowhere."""
        found = self._page.text.find(text, self._cursor, self._cursor + REACH + len(text))
        return found if found >= 0 else self._search_far(text)

    def _search_far(self, text: str) -> int:
        """Where ``text`` stands below, else above; -1 when nowhere or when enough was searched."""
        if self._left <= 0:
            return -1
        self._left -= len(self._page.text)
        found = self._page.text.find(text, self._cursor)
        return found if found >= 0 else self._page.text.find(text, 0, self._cursor)

    def _piece(self, start: int, end: int, spaced: bool) -> Piece:
        return Piece(self._page.origin(start), self._page.origin(end - 1) + 1, "", spaced)

    def _parts(self, wanted: Squeezed) -> list[Piece]:
        """A block that the page holds with something in between, or with other characters."""
        parts: list[Piece] = []
        done, literal = 0, 0  # what is found, and what is not, of the block so far
        while done < len(wanted.text):
            place, skipped = self._next_place(wanted.text, done)
            if place < 0:
                break
            _add_literal(parts, wanted, literal, done + skipped)
            done += skipped
            length = _common(wanted.text, done, self._page.text, place)
            parts.append(self._piece(place, place + length, wanted.begins_word(done)))
            done += length
            literal = done
            self._cursor = place + length
        _add_literal(parts, wanted, literal, len(wanted.text))
        return parts

    def _next_place(self, text: str, done: int) -> tuple[int, int]:
        """Where the block goes on in the page, and how many of its characters are left out before."""
        for skipped in range(min(MAX_SKIPPED, len(text) - done)):
            probe = text[done + skipped : done + skipped + PROBE]
            if len(probe) < PROBE and skipped:
                break
            place = self._page.text.find(probe, self._cursor, self._cursor + REACH)
            if place >= 0:
                return place, skipped
        far = text[done : done + FAR_PROBE]
        return (self._search_far(far), 0) if len(far) == FAR_PROBE else (-1, 0)


def _common(a: str, a_start: int, b: str, b_start: int) -> int:
    """Length of the common run of ``a`` and ``b`` from the two places on."""
    length, step = 0, 1
    while step:
        if a[a_start + length : a_start + length + step] == b[
            b_start + length : b_start + length + step
        ] and (a_start + length + step <= len(a) and b_start + length + step <= len(b)):
            length += step
            step *= 2
        else:
            step //= 2
    return length


def _add_literal(parts: list[Piece], wanted: Squeezed, start: int, end: int) -> None:
    if start < end:
        words = wanted.source[wanted.origin(start) : wanted.origin(end - 1) + 1]
        parts.append(Piece(0, 0, words, wanted.begins_word(start)))


def compose(visible: str, blocks: Iterable[list[Piece]]) -> Mapped:
    """The blocks as paragraphs, mapped to ``visible``."""
    builder = Builder(visible)
    for block in blocks:
        if block and builder.length:
            builder.insert("\n\n")
        for index, piece in enumerate(block):
            if index and piece.spaced:
                builder.insert(" ")
            if piece.literal:
                builder.insert(" ".join(piece.literal.split()))
            else:
                _keep_collapsed(builder, visible, piece.start, piece.end)
    return builder.done()


def _keep_collapsed(builder: Builder, visible: str, start: int, end: int) -> None:
    """Keep a range with its runs of white space collapsed, as a browser shows them."""
    position = start
    for gap in _GAP.finditer(visible[start:end]):
        builder.keep(position, start + gap.start())
        position = start + gap.end()
        if BLOCK in gap[0]:
            builder.insert("\n\n")
        elif BREAK in gap[0]:
            builder.insert("\n")
        elif " " in gap[0]:
            space = start + gap.start() + gap[0].index(" ")
            builder.keep(space, space + 1)
        else:
            builder.insert(" ")
    builder.keep(position, end)
