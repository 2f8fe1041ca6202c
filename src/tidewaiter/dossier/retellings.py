"""Utterances that several reports retell, made ready for the page: which words of each telling drifted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tidewaiter.dossier.notes import slug
from tidewaiter.model import Drift, DriftKind, Utterance, Variant

SHOWN = 40
"""Utterances that the page shows, those told in most reports first; the export has all."""

DRIFT_WORDS: Mapping[DriftKind, str] = {
    DriftKind.SYNONYM: "other words",
    DriftKind.OMISSION: "left out",
    DriftKind.ADDITION: "added",
    DriftKind.HEDGE_WEAKENED: "said as surer",
    DriftKind.HEDGE_DROPPED: "reservation gone",
    DriftKind.NUMBER_CHANGED: "another number",
    DriftKind.AND_OR: "“and” for “or”, or the reverse",
    DriftKind.NEGATION_FLIPPED: "“not” gone or added",
}

GRAVE = (
    DriftKind.NEGATION_FLIPPED,
    DriftKind.NUMBER_CHANGED,
    DriftKind.HEDGE_DROPPED,
    DriftKind.HEDGE_WEAKENED,
    DriftKind.AND_OR,
)
"""What changes the meaning."""


class Piece(NamedTuple):
    """Words of a telling, and how they drifted."""

    text: str
    kind: DriftKind | None


@dataclass(frozen=True, slots=True)
class Retelling:
    """One telling of an utterance."""

    variant: Variant
    pieces: tuple[Piece, ...]  # its words, in order
    changes: tuple[tuple[DriftKind, tuple[Drift, ...]], ...]  # by kind, in the order of the variant's drift


@dataclass(frozen=True, slots=True)
class Retold:
    """One utterance."""

    utterance: Utterance
    id: str  # element id
    tellings: tuple[Retelling, ...]  # the likeliest wording first
    reports: int


class Retellings(NamedTuple):
    """What the section shows."""

    shown: tuple[Retold, ...]
    left_out: int


def retellings(utterances: Sequence[Utterance], fewest: int = 2) -> Retellings:
    """The utterances that at least ``fewest`` documents tell, as far as they are shown."""
    told = [(one, len({variant.citation.document for variant in one.variants})) for one in utterances]
    many = [
        Retold(one, f"said-{slug(one.id)}", _tellings(one), count) for one, count in told if count >= fewest
    ]
    return Retellings(tuple(many[:SHOWN]), max(0, len(many) - SHOWN))


def _tellings(utterance: Utterance) -> tuple[Retelling, ...]:
    return tuple(
        Retelling(one, tuple(_pieces(one)), tuple((kind, _of(one, kind)) for kind in _kinds(one)))
        for one in utterance.variants
    )


def _kinds(variant: Variant) -> list[DriftKind]:
    return list(dict.fromkeys(one.kind for one in variant.drift))


def _of(variant: Variant, kind: DriftKind) -> tuple[Drift, ...]:
    return tuple(one for one in variant.drift if one.kind is kind)


def _pieces(variant: Variant) -> Iterator[Piece]:
    """The words of a telling, cut where the words that drifted begin and end; of two that overlap the
    graver, which comes first in the variant's drift."""
    quote = variant.citation.quote
    taken: list[tuple[int, int, DriftKind]] = []
    for one in variant.drift:
        start = quote.find(one.variant) if one.variant else -1
        end = start + len(one.variant)
        if start >= 0 and all(end <= first or last <= start for first, last, _ in taken):
            taken.append((start, end, one.kind))
    at = 0
    for start, end, kind in sorted(taken):
        if at < start:
            yield Piece(quote[at:start], None)
        yield Piece(quote[start:end], kind)
        at = end
    if at < len(quote):
        yield Piece(quote[at:], None)
