"""Cases that can only be read, that a later version made, that were copied at the wrong moment."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest

from tidewaiter.case import Case
from tidewaiter.errors import CaseError
from tidewaiter.ledger.durable import DurableStore

from .disks import IN_MEMORY
from .test_custody import AT, BY, take
from .test_durable import a_capture


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """In memory where there is such a disk: these tests flush thousands of times."""
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as name:
        yield Path(name)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with two reports."""
    folder = tmp_path / "case"
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Report {name}: nobody saw a ship.")
    with Case.create(folder, AT) as opened:
        opened.add([tmp_path / "a.txt", tmp_path / "b.txt"], AT)
    return folder


# ------------------------------------------------------------------------------------ reading only


@pytest.fixture
def mounted(case: Path, tmp_path: Path) -> Iterator[Path]:
    """The case on a disk that cannot be written."""
    folder = tmp_path / "read-only"
    folder.mkdir()
    command = ["mount", "--bind", "-o", "ro", str(case), str(folder)]
    if os.name != "posix" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a folder read-only (root)")
    try:
        with pytest.raises(OSError, match="Read-only"):
            (folder / "x").touch()
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_case_on_a_read_only_disk_is_read(mounted: Path) -> None:
    with Case(mounted) as opened:
        assert opened.durable.read_only
        assert opened.durable.count() == 2
        assert opened.durable.disagreements() == []
        assert list(opened.durable.bytes.faults(opened.durable.hashes())) == []
        with pytest.raises(CaseError, match="can only be read") as found:
            opened.add([mounted / "case.toml"], AT)
        assert "Copy it" in str(found.value.todo)
        assert opened.durable.count() == 2  # and can still be read


def test_a_case_on_a_read_only_disk_without_its_tables_is_read(case: Path, mounted: Path) -> None:
    (case / "durable.sqlite").unlink()
    said: list[str] = []
    with Case(mounted, say=said.append) as opened:
        assert opened.durable.count() == 2
    assert "what is shown was taken from custody.jsonl" in said[0]


def test_changes_in_a_log_beside_read_only_tables_are_not_passed_over(case: Path, mounted: Path) -> None:
    with closing(DurableStore(case)) as store:
        take(store, "a third", "c.txt")
        log = (case / "durable.sqlite-wal").read_bytes()
    (case / "durable.sqlite-wal").write_bytes(log)  # as a copy made while the case was open
    with pytest.raises(CaseError, match=r"durable\.sqlite-wal") as found:
        DurableStore(mounted, write=False)
    assert "Copy the case" in str(found.value.todo)


def test_a_reader_leaves_the_case_as_it_was(case: Path) -> None:
    before = {path.name: path.read_bytes() for path in case.iterdir() if path.name.startswith("durable")}
    with closing(DurableStore(case, write=False)) as reader:
        assert reader.count() == 2
        with pytest.raises(CaseError, match="readonly"):
            reader.issue("t1", [], AT)
    after = {path.name: path.read_bytes() for path in case.iterdir() if path.name.startswith("durable")}
    assert after == before
    assert list(before) == ["durable.sqlite"]


READ = """
import sys
from pathlib import Path
from tidewaiter.case import Case
from tidewaiter.errors import CaseError
folder = Path(sys.argv[1])
with Case(folder) as case:
    print(case.durable.count(), case.durable.disagreements())
    try:
        case.add([folder / "case.toml"], "2021-06-01T00:00:00Z")
    except CaseError as error:
        print(error)
"""


