"""In a report that names only one: the only two parties, the only partner, receiver or maker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tidewaiter.reading.deals.completion.gaps import (
    HANDING_OVER,
    MOVEMENTS,
    MOVING,
    carried,
    fill,
    fits_sibling,
    is_complete,
    is_generic,
    is_half,
    names_nobody,
)
from tidewaiter.reading.deals.drafts import Draft
from tidewaiter.reading.deals.parties import Party


def with_the_two_halves(drafts: Sequence[Draft]) -> list[Draft]:
    """In a report in which nobody but A is said to give, and nobody but B to get, A gives to B."""
    acts = [draft for draft in drafts if draft.frame in HANDING_OVER | MOVEMENTS]
    givers = {draft.supplier.code: draft.supplier for draft in acts if draft.supplier is not None}
    takers = {draft.recipient.code: draft.recipient for draft in acts if draft.recipient is not None}
    if len(givers) != 1 or len(takers) != 1 or givers.keys() == takers.keys():
        return list(drafts)
    giver, taker = carried(next(iter(givers.values()))), carried(next(iter(takers.values())))
    return [
        replace(draft, supplier=draft.supplier or giver, recipient=draft.recipient or taker)
        if is_half(draft) and draft.frame in HANDING_OVER | MOVEMENTS
        else draft
        for draft in drafts
    ]


def with_only_partners(drafts: Sequence[Draft]) -> list[Draft]:
    """In a report in which A supplies nobody but B, what A supplies goes to B."""
    complete_ones: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        if draft.supplier is not None and draft.recipient is not None and draft.category is not None:
            key = (draft.supplier.code, draft.recipient.code, draft.category)
            complete_ones.pop(key, None)  # of those that tell the same, the last stands for all
            complete_ones[key] = draft
    told = [*complete_ones.values()]
    types = [
        (weapon.designation, draft.supplier)
        for draft in drafts
        if draft.supplier is not None and draft.recipient is not None
        for weapon in draft.weapons
        if weapon.designation
    ]
    filled = [_with_only_partner(draft, told) for draft in drafts]
    return [_with_only_receiver(_with_maker_of_type(draft, types, told), told) for draft in filled]


def _with_only_partner(draft: Draft, others: Sequence[Draft]) -> Draft:
    """The draft with the other side of the only pair that agrees with it."""
    if is_complete(draft) or draft.category is None or draft.frame not in HANDING_OVER:
        return draft
    if names_nobody(draft):
        return _between_the_only_two(draft, others)
    found = {
        (other.supplier.code, other.recipient.code): other
        for other in others
        if other.supplier is not None and other.recipient is not None and fits_sibling(draft, other)
    }
    if len(found) == 1:
        return fill(draft, next(iter(found.values())))
    return _with_known_maker(draft, others)


def _between_the_only_two(draft: Draft, others: Sequence[Draft]) -> Draft:
    """In a report on one supplier and one recipient, "a contract for launchers" is theirs."""
    found = {(other.supplier, other.recipient): other for other in others}
    codes = {(a.code, b.code) for a, b in found if a is not None and b is not None}
    told = not (draft.negated or draft.conditional or is_generic(draft))
    if len(codes) != 1 or not told or (draft.category in MOVING and not _is_specific(draft)):
        return draft
    return fill(draft, next(iter(found.values())))


def _is_specific(draft: Draft) -> bool:
    """Whether the goods are counted or of a type by name."""
    return draft.quantity is not None or any(weapon.designation for weapon in draft.weapons)


def _with_known_maker(draft: Draft, others: Sequence[Draft]) -> Draft:
    """ "A wants to buy the missile too": from whoever alone supplies such goods in the report."""
    if draft.recipient is None or draft.supplier is not None or is_generic(draft):
        return draft
    makers = {
        other.supplier.code: other.supplier
        for other in others
        if other.supplier is not None and other.category == draft.category
    }
    only = next(iter(makers.values())) if len(makers) == 1 else None
    return replace(draft, supplier=carried(only)) if only and only.code != draft.recipient.code else draft


def _with_maker_of_type(
    draft: Draft, types: Sequence[tuple[str | None, Party | None]], others: Sequence[Draft]
) -> Draft:
    """ "Poland bought TB2s too": from whoever alone supplies that type, and such goods, in the report."""
    if draft.supplier is not None or draft.recipient is None or draft.frame not in HANDING_OVER:
        return draft
    own = {weapon.designation for weapon in draft.weapons if weapon.designation}
    makers = {maker.code: maker for name, maker in types if name in own and maker is not None}
    givers = {one.supplier.code for one in others if one.supplier and one.category == draft.category}
    only = next(iter(makers.values())) if len(makers) == 1 and givers <= makers.keys() else None
    return replace(draft, supplier=carried(only)) if only and only.code != draft.recipient.code else draft


def _with_only_receiver(draft: Draft, others: Sequence[Draft]) -> Draft:
    """ "B donated 625 rifles", in a report in which all goods go to A."""
    handing = draft.frame in ("supply", "nominal")
    if draft.supplier is None or draft.recipient is not None or not handing or is_generic(draft):
        return draft
    takers = {other.recipient.code: other.recipient for other in others if other.recipient is not None}
    only = next(iter(takers.values())) if len(takers) == 1 else None
    return replace(draft, recipient=carried(only)) if only and only.code != draft.supplier.code else draft
