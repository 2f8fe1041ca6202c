"""Two texts sentence beside sentence, whatever they have to do with one another; inside, word against word.

A sentence stands beside the one that shares most of its words, rare ones and figures more than common ones;
the pairs that are chosen keep their order in both texts.  Sentences that were moved are found afterwards.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from math import log
from typing import NamedTuple

from tidewaiter.linking.texts.clauses import sentences
from tidewaiter.model import Span

ALIKE = 0.4
"""Share of the weight of their words that two sentences have in common, from which on they stand beside each
other; below it, more pairs are chance than retellings (looked at on the examples)."""

BETWEEN = 0.2
"""The same between two pairs that stand beside each other already: their place speaks for them too."""

MOVED = 0.6
"""The same for sentences whose order differs, where nothing around them speaks for it."""

MOST_SENTENCES = 250
"""Of each text that are compared; more than 99 of 100 news reports have fewer."""

MOST_PARTNERS = 12
"""Sentences of the other text that a sentence is held against, those with the rarest words in common."""

SHORTEST_RUN = 2
"""Words in a row, alone amid others that differ, from which on they are shown as equal."""

LONGEST = 400
"""Words of a sentence that are compared with one another."""

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W_]+)*|[$€£%]")
_FIGURE = re.compile(r"\d")


def _word(token: re.Match[str]) -> str:
    return token.group().casefold().replace("’", "'")


class Kind(StrEnum):
    """How words of one text stand to the other's."""

    SAME = "same"
    ONLY = "only"  # nothing stands in their place in the other
    CHANGED = "changed"  # others stand in their place
    FIGURE = "figure"  # the same, with a figure on one of the sides
    NAME = "name"  # the same, with a name


GRAVE = (Kind.FIGURE, Kind.NAME)
"""What may change the meaning without changing the sentence."""


class Words(NamedTuple):
    """Characters of a text, and how they stand to the other."""

    span: Span
    kind: Kind


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of one text or both."""

    a: tuple[Words, ...]  # all of the sentence's characters; empty where it stands in the second only
    b: tuple[Words, ...]
    moved: int | None = None  # number of the line, from 0, where the same stands in the other text

    @property
    def is_both(self) -> bool:
        return bool(self.a and self.b)

    @property
    def is_equal(self) -> bool:
        return self.is_both and all(one.kind is Kind.SAME for one in (*self.a, *self.b))


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two texts, line by line."""

    lines: tuple[Line, ...]
    cut: bool  # whether sentences were left out, as there are too many

    def count(self, kind: Kind) -> int:
        """Places of a kind, on whichever side there are more."""
        both = [line for line in self.lines if line.is_both]
        ours = sum(one.kind is kind for line in both for one in line.a)
        return max(ours, sum(one.kind is kind for line in both for one in line.b))


def lay(first: str, second: str) -> SideBySide:
    """The two texts beside each other."""
    ours, theirs = _units(first), _units(second)
    cut = max(len(ours), len(theirs)) > MOST_SENTENCES
    ours, theirs = ours[:MOST_SENTENCES], theirs[:MOST_SENTENCES]
    scores = _scores(ours, theirs)
    beside = _in_order([(i, j, score) for (i, j), score in scores.items() if score >= ALIKE])
    beside = _filled(scores, beside, len(ours), len(theirs))
    moved = _moved(scores, beside)
    lines: list[Line] = []
    place_a: dict[int, int] = {}
    place_b: dict[int, int] = {}
    for i, j in _rows(len(ours), len(theirs), beside):
        if i is not None:
            place_a[i] = len(lines)
        if j is not None:
            place_b[j] = len(lines)
        lines.append(
            _line(first, second, ours[i] if i is not None else None, theirs[j] if j is not None else None)
        )
    other = {place_a[i]: place_b[j] for i, j in moved.items()} | {
        place_b[j]: place_a[i] for i, j in moved.items()
    }
    return SideBySide(tuple(Line(one.a, one.b, other.get(number)) for number, one in enumerate(lines)), cut)


# ------------------------------------------------------------------------------------ sentences


