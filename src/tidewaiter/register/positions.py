"""What each actor has said about a transfer, over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby, pairwise

from tidewaiter import edtf
from tidewaiter.knowledge import Knowledge
from tidewaiter.model import STAGE_ORDER, Position, PositionClaim, Speaker, Stage, Stance
from tidewaiter.register.sources import Sources, Told
from tidewaiter.wording import STANCE_WORDS, is_count

ADMITTING = (Stance.ASSERTS, Stance.DENIES)
"""Stances whose stage is one that the speaker admits: a denial may admit an earlier one."""
UNNAMED = "unnamed speaker"
BEFORE_NAMES = frozenset(("a", "an", "its", "our", "the", "their"))
"""Small words that may stand before an office in one report and not in another."""


def positions_of(sources: Sources, claims: Sequence[Told]) -> tuple[Position, ...]:
    """The positions on one transfer: those that assert first, then by name."""
    actors = actors_of(claims)
    by_actor: dict[str, list[Told]] = {}
    called: dict[str, str] = {}  # as first told; elsewhere it may begin a sentence
    speaks_for = _spoken_for(claims, actors, sources.knowledge)
    for told in claims:
        actor = speaks_for.get(told.claim.id) or actor_of(told.claim.speaker, actors)
        by_actor.setdefault(called.setdefault(actor.casefold(), actor), []).append(told)
    found = [_position(sources, actor, told, speaks_for) for actor, told in by_actor.items()]
    return tuple(sorted(found, key=lambda one: (not one.summary.startswith("asserts"), one.label, one.actor)))


# ------------------------------------------------------------------------------------ who it is


def actor_of(speaker: Speaker, actors: Mapping[str, str]) -> str:
    """The code that a speaker speaks for, else the name or role.

    ``actors``: codes by name, from the other claims on the same transfer (``actors_of``).
    """
    if speaker.actor is not None:
        return speaker.actor
    called = _called(speaker)
    return actors.get(called.casefold()) or called or UNNAMED


def actors_of(claims: Iterable[Told]) -> Mapping[str, str]:
    """Codes, or fuller names, by the names that speakers are called, in lower case; a name that stands
    for two is left out.  One report may say whose spokesman somebody is, and another only the name or the
    surname; a diplomat from somewhere is "the diplomat" the next time."""
    meant: dict[str, set[str]] = {}
    for told in claims:
        speaker = told.claim.speaker
        name = _called(speaker)
        if speaker.actor is not None:
            for form in (name, *name.split()[-1:]) if speaker.name else (name,):
                meant.setdefault(form.casefold(), set()).add(speaker.actor)
        elif " " in name:
            meant.setdefault(name.split()[-1].casefold(), set()).add(name)
    return {name: min(found) for name, found in meant.items() if len(found) == 1}


def _called(speaker: Speaker) -> str:
    """Name or role without the small words before it."""
    words = (speaker.name or speaker.role or "").split()
    while words and words[0].casefold() in BEFORE_NAMES:
        del words[0]
    return " ".join(words)


def _spoken_for(claims: Sequence[Told], actors: Mapping[str, str], tables: Knowledge) -> Mapping[str, str]:
    """For which actor spokesmen speak of whom no report says that, by claim: of the one that the same report
    has take the same stance.  Where that is nobody, or several do, a spokesman stays apart."""
    found: dict[str, str] = {}
    for told in claims:
        speaker = told.claim.speaker
        if speaker.actor is not None or not _is_spokesman(speaker, tables):
            continue
        if actors.get(_called(speaker).casefold()):
            continue
        beside = {
            other.claim.speaker.actor
            for other in claims
            if other.document == told.document and other.claim.stance is told.claim.stance
        } - {None}
        if len(beside) == 1:
            found[told.claim.id] = next(iter(beside)) or ""
    return found


def _is_spokesman(speaker: Speaker, tables: Knowledge) -> bool:
    words = f"{speaker.role or ''} {speaker.name or ''}".casefold().split()
    return not _spokesmen(tables).isdisjoint(words)


@lru_cache(maxsize=4)
def _spokesmen(tables: Knowledge) -> frozenset[str]:
    """Words for whoever speaks for another."""
    found = (row["text"].casefold() for row in tables.table("actors_roles") if row["class"] == "speaker")
    return frozenset(words for words in found if " " not in words)


# ------------------------------------------------------------------------------------ what it says


def _position(sources: Sources, actor: str, claims: list[Told], speaks_for: Mapping[str, str]) -> Position:
    ordered = sorted(claims, key=lambda told: _order(sources, told))
    steps = tuple(_step(sources, told) for told in ordered)
    days = [sources.day(told) for told in ordered]
    return Position(
        actor=actor,
        label=sources.label(actor),
        summary=summary_of([(sources.day(told), told.claim.stance) for told in ordered]),
        furthest=furthest(told.claim.stage for told in ordered if told.claim.stance in ADMITTING),
        claims=tuple(
            replace(one, superseded_by=_later_figure(place, steps, days)) for place, one in enumerate(steps)
        ),
        counted=tuple(
            dict.fromkeys(
                f"{_called(told.claim.speaker)} is counted with {sources.label(actor)}: a report does not say"
                " for whom the words are spoken, and has nobody else say the same"
                for told in ordered
                if told.claim.id in speaks_for
            )
        ),
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


def _later_figure(place: int, steps: Sequence[PositionClaim], days: Sequence[str | None]) -> str | None:
    """The claim by which the same side certainly later gave another figure for the same: what it said
    before is history then, no contradiction.  The last one, where there are several."""
    one = steps[place]
    if one.stance is not Stance.ASSERTS or not is_count(one.quantity):
        return None
    later = [
        other
        for other, day in zip(steps, days, strict=True)
        if edtf.is_certainly_before(days[place], day) is True and is_other_figure(one, other)
    ]
    return later[-1].claim if later else None


def is_other_figure(one: PositionClaim, other: PositionClaim) -> bool:
    """Whether both count the same goods at the same stage, to another number."""
    a, b = one.quantity, other.quantity
    if a is None or b is None or other.stance is not Stance.ASSERTS or not is_count(b):
        return False
    return one.stage is other.stage and (a.unit or "") == (b.unit or "") and (a.min, a.max) != (b.min, b.max)


def summary_of(steps: Sequence[tuple[str | None, Stance]]) -> str:
    """The stances in order of time: "asserts", "denies", "asserts; later denies".

    "later" stands only where the days say so; where they do not, "also", and nothing said before.
    """
    runs = [list(run) for _, run in groupby(steps, key=lambda step: step[1])]
    words = [STANCE_WORDS[runs[0][0][1]]] if runs else []
    taken = {run[0][1] for run in runs[:1]}
    for before, after in pairwise(runs):
        stance = after[0][1]
        if edtf.is_certainly_before(before[-1][0], after[0][0]):
            words.append(f"later {STANCE_WORDS[stance]}")
        elif stance not in taken:
            words.append(f"also {STANCE_WORDS[stance]}")
        taken.add(stance)
    return "; ".join(dict.fromkeys(words))


def furthest(stages: Iterable[Stage | None]) -> Stage | None:
    """The furthest of the stages that are known; an unclear one says nothing."""
    known = (stage for stage in stages if stage not in (None, Stage.UNCLEAR))
    return max(known, key=lambda stage: STAGE_ORDER[stage], default=None)
