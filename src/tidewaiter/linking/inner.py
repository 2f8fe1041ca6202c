"""Where one document contradicts itself.

Only what the report tells in its own course counts: each rule asks for words that point back at the same
thing, since a report may rightly tell of several shipments, days and figures.
"""

from __future__ import annotations

from collections.abc import Iterator

from tidewaiter.linking.clauses import told
from tidewaiter.linking.cues import Cues
from tidewaiter.linking.directions import turned_round
from tidewaiter.linking.disputing import Dispute
from tidewaiter.linking.inner_days import days_of_one_event, weekdays_and_dates
from tidewaiter.linking.inner_figures import headline_figures, pointed_back, sums
from tidewaiter.linking.inner_names import two_places, two_spellings
from tidewaiter.linking.outcomes import two_outcomes
from tidewaiter.model import Document, Reading


def within(document: Document, reading: Reading | None, cues: Cues) -> Iterator[Dispute]:
    """The discrepancies inside one document."""
    text = told(document)
    yield from weekdays_and_dates(text)
    yield from days_of_one_event(text, cues)
    yield from sums(text, cues)
    yield from headline_figures(text, cues)
    yield from pointed_back(text, cues)
    yield from two_spellings(text, cues)
    yield from two_places(text, cues)
    yield from two_outcomes(text, cues)
    if reading is not None:
        yield from turned_round(text, reading, cues)
