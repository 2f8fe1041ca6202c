"""Days of undated documents, from the other documents of the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tidewaiter import edtf
from tidewaiter.edtf import safe
from tidewaiter.linking.quotes import SharedQuote, surname
from tidewaiter.model import Claim, Copy, Document, Reading, ReportedTransfer, Statement
from tidewaiter.wording import spoken

NEAR_COPY = 0.5
"""Containment from which a copy's day is taken for the other's though not certain (``?``); one more
reworked may come days later, its day is taken as approximate (``~``)."""


class Saying(NamedTuple):
    """A dated act of saying: who, on what day, about what."""

    speaker: str  # surname in lower case
    day: str  # EDTF
    subject: tuple[str | None, str | None, str]  # supplier, recipient, category


def date_documents(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    copies: Sequence[Copy],
    quotes: Sequence[SharedQuote],
) -> dict[str, tuple[str, str]]:
    """``{document id: (EDTF, ground)}`` for documents whose publication has no year.

    A copy of a dated document has its day, marked uncertain.  Words said on a day known from another
    document bound the publication from below; so does a speaker's claim on the same transfer that
    both put on the same day of the month.
    """
    by_id = {document.id: document for document in documents}
    dated: dict[str, tuple[str, str]] = {}
    for document in sorted(documents, key=lambda d: d.id):
        if edtf.has_year(safe(document.published)):
            continue
        found = _from_copies(document, by_id, copies) or _from_sayings(document, by_id, readings, quotes)
        if found is not None:
            dated[document.id] = _whole(document, *found)
    return dated


def _whole(document: Document, found: str, ground: str) -> tuple[str, str]:
    """The document's own month and day, where it has them, with the year that was found."""
    first = edtf.bounds(found).earliest
    own = safe(document.published)
    if own is None or first is None:
        return found, ground
    return edtf.nearest_year(own, first), ground


def _from_copies(
    document: Document, by_id: Mapping[str, Document], copies: Sequence[Copy]
) -> tuple[str, str] | None:
    others: list[tuple[str, str, str]] = []
    for copy in copies:
        if document.id in (copy.a, copy.b):
            other = by_id[copy.b if copy.a == document.id else copy.a]
            if edtf.has_year(safe(other.published)):
                mark = "?" if copy.similarity >= NEAR_COPY else "~"
                ground = f"copy of {_called(other)}, published {spoken(other.published)}"
                others.append((other.published or "", mark, ground))
    if not others:
        return None
    days = sorted({value for value, _, _ in others}, key=edtf.sort_key)
    ground = "; ".join(text for _, _, text in sorted(others))
    if len(days) > 1:
        return _span(days), ground
    if days[0][0] == "[" or "/" in days[0]:
        return days[0], ground
    return days[0].rstrip("?~%") + min(mark for _, mark, _ in others), ground


def _span(days: Sequence[str]) -> str:
    """One day of those from the first to the last."""
    first = min((day for day in (edtf.bounds(value).earliest for value in days) if day), default=None)
    last = max((day for day in (edtf.bounds(value).latest for value in days) if day), default=None)
    return f"[{first or ''}..{last or ''}]"


def _called(document: Document) -> str:
    return document.title or document.source.rsplit("/", 1)[-1]


def _from_sayings(
    document: Document,
    by_id: Mapping[str, Document],
    readings: Mapping[str, Reading],
    quotes: Sequence[SharedQuote],
) -> tuple[str, str] | None:
    """The latest day on which something was said that the document tells."""
    found = [*_from_quotes(document, by_id, readings, quotes), *_from_claims(document, by_id, readings)]
    if not found:
        return None
    day, ground = max(found)
    return f"[{day}..]", ground


def _from_quotes(
    document: Document,
    by_id: Mapping[str, Document],
    readings: Mapping[str, Reading],
    quotes: Sequence[SharedQuote],
) -> list[tuple[str, str]]:
    found = []
    for quote in quotes:
        if document.id not in (quote.a, quote.b):
            continue
        mine, theirs, other = (
            (quote.statement_a, quote.statement_b, quote.b)
            if quote.a == document.id
            else (quote.statement_b, quote.statement_a, quote.a)
        )
        here = _statement(readings[document.id], mine)
        there = _statement(readings[other], theirs)
        day = _exact_day(there.said_on)
        if day is not None and agrees(here.said_on, day):
            words = " ".join(quote.words)
            found.append(
                (day, f"tells the words “{words}”, said on {day} according to {_called(by_id[other])}")
            )
    return found


def _from_claims(
    document: Document, by_id: Mapping[str, Document], readings: Mapping[str, Reading]
) -> list[tuple[str, str]]:
    mine = [saying for saying in _sayings(readings.get(document.id)) if saying.day.startswith("XXXX-")]
    found = []
    for other, reading in sorted(readings.items()):
        for saying in _sayings(reading) if other != document.id else ():
            day = _exact_day(saying.day)
            for own in mine:
                if day and own[0::2] == saying[0::2] and len(own.day) == 10 and agrees(own.day, day):
                    found.append((day, _claim_ground(saying, day, by_id[other])))
    return found


def _claim_ground(saying: Saying, day: str, other: Document) -> str:
    return (
        f"tells what {saying.speaker.title()} said on the same day of the month about the same transfer, "
        f"which {_called(other)} puts on {spoken(day)}"
    )


def _sayings(reading: Reading | None) -> list[Saying]:
    """The claims of named persons with a day, and what they are about."""
    if reading is None:
        return []
    transfers: dict[str, ReportedTransfer] = {transfer.id: transfer for transfer in reading.transfers}
    return [
        Saying(surname(claim.speaker.name), claim.said_on, _subject(transfers[claim.transfer]))
        for claim in reading.claims
        if claim.speaker.name and claim.said_on and claim.transfer in transfers and _is_person(claim)
    ]


def _is_person(claim: Claim) -> bool:
    name = claim.speaker.name or ""
    return " " in name and name != claim.speaker.actor


def _subject(transfer: ReportedTransfer) -> tuple[str | None, str | None, str]:
    return transfer.supplier, transfer.recipient, transfer.category.value


def _statement(reading: Reading, wanted: str) -> Statement:
    return next(statement for statement in reading.statements if statement.id == wanted)


def _exact_day(value: str | None) -> str | None:
    """The day as YYYY-MM-DD where the date is one certain day."""
    if value is None or safe(value) is None or value.endswith(("?", "~", "%")):
        return None
    first, last = edtf.bounds(value)
    return first.isoformat() if first is not None and first == last else None


def agrees(value: str | None, day: str) -> bool:
    """Whether a date, perhaps without a year, can be the given day (YYYY-MM-DD); an unknown one can."""
    if value is None or safe(value) is None:
        return True
    if value.startswith("XXXX-"):
        return day[4:].startswith(value.rstrip("?~%")[4:])
    first, last = edtf.bounds(value)
    return (first is None or first.isoformat() <= day) and (last is None or day <= last.isoformat())
