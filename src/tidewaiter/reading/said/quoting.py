"""Contents and quotation marks made to agree: marks know better than the parser where words begin and
end, and words without a cue of their own belong to whoever spoke last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tidewaiter.model import Span, Spans
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.places import Places
from tidewaiter.reading.said.attribution import Attribution
from tidewaiter.reading.said.mode import is_title
from tidewaiter.reading.said.quotes import MARKS, Quotation, home_of, speeches, touching
from tidewaiter.reading.said.reporting import SPEAKING

NEAR = 90
"""Characters between a quotation and a cue that may take it, with the speaker's name and title; the
longest in our own examples is 70."""
LEAD = 40
"""Characters of white space, at most, between a colon and the quotation that it leads to."""
FAR = 5_000
"""Characters within which a saying is looked for that a quotation goes on with; longer than what any
sentence of a report holds."""
SPEECH_WORDS = 3
"""Words from which quoted words count as speech without a stop or comma; shorter ones are titles and
words held at arm's length."""
_STOPS = (". ", "? ", "! ")


def fitted(content: Spans, cue: Span | None, quotations: Sequence[Quotation]) -> Spans:
    """The content as it respects the quotation marks: inside those that its cue stands in, else with the
    whole of those that it touches."""
    home = home_of(cue.start, quotations) if cue is not None else None
    if home is not None:
        return tuple(cut for span in content if (cut := _clip(span, home.inside)) is not None)
    return _grown(content, quotations)


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
    parsed: Parsed, attributions: Sequence[Attribution], quotations: Sequence[Quotation]
) -> list[Attribution]:
    """The attributions, with the quotations that no content has taken given to whoever has another part of
    the same speech, else to the cue beside them, else to the last speaker."""
    told = _Told(parsed, attributions)
    for speech in speeches(quotations):
        parts = [quotations[number] for number in speech]
        owners = [told.owner(part) for part in parts]
        index = next((owner for owner in owners if owner is not None), None)
        left = [part for part, owner in zip(parts, owners, strict=True) if owner is None]
        if len(parts) == 1:
            left = [part for part in left if _is_speech(parsed.text, part)]
        if left:
            index = _teller(told, left, quotations) if index is None else index
        if left and index is not None:
            told.give(index, [part.span for part in left])
    return told.attributions


def _teller(told: _Told, parts: Sequence[Quotation], quotations: Sequence[Quotation]) -> int | None:
    """The attribution beside one of the parts of a speech that no content has taken, else that of the last
    speaker before it."""
    found = (way(told, part) for part in (parts[0], parts[-1]) for way in (_beside, _introduced))
    beside = next((index for index in found if index is not None), None)
    if beside is not None or is_title(told.parsed.text, parts[0]):
        return beside
    return _continued(told, parts[0], quotations)


class _Told:
    """The attributions, as they take quotations, and where they stand."""

    def __init__(self, parsed: Parsed, attributions: Sequence[Attribution]) -> None:
        self.parsed = parsed
        self.attributions = list(attributions)
        self._cues = [cue_place(parsed, one) for one in attributions]
        self._places = Places()
        for index, one in enumerate(attributions):
            cue = self._cues[index]
            for span in (*one.content, *((cue,) if cue is not None else ())):
                self._places.add(span, index)

    def near(self, start: int, end: int) -> Iterator[tuple[int, Attribution, Span]]:
        """The attributions with cue or content between two positions, by number, and the place of their
        cue (of their content where there is no cue); also some close to them."""
        for index in self._places.near(Span(max(start, 0), end)):
            one = self.attributions[index]
            yield index, one, self._cues[index] or one.content[0]

    def owner(self, quotation: Quotation) -> int | None:
        """The attribution, told from outside, whose content has words of the quotation."""
        span = quotation.span
        for index, one, cue in self.near(*span):
            if self._cues[index] is not None and span.start <= cue.start < span.end:
                continue
            if any(piece.start < span.end and span.start < piece.end for piece in one.content):
                return index
        return None

    def give(self, index: int, spans: Sequence[Span]) -> None:
        """Let the content of an attribution have quotations."""
        one = self.attributions[index]
        self.attributions[index] = replace(one, content=merged([*one.content, *spans]))
        for span in spans:
            self._places.add(span, index)


