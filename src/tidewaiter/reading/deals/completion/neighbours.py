"""Filling a draft from the nearest one that fits, and the drafts of one trigger from each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tidewaiter.reading.deals.completion.fitting import fits
from tidewaiter.reading.deals.completion.gaps import carried, fill, fits_sibling, is_complete, is_half
from tidewaiter.reading.deals.drafts import Draft

REACH_OF_GOODS = 6
"""Drafts looked back over for what "the shipments" are; further back another deal is as likely."""

REACH_OF_DRAFTS = 300
"""Drafts looked through on either side for one that fits; more than any report holds."""


def from_neighbours(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, each gap filled from the nearest whole draft that fits, else from the nearest half; last
    from a whole one that counts other goods of the kind."""
    filled = list(drafts)
    for usable, counts_may_differ in ((is_complete, False), (is_half, False), (is_complete, True)):
        for index, draft in enumerate(filled):
            if not is_complete(draft):
                near = (_before(filled, index), _after(filled, index))
                earlier, later = (
                    [one for one in side if usable(one) and (counts_may_differ or not _differs(draft, one))]
                    for side in near
                )
                source = _source(draft, earlier) or _source(draft, later)
                if source is not None:
                    filled[index] = fill(draft, source)
    return filled


def _differs(draft: Draft, other: Draft) -> bool:
    """Whether both count goods of one kind, in different numbers: 18 tanks and three may have two givers."""
    if draft.quantity is None or other.quantity is None or draft.category != other.category:
        return False
    own, others = draft.quantity.quantity, other.quantity.quantity
    return own.unit == others.unit and (own.min, own.max) != (others.min, others.max)


def _before(drafts: Sequence[Draft], index: int) -> Sequence[Draft]:
    """Those before a draft, the nearest first."""
    return drafts[max(0, index - REACH_OF_DRAFTS) : index][::-1]


def _after(drafts: Sequence[Draft], index: int) -> Sequence[Draft]:
    """Those behind it, the nearest first."""
    return drafts[index + 1 : index + 1 + REACH_OF_DRAFTS]


def _source(draft: Draft, others: Sequence[Draft]) -> Draft | None:
    """The first of the others that may fill the draft."""
    reach = others[:REACH_OF_GOODS] if draft.anaphoric else others
    return next((other for other in reach if fits(draft, other)), None)


def with_siblings(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of one trigger share their parties: "shells and missiles" were sold by the same hand."""
    known = {draft.trigger: draft for draft in drafts if is_complete(draft)}
    return [
        _with_sibling(draft, known[draft.trigger])
        if not is_complete(draft) and draft.trigger in known
        else draft
        for draft in drafts
    ]


def _with_sibling(draft: Draft, sibling: Draft) -> Draft:
    """The draft with the parties of its sibling, or with its goods where it has parties of its own."""
    if fits_sibling(draft, sibling):
        return fill(draft, sibling)
    if draft.category is None:  # "agreements with A and B" on goods named before
        return replace(draft, weapons=sibling.weapons, category=sibling.category)
    return draft


def oriented(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The drafts, deals turned as the transfers beside them run."""
    return tuple(
        _orient(draft, [*_before(drafts, index), *_after(drafts, index)]) if draft.frame == "deal" else draft
        for index, draft in enumerate(drafts)
    )


def _orient(draft: Draft, others: Sequence[Draft]) -> Draft:
    """A "deal between A and B" runs as the nearest transfer of the two that the document tells of."""
    named = {party.code for party in (draft.supplier, draft.recipient) if party is not None}
    for other in others:
        if other.frame == "deal" or other.supplier is None or other.recipient is None:
            continue
        if named and named <= {other.supplier.code, other.recipient.code}:
            known = {party.code: party for party in (draft.supplier, draft.recipient) if party is not None}
            return replace(
                draft,
                supplier=known.get(other.supplier.code, carried(other.supplier)),
                recipient=known.get(other.recipient.code, carried(other.recipient)),
            )
    return draft
