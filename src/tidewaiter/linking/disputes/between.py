"""Where two reports that are no copies disagree: retellings of one act of saying, and accounts of one thing
by different origins.

Each rule takes two accounts and gives the pairs of places that disagree; what hangs together over many
reports is one discrepancy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tidewaiter.linking.disputes import (
    compared_amounts,
    compared_days,
    compared_ends,
    compared_names,
)
from tidewaiter.linking.disputes.accounts import Account, Profile
from tidewaiter.linking.disputes.comparing import Apart, Ground
from tidewaiter.linking.disputes.disputing import Dispute, Place
from tidewaiter.linking.disputes.pairing import copy_groups, pairs, shared_quote
from tidewaiter.model import Copy, Span
from tidewaiter.union import components

Rule = Callable[[Account, Account, Ground], Iterator[Apart]]

COMMON_REPORTS = 6
COMMON_SHARE = 0.15
"""Reports, no copies of one another, and their share of all, above which a word that they have is the case's
subject: it tells no event from another."""

RULES: tuple[Rule, ...] = (
    compared_days.saying_days,
    compared_days.told_days,
    compared_days.event_days,
    compared_amounts.numbers,
    compared_names.full_names,
    compared_names.vessels,
    compared_names.places,
    compared_ends.roles,
    compared_ends.outcomes,
)


class Edge(NamedTuple):
    """Two places that disagree."""

    apart: Apart
    where: str
    a: Place
    b: Place


def between_accounts(
    profiles: Mapping[str, Profile],
    account: Callable[[str], Account],
    copies: Iterable[Copy],
    rows: Mapping[str, Sequence[tuple[str, str]]],
    stems: Mapping[str, frozenset[str]],
) -> list[Dispute]:
    """The discrepancies between reports that are no copies; the same in whatever order they come.

    ``account`` gives that of a document by id, ``stems`` what its text is about.
    """
    group = copy_groups(profiles, copies)
    row_of = {transfer: row for row, members in sorted(rows.items()) for _, transfer in members}
    common = _common(stems, group)
    edges: list[Edge] = []
    for names in pairs(profiles, rows, group):
        first, second = map(account, names)
        quote = shared_quote(first, second)
        where = "origins" if quote is None else "retellings"
        edges += [
            Edge(found, where, Place(first.document.id, found.a), Place(second.document.id, found.b))
            for rule in RULES
            for found in rule(first, second, Ground(quote, common, row_of))
            if quote is not None or not _of_two_rows(first, found.a, second, found.b, row_of)
        ]
    return list(_joined(edges, group))


def _common(stems: Mapping[str, frozenset[str]], group: Mapping[str, int]) -> frozenset[str]:
    """The words that a good part of the case's reports have; copies count once."""
    holders: dict[str, set[int]] = {}
    for name, held in stems.items():
        for one in held:
            holders.setdefault(one, set()).add(group[name])
    least = max(COMMON_REPORTS, COMMON_SHARE * len(set(group.values())))
    return frozenset(one for one, groups in holders.items() if len(groups) > least)


def _of_two_rows(a: Account, mine: Span, b: Account, theirs: Span, row_of: Mapping[str, str]) -> bool:
    """Whether the sentences of both places tell of transfers, and of none that is one row: then each
    is told of another deal."""
    found = [
        {row_of[one] for one in account.transfers_at(span) if one in row_of}
        for account, span in ((a, mine), (b, theirs))
    ]
    return bool(found[0]) and bool(found[1]) and not found[0] & found[1]


def _joined(edges: Iterable[Edge], group: Mapping[str, int]) -> Iterator[Dispute]:
    """Edges that share a place are one discrepancy; retellings and origins are kept apart."""
    by_kind: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        by_kind.setdefault((edge.where, edge.apart.kind), []).append(edge)
    for (where, kind), found in sorted(by_kind.items()):
        keys: dict[Place, str] = {}
        for edge in found:
            keys.setdefault(edge.a, edge.apart.keys[0])
            keys.setdefault(edge.b, edge.apart.keys[1])
        called = {_name(place): place for place in keys}
        for names in components(called, ((_name(one.a), _name(one.b)) for one in found)):
            places = [called[name] for name in names]
            values: dict[str, tuple[Place, ...]] = {}
            for place in places:
                values[keys[place]] = (*values.get(keys[place], ()), place)
            if len(values) > 1:
                about = min(one.apart.about for one in found if one.a in places)
                likelier, why = _likelier(values, group, where)
                yield Dispute(kind, where, about, values, likelier, why)


def _name(place: Place) -> str:
    return f"{place.document} {place.span.start:09d} {place.span.end:09d}"


def _likelier(
    values: Mapping[str, tuple[Place, ...]], group: Mapping[str, int], where: str
) -> tuple[str | None, str]:
    """What more reports tell that are no copies of one another."""
    counts = {key: len({group[one.document] for one in places}) for key, places in values.items()}
    most = max(counts.values())
    best = [key for key, count in counts.items() if count == most]
    told = "retell what was said" if where == "retellings" else "tell of it"
    whole = sum(counts.values())
    if len(best) == 1:
        return best[0], f"{most} of {whole} reports that {told} and are no copies of one another have it"
    return None, (
        f"{whole} reports that {told} and are no copies of one another give {len(values)} values, "
        f"{most} report{'s' * (most > 1)} each; nothing settles which"
    )
