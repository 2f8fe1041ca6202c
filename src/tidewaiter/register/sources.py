"""What the register is made from, looked up by document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tidewaiter import edtf
from tidewaiter.model import (
    Citation,
    Claim,
    Document,
    Links,
    Reading,
    ReportedTransfer,
    Span,
    Spans,
    Statement,
)
from tidewaiter.register.names import label_of
from tidewaiter.register.years import fill_years, safe

Member = tuple[str, str]
"""Document id and reported transfer id."""


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with the document that tells it."""

    document: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class Sources:
    """Documents with the dates that linking found, their readings with years filled in, and the
    register's own day."""

    documents: Mapping[str, Document]
    readings: Mapping[str, Reading]
    published: Mapping[str, str | None]
    row_of: Mapping[str, str]  # reported transfer id -> register id
    as_of: str
    names: Mapping[str, str]

    def label(self, code: str | None) -> str:
        """The name of a party for reading."""
        return label_of(code, self.names)

    def transfer(self, member: Member) -> ReportedTransfer:
        """The reported transfer of a group's member."""
        document, wanted = member
        return next(row for row in self.readings[document].transfers if row.id == wanted)

    def claims(self, members: Iterable[Member]) -> tuple[Told, ...]:
        """The claims on a group's members, in order of documents."""
        wanted = {transfer for _, transfer in members}
        return tuple(
            Told(document, claim)
            for document in sorted({document for document, _ in members})
            for claim in self.readings[document].claims
            if claim.transfer in wanted
        )

    def statement(self, document: str, wanted: str | None) -> Statement | None:
        """A statement by id; None where it is not in the reading."""
        return next((one for one in self.readings[document].statements if one.id == wanted), None)

    def cite(self, document: str, spans: Iterable[Span]) -> Citation | None:
        """A citation of the words at ``spans``; None where no span lies in the text."""
        text = self.documents[document].text
        kept: Spans = tuple(sorted({Span(*span) for span in spans if 0 <= span[0] < span[1] <= len(text)}))
        if not kept:
            return None
        return Citation(document, kept, " ... ".join(text[start:end] for start, end in kept))

    def cite_field(self, members: Iterable[Member], *fields: str) -> tuple[Citation, ...]:
        """Citations of the words that the members' field was read from: of the first of ``fields``
        that each member has an anchor for."""
        found = []
        for member in members:
            anchors = self.transfer(member).anchors
            spans = next((anchors[field] for field in fields if anchors.get(field)), ())
            found.append(self.cite(member[0], spans))
        return distinct(found)

    def cite_claim(self, told: Told) -> Citation:
        """What the speaker is made to say, else the words that the claim was read from, else those of
        the transfer that it is about."""
        statement = self.statement(told.document, told.claim.statement)
        anchors = told.claim.anchors
        for spans in (
            statement.content.spans if statement is not None else (),
            tuple(span for field in sorted(anchors) for span in anchors[field]),
            self.transfer((told.document, told.claim.transfer)).anchors.get("trigger", ()),
        ):
            citation = self.cite(told.document, spans)
            if citation is not None:
                return citation
        return Citation(told.document, (), "")

    def day(self, told: Told) -> str | None:
        """When it was said: the day told, else a bound from the publication."""
        said = safe(told.claim.said_on)
        return said if said is not None else by(self.published[told.document])


def by(published: str | None) -> str | None:
    """ "On or before" a day of publication; None where that has no latest day."""
    latest = edtf.bounds(safe(published)).latest
    return None if latest is None else f"[..{latest.isoformat()}]"


def distinct(citations: Iterable[Citation | None]) -> tuple[Citation, ...]:
    """The citations without the empty ones and repetitions, in order."""
    return tuple(dict.fromkeys(one for one in citations if one is not None))


def sources_of(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    links: Links,
    as_of: str,
    names: Mapping[str, str],
) -> Sources:
    """The look-ups, with what linking found out about dates put in."""
    kept: dict[str, Document] = {}
    filled: dict[str, Reading] = {}
    published: dict[str, str | None] = {}
    for document in sorted(documents, key=lambda one: one.id):
        if document.id not in readings:
            continue
        dated = links.dated.get(document.id)
        kept[document.id] = document
        published[document.id] = dated[0] if dated else safe(document.published)
        reading = readings[document.id]
        filled[document.id] = fill_years(reading, dated)[0] if dated else reading
    row_of = {transfer: group.id for group in links.groups for _, transfer in group.members}
    return Sources(kept, filled, published, row_of, as_of, names)
