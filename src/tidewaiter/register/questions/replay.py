"""Questions over time: the reports of a transfer are gone through in the order in which they were public,
and what is asked after each day is held against what was asked before.

A question is open from the first day on which it has to be asked to the first on which it has not; where it
has to be asked again later, that is a second one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tidewaiter.model import Citation, Closing, OpenQuestion, QuestionState
from tidewaiter.register.questions.seen import NO_DAY, Facts, Seen, cited, day_told, labels_of


@dataclass(frozen=True, slots=True)
class Raised:
    """A question that has to be asked by what was public on a day."""

    about: str
    text: str  # without the day up to which it holds
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One kind of question."""

    kind: str
    raised: Callable[[Seen], Iterable[Raised]]
    answered: Callable[[Seen, str], Closing | None]  # by the reports of the day; about


@dataclass(slots=True)
class _Running:
    opened: Raised
    on: str | None
    now: Raised


def replay(asked: Asked, days: Sequence[Seen], facts: Facts) -> tuple[list[OpenQuestion], list[OpenQuestion]]:
    """The questions of one kind that are open after the last day, and those that were answered."""
    running: dict[str, _Running] = {}
    closed: list[OpenQuestion] = []
    for seen in days:
        now = {one.about: one for one in asked.raised(seen)}
        day = _day(facts, seen)
        for about in sorted(running.keys() - now.keys()):
            closed.append(_closed(asked, about, running.pop(about), seen, day))
        for about, one in now.items():
            if about in running:
                running[about].now = one
            elif one.citations:
                running[about] = _Running(one, day, one)
    return [_open(asked.kind, about, running[about], facts) for about in sorted(running)], closed


def _day(facts: Facts, seen: Seen) -> str | None:
    published = (facts.sources.published[document] for document, _ in seen.fresh_members)
    return day_told(published, seen.day)


def _open(kind: str, about: str, one: _Running, facts: Facts) -> OpenQuestion:
    return OpenQuestion(
        kind=kind,
        text=f"{one.now.text} {facts.until}",
        as_of=facts.as_of,
        citations=one.now.citations,
        about=about,
        since=one.on,
        asked=one.opened.text.rstrip(","),
        opened_by=one.opened.citations,
    )


def _closed(asked: Asked, about: str, one: _Running, seen: Seen, day: str | None) -> OpenQuestion:
    closing = asked.answered(seen, about) or _otherwise(seen)
    return replace(
        _open(asked.kind, about, one, seen.facts),
        text=one.now.text.rstrip(","),
        as_of=None if seen.day == NO_DAY else seen.day.isoformat(),
        state=QuestionState.CLOSED,
        closed_on=day,
        closed_by=closing,
    )


def _otherwise(seen: Seen) -> Closing:
    """By whatever the reports of the day say of the transfer."""
    fresh = seen.fresh
    actors = {one.actor for one in fresh}
    if fresh:
        return Closing(
            f"by what {labels_of(fresh)} said then", min(actors) if len(actors) == 1 else None, cited(fresh)
        )
    words = seen.facts.cite(seen.fresh_members, "stage", "trigger")
    return Closing("by what was reported then", None, words)


def in_order(found: Iterable[OpenQuestion]) -> tuple[OpenQuestion, ...]:
    """Closed questions in the order in which they were answered; those of unknown day last."""

    def order(one: OpenQuestion) -> tuple[str, str, str, str]:
        last = date.max.isoformat()
        return one.as_of or last, one.kind, one.about, one.since or last

    return tuple(sorted(found, key=order))
