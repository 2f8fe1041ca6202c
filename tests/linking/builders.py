"""Hand-made documents and readings, small enough to see in a test what is in them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tidewaiter.model import (
    Category,
    Claim,
    Document,
    Event,
    Mode,
    Part,
    Quantity,
    Reading,
    ReportedTransfer,
    Response,
    ResponseKind,
    ResponseStatus,
    Route,
    Source,
    Span,
    Speaker,
    Stage,
    Stance,
    Statement,
)


def spans_of(text: str, words: str | None) -> tuple[Span, ...]:
    """Where ``words`` first stand in ``text``; no span for words that are not there."""
    if not words or (start := text.find(words)) < 0:
        return ()
    return (Span(start, start + len(words)),)


class Report:
    """A document under construction together with its reading."""

    def __init__(self, name: str, text: str, published: str | None = None, **fields: object) -> None:
        digest = hashlib.sha256(f"{name}\n{text}".encode()).hexdigest()
        known: dict[str, object] = {"title": None, "outlet": None, "author": None, "language": "en", **fields}
        self.document = Document(
            id=f"d{digest[:12]}",
            source=name,
            captures=(digest,),
            text=text,
            text_sha256=digest,
            published=published,
            published_ground="given" if published else None,
            **known,  # type: ignore[arg-type]
        )
        self.reading = Reading(document=self.document.id, reader="by hand")

    def _id(self, letter: str, *parts: object) -> str:
        return letter + hashlib.sha256(repr((self.document.id, *parts)).encode()).hexdigest()[:10]

    def transfer(
        self,
        supplier: str | None,
        recipient: str | None,
        category: Category,
        item: str | None = None,
        *,
        stage: Stage = Stage.SHIPPED,
        quantity: Quantity | None = None,
        when: str | None = None,
        route: Route | None = None,
        in_exchange_for: str | None = None,
        words: Mapping[str, str] | None = None,
    ) -> str:
        """Add a reported transfer; ``words`` gives the words of the text that anchor each field."""
        text = self.document.text
        anchored = {"item": item or "", **({"quantity": quantity.text} if quantity else {}), **(words or {})}
        identifier = self._id("r", supplier, recipient, category, len(self.reading.transfers))
        row = ReportedTransfer(
            id=identifier,
            supplier=supplier,
            recipient=recipient,
            category=category,
            item=item,
            quantity=quantity,
            stage=stage,
            outcome=None,
            when=when,
            route=route,
            in_exchange_for=in_exchange_for,
            mentions=(),
            anchors={key: spans for key, value in anchored.items() if (spans := spans_of(text, value))},
        )
        self.reading = replace(self.reading, transfers=(*self.reading.transfers, row))
        return identifier

    def exchange(self, transfer: str, other: str) -> None:
        """Say that one transfer is given for the other."""
        rows = tuple(
            replace(row, in_exchange_for=other) if row.id == transfer else row
            for row in self.reading.transfers
        )
        self.reading = replace(self.reading, transfers=rows)

    def statement(self, name: str | None, actor: str | None, content: str, said_on: str | None = None) -> str:
        """Add a statement whose content is the given words of the text."""
        identifier = self._id("s", len(self.reading.statements))
        made = Statement(
            id=identifier,
            mode=Mode.DIRECT,
            source=Source(name or actor or "", (), name=name, actor=actor),
            cue=None,
            content=Part(content, spans_of(self.document.text, content)),
            said_on=said_on,
        )
        self.reading = replace(self.reading, statements=(*self.reading.statements, made))
        return identifier

    def claim(
        self,
        transfer: str,
        stance: Stance,
        name: str | None,
        actor: str | None,
        *,
        stage: Stage | None = None,
        quantity: Quantity | None = None,
        said_on: str | None = None,
        statement: str | None = None,
        words: str | None = None,
    ) -> str:
        """Add a claim anchored at ``words``."""
        identifier = self._id("c", len(self.reading.claims))
        spans = spans_of(self.document.text, words)
        made = Claim(
            id=identifier,
            stance=stance,
            transfer=transfer,
            stage=stage,
            quantity=quantity,
            speaker=Speaker(name, None, actor),
            said_on=said_on,
            statement=statement,
            anchors={"stance": spans} if spans else {},
        )
        self.reading = replace(self.reading, claims=(*self.reading.claims, made))
        return identifier

    def response(
        self,
        kind: ResponseKind,
        by: str | None,
        against: str | None,
        *,
        status: ResponseStatus = ResponseStatus.DONE,
        on: str | None = None,
        transfer: str | None = None,
        words: str | None = None,
    ) -> None:
        """Add a response anchored at ``words``."""
        spans = spans_of(self.document.text, words)
        made = Response(
            id=self._id("p", len(self.reading.responses)),
            kind=kind,
            by=by,
            against=against,
            target=None,
            status=status,
            on=on,
            transfer=transfer,
            anchors={"kind": spans} if spans else {},
        )
        self.reading = replace(self.reading, responses=(*self.reading.responses, made))

    def event(self, kind: str, actor: str | None, when: str | None, words: str) -> None:
        """Add an event anchored at ``words``."""
        spans = spans_of(self.document.text, words)
        made = Event(
            id=self._id("e", len(self.reading.events)),
            type=kind,
            actor=actor,
            target=None,
            when=when,
            text=words,
            anchors={"type": spans, "text": spans} if spans else {},
        )
        self.reading = replace(self.reading, events=(*self.reading.events, made))


def documents_of(reports: Sequence[Report]) -> tuple[Document, ...]:
    return tuple(report.document for report in reports)


def readings_of(reports: Sequence[Report]) -> dict[str, Reading]:
    return {report.document.id: report.reading for report in reports}


def count(number: int, unit: str) -> Quantity:
    """An exact figure."""
    return Quantity(number, number, unit, f"{number} {unit}")
