"""The fuzzer runs, tells what fails, and finds nothing in its first inputs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FUZZ = Path(__file__).parent.parent.parent / "tools" / "fuzz.py"


def fuzz(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The script in a process of its own."""
    command = [sys.executable, str(FUZZ), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def test_a_few_inputs_of_each_kind(tmp_path: Path) -> None:
    ended = fuzz("--inputs", "120", "--minutes", "4", "--seed", "5", "--out", tmp_path)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.startswith("120 inputs (")
    assert "0 failures" in ended.stdout
