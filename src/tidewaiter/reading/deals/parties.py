"""Which party a phrase names: the state, group or organisation that acts or is dealt with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from tidewaiter.model import ActorForm, ActorKind, ActorMention, Span, WeaponMention
from tidewaiter.reading.syntax import conjuncts, phrase

if TYPE_CHECKING:
    from tidewaiter.knowledge import Knowledge
    from tidewaiter.reading.entities import Entities
    from tidewaiter.reading.parse import Parsed
    from tidewaiter.reading.tokens import Token

_NEVER_PARTIES = frozenset({ActorKind.REGION, ActorKind.MEDIA})
_MODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "appos", "dep", "npadvmod"})
_SCENES = frozenset(
    {
        "war", "conflict", "invasion", "crisis", "fighting", "border", "waters", "sky", "attack", "strike",
        "assessment", "view", "opinion", "estimate", "custody", "airspace", "soil", "territory", "coast",
        "embargo", "sanction", "sanctions", "election", "anniversary", "currency", "oil", "grain",
    }
)  # fmt: skip
"""Nouns whose modifier tells where or what about, not who: "the Ukraine war" gets no arms."""

_RELATIONS = frozenset(
    {"ally", "partner", "neighbour", "neighbor", "patron", "rival", "enemy", "foe", "backer"}
)
"""Nouns whose owner is the other side: "its Iranian ally" is Iran."""

_MEMBERS = _RELATIONS | {"member", "country", "state", "nation", "official", "source"}
"""Plural nouns that make of an organisation's name a vague set of states: "NATO allies"."""

_OPPONENTS = frozenset(
    {"rebel", "insurgent", "separatist", "militant", "opposition", "guerrilla", "dissident"}
)
"""Nouns for those who fight the state whose adjective they bear."""

REACH_OF_NAME = 10
"""Tokens behind "its rival" in which the comma before its name is looked for."""

_NO_OWNERS = frozenset({"way", "means", "part", "use", "number", "lot", "kind", "course"})
"""Nouns whose "of" phrase is no owner: "by way of Turkey"."""


@dataclass(frozen=True, slots=True)
class Party:
    """A party to a transfer and the words it was read from."""

    code: str
    span: Span
    certain: bool = True  # False: carried over from elsewhere in the document
    slot: int = -1  # where the phrase that lists it begins: parties of one slot are coordinated


