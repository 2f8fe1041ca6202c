"""Filling the gaps of a draft from what the same document says elsewhere.

"The shipments may have arrived" names neither goods nor parties; the document did, a sentence or two
before.  Only what agrees with everything the draft does say is carried over, and it keeps the words
it was first read from as its ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import Category, Statement
from tidewaiter.reading.deals.drafts import Draft
from tidewaiter.reading.deals.parties import Party
from tidewaiter.reading.places import Places

REACH_OF_GOODS = 6
"""Drafts looked back over for what "the shipments" are; further back another deal is as likely."""

REACH_OF_DRAFTS = 300
"""Drafts looked through on either side for one that fits; more than any report holds."""

REACH_OF_USE = 1500
"""Characters over which "the missiles" that are fired are those just said to be supplied: about two
paragraphs of news text."""


def complete(drafts: Sequence[Draft], knowledge: Knowledge) -> tuple[Draft, ...]:
    """The drafts, each gap filled where one other draft of the document fits; order kept."""
    filled = [draft for draft in drafts if not _only_travels(draft, drafts)]
    for usable in (_is_complete, _is_half, _is_complete):
        for index, draft in enumerate(filled):
            if not _is_complete(draft):
                before = [other for other in _before(filled, index) if usable(other)]
                after = [other for other in _after(filled, index) if usable(other)]
                source = _source(draft, before) or _source(draft, after)
                if source is not None:
                    filled[index] = _fill(draft, source)
    filled = _with_the_two_halves(_with_siblings(filled))
    told = _name_groups(_with_only_partners(filled), knowledge)
    return tuple(
        _orient(draft, [*_before(told, index), *_after(told, index)]) if draft.frame == "deal" else draft
        for index, draft in enumerate(told)
    )


def _only_travels(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """A submarine that calls at a port, planes that land: ships and aircraft of whoever sails or flies them,
    unless the report speaks of handing such goods over."""
    if draft.frame != "arrive" or draft.category not in _MOVING or not _flies_a_flag(draft):
        return False
    return not any(other.category == draft.category and other.frame not in _NO_HANDING for other in drafts)


def _flies_a_flag(draft: Draft) -> bool:
    """Whether nobody supplies, or only whose ship or plane it is: "a Ruritanian submarine"."""
    supplier = draft.supplier
    return supplier is None or any(supplier.span.start < weapon.head.start for weapon in draft.weapons)


_MOVING = frozenset({Category.SHIPS, Category.AIRCRAFT})
_NO_HANDING = frozenset({"arrive", "use", "nominal_use", "carry"})


def _before(drafts: Sequence[Draft], index: int) -> Sequence[Draft]:
    """Those before a draft, the nearest first."""
    return drafts[max(0, index - REACH_OF_DRAFTS) : index][::-1]


def _after(drafts: Sequence[Draft], index: int) -> Sequence[Draft]:
    return drafts[index + 1 : index + 1 + REACH_OF_DRAFTS]


def _with_siblings(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts of one trigger share their parties: "shells and missiles" were sold by the same hand."""
    known = {draft.trigger: draft for draft in drafts if _is_complete(draft)}
    return [
        _with_sibling(draft, known[draft.trigger])
        if not _is_complete(draft) and draft.trigger in known
        else draft
        for draft in drafts
    ]


def _with_sibling(draft: Draft, sibling: Draft) -> Draft:
    if _fits_sibling(draft, sibling):
        return _fill(draft, sibling)
    if draft.category is None:  # "agreements with A and B" on goods named before
        return replace(draft, weapons=sibling.weapons, category=sibling.category)
    return draft


def name_speakers(drafts: Sequence[Draft], statements: Sequence[Statement]) -> tuple[Draft, ...]:
    """ "We sent them rifles": whoever is quoted there is put in for "we", where the phrase itself was
    left open."""
    contents = Places()
    contents.add_all(statement.content.spans for statement in statements)
    return tuple(
        _name_speaker(draft, [statements[number] for number in contents.near(draft.trigger)])
        if draft.speaker
        else draft
        for draft in drafts
    )


