"""The parse of a text as plain values: tokens, runs of tokens, the text they stand in.

Rules look at every token many times, and each look at a token of spaCy makes a new object and decodes
a string.  Here each token is made once, its words are Python strings and its head, children and
sentence are at hand.  Names are those of spaCy (``lower_``, ``pos_``, ``dep_`` ...), so that rules read
as they do in its documentation; labels are those of its English models.  Nothing here holds on to
spaCy, so that what a document added to the model's vocabulary can be freed when it is parsed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import overload


class Token:
    """A word or mark of the text."""

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "ent_type_",
        "head",
        "i",
        "idx",
        "is_punct",
        "is_quote",
        "is_stop",
        "lemma_",
        "like_num",
        "lower_",
        "pos_",
        "sent",
        "tag_",
        "text",
        "whitespace_",
    )

    doc: Doc
    i: int
    """Its place among the tokens of the text, from 0."""
    idx: int
    """Its position in the text, in characters."""
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    whitespace_: str
    """The one blank behind it, or nothing."""
    like_num: bool
    is_stop: bool
    is_punct: bool
    is_quote: bool
    head: Token
    """What it hangs on; itself at the root of a sentence."""
    children: list[Token]
    """What hangs on it, in order of the text."""
    sent: TokenSpan

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return f"{self.text}/{self.tag_}"

    @property
    def is_space(self) -> bool:
        return self.text.isspace()

    @property
    def is_alpha(self) -> bool:
        return self.text.isalpha()

    @property
    def is_digit(self) -> bool:
        return self.text.isdigit()

    @property
    def is_lower(self) -> bool:
        return self.text.islower()

    @property
    def is_upper(self) -> bool:
        return self.text.isupper()

    @property
    def lefts(self) -> list[Token]:
        """What hangs on it and stands before it."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list[Token]:
        """What hangs on it and stands behind it."""
        return [child for child in self.children if child.i > self.i]

    @property
    def ancestors(self) -> Iterator[Token]:
        """Its head, the head of that, up to the root."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def left_edge(self) -> Token:
        """The first token of its subtree."""
        return self.doc.tokens[self.doc.edges[self.i][0]]

    @property
    def right_edge(self) -> Token:
        """The last token of its subtree."""
        return self.doc.tokens[self.doc.edges[self.i][1]]

    @property
    def subtree(self) -> Sequence[Token]:
        """Itself and all that hangs on it, directly or not: what stands left of each word before it,
        what stands right of it behind."""
        first, last, unbroken = self.doc.edges[self.i]
        if unbroken:
            return self.doc.tokens[first : last + 1]
        return _in_order(self)

    def nbor(self, distance: int = 1) -> Token:
        """The token ``distance`` places further on.

        Raises ``IndexError`` when the text ends before.
        """
        at = self.i + distance
        if at < 0:
            raise IndexError(f"no token {-distance} before the token at {self.i}")
        return self.doc.tokens[at]


def _in_order(top: Token) -> list[Token]:
    """The subtree of a token whose branches cross others."""
    found: list[Token] = []
    waiting = [(top, False)]
    while waiting:
        token, opened = waiting.pop()
        if opened:
            found.append(token)
        else:
            waiting += [(child, False) for child in reversed(token.rights)]
            waiting.append((token, True))
            waiting += [(child, False) for child in reversed(token.lefts)]
    return found


class TokenSpan:
    """A run of tokens, ``doc[start:end]``: a sentence, a phrase, a named entity."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label
        """What sort of entity it is; empty where it is none."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TokenSpan) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def _key(self) -> tuple[int, int, str]:
        return self.start, self.end, self.label_

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> TokenSpan: ...
    def __getitem__(self, at: int | slice) -> Token | TokenSpan:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self))
            return TokenSpan(self.doc, self.start + start, self.start + max(start, end))
        index = self.end + at if at < 0 else self.start + at
        if not self.start <= index < self.end:
            raise IndexError(f"no token {at} in a run of {len(self)}")
        return self.doc.tokens[index]

    @property
    def start_char(self) -> int:
        """Position in the text of its first character."""
        tokens = self.doc.tokens
        return tokens[self.start].idx if self.start < len(tokens) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Position in the text behind its last character."""
        if self.end <= self.start:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        return self.doc.text[self.start_char : self.end_char]

    @property
    def root(self) -> Token:
        """The token that is highest in the tree; the first of several."""
        if self.end <= self.start:
            raise IndexError("a run without tokens has no root")
        tokens = self.doc.tokens[self.start : self.end]
        for token in tokens:
            if token.head is token:
                return token
        tops = [token for token in tokens if not self.start <= token.head.i < self.end]
        return min(tops, key=_depth, default=tokens[0]) if len(tops) > 1 else tops[0] if tops else tokens[0]


