"""Statements that a colon makes: "Minister: shells never left port", "Shells left port: minister"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tidewaiter.model import Span
from tidewaiter.reading.entities import Entities, at
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.said.attribution import Attribution, Who
from tidewaiter.reading.said.quotes import has_marks
from tidewaiter.reading.said.reporting import lexicon

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_LINE = re.compile(r"[^\n]+")
_COLON = re.compile(r"(?<=\w): +(?=\S)|(?<=\w) [–—] +(?=\S)")
LONGEST_SOURCE = 6
"""Words before (or after) a headline's colon that can still be a speaker."""
LONGEST_HEADLINE = 30
"""Words of the longest headline; longer lines are paragraphs."""
SHORTEST_CONTENT = 3


def headlines(parsed: Parsed, entities: Entities, found: Sequence[Attribution]) -> list[Attribution]:
    """What a colon or dash makes somebody say in lines that no other attribution covers."""
    out = []
    for line in _LINE.finditer(parsed.text):
        for mark in list(_COLON.finditer(parsed.text, line.start(), line.end()))[:1]:
            told = _told(parsed, entities, Span(*line.span()), Span(*mark.span()))
            if told is not None and not _covered(told, found):
                out.append(told)
    return out


def _covered(told: Attribution, found: Sequence[Attribution]) -> bool:
    piece = told.content[0]
    return any(
        span.start < piece.end
        and piece.start < span.end
        and span.end - span.start > (piece.end - piece.start) // 2
        for one in found
        for span in one.content
    )


def _told(parsed: Parsed, entities: Entities, line: Span, mark: Span) -> Attribution | None:
    """What a line makes somebody say: its speaker first, or, in a headline without a stop, last."""
    left, right = _bare(parsed.text, line.start, mark.start), _bare(parsed.text, mark.end, line.end)
    colon = parsed.text[mark.start] == ":"
    quoted = right is not None and has_marks(parsed.text[right.start : right.start + 2])
    headline = len(parsed.text[line.start : line.end].split()) <= LONGEST_HEADLINE
    if left is None or right is None or not (headline or quoted):
        return None
    if colon and _names_speaker(parsed, entities, left) and _long_enough(parsed.text, right):
        return _made(parsed, left, right, mark)
    ends_open = parsed.text[right.end - 1] not in '.?!"”'
    if ends_open and _names_speaker(parsed, entities, right) and _long_enough(parsed.text, left):
        return _made(parsed, right, left, mark)
    return None


def _bare(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip())) if words.strip() else None


def _long_enough(text: str, span: Span) -> bool:
    return len(text[span.start : span.end].split()) >= SHORTEST_CONTENT


def _names_speaker(parsed: Parsed, entities: Entities, span: Span) -> bool:
    tokens = parsed.tokens(span)
    if tokens is None or len(parsed.text[span.start : span.end].split()) > LONGEST_SOURCE:
        return False
    if any(token.pos_ in {"VERB", "AUX"} or (token.is_punct and token.text in "?!;") for token in tokens):
        return False
    last = _last(list(tokens))
    origins = lexicon(parsed.knowledge).origins
    named = at(entities.actors, last.idx) is not None or last.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"}
    return named or last.lemma_.lower() in origins


def _last(tokens: Sequence[Token]) -> Token:
    return next((token for token in reversed(tokens) if token.pos_ in {"PROPN", "NOUN"}), tokens[-1])


def _made(parsed: Parsed, who: Span, what: Span, mark: Span) -> Attribution:
    tokens = parsed.tokens(who)
    head = _last(list(tokens) if tokens is not None else []).i
    sign = _bare(parsed.text, mark.start, mark.end) or mark
    return Attribution(content=(what,), cue=(sign,), source=Who((who,), head))
