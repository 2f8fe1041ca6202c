"""The options ``--as-of``, ``--held`` and ``--with-judgements``: as of which day a case is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tidewaiter.cli.screen import Screen
from tidewaiter.errors import CaseError
from tidewaiter.model import Clock

if TYPE_CHECKING:
    from tidewaiter.pipeline import Asked, View

AsOfDay = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DATE", help="Only what was public by that day (2022-11-08), and follows from it."
    ),
]
HeldClock = Annotated[
    bool, typer.Option("--held", help="With --as-of: what this case had captured by then instead.")
]
LaterJudgements = Annotated[
    bool,
    typer.Option("--with-judgements", help="With --as-of: let in what analysts decided later, too."),
]


def asked_for(day: str | None, held: bool, with_judgements: bool, at: str) -> Asked | None:
    """As of when a case is asked for; None: as last built.  ``at``: UTC, ISO 8601, the moment it is now.

    Raises ``CaseError`` for what is no day, for one that is still to come, and for the other options without
    a day.
    """
    from tidewaiter.case import check_past_day
    from tidewaiter.pipeline import Asked

    if day is None:
        for option, given in (("--held", held), ("--with-judgements", with_judgements)):
            if given:
                raise CaseError(
                    "is said without a day", where=option, todo=f"Write: --as-of 2022-11-08 {option}"
                )
        return None
    clock = Clock.HELD if held else Clock.PUBLIC
    return Asked(check_past_day(day, "--as-of", at), clock, with_judgements)


def say_as_of(view: View, screen: Screen, *, data_tells: bool = False) -> None:
    """Of which day a view is, and how much of the case that is; nothing where it is of the last build.
    ``data_tells``: what is printed says itself when nothing is in it."""
    as_of = view.register.as_of
    if as_of is None:
        return
    from tidewaiter.wording import as_of_words

    words = as_of_words(as_of)
    screen.say(f"{words[:1].upper()}{words[1:]}.")
    if not as_of.documents and not data_tells:
        screen.say(nothing_by(view))


def nothing_by(view: View) -> str:
    """That no document is in, and by which clock."""
    from tidewaiter.wording import spoken

    as_of = view.register.as_of
    assert as_of is not None, "of a case as last built"
    verb = "public" if as_of.clock is Clock.PUBLIC else "held"
    return f"No document was {verb} by {spoken(as_of.day)}: the register is empty."


def dossier_name(case: Path, asked: Asked | None) -> Path:
    """Where a dossier is written unless told otherwise: that of a past day beside the case's own."""
    from tidewaiter.case import DOSSIER

    if asked is None:
        return case / DOSSIER
    stem, _, end = DOSSIER.rpartition(".")
    by = "as-of" if asked.clock is Clock.PUBLIC else "held-by"
    return case / f"{stem}-{by}-{asked.day}.{end}"
