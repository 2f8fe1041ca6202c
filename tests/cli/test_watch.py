"""``tidewaiter watch`` as a command, and as a process that is stopped and killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tidewaiter.cli.screen import Screen
from tidewaiter.cli.watching import _say
from tidewaiter.pipeline import Failure
from tidewaiter.watching import Looked

from .conftest import Tidewaiter
from .reports import REPORTS, write_reports

PATIENCE = 120.0
"""Seconds within which a process has to do what is waited for, on a machine that others use."""


@pytest.fixture
def case(tmp_path: Path, tidewaiter: Tidewaiter) -> Path:
    folder = tmp_path / "case"
    assert tidewaiter("new", folder).status == 0
    write_reports(tmp_path / "in")
    for path in (tmp_path / "in").iterdir():
        os.utime(path, (1.6e9, 1.6e9))
    with (folder / "case.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[watch]\nfolders = ["../in"]\nevery = 1\njsonl = "all.jsonl"\n')
    return folder


def test_once(tidewaiter: Tidewaiter, case: Path) -> None:
    first = tidewaiter("watch", case, "--once")
    assert first.status == 0
    assert "Looked on 4 March 2021, 23:20 UTC: 3 new files, 0 known;" in first.err
    assert "denied, 4 March 2021: " in first.out
    second = tidewaiter("watch", case, "--once")
    assert (second.status, second.out) == (0, "")
    assert "Last looked on 4 March 2021, 23:20 UTC." in second.err


def test_what_could_not_be_looked_at_gives_status_1(tidewaiter: Tidewaiter, case: Path) -> None:
    (case.parent / "in").rename(case.parent / "elsewhere")
    ended = tidewaiter("watch", case, "--once")
    assert ended.status == 1
    assert f"Not done: {case.parent / 'in'}: no such folder" in ended.err


def test_a_case_that_names_no_folder_says_what_to_write(tidewaiter: Tidewaiter, tmp_path: Path) -> None:
    tidewaiter("new", tmp_path / "case")
    ended = tidewaiter("watch", tmp_path / "case", "--once")
    assert ended.status == 2
    assert "names no folder to watch" in ended.err
    assert tidewaiter("watch", tmp_path, "--once").status == 2


def test_what_still_cannot_be_read_is_not_said_to_be_done(capsys: pytest.CaptureFixture[str]) -> None:
    unread, other = Failure("a.html", "holds no report"), Failure("mail", "says no")
    at = "2031-05-04T10:00:00Z"
    before = Looked(at, troubles=(unread,), unread=(unread,))
    _say(Looked(at, unread=(unread,)), before, Screen())
    said = capsys.readouterr().err
    assert "is done" not in said
    assert "Still not read: a.html: holds no report" in said
    _say(Looked(at, unread=(unread,)), Looked(at, troubles=(unread, other), unread=(unread,)), Screen())
    said = capsys.readouterr().err
    assert "What could not be done before is done." in said
    assert "Still not read: a.html: holds no report" in said


def keys(case: Path) -> list[str]:
    lines = (case / "all.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["key"] for line in lines]


def started(case: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tidewaiter", "watch", str(case)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(path: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not path.exists():
        assert time.monotonic() < end, f"{path} was not written"
        time.sleep(0.1)


def test_a_process_that_goes_on_tells_what_comes_and_ends_with_ctrl_c(case: Path) -> None:
    late = case.parent / "in" / "denial.html"
    late.unlink()
    process = started(case)
    try:
        wait_for(case / "all.jsonl")
        late.write_text(REPORTS["denial.html"], encoding="utf-8")
        os.utime(late, (1.6e9, 1.6e9))
        end = time.monotonic() + PATIENCE
        while "denied" not in (case / "all.jsonl").read_text(encoding="utf-8"):
            assert time.monotonic() < end, "the denial was not told"
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    assert process.returncode == 130
    assert "what was seen and told is kept" in err
    assert "denied, 4 March 2021" in out
    assert len(set(keys(case))) == len(keys(case))


@pytest.mark.parametrize("seconds", [1.0, 2.5, 4.0])
def test_a_process_that_is_killed_goes_on(tidewaiter: Tidewaiter, case: Path, seconds: float) -> None:
    process = started(case)
    time.sleep(seconds)
    process.kill()
    process.communicate(timeout=PATIENCE)
    assert tidewaiter("watch", case, "--once").status == 0
    told = keys(case)
    assert len(set(told)) == len(told)
    assert tidewaiter("watch", case, "--once").out == ""
    whole = tidewaiter("changes", case, "--since", "2021-01-01", "--format", "jsonl")
    assert {json.loads(line)["key"] for line in whole.out.splitlines()} == set(told)
