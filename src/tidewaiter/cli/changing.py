"""The command ``changes``: what changed in a case between two days."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tidewaiter.bulletin import Surroundings, markdown, plain_text
from tidewaiter.cli.screen import Screen, plural
from tidewaiter.contract import change_to_json
from tidewaiter.model import Change
from tidewaiter.register.changes import transfer_words

if TYPE_CHECKING:
    from tidewaiter.between import Between
    from tidewaiter.pipeline import View


def print_changes(folder: Path, between: Between, style: str, out: Path | None, screen: Screen) -> None:
    """Print what changed, or write it to a file.  ``style``: text, jsonl or md."""
    from tidewaiter.between import compare
    from tidewaiter.case import Case
    from tidewaiter.cli.exporting import write_lines

    with Case(folder, screen.say) as case:
        with screen.progress() as progress:
            found, before, after = compare(case, between, progress)
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
