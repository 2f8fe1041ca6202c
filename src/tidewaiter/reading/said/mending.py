"""Contents that a tagger marked word by word, made whole by the parse: it may stop in the middle of a phrase
("sanctions on the maker of the"), or go on over the end of a paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.model import Span
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.said.quotes import Quotation, touching
from tidewaiter.reading.tokens import Token

_BEFORE_NOUN = frozenset({"amod", "compound", "det", "nmod", "nummod", "poss", "predet", "quantmod"})
"""Dependencies of words on the noun behind them."""
_OPENING = frozenset({"WDT", "WP", "WRB", "IN"})
"""Tags of words that open a clause."""
_CLAUSAL = frozenset({"advmod", "dobj", "mark", "nsubj", "nsubjpass"})
_LONGEST = 40
"""Tokens that are added at most: a clause of that length is a parser's mistake."""


def mended(
    parsed: Parsed, content: Sequence[Span], others: Sequence[Span], quotations: Sequence[Quotation]
) -> list[Span]:
    """The pieces of a content, each in one paragraph unless a quotation leads over its end, and to the end of
    the phrase that it stops in; ``others``: source and cue, which are never taken in."""
    home = others[0].start if others else content[0].start
    pieces = [part for piece in content for part in _in_paragraph(parsed.text, piece, home, quotations)]
    starts = sorted(one.start for one in (*others, *pieces))
    return [_whole(parsed, piece, starts) for piece in pieces]


def _in_paragraph(text: str, piece: Span, home: int, quotations: Sequence[Quotation]) -> list[Span]:
    """The piece cut at line ends; without quotation marks only what is in the cue's paragraph stays."""
    if "\n" not in text[piece.start : piece.end].strip():
        return [piece]
    lines: list[Span] = []
    start = piece.start
    for line in text[piece.start : piece.end].splitlines(keepends=True):
        if line.strip():
            lines.append(Span(start, start + len(line.rstrip())))
        start += len(line)
    kept = [
        one
        for one in lines
        if "\n" not in text[min(one.start, home) : max(one.start, home)] or touching(one, quotations)
    ]
    return kept or lines[:1]


def _whole(parsed: Parsed, piece: Span, starts: Sequence[int]) -> Span:
    tokens = parsed.tokens(piece)
    last = tokens[-1] if tokens is not None and len(tokens) else None
    if last is None:
        return piece
    end = _end_of_phrase(last)
    limit = next((start for start in starts if start > piece.start), len(parsed.text))
    if end is None or end.i - last.i > _LONGEST or end.idx + len(end) > limit:
        return piece
    return Span(piece.start, end.idx + len(end))


def _end_of_phrase(last: Token) -> Token | None:
    """The last token of the phrase that ``last`` begins or stands in; None when it may end one."""
    if last.head.i <= last.i or last.head.sent.start_char != last.sent.start_char:
        return None
    if last.dep_ in _BEFORE_NOUN:
        return last.head
    if last.tag_ in _OPENING and last.dep_ in _CLAUSAL:
        return max(last.head.subtree, key=lambda one: one.i)
    return None
