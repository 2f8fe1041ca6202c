"""Figures on which two accounts of one thing disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tidewaiter.linking.disputes.accounts import Account
from tidewaiter.linking.disputes.comparing import NEAR_QUOTE, Apart, Ground
from tidewaiter.linking.texts.clauses import stems_of
from tidewaiter.linking.texts.figures import Figure, agree
from tidewaiter.model import Span

SAME_FIGURE = 2
"""Words and other figures told with the same goods in both that make it the same goods."""

BEHIND = 20
"""Characters behind a counted noun in which its calibre stands."""

_TO_COME = re.compile(
    r"\b(?:will|would|shall|plan\w*|order\w*|want\w*|ask\w*|request\w*|may|could|promis\w*|pledg\w*)\b", re.I
)


def counts(a: Account, b: Account, ground: Ground) -> Iterator[Apart]:
    """How many of one kind of goods, of which each account gives one figure."""
    quote = ground.quote
    ours, theirs = _by_unit(a, quote and quote[0]), _by_unit(b, quote and quote[1])
    for unit in sorted(ours):
        for other in sorted(theirs):
            if unit != other and (quote is None or not _is_kind(a, unit, other)):
                continue
            if quote is None and not (
                a.cues.is_thing(unit) or _counts_alike(a, ours[unit], b, theirs[other])
            ):
                continue
            mine, held = ours[unit], theirs[other]
            if len({one.value for one in mine}) != 1 or len({one.value for one in held}) != 1:
                continue
            if any(
                agree(x, y)
                for x in a.figures
                for y in b.figures
                if x in mine or y in held
                if x.unit == y.unit
            ):
                continue
            if any(agree(x, y) for x in mine for y in held) or not _comparable(
                a, mine[0], b, held[0], ground
            ):
                continue
            about = f"how many: {' '.join(a.words(Span(mine[0].digits.end, mine[0].span.end)).split())}"
            yield Apart("number", mine[0].span, held[0].span, (str(mine[0].value), str(held[0].value)), about)


def _by_unit(account: Account, quote: Span | None) -> dict[str, list[Figure]]:
    """The exact figures of the account, near the quotation where there is one, by what they count."""
    clause = account.told.clause_at(quote.start) if quote else None
    found: dict[str, list[Figure]] = {}
    for one in account.figures:
        at = account.told.clause_at(one.digits.start)
        is_near = clause is None or (at is not None and abs(at.number - clause.number) <= NEAR_QUOTE)
        if is_near and one.unit.isalpha() and one.value > 1 and one.unit not in account.cues.money:
            found.setdefault(one.unit, []).append(one)
    return {
        unit: figures
        for unit, figures in found.items()
        if quote is not None or not any(one.is_rough for one in figures)
    }


def _counts_alike(a: Account, mine: list[Figure], b: Account, theirs: list[Figure]) -> bool:
    """Whether goods of a kind are named behind both figures ("36 tubes of 81 mm calibre", "23 tubes of 81 mm
    mortars"); two lists of "entities" or "people" are of whatever their makers chose."""
    behind = [
        set(re.findall(r"\d+(?= ?[^\W\d_])", account.document.text[one.span.end : one.span.end + BEHIND]))
        for account, held in ((a, mine), (b, theirs))
        for one in held[:1]
    ]
    return bool(behind[0] & behind[1])


def _is_kind(account: Account, unit: str, other: str) -> bool:
    kinds = account.cues.kinds.get(unit), account.cues.kinds.get(other)
    return kinds[0] is not None and kinds[0] == kinds[1]


def _comparable(a: Account, mine: Figure, b: Account, theirs: Figure, ground: Ground) -> bool:
    """Whether both are of things to come or both of things done, and neither of a part."""
    quote = ground.quote
    texts = [
        "" if (clause := account.told.clause_at(one.digits.start)) is None else clause.text
        for account, one in ((a, mine), (b, theirs))
    ]
    if (_TO_COME.search(texts[0]) is None) != (_TO_COME.search(texts[1]) is None):
        return False
    if any(
        re.search(
            rf"(?<![\d.,]){value:,}(?![\d]|[.,]\d)|(?<![\d.,]){value}(?![\d]|[.,]\d)", account.document.text
        )
        for account, value in ((a, theirs.value), (b, mine.value))
    ):
        return False
    shared = _around(texts[0], mine) & _around(texts[1], theirs)
    shared -= {mine.unit, theirs.unit}
    if len(shared - ground.common if quote is None else shared) < (SAME_FIGURE if quote is None else 1):
        return False
    around = [
        account.document.text[max(0, one.digits.start - 12) : one.span.end]
        for account, one in ((a, mine), (b, theirs))
    ]
    return quote is not None or not any(a.cues.has("other", text) for text in around)


def _around(text: str, figure: Figure) -> frozenset[str]:
    """What is told with a figure: words that tell something, and other figures."""
    return stems_of(text) | {one for one in re.findall(r"\d+", text) if one != str(figure.value)}
