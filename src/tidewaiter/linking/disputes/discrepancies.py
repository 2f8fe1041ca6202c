"""Where reports disagree, or one contradicts itself: on a date, a number, a name, a place, a direction or an
outcome.

``copied`` compares copies of one text, ``between`` retellings and independent accounts, ``inner`` looks at
one document alone.  A discrepancy says what is told otherwise, in whose words; it never says what is true,
only which of the values is likelier and why, where something tells that.

What is found depends on few documents at a time: one alone, the copies of one text, two accounts.  Only which
are compared depends on all of them, so that little of each is held (``holding``), and what was found once is
found again by what it depends on (``Keep``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from tidewaiter import knowledge as tables
from tidewaiter.knowledge import Knowledge
from tidewaiter.linking.disputes.accounts import Account
from tidewaiter.linking.disputes.between import between_accounts
from tidewaiter.linking.disputes.copied import between_copies
from tidewaiter.linking.disputes.disputing import Dispute, Place, discrepancy_of
from tidewaiter.linking.disputes.holding import Facts, Held, facts_of
from tidewaiter.linking.disputes.keeping import Keep, anew
from tidewaiter.linking.disputes.pairing import Members, copy_groups
from tidewaiter.linking.disputes.spellings import spelled
from tidewaiter.linking.texts.cues import Cues, cues_of
from tidewaiter.model import Copy, Discrepancy, Document, Reading
from tidewaiter.union import components

AT_HAND = 60
"""Documents of which what is compared is kept at hand."""


def find_discrepancies(
    documents: Mapping[str, Document],
    readings: Mapping[str, Reading],
    copies: Iterable[Copy],
    rows: Mapping[str, Members],
    knowledge: Knowledge | None = None,
    keep: Keep = anew,
) -> tuple[Discrepancy, ...]:
    """Every discrepancy of a case, sorted by where, kind and id.

    ``documents`` and ``readings`` by document id; ``rows``: of each row of the register the reported
    transfers.  The result does not depend on the order of any of them, nor on what ``keep`` has.
    """
    cues = cues_of(tables.load() if knowledge is None else knowledge)

    @lru_cache(maxsize=AT_HAND)
    def account(name: str) -> Account:
        return Account(documents[name], readings.get(name), cues)

    def facts(name: str) -> Facts:
        return keep("facts", (name,), None, Facts, lambda: facts_of(account(name)))

    names = dict.fromkeys(sorted(documents))  # to ask whether there is one, as none is read for that
    known = [one for one in copies if one.a in names and one.b in names]
    group = copy_groups(names, known)
    held = Held(group)
    disputes: list[Dispute] = []
    for name in sorted(names, key=lambda one: (group[one], one)):
        found = facts(name)
        disputes += found.inner
        held.add(found)
    disputes += _between_copies(documents, known, cues, keep)
    disputes += spelled(held.persons, lambda document, name: facts(document).profile.persons[name], group)
    disputes += between_accounts(held, facts, account, rows, keep)
    row_of = {transfer: row for row, members in rows.items() for _, transfer in members}
    told: dict[str, list[tuple[str, str]]] = {}
    for row, members in sorted(rows.items()):
        for document, transfer in sorted(members):
            told.setdefault(document, []).append((transfer, row))
    made: dict[str, Discrepancy] = {}
    for one in disputes:
        involved = sorted({place.document for place in _places(one)})
        also = one, [told.get(name, ()) for name in involved]
        found_one = keep(
            "discrepancy",
            involved,
            also,
            Discrepancy,
            partial(_discrepancy, one, documents, readings, row_of),
        )
        made[found_one.id] = found_one
    return tuple(sorted(made.values(), key=lambda one: (one.where, one.kind, one.id)))


def _between_copies(
    documents: Mapping[str, Document], copies: Iterable[Copy], cues: Cues, keep: Keep
) -> Iterator[Dispute]:
    """The discrepancies between copies, worked out for all that hang together by themselves."""
    known = list(copies)
    by_first: dict[str, list[Copy]] = {}
    for copy in known:
        by_first.setdefault(copy.a, []).append(copy)
    names = {name for copy in known for name in (copy.a, copy.b)}
    for family in components(names, ((one.a, one.b) for one in known)):
        within_it = sorted(
            (copy for name in family for copy in by_first.get(name, ())), key=lambda one: (one.a, one.b)
        )
        yield from keep(
            "copies",
            family,
            within_it,
            tuple[Dispute, ...],
            partial(_disputes, documents, within_it, cues),
        )


def _disputes(documents: Mapping[str, Document], copies: Sequence[Copy], cues: Cues) -> tuple[Dispute, ...]:
    return tuple(between_copies(documents, copies, cues))


def _places(dispute: Dispute) -> Iterator[Place]:
    for places in dispute.values.values():
        yield from places
    yield from dispute.context


def _discrepancy(
    dispute: Dispute,
    documents: Mapping[str, Document],
    readings: Mapping[str, Reading],
    row_of: Mapping[str, str],
) -> Discrepancy:
    return discrepancy_of(dispute, documents, _transfers(dispute, readings, row_of))


def _transfers(dispute: Dispute, readings: Mapping[str, Reading], row_of: Mapping[str, str]) -> list[str]:
    """The rows whose mentions stand in the sentences of the disputed words."""
    found: set[str] = set()
    for place in _places(dispute):
        reading = readings.get(place.document)
        for mention in reading.mentions if reading else ():
            start, end = mention.sentence
            row = row_of.get(mention.transfer or "")
            if row is not None and start < place.span.end and place.span.start < end:
                found.add(row)
    return sorted(found)
