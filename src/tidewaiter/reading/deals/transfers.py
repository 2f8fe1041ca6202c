"""Reported transfers: the mentions of one supplier, recipient and category in one document, taken
together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tidewaiter.model import (
    STAGE_ORDER,
    Category,
    Outcome,
    Quantity,
    ReportedTransfer,
    Span,
    Spans,
    Stage,
)
from tidewaiter.reading.deals.drafts import Draft
from tidewaiter.reading.deals.goods import CURRENCIES
from tidewaiter.reading.deals.mentions import anchors_of, item_text, quantity_of

Key = tuple[str, str, Category]

CONTAINER_UNITS = frozenset({"container", "containers", "shipment", "shipments", "ton", "tons", "tonnes"})
"""What holds goods; a count of the goods themselves says more."""


@dataclass(frozen=True, slots=True)
class Account:
    """What one document tells of transfers, while it is being worked out: the drafts, the reported
    transfer each belongs to (by id; same order, None for none), and the reported transfers."""

    drafts: tuple[Draft, ...]
    transfer_of: tuple[str | None, ...]
    transfers: tuple[ReportedTransfer, ...]

    def placed(self) -> Iterator[tuple[Draft, str]]:
        """The drafts that belong to a reported transfer, with its id."""
        for draft, transfer in zip(self.drafts, self.transfer_of, strict=True):
            if transfer is not None:
                yield draft, transfer


def account(document_id: str, drafts: Sequence[Draft]) -> Account:
    """The drafts taken together into reported transfers."""
    grouped = rows(drafts)
    transfers = tuple(reported_transfer(document_id, row, drafts) for row in grouped)
    transfer_of: list[str | None] = [None] * len(drafts)
    for row, transfer in zip(grouped, transfers, strict=True):
        for index in row.drafts:
            transfer_of[index] = transfer.id
    return Account(tuple(drafts), tuple(transfer_of), transfers)


@dataclass(frozen=True, slots=True)
class Row:
    """A reported transfer in the making, with the drafts it takes together."""

    key: Key
    drafts: tuple[int, ...]  # indices, in order of the text


def rows(drafts: Sequence[Draft]) -> tuple[Row, ...]:
    """The drafts grouped by supplier, recipient and category, in order of first mention.

    A generic mention ("the arms shipments") belongs to the specific row of its pair that was spoken
    of last; it has a row of its own only where it tells of a lot of its own.
    """
    specific: dict[Key, list[int]] = {}
    generic: list[int] = []
    for index, draft in enumerate(drafts):
        key = _key(draft)
        if key is None:
            continue
        if key[2] is Category.UNSPECIFIED_ARMS and not _is_own_lot(draft):
            generic.append(index)
        else:
            specific.setdefault(key, []).append(index)
    for index in generic:
        key = _key(drafts[index])
        if key is not None:
            denied = drafts[index].negated
            home = _first(key, specific) if denied else _nearest(key, index, specific)
            specific.setdefault(home or key, []).append(index)
    grouped = [Row(key, tuple(sorted(members))) for key, members in specific.items()]
    alleged = {row.key[0] for row in grouped if any(not drafts[index].negated for index in row.drafts)}
    kept = [row for row in grouped if not (_is_only_denied(row, drafts) and row.key[0] in alleged)]
    return tuple(sorted(kept, key=lambda row: row.drafts))


def _is_only_denied(row: Row, drafts: Sequence[Draft]) -> bool:
    """ "It never sold arms to A or B", where only sales to A were alleged: B has no row."""
    return all(drafts[index].negated for index in row.drafts)


def _key(draft: Draft) -> Key | None:
    if draft.supplier is None or draft.recipient is None or draft.category is None:
        return None
    return draft.supplier.code, draft.recipient.code, draft.category


def _is_own_lot(draft: Draft) -> bool:
    """A generic mention that counts its goods, lists several kinds, or calls them by more than "arms", in an
    act with its parties."""
    certain = [party is not None and party.certain for party in (draft.supplier, draft.recipient)]
    if draft.negated or draft.frame not in _HANDING_OVER:
        return False
    if draft.lasting or (all(certain) and draft.quantity is not None):
        return True
    several = len(draft.weapons) > 1 or any(" and " in weapon.item for weapon in draft.weapons)
    told = not (draft.definite or draft.hearsay or draft.conditional)
    called = any(weapon.item.lower() not in _BARE_WORDS for weapon in draft.weapons)
    return (any(certain) and several) or (all(certain) and told and called)


_HANDING_OVER = frozenset({"supply", "receive", "arrive", "take", "carry"})
"""Frames of verbs that tell of a lot."""

_BARE_WORDS = frozenset({"arms", "weapons", "weapon"})
"""What any goods are called when they are spoken of again."""


def _first(key: Key, specific: Mapping[Key, list[int]]) -> Key | None:
    """The first specific row of the pair: a sweeping denial answers the report as a whole."""
    same_pair = [other for other in specific if other[:2] == key[:2]]
    return min(same_pair, key=lambda other: min(specific[other]), default=None)


def _nearest(key: Key, index: int, specific: Mapping[Key, list[int]]) -> Key | None:
    """The specific row of the same pair with the nearest mention before, else after."""
    same_pair = [other for other in specific if other[:2] == key[:2]]
    if not same_pair:
        return None

    def distance(other: Key) -> tuple[bool, int]:
        before = [index - member for member in specific[other] if member < index]
        after = [member - index for member in specific[other] if member > index]
        return (not before, min(before or after))

    return min(same_pair, key=distance)


def reported_transfer(document_id: str, row: Row, drafts: Sequence[Draft]) -> ReportedTransfer:
    """The row as a reported transfer.

    Stage: the furthest that anyone in the document alleges; where all deny, what is denied.
    Quantity: that of the furthest stage, else of an earlier one; goods before what holds them, money
    last.
    """
    members = [drafts[index] for index in row.drafts]
    told = [draft for draft in members if not draft.negated and not draft.conditional]
    if all(draft.stage is Stage.UNCLEAR for draft in told):
        told = [draft for draft in members if not draft.negated] or members
    told = [*_alleged(told)]
    furthest = max(_telling(told), key=lambda draft: STAGE_ORDER[draft.stage])
    intercepted = next((draft for draft in members if draft.outcome), None)
    stage = furthest.stage
    if stage is Stage.DELIVERED and (intercepted or is_receipt_open(members)):
        stage = Stage.SHIPPED
    supplier, recipient, category = row.key
    counted = best_quantity(told)
    dated = next((d for d in sorted(told, key=_stage_rank) if d.when and d.when.edtf), None)
    if dated is not None and stage is Stage.AGREED and dated.stage is Stage.PLANNED:
        dated = None  # when it is to come, not when it was agreed
    named = _most_exactly_named(members)
    anchors: dict[str, Spans] = {
        name: _union(anchors_of(draft).get(name, ()) for draft in members)
        for name in ("trigger", "supplier", "recipient", "category")
    }
    anchors["item"] = anchors_of(named).get("item", ())
    anchors["stage"] = (furthest.stage_ground, furthest.trigger)
    if counted:
        anchors["quantity"] = anchors_of(counted)["quantity"]
    if dated:
        anchors["when"] = anchors_of(dated)["when"]
    if intercepted:
        anchors["outcome"] = anchors_of(intercepted)["outcome"]
    return ReportedTransfer(
        id=transfer_id(document_id, row.key),
        supplier=supplier,
        recipient=recipient,
        category=category,
        item=item_text(named),
        quantity=quantity_of(counted) if counted else None,
        stage=stage,
        outcome=Outcome.INTERCEPTED if intercepted else None,
        when=dated.when.edtf if dated and dated.when else None,
        route=None,
        in_exchange_for=None,
        mentions=tuple(f"m{index + 1}" for index in row.drafts),
        anchors={name: spans for name, spans in anchors.items() if spans},
    )


def _most_exactly_named(drafts: Sequence[Draft]) -> Draft:
    """The first that names the goods; one that says of the same goods what they are ("ballistic missiles",
    where the headline has "missiles"), if only one way of saying so is told."""
    first = min(drafts, key=lambda draft: (not draft.weapons, all(w.generic for w in draft.weapons)))
    plain = (item_text(first) or "").casefold()
    if " " in plain or not plain:
        return first
    fuller = {
        words.casefold(): draft
        for draft in reversed(drafts)
        if (words := item_text(draft)) and words.casefold().endswith(f" {plain}") and " and " not in words
    }
    return next(iter(fuller.values())) if len(fuller) == 1 else first


def _alleged(drafts: Sequence[Draft]) -> Sequence[Draft]:
    """Without what is only denied, where something else tells how far it went: "is to send rockets ... denied
    that it was sending rockets"."""
    found = [draft for draft in drafts if not draft.denied]
    return found if any(draft.stage is not Stage.UNCLEAR for draft in found) else drafts


