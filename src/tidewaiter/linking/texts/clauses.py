"""A text in sentences and clauses, with what each is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from tidewaiter.linking.texts.cues import Cue, Cues
from tidewaiter.linking.texts.stems import SMALL, stem
from tidewaiter.linking.texts.values import Moment, moments
from tidewaiter.model import Document, Span

_END = re.compile(r"(?<=[.!?])[\"'”’)\]]{0,3}\s+(?=[\"'“‘(\[]?[^\W_])|\n+")
ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Lt|Gen|Col|Maj|Capt|Brig|Sgt|Adm|Cmdr|Dr|Mr|Mrs|Ms|Prof|St|No|Nos|vs|Jan|Feb|Mar|Apr|Aug|Sept|"
    r"Sep|Oct|Nov|Dec|Inc|Ltd|Co)\.)$"
)
"""A full stop that ends a short form and no sentence."""
_CLAUSE = re.compile(r"[;:—–]\s|,\s(?:and|but|while|whereas|though|although|which|where|who|when)\s")
DATELINE_REST = 30
_DATELINE = re.compile(r"[A-Z][^\n.;]{0,60}?\d[^\n.;]{0,40}?(?: [-–—]|\))[^\n]*", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_QUOTED = re.compile(r"“[^“”\n]{1,1500}”|\"[^\"\n]{1,1500}\"|«[^«»\n]{1,1500}»")


@dataclass(frozen=True)
class Clause:
    """A part of a sentence, with the sentence that holds it."""

    text: str
    span: Span
    sentence: Span
    number: int  # of the sentence, from 0

    @cached_property
    def stems(self) -> frozenset[str]:
        """What it is about: the stems of its words, small ones and figures left out."""
        return stems_of(self.text)


SENTENCES = 4096
"""Clauses and sentences whose stems are kept at hand."""


@lru_cache(maxsize=SENTENCES)
def stems_of(text: str) -> frozenset[str]:
    """The stems of the words of a text that tell what it is about."""
    return frozenset(
        stem(word)
        for found in _WORD.finditer(text)
        if (word := found.group().casefold()) not in SMALL and not word.isdigit() and len(word) > 1
    )


@dataclass(frozen=True)
class Told:
    """One document as it is looked at here."""

    document: Document
    clauses: tuple[Clause, ...]
    moments: tuple[Moment, ...]
    quoted: tuple[Span, ...]
    headline: Span | None  # its first line, where that is no sentence of the text

    @cached_property
    def stems(self) -> frozenset[str]:
        """What the whole text is about."""
        return frozenset().union(*(one.stems for one in self.clauses))

    def clause_at(self, place: int) -> Clause | None:
        """The clause that holds a place."""
        return next((one for one in self.clauses if one.span.start <= place < one.span.end), None)

    def sentence_text(self, clause: Clause) -> str:
        """The words of the clause's sentence."""
        return self.document.text[slice(*clause.sentence)]

    def is_quoted(self, place: int) -> bool:
        """Whether a place stands between quotation marks."""
        return any(start <= place < end for start, end in self.quoted)


def told(document: Document) -> Told:
    """The document in clauses."""
    text = document.text
    spans = list(sentences(text))
    clauses = [one for number, span in enumerate(spans) for one in _clauses(text, span, number)]
    first = spans[0] if spans else None
    is_headline = (
        first is not None and text[first.end - 1] not in '.!?”"' and text[first.end : first.end + 1] == "\n"
    )
    quoted = tuple(Span(*match.span()) for match in _QUOTED.finditer(text))
    days = tuple(one for one in moments(text) if not _DATELINE.fullmatch(_line_around(text, one.span)))
    return Told(document, tuple(clauses), days, quoted, first if is_headline else None)


def _line_around(text: str, span: Span) -> str:
    """The line of the text up to a little behind a day."""
    return text[text.rfind("\n", 0, span.start) + 1 : span.end + DATELINE_REST]


def sentences(text: str) -> Iterator[Span]:
    """The sentences of a text, in order; a line that ends ends one."""
    begin = 0
    for match in _END.finditer(text):
        if "\n" not in match.group() and ABBREVIATED.search(text, begin, match.start()):
            continue
        closing = match.start() + len(match.group()) - len(match.group().lstrip("\"'”’)]"))
        if text[begin:closing].strip():
            yield Span(begin, closing)
        begin = match.end()
    if text[begin:].strip():
        yield Span(begin, len(text))


def _clauses(text: str, sentence: Span, number: int) -> Iterator[Clause]:
    begin = sentence.start
    for match in _CLAUSE.finditer(text, sentence.start, sentence.end):
        yield Clause(text[begin : match.start()], Span(begin, match.start()), sentence, number)
        begin = match.start()
    yield Clause(text[begin : sentence.end], Span(begin, sentence.end), sentence, number)


EVENT_REACH = 90
"""Characters between a value and the word for what happened then or there."""

EVENT_AFTER = 25
"""The same for a word behind the value: "the August acknowledgement", "on Monday the guards seized"."""


def event_near(clause: Clause, span: Span, cues: Cues) -> Cue | None:
    """What happened at a value: the nearest word for it in the clause, one before rather than one after."""

    def distance(cue: Cue) -> tuple[int, int]:
        is_before = cue.span.end <= span.start
        return (span.start - cue.span.end if is_before else (cue.span.start - span.end) * 2, cue.span.start)

    before = _WORD.findall(clause.text[: span.start - clause.span.start])
    said = before[-2:] if before[-1:] == ["on"] else before[-1:]
    if any(stem(word) in cues.reporting and not cues.is_one("event", word) for word in said):
        return None  # "said on Tuesday": the day of saying
    found = [
        cue
        for cue in cues.found("event", clause.text, clause.span.start)
        if cue.span.end <= span.start or cue.span.start >= span.end
    ]
    near = [
        cue
        for cue in found
        if (
            distance(cue)[0] <= EVENT_REACH
            if cue.span.end <= span.start
            else cue.span.start - span.end <= EVENT_AFTER
        )
    ]
    return min(near, key=distance, default=None)
