"""Where two reports that are no copies disagree: retellings of one act of saying, and accounts of one thing
by different origins.

Each rule takes two accounts and gives the pairs of places that disagree; what hangs together over many
reports is one discrepancy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from hashlib import blake2b
from typing import NamedTuple

from tidewaiter.linking.disputes import (
    compared_amounts,
    compared_days,
    compared_ends,
    compared_names,
)
from tidewaiter.linking.disputes.accounts import Account
from tidewaiter.linking.disputes.comparing import Apart, Ground
from tidewaiter.linking.disputes.disputing import Dispute, Place
from tidewaiter.linking.disputes.holding import Facts, Held
from tidewaiter.linking.disputes.keeping import Keep
from tidewaiter.linking.disputes.pairing import Members, pairs, shared_quote
from tidewaiter.model import Span
from tidewaiter.union import components

Rule = Callable[[Account, Account, Ground], Iterator[Apart]]

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
    held: Held,
    facts: Callable[[str], Facts],
    account: Callable[[str], Account],
    rows: Mapping[str, Members],
    keep: Keep,
) -> list[Dispute]:
    """The discrepancies between reports that are no copies; the same in whatever order they come.

    ``facts`` and ``account`` give those of a document by id.
    """
    known = _Known(held.common(), facts, rows)
    edges: list[Edge] = []
    for names in pairs(held, rows):
        also = [known.of(name) for name in names]
        edges += keep("accounts", names, also, tuple[Edge, ...], partial(_edges, names, account, known))
    return list(_joined(edges, held.group))


class _Known:
    """What two accounts are held against each other by that depends on others: words that many reports have,
    and of which rows of the register what they tell of is."""

    def __init__(
        self, common: frozenset[str], facts: Callable[[str], Facts], rows: Mapping[str, Members]
    ) -> None:
        self.common = common
        self.row_of: dict[str, str] = {}
        self._rows: dict[str, list[tuple[str, str]]] = {}
        for row, members in sorted(rows.items()):
            for document, transfer in members:
                self.row_of[transfer] = row
                self._rows.setdefault(document, []).append((transfer, row))
        self._facts = facts
        self._figures = sorted(one for one in common if one.isdigit())  # counted in texts, beside words
        self.of = lru_cache(maxsize=None)(self._digest)

    def _digest(self, document: str) -> bytes:
        """Another one whenever any of it is another one of the words and transfers of a document."""
        words = sorted(self._facts(document).told & self.common)
        told = repr((words, self._figures, sorted(self._rows.get(document, ()))))
        return blake2b(told.encode("utf-8", "replace"), digest_size=16).digest()


def _edges(names: tuple[str, str], account: Callable[[str], Account], known: _Known) -> tuple[Edge, ...]:
    """The places where two accounts disagree."""
    first, second = map(account, names)
    quote = shared_quote(first, second)
    where = "origins" if quote is None else "retellings"
    return tuple(
        Edge(found, where, Place(first.document.id, found.a), Place(second.document.id, found.b))
        for rule in RULES
        for found in rule(first, second, Ground(quote, known.common, known.row_of))
        if quote is not None or not _of_two_rows(first, found.a, second, found.b, known.row_of)
    )


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
