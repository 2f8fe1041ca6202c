"""Files that change, or are not what they seem, while they are read."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tidewaiter.capture.custody import MAX_BYTES, read_capture
from tidewaiter.capture.folders import find_files, is_folder, is_inside, is_there
from tidewaiter.errors import CaptureError

NOW = "2026-03-01T09:00:00Z"
PROSE = b"The harbour master of Klopstok counted forty crates of mortar bombs on the quay on Tuesday"
PROSE = PROSE.ljust(127, b".") + b"\n"  # no line crosses a page: some file systems show half of such a write
NOBODY = 65_534  # an account without rights


def taken(path: Path) -> bytes:
    """The bytes, once it is seen that the record agrees with them."""
    capture, data = read_capture(path, str(path), NOW, "analyst")
    assert capture.size == len(data)
    assert capture.sha256 == hashlib.sha256(data).hexdigest()
    return data


def refused(path: Path) -> str:
    with pytest.raises(CaptureError) as error:
        taken(path)
    assert error.value.where == str(path)
    assert error.value.todo
    return error.value.what


@contextmanager
def meanwhile(change: Callable[[], None]) -> Iterator[None]:
    """Something is done over and over, in another thread, while the block runs."""
    ended = threading.Event()

    def go_on() -> None:
        while not ended.is_set():
            change()

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def test_a_file_that_is_written_to_is_taken_whole_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "growing.txt"
    path.write_bytes(PROSE * 20_000)

    def grow() -> None:
        with path.open("ab") as handle:
            handle.write(PROSE)
        if path.stat().st_size > len(PROSE) * 40_000:
            os.truncate(path, len(PROSE) * 20_000)

    outcomes = set()
    with meanwhile(grow):
        for _ in range(30):
            try:
                assert set(taken(path).splitlines(keepends=True)) == {PROSE}
            except CaptureError as error:
                outcomes.add(error.what)
            else:
                outcomes.add("taken")
    assert outcomes <= {"taken", "the file changed while it was read"}
    assert taken(path) == path.read_bytes()  # as soon as it is left alone


def test_a_file_that_is_replaced_is_one_or_the_other(tmp_path: Path) -> None:
    path, other = tmp_path / "report.txt", tmp_path / "other.txt"
    versions = [PROSE * 30_000, PROSE.upper() * 9_000]
    path.write_bytes(versions[0])
    turn = 0

    def replace() -> None:
        nonlocal turn
        turn += 1
        other.write_bytes(versions[turn % 2])
        other.replace(path)
        time.sleep(0.001)

    with meanwhile(replace):
        for _ in range(30):
            assert taken(path) in versions


def test_a_pipe_in_the_place_of_a_file_holds_nothing_up(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(PROSE)
    assert find_files([tmp_path]).files == [path]
    path.unlink()
    os.mkfifo(path)
    assert refused(path) == "not a regular file"


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="a file system of Linux")
def test_a_file_without_a_size_that_has_content(tmp_path: Path) -> None:
    path = Path("/proc/version")
    assert path.stat().st_size == 0
    assert taken(path) == path.read_bytes() != b""


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device of Unix")
def test_a_device_behind_a_link(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.symlink_to("/dev/zero")
    assert refused(path) == "not a regular file"


@pytest.mark.parametrize("size", [MAX_BYTES + 1, 2**40])
def test_a_sparse_file_that_is_huge(tmp_path: Path, size: int) -> None:
    path = tmp_path / "report.txt"
    with path.open("wb") as handle:
        handle.truncate(size)
    assert "larger than 256 MiB" in refused(path)


def test_a_path_through_a_file(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(PROSE)
    below = path / "below.txt"
    assert find_files([below]).files == [below]
    assert "cannot be read" in refused(below)


def test_paths_that_cannot_be_looked_at(tmp_path: Path) -> None:
    loop, long = tmp_path / "loop.txt", tmp_path / ("x" * 300 + ".txt")
    loop.symlink_to(loop)
    for path in (loop, long, long / "below.txt"):
        assert not is_folder(path)
        assert not is_inside(path, tmp_path / "case")
    assert is_inside(tmp_path / "case" / "a.txt", tmp_path / "case")
    assert is_inside(loop, tmp_path)
    assert is_there(loop)
    assert not is_there(long)


def test_a_name_as_long_as_a_system_allows(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 251 + ".txt")
    path.write_bytes(PROSE)
    assert taken(find_files([tmp_path]).files[0]) == PROSE


def test_folders_deeper_than_a_path_may_be_long(tmp_path: Path) -> None:
    here = os.getcwd()  # noqa: PTH109
    os.chdir(tmp_path)
    try:
        for _ in range(25):
            Path("d" * 200).mkdir()
            os.chdir("d" * 200)
        Path("deep.txt").write_bytes(PROSE)
        os.chdir(here)
        found = find_files([tmp_path])
        assert not found.files
        assert [one.reason for one in found.skipped] == ["cannot be looked at: File name too long"]
    finally:
        os.chdir(here)
        shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.fixture
def shut() -> Iterator[Path]:
    """A folder that anybody may look into, with a file and a folder that nobody but root may."""
    root = Path(tempfile.mkdtemp())
    root.chmod(0o755)
    for path in (root / "report.txt", root / "shut" / "report.txt", root / "listed" / "report.txt"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(PROSE)
    (root / "report.txt").chmod(0)
    (root / "shut").chmod(0)
    (root / "listed").chmod(0o444)
    yield root
    for folder in ("shut", "listed"):
        (root / folder).chmod(0o700)
    shutil.rmtree(root)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of the superuser, to whom nothing is unreadable."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def test_what_may_not_be_read(shut: Path) -> None:
    with as_nobody():
        found = find_files([shut])
        assert found.files == [shut / "report.txt", shut / "listed" / "report.txt"]
        assert [(one.path, one.reason) for one in found.skipped] == [
            (shut / "shut", "cannot be listed: Permission denied")
        ]
        for path in (*found.files, shut / "shut" / "report.txt"):
            assert "cannot be read: Permission denied" in refused(path)
            assert not is_folder(path)
