"""Two texts of which one was made from the other, laid word against word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from tidewaiter.model import Span

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-][^\W_]+)*|[$€£%]")

MAX_WORDS = 4
"""Words on each side of a place that differs in a value; a longer one is reworded."""
MIN_AROUND = 5
"""Words that are the same on both sides together, so that both tell the same sentence."""
SWAP_GAP = 6
"""Words that may stand between two names that changed places."""


class Replaced(NamedTuple):
    """Words of the first text in whose place others stand in the second; either may be empty."""

    a: Span
    b: Span
    is_swap: bool = False  # the same words in another order


@dataclass(frozen=True, slots=True)
class Alignment:
    """What of two texts stands in the same place."""

    replaced: tuple[Replaced, ...]
    blocks: tuple[tuple[Span, Span], ...]  # runs of equal words

    def across(self, span: Span, *, is_first: bool) -> Span | None:
        """Where the words of one text stand in the other; None where they are not the same there."""
        for a, b in self.blocks:
            mine, other = (a, b) if is_first else (b, a)
            if mine.start <= span.start and span.end <= mine.end:
                # equal words with equal gaps: the offset holds as far as the spacing does
                start = other.start + span.start - mine.start
                return Span(start, start + span.end - span.start)
        return None


def align(first: str, second: str) -> Alignment:
    """The places where two texts differ in a few words amid the same ones, and where they agree."""
    a, b = list(_TOKEN.finditer(first)), list(_TOKEN.finditer(second))
    words = [one.group().casefold() for one in a], [one.group().casefold() for one in b]
    codes = SequenceMatcher(None, *words, autojunk=False).get_opcodes()
    replaced: list[Replaced] = []
    blocks: list[tuple[Span, Span]] = []
    taken = -1
    for number, (tag, i1, i2, j1, j2) in enumerate(codes):
        if tag == "equal":
            blocks.extend(_runs(a[i1:i2], b[j1:j2]))
            continue
        if number <= taken:
            continue
        last = _swap(codes, number, words)
        if last is not None:
            taken = last
            replaced.append(
                Replaced(_span(a, i1, codes[last][2]), _span(b, j1, codes[last][4]), is_swap=True)
            )
        elif max(i2 - i1, j2 - j1) <= MAX_WORDS and _around(codes, number) >= MIN_AROUND:
            replaced.append(Replaced(_span(a, i1, i2), _span(b, j1, j2)))
    return Alignment(tuple(replaced), tuple(blocks))


def _around(codes: Sequence[tuple[str, int, int, int, int]], number: int) -> int:
    """Equal words on both sides; at the edge of the text one side is enough."""
    before = codes[number - 1] if number else None
    after = codes[number + 1] if number + 1 < len(codes) else None
    return sum(code[2] - code[1] for code in (before, after) if code is not None and code[0] == "equal")


def _swap(
    codes: Sequence[tuple[str, int, int, int, int]], number: int, words: tuple[list[str], list[str]]
) -> int | None:
    """The last of the opcodes from ``number`` on that together hold the same words in another order."""
    _, i1, _, j1, _ = codes[number]
    for last in range(number + 2, min(number + 6, len(codes))):
        gap = codes[last - 1]
        if gap[0] == "equal" and gap[2] - gap[1] > SWAP_GAP:
            return None
        if codes[last][0] != "equal":
            ours, theirs = words[0][i1 : codes[last][2]], words[1][j1 : codes[last][4]]
            if sorted(ours) == sorted(theirs):
                return last
    return None


def _span(tokens: list[re.Match[str]], start: int, end: int) -> Span:
    """Of the tokens; an empty place is where the next one begins."""
    if start < end:
        return Span(tokens[start].start(), tokens[end - 1].end())
    at = tokens[start].start() if start < len(tokens) else (tokens[-1].end() if tokens else 0)
    return Span(at, at)


def _runs(a: Sequence[re.Match[str]], b: Sequence[re.Match[str]]) -> Iterator[tuple[Span, Span]]:
    """Equal words, parted where the characters between them are not of one length."""
    begin = 0
    for place in range(1, len(a) + 1):
        is_over = (
            place == len(a)
            or a[place].start() - a[place - 1].start() != b[place].start() - b[place - 1].start()
        )
        if is_over:
            yield (
                Span(a[begin].start(), a[place - 1].end()),
                Span(b[begin].start(), b[place - 1].end()),
            )
            begin = place