def cue_place(parsed: Parsed, one: Attribution) -> Span | None:
    """Where the head of the cue stands; None without a cue."""
    if one.cue_head is None:
        return one.cue[0] if one.cue else None
    token = parsed.doc[one.cue_head]
    return Span(token.idx, token.idx + len(token))


def _is_speech(text: str, quotation: Quotation) -> bool:
    words = text[quotation.span.start : quotation.span.end]
    return len(words.split()) >= SPEECH_WORDS or words.rstrip(MARKS + "'’")[-1:] in ",.?!"


def _beside(told: _Told, quotation: Quotation) -> int | None:
    """The nearest cue without a content next to a quotation, with no sentence's end between."""
    gaps = [
        (gap, index)
        for index, one, cue in told.near(quotation.span.start - NEAR - 1, quotation.span.end + NEAR + 1)
        if not one.content
        and one.entry is not None
        and one.entry.pos == "verb"
        and one.entry.frames & {"clause", "quote"}
        if (gap := _gap(told.parsed.text, cue, quotation.span)) is not None
    ]
    return min(gaps)[1] if gaps else None


def _introduced(told: _Told, quotation: Quotation) -> int | None:
    """The last cue of a sentence whose colon leads to a quotation, be it in the next paragraph: "In a letter
    to the council it wrote the following:"."""
    text, start = told.parsed.text, quotation.span.start
    before = text[max(0, start - LEAD) : start].rstrip()
    if not before.endswith(":"):
        return None
    sentence = told.parsed.sentence_of(max(0, start - LEAD) + len(before) - 1)
    cues = [
        (cue.start, index)
        for index, one, cue in told.near(*sentence)
        if sentence.start <= cue.start < sentence.end and (one.kind is None or one.kind in SPEAKING)
    ]
    return max(cues)[1] if cues else None


def _gap(text: str, cue: Span, span: Span) -> int | None:
    """Characters between a cue and a quotation; None when too many, or when a sentence ends there."""
    if span.start <= cue.start < span.end:
        return None
    between = text[span.end : cue.start] if cue.start >= span.end else text[cue.end : span.start]
    if len(between) > NEAR or "\n" in between or any(stop in between for stop in _STOPS):
        return None
    return len(between)


def _continued(told: _Told, quotation: Quotation, quotations: Sequence[Quotation]) -> int | None:
    """The quoted attribution before, when nothing but its own cue, or a paragraph's end, stands between."""
    start = quotation.span.start
    before = [
        (max(one.content[-1].end, cue.end), index, cue)
        for index, one, cue in told.near(start - FAR, start)
        if one.content and one.content[-1].end <= start and cue.start < start
        if (one.kind is None or one.kind in SPEAKING) and touching(one.content[-1], quotations)
    ]
    if not before:
        return None
    end, index, cue = max(before)
    return index if _only_speaker(told.parsed, cue, end, quotation.span) else None


def _only_speaker(parsed: Parsed, cue: Span, start: int, quotation: Span) -> bool:
    """Whether what stands between is the rest of the cue's own sentence ("said Kirby on Tuesday."); after
    a paragraph's end the quotation must also be all that its own paragraph has."""
    text = parsed.text
    rest = text[max(start, parsed.sentence_of(cue.start).end) : quotation.start]
    same_line = "\n" not in text[start : quotation.start]
    if any(letter.isalnum() for letter in rest):
        # the parser ends sentences at titles: "said Sen. Smith."
        return same_line and len(rest) <= NEAR and not any(stop in rest.rstrip() for stop in _STOPS)
    return same_line or not any(letter.isalnum() for letter in text[quotation.end :].partition("\n")[0])
