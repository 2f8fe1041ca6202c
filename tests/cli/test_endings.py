"""Every error ends in words and with the exit status of its row in the table."""

from __future__ import annotations

import ast
import errno
import os
import sqlite3
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from tidewaiter import errors, pipeline
from tidewaiter.cli.endings import ENDINGS, SQLITE, SYSTEM, as_member, ending
from tidewaiter.errors import (
    DamageError,
    MachineError,
    ModelError,
    OutputClosedError,
    ProgramFaultError,
    TidewaiterError,
)

from .conftest import Tidewaiter


def family(kind: type[TidewaiterError] = TidewaiterError) -> list[type[TidewaiterError]]:
    return [kind, *(one for below in kind.__subclasses__() for one in family(below))]


@pytest.mark.parametrize("kind", family())
def test_every_class_of_errors_has_an_ending(kind: type[TidewaiterError]) -> None:
    assert ending(kind("so it was", where="there")).status > 0


def test_every_class_of_the_module_stands_in_the_table() -> None:
    assert {kind for kind in family() if kind.__module__ == errors.__name__} == set(ENDINGS)


def test_a_class_that_is_not_named_ends_as_the_one_above_it() -> None:
    class StoreError(errors.CaseError):
        """As another module may derive one."""

    assert ending(StoreError("locked")) is ENDINGS[errors.CaseError]


@pytest.mark.parametrize("number", sorted(SYSTEM))
def test_what_the_system_says_is_told_in_words_with_the_place(number: int) -> None:
    told = as_member(OSError(number, os.strerror(number), "/a/place"))
    assert type(told) is MachineError
    assert (told.what, told.where, told.todo) == (SYSTEM[number][0], "/a/place", SYSTEM[number][1])


def test_what_the_system_says_and_nobody_knows_is_told_as_it_says_it() -> None:
    told = as_member(OSError(errno.EXDEV, "Invalid cross-device link", "/a/place"))
    assert isinstance(told, MachineError)
    assert told.what == "Invalid cross-device link"
    assert told.todo


def test_what_sqlite_says_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "torn.sqlite").write_bytes(b"no database at all, " * 100)
    with pytest.raises(sqlite3.DatabaseError) as torn:
        sqlite3.connect(tmp_path / "torn.sqlite").execute("SELECT * FROM sqlite_master")
    assert isinstance(as_member(torn.value), DamageError)
    with pytest.raises(sqlite3.OperationalError) as missing:
        sqlite3.connect(tmp_path / "no" / "such" / "folder")
    assert isinstance(as_member(missing.value), MachineError)
    assert all(todo for _, _, todo in SQLITE.values())


def test_an_extended_code_of_sqlite_is_one_of_its_primary_code() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_FSYNC"
    assert SYSTEM[errno.EIO][0] in as_member(error).what


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (MemoryError(), MachineError),
        (ImportError("No module named 'x'"), ModelError),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), OutputClosedError),
        (BrokenProcessPool("a process ended"), MachineError),
        (KeyError("quantity"), ProgramFaultError),
        (sqlite3.IntegrityError("UNIQUE constraint failed"), ProgramFaultError),
    ],
)
def test_other_errors_become_members_of_the_family(error: Exception, kind: type[TidewaiterError]) -> None:
    told = as_member(error)
    assert type(told) is kind
    assert told.todo or kind is OutputClosedError


def test_an_error_goes_from_one_process_to_another_whole() -> None:
    import pickle

    sent = MachineError("no room", where="/a/place", todo="Make room.")
    arrived = pickle.loads(pickle.dumps(sent))
    assert type(arrived) is MachineError
    assert (arrived.what, arrived.where, arrived.todo) == ("no room", "/a/place", "Make room.")


# ------------------------------------------------------------------------------------ as met


def test_a_fault_of_the_program_ends_in_words_and_shows_its_traceback_only_when_asked(
    tidewaiter: Tidewaiter, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(pipeline, "view", fault)
    ended = tidewaiter("export", built)
    assert ended.status == 70
    assert ended.err.startswith("Fault: a fault of the program (ZeroDivisionError: division by zero)")
    assert "--verbose and report" in ended.err
    assert "Traceback" not in ended.err
    ended = tidewaiter("export", built, "--verbose")
    assert ended.status == 70
    assert "Traceback" in ended.err
    assert "Fault: a fault of the program" in ended.err


def test_an_error_shows_its_traceback_only_when_asked(tidewaiter: Tidewaiter, tmp_path: Path) -> None:
    assert "Traceback" not in tidewaiter("build", tmp_path).err
    ended = tidewaiter("build", tmp_path, "--verbose")
    assert ended.status == 2
    assert "Traceback" in ended.err


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    line = command.replace("tidewaiter", f"{sys.executable} -m tidewaiter")
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )


def test_nothing_is_said_when_nobody_reads_the_output(built: Path) -> None:
    ended = shell("tidewaiter export case | true; exit ${PIPESTATUS[0]}", built.parent)
    assert (ended.returncode, ended.stderr) == (141, "")


def test_output_that_cannot_be_written_is_said(built: Path) -> None:
    ended = shell("tidewaiter export case > /dev/full", built.parent)
    assert ended.returncode == 4
    assert "no room left" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("command", ["report", "export"])
def test_what_is_no_regular_file_is_written_to_and_not_replaced(
    tidewaiter: Tidewaiter, built: Path, tmp_path: Path, command: str
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        assert tidewaiter(command, built, "--out", pipe).status == 0
        assert len(reader.communicate(timeout=60)[0]) > 1000
    assert pipe.is_fifo()


@pytest.mark.parametrize("command", ["report", "export"])
def test_a_file_is_written_whole_or_not_at_all(
    tidewaiter: Tidewaiter, built: Path, tmp_path: Path, command: str
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".file.part").mkdir()  # so that it cannot be written beside
    (tmp_path / "out" / "file").write_text("as it was")
    assert tidewaiter(command, built, "--out", tmp_path / "out" / "file").status == 2
    assert (tmp_path / "out" / "file").read_text() == "as it was"


def test_a_file_that_cannot_be_written_for_want_of_room_is_said(tidewaiter: Tidewaiter, built: Path) -> None:
    ended = tidewaiter("report", built, "--out", "/no/such/folder/dossier.html")
    assert ended.status == 2
    assert "cannot be written" in ended.err
    assert "Name a place" in ended.err


@pytest.mark.parametrize(
    "arguments", [("explain",), ("build", "--jobs-of-all"), ("run", "x"), ("export", "x", "--format", "xml")]
)
def test_wrong_usage_says_how_to_be_helped(tidewaiter: Tidewaiter, arguments: tuple[str, ...]) -> None:
    ended = tidewaiter(*arguments)
    assert ended.status == 2
    assert f"tidewaiter {arguments[0]}" in ended.err
    assert "help" in ended.err


def test_every_error_says_what_to_do() -> None:
    """Read off the code: whoever makes an error of the family names ``todo``."""
    names = {kind.__name__ for kind in family() if kind.__module__ == errors.__name__} - {"OutputClosedError"}
    silent = []
    for path in sorted(Path(errors.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            made = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None
            if made in names and "todo" not in {one.arg for one in node.keywords}:
                silent.append(f"{path.parent.name}/{path.name}:{node.lineno}")
    assert silent == []
