"""What the register is made from, looked up by document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tidewaiter import edtf
from tidewaiter.edtf import safe
from tidewaiter.knowledge import Knowledge
from tidewaiter.model import (
    Anchors,
    Citation,
    Claim,
    Document,
    Links,
    Mention,
    Reading,
    Remark,
    ReportedTransfer,
    SourceRating,
    Span,
    Spans,
    Stage,
    Statement,
)
from tidewaiter.register.years import fill_years
from tidewaiter.wording import UNKNOWN, name_of

PAST = (Stage.SHIPPED, Stage.DELIVERED, Stage.USED)
"""Stages that are told as having happened; a plan may be told before its day."""

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
    knowledge: Knowledge
    remarks: Mapping[str, tuple[Remark, ...]] = field(default_factory=dict)  # of analysts, by document
    ratings: tuple[SourceRating, ...] = ()

    def label(self, code: str | None) -> str:
        """The name of a party for reading; ".." for None."""
        return UNKNOWN if code is None else name_of(code, self.names)

    def transfer(self, member: Member) -> ReportedTransfer:
        """The reported transfer of a group's member."""
        document, wanted = member
        return next(row for row in self.readings[document].transfers if row.id == wanted)

    def mentions(self, member: Member) -> tuple[Mention, ...]:
        """The mentions that a group's member is made of."""
        wanted = self.transfer(member).mentions
        return tuple(one for one in self.readings[member[0]].mentions if one.id in wanted)

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
        """What the speaker is made to say, with the words for stage and figure where these stand outside
        it; else the words that the claim was read from, else those of the transfer that it is about."""
        statement = self.statement(told.document, told.claim.statement)
        anchors = told.claim.anchors
        for spans in (
            () if statement is None else _with_outer(statement.content.spans, anchors),
            tuple(span for name in sorted(anchors) for span in anchors[name]),
            self.transfer((told.document, told.claim.transfer)).anchors.get("trigger", ()),
        ):
            citation = self.cite(told.document, spans)
            if citation is not None:
                return citation
        return Citation(told.document, (), "")

    def day(self, told: Told) -> str | None:
        """When it was said: the day told, else bounds: not after the publication, and not before what
        the speaker says has happened."""
        said = safe(told.claim.said_on)
        if said is not None:
            return said
        happened = self._happened(told)
        return between(happened, self.published[told.document])

    def _happened(self, told: Told) -> str | None:
        """The day of the transfer, where the speaker says that it came that far."""
        row = self.transfer((told.document, told.claim.transfer))
        return row.when if told.claim.stage is row.stage and row.stage in PAST else None


def between(after: str | None, published: str | None) -> str | None:
    """One day from the first that ``after`` can mean to the last that a publication can; None where
    that has no latest day."""
    latest = edtf.safe_bounds(published).latest
    if latest is None:
        return None
    earliest = edtf.safe_bounds(after).earliest
    if earliest is None or earliest > latest:
        return f"[..{latest.isoformat()}]"
    return f"[{earliest.isoformat()}..{latest.isoformat()}]"


def _with_outer(content: Spans, anchors: Anchors) -> Spans:
    """The content with those words of stage and figure that stand outside it."""
    outer = [
        span
        for field in ("stage", "quantity")
        for span in anchors.get(field, ())
        if not any(start <= span[0] and span[1] <= end for start, end in content)
    ]
    return (*content, *outer)


def distinct(citations: Iterable[Citation | None]) -> tuple[Citation, ...]:
    """The citations without the empty ones and repetitions, in order."""
    return tuple(dict.fromkeys(one for one in citations if one is not None))


def sources_of(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    links: Links,
    as_of: str,
    names: Mapping[str, str],
    knowledge: Knowledge,
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
    return Sources(kept, filled, published, row_of, as_of, names, knowledge)
