"""Statements as tellings of a saying: who, when, and what the words stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tidewaiter import edtf
from tidewaiter.edtf import safe
from tidewaiter.knowledge import Knowledge
from tidewaiter.linking.sayings.beside import Beside, without
from tidewaiter.linking.sayings.concepts import tokens, weights_of
from tidewaiter.linking.sayings.signs import DENIAL, NEGATION, signs
from tidewaiter.linking.sayings.voices import Voice, is_another, voice_of
from tidewaiter.model import Document, Reading, Spans, Statement
from tidewaiter.wording import quoted, title_of

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
    place: str  # outlet, else what the report is called, for the words of reasons
    voice: Voice
    days: Days
    published: str | None  # EDTF
    said: str  # the words of the content, its pieces on lines of their own
    weights: Mapping[str, int]  # what the key of each item counts that says something
    keys: frozenset[str]  # these keys
    around: frozenset[str]  # keys of what stands around it: see ``beside``
    total: int  # what all its items count
    total_around: int  # and those around it
    spans: Spans  # of the content, without what somebody else is made to say inside it
    is_denial: bool = False  # whether anything is denied in it, or by its cue

    @property
    def key(self) -> tuple[str, str]:
        """Document and statement."""
        return self.document, self.statement.id


def tellings_of(document: Document, reading: Reading, tables: Knowledge) -> Iterator[Telling]:
    """The statements of a document that can retell a saying, in order.

    What somebody is said to have said inside another statement is told by the inner one; a piece of the
    speaker's own words inside them is no telling of its own.
    """
    voices = {
        one.id: voice_of(one.source, tables, outlet=document.outlet, is_quoted=one.within is not None)
        for one in reading.statements
    }
    beside = Beside(document, reading, voices, tables)
    inner: dict[str, list[Statement]] = {}
    for one in reading.statements:
        if one.within is not None:
            inner.setdefault(one.within, []).append(one)
    for one in reading.statements:
        if one.within in voices and not is_another(voices[one.id], voices[one.within]):
            continue
        held = [span for part in inner.get(one.id, ()) if is_another(voices[part.id], voices[one.id])
                for span in part.content.spans]  # fmt: skip
        spans = without(one.content.spans, held) or one.content.spans
        said = "\n".join(document.text[start:end] for start, end in spans)
        weights = weights_of(said, tables) if held else beside.told(one)
        if len(weights) >= LEAST_ITEMS:
            is_denial = _is_denial(said, one, tables)
            yield _telling(document, one, voices[one.id], spans, said, weights, beside.around(one), is_denial)


def _is_denial(said: str, statement: Statement, tables: Knowledge) -> bool:
    cue = () if statement.cue is None else signs(tokens(statement.cue.text), tables)
    inside = signs(tokens(said), tables)
    return any(one.sign in (NEGATION, DENIAL) for one in cue) or any(one.sign == NEGATION for one in inside)


def _telling(
    document: Document,
    statement: Statement,
    voice: Voice,
    spans: Spans,
    said: str,
    weights: Mapping[str, int],
    around: Mapping[str, int],
    is_denial: bool,
) -> Telling:
    return Telling(
        document=document.id,
        statement=statement,
        place=document.outlet or quoted(title_of(document)),
        voice=voice,
        days=_days(statement.said_on, document.published),
        published=safe(document.published),
        said=said,
        weights=weights,
        keys=frozenset(weights),
        around=frozenset(around.keys() - weights.keys()),
        total=sum(weights.values()),
        total_around=sum([weight for key, weight in around.items() if key not in weights]),
        spans=spans,
        is_denial=is_denial,
    )


@lru_cache(maxsize=4096)
def _days(said_on: str | None, published: str | None) -> Days:
    said = safe(said_on)
    first, last = edtf.safe_bounds(said)
    latest = edtf.safe_bounds(published).latest
    if last is None and latest is not None:
        last = date.fromordinal(latest.toordinal() + CLOCKS)
    yearless = said if said is not None and said.startswith("XXXX-") else None
    return Days(first, last, yearless, said is not None)
