"""One writer at a time: a lock that the system frees when its holder ends, however it ends."""

from __future__ import annotations

import json
import os
import sys
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tidewaiter.errors import CaseError

LOCK_FILE = "case.lock"
"""Stays in the case folder; only its being locked means something.  Says who holds it."""

WAIT_SECONDS = 60.0
"""How long a second writer waits by default: an ``add`` of some ten thousand files."""

POLL_SECONDS = 0.1

Say = Callable[[str], None]


def say_nothing(_: str) -> None:
    """For callers that show nothing."""


class WriterLock:
    """The right to write to a case.  Readers do not need it."""

    def __init__(self, folder: Path, name: str = LOCK_FILE) -> None:
        """``name``: of the file; others than the usual one are rights of their own."""
        self.path = folder / name
        self._held: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds it."""
        return self._held is not None

    @contextmanager
    def hold(
        self, doing: str, since: str, *, wait_seconds: float = WAIT_SECONDS, waiting: Say = say_nothing
    ) -> Iterator[None]:
        """Hold the lock for the time of the block; what is held already is held on.

        ``doing``: what for, as in "building"; ``since``: UTC, ISO 8601; both are shown to others.
        ``waiting`` is told once, in words, when another holds it.  Raises ``CaseError`` when that one
        still does after ``wait_seconds``, or when the case cannot be written.
        """
        if self._held is not None:
            yield
            return
        descriptor, owner = self._open(), os.getpid()
        try:
            self._wait(descriptor, wait_seconds, waiting)
            self._sign(descriptor, {"pid": os.getpid(), "host": _host(), "doing": doing, "since": since})
            self._held = descriptor
            _HELD.add(self)
            yield
        finally:
            if os.getpid() == owner:  # a child made by fork has given its copy back already
                self._release(descriptor)

    def holder(self) -> str:
        """Who holds it, in words, as the lock file says."""
        try:
            said = json.loads(self.path.read_text(encoding="utf-8"))
            return f"process {said['pid']} on {said['host']}, {said['doing']} since {said['since']}"
        except (OSError, ValueError, LookupError, TypeError):
            return "another program"

    def _open(self) -> int:
        try:
            return os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise CaseError(
                f"the case can only be read ({error.strerror})",
                where=str(self.path.parent),
                todo="Copy it to a folder that you can write to, or ask for permission.",
            ) from error

    def _wait(self, descriptor: int, wait_seconds: float, waiting: Say) -> None:
        deadline = time.monotonic() + wait_seconds
        said = False
        while not _try_lock(descriptor):
            if time.monotonic() >= deadline:
                raise CaseError(
                    f"is being written to by {self.holder()}",
                    where=str(self.path.parent),
                    todo="Wait until that has ended, then run the same command again.",
                )
            if not said:
                waiting(f"Waiting for {self.holder()} (at most {wait_seconds:.0f} s).")
                said = True
            time.sleep(POLL_SECONDS)

    def _sign(self, descriptor: int, said: dict[str, object]) -> None:
        """Say in the file who holds it; that it cannot be said (a full disk) stops nobody."""
        try:
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, json.dumps(said).encode())
        except OSError:
            return

    def _release(self, descriptor: int) -> None:
        if self._held == descriptor:
            self._held = None
            _HELD.discard(self)
            self._clear(descriptor)
            _unlock(descriptor)  # a child that was just made may still have a copy open
        os.close(descriptor)

    def _clear(self, descriptor: int) -> None:
        try:
            os.ftruncate(descriptor, 0)
        except OSError:
            return

    def _drop(self) -> None:
        """In a child made by fork: its copy would keep the lock when the parent is gone."""
        if self._held is not None:
            os.close(self._held)
            self._held = None


_HELD: weakref.WeakSet[WriterLock] = weakref.WeakSet()


def _drop_in_child() -> None:
    for lock in list(_HELD):
        lock._drop()
    _HELD.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_drop_in_child)


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30
    """The byte that is locked: beyond what is written, because a locked byte cannot be read there."""

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def _host() -> str:
    import platform

    return platform.node() or "this machine"
