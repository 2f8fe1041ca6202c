"""What each actor has said about a transfer, over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from tidewaiter import edtf
from tidewaiter.model import STAGE_ORDER, Position, PositionClaim, Speaker, Stage, Stance
from tidewaiter.register.sources import Sources, Told

ADMITTING = (Stance.ASSERTS, Stance.DENIES)
"""Stances whose stage is one that the speaker admits: a denial may admit an earlier one."""
UNNAMED = "unnamed speaker"


def actor_of(speaker: Speaker) -> str:
    """The code that a speaker speaks for, else the name or role."""
    return speaker.actor or speaker.name or speaker.role or UNNAMED


def positions_of(sources: Sources, claims: Sequence[Told]) -> tuple[Position, ...]:
    """The positions on one transfer: those that assert first, then by name."""
    by_actor: dict[str, list[Told]] = {}
    for told in claims:
        by_actor.setdefault(actor_of(told.claim.speaker), []).append(told)
    found = [_position(sources, actor, told) for actor, told in by_actor.items()]
    return tuple(sorted(found, key=lambda one: (not one.summary.startswith("asserts"), one.label, one.actor)))


def _position(sources: Sources, actor: str, claims: list[Told]) -> Position:
    ordered = sorted(claims, key=lambda told: _order(sources, told))
    return Position(
        actor=actor,
        label=sources.label(actor),
        summary=summary_of([(sources.day(told), told.claim.stance) for told in ordered]),
        furthest=furthest(told.claim.stage for told in ordered if told.claim.stance in ADMITTING),
        claims=tuple(_step(sources, told) for told in ordered),
    )


def _order(sources: Sources, told: Told) -> tuple[tuple[int, str, str], str, str]:
    return edtf.sort_key(sources.day(told)), told.document, told.claim.id


def _step(sources: Sources, told: Told) -> PositionClaim:
    claim = told.claim
    return PositionClaim(
        claim=claim.id,
        document=told.document,
        speaker=claim.speaker,
        stance=claim.stance,
        stage=claim.stage,
        quantity=claim.quantity,
        said_on=claim.said_on,
        published=sources.published[told.document],
        citation=sources.cite_claim(told),
    )


def summary_of(steps: Sequence[tuple[str | None, Stance]]) -> str:
    """The stances in order of time: "asserts", "denies", "asserts; later denies".

    "later" stands only where the days say so; where they do not, "also".
    """
    runs = [list(run) for _, run in groupby(steps, key=lambda step: step[1])]
    words = [runs[0][0][1].value] if runs else []
    for before, after in pairwise(runs):
        is_later = edtf.is_certainly_before(before[-1][0], after[0][0]) is True
        words.append(f"{'later' if is_later else 'also'} {after[0][1].value}")
    return "; ".join(dict.fromkeys(words))


def furthest(stages: Iterable[Stage | None]) -> Stage | None:
    """The furthest of the stages that are known."""
    return max((s for s in stages if s is not None), key=lambda stage: STAGE_ORDER[stage], default=None)