class _Unit(NamedTuple):
    span: Span
    words: frozenset[str]


def _units(text: str) -> list[_Unit]:
    found = []
    for span in sentences(text):
        start, end = span.start, span.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        told = frozenset(_word(one) for one in _TOKEN.finditer(text, start, end))
        found.append(_Unit(Span(start, end), told or frozenset((text[start:end],))))
    return found


def _scores(ours: Sequence[_Unit], theirs: Sequence[_Unit]) -> dict[tuple[int, int], float]:
    """How alike sentences are that have words in common, 0..1."""
    holders: dict[str, list[int]] = {}
    for number, one in enumerate(theirs):
        for word in one.words:
            holders.setdefault(word, []).append(number)
    counted = Counter(word for unit in (*ours, *theirs) for word in unit.words)
    total = len(ours) + len(theirs) + 1
    weight = {word: log(total / count) + 0.1 for word, count in counted.items()}
    wholes = [sum(weight[word] for word in sorted(one.words)) for one in theirs]
    found = {}
    for i, one in enumerate(ours):
        shared: dict[int, float] = {}
        for word in sorted(one.words):
            for j in holders.get(word, ()):
                shared[j] = shared.get(j, 0) + weight[word]
        whole = sum(weight[word] for word in sorted(one.words))
        for j, common in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_PARTNERS]:
            found[i, j] = 2 * common / (whole + wholes[j])
    return found


def _in_order(pairs: Sequence[tuple[int, int, float]]) -> dict[int, int]:
    """The pairs that rise in both texts and weigh most together."""
    columns = sorted({j for _, j, _ in pairs})
    best: list[tuple[float, int] | None] = [None] * (len(columns) + 1)  # prefix maxima, as a Fenwick tree
    before: list[int | None] = []
    totals: list[float] = []
    ordered = sorted(pairs, key=lambda one: (one[0], -one[1]))
    for number, (_, j, score) in enumerate(ordered):
        place = bisect_left(columns, j)
        found = _most(best, place)
        totals.append(score + (found[0] if found else 0))
        before.append(found[1] if found else None)
        _raise(best, place + 1, (totals[-1], number))
    last = max(range(len(ordered)), key=lambda one: (totals[one], -one), default=None)
    chosen: dict[int, int] = {}
    while last is not None:
        i, j, _ = ordered[last]
        chosen[i] = j
        last = before[last]
    return chosen


def _most(best: Sequence[tuple[float, int] | None], place: int) -> tuple[float, int] | None:
    """The heaviest run that ends in a column before that one."""
    found = None
    while place > 0:
        one = best[place]
        if one is not None and (found is None or one[0] > found[0]):
            found = one
        place -= place & -place
    return found


def _raise(best: list[tuple[float, int] | None], place: int, value: tuple[float, int]) -> None:
    while place < len(best):
        one = best[place]
        if one is None or value[0] > one[0]:
            best[place] = value
        place += place & -place


def _filled(
    scores: Mapping[tuple[int, int], float], beside: Mapping[int, int], ours: int, theirs: int
) -> dict[int, int]:
    """The pairs with those between them whose sentences are somewhat alike."""
    if not beside:
        return {}
    edges = [(-1, -1), *sorted(beside.items()), (ours, theirs)]
    found = dict(beside)
    for (i1, j1), (i2, j2) in pairwise(edges):
        between = [
            (i, j, scores[i, j])
            for i in range(i1 + 1, i2)
            for j in range(j1 + 1, j2)
            if scores.get((i, j), 0) >= BETWEEN
        ]
        found |= _in_order(between)
    return found


def _moved(scores: Mapping[tuple[int, int], float], beside: Mapping[int, int]) -> dict[int, int]:
    """Sentences of which the same stands elsewhere."""
    taken_a, taken_b = set(beside), set(beside.values())
    found: dict[int, int] = {}
    for (i, j), score in sorted(scores.items(), key=lambda one: (-one[1], one[0])):
        if score >= MOVED and i not in taken_a and j not in taken_b:
            found[i] = j
            taken_a.add(i)
            taken_b.add(j)
    return found


