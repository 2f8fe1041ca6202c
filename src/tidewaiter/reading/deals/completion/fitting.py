"""Whether one draft may be filled from another: nothing that it says disagrees, and something agrees."""

from __future__ import annotations

from tidewaiter.model import Category
from tidewaiter.reading.deals.completion.gaps import (
    PARTS_OF_LOTS,
    agrees,
    crosses,
    is_complete,
    is_generic,
    is_half,
    names_nobody,
)
from tidewaiter.reading.deals.drafts import Draft

REACH_OF_USE = 1500
"""Characters over which "the missiles" that are fired are those just said to be supplied: about two
paragraphs of news text."""

_NEAR_BY = frozenset({"use", "nominal_use", "include", "exist"})


def fits(draft: Draft, other: Draft) -> bool:
    """Whether nothing that ``draft`` says disagrees with ``other``, and something agrees."""
    if crosses(draft, other) or (draft.frame == "use" and _counts_others(draft, other)):
        return False
    if _shares_receiver(draft, other):
        return True
    if not (agrees(draft.supplier, other.supplier) and agrees(draft.recipient, other.recipient)):
        return False
    if not is_complete(other):
        return _are_halves(draft, other)
    if draft.frame == "deal" and names_nobody(draft) and draft.sentence == other.sentence:
        return True  # "A asked B for boats, and there is a contract for two launchers"
    if draft.frame in _NEAR_BY or names_nobody(draft):
        return _fits_near_by(draft, other)
    if draft.category is None or draft.category == other.category:
        return True
    return Category.UNSPECIFIED_ARMS in (draft.category, other.category)


def _shares_receiver(draft: Draft, other: Draft) -> bool:
    """In one sentence the receiver of one lot is that of the next unless another is named: "jets for A
    came from B, and armoured vehicles were sent by C"."""
    if draft.sentence != other.sentence or draft.category is None:
        return False
    return draft.supplier is not None and draft.recipient is None


def _are_halves(draft: Draft, other: Draft) -> bool:
    """Two drafts that each name one side of what is likely one deal: the same goods, near by."""
    if not is_half(draft) or (draft.supplier is None) == (other.supplier is None):
        return False
    near = abs(draft.trigger.start - other.trigger.start) <= REACH_OF_USE
    if _refers_back(draft) or _refers_back(other) or draft.sentence == other.sentence:
        return near
    return near and draft.category == other.category and not is_generic(draft)


def _refers_back(draft: Draft) -> bool:
    """ "They", "the weapons": goods told of elsewhere."""
    return draft.anaphoric or (draft.definite and is_generic(draft))


def _fits_near_by(draft: Draft, other: Draft) -> bool:
    """Whether a draft that names little fits: only what stands near may speak for it."""
    if abs(draft.trigger.start - other.trigger.start) > REACH_OF_USE:
        return False
    if draft.frame in PARTS_OF_LOTS and not draft.negated:
        return True
    if draft.frame in ("seize", "find") and is_generic(other):
        return True
    if draft.frame == "use" and not draft.anaphoric and names_nobody(draft) and is_generic(draft):
        return False
    return draft.category == other.category or draft.anaphoric or is_generic(draft)


def _counts_others(draft: Draft, other: Draft) -> bool:
    """ "Fired some 4,000 rockets in 2006": goods with a count of their own, not those just spoken of."""
    if draft.quantity is None or draft.definite or draft.anaphoric:
        return False
    own = draft.quantity.quantity
    if own.min == 1:  # "one of the drones has been used"
        return False
    return other.quantity is None or other.quantity.quantity != own
