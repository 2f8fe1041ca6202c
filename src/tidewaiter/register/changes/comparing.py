"""Which facts of two registers are the same, which are new and which no longer hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tidewaiter.model import Register, RegisterRow
from tidewaiter.register.changes.facts import Days, Fact
from tidewaiter.register.changes.others import contradiction_facts, question_facts, response_facts
from tidewaiter.register.changes.rows import row_facts

Handle = tuple[str, ...]
"""What two facts have in common that are the same."""


def facts_of(
    register: Register,
    published: Mapping[str, str | None] | None = None,
    rows: Iterable[RegisterRow] | None = None,
) -> tuple[Fact, ...]:
    """Everything that a register says, in its order.

    ``published``: days of publication by document id; else those that stand in the register itself, where
    a report of which nobody is quoted has none.  ``rows``: where the register is a part of another, all rows
    that its responses and discrepancies may be about.
    """
    days = _days(register, published or {})
    known = {row.id: row for row in (register.rows if rows is None else rows)}
    found: list[Fact] = []
    for row in register.rows:
        found += (*row_facts(row, days), *question_facts(row, days))
    found += response_facts(register.responses, known, days)
    found += contradiction_facts(register.discrepancies, known, days)
    return distinct(found)


def distinct(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts, each once: those with the same key rest on the same words for the same thing."""
    return tuple({one.key: one for one in facts}.values())


def _days(register: Register, published: Mapping[str, str | None]) -> Days:
    known: dict[str, str | None] = {
        claim.document: claim.published
        for row in register.rows
        for position in row.positions
        for claim in position.claims
    }
    known.update({document: day for document, (day, _) in register.dated.items()})
    return lambda document: published.get(document) or known.get(document)


# ------------------------------------------------------------------------------------ the same


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sets of facts beside each other."""

    new: tuple[Fact, ...]
    gone: tuple[Fact, ...]
    kept: tuple[tuple[Fact, tuple[Fact, ...]], ...]  # those that hold now, each with what it was before


def compare(before: Sequence[Fact], after: Sequence[Fact]) -> Compared:
    """Which facts are new, which no longer hold.

    Where a row is split, what was said of it goes on in each part; what is said of no row goes on in one
    fact, and others that share words with it are new.
    """
    holders: dict[Handle, list[int]] = {}
    for number, one in enumerate(before):
        for handle in _handles(one):
            holders.setdefault(handle, []).append(number)
    shared = [
        Counter(number for handle in _handles(one) for number in holders.get(handle, ())) for one in after
    ]
    found = {number for same in shared for number in same}
    _go_on_once(before, after, shared)
    kept = [
        (one, tuple(before[number] for number in sorted(same)))
        for one, same in zip(after, shared, strict=True)
        if same
    ]
    new = [one for one, same in zip(after, shared, strict=True) if not same]
    gone = tuple(one for number, one in enumerate(before) if number not in found)
    return Compared(tuple(new), gone, tuple(kept))


def _go_on_once(before: Sequence[Fact], after: Sequence[Fact], shared: Sequence[Counter[int]]) -> None:
    """Leave of what facts share (number of the former: how much) only one for each former that is of no row:
    the one with the same key, else that which shares most."""
    taken: dict[int, int] = {}
    ranked = sorted(
        (-(one.key == before[number].key), -much, place, number)
        for place, (one, same) in enumerate(zip(after, shared, strict=True))
        if not one.members
        for number, much in same.items()
    )
    for _, _, place, number in ranked:
        taken.setdefault(number, place)
    for _, _, place, number in ranked:
        if taken[number] != place:
            del shared[place][number]


def _handles(fact: Fact) -> Iterator[Handle]:
    for word in fact.words:
        yield "word", fact.sort, fact.value, word
    for member in fact.members:
        yield "row", fact.sort, fact.value, fact.of, member
