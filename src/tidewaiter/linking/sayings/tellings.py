"""Statements as tellings of a saying: who, when, and what the words stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from sys import intern

from tidewaiter import edtf
from tidewaiter.edtf import safe
from tidewaiter.knowledge import Knowledge
from tidewaiter.linking.sayings.concepts import items, tokens
from tidewaiter.linking.sayings.voices import Voice, same_person, voice_of
from tidewaiter.model import Document, Reading, Span, Spans, Statement

CLOCKS = 1
"""Days by which a report may seem to be published before something was said: the clocks of outlet and
speaker differ by up to a day."""

LEAST_ITEMS = 2
"""Items that say something which a content must have to be compared: "the report", "it" retell nothing."""


@dataclass(frozen=True, slots=True)
class Days:
    """On which days something may have been said."""

    first: date | None
    last: date | None
    yearless: str | None  # XXXX-MM-DD, where the report tells no year
    told: bool  # by the report itself, not only bounded by its publication


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement, as far as it is compared with others; all of a case's are held at once."""

    document: str  # id
    statement: Statement
    place: str  # outlet or source, for the words of reasons
    voice: Voice
    days: Days
    published: str | None  # EDTF
    said: str  # the words of the content, its pieces on lines of their own
    weights: Mapping[str, float]  # of the key of each item that counts
    spans: Spans  # of the content, without what somebody else is made to say inside it

    @property
    def key(self) -> tuple[str, str]:
        """Document and statement."""
        return self.document, self.statement.id

    @property
    def total(self) -> float:
        """What all its items count."""
        return sum(self.weights.values())


def tellings_of(document: Document, reading: Reading, tables: Knowledge) -> Iterator[Telling]:
    """The statements of a document that can retell a saying, in order.

    What somebody is said to have said inside another statement is told by the inner one; a piece of the
    speaker's own words inside them is no telling of its own.
    """
    voices = {one.id: voice_of(one.source, tables) for one in reading.statements}
    inner: dict[str, list[Statement]] = {}
    for one in reading.statements:
        if one.within is not None:
            inner.setdefault(one.within, []).append(one)
    for one in reading.statements:
        if one.within in voices and not _other(voices[one.id], voices[one.within]):
            continue
        held = [span for part in inner.get(one.id, ()) if _other(voices[part.id], voices[one.id])
                for span in part.content.spans]  # fmt: skip
        telling = _telling(document, one, voices[one.id], _without(one.content.spans, held), tables)
        if len(telling.weights) >= LEAST_ITEMS:
            yield telling


def _other(inner: Voice, outer: Voice) -> bool:
    """Whether somebody else speaks in the inner statement."""
    if inner.person or outer.person:
        return bool(inner.person) and same_person(inner, outer) is not True
    return inner.actor is not None and inner.actor != outer.actor


def _without(spans: Spans, held: Sequence[Span]) -> Spans:
    """The spans less those held; all of them where nothing would be left."""
    left = list(spans)
    for start, end in held:
        left = [
            Span(*piece)
            for one in left
            for piece in ((one.start, min(one.end, start)), (max(one.start, end), one.end))
            if piece[0] < piece[1]
        ]
    return tuple(left)


def _telling(
    document: Document, statement: Statement, voice: Voice, spans: Spans, tables: Knowledge
) -> Telling:
    said = "\n".join(document.text[start:end] for start, end in spans)
    found = items(tokens(said), tables)
    return Telling(
        document=document.id,
        statement=statement,
        place=document.outlet or document.source,
        voice=voice,
        days=_days(statement, document),
        published=safe(document.published),
        said=said,
        weights={intern(one.key): one.weight for one in found if one.weight > 0},
        spans=spans,
    )


def _days(statement: Statement, document: Document) -> Days:
    said = safe(statement.said_on)
    first, last = edtf.safe_bounds(said)
    latest = edtf.safe_bounds(document.published).latest
    if last is None and latest is not None:
        last = date.fromordinal(latest.toordinal() + CLOCKS)
    yearless = said if said is not None and said.startswith("XXXX-") else None
    return Days(first, last, yearless, said is not None)
