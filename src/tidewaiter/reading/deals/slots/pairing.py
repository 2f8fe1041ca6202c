"""From the candidates for each part to pairs of a supplier and a recipient."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.reading.deals.frames import Cue
from tidewaiter.reading.deals.parties import Party, first_other
from tidewaiter.reading.deals.slots.parts import Slots


def pairs(slots: Slots, makers: tuple[Party, ...], cue: Cue) -> list[tuple[Party | None, Party | None]]:
    """The supplier and recipient of the draft, one pair for each coordinated party.  Goods' makers
    are the suppliers where nobody else is named; one party never stands on both sides."""
    suppliers, recipients = slots.suppliers, slots.recipients
    received = {party.code for party in recipients}
    makers = tuple(maker for maker in makers if maker.code not in received)
    if cue.frame not in ("supply", "nominal"):
        suppliers = (*suppliers, *makers)
    suppliers = suppliers or makers
    if not suppliers:
        return [(None, recipient) for recipient in _coordinated(recipients)] or [(None, None)]
    first = _coordinated(suppliers)
    others = [party for party in recipients if party.code not in {supplier.code for supplier in first}]
    if recipients and not others and len(suppliers) > len(first):  # "X-made drones bought by X from Y"
        return [(first_other(suppliers, recipients[0]), recipients[0])]
    second = _coordinated(others)
    if not second:
        return [(supplier, None) for supplier in first]
    return [(supplier, recipient) for supplier in first for recipient in second]


def _coordinated(parties: Sequence[Party]) -> list[Party]:
    """The first party and those listed with it ("Chad and Mali"), each code once."""
    found: dict[str, Party] = {}
    for party in parties:
        if party.slot == parties[0].slot:
            found.setdefault(party.code, party)
    return list(found.values())