class PartyFinder:
    """Resolves token heads to parties and weapons by look-up tables over one document."""

    def __init__(self, parsed: Parsed, entities: Entities) -> None:
        self._actor_of: dict[int, ActorMention] = {}
        self._weapon_of: dict[int, WeaponMention] = {}
        self._weapon_part: dict[int, WeaponMention] = {}
        for actor in entities.actors:
            for token in parsed.tokens(actor.span) or ():
                self._actor_of[token.i] = actor
        for weapon in entities.weapons:
            for token in parsed.tokens(weapon.head) or ():
                self._weapon_of[token.i] = weapon
            for token in parsed.tokens(weapon.span) or ():
                self._weapon_part[token.i] = weapon
        self._knowledge = parsed.knowledge
        groups = (actor.code for actor in entities.actors if actor.kind is ActorKind.GROUP)
        self._groups = {group for group in groups if group is not None}
        self._rebels: Party | None = self._only_opponents(parsed)

    def _only_opponents(self, parsed: Parsed) -> Party | None:
        """Whom "the rebels" are in a report that names those of one state only."""
        heads = [token for token in parsed.doc if token.lemma_.lower() in _OPPONENTS]
        named = [party for head in heads if (party := self._opponents(head)) is not None]
        return named[0] if len({party.code.split()[0] for party in named}) == 1 else None

    def actor_at(self, token: Token) -> ActorMention | None:
        """The actor mention that covers ``token``."""
        return self._actor_of.get(token.i)

    def weapon_at(self, token: Token) -> WeaponMention | None:
        """The weapon mention of which ``token`` is a part."""
        return self._weapon_part.get(token.i)

    def is_head(self, token: Token) -> bool:
        """Whether ``token`` is the head noun of a weapon mention."""
        return token.i in self._weapon_of

    def is_item(self, token: Token) -> bool:
        """Whether the phrase that ``token`` heads is about military goods."""
        return bool(self.weapons_in([token]))

    def weapons_in(self, heads: Iterable[Token]) -> tuple[WeaponMention, ...]:
        """Weapons named in the phrases, in order of the text, each once."""
        found = {
            weapon.span: weapon
            for head in heads
            for token in phrase(head)
            if (weapon := self._weapon_of.get(token.i)) is not None
        }
        return tuple(found[span] for span in sorted(found))

    def party(self, head: Token) -> Party | None:
        """The party that the phrase headed by ``head`` names; None when it names none or goods."""
        if _is_posting(head):
            return None
        actor = self._actor_of.get(head.i)
        if head.lemma_.lower() in _OPPONENTS and (actor is None or actor.code is None):
            return self._opponents(head) or self._rebels
        if actor is not None:
            vague = actor.kind is ActorKind.ORGANISATION and head.lemma_.lower() in _MEMBERS
            return None if vague else _as_party(actor)
        if head.i in self._weapon_part or head.lemma_.lower() in _SCENES:
            return None
        return self._modifier_party(head)

    def _opponents(self, head: Token) -> Party | None:
        """ "Syrian rebels" are not Syria: they go by that name; rebels of nowhere by none."""
        for child in head.children:
            actor = self._actor_of.get(child.i)
            demonym = actor is not None and (actor.form is ActorForm.DEMONYM or actor.code is None)
            if child.dep_ in _MODIFIERS and demonym and child.text[:1].isupper():
                name = self._group_of(child.text) or f"{child.text} {head.text}"
                return Party(name, Span(child.idx, head.idx + len(head)))
        return None

    def _group_of(self, demonym: str) -> str | None:
        """The armed group that "the Yemeni rebels" are, where the report names one that fights there."""
        state = _demonyms(self._knowledge).get(demonym.casefold())
        here = {group for group in self._groups if _areas(self._knowledge).get(group) == state}
        return next(iter(here)) if state and len(here) == 1 else None

    def _modifier_party(self, head: Token) -> Party | None:
        """ "the Russian army", "Iran's military", "the government of Sudan"."""
        related = head.lemma_.lower() in _RELATIONS
        member = head.lemma_.lower() in _MEMBERS
        for child in sorted(head.children, key=lambda child: child.dep_ == "poss"):
            if child.dep_ in _MODIFIERS and not (related and child.dep_ == "poss"):
                actor = self._actor_of.get(child.i)
                if actor is None or (member and actor.kind is ActorKind.ORGANISATION):
                    continue
                if (found := _as_party(actor)) is not None:
                    return found
        for child in head.children:  # "the Ruritanian maker Acme Systems"
            for inner in child.children if child.dep_ in ("compound", "nmod") else ():
                actor = self._actor_of.get(inner.i)
                if inner.dep_ in _MODIFIERS and actor is not None and actor.form is ActorForm.DEMONYM:
                    return _as_party(actor)
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ == "of" and head.lemma_.lower() not in _NO_OWNERS:
                for inner in child.children:
                    actor = self._actor_of.get(inner.i)
                    if inner.dep_ == "pobj" and actor is not None and (found := _as_party(actor)):
                        return found
        return None

    def parties(self, heads: Iterable[Token]) -> tuple[Party, ...]:
        """The parties that the phrases name, in order, each code once."""
        found: dict[str, Party] = {}
        for head in heads:
            slot = _first_conjunct(head).i
            for name in self._apposed(head) or [*self._cut_off(head), head]:
                named = self.party(name)
                if named is not None:
                    found.setdefault(named.code, replace(named, slot=slot))
        return tuple(found.values())

    def _cut_off(self, head: Token) -> list[Token]:
        """The name in "Chad and Mali have sent" that the parse made a sentence of its own."""
        at = head.i - 1
        while at > 0 and head.doc[at].pos_ in ("DET", "CCONJ"):
            at -= 1
        before = head.doc[at]
        is_listed = any(word.lower_ == "and" for word in head.doc[at + 1 : head.i])
        return [before] if is_listed and before.dep_ == "ROOT" and before.i in self._actor_of else []

    def _apposed(self, head: Token) -> list[Token]:
        """The names behind a description of parties: "its partners Chad and Mali", "the neighbour, Niger"."""
        if head.i in self._actor_of:
            return []
        described = [part for part in phrase(head) if part.lemma_.lower() in _MEMBERS]
        names = [
            child
            for part in described
            for child in part.children
            if child.dep_ == "appos" and child.i in self._actor_of
        ]
        found = [name for first in names for name in conjuncts(first) if name.i in self._actor_of]
        return found or self._behind_comma(head)

    def _behind_comma(self, head: Token) -> list[Token]:
        """The name of "its rival in the war, the paramilitary B" that the parse hangs elsewhere."""
        if head.lemma_.lower() not in _RELATIONS or not any(one.dep_ == "poss" for one in head.children):
            return []
        rest = head.doc[head.i + 1 : min(head.i + 1 + REACH_OF_NAME, head.sent.end)]
        comma = next((word for word in rest if word.text == ","), None)
        if comma is None or any(word.pos_ in ("VERB", "AUX") for word in rest if word.i < comma.i):
            return []
        for word in head.doc[comma.i + 1 : head.sent.end]:
            if word.i in self._actor_of:
                speaks = word.dep_ == "nsubj" and word.head.pos_ == "VERB" and word.head.i > word.i
                return [] if speaks else [word]
            if word.pos_ not in ("DET", "ADJ", "ADV"):
                break
        return []

    def owners(self, noun: Token) -> tuple[Party, ...]:
        """Parties named as modifiers of a noun of transfer itself, not of the goods in its "of" phrase:
        "Mali's arms purchases", "the Chadian acquisition of drones"."""
        direct = [child for child in noun.children if child.dep_ in _MODIFIERS and child.dep_ != "appos"]
        direct += [child for part in direct if part.dep_ == "compound" for child in part.children]
        return self.parties(child for child in direct if child.i in self._actor_of)

    def makers(self, head: Token, references: bool = False) -> tuple[Party, ...]:
        """Parties named as modifiers of goods: "Iranian-made drones", "Iran's drones",
        "weapons from Iran", "arms shipments of North Korean shells"."""
        found: dict[str, Party] = {}
        for token in phrase(head):
            actor = self._actor_of.get(token.i)
            if actor is None or token.i == head.i:
                continue
            if actor.form is ActorForm.REFERENCE and not references:
                continue
            if token.dep_ == "appos" and actor.form is not ActorForm.DEMONYM:
                continue  # "the drones Mali ordered": who ordered them
            if token.dep_ in _MODIFIERS or actor.form is ActorForm.DEMONYM:
                named = _as_party(actor)
                if named is not None:
                    found.setdefault(named.code, named)
        return tuple(found.values())


