"""Which goods a trigger word speaks of, of which categories, and how many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from tidewaiter.model import Category, Quantity, QuantityMention, Span, WeaponMention
from tidewaiter.reading.deals.frames import Cue
from tidewaiter.reading.entities import LONGEST_MENTION, Entities, starting_in
from tidewaiter.reading.syntax import phrase

if TYPE_CHECKING:
    from tidewaiter.reading.parse import Parsed
    from tidewaiter.reading.tokens import Token

MIXED_WITH_GENERIC = frozenset({"munition", "munitions", "ammunition", "ammo"})
"""Beside a generic word these make a mixed lot: "military equipment and munitions"."""

GENERIC_GOODS = frozenset({"equipment", "materiel", "material", "hardware", "gear"})
"""Generic nouns that are military goods only beside others: "munitions and other equipment"."""

_LIST_GAP = re.compile(
    r"\s*(?:,|,?\s*(?:and|or|as well as|plus|along with))\s+(?:[\w.,\-]+\s+){0,4}", re.IGNORECASE
)

_LONG_GAP = re.compile(
    r"(?:\s+\([^()\n]{1,40}\))?"  # "(also for training)"
    r"(?:\s+(?:from|of|with|for|in|by)(?:\s+[$€£]?[\w.’'\-]+){1,5})?"  # what is told of the one
    r"(?:\s*,(?:\s+(?:and|or))?(?:\s+[\w.’'\-]+){1,6}){0,2}"  # members that are no weapons
    r"\s*(?:,|,?\s*(?:and|or|as well as|plus|along with))\s+"
    r"(?:for\s+(?:another\s+)?[$€£]?[\d.,]+\s+(?:[mb]illion\s+)?)?"  # "and for $40 million some"
    r"(?:[\w.,\-]+\s+){0,4}",
    re.IGNORECASE,
)
"""As a list goes on that has more in it than weapons: "jets from the Soviet era, training, ammunition"."""

_OWN_END = re.compile(r"\s+(?:from|to)\s+(?:the\s+)?[A-Z][\w.\-]*(?:\s+[A-Z][\w.\-]*){0,3}(?=\s*,|\s+and\b)")
"""A list's member may name its own party: "drones *from Turkey* and vehicles from ..."."""

_ELABORATION = re.compile(
    r"[^.;]{0,30}?(?::|,?\s*(?:including|such as|among them|in them|among which were|in which there were"
    r"|ranging from|from|namely|consisting of|comprising|made up of))\s+(?:[\w.,\-]+\s+){0,4}",
    re.IGNORECASE,
)
"""What stands between "weapons" and what they are: "weapons were hidden: 1,500 ", "arms, including "."""

_TRANSPORTING = frozenset({"fly", "move", "transport", "ferry", "airlift", "drive", "find", "head"})
_VEHICLES = frozenset(
    {
        "plane", "planes", "aircraft", "airplane", "airplanes", "airliner", "airliners", "ship", "ships",
        "vessel", "vessels", "boat", "boats", "freighter", "freighters", "flight", "flights",
    }
)  # fmt: skip
"""Bare words for what brings goods; "fighter aircraft" and "patrol boats" are goods by their first word
and are told apart by the verb."""

_CARRIERS = frozenset({"airlifter", "airlifters", "freighter", "freighters", "airliner", "airliners"})
"""Words for what brings goods, of whatever type."""

_CARRYING = re.compile(
    r"\s+(?:that\s+(?:was|were)\s+)?(?:full of|loaded with|laden with|packed with|filled with|carrying)\b",
    re.IGNORECASE,
)

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
"""Tags of verbs that make a clause."""

SENTENCES_BACK = 2
"""Sentences before its own in which what "they" stands for is looked for."""

_LOADS = frozenset({"shipment", "consignment", "cargo", "load", "delivery", "batch"})
"""Nouns whose "one" is no amount: "one more shipment"."""

REACH_OF_AMOUNT = 200
"""Characters behind goods in which an amount that says that it counts them is looked for: a sentence."""

