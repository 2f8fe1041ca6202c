"""Which reports are held against each other: those that tell of one thing and are no copies.

They are found by what they name: a person, a ship, a village that few reports of the case speak of, and by
the rows of the register that they share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from tidewaiter import edtf
from tidewaiter.linking.disputes.accounts import Account, Profile, Quoted
from tidewaiter.model import Copy, Span
from tidewaiter.union import components

COMMON = 30
"""Reports that share a name from which on it is a name of the case's subject, and no ground to compare."""
NEAR_DAYS = 45
"""Days between two publications from which on a report is taken to tell of something else."""
ONE_THING = 4
"""Weight of what two reports have in common from which they tell of one thing: two names, or a name and a day
and a party."""
NAME, ROW, PARTY, DAY, FIGURE = 2, 3, 1, 1, 1
MOST_PARTIES = 2
"""Parties that count; a list of states is no sign of one event."""

QUOTE_RUN = 5
"""Words in a row that make two quotations one."""
QUOTE_ALIKE = 0.55
"""Share of words in the same order from which two quotations are one, put in other words."""
QUOTE_WORDS = 3
"""Words that tell something which the two have to share."""


def copy_groups(names: Iterable[str], copies: Iterable[Copy]) -> dict[str, int]:
    """Of each document the number of the group of copies that it is in."""
    known = sorted(names)
    groups = components(known, [(one.a, one.b) for one in copies if one.a in known and one.b in known])
    return {name: number for number, group in enumerate(groups) for name in group}


def pairs(
    profiles: Mapping[str, Profile], rows: Mapping[str, Sequence[tuple[str, str]]], group: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    """The pairs of reports that tell of one thing, by id; no copies of one another."""
    holders: dict[str, list[str]] = {}
    for name in sorted(profiles):
        for word in sorted(profiles[name].rare):
            holders.setdefault(word, []).append(name)
    shared: dict[tuple[str, str], int] = {}
    for held in holders.values():
        if len(held) <= COMMON:
            for pair in combinations(held, 2):
                shared[pair] = shared.get(pair, 0) + NAME
    for members in rows.values():
        told = sorted({document for document, _ in members if document in profiles})
        for pair in combinations(told[:COMMON], 2):
            shared[pair] = shared.get(pair, 0) + ROW
    for (a, b), weight in sorted(shared.items()):
        first, second = profiles[a], profiles[b]
        if group[a] != group[b] and _are_near(first, second) and weight + _weight(first, second) >= ONE_THING:
            yield a, b


def _are_near(a: Profile, b: Profile) -> bool:
    first, second = (edtf.safe_bounds(one.published).earliest for one in (a, b))
    return first is None or second is None or abs((first - second).days) <= NEAR_DAYS


def _weight(a: Profile, b: Profile) -> int:
    return (
        PARTY * min(MOST_PARTIES, len(a.actors & b.actors))
        + DAY * len(a.days & b.days)
        + FIGURE * len(a.figures & b.figures)
    )


def shared_quote(a: Account, b: Account) -> tuple[Span, Span] | None:
    """The likest quotations of two reports that are one act of saying retold; None where there is none."""
    best: tuple[float, Span, Span] | None = None
    for mine in a.quoted:
        for theirs in b.quoted:
            alike = _alike(mine, theirs)
            if alike > 0 and (best is None or alike > best[0]):
                best = alike, mine.span, theirs.span
    return None if best is None else (best[1], best[2])


def _alike(one: Quoted, other: Quoted) -> float:
    if len(one.telling & other.telling) < QUOTE_WORDS:
        return 0.0
    first, second = one.stems, other.stems
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    longest = max(block.size for block in blocks)
    telling = {word for block in blocks for word in first[block.a : block.a + block.size]} & one.telling
    if len(telling) < QUOTE_WORDS:
        return 0.0
    ratio = sum(block.size for block in blocks) / max(1, min(len(first), len(second)))
    return ratio if longest >= QUOTE_RUN or ratio >= QUOTE_ALIKE else 0.0
