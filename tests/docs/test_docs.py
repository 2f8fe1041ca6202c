"""The docs name every command, option, setting and exit status, and nothing that does not exist."""

from __future__ import annotations

import re
import typing
from dataclasses import fields
from enum import Enum
from pathlib import Path

import pytest
import typer.main

from ledger.sample import JUDGEMENT, a_document, a_reading, a_register
from tidewaiter.case import SETTINGS
from tidewaiter.cli import commands
from tidewaiter.cli.commands import app
from tidewaiter.cli.endings import ENDINGS
from tidewaiter.contract import change_to_json, export_lines, judgement_to_json, reading_to_json
from tidewaiter.model import (
    Category,
    Change,
    ChangeKind,
    Judged,
    JudgementKind,
    Measure,
    Outcome,
    ResponseKind,
    ResponseStatus,
    Stage,
    Stance,
    Standing,
    TargetKind,
)

ROOT = Path(__file__).parents[2]
COMMANDS = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
COMMON = ("--quiet", "-q", "--verbose", "--help", "-h")
GROUP = typer.main.get_command(app)
NAMES = sorted(GROUP.commands)  # type: ignore[attr-defined]


def section(name: str) -> str:
    """The part of commands.md about one command."""
    found = re.search(rf"^## `{name}`\n(.*?)(?=^## |\Z)", COMMANDS, re.S | re.M)
    assert found, f"docs/commands.md has no section ## `{name}`"
    return found[1]


def options(name: str) -> set[str]:
    command = GROUP.commands[name]  # type: ignore[attr-defined]
    return {opt for param in command.params for opt in param.opts if opt.startswith("-")}


@pytest.mark.parametrize("name", NAMES)
def test_every_option_is_documented_and_every_documented_one_exists(name: str) -> None:
    documented = set(re.findall(r"`(--?[a-z-]+)", section(name)))
    assert options(name) - set(COMMON) == documented


@pytest.mark.parametrize("name", NAMES)
def test_every_argument_is_documented(name: str) -> None:
    command = GROUP.commands[name]  # type: ignore[attr-defined]
    for param in command.params:
        if not any(opt.startswith("-") for opt in param.opts):
            assert param.metavar in section(name), f"{name}: {param.metavar}"


@pytest.mark.parametrize("name", NAMES)
def test_every_choice_is_documented(name: str) -> None:
    for hint in typing.get_type_hints(getattr(commands, name)).values():
        for kind in (hint, *typing.get_args(hint)):
            for choice in kind if isinstance(kind, type) and issubclass(kind, Enum) else ():
                assert f"`{choice.value}`" in section(name), f"{name}: {choice.value}"


def test_no_command_is_documented_that_does_not_exist() -> None:
    assert sorted(re.findall(r"^## `([a-z]+)`$", COMMANDS, re.M)) == NAMES


def test_common_options_are_documented() -> None:
    for option in (*COMMON, "--version"):
        assert f"`{option}`" in COMMANDS or f"{option}`" in COMMANDS, option


@pytest.mark.parametrize("name", ["", *NAMES])
def test_every_help_has_an_example(name: str) -> None:
    command = GROUP.commands[name] if name else GROUP  # type: ignore[attr-defined]
    assert command.help
    example = command.help.partition("Examples:")[2]
    assert f"tidewaiter {name}".strip() in example


def test_every_exit_status_is_documented() -> None:
    table = COMMANDS.partition("## Exit status")[2]
    documented = {int(number) for number in re.findall(r"^\| (\d+) \|", table, re.M)}
    assert documented == {0, 143} | {one.status for one in ENDINGS.values()}


def test_every_setting_is_documented() -> None:
    settings = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\| `([a-z_]+)` \|", settings, re.M)) == SETTINGS


def test_every_variable_of_the_environment_is_documented() -> None:
    settings = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    for name in re.findall(r"environ(?:ment)?(?:\.get\(|\[)\s*[\"']([A-Z_]+)", code):
        assert f"`{name}`" in settings, name


@pytest.mark.parametrize("words", [Stage, Outcome, Category, Stance, ResponseKind, ResponseStatus])
def test_the_vocabulary_names_every_value(words: type[Stage]) -> None:
    vocabulary = (ROOT / "docs/vocabulary.md").read_text(encoding="utf-8")
    assert [one for one in words if f"`{one.value}`" not in vocabulary] == []


def test_links_between_the_docs_lead_somewhere() -> None:
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")):
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name} links to {target}"


def keys_of(line: str) -> set[str]:
    """Keys named in a table row of output.md, less those of the objects in brackets after a key."""
    cells = line.split("|")[2]
    while (less := re.sub(r"\([^()]*\)", "", cells)) != cells:
        cells = less
    return set(re.findall(r"`([a-z0-9_]+)`", cells))


def test_the_keys_printed_for_a_document_are_the_documented_ones() -> None:
    output = (ROOT / "docs/output.md").read_text(encoding="utf-8").partition("export CASE")[0]
    documented = {row[1]: keys_of(row[0]) for row in re.finditer(r"^\| `([a-z]+)` \|.*$", output, re.M)}
    document = a_document()
    printed = reading_to_json(document, a_reading(document))
    assert set(printed) == set(documented)
    assert set(printed["document"]) == documented["document"]
    for name in ("statements", "mentions", "claims", "responses", "events"):
        assert set(printed[name][0]) == documented[name], name
    added = {"route", "in_exchange_for", "mentions"}
    assert set(printed["transfers"][0]) == documented["mentions"] - {"transfer"} | added


def test_the_keys_of_a_measure_are_the_documented_ones() -> None:
    output = (ROOT / "docs/output.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^\| `measures\[\]` \|.*$", output, re.M)
    assert {one.name for one in fields(Measure)} == keys_of(line)


def test_the_keys_of_a_judgement_line_are_the_documented_ones() -> None:
    output = (ROOT / "docs/output.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^\| `judgement` \|.*$", output, re.M)
    printed = judgement_to_json(Judged(JUDGEMENT, Standing.ACTS, "it is left out"))
    assert set(printed) == keys_of(line) | {"type"}
    part = output.partition("## Judgements")[2]
    words = [one.value for kind in (JudgementKind, Standing, TargetKind) for one in kind]
    assert [one for one in words if f"`{one}`" not in part] == []


def test_the_keys_of_a_change_line_and_every_kind_are_documented() -> None:
    part = (ROOT / "docs/output.md").read_text(encoding="utf-8").partition("## Changes")[2]
    (line,) = re.findall(r"^\| `change` \|.*$", part, re.M)
    change = Change("k0", ChangeKind.DENIED, "t0", (), None, None, "", (), None, None, ())
    assert set(change_to_json(change, {})) == keys_of(line) | {"type"}
    assert [one for one in ChangeKind if f"`{one.value}`" not in part] == []


def test_the_keys_of_a_transfer_line_are_the_documented_ones() -> None:
    output = (ROOT / "docs/output.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^\| `transfer` \|.*$", output, re.M)
    document = a_document()
    lines = list(export_lines([document], {document.id: a_reading(document)}, a_register(document)))
    (printed,) = [one for one in lines if one["type"] == "transfer"]
    assert set(printed) == keys_of(line) | {"type"}
