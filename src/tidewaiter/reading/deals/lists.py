"""Lists whose members go their own ways: "drones from A and vehicles from B", "12 to A and six to B"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.model import Quantity, QuantityMention, Span, WeaponMention
from tidewaiter.reading.deals.parties import Party, PartyFinder
from tidewaiter.reading.syntax import conjuncts
from tidewaiter.reading.what.numbers import Number, numbers

if TYPE_CHECKING:
    from tidewaiter.reading.entities import Entities
    from tidewaiter.reading.parse import Parsed
    from tidewaiter.reading.tokens import Token

_BEFORE_NAMES = frozenset({"DET", "NUM", "PUNCT", "ADV", "ADJ"})
"""Parts of speech that may stand between a preposition and the party it leads to."""

_GAPPED = re.compile(r",?\s+(?:and|plus)?\s*(?P<count>[\w,.\-]+)\s+to\s+(?:the\s+)?")
"""What stands between the receivers of "12 missiles to A and six to B"."""


@dataclass(frozen=True, slots=True)
class Lot:
    """Goods of a list with the supplier or the recipient that is theirs alone."""

    weapons: tuple[WeaponMention, ...]
    supplier: Party | None = None
    recipient: Party | None = None


def actor_behind(preposition: Token, parties: PartyFinder) -> tuple[Party, ...]:
    """The party that opens the phrase behind ``preposition``, with those listed with it; empty when
    something else opens it.

    Only articles, adjectives, figures and marks may stand between the two: in "shells to rebels
    fighting Ruritania" the state is the rebels' enemy, not the one who receives.
    """
    for word in preposition.doc[preposition.i + 1 : preposition.sent.end]:
        if parties.actor_at(word):
            named = parties.parties([word])
            return parties.parties(conjuncts(word)) if named else ()
        if word.pos_ not in _BEFORE_NAMES:
            break
    return ()


def lots(parsed: Parsed, parties: PartyFinder, weapons: Sequence[WeaponMention]) -> tuple[Lot, ...]:
    """The goods, one lot for each party that stands right behind them; goods without one go with the
    next that have.  One lot without parties unless the list names two different ones."""
    whole = (Lot(tuple(weapons)),)
    for name in ("from", "to"):
        ends = [_end(parsed, parties, weapon, name) for weapon in weapons]
        if len({end.code for end in ends if end}) < 2 or ends[-1] is None:
            continue
        found: list[Lot] = []
        waiting: list[WeaponMention] = []
        for weapon, end in zip(weapons, ends, strict=True):
            waiting.append(weapon)
            if end is not None:
                sides = {"supplier": end} if name == "from" else {"recipient": end}
                found.append(Lot(tuple(waiting), **sides))
                waiting = []
        return tuple(found)
    return whole


def by_maker(
    parsed: Parsed, parties: PartyFinder, weapons: Sequence[WeaponMention]
) -> tuple[Lot, ...] | None:
    """One lot for each maker where each of the goods is told to be of another: "Turkish drones and Russian
    jets"; None where they are not."""
    made = [_maker(parsed, parties, weapon) for weapon in weapons]
    if len({maker.code for maker in made if maker}) < 2 or not all(made):
        return None
    return tuple(Lot((weapon,), supplier=maker) for weapon, maker in zip(weapons, made, strict=True))


def _maker(parsed: Parsed, parties: PartyFinder, weapon: WeaponMention) -> Party | None:
    tokens = parsed.tokens(weapon.head)
    return next(iter(parties.makers(tokens.root)), None) if tokens is not None else None


def _end(parsed: Parsed, parties: PartyFinder, weapon: WeaponMention, name: str) -> Party | None:
    tokens = parsed.tokens(weapon.span)
    if tokens is None or tokens.end >= len(parsed.doc) or parsed.doc[tokens.end].lower_ != name:
        return None
    return next(iter(actor_behind(parsed.doc[tokens.end], parties)), None)


def gapped(
    parsed: Parsed, entities: Entities, recipient: Party, counted: QuantityMention | None
) -> Iterator[tuple[Party, QuantityMention | None]]:
    """Further receivers of the same goods, each with its number: "12 missiles to A and six to B".

    ``counted`` is the amount of the first, whose unit the others share.
    """
    end = recipient.span.end
    while match := _GAPPED.match(parsed.text, end):
        actor = next((one for one in entities.actors if one.span.start == match.end() and one.code), None)
        number = next(iter(numbers(match["count"], parsed.knowledge)), None)
        if actor is None or actor.code is None or number is None:
            return
        yield Party(actor.code, actor.span), _count(match, number, counted)
        end = actor.span.end


def _count(match: re.Match[str], number: Number, counted: QuantityMention | None) -> QuantityMention | None:
    if number.open or number.value.denominator != 1:
        return None
    amount = int(number.value)
    unit = counted.quantity.unit if counted else None
    return QuantityMention(Span(*match.span("count")), Quantity(amount, amount, unit, match["count"]))
