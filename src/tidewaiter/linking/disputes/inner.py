"""Where one document contradicts itself.

Only what the report tells in its own course counts: each rule asks for words that point back at the same
thing, since a report may rightly tell of several shipments, days and figures.
"""

from __future__ import annotations

from collections.abc import Iterator

from tidewaiter.linking.disputes.accounts import Account
from tidewaiter.linking.disputes.directions import turned_round
from tidewaiter.linking.disputes.disputing import Dispute
from tidewaiter.linking.disputes.inner_days import days_of_one_event, weekdays_and_dates
from tidewaiter.linking.disputes.inner_figures import counted, headline_figures, pointed_back, slipped, sums
from tidewaiter.linking.disputes.inner_names import two_places, two_spellings
from tidewaiter.linking.disputes.outcomes import two_outcomes


def within(account: Account) -> Iterator[Dispute]:
    """The discrepancies inside one document."""
    told, cues = account.told, account.cues
    found = counted(told, cues)
    yield from weekdays_and_dates(told)
    yield from days_of_one_event(told, cues)
    yield from sums(told, found)
    yield from headline_figures(told, found, cues)
    yield from pointed_back(told, found, cues)
    yield from slipped(told, found, cues)
    yield from two_spellings(told, cues)
    yield from two_places(told, cues)
    yield from two_outcomes(told, cues)
    if account.reading is not None:
        yield from turned_round(told, account.reading, cues)
