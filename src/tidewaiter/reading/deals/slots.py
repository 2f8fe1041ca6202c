"""Who plays which part in what a trigger word tells, frame by frame: supplier, recipient, goods."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.reading.deals.around import GOAL_WORDS, ORIGIN_WORDS, Surroundings
from tidewaiter.reading.deals.frames import Cue, cues
from tidewaiter.reading.deals.parties import Party, first_other
from tidewaiter.reading.syntax import (
    Arguments,
    arguments,
    governing_verb,
    is_definite,
    is_passive,
    phrase,
    prepositional,
)

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_ANAPHORS = frozenset(
    {"it", "they", "them", "these", "those", "this", "which", "that", "some", "any", "one", "another", "more"}
)

_NEED_NO_OBJECT = frozenset({"supply", "resupply", "ship", "deliver", "transfer", "export"})

_LOTS = frozenset(
    {"it", "they", "scrap", "haul", "load", "cache", "inventory", "equipment", "aid", "assistance"}
)
"""Words that stand for a lot of goods when something is said to belong to it."""

_ARRIVING = frozenset({"arrive", "reach", "enter", "bind", "destine", "originate", "land", "mean", "intend"})
"""Verbs with which a bare "they" may be goods; with "go" or "come" it is mostly people."""

_TELLING_OF_GOODS = frozenset(
    {"supply", "ship", "deliver", "transfer", "export", "send", "sell", "hand", "dispatch", "despatch"}
)

_SHOOTING = frozenset({"fire", "launch"})

_REBELS = frozenset({"rebellion", "insurgency", "rebel", "insurgent", "militia", "guerrilla", "separatist"})
"""Nouns for whom somebody arms that name nobody: the name is found elsewhere in the report."""

_ASKED = frozenset({"ask"})
"""Verbs whose object is who is to give: "asked A for radars"."""

_BUYING = frozenset({"buy", "purchase", "acquire", "procure"})
"""Verbs with which "in" a country is from it: "bought shells in A"."""

_HIDING = frozenset({"hide", "conceal"})
"""Goods are hidden; what hides, as a plane behind another, is not brought by anybody."""

_HIRING = frozenset({"lease", "rent", "borrow", "hire", "loan"})
"""Verbs that run either way: who gets the goods is the subject where they come "from" somebody."""

_WISHING = frozenset({"want", "demand", "request", "seek", "order"})

_PURCHASES = frozenset({"purchase", "procurement", "acquisition", "import", "buying"})

_SUSTAINING = frozenset({"supply", "resupply", "provide"})

_VESSELS = frozenset(
    {
        "boat", "ship", "vessel", "dhow", "freighter", "plane", "aircraft", "airplane", "airliner", "jet",
        "flight", "train", "truck", "lorry", "container", "cargo", "board",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slots:
    """Candidates for each part, best first."""

    suppliers: tuple[Party, ...]
    recipients: tuple[Party, ...]
    goods: tuple[Token, ...]
    anaphoric: bool = False  # the goods are those spoken of before
    seized: bool = False  # taken on the way
    unnamed: bool = False  # arms of some kind: "A arms B"
    speaker: str | None = None  # the part that whoever speaks plays: "we sent", "sent us"


class SlotFinder(Surroundings):
    """Fills the slots of trigger words of one document."""

    def find(self, token: Token, cue: Cue) -> Slots | None:
        if cue.frame == "way":
            return self._way(token)
        if cue.frame == "giver":
            return self._giver(token)
        if cue.pos == "noun":
            return self._noun_slots(token, cue)
        by_frame: dict[str, Callable[[Token, Arguments], Slots | None]] = {
            "supply": self._supply,
            "receive": self._receive,
            "ask": self._receive,
            "rely": self._rely,
            "take": self._take,
            "arm": self._arm,
            "back": self._back,
            "carry": self._carry,
            "include": self._include,
            "load": self._load,
            "use": self._use,
            "arrive": self._arrive,
            "seize": self._seize,
            "find": self._find,
            "belong": self._belong,
            "exist": self._exist,
            "make": self._make,
            "leave": self._leave,
            "end_up": self._end_up,
            "sign": self._sign,
        }
        found = arguments(token)
        slots = by_frame[cue.frame](token, found)
        return slots and replace(slots, speaker=_speaker_part(cue, found))

    def _supply(self, token: Token, found: Arguments) -> Slots | None:
        objects = found.objects
        offered = (*objects, *found.after("with"), *self.inside(objects, "with"), *self.paid_for(objects))
        goods = [head for head in offered if self.is_goods(head)]
        if not goods and not objects:  # "shells moved to B"
            goods = [head for head in found.subjects if self.is_goods(head)]
        goods = goods or self.right_neighbour(token) or self.told_behind_colon(token, found)
        receivers = [head for head in (*found.datives, *objects) if not self.is_goods(head)]
        recipients = (
            *self.parties.parties(found.datives),
            *self.goals_of(found, goods),
            *self.parties.parties(receivers),
            *self.glued_receivers(goods),
            *self.partners(token),
            *self.beneficiaries(token),
        ) or self.askers(token)
        doers = self.doers(found, goods) or self.antecedents(token, found.subjects)
        if goods and token.lemma_.lower() in _HIRING and (owners := self.hired_from(found, goods)):
            return Slots(owners, self.parties.parties(found.subjects), tuple(goods))
        if goods:
            doers = doers or self.allowing(token)
            return Slots(doers, recipients or self.for_goods_of(goods), tuple(goods))
        if (
            doers and token.lemma_.lower() in _SUSTAINING and self.is_force(receivers)
        ):  # "the rebels, who are supplied by A"
            return Slots(doers, recipients, (), unnamed=True)
        return Slots(doers, recipients, (), anaphoric=True) if self._is_open(token, receivers) else None

    def _receive(self, token: Token, found: Arguments) -> Slots | None:
        goods = [head for head in (*found.objects, *found.after("for")) if self.is_goods(head)]
        goods = goods or self.told_behind_colon(token, found)
        wished = token.lemma_.lower() in _WISHING
        beside = [] if goods else self.right_neighbour(token)
        goods = goods or [head for head in beside if not (wished and _in_complement(head, token))]
        if wished and _wants_done(token, goods):
            return None
        told_of = any(head.lower_ in ("it", "them") for head in found.objects) and found.after("from")
        some = [
            part for head in found.objects if head.pos_ in ("NUM", "DET", "PRON") for part in phrase(head)
        ]
        known = bool(told_of) or _stands_for(some) or any(self.is_shipment(head) for head in found.objects)
        anaphoric = not goods and known
        if not goods and not anaphoric:
            return None
        if token.lemma_.lower() == "have" and not found.after("from"):  # to have is not to have got
            return None
        asked = found.objects if token.lemma_.lower() in _ASKED else []
        givers = self.parties.parties([*found.after("from"), *self.inside(goods, "from"), *asked])
        if not givers and token.lemma_.lower() in _BUYING:
            givers = self.parties.parties(found.after("in"))
        takers = (*self.parties.parties(found.subjects), *self.goals_of(Arguments(), goods))
        takers = takers or self.antecedents(token, found.subjects)
        suppliers = (*givers, *self.given_by(goods), *self.partners(token))
        return Slots(suppliers, takers, tuple(goods), anaphoric)

    def _rely(self, token: Token, found: Arguments) -> Slots | None:
        """ "leans on A for drones"."""
        sources = found.after("on", "to", "upon")
        clauses = [child for child in token.children if child.dep_ == "advcl"]
        subjects = [head for clause in clauses for head in arguments(clause).subjects]  # "for drones to hit"
        wanted = (*found.after("for"), *self.inside(sources, "for"), *subjects)
        goods = [head for head in wanted if self.is_goods(head)]
        givers = self.parties.parties(sources)
        if not goods or not givers:
            return None
        return Slots(givers, self.parties.parties(found.subjects), tuple(goods))

    def _take(self, token: Token, found: Arguments) -> Slots | None:
        """ "take delivery of", "take possession of" goods; "rifles were taken to A"."""
        goods = [head for head in found.objects if self.is_goods(head)]
        goals = self.goals_of(found, [])
        if goods and goals:
            return Slots(self.doers(found, goods), goals, tuple(goods))
        held = [
            head for head in found.objects if head.lemma_.lower() in ("delivery", "possession", "receipt")
        ]
        aboard = found.after("from", "off")
        if not held and any(head.lemma_.lower() in _VESSELS or head.lower_ == "it" for head in aboard):
            return self._seize(token, found)
        goods = [
            inner for head in held for inner in prepositional(head).get("of", []) if self.is_goods(inner)
        ]
        if not goods:
            return None
        givers = self.parties.parties([*found.after("from"), *self.inside([*held, *goods], "from")])
        return Slots(givers, self.parties.parties(found.subjects), tuple(goods))

    def _arm(self, token: Token, found: Arguments) -> Slots | None:
        goods = [head for head in found.after("with") if self.is_goods(head)]
        recipients = self.parties.parties(found.objects)
        if not recipients and not any(head.lemma_.lower() in _REBELS for head in found.objects):
            return None
        suppliers = self.parties.parties(found.subjects) or self.antecedents(token, found.subjects)
        return Slots(suppliers, recipients, tuple(goods), unnamed=not goods)

    def _back(self, token: Token, found: Arguments) -> Slots | None:
        """ "supported the rebels with weapons": to back somebody is no transfer unless goods are named."""
        slots = self._arm(token, found)
        return slots if slots is not None and slots.goods else None

    def _carry(self, _: Token, found: Arguments) -> Slots | None:
        """ "a plane carrying rifles from A to B"."""
        goods = [head for head in found.objects if self.is_goods(head)]
        anaphoric = not goods and any(head.lower_ in _ANAPHORS for head in found.objects)
        if not goods and not anaphoric:
            return None
        carriers = found.subjects
        origins = [*found.after("from"), *self.inside([*goods, *carriers], "from")]
        recipients = self.goals_of(found, [*goods, *carriers])
        return Slots(self.parties.parties(origins), recipients, tuple(goods), anaphoric)

    def _include(self, _: Token, found: Arguments) -> Slots | None:
        """ "The package includes missiles", "it listed two jets": the goods of what was spoken of."""
        goods = [head for head in (*found.objects, *found.after("of")) if self.is_goods(head)]
        if not goods or not any(self._is_lot(head) for head in found.subjects):
            return None
        return Slots((), (), tuple(goods))

    def _is_lot(self, head: Token) -> bool:
        """Whether the phrase stands for goods as a whole: "the shipment", "the weapons", "the haul"."""
        weapon = self.parties.weapon_at(head)
        generic = weapon is not None and weapon.generic
        return generic or self.is_shipment(head) or head.lemma_.lower() in _LOTS

    def _load(self, _: Token, found: Arguments) -> Slots | None:
        """ "rifles loaded in A": where goods are put on board they come from."""
        goods = [head for head in found.objects if self.is_goods(head)]
        if not goods:
            return None
        origins = self.parties.parties(
            [*found.subjects, *found.after("in", "at", "from"), *self.inside(goods, "from")]
        )
        vessels = found.after("onto", "on", "aboard", "into")
        goals = self.goals_of(found, goods) or self.parties.parties(self.travelled(vessels, "to", "for"))
        return Slots(origins, goals, tuple(goods))

    def _use(self, token: Token, found: Arguments) -> Slots | None:
        goods = [head for head in found.objects if self.is_goods(head)]
        users = self.parties.parties(found.subjects)
        if not goods:  # "fired them", "used two of them"
            some = [part for head in found.objects for part in phrase(head)]
            return Slots((), users, (), anaphoric=True) if users and _stands_for(some) else None
        if token.lemma_.lower() in _SHOOTING:  # "fired from A": a place
            return Slots((), users, tuple(goods))
        return Slots(self.given_by(goods), users, tuple(goods))

    def _arrive(self, token: Token, found: Arguments) -> Slots | None:
        goods = [head for head in (*found.subjects, *found.objects) if self.is_goods(head)]
        told_of = any(head.lower_ in _ANAPHORS for head in (*found.subjects, *found.objects))
        anaphoric = not goods and told_of and token.lemma_.lower() in _ARRIVING
        if (not goods and not anaphoric) or _is_no_journey(token, found):
            return None
        elsewhere = [head for head in found.objects if head not in goods]
        own = [head for head in elsewhere if head.dep_ == "dobj" and head.head.i == token.i]
        pronouns = self.antecedents(token, own)  # "had reached it"
        origins = [*found.after("from"), *self.inside(goods, "from")]
        makers = () if self.parties.parties(origins) else self.given_by(goods)
        goals = [*elsewhere, *found.after("to", "into", "for", "toward", "towards")]
        where = [token.head] if token.dep_ == "relcl" and _has_where(token) else []
        here = [*found.after("in", "at"), *where]
        (origins if token.lemma_.lower() == "originate" else goals).extend(here)
        users = [head for head in found.after("for") if head.lemma_.lower() == "use"]
        goals += self.inside(goods, "for", "to")
        recipients = (*self.parties.parties([*users, *goals]), *pronouns, *self.beneficiaries(token))
        suppliers = (*self.parties.parties(origins), *makers)
        return Slots(suppliers, recipients, tuple(goods), anaphoric)

    def _seize(self, token: Token, found: Arguments) -> Slots | None:
        goods = [head for head in found.objects if self.is_goods(head)]
        if not goods and not found.objects:
            goods = self.left_neighbour(token)
        if not goods:
            return None
        vessels = [*found.after("from", "off", "aboard", "on", "in"), *self.inside(goods, "aboard", "on")]
        origins = self.parties.parties([*self.inside([*goods, *vessels], "from")])
        origins = origins or self.parties.parties(self.travelled(vessels, "from"))
        recipients = self.goals_of(Arguments(), [*goods, *vessels])
        recipients = recipients or self.parties.parties(self.travelled(vessels, "to", "for", "toward"))
        return Slots(origins, recipients, tuple(goods), seized=True)

    def _find(self, token: Token, found: Arguments) -> Slots | None:
        """ "found rifles aboard": what a consignment held."""
        slots = self._seize(token, found) if token.tag_ in ("VBD", "VBN") else None
        if slots is None or (token.lemma_.lower() in _HIDING and not is_passive(token)):
            return None
        holders = self.parties.parties([*found.after("with", "among"), *self._in_hands(found)])
        return replace(slots, seized=False, recipients=(*slots.recipients, *holders))

    def _make(self, _: Token, found: Arguments) -> Slots | None:
        """ "A builds boats for B"; building for oneself is no transfer."""
        goods = [head for head in found.objects if self.is_goods(head)]
        takers = self.parties.parties([*found.after("for"), *self.inside(goods, "for")])
        makers = self.parties.parties(head for head in found.subjects if not self.is_goods(head))
        return Slots(makers, takers, tuple(goods)) if goods and takers else None

    def _leave(self, _: Token, found: Arguments) -> Slots | None:
        """ "The shells left A for B"."""
        goods = [head for head in found.subjects if self.is_goods(head)]
        origins = self.parties.parties([*found.objects, *found.after("from")])
        goals = self.parties.parties(found.after("for", "to", "toward", "towards"))
        return Slots(origins, goals, tuple(goods)) if goods and goals else None

    def _end_up(self, token: Token, found: Arguments) -> Slots | None:
        """ "The rifles ended up in B", "turned up with rebels"; else "turned to A for help"."""
        if not any(child.dep_ in ("prt", "advmod") and child.lower_ == "up" for child in token.children):
            return self._rely(token, found) if token.lemma_.lower() == "turn" else None
        goods = [head for head in found.subjects if self.is_goods(head)]
        holders = [*found.after("in", "with", "among"), *self._in_hands(found)]
        takers = self.parties.parties(holders)
        givers = (*self.first_receivers(goods), *self.given_by(goods))
        return Slots(givers, takers, tuple(goods)) if goods and takers else None

    @staticmethod
    def _in_hands(found: Arguments) -> list[Token]:
        """ "In the hands of rebels", "in workshops of the militia"."""
        return [owner for head in found.after("in") for owner in prepositional(head).get("of", [])]

    def _giver(self, token: Token) -> Slots | None:
        """ "A is the main supplier of shells to B", "B's main arms supplier, A"."""
        inside = prepositional(token)
        goods = [head for head in (token, *inside.get("of", [])) if self.is_goods(head)]
        takers = [*inside.get("to", []), *self.inside(goods, "to")]
        recipients = (*self.parties.parties(takers), *self.parties.owners(token))
        copula = token.head if token.dep_ == "attr" else None
        named = arguments(copula).subjects if copula is not None else []
        named += [child for child in token.children if child.dep_ == "appos"]
        named += [token.head] if token.dep_ == "appos" else []
        suppliers = self.parties.parties(named)
        return Slots(suppliers, recipients, tuple(goods)) if goods and suppliers else None

    def _way(self, token: Token) -> Slots | None:
        """ "Arms on their way from A to B"."""
        if token.dep_ != "pobj" or token.head.lower_ != "on":
            return None
        carried = token.head.head
        goods = [carried] if self.is_goods(carried) else []
        origins, goals = ((prepositional(token).get(name, [])) for name in ("from", "to"))
        takers = self.parties.parties(goals)
        return Slots(self.parties.parties(origins), takers, tuple(goods)) if goods and takers else None

    def _sign(self, _: Token, found: Arguments) -> Slots | None:
        """ "A signed for jets from B": what is signed is no deal by name."""
        goods = [head for head in found.after("for") if self.is_goods(head)]
        if not goods or found.objects:
            return None
        givers = self.parties.parties([*found.after("from", "with"), *self.inside(goods, "from")])
        return Slots(givers, self.parties.parties(found.subjects), tuple(goods))

    def _belong(self, _: Token, found: Arguments) -> Slots | None:
        """ "The arms found aboard belong to A": A sent them."""
        goods = [head for head in found.subjects if self.is_goods(head)]
        owners = self.parties.parties(found.after("to"))
        return Slots(owners, (), tuple(goods)) if goods and owners else None

    def _exist(self, token: Token, found: Arguments) -> Slots | None:
        """ "There were no weapons on the plane": what a consignment held, or did not."""
        if (part := self._part_of_a_lot(found)) is not None:
            return part
        aboard = found.after("on", "aboard", "in")
        there = any(child.dep_ == "expl" for child in token.children)
        goods = [head for head in found.objects if self.is_goods(head)]
        if not there or not goods or not any(head.lemma_.lower() in _VESSELS for head in aboard):
            return None
        return Slots((), (), tuple(goods))

    def _part_of_a_lot(self, found: Arguments) -> Slots | None:
        """ "Drones were among those exports", "part of the contract are radars"."""
        lots = [head for head in found.after("among", "amongst") if self._is_lot(head)]
        goods = [head for head in found.subjects if self.is_goods(head)]
        if not lots:
            lots = [head for head in found.subjects if head.lemma_.lower() == "part"]
            lots = [
                inner for head in lots for inner in prepositional(head).get("of", []) if self._is_lot(inner)
            ]
            goods = [head for head in found.objects if self.is_goods(head)]
        return Slots((), (), tuple(goods)) if lots and goods else None

    def _noun_slots(self, token: Token, cue: Cue) -> Slots | None:
        """ "arms shipments from A to B", "A's sale of arms to B", "an arms deal between A and B"."""
        if self.is_object_of_trigger(token):
            return None
        inside = prepositional(token)
        named = (
            token,
            *inside.get("of", []),
            *inside.get("for", []),
            *self.inside(inside.get("with", []), "for"),
        )
        if cue.frame == "deal" and (verb := governing_verb(token)) is not None:
            named = (*named, *prepositional(verb).get("for", []))
        goods = [head for head in named if self.is_goods(head)] or self.goods_behind_of(token)
        anaphoric = not goods and not inside.get("of") and is_definite(token) and cue.frame == "nominal"
        kind = self._kind_of_deal(token) if cue.frame == "deal" else None
        anaphoric = anaphoric or (not goods and kind is not None)
        if not goods and not anaphoric:
            return None
        if cue.owner == "recipient":
            owners = self.parties.owners(token)
        else:
            owners = (*self.parties.makers(token, references=True), *self.parties.parties([token]))
        givers = [*inside.get("from", []), *inside.get("by", []), *self.inside(goods, "from", "by")]
        takers = [*inside.get("to", []), *inside.get("into", []), *self.inside(goods, "to", "into")]
        takers += [head for head in inside.get("for", []) if head not in goods]
        takers += [head for head in self.inside(goods, "for") if not self.is_goods(head)]
        suppliers, recipients = self.parties.parties(givers), self.parties.parties(takers)
        actors = self.acting(token)
        if cue.owner == "supplier" and suppliers and not owners:  # "A arranged a shipment from B"
            recipients = (*recipients, *actors)
        elif cue.owner == "supplier":
            suppliers = (*suppliers, *owners, *actors)
        elif cue.owner == "recipient":
            recipients = (*owners, *recipients, *actors, *self.blamed(token))
            suppliers = (*suppliers, *self.given_by(goods))
        else:
            between = self.parties.parties(inside.get("between", []))
            suppliers, recipients = (*suppliers, *between[:1]), (*recipients, *between[1:2])
            sides = self._deal(token, suppliers, recipients, inside)
            suppliers, recipients = sides[::-1] if kind == "sale" else sides
        return Slots(suppliers, recipients, tuple(goods), anaphoric)

    def _kind_of_deal(self, token: Token) -> str | None:
        """Whether a deal is called one of sale or of purchase by a noun of transfer: "export contracts"."""
        table = cues(self.parsed.knowledge)
        for child in token.children:
            cue = (
                table.get((child.lemma_.lower(), "noun"))
                if child.dep_ in ("compound", "amod", "nmod")
                else None
            )
            if cue is not None and cue.frame == "nominal":
                return "purchase" if child.lemma_.lower() in _PURCHASES else "sale"
        return None

    def _deal(
        self,
        token: Token,
        suppliers: tuple[Party, ...],
        recipients: tuple[Party, ...],
        inside: dict[str, list[Token]],
    ) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
        """Who signs buys, who it is signed with sells, unless the words say otherwise."""
        partners = self.parties.parties(inside.get("with", []))
        if token.dep_ in ("dobj", "pobj") and token.head.pos_ == "VERB":
            signing = arguments(token.head)
            signers = self.parties.parties(signing.subjects)
            if len(signers) == 1:  # of two, neither is known to sell
                recipients = (*recipients, *signers)
            partners = (*partners, *self.parties.parties(signing.after("with")))
        return (*suppliers, *partners), recipients

    def _is_open(self, token: Token, receivers: Sequence[Token]) -> bool:
        """The goods are those spoken of before: an object that only stands for them ("they are being
        sent to"), or with verbs that need none ("is supplying covertly") no object but a receiver."""
        if token.lemma_.lower() in _TELLING_OF_GOODS and any(head.lower_ in _ANAPHORS for head in receivers):
            return True
        if token.tag_ in ("VBN", "VBD") and token.dep_ in ("amod", "acl") and not receivers:
            return False
        stated = [head for head in receivers if self.parties.party(head) is None]
        return not stated and token.lemma_.lower() in _NEED_NO_OBJECT

    def with_surface_parties(self, slots: Slots, token: Token, cue: Cue) -> Slots:
        """Where the parse gives no supplier or recipient, the actor right behind the nearest "from" or
        "to" that follows: prepositions are what parsers attach worst."""
        if cue.frame not in ("supply", "nominal", "receive", "arrive", "seize", "carry"):
            return slots
        if slots.anaphoric and cue.pos == "noun":  # "ahead of the donation the president spoke to ..."
            return slots
        suppliers = slots.suppliers or self.behind(token, ORIGIN_WORDS)
        recipients = slots.recipients or self.behind(token, GOAL_WORDS)
        recipients = self.last_leg(recipients)
        return replace(slots, suppliers=suppliers, recipients=recipients)


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


def _in_complement(head: Token, verb: Token) -> bool:
    """ "Wanted to pass on howitzers": the goods belong to the verb below; not "wants radars to see"."""
    clauses = [child for child in verb.children if child.dep_ in ("xcomp", "ccomp") and child.pos_ == "VERB"]
    return any(word.i == head.i and head.i > clause.i for clause in clauses for word in clause.subtree)


def _wants_done(token: Token, goods: Sequence[Token]) -> bool:
    """ "Wants the warships to be refused": something done with goods, not to have them."""
    last = max((head.i for head in goods), default=token.i)
    return any(
        word.tag_ == "VBN" and word.i > last and {"to", "be"} <= {part.lower_ for part in word.children}
        for word in token.subtree
    )


def _is_no_journey(token: Token, found: Arguments) -> bool:
    """ "are going to change", "arms meant to strengthen": nothing moves."""
    if token.lemma_.lower() in ("mean", "intend"):
        return not found.after("for")
    return any(child.dep_ == "xcomp" and child.tag_ == "VB" for child in token.children)


def _stands_for(words: Sequence[Token]) -> bool:
    return any(word.lower_ in ("them", "these", "those") for word in words)


def _has_where(token: Token) -> bool:
    return any(child.lower_ == "where" for child in token.children)


def _speaker_part(cue: Cue, found: Arguments) -> str | None:
    """The part of "we" and "us": whoever speaks there supplies or receives."""
    giving = cue.frame in ("supply", "arm", "back")
    if any(head.lower_ in ("we", "i") for head in found.subjects):
        return "supplier" if giving else "recipient"
    if giving and any(
        head.lower_ in ("us", "me") for head in (*found.datives, *found.objects, *found.after("to"))
    ):
        return "recipient"
    return None
