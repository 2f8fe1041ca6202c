"""What is new in the folders that are watched.

A file is known again by path, size and time of change.  One that is not known as it is waits for the next
look unless it has stayed as it is for some seconds: whoever writes it may not be done.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tidewaiter.capture.custody import reason
from tidewaiter.capture.folders import find_files, is_folder
from tidewaiter.pipeline import Failure, source_name


class State(NamedTuple):
    """What a file looked like."""

    size: int  # bytes
    changed: int  # nanoseconds since 1970


EARLIEST, LATEST = -(2**63), 2**63 - 1
"""Nanoseconds since 1970 that a database can hold; a file system may tell times beyond these."""


class Known(NamedTuple):
    """A file as it was last seen."""

    state: State
    taken: bool  # into the case; otherwise it waited


@dataclass(slots=True)
class Scan:
    """What one walk found."""

    new: dict[Path, State] = field(default_factory=dict)  # to be taken in
    waiting: dict[Path, State] = field(default_factory=dict)  # new, and may not be whole yet
    known: int = 0
    gone: list[str] = field(default_factory=list)  # seen before; only where all could be looked at
    troubles: list[Failure] = field(default_factory=list)  # what could not be looked at


def scan(
    folders: Sequence[Path], known: Mapping[str, Known], now: float, settle: float, own: frozenset[Path]
) -> Scan:
    """Walk the folders.

    ``known``: files by ``source_name`` as last seen; ``now``: seconds since 1970; ``settle``: how many a
    file must have stayed as it is; ``own``: files and folders of the program's own, with no links in their
    paths: the case, and what it writes.  These are no reports.
    """
    found = Scan()
    seen: set[str] = set()
    places: dict[Path, Path] = {}
    for path in _files(folders, found):
        if not own.isdisjoint(_places(path, places)):
            continue
        try:
            status = path.stat()
        except OSError as error:
            found.troubles.append(Failure(source_name(path), f"cannot be looked at: {reason(error)}"))
            continue
        name = source_name(path)  # whatever bytes its name is made of
        seen.add(name)
        state = State(status.st_size, min(max(status.st_mtime_ns, EARLIEST), LATEST))
        before = known.get(name)
        if before is not None and before.taken and before.state == state:
            found.known += 1
        elif _is_settled(state, before, now, settle):
            found.new[path] = state
        else:
            found.waiting[path] = state
    if not found.troubles:
        found.gone = [path for path in known if path not in seen]
    return found


def _places(path: Path, known: dict[Path, Path]) -> set[Path]:
    """The file and all folders that it is in, links followed; ``known``: of folders, is added to."""
    if path.is_symlink():
        real = Path(os.path.realpath(path))
    else:
        if path.parent not in known:
            known[path.parent] = Path(os.path.realpath(path.parent))
        real = known[path.parent] / path.name
    return {real, *real.parents}


def _files(folders: Sequence[Path], found: Scan) -> Iterator[Path]:
    for folder in folders:
        if not is_folder(folder):
            found.troubles.append(Failure(str(folder), "no such folder, or it cannot be looked at"))
            continue
        walked = find_files([folder])
        yield from walked.files
        for one in walked.skipped:
            if one.reason.startswith("cannot be "):
                found.troubles.append(Failure(source_name(one.path), one.reason))


def _is_settled(state: State, before: Known | None, now: float, settle: float) -> bool:
    """Whether it has stayed as it is since it was written, or, where that is in the future (another clock
    wrote it), since the last look.  An empty one is taken for one that is still to be written."""
    age = now - state.changed / 1e9
    if state.size == 0:
        return False
    return age >= settle or (age < 0 and before is not None and before.state == state)
