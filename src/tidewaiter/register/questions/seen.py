"""What had been public of a transfer by a day: the claims heard, the reports that told of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tidewaiter import edtf
from tidewaiter.edtf import safe, safe_bounds
from tidewaiter.model import (
    AGAINST,
    STAGE_ORDER,
    Citation,
    Position,
    PositionClaim,
    ReportedTransfer,
    Stage,
    Stance,
)
from tidewaiter.register.origins import Weighed
from tidewaiter.register.positions import UNNAMED, is_other_figure
from tidewaiter.register.sources import Member, Sources, distinct
from tidewaiter.wording import in_text, is_count, spoken

NO_DAY = date.max
"""The day of reports without one: behind all others, for nothing tells that they were public before."""


def public_day(published: str | None, own: date) -> date:
    """The day by which a report was public: the latest that its publication can be.

    ``own``: the register's day.  Of a report of "March" that is in a register of 7 March, it was out by then.
    """
    first, latest = safe_bounds(published)
    if latest is None:
        return NO_DAY
    return own if first is not None and first <= own < latest else latest


def day_told(published: Iterable[str | None], day: date) -> str | None:
    """A day of the public clock as EDTF: "on or before" where no publication of it is known to the day;
    None for reports without a day."""
    if day == NO_DAY:
        return None
    is_exact = any(safe_bounds(one) == (day, day) for one in published)
    return day.isoformat() if is_exact else f"[..{day.isoformat()}]"


@dataclass(frozen=True, slots=True)
class Heard:
    """A claim on the transfer, and by when it was public."""

    claim: PositionClaim
    actor: str  # as in positions
    label: str
    day: date  # by which its report was public
    said: str | None  # EDTF: the day of saying, else that by which these words were first public

    @property
    def key(self) -> tuple[str, str]:
        return self.claim.document, self.claim.claim

    def is_after(self, other: Heard) -> bool:
        """Whether it was certainly said later."""
        return edtf.is_certainly_before(other.said, self.said) is True


@dataclass(frozen=True, slots=True)
class Facts:
    """What does not change from day to day."""

    sources: Sources
    supplier: str | None
    recipient: str | None
    weighed: Weighed
    as_of: str | None  # ISO day of the last report, not after the register's own
    told: Mapping[Member, ReportedTransfer]
    replaced: Mapping[tuple[str, str], date]  # by when a claim's side gave another figure for the same
    _cited: dict[tuple[Member, tuple[str, ...]], tuple[Citation, ...]] = field(default_factory=dict)

    def cite(self, members: Iterable[Member], *fields: str) -> tuple[Citation, ...]:
        """The words of the first of ``fields`` that each report has words for; looked up once."""
        found: list[Citation] = []
        for member in members:
            key = (member, fields)
            if key not in self._cited:
                self._cited[key] = self.sources.cite_field((member,), *fields)
            found += self._cited[key]
        return distinct(found)

    @property
    def until(self) -> str:
        return "in these undated reports" if self.as_of is None else f"as of {spoken(self.as_of)}"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was public by a day."""

    facts: Facts
    day: date
    heard: tuple[Heard, ...]
    members: tuple[Member, ...]
    fresh_members: tuple[Member, ...]  # those that became public on the day itself
    standing: tuple[Heard, ...]  # assertions that their speakers have not gone back on

    @property
    def fresh(self) -> tuple[Heard, ...]:
        """The claims that became public on the day itself."""
        return tuple(one for one in self.heard if one.day == self.day)

    def taking(self, *stances: Stance) -> list[Heard]:
        return [one for one in self.heard if one.claim.stance in stances]

    def told(self) -> list[ReportedTransfer]:
        """What the reports themselves tell."""
        return [self.facts.told[member] for member in self.members]


def cited(heard: Iterable[Heard]) -> tuple[Citation, ...]:
    """The words of claims."""
    return distinct(one.claim.citation for one in heard)


def heard_of(
    sources: Sources, positions: Sequence[Position], copies: Iterable[tuple[str, ...]]
) -> tuple[Heard, ...]:
    """Every claim with its days, in order; ``copies``: the documents in groups of copies."""
    first: dict[str, date] = {}
    own = date.fromisoformat(sources.as_of)
    for group in copies:
        day = min(public_day(sources.published[document], own) for document in group)
        first.update(dict.fromkeys(group, day))
    found = [
        Heard(
            claim,
            position.actor,
            position.label,
            public_day(claim.published, own),
            _said(claim, first.get(claim.document, public_day(claim.published, own))),
        )
        for position in positions
        for claim in position.claims
    ]
    return tuple(sorted(found, key=lambda one: (one.day, edtf.sort_key(one.said), one.key)))


def _said(claim: PositionClaim, first_public: date) -> str | None:
    said = safe(claim.said_on)
    if said is not None and edtf.has_year(said):
        return said
    return None if first_public == NO_DAY else first_public.isoformat()


def days_of(facts: Facts, heard: Sequence[Heard], members: Sequence[Member], last: date) -> Iterator[Seen]:
    """What was public, day by day on which something was added, up to ``last``, the register's own day;
    undated reports at the end."""
    published = facts.sources.published
    by_member = {member: public_day(published[member[0]], last) for member in members}
    back = _taken_back(heard)
    for day in sorted({*by_member.values(), *(one.day for one in heard)}):
        if _is_within(day, last):
            here = tuple(one for one in heard if one.day <= day and _is_within(one.day, last))
            yield Seen(
                facts,
                day,
                here,
                tuple(one for one, its in by_member.items() if its <= day and _is_within(its, last)),
                tuple(one for one, its in by_member.items() if its == day),
                tuple(
                    one
                    for one in here
                    if one.claim.stance is Stance.ASSERTS and not (one.key in back and back[one.key] <= day)
                ),
            )


def _is_within(day: date, last: date) -> bool:
    return day <= last or day == NO_DAY


def _taken_back(heard: Sequence[Heard]) -> Mapping[tuple[str, str], date]:
    """By when each assertion was taken back: whoever later denies or doubts it says less than before."""
    denials: dict[str, list[Heard]] = {}
    for one in heard:
        if one.claim.stance in AGAINST and one.actor != UNNAMED:
            denials.setdefault(one.actor, []).append(one)
    return {
        one.key: min(days)
        for one in heard
        if one.claim.stance is Stance.ASSERTS
        and (days := [other.day for other in denials.get(one.actor, ()) if _takes_back(other, one)])
    }


def replaced(heard: Sequence[Heard]) -> Mapping[tuple[str, str], date]:
    """By when the side of each claim with a figure had given another one for the same."""
    by_actor: dict[str, list[Heard]] = {}
    for one in heard:
        if is_count(one.claim.quantity):
            by_actor.setdefault(one.actor, []).append(one)
    return {
        one.key: min(days)
        for claims in by_actor.values()
        for one in claims
        if (
            days := [
                other.day
                for other in claims
                if is_other_figure(one.claim, other.claim) and other.is_after(one)
            ]
        )
    }


def _takes_back(denial: Heard, one: Heard) -> bool:
    admitted = denial.claim.stage
    if admitted is not None and STAGE_ORDER[admitted] >= STAGE_ORDER[one.claim.stage or Stage.UNCLEAR] > 0:
        return False
    return denial.is_after(one)


def labels_of(heard: Iterable[Heard]) -> str:
    """Whose claims they are, each once: "Chile, the United States"."""
    return ", ".join(dict.fromkeys(in_text(one.label) for one in heard))