@lru_cache(maxsize=4)
def _demonyms(knowledge: Knowledge) -> Mapping[str, str]:
    """State by demonym."""
    tables = ("actors_states", "actors_names")
    rows = (row for table in tables for row in knowledge.table(table))
    return {row["text"].casefold(): row["code"] for row in rows if row["form"] == ActorForm.DEMONYM}


@lru_cache(maxsize=4)
def _areas(knowledge: Knowledge) -> Mapping[str, str]:
    """State in which an armed group fights."""
    return {row["group"]: row["state"] for row in knowledge.table("group_areas")}


_POSTS = frozenset(
    {
        "mission", "ambassador", "envoy", "representative", "delegate", "delegation", "emissary", "attache",
        "attaché", "visit", "trip", "letter",
    }
)  # fmt: skip


def _is_posting(head: Token) -> bool:
    """ "Its mission to the United Nations", "the envoy to Chad": where somebody is, not where goods go."""
    before = head.i - 1
    while before > 0 and head.doc[before].dep_ in ("det", "amod", "compound"):
        before -= 1
    return before > 0 and head.doc[before].lower_ == "to" and head.doc[before - 1].lemma_.lower() in _POSTS


def _first_conjunct(head: Token) -> Token:
    while head.dep_ == "conj":
        head = head.head
    return head


def _as_party(actor: ActorMention) -> Party | None:
    if actor.code is None or actor.kind in _NEVER_PARTIES:
        return None
    return Party(actor.code, actor.span)


def first_other(parties: Sequence[Party], *others: Party | None) -> Party | None:
    """The first party that is none of ``others``."""
    taken = {other.code for other in others if other is not None}
    return next((party for party in parties if party.code not in taken), None)
