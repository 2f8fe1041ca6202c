"""What of a reported transfer bears on whether it is the same as another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tidewaiter import edtf
from tidewaiter.designations import type_names
from tidewaiter.edtf import safe
from tidewaiter.linking.words import words
from tidewaiter.model import Category, Document, Quantity, Reading, ReportedTransfer, Stage

GENERIC = (Category.UNSPECIFIED_ARMS,)
"""Categories that say that goods went, not which."""

StatementKey = tuple[str, str]
"""Document id and statement id."""
StatementPair = tuple[StatementKey, StatementKey]

_SMALL_WORDS = frozenset(
    (
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "its",
        "of",
        "on",
        "or",
        "other",
        "some",
        "the",
        "their",
        "to",
        "with",
    )
)


@dataclass(frozen=True, slots=True)
class Period:
    """When a reported transfer took place, as far as the report tells."""

    earliest: date | None
    latest: date | None
    own: bool  # from the report's own words on it, not from its publication
    year_only: bool = False

    @property
    def known(self) -> bool:
        return self.earliest is not None or self.latest is not None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reported transfer with what is compared."""

    document: str
    transfer: ReportedTransfer
    period: Period
    published: date | None  # latest day that the publication can be
    item_words: frozenset[str]
    designations: frozenset[str]
    quotes: frozenset[StatementKey]  # statements under its claims
    has_specific: bool  # its document tells specific goods between the same parties

    @property
    def key(self) -> tuple[str, str]:
        return self.document, self.transfer.id

    @property
    def parties(self) -> tuple[str | None, str | None]:
        return self.transfer.supplier, self.transfer.recipient

    @property
    def generic(self) -> bool:
        return self.transfer.category in GENERIC


def candidates_of(document: Document, reading: Reading, published: str | None) -> tuple[Candidate, ...]:
    """The reported transfers of one document, ready to compare; ``published`` may come from other
    documents of the case."""
    day = edtf.bounds(safe(published)).latest
    specific = {(t.supplier, t.recipient) for t in reading.transfers if t.category not in GENERIC}
    return tuple(
        Candidate(
            document=document.id,
            transfer=transfer,
            period=period_of(transfer, published),
            published=day,
            item_words=item_words(transfer.item),
            designations=designations(transfer.item),
            quotes=_statements(document, reading, transfer),
            has_specific=(transfer.supplier, transfer.recipient) in specific,
        )
        for transfer in reading.transfers
    )


def _statements(document: Document, reading: Reading, transfer: ReportedTransfer) -> frozenset[StatementKey]:
    return frozenset(
        (document.id, claim.statement)
        for claim in reading.claims
        if claim.statement is not None and claim.transfer == transfer.id
    )


def period_of(transfer: ReportedTransfer, published: str | None) -> Period:
    """When it took place: the report's own date, else around its publication."""
    if edtf.has_year(safe(transfer.when)):
        first, last = edtf.bounds(transfer.when)
        year_only = first is not None and last is not None and (last - first).days > 300
        return Period(first, last, own=True, year_only=year_only)
    first, last = edtf.bounds(safe(published))
    # A report known only to be later than a day it tells as news is taken as of that day.
    return Period(first, last or first, own=False)


def item_words(item: str | None) -> frozenset[str]:
    """Words of an item, plural endings off, without small words."""
    if item is None:
        return frozenset()
    return frozenset(_stem(word.text) for word in words(item) if word.text not in _SMALL_WORDS)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def designations(item: str | None) -> frozenset[str]:
    """The names of types in an item, in lower case."""
    return frozenset(name.lower() for name in type_names(item))


def unit_word(quantity: Quantity) -> str | None:
    """The noun that is counted, in the singular: its last word."""
    found = words(quantity.unit) if quantity.unit else ()
    return _stem(found[-1].text) if found else None


def planned_only(candidate: Candidate) -> bool:
    """Whether the report tells of nothing but an intention."""
    return candidate.transfer.stage in (Stage.SOUGHT, Stage.PLANNED, Stage.AGREED, Stage.UNCLEAR)


def by_document(documents: Mapping[str, Document], readings: Mapping[str, Reading]) -> list[str]:
    """Ids of documents that have a reading, sorted."""
    return sorted(set(documents) & set(readings))
