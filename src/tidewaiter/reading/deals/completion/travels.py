"""Ships and aircraft that only travel: their coming and going is no transfer."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.reading.deals.completion.gaps import MOVING
from tidewaiter.reading.deals.drafts import Draft

_NO_HANDING = frozenset({"arrive", "use", "nominal_use", "carry"})


def only_travels(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """A submarine that calls at a port, planes that land: ships and aircraft of whoever sails or flies them,
    unless the report speaks of handing such goods over."""
    if draft.frame != "arrive" or draft.category not in MOVING or not _flies_a_flag(draft):
        return False
    return not any(other.category == draft.category and other.frame not in _NO_HANDING for other in drafts)


def _flies_a_flag(draft: Draft) -> bool:
    """Whether nobody supplies, or only whose ship or plane it is: "a Ruritanian submarine"."""
    supplier = draft.supplier
    return supplier is None or any(supplier.span.start < weapon.head.start for weapon in draft.weapons)
