"""From a word that speaks of a transfer to the parties and goods it speaks of.

A draft is a mention in the making: what one trigger word and its clause give, before gaps are filled
from the rest of the document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.model import (
    ActorForm,
    Category,
    Outcome,
    QuantityMention,
    Span,
    Stage,
    TimeMention,
    WeaponMention,
)
from tidewaiter.reading.entities import Entities
from tidewaiter.reading.frames import Cue, cues, triggers
from tidewaiter.reading.parties import Party, PartyFinder, first_other
from tidewaiter.reading.stages import governor_effects, reached
from tidewaiter.reading.syntax import Arguments, arguments, governing_verb, phrase, prepositional

if TYPE_CHECKING:
    from spacy.tokens import Token

    from tidewaiter.reading.parse import Parsed

MIXED_WITH_GENERIC = frozenset({"munition", "munitions", "ammunition", "ammo"})
"""Beside a generic word these make a mixed lot: "military equipment and munitions"."""

GENERIC_GOODS = frozenset({"equipment", "materiel", "material", "hardware", "gear"})
"""Generic nouns that are military goods only beside others: "munitions and other equipment"."""

REACH_OF_OBJECT = 8
"""Tokens to the right of a verb in which its object is looked for where the parse gives none."""

_ACTING_EFFECTS = frozenset({"planned", "agreed", "keep", "ended"})
"""What governs a noun of transfer and makes its subject the one who does it: "announced a sale"."""

_ANAPHORS = frozenset({"it", "they", "them", "these", "those", "this", "which", "that", "some", "any", "one"})
_BENEFICIARY_VERBS = frozenset(
    {"help", "aid", "support", "assist", "arm", "equip", "bolster", "strengthen", "boost"}
)
_NEED_NO_OBJECT = frozenset({"supply", "resupply", "ship", "deliver", "transfer", "export"})
_ARRIVING = frozenset({"arrive", "reach", "enter", "bind", "destine", "originate", "land"})
"""Verbs with which a bare "they" may be goods; with "go" or "come" it is mostly people."""

_TELLING_OF_GOODS = frozenset(
    {"supply", "ship", "deliver", "transfer", "export", "send", "sell", "hand", "dispatch", "despatch"}
)
_SUSTAINING = frozenset({"supply", "resupply", "provide"})
_FORCES = frozenset(
    {"force", "army", "military", "troop", "rebel", "militia", "militant", "fighter", "soldier"}
)
REACH_OF_PREPOSITION = 14
"""Tokens behind a trigger in which "to" or "from" is taken as its own where the parse gives none."""

_ORIGIN_WORDS = frozenset({"from"})
_GOAL_WORDS = frozenset({"to"})
LEG_GAP = re.compile(
    r",?\s*(?:and\s+)?(?:then|from there|onward|onwards)\s+(?:on\s+)?(?:to\s+)?", re.IGNORECASE
)
"""What stands between the legs of a journey: "to A, then on to B"."""

_CLAUSE_ENDS = frozenset({",", ";", ":", ".", "—", "–"})
_FIXED_BEFORE_TO = frozenset(
    {"according", "due", "thanks", "response", "addition", "contrast", "close", "next"}
)
_LIST_GAP = re.compile(
    r"\s*(?:,|,?\s*(?:and|or|as well as|plus|along with))\s+(?:[\w.\-]+\s+){0,4}", re.IGNORECASE
)
_CARRYING = re.compile(
    r"\s+(?:that\s+(?:was|were)\s+)?(?:full of|loaded with|laden with|packed with|filled with|carrying)\b",
    re.IGNORECASE,
)
_ACTS = frozenset({"sale", "deal", "contract", "order", "agreement", "transfer", "purchase", "country"})
"""Nouns whose count is no count of goods: "one other arms sale"."""

_VESSELS = frozenset({"boat", "ship", "vessel", "dhow", "freighter", "plane", "truck", "container", "lorry"})
_NOT_IN_PHRASE = frozenset({"VERB", "AUX", "PUNCT", "CCONJ", "ADP"})
_SOURCES = ("from", "by")
_GOALS = ("to", "into", "for", "toward", "towards", "onto")


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
    outcome: Outcome | None
    when: TimeMention | None
    anaphoric: bool  # its goods are named elsewhere: "the shipments", "is supplying covertly"
    hearsay: bool  # told as a report of others: "reports that it sold"
    doubted: bool  # "no evidence that it sold"


@dataclass(frozen=True, slots=True)
class _Slots:
    """Candidates for each part, best first."""

    suppliers: tuple[Party, ...]
    recipients: tuple[Party, ...]
    goods: tuple[Token, ...]
    anaphoric: bool = False  # the goods are those spoken of before
    seized: bool = False  # taken on the way
    unnamed: bool = False  # arms of some kind: "A arms B"


class Drafter:
    """Makes the drafts of one document."""

    def __init__(self, parsed: Parsed, entities: Entities) -> None:
        self.parsed = parsed
        self.entities = entities
        self.parties = PartyFinder(parsed, entities)

    def drafts(self) -> tuple[Draft, ...]:
        """Every draft, in order of the text; a trigger with goods of several categories, suppliers
        or recipients gives one for each."""
        return tuple(draft for token, cue in triggers(self.parsed) for draft in self._drafts(token, cue))

    def _drafts(self, token: Token, cue: Cue) -> Iterator[Draft]:
        slots = self._slots(token, cue)
        if slots is None:
            return
        weapons = self._with_listed(self.parties.weapons_in(slots.goods), token)
        if slots.anaphoric and cue.pos == "verb":
            weapons = self._spoken_of(token)
            slots = replace(slots, anaphoric=not weapons)
        if not weapons and not slots.anaphoric and not slots.unnamed:
            return
        slots = self._with_surface_parties(slots, token, cue)
        makers = tuple(maker for head in slots.goods for maker in self.parties.makers(head))
        told = reached(token, cue, self.parsed.knowledge)
        if cue.frame == "nominal" and _is_definite(token) and all(weapon.generic for weapon in weapons):
            told = replace(told, stage=Stage.UNCLEAR)  # "the arms deliveries": how far is told elsewhere
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
            outcome=Outcome.INTERCEPTED if cue.frame == "seize" or slots.seized else None,
            when=self._when(token),
            anaphoric=slots.anaphoric,
            hearsay=told.hearsay,
            doubted=told.doubted,
        )
        mixed = any(part.lemma_.lower() in GENERIC_GOODS for head in slots.goods for part in phrase(head))
        for supplier, recipient in _pairs(slots, makers, cue):
            for category, of_category in by_category(weapons, mixed or slots.unnamed):
                yield replace(
                    base,
                    supplier=supplier,
                    recipient=recipient,
                    weapons=of_category,
                    category=category,
                    quantity=self._quantity(slots.goods, of_category, weapons),
                )

    # ------------------------------------------------------------------ slots, frame by frame

    def _slots(self, token: Token, cue: Cue) -> _Slots | None:
        if cue.pos == "noun":
            return self._noun_slots(token, cue)
        by_frame: dict[str, Callable[[Token, Arguments], _Slots | None]] = {
            "supply": self._supply,
            "receive": self._receive,
            "ask": self._receive,
            "rely": self._rely,
            "take": self._take,
            "arm": self._arm,
            "back": self._back,
            "carry": self._carry,
            "load": self._load,
            "use": self._use,
            "arrive": self._arrive,
            "seize": self._seize,
        }
        return by_frame[cue.frame](token, arguments(token))

    def _supply(self, token: Token, found: Arguments) -> _Slots | None:
        objects = found.objects
        goods = [head for head in (*objects, *found.after("with")) if self._is_goods(head)]
        if not goods and not objects:  # "shells moved to B"
            goods = [head for head in found.subjects if self._is_goods(head)]
        goods = goods or self._right_neighbour(token)
        receivers = [head for head in (*found.datives, *objects) if not self._is_goods(head)]
        recipients = (
            *self.parties.parties(found.datives),
            *self._goals(found, goods),
            *self.parties.parties(receivers),
            *self._glued_receivers(goods),
            *self._partners(token),
            *self._beneficiaries(token),
        )
        doers = self._doers(found, goods) or self._antecedents(token, found.subjects)
        if goods:
            return _Slots(doers, recipients, tuple(goods))
        if (
            doers and token.lemma_.lower() in _SUSTAINING and self._is_force(receivers)
        ):  # "the rebels, who are supplied by A"
            return _Slots(doers, recipients, (), unnamed=True)
        return _Slots(doers, recipients, (), anaphoric=True) if self._is_open(token, receivers) else None

    def _receive(self, token: Token, found: Arguments) -> _Slots | None:
        goods = [head for head in (*found.objects, *found.after("for")) if self._is_goods(head)]
        goods = goods or self._right_neighbour(token)
        if not goods:
            return None
        givers = self.parties.parties([*found.after("from"), *self._inside(goods, "from")])
        takers = (*self.parties.parties(found.subjects), *self._goals(Arguments(), goods))
        takers = takers or self._antecedents(token, found.subjects)
        return _Slots((*givers, *self._given_by(goods), *self._partners(token)), takers, tuple(goods))

    def _rely(self, token: Token, found: Arguments) -> _Slots | None:
        """ "leans on A for drones"."""
        sources = found.after("on", "to", "upon")
        clauses = [child for child in token.children if child.dep_ == "advcl"]
        subjects = [head for clause in clauses for head in arguments(clause).subjects]  # "for drones to hit"
        wanted = (*found.after("for"), *self._inside(sources, "for"), *subjects)
        goods = [head for head in wanted if self._is_goods(head)]
        givers = self.parties.parties(sources)
        if not goods or not givers:
            return None
        return _Slots(givers, self.parties.parties(found.subjects), tuple(goods))

    def _take(self, token: Token, found: Arguments) -> _Slots | None:
        """ "take delivery of", "take possession of" goods."""
        held = [
            head for head in found.objects if head.lemma_.lower() in ("delivery", "possession", "receipt")
        ]
        if not held and any(head.lemma_.lower() in _VESSELS for head in found.after("from", "off")):
            return self._seize(token, found)
        goods = [
            inner for head in held for inner in prepositional(head).get("of", []) if self._is_goods(inner)
        ]
        if not goods:
            return None
        givers = self.parties.parties([*found.after("from"), *self._inside([*held, *goods], "from")])
        return _Slots(givers, self.parties.parties(found.subjects), tuple(goods))

    def _arm(self, token: Token, found: Arguments) -> _Slots | None:
        goods = [head for head in found.after("with") if self._is_goods(head)]
        recipients = self.parties.parties(found.objects)
        if not recipients:
            return None
        suppliers = self.parties.parties(found.subjects) or self._antecedents(token, found.subjects)
        return _Slots(suppliers, recipients, tuple(goods), unnamed=not goods)

    def _back(self, token: Token, found: Arguments) -> _Slots | None:
        """ "supported the rebels with weapons": to back somebody is no transfer unless goods are named."""
        slots = self._arm(token, found)
        return slots if slots is not None and slots.goods else None

    def _carry(self, _: Token, found: Arguments) -> _Slots | None:
        """ "a plane carrying rifles from A to B"."""
        goods = [head for head in found.objects if self._is_goods(head)]
        anaphoric = not goods and any(head.lower_ in _ANAPHORS for head in found.objects)
        if not goods and not anaphoric:
            return None
        carriers = found.subjects
        origins = [*found.after("from"), *self._inside([*goods, *carriers], "from")]
        recipients = self._goals(found, [*goods, *carriers])
        return _Slots(self.parties.parties(origins), recipients, tuple(goods), anaphoric)

    def _load(self, _: Token, found: Arguments) -> _Slots | None:
        """ "rifles loaded in A": where goods are put on board they come from."""
        goods = [head for head in found.objects if self._is_goods(head)]
        if not goods:
            return None
        origins = self.parties.parties([*found.after("in", "at", "from"), *self._inside(goods, "from")])
        return _Slots(origins, self._goals(found, goods), tuple(goods))

    def _use(self, _: Token, found: Arguments) -> _Slots | None:
        goods = [head for head in found.objects if self._is_goods(head)]
        users = self.parties.parties(found.subjects)
        if not goods:  # "fired them", "used two of them"
            some = [part for head in found.objects for part in phrase(head)]
            return _Slots((), users, (), anaphoric=True) if users and _stands_for(some) else None
        return _Slots(self._given_by(goods), users, tuple(goods))

    def _arrive(self, token: Token, found: Arguments) -> _Slots | None:
        goods = [head for head in (*found.subjects, *found.objects) if self._is_goods(head)]
        told_of = any(head.lower_ in _ANAPHORS for head in (*found.subjects, *found.objects))
        anaphoric = not goods and told_of and token.lemma_.lower() in _ARRIVING
        if (not goods and not anaphoric) or _is_no_journey(token, found):
            return None
        elsewhere = [head for head in found.objects if head not in goods]
        origins = [*found.after("from"), *self._inside(goods, "from")]
        goals = [*elsewhere, *found.after("to", "into", "for", "toward", "towards")]
        where = [token.head] if token.dep_ == "relcl" and _has_where(token) else []
        here = [*found.after("in", "at"), *where]
        (origins if token.lemma_.lower() == "originate" else goals).extend(here)
        users = [head for head in found.after("for") if head.lemma_.lower() == "use"]
        goals += self._inside(goods, "for", "to")
        recipients = (*self.parties.parties([*users, *goals]), *self._beneficiaries(token))
        return _Slots(self.parties.parties(origins), recipients, tuple(goods), anaphoric)

    def _seize(self, token: Token, found: Arguments) -> _Slots | None:
        goods = [head for head in found.objects if self._is_goods(head)]
        if not goods and not found.objects:
            goods = self._left_neighbour(token)
        if not goods:
            return None
        vessels = found.after("from", "off", "aboard", "on")
        origins = self.parties.parties([*self._inside([*goods, *vessels], "from")])
        recipients = self._goals(Arguments(), [*goods, *vessels])
        return _Slots(origins, recipients, tuple(goods), seized=True)

    def _noun_slots(self, token: Token, cue: Cue) -> _Slots | None:
        """ "arms shipments from A to B", "A's sale of arms to B", "an arms deal between A and B"."""
        if self._is_object_of_trigger(token):
            return None
        inside = prepositional(token)
        named = (
            token,
            *inside.get("of", []),
            *inside.get("for", []),
            *self._inside(inside.get("with", []), "for"),
        )
        goods = [head for head in named if self._is_goods(head)]
        anaphoric = not goods and not inside.get("of") and _is_definite(token) and cue.frame == "nominal"
        if not goods and not anaphoric:
            return None
        owners = (*self.parties.makers(token), *_known(self.parties.parties([token])))
        givers = [*inside.get("from", []), *inside.get("by", []), *self._inside(goods, "from", "by")]
        takers = [*inside.get("to", []), *inside.get("into", []), *self._inside(goods, "to", "into")]
        takers += [head for head in inside.get("for", []) if head not in goods]
        suppliers, recipients = self.parties.parties(givers), self.parties.parties(takers)
        actors = self._acting(token)
        if cue.owner == "supplier":
            suppliers = (*suppliers, *owners, *actors)
        elif cue.owner == "recipient":
            recipients = (*owners, *recipients, *actors)
            suppliers = (*suppliers, *self._given_by(goods))
        else:
            between = self.parties.parties(inside.get("between", []))
            suppliers, recipients = (*suppliers, *between[:1]), (*recipients, *between[1:2])
            suppliers, recipients = self._deal(token, suppliers, recipients, inside)
        return _Slots(suppliers, recipients, tuple(goods), anaphoric)

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

    # ------------------------------------------------------------------------------- helpers

    def _is_goods(self, head: Token) -> bool:
        return self.parties.is_item(head)

    def _partners(self, token: Token) -> tuple[Party, ...]:
        """With whom a deal was made that the verb tells the content of: "signed an agreement with A to
        buy", "a contract with A to supply"."""
        above = [token.head] if token.dep_ in ("acl", "xcomp", "advcl", "pcomp", "relcl") else []
        above += [word.head for word in above]
        return self.parties.parties(
            head for word in above if word.i != token.i for head in prepositional(word).get("with", [])
        )

    def _antecedents(self, token: Token, subjects: Sequence[Token]) -> tuple[Party, ...]:
        """Whom a pronoun stands for where it was left open: as a subject, who acts in the clause above
        ("rejects reports that it armed"); as an object, the party named last ("accusing it of")."""
        pronouns = [head for head in subjects if head.lower_ == "it"]
        if not pronouns or self.parties.actor_at(pronouns[0]) is not None:
            return ()
        pronoun = pronouns[0]
        if pronoun.dep_ == "dobj":
            before = token.doc[token.sent.start : pronoun.i]
            return self.parties.parties(word for word in before if self.parties.actor_at(word))[-1:]
        for above in pronoun.head.ancestors:
            if above.pos_ == "VERB" and (acting := self.parties.parties(arguments(above).subjects)):
                return acting[:1]
        return ()

    def _acting(self, token: Token) -> tuple[Party, ...]:
        """Who does what the noun names, by the verb that governs it: "A announced a sale"."""
        verb = governing_verb(token)
        if (
            verb is None
            or governor_effects(self.parsed.knowledge).get(verb.lemma_.lower()) not in _ACTING_EFFECTS
        ):
            return ()
        return self.parties.parties(arguments(verb).subjects)

    def _right_neighbour(self, token: Token) -> list[Token]:
        """Goods named right behind the verb, where the parse took them for something else."""
        for following in self._without_numbers(token):
            if following.pos_ in ("VERB", "AUX", "PUNCT", "CCONJ", "ADP") and following.lower_ not in (
                "of",
                "-",
            ):
                if following.tag_ not in ("VBN", "HYPH"):
                    return []
            elif self._is_goods(following) and self.parties.is_head(following):
                return [following]
        return []

    def _spoken_of(self, token: Token) -> tuple[WeaponMention, ...]:
        """The goods that "they" stands for: those named last before the verb, in its sentence or the
        one before; a vessel is what carries them."""
        earlier = token.doc[token.sent.start - 1].sent if token.sent.start else token.sent
        before = [
            weapon
            for weapon in self.entities.weapons
            if earlier.start_char <= weapon.span.start < token.idx and weapon.category is not Category.SHIPS
        ]
        here = [weapon for weapon in before if weapon.span.start >= token.sent.start_char]
        return tuple(here or before)[-1:]

    def _with_listed(self, weapons: tuple[WeaponMention, ...], token: Token) -> tuple[WeaponMention, ...]:
        """The goods and those that follow them in a list which the parse broke up."""
        if not weapons:
            return weapons
        found = [weapon for weapon in weapons if not self._is_carrier(weapon)]
        found = found or list(weapons)
        end = token.sent.end_char
        for weapon in self.entities.weapons:
            last = found[-1].span.end
            if last <= weapon.span.start < end and _LIST_GAP.fullmatch(
                self.parsed.text, last, weapon.span.start
            ):
                found.append(weapon)
        return tuple(found)

    def _is_carrier(self, weapon: WeaponMention) -> bool:
        """ "planes full of weapons": what carries the goods is none of them."""
        return _CARRYING.match(self.parsed.text, weapon.span.end) is not None

    def _with_surface_parties(self, slots: _Slots, token: Token, cue: Cue) -> _Slots:
        """Where the parse gives no supplier or recipient, the actor right behind the nearest "from" or
        "to" that follows: prepositions are what parsers attach worst."""
        if cue.frame not in ("supply", "nominal", "receive", "arrive", "seize", "carry"):
            return slots
        suppliers = slots.suppliers or self._behind(token, _ORIGIN_WORDS)
        recipients = slots.recipients or self._behind(token, _GOAL_WORDS)
        recipients = self._last_leg(recipients)
        return replace(slots, suppliers=suppliers, recipients=recipients)

    def _last_leg(self, recipients: tuple[Party, ...]) -> tuple[Party, ...]:
        """ "flown to A, then B, then C": C receives; A and B are on the way."""
        legs = list(recipients[:1])
        for actor in self.entities.actors:
            if (
                legs
                and actor.code
                and LEG_GAP.fullmatch(self.parsed.text, legs[-1].span.end, actor.span.start)
            ):
                legs.append(Party(actor.code, actor.span))
        return (*legs[-1:], *recipients[1:]) if len(legs) > 1 else recipients

    def _behind(self, token: Token, prepositions: frozenset[str]) -> tuple[Party, ...]:
        doc, end = token.doc, min(token.i + REACH_OF_PREPOSITION, token.sent.end)
        for index in range(token.i + 1, end):
            if doc[index].text in _CLAUSE_ENDS:
                break
            if doc[index].lower_ in prepositions and doc[index - 1].lower_ not in _FIXED_BEFORE_TO:
                following = doc[index + 1 : min(index + 4, token.sent.end)]
                named = self.parties.parties(word for word in following if self.parties.actor_at(word))
                if named:
                    return named[:1]
        return ()

    def _glued_receivers(self, goods: Sequence[Token]) -> tuple[Party, ...]:
        """ "sold Harare rifles": the parse takes the receiver for a part of the goods."""
        edges = [min(phrase(head), key=lambda part: part.i) for head in goods]
        glued = [
            edge
            for edge in edges
            if edge.dep_ in ("compound", "nmod")
            and (actor := self.parties.actor_at(edge)) is not None
            and actor.form in (ActorForm.NAME, ActorForm.CAPITAL)
            and edge.i > edge.head.sent.start
            and edge.doc[edge.i - 1].pos_ == "VERB"
        ]
        return self.parties.parties(glued)

    def _is_force(self, receivers: Sequence[Token]) -> bool:
        return any(head.lemma_.lower() in _FORCES and self.parties.party(head) for head in receivers)

    def _without_numbers(self, token: Token) -> list[Token]:
        """The tokens behind ``token`` in its sentence, those of times and amounts left out ("on 8 October
        2019", "between 10 and 15")."""
        spans = [time.span for time in self.entities.times if time.span.end > token.idx]
        spans += [amount.span for amount in self.entities.quantities if amount.span.end > token.idx]
        following = []
        for word in token.doc[token.i + 1 : token.sent.end]:
            after = word.idx + len(word) + 1
            if any(start <= word.idx < end or start <= after < end for start, end in spans):
                continue
            following.append(word)
        return following[:REACH_OF_OBJECT]

    def _left_neighbour(self, token: Token) -> list[Token]:
        """Goods that open the sentence of a participle: "Rifles on the way from A to B seized"."""
        if token.tag_ not in ("VBN", "VBD"):
            return []
        before = token.doc[token.sent.start : token.i]
        return [word for word in before if self.parties.is_head(word)][:1]

    def _is_open(self, token: Token, receivers: Sequence[Token]) -> bool:
        """The goods are those spoken of before: an object that only stands for them ("they are being
        sent to"), or with verbs that need none ("is supplying covertly") no object but a receiver."""
        if token.lemma_.lower() in _TELLING_OF_GOODS and any(head.lower_ in _ANAPHORS for head in receivers):
            return True
        if token.tag_ in ("VBN", "VBD") and token.dep_ in ("amod", "acl") and not receivers:
            return False
        stated = [head for head in receivers if self.parties.party(head) is None]
        return not stated and token.lemma_.lower() in _NEED_NO_OBJECT

    def _doers(self, found: Arguments, goods: Sequence[Token]) -> tuple[Party, ...]:
        doers = self.parties.parties(head for head in found.subjects if not self._is_goods(head))
        return (*doers, *self.parties.parties([*found.after("from"), *self._inside(goods, *_SOURCES)]))

    def _goals(self, found: Arguments, goods: Sequence[Token]) -> tuple[Party, ...]:
        heads = [*found.after(*_GOALS), *self._inside(goods, *_GOALS)]
        bound = [
            goal
            for head in goods
            for part in phrase(head)
            for child in part.children
            if child.dep_ in ("acl", "relcl", "amod")
            for goal in arguments(child).after("for", "to")
        ]
        return (*self.parties.parties(heads), *self.parties.parties(bound))

    def _inside(self, goods: Sequence[Token], *prepositions: str) -> list[Token]:
        """Phrases that hang on the goods themselves: "shells for Sudan from China"."""
        parts = [part for head in goods for part in phrase(head)]
        return [head for part in parts for name in prepositions for head in prepositional(part).get(name, [])]

    def _given_by(self, goods: Sequence[Token]) -> tuple[Party, ...]:
        """Who gave goods by their own words: "drones supplied by A", "A-made drones"."""
        givers: list[Party] = []
        for head in goods:
            for part in phrase(head):
                for child in part.children:
                    if child.dep_ in ("acl", "relcl", "amod"):
                        found = arguments(child)
                        if head not in found.subjects:
                            givers.extend(self.parties.parties(found.subjects))
                        givers.extend(self.parties.parties(found.after("from")))
        return (*givers, *self.parties.parties(self._inside(goods, "from")))

    def _beneficiaries(self, token: Token) -> tuple[Party, ...]:
        """ "sent shells to help Russia", "... to support the Sudanese army"."""
        helped = [
            head
            for child in token.subtree
            if child.lemma_.lower() in _BENEFICIARY_VERBS and child.pos_ == "VERB" and child.i > token.i
            for head in arguments(child).objects
        ]
        return self.parties.parties(helped)

    def _is_object_of_trigger(self, token: Token) -> bool:
        """ "sent a shipment of arms": the verb tells it already."""
        head = token.head
        return (
            token.dep_ in ("dobj", "nsubjpass")
            and head.pos_ == "VERB"
            and (head.lemma_.lower(), "verb") in cues(self.parsed.knowledge)
            and self._is_goods(token)
        )

    def _quantity(
        self, goods: Sequence[Token], counted: Sequence[WeaponMention], named: Sequence[WeaponMention]
    ) -> QuantityMention | None:
        """The amount of the goods of one category: their own, else that of what holds them all; never
        one that counts other goods named beside them."""
        parts = {part.idx for head in goods for part in phrase(head)}
        others = [weapon for weapon in named if weapon not in counted]
        held: QuantityMention | None = None
        for found in self.entities.quantities:
            if (found.quantity.unit or "").lower().rstrip("s") in _ACTS:
                continue
            where = found.head or found.span
            if any(_touch(where, weapon.span) for weapon in counted):
                return found
            if held is None and any(where.start <= position < where.end for position in parts):
                held = None if any(_touch(where, weapon.span) for weapon in others) else found
        return held

    def _when(self, token: Token) -> TimeMention | None:
        """A time that hangs on the trigger's own clause."""
        own = [token, *(child for child in token.children if child.dep_ in ("prep", "npadvmod", "advmod"))]
        reach = {part.idx for child in own[1:] for part in child.subtree}
        return next((time for time in self.entities.times if time.edtf and time.span.start in reach), None)


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
    if mixed:
        specific = [weapon for weapon in specific if _head_word(weapon) not in MIXED_WITH_GENERIC]
    if not specific:
        return [(Category.UNSPECIFIED_ARMS, tuple(weapons))]
    groups: dict[Category, list[WeaponMention]] = {}
    for weapon in specific:
        groups.setdefault(weapon.category, []).append(weapon)
    return [(category, tuple(members)) for category, members in groups.items()]


def _head_word(weapon: WeaponMention) -> str:
    return weapon.item.rsplit(" ", 1)[-1].lower()


def _pairs(slots: _Slots, makers: tuple[Party, ...], cue: Cue) -> list[tuple[Party | None, Party | None]]:
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


def _known(parties: Sequence[Party]) -> tuple[Party, ...]:
    return tuple(parties)


def _is_no_journey(token: Token, found: Arguments) -> bool:
    """ "are going to change", "arms meant to strengthen": nothing moves."""
    if token.lemma_.lower() in ("mean", "intend"):
        return not found.after("for")
    return any(child.dep_ == "xcomp" and child.tag_ == "VB" for child in token.children)


def _touch(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _stands_for(words: Sequence[Token]) -> bool:
    return any(word.lower_ in ("them", "these", "those") for word in words)


def _has_where(token: Token) -> bool:
    return any(child.lower_ == "where" for child in token.children)


def _is_definite(token: Token) -> bool:
    """ "the shipments", "these deliveries": spoken of before."""
    return any(
        child.dep_ in ("det", "poss")
        and child.lower_ in ("the", "these", "those", "this", "such", "its", "their")
        for child in token.children
    )
