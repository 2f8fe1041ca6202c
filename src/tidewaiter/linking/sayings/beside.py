"""What a report tells beside a statement that may belong to the same saying.

Reading cuts a content where the sentence does: "The weapons crossed at Bunagana, the army said after the
capture of two fighters" tells of the fighters too, and what a speaker is made to say in one sentence goes
on in the next.  So what a telling says is compared with what stands around another one as well, though it
counts less there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tidewaiter.knowledge import Knowledge
from tidewaiter.linking.sayings.concepts import weights_of
from tidewaiter.linking.sayings.voices import Voice, is_another, same_person
from tidewaiter.linking.texts.clauses import sentences
from tidewaiter.model import Document, Reading, Span, Spans, Statement


class Beside:
    """The statements of a document, and what stands around them."""

    def __init__(
        self, document: Document, reading: Reading, voices: Mapping[str, Voice], tables: Knowledge
    ) -> None:
        self._text = document.text
        self._statements = reading.statements
        self._voices = voices
        self._tables = tables
        self._sentences = tuple(sentences(document.text))
        self._told: dict[str, Mapping[str, int]] = {}

    def told(self, statement: Statement) -> Mapping[str, int]:
        """The keys of the items of a content, with what they count."""
        if statement.id not in self._told:
            self._told[statement.id] = weights_of(statement.content.text, self._tables)
        return self._told[statement.id]

    def around(self, statement: Statement) -> Mapping[str, int]:
        """The same of what else the same speaker says in the document, and of the rest of the sentences that
        hold the content, without what others say there and without source and cue."""
        voice = self._voices[statement.id]
        found: dict[str, int] = {}
        for piece in self._rest(statement):
            found.update(weights_of(piece, self._tables))
        for other in self._statements:
            if other is not statement and _is_one(voice, self._voices[other.id]):
                found.update(self.told(other))
        return found

    def _rest(self, statement: Statement) -> Iterator[str]:
        content = statement.content.spans
        near = tuple(
            one
            for one in self._sentences
            if any(one.start < end and start < one.end for start, end in content)
        )
        for start, end in without(near, self._told_otherwise(statement)) if near else ():
            yield self._text[start:end]

    def _told_otherwise(self, statement: Statement) -> list[Span]:
        """The words of the statement itself, and those of what others say."""
        found = [*statement.content.spans]
        for part in (statement.cue, statement.source):
            found += () if part is None else part.spans
        voice = self._voices[statement.id]
        for other in self._statements:
            is_nested = other.within == statement.id or statement.within == other.id
            if other is not statement and not is_nested and is_another(self._voices[other.id], voice):
                found += other.content.spans
                found += () if other.source is None else other.source.spans
        return found


def _is_one(a: Voice, b: Voice) -> bool:
    """Whether two sources in one document are taken for one speaker."""
    same = same_person(a, b)
    return (a.actor is not None and a.actor == b.actor) if same is None else same


def without(spans: Spans, held: Sequence[Span]) -> Spans:
    """The spans, of which there is one at least, less those held; may be none."""
    left = list(spans)
    first, last = min(one.start for one in spans), max(one.end for one in spans)
    for start, end in held:
        if end <= first or last <= start:
            continue
        left = [
            Span(*piece)
            for one in left
            for piece in ((one.start, min(one.end, start)), (max(one.start, end), one.end))
            if piece[0] < piece[1]
        ]
    return tuple(left)
