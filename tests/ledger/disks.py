"""Disks that write down what is done to them, that fail, and that stop dead."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from tidewaiter.ledger.files import Files

IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Folder of a disk where flushing costs nothing, for tests that do it thousands of times; None: the
usual place for temporary files."""


class Crash(BaseException):
    """The process is gone: nothing is cleaned up after it."""


class WatchedDisk(Files):
    """The real disk; ``step`` is told of each operation before it is done, ``done`` after."""

    def __init__(self) -> None:
        self.operations: list[tuple[str, str]] = []

    def step(self, name: str, path: Path) -> None:
        self.operations.append((name, path.name))

    def done(self, name: str, path: Path) -> None:
        """Nothing, unless a kind of disk has something to do."""

    def half(self, name: str, path: Path, data: bytes) -> None:
        """Called before bytes are written."""

    def _do(self, name: str, path: Path, do: Callable[[], None]) -> None:
        self.step(name, path)
        do()
        self.done(name, path)

    def make_folder(self, path: Path) -> None:
        self._do("make_folder", path, lambda: super(WatchedDisk, self).make_folder(path))

    def create(self, path: Path, data: bytes) -> None:
        self.half("create", path, data)
        self._do("create", path, lambda: super(WatchedDisk, self).create(path, data))

    def sync(self, path: Path) -> None:
        self._do("sync", path, lambda: super(WatchedDisk, self).sync(path))

    def restrict(self, path: Path, mode: int) -> None:
        self._do("restrict", path, lambda: super(WatchedDisk, self).restrict(path, mode))

    def rename(self, path: Path, target: Path) -> None:
        self._do("rename", target, lambda: super(WatchedDisk, self).rename(path, target))

    def remove(self, path: Path) -> None:
        self._do("remove", path, lambda: super(WatchedDisk, self).remove(path))

    def sync_folder(self, path: Path) -> None:
        self._do("sync_folder", path, lambda: super(WatchedDisk, self).sync_folder(path))

    def sync_all(self, paths: Iterable[Path]) -> None:
        for path in paths:  # one after the other, so that they can be counted
            self.sync(path)

    def sync_folders(self, paths: Iterable[Path]) -> None:
        for path in paths:
            self.sync_folder(path)

    def append(self, path: Path, data: bytes) -> None:
        self.half("append", path, data)
        self._do("append", path, lambda: super(WatchedDisk, self).append(path, data))


class FailingDisk(WatchedDisk):
    """Fails at its ``nth`` operation (from 0) with that error number, after writing half of what was
    to be written; with ``ever`` at every later one too, as a disk that stays full."""

    def __init__(self, nth: int, number: int = errno.ENOSPC, ever: bool = False) -> None:
        super().__init__()
        self.nth, self.number, self.ever = nth, number, ever

    def _fails(self) -> bool:
        count = len(self.operations)
        return count == self.nth or (self.ever and count > self.nth)

    def half(self, name: str, path: Path, data: bytes) -> None:
        if self._fails():
            with path.open("ab") as handle:
                handle.write(data[: len(data) // 2])

    def step(self, name: str, path: Path) -> None:
        fails = self._fails()
        super().step(name, path)
        if fails and name != "remove":  # a full disk still removes
            raise OSError(self.number, os.strerror(self.number))


class DyingDisk(WatchedDisk):
    """The process dies at its ``nth`` operation (from 0): before it, half-way through, or after it.
    Whatever is tried later does not happen."""

    def __init__(self, nth: int, when: str = "before") -> None:
        super().__init__()
        self.nth, self.when = nth, when
        self.dead = False

    def half(self, name: str, path: Path, data: bytes) -> None:
        if self.when == "half" and len(self.operations) == self.nth and not self.dead:
            with path.open("ab") as handle:
                handle.write(data[: len(data) // 2])

    def step(self, name: str, path: Path) -> None:
        if self.dead or (len(self.operations) == self.nth and self.when != "after"):
            self._die()
        super().step(name, path)

    def done(self, name: str, path: Path) -> None:
        if len(self.operations) == self.nth + 1 and self.when == "after":
            self._die()

    def _die(self) -> None:
        self.dead = True
        raise Crash
