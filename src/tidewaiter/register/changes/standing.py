"""Telling each change once, register after register.

What was told stands until it no longer holds, under the key under which it was told: so it is known again
when an earlier report of the same turns up, and told again when it was undone in between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tidewaiter.model import Category, Change, RegisterRow, Stage
from tidewaiter.register.changes.comparing import compare
from tidewaiter.register.changes.facts import Fact, key_of
from tidewaiter.register.changes.rows import transfer_words
from tidewaiter.register.changes.telling import changes_of, undone_key


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the row that a fact is of, for when the row is gone."""

    title: str  # the transfer in words
    supplier: str | None
    recipient: str | None
    category: Category
    stage: Stage


@dataclass(frozen=True, slots=True)
class Standing:
    """A fact that holds and was told."""

    key: str  # of the change by which it was told
    fact: Fact
    about: About | None = None  # None: of no row


def about(row: RegisterRow | None) -> About | None:
    """What to keep of a row with its facts."""
    if row is None:
        return None
    return About(transfer_words(row), row.supplier, row.recipient, row.category, row.stage)


def tell(
    standing: Sequence[Standing], facts: Sequence[Fact], is_told: Callable[[str], bool]
) -> tuple[tuple[Change, ...], tuple[Standing, ...]]:
    """The changes to what stood, each with a key that no change had before, and what stands now.

    ``facts``: of the register now; ``is_told``: whether a change of that key was ever told.
    """
    keys = {one.fact: one.key for one in standing}
    compared = compare([one.fact for one in standing], facts)
    given = set(keys.values())

    def fresh(key: str) -> str:
        number, found = 1, key
        while found in given or is_told(found):
            number += 1
            found = f"{key}-{number}"
        given.add(found)
        return found

    told: list[Change] = []
    now: dict[Fact, str] = {}
    taken: set[str] = set()
    for one, former in compared.kept:
        held = next((keys[other] for other in former if keys[other] not in taken), None)
        now[one] = held if held is not None else fresh(key_of("again", keys[former[0]], one.key))
        taken.add(now[one])
    arrived = {one.key: one for one in compared.new}
    undone = {undone_key(one.kind, one.key): undone_key(one.kind, keys[one]) for one in compared.gone}
    for change in changes_of(compared):
        made = replace(change, key=fresh(undone.get(change.key, change.key)))
        if change.key in arrived:
            now[arrived[change.key]] = made.key
        told.append(made)
    return tuple(told), tuple(Standing(now[one], one) for one in facts)
