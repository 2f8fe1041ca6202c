"""Which files of the paths and folders named are reports to read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tidewaiter.capture.custody import MEDIA_TYPES, reason


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not read, and why."""

    path: Path
    reason: str


@dataclass(slots=True)
class Found:
    """What a walk found: files to read in order, and files left out with the reason."""

    files: list[Path] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def find_files(paths: Iterable[Path]) -> Found:
    """The readable files among ``paths`` and in the folders among them.

    Paths keep the order given; inside a folder files are sorted by name, folders after files.  A file
    reached twice (through a link, or named twice) is read once.  A path that does not exist stays in
    ``files``: reading it gives the error.
    """
    found = Found()
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if is_folder(path):
            _walk(path, found, seen)
        else:
            _take(path, found, seen)
    return found


def _walk(folder: Path, found: Found, seen: set[tuple[int, int]]) -> None:
    """Take the files of ``folder`` and below; each folder once, so that links in a ring end."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        if _is_new(here, seen):
            entries = _listed(here, found)
            for entry in entries:
                if not is_folder(entry):
                    _take(entry, found, seen)
            waiting.extend(entry for entry in reversed(entries) if is_folder(entry) and not _hidden(entry))


def _listed(folder: Path, found: Found) -> list[Path]:
    """What is in a folder, by name; noted and nothing when it cannot be listed."""
    try:
        return sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        found.skipped.append(Skipped(folder, f"cannot be listed: {reason(error)}"))
        return []


def _take(path: Path, found: Found, seen: set[tuple[int, int]]) -> None:
    if _hidden(path):
        found.skipped.append(Skipped(path, "a hidden file"))
    elif path.suffix.lower() not in MEDIA_TYPES:
        found.skipped.append(Skipped(path, _trouble(path) or f"not one of {' '.join(sorted(MEDIA_TYPES))}"))
    elif not _is_new(path, seen):
        found.skipped.append(Skipped(path, "the same file as one before"))
    else:
        found.files.append(path)


def _trouble(path: Path) -> str | None:
    """Why nobody can say what stands at the path (it may be a folder); None where one can."""
    try:
        path.lstat()
    except OSError as error:
        return f"cannot be looked at: {reason(error)}"
    return None


def is_folder(path: Path) -> bool:
    """Whether it is a folder; a path that cannot be looked at is none, and reading it gives the error."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_there(path: Path) -> bool:
    """Whether something stands at the path, be it a link that leads nowhere."""
    return os.path.lexists(path)  # which, unlike Path.exists, fails on no path


def is_inside(path: Path, folder: Path) -> bool:
    """Whether the path, or what it links to, stands in the folder; also of links that go in a ring, of
    which ``Path.resolve`` makes an error."""
    return folder.resolve() in Path(os.path.realpath(path)).parents


def _hidden(path: Path) -> bool:
    return path.name.startswith(".") and path.name not in (".", "..")


def _is_new(path: Path, seen: set[tuple[int, int]]) -> bool:
    try:
        status = path.stat()
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return True
    key = (status.st_dev, status.st_ino)
    if key in seen:
        return False
    seen.add(key)
    return True