def _rows(ours: int, theirs: int, beside: Mapping[int, int]) -> Iterator[tuple[int | None, int | None]]:
    """All sentences in the order of both texts; what stands alone in both, the first text's first."""
    j = 0
    for i in range(ours):
        if i not in beside:
            yield i, None
            continue
        while j < beside[i]:
            yield None, j
            j += 1
        yield i, j
        j += 1
    for rest in range(j, theirs):
        yield None, rest


# ------------------------------------------------------------------------------------ words


def _line(first: str, second: str, a: _Unit | None, b: _Unit | None) -> Line:
    if a is None or b is None:
        return Line(
            () if a is None else (Words(a.span, Kind.ONLY),), () if b is None else (Words(b.span, Kind.ONLY),)
        )
    return Line(*compare(first, a.span, second, b.span))


def compare(first: str, a: Span, second: str, b: Span) -> tuple[tuple[Words, ...], tuple[Words, ...]]:
    """Two sentences word against word: all their characters, and how they stand to the other's."""
    ours = list(_TOKEN.finditer(first, a.start, a.end))[:LONGEST]
    theirs = list(_TOKEN.finditer(second, b.start, b.end))[:LONGEST]
    words = [_word(one) for one in ours], [_word(one) for one in theirs]
    left: list[tuple[int, int, Kind]] = []
    right: list[tuple[int, int, Kind]] = []
    for i1, i2, j1, j2 in _replaced(
        SequenceMatcher(None, *words, autojunk=False).get_opcodes(), len(words[0])
    ):
        kind = _kind(ours[i1:i2], a, theirs[j1:j2], b)
        if i1 < i2:
            left.append((ours[i1].start(), ours[i2 - 1].end(), kind))
        if j1 < j2:
            right.append((theirs[j1].start(), theirs[j2 - 1].end(), kind))
    return tuple(_whole(a, left)), tuple(_whole(b, right))


def _replaced(
    codes: Sequence[tuple[str, int, int, int, int]], length: int
) -> Iterator[tuple[int, int, int, int]]:
    """The places that differ; those with hardly a word between them are one."""
    waiting: tuple[int, int, int, int] | None = None
    for tag, i1, i2, j1, j2 in codes:
        if tag == "equal":
            is_edge = i1 == 0 or i2 == length
            if waiting is not None and (i2 - i1 >= SHORTEST_RUN or is_edge):
                yield waiting
                waiting = None
            continue
        waiting = (i1, i2, j1, j2) if waiting is None else (waiting[0], i2, waiting[2], j2)
    if waiting is not None:
        yield waiting


_Tokens = Sequence[re.Match[str]]


def _kind(ours: _Tokens, a: Span, theirs: _Tokens, b: Span) -> Kind:
    said = {_word(one) for one in ours}, {_word(one) for one in theirs}
    for test, kind in ((_is_figure, Kind.FIGURE), (_is_name, Kind.NAME)):
        mine = {_word(one) for one in ours if test(one, a)}
        other = {_word(one) for one in theirs if test(one, b)}
        if (mine - said[1]) or (other - said[0]):
            return kind
    return Kind.CHANGED if ours and theirs else Kind.ONLY


def _is_figure(token: re.Match[str], _: Span) -> bool:
    return _FIGURE.search(token.group()) is not None


def _is_name(token: re.Match[str], sentence: Span) -> bool:
    """Whether a word is written as names are, and not only as it begins the sentence."""
    return (
        token.group()[:1].isupper() and token.string[sentence.start : token.start()].strip(" \"'“‘«([") != ""
    )


def _whole(sentence: Span, marked: Sequence[tuple[int, int, Kind]]) -> Iterator[Words]:
    at = sentence.start
    for start, end, kind in marked:
        if at < start:
            yield Words(Span(at, start), Kind.SAME)
        yield Words(Span(start, end), kind)
        at = end
    if at < sentence.end:
        yield Words(Span(at, sentence.end), Kind.SAME)
