"""The command ``remove``: reports taken out of what is built."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from tidewaiter.cli.screen import Screen, plural
from tidewaiter.errors import UnknownIdError


def remove_all(folder: Path, sources: Sequence[str], reason: str | None, screen: Screen) -> bool:
    """Withdraw each of them; False when the case has no such report, or not one alone.

    Those before and after it are withdrawn all the same.
    """
    from tidewaiter.case import Case, now
    from tidewaiter.pipeline import Failure

    at = now()
    failed: list[Failure] = []
    withdrawn: list[str] = []
    before: list[str] = []
    with Case(folder, screen.say) as case, case.writing("removing", at):
        for what in sources:
            try:
                gone = case.remove(what, at, reason)
            except UnknownIdError as error:
                failed.append(Failure(what, error.what, error.todo))
            else:
                withdrawn += [f"{one.source} ({one.sha256[:12]})" for one in gone]
                before += [] if gone else [what]
    told = f"; {len(before):,} before" if before else ""
    told += f"; {len(failed):,} failed" if failed else ""
    screen.say(f"Taken out: {plural(len(withdrawn), 'source')}{told}.")
    screen.listed("Withdrawn", withdrawn)
    screen.listed("Withdrawn before", before)
    screen.failures(failed, "Not withdrawn")
    if withdrawn:
        screen.say("Their bytes and the custody record stay. To bring one back, add it again.")
        screen.say(f"Next: tidewaiter build {shlex.quote(str(folder))}")
    return not failed
