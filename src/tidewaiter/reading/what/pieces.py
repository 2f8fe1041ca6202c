"""Words as pieces, and a lexicon of phrases looked up in them.

A *piece* is a run of letters or a run of digits.  "Su-30MKI" and "su 30 mki" are the same three
pieces, so that a table writes a name once and the spellings of it need no rows of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import Generic, NamedTuple, TypeVar

_PIECE = re.compile(r"[^\W\d_]+|\d+")
_JOIN = re.compile(r"[ \t\u00a0]{0,2}[-‐‑‒–'’/]?[ \t\u00a0]{0,2}")
_SPACE = re.compile(r"[\"”’']?[ \t\u00a0]{1,2}|[ \t\u00a0]?[-‐‑‒–][ \t\u00a0]?")

ANY_NUMBER = "#"
"""In a phrase: any run of digits."""
ANY_WORD = "*"
"""In a phrase: any run of letters."""


class Piece(NamedTuple):
    """A run of letters or of digits, with its casefolded form."""

    start: int
    end: int
    key: str


def pieces(text: str) -> tuple[Piece, ...]:
    """The pieces of ``text``, in order."""
    return tuple(Piece(m.start(), m.end(), m[0].casefold()) for m in _PIECE.finditer(text))


@lru_cache(maxsize=4)
def document_pieces(text: str) -> tuple[Piece, ...]:
    """The same, kept for the analysers that look at one document in turn."""
    return pieces(text)


def joined(text: str, left: Piece, right: Piece) -> bool:
    """Whether two neighbours can belong to one phrase: nothing, space, hyphen or apostrophe between."""
    return _JOIN.fullmatch(text, left.end, right.start) is not None


def spaced(text: str, start: int, end: int) -> bool:
    """Whether only space, one hyphen or a closing quotation mark stands between two positions."""
    return _SPACE.fullmatch(text, start, end) is not None


def spellings(phrase: str) -> Iterator[tuple[str, ...]]:
    """The piece sequences that a phrase of a table stands for: ``armoured|armored car`` is two."""
    options = []
    for word in phrase.casefold().replace("-", " ").split():
        options.append([tuple(re.findall(r"[^\W\d_]+|\d+|[#*]", way)) for way in word.split("|")])
    for choice in product(*options):
        yield tuple(piece for word in choice for piece in word)


Payload = TypeVar("Payload")


class _Node(Generic[Payload]):
    __slots__ = ("next", "payload")

    def __init__(self) -> None:
        self.next: dict[str, _Node[Payload]] = {}
        self.payload: Payload | None = None


class Lexicon(Generic[Payload]):
    """Phrases with what they stand for; the longest one at a place is found in one walk."""

    def __init__(self) -> None:
        self._root: _Node[Payload] = _Node()

    def add(self, keys: Sequence[str], payload: Payload) -> None:
        """Let ``keys`` stand for ``payload``; the first one given for the same keys stays."""
        node = self._root
        for key in keys:
            node = node.next.setdefault(key, _Node())
        if keys and node.payload is None:
            node.payload = payload

    def longest(self, text: str, found: Sequence[Piece], at: int) -> tuple[int, Payload] | None:
        """Index after the last piece of the longest phrase that starts at piece ``at``, and what it
        stands for; None when no phrase starts there."""
        best: tuple[int, Payload] | None = None
        nodes = [self._root]
        for index in range(at, len(found)):
            if index > at and not joined(text, found[index - 1], found[index]):
                break
            nodes = [step for node in nodes for step in _steps(node, found[index].key)]
            if not nodes:
                break
            ends = [node.payload for node in nodes if node.payload is not None]
            if ends:
                best = (index + 1, ends[0])
        return best


def _steps(node: _Node[Payload], key: str) -> Iterator[_Node[Payload]]:
    """Exact continuation first, then the wildcard."""
    if key in node.next:
        yield node.next[key]
    wildcard = ANY_NUMBER if key[0].isdigit() else ANY_WORD
    if wildcard in node.next:
        yield node.next[wildcard]
