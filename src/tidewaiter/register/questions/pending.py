"""Responses that were announced or threatened and not reported as done: asked of each transfer that they
answer, from the first report of the announcement to that of what ended the waiting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from tidewaiter.model import (
    Closing,
    OpenQuestion,
    QuestionState,
    RegisterResponse,
    RegisterRow,
    ResponseKind,
    ResponseStatus,
    ResponseStep,
)
from tidewaiter.register.histories import WAITING
from tidewaiter.register.questions.replay import in_order
from tidewaiter.register.questions.seen import public_day
from tidewaiter.wording import name_of, plain, possessive, spoken

KIND = "response_pending"

_ENDED: Mapping[ResponseStatus, str] = {
    ResponseStatus.DONE: "reported as done",
    ResponseStatus.BLOCKED: "reported as blocked",
    ResponseStatus.LIFTED: "reported as lifted",
}


def with_pending(
    rows: Sequence[RegisterRow], responses: Iterable[RegisterResponse], as_of: str, names: Mapping[str, str]
) -> tuple[RegisterRow, ...]:
    """The rows, each with what is asked of the responses to it; ``as_of``: the register's own day."""
    asked: dict[str, list[OpenQuestion]] = {}
    for response in responses:
        question = _question(response, date.fromisoformat(as_of), names)
        for row in response.transfers if question is not None else ():
            asked.setdefault(row, []).append(question)  # type: ignore[arg-type]
    return tuple(_with(row, asked[row.id], as_of) if row.id in asked else row for row in rows)


def _with(row: RegisterRow, asked: Sequence[OpenQuestion], as_of: str) -> RegisterRow:
    still = [_until(one, row, as_of) for one in asked if one.state is QuestionState.OPEN]
    closed = [one for one in asked if one.state is QuestionState.CLOSED]
    return replace(
        row,
        open=(*row.open, *sorted(still, key=lambda one: (one.since or "~", one.about))),
        closed=in_order((*row.closed, *closed)),
    )


def _until(one: OpenQuestion, row: RegisterRow, as_of: str) -> OpenQuestion:
    """It is open as of the last report of the transfer or of the response."""
    days = [day for day in (one.as_of, row.last_report and min(row.last_report, as_of)) if day]
    if not days:
        return replace(one, text=f"{one.text} in these undated reports")
    return replace(one, text=f"{one.text} as of {spoken(max(days))}", as_of=max(days))


def _question(response: RegisterResponse, as_of: date, names: Mapping[str, str]) -> OpenQuestion | None:
    """What is asked of one response; None where it was never only announced, or ended as soon as that."""
    known = [one for one in response.history if _is_known(one, as_of)]
    waiting = [one for one in known if one.status in WAITING]
    if not waiting:
        return None
    ended = [one for one in known if one.status not in WAITING]

    def public(step: ResponseStep) -> date:
        return public_day(step.reported, as_of)

    first, last = min(waiting, key=public), waiting[-1]
    end = min(ended, key=public, default=None)
    if end is not None and public(end) <= public(first):
        return None
    until = max((public(one) for one in waiting if one.reported), default=None)
    question = OpenQuestion(
        kind=KIND,
        text=_words(response, last.status, names),
        as_of=None if until is None else until.isoformat(),
        citations=tuple(dict.fromkeys(cited for one in waiting for cited in one.citations)),
        about=response.id,
        since=first.reported,
        asked=_words(response, first.status, names),
        opened_by=first.citations,
    )
    if end is None:
        return question
    by = name_of(response.by, names) if response.by else "somebody"
    return replace(
        question,
        as_of=None if end.reported is None else public(end).isoformat(),
        state=QuestionState.CLOSED,
        closed_on=end.reported,
        closed_by=Closing(f"{_ENDED[end.status]} by {by}", response.by, end.citations),
    )


def _is_known(step: ResponseStep, as_of: date) -> bool:
    return step.reported is None or public_day(step.reported, as_of) <= as_of


def _words(response: RegisterResponse, status: ResponseStatus, names: Mapping[str, str]) -> str:
    """ "Norway's sanction against Mali announced, not yet reported as done"."""
    by = f"{possessive(name_of(response.by, names))} " if response.by else ""
    word = "of a draft by" if response.kind is ResponseKind.VETO else "against"
    against = f" {word} {name_of(response.against, names)}" if response.against else ""
    return f"{by}{plain(response.kind)}{against} {status}, not yet reported as done"
