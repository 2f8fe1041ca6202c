"""What stands around a word that speaks of a transfer: the phrases in which its parties and goods are
named, by the parse and, where the parse fails, by the order of the words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from tidewaiter.model import ActorForm, ActorKind, Span
from tidewaiter.reading.deals.frames import cues
from tidewaiter.reading.deals.lists import actor_behind
from tidewaiter.reading.deals.parties import Party, PartyFinder
from tidewaiter.reading.deals.stages import governor_effects
from tidewaiter.reading.entities import Entities, touching
from tidewaiter.reading.syntax import (
    ASKING,
    Arguments,
    arguments,
    is_definite,
    phrase,
    prepositional,
)

if TYPE_CHECKING:
    from tidewaiter.reading.parse import Parsed
    from tidewaiter.reading.tokens import Token

REACH_OF_OBJECT = 8
"""Tokens to the right of a verb in which its object is looked for where the parse gives none."""

REACH_OF_PREPOSITION = 20
"""Tokens behind a trigger in which "to" or "from" is taken as its own where the parse gives none."""

REACH_OF_DOER = 3
"""Verbs and nouns above a noun of transfer among which the one who does it is looked for."""

_ACTING_EFFECTS = frozenset({"planned", "agreed", "keep", "begun", "ended", "negated"})
"""What governs a noun of transfer and makes its subject the one who does it: "announced a sale"."""

_DECIDING_EFFECTS = frozenset({"agreed", "ended", "negated"})

_BENEFICIARY_VERBS = frozenset(
    {"help", "aid", "support", "assist", "arm", "equip", "bolster", "strengthen", "boost"}
)

_SUPPORT = frozenset({"support", "aid", "help", "assistance", "backing"})

_FORCES = frozenset(
    {"force", "army", "military", "troop", "rebel", "militia", "militant", "fighter", "soldier"}
)

LONGEST_LEG_GAP = 200
"""Characters; more than ``LEG_GAP`` matches in a report."""

ORIGIN_WORDS = frozenset({"from"})

GOAL_WORDS = frozenset({"to"})

LEG_GAP = re.compile(
    r",?\s*(?:and\s+)?(?:then|from there|onward|onwards)\s+(?:on\s+)?(?:to\s+)?", re.IGNORECASE
)
"""What stands between the legs of a journey: "to A, then on to B"."""

_CLAUSE_ENDS = frozenset({",", ";", ":", ".", "—", "–"})

_FIXED_BEFORE_TO = frozenset(
    {"according", "due", "thanks", "response", "addition", "contrast", "close", "next"}
)

_BECAUSE = frozenset({"for", "over", "by", "after", "of"})
"""Prepositions behind which stands what somebody is punished for: "over", "by", "because of"."""

_HIT = ("on", "against")

_MAKING = frozenset({"make", "manufacture", "produce", "build", "design", "develop", "assemble"})
_BELOW_A_DEAL = frozenset({"acl", "xcomp", "advcl", "pcomp", "relcl"})
_SOURCES = ("from", "by")

_GOALS = ("to", "into", "for", "toward", "towards", "onto")


class Surroundings:
    """Looks around trigger words of one document."""

    def __init__(self, parsed: Parsed, entities: Entities) -> None:
        self.parsed = parsed
        self.entities = entities
        self.parties = PartyFinder(parsed, entities)

    def is_goods(self, head: Token) -> bool:
        return self.parties.is_item(head)

    def is_shipment(self, head: Token) -> bool:
        """Whether the phrase is a definite "the shipments": goods spoken of before."""
        cue = cues(self.parsed.knowledge).get((head.lemma_.lower(), "noun"))
        return cue is not None and cue.frame in ("nominal", "deal") and is_definite(head)

    def doers(self, found: Arguments, goods: Sequence[Token]) -> tuple[Party, ...]:
        """Who supplies: the subject; the owner of a ship or plane that brings the goods; whoever they
        come from."""
        doers = self.parties.parties(head for head in found.subjects if not self.is_goods(head))
        carriers = [head for head in found.subjects if self.is_goods(head) and head not in goods]
        owners = tuple(owner for head in carriers for owner in self.parties.makers(head, references=True))
        return (
            *doers,
            *owners,
            *self.parties.parties([*found.after("from"), *self.inside(goods, *_SOURCES)]),
        )

    def goals_of(self, found: Arguments, goods: Sequence[Token]) -> tuple[Party, ...]:
        """Where goods go, by the verb's own phrases, by theirs, and by clauses on them: "bound for A",
        "on its way to A"."""
        heads = [*found.after(*_GOALS), *self.inside(goods, *_GOALS)]
        clauses = [
            child
            for head in goods
            for part in phrase(head)
            for child in part.children
            if child.dep_ in ("acl", "relcl", "amod")
        ]
        bound = [goal for clause in clauses for goal in arguments(clause).after("for", "to")]
        ways = [word for clause in clauses for word in clause.subtree if word.lower_ in ("way", "route")]
        bound += [goal for way in ways for goal in prepositional(way).get("to", [])]
        return (*self.parties.parties(heads), *self.parties.parties(bound))

    def travelled(self, vessels: Sequence[Token], *prepositions: str) -> list[Token]:
        """Whence or whither a ship or plane goes by what is told of it in clauses, however deep: "a dhow
        which officials believe was coming from A and heading for B"."""
        found: list[Token] = []
        for vessel in vessels:
            for child in vessel.children:
                if child.dep_ in ("relcl", "acl", "advcl"):
                    verbs = [word for word in child.subtree if self._is_journey(word)]
                    found += [head for verb in verbs for head in arguments(verb).after(*prepositions)]
        return found

    def _is_journey(self, word: Token) -> bool:
        cue = cues(self.parsed.knowledge).get((word.lemma_.lower(), "verb"))
        return word.pos_ == "VERB" and cue is not None and cue.frame == "arrive"

    def paid_for(self, amounts: Sequence[Token]) -> list[Token]:
        """What money stands for: "$20 million in weapons", "aid worth a million in shells"."""
        sums = [head for head in amounts if head.pos_ in ("NUM", "SYM") or head.ent_type_ == "MONEY"]
        return [inner for head in sums for inner in prepositional(head).get("in", [])]

    def hired_from(self, found: Arguments, goods: Sequence[Token]) -> tuple[Party, ...]:
        """Whose the goods are that are leased or borrowed."""
        return self.parties.parties([*found.after("from"), *self.inside(goods, "from")])

    def first_receivers(self, goods: Sequence[Token]) -> tuple[Party, ...]:
        """Who had goods before: "launchers sold to A ended up with rebels"."""
        clauses = [
            child for head in goods for child in head.children if child.dep_ in ("acl", "relcl", "amod")
        ]
        return self.parties.parties(
            head for clause in clauses if self._gives(clause) for head in arguments(clause).after("to")
        )

    def for_goods_of(self, goods: Sequence[Token]) -> tuple[Party, ...]:
        """Whose goods parts are for: "parts for Ruritanian jets"."""
        served = [head for head in self.inside(goods, "for") if self.is_goods(head)]
        return tuple(maker for head in served for maker in self.parties.makers(head))

    def told_behind_colon(self, token: Token, found: Arguments) -> list[Token]:
        """Goods listed behind a colon: "what it has got from A: jets and radars"."""
        if any(child.dep_ in ("xcomp", "ccomp") for child in token.children):
            return []
        if any(self.parties.party(head) is None and head.lower_ != "what" for head in found.objects):
            return []
        rest = token.doc[token.i + 1 : token.sent.end]
        colon = next((word for word in rest if word.text == ":"), None)
        if colon is None:
            return []
        behind = token.doc[colon.i + 1 : min(colon.i + 1 + REACH_OF_OBJECT, token.sent.end)]
        return [word for word in behind if self.parties.is_head(word)][:1]

    def blamed(self, noun: Token) -> tuple[Party, ...]:
        """Whom something is done to for what the noun names: "sanctions on A over its purchase of"."""
        if noun.dep_ != "pobj" or noun.head.lower_ not in _BECAUSE:
            return ()
        above = [prepositional(word) for word in (noun.head.head, *noun.head.head.children)]
        return self.parties.parties(
            head for phrases in above for name in _HIT for head in phrases.get(name, [])
        )

    def inside(self, goods: Sequence[Token], *prepositions: str) -> list[Token]:
        """Phrases that hang on the goods themselves: "shells for Sudan from China"."""
        parts = [part for head in goods for part in phrase(head)]
        return [head for part in parts for name in prepositions for head in prepositional(part).get(name, [])]

    def given_by(self, goods: Sequence[Token]) -> tuple[Party, ...]:
        """Who gave goods by their own words: "drones supplied by A", "rifles that A made"."""
        givers: list[Party] = []
        for head in goods:
            for part in phrase(head):
                for child in part.children:
                    if child.dep_ in ("acl", "relcl", "amod"):
                        found = arguments(child)
                        if head not in found.subjects and self._gives(child):
                            givers.extend(self.parties.parties(found.subjects))
                        if child.lemma_.lower() in _MAKING:  # "shells made in A"
                            givers.extend(self.parties.parties(found.after("in")))
                        givers.extend(self.parties.parties(found.after("from")))
        return (*givers, *self.parties.parties(self.inside(goods, "from")))

    def _gives(self, verb: Token) -> bool:
        """Whether who does this to goods is where they come from."""
        cue = cues(self.parsed.knowledge).get((verb.lemma_.lower(), "verb"))
        return verb.lemma_.lower() in _MAKING or (cue is not None and cue.frame in ("supply", "arm"))

    def beneficiaries(self, token: Token) -> tuple[Party, ...]:
        """ "sent shells to help Russia", "... to support the Sudanese army"."""
        helped = [
            head
            for child in token.subtree
            if child.lemma_.lower() in _BENEFICIARY_VERBS and child.pos_ == "VERB" and child.i > token.i
            for head in arguments(child).objects
        ]
        return self.parties.parties(helped) or self.supported(token)

    def supported(self, token: Token) -> tuple[Party, ...]:
        """Whom the sentence says that support goes to: "by military support for the rebels and by
        providing arms"."""
        before = token.doc[token.sent.start : token.i] if token.dep_ == "pcomp" else ()
        nouns = [word for word in before if word.lemma_.lower() in _SUPPORT and word.pos_ == "NOUN"]
        return self.parties.parties(
            head for noun in nouns for name in ("for", "to") for head in prepositional(noun).get(name, [])
        )

    def askers(self, token: Token) -> tuple[Party, ...]:
        """Who asks somebody to supply: "A asked B to sell it boats"."""
        above = token.head
        if above.lemma_.lower() not in ASKING or token.dep_ not in ("xcomp", "advcl", "ccomp"):
            return ()
        return self.parties.parties(arguments(above).subjects)

    def partners(self, token: Token) -> tuple[Party, ...]:
        """With whom a deal was made that the verb tells the content of: "signed an agreement with A to
        buy", "a contract with A to supply"."""
        above = [token.head] if token.dep_ in _BELOW_A_DEAL and token.head.i != token.i else []
        above += [word.head for word in above]
        above += [child for word in above for child in word.children if child.dep_ == "dobj"]
        return self.parties.parties(
            head for word in above if word.i != token.i for head in prepositional(word).get("with", [])
        )

    def antecedents(self, token: Token, subjects: Sequence[Token]) -> tuple[Party, ...]:
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
            doers = arguments(above).subjects if above.pos_ == "VERB" else []
            named = self.parties.parties(doer for doer in doers if self.parties.actor_at(doer))
            if named:
                return named[:1]
        return ()

    def allowing(self, token: Token) -> tuple[Party, ...]:
        """Who decides on what is done in the passive: "A authorised frigates to be sold to B"."""
        is_passive = any(child.dep_ == "auxpass" and child.lower_ == "be" for child in token.children)
        return self.acting(token, _DECIDING_EFFECTS) if is_passive else ()

    def acting(self, token: Token, wanted: frozenset[str] = _ACTING_EFFECTS) -> tuple[Party, ...]:
        """Who does what the noun names, by the verbs above it: "A announced a sale", "A has given
        approval for a sale", "A made a determination approving a sale"."""
        effects = governor_effects(self.parsed.knowledge)
        above = [word for word in token.ancestors if word.pos_ in ("VERB", "NOUN")][:REACH_OF_DOER]
        if not any(effects.get(word.lemma_.lower()) in wanted for word in above):
            return ()
        for verb in above:
            if verb.pos_ == "VERB" and (doing := self.parties.parties(arguments(verb).subjects)):
                return doing
            if verb.pos_ == "NOUN" and (owning := self.parties.owners(verb)):  # "its approval of sales"
                return owning
        return ()

    def glued_receivers(self, goods: Sequence[Token]) -> tuple[Party, ...]:
        """ "sold Harare rifles": the parse takes the receiver for a part of the goods."""
        edges = [min(phrase(head), key=lambda part: part.i) for head in goods]
        return self.parties.parties(edge for edge in edges if self._is_glued(edge))

    def _is_glued(self, edge: Token) -> bool:
        """Whether a name that opens the goods' phrase stands right behind the verb: "sold Harare rifles",
        "brought the militia rifles", "sold Ruritania's army pistols"."""
        actor = self.parties.actor_at(edge)
        if actor is None or edge.i <= edge.sent.start:
            return False
        before = edge.doc[edge.i - 1]
        if before.pos_ == "DET" and before.i > edge.sent.start and actor.kind is ActorKind.GROUP:
            before = edge.doc[before.i - 1]
        if before.pos_ != "VERB":
            return False
        if edge.dep_ == "poss":
            behind = edge.doc[edge.i + 1 : edge.i + 3]
            return any(word.lemma_.lower() in _FORCES for word in behind)
        named = actor.form in (ActorForm.NAME, ActorForm.CAPITAL, ActorForm.ABBREVIATION)
        return edge.dep_ in ("compound", "nmod") and named

    def is_force(self, receivers: Sequence[Token]) -> bool:
        return any(head.lemma_.lower() in _FORCES and self.parties.party(head) for head in receivers)

    def is_object_of_trigger(self, token: Token) -> bool:
        """ "sent a shipment of arms": the verb tells it already."""
        head = token.head
        return (
            token.dep_ in ("dobj", "nsubjpass")
            and head.pos_ == "VERB"
            and (head.lemma_.lower(), "verb") in cues(self.parsed.knowledge)
            and self.is_goods(token)
        )

    # --------------------------------------------------- by the order of words, where parses fail

    def right_neighbour(self, token: Token) -> list[Token]:
        """Goods named right behind the verb, where the parse took them for something else."""
        for following in self._without_numbers(token):
            if following.pos_ in ("VERB", "AUX", "PUNCT", "CCONJ", "ADP") and following.lower_ not in (
                "of",
                "-",
            ):
                if following.tag_ not in ("VBN", "HYPH"):
                    return []
            elif self.is_goods(following) and self.parties.is_head(following):
                return [following]
        return []

    def goods_behind_of(self, token: Token) -> list[Token]:
        """Goods behind the nearest "of" that has any: "the sale to Morocco of rocket systems"."""
        doc, end = token.doc, min(token.i + REACH_OF_PREPOSITION, token.sent.end)
        for index in _without_asides(token, end):
            if doc[index].text in _CLAUSE_ENDS:
                break
            if doc[index].lower_ == "of":
                phrase_end = min(index + 1 + REACH_OF_OBJECT, token.sent.end)
                goods = [word for word in doc[index + 1 : phrase_end] if self.parties.is_head(word)]
                if goods:
                    return goods[:1]
        return []

    def left_neighbour(self, token: Token) -> list[Token]:
        """Goods that open the sentence of a participle: "Rifles on the way from A to B seized"."""
        if token.tag_ not in ("VBN", "VBD"):
            return []
        before = token.doc[token.sent.start : token.i]
        return [word for word in before if self.parties.is_head(word)][:1]

    def _without_numbers(self, token: Token) -> list[Token]:
        """The tokens behind ``token`` in its sentence, those of times and amounts left out ("on 8 October
        2019", "between 10 and 15")."""
        rest = [Span(token.idx, token.sent.end_char + 2)]
        spans = [time.span for time in touching(self.entities.times, rest)]
        spans += [amount.span for amount in touching(self.entities.quantities, rest)]
        following = []
        for word in token.doc[token.i + 1 : token.sent.end]:
            after = word.idx + len(word) + 1
            if any(start <= word.idx < end or start <= after < end for start, end in spans):
                continue
            following.append(word)
        return following[:REACH_OF_OBJECT]

    def last_leg(self, recipients: tuple[Party, ...]) -> tuple[Party, ...]:
        """ "flown to A, then B, then C": C receives; A and B are on the way."""
        legs = list(recipients[:1])
        actors = self.entities.actors
        first = bisect_left(actors, legs[0].span.end, key=lambda one: one.span.start) if legs else len(actors)
        for actor in islice(actors, first, None):
            if actor.span.start > legs[-1].span.end + LONGEST_LEG_GAP:
                break
            if actor.code and LEG_GAP.fullmatch(self.parsed.text, legs[-1].span.end, actor.span.start):
                legs.append(Party(actor.code, actor.span))
        return (*legs[-1:], *recipients[1:]) if len(legs) > 1 else recipients

    def behind(self, token: Token, prepositions: frozenset[str]) -> tuple[Party, ...]:
        """The actor named right behind the first of *prepositions* that follows *token*."""
        doc, end = token.doc, min(token.i + REACH_OF_PREPOSITION, token.sent.end)
        for index in _without_asides(token, end):
            if doc[index].text in _CLAUSE_ENDS:
                break
            before = doc[index - 1].lower_
            out_of = "from" in prepositions and (before, doc[index].lower_) == ("out", "of")
            opens = out_of or (doc[index].lower_ in prepositions and before not in _FIXED_BEFORE_TO)
            if opens and (named := actor_behind(doc[index], self.parties)):
                return named
        return ()


def _without_asides(token: Token, end: int) -> Iterator[int]:
    """The places behind ``token`` up to ``end``, without what stands between two commas right behind it:
    "the sale, for several billions, of boats to A"."""
    index = token.i + 1
    if index < end and token.doc[index].text == ",":
        closing = next((at for at in range(index + 1, end) if token.doc[at].text == ","), None)
        behind = token.doc[closing + 1] if closing is not None and closing + 1 < end else None
        if closing is not None and behind is not None and behind.pos_ == "ADP":
            index = closing + 1
    yield from range(index, end)
