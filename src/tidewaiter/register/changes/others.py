"""Open questions, responses and contradictions, as facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tidewaiter.edtf import is_certainly_before, safe_bounds, sort_key
from tidewaiter.model import (
    ChangeKind,
    Discrepancy,
    OpenQuestion,
    RegisterResponse,
    RegisterRow,
    ResponseKind,
    ResponseStatus,
)
from tidewaiter.register.changes.claims import Said, earliest, said_in, words_of
from tidewaiter.register.changes.facts import Days, Fact, at, first, told_in
from tidewaiter.register.sources import between
from tidewaiter.wording import name_of, plain

NEXT_STEP_DAYS = 366
"""Days within which a response of the same kind by and against the same is a further step of it: our own
choice, as long as most sanctions and inquiries take from threat to deed."""

STATUS_ORDER: Mapping[ResponseStatus, int] = {
    ResponseStatus.THREATENED: 1,
    ResponseStatus.ANNOUNCED: 2,
    ResponseStatus.DONE: 3,
    ResponseStatus.BLOCKED: 3,
}
"""How far a response is; one that is blocked has come as far as one that is done."""


# ------------------------------------------------------------------------------------ questions


def question_facts(row: RegisterRow, days: Days) -> Iterator[Fact]:
    """What is open about a row."""
    for one in row.open:
        said = _asking(row, one)
        words = words_of(said, days) or told_in(row, {cited.document for cited in one.citations}, days)
        head = earliest(said) if said else None
        yield Fact(
            ChangeKind.QUESTION_OPENED, one.kind, _about(one, said), row.id,
            tuple(reported for _, reported in row.reported), words,
            head.day if head else None, head.position.actor if head else None,
            f"Open: {one.text}", f"No longer open: {one.text}", one.citations, None, one.kind,
        )  # fmt: skip


def _asking(row: RegisterRow, question: OpenQuestion) -> list[Said]:
    """The claims that make it a question: those that it cites."""
    cited = set(question.citations)
    return [one for one in said_in(row) if one.claim.citation in cited]


SINGLE = frozenset(("receipt", "quantity_single_origin", "route"))
"""Questions that a row has once, whoever raises them."""


def _about(question: OpenQuestion, said: Sequence[Said]) -> str:
    return said[0].position.actor if said and question.kind not in SINGLE else ""


# ------------------------------------------------------------------------------------ responses


def response_facts(
    responses: Sequence[RegisterResponse], rows: Mapping[str, RegisterRow], days: Days
) -> Iterator[Fact]:
    """What is done about it."""
    for one in responses:
        former = _step_before(one, responses)
        kind = ChangeKind.RESPONSE if former is None else ChangeKind.RESPONSE_STATUS
        words = first((at(cited) for cited in one.citations), days)
        published = next((days(word.partition(":")[0]) for word in words), None)
        text = response_words(one)
        members = [reported for row in one.transfers if row in rows for _, reported in rows[row].reported]
        on = one.on or between(None, published)
        yield Fact(
            kind, f"{one.kind}, {one.status}, {one.by}, {one.against}", one.on or "",
            next(iter(one.transfers), None), tuple(members), words, on, one.by,
            text, f"No report tells any more of this: {text}", one.citations,
            None if former is None else former.status.value, one.status.value,
        )  # fmt: skip


def _step_before(one: RegisterResponse, responses: Sequence[RegisterResponse]) -> RegisterResponse | None:
    """The step of the same response that came before, where the days tell."""
    steps = [
        other
        for other in responses
        if (other.kind, other.by, other.against) == (one.kind, one.by, one.against)
        and one.by is not None
        and STATUS_ORDER[other.status] < STATUS_ORDER[one.status]
        and is_certainly_before(other.on, one.on)
        and _days_apart(other.on, one.on) <= NEXT_STEP_DAYS
        and (None in (one.target, other.target) or one.target == other.target)
    ]
    return max(steps, key=lambda step: sort_key(step.on), default=None)


def _days_apart(before: str | None, after: str | None) -> int:
    first_day, last_day = safe_bounds(before).latest, safe_bounds(after).earliest
    return NEXT_STEP_DAYS + 1 if first_day is None or last_day is None else (last_day - first_day).days


def response_words(one: RegisterResponse) -> str:
    """ "United States: sanction against Iran, a firm (done)"; a veto stops somebody's draft."""
    word = "of a draft by" if one.kind is ResponseKind.VETO else "against"
    against = f" {word} {name_of(one.against)}" if one.against else ""
    target = f", {one.target}" if one.target else ""
    return f"{name_of(one.by) if one.by else 'Somebody'}: {plain(one.kind)}{against}{target} ({one.status})"


# ------------------------------------------------------------------------------------ contradictions


def contradiction_facts(
    discrepancies: Sequence[Discrepancy], rows: Mapping[str, RegisterRow], days: Days
) -> Iterator[Fact]:
    """Where reports disagree."""
    for one in discrepancies:
        citations = tuple(dict.fromkeys(cited for value in one.values for cited in value.citations))
        words = first((at(cited) for cited in citations), days)
        values = " or ".join(f"“{value.value}”" for value in one.values)
        known = [row for row in one.transfers if row in rows]
        published = max(
            (days(word.partition(":")[0]) for word in words), key=sort_key, default=None
        )  # with the last of them the reports disagree
        text = f"Reports disagree on a {one.kind}, {one.about}: {values}"
        undone = f"Reports no longer disagree on this {one.kind}, {one.about}: {values}"
        yield Fact(
            ChangeKind.CONTRADICTED, f"{one.kind}, {one.where}", one.about, next(iter(known), None),
            (), words, between(None, published), None,
            text, undone, citations, None, values,
        )  # fmt: skip
