"""A job's work, in a process of its own: ``python -m tidewaiter.web.adding.working CASE JOB``.

Language model, tagger and linking stay out of the app, and their end, whatever it is, ends nothing else.  It
tells how far it is in lines of JSON on its output, leaves with whoever started it (its input ends then) and
does not hear Ctrl-C, which is for the app.  What it did stands in the case and in ``arrivals``; nothing else
is handed back.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import FrameType

from tidewaiter.case import Case, now
from tidewaiter.errors import ModelError, TidewaiterError
from tidewaiter.ledger.custody import CAPTURED
from tidewaiter.pipeline import Handed, Progress, Step, Taken
from tidewaiter.web.adding.arrivals import Arrivals, Fate, Job, Outcome, Report, State
from tidewaiter.web.faults import fault_of

STEP, SAID = "step", "said"
"""What a line tells: a step of the work, or a sentence for the user."""

PATIENCE = 3600.0
"""Seconds to wait for another program that writes to the case; whoever waits can see for whom."""

TELL_SECONDS = 0.1
"""Between two steps of one stage that are told."""

MANY = 40
"""Reports from which on a second process reads too: it takes some seconds to load the model again."""

Tell = Callable[..., None]


def main() -> None:
    """Do a job; what stops it is told in its outcome."""
    folder, name = Path(sys.argv[1]), sys.argv[2]
    tell = _teller()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _stop)
    threading.Thread(target=_leave_with_the_app, daemon=True).start()
    arrivals = Arrivals(folder)
    job = arrivals.job(name)
    if job is None:
        return
    began = time.monotonic()
    try:
        outcome = work(folder, job, arrivals, tell)
    except KeyboardInterrupt:
        return  # what was done is kept, and the job stands as one that goes on
    except TidewaiterError as error:
        fault = fault_of(error)
        where = "" if fault.where is None or isinstance(error, ModelError) else f"{fault.where}: "
        stopped = Outcome(
            seconds=time.monotonic() - began, trouble=f"{where}{fault.what}", todo=fault.todo or ""
        )
        arrivals.end(name, State.STOPPED, stopped)
    else:
        arrivals.end(name, State.DONE, outcome)


def work(folder: Path, job: Job, arrivals: Arrivals, tell: Tell) -> Outcome:
    """Take in what is left of a job, then build.  Raises what these do."""
    began = time.monotonic()
    with Case(folder, lambda words: tell(SAID, words)) as case:
        case.wait_seconds = PATIENCE
        processes = 2 if len(job.reports) >= MANY and (os.cpu_count() or 1) > 1 else 1
        # the lock is kept from first to last: a build of somebody else in between, as after a judgement,
        # would read these reports in a process that is not made for it
        with case.writing("adding reports", now()):
            take_in(case, job, arrivals, tell)
            before = _rows(case)
            case.build(now(), _telling(tell), jobs=processes)
        after = _rows(case)
        note_unread(case, job.id, arrivals)
    return Outcome(
        new=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(one for one in after.keys() & before.keys() if after[one] != before[one])),
        gone=tuple(sorted(before.keys() - after.keys())),
        seconds=time.monotonic() - began,
    )


def take_in(case: Case, job: Job, arrivals: Arrivals, tell: Tell) -> None:
    """Put into custody what is left of a job, and note of each what was done."""
    total = sum(1 for one in job.reports if not one.fate.refused)
    seen = {one.fate.sha256 for one in job.reports if one.fate.sha256}
    done = total - sum(1 for one in job.reports if one.state is not State.DONE)
    for batch in arrivals.batches(job):
        tell(STEP, "Taking in", done, total, batch[0][0].label)
        handed = [Handed(arrival.name, arrival.data, arrival.method) for _, arrival in batch]
        taken = case.take_in(handed, job.at, job.given_date, job.by)
        fates = []
        for (report, _), one in zip(batch, taken, strict=True):
            action = _action(case, job, report, one, is_first=one.sha256 not in seen)
            known = None if action == CAPTURED else case.durable.first_noted(one.sha256)
            fates.append((report.number, Fate(one.source, one.sha256, action, known=known)))
            seen.add(one.sha256)
        arrivals.taken(job.id, fates)
        done += len(batch)


def _action(case: Case, job: Job, report: Report, taken: Taken, *, is_first: bool) -> str:
    """What was done with a report.  One that was begun before may have been taken in by a try that was ended
    before it could say so: then the case knows it since the moment of this very job."""
    if taken.action or report.state is not State.BEGUN or not is_first:
        return taken.action
    noted = case.durable.captures_from(taken.source).get(taken.sha256)
    return CAPTURED if noted == job.at else ""


def note_unread(case: Case, job: str, arrivals: Arrivals) -> None:
    """Note why reports of a job that are in custody gave no document."""
    told = arrivals.job(job)
    fates = []
    for one in () if told is None else told.reports:
        for row in case.derived.ask("SELECT reason, todo FROM failure WHERE sha256 = ?", one.fate.sha256):
            fates.append((one.number, replace(one.fate, refused=row["reason"], todo=row["todo"] or "")))
    arrivals.taken(job, fates)


def _rows(case: Case) -> dict[str, int]:
    """The rows of the register as last built, by id, each as a number that changes when the row does."""
    return {
        row["id"]: hash(row["payload"]) for row in case.derived.ask("SELECT id, payload FROM register_row")
    }


# ------------------------------------------------------------------------------------ telling, ending


def _teller() -> Tell:
    """Writes lines for the app.  Whatever else prints does so where errors are printed."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace")
    os.dup2(2, 1)

    def tell(*parts: object) -> None:
        try:
            print(json.dumps(parts), file=out, flush=True)
        except OSError:  # nobody listens any more: the thread that watches for that ends the work
            return

    return tell


def _telling(tell: Tell) -> Progress:
    stage, told = "", 0.0

    def show(step: Step) -> None:
        nonlocal stage, told
        at = time.monotonic()
        if step.stage != stage or step.done >= step.total or at - told >= TELL_SECONDS:
            stage, told = step.stage, at
            tell(STEP, step.stage, step.done, step.total, step.item)

    return show


def _stop(_: int, frame: FrameType | None) -> None:
    del frame
    raise KeyboardInterrupt


def _leave_with_the_app() -> None:
    """The app holds the other end of the input for as long as it lives."""
    while os.read(0, 64):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