def test_a_case_of_another_user_is_read(case: Path, tmp_path: Path) -> None:
    user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    here = Path(sys.prefix).parent
    looked = [*user, sys.executable, "-c", "import tidewaiter"]
    if shutil.which("setpriv") is None or subprocess.run(looked, capture_output=True, check=False).returncode:
        pytest.skip("needs setpriv and the right to become another user (root) who can run this Python")
    open_to_all = Path("/tmp") / f"tidewaiter-other-user-{os.getpid()}"  # tmp_path is closed to others
    shutil.copytree(case, open_to_all)
    try:
        open_to_all.chmod(0o755)
        command = [*user, sys.executable, "-c", READ, str(open_to_all)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True, cwd=here).stdout
    finally:
        shutil.rmtree(open_to_all)
    assert printed.startswith("2 []\n")
    assert "the case can only be read (Permission denied)" in printed


# ------------------------------------------------------------------------------------ a later version


@pytest.mark.parametrize("write", [False, True])
def test_a_store_of_a_later_version_is_neither_read_nor_written(case: Path, write: bool) -> None:
    with closing(sqlite3.connect(case / "durable.sqlite")) as db:
        db.execute("PRAGMA user_version = 99")
    before = (case / "durable.sqlite").read_bytes()
    with pytest.raises(CaseError, match="later version") as found:
        DurableStore(case, write=write)
    assert found.value.todo
    with pytest.raises(CaseError, match="later version"):
        Case(case)
    assert (case / "durable.sqlite").read_bytes() == before


def test_a_folder_of_a_later_layout_is_refused(case: Path) -> None:
    text = (case / "case.toml").read_text()
    (case / "case.toml").write_text(text.replace("format = 1", "format = 2"))
    with pytest.raises(CaseError, match="format 2"):
        Case(case)


# ------------------------------------------------------------------------------------ copied while written

PARTS = ("captures", "custody.jsonl", "durable.sqlite", "durable.sqlite-wal")


def snapshots(tmp_path: Path, settle: bool) -> list[Path]:
    """A case folder at four moments, with reports added between; ``settle``: and the log of the tables
    written back to them."""
    case, found = tmp_path / "written", []
    case.mkdir()
    with closing(DurableStore(case)) as store:
        for moment in range(4):
            batch = [f"{moment}-{number}" for number in range(20)]
            for some in (batch[:18], batch[18:]):
                arrivals = [(a_capture(one.encode(), f"{one}.txt"), one.encode()) for one in some]
                store.take(arrivals)
            if settle:
                store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                take(store, f"{moment}-last", f"{moment}-last.txt")
            found.append(tmp_path / f"at-{moment}")
            shutil.copytree(case, found[-1])
    return found


def assembled(target: Path, snapshots: list[Path], order: tuple[str, ...]) -> Path:
    """The folder as copied part by part: each part as it was at another moment."""
    target.mkdir()
    for snapshot, part in zip(snapshots, order, strict=True):
        if part == "captures":
            shutil.copytree(snapshot / part, target / part)
        else:
            shutil.copy(snapshot / part, target)
    return target


@pytest.mark.parametrize("settle", [False, True])
def test_a_case_copied_while_it_was_written_opens_or_says_how_to_mend_it(
    tmp_path: Path, settle: bool
) -> None:
    whole = snapshots(tmp_path, settle)
    refused: list[str] = []
    for number, order in enumerate(permutations(PARTS)):
        copy = assembled(tmp_path / f"copy-{number}", whole, order)
        try:
            DurableStore(copy).close()
        except CaseError as error:
            refused.append(str(error.todo))
            with closing(DurableStore(copy, write=False)) as store:
                store.rebuild_from_custody(AT, BY)
        with closing(DurableStore(copy)) as store:
            assert store.notices == (), order
            assert store.disagreements() == [], order
            assert [fault for fault in store.custody.faults() if fault.grave] == []
            for one in list(store.noted()):  # a line whose bytes were copied before: adding again mends
                if store.bytes.fault(one.sha256):
                    take(store, one.source.removesuffix(".txt"), one.source)
            assert list(store.bytes.faults(store.hashes())) == []
            assert store.count() >= 20
            assert store.disagreements() == []
    assert all("--from-custody" in todo for todo in refused)
    assert settle or refused
