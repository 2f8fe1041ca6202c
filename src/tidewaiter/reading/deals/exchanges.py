"""Exchanges: transfers of which one is given in return for the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tidewaiter.model import STAGE_ORDER, QuantityMention, ReportedTransfer, Span, Stage, WeaponMention
from tidewaiter.reading.deals.drafts import Draft
from tidewaiter.reading.deals.parties import Party
from tidewaiter.reading.deals.transfers import Account
from tidewaiter.reading.entities import Entities
from tidewaiter.reading.parse import Parsed

_IN_RETURN = re.compile(
    r"\bin\s+(?:exchange|return|turn)\b|\b(?:exchange|return)\s+for\b|\bbarter\w*\b|\bswap\w*\b|\bfor\s+its\s+part\b"
    r"|\bquid\s+pro\s+quo\b|\bas\s+payment\b|\b(?:in|as|by\s+way\s+of)\s+compensation\b|\bcompensat(?:e|ed|ing)\b"
    r"|\bbackfill\w*\b",
    re.IGNORECASE,
)

_RETURN_FOR = re.compile(r"\bin\s+(?:exchange|return)\s+for\s+", re.IGNORECASE)

_MADE = re.compile(r"[-‑\s](?:made|built|designed|produced|manufactured|era|origin)\b", re.IGNORECASE)
"""Behind a state: it made the goods, and need not be who gives them."""

_BEFORE_RETURN = re.compile(r"(?:(?:,|and|or|[\w’'\-]+)\s*){0,4}")
"""What may stand between "in exchange for" and goods: an article, an adjective, other goods of a list."""


def fill_exchanges(parsed: Parsed, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Drafts in a sentence of exchange get their missing side from the deal they answer: what A wants
    "in return" comes from the B that A was just said to supply."""
    filled = list(drafts)
    for index, draft in enumerate(filled):
        missing = (draft.supplier is None) != (draft.recipient is None)
        if missing and draft.category is not None and cue(parsed, draft.sentence) is not None:
            counterpart = _counterpart(draft, filled[:index][::-1]) or _counterpart(
                draft, filled[index + 1 :]
            )
            if counterpart is not None:
                carried = replace(counterpart, certain=False)
                filled[index] = replace(
                    draft, supplier=draft.supplier or carried, recipient=draft.recipient or carried
                )
    return tuple(filled)


