"""Two texts of which one was made from the other, laid word against word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from tidewaiter.linking.texts.clauses import ABBREVIATED
from tidewaiter.model import Span

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-][^\W_]+)*|[$€£%]")

MAX_WORDS = 4
"""Words on each side of a place that differs in a value; a longer one is reworded."""
MIN_AROUND = 5
"""Words that are the same on both sides together, so that both tell the same sentence."""
SWAP_GAP = 6
"""Words that may stand between two names that changed places."""


_ENDS = re.compile(r"\n|[.!?][\"'”’)\]]*\s")


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
        elif max(i2 - i1, j2 - j1) <= MAX_WORDS:
            mine, other = _span(a, i1, i2), _span(b, j1, j2)
            is_one = not _is_parted(first, *mine) and not _is_parted(second, *other)
            if is_one and _around((first, a, i1, i2), (second, b, j1, j2), codes, number) >= MIN_AROUND:
                replaced.append(Replaced(mine, other))
    return Alignment(tuple(replaced), tuple(blocks))


_Side = tuple[str, "list[re.Match[str]]", int, int]
"""A text, its tokens, and the first token of a place and the one after its last."""


def _around(a: _Side, b: _Side, codes: Sequence[tuple[str, int, int, int, int]], number: int) -> int:
    """Equal words before and after a place in the sentence that holds it in both texts."""
    before = codes[number - 1] if number else None
    after = codes[number + 1] if number + 1 < len(codes) else None
    left = before[2] - before[1] if before is not None and before[0] == "equal" else 0
    right = after[2] - after[1] if after is not None and after[0] == "equal" else 0
    return min(_reach(*a, left, -1), _reach(*b, left, -1)) + min(_reach(*a, right, 1), _reach(*b, right, 1))


def _reach(text: str, tokens: list[re.Match[str]], start: int, end: int, most: int, way: int) -> int:
    """How many of the ``most`` words before (-1) or after (1) a place are in its sentence."""
    for count in range(min(most, MIN_AROUND)):
        here = start - count - 1 if way < 0 else end + count - 1  # the token before the gap
        is_inside = here >= 0 and here + 1 < len(tokens)
        if is_inside and _is_parted(text, tokens[here].end(), tokens[here + 1].start()):
            return count
    return min(most, MIN_AROUND)


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


def _is_parted(text: str, start: int, end: int) -> bool:
    """Whether a sentence or line ends between two places."""
    return any(
        found.group() == "\n" or not ABBREVIATED.search(text, 0, found.start() + 1)
        for found in _ENDS.finditer(text, start, end)
    )


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
