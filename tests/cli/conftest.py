"""The command line on real files."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tidewaiter.cli import main

from .reports import CLOCK, write_reports


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str


Tidewaiter = Callable[..., Ended]


@pytest.fixture
def tidewaiter(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Tidewaiter:
    """Run the command in this process, as from a shell."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", CLOCK)

    def run(*arguments: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["tidewaiter", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        code = ended.value.code
        return Ended(code if isinstance(code, int) else 0, printed.out, printed.err)

    return run


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of reports."""
    return write_reports(tmp_path / "reports")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of the reports, built once; for tests that only look at it."""
    root = tmp_path_factory.mktemp("built")
    write_reports(root / "reports")
    arguments = ["run", str(root / "reports"), "--out", str(root / "case"), "--quiet"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", CLOCK)
        patch.setattr(sys, "argv", ["tidewaiter", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
    assert ended.value.code in (0, None)
    return root / "case"
