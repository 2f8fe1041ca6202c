"""Whom an act hits where its clause does not say: the transfers told near it, and where a ship came from."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.model import ResponseKind
from tidewaiter.reading.deeds.acts import Party
from tidewaiter.reading.deeds.clause import UNITED_NATIONS, Act, named_at
from tidewaiter.reading.deeds.hits import Hit
from tidewaiter.reading.deeds.nearness import (
    answered_transfer,
    in_sentence,
    nearest_transfer,
    only_supply,
    sentences_around,
)

ORIGIN_AROUND = 8
"""Sentences around a seizure in which it may be told where the ship came from."""


def supplier_first(act: Act, by: Party, hits: list[Hit]) -> list[Hit]:
    """Of those warned or condemned together the supplier; where a third is asked to help, whose goods
    are meant."""
    suppliers = {one.supplier for one in act.transfers}
    sides = suppliers | {one.recipient for one in act.transfers}
    meant = [hit for hit in hits if hit.party and hit.party.code in suppliers] or _named_supplier(act, hits)
    if meant:
        return meant
    outsiders = all(hit.party is None or hit.party.code not in sides for hit in hits)
    return [] if hits and outsiders and act.transfers and by.code not in sides else hits


def _named_supplier(act: Act, hits: Sequence[Hit]) -> list[Hit]:
    """ "urged A not to turn to B for weapons": B's are meant."""
    codes = {hit.party.code for hit in hits if hit.party}
    sold = {one.supplier for one in act.transfers if one.recipient in codes}
    named = (named_at(act, token) for token in act.matter())
    return [Hit(party) for party in named if party is not None and party.code in sold - codes][:1]


def from_transfer(act: Act, by: Party) -> list[Hit]:
    """The supplier of the transfer that the act answers, where the clause names nobody."""
    if act.kind is ResponseKind.EXPORT_CONTROL and "no_supply" in act.cue.needs:
        return _receiver(act, by)
    if act.cue.hits not in ("source", "matter", "asked") and act.kind is not ResponseKind.DIPLOMATIC_PROTEST:
        return _from_only_transfer(act, by)
    able = [one for one in act.transfers if one.supplier not in (None, by.code)]
    if act.kind is ResponseKind.INTERDICTION:  # each seizure is of goods of its own
        able = [one for one in able if in_sentence(act, one)] or only_supply(act, able)
    if act.kind is ResponseKind.INVESTIGATION and not able:  # into what its own side sent
        able = [one for one in act.transfers if one.supplier == by.code]
    answered = answered_transfer(act, able)
    if act.kind is ResponseKind.INTERDICTION and answered is None:
        return _origin_near(act, by)
    if act.kind is ResponseKind.DIPLOMATIC_PROTEST and act.cue.hits == "asked" and not able:
        return _receiver(act, by)
    if answered is None or answered.supplier is None:
        return []
    spans = answered.anchors.get("supplier", ())
    return [Hit(Party(answered.supplier, spans[:1]))] if spans else []


def _receiver(act: Act, by: Party) -> list[Hit]:
    """Who got what ``by`` sent, and is asked to explain."""
    got = nearest_transfer(act, [one for one in act.transfers if one.supplier == by.code and one.recipient])
    spans = got.anchors.get("recipient", ())[:1] if got else ()
    return [Hit(Party(got.recipient or "", spans))] if got and spans else []


def _origin_near(act: Act, by: Party) -> list[Hit]:
    """ "The ship, coming from X, was stopped": told in the sentences around."""
    start, end = sentences_around(act, before=ORIGIN_AROUND, after=ORIGIN_AROUND)
    for token in act.token.doc.touched(start, end) or ():
        party = named_at(act, token)
        if party is None or party.code == by.code or token.dep_ != "pobj":
            continue
        place = token.head.head if token.head.lower_ == "in" else token  # "from A in X"
        if place.dep_ != "pobj" or place.head.lower_ != "from":
            continue
        left = place.head.head
        if act.scene.is_a(left, "vessel") or act.scene.is_a(left, "leaving") or left.i in act.scene.goods:
            return [Hit(party)]
    return []


def _from_only_transfer(act: Act, by: Party) -> list[Hit]:
    """Whom a sanction on unnamed "shippers" hits: the supplier, where the report knows just one."""
    if act.kind is not ResponseKind.SANCTION or by.code == UNITED_NATIONS:
        return []
    suppliers = {one.supplier for one in act.transfers}
    near = only_supply(act, act.transfers)
    spans = near[0].anchors.get("supplier", ())[:1] if near else ()
    if len(suppliers) != 1 or not spans or near[0].supplier in (None, by.code):
        return []
    return [Hit(Party(near[0].supplier or "", spans))]
