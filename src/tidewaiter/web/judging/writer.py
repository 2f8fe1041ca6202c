"""Writing to the case beside the desk: one thread, one piece of work at a time, on a case opened for it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from pathlib import Path
from typing import TypeVar

from tidewaiter.case import Case, now
from tidewaiter.errors import CaseError, TidewaiterError

Value = TypeVar("Value")

WAIT_SECONDS = 10.0
"""How long a page waits for another program that writes to the case, as long as somebody looks at a page that
does not come."""

PATIENCE_SECONDS = 20.0
"""How long a page waits for a build.  What takes longer goes on, and the page says so."""


class Writer:
    """Keeps what is decided and builds the case.  What was kept stays kept whatever becomes of the build."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._builds: list[Future[None]] = []
        self.trouble: str | None = None  # why the last build was not made, in words

    def close(self) -> None:
        """End when what was begun is done."""
        self._thread.shutdown(cancel_futures=True)

    @property
    def building(self) -> bool:
        """Whether a build is under way, or next."""
        self._builds = [one for one in self._builds if not one.done()]
        return bool(self._builds)

    def do(self, work: Callable[[Case], Value]) -> Value:
        """What ``work`` does with the case, in the writer's thread.  Raises what it raises, and ``CaseError``
        when the writer is at something else for longer than a page can wait."""
        begun = self._thread.submit(self._with_case, work)
        try:
            return begun.result(2 * WAIT_SECONDS)  # one for the thread, one for other programs
        except FutureTimeoutError:
            if not begun.cancel():
                return begun.result()  # it has begun, and ends within the wait for others
        raise CaseError("is being built", where=str(self._folder), todo="Try again in a while.")

    def look(self, work: Callable[[Case], Value]) -> Value:
        """What ``work``, which only reads, finds in the case; here and now, whatever the writer is at."""
        with Case(self._folder) as case:
            return work(case)

    def build(self) -> bool:
        """Build the case; False where that could not be done, or takes longer than a page can wait."""
        begun = self._thread.submit(self._with_case, self._build)
        self._builds.append(begun)
        try:
            begun.result(PATIENCE_SECONDS)
        except FutureTimeoutError:
            return False
        return self.trouble is None

    def _build(self, case: Case) -> None:
        try:
            case.build(now())
        except TidewaiterError as error:
            self.trouble = f"{error.what}. {error.todo or ''}".strip()
        else:
            self.trouble = None

    def _with_case(self, work: Callable[[Case], Value]) -> Value:
        with Case(self._folder) as case:
            case.wait_seconds = WAIT_SECONDS
            return work(case)
