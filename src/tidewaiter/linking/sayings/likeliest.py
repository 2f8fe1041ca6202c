"""Which of several tellings of one saying most likely has its wording, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tidewaiter import edtf
from tidewaiter.linking.sayings.concepts import stem, tokens
from tidewaiter.linking.sayings.tellings import Telling
from tidewaiter.model import Copy, Mode
from tidewaiter.wording import spoken

RANK: Mapping[Mode, int] = {Mode.DIRECT: 0, Mode.MIXED: 1, Mode.INDIRECT: 2}
"""Whose words they are: the speaker's, partly, the reporter's."""
STEPS = 100
"""Agreement counts in steps of a hundredth; what differs by less is told apart by days."""


class Judged(NamedTuple):
    """A telling with what speaks for its wording."""

    telling: Telling
    is_derived: bool  # its document was made from that of another telling
    agreement: float  # mean share of words in common with the tellings that are no copies of it, 0..1


def ranked(tellings: Sequence[Telling], copies: Iterable[Copy]) -> list[Judged]:
    """The tellings, the one with the likeliest wording first: quotations, then what is no copy, then the
    wording that the others agree with most, then the earliest published."""
    known = list(copies)
    pairs = {frozenset((one.a, one.b)) for one in known}
    derived = {(one.b if one.direction == "a->b" else one.a): one for one in known if one.direction}
    documents = {one.document for one in tellings}
    made_from = {name for name, one in derived.items() if (one.a if name == one.b else one.b) in documents}
    stems = {one.key: frozenset(stem(word.text) for word in tokens(one.said)) for one in tellings}
    judged = [
        Judged(one, one.document in made_from, _agreement(one, tellings, stems, pairs)) for one in tellings
    ]
    return sorted(judged, key=_order)


def _order(one: Judged) -> tuple[int, bool, int, date, tuple[str, str]]:
    published = edtf.safe_bounds(one.telling.published).latest or date.max
    steps = -round(one.agreement * STEPS)
    return RANK[one.telling.statement.mode], one.is_derived, steps, published, one.telling.key


def _agreement(
    one: Telling,
    tellings: Sequence[Telling],
    stems: Mapping[tuple[str, str], frozenset[str]],
    pairs: set[frozenset[str]],
) -> float:
    mine = stems[one.key]
    others = [
        stems[other.key]
        for other in tellings
        if other is not one and frozenset((one.document, other.document)) not in pairs
    ]
    shares = [2 * len(mine & other) / (len(mine) + len(other)) for other in others]
    return sum(shares) / len(shares) if shares else 0.0


def why_likeliest(judged: Sequence[Judged]) -> str:
    """Why the first of the ranked tellings is taken to have the original wording, in a sentence."""
    best = judged[0]
    mode = best.telling.statement.mode
    alike = [one for one in judged if one.telling.statement.mode is mode]
    quoted = {
        Mode.DIRECT: f"one of {len(alike)} quotations" if len(alike) > 1 else "the only quotation",
        Mode.MIXED: "partly quoted, where nobody quotes the whole",
        Mode.INDIRECT: "nobody quotes it",
    }[mode]
    reasons = [f"Likeliest wording: that of {best.telling.place}", quoted]
    if best.agreement:
        reasons.append(f"{best.agreement:.0%} of its words on average stand in the other tellings as well")
    if any(one.is_derived for one in judged) and not best.is_derived:
        reasons.append("copies of others come after it")
    if best.telling.published:
        reasons.append(f"published {spoken(best.telling.published)}")
    return ", ".join(reasons)
