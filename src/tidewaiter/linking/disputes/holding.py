"""What is held of every report while reports are compared: as little as it takes to find those that tell of
one thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from sys import intern
from typing import Any, NamedTuple

from tidewaiter.linking.disputes.accounts import Account, Profile
from tidewaiter.linking.disputes.disputing import Dispute
from tidewaiter.linking.disputes.inner import within
from tidewaiter.linking.texts.stems import stem

COMMON_REPORTS = 6
COMMON_SHARE = 0.15
"""Reports, no copies of one another, and their share of all, above which a word that they have is the case's
subject: it tells no event from another."""


class Facts(NamedTuple):
    """What of a report it takes to find those that it is compared with, and what is found in it alone."""

    inner: tuple[Dispute, ...]
    profile: Profile
    stems: frozenset[str]  # what the text is about

    @property
    def told(self) -> frozenset[str]:
        """All words that may tell an event from another, as they are compared."""
        return self.stems | {stem(word) for word in self.profile.rare}


def facts_of(account: Account) -> Facts:
    """What of a report is compared with others."""
    return Facts(tuple(within(account)), account.profile, account.told.stems)


class Brief(NamedTuple):
    """By what two reports are found to tell of one thing, beside names."""

    published: str | None  # EDTF
    actors: frozenset[str]
    days: frozenset[str]
    figures: frozenset[tuple[int, str]]


class Held:
    """What is held of the reports of a case; they are added in the order of their groups of copies."""

    def __init__(self, group: Mapping[str, int]) -> None:
        """``group``: of each document the number of its group of copies."""
        self.group = group
        self.briefs: dict[str, Brief] = {}
        self.persons: dict[str, dict[str, str | None]] = {}  # by name: who names them, as speaking for whom
        self.named: dict[str, list[str]] = {}  # by a rare word: who has it
        self._sets: dict[frozenset[Any], frozenset[Any]] = {}
        self._groups: dict[str, int] = {}  # by stem: in how many groups of copies it stands
        self._last: tuple[int, set[str]] = (-1, set())

    def add(self, facts: Facts) -> None:
        """Take in another report."""
        profile = facts.profile
        name = profile.document
        self.briefs[name] = Brief(
            profile.published,
            self._same(profile.actors),
            self._same(profile.days),
            self._same(profile.figures),
        )
        for person, told in profile.persons.items():
            self.persons.setdefault(person, {})[name] = told.actor
        for word in profile.rare:
            self.named.setdefault(intern(word), []).append(name)
        if self._last[0] != self.group[name]:
            self._count()
            self._last = self.group[name], set()
        self._last[1].update(facts.stems)

    def _same(self, values: frozenset[Any]) -> frozenset[Any]:
        """The first of the sets that are alike, so that each is held once."""
        return self._sets.setdefault(values, values)

    def _count(self) -> None:
        for one in self._last[1]:
            self._groups[one] = self._groups.get(one, 0) + 1
        self._last = (-1, set())

    def common(self) -> frozenset[str]:
        """The words that a good part of the case's reports have; copies count once."""
        self._count()
        least = max(COMMON_REPORTS, COMMON_SHARE * len({self.group[name] for name in self.briefs}))
        return frozenset(one for one, groups in self._groups.items() if groups > least)
