"""The command ``rebuild``: everything computed made anew, also where the derived store is damaged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tidewaiter.cli.screen import Screen

if TYPE_CHECKING:
    from tidewaiter.pipeline import Built

ENDS = ("-wal", "-shm", "")
"""Of the names of the files that a store in SQLite consists of, the store itself last."""


def rebuild_case(folder: Path, screen: Screen, jobs: int, *, from_custody: bool) -> Built:
    """Read all captures again and link them from nothing.

    ``jobs``: processes that read; ``from_custody``: first make the tables of the durable store from the
    records as they stand.  Raises ``CaseError`` when there is no such case, or it cannot be written.
    """
    from tidewaiter.case import CASE_FILE, Case, now

    at = now()
    if (folder / CASE_FILE).is_file():
        set_aside_if_damaged(folder, at, screen)
    with Case(folder, screen.say) as case:
        if from_custody:
            case.mend(at)
        with screen.progress() as progress:
            return case.build(at, progress, jobs=jobs, anew=True)


def set_aside_if_damaged(folder: Path, at: str, screen: Screen) -> Path | None:
    """Give a derived store that SQLite finds damaged another name, so that a new one can be made and
    nothing is thrown away; its new path, None when it is whole or there is none.

    Raises ``CaseError`` when another program is writing to the case, or it cannot be written.
    """
    from tidewaiter.errors import CaseError
    from tidewaiter.ledger.lock import WriterLock
    from tidewaiter.verification.shown import DERIVED, Shown

    if not (folder / DERIVED).exists():
        return None
    try:
        shown = Shown(folder)
        try:
            why = shown.damage()
        finally:
            shown.close()
    except CaseError as error:
        why = [error.what]
    if not why:
        return None
    with WriterLock(folder).hold("setting a damaged store aside", at, waiting=screen.say):
        aside = _free_name(folder / DERIVED)
        for end in ENDS:
            part = folder / f"{DERIVED}{end}"
            if part.exists():
                part.rename(aside.with_name(aside.name + end))
    screen.say(f"{DERIVED} is damaged ({why[0]}); it was set aside as {aside.name}.")
    return aside


def _free_name(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    return aside
