"""Contents and quotation marks made to agree: marks know better than the parser where words begin and
end, and words without a cue of their own belong to whoever spoke last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.model import Span, Spans
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.places import Places
from tidewaiter.reading.said.complements import runs
from tidewaiter.reading.said.quotes import MARKS, Quotation, home_of, touching
from tidewaiter.reading.said.sayings import SPEAKING, Saying

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

NEAR = 90
"""Characters between a quotation and a cue that may take it, with the speaker's name and title; the
longest in our own examples is 70."""
FAR = 5_000
"""Characters within which a saying is looked for that a quotation goes on with; longer than what any
sentence of a report holds."""
SPEECH_WORDS = 3
"""Words from which quoted words count as speech without a stop or comma; shorter ones are titles and
words held at arm's length."""
_STOPS = (". ", "? ", "! ")


def fitted(parsed: Parsed, saying: Saying, quotations: Sequence[Quotation]) -> Saying:
    """The saying with its content as spans that respect the quotation marks."""
    spans = runs(parsed.doc, saying.words)
    home = home_of(saying.cue.head.idx, quotations)
    if home is not None:
        inner = Span(home.start + 1, home.end - 1)
        return replace(
            saying, content=tuple(cut for span in spans if (cut := _clip(span, inner)) is not None)
        )
    return replace(saying, content=_grown(spans, quotations))


def _clip(span: Span, inside: Span) -> Span | None:
    cut = Span(max(span.start, inside.start), min(span.end, inside.end))
    return cut if cut.start < cut.end else None


def _grown(spans: Spans, quotations: Sequence[Quotation]) -> Spans:
    """The spans, each with the whole of the quotations that it touches."""
    grown = []
    for span in spans:
        touched = [one.span for one in touching(span, quotations)]
        starts, ends = [one.start for one in touched], [one.end for one in touched]
        grown.append(Span(min([span.start, *starts]), max([span.end, *ends])))
    return merged(grown)


def merged(spans: Iterable[Span]) -> Spans:
    """The spans in order, overlapping ones as one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def with_quotations(
    parsed: Parsed, sayings: Sequence[Saying], quotations: Sequence[Quotation]
) -> list[Saying]:
    """The sayings, with the quotations that no content has taken given to the cue beside them, else to
    the rest of the same speech, else to the last speaker."""
    told = _Told(sayings)
    for number, quotation in enumerate(quotations):
        if _owner(quotation, told) is not None or not _is_speech(parsed.text, quotation):
            continue
        index = _beside(parsed, told, quotation)
        if index is None:
            index = _chained(told, quotations, number)
        if index is None:
            index = _continued(parsed, told, quotation, quotations)
        if index is not None:
            told.give(index, quotation.span)
    return told.sayings


class _Told:
    """The sayings, as they take quotations, and where they stand."""

    def __init__(self, sayings: Sequence[Saying]) -> None:
        self.sayings = list(sayings)
        self._places = Places()
        for index, saying in enumerate(sayings):
            cue = saying.cue.head
            for span in (*saying.content, Span(cue.idx, cue.idx + len(cue))):
                self._places.add(span, index)

    def near(self, start: int, end: int) -> Iterator[tuple[int, Saying]]:
        """The sayings with cue or content between two positions, by number; also some close to them."""
        for index in self._places.near(Span(max(start, 0), end)):
            yield index, self.sayings[index]

    def give(self, index: int, span: Span) -> None:
        """Let the content of a saying have a quotation."""
        saying = self.sayings[index]
        self.sayings[index] = replace(saying, content=merged([*saying.content, span]))
        self._places.add(span, index)


def _owner(quotation: Quotation, told: _Told) -> int | None:
    """The saying, told from outside, whose content has words of the quotation."""
    span = quotation.span
    for index, saying in told.near(*span):
        if span.start <= saying.cue.head.idx < span.end:
            continue
        if any(piece.start < span.end and span.start < piece.end for piece in saying.content):
            return index
    return None


def _is_speech(text: str, quotation: Quotation) -> bool:
    words = text[quotation.span.start : quotation.span.end]
    return len(words.split()) >= SPEECH_WORDS or words.rstrip(MARKS + "'’")[-1:] in ",.?!"


def _beside(parsed: Parsed, told: _Told, quotation: Quotation) -> int | None:
    """The nearest cue without a content next to a quotation, with no sentence's end between."""
    gaps = [
        (gap, index)
        for index, saying in told.near(quotation.span.start - NEAR - 1, quotation.span.end + NEAR + 1)
        if not saying.content
        and saying.cue.entry.pos == "verb"
        and saying.cue.entry.frames & {"clause", "quote"}
        if (gap := _gap(parsed.text, saying.cue.head, quotation.span)) is not None
    ]
    return min(gaps)[1] if gaps else None


def _gap(text: str, verb: Token, span: Span) -> int | None:
    """Characters between a cue and a quotation; None when too many, or when a sentence ends there."""
    if span.start <= verb.idx < span.end:
        return None
    between = text[span.end : verb.idx] if verb.idx >= span.end else text[verb.idx + len(verb) : span.start]
    if len(between) > NEAR or "\n" in between or any(stop in between for stop in _STOPS):
        return None
    return len(between)


def _chained(told: _Told, quotations: Sequence[Quotation], number: int) -> int | None:
    """The saying that has another part of a speech that runs over several paragraphs."""
    while not quotations[number].closed and number + 1 < len(quotations) and quotations[number + 1].continues:
        number += 1
        owner = _owner(quotations[number], told)
        if owner is not None:
            return owner
    return None


def _continued(
    parsed: Parsed, told: _Told, quotation: Quotation, quotations: Sequence[Quotation]
) -> int | None:
    """The quoted saying before, when nothing but its own cue, or a paragraph's end, stands between."""
    start = quotation.span.start
    before = [
        (max(saying.content[-1].end, saying.cue.head.idx + len(saying.cue.head)), index)
        for index, saying in told.near(start - FAR, start)
        if saying.content and saying.content[-1].end <= start and saying.cue.head.idx < start
        if saying.cue.entry.kind in SPEAKING and _is_quoted(saying, quotations)
    ]
    if not before:
        return None
    end, index = max(before)
    return index if _only_speaker(parsed, told.sayings[index], end, quotation.span) else None


def _is_quoted(saying: Saying, quotations: Sequence[Quotation]) -> bool:
    return bool(touching(saying.content[-1], quotations))


def _only_speaker(parsed: Parsed, saying: Saying, start: int, quotation: Span) -> bool:
    """Whether what stands between is the rest of the cue's own sentence ("said Kirby on Tuesday."); after
    a paragraph's end the quotation must also be all that its own paragraph has."""
    text = parsed.text
    rest = text[max(start, saying.cue.head.sent.end_char) : quotation.start]
    same_line = "\n" not in text[start : quotation.start]
    if any(letter.isalnum() for letter in rest):
        # the parser ends sentences at titles: "said Sen. Smith."
        return same_line and len(rest) <= NEAR and not any(stop in rest.rstrip() for stop in _STOPS)
    return same_line or not any(letter.isalnum() for letter in text[quotation.end :].partition("\n")[0])
