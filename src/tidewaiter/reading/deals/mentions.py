"""Mentions: each place in a document that speaks of a transfer, with the arguments given there."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.model import Anchors, Mention, Quantity, Spans
from tidewaiter.reading.deals.drafts import Draft


def to_mentions(drafts: Sequence[Draft], transfer_of: Sequence[str | None]) -> tuple[Mention, ...]:
    """The drafts as mentions; ``transfer_of[i]`` is the id of the reported transfer of draft i."""
    return tuple(
        Mention(
            id=f"m{number}",
            transfer=transfer,
            supplier=draft.supplier.code if draft.supplier else None,
            recipient=draft.recipient.code if draft.recipient else None,
            category=draft.category,
            item=item_text(draft),
            quantity=quantity_of(draft),
            stage=draft.stage,
            outcome=draft.outcome,
            when=draft.when.edtf if draft.when else None,
            sentence=draft.sentence,
            anchors=anchors_of(draft),
        )
        for number, (draft, transfer) in enumerate(zip(drafts, transfer_of, strict=True), start=1)
    )


def item_text(draft: Draft) -> str | None:
    """The goods as worded, several joined by "and"."""
    return " and ".join(dict.fromkeys(weapon.item for weapon in draft.weapons)) or None


def quantity_of(draft: Draft) -> Quantity | None:
    """The amount given with the goods."""
    return draft.quantity.quantity if draft.quantity else None


def anchors_of(draft: Draft) -> Anchors:
    """Field name to the words it was read from, for every field that is known."""
    goods: Spans = tuple(weapon.span for weapon in draft.weapons)
    found: dict[str, Spans] = {"trigger": (draft.trigger,), "stage": (draft.stage_ground,)}
    if draft.supplier:
        found["supplier"] = (draft.supplier.span,)
    if draft.recipient:
        found["recipient"] = (draft.recipient.span,)
    if draft.category:
        found["category"] = goods or (draft.trigger,)
    if goods:
        found["item"] = goods
    if draft.quantity:
        found["quantity"] = (draft.quantity.span,)
    if draft.outcome:
        found["outcome"] = (draft.trigger,)
    if draft.when:
        found["when"] = (draft.when.span,)
    return found


def covers(spans: Spans, position: int) -> bool:
    """Whether ``position`` lies in one of ``spans``."""
    return any(start <= position < end for start, end in spans)
