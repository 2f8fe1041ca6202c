"""The command ``read``: one document at a time, printed as it is read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import typer

from tidewaiter import knowledge, pipeline
from tidewaiter.case import account, now
from tidewaiter.cli.printing import print_grounds, print_reading
from tidewaiter.cli.screen import Screen, plural
from tidewaiter.cli.stopping import interruptible
from tidewaiter.cli.summaries import say_how
from tidewaiter.contract import failure_to_json, grounds_to_json, reading_to_json
from tidewaiter.errors import CaseError
from tidewaiter.knowledge import Knowledge
from tidewaiter.model import Document, Reading
from tidewaiter.pipeline import Failure, Step


def read_all(
    paths: Sequence[Path],
    style: str,
    date: str | None,
    screen: Screen,
    *,
    raw: bool,
    only: str | None,
    explained: bool = False,
    tables_folder: Path | None = None,
) -> bool:
    """Read and print each file; False when one could not be read.

    ``explained``: with the words, the rule and the table rows behind each field of each finding;
    ``tables_folder``: rows of the user's own, added to the project's tables.
    """
    files, left_out = pipeline.files_of(paths)
    if not files:
        raise CaseError("there is nothing to read", where=", ".join(map(str, paths)), todo="Name files.")
    if tables_folder is not None and not tables_folder.is_dir():
        raise CaseError("this is no folder", where=str(tables_folder), todo="Name the folder of your tables.")
    tables, taking = knowledge.load(tables_folder), pipeline.Taking(now(), account())
    failed: list[Failure] = []
    done = 0
    with (
        interruptible("the lines printed are whole", "Run it again with the files that are left."),
        screen.progress() as progress,
    ):
        for path in files:
            progress(Step("Reading", done, len(files), path.name))
            found = pipeline.read_file(path, tables, taking, given_date=date, raw=raw)
            if isinstance(found, Failure):
                failed.append(found)
            _print(found, style, only, tables if explained else None)
            done += 1
    told = f"; {len(failed):,} failed" if failed else ""
    screen.say(f"Read: {plural(done - len(failed), 'report')}{told}.")
    screen.listed("Left out", [f"{one.source}: {one.reason}" for one in left_out])
    screen.failures(failed)
    say_how(screen)
    return not failed


def _print(
    found: tuple[Document, Reading] | Failure, style: str, only: str | None, tables: Knowledge | None
) -> None:
    """Prints one document; with ``tables``, what each finding rests on."""
    if isinstance(found, Failure):
        if style == "jsonl":
            _line(failure_to_json(found.source, found.reason))
        return
    document, reading = found
    grounds = pipeline.grounds(document, reading, tables) if tables is not None else None
    if style == "jsonl":
        line = reading_to_json(document, reading, only)
        _line(line if grounds is None else {**line, "grounds": grounds_to_json(document, grounds)})
    else:
        print_reading(document, reading)
        if grounds is not None:
            print_grounds(document, grounds)


def _line(data: object) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False))
