"""What one row of the register says, as facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from tidewaiter.model import (
    ChangeKind,
    Citation,
    Origin,
    RegisterRow,
    Stage,
    Stance,
)
from tidewaiter.register.changes.breaches import breaches
from tidewaiter.register.changes.claims import (
    Said,
    asserting,
    citations_of,
    earliest,
    is_later,
    said_in,
    words_of,
)
from tidewaiter.register.changes.facts import Days, Fact, first, told_in
from tidewaiter.register.changes.revisions import revisions
from tidewaiter.register.positions import ADMITTING
from tidewaiter.register.sources import between
from tidewaiter.register.standings import INDEPENDENT
from tidewaiter.wording import ORIGIN_WORDS, UNKNOWN, goods_words, in_text

STAGE_WORDS: Mapping[Stage, str] = {
    Stage.SOUGHT: "was sought",
    Stage.PLANNED: "was planned",
    Stage.AGREED: "was agreed",
    Stage.SHIPPED: "was shipped",
    Stage.DELIVERED: "was delivered",
    Stage.USED: "was used",
}

STANCES: Mapping[Stance, tuple[ChangeKind, str, str]] = {
    Stance.DENIES: (ChangeKind.DENIED, "denies", "denial"),
    Stance.DOUBTS: (ChangeKind.DOUBTED, "doubts", "doubt"),
}

ARRIVALS: Mapping[Stage, tuple[ChangeKind, str]] = {
    Stage.DELIVERED: (ChangeKind.RECEIVED, "arrived"),
    Stage.USED: (ChangeKind.USED, "were used"),
}


def transfer_words(row: RegisterRow) -> str:
    """The transfer in few words: "drones from Iran to Russia"."""
    cells = {name: cell.value for name, cell in row.cells.items() if cell.value != UNKNOWN}
    supplier, recipient = cells.get("supplier") or row.supplier, cells.get("recipient") or row.recipient
    ends = (
        f" from {in_text(supplier)}" if supplier else "",
        f" to {in_text(recipient)}" if recipient else "",
    )
    return goods_words(cells.get("description"), row.category) + "".join(ends)


def row_facts(row: RegisterRow, days: Days) -> Iterator[Fact]:
    """Everything that the row says, without its open questions."""
    yield appearance(row, days)
    yield from _stages(row, days)
    yield from _arrivals(row, days)
    yield from _contested(row, days)
    yield from _answers(row, days)
    yield from revisions(row, transfer_words(row), days)
    yield from breaches(row, row.measures or (), transfer_words(row), days)
    yield from _origins(row, days)


def members_of(row: RegisterRow) -> tuple[str, ...]:
    """The ids of the row's reported transfers; they are of no two documents alike."""
    return tuple(reported for _, reported in row.reported)


# ------------------------------------------------------------------------------------ it is told of


def appearance(row: RegisterRow, days: Days) -> Fact:
    """That somebody tells of the transfer."""
    words = first((f"{document}:{reported}" for document, reported in row.reported), days)
    said = list(said_in(row, Stance.ASSERTS)) or list(said_in(row))
    goods, reached = transfer_words(row), STAGE_WORDS.get(row.stage)
    told = goods if reached is None else f"{goods}; by the furthest that is told it {reached}"
    if said:
        head = earliest(said)
        asserts = head.claim.stance is Stance.ASSERTS
        text = f"{head.who} said: {told}" if asserts else f"{head.who} {head.claim.stance} this: {told}"
        on, actor, cited = head.day, head.position.actor, citations_of(said)
    else:
        day = next((days(word.partition(":")[0]) for word in words), None)
        text, on, actor, cited = f"A report tells of {told}", between(None, day), None, _cited(row)
    return Fact(
        ChangeKind.APPEARED, "", "", row.id, members_of(row), words, on, actor,
        text, f"No report tells any more of {goods}", cited, None, row.stage.value,
    )  # fmt: skip


def _cited(row: RegisterRow) -> tuple[Citation, ...]:
    """Words that the row was read from, where no speaker is named."""
    names = ("stage", "category", "description", "supplier", "recipient")
    cells = (row.cells[name] for name in names if name in row.cells)
    return next((cell.citations for cell in cells if cell.citations), ())


# ------------------------------------------------------------------------------------ how far it went


def _stages(row: RegisterRow, days: Days) -> Iterator[Fact]:
    """Each stage to which somebody says that it came, or the reports themselves tell it."""
    goods = transfer_words(row)
    for stage, words in STAGE_WORDS.items():
        said = [one for one in said_in(row, *ADMITTING) if one.claim.stage is stage]
        if said:
            head = earliest(said)
            verb = "said" if head.claim.stance is Stance.ASSERTS else "denied it, but admitted"
            yield _of_row(
                row, ChangeKind.STAGE, said, days, value=stage.value,
                text=f"{head.who} {verb} that it {words}: {goods}",
                undone=f"Nobody says any more that it {words}: {goods}", after=stage.value,
            )  # fmt: skip
        elif stage is row.stage:
            yield _reported(row, stage, words, days)


