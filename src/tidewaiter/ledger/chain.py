"""Append-only JSON Lines, each line with the hash of the line before, so that a line that is changed,
removed or put in between shows.

A line is what stands between two line breaks.  A crash while writing may leave the last one torn: it
stays as it is, the next line begins after a line break of its own and carries the torn one's hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tidewaiter.errors import CaseError
from tidewaiter.ledger.faults import Fault
from tidewaiter.ledger.files import DISK, Files

FIRST = "0" * 64
"""What stands for the line before the first one."""

BLOCK = 64 * 1024
"""Bytes read at once when looking for the last line from the end of the file."""

Entry = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line ends, and its hash: enough to go on from there."""

    number: int  # of the line, from 1; 0: before the first
    ends: (
        int  # offset in the file after the line's last byte, its line break not counted; -1 before the first
    )
    sha256: str  # of the line without its line break


START = Place(0, -1, FIRST)
"""Before the first line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file."""

    place: Place
    entry: Entry | None  # None: the line is no entry, or was torn
    follows: bool  # it carries the hash of the line before


class ChainedLines:
    """One such file.  Reading never needs more than a line in memory, appending only the last one."""

    def __init__(self, path: Path, files: Files = DISK) -> None:
        self.path = path
        self._files = files
        self._end: tuple[int, str, bool] | None = None  # size, hash of the last line, its line break

    # ------------------------------------------------------------------------------- writing

    def extend(self, entries: Sequence[Entry]) -> list[Place]:
        """Add lines, flushed to disk before this returns.  The places given back have the number 0:
        the file does not say how many lines are before.

        The caller holds the writer's lock.  Raises ``CaseError`` when they cannot be written; then
        some of them, whole or torn, may stand in the file.
        """
        size, previous, ended = self._last()
        data, places = b"" if ended else b"\n", []
        for entry in entries:
            line = _written(entry, previous)
            previous = _digest(line)
            places.append(Place(0, size + len(data) + len(line), previous))
            data += line + b"\n"
        self._end = None
        new = size == 0
        try:
            self._files.append(self.path, data)
            if new:
                self._files.sync_folder(self.path.parent)
        except OSError as error:
            raise _not_written(error, self.path) from error
        self._end = (size + len(data), previous, True)
        return places

    def append(self, entry: Entry) -> str:
        """Add one line as ``extend`` does; gives the line's own hash."""
        return self.extend([entry])[0].sha256

    def sync(self) -> None:
        """Flush what stands in the file, which another program may have left unflushed.  Raises
        ``CaseError`` when that fails."""
        if not self.size():
            return
        try:
            self._files.sync(self.path)
            self._files.sync_folder(self.path.parent)
        except OSError as error:
            raise _not_written(error, self.path) from error

    def _last(self) -> tuple[int, str, bool]:
        """Size of the file, hash of its last line, and whether its line break is there.  What was
        written last is remembered, and looked up again when the file is no longer as long."""
        if self._end is None or self._end[0] != self.size():
            self._end = self._read_last()
        return self._end

    def _read_last(self) -> tuple[int, str, bool]:
        size = self.size()
        if size == 0:
            return 0, FIRST, True
        tail = b""
        with self.path.open("rb") as handle:
            while len(tail) < size and b"\n" not in tail[:-1]:
                handle.seek(size - min(size, len(tail) + BLOCK))
                tail = handle.read(size - handle.tell())
        ended = tail.endswith(b"\n")
        return size, _digest(tail.removesuffix(b"\n").rpartition(b"\n")[2]), ended

    # ------------------------------------------------------------------------------- reading

    def size(self) -> int:
        """Of the file, in bytes; 0 when there is none."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def holds(self, last: Place, before: Place = START) -> bool:
        """Whether the line ``last`` stands where it stood, ``before`` being the one before it."""
        if last.number == 0:
            return True
        if self.size() < last.ends:
            return False
        with self.path.open("rb") as handle:
            handle.seek(before.ends + 1)
            return _digest(handle.read(last.ends - before.ends - 1)) == last.sha256

    def lines(self, after: Place = START) -> Iterator[Line]:
        """The lines after a place that ``holds``, one by one.

        Raises ``CaseError`` when the file cannot be read.
        """
        try:
            if not self.path.exists():
                return
            with self.path.open("rb") as handle:
                yield from _lines(handle, after)
        except OSError as error:
            raise CaseError(
                f"cannot be read ({error.strerror})", where=str(self.path), todo="Check its permissions."
            ) from error

    def entries(self) -> Iterator[Entry]:
        """What the lines say, in order; those torn by a crash are left out (``faults`` names them)."""
        for line in self.lines():
            if line.entry is not None:
                yield line.entry

    def faults(self) -> list[Fault]:
        """What does not hold in the chain, by line; empty when it is whole.

        A line that is no entry, and whose successor carries its hash, was torn by a crash and seen so
        by the next writer: that is no grave fault.
        """
        return list(self._faults())

    def _faults(self) -> Iterator[Fault]:
        torn: int | None = None
        for line in self.lines():
            number = line.place.number
            if torn is not None:
                yield self._torn(torn, line.follows or line.entry is None)
            torn = number if line.entry is None else None
            if torn is None and not line.follows:
                yield Fault(
                    f"{self.path.name}, line {number}",
                    "does not follow the line before it: that one was changed, or lines between were removed",
                    "Put the file back from a backup, or compare it with one.",
                )
        if torn is not None:
            yield self._torn(torn, True)

    def _torn(self, number: int, followed: bool) -> Fault:
        where = f"{self.path.name}, line {number}"
        if followed:
            return Fault(where, "was torn by a crash; what it was to say never counted", "Nothing.", False)
        return Fault(where, "is no entry: it was changed", "Put the file back from a backup.")


def _lines(handle: BinaryIO, after: Place) -> Iterator[Line]:
    handle.seek(max(after.ends, 0))
    if after.number:
        handle.read(1)  # the line break of the line before
    number, start, previous = after.number, after.ends + 1, after.sha256
    for raw in handle:
        line = raw.removesuffix(b"\n")
        number += 1
        entry = _entry(line)
        follows = entry is not None and entry.get("previous") == previous
        previous = _digest(line)
        yield Line(Place(number, start + len(line), previous), entry, follows)
        start += len(raw)


def _not_written(error: OSError, path: Path) -> CaseError:
    return CaseError(
        f"cannot be written ({error.strerror})",
        where=str(path),
        todo="Check that the case can be written and that there is room on the disk.",
    )


def _entry(line: bytes) -> Entry | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) and "previous" in entry else None


def _written(entry: Entry, previous: str) -> bytes:
    return json.dumps({**entry, "previous": previous}, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
