"""The claims on a row, as what brings a change: who said it first, and on what day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from tidewaiter.edtf import is_certainly_before, safe, safe_bounds
from tidewaiter.model import Citation, Position, PositionClaim, RegisterRow, Stage, Stance
from tidewaiter.register.changes.facts import Days, first
from tidewaiter.register.sources import between, distinct
from tidewaiter.wording import speaker_words


class Said(NamedTuple):
    """A claim, with the position that it is a step of."""

    position: Position
    claim: PositionClaim

    @property
    def word(self) -> str:
        return f"{self.claim.document}:{self.claim.claim}"

    @property
    def day(self) -> str | None:
        """When it was said: the day told, else not after the publication."""
        return safe(self.claim.said_on) or between(None, self.claim.published)

    @property
    def who(self) -> str:
        return speaker_words(self.claim.speaker, self.position.label)


def said_in(row: RegisterRow, *stances: Stance) -> Iterator[Said]:
    """The claims of a row, of certain stances where these are named."""
    for position in row.positions:
        for claim in position.claims:
            if not stances or claim.stance in stances:
                yield Said(position, claim)


def asserting(row: RegisterRow, stage: Stage) -> list[Said]:
    """The claims by which somebody says that it came to a stage."""
    return [one for one in said_in(row, Stance.ASSERTS) if one.claim.stage is stage]


def earliest(said: Iterable[Said]) -> Said:
    """The claim that was made by the earliest day, of those that name one exactly first."""
    return min(said, key=lambda one: (safe_bounds(one.day).latest or date.max, one.word))


def words_of(said: Iterable[Said], days: Days) -> tuple[str, ...]:
    """The ids of the claims, in order of publication."""
    return first((one.word for one in said), days)


def citations_of(said: Sequence[Said]) -> tuple[Citation, ...]:
    """The words of the claims, those that were said first first; without those of which none is known."""
    head = earliest(said)
    cited = distinct((head.claim.citation, *(one.claim.citation for one in said)))
    return tuple(one for one in cited if one.spans)


def is_later(one: Said, other: Said) -> bool:
    """Whether one was certainly said after the other."""
    return is_certainly_before(other.day, one.day) is True
