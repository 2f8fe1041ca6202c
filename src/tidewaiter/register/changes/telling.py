"""What the difference between two registers is, change by change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tidewaiter.edtf import safe, sort_key
from tidewaiter.model import STAGE_ORDER, Change, ChangeKind, Register, Stage
from tidewaiter.register.changes.comparing import Compared, Handle, compare, facts_of
from tidewaiter.register.changes.facts import Fact, key_of


def changes_between(
    before: Register, after: Register, published: Mapping[str, str | None] | None = None
) -> tuple[Change, ...]:
    """What changed from one register to another, row by row in the order of the later one.

    ``published``: as of ``facts_of``, for the documents of both.
    """
    compared = compare(facts_of(before, published), facts_of(after, published))
    return in_order(changes_of(compared), after)


def changes_of(compared: Compared) -> tuple[Change, ...]:
    """The changes that make the difference."""
    rows = [pair for pair in compared.kept if pair[0].kind is ChangeKind.APPEARED]
    standing = {member for one, _ in rows for member in one.members}
    reached = {one.transfer: one.after for one, _ in rows}
    here = {member: one.transfer for one, _ in rows for member in one.members}
    found = [*_merged(rows), *_split(rows)]
    found += [_arrival(one, compared) for one in compared.new]
    never_asked = {
        handle for one in compared.gone if one.kind is ChangeKind.QUESTION_OPENED for handle in _asked(one)
    }
    for one in compared.gone:
        if one.kind in QUESTIONS and _is_settled(one, compared, never_asked):
            continue
        row = next((here[member] for member in one.members if member in here), None)
        if one.kind is not ChangeKind.APPEARED and one.members and not standing.intersection(one.members):
            continue  # gone with its row, of which it is told
        if one.kind is ChangeKind.STAGE and _is_passed(one.value, reached.get(row)):
            continue
        found.append(_undone(one, row))
    return tuple(found)


QUESTIONS = (ChangeKind.QUESTION_OPENED, ChangeKind.QUESTION_CLOSED)


def _is_settled(fact: Fact, compared: Compared, never_asked: set[Handle]) -> bool:
    """Of a question that was opened and closed, and that by what is known now never was asked, nothing is
    left to tell."""
    if fact.kind is ChangeKind.QUESTION_CLOSED:
        return not never_asked.isdisjoint(_asked(fact))
    closed = [one for one in compared.gone if one.kind is ChangeKind.QUESTION_CLOSED]
    return any(not set(_asked(one)).isdisjoint(_asked(fact)) for one in closed)


def _asked(fact: Fact) -> Iterator[Handle]:
    """What its opening and its closing have in common."""
    return ((fact.value, fact.of, member) for member in fact.members)


def _is_passed(stage: str, reached: str | None) -> bool:
    """Whether a stage lies before the one reached, so that nobody need tell of it any more."""
    return reached is not None and _rank(stage) < _rank(reached)


def _rank(stage: str | None) -> int:
    return 0 if stage is None else STAGE_ORDER[Stage(stage)]


def _arrival(fact: Fact, compared: Compared) -> Change:
    before = fact.before
    if fact.kind in (ChangeKind.STAGE, ChangeKind.ORIGIN_GAINED):
        before = _value_before(fact, compared)
    return Change(
        fact.key, fact.kind, fact.transfer, (), fact.on, fact.actor, fact.text, fact.citations, before,
        fact.after, fact.words,
    )  # fmt: skip


def _value_before(fact: Fact, compared: Compared) -> str | None:
    """The stage that the row had; the number of its origins."""
    for one, former in compared.kept:
        if one.kind is ChangeKind.APPEARED and one.transfer == fact.transfer:
            if fact.kind is ChangeKind.STAGE:
                stages = [other.after for other in former if other.after is not None]
                highest = max(stages, key=_rank, default=None)
                return highest if _rank(highest) < _rank(fact.value) else None
            return str(_origins_before(former, compared))
    return None


def _origins_before(former: Sequence[Fact], compared: Compared) -> int:
    rows = {one.transfer for one in former}
    every = [*compared.gone, *(one for _, before in compared.kept for one in before)]
    return len({one.of for one in every if one.kind is ChangeKind.ORIGIN_GAINED and one.transfer in rows})


UNDONE: Mapping[ChangeKind, ChangeKind] = {
    ChangeKind.ORIGIN_GAINED: ChangeKind.ORIGIN_LOST,
    ChangeKind.QUESTION_OPENED: ChangeKind.QUESTION_CLOSED,
    ChangeKind.QUESTION_CLOSED: ChangeKind.QUESTION_OPENED,
}
"""What it is called when such a fact no longer holds; all others are withdrawn."""


def undone_key(kind: ChangeKind, key: str) -> str:
    """The key of the change by which a fact no longer holds, of the kind of the fact and its key."""
    return key_of(UNDONE.get(kind, ChangeKind.WITHDRAWN), key)


def _undone(fact: Fact, row: str | None) -> Change:
    kind, key = UNDONE.get(fact.kind, ChangeKind.WITHDRAWN), undone_key(fact.kind, fact.key)
    return Change(
        key, kind, row or fact.transfer, (), None, fact.actor, fact.undone, fact.citations, fact.after,
        None, fact.words,
    )  # fmt: skip


# ------------------------------------------------------------------------------------ rows


Kept = Sequence[tuple[Fact, tuple[Fact, ...]]]


def _merged(rows: Kept) -> Iterator[Change]:
    for one, former in rows:
        if len(former) > 1:
            names = tuple(sorted(str(other.transfer) for other in former))
            yield _regrouped(
                ChangeKind.MERGED, one, names, f"what were {len(names)} transfers is one now: {one.text}"
            )


def _split(rows: Kept) -> Iterator[Change]:
    parts: dict[str, list[Fact]] = {}
    for one, former in rows:
        for other in former:
            parts.setdefault(str(other.transfer), []).append(one)
    for name, found in parts.items():
        if len(found) > 1:
            for one in found:
                text = f"what was one transfer is {len(found)} now, of which this is one: {one.text}"
                yield _regrouped(ChangeKind.SPLIT, one, (name,), text)


def _regrouped(kind: ChangeKind, row: Fact, former: tuple[str, ...], text: str) -> Change:
    return Change(
        key_of(kind, *former, *row.members), kind, row.transfer, former, row.on, None, text, row.citations,
        ", ".join(former), row.transfer, row.words,
    )  # fmt: skip


def in_order(changes: Iterable[Change], register: Register) -> tuple[Change, ...]:
    """The changes row by row, those of no row last; of a row in the order of their kinds, then days."""
    place = {row.id: number for number, row in enumerate(register.rows)}
    kinds = list(ChangeKind)
    return tuple(
        sorted(
            changes,
            key=lambda one: (
                place.get(one.transfer or "", len(place)),
                one.transfer or "",
                kinds.index(one.kind),
                sort_key(safe(one.on)),
                one.key,
            ),
        )
    )
