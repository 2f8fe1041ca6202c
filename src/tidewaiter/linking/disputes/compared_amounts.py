"""How much was sent in one deal of the register, where two reports disagree.

Amounts are compared as bounds: "over 200" and "about 220" may both be right, 200 and 400 may not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tidewaiter.linking.disputes.accounts import Account
from tidewaiter.linking.disputes.compared_figures import counts
from tidewaiter.linking.disputes.comparing import Apart, Ground
from tidewaiter.linking.texts.cues import Cues
from tidewaiter.linking.texts.figures import ROUGHLY
from tidewaiter.linking.texts.stems import stem
from tidewaiter.model import Mention, Quantity, Span, Stage

_TO_COME = (Stage.SOUGHT, Stage.PLANNED, Stage.AGREED)
_DONE = (Stage.SHIPPED, Stage.DELIVERED, Stage.USED)


class Amount(NamedTuple):
    """How many of which goods went, or are to go, in one deal."""

    least: float
    most: float
    span: Span
    text: str


def numbers(a: Account, b: Account, ground: Ground) -> Iterator[Apart]:
    """The exact figures that differ; where there are none, the amounts of one row that cannot both be."""
    found = list(counts(a, b, ground))
    yield from found or amounts(a, b, ground)


def amounts(a: Account, b: Account, ground: Ground) -> Iterator[Apart]:
    """The one amount that each report gives of one kind of goods in one row of the register, where what they
    say of how sure it is leaves no number that both could mean."""
    if ground.quote is not None:
        return
    ours, theirs = _amounts(a, ground), _amounts(b, ground)
    for key in sorted(ours.keys() & theirs.keys()):
        mine, held = ours[key], theirs[key]
        if len({one[:2] for one in mine}) != 1 or len({one[:2] for one in held}) != 1:
            continue
        x, y = mine[0], held[0]
        if x.least <= y.most and y.least <= x.most:
            continue
        about = f"how many: {' '.join(a.words(x.span).split())}"
        yield Apart("number", x.span, y.span, (f"{key}:{x.text}", f"{key}:{y.text}"), about)


def _amounts(account: Account, ground: Ground) -> dict[tuple[str, str, bool], list[Amount]]:
    """The amounts by row, goods, and whether they are of things to come."""
    found: dict[tuple[str, str, bool], list[Amount]] = {}
    for one in () if account.reading is None else account.reading.mentions:
        row = ground.row_of.get(one.transfer or "")
        quantity = one.quantity
        if row is None or quantity is None or not _is_of_deal(one, quantity, account):
            continue
        amount = _amount(one, quantity, account.cues)
        if amount is not None:
            found.setdefault((row, stem(str(quantity.unit)), one.stage in _TO_COME), []).append(amount)
    return found


def _is_of_deal(mention: Mention, quantity: Quantity, account: Account) -> bool:
    """Whether the sentence names both parties and counts goods, all of them."""
    start, end = mention.sentence
    is_told = all(
        any(start <= span.start and span.end <= end for span in mention.anchors.get(field, ()))
        for field in ("supplier", "recipient", "quantity")
    )
    return (
        is_told
        and mention.stage in (*_TO_COME, *_DONE)
        and quantity.unit is not None
        and account.cues.is_thing(stem(quantity.unit))
        and not account.cues.has("other", account.document.text[start:end].replace(quantity.text, ""))
    )


def _amount(mention: Mention, quantity: Quantity, cues: Cues) -> Amount | None:
    """The bounds of a quantity, those of a rough one within a quarter; None where it has none."""
    if quantity.min is None and quantity.max is None:
        return None
    is_point = quantity.min == quantity.max
    wide = ROUGHLY if is_point and any(cues.is_one("rough", word) for word in quantity.text.split()) else 0.0
    least = 0 if quantity.min is None else quantity.min * (1 - wide)
    most = float("inf") if quantity.max is None else quantity.max * (1 + wide)
    return Amount(least, most, min(mention.anchors["quantity"]), quantity.text.casefold())
