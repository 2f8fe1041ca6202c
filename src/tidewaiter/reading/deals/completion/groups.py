"""Armed groups, and the states they fight in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from tidewaiter.knowledge import Knowledge
from tidewaiter.reading.deals.completion.gaps import agrees, carried, is_generic
from tidewaiter.reading.deals.drafts import Draft


def name_groups(drafts: Sequence[Draft], knowledge: Knowledge) -> list[Draft]:
    """ "Bound for Yemen" is where, not who, in a report that names the Houthis as the receivers: the
    armed group is put in for the state it fights in."""
    areas = _areas(knowledge)
    to_groups = [draft for draft in drafts if draft.recipient and draft.recipient.code in areas]
    return [_name_group(draft, to_groups, areas) for draft in drafts]


def _name_group(draft: Draft, to_groups: Sequence[Draft], areas: Mapping[str, str]) -> Draft:
    """The draft with the group that the same goods go to elsewhere, for the state it fights in."""
    for other in to_groups:
        if draft.recipient is None or other.recipient is None or not agrees(draft.supplier, other.supplier):
            continue
        same_goods = draft.category == other.category or is_generic(draft) or is_generic(other)
        if areas[other.recipient.code] == draft.recipient.code and same_goods:
            return replace(draft, recipient=carried(other.recipient))
    return draft


@lru_cache(maxsize=4)
def _areas(knowledge: Knowledge) -> dict[str, str]:
    """State in which an armed group fights."""
    return {row["group"]: row["state"] for row in knowledge.table("group_areas")}
