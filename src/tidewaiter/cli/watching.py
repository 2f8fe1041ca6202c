"""The command ``watch``: look after look, and what it says of them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tidewaiter.cli import stopping
from tidewaiter.cli.screen import Screen, plural
from tidewaiter.wording import moment

if TYPE_CHECKING:
    from tidewaiter.watching import Looked, Watch
    from tidewaiter.watching.deliveries.batch import Batch

NAP_SECONDS = 0.5
"""At most between two moments at which a signal is asked for."""


def watch_case(folder: Path, once: bool, every: int | None, jobs: int, screen: Screen) -> bool:
    """Watch a case until a signal comes, or look once; whether everything could be looked at and told.

    Raises ``CaseError`` where it cannot be watched.
    """
    from tidewaiter.case import now
    from tidewaiter.watching import Watch

    watch = Watch(folder, _print, screen.say, jobs=jobs)
    with watch.watching(now()) as last:
        if last is not None:
            screen.say(f"Last looked on {moment(last.at)}.")
        if once:
            return _look_once(watch, screen)
        before: Looked | None = None
        while True:
            before = _say(_look(watch, screen), before, screen)
            seconds = every or _seconds(watch)
            _sleep(seconds)


def _seconds(watch: Watch) -> int:
    from tidewaiter.errors import TidewaiterError
    from tidewaiter.watching.settings import EVERY_SECONDS

    try:
        return max(1, watch.settings().every)
    except TidewaiterError:  # said at the next look
        return EVERY_SECONDS


def _look_once(watch: Watch, screen: Screen) -> bool:
    """One look; where files may not be whole yet, a second one when they have had their time."""
    looked = _look(watch, screen)
    if looked.waiting:
        _say(looked, None, screen)
        _sleep(watch.settings().settle)
        looked = _look(watch, screen)
    _say(looked, None, screen)
    return not looked.troubles


def _look(watch: Watch, screen: Screen) -> Looked:
    from tidewaiter.case import now

    with screen.progress() as progress:
        watch.progress = progress
        return watch.look(now())


def _say(looked: Looked, before: Looked | None, screen: Screen) -> Looked:
    """What a look came to; of one like the one before nothing, unless all is wanted."""
    is_news = bool(looked.new or looked.told) or before is None or looked.waiting != before.waiting
    if is_news or screen.verbose:
        waiting = f", {plural(len(looked.waiting), 'file')} not whole yet" if looked.waiting else ""
        screen.say(
            f"Looked on {moment(looked.at)}: {plural(looked.new, 'new file')}, {looked.known:,} known"
            f"{waiting}; {plural(looked.told, 'change')}."
        )
    if before is None or looked.troubles != before.troubles:
        screen.failures(looked.troubles, "Not done")
        if before is not None and not looked.troubles:
            if not set(before.troubles) <= set(looked.unread):
                screen.say("What could not be done before is done.")
            screen.failures(looked.unread, "Still not read")
    return looked


def _sleep(seconds: float) -> None:
    """Until then, or until a signal comes."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        stopping.check()
        time.sleep(min(NAP_SECONDS, left))


def _print(batch: Batch) -> None:
    twice = " (may have been told before)" if batch.twice else ""
    typer.echo(f"{batch.alert}{twice}")
    for line in batch.lines():
        typer.echo(f"  {line}")
