"""Open questions, responses and contradictions, as facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tidewaiter.edtf import safe, sort_key
from tidewaiter.model import (
    ChangeKind,
    Citation,
    Discrepancy,
    OpenQuestion,
    QuestionState,
    RegisterResponse,
    RegisterRow,
    ResponseStatus,
    ResponseStep,
)
from tidewaiter.register.changes.claims import said_in, words_of
from tidewaiter.register.changes.facts import Days, Fact, at, first, told_in
from tidewaiter.register.changes.rows import members_of, transfer_words
from tidewaiter.register.sources import between
from tidewaiter.wording import aimed_words, name_of, plain, quoted

# ------------------------------------------------------------------------------------ questions


def question_facts(row: RegisterRow, days: Days) -> Iterator[Fact]:
    """What came to be asked about a row, and what was answered, each on its day."""
    goods, times = transfer_words(row), Counter[tuple[str, str]]()
    for one in sorted((*row.closed, *row.open), key=lambda one: (sort_key(safe(one.since)), one.kind)):
        times[one.kind, one.about] += 1
        number = times[one.kind, one.about]
        of = one.about if number == 1 else f"{one.about} #{number}"  # asked again, after it was answered
        yield _opened(row, one, of, goods, days)
        if one.state is QuestionState.CLOSED:
            yield _closed(row, one, of, goods, days)


def _opened(row: RegisterRow, one: OpenQuestion, of: str, goods: str, days: Days) -> Fact:
    asked = one.asked or one.text
    cited = one.opened_by or one.citations
    return Fact(
        ChangeKind.QUESTION_OPENED, one.kind, of, row.id, members_of(row), _words(row, cited, days),
        one.since, _asker(row, cited), f"Open: {asked}: {goods}",
        f"By what is known now this was never open: {asked}: {goods}", cited, None, one.kind,
    )  # fmt: skip


def _closed(row: RegisterRow, one: OpenQuestion, of: str, goods: str, days: Days) -> Fact:
    closing = one.closed_by
    cited = one.citations if closing is None else closing.citations
    answer = "" if closing is None else f"; {closing.text}"
    actor = None if closing is None else closing.actor
    return Fact(
        ChangeKind.QUESTION_CLOSED, one.kind, of, row.id, members_of(row), _words(row, cited, days),
        one.closed_on, actor, f"No longer open: {one.text}{answer}: {goods}",
        f"Open again: {one.text}: {goods}", cited, one.kind, None,
    )  # fmt: skip


def _words(row: RegisterRow, cited: Sequence[Citation], days: Days) -> tuple[str, ...]:
    """The claims that are cited, else the row's reported transfers in those documents."""
    wanted = set(cited)
    said = [one for one in said_in(row) if one.claim.citation in wanted]
    return words_of(said, days) or told_in(row, {one.document for one in cited}, days)


def _asker(row: RegisterRow, cited: Sequence[Citation]) -> str | None:
    """Who is quoted where it comes to be asked, where that is one alone."""
    wanted = set(cited)
    actors = {one.position.actor for one in said_in(row) if one.claim.citation in wanted}
    return min(actors) if len(actors) == 1 else None


# ------------------------------------------------------------------------------------ responses


def response_facts(
    responses: Sequence[RegisterResponse], rows: Mapping[str, RegisterRow], days: Days
) -> Iterator[Fact]:
    """What is done about it, step by step."""
    for one in responses:
        former: ResponseStatus | None = None
        for step in one.history or (ResponseStep(one.status, one.on, one.reported, one.citations),):
            yield _step(one, step, former, rows, days)
            former = step.status


def _step(
    one: RegisterResponse,
    step: ResponseStep,
    former: ResponseStatus | None,
    rows: Mapping[str, RegisterRow],
    days: Days,
) -> Fact:
    kind = ChangeKind.RESPONSE if former is None else ChangeKind.RESPONSE_STATUS
    row = next((rows[name] for name in one.transfers if name in rows), None)
    goods = "" if row is None else f": {transfer_words(row)}"
    text = f"{response_words(one, step.status)}{goods}"
    # Without members: it stands by its own words, also where another row is answered.
    return Fact(
        kind, f"{one.kind}, {step.status}, {one.by}, {one.against}", "", next(iter(one.transfers), None),
        (), first((at(cited) for cited in step.citations), days), step.on or between(None, step.reported),
        one.by, text, f"No report tells any more of this: {text}", step.citations,
        None if former is None else former.value, step.status.value,
    )  # fmt: skip


def response_words(one: RegisterResponse, status: ResponseStatus) -> str:
    """ "United States: sanction against Iran, a firm (done)"; a veto stops somebody's draft."""
    against = aimed_words(one.kind, one.by, one.against, name_of)
    target = f", {one.target}" if one.target else ""
    return f"{name_of(one.by) if one.by else 'Somebody'}: {plain(one.kind)}{against}{target} ({status})"


# ------------------------------------------------------------------------------------ contradictions


def contradiction_facts(
    discrepancies: Sequence[Discrepancy], rows: Mapping[str, RegisterRow], days: Days
) -> Iterator[Fact]:
    """Where reports disagree."""
    for one in discrepancies:
        citations = tuple(dict.fromkeys(cited for value in one.values for cited in value.citations))
        words = first((at(cited) for cited in citations), days)
        values = " or ".join(quoted(value.value) for value in one.values)
        known = [row for row in one.transfers if row in rows]
        published = max(
            (safe(days(word.partition(":")[0])) for word in words), key=sort_key, default=None
        )  # with the last of them the reports disagree
        text = f"Reports disagree on a {one.kind}, {one.about}: {values}"
        undone = f"Reports no longer disagree on this {one.kind}, {one.about}: {values}"
        yield Fact(
            ChangeKind.CONTRADICTED, f"{one.kind}, {one.where}", one.about, next(iter(known), None),
            (), words, between(None, published), None,
            text, undone, citations, None, values,
        )  # fmt: skip
