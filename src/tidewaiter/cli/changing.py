"""The command ``changes``: what changed in a case between two days."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tidewaiter.bulletin import Surroundings, markdown, plain_text
from tidewaiter.cli.screen import Screen, plural
from tidewaiter.contract import change_to_json
from tidewaiter.errors import CaseError
from tidewaiter.model import Change, Clock, Register
from tidewaiter.register.changes import changes_between, transfer_words
from tidewaiter.wording import spoken

if TYPE_CHECKING:
    from tidewaiter.case import Case
    from tidewaiter.pipeline import Progress, View


@dataclass(frozen=True, slots=True)
class Between:
    """From which day to which, both included, and by which clock."""

    since: str  # ISO day
    until: str | None  # ISO day; None: as it is now
    held: bool  # by what the case had captured, not by what had been published

    @property
    def eve(self) -> str | None:
        """The day before the first; None where no calendar has one."""
        first = date.fromisoformat(self.since)
        return None if first == date.min else (first - timedelta(days=1)).isoformat()

    def words(self) -> str:
        end = "now" if self.until is None else spoken(self.until)
        return f"from {spoken(self.since)} to {end}, by what was {'held' if self.held else 'public'}"


def print_changes(folder: Path, between: Between, style: str, out: Path | None, screen: Screen) -> None:
    """Print what changed, or write it to a file.  ``style``: text, jsonl or md."""
    from tidewaiter.case import Case
    from tidewaiter.cli.exporting import write_lines

    with Case(folder, screen.say) as case:
        with screen.progress() as progress:
            before, after = views(case, between, progress)
        published = {
            document.id: document.published for view in (before, after) for document in view.documents
        }
        found = changes_between(before.register, after.register, published)
        lines = lines_of(found, before, after, style, f"{case.settings.name}: changes {between.words()}")
        if out is None:
            for line in lines:
                typer.echo(line)
        else:
            write_lines(out, (f"{line}\n" for line in lines))
    screen.say(f"{plural(len(found), 'change')} {between.words()}.")


def lines_of(found: Sequence[Change], before: View, after: View, style: str, title: str) -> Iterator[str]:
    """The changes in one of the formats, line by line."""
    rows = {row.id: row for view in (before, after) for row in view.register.rows}
    sources = {document.id: document.source for view in (before, after) for document in view.documents}
    if style == "jsonl":
        for one in found:
            line = change_to_json(one, sources, rows.get(one.transfer or ""))
            yield json.dumps(line, ensure_ascii=False)
        return
    around = Surroundings({name: transfer_words(row) for name, row in rows.items()}, sources)
    if style == "md":
        yield f"# {title}"
        yield ""
        yield from markdown(found, around) if found else ["Nothing changed.", ""]
        return
    yield from plain_text(found, around)


# ------------------------------------------------------------------------------------ as of a day


def views(case: Case, between: Between, progress: Progress) -> tuple[View, View]:
    """The case as it was on the eve, and on the last day.

    Raises ``CaseError`` where the case, as last built, is of a day before the eve.
    """
    from tidewaiter.case import CASE_FILE
    from tidewaiter.pipeline import Asked

    clock, built_for = Clock.HELD if between.held else Clock.PUBLIC, case.settings.as_of
    if between.until is None and built_for is not None and built_for < (between.eve or ""):
        raise CaseError(
            f"the case is built for {built_for}, which is before {between.since}",
            where=f"{case.folder / CASE_FILE}, as_of",
            todo="Give the last day with --until, or take as_of out of case.toml and build.",
        )
    if between.eve is None:
        earlier = replace(case.view(), documents=(), register=Register((), (), (), ()))
    else:
        earlier = case.compared(Asked(between.eve, clock), progress)
    later = None if between.until is None else Asked(between.until, clock)
    return earlier, case.compared(later, progress)
