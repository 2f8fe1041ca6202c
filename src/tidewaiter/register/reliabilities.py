"""How reliable a source is taken to be, apart from any single claim (Admiralty Code, NATO STANAG 2511).

The letter of a claim (``ratings``) begins with this one and may be lower, for reasons of the claim.
"""

from __future__ import annotations

from typing import NamedTuple

from tidewaiter.knowledge import Knowledge, Row
from tidewaiter.model import Judged, JudgementKind, Standing
from tidewaiter.register.holders import Nature
from tidewaiter.register.ratings import LETTERS, UNJUDGED_SOURCE, by_table
from tidewaiter.wording import spoken

WORDS = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
"""The scale's own words."""


class Reliability(NamedTuple):
    """A letter and what it rests on."""

    letter: str  # A to F
    why: str
    is_judged: bool  # by an analyst, not by the table

    @property
    def words(self) -> str:
        return WORDS.get(self.letter, "")


def of_outlet(name: str | None, judged: tuple[Judged, ...], tables: Knowledge) -> Reliability:
    """Of an outlet: what an analyst says of it, else the table, by its name or by what it is."""
    if name is None:
        return Reliability(UNJUDGED_SOURCE, "nobody knows where the report appeared", False)
    rating = _rating("outlet", name, judged)
    row = by_table((name,), Nature.MEDIUM, tables)
    return rating or _by_row(row, name)


def _rating(source: str, name: str, judged: tuple[Judged, ...]) -> Reliability | None:
    for one in reversed(judged):
        made, value = one.judgement, one.judgement.value
        is_it = made.kind is JudgementKind.RATE and (value.get("source"), value.get("name")) == (source, name)
        if is_it and one.standing is Standing.ACTS:
            why = f"rated by {made.by} on {spoken(made.at[:10])}: {' '.join(made.why.split())}"
            return Reliability(value["reliability"], why, True)
    return None


def _by_row(row: Row | None, name: str) -> Reliability:
    if row is None or row["letter"] not in LETTERS:
        return Reliability(UNJUDGED_SOURCE, f"nothing is known of {name} as a source", False)
    return Reliability(row["letter"], f"taken for {row['reason']}", False)
