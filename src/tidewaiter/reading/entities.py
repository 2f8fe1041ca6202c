"""The things named in a document, with the look-ups that later analysers need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from tidewaiter.model import ActorMention, QuantityMention, Span, TimeMention, WeaponMention


class HasSpan(Protocol):
    """Anything found at a place in the text."""

    @property
    def span(self) -> Span: ...


Found = TypeVar("Found", bound=HasSpan)


@dataclass(frozen=True, slots=True)
class Entities:
    """Actors, times, quantities and weapons of one document, each in order of the text."""

    actors: tuple[ActorMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    quantities: tuple[QuantityMention, ...] = ()
    weapons: tuple[WeaponMention, ...] = ()


def within(found: Iterable[Found], span: Span) -> tuple[Found, ...]:
    """Those that lie inside ``span``."""
    return tuple(one for one in found if span.start <= one.span.start and one.span.end <= span.end)


def at(found: Sequence[Found], position: int) -> Found | None:
    """The first one that covers ``position``."""
    return next((one for one in found if one.span.start <= position < one.span.end), None)
