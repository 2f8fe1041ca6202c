"""What the analysers of claims share: a document with look-ups, a voice in it, its stand on a transfer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tidewaiter.model import (
    ActorKind,
    ActorMention,
    ReportedTransfer,
    Spans,
    Speaker,
    Stage,
    Stance,
    Statement,
)
from tidewaiter.reading.deals.drafts import Draft
from tidewaiter.reading.deals.transfers import Account
from tidewaiter.reading.entities import Entities, at
from tidewaiter.reading.parse import Parsed

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

Parties = tuple[str | None, str | None]
"""Who gives and who gets."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A statement with one of its sources, resolved as far as it can be; without ``source`` words
    nobody is known to say it.  Without a statement the text tells of an answer, but not in whose words."""

    statement: Statement | None
    speaker: Speaker
    kind: ActorKind | None
    source: Spans
    cue: Spans
    content: Spans
    cue_class: str

    @property
    def negated(self) -> bool:
        return self.statement is not None and self.statement.negated


@dataclass(frozen=True, slots=True)
class Stand:
    """One speaker's stance on one transfer at one place."""

    transfer: str
    stance: Stance
    voice: Voice
    draft: Draft | None
    ground: Spans
    stage: Stage | None = None  # where no draft tells it


@dataclass(frozen=True)
class Hearing:
    """A document and what it tells of transfers, with the look-ups that claims need."""

    parsed: Parsed
    entities: Entities
    told: Account

    @property
    def text(self) -> str:
        return self.parsed.text

    @cached_property
    def placed(self) -> tuple[tuple[Draft, str], ...]:
        """The drafts that belong to a reported transfer, with its id."""
        return tuple(self.told.placed())

    @cached_property
    def by_id(self) -> Mapping[str, ReportedTransfer]:
        return {one.id: one for one in self.told.transfers}

    @cached_property
    def pairs(self) -> frozenset[Parties]:
        """Who gives to whom, by the whole document."""
        return frozenset(parties(one) for one in self.told.transfers)

    @cached_property
    def _of_party(self) -> Mapping[str, tuple[ReportedTransfer, ...]]:
        found: dict[str, list[ReportedTransfer]] = {}
        for one in self.told.transfers:
            for code in {one.supplier, one.recipient} - {None}:
                found.setdefault(code or "", []).append(one)
        return {code: tuple(members) for code, members in found.items()}

    def of(self, codes: Iterable[str]) -> tuple[ReportedTransfer, ...]:
        """The transfers in which one of some actors has a part."""
        return tuple(one for code in sorted(codes) for one in self._of_party.get(code, ()))

    @cached_property
    def _places(self) -> tuple[list[int], list[str]]:
        ordered = sorted((draft.trigger.start, transfer) for draft, transfer in self.placed)
        return [place for place, _ in ordered], [transfer for _, transfer in ordered]

    def words(self, spans: Spans) -> str:
        """The words at ``spans``."""
        return " ".join(self.text[start:end] for start, end in spans)

    def is_party(self, actor: str | None, transfer: str) -> bool:
        """Whether an actor gives or gets in a transfer."""
        one = self.by_id[transfer]
        return actor is not None and actor in (one.supplier, one.recipient)

    def last_before(self, position: int, actor: str | None = None) -> tuple[str, int] | None:
        """The transfer last spoken of before ``position``, with the distance; only those in which ``actor``
        has a part, if one is given."""
        places, transfers = self._places
        for number in range(bisect_right(places, position) - 1, -1, -1):
            if actor is None or self.is_party(actor, transfers[number]):
                return transfers[number], position - places[number]
        return None

    def first_of(self, actor: str) -> str | None:
        """The first transfer in which an actor has a part."""
        return next((one.id for one in self._of_party.get(actor, ())), None)

    def actor_at(self, token: Token) -> ActorMention | None:
        return at(self.entities.actors, token.idx)

    def tokens(self, spans: Spans) -> list[Token]:
        """The tokens that ``spans`` touch, in order."""
        return [token for span in spans for token in self.parsed.tokens(span) or ()]

    def token_at(self, position: int) -> Token | None:
        index = self.parsed.doc.index_at(position)
        return self.parsed.doc.tokens[index] if index is not None else None

    @cached_property
    def media(self) -> Mapping[str, ActorMention]:
        """The first mention of each medium, by its name."""
        named = [one for one in self.entities.actors if one.kind is ActorKind.MEDIA and one.name]
        return {one.name or "": one for one in reversed(named)}

    @cached_property
    def states_of_names(self) -> Mapping[str, str]:
        """Whom the persons of the document speak for, by full and by last name, where only one is told."""
        told: dict[str, set[str]] = {}
        for actor in self.entities.actors:
            if actor.kind is ActorKind.PERSON and actor.code is not None and actor.name:
                name = actor.name.casefold()
                told.setdefault(name, set()).add(actor.code)
                told.setdefault(name.split()[-1], set()).add(actor.code)
        return {name: next(iter(codes)) for name, codes in told.items() if len(codes) == 1}


def parties(one: ReportedTransfer) -> Parties:
    """Who gives and who gets in a transfer."""
    return one.supplier, one.recipient