def _telling(drafts: Sequence[Draft]) -> Sequence[Draft]:
    """Those whose stage counts: where a verb tells how far it went, a noun ("problems with the delivery of
    tanks") only says what is spoken of."""
    by_verbs = [draft for draft in drafts if draft.frame != "nominal" or draft.stage is not Stage.DELIVERED]
    return by_verbs if any(draft.stage is not Stage.UNCLEAR for draft in by_verbs) else drafts


def is_receipt_open(drafts: Iterable[Draft]) -> bool:
    """Whether the document leaves open that the goods arrived ("to see whether they are received"):
    then "supplied" means no more than sent."""
    return any(draft.unsure and draft.frame in ("receive", "arrive", "nominal") for draft in drafts)


def best_quantity(drafts: Sequence[Draft]) -> Draft | None:
    """The draft whose amount stands for all: see ``reported_transfer``."""
    counted = [draft for draft in drafts if draft.quantity and _is_known(draft.quantity.quantity)]
    best = min(
        counted, key=lambda draft: (_unit_rank(draft), _is_single(draft), _stage_rank(draft)), default=None
    )
    return next((draft for draft in counted if best and _says_more_exactly(draft, best)), best)


def _says_more_exactly(draft: Draft, other: Draft) -> bool:
    """ "More than 1,000 containers" where the headline has "1,000 containers": both are the one figure."""
    amount, rounded = quantity_of(draft), quantity_of(other)
    if amount is None or rounded is None or amount.unit != rounded.unit or rounded.min != rounded.max:
        return False
    return (amount.min, amount.max) in {(rounded.min, None), (None, rounded.max)}


def _is_single(draft: Draft) -> bool:
    """One: as often "one of them" as a count of all."""
    quantity = quantity_of(draft)
    return quantity is not None and quantity.min == quantity.max == 1


def _is_known(quantity: Quantity) -> bool:
    return quantity.min is not None or quantity.max is not None


def _unit_rank(draft: Draft) -> int:
    unit = (quantity_of(draft) or Quantity(None, None, None, "")).unit or ""
    if unit in CURRENCIES:
        return 2
    return 1 if unit.lower() in CONTAINER_UNITS else 0


def _stage_rank(draft: Draft) -> int:
    return -STAGE_ORDER[draft.stage]


def _union(spans: Iterable[Spans]) -> tuple[Span, ...]:
    return tuple(sorted({span for group in spans for span in group}))


def transfer_id(document_id: str, key: Key) -> str:
    """An id made of what it names, so that a second reading of the document gives it again."""
    digest = hashlib.sha256("|".join((document_id, *key)).encode())
    return f"r{digest.hexdigest()[:10]}"


def furthest_stage(stages: Iterable[Stage]) -> Stage | None:
    """The furthest of ``stages``; None when there are none."""
    return max(stages, key=lambda stage: STAGE_ORDER[stage], default=None)
