"""Nouns of transfer: shipments, sales, purchases, deals, suppliers, goods on their way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tidewaiter.reading.deals.around.actors import acting, answering, blamed
from tidewaiter.reading.deals.around.embargoes import embargoed
from tidewaiter.reading.deals.around.origins import given_by
from tidewaiter.reading.deals.around.surroundings import Surroundings
from tidewaiter.reading.deals.around.word_order import goods_behind_of
from tidewaiter.reading.deals.frames import Cue, cues
from tidewaiter.reading.deals.parties import Party
from tidewaiter.reading.deals.slots.parts import Slots
from tidewaiter.reading.syntax import arguments, governing_verb, is_definite, prepositional

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

Sides = tuple[tuple[Party, ...], tuple[Party, ...]]
"""Suppliers and recipients."""


def noun(around: Surroundings, token: Token, cue: Cue) -> Slots | None:
    """ "arms shipments from A to B", "A's sale of arms to B", "an arms deal between A and B"."""
    if _is_object_of_trigger(around, token):
        return None
    inside = prepositional(token)
    goods = _goods_named(around, token, cue, inside)
    kind = _kind_of_deal(around, token) if cue.frame == "deal" else None
    known = not inside.get("of") and is_definite(token) and cue.frame == "nominal"
    anaphoric = not goods and (known or kind is not None)
    if not goods and not anaphoric:
        return None
    sides = _sides(around, inside, goods)
    if token.lemma_.lower() == "request":
        sides = ((*sides[0], *answering(around, token)), sides[1])
    if cue.owner == "supplier":
        suppliers, recipients = _of_giving(around, token, sides)
    elif cue.owner == "recipient":
        suppliers, recipients = _of_getting(around, token, sides, goods)
    else:
        suppliers, recipients = _of_deal(around, token, sides, inside)
        if kind == "sale":
            suppliers, recipients = recipients, suppliers
    return Slots(suppliers, recipients, tuple(goods), anaphoric)


def _is_object_of_trigger(around: Surroundings, token: Token) -> bool:
    """ "sent a shipment of arms": the verb tells it already."""
    head = token.head
    return (
        token.dep_ in ("dobj", "nsubjpass")
        and head.pos_ == "VERB"
        and (head.lemma_.lower(), "verb") in cues(around.parsed.knowledge)
        and around.is_goods(token)
    )


def _goods_named(around: Surroundings, token: Token, cue: Cue, inside: dict[str, list[Token]]) -> list[Token]:
    """The goods that the noun itself or its phrases name, or those of the verb that a deal hangs on."""
    named = (
        token,
        *inside.get("of", []),
        *inside.get("for", []),
        *around.inside(inside.get("with", []), "for"),
    )
    if cue.frame == "deal" and (verb := governing_verb(token)) is not None:
        named = (*named, *prepositional(verb).get("for", []))
    return around.goods_among(named) or goods_behind_of(around, token)


def _sides(around: Surroundings, inside: dict[str, list[Token]], goods: Sequence[Token]) -> Sides:
    """Suppliers and recipients by the prepositions behind the noun and behind its goods."""
    givers = [*inside.get("from", []), *inside.get("by", []), *around.inside(goods, "from", "by")]
    takers = [*inside.get("to", []), *inside.get("into", []), *around.inside(goods, "to", "into")]
    givers += around.inside(takers, "by")  # "the sale of boats to B's navy by A"
    takers += [head for head in inside.get("for", []) if head not in goods]
    takers += [head for head in around.inside(goods, "for") if not around.is_goods(head)]
    return around.parties.parties(givers), around.parties.parties(takers)


def _of_giving(around: Surroundings, token: Token, sides: Sides) -> Sides:
    """Of "A's shipments": A supplies, unless A "arranged a shipment from B"."""
    suppliers, recipients = sides
    owners = (*around.parties.makers(token, references=True), *around.parties.parties([token]))
    actors = acting(around, token)
    if suppliers and not owners:
        return suppliers, (*recipients, *actors)
    givers = (*suppliers, *owners, *actors)
    return givers, recipients or embargoed(around, token, givers)


def _of_getting(around: Surroundings, token: Token, sides: Sides, goods: Sequence[Token]) -> Sides:
    """Of "B's purchases": B receives."""
    suppliers, recipients = sides
    owners, actors = around.parties.owners(token), acting(around, token)
    return (*suppliers, *given_by(around, goods)), (*owners, *recipients, *actors, *blamed(around, token))


def _of_deal(around: Surroundings, token: Token, sides: Sides, inside: dict[str, list[Token]]) -> Sides:
    """Who signs buys, who it is signed with sells, unless the words say otherwise; of a deal "between A
    and B", A sells."""
    between = around.parties.parties(inside.get("between", []))
    suppliers, recipients = (*sides[0], *between[:1]), (*sides[1], *between[1:2])
    partners = around.parties.parties(inside.get("with", []))
    if token.dep_ in ("dobj", "pobj") and token.head.pos_ == "VERB":
        signing = arguments(token.head)
        signers = around.parties.parties(signing.subjects)
        if len(signers) == 1:
            recipients = (*recipients, *signers)
        else:  # of two, who sells and who buys is known only where one is named again
            suppliers, recipients = _with_other(signers, suppliers, recipients)
        partners = (*partners, *around.parties.parties(signing.after("with")))
    return (*suppliers, *partners), recipients


