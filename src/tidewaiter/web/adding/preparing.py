"""A case to begin with, where the app is started to edit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tidewaiter.case import CASE_FILE, Case, now
from tidewaiter.web.adding.arrivals import Arrivals


def prepare(folder: Path, say: Callable[[str], None]) -> None:
    """Have a case that can be added to: made where the folder is new or empty, and built.

    What was taken in and never built is built by the first job of the app.  Raises ``CaseError`` where
    something else stands in the folder, or it cannot be written.
    """
    if not (folder / CASE_FILE).is_file():
        Case.create(folder, now(), say=say).close()
        say(f"Made the case {folder}: it is empty.")
    with Case(folder, say) as case:
        if case.derived.register.as_of() is not None:
            return
        if case.durable.count():
            Arrivals(folder).keep([], now(), None, None)
        else:
            case.build(now())