def _name_speaker(draft: Draft, statements: Sequence[Statement]) -> Draft:
    party = draft.supplier if draft.speaker == "supplier" else draft.recipient
    if party is not None:
        return draft
    for statement in statements:
        source = statement.source
        spoken = any(start <= draft.trigger.start < end for start, end in statement.content.spans)
        if spoken and source is not None and source.actor is not None:
            return _with_speaker(draft, Party(source.actor, source.spans[0], certain=False))
    return draft


def _with_speaker(draft: Draft, party: Party) -> Draft:
    other = draft.recipient if draft.speaker == "supplier" else draft.supplier
    if other is not None and other.code == party.code:
        return draft
    if draft.speaker == "supplier":
        return replace(draft, supplier=party)
    return replace(draft, recipient=party)


@lru_cache(maxsize=4)
def _areas(knowledge: Knowledge) -> dict[str, str]:
    return {row["group"]: row["state"] for row in knowledge.table("group_areas")}


def _name_groups(drafts: Sequence[Draft], knowledge: Knowledge) -> list[Draft]:
    """ "Bound for Yemen" is where, not who, in a report that names the Houthis as the receivers: the
    armed group is put in for the state it fights in."""
    areas = _areas(knowledge)
    to_groups = [draft for draft in drafts if draft.recipient and draft.recipient.code in areas]
    return [_name_group(draft, to_groups, areas) for draft in drafts]


def _name_group(draft: Draft, to_groups: Sequence[Draft], areas: Mapping[str, str]) -> Draft:
    for other in to_groups:
        if draft.recipient is None or other.recipient is None or not _agrees(draft.supplier, other.supplier):
            continue
        same_goods = draft.category == other.category or _is_generic(draft) or _is_generic(other)
        if areas[other.recipient.code] == draft.recipient.code and same_goods:
            return replace(draft, recipient=_carried(other.recipient))
    return draft


def _with_the_two_halves(drafts: Sequence[Draft]) -> list[Draft]:
    """In a report in which nobody but A is said to give, and nobody but B to get, A gives to B."""
    acts = [draft for draft in drafts if draft.frame in _HANDING_OVER | _MOVEMENTS]
    givers = {draft.supplier.code: draft.supplier for draft in acts if draft.supplier is not None}
    takers = {draft.recipient.code: draft.recipient for draft in acts if draft.recipient is not None}
    if len(givers) != 1 or len(takers) != 1 or givers.keys() == takers.keys():
        return list(drafts)
    giver, taker = _carried(next(iter(givers.values()))), _carried(next(iter(takers.values())))
    return [
        replace(draft, supplier=draft.supplier or giver, recipient=draft.recipient or taker)
        if _is_half(draft) and draft.frame in _HANDING_OVER | _MOVEMENTS
        else draft
        for draft in drafts
    ]


_MOVEMENTS = frozenset({"arrive", "seize", "carry", "take", "load", "leave", "way"})


def _with_only_partners(drafts: Sequence[Draft]) -> list[Draft]:
    """In a report in which A supplies nobody but B, what A supplies goes to B."""
    complete_ones: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        if draft.supplier is not None and draft.recipient is not None and draft.category is not None:
            key = (draft.supplier.code, draft.recipient.code, draft.category)
            complete_ones.pop(key, None)  # of those that tell the same, the last stands for all
            complete_ones[key] = draft
    told = [*complete_ones.values()]
    types = {
        (weapon.designation, draft.supplier)
        for draft in drafts
        if draft.supplier is not None and draft.recipient is not None
        for weapon in draft.weapons
        if weapon.designation
    }
    filled = [_with_only_partner(draft, told) for draft in drafts]
    return [_with_only_receiver(_with_maker_of_type(draft, types), told) for draft in filled]


