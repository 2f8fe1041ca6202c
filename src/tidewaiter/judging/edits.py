"""A reading with what analysts decided about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, TypeVar

from tidewaiter.judging.values import UNKNOWN, quantity_of
from tidewaiter.model import (
    Category,
    Claim,
    Document,
    Mention,
    Reading,
    Remark,
    ReportedTransfer,
    Spans,
    Stage,
)

Told = TypeVar("Told", ReportedTransfer, Mention, Claim)

SHARED_WITH_CLAIMS = ("stage", "quantity")
"""Fields of a reported transfer that a claim on it tells, too."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A field of a reported transfer that was misread."""

    transfer: str  # id of the reported transfer
    field: str
    value: str  # as ``values.checked`` gives it
    spans: Spans = ()  # the words that say so; () where those of the former value do


@dataclass(frozen=True, slots=True)
class Edits:
    """What all judgements together say of one document's reading."""

    transfers: tuple[str, ...] = ()  # ids of reported transfers rejected
    claims: tuple[str, ...] = ()  # ids of claims rejected
    corrections: tuple[Correction, ...] = ()  # one a field
    remarks: tuple[Remark, ...] = ()


def apply(document: Document, reading: Reading, edits: Edits) -> Reading:
    """The reading as the analysts want it: rejected findings left out, corrected values put in.

    Ids stay, also where the value that they were made of is corrected.  A mention or claim that tells the
    value now corrected tells the new one: it was misread in the same way.
    """
    kept = _without(reading, frozenset(edits.transfers), frozenset(edits.claims))
    for one in edits.corrections:
        kept = _corrected(document, kept, one)
    return kept


def _without(reading: Reading, transfers: frozenset[str], claims: frozenset[str]) -> Reading:
    if not transfers and not claims:
        return reading

    def known(name: str | None) -> str | None:
        return None if name in transfers else name

    return replace(
        reading,
        mentions=tuple(one for one in reading.mentions if one.transfer not in transfers),
        transfers=tuple(
            replace(one, in_exchange_for=known(one.in_exchange_for))
            for one in reading.transfers
            if one.id not in transfers
        ),
        claims=tuple(one for one in reading.claims if one.id not in claims and one.transfer not in transfers),
        responses=tuple(replace(one, transfer=known(one.transfer)) for one in reading.responses),
    )


def _corrected(document: Document, reading: Reading, edit: Correction) -> Reading:
    former = next((one for one in reading.transfers if one.id == edit.transfer), None)
    if former is None:
        return reading
    old, new = getattr(former, edit.field), _value(document, edit)

    def told(one: Told) -> Told:
        of_it = getattr(one, "transfer", None) == edit.transfer
        return _put(one, edit, new) if of_it and old is not None and getattr(one, edit.field) == old else one

    claims = edit.field in SHARED_WITH_CLAIMS
    return replace(
        reading,
        transfers=tuple(
            _put(one, edit, new) if one.id == edit.transfer else one for one in reading.transfers
        ),
        mentions=tuple(told(one) for one in reading.mentions),
        claims=tuple(told(one) for one in reading.claims) if claims else reading.claims,
    )


def _put(one: Told, edit: Correction, value: Any) -> Told:
    """With the value, and the words under it: those that say so, else those that were misread, else those
    that tell of the transfer at all."""
    anchors = {name: spans for name, spans in one.anchors.items() if name != edit.field}
    if value is not None:
        known = one.anchors
        anchors[edit.field] = edit.spans or known.get(edit.field) or known.get("trigger") or _any(one)
    return replace(one, anchors=anchors, **{edit.field: value})


def _any(one: Told) -> Spans:
    return next((spans for _, spans in sorted(one.anchors.items()) if spans), ())


def _value(document: Document, edit: Correction) -> Any:
    if edit.value == UNKNOWN:
        return None
    if edit.field == "category":
        return Category(edit.value)
    if edit.field == "stage":
        return Stage(edit.value)
    if edit.field == "quantity":
        words = " ".join(document.text[start:end] for start, end in edit.spans)
        return quantity_of(edit.value, words or None)
    return edit.value
