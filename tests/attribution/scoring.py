"""How well statements agree with annotated ones: the measures used for PolNeAR, written anew.

Tokens
    ``\\w+`` or one other character that is no white space.  A part (source, cue or content) counts as the
    set of tokens that its pieces touch, so neither white space at an edge nor a piece cut in two at a line
    break makes a difference.
Token figures
    For each role, over all texts: is this token in some source (cue, content)?  ``micro`` adds the counts
    of the three roles up, ``macro`` is the mean of their three F1.
Exact content
    The whole token set of one content is the same on both sides.
Relation
    One-to-one matching with as many pairs as there can be.  Two relations may be paired when their contents
    share at least half of the tokens that either has (intersection over union), and their sources share a
    token or are both empty.
Recall by kind
    Share of the annotated relations that are paired, for contents that begin and end with quotation marks
    (direct), hold one somewhere (mixed) or hold none (indirect).

Relations without content do not count on either side.  PolNeAR: Newell, Margolin and Ruths, "An Attribution
Relations Corpus for Political News", LREC 2018.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tidewaiter.model import Span, Spans, Statement

ROLES = ("source", "cue", "content")
SHARED_HALF = 0.5
"""Least intersection over union of two contents that may be paired."""

_TOKEN = re.compile(r"\w+|[^\w\s]")
_MARKS = frozenset('"“”„‟«»')


class Relation(NamedTuple):
    """Who, by which words, what: character spans of one text, each perhaps empty."""

    source: Spans
    cue: Spans
    content: Spans


Parts = tuple[frozenset[int], frozenset[int], frozenset[int]]
"""A relation as numbers of tokens: source, cue, content."""


def relation_of(statement: Statement) -> Relation:
    """A statement as read, as spans alone."""
    source = statement.source.spans if statement.source else ()
    return Relation(source, statement.cue.spans if statement.cue else (), statement.content.spans)


class Tokens:
    """The tokens of one text."""

    def __init__(self, text: str) -> None:
        found = [match.span() for match in _TOKEN.finditer(text)]
        self.words = [text[start:end] for start, end in found]
        self._at = {place: number for number, span in enumerate(found) for place in range(*span)}
        self._length = len(text)

    def parts(self, relation: Relation) -> Parts:
        source, cue, content = map(self._touched, relation)
        return source, cue, content

    def kind(self, content: Iterable[int]) -> str:
        """Direct, mixed or indirect, as the quotation marks alone tell."""
        words = [self.words[number] for number in sorted(content)]
        if words and words[0] in _MARKS and _MARKS & set(words[-1:] if len(words) < 2 else words[-2:]):
            return "direct"
        return "mixed" if _MARKS & set(words) else "indirect"

    def _touched(self, spans: Iterable[Span]) -> frozenset[int]:
        spans = list(spans)
        for start, end in spans:
            if not 0 <= start <= end <= self._length:
                raise ValueError(f"span {start}..{end} is not inside a text of {self._length} characters")
        return frozenset(
            self._at[place] for start, end in spans for place in range(start, end) if place in self._at
        )


# ------------------------------------------------------------------------------------ counting


class Ratio(NamedTuple):
    """Counts behind a figure."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: object) -> Ratio:
        if not isinstance(other, Ratio):
            return NotImplemented
        return Ratio(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    def __str__(self) -> str:
        return f"right {self.right}, found {self.found}, wanted {self.wanted}"

    @property
    def precision(self) -> float:
        """0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """0 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 when there is nothing on either side."""
        total = self.found + self.wanted
        return 2 * self.right / total if total else 0.0


@dataclass(slots=True)
class Counts:
    """Counts by what was counted: ``source``, ``cue``, ``content``, ``exact``, ``relation``, and
    ``recall direct``, ``recall mixed``, ``recall indirect``."""

    ratios: dict[str, Ratio] = field(default_factory=dict)

    def add(self, name: str, right: int, found: int, wanted: int) -> None:
        self.ratios[name] = self[name] + Ratio(right, found, wanted)

    def __getitem__(self, name: str) -> Ratio:
        return self.ratios.get(name, Ratio())

    def __add__(self, other: Counts) -> Counts:
        names = [*self.ratios, *(name for name in other.ratios if name not in self.ratios)]
        return Counts({name: self[name] + other[name] for name in names})

    @property
    def micro(self) -> Ratio:
        return self["source"] + self["cue"] + self["content"]

    def figures(self) -> dict[str, float]:
        """Every figure by name, 0..1; recall by kind only for kinds that occur."""
        result = {f"{role} F1": self[role].f1 for role in ROLES}
        result["micro F1"] = self.micro.f1
        result["macro F1"] = sum(self[role].f1 for role in ROLES) / len(ROLES)
        result["exact content F1"] = self["exact"].f1
        result["relation F1"] = self["relation"].f1
        kinds = [name for name in sorted(self.ratios) if name.startswith("recall ")]
        return result | {name: self[name].recall for name in kinds}


class Compared(NamedTuple):
    """One text compared."""

    counts: Counts
    pairs: Mapping[int, int]  # number of an annotated relation -> number of the found one paired with it


def compare(text: str, wanted: Sequence[Relation], found: Sequence[Relation]) -> Compared:
    """One text's annotated relations against those found in it.

    Raises ``ValueError`` for a span outside the text.
    """
    tokens = Tokens(text)
    gold = [tokens.parts(one) for one in wanted]
    read = [tokens.parts(one) for one in found]
    counts = Counts()
    for place, role in enumerate(ROLES):
        a = frozenset[int]().union(*(one[place] for one in gold if one[2]))
        b = frozenset[int]().union(*(one[place] for one in read))
        counts.add(role, len(a & b), len(b), len(a))
    wanted_at = [number for number, one in enumerate(gold) if one[2]]
    found_at = [number for number, one in enumerate(read) if one[2]]
    contents = (
        Counter(gold[number][2] for number in wanted_at),
        Counter(read[number][2] for number in found_at),
    )
    counts.add("exact", (contents[0] & contents[1]).total(), len(found_at), len(wanted_at))
    paired = matching(
        [
            [there for there, _ in _near(gold[number], [(other, read[other]) for other in found_at])]
            for number in wanted_at
        ]
    )
    pairs = {wanted_at[place]: there for place, there in paired.items()}
    counts.add("relation", len(pairs), len(found_at), len(wanted_at))
    for number in wanted_at:
        counts.add(f"recall {tokens.kind(gold[number][2])}", int(number in pairs), 0, 1)
    return Compared(counts, pairs)


def _near(one: Parts, others: Iterable[tuple[int, Parts]]) -> list[tuple[int, float]]:
    """Those that may be paired with it, the most alike first."""
    alike = []
    for number, other in others:
        shared = len(one[2] & other[2]) / len(one[2] | other[2])
        same_source = one[0] & other[0] or not (one[0] or other[0])
        if shared >= SHARED_HALF and same_source:
            alike.append((number, shared))
    return sorted(alike, key=lambda pair: (-pair[1], pair[0]))


def matching(edges: Sequence[Sequence[int]]) -> dict[int, int]:
    """As many pairs as there can be, by augmenting paths (H. W. Kuhn, "The Hungarian method for the
    assignment problem", 1955); ``edges[i]`` lists what ``i`` may be paired with, dearest first."""
    holder: dict[int, int] = {}

    def place(one: int, tried: set[int]) -> bool:
        for other in edges[one]:
            if other in tried:
                continue
            tried.add(other)
            if other not in holder or place(holder[other], tried):
                holder[other] = one
                return True
        return False

    for one in range(len(edges)):
        place(one, set())
    return {one: other for other, one in holder.items()}
