"""What an address names in words, as the values that are meant by them: "North Korea" in place of ``PRK``,
"air defence" in place of ``air_defence``; and what is said of a name that nobody has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tidewaiter import understood
from tidewaiter.dossier.answers_case import OPEN_WORDS
from tidewaiter.model import Category, Stage
from tidewaiter.web.shown import Shown
from tidewaiter.wording import CATEGORY_WORDS, name_of, plain

ANY, NONE = "any", "none"
"""Of open questions."""

UNKNOWN_PARTY = "unknown"
"""In place of an actor: that none is told."""

PARTIES = ("supplier", "recipient")

OPEN: Mapping[str, str] = {ANY: "any", NONE: "none", **{kind: words[0] for kind, words in OPEN_WORDS.items()}}
"""What can be asked of open questions, in words."""


class NotUnderstood(NamedTuple):
    """A part of an address that nothing is called by."""

    name: str  # of the part
    what: str  # in a sentence without a full stop
    instead: tuple[tuple[str, str], ...]  # values that may be meant, each with its words

    @property
    def todo(self) -> str | None:
        return understood.did_you_mean([words for _, words in self.instead])


def parties(shown: Shown) -> frozenset[str]:
    """Codes of those who supply and receive in the register."""

    def make() -> frozenset[str]:
        return frozenset(code for column in PARTIES for code in shown.lists.choices(column) if code)

    found: frozenset[str] = shown.once("parties", make)
    return found


def actor(shown: Shown, told: str, known: Iterable[str], name: str) -> str | NotUnderstood:
    """The code of an actor by code or name; ``known``: codes of the case, which come first."""
    codes, tables = sorted(known), shown.case.knowledge
    found = understood.actor_named(told, tables, codes)
    if found is not None:
        return found
    nearest = understood.nearest_actors(told, tables, codes)
    instead = ((understood.actor_named(one, tables, codes) or one, one) for one in nearest)
    return NotUnderstood(name, understood.no_actor(told, ()), tuple(instead))


def meant(shown: Shown, name: str, told: str) -> str | NotUnderstood:
    """What a filter of the register is set to: ``supplier``, ``recipient``, ``category``, ``stage`` or
    ``open``; "" for none."""
    if not told:
        return told
    if name in PARTIES:
        is_unknown = understood.key(told) in (UNKNOWN_PARTY, "not told")
        return UNKNOWN_PARTY if is_unknown else actor(shown, told, parties(shown), name)
    if name == "category":
        named = {str(one): CATEGORY_WORDS[one] for one in Category}
        return understood.category_named(told) or _not_one_of(name, "category", told, named)
    if name == "stage":
        named = {str(one): plain(one) for one in Stage}
        return understood.stage_named(told) or _not_one_of(name, "stage", told, named)
    by_words = {understood.key(one): kind for kind, words in OPEN.items() for one in (kind, words)}
    return by_words.get(understood.key(told)) or _not_one_of(name, "kind of open question", told, OPEN)


def _not_one_of(name: str, called: str, told: str, named: Mapping[str, str]) -> NotUnderstood:
    by_words = {understood.key(words): value for value, words in named.items()}
    nearest = understood.nearest(told, by_words)
    what = f"no {called} is called “{told[: understood.LONGEST]}”"
    return NotUnderstood(name, what, tuple((one, named[one]) for one in nearest or named))


def called(name: str, value: str) -> str:
    """What a filter is set to, in words."""
    if name in PARTIES:
        return "not told" if value == UNKNOWN_PARTY else name_of(value)
    if name == "category":
        return CATEGORY_WORDS[Category(value)]
    return OPEN[value] if name == "open" else plain(value)
