"""The command ``changes``: what changed in a case between two days."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tidewaiter.bulletin import Surroundings, markdown, plain_text
from tidewaiter.cli.screen import Screen, plural
from tidewaiter.contract import change_to_json
from tidewaiter.model import Change
from tidewaiter.register.changes import changes_between, transfer_words
from tidewaiter.wording import spoken

if TYPE_CHECKING:
    from tidewaiter.case import Case
    from tidewaiter.pipeline import View


@dataclass(frozen=True, slots=True)
class Between:
    """From which day to which, both included, and by which clock."""

    since: str  # ISO day
    until: str | None  # ISO day; None: as it is now
    held: bool  # by what the case had captured, not by what had been published

    @property
    def eve(self) -> str:
        """The day before the first."""
        return (date.fromisoformat(self.since) - timedelta(days=1)).isoformat()

    def words(self) -> str:
        end = "now" if self.until is None else spoken(self.until)
        return f"from {spoken(self.since)} to {end}, by what was {'held' if self.held else 'public'}"


def print_changes(folder: Path, between: Between, style: str, out: Path | None, screen: Screen) -> None:
    """Print what changed, or write it to a file.  ``style``: text, jsonl or md."""
    from tidewaiter.case import Case
    from tidewaiter.cli.exporting import write_lines

    with Case(folder, screen.say) as case, screen.progress():
        before, after = views(case, between)
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


def views(case: Case, between: Between) -> tuple[View, View]:
    """The case as it was on the eve, and on the last day."""
    earlier = view_as_of(case, between.eve, between.held)
    later = case.view() if between.until is None else view_as_of(case, between.until, between.held)
    return earlier, later


def view_as_of(case: Case, day: str, held: bool) -> View:
    """The case with those reports only that had been published by a day (by the latest day that their
    publication can be), or that it held then."""
    from dataclasses import replace

    from tidewaiter.edtf import safe_bounds
    from tidewaiter.linking import link
    from tidewaiter.pipeline import View
    from tidewaiter.register import build_register

    whole = case.view()
    taken = {one.capture.sha256: one.capture.captured_at[:10] for one in case.durable.held()}
    documents = []
    for one in whole.documents:
        latest = safe_bounds(one.published).latest
        came = taken.get(one.captures[0], "9999") if held else latest.isoformat() if latest else None
        if came is None:  # an undated report was public by the day on which it was captured
            came = taken.get(one.captures[0], "9999")
        if came <= day:
            documents.append(one)
    readings = {one.id: whole.readings[one.id] for one in documents}
    links = link(documents, readings)
    register = build_register(documents, readings, links, day, tables=case.knowledge)
    shown = tuple(replace(one) for one in documents)
    return View(shown, {one.id: one for one in shown}, readings, register)
