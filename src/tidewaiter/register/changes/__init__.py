"""What changed between two registers.

``facts`` says what makes two things the same one; ``rows``, ``revisions``, ``others`` and ``breaches`` take
a register apart into single facts, each with the words that bring it; ``comparing`` holds those of two
registers beside each other, ``telling`` says what differs, ``standing`` tells each change once over many
registers.  Whatever a row brings with it when it appears is listed like what comes later, so that the same
changes are told in whatever batches documents come.
"""

from __future__ import annotations

from tidewaiter.register.changes.comparing import Compared, compare, facts_of
from tidewaiter.register.changes.facts import Fact
from tidewaiter.register.changes.rows import transfer_words
from tidewaiter.register.changes.standing import About, Standing, about, tell
from tidewaiter.register.changes.telling import changes_between, changes_of, in_order

__all__ = [
    "About",
    "Compared",
    "Fact",
    "Standing",
    "about",
    "changes_between",
    "changes_of",
    "compare",
    "facts_of",
    "in_order",
    "tell",
    "transfer_words",
]
