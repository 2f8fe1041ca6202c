"""The measures that a transfer would breach, as facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidewaiter.model import ChangeKind, Measure, RegisterRow, Stance
from tidewaiter.register.changes.claims import earliest, said_in
from tidewaiter.register.changes.facts import Days, Fact, told_in
from tidewaiter.register.sources import distinct

WOULD_BREACH = "would_breach"


def breaches(row: RegisterRow, measures: Sequence[Measure], goods: str, days: Days) -> Iterator[Fact]:
    """Each measure that it would breach if it happened as alleged; ``goods``: the transfer in words."""
    said = list(said_in(row, Stance.ASSERTS))
    head = earliest(said) if said else None
    for one in measures:
        if one.verdict != WOULD_BREACH or one.measure is None:
            continue
        cited = distinct(words for found in one.citations.values() for words in found)
        name = " ".join(part for part in (one.instrument, one.paragraph) if part)
        yield Fact(
            ChangeKind.MEASURE, one.measure, one.side, row.id,
            tuple(reported for _, reported in row.reported),
            told_in(row, {words.document for words in cited}, days), None if head is None else head.day,
            None if head is None else head.position.actor,
            f"{one.why.rstrip('.')}: {goods}",
            f"As it is told now, it would not breach {name}: {goods}", cited, None, name,
        )  # fmt: skip
