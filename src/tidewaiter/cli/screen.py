"""What is shown on the terminal beside the data: summaries, lists of what failed.  All of it goes to
stderr; stdout is for data alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from tidewaiter.pipeline import Failure, Progress

Item = TypeVar("Item")

SHOWN_FAILURES = 20
"""Failures listed one by one; of the rest only the number is told, unless all are asked for."""

SHOWN_LEFT_OUT = 5
"""Files left out, notices and withdrawn captures that are listed one by one."""

PLAIN_WIDTH = 140
"""Columns of a table printed to a file or a pipe, where no terminal gives a width."""


@dataclass(frozen=True, slots=True)
class Screen:
    """How much the user wants to hear.  ``quiet``: data and failures only; ``verbose``: all of them."""

    quiet: bool = False
    verbose: bool = False

    def say(self, text: str) -> None:
        """A line for the user, unless quiet."""
        if not self.quiet:
            typer.echo(text, err=True)

    def warn(self, text: str) -> None:
        """A line that is said even when quiet: the output lacks something."""
        typer.secho(text, fg="yellow", err=True)

    def failures(self, failed: Sequence[Failure], head: str = "Not read") -> None:
        """The sources that gave nothing, each with the reason and what to do; said even when quiet,
        in one line each."""
        for one in self._shown(failed, SHOWN_FAILURES):
            typer.secho(f"{head}: {one.source}: {one.reason}", fg="yellow", err=True)
            if one.todo:
                self.say(f"  {one.todo}")
        if rest := self._rest(failed, SHOWN_FAILURES):
            typer.secho(f"{head}: {rest} more; all of them with --verbose", fg="yellow", err=True)

    def listed(self, head: str, lines: Sequence[str]) -> None:
        """Things worth knowing that are no failures, a line each, unless quiet."""
        for one in self._shown(lines, SHOWN_LEFT_OUT):
            self.say(f"{head}: {one}")
        if rest := self._rest(lines, SHOWN_LEFT_OUT):
            self.say(f"{head}: {rest} more; all of them with --verbose")

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """What a long piece of work reports to, step by step: a bar on a terminal, else a line every
        few seconds; nothing when quiet."""
        from tidewaiter.cli.progress import showing

        with showing(self.quiet) as progress:
            yield progress

    def _shown(self, items: Sequence[Item], most: int) -> Sequence[Item]:
        return items if self.verbose else items[:most]

    def _rest(self, items: Sequence[object], most: int) -> int:
        return 0 if self.verbose else max(0, len(items) - most)


def data_console() -> Console:
    """A console on stdout; on a pipe as wide as a table needs."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH, highlight=False)


def plural(number: int, one: str, many: str | None = None) -> str:
    """``1 report``, ``1,234 reports``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
