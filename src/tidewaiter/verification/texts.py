"""Words: that every anchor lies in the kept text, on the words it claims, and the text in its capture."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields

from tidewaiter.model import (
    Anchors,
    Citation,
    Claim,
    Document,
    Event,
    Mention,
    Part,
    Reading,
    Register,
    RegisterResponse,
    RegisterRow,
    ReportedTransfer,
    Response,
    Spans,
    Statement,
    TimelineEntry,
)
from tidewaiter.verification.findings import Finding, Kind, finding

Anchored = Statement | Mention | ReportedTransfer | Claim | Response | Event
Texts = Callable[[str], str | None]
"""The cleaned text of a document by id; None where there is no such document."""

COVERED: Mapping[type[Anchored], tuple[str, ...]] = {
    Statement: ("said_on",),
    Mention: ("supplier", "recipient", "category", "item", "quantity", "stage", "outcome", "when"),
    ReportedTransfer: (
        "supplier", "recipient", "category", "item", "quantity", "stage", "outcome", "when", "route",
    ),
    Claim: ("stance", "speaker", "stage", "quantity", "said_on"),
    Response: ("kind", "by", "against", "target", "status", "on"),
    Event: ("type", "actor", "target", "when", "text"),
}  # fmt: skip
"""Fields that have words under them wherever they have a value, as ``model`` says of ``anchors``."""

UNKNOWN_CELL = ".."
SHOWN_WORDS = 60
"""Characters of a quotation that are shown with a finding."""


# ------------------------------------------------------------------------------------ one document


def check_text(document: Document) -> Iterator[Finding]:
    """The text is the one that was cleaned, and title, author and date stand in it."""
    where = f"{document.id} ({document.source})"
    found = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    if found != document.text_sha256:
        yield finding(Kind.TEXT_CHANGED, where, "the SHA-256 of its text is not the one noted with it")
    for name, spans in document.anchors.items():
        yield from _check_spans(spans, document.text, f"{where}, {name}")


def check_origin(document: Document, decoded: str) -> Iterator[Finding]:
    """Every run of the text that has an origin stands there in the decoded capture."""
    where = f"{document.id} ({document.source})"
    length, before = len(document.text), 0
    for start, end, origin in document.segments:
        if not (before <= start < end <= length and origin >= 0):
            yield finding(Kind.ORIGIN_WRONG, where, f"its map has a run {start}..{end} outside the text")
            return
        before = end
        if document.text[start:end] != decoded[origin : origin + end - start]:
            words = _shown(document.text[start:end])
            yield finding(
                Kind.ORIGIN_WRONG, where, f"{words} does not stand at {origin} of the decoded capture"
            )
            return  # one misplaced character moves all that follow


def check_reading(document: Document, reading: Reading) -> Iterator[Finding]:
    """Every anchor of every finding lies in the text, quoted words stand there, and no value is
    without words."""
    for one in findings_of(reading):
        where = place_of(document.id, one)
        for name, spans in one.anchors.items():
            yield from _check_spans(spans, document.text, f"{where}, {name}")
        yield from _check_unanchored(one, where)
        if isinstance(one, Statement):
            yield from _check_parts(one, document.text, where)
    for mention in reading.mentions:
        yield from _check_spans(
            (mention.sentence,), document.text, f"{document.id}: mention {mention.id}, sentence"
        )


def findings_of(reading: Reading) -> Iterator[Anchored]:
    """Everything found in a document that has anchors."""
    yield from reading.statements
    yield from reading.mentions
    yield from reading.transfers
    yield from reading.claims
    yield from reading.responses
    yield from reading.events


def place_of(document: str, one: Anchored) -> str:
    """Where a finding stands, in words: ``d0123456789ab: claim c2``."""
    return f"{document}: {_KIND_WORDS[type(one)]} {one.id}"


_KIND_WORDS: Mapping[type[Anchored], str] = {
    Statement: "statement",
    Mention: "mention",
    ReportedTransfer: "reported transfer",
    Claim: "claim",
    Response: "response",
    Event: "event",
}


def _check_unanchored(one: Anchored, where: str) -> Iterator[Finding]:
    known = {field.name for field in fields(one)}
    for name in COVERED[type(one)]:
        if name in known and _tells(getattr(one, name)) and not one.anchors.get(name):
            yield finding(Kind.WORDS_MISSING, f"{where}, {name}", "it has a value and no words under it")


def _tells(value: object) -> bool:
    """Whether it is a value: not None, and not an object of which every field is None or empty."""
    names = getattr(value, "__dataclass_fields__", None)
    if names is None:
        return value is not None
    return any(getattr(value, name) not in (None, ()) for name in names)


def _check_parts(statement: Statement, text: str, where: str) -> Iterator[Finding]:
    parts: tuple[tuple[str, Part | None], ...] = (
        ("source", statement.source),
        ("cue", statement.cue),
        ("content", statement.content),
    )
    for name, part in parts:
        if part is not None:
            yield from _check_words(part.text, part.spans, " ", text, f"{where}, {name}")


# ------------------------------------------------------------------------------------ the register


def check_row(row: RegisterRow, texts: Texts) -> Iterator[Finding]:
    """Every citation under a row stands in its document, and no cell is without words."""
    for name, cell in row.cells.items():
        where = f"{row.id}, {name}"
        if cell.value not in ("", UNKNOWN_CELL) and not any(one.spans for one in cell.citations):
            yield finding(Kind.WORDS_MISSING, where, f"{_shown(cell.value)} has no words under it")
        yield from check_citations(cell.citations, texts, where)
    for position in row.positions:
        for claim in position.claims:
            where = f"{row.id}, position of {position.actor}, claim {claim.claim} of {claim.document}"
            yield from check_citations((claim.citation,), texts, where)
    for remark in row.judged:
        where = f"{row.id}, judgement {remark.judgement}"
        yield from check_citations((remark.citation,), texts, where)
    for question in (*row.open, *row.closed):
        where = f"{row.id}, {question.state}: {question.kind}"
        yield from check_citations((*question.citations, *question.opened_by), texts, where)
        if question.closed_by is not None:
            yield from check_citations(question.closed_by.citations, texts, f"{where}, answered")
    for origin in row.origins.found:
        yield from check_citations(origin.citations, texts, f"{row.id}, origin {_shown(origin.holder)}")


def check_response(number: int, response: RegisterResponse, texts: Texts) -> Iterator[Finding]:
    """The words of a response of the register; ``number``: which one of them, from 1."""
    where = f"response {number} ({response.kind.value} by {response.by or '?'})"
    yield from _check_cited(response.citations, texts, where)


def check_entry(number: int, entry: TimelineEntry, texts: Texts) -> Iterator[Finding]:
    """The words of an entry of the timeline; ``number``: which one of them, from 1."""
    yield from _check_cited(entry.citations, texts, f"timeline entry {number} ({entry.kind})")


def check_register(register: Register, texts: Texts) -> Iterator[Finding]:
    """All citations of a register that is at hand as a whole."""
    for row in register.rows:
        yield from check_row(row, texts)
    for number, response in enumerate(register.responses, 1):
        yield from check_response(number, response, texts)
    for number, entry in enumerate(register.timeline, 1):
        yield from check_entry(number, entry, texts)


def _check_cited(citations: Iterable[Citation], texts: Texts, where: str) -> Iterator[Finding]:
    cited = tuple(citations)
    if not any(one.spans for one in cited):
        yield finding(Kind.WORDS_MISSING, where, "it has no words under it")
    yield from check_citations(cited, texts, where)


def check_citations(citations: Iterable[Citation], texts: Texts, where: str) -> Iterator[Finding]:
    """Each citation's quotation stands in the document it names, its pieces joined by `` ... ``."""
    for one in citations:
        text = texts(one.document)
        if text is None:
            yield finding(
                Kind.ID_DANGLING, where, f"it cites the document {one.document}, which is not there"
            )
        else:
            yield from _check_words(one.quote, one.spans, " ... ", text, f"{where}, in {one.document}")


# ------------------------------------------------------------------------------------ shared


def _check_words(words: str, spans: Spans, between: str, text: str, where: str) -> Iterator[Finding]:
    outside = list(_check_spans(spans, text, where))
    yield from outside
    if not outside and between.join(text[start:end] for start, end in spans) != words:
        yield finding(Kind.WORDS_DIFFER, where, f"{_shown(words)} does not stand there")


def _check_spans(spans: Spans, text: str, where: str) -> Iterator[Finding]:
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            what = f"the span {start}..{end} is not inside a text of {len(text):,} characters"
            yield finding(Kind.ANCHOR_OUTSIDE, where, what)


def _shown(words: str) -> str:
    line = " ".join(words.split())
    return f"“{line}”" if len(line) <= SHOWN_WORDS else f"“{line[:SHOWN_WORDS]}...”"


def anchors_of(one: Anchored) -> Anchors:
    """The anchors of a finding, those of a statement's parts with them."""
    if not isinstance(one, Statement):
        return one.anchors
    parts = {"source": one.source, "cue": one.cue, "content": one.content}
    return {**{name: part.spans for name, part in parts.items() if part}, **one.anchors}
