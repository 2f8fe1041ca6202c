"""Kill the program at any moment, let it go on, and compare with what it makes undisturbed.

The real program in processes of its own, ended with SIGKILL: nothing in it can prepare for that.  Its
stderr is a terminal, so that the progress it shows tells in which stage it was.  After each kill the next
run must end well, ``tidewaiter verify`` must hold, and the exports must equal, byte for byte, those of a
case that nobody disturbed.
"""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from reports_made import SHORT, generate

SCRIPT = Path(sys.executable).with_name("tidewaiter")
EPOCH = "1769860800"
"""31 January 2026: the moment that all runs bear, so that their exports can be compared."""

STAGES = ("Taking in", "Reading", "Linking", "Register", "Dossier")
"""As the progress names them."""
BEFORE = "starting"

SHORT_DELAY = 0.15
"""Seconds after a stage is seen to begin within which half of the kills come.  The terminal is drawn ten
times a second, so what is seen lies up to 0.1 s back."""
PATIENCE = 300.0
"""Seconds after which a run hangs."""
TRIES = 4
"""Rows of kills of which none hits, before a trial goes without."""
ORPHANS = 15.0
"""Seconds that the children of a killed run may need to notice."""

_STAGE = re.compile("|".join(STAGES))


@dataclass(frozen=True, slots=True)
class Moment:
    """When to kill: ``delay`` seconds after ``stage`` is seen, or after the start where it is None."""

    stage: str | None
    delay: float


@dataclass(frozen=True, slots=True)
class Run:
    """How a run went."""

    status: int | None  # exit status; None: it was killed
    seconds: float
    stage: str  # the last one seen
    began: Mapping[str, float]  # stage: seconds from the start until it was seen
    told: str  # what it wrote on the terminal
    orphans: bool = False  # whether processes that it started did not end with it


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill that hit."""

    command: str  # "add", "build" or "run"
    moment: Moment
    stage: str
    taken_in: int  # lines of the custody record
    derived: int  # bytes of the derived store and its log
    left_by_kill: bool  # whether the case had been left by a kill before


@dataclass(slots=True)
class Trial:
    """One case that was disturbed, and what became of it."""

    number: int
    kills: list[Kill] = field(default_factory=list)
    fault: str | None = None


# ------------------------------------------------------------------------------------ processes


def environment() -> dict[str, str]:
    """As the harness's own, with the clock fixed and a terminal wide enough for the stage's name."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "SOURCE_DATE_EPOCH": EPOCH, "TERM": "xterm", "COLUMNS": "120", "LINES": "24"}