def with_returns(parsed: Parsed, entities: Entities, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """The drafts, each followed by what is given in return where no verb tells it: "A sent shells to B
    in exchange for missiles" has B give missiles, or whose missiles they are called."""
    told = {weapon.span for draft in drafts for weapon in draft.weapons}
    found: list[Draft] = []
    for draft in drafts:
        found.append(draft)
        for weapon, words in _offered(parsed, entities, draft):
            if weapon.span not in told and (made := _returned(parsed, entities, draft, weapon, words)):
                told.add(weapon.span)
                found.append(made)
    return tuple(found)


def _offered(parsed: Parsed, entities: Entities, draft: Draft) -> Iterator[tuple[WeaponMention, Span]]:
    """Goods right behind the "in exchange for" that follows a draft in its sentence."""
    words = _RETURN_FOR.search(parsed.text, draft.trigger.end, draft.sentence.end)
    if words is None or draft.supplier is None or draft.recipient is None or draft.negated:
        return
    end = words.end()
    for weapon in entities.weapons:
        if end <= weapon.span.start < draft.sentence.end and _BEFORE_RETURN.fullmatch(
            parsed.text, end, weapon.span.start
        ):
            yield weapon, Span(words.start(), words.start() + len(words.group().rstrip()))
            end = weapon.span.end


def _returned(
    parsed: Parsed, entities: Entities, draft: Draft, weapon: WeaponMention, words: Span
) -> Draft | None:
    maker = next(
        (
            Party(actor.code, actor.span)
            for actor in entities.actors
            if actor.code
            and words.end <= actor.span.start < weapon.span.start
            and not _MADE.match(parsed.text, actor.span.end)
        ),
        None,
    )
    giver = maker or (replace(draft.recipient, certain=False) if draft.recipient else None)
    if giver is None or draft.supplier is None or giver.code == draft.supplier.code:
        return None
    return replace(
        draft,
        trigger=words,
        frame="receive",
        supplier=giver,
        recipient=replace(draft.supplier, certain=False),
        weapons=(weapon,),
        category=weapon.category,
        quantity=next((one for one in entities.quantities if _counts(one, weapon)), None),
        stage=Stage.PLANNED if STAGE_ORDER[draft.stage] < STAGE_ORDER[Stage.SHIPPED] else Stage.UNCLEAR,
        stage_ground=words,
        outcome=None,
        when=None,
        anaphoric=False,
        definite=False,
        speaker=None,
    )


def _counts(amount: QuantityMention, weapon: WeaponMention) -> bool:
    return amount.head is not None and weapon.span.start <= amount.head.start < weapon.span.end


def cue(parsed: Parsed, sentence: Span) -> Span | None:
    """The words in the sentence that tell of an exchange."""
    found = _IN_RETURN.search(parsed.text, sentence.start, sentence.end)
    return Span(found.start(), found.end()) if found else None


def _counterpart(draft: Draft, others: Sequence[Draft]) -> Party | None:
    """Who stands on the other side of the nearest deal in which the known party gave or got."""
    for other in others:
        if other.supplier is None or other.recipient is None:
            continue
        if draft.recipient is not None and other.supplier.code == draft.recipient.code:
            return other.recipient
        if draft.supplier is not None and other.recipient.code == draft.supplier.code:
            return other.supplier
    return None


def add_exchanges(parsed: Parsed, told: Account) -> Account:
    """The account, transfers given for each other linked: a transfer told in a sentence of exchange,
    with the one in the other direction told in it or last before it."""
    by_id = {transfer.id: transfer for transfer in told.transfers}
    linked: dict[str, tuple[str, Span]] = {}
    for index, (draft, transfer) in enumerate(zip(told.drafts, told.transfer_of, strict=True)):
        words = cue(parsed, draft.sentence)
        if transfer is None or words is None:
            continue
        other = _opposite(by_id[transfer], index, told, ring=_may_be_ring(parsed, words))
        if other is not None:
            linked.setdefault(transfer, (other, words))
            linked.setdefault(other, (transfer, words))
    return replace(told, transfers=tuple(_link(one, linked.get(one.id)) for one in told.transfers))


def _opposite(transfer: ReportedTransfer, index: int, told: Account, *, ring: bool) -> str | None:
    sentence = told.drafts[index].sentence
    opposite = {one.id for one in told.transfers if _is_opposite(transfer, one)}
    if not opposite and ring:  # a third state makes good what A gave B
        opposite = {one.id for one in told.transfers if _is_ring(transfer, one)}
    following = [i for i in range(index + 1, len(told.drafts)) if told.drafts[i].sentence == sentence]
    order = (*range(index - 1, -1, -1), *following)
    return next((told.transfer_of[i] for i in order if told.transfer_of[i] in opposite), None)


def _may_be_ring(parsed: Parsed, words: Span) -> bool:
    """ "In turn" and "for its part" also tell of goods that are merely handed on."""
    return re.match(r"in\s+turn|for\s+its", parsed.text[words.start : words.end], re.IGNORECASE) is None


def _is_ring(given: ReportedTransfer, returned: ReportedTransfer) -> bool:
    """A gives B, and C gives A: told either way round."""
    if given.supplier is None or returned.supplier is None:
        return False
    return given.supplier == returned.recipient or given.recipient == returned.supplier


def _is_opposite(a: ReportedTransfer, b: ReportedTransfer) -> bool:
    return (a.supplier, a.recipient) == (b.recipient, b.supplier)


def _link(transfer: ReportedTransfer, link: tuple[str, Span] | None) -> ReportedTransfer:
    if link is None:
        return transfer
    other, words = link
    return replace(transfer, in_exchange_for=other, anchors={**transfer.anchors, "in_exchange_for": (words,)})