CURRENCIES = frozenset(
    {
        *("USD", "EUR", "GBP", "JPY", "CNY", "RUB", "INR", "KRW", "CHF", "TRY", "ILS", "AED", "SAR"),
        *("CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "BRL", "UAH", "NGN", "PHP", "PLN"),
    }
)
"""Units (ISO 4217) of a price; money stands in only where nothing is counted."""

_ONE_BY_ONE = frozenset({Category.SHIPS, Category.AIRCRAFT})
"""Categories whose goods are handed over one by one, so that the singular is a count."""

_PRICED = re.compile(
    r"[^.;:\n]{0,80}?\s(?:for|worth|valued at|priced at|costing|at a cost of|to the value of"
    r"|come to|comes to|came to|totall?ing|amounting to)\s+(?:[a-z]+\s+){0,3}?"
)
"""From goods to their price: " from A for around "."""

_ACTS = frozenset(
    {"sale", "deal", "contract", "order", "agreement", "transfer", "purchase", "country", "worth"}
)
"""Nouns whose count is no count of goods: "one other arms sale"."""


class Goods:
    """Looks up the goods of one document."""

    def __init__(self, parsed: Parsed, entities: Entities) -> None:
        self.parsed = parsed
        self.entities = entities

    def spoken_of(self, token: Token) -> tuple[WeaponMention, ...]:
        """The goods that "they" stands for: those named last before the verb, in its sentence or the
        two before; a vessel is what carries them."""
        earlier = token.sent
        for _ in range(SENTENCES_BACK):
            earlier = token.doc[earlier.start - 1].sent if earlier.start else earlier
        before = [
            weapon
            for weapon in starting_in(self.entities.weapons, earlier.start_char, token.idx)
            if weapon.category is not Category.SHIPS
        ]
        here = [weapon for weapon in before if weapon.span.start >= token.sent.start_char]
        return self._last_list(here or before)

    def _last_list(self, weapons: Sequence[WeaponMention]) -> tuple[WeaponMention, ...]:
        """The goods named last, with those listed before them."""
        found = list(weapons[-1:])
        for weapon in reversed(weapons[:-1]):
            if not _LIST_GAP.fullmatch(self.parsed.text, weapon.span.end, found[0].span.start):
                break
            found.insert(0, weapon)
        return tuple(found)

    def listed_to(self, weapons: Sequence[WeaponMention]) -> tuple[WeaponMention, ...]:
        """The last of the goods, with those listed before it."""
        return self._last_list(weapons)

    def listed_from(self, weapons: Sequence[WeaponMention]) -> tuple[WeaponMention, ...]:
        """The first of the goods, with those listed behind it."""
        found = list(weapons[:1])
        for weapon in weapons[1:]:
            last, start = found[-1].span.end, weapon.span.start
            if not self._goes_on(found[-1], start) or self._is_told(last, start):
                break
            found.append(weapon)
        return tuple(found)

    def with_listed(self, weapons: tuple[WeaponMention, ...], token: Token) -> tuple[WeaponMention, ...]:
        """The goods and those that follow them in a list which the parse broke up."""
        if not weapons:
            return weapons
        found = [weapon for weapon in weapons if not self._is_carrier(weapon)]
        found = found or list(weapons)
        end = token.sent.end_char
        for weapon in starting_in(self.entities.weapons, found[-1].span.end, end):
            last, start = found[-1].span.end, weapon.span.start
            if last <= start and self._goes_on(found[-1], start) and not self._is_told(last, start):
                found.append(weapon)
        for weapon in reversed(starting_in(self.entities.weapons, token.idx + 1, found[0].span.start)):
            last, first = weapon.span.end, found[0].span.start
            if _LIST_GAP.fullmatch(self.parsed.text, last, first) and not self._is_told(last, first):
                found.insert(0, weapon)
        return tuple(found)

    def _is_told(self, start: int, end: int) -> bool:
        """Whether a clause of its own begins between two goods: "rifles to A, and B sent some tanks"."""
        words = self.parsed.tokens(Span(start, end))
        return words is not None and any(
            word.tag_ in _FINITE and word.idx >= start and word.idx + len(word) <= end for word in words
        )

    def _goes_on(self, weapon: WeaponMention, start: int) -> bool:
        """Whether goods at ``start`` are listed with ``weapon``, or tell what generic "weapons" are."""
        text, end = self.parsed.text, weapon.span.end
        between = [one for one in starting_in(self.entities.actors, end, start) if one.code]
        if not between and _LONG_GAP.fullmatch(text, end, start):
            return True
        own = _OWN_END.match(text, end, start)
        if _LIST_GAP.fullmatch(text, own.end() if own else end, start):
            return True
        return weapon.generic and bool(_ELABORATION.fullmatch(self.parsed.text, weapon.span.end, start))

    def without_vehicles(self, weapons: tuple[WeaponMention, ...], cue: Cue) -> tuple[WeaponMention, ...]:
        """The goods without the planes and ships that bring them: "planes landed", "the ship carried"."""
        if cue.frame not in ("arrive", "carry", "load") and cue.lemma not in _TRANSPORTING:
            return weapons
        return tuple(weapon for weapon in weapons if not _is_vehicle(weapon))

    def _is_carrier(self, weapon: WeaponMention) -> bool:
        """ "planes full of weapons": what carries the goods is none of them."""
        return _CARRYING.match(self.parsed.text, weapon.span.end) is not None

    def quantity(
        self, goods: Sequence[Token], counted: Sequence[WeaponMention], named: Sequence[WeaponMention]
    ) -> QuantityMention | None:
        """The amount of the goods of one category: their own, else that of what holds them all; never
        one that counts other goods named beside them."""
        parts = {part.idx for head in goods for part in phrase(head)}
        others = [weapon for weapon in named if weapon not in counted]
        held: QuantityMention | None = None
        parts |= {part.idx for head in goods for part in _sum_for(head)}
        places = [weapon.span for weapon in counted] + [Span(part, part + 1) for part in parts]
        for found in self._near(places):
            unit = (found.quantity.unit or "").lower().rstrip("s")
            if unit in _ACTS or (unit in _LOADS and found.quantity.max == 1):
                continue
            where = found.head or found.span
            if any(_touch(where, weapon.span) for weapon in counted):
                return found
            if held is None and any(where.start <= position < where.end for position in parts):
                held = None if any(_touch(where, weapon.span) for weapon in others) else found
        return held or self._single(counted) or self._price(counted)

    def _single(self, weapons: Sequence[WeaponMention]) -> QuantityMention | None:
        """One, of goods that are counted one by one and stand in the singular: "a patrol boat"."""
        if len(weapons) != 1 or weapons[0].category not in _ONE_BY_ONE:
            return None
        (weapon,) = weapons
        tokens = self.parsed.tokens(weapon.head)
        if tokens is None or tokens.root.tag_ not in ("NN", "NNP"):
            return None
        article = next((one for one in tokens.root.children if one.lower_ in ("a", "an")), None)
        if article is None or article.i > tokens.root.i:
            return None
        return QuantityMention(
            Span(article.idx, article.idx + len(article)),
            Quantity(1, 1, self.parsed.text[slice(*weapon.head)], article.text),
            weapon.head,
        )

    def _price(self, weapons: Sequence[WeaponMention]) -> QuantityMention | None:
        """The money told right behind the goods: "tanks from A for $40 million", "arms worth 20m euros"."""
        if not weapons:
            return None
        end = weapons[-1].span.end
        for money in starting_in(self.entities.quantities, end, end + REACH_OF_AMOUNT):
            if starting_in(self.entities.weapons, end, money.span.start):
                return None  # of the next goods
            if _PRICED.fullmatch(self.parsed.text, end, money.span.start):
                return money if money.quantity.unit in CURRENCIES else None
        return None

    def only_amount(self, category: Category | None) -> QuantityMention | None:
        """The amount of goods of a category in a document that counts them but once, if often."""
        counted = [
            one
            for one in self.entities.quantities
            if one.head is not None and one.quantity.max != 1 and self._is_of(category, one.head)
        ]
        amounts = {(one.quantity.min, one.quantity.max) for one in counted}
        return counted[0] if len(amounts) == 1 else None

    def _is_of(self, category: Category | None, head: Span) -> bool:
        near = starting_in(self.entities.weapons, head.start - LONGEST_MENTION, head.end)
        return any(weapon.category is category and _touch(head, weapon.span) for weapon in near)

    def _near(self, places: Sequence[Span]) -> Sequence[QuantityMention]:
        """The amounts, in order, from well before the first of ``places`` to the last: what is counted
        stands behind its number, or right before it ("tanks, 31 of them")."""
        if not places:
            return ()
        first = min(place.start for place in places) - LONGEST_MENTION
        last = max(place.end for place in places)
        behind = starting_in(self.entities.quantities, last, last + REACH_OF_AMOUNT)
        counted = [one for one in behind if one.head is not None and one.head.start < last]
        return [*starting_in(self.entities.quantities, first, last), *counted]


def _sum_for(head: Token) -> Sequence[Token]:
    """The money in "$20 million in weapons"."""
    is_paid_for = head.dep_ == "pobj" and head.head.lower_ == "in" and head.head.head.pos_ in ("NUM", "SYM")
    return [*phrase(head.head.head)] if is_paid_for else ()


def _is_vehicle(weapon: WeaponMention) -> bool:
    if weapon.item.rsplit(" ", 1)[-1].lower() in _CARRIERS:
        return True
    bare = weapon.item.count(" ") == 0 or weapon.item.split()[0].lower() in ("cargo", "transport")
    return bare and weapon.designation is None and weapon.item.rsplit(" ", 1)[-1].lower() in _VEHICLES


def is_mixed(heads: Sequence[Token]) -> bool:
    """Whether a generic noun that is no weapon by itself stands among the goods: "other equipment"."""
    return any(part.lemma_.lower() in GENERIC_GOODS for head in heads for part in phrase(head))


def by_category(
    weapons: Sequence[WeaponMention], mixed: bool = False
) -> list[tuple[Category | None, tuple[WeaponMention, ...]]]:
    """Goods named together, by category; a generic word beside specific ones says nothing of its own,
    unless all that is specific is "munitions": that makes a mixed lot.  ``mixed`` says that a generic
    noun stands among them which is no weapon by itself."""
    if not weapons:
        return [(Category.UNSPECIFIED_ARMS if mixed else None, ())]
    mixed = mixed or any(weapon.generic for weapon in weapons)
    specific = [weapon for weapon in weapons if not weapon.generic]
    open_list = _ends_openly(weapons)
    if mixed and not open_list:
        specific = [weapon for weapon in specific if _head_word(weapon) not in MIXED_WITH_GENERIC]
    if not specific:
        return [(Category.UNSPECIFIED_ARMS, tuple(weapons))]
    groups: dict[Category, list[WeaponMention]] = {}
    for weapon in specific:
        groups.setdefault(weapon.category, []).append(weapon)
    lot = () if open_list else _mixed_lot(weapons)
    if lot:  # "helicopters, together with weapons and ammunition"
        groups[Category.UNSPECIFIED_ARMS] = list(lot)
    return [(category, tuple(members)) for category, members in groups.items()]


def _ends_openly(weapons: Sequence[WeaponMention]) -> bool:
    """Whether the generic word only ends a list of kinds: "drones, jets, ammunition and other weapons"."""
    *kinds, last = weapons
    named = [weapon for weapon in kinds if _head_word(weapon) not in MIXED_WITH_GENERIC]
    return last.generic and len(named) > 1 and not any(weapon.generic for weapon in kinds)


def _mixed_lot(weapons: Sequence[WeaponMention]) -> tuple[WeaponMention, ...]:
    """The generic goods listed right beside "ammunition", behind others that are named by kind."""
    for one, other in list(pairwise(weapons))[1:]:
        generic = one if one.generic else other
        beside = other if one.generic else one
        if generic.generic and _head_word(beside) in MIXED_WITH_GENERIC:
            return one, other
    return ()


def _head_word(weapon: WeaponMention) -> str:
    return weapon.item.rsplit(" ", 1)[-1].lower()


def _touch(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end
