"""The things named in a document, with the look-ups that later analysers need."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from tidewaiter.model import ActorMention, QuantityMention, Span, TimeMention, WeaponMention


class HasSpan(Protocol):
    """Anything found at a place in the text."""

    @property
    def span(self) -> Span: ...


Found = TypeVar("Found", bound=HasSpan)

LONGEST_MENTION = 2_000
"""Characters; nothing that is named in a report is longer."""


@dataclass(frozen=True, slots=True)
class Entities:
    """Actors, times, quantities and weapons of one document, each in order of the text."""

    actors: tuple[ActorMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    quantities: tuple[QuantityMention, ...] = ()
    weapons: tuple[WeaponMention, ...] = ()


def within(found: Sequence[Found], span: Span) -> tuple[Found, ...]:
    """Those that lie inside ``span``; ``found`` is in order of the text."""
    return tuple(one for one in starting_in(found, span.start, span.end) if one.span.end <= span.end)


def starting_in(found: Sequence[Found], start: int, end: int) -> Sequence[Found]:
    """Those that begin in ``text[start:end]``, found by halves; ``found`` is in order of the text."""
    first = bisect_left(found, start, key=_start)
    return found[first : bisect_left(found, end, first, key=_start)]


def touching(found: Sequence[Found], spans: Iterable[Span]) -> list[Found]:
    """Those that share a character with one of ``spans``; ``found`` is in order of the text."""
    ordered = sorted(spans)
    if not ordered:
        return []
    near = starting_in(found, ordered[0].start - LONGEST_MENTION, max(span.end for span in ordered))
    return [one for one in near if any(_overlap(one.span, span) for span in ordered)]


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _start(one: HasSpan) -> int:
    return one.span.start


def at(found: Sequence[Found], position: int) -> Found | None:
    """The first one that covers ``position``; ``found`` is in order of the text."""
    near = starting_in(found, position - LONGEST_MENTION, position + 1)
    return next((one for one in near if position < one.span.end), None)
