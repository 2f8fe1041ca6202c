"""The rules in force, as the tables have them: who must not supply or procure what, to or from whom, and
from when to when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from tidewaiter.errors import KnowledgeError
from tidewaiter.knowledge import Knowledge, Row
from tidewaiter.model import Category

EVERYBODY = "all"
"""In ``bound``: every state, as the Security Council's decisions bind them (UN Charter, Article 25)."""

ACTS = ("supply", "procurement")
SCOPES = ("state", "non_state", "listed", "part", "government")
APPROVALS = ("", "yes", "notified")
CATEGORIES = frozenset(one.value for one in Category)

_STATE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One operative paragraph; a paragraph that forbids two things, or says them of two, is several."""

    id: str
    authority: str  # UNSC, EU, OSCE
    instrument: str  # "S/RES/1718 (2006)"
    paragraph: str  # "8(a)(i)"
    text: str  # in our own words
    bound: tuple[str, ...]  # ("all",), the name of a body of members ("eu"), or codes of actors
    act: str  # supply: to the target; procurement: from it
    target: tuple[str, ...]  # codes of states and groups
    scope: str  # state: everybody in it; government; non_state: others in it; listed; part of it
    scope_note: str
    goods: tuple[str, ...]  # keys of the table of goods, or categories
    start: date
    end: date | None  # the last day; None: in force
    is_renewal_unknown: bool  # whether it was renewed after its end was not looked up
    exceptions: tuple[str, ...]
    approval: str  # yes: lawful as approved beforehand; notified: as told beforehand
    is_for_transit: bool  # forbids the way through a bound state's territory too
    ended_by: str
    is_binding: bool  # in law; a political undertaking or a request is not
    note: str
    source: str
    verified: str | None  # ISO day on which its text was looked up

    @property
    def name(self) -> str:
        """Document and paragraph, as they are cited."""
        word = "" if self.paragraph[:1].isalpha() else "paragraph "
        return f"{self.instrument}, {word}{self.paragraph}"

    @property
    def group(self) -> str:
        """What rules that repeat each other have in common."""
        who = self.bound[0] if self.is_general else "own"
        return f"{self.authority} {self.act} {'+'.join(self.target[:1])} {who}"

    @property
    def is_general(self) -> bool:
        """Whether all states, or all members of a body, are bound, not single ones by name."""
        return all(one.islower() for one in self.bound)


@dataclass(frozen=True, slots=True)
class Goods:
    """Whether goods of a category fall under what a rule forbids."""

    covered: str  # yes, maybe, no
    note: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Every rule known, and what is needed to hold a transfer against them."""

    rules: tuple[Rule, ...]
    goods: Mapping[tuple[str, str], Goods]  # by goods of a rule and category
    members: Mapping[tuple[str, str], tuple[tuple[date, date | None], ...]]  # by body and state: from, until
    homes: Mapping[str, tuple[str, ...]]  # states where an armed group is at home
    states: frozenset[str]
    known_until: Mapping[str, date] = field(default_factory=dict)  # by authority: what was looked up

    def are_covered(self, rule: Rule, category: str) -> Goods:
        """Whether the rule forbids goods of this category: the clearest answer of any of its goods."""
        found = [self._covered(one, category) for one in rule.goods]
        return min(found, key=lambda one: ("yes", "maybe", "no").index(one.covered))

    def _covered(self, goods: str, category: str) -> Goods:
        if goods == category:
            return Goods("yes", "")
        if goods in CATEGORIES and category == Category.UNSPECIFIED_ARMS:
            return Goods("maybe", "it is not told of what kind the arms are")
        return self.goods.get((goods, category), Goods("no", ""))


@lru_cache(maxsize=4)
def rules_of(knowledge: Knowledge) -> Rules:
    """The rules of the tables ``measures``, ``measures_goods``, ``measures_reach`` and ``memberships``.

    Raises ``KnowledgeError`` for a day that is none, or a word that the program does not know.
    """
    return Rules(
        rules=tuple(_rule(row) for row in knowledge.table("measures")),
        goods={
            (row["goods"], row["category"]): Goods(row["covered"], row["note"])
            for row in knowledge.table("measures_goods")
        },
        members=_members(knowledge),
        homes=_homes(knowledge),
        states=frozenset(row["code"] for row in knowledge.table("actors_states") if row["kind"] == "state"),
        known_until={
            row["authority"]: _day(row, "known_until", "measures_reach")
            for row in knowledge.table("measures_reach")
        },
    )


def _rule(row: Row) -> Rule:
    return Rule(
        id=row["id"],
        authority=row["authority"],
        instrument=row["instrument"],
        paragraph=row["paragraph"],
        text=row["rule"],
        bound=_listed(row, "bound"),
        act=_word(row, "act", ACTS),
        target=_listed(row, "target"),
        scope=_word(row, "target_scope", SCOPES),
        scope_note=row["scope_note"],
        goods=_listed(row, "goods"),
        start=_day(row, "from", "measures"),
        end=_day(row, "until", "measures") if row["until"] else None,
        is_renewal_unknown=row["renewal"] == "unknown",
        exceptions=tuple(one.strip() for one in row["exceptions"].split(";") if one.strip()),
        approval=_word(row, "approval", APPROVALS),
        is_for_transit=row["transit"] == "yes",
        ended_by=row["ended_by"],
        is_binding=row["binding"] != "no",
        note=row["note"],
        source=row["source"],
        verified=row["verified"] or None,
    )


def _listed(row: Row, column: str) -> tuple[str, ...]:
    found = tuple(one.strip() for one in row[column].split(";") if one.strip())
    if not found:
        raise KnowledgeError(
            f"{column} is empty", where=f"measures, {row['id']}", todo="Write one or more, with `;` between."
        )
    return found


def _word(row: Row, column: str, known: tuple[str, ...]) -> str:
    if row[column] not in known:
        raise KnowledgeError(
            f"{row[column]!r} is no {column} that the program knows",
            where=f"measures, {row['id']}",
            todo=f"It knows: {', '.join(filter(None, known))}.",
        )
    return row[column]


def _day(row: Row, column: str, table: str) -> date:
    try:
        return date.fromisoformat(row[column])
    except ValueError:
        raise KnowledgeError(
            f"{row[column]!r} is no day",
            where=f"{table}, {next(iter(row.values()))}, {column}",
            todo="Write it like 2016-03-02.",
        ) from None


def _members(knowledge: Knowledge) -> dict[tuple[str, str], tuple[tuple[date, date | None], ...]]:
    found: dict[tuple[str, str], tuple[tuple[date, date | None], ...]] = {}
    for row in knowledge.table("memberships"):
        until = _day(row, "until", "memberships") if row["until"] else None
        key = (row["body"], row["member"])
        found[key] = (*found.get(key, ()), (_day(row, "from", "memberships"), until))
    return found


def _homes(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """States where each armed group is at home: of the table of areas, else the states that the table of
    names asks for around its name."""
    found = dict(_named_homes(knowledge))
    found.update({row["group"]: (row["state"],) for row in knowledge.table("group_areas")})
    return found


def _named_homes(knowledge: Knowledge) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in knowledge.table("actors_contextual"):
        codes = tuple(one for one in row["codes"].split() if _STATE.fullmatch(one))
        if row["kind"] == "group" and codes:
            yield row["code"], codes
