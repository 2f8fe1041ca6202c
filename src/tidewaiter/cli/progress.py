"""How far a long piece of work has come: a bar with an estimate on a terminal, else a plain line every
few seconds, so that a log or a pipe shows that something goes on."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from tidewaiter.cli import stopping
from tidewaiter.pipeline.estimating import duration, plain_line

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

    from tidewaiter.pipeline import Progress, Step

PLAIN_SECONDS = 10.0
"""Between two lines where there is no terminal: often enough to see that it goes on, seldom enough for
a log."""

ITEM_WIDTH = 40
"""Characters of a file's name that are shown."""

WIDE = 110
"""Columns of a terminal from which on the name of the file at hand is shown too."""

__all__ = ["duration", "plain_line", "plain_lines", "showing"]


@contextmanager
def showing(quiet: bool) -> Iterator[Progress]:
    """What long work reports to; every step also ends the work when a signal came."""
    stopping.check()
    if quiet:
        yield _silent
    elif sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        with plain_lines(sys.stderr, PLAIN_SECONDS) as progress:
            yield progress


def _silent(_: Step) -> None:
    stopping.check()


# ------------------------------------------------------------------------------------ on a terminal


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    bar = Progress(*_columns(console.width), console=console, transient=True)
    task = bar.add_task("Starting", total=None, item="")
    stage = "Starting"

    def show(step: Step) -> None:
        nonlocal stage
        stopping.check()
        counted = step.total if step.total > 1 else None  # a single step has no share that is done
        if step.stage != stage:
            stage = step.stage
            bar.reset(task, description=stage, total=counted)
        bar.update(task, completed=step.done, total=counted, item=step.item[:ITEM_WIDTH])

    try:
        with stopping.unheard():
            bar.start()
        yield show
    finally:
        bar.stop()


def _columns(width: int) -> tuple[ProgressColumn, ...]:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        ProgressColumn,
        Task,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """How many a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed and task.total else "", style="dim")

    columns: tuple[ProgressColumn, ...] = (
        TextColumn("{task.description:<10}"),
        BarColumn(bar_width=None if width >= WIDE else 16),
        MofNCompleteColumn(),
        Rate(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    return (*columns, TextColumn("{task.fields[item]}", markup=False)) if width >= WIDE else columns


# ------------------------------------------------------------------------------------ elsewhere


@dataclass(slots=True)
class _Stage:
    """The stage at hand: its last step, and where and when it began."""

    step: Step
    began: float  # seconds, of a clock that only runs forward
    first: int  # number done when it began


@contextmanager
def plain_lines(
    stream: TextIO, every: float, clock: Callable[[], float] = time.monotonic
) -> Iterator[Progress]:
    """A line on ``stream`` after every ``every`` seconds in which the work inside goes on.

    A thread of its own writes them: a single long step calls nobody while it lasts.
    """
    stage: _Stage | None = None
    is_over = threading.Event()

    def show(step: Step) -> None:
        nonlocal stage
        stopping.check()
        if stage is None or stage.step.stage != step.stage:
            stage = _Stage(step, clock(), step.done)
        stage.step = step

    def write() -> None:
        while not is_over.wait(every):
            if stage is not None:
                line = plain_line(stage.step, stage.step.done - stage.first, clock() - stage.began)
                _write(stream, line)

    writer = threading.Thread(target=write, name="progress", daemon=True)
    with stopping.unheard():
        writer.start()
    try:
        yield show
    finally:
        is_over.set()
        writer.join()


def _write(stream: TextIO, line: str) -> None:
    try:
        stream.write(f"{line}\n")
        stream.flush()
    except (OSError, ValueError):  # nobody reads it any more: the work goes on without it
        pass
