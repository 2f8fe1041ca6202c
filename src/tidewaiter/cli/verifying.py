"""The command ``verify``: what was checked, what does not hold, where, and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from tidewaiter.cli.screen import Screen, plural
from tidewaiter.errors import CaseError
from tidewaiter.verification import MEANINGS, Kind, Level, finding
from tidewaiter.verification.tally import Tally

SHOWN_FINDINGS = 10
"""Findings of one kind that are listed; all of them with --verbose."""

HEADS = {Level.FAULT: "Does not hold", Level.UNCHECKED: "Could not be checked", Level.NOTICE: "To know"}


def verify_case(folder: Path, screen: Screen, jobs: int | None) -> Tally:
    """Check a case.  ``jobs``: against a rebuild too, by so many processes; None: without.

    Raises ``CaseError`` when there is no case.
    """
    from tidewaiter.case import CASE_FILE, now, read_settings
    from tidewaiter.verification.whole import Rebuild, verify

    settings = folder / CASE_FILE
    if not settings.is_file() and not (folder / "custody.jsonl").is_file():
        raise CaseError("is not a case", where=str(folder), todo=f"Make one with: tidewaiter new {folder}")
    tally = Tally(most=None if screen.verbose else SHOWN_FINDINGS)
    try:
        read_settings(settings)
    except CaseError as error:
        tally.note(finding(Kind.SETTINGS_WRONG, CASE_FILE, error.what, error.todo))
    with screen.progress() as progress:
        verify(folder, tally, progress, Rebuild(now(), jobs) if jobs else None)
    return tally


def print_findings(tally: Tally, screen: Screen, case: Path) -> None:
    """For reading: by level and kind, each with the number, the first few, and what to do."""
    for level in Level:
        for kind, number, kept in tally.groups():
            if kind.level != level or (screen.quiet and level == Level.NOTICE):
                continue
            meaning = MEANINGS[kind]
            typer.echo(f"{HEADS[level]}: {meaning.heading} ({number:,})")
            for one in kept:
                typer.echo(f"  {one.where}: {one.what}")
            if number > len(kept):
                typer.echo(f"  {number - len(kept):,} more; all of them with --verbose")
            for todo in dict.fromkeys(one.todo for one in kept):
                typer.echo(f"  > {todo.replace('CASE', str(case))}")
    if not screen.quiet:
        typer.echo(f"Checked: {_checked(tally)}.")
        typer.echo(_verdict(tally))


def _checked(tally: Tally) -> str:
    return ", ".join(f"{number:,} {what}" for what, number in tally.checked.items() if number) or "nothing"


def _verdict(tally: Tally) -> str:
    faults, unchecked = tally.number(Level.FAULT), tally.number(Level.UNCHECKED)
    if tally.holds:
        return "All of it holds."
    told = [f"{plural(faults, 'thing does', 'things do')} not hold"] if faults else []
    told += [f"{unchecked:,} could not be checked"] if unchecked else []
    return f"{'; '.join(told)}."


def print_json(tally: Tally) -> None:
    """For programs: one object."""
    data = {
        "holds": tally.holds,
        "checked": dict(tally.checked),
        "findings": [
            {
                "kind": kind.value,
                "level": kind.level.value,
                "heading": MEANINGS[kind].heading,
                "number": number,
                "first": [{"where": one.where, "what": one.what, "todo": one.todo} for one in kept],
            }
            for kind, number, kept in tally.groups()
        ],
    }
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