def _reported(row: RegisterRow, stage: Stage, words: str, days: Days) -> Fact:
    """A stage that no speaker commits to, but a report tells."""
    cited = row.cells["stage"].citations if "stage" in row.cells else ()
    ordered = told_in(row, {one.document for one in cited}, days)
    goods = transfer_words(row)
    day = next((days(word.partition(":")[0]) for word in ordered), None)
    return Fact(
        ChangeKind.STAGE, stage.value, "", row.id, members_of(row), ordered, between(None, day), None,
        f"A report tells that it {words}, no speaker is named for that: {goods}",
        f"Nobody says any more that it {words}: {goods}", cited, None, stage.value,
    )  # fmt: skip


def _arrivals(row: RegisterRow, days: Days) -> Iterator[Fact]:
    """Who says that the goods arrived, or were used."""
    goods = transfer_words(row)
    for stage, (kind, words) in ARRIVALS.items():
        for actor, said in _by_actor(asserting(row, stage)):
            yield _of_row(
                row, kind, said, days, of=actor,
                text=f"{earliest(said).who} said that the goods {words}: {goods}",
                undone=f"{said[0].position.label} no longer says that the goods {words}: {goods}",
                after=stage.value,
            )  # fmt: skip


# ------------------------------------------------------------------------------------ who contests it


def _contested(row: RegisterRow, days: Days) -> Iterator[Fact]:
    goods = transfer_words(row)
    for stance, (kind, verb, noun) in STANCES.items():
        for actor, said in _by_actor(said_in(row, stance)):
            yield _of_row(
                row, kind, said, days, of=actor,
                text=f"{earliest(said).who} {verb}: {goods}",
                undone=f"No report tells any more of a {noun} by {said[0].position.label}: {goods}",
                after=stance.value,
            )  # fmt: skip


def _answers(row: RegisterRow, days: Days) -> Iterator[Fact]:
    """Denials after which somebody else asserts it, where the days tell."""
    goods, asserted = transfer_words(row), list(said_in(row, Stance.ASSERTS))
    for actor, denials in _by_actor(said_in(row, Stance.DENIES)):
        head = earliest(denials)
        others = [one for one in asserted if one.position.actor != actor and is_later(one, head)]
        if others:
            answer = earliest(others)
            yield _of_row(
                row, ChangeKind.ANSWERED, others, days, of=actor,
                text=f"{answer.who} said it after the denial by {head.position.label}: {goods}",
                undone=f"Nobody says it after the denial by {head.position.label} any more: {goods}",
                before=Stance.DENIES.value, after=Stance.ASSERTS.value,
            )  # fmt: skip


# ------------------------------------------------------------------------------------ who knows it


def _origins(row: RegisterRow, days: Days) -> Iterator[Fact]:
    """Those that certainly know it first-hand and independently."""
    goods, counted = transfer_words(row), Counter[str]()
    for one in row.origins.found:
        if one.standing == INDEPENDENT:
            number = counted[one.holder]  # a holder may have several grounds that count apart
            counted[one.holder] += 1
            holder = f"{one.holder} ({ORIGIN_WORDS[one.kind]})"
            yield Fact(
                ChangeKind.ORIGIN_GAINED, str(number or ""), one.holder, row.id, members_of(row),
                told_in(row, {cited.document for cited in one.citations}, days), _origin_day(row, one),
                one.holder, f"{holder} knows it independently, {one.why}: {goods}",
                f"{holder} no longer counts as knowing it independently: {goods}",
                one.citations, None, str(row.origins.independent),
            )  # fmt: skip


def _origin_day(row: RegisterRow, origin: Origin) -> str | None:
    """When it first spoke: the day of the claims in the words that show it, else of any in those reports."""
    said = list(said_in(row))
    cited = set(origin.citations)
    documents = {one.document for one in origin.citations}
    near = [one for one in said if one.claim.citation in cited] or [
        one for one in said if one.claim.document in documents
    ]
    return earliest(near).day if near else None


# ------------------------------------------------------------------------------------ what they share


def _by_actor(said: Iterator[Said] | Sequence[Said]) -> Iterator[tuple[str, list[Said]]]:
    """The claims of each actor together; the claims of a row stand in the order of actors."""
    for actor, found in groupby(said, key=lambda one: one.position.actor):
        yield actor, list(found)


def _of_row(
    row: RegisterRow,
    kind: ChangeKind,
    said: Sequence[Said],
    days: Days,
    *,
    value: str = "",
    of: str = "",
    text: str,
    undone: str,
    before: str | None = None,
    after: str | None = None,
) -> Fact:
    """What the claims say of the row."""
    head = earliest(said)
    return Fact(
        kind, value, of, row.id, members_of(row), words_of(said, days), head.day, head.position.actor,
        text, undone, citations_of(said), before, after,
    )  # fmt: skip
