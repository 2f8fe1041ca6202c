"""Who stands behind words: a state, a body, a firm, a medium, or nobody that can be named.

The same holder is called many names ("the ministry", "Seoul", "Col. Ryu"); those that certainly mean one
share a key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import Speaker
from tidewaiter.register.positions import UNNAMED, actor_of
from tidewaiter.wording import ORGANISATION_WORDS, name_of


class Nature(StrEnum):
    """What kind of holder it is; the keys of the table of reliabilities."""

    STATE = "state"
    INTERGOVERNMENTAL = "intergovernmental"
    GROUP = "group"  # armed
    OFFICIAL = "official"  # of a state that is not told
    FIRM = "firm"
    BODY = "body"  # institute, non-governmental organisation, panel
    MEDIUM = "medium"
    PRIVATE = "private"  # analysts, residents, others who speak for themselves
    HEARSAY = "hearsay"  # "media reports"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True, order=True)
class Holder:
    """Somebody whose information it may be."""

    key: str  # the same for all names that certainly mean one
    label: str  # for reading
    nature: Nature


_WORD = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*\.?")
_SMALL = frozenset(("a", "an", "its", "of", "our", "the", "their", "for", "and", "in"))


@dataclass(frozen=True, slots=True)
class Words:
    """Words by which holders are told apart, from the tables."""

    natures: Mapping[str, Nature]  # by word or words, in lower case
    at_home: frozenset[str]  # offices that need no state where they are at home: "the ministry"
    media: frozenset[str]  # roles of media: "newspaper", "news agency"
    firms: frozenset[str]  # roles and names of firms
    outlets: frozenset[str]  # names of media
    states: Mapping[str, str]  # code by name, demonym or capital in lower case
    capitals: Mapping[str, str]
    codes: frozenset[str]  # of states


@lru_cache(maxsize=4)
def words_of(tables: Knowledge) -> Words:
    """The words of the tables, compiled once."""
    roles = tables.table("actors_roles")
    names = tables.table("actors_names")
    states = {
        row["text"].casefold(): row["code"]
        for row in (*names, *tables.table("actors_states"))
        if row["kind"] == "state" and row["form"] != "abbreviation" and row["code"]
    }
    natures = {row["word"].casefold(): Nature(row["nature"]) for row in tables.table("voice_words")}
    return Words(
        natures=natures,
        at_home=frozenset(row["word"] for row in tables.table("voice_words") if row["home"]),
        media=frozenset(row["text"].casefold() for row in roles if row["class"] == "media"),
        firms=frozenset(
            (
                *(row["text"].casefold() for row in roles if row["class"] == "firm"),
                *(row["text"].casefold() for row in names if row["kind"] == "firm"),
            )
        ),
        outlets=frozenset(row["text"].casefold() for row in names if row["kind"] == "media"),
        states=states,
        capitals={
            row["text"].casefold(): row["code"]
            for row in tables.table("actors_states")
            if row["form"] == "capital"
        },
        codes=frozenset(row["code"] for row in tables.table("actors_states")),
    )


def plain_words(text: str | None) -> list[str]:
    """The words of a name in lower case, without the small ones and without a possessive's ending."""
    found = (re.sub(r"['’]s?$", "", one.casefold()) for one in _WORD.findall(text or ""))
    return [one for one in found if one not in _SMALL]


def key_of(name: str | None) -> str:
    """A name as a key: case, articles and possessives aside."""
    return " ".join(plain_words(name))


def states_in(text: str, tables: Knowledge) -> frozenset[str]:
    """Codes of the states that the words name, by name, demonym or capital."""
    known = words_of(tables)
    found = [re.sub(r"['’]s?$", "", one.rstrip(".").casefold()) for one in _WORD.findall(text)]
    return frozenset(
        code
        for size in range(1, 5)
        for start in range(len(found) - size + 1)
        if (code := known.states.get(" ".join(found[start : start + size])))
    )


def nature_of(name: str | None, role: str | None, tables: Knowledge) -> Nature | None:
    """What the words of a name and a role say about who it is; None where they say nothing.

    The role goes before the name, and in both the word that stands first: "former officer" speaks for
    nobody, "officer" for a state.
    """
    known = words_of(tables)
    whole = key_of(name)
    if whole in known.outlets or (role or "").casefold() in known.media:
        return Nature.MEDIUM
    if whole in known.firms or (role or "").casefold() in known.firms:
        return Nature.FIRM
    return _first(role, known) or _first(name, known)


def _first(text: str | None, known: Words) -> Nature | None:
    found = plain_words(text)
    for start in range(len(found)):
        for size in (3, 2, 1):
            words = " ".join(found[start : start + size])
            if words in known.media:
                return Nature.MEDIUM
            if words in known.firms:
                return Nature.FIRM
            if nature := known.natures.get(words) or known.natures.get(words.rstrip(".")):
                return nature
    return None


def holder_of(
    speaker: Speaker,
    actors: Mapping[str, str],
    outlets: Mapping[str, str],
    tables: Knowledge,
    names: Mapping[str, str],
) -> Holder:
    """Who stands behind a speaker.

    ``actors``: codes by name from the row's claims; ``outlets``: names of the outlets of the row's
    reports by key; ``names``: names of parties for reading.
    """
    for called in (speaker.name, speaker.role):
        if called and key_of(called) in outlets:
            return medium(called, outlets)
    nature = nature_of(speaker.name, speaker.role, tables)
    if nature is Nature.MEDIUM and speaker.name and speaker.actor is None:
        return medium(speaker.name, outlets)
    if nature is Nature.FIRM and speaker.name:
        return Holder(key_of(speaker.name), speaker.name, Nature.FIRM)
    code = actor_of(speaker, actors)
    if code in ORGANISATION_WORDS:
        return Holder(code, name_of(code, names), Nature.INTERGOVERNMENTAL)
    if code in words_of(tables).codes:
        return Holder(code, name_of(code, names), Nature.STATE)
    if code == speaker.actor:
        return Holder(code, code, Nature.GROUP)
    if code == UNNAMED:
        return Holder("", UNNAMED, Nature.UNNAMED)
    return Holder(key_of(code), code, nature or (Nature.BODY if _is_body(code) else Nature.PRIVATE))


def medium(name: str, outlets: Mapping[str, str]) -> Holder:
    """A medium by its name, as the report's own outlet is called where it is one of the row's."""
    key = key_of(name)
    return Holder(f"medium {key}", outlets.get(key, name), Nature.MEDIUM)


def is_at_home(name: str | None, role: str | None, tables: Knowledge) -> bool:
    """Whether it is an office, or speaks for one, that is called without its state where it is at home."""
    found = plain_words(name) + plain_words(role)
    pairs = (" ".join(pair) for pair in pairwise(found))
    return any(words in words_of(tables).at_home for words in (*found, *pairs))


def _is_body(name: str) -> bool:
    """Initials alone are a body's: "OCCRP"."""
    return len(name) > 2 and name.isupper() and " " not in name
