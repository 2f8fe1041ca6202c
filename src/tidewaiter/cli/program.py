"""One run of the program: the command, its errors in words, its exit status."""

from __future__ import annotations

import io
import os
import sys

import typer

from tidewaiter.cli import stopping
from tidewaiter.cli.commands import app
from tidewaiter.cli.endings import as_member, ending
from tidewaiter.errors import InterruptedRunError, TidewaiterError


def run(verbose: bool) -> int:
    """Run the command that ``sys.argv`` names; the exit status.

    ``verbose``: an error is shown with its traceback, also one in a single document.
    """
    _prepare(verbose)
    try:
        try:
            status = _command()
        finally:
            sys.stdout.flush()  # here, not at the end of the process, where nothing could be said
    # The last resort: what nobody foresaw is to end in words too, and with a status of its own.
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001
        stopping.deaf()
        return _end(error, verbose)
    return status


def _prepare(verbose: bool) -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if verbose:
        import logging

        logging.basicConfig(format="%(name)s: %(message)s")
        logging.getLogger("tidewaiter").setLevel(logging.DEBUG)


def _command() -> int:
    try:
        # Not app(): that puts a hook of its own on every traceback.
        typer.main.get_command(app)(prog_name="tidewaiter")
    except SystemExit as end:  # wrong usage, --help, typer.Exit
        stopping.check()  # Typer ends by itself where a signal comes before the command begins
        return end.code if isinstance(end.code, int) else 0
    return 0


def _end(error: BaseException, verbose: bool) -> int:
    """Say what was wrong; the exit status."""
    told = as_member(error)
    how = ending(told)
    try:
        if how.head:
            _say(told, how.head, error if verbose else None)
    except OSError:  # nobody reads the messages either
        pass
    _close_output()
    return stopping.status() if isinstance(told, InterruptedRunError) else how.status


def _say(told: TidewaiterError, head: str, traced: BaseException | None) -> None:
    if traced is not None:
        import traceback

        traceback.print_exception(traced)
    where = f"{told.where}: " if told.where else ""
    typer.secho(f"{head}: {where}{told.what}", fg="red", err=True)
    if told.todo:
        typer.echo(f"  {told.todo}", err=True)


def _close_output() -> None:
    """What could not be written is dropped: at the end of the process Python would try once more and
    complain."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
