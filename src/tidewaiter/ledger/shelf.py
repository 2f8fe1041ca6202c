"""Derived stores of days that are past, kept beside the case's own so that the second look at one is quick.

Each stands in a folder named by a digest of everything that it was made from: what has another name was made
from something else, and none is ever out of date.  Any of them may be thrown away, and all but the last few
looked at are.  One is there whole or not at all: it is made in a folder beside, flushed and renamed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tidewaiter.errors import CaseError
from tidewaiter.ledger.derived import NAME, DerivedStore
from tidewaiter.ledger.files import DISK

FOLDER = "past"

KEPT = 8
"""Stores that are kept: a few days by both clocks; each takes about as much room as the case's own."""

PART = ".part"
STALE_SECONDS = 24 * 60 * 60
"""Age of a half-made store that nobody is making any more."""

Make = Callable[[DerivedStore], None]
"""Fills an empty store."""


class Shelf:
    """The stores that are kept, in the folder ``past`` of a case.

    Where the case can only be read, they are made elsewhere and gone when this is closed.
    """

    def __init__(self, case: Path) -> None:
        self.folder = case / FOLDER
        self._open: dict[str, DerivedStore] = {}
        self._elsewhere: TemporaryDirectory[str] | None = None

    def store(self, name: str, make: Make) -> DerivedStore:
        """The store of that name, made if there is none, and open until this is closed.

        Raises ``CaseError`` when it cannot be written, and what ``make`` raises; nothing is left then.
        """
        if name not in self._open:
            self._open[name] = self._kept(name) or self._made(name, make)
        return self._open[name]

    def has(self, name: str) -> bool:
        """Whether the store of that name need not be made."""
        return name in self._open or (self.folder / name / NAME).is_file()

    def close(self) -> None:
        """Close what is open."""
        for one in self._open.values():
            one.close()
        self._open.clear()
        if self._elsewhere is not None:
            self._elsewhere.cleanup()
            self._elsewhere = None

    def clear(self) -> None:
        """Throw all of them away, but for those that are open here."""
        for one in self._listed():
            if one.name not in self._open:
                _remove(one)

    # ------------------------------------------------------------------------------- one of them

    def _kept(self, name: str) -> DerivedStore | None:
        """The one that is there; None where there is none, or it cannot be read, and then it goes."""
        place = self.folder / name
        if not (place / NAME).is_file():
            return None
        try:
            found = DerivedStore(place)
        except CaseError:
            _remove(place)
            return None
        if found.register.as_of() is None:
            found.close()
            _remove(place)
            return None
        with suppress(OSError):
            os.utime(place)  # the last ones looked at are kept
        return found

    def _made(self, name: str, make: Make) -> DerivedStore:
        part = self._begun(name)
        try:
            made = DerivedStore(part)
            try:
                make(made)
            finally:
                made.close()
            place = self._settled(part, part.parent / name)
        except BaseException:
            _remove(part)
            raise
        opened = DerivedStore(place)
        self._prune(part.parent, name)
        return opened

    def _begun(self, name: str) -> Path:
        """An empty folder of this process's own to make it in."""
        part = f".{name}.{os.getpid()}{PART}"
        try:
            self.folder.mkdir(exist_ok=True)
            _remove(self.folder / part)
            (self.folder / part).mkdir()
            return self.folder / part
        except OSError:  # the case can only be read
            if self._elsewhere is None:
                self._elsewhere = TemporaryDirectory(prefix="tidewaiter-")
            begun = Path(self._elsewhere.name) / part
            begun.mkdir()
            return begun

    def _settled(self, part: Path, place: Path) -> Path:
        """The store in its place; what another program made of the same meanwhile is as good."""
        try:
            DISK.sync(part / NAME)
            part.rename(place)
        except OSError as error:
            if not (place / NAME).is_file():
                raise CaseError(
                    f"cannot be kept ({error.strerror})",
                    where=str(place),
                    todo="Check that the case can be written and that there is room on the disk.",
                ) from error
            _remove(part)
        return place

    # ------------------------------------------------------------------------------- how many

    def _prune(self, folder: Path, newest: str) -> None:
        """Throw away all but the last few, and what a crash left half-made."""
        found = sorted(((_age_of(one), one) for one in self._listed(folder)), reverse=True)
        now = _age_of(folder / newest)
        kept = 0
        for moment, one in found:
            if one.name.endswith(PART):
                if now - moment > STALE_SECONDS:
                    _remove(one)
                continue
            kept += 1
            if kept > KEPT and one.name not in self._open and one.name != newest:
                _remove(one)

    def _listed(self, folder: Path | None = None) -> list[Path]:
        try:
            return [one for one in (folder or self.folder).iterdir() if one.is_dir()]
        except OSError:
            return []


def _age_of(path: Path) -> float:
    """When it was last looked at, by the clock of the disk."""
    try:
        return path.stat().st_mtime
    except OSError:  # another program removed it
        return 0.0


def _remove(path: Path) -> None:
    """Remove a folder, as far as the system lets it go: one that another program has open may stay."""
    shutil.rmtree(path, ignore_errors=True)