def _with_only_receiver(draft: Draft, others: Sequence[Draft]) -> Draft:
    """ "B donated 625 rifles", in a report in which all goods go to A."""
    handing = draft.frame in ("supply", "nominal")
    if draft.supplier is None or draft.recipient is not None or not handing or _is_generic(draft):
        return draft
    takers = {other.recipient.code: other.recipient for other in others if other.recipient is not None}
    only = next(iter(takers.values())) if len(takers) == 1 else None
    return replace(draft, recipient=_carried(only)) if only and only.code != draft.supplier.code else draft


def _with_maker_of_type(draft: Draft, types: Iterable[tuple[str | None, Party | None]]) -> Draft:
    """ "Poland bought TB2s too": from whoever alone supplies that type in the report."""
    if draft.supplier is not None or draft.recipient is None or draft.frame not in _HANDING_OVER:
        return draft
    own = {weapon.designation for weapon in draft.weapons if weapon.designation}
    makers = {maker.code: maker for name, maker in types if name in own and maker is not None}
    only = next(iter(makers.values())) if len(makers) == 1 else None
    return replace(draft, supplier=_carried(only)) if only and only.code != draft.recipient.code else draft


def _with_only_partner(draft: Draft, others: Sequence[Draft]) -> Draft:
    if _is_complete(draft) or draft.category is None or draft.frame not in _HANDING_OVER:
        return draft
    if _names_nobody(draft):
        return _between_the_only_two(draft, others)
    found = {
        (other.supplier.code, other.recipient.code): other
        for other in others
        if other.supplier is not None and other.recipient is not None and _fits_sibling(draft, other)
    }
    if len(found) == 1:
        return _fill(draft, next(iter(found.values())))
    return _with_known_maker(draft, others)


def _between_the_only_two(draft: Draft, others: Sequence[Draft]) -> Draft:
    """In a report on one supplier and one recipient, "a contract for launchers" is theirs."""
    found = {(other.supplier, other.recipient): other for other in others}
    codes = {(a.code, b.code) for a, b in found if a is not None and b is not None}
    told = not (draft.negated or draft.conditional or _is_generic(draft))
    if len(codes) != 1 or not told or (draft.category in _MOVING and not _is_specific(draft)):
        return draft
    return _fill(draft, next(iter(found.values())))


def _is_specific(draft: Draft) -> bool:
    """Whether the goods are counted or of a type by name."""
    return draft.quantity is not None or any(weapon.designation for weapon in draft.weapons)


def _with_known_maker(draft: Draft, others: Sequence[Draft]) -> Draft:
    """ "A wants to buy the missile too": from whoever alone supplies such goods in the report."""
    if draft.recipient is None or draft.supplier is not None or _is_generic(draft):
        return draft
    makers = {
        other.supplier.code: other.supplier
        for other in others
        if other.supplier is not None and other.category == draft.category
    }
    only = next(iter(makers.values())) if len(makers) == 1 else None
    return replace(draft, supplier=_carried(only)) if only and only.code != draft.recipient.code else draft


_HANDING_OVER = frozenset({"supply", "receive", "nominal", "deal", "arm"})


def _fits_sibling(draft: Draft, other: Draft) -> bool:
    return _agrees(draft.supplier, other.supplier) and _agrees(draft.recipient, other.recipient)


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
                supplier=known.get(other.supplier.code, _carried(other.supplier)),
                recipient=known.get(other.recipient.code, _carried(other.recipient)),
            )
    return draft


def _is_half(draft: Draft) -> bool:
    """One party: "18 tanks reached Mali" beside "the tanks came from Chad"."""
    return (draft.supplier is None) != (draft.recipient is None)


def _is_complete(draft: Draft) -> bool:
    return draft.supplier is not None and draft.recipient is not None and draft.category is not None


def _source(draft: Draft, others: Sequence[Draft]) -> Draft | None:
    reach = others[:REACH_OF_GOODS] if draft.anaphoric else others
    return next((other for other in reach if _fits(draft, other)), None)