def _with_other(
    signers: Sequence[Party], suppliers: tuple[Party, ...], recipients: tuple[Party, ...]
) -> Sides:
    """ "A and B signed a deal for the delivery of boats to B": A delivers."""
    if len({one.code for one in signers}) != 2 or bool(suppliers) == bool(recipients):
        return suppliers, recipients
    named = {one.code for one in (*suppliers, *recipients)}
    others = tuple(one for one in signers if one.code not in named)
    if len(others) != 1:
        return suppliers, recipients
    return (suppliers or others), (recipients or others)


_PURCHASES = frozenset({"purchase", "procurement", "acquisition", "import", "buying"})


def _kind_of_deal(around: Surroundings, token: Token) -> str | None:
    """Whether a deal is called one of sale or of purchase by a noun of transfer: "export contracts"."""
    table = cues(around.parsed.knowledge)
    for child in token.children:
        cue = (
            table.get((child.lemma_.lower(), "noun")) if child.dep_ in ("compound", "amod", "nmod") else None
        )
        if cue is not None and cue.frame == "nominal":
            return "purchase" if child.lemma_.lower() in _PURCHASES else "sale"
    told = [head for head in prepositional(token).get("for", []) if head.lemma_.lower() == "sale"]
    return "sale" if told else None  # "signed a contract with B for the sale of"


def giver(around: Surroundings, token: Token) -> Slots | None:
    """ "A is the main supplier of shells to B", "B's main arms supplier, A"."""
    inside = prepositional(token)
    goods = around.goods_among((token, *inside.get("of", [])))
    takers = [*inside.get("to", []), *around.inside(goods, "to")]
    recipients = (*around.parties.parties(takers), *around.parties.owners(token))
    copula = token.head if token.dep_ == "attr" else None
    named = arguments(copula).subjects if copula is not None else []
    named += [child for child in token.children if child.dep_ == "appos"]
    named += [token.head] if token.dep_ == "appos" else []
    suppliers = around.parties.parties(named)
    return Slots(suppliers, recipients, tuple(goods)) if goods and suppliers else None


def way(around: Surroundings, token: Token) -> Slots | None:
    """ "Arms on their way from A to B"."""
    if token.dep_ != "pobj" or token.head.lower_ != "on":
        return None
    carried = token.head.head
    goods = [carried] if around.is_goods(carried) else []
    origins, goals = ((prepositional(token).get(name, [])) for name in ("from", "to"))
    takers = around.parties.parties(goals)
    return Slots(around.parties.parties(origins), takers, tuple(goods)) if goods and takers else None
