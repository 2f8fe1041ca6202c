"""The case, held by one thread: SQLite's connections belong to the thread that made them, and a page is of
one state of the case however many are asked for at once."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from tidewaiter.case import CASE_FILE, Case, Clock, now
from tidewaiter.errors import TidewaiterError
from tidewaiter.pipeline import Asked
from tidewaiter.web.adding.queue import Queue
from tidewaiter.web.jobs import Job, Jobs, State, Work
from tidewaiter.web.judging.writer import Writer
from tidewaiter.web.pages import Waiting
from tidewaiter.web.shown import Shown
from tidewaiter.web.working import compare_case, make_day
from tidewaiter.wording import spoken

Value = TypeVar("Value")

WATCHED = (CASE_FILE, "custody.jsonl", "judgements.jsonl", "derived.sqlite", "derived.sqlite-wal")
"""Files that change when what the case shows does."""

DAYS_AT_HAND = 8
"""Days of which the case is kept open; with more it is opened anew."""

AT_ONCE = 30
"""Reports of a case up to which the desk works out itself what takes long in larger ones: a second or so."""

YOUNG = 20_000
"""Objects made, less those gone, after which Python looks for cycles among the young: a page makes some ten
thousand that go by themselves, and with Python's own 700 it looks twenty times a page, for nothing."""

PATIENCE = 2.0
"""Seconds for which an answer that has to be worked out is waited for."""

Stamp = tuple[tuple[int, int, int], ...]


class Desk:
    """Opens the case when first asked, and again whenever another program has changed it."""

    def __init__(self, folder: Path, *, alone: bool = False) -> None:
        """``alone``: nothing but the app is in this process."""
        self.folder, self._alone, self._settled = folder, alone, False
        self.adding = Queue(folder)
        self.writer = Writer(folder)
        self.jobs = Jobs()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self._case: Case | None = None
        self._stamp: Stamp = ()
        self._shown: dict[Asked | None, Shown] = {}
        self._kept: dict[Hashable, tuple[Hashable, Any]] = {}  # lasts longer than one state of the case

    async def ask(self, work: Callable[[Desk], Value]) -> Value:
        """What ``work`` gives, in the desk's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, self)

    async def ask_patiently(self, work: Callable[[Desk], Value | Job]) -> Value | Job:
        """The same; where it has to be worked out first, once that is done, or (the job) if it takes long."""
        answer = await self.ask(work)
        if isinstance(answer, Job):
            await self.jobs.wait(answer, PATIENCE)
            answer = await self.ask(work)
        return answer

    def begin(self) -> None:
        """Have the case opened before anybody asks, as long as the browser takes to start."""
        self._thread.submit(self._warm)

    async def close(self) -> None:
        await asyncio.get_running_loop().run_in_executor(None, self.writer.close)
        self.jobs.close()
        await self.ask(Desk._close)
        self._thread.shutdown()

    # ---------------------------------------------------------------- in the desk's thread only

    @property
    def case(self) -> Case:
        """The case as it is now.  Raises ``CaseError`` when it cannot be opened."""
        stamp = self._stamp_now()
        if self._case is None or stamp != self._stamp:
            self._close()
            self._case = Case(self.folder)
            self._stamp = self._stamp_now()
        return self._case

    def shown(self, asked: Asked | None) -> Shown:
        """The case as last built, or as of a day.  Raises ``CaseError`` before the first build."""
        case = self.case
        if asked not in self._shown and len(self._shown) >= DAYS_AT_HAND:
            self._close()
            case = self.case
        if asked not in self._shown:
            self._have_made(case, asked)
            view = case.shown(asked)
            is_small = view.lists.counts["documents"] <= AT_ONCE if asked is None else self.is_small
            if is_small and not view.lists.is_compared:
                view = case.compared(asked)
            self._shown[asked] = Shown(
                case, asked, view, self.writer, None if is_small else self.worked_out, self._kept
            )
            if not view.lists.is_compared and not is_small:
                with suppress(Waiting, TidewaiterError):  # whoever asks for it is told
                    self._shown[asked].begin_comparing()
        return self._shown[asked]

    def worked_out(self, key: Hashable, what: str, work: Work, *arguments: Any) -> Any:
        """What a piece of work gives that takes long, done beside the desk once for each state of the case.

        Raises ``Waiting`` while it is not done, and what it raised where it failed: asked again, it is tried
        again.
        """
        whole = (self._stamp, key)
        unasked = work is compare_case  # begun with each state of the case, whoever looks
        job = self.jobs.start(whole, what, work, self.folder, *arguments, gives_way=unasked)
        if not job.is_over:
            raise Waiting(job)
        if job.error is not None:
            self.jobs.forget(whole)
            raise job.error
        return job.value

    @property
    def is_small(self) -> bool:
        """Whether nothing takes long in this case."""
        return self.shown(None).counts["documents"] <= AT_ONCE

    def _have_made(self, case: Case, asked: Asked | None) -> None:
        """See that the case as of a day is at hand, or raise ``Waiting``."""
        if asked is None or self.is_small:
            return
        job = self.jobs.of((self._stamp, asked))
        is_made = job is not None and job.state is State.DONE  # where the case is read-only, it is not kept
        if not is_made and not case.is_at_hand(asked):
            held = "held" if asked.clock is Clock.HELD else "public"
            what = f"the case as of {spoken(asked.day)}, by what was {held} by then"
            self.worked_out(asked, what, make_day, asked)

    def both(self, one: Asked | None, other: Asked | None) -> tuple[Shown, Shown]:
        """The case as of two days.  Opening one may close the other, to make room or as the case has changed;
        then it is opened again."""
        while True:
            found = self.shown(one), self.shown(other)
            if self._shown.get(one) is found[0]:
                return found

    def now(self) -> str:
        """UTC, ISO 8601."""
        return now()

    def _warm(self) -> None:
        """Open the case, and have at hand what takes long the first time."""
        with suppress(TidewaiterError, Waiting):  # whoever asks is told
            shown = self.shown(None)
            _ = shown.days
            self._thread.submit(self._rehearse)

    def _rehearse(self) -> None:
        """Have at hand what else takes long the first time: the reports in brief, the large templates, what
        draws the pictures, and their tables."""
        from tidewaiter.web.pages.register import register
        from tidewaiter.web.pages.transfer import transfer
        from tidewaiter.web.rendering import fill

        with suppress(TidewaiterError, Waiting):
            shown = self.shown(None)
            fill(shown, register(shown, {}), "/", {})
            _ = shown.reports
            for name in shown.lists.row_names()[:1]:
                fill(shown, transfer(shown, name), f"/transfers/{name}", {})
        if self._alone:
            _settle()
            self._settled = True

    def _close(self) -> None:
        self._shown.clear()
        if self._case is not None:
            self._case.__exit__(None, None, None)
            self._case = None
            if self._settled:  # what was shown hangs together in cycles: it would stay, state after state
                _settle()

    def _stamp_now(self) -> Stamp:
        found = []
        for name in WATCHED:
            try:
                status = (self.folder / name).stat()
            except OSError:
                found.append((0, 0, 0))
                continue
            empty_log = name.endswith("-wal") and not status.st_size  # made and removed by whoever only reads
            found.append((0, 0, 0) if empty_log else (status.st_ino, status.st_mtime_ns, status.st_size))
        return tuple(found)


def _settle() -> None:
    """Spare Python looking for cycles, in the midst of some page, among what stays until the end: modules,
    tables, templates.  Each such look takes a tenth of a second."""
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    gc.unfreeze()
    gc.collect()
    gc.freeze()
