"""What a draft leaves open, whether another agrees with what it says, and filling the one from the other."""

from __future__ import annotations

from dataclasses import replace

from tidewaiter.model import Category
from tidewaiter.reading.deals.drafts import Draft
from tidewaiter.reading.deals.parties import Party

HANDING_OVER = frozenset({"supply", "receive", "nominal", "deal", "arm"})
"""Frames that tell of goods changing hands."""

MOVEMENTS = frozenset({"arrive", "seize", "carry", "take", "load", "leave", "way"})
"""Frames that tell of goods on their way."""

MOVING = frozenset({Category.SHIPS, Category.AIRCRAFT})
"""Goods that come and go without being handed over."""

PARTS_OF_LOTS = frozenset({"include", "exist"})
"""Frames that tell what a lot holds: they went as far as the lot."""


def is_complete(draft: Draft) -> bool:
    """Both parties and the goods."""
    return draft.supplier is not None and draft.recipient is not None and draft.category is not None


def is_half(draft: Draft) -> bool:
    """One party: "18 tanks reached Mali" beside "the tanks came from Chad"."""
    return (draft.supplier is None) != (draft.recipient is None)


def names_nobody(draft: Draft) -> bool:
    """Neither party."""
    return draft.supplier is None and draft.recipient is None


def is_generic(draft: Draft) -> bool:
    """Goods that are called no more than "arms"."""
    return draft.category is Category.UNSPECIFIED_ARMS


def agrees(mine: Party | None, other: Party | None) -> bool:
    """Whether two parties are one, or either is open."""
    return mine is None or other is None or mine.code == other.code


def crosses(draft: Draft, other: Draft) -> bool:
    """One party on both sides after filling."""
    supplier, recipient = draft.supplier or other.supplier, draft.recipient or other.recipient
    return supplier is not None and recipient is not None and supplier.code == recipient.code


def fits_sibling(draft: Draft, other: Draft) -> bool:
    """Whether neither names a party that the other contradicts."""
    return agrees(draft.supplier, other.supplier) and agrees(draft.recipient, other.recipient)


def fill(draft: Draft, source: Draft) -> Draft:
    """The draft with what it leaves open taken from another."""
    return replace(
        draft,
        supplier=draft.supplier or carried(source.supplier),
        recipient=draft.recipient or carried(source.recipient),
        weapons=draft.weapons or source.weapons,
        category=draft.category or source.category,
        stage=source.stage if draft.frame in PARTS_OF_LOTS else draft.stage,
    )


def carried(party: Party | None) -> Party | None:
    """The party as it stands in a draft that did not name it itself."""
    return None if party is None else replace(party, certain=False)
