"""Families of copies: the reports that hang together as copies, and from which each has its text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tidewaiter.edtf import safe, sort_key
from tidewaiter.model import Copy


class Member(NamedTuple):
    """A report of a family."""

    document: str  # id
    day: str | None  # EDTF, of its publication
    sources: tuple[Copy, ...]  # pairs in which it derives from the other, the likeliest source first
    derived: tuple[Copy, ...]  # pairs in which the other derives from it
    unclear: tuple[Copy, ...]  # pairs of which the direction is not known

    @property
    def source(self) -> str | None:
        """The report that it is likeliest to have its text from; None where none is known."""
        return None if not self.sources else other_of(self.sources[0], self.document)


class Family(NamedTuple):
    """Reports of which each is a copy of another, or has one."""

    members: tuple[Member, ...]  # in order of day; those without one last

    @property
    def id(self) -> str:
        """The id of the report of it that was seen first."""
        return self.members[0].document


def other_of(copy: Copy, document: str) -> str:
    """The other one of a pair."""
    return copy.b if copy.a == document else copy.a


def source_of(copy: Copy) -> str | None:
    """Which of a pair the other derives from; None where that is not known."""
    return {"a->b": copy.a, "b->a": copy.b}.get(copy.direction or "")


def families_of(copies: Iterable[Copy], days: Mapping[str, str | None]) -> tuple[Family, ...]:
    """The families that pairs make, the largest first.  ``days``: of publication (EDTF), by document id.

    Does not depend on the order of the pairs.
    """
    of: dict[str, list[Copy]] = {}
    head: dict[str, str] = {}

    def top(name: str) -> str:
        while head.setdefault(name, name) != name:
            head[name] = name = head[head[name]]
        return name

    for copy in sorted(copies, key=lambda one: (one.a, one.b)):
        of.setdefault(copy.a, []).append(copy)
        of.setdefault(copy.b, []).append(copy)
        a, b = sorted((top(copy.a), top(copy.b)))
        head[b] = a
    together: dict[str, list[str]] = {}
    for name in sorted(of):
        together.setdefault(top(name), []).append(name)

    def place(name: str) -> tuple[object, str]:
        return sort_key(safe(days.get(name))), name

    found = [
        Family(tuple(_member(name, of[name], days) for name in sorted(names, key=place)))
        for names in together.values()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.members), place(one.id))))


def _member(name: str, pairs: Iterable[Copy], days: Mapping[str, str | None]) -> Member:
    def likeliest(copy: Copy) -> tuple[float, object, str]:
        other = other_of(copy, name)
        return -copy.similarity, sort_key(safe(days.get(other))), other

    ordered = sorted(pairs, key=likeliest)
    return Member(
        name,
        days.get(name),
        tuple(one for one in ordered if source_of(one) not in (None, name)),
        tuple(one for one in ordered if source_of(one) == name),
        tuple(one for one in ordered if source_of(one) is None),
    )
