"""One writer at a time, and readers who need not wait."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tidewaiter.case import Case
from tidewaiter.errors import CaseError
from tidewaiter.ledger.durable import DurableStore
from tidewaiter.ledger.lock import LOCK_FILE, WriterLock

AT = "2021-05-05T00:00:00Z"

HOLD = """
import sys, time
from pathlib import Path
from tidewaiter.ledger.lock import WriterLock
with WriterLock(Path(sys.argv[1])).hold("building", "2021-05-05T00:00:00Z"):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""

HOLD_WITH_WORKER = """
import os, sys, time
from pathlib import Path
from tidewaiter.ledger.lock import WriterLock
with WriterLock(Path(sys.argv[1])).hold("building", "2021-05-05T00:00:00Z"):
    worker = os.fork()
    if worker:
        print(worker, flush=True)
    time.sleep(60)
"""

ADD = """
import sys
from pathlib import Path
from tidewaiter.case import Case
with Case(Path(sys.argv[1]), say=lambda text: print(text, file=sys.stderr)) as case:
    for path in map(Path, sys.argv[2:]):
        assert len(case.add([path], "2021-05-05T00:00:00Z").new) == 1
"""


def holding(folder: Path, seconds: float) -> subprocess.Popen[str]:
    """Another program that holds the lock; gives back once it does."""
    command = [sys.executable, "-c", HOLD, str(folder), str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_writer_waits_and_says_for_whom(tmp_path: Path) -> None:
    said: list[str] = []
    with holding(tmp_path, 0.5) as other, WriterLock(tmp_path).hold("adding", AT, waiting=said.append):
        assert other.wait(10) == 0
    assert len(said) == 1
    assert f"process {other.pid} on " in said[0]
    assert "building since 2021-05-05T00:00:00Z" in said[0]
    assert "at most 60 s" in said[0]


def test_a_second_writer_is_refused_in_the_end(tmp_path: Path) -> None:
    with holding(tmp_path, 60) as other:
        with pytest.raises(CaseError) as found, WriterLock(tmp_path).hold("adding", AT, wait_seconds=0.2):
            pass
        other.kill()
    assert f"process {other.pid} on " in found.value.what
    assert "building since 2021-05-05T00:00:00Z" in found.value.what
    assert found.value.todo


def test_a_holder_that_is_killed_holds_no_longer(tmp_path: Path) -> None:
    with holding(tmp_path, 60) as other:
        os.kill(other.pid, signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        other.wait(10)
        with WriterLock(tmp_path).hold("adding", AT, wait_seconds=5):
            pass


def test_what_is_held_may_be_held_again_and_is_freed_once(tmp_path: Path) -> None:
    lock = WriterLock(tmp_path)
    with lock.hold("building", AT):
        with lock.hold("adding", AT):
            pass
        assert lock.held
        with pytest.raises(CaseError), WriterLock(tmp_path).hold("adding", AT, wait_seconds=0):
            pass
    assert not lock.held
    assert (tmp_path / LOCK_FILE).read_bytes() == b""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_worker_of_a_killed_holder_does_not_hold_on(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD_WITH_WORKER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        worker = int(other.stdout.readline())
        other.kill()
        other.wait(10)
        try:
            with WriterLock(tmp_path).hold("adding", AT, wait_seconds=5):
                os.kill(worker, 0)  # still there
        finally:
            os.kill(worker, signal.SIGKILL)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_worker_that_is_left_does_not_hold_on(tmp_path: Path) -> None:
    with WriterLock(tmp_path).hold("building", AT):
        worker = os.fork()
        if worker == 0:
            time.sleep(60)
            os._exit(0)
    try:
        with WriterLock(tmp_path).hold("adding", AT, wait_seconds=0):
            os.kill(worker, 0)
    finally:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)


def test_two_programs_adding_at_once_lose_nothing(tmp_path: Path) -> None:
    folder, reports = tmp_path / "case", tmp_path / "reports"
    Case.create(folder, AT).__exit__(None, None, None)
    reports.mkdir()
    for number in range(40):
        (reports / f"{number:02}.txt").write_text(f"Report {number}: nobody saw a ship.")
    paths = sorted(map(str, reports.iterdir()))
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", ADD, str(folder), *paths[half::2]], stderr=subprocess.PIPE, text=True
        )
        for half in (0, 1)
    ]
    for program in programs:
        _, printed = program.communicate(timeout=60)
        assert program.returncode == 0, printed
    with closing(DurableStore(folder)) as store:
        assert store.notices == ()
        assert sorted(source for one in store.held() for source in one.sources) == paths
        assert store.custody.faults() == []
        assert store.disagreements() == []
        assert list(store.bytes.faults(store.hashes())) == []


MAKE = """
import sys
from pathlib import Path
from tidewaiter.case import Case
sys.stdin.readline()
for number in range(6):
    with Case.open_or_create(Path(sys.argv[1]) / str(number), "2021-05-05T00:00:00Z") as case:
        case.add([Path(sys.argv[2])], "2021-05-05T00:00:00Z")
"""


def test_programs_that_make_the_same_case_at_once_share_it(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    reports = [tmp_path / f"{number}.txt" for number in range(3)]
    programs = []
    for report in reports:
        report.write_text(f"A report by the name of {report.name}.")
        command = [sys.executable, "-c", MAKE, str(tmp_path / "cases"), str(report)]
        programs.append(
            subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1)
        )
    time.sleep(0.5)  # until they are loaded
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
    for program in programs:
        _, printed = program.communicate(timeout=60)
        assert program.returncode == 0, printed
    for case in sorted((tmp_path / "cases").iterdir()):
        with closing(DurableStore(case)) as store:
            assert store.count() == len(reports)
            assert store.notices == ()
            assert store.disagreements() == []
            assert store.custody.faults() == []


def test_readers_do_not_wait(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    with Case.create(folder, AT) as writer, writer.writing("adding", AT), Case(folder) as reader:
        (tmp_path / "a.txt").write_text("A report.")
        assert list(reader.durable.held()) == []
        writer.add([tmp_path / "a.txt"], AT)
        assert reader.durable.count() == 1
