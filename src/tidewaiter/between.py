"""What changed in a case between two days, with the case as it was and as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from tidewaiter.case import CASE_FILE, Asked, Case, Clock
from tidewaiter.errors import CaseError
from tidewaiter.model import Change, Register
from tidewaiter.pipeline import Progress, View, no_progress
from tidewaiter.register.changes import changes_between
from tidewaiter.wording import spoken


@dataclass(frozen=True, slots=True)
class Between:
    """From which day to which, both included, and by which clock."""

    since: str  # ISO day
    until: str | None  # ISO day; None: as it is now
    held: bool  # by what the case had captured, not by what had been published

    @property
    def clock(self) -> Clock:
        return Clock.HELD if self.held else Clock.PUBLIC

    @property
    def eve(self) -> str | None:
        """The day before the first; None where no calendar has one."""
        first = date.fromisoformat(self.since)
        return None if first == date.min else (first - timedelta(days=1)).isoformat()

    def words(self) -> str:
        end = "now" if self.until is None else spoken(self.until)
        return f"from {spoken(self.since)} to {end}, by what was {'held' if self.held else 'public'}"


class Compared(NamedTuple):
    """The changes, and between what."""

    changes: tuple[Change, ...]
    before: View
    after: View


def compare(case: Case, between: Between, progress: Progress = no_progress) -> Compared:
    """What changed.  Raises ``CaseError`` as ``views`` does."""
    before, after = views(case, between, progress)
    published = {document.id: document.published for view in (before, after) for document in view.documents}
    return Compared(changes_between(before.register, after.register, published), before, after)


def views(case: Case, between: Between, progress: Progress) -> tuple[View, View]:
    """The case as it was on the eve, and on the last day.

    Raises ``CaseError`` where the case, as last built, is of a day before the eve.
    """
    check(case, between)
    if between.eve is None:
        earlier = replace(case.view(), documents=(), register=Register((), (), (), ()))
    else:
        earlier = case.view_as_of(Asked(between.eve, between.clock), progress)
    later = None if between.until is None else Asked(between.until, between.clock)
    return earlier, case.compared(later, progress)


def check(case: Case, between: Between) -> None:
    """Raises ``CaseError`` where the case, as last built, is of a day before the eve."""
    built_for = case.settings.as_of
    if between.until is None and built_for is not None and built_for < (between.eve or ""):
        raise CaseError(
            f"the case is built for {built_for}, which is before {between.since}",
            where=f"{case.folder / CASE_FILE}, as_of",
            todo="Give the last day with --until, or take as_of out of case.toml and build.",
        )
