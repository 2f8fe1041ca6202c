"""Cases on read-only disks, and cases copied file by file while they are being built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import Tidewaiter
from .reports import CLOCK


@pytest.fixture
def read_only(built: Path, tmp_path: Path) -> Iterator[Path]:
    """The built case on a disk that cannot be written."""
    folder = tmp_path / "read-only"
    folder.mkdir()
    command = ["mount", "--bind", "-o", "ro", str(built), str(folder)]
    if os.name != "posix" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a folder read-only (root)")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_read_only_case_is_shown_exported_explained_and_verified(
    tidewaiter: Tidewaiter, built: Path, read_only: Path, tmp_path: Path
) -> None:
    exported = tidewaiter("export", read_only)
    assert exported.status == 0
    assert exported.out == tidewaiter("export", built).out
    row = next(line for line in exported.out.splitlines() if '"type": "transfer"' in line)
    assert tidewaiter("explain", read_only, row.split('"id": "')[1].split('"')[0]).status == 0
    assert tidewaiter("report", read_only, "--out", tmp_path / "out.html").status == 0
    assert tidewaiter("verify", read_only).status == 0


@pytest.mark.parametrize("command", ["add", "build", "remove", "rebuild"])
def test_a_read_only_case_is_not_written(
    tidewaiter: Tidewaiter, read_only: Path, reports: Path, command: str
) -> None:
    arguments = [reports] if command in {"add", "remove"} else []
    ended = tidewaiter(command, read_only, *arguments)
    assert ended.status == 2
    assert "the case can only be read (Read-only file system)" in ended.err
    assert "Copy it to a folder that you can write to" in ended.err


def test_a_case_copied_while_it_is_built_is_mended_as_it_says(
    tidewaiter: Tidewaiter, reports: Path, built: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case"
    command = [sys.executable, "-m", "tidewaiter", "run", str(reports), "--out", str(case), "--quiet"]
    copies: list[Path] = []
    with subprocess.Popen(command, env=os.environ | {"SOURCE_DATE_EPOCH": CLOCK}) as running:
        while running.poll() is None:
            if (case / "case.toml").is_file():
                copies.append(copied(case, tmp_path / f"copy-{len(copies)}"))
            time.sleep(0.01)
    assert running.returncode == 0
    assert copies
    wanted = tidewaiter("export", case).out
    for copy in distinct(copies):
        first = tidewaiter("verify", copy)
        if first.status == 1 or "--from-custody" in first.err + first.out:
            assert tidewaiter("rebuild", copy, "--from-custody").status in {0, 1}
        assert tidewaiter("add", copy, reports).status == 0
        assert tidewaiter("build", copy).status == 0
        verified = tidewaiter("verify", copy)
        assert verified.status == 0, verified.err + verified.out
        assert tidewaiter("export", copy).out == wanted


def copied(case: Path, target: Path) -> Path:
    """A copy made file by file, slowly, of what is there at each moment."""
    target.mkdir()
    for path in sorted(case.rglob("*")):
        try:
            if path.is_dir():
                (target / path.relative_to(case)).mkdir(parents=True, exist_ok=True)
            else:
                shutil.copyfile(path, target / path.relative_to(case))
        except FileNotFoundError:
            continue  # gone since it was listed
        time.sleep(0.01)
    return target


def distinct(copies: list[Path]) -> list[Path]:
    """Those that are not like the one before."""
    found: dict[tuple[tuple[str, int], ...], Path] = {}
    for copy in copies:
        files = [path for path in sorted(copy.rglob("*")) if path.is_file()]
        found.setdefault(tuple((str(one.relative_to(copy)), one.stat().st_size) for one in files), copy)
    return list(found.values())