def _fits(draft: Draft, other: Draft) -> bool:
    """Whether nothing that ``draft`` says disagrees with ``other``, and something agrees."""
    if _crosses(draft, other) or (draft.frame == "use" and _counts_others(draft, other)):
        return False
    if _shares_receiver(draft, other):
        return True
    if not (_agrees(draft.supplier, other.supplier) and _agrees(draft.recipient, other.recipient)):
        return False
    if not _is_complete(other):
        return _are_halves(draft, other)
    if draft.frame == "deal" and _names_nobody(draft) and draft.sentence == other.sentence:
        return True  # "A asked B for boats, and there is a contract for two launchers"
    if draft.frame in _NEAR_BY or _names_nobody(draft):
        return _fits_near_by(draft, other)
    if draft.category is None or draft.category == other.category:
        return True
    return Category.UNSPECIFIED_ARMS in (draft.category, other.category)


_NEAR_BY = frozenset({"use", "nominal_use", "include", "exist"})
_PARTS_OF_LOTS = frozenset({"include", "exist"})


def _fits_near_by(draft: Draft, other: Draft) -> bool:
    """Whether a draft that names little fits: only what stands near may speak for it."""
    if abs(draft.trigger.start - other.trigger.start) > REACH_OF_USE:
        return False
    if draft.frame in _PARTS_OF_LOTS and not draft.negated:
        return True
    if draft.frame in ("seize", "find") and _is_generic(other):
        return True
    if draft.frame == "use" and not draft.anaphoric and _names_nobody(draft) and _is_generic(draft):
        return False
    return draft.category == other.category or draft.anaphoric or _is_generic(draft)


def _counts_others(draft: Draft, other: Draft) -> bool:
    """ "Fired some 4,000 rockets in 2006": goods with a count of their own, not those just spoken of."""
    if draft.quantity is None or draft.definite or draft.anaphoric:
        return False
    own = draft.quantity.quantity
    if own.min == 1:  # "one of the drones has been used"
        return False
    return other.quantity is None or other.quantity.quantity != own


def _shares_receiver(draft: Draft, other: Draft) -> bool:
    """In one sentence the receiver of one lot is that of the next unless another is named: "jets for A
    came from B, and armoured vehicles were sent by C"."""
    if draft.sentence != other.sentence or draft.category is None:
        return False
    return draft.supplier is not None and draft.recipient is None


def _names_nobody(draft: Draft) -> bool:
    return draft.supplier is None and draft.recipient is None


def _is_generic(draft: Draft) -> bool:
    return draft.category is Category.UNSPECIFIED_ARMS


def _are_halves(draft: Draft, other: Draft) -> bool:
    """Two drafts that each name one side of what is likely one deal: the same goods, near by."""
    if not _is_half(draft) or (draft.supplier is None) == (other.supplier is None):
        return False
    near = abs(draft.trigger.start - other.trigger.start) <= REACH_OF_USE
    if _refers_back(draft) or _refers_back(other) or draft.sentence == other.sentence:
        return near
    return near and draft.category == other.category and not _is_generic(draft)


def _refers_back(draft: Draft) -> bool:
    """ "They", "the weapons": goods told of elsewhere."""
    return draft.anaphoric or (draft.definite and _is_generic(draft))


def _crosses(draft: Draft, other: Draft) -> bool:
    """One party on both sides after filling."""
    supplier, recipient = draft.supplier or other.supplier, draft.recipient or other.recipient
    return supplier is not None and recipient is not None and supplier.code == recipient.code


def _agrees(mine: Party | None, other: Party | None) -> bool:
    return mine is None or other is None or mine.code == other.code


def _fill(draft: Draft, source: Draft) -> Draft:
    return replace(
        draft,
        supplier=draft.supplier or _carried(source.supplier),
        recipient=draft.recipient or _carried(source.recipient),
        weapons=draft.weapons or source.weapons,
        category=draft.category or source.category,
        stage=source.stage if draft.frame in _PARTS_OF_LOTS else draft.stage,
    )


def _carried(party: Party | None) -> Party | None:
    return None if party is None else replace(party, certain=False)
