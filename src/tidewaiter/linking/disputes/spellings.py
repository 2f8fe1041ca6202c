"""One person's name in two spellings, over all reports of a case.

Names that come from another script are written as everybody likes, so such a difference tells little of what
happened; but who looks a person up, or counts who spoke, has to know that two names are one.  A person is one
discrepancy, however many reports name him.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

from tidewaiter.linking.disputes.disputing import Dispute, Place
from tidewaiter.linking.disputes.sounds import near, sound
from tidewaiter.model import Span
from tidewaiter.union import components

LEAST_LETTERS = 5
"""Letters of a word below which another spelling of it is easily another name ("Un" and "Il")."""
ALIKE = 0.7
"""Share of letters (Ratcliff and Obershelp's measure) from which two words of one sound are one name."""
SLIP = 0.9
"""The same for whole names that stand in one report."""


class Named(NamedTuple):
    """A person whom a report names."""

    actor: str | None  # whom the person speaks for
    spans: tuple[Span, ...]


Speaking = Mapping[str, Mapping[str, str | None]]
"""By the folded words of a person's name the documents that name them, with whom they speak for there."""


def spelled(
    persons: Speaking, named: Callable[[str, str], Named], group: Mapping[str, int]
) -> Iterator[Dispute]:
    """The persons whose names reports spell in more than one way.

    ``named`` gives where a document names a person; ``group``: of each document the number of its group of
    copies.
    """
    pairs = sorted(
        (first, second)
        for first, second in _candidates(persons)
        if are_spellings(first, second) and not _apart(first, second, persons)
    )
    for names in components(sorted({name for pair in pairs for name in pair}), pairs):
        values = {
            name: tuple(
                Place(document, span)
                for document in sorted(persons[name])
                for span in named(document, name).spans
            )
            for name in sorted(names)
        }
        yield _dispute(values, group)


def _candidates(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The pairs of names that have the same words but one, each once: they differ in one place."""
    ordered = sorted(names)
    for place in range(max((name.count(" ") for name in ordered), default=-1) + 1):
        alike: dict[str, list[str]] = {}  # of one place at a time, as a case names many
        for name in ordered:
            words = name.split()
            if place < len(words):
                alike.setdefault(" ".join((*words[:place], "", *words[place + 1 :])), []).append(name)
        for held in alike.values():
            yield from combinations(held, 2)


def are_spellings(first: str, second: str) -> bool:
    """Whether two names have the same words but one, and these are one in sound and nearly one in letters."""
    words, others = first.split(), second.split()
    apart = [(min(a, b), max(a, b)) for a, b in zip(words, others, strict=False) if a != b]
    if len(words) != len(others) or len(apart) != 1:
        return False
    x, y = apart[0]
    if min(len(x), len(y)) < LEAST_LETTERS or any(one.isdigit() for one in x + y):
        return False
    return near(x, y) and SequenceMatcher(None, x, y, autojunk=False).ratio() >= ALIKE


def _is_slip(first: str, second: str) -> bool:
    """Whether two names are so near that one report may have both for one person."""
    return sound(first) == sound(second) and SequenceMatcher(None, first, second).ratio() >= SLIP


def _apart(first: str, second: str, persons: Speaking) -> bool:
    """Whether a report names both, and not as who slips in a letter, or they speak for two sides: then they
    are two persons."""
    if persons[first].keys() & persons[second].keys() and not _is_slip(first, second):
        return True
    actors = [{actor for actor in persons[name].values() if actor is not None} for name in (first, second)]
    return bool(actors[0]) and bool(actors[1]) and not actors[0] & actors[1]


def _dispute(values: Mapping[str, tuple[Place, ...]], group: Mapping[str, int]) -> Dispute:
    counts = {name: len({group[one.document] for one in places}) for name, places in values.items()}
    groups = {group[one.document] for places in values.values() for one in places}
    most = max(counts.values())
    best = [name for name, count in counts.items() if count == most]
    told = ", ".join(f"{_called(name)} in {_reports(count)}" for name, count in counts.items())
    why = (
        "one name by its sound, which may be written from another script in many ways: "
        f"{told}, copies of one text counted once"
    )
    where = "copies" if len(groups) == 1 else "retellings"
    return Dispute("name", where, _about(values), values, best[0] if len(best) == 1 else None, why)


def _called(name: str) -> str:
    return f"“{name.title()}”"


def _reports(count: int) -> str:
    return f"{count} report{'s' * (count > 1)}"


def _about(values: Mapping[str, tuple[Place, ...]]) -> str:
    return f"how the name of {_called(next(iter(values)))} is spelled"
