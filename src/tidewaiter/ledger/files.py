"""What the durable store does to the disk, one function an operation.

Everything that must be on disk before something else counts goes through here, in that order, so that
a test can put another layer in its place: one that records, one that fails, one that stops dead.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

THREADS = 16
"""How many files are flushed at once.  A disk's journal writes what waits for it together: measured on
ext4, 16 flush 10 to 50 times as many files a second as one."""


class Files:
    """The operations of the real disk.  Each raises ``OSError`` as the system does."""

    def make_folder(self, path: Path) -> None:
        """Make one folder; nothing happens when it is there.  Its name lasts once ``sync_folder``
        was called for the folder it is in."""
        path.mkdir(exist_ok=True)

    def create(self, path: Path, data: bytes) -> None:
        """Write a file anew.  Not flushed: that is ``sync``."""
        with path.open("wb") as handle:
            handle.write(data)

    def sync(self, path: Path) -> None:
        """Flush the bytes of a file to disk."""
        with path.open("r+b") as handle:
            os.fsync(handle.fileno())

    def restrict(self, path: Path, mode: int) -> None:
        """Set the permissions of a file."""
        path.chmod(mode)

    def rename(self, path: Path, target: Path) -> None:
        """Put a file in another's place, at once and whole."""
        path.replace(target)

    def remove(self, path: Path) -> None:
        """Remove a file that may be gone already."""
        path.unlink(missing_ok=True)

    def sync_folder(self, path: Path) -> None:
        """Flush the names in a folder to disk: those of files made in it or moved there.

        Windows cannot open a folder for that; there the file system's journal has to do.
        """
        if sys.platform == "win32":
            return
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def sync_all(self, paths: Iterable[Path]) -> None:
        """``sync`` for many files, in any order."""
        _together(self.sync, list(paths))

    def sync_folders(self, paths: Iterable[Path]) -> None:
        """``sync_folder`` for many folders, in any order."""
        _together(self.sync_folder, list(paths))

    def append(self, path: Path, data: bytes) -> None:
        """Add bytes to the end of a file (made when there is none) and flush them to disk."""
        with path.open("ab", buffering=0) as handle:
            left = memoryview(data)
            while left:
                left = left[handle.write(left) :]
            os.fsync(handle.fileno())


def _together(do: Callable[[Path], None], paths: list[Path]) -> None:
    """Do it for all paths at once; raises the first error."""
    if len(paths) < 2:
        for path in paths:
            do(path)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(min(THREADS, len(paths))) as threads:
        list(threads.map(do, paths))


DISK = Files()
"""The real one."""
