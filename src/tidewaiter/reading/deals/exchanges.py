"""Exchanges: transfers of which one is given in return for the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tidewaiter.model import ReportedTransfer, Span
from tidewaiter.reading.deals.drafts import Draft
from tidewaiter.reading.deals.parties import Party
from tidewaiter.reading.deals.transfers import Account
from tidewaiter.reading.parse import Parsed

_IN_RETURN = re.compile(
    r"\bin\s+(?:exchange|return|turn)\b|\b(?:exchange|return)\s+for\b|\bbarter\w*\b|\bswap\w*\b|\bfor\s+its\s+part\b"
    r"|\bquid\s+pro\s+quo\b|\bas\s+payment\b",
    re.IGNORECASE,
)


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
        other = _opposite(by_id[transfer], index, told)
        if other is not None:
            linked.setdefault(transfer, (other, words))
            linked.setdefault(other, (transfer, words))
    return replace(told, transfers=tuple(_link(one, linked.get(one.id)) for one in told.transfers))


def _opposite(transfer: ReportedTransfer, index: int, told: Account) -> str | None:
    sentence = told.drafts[index].sentence
    opposite = {one.id for one in told.transfers if _is_opposite(transfer, one)}
    following = [i for i in range(index + 1, len(told.drafts)) if told.drafts[i].sentence == sentence]
    order = (*range(index - 1, -1, -1), *following)
    return next((told.transfer_of[i] for i in order if told.transfer_of[i] in opposite), None)


def _is_opposite(a: ReportedTransfer, b: ReportedTransfer) -> bool:
    return (a.supplier, a.recipient) == (b.recipient, b.supplier)


def _link(transfer: ReportedTransfer, link: tuple[str, Span] | None) -> ReportedTransfer:
    if link is None:
        return transfer
    other, words = link
    return replace(transfer, in_exchange_for=other, anchors={**transfer.anchors, "in_exchange_for": (words,)})
