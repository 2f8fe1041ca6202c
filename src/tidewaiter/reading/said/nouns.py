"""Nouns for those who speak, from the tables: people of some office or trade, bodies, papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tidewaiter.model import ActorKind
from tidewaiter.reading.who.scene import HUMAN_CLASSES, roles

if TYPE_CHECKING:
    from tidewaiter.knowledge import Knowledge
    from tidewaiter.reading.tokens import Token


@dataclass(frozen=True, slots=True)
class Nouns:
    """The words of the tables by what they say of a speaker; all in lower case."""

    people: frozenset[str]  # head nouns for persons: "spokesman", "officials"
    bodies: frozenset[str]  # head nouns for offices, firms, groups: "ministry", "company"
    papers: frozenset[str]  # lemmas of what is issued: "statement"
    hidden: frozenset[str]  # lemmas of people who are never named: "source"
    issuing: frozenset[str]  # lemmas of verbs of making a paper public
    native: frozenset[str]  # offices that a report from a capital need not say whose they are
    independent: frozenset[str]  # lemmas of people and bodies that no state speaks through
    holders: frozenset[str]  # offices that one person holds: "president"
    ruling: frozenset[str]  # nouns for who rules a state: "government"
    speakers: frozenset[str]  # words for whoever speaks for another: "spokesman"
    kin: frozenset[str]
    kinds: Mapping[str, frozenset[ActorKind]]  # nouns for actors told before, with what they may stand for
    outlets: frozenset[str]  # nouns for a medium told before: "the newspaper"
    media: frozenset[str]  # last words of names of media, and nouns for media: "Times", "newspaper"
    codes: frozenset[str]  # of states
    states: Mapping[str, frozenset[str]]  # nouns for some states only, with their codes: "kingdom"
    female: frozenset[str]
    male: frozenset[str]
    fits: Mapping[str, frozenset[str]]  # a noun and what else the same actor is called

    def is_people(self, token: Token) -> bool:
        """Whether a noun names persons by what they are."""
        return token.lower_ in self.people or token.lemma_.lower() in self.people


@lru_cache(maxsize=8)
def nouns(knowledge: Knowledge) -> Nouns:
    """The nouns of ``knowledge``, compiled once."""
    offices, words = roles(knowledge)
    people: set[str] = set()
    bodies: set[str] = set()
    for phrase, kind in offices.classes.items():
        if kind in HUMAN_CLASSES:
            people.add(phrase[-1])
        elif kind in {"office", "firm", "group", "media", "forces"}:
            bodies.add(phrase[-1])
    fits = {
        row["noun"]: frozenset(row["fits"].split()) | {row["noun"]}
        for row in knowledge.table("actors_descriptions")
        if not row["fits"].isupper()
    }
    return Nouns(
        frozenset(people - bodies) | words["kin"] | words["folk"],
        frozenset(bodies),
        words["paper"],
        words["hidden"],
        words["issuing"],
        words["native"],
        words["independent"],
        frozenset(phrase[-1] for phrase, kind in offices.classes.items() if kind == "government"),
        words["ruling"],
        frozenset(
            phrase[0] for phrase, kind in offices.classes.items() if kind == "speaker" and len(phrase) == 1
        ),
        words["kin"],
        {
            row["noun"]: frozenset(ActorKind(kind) for kind in row["kinds"].split())
            for row in knowledge.table("actors_descriptions")
        },
        frozenset(
            row["noun"] for row in knowledge.table("actors_descriptions") if "media" in row["kinds"].split()
        ),
        words["medium"] | {phrase[-1] for phrase, kind in offices.classes.items() if kind == "media"},
        frozenset(row["code"] for row in knowledge.table("actors_states")),
        {
            row["noun"]: frozenset(row["fits"].split())
            for row in knowledge.table("actors_descriptions")
            if row["fits"].isupper()
        },
        words["female"],
        words["male"],
        fits,
    )
