"""What nobody in the case has confirmed or told, since when, and what was answered on which day.  Where
nothing is open, nothing is said.

``seen`` says what was public by each day, ``replay`` holds one day against the next, and each kind of
question is a module: ``receipt``, ``figures``, ``routes``, ``denials``, ``named_evidence``.  What was
announced and not yet reported as done is asked in ``pending``, from the responses of the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from tidewaiter.edtf import safe_bounds
from tidewaiter.model import Copy, OpenQuestion, Position
from tidewaiter.register.origins import Weighed, copy_groups
from tidewaiter.register.questions import denials, figures, named_evidence, receipt, routes
from tidewaiter.register.questions.replay import in_order, replay
from tidewaiter.register.questions.seen import NO_DAY, Facts, days_of, heard_of, public_day, replaced
from tidewaiter.register.sources import Member, Sources

ASKED = (*receipt.ASKED, *figures.ASKED, *denials.ASKED, *routes.ASKED, *named_evidence.ASKED)
"""In the order in which open questions stand."""


def questions_of(
    sources: Sources,
    members: Sequence[Member],
    positions: Sequence[Position],
    weighed: Weighed,
    copies: Iterable[Copy],
) -> tuple[tuple[OpenQuestion, ...], tuple[OpenQuestion, ...]]:
    """The questions of one row that are open, by kind, and those that were answered, by day.

    ``members``: those that speak for the row first.  Reports that were not public by the register's own day
    neither ask nor answer.
    """
    groups = copy_groups(sorted({document for document, _ in members}), copies)
    heard = heard_of(sources, positions, groups)
    told = {member: sources.transfer(member) for member in members}
    row = told[members[0]]
    as_of = last_day(sources, members)
    facts = Facts(sources, row.supplier, row.recipient, weighed, as_of, told, replaced(heard))
    days = list(days_of(facts, heard, members, date.fromisoformat(sources.as_of)))
    asked = [replay(one, days, facts) for one in ASKED]
    still = tuple(one for found, _ in asked for one in found)
    return still, in_order(one for _, found in asked for one in found)


def last_day(sources: Sources, members: Sequence[Member]) -> str | None:
    """The day of the last report on the transfer, but not after the register's own; None where no
    report has a day.  What is open is open as of what could be read."""
    day = last_report(sources, members)
    return None if day is None else min(day, sources.as_of)


def last_report(sources: Sources, members: Iterable[Member]) -> str | None:
    """ISO day of the last report on the transfer; None where no report has a day."""
    days = [safe_bounds(sources.published[document]).latest for document, _ in members]
    return max((day.isoformat() for day in days if day is not None), default=None)


def first_report(sources: Sources, members: Iterable[Member]) -> str | None:
    """ISO day by which the first report on the transfer was public; None where no report has a day."""
    own = date.fromisoformat(sources.as_of)
    first = min((public_day(sources.published[document], own) for document, _ in members), default=NO_DAY)
    return None if first == NO_DAY else first.isoformat()
