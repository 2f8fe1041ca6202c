"""Where reports disagree, or one contradicts itself: on a date, a number, a name, a place, a direction or an
outcome.

``copied`` compares copies of one text, ``between`` retellings and independent accounts, ``inner`` looks at
one document alone.  A discrepancy says what is told otherwise, in whose words; it never says what is true,
only which of the values is likelier and why, where something tells that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from tidewaiter import knowledge as tables
from tidewaiter.knowledge import Knowledge
from tidewaiter.linking.disputes.accounts import Account, Profile
from tidewaiter.linking.disputes.between import between_accounts
from tidewaiter.linking.disputes.copied import between_copies
from tidewaiter.linking.disputes.disputing import Dispute, discrepancy_of
from tidewaiter.linking.disputes.inner import within
from tidewaiter.linking.disputes.pairing import copy_groups
from tidewaiter.linking.disputes.spellings import spelled
from tidewaiter.linking.texts.cues import cues_of
from tidewaiter.model import Copy, Discrepancy, Document, Reading

AT_HAND = 300
"""Documents of which what is compared is kept at hand."""

Members = Sequence[tuple[str, str]]
"""Document ids and reported transfer ids."""


def find_discrepancies(
    documents: Mapping[str, Document],
    readings: Mapping[str, Reading],
    copies: Sequence[Copy],
    rows: Mapping[str, Members],
    knowledge: Knowledge | None = None,
) -> tuple[Discrepancy, ...]:
    """Every discrepancy of a case, sorted by where, kind and id.

    ``documents`` and ``readings`` by document id; ``rows``: of each row of the register the reported
    transfers.  The result does not depend on the order of any of them.
    """
    cues = cues_of(tables.load() if knowledge is None else knowledge)

    @lru_cache(maxsize=AT_HAND)
    def account(name: str) -> Account:
        return Account(documents[name], readings.get(name), cues)

    disputes: list[Dispute] = []
    profiles: dict[str, Profile] = {}
    stems: dict[str, frozenset[str]] = {}
    for name in sorted(documents):
        disputes += within(account(name))
        profiles[name] = account(name).profile
        stems[name] = account(name).told.stems
    disputes += between_copies(documents, copies, cues)
    disputes += spelled({name: one.persons for name, one in profiles.items()}, copy_groups(profiles, copies))
    disputes += between_accounts(profiles, account, copies, rows, stems)
    row_of = {transfer: row for row, members in rows.items() for _, transfer in members}
    made = {
        found.id: found
        for one in disputes
        for found in [discrepancy_of(one, documents, _transfers(one, readings, row_of))]
    }
    return tuple(sorted(made.values(), key=lambda one: (one.where, one.kind, one.id)))


def _transfers(dispute: Dispute, readings: Mapping[str, Reading], row_of: Mapping[str, str]) -> list[str]:
    """The rows whose mentions stand in the sentences of the disputed words."""
    found: set[str] = set()
    for place in (*(one for places in dispute.values.values() for one in places), *dispute.context):
        reading = readings.get(place.document)
        for mention in reading.mentions if reading else ():
            start, end = mention.sentence
            row = row_of.get(mention.transfer or "")
            if row is not None and start < place.span.end and place.span.start < end:
                found.add(row)
    return sorted(found)
