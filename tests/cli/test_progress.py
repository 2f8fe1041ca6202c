"""What long work shows: a line every few seconds on a pipe, a bar on a terminal, nothing when quiet."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tidewaiter.cli.progress import duration, plain_line, plain_lines, showing
from tidewaiter.pipeline import Step

from .reports import CLOCK


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "0 s"), (59.2, "59 s"), (60, "1 min 0 s"), (125, "2 min 5 s"), (6000, "1 h 40 min")],
)
def test_durations_in_words(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_a_line_says_how_many_how_fast_and_how_long_still() -> None:
    line = plain_line(Step("Reading", 1200, 4000), 1000, 100.0)
    assert line == "Reading: 1,200 of 4,000 in 1 min 40 s, 10.0 a second, about 4 min 40 s left"


def test_no_estimate_is_given_before_there_is_anything_to_estimate_from() -> None:
    assert plain_line(Step("Reading", 7, 4000), 0, 100.0) == "Reading: 7 of 4,000 in 1 min 40 s"
    assert plain_line(Step("Reading", 7, 4000), 7, 0.1) == "Reading: 7 of 4,000 in 0 s"


def test_a_stage_that_is_one_step_says_how_long_it_has_taken() -> None:
    assert plain_line(Step("Linking", 0, 1), 0, 21.0) == "Linking: 21 s so far"


class Listening(io.StringIO):
    """A stream that can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = threading.Event()

    def flush(self) -> None:
        self.heard.set()


def test_lines_go_on_while_a_single_step_lasts_and_end_with_the_work() -> None:
    stream = Listening()
    with plain_lines(stream, 0.01) as progress:
        progress(Step("Reading", 3, 9))
        progress(Step("Linking", 0, 1))
        assert stream.heard.wait(20)
    said = stream.getvalue()
    assert said.startswith("Linking: 0 s so far\n")
    assert threading.active_count() == len([one for one in threading.enumerate() if one.name != "progress"])


def test_quiet_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with showing(quiet=True) as progress:
        progress(Step("Reading", 3, 9))
    assert capsys.readouterr().err == ""


def test_a_terminal_gets_a_bar_with_counts_and_names_with_brackets_do_no_harm(reports: Path) -> None:
    (reports / "[bold]guns[].txt").write_text("Peru sold mortars to Chad, Peru's army said.\n")
    screen, terminal = pty.openpty()
    environment = os.environ | {"SOURCE_DATE_EPOCH": CLOCK, "COLUMNS": "130", "TERM": "xterm"}
    command = [sys.executable, "-m", "tidewaiter", "run", str(reports), "--out", str(reports.parent / "case")]
    running = subprocess.Popen(command, stderr=terminal, stdout=subprocess.DEVNULL, env=environment)
    os.close(terminal)
    shown = bytearray()
    try:
        while block := os.read(screen, 65536):
            shown += block
    except OSError:  # the other end was closed
        pass
    assert running.wait(60) == 0
    assert "Reading" in shown.decode()
    assert "/4" in shown.decode()
