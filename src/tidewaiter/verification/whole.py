"""A whole case, checked piece by piece: what is needed at once is one document or one row."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from tidewaiter.errors import CaseError
from tidewaiter.ledger.durable import DurableStore
from tidewaiter.pipeline import Progress, Step
from tidewaiter.verification.findings import Finding, Kind, finding
from tidewaiter.verification.kept import Done, check_kept
from tidewaiter.verification.made import check_built, check_documents, check_register_tables, check_store
from tidewaiter.verification.rebuilt import Rebuild, check_rebuild
from tidewaiter.verification.shown import DERIVED, Shown
from tidewaiter.verification.tally import Tally

__all__ = ["Rebuild", "verify"]


def verify(folder: Path, tally: Tally, progress: Progress, rebuild: Rebuild | None = None) -> None:
    """Check everything in a case folder; nothing in it is changed.

    What is found is noted in ``tally``, also what could not be checked.  ``rebuild``: how a
    rebuild is made elsewhere and compared; None: there is none.
    """
    for one in _findings(folder, tally, progress):
        tally.note(one)
    if rebuild is not None:
        for one in check_rebuild(folder, rebuild, tally, progress):
            tally.note(one)


def _findings(folder: Path, tally: Tally, progress: Progress) -> Iterator[Finding]:
    try:
        durable = DurableStore(folder, write=False)
    except CaseError as error:
        yield finding(Kind.STORE_UNREADABLE, error.where or str(folder), error.what, error.todo)
        return
    try:
        progress(Step("Records", 0, 1))
        yield from check_kept(durable, tally, _counted(progress, "Captures", durable.count))
        yield from _made(folder, durable, tally, progress)
    finally:
        durable.close()


def _made(folder: Path, durable: DurableStore, tally: Tally, progress: Progress) -> Iterator[Finding]:
    if not (folder / DERIVED).exists():
        yield finding(Kind.NOT_BUILT, DERIVED, "there is none: the case was not built yet")
        return
    try:
        shown = Shown(folder)
    except CaseError as error:
        yield finding(Kind.STORE_DAMAGED, DERIVED, error.what)
        return
    try:
        progress(Step("Store", 0, 1))
        yield from check_store(shown)
        texts = _counted(progress, "Texts", lambda: shown.number("shown"))
        rows = _counted(progress, "Register", lambda: shown.number("register_row"))
        for part in (
            check_built(durable, shown),
            check_documents(durable, shown, tally, texts),
            check_register_tables(shown, tally, rows),
        ):
            yield from _as_far_as_readable(part)
    finally:
        shown.close()


def _as_far_as_readable(part: Iterator[Finding]) -> Iterator[Finding]:
    """What is found, and where a store cannot be read that the rest could not be checked."""
    try:
        yield from part
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # damaged text is no UTF-8
        what = f"the rest could not be checked ({error})"
        yield finding(Kind.STORE_UNREADABLE, DERIVED, what, "Make it again: tidewaiter rebuild CASE")
    except CaseError as error:
        yield finding(Kind.STORE_UNREADABLE, error.where or DERIVED, error.what)


def _counted(progress: Progress, stage: str, total: Callable[[], int]) -> Done:
    """Tells the progress how many of how many are done; the total is asked for once, with the first."""
    known: list[int] = []

    def done(number: int) -> None:
        if not known:
            known.append(total())
        progress(Step(stage, min(number, known[0]), known[0]))

    return done
