"""What a lot held, in sentences without a word of transfer: "in the crates were mortars", "25 containers of
military hardware, among it two jets"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tidewaiter.model import Span, WeaponMention
from tidewaiter.reading.entities import Entities, starting_in

if TYPE_CHECKING:
    from tidewaiter.reading.deals.goods import Goods
    from tidewaiter.reading.parse import Parsed

_LOT = (
    r"(?:arms|weapons|weaponry|munitions|hardware|equipment|materiel|arsenal|cache|haul|stash|shipments?"
    r"|consignments?|cargo|load|lot|package|delivery|deliveries|containers?|crates?|boxes|items|things|goods)"
)
"""Nouns for goods as a whole or for what holds them."""

_HOLDS = re.compile(
    rf"\b(?:among|in|inside) (?:the |these |those )(?:[\w-]+ ){{0,2}}?{_LOT}\b"
    r"[^.;:\n]{0,80}?\b(?:was|were|are|is)\b"
    r"|\bamong (?:them|it|these|those|which)\b[^.;:\n]{0,60}?\b(?:was|were|are|is)\b"
    r"|\b(?:in|inside) (?:them|it|which)(?: there)? (?:was|were|are|is)\b"
    r"|,\s*(?:in|among|with) (?:them|it|these)\b,?"
    rf"|\b{_LOT},?\s+(?:including|such as|containing|consisting of|comprising|made up of|namely)\b",
    re.IGNORECASE,
)
"""What leads from a lot to the goods in it."""

_HELD = re.compile(
    rf"[\"”’]?\s*(?:was|were|are|is)\s+(?:all |also |said to be )?(?:in|inside|among|part of)\s+"
    rf"(?:the|these|those|this|that)\s+(?:[\w-]+\s+){{0,2}}?{_LOT}\b",
    re.IGNORECASE,
)
"""What leads from goods to the lot they were in: "mortars were in the shipments"."""

_FIRST_GOODS = re.compile(r"[^.;:\n]{0,40}")
"""Between these words and the first of the goods: "were, for the first time, at least 12 "."""

_REACH = 600
"""Characters before or behind the words within which their list lies: more than a long sentence."""


def contents(
    parsed: Parsed, entities: Entities, goods: Goods, taken: Iterable[WeaponMention]
) -> Iterator[tuple[Span, tuple[WeaponMention, ...]]]:
    """The goods that are told to be in a lot, with the words that tell it, but for those ``taken`` by a word
    of transfer; whose they are is told where the lot is."""
    known = {weapon.span for weapon in taken}
    for pattern, side in ((_HOLDS, _behind), (_HELD, _before)):
        for match in pattern.finditer(parsed.text):
            words = Span(*match.span())
            held = tuple(weapon for weapon in side(entities, goods, words) if not weapon.generic)
            if held and known.isdisjoint(weapon.span for weapon in held):
                known |= {weapon.span for weapon in held}
                yield words, held


def _behind(entities: Entities, goods: Goods, words: Span) -> tuple[WeaponMention, ...]:
    """The goods that begin right behind the words, with those listed behind them."""
    found = starting_in(entities.weapons, words.end, words.end + _REACH)
    if not found or not _FIRST_GOODS.fullmatch(goods.parsed.text, words.end, found[0].span.start):
        return ()
    return goods.listed_from(found)


def _before(entities: Entities, goods: Goods, words: Span) -> tuple[WeaponMention, ...]:
    """The goods that end right before the words, with those listed before them."""
    found = starting_in(entities.weapons, words.start - _REACH, words.start)
    if not found or found[-1].span.end != words.start:
        return ()
    return goods.listed_to(found)
