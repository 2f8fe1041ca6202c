"""A folder of files that nobody would send on purpose, through the whole program: each is read, kept and
told to be no report, or refused with the reason; the case holds all that has bytes, and opens again."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hostile.files import FAILED, FIRST, READ, REFUSED, STRANGE_NAMES, Hostile, write_files

pytestmark = pytest.mark.xdist_group("hostile files")  # what all of it looks at is made once

CLOCK = "1772355600"  # 2026-03-01T09:00:00Z


@dataclass(frozen=True)
class Ran:
    """How the program ended, and where the case stands."""

    files: Hostile
    case: Path
    status: int
    err: str


def tidewaiter(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tidewaiter", *map(str, arguments)],
        cwd=cwd,
        env=os.environ | {"SOURCE_DATE_EPOCH": CLOCK},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    root = tmp_path_factory.mktemp("bad")
    files = write_files(root)
    ended = tidewaiter("run", "hostile", "named", "--out", "case", cwd=root)
    return Ran(files, root / "case", ended.returncode, ended.stderr)


@pytest.fixture(scope="module")
def documents(ran: Ran) -> dict[str, dict[str, Any]]:
    """The documents of the case by the names of their files."""
    ended = tidewaiter("export", ran.case, cwd=ran.case.parent)
    assert ended.returncode == 0, ended.stderr
    found = [json.loads(line) for line in ended.stdout.splitlines()]
    return {one["source"].split("/", 1)[1]: one for one in found if one["type"] == "document"}


def kept(ran: Ran, data: bytes) -> bytes:
    sha256 = hashlib.sha256(data).hexdigest()
    return (ran.case / "captures" / sha256[:2] / sha256).read_bytes()


def test_the_run_ends_as_one_of_which_some_could_not_be_read(ran: Ran) -> None:
    assert ran.status == 1, ran.err
    for word in ("Traceback", "fault", "the program failed"):
        assert word not in ran.err
    assert (ran.case / "dossier.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_nothing_but_the_reports_is_read(documents: dict[str, dict[str, Any]]) -> None:
    named = {source for source in documents if Path(source).name not in READ}
    assert len(named) == len(STRANGE_NAMES) + 1
    assert "report.txt/inside.txt" in named


@pytest.mark.parametrize("name", sorted(READ))
def test_is_read(ran: Ran, documents: dict[str, dict[str, Any]], name: str) -> None:
    text = documents[name]["text"]
    assert FIRST in text or name == "no-weapons.txt"
    assert not {"\x00", "\x1b", "\u202e"} & set(text)
    assert kept(ran, READ[name]) == READ[name]


@pytest.mark.parametrize("name", sorted(FAILED))
def test_is_kept_and_told_to_be_no_report(ran: Ran, documents: dict[str, dict[str, Any]], name: str) -> None:
    data, reason = FAILED[name]
    (told,) = [line for line in ran.err.splitlines() if f"Not read: hostile/{name}: " in line]
    assert reason in told
    assert name not in documents
    assert kept(ran, data) == data


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_is_refused(ran: Ran, documents: dict[str, dict[str, Any]], name: str) -> None:
    (told,) = [line for line in ran.err.splitlines() if f"Not taken in: hostile/{name}: " in line]
    assert REFUSED[name] in told
    assert name not in documents


def test_what_add_keeps_is_what_build_reports_on(ran: Ran) -> None:
    record = [json.loads(line) for line in (ran.case / "custody.jsonl").read_bytes().splitlines()]
    sources = {one["source"] for one in record if "source" in one}
    files = {f"hostile/{name}" for name in (*READ, *FAILED)}
    assert files < sources
    assert len(sources) == len(files) + len(STRANGE_NAMES) + 1
    again = tidewaiter("build", ran.case, cwd=ran.case.parent)
    assert again.returncode == 1
    assert f"Read: 0 reports; {len(sources) - len(FAILED)} unchanged; {len(FAILED)} failed." in again.stderr
    assert all(f"Not read: hostile/{name}: " in again.stderr for name in FAILED)


def test_a_date_to_come_is_told_and_not_believed(documents: dict[str, dict[str, Any]]) -> None:
    document = documents["future.html"]
    assert document["published"] != "2099-01-01"
    assert "the date in the metadata, 2099-01-01, is after the capture: not used" in document["flags"]


def test_half_characters_are_replaced_where_they_came_in(documents: dict[str, dict[str, Any]]) -> None:
    assert documents["surrogates.json"]["author"] == "A \ufffd B \ufffd"


def test_names_cannot_break_lines_or_command_the_terminal(
    ran: Ran, documents: dict[str, dict[str, Any]]
) -> None:
    for name in (r"two\nlines.txt", r"\xff\xfe latin.txt", r"\x1b[31mred.txt", r"\u202etxt.exe.txt"):
        assert name in documents
    assert not {"\x1b", "\u202e"} & set(ran.err)


def test_the_case_holds_good(ran: Ran) -> None:
    ended = tidewaiter("verify", ran.case, cwd=ran.case.parent)
    assert ended.returncode == 0, ended.stderr + ended.stdout


def test_read_gives_a_line_for_each_file_whatever_it_is(ran: Ran) -> None:
    names = (
        "plain.txt",
        "noise.txt",
        "empty.txt",
        "loop.txt",
        "pipe.txt",
        "x" * 300 + ".txt",
        "--leading-dashes.txt",
    )
    ended = tidewaiter("read", "--", *names, cwd=ran.files.folder)
    assert ended.returncode == 1
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [line["document"]["source"] for line in lines] == list(names)
    assert [name for name, line in zip(names, lines, strict=True) if "error" not in line] == [
        names[0],
        names[-1],
    ]


def test_add_takes_nothing_that_is_not_there_and_goes_on(ran: Ran, tmp_path: Path) -> None:
    assert tidewaiter("new", "case", cwd=tmp_path).returncode == 0
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "-dash.txt").write_bytes(READ["plain.txt"])
    names = ("loop.txt", "gone.txt", "-dash.txt/below.txt", "x" * 300 + ".txt", "-dash.txt")
    ended = tidewaiter("add", "case", "--", *names, cwd=tmp_path)
    assert ended.returncode == 1, ended.stderr
    assert "Taken in: 1 new, 0 known already" in ended.stderr
    assert all(f"Not taken in: {name}: " in ended.stderr for name in names[:-1])
