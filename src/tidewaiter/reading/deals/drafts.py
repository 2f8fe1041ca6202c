"""From a word that speaks of a transfer to the parties and goods it speaks of.

A draft is a mention in the making: what one trigger word and its clause give, before gaps are filled
from the rest of the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.model import (
    STAGE_ORDER,
    Category,
    Outcome,
    QuantityMention,
    Span,
    Stage,
    TimeMention,
    WeaponMention,
)
from tidewaiter.reading.deals.around.origins import given_by
from tidewaiter.reading.deals.contents import contents
from tidewaiter.reading.deals.contrasts import is_ruled_out
from tidewaiter.reading.deals.frames import Cue, triggers
from tidewaiter.reading.deals.goods import Goods, by_category, is_mixed
from tidewaiter.reading.deals.lists import Lot, by_maker, gapped, lots
from tidewaiter.reading.deals.parties import Party
from tidewaiter.reading.deals.slots import SlotFinder, Slots, pairs
from tidewaiter.reading.deals.stages import reached
from tidewaiter.reading.entities import Entities, starting_in
from tidewaiter.reading.syntax import is_definite

if TYPE_CHECKING:
    from tidewaiter.reading.parse import Parsed
    from tidewaiter.reading.tokens import Token


@dataclass(frozen=True, slots=True)
class Draft:
    """What one trigger word tells of a transfer."""

    trigger: Span
    sentence: Span
    frame: str
    supplier: Party | None
    recipient: Party | None
    weapons: tuple[WeaponMention, ...]  # of one category
    category: Category | None
    quantity: QuantityMention | None
    stage: Stage
    stage_ground: Span
    negated: bool
    conditional: bool
    unsure: bool  # of these, "whether they arrive"
    outcome: Outcome | None
    when: TimeMention | None
    anaphoric: bool  # its goods are named elsewhere: "the shipments", "is supplying covertly"
    definite: bool  # its goods are spoken of as known: "the weapons", "these rifles"
    speaker: str | None  # the part, supplier or recipient, that whoever speaks there plays
    hearsay: bool  # told as a report of others: "reports that it sold"
    doubted: bool  # "no evidence that it sold"
    lasting: bool = False  # told of a time of years: "over the years it has sold"
    denied: bool = False  # "denied that it was sending"


class Drafter:
    """Makes the drafts of one document."""

    def __init__(self, parsed: Parsed, entities: Entities) -> None:
        self.parsed = parsed
        self.entities = entities
        self.slots = SlotFinder(parsed, entities)
        self.goods = Goods(parsed, entities)

    def drafts(self) -> tuple[Draft, ...]:
        """Every draft, in order of the text; a trigger with goods of several categories, suppliers
        or recipients gives one for each."""
        found = [draft for token, cue in triggers(self.parsed) for draft in self._drafts(token, cue)]
        found += self._of_contents([weapon for draft in found for weapon in draft.weapons])
        return tuple(sorted(self._counted(found), key=lambda draft: draft.trigger.start))

    def _counted(self, drafts: Sequence[Draft]) -> Iterator[Draft]:
        """With the amount that stands apart from any word of transfer, where it is the only one of its kind
        and all drafts of the kind may be of one deal: "on board are 33 tanks"."""
        kinds: dict[Category | None, list[Draft]] = {}
        for draft in drafts:
            kinds.setdefault(draft.category, []).append(draft)
        alone = {
            category: self.goods.only_amount(category)
            for category, kin in kinds.items()
            if category not in _NOT_ONE_KIND and _may_be_one(kin) and not any(one.quantity for one in kin)
        }
        for draft in drafts:
            yield replace(draft, quantity=draft.quantity or alone.get(draft.category))

    def _of_contents(self, taken: Sequence[WeaponMention]) -> Iterator[Draft]:
        """Goods that no trigger speaks of, told to be in a lot: they went as far as the lot."""
        for words, held in contents(self.parsed, self.entities, self.goods, taken):
            tokens = self.parsed.tokens(held[0].head)
            if tokens is None:
                continue
            sentence = tokens[0].sent
            for category, of_category in by_category(held):
                yield Draft(
                    trigger=words,
                    sentence=Span(sentence.start_char, sentence.end_char),
                    frame="include",
                    supplier=None,
                    recipient=None,
                    weapons=of_category,
                    category=category,
                    quantity=self.goods.quantity((), of_category, held),
                    stage=Stage.UNCLEAR,
                    stage_ground=words,
                    negated=False,
                    conditional=False,
                    unsure=False,
                    outcome=None,
                    when=None,
                    anaphoric=False,
                    definite=False,
                    speaker=None,
                    hearsay=False,
                    doubted=False,
                )

    def _drafts(self, token: Token, cue: Cue) -> Iterator[Draft]:
        slots = self.slots.find(token, cue)
        if slots is None:
            return
        weapons = self.goods.with_listed(self.slots.parties.weapons_in(slots.goods), token)
        if slots.anaphoric and cue.pos == "verb":
            weapons = self.goods.spoken_of(token)
            slots = replace(slots, anaphoric=not weapons)
        weapons = self.goods.without_vehicles(weapons, cue)
        if not weapons and not slots.anaphoric and not slots.unnamed:
            return
        slots = self.slots.with_surface_parties(slots, token, cue)
        makers = tuple(maker for head in slots.goods for maker in self.slots.parties.makers(head))
        if cue.frame == "find" and not slots.recipients:  # whose make they are is not yet who gave them
            makers = ()
        if not slots.goods:  # goods spoken of before, with where they come from
            makers = tuple(maker for weapon in weapons for maker in self._origin_of(weapon))
        told = reached(token, cue, self.parsed.knowledge)
        if cue.frame == "nominal" and _merely_names(token, weapons):
            told = replace(told, stage=Stage.UNCLEAR)
        if slots.seized and STAGE_ORDER[told.stage] > STAGE_ORDER[Stage.SHIPPED]:  # "took rifles off a dhow"
            told = replace(told, stage=Stage.SHIPPED)
        base = Draft(
            trigger=Span(token.idx, token.idx + len(token)),
            sentence=Span(token.sent.start_char, token.sent.end_char),
            frame=cue.frame,
            supplier=None,
            recipient=None,
            weapons=(),
            category=None,
            quantity=None,
            stage=told.stage,
            stage_ground=told.ground,
            negated=told.negated,
            conditional=told.conditional,
            unsure=told.unsure,
            outcome=Outcome.INTERCEPTED if cue.frame == "seize" or slots.seized else None,
            when=self._when(token),
            anaphoric=slots.anaphoric,
            definite=any(is_definite(head) for head in slots.goods),
            speaker=slots.speaker,
            hearsay=told.hearsay,
            doubted=told.doubted,
            lasting=told.lasting,
            denied=told.denied,
        )
        mixed = slots.unnamed or is_mixed(slots.goods)
        whose = None if slots.suppliers else by_maker(self.parsed, self.slots.parties, weapons)
        for lot in whose or lots(self.parsed, self.slots.parties, weapons):
            others = () if lot.supplier is not None else makers
            for supplier, recipient in pairs(_narrowed(slots, lot), others, cue):
                for category, of_category in by_category(lot.weapons, mixed):
                    draft = replace(
                        base,
                        supplier=supplier,
                        recipient=recipient,
                        weapons=of_category,
                        category=category,
                        quantity=self.goods.quantity(slots.goods, of_category, weapons),
                        negated=base.negated
                        or (bool(of_category) and all(is_ruled_out(self.parsed, one) for one in of_category)),
                    )
                    yield draft
                    yield from self._gapped(draft)

    def _origin_of(self, weapon: WeaponMention) -> tuple[Party, ...]:
        """Where goods come from by the words they were named with: "missiles from A"."""
        tokens = self.parsed.tokens(weapon.head)
        return given_by(self.slots.around, [tokens.root]) if tokens is not None else ()

    def _gapped(self, draft: Draft) -> Iterator[Draft]:
        """ "12 missiles to A and six to B": the same goods to B."""
        if draft.recipient is None or draft.frame != "supply" or draft.recipient.span < draft.trigger:
            return
        for recipient, quantity in gapped(self.parsed, self.entities, draft.recipient, draft.quantity):
            yield replace(draft, recipient=recipient, quantity=quantity)

    def _when(self, token: Token) -> TimeMention | None:
        """A time that hangs on the trigger's own clause."""
        own = [token, *(child for child in token.children if child.dep_ in ("prep", "npadvmod", "advmod"))]
        reach = {part.idx for child in own[1:] for part in child.subtree}
        times = starting_in(self.entities.times, token.sent.start_char, token.sent.end_char)
        return next((time for time in times if time.edtf and time.span.start in reach), None)


_NOT_ONE_KIND = frozenset({None, Category.UNSPECIFIED_ARMS, Category.OTHER})
"""Categories of which two mentions may well be of different goods."""


def _may_be_one(drafts: Sequence[Draft]) -> bool:
    """Whether the drafts name no two suppliers and no two recipients."""
    suppliers = {draft.supplier.code for draft in drafts if draft.supplier is not None}
    recipients = {draft.recipient.code for draft in drafts if draft.recipient is not None}
    return len(suppliers) <= 1 and len(recipients) <= 1


def _narrowed(slots: Slots, lot: Lot) -> Slots:
    """The slots with the party that is the lot's own in place of the list's."""
    if lot.supplier is not None:
        slots = replace(slots, suppliers=(lot.supplier,))
    if lot.recipient is not None:
        slots = replace(slots, recipients=(lot.recipient,))
    return slots


def _merely_names(noun: Token, weapons: Sequence[WeaponMention]) -> bool:
    """ "The arms deliveries", "those shipments": how far they went is told elsewhere."""
    told = any(child.lower_ == "of" for child in noun.children)
    return is_definite(noun) and not told and all(weapon.generic for weapon in weapons)
