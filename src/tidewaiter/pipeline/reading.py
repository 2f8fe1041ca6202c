"""Reading what is new or changed, in one process or several.

What is read is put beside what is shown, a few documents at a time, so that a run that is cut short loses
no more than those few; linking swaps it in.  A worker is given a capture and gives back what is to be
stored of it: only one process writes.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from types import FrameType
from typing import Any

from tidewaiter.errors import CaseError
from tidewaiter.knowledge import Knowledge
from tidewaiter.ledger.captures import CaptureStore
from tidewaiter.ledger.derived import Content, DerivedStore
from tidewaiter.ledger.holding import Held, Holding
from tidewaiter.pipeline import making
from tidewaiter.pipeline.steps import Progress, Step

BATCH = 8
"""Documents read before they are stored together: a third of a second's work."""
AHEAD = 3
"""Batches given out to each worker before the first comes back, so that none waits for the other."""

MANY = 500
"""Reports read in one build from which on the second that it takes to load the model again does not count."""

Order = tuple[Held, str]
"""A capture to read and the recipe to do it by."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build has to do with the captures of a case; of each no more than its hash and source, as
    there may be very many."""

    made_by: str  # versions of cleaner, reader and tables
    wanted: frozenset[str]  # hashes of the captures to be read
    sources: Mapping[str, str]  # by hash, of all captures that are not withdrawn


def plan(holding: Holding, derived: DerivedStore, knowledge: Knowledge, anew: bool) -> Plan:
    """Which captures are to be read: those that are new, or whose cleaner, reader or given date changed;
    with ``anew`` all."""
    made_by = making.versions(knowledge)
    made = {} if anew else derived.recipes()
    sources: dict[str, str] = {}
    wanted: set[str] = set()
    for one in holding.held():
        sha256 = one.capture.sha256
        sources[sha256] = making.source_of(one)
        if made.get(sha256) != making.recipe_of(one, made_by):
            wanted.add(sha256)
    return Plan(made_by, frozenset(wanted), sources)


def read(
    plan: Plan,
    holding: Holding,
    derived: DerivedStore,
    knowledge: Knowledge,
    jobs: int,
    progress: Progress,
) -> None:
    """Read the captures that are wanted and put what they say beside what is shown.

    ``jobs``: processes that read.  Raises ``ModelError`` when the language model is missing.
    """
    total = len(plan.wanted)
    if not total:
        return
    progress(Step("Reading", 0, total))
    batches = _batches(
        (one, making.recipe_of(one, plan.made_by))
        for one in holding.held()
        if one.capture.sha256 in plan.wanted
    )
    unstored: list[Content] = []
    try:
        for done, content in enumerate(_contents(batches, holding.bytes, knowledge, min(jobs, total)), 1):
            unstored.append(content)
            if len(unstored) == BATCH:
                derived.put(unstored)
                unstored = []
            progress(Step("Reading", done, total, Path(content.source).name))
    finally:  # what was read before Ctrl-C, too
        derived.put(unstored)
    if total >= MANY:
        _let_go_of_model()


def _let_go_of_model() -> None:
    """The memory of language model and tagger goes to linking, so that a large build needs the larger of the
    two and not their sum."""
    from tidewaiter.reading.parse import let_go_of_model
    from tidewaiter.reading.said.tagger.model import let_go_of_tagger

    let_go_of_tagger()
    let_go_of_model()
    if sys.platform == "linux":  # glibc keeps what is freed for itself until it is asked to give it back
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def _batches(orders: Iterable[Order]) -> Iterator[Sequence[Order]]:
    left = iter(orders)
    while batch := list(islice(left, BATCH)):
        yield batch


def _contents(
    batches: Iterable[Sequence[Order]], captures: CaptureStore, knowledge: Knowledge, jobs: int
) -> Iterator[Content]:
    if jobs > 1:
        return chain.from_iterable(_by_workers(batches, captures, knowledge, jobs))
    return (_make_one(*order, captures, knowledge) for batch in batches for order in batch)


def _make_one(held: Held, recipe: str, captures: CaptureStore, knowledge: Knowledge) -> Content:
    sha256 = held.capture.sha256
    try:
        data = captures.read(sha256)
    except CaseError as error:  # gone or changed: told with the document, and the others go on
        return Content(sha256, recipe, making.source_of(held), reason=error.what, todo=error.todo)
    return making.make_content(held, data, recipe, knowledge)


# ------------------------------------------------------------------------------------ workers


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a worker works with."""

    captures: CaptureStore
    knowledge: Knowledge


_desk: _Desk | None = None


def _by_workers(
    batches: Iterable[Sequence[Order]], captures: CaptureStore, knowledge: Knowledge, jobs: int
) -> Iterator[Sequence[Content]]:
    pool = ProcessPoolExecutor(
        jobs, get_context("spawn"), _sit_down, (captures.folder, knowledge), max_tasks_per_child=None
    )
    waiting: deque[Future[Sequence[Content]]] = deque()
    try:
        for batch in batches:
            with _unheard():
                waiting.append(pool.submit(_work, batch))
            if len(waiting) >= jobs * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise CaseError(
            "a reading process ended before its work was done",
            todo="Run the command again: what was read is kept. If memory is short, use --jobs 1.",
        ) from error
    except BaseException:
        for process in list((pool._processes or {}).values()):
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _unheard() -> Iterator[None]:
    """A process that begins inside does not hear Ctrl-C from its first moment on, nor that the terminal
    closed: both are for the process that gives out the work, which gets them when this ends.

    Another thread of this process may get a signal that is blocked in this one, and Python then runs the
    handler here, where a worker would be left waiting for its first words: so handlers wait, too.
    """
    waiting: list[int] = []
    handlers = _handlers()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    for number in handlers:
        signal.signal(number, lambda got, _: waiting.append(got))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        for number in waiting:
            signal.raise_signal(number)


def _handlers() -> Mapping[int, Callable[[int, FrameType | None], Any]]:
    """The handlers in Python of what ends the work, where this thread is the one that runs them."""
    if threading.current_thread() is not threading.main_thread():
        return {}
    found = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)}
    return {one: handler for one, handler in found.items() if callable(handler)}


def _sit_down(captures: Path, knowledge: Knowledge) -> None:
    """Begin as a worker: Ctrl-C is for the process that gives out the work, and without it there is
    nothing left to do."""
    global _desk  # noqa: PLW0603 (a worker process has one desk, for as long as it lives)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _desk = _Desk(CaptureStore(captures), knowledge)


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(batch: Sequence[Order]) -> Sequence[Content]:
    assert _desk is not None, "a worker that has not sat down"
    return [_make_one(held, recipe, _desk.captures, _desk.knowledge) for held, recipe in batch]
