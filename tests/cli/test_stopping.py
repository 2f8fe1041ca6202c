"""Ctrl-C and SIGTERM at any moment: real processes, real signals."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tidewaiter.cli import stopping
from tidewaiter.cli.progress import showing
from tidewaiter.pipeline import Step

from .reports import CLOCK

pytestmark = pytest.mark.xdist_group("stopping")  # what all of it looks at is made once

REPORTS = 30
"""So many that a signal arrives while there is work."""

ENVIRONMENT = os.environ | {"SOURCE_DATE_EPOCH": CLOCK}

Moment = Callable[[Path], bool]
"""Whether a case folder shows that the run has come so far."""


def at_once(_: Path) -> bool:
    return True


def taking_in(case: Path) -> bool:
    return (case / "custody.jsonl").exists()


def read(number: int) -> Moment:
    """That many reports were read and put into the derived store."""

    def moment(case: Path) -> bool:
        path = case / "derived.sqlite"
        if not path.exists():
            return False
        with contextlib.closing(sqlite3.connect(path)) as db, contextlib.suppress(sqlite3.OperationalError):
            return bool(db.execute("SELECT count(*) >= ? FROM content", (number,)).fetchone()[0])
        return False

    return moment


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of reports."""
    folder = tmp_path_factory.mktemp("many") / "reports"
    folder.mkdir()
    for number in range(REPORTS):
        (folder / f"{number:02}.txt").write_text(
            f"LIMA, May {number % 28 + 1}, 2020 - Peru shipped {number + 2} mortars to Chad, its army said on"
            f" Monday. Chad denied that it had received any of the {number + 2} mortars.\n" * 3
        )
    return folder


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    """A process of a group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "tidewaiter", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
        process_group=0,
    )


@pytest.fixture
def _hears_ctrl_c() -> Iterator[None]:
    """A process inherits that a signal is ignored, as this one may ignore Ctrl-C where it runs in the
    background, and the end of its terminal under nohup."""
    ctrl_c = signal.signal(signal.SIGINT, signal.default_int_handler)
    hangup = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGINT, ctrl_c)
    signal.signal(signal.SIGHUP, hangup)


def stop(running: subprocess.Popen[str], case: Path, moment: Moment, number: int) -> tuple[int, str, float]:
    """Send the signal to the whole group at the moment, as a terminal does; exit status, messages and
    how many seconds it took to end."""
    while running.poll() is None and not moment(case):
        time.sleep(0.002)
    if running.poll() is not None:
        pytest.fail(f"it ended before the moment came: {running.communicate()}")
    os.killpg(running.pid, number)
    since = time.monotonic()
    _, err = running.communicate(timeout=60)
    return running.returncode, err, time.monotonic() - since


def left_behind(group: int) -> list[str]:
    """Processes of the group that still are, a while after their parent's end."""
    for _ in range(400):
        found = members(group)
        if not found:
            break
        time.sleep(0.025)
    return found


def members(group: int) -> list[str]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(stat.parent.name)
    return found


def ended_by(status: int, number: int) -> bool:
    """Whether a shell would say that the signal ended it: CPython may send itself SIGINT once more."""
    return status in (128 + number, -number)


@pytest.mark.usefixtures("_hears_ctrl_c")
def test_a_signal_ends_a_run_cleanly_and_the_next_one_completes(many: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    for moment, number in (
        (taking_in, signal.SIGINT),
        (read(8), signal.SIGINT),
        (read(16), signal.SIGTERM),
        (read(24), signal.SIGHUP),
    ):
        running = start("run", many, "--out", case)
        status, err, seconds = stop(running, case, moment, number)
        assert ended_by(status, number)
        assert f"Stopped: what was done is kept in {case}\n" in err
        assert f"To go on: tidewaiter run {many} --out {case}\n" in err
        assert "Traceback" not in err
        assert left_behind(running.pid) == []
        assert seconds < 20  # far more than it takes, far less than the work
    ended = subprocess.run(
        [sys.executable, "-m", "tidewaiter", "run", many, "--out", case],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        check=True,
    )
    assert f"Taken in: 0 new, {REPORTS} known already." in ended.stderr


@pytest.mark.usefixtures("_hears_ctrl_c")
def test_ctrl_c_ends_all_the_processes_that_read_from_their_first_moment_on(
    many: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case"
    for after in (2, 3, 4):  # the parent and what watches for its end; a worker; both at work
        running = start("run", many, "--out", case, "--jobs", "2")
        status, err, _ = stop(running, case, lambda _: len(members(running.pid)) >= after, signal.SIGINT)  # noqa: B023
        assert ended_by(status, signal.SIGINT), err
        assert (
            err
            == f"Stopped: what was done is kept in {case}\n  To go on: tidewaiter run {many} --out {case}\n"
        )
        assert left_behind(running.pid) == []
    running = start("run", many, "--out", case, "--jobs", "2", "--quiet")
    assert running.wait(100) == 0


@pytest.mark.usefixtures("_hears_ctrl_c")
def test_a_signal_while_the_program_starts_ends_it_without_a_word(many: Path, tmp_path: Path) -> None:
    for milliseconds in (30, 60, 90, 120, 150):
        running = start("run", many, "--out", tmp_path / "case")
        time.sleep(milliseconds / 1000)
        status, err, _ = stop(running, tmp_path / "case", at_once, signal.SIGTERM)
        assert ended_by(status, signal.SIGTERM) or status == -signal.SIGINT
        assert "Traceback" not in err


def test_a_job_in_the_background_does_not_hear_ctrl_c(many: Path, tmp_path: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        running = start("new", tmp_path / "case")
    finally:
        signal.signal(signal.SIGINT, before)
    status, err, _ = stop(running, tmp_path / "case", at_once, signal.SIGINT)
    assert status == 0, err


def test_a_signal_that_other_code_swallowed_ends_the_work_at_the_next_step() -> None:
    with stopping.listening(), showing(quiet=True) as progress:
        with contextlib.suppress(KeyboardInterrupt):  # as a callback from C may do
            os.kill(os.getpid(), signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt):
            progress(Step("Reading", 1, 2))
    assert stopping.status() == 143
