"""The command ``judge``: an analyst's decisions made, withdrawn and listed."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tidewaiter.cli.screen import Screen, plural
from tidewaiter.errors import CaseError

if TYPE_CHECKING:
    from tidewaiter.case import Case
    from tidewaiter.model import Judged, Judgement

LIST, WITHDRAW, UNDO, NOTE = "list", "withdraw", "undo", "note"

TODO = "Say it with --why TEXT: a judgement without its ground helps nobody."


@dataclass(frozen=True, slots=True)
class Said:
    """What stands on the command line beside the case and the verb."""

    what: tuple[str, ...]
    why: str | None = None
    by: str | None = None
    quote: str | None = None
    relation: str | None = None
    source: str | None = None
    style: str = "text"


def judge(folder: Path, verb: str, said: Said, screen: Screen) -> None:
    """Do what the verb says.

    Raises ``CaseError`` where the ground is missing or the case cannot be written, ``UnknownIdError`` where
    something named is not in the case.
    """
    from tidewaiter.case import Case, now

    with Case(folder, screen.say) as case:
        if verb == LIST:
            print_judgements(case, said.style, screen)
        elif verb in (WITHDRAW, UNDO):
            _withdraw(case, said, now(), screen)
        else:
            _make(case, verb, said, now(), screen)


def _make(case: Case, verb: str, said: Said, at: str, screen: Screen) -> None:
    from tidewaiter.model import JudgementKind
    from tidewaiter.pipeline.naming import Wanted

    named, why = said.what, said.why
    if verb == NOTE and why is None and len(named) > 1:
        named, why = named[:-1], named[-1]
    if why is None or not why.strip():
        raise CaseError("no ground is given", where=verb, todo=TODO)
    kind = JudgementKind(verb.replace("-", "_"))
    by = said.by or case.judging_as
    wanted = Wanted(kind, named, at, by, why, said.quote, said.relation, said.source)
    made = case.judge(wanted)
    typer.echo(made.id)
    screen.say(f"Noted: {_what(made)}, by {made.by}.")
    _say_next(case, screen)


def _withdraw(case: Case, said: Said, at: str, screen: Screen) -> None:
    if len(said.what) != 1:
        raise CaseError("one judgement is withdrawn at a time", todo="Write: tidewaiter judge CASE undo ID")
    (name,) = said.what
    if case.withdraw_judgement(name, at, said.by or case.judging_as, said.why):
        screen.say(f"Withdrawn: {name}. It stays on record.")
        _say_next(case, screen)
    else:
        screen.say(f"{name} was withdrawn before.")


def _say_next(case: Case, screen: Screen) -> None:
    waiting = len(case.undone())
    told = (
        f" (it acts on {plural(waiting, 'judgement')} made or withdrawn since the last)"
        if waiting > 1
        else ""
    )
    screen.say(f"Next: tidewaiter build {shlex.quote(str(case.folder))}{told}")


def say_waiting(case: Case, screen: Screen) -> None:
    """That judgements were made or withdrawn since the last build, where some were: what is shown does not
    know of them yet."""
    waiting = len(case.undone())
    if waiting:
        screen.say(
            f"{plural(waiting, 'judgement')} made or withdrawn since the last build "
            f"{'waits' if waiting == 1 else 'wait'} for the next: "
            f"tidewaiter build {shlex.quote(str(case.folder))}"
        )


# ------------------------------------------------------------------------------------ the list


def print_judgements(case: Case, style: str, screen: Screen) -> None:
    """Every judgement, withdrawn ones too, in the order in which they were made, with what became of it in
    the last build (nothing yet where it came after)."""
    listed = case.judged()
    if style == "jsonl":
        from tidewaiter.contract import judgement_to_json

        for one in listed:
            typer.echo(json.dumps(judgement_to_json(one), ensure_ascii=False))
        return
    for one in listed:
        for line in _lines(one):
            typer.echo(line)
    lost = sum(one.standing == "orphaned" for one in listed)
    told = f"; {lost:,} no longer {'finds its' if lost == 1 else 'find their'} words" if lost else ""
    screen.say(f"{plural(len(listed), 'judgement')}{told}.")


def _lines(judged: Judged) -> Sequence[str]:
    from tidewaiter.judging.words import target_words

    one = judged.judgement
    return (
        f"{one.id}  {one.at[:10]}  {one.by}: {_what(one)}",
        f"    why: {' '.join(one.why.split())}",
        *(f"    on:  {target_words(target)}, in {target.source}" for side in one.sides for target in side),
        f"    {judged.standing}: {judged.because}",
    )


def _what(one: Judgement) -> str:
    from tidewaiter.judging.words import decided

    return decided(one)


def say_orphaned(orphaned: Sequence[Judged], screen: Screen) -> None:
    """Judgements that no longer find their words, at the end of a build."""
    lines = [
        f"{one.judgement.id} ({_what(one.judgement)}, by {one.judgement.by}): {one.because}"
        for one in orphaned
    ]
    screen.listed("Judgement without its words", lines)
    screen.say(
        "  They are kept, and act again when their words are back. All of them: tidewaiter judge CASE list"
    )
