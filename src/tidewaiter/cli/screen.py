"""What is shown on the terminal beside the data: progress, summaries, errors.  All of it goes to
stderr; stdout is for data alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from tidewaiter.errors import TidewaiterError

if TYPE_CHECKING:
    from rich.console import Console

    from tidewaiter.pipeline import Failure, Progress, Step

SHOWN_FAILURES = 20
"""Failures listed one by one; of the rest only the number is told."""

SHOWN_LEFT_OUT = 5
"""Files left out that are listed one by one."""

PLAIN_WIDTH = 140
"""Columns of a table printed to a file or a pipe, where no terminal gives a width."""


class InterruptedRunError(TidewaiterError):
    """The user pressed Ctrl-C."""

    exit_code = 130


def print_error(error: TidewaiterError) -> None:
    """What was wrong, where, and what to do, without a traceback."""
    head = "Stopped" if isinstance(error, InterruptedRunError) else "Error"
    where = f"{error.where}: " if error.where else ""
    typer.secho(f"{head}: {where}{error.what}", fg="red", err=True)
    if error.todo:
        typer.echo(f"  {error.todo}", err=True)


@contextmanager
def interruptible(what_is_kept: str, go_on: str) -> Iterator[None]:
    """Ctrl-C inside ends the command with what is kept and how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        raise InterruptedRunError(what_is_kept, todo=go_on) from None


def say(text: str, quiet: bool = False) -> None:
    """A line for the user."""
    if not quiet:
        typer.echo(text, err=True)


def say_failures(failed: Sequence[Failure], quiet: bool = False) -> None:
    """The sources that gave nothing, each with the reason; said even when quiet, in one line each."""
    for one in failed[:SHOWN_FAILURES]:
        typer.secho(f"Not read: {one.source}: {one.reason}", fg="yellow", err=True)
        if one.todo and not quiet:
            typer.echo(f"  {one.todo}", err=True)
    if len(failed) > SHOWN_FAILURES:
        typer.secho(f"Not read: {len(failed) - SHOWN_FAILURES} more", fg="yellow", err=True)


def say_left_out(left_out: Sequence[Failure], quiet: bool = False) -> None:
    """The files of folders that are not reports, each with the reason."""
    for one in left_out[:SHOWN_LEFT_OUT]:
        say(f"Left out: {one.source}: {one.reason}", quiet)
    if len(left_out) > SHOWN_LEFT_OUT:
        say(f"Left out: {len(left_out) - SHOWN_LEFT_OUT} more", quiet)


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Progress]:
    """A bar on stderr while the work inside goes on; nothing when quiet or not on a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[item]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=None, item="")

        def show(step: Step) -> None:
            bar.update(
                task, description=step.stage, completed=step.done, total=step.total, item=step.item[:40]
            )

        yield show


def data_console() -> Console:
    """A console on stdout; on a pipe as wide as a table needs."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH, highlight=False)


def plural(number: int, one: str, many: str | None = None) -> str:
    """``1 report``, ``2 reports``."""
    return f"{number} {one if number == 1 else many or one + 's'}"
