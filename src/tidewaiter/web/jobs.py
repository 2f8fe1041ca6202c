"""Work that takes long, done beside the desk: pages are answered meanwhile.

One piece of work at a time, each in a process of its own: it takes nothing of the time in which pages are
made, gives its memory back when it ends, and can be stopped with the app.  It opens the case for itself.

What somebody asked for goes before what the app works out by itself, so that it is there when asked for: that
gives way, even when it was begun, and is begun again afterwards.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock
from typing import Any

from tidewaiter.case import now
from tidewaiter.errors import MachineError, TidewaiterError
from tidewaiter.pipeline import Progress, Step

KEPT = 16
"""Pieces of work whose outcome is kept; the oldest goes first."""

POLITE = 5
"""By how much a piece of work stands behind those who read pages (as with ``nice``)."""

STEP, DONE, FAILED = "step", "done", "failed"
"""What a process tells of its work."""

Work = Callable[..., Any]
"""What is done: a function of a module, called with its arguments and a ``Progress``."""


class State(StrEnum):
    """How far a piece of work is."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


@dataclass(slots=True)
class Job:
    """A piece of work and what came of it."""

    what: str  # in words: "the case as of 5 May 2021"
    state: State = State.WAITING
    begun: str = ""  # UTC, ISO 8601; when it was asked for
    ended: str | None = None
    step: Step | None = None
    value: Any = None
    error: TidewaiterError | None = None
    future: Future[None] = field(default_factory=Future)
    work: Work | None = None
    arguments: tuple[Any, ...] = ()
    gives_way: bool = False  # to what somebody asked for

    @property
    def is_over(self) -> bool:
        return self.state in (State.DONE, State.FAILED)


class Jobs:
    """Pieces of work by key; each is done once and its outcome kept."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="job")
        self._jobs: dict[Hashable, Job] = {}
        self._asked, self._unasked = deque[Job](), deque[Job]()  # what waits
        self._process: BaseProcess | None = None
        self._at_work: Job | None = None
        self._is_closed = False
        self._lock = Lock()

    def of(self, key: Hashable) -> Job | None:
        """The work with that key; None where nobody asked for it."""
        return self._jobs.get(key)

    def start(self, key: Hashable, what: str, work: Work, *arguments: Any, gives_way: bool = False) -> Job:
        """Have it done, unless it is done, being done or waits to be.  ``gives_way``: it goes behind whatever
        does not."""
        with self._lock:
            known = self._jobs.get(key)
            if known is not None:
                return known
            over = [one for one, job in self._jobs.items() if job.is_over]
            for one in over[: max(0, len(self._jobs) - KEPT + 1)]:
                del self._jobs[one]
            job = self._jobs[key] = Job(
                what, begun=now(), work=work, arguments=arguments, gives_way=gives_way
            )
            (self._unasked if gives_way else self._asked).append(job)
            self._thread.submit(self._next)
            if not gives_way and self._at_work is not None and self._at_work.gives_way:
                self._stop()
        return job

    def forget(self, key: Hashable) -> None:
        """Have it done anew when it is next asked for."""
        with self._lock:
            self._jobs.pop(key, None)

    async def wait(self, job: Job, seconds: float) -> None:
        """Until it is over, so long at most."""
        await asyncio.wait([asyncio.wrap_future(job.future)], timeout=seconds)

    def close(self) -> None:
        """Stop what is being done.  What it keeps is kept whole or not at all."""
        with self._lock:
            self._is_closed = True
            self._stop()
        self._thread.shutdown(wait=True, cancel_futures=True)
        for one in (*self._asked, *self._unasked):
            one.future.cancel()

    def _stop(self) -> None:
        """End the process at work, if there is one."""
        if self._process is not None:
            self._process.terminate()

    # ------------------------------------------------------------------ in the thread of the work

    def _next(self) -> None:
        with self._lock:
            job = (self._asked or self._unasked).popleft()
        try:
            job.value = self._outcome(job)
            job.state = State.DONE
        except _GaveWayError:
            job.state, job.step = State.WAITING, None
            with self._lock:
                self._unasked.appendleft(job)
                self._thread.submit(self._next)
            return
        except TidewaiterError as error:
            job.error, job.state = error, State.FAILED
        except OSError as error:
            told = MachineError(f"no process can be started ({error.strerror})", todo="Try again later.")
            job.error, job.state = told, State.FAILED
        job.ended = now()
        job.future.set_result(None)

    def _outcome(self, job: Job) -> Any:
        context = get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(theirs, job.work, job.arguments), daemon=True)
        with self._lock:
            if self._is_closed:
                raise MachineError("the app is being closed", todo="Start it again.")
            if job.gives_way and self._asked:
                raise _GaveWayError
            process.start()
            self._process, self._at_work = process, job
        theirs.close()
        job.state = State.WORKING
        try:
            while True:
                kind, told = ours.recv()
                if kind == STEP:
                    job.step = told
                elif kind == DONE:
                    return told
                else:
                    raise told
        except EOFError as error:
            if job.gives_way and self._asked and not self._is_closed:
                raise _GaveWayError from error
            raise MachineError(
                "the process that worked it out ended before it was done",
                todo="Look again to have it tried again; if it happens again, memory may be short.",
            ) from error
        finally:
            ours.close()
            process.join()
            with self._lock:
                self._process = self._at_work = None


class _GaveWayError(Exception):
    """The work was stopped for other work."""


def _work(out: Connection, work: Work, arguments: tuple[Any, ...]) -> None:
    """In the process: do it and tell what comes of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the app, which ends this
    if hasattr(os, "nice"):
        os.nice(POLITE)
    try:
        out.send((DONE, work(*arguments, _telling(out))))
    except BrokenPipeError:
        return  # the app has ended
    except TidewaiterError as error:
        out.send((FAILED, error))
    except Exception as error:  # noqa: BLE001 -- told to whoever asked for it
        traceback.print_exc(file=sys.stderr)
        told = f"a fault of the program ({type(error).__name__})"
        out.send((FAILED, MachineError(told, todo="Report what the terminal prints.")))


def _telling(out: Connection) -> Progress:
    last: list[object] = []

    def tell(step: Step) -> None:
        hundredth = step.stage, step.total, step.done * 100 // max(1, step.total)
        if last != [hundredth]:
            last[:] = [hundredth]
            out.send((STEP, Step(step.stage, step.done, step.total)))

    return tell