@contextmanager
def _process(arguments: Sequence[str | Path]) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The program on a terminal of its own; whatever is left of it is ended at the end."""
    ours, its = pty.openpty()
    process = subprocess.Popen(
        [SCRIPT, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=its,
        env=environment(),
        start_new_session=True,  # its own group: nothing else is ended with it
    )
    os.close(its)
    try:
        yield process, ours
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        os.close(ours)


def run(arguments: Sequence[str | Path], moment: Moment | None = None) -> Run:
    """Run the program to its end, or kill it at a moment."""
    start = time.monotonic()
    seen = _Seen()
    with _process(arguments) as (process, terminal):
        while process.poll() is None:
            now = time.monotonic() - start
            due = seen.due(moment) if moment else None
            if now > PATIENCE:
                return Run(-1, now, seen.stage, seen.began, f"{seen.told}\nhangs")
            if due is not None and now >= due:
                process.kill()
                process.wait()
                seconds = time.monotonic() - start
                orphans = not _group_ends(process.pid)
                return Run(None, seconds, seen.stage, seen.began, seen.told, orphans)
            seen.look(terminal, start, min(0.05, max(0.0, due - now)) if due is not None else 0.05)
        seen.look(terminal, start, 0)
        return Run(process.returncode, time.monotonic() - start, seen.stage, seen.began, seen.told)


@dataclass(slots=True)
class _Seen:
    """What the terminal has shown."""

    stage: str = BEFORE
    began: dict[str, float] = field(default_factory=dict)
    told: str = ""

    def due(self, moment: Moment) -> float | None:
        """Seconds from the start at which the kill is due; None as long as that is not known."""
        if moment.stage is None:
            return moment.delay
        return self.began[moment.stage] + moment.delay if moment.stage in self.began else None

    def look(self, terminal: int, start: float, wait: float) -> None:
        ready, _, _ = select.select([terminal], [], [], wait)
        if not ready:
            return
        try:
            words = os.read(terminal, 65536).decode("utf-8", "replace")
        except OSError:  # the other end is closed
            time.sleep(min(wait, 0.005))
            return
        self.told = (self.told + words)[-20_000:]
        for found in _STAGE.findall(words):
            self.stage = found
            self.began.setdefault(found, time.monotonic() - start)


def _group_ends(group: int) -> bool:
    """Whether every process of a killed run ends by itself."""
    end = time.monotonic() + ORPHANS
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        time.sleep(0.02)
    return False


# ------------------------------------------------------------------------------------ the case


def exports(case: Path) -> dict[str, str]:
    """What a case exports, by format."""
    from tidewaiter.case import Case
    from tidewaiter.cli.printing import export_text

    with Case(case) as opened:
        return {style: export_text(opened.view(), style) for style in ("jsonl", "csv")}


def can_verify() -> bool:
    """Whether the program has the command."""
    asked = subprocess.run([SCRIPT, "verify", "--help"], capture_output=True, check=False)
    return asked.returncode == 0


@dataclass(slots=True)
class Bench:
    """Where trials are made: the reports, and what an undisturbed case looks like."""

    folder: Path
    reports: Path
    jobs: int
    verifies: bool
    expected: dict[str, str]
    seconds: Mapping[str, float]  # of an undisturbed run, by command
    stages: Mapping[str, Sequence[str]]  # those that were seen, by command

    def commands(self, command: str, case: Path) -> list[str | Path]:
        jobs: list[str | Path] = ["--jobs", str(self.jobs)] if self.jobs > 1 else []
        if command == "add":
            return ["add", case, self.reports]
        if command == "run":
            return ["run", self.reports, "--out", case, *jobs]
        return [command, case, *(jobs if command == "build" else [])]


def prepare(folder: Path, number: int, seed: int, jobs: int = 1) -> Bench:
    """Write the reports, and build the undisturbed cases: step by step, and in one run.

    Raises ``RuntimeError`` when that fails already.
    """
    reports = folder / "reports"
    reports.mkdir(parents=True)
    for report in generate(number, seed, SHORT):
        (reports / report.name).write_text(report.text, encoding="utf-8")
    bench = Bench(folder, reports, jobs, can_verify(), {}, {}, {})
    case, at_once = folder / "undisturbed", folder / "undisturbed-run"
    done = {"new": _well(run(bench.commands("new", case)))}
    done |= {command: _well(run(bench.commands(command, case))) for command in ("add", "build")}
    done["run"] = _well(run(bench.commands("run", at_once)))
    bench.expected = exports(case)
    if exports(at_once) != bench.expected:
        raise RuntimeError("`run` makes another case than `add` and `build`")
    bench.seconds = {command: one.seconds for command, one in done.items()}
    bench.stages = {command: tuple(one.began) for command, one in done.items()}
    return bench


def _well(one: Run) -> Run:
    if one.status != 0:
        raise RuntimeError(f"an undisturbed run ends with {one.status}: {one.told}")
    return one


# ------------------------------------------------------------------------------------ trials


def choose(rng: Random, bench: Bench, command: str) -> Moment:
    """A moment of a command: any, or shortly after one of its stages begins."""
    stages = bench.stages[command]
    if stages and rng.random() < 0.5:
        return Moment(rng.choice(stages), rng.uniform(0, SHORT_DELAY))
    return Moment(None, rng.uniform(0, bench.seconds[command]))


def attempt(bench: Bench, number: int, rng: Random, command: str, kills: int = 1) -> Trial:
    """Disturb a case ``kills`` times in a row, complete it, and judge it.

    A run that ends before its moment ends the row; a row without any kill is begun again.  What the
    kills left of a case that is judged bad is kept as ``NUMBER-left``, what became of it as ``NUMBER``.
    """
    case, left = bench.folder / str(number), bench.folder / f"{number}-left"
    trial = Trial(number)
    for _ in range(TRIES):
        shutil.rmtree(case, ignore_errors=True)
        trial.fault = _disturb(bench, case, rng, command, kills, trial.kills)
        if trial.kills or trial.fault:
            break
    if case.exists():
        shutil.copytree(case, left)
    trial.fault = trial.fault or _complete(bench, case, command) or _judge(bench, case)
    if trial.fault is None:
        shutil.rmtree(case, ignore_errors=True)
        shutil.rmtree(left, ignore_errors=True)
    return trial


def _disturb(
    bench: Bench, case: Path, rng: Random, command: str, times: int, kills: list[Kill]
) -> str | None:
    """Make a case and kill the command on it, until one run ends before its moment; what went wrong."""
    if command != "run":
        _well(run(bench.commands("new", case)))
    if command == "build":
        _well(run(bench.commands("add", case)))
    for _ in range(times):
        moment = choose(rng, bench, command)
        one = run(bench.commands(command, case), moment)
        if one.status is not None:
            return f"a run ends with {one.status}: {one.told[-2000:]}" if one.status else None
        kills.append(Kill(command, moment, one.stage, *_stands(case), left_by_kill=bool(kills)))
        if one.orphans:
            return "processes that the killed run had started live on"
    return None


def _stands(case: Path) -> tuple[int, int]:
    """Captures noted, and bytes of the derived store."""
    custody = case / "custody.jsonl"
    noted = custody.read_bytes().count(b"\n") if custody.exists() else 0
    return noted, sum(path.stat().st_size for path in case.glob("derived*") if path.is_file())


def _complete(bench: Bench, case: Path, command: str) -> str | None:
    """Do again what was killed, and what is still missing; what went wrong, or None."""
    for again in ("add", "build") if command == "add" else (command,):
        done = run(bench.commands(again, case))
        if done.status != 0:
            return f"`{again}` after the kill ends with {done.status}: {done.told[-2000:]}"
    return None


def _judge(bench: Bench, case: Path) -> str | None:
    if bench.verifies:
        checked = run(["verify", case])
        if checked.status != 0:
            return f"`verify` ends with {checked.status}: {checked.told[-2000:]}"
    found = exports(case)
    differing = [style for style, text in bench.expected.items() if found[style] != text]
    return f"differs from the undisturbed case in: {', '.join(differing)}" if differing else None
