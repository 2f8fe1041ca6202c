"""A text cut into windows of word pieces, the same way in training and in reading.

A window holds whole paragraphs as far as they fit; a paragraph that does not is cut at a sentence's end,
and where there is none, at a word.  How a text is cut depends on nothing but the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.model import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WORD = re.compile(r"\w+|[^\w\s]")
"""What is tagged: runs of letters and digits, and single other characters.  PolNeAR's figures are counted
over the same."""
LIMIT = 254
"""Word pieces in a window, without its two ends.  About ten sentences: enough for a quotation and its
speaker, and attention stays a small part of the work."""
LONGEST_WORD = 8
"""Word pieces of a word that are looked at: what is longer is a link or debris."""
BREAK = "[unused1]"
"""A piece that the encoder's vocabulary leaves free, for the end of a line."""
PLAIN = str.maketrans("‘’‚‛`´«»„‟＂", "''''''“”““\"")
"""Marks written in one of the ways that the training texts know."""
_SENTENCE_ENDS = frozenset(".!?")
_SHORT = 16
"""Characters up to which a word is looked up as it is; a longer one may be anything."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of words with their pieces.

    ``start``: index of its first word in the document.  ``pieces``: ids for the encoder, shape [pieces].
    ``shapes``: how each piece's word is written (0 small, 1 capitalised, 2 capitals, 3 other), shape
    [pieces].  ``first``: index of each word's first piece, shape [words].
    """

    start: int
    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    first: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a text, and before which of them a line begins."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    breaks: frozenset[int]


def words_of(text: str) -> Text:
    """The words of ``text``."""
    words: list[str] = []
    spans: list[Span] = []
    breaks: list[int] = []
    end = 0
    for match in WORD.finditer(text):
        if "\n" in text[end : match.start()]:
            breaks.append(len(words))
        words.append(match[0])
        spans.append(Span(match.start(), match.end()))
        end = match.end()
    return Text(tuple(words), tuple(spans), frozenset(breaks))


def shape_of(word: str) -> int:
    """0 small letters, 1 capitalised, 2 capitals, 3 anything else."""
    if word.islower():
        return 0
    if word.isupper():
        return 2 if len(word) > 1 else 1
    return 1 if word[:1].isupper() else 3


class Pieces:
    """The word pieces of words, by the encoder's tokenizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        found = (tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]", "[UNK]", BREAK))
        self.begin, self.end, self.unknown, self.line = (0 if one is None else one for one in found)

    def of(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """The pieces of each word, at least one and at most ``LONGEST_WORD``."""
        plain = [word.translate(PLAIN)[: LONGEST_WORD * _SHORT] for word in words]
        known = sorted(set(plain))
        encoded = self._tokenizer.encode_batch(known, add_special_tokens=False)
        pieces = {
            word: tuple(one.ids[:LONGEST_WORD]) or (self.unknown,)
            for word, one in zip(known, encoded, strict=True)
        }
        return [pieces[word] for word in plain]


def windows(
    text: Text, pieces: Pieces, *, limit: int = LIMIT, first_limit: int | None = None
) -> list[Window]:
    """The text as windows of at most ``limit`` pieces; the first one of at most ``first_limit``, by which
    training cuts the same text differently each time."""
    of = pieces.of(text.words)
    sizes = [len(one) + (number in text.breaks) for number, one in enumerate(of)]
    found: list[Window] = []
    room = first_limit or limit
    begin = end = size = 0
    for part_end in _parts(text, sizes, limit):
        part = sum(sizes[end:part_end])
        if size and size + part > room:
            found.append(_window(text, of, begin, end, pieces))
            begin, size, room = end, 0, limit
        end, size = part_end, size + part
    if end > begin:
        found.append(_window(text, of, begin, end, pieces))
    return found


def _parts(text: Text, sizes: Sequence[int], limit: int) -> Iterator[int]:
    """The ends of what should stay together: paragraphs, or pieces of too long ones."""
    begin = 0
    for end in [*sorted(text.breaks - {0}), len(text.words)]:
        yield from _pieces_of_paragraph(text.words, sizes, begin, end, limit)
        begin = end


def _pieces_of_paragraph(
    words: Sequence[str], sizes: Sequence[int], begin: int, end: int, limit: int
) -> Iterator[int]:
    size, sentence = 0, begin
    number = begin
    while number < end:
        size += sizes[number]
        while size > limit and begin < number:
            cut = sentence if sentence > begin else number
            yield cut
            begin = sentence = cut
            size = sum(sizes[begin : number + 1])
        if words[number] in _SENTENCE_ENDS and (number + 1 == end or words[number + 1][:1].isupper()):
            sentence = number + 1
        number += 1
    if end > begin:
        yield end


def _window(text: Text, of: Sequence[tuple[int, ...]], begin: int, end: int, pieces: Pieces) -> Window:
    ids, shapes, first = [pieces.begin], [0], []
    for number in range(begin, end):
        if number in text.breaks and number > begin:
            ids.append(pieces.line)
            shapes.append(0)
        first.append(len(ids))
        ids.extend(of[number])
        shapes.extend([shape_of(text.words[number])] * len(of[number]))
    return Window(begin, (*ids, pieces.end), (*shapes, 0), tuple(first))