def _depth(token: Token) -> int:
    """How many words stand above it; a lone blank or mark stands below everything."""
    if (token.is_space or token.is_punct) and not token.children:
        return len(token.doc) - 1
    return sum(1 for _ in token.ancestors)


class Doc:
    """A text with its tokens."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.sents: tuple[TokenSpan, ...] = ()
        self.ents: tuple[TokenSpan, ...] = ()

    def set_sentences(self, starts: Sequence[int]) -> None:
        """Divide the text into sentences that begin at these tokens."""
        self.sents = tuple(TokenSpan(self, a, b) for a, b in pairwise((*starts, len(self.tokens))))
        for sentence in self.sents:
            for token in sentence:
                token.sent = sentence

    def set_entities(self, found: Iterable[tuple[int, int, str]]) -> None:
        """Name the entities: first token, token behind the last, label."""
        self.ents = tuple(TokenSpan(self, start, end, label) for start, end, label in found)

    @cached_property
    def starts(self) -> list[int]:
        """Position of each token in the text."""
        return [token.idx for token in self.tokens]

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> TokenSpan: ...
    def __getitem__(self, at: int | slice) -> Token | TokenSpan:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self.tokens))
            return TokenSpan(self, start, max(start, end))
        return self.tokens[at]

    def index_at(self, position: int) -> int | None:
        """Index of the token that holds the character at ``position``, the blank behind a token being
        part of it; None outside the text."""
        if not 0 <= position < len(self.text) or not self.tokens:
            return None
        return bisect_right(self.starts, position) - 1

    def touched(self, start: int, end: int) -> TokenSpan | None:
        """The tokens that ``text[start:end]`` touches; a blank at its start belongs to no token.  None
        when it reaches out of the text."""
        first, last = self.index_at(start), self.index_at(end - 1)
        if first is None or last is None:
            return None
        if start == self.starts[first] + len(self.tokens[first].text):
            first += 1
        return TokenSpan(self, first, max(first, last + 1))

    @cached_property
    def edges(self) -> list[tuple[int, int, bool]]:
        """For each token the first and the last token of its subtree, and whether that, and each subtree
        within it, is a run of words."""
        first, last = list(range(len(self.tokens))), list(range(len(self.tokens)))
        size = [1] * len(self.tokens)
        unbroken = [True] * len(self.tokens)
        for token in reversed(_heads_first(self.tokens)):
            at, head = token.i, token.head.i
            unbroken[at] = unbroken[at] and last[at] - first[at] + 1 == size[at]
            if at != head:
                unbroken[head] = unbroken[head] and unbroken[at]
                first[head] = min(first[head], first[at])
                last[head] = max(last[head], last[at])
                size[head] += size[at]
        return list(zip(first, last, unbroken, strict=True))


def joined(parts: Sequence[Doc]) -> Doc:
    """One text of several that follow one another; their tokens become its own."""
    doc = Doc("".join(part.text for part in parts), [token for part in parts for token in part.tokens])
    starts: list[int] = []
    entities: list[tuple[int, int, str]] = []
    first, position = 0, 0
    for part in parts:
        starts += [first + one.start for one in part.sents]
        entities += [(first + one.start, first + one.end, one.label_) for one in part.ents]
        for token in part.tokens:
            token.doc, token.i, token.idx = doc, first + token.i, position + token.idx
        first, position = first + len(part.tokens), position + len(part.text)
    doc.set_sentences(starts)
    doc.set_entities(entities)
    return doc


def _heads_first(tokens: Sequence[Token]) -> list[Token]:
    """All tokens, each behind its head."""
    found = [token for token in tokens if token.head is token]
    for token in found:  # grows while it is read
        found += token.children
    return found
