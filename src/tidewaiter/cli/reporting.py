"""The command ``report``: the dossier of a case as HTML, PDF or Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tidewaiter.cli.as_of import dossier_name, say_as_of
from tidewaiter.cli.exporting import write_lines, write_parts
from tidewaiter.cli.screen import Screen
from tidewaiter.errors import UnknownIdError

if TYPE_CHECKING:
    from tidewaiter.case import Case
    from tidewaiter.pipeline import Asked, View

NAMED_IN_FILE = 3
"""Transfers named in the name of a file."""


def report_case(
    folder: Path,
    style: str,
    out: Path | None,
    wanted: Sequence[str],
    most: int | None,
    asked: Asked | None,
    at: str,
    screen: Screen,
) -> None:
    """Write the dossier to a file, whole or not at all.

    ``style``: ``html``, ``pdf`` or ``md``; ``wanted``: ids of transfers, of these alone; ``most``: else
    of so many at the most; None: of all; ``asked``: as of which day; ``at``: UTC, the moment it is now.
    Raises ``CaseError`` when there is no such case, it was not built yet, or the file cannot be written;
    ``UnknownIdError`` for an id that no transfer has; ``ModelError`` where what makes PDF is not installed.
    """
    from tidewaiter.case import Case
    from tidewaiter.pipeline import Step

    with Case(folder, screen.say) as case:
        with screen.progress() as progress:
            shown = case.compared(asked, progress)
            chosen = _chosen(case, shown, wanted, screen) if wanted else None
            target = out or _named(dossier_name(folder, asked), chosen, style)
            progress(Step("Dossier", 0, 1))
            todo = _write(case, shown, chosen, most, style, target, at)
        if chosen is None and most is not None and len(shown.register.rows) > most:
            screen.say(_only(most, len(shown.register.rows)))
        say_as_of(shown, screen)
    if todo:
        screen.warn(f"Not shown in the PDF, for want of a font: {todo}")
    screen.say(f"Wrote {target}")


def _write(
    case: Case,
    shown: View,
    chosen: Sequence[str] | None,
    most: int | None,
    style: str,
    target: Path,
    at: str,
) -> str | None:
    """Write it; for a PDF, what no font here can show."""
    if style == "pdf":
        made = case.pdf_dossier(shown, chosen, most)
        write_parts(target, [made.pdf])
        return None if made.missing is None else made.missing.todo
    if style == "md":
        write_lines(target, [case.markdown_dossier(shown, chosen, most)])
    else:
        write_lines(target, [case.dossier(at, shown, chosen, most)])
    return None


def _only(most: int, of: int) -> str:
    return (
        f"It tells of the {most:,} transfers in most reports, out of {of:,}: choose others with"
        " --transfer ID, more with --most N (0: all)."
    )


def _chosen(case: Case, shown: View, wanted: Sequence[str], screen: Screen) -> list[str]:
    """The register ids meant, those given out formerly included, each once."""
    known = {row.id for row in shown.register.rows}
    chosen: list[str] = []
    for name in (part for one in wanted for part in one.replace(",", " ").split()):
        present = name if name in known else case.redirect_in(shown, name)
        if present not in known or present is None:
            by_then = "" if shown.register.as_of is None else f" as of {shown.register.as_of.day}"
            raise UnknownIdError(
                f"no transfer{by_then} has that id",
                where=name,
                todo=f"See the ids with: tidewaiter register {case.folder}",
            )
        if present != name:
            screen.say(f"{name} is now part of {present}")
        chosen.append(present)
    return list(dict.fromkeys(chosen))


def _named(path: Path, chosen: Sequence[str] | None, style: str) -> Path:
    """The name of the file: that of the case's dossier, with the transfers chosen and the ending of the
    format."""
    stem = path.stem
    if chosen is not None:
        few = "-".join(chosen[:NAMED_IN_FILE])
        rest = len(chosen) - NAMED_IN_FILE
        stem = f"{stem}-{few}" + (f"-and-{rest}-more" if rest > 0 else "")
    return path.with_name(f"{stem}.{style}")
