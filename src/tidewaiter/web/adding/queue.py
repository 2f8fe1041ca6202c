"""The jobs of the app: one works at a time, the others wait for their turn."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from tidewaiter.case import CASE_FILE, read_settings
from tidewaiter.errors import TidewaiterError
from tidewaiter.pipeline import Step
from tidewaiter.pipeline.estimating import duration, time_left
from tidewaiter.web.adding import working
from tidewaiter.web.adding.arrivals import Arrival, Arrivals, Job, Outcome, State

STAGES = ("Taking in", "Reading", "Linking", "Register")
"""What a job goes through, as the pipeline names it."""

STOP_SECONDS = 10.0
"""How long a process that is to end is waited for before it is killed."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a job stands."""

    before: int | None = None  # how many jobs come before it; None: it works
    stage: str = ""  # empty: it has not said yet
    done: int = 0
    total: int = 0
    item: str = ""
    began: float = 0.0  # of the stage, on a clock that only runs forward
    first: int = 0  # number done when it began
    said: str = ""  # since the last step: whom it waits for

    def words(self, clock: float) -> str:
        """In a sentence."""
        if self.before is not None:
            return f"Waiting for its turn, after {self.before} other{'s' if self.before != 1 else ''}"
        if self.said or not self.stage:
            return self.said or "Starting"
        if self.total <= 1:
            return f"{self.stage}, {duration(clock - self.began)} so far"
        told = f"{self.stage} {min(self.done + 1, self.total):,} of {self.total:,}"
        step = Step(self.stage, self.done, self.total)
        left = time_left(step, self.done - self.first, clock - self.began)
        return told if left is None or left < 1 else f"{told}, about {duration(left)} left"


class Queue:
    """Runs jobs in a process each, one after the other, in the order in which they came."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.arrivals = Arrivals(folder)
        self._waiting: deque[str] = deque()
        self._at_work: tuple[str, Progress] | None = None
        self._process: subprocess.Popen[str] | None = None
        self._changed = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="adding", daemon=True)

    def begin(self) -> None:
        """Go on with what an earlier start of the app left, and wait for more."""
        self._waiting.extend(self.arrivals.unfinished())
        self._thread.start()

    def close(self) -> list[str]:
        """End the work at hand; gives the ids of the jobs that are left: the next start goes on with them."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
            process = self._process
        if process is not None:
            _end(process)
        if self._thread.is_alive():
            self._thread.join()
        with suppress(TidewaiterError):
            return self.arrivals.unfinished()
        return []

    def hand_over(self, arrivals: Sequence[Arrival], at: str, by: str | None, given_date: str | None) -> str:
        """Keep what was handed over and have it taken in; gives the id of the job.

        Raises as ``Arrivals.keep`` does.
        """
        name = self.arrivals.keep(arrivals, at, by, given_date)
        self._queue(name)
        return name

    def go_on(self, job: Job) -> None:
        """Try again what stopped."""
        if job.state is State.STOPPED:
            self.arrivals.end(job.id, State.WAITS, Outcome())
        if job.state is not State.DONE:
            self._queue(job.id)

    def _queue(self, name: str) -> None:
        with self._changed:
            at_work = self._at_work[0] if self._at_work else None
            if name != at_work and name not in self._waiting:
                self._waiting.append(name)
                self._changed.notify_all()

    def progress(self, name: str) -> Progress | None:
        """Where a job stands; None where it neither works nor waits for its turn."""
        with self._changed:
            if self._at_work is not None and self._at_work[0] == name:
                return self._at_work[1]
            if name not in self._waiting:
                return None
            return Progress(before=self._waiting.index(name) + (self._at_work is not None))

    def look(self, name: str) -> tuple[Job | None, Progress | None, str]:
        """A job, where it stands (asked in the order in which one that ends meanwhile shows as done), and
        what the case is called.  Raises ``CaseError`` where these cannot be read."""
        progress = self.progress(name)
        return self.arrivals.job(name), progress, read_settings(self.folder / CASE_FILE).name

    # ------------------------------------------------------------------------------- in the jobs' thread

    def _run(self) -> None:
        while True:
            with self._changed:
                self._at_work = self._process = None
                while not self._waiting and not self._stopping:
                    self._changed.wait()
                if self._stopping:
                    return
                name = self._waiting.popleft()
                self._at_work = name, Progress(began=time.monotonic())
            trouble = self._work(name)
            with suppress(TidewaiterError):  # the store cannot be written: then the job stands as unfinished
                self._see_to(name, trouble)

    def _work(self, name: str) -> str:
        """Have a job done; gives what is wrong where its process could not be started, else nothing."""
        command = [sys.executable, "-m", working.__name__, str(self.folder), name]
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                process_group=0,  # Ctrl-C is for the app
            )
        except OSError as error:
            return f"the process that reads cannot be started ({error.strerror})"
        with self._changed:
            self._process = process
            is_late = self._stopping
        if is_late:
            process.terminate()
        with process:
            assert process.stdout is not None
            for line in process.stdout:
                self._hear(name, line)
            process.wait()
        return ""

    def _hear(self, name: str, line: str) -> None:
        try:
            kind, *told = json.loads(line)
        except ValueError:
            return
        with self._changed:
            if self._at_work is None:
                return
            at, clock = self._at_work[1], time.monotonic()
            if kind == working.SAID:
                at = replace(at, said=str(told[0]))
            elif kind == working.STEP:
                stage, done, total, item = told
                if stage != at.stage:
                    at = replace(at, stage=stage, began=clock, first=done)
                at = replace(at, done=done, total=total, item=item, said="")
            self._at_work = name, at

    def _see_to(self, name: str, trouble: str) -> None:
        """A job whose process ended without a word about its end was killed, or fell over a fault."""
        if self._stopping:
            return
        job = self.arrivals.job(name)
        if job is None or job.state is not State.WAITS:
            return
        stopped = Outcome(
            trouble=trouble or "the process that reads ended before its work was done",
            todo="Nothing is lost: what was taken in and read is kept, the rest waits here. "
            "If memory is short, close other programs first.",
        )
        self.arrivals.end(name, State.STOPPED, stopped)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
