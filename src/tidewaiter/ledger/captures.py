"""The preserved bytes: one file a capture, named by the SHA-256 of what is in it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tidewaiter.errors import CaseError
from tidewaiter.ledger.faults import Fault
from tidewaiter.ledger.files import DISK, Files

READ_ONLY = 0o444
"""Mode of a kept file: readable by all, so that a case can be shared, and not changed by accident."""

PARTS = ".part"
"""Folder for files that are being written; what a crash left there is of no use."""

BLOCK = 1 << 20
"""Bytes read at once when hashing."""

PUT_BACK = "Put the file back from a backup of the case, or add the original file again."


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece.  Raises ``OSError`` as the system does."""
    found = hashlib.sha256()
    with path.open("rb", buffering=0) as handle:
        while block := handle.read(BLOCK):
            found.update(block)
    return found.hexdigest()


class CaptureStore:
    """Folder ``captures/ab/abcdef...``: content-addressed, written once, never changed."""

    def __init__(self, folder: Path, files: Files = DISK) -> None:
        self.folder = folder
        self._files = files

    def path(self, sha256: str) -> Path:
        """Where the capture with that hash stands."""
        return self.folder / sha256[:2] / sha256

    # ------------------------------------------------------------------------------- keeping

    def keep(self, data: bytes) -> str:
        """Write the bytes unless they are there already, flushed to disk, and return their SHA-256.
        Raises ``CaseError`` when that fails."""
        sha256 = hashlib.sha256(data).hexdigest()
        self.keep_all([(sha256, data)])
        return sha256

    def keep_all(self, captures: Sequence[tuple[str, bytes]]) -> list[bool]:
        """Write captures, each given with its SHA-256, and flush them to disk together; for each,
        whether it was not there (or not as it should be).

        They are written to files beside, flushed, then renamed, then the names are flushed: a capture
        is there whole or not at all.  Raises ``CaseError`` when that fails; those not yet renamed
        are gone then.
        """
        parts: dict[str, Path] = {}
        wanting: list[bool] = []
        try:
            for sha256, data in captures:
                wanting.append(sha256 not in parts and self.fault(sha256) is not None)
                if wanting[-1]:
                    parts[sha256] = self._part(sha256, data)
            self._settle(parts)
        except OSError as error:
            raise _not_kept(error, self.folder) from error
        finally:
            self._discard(parts.values())
        return wanting

    def sync_names(self, sha256s: Iterable[str]) -> None:
        """Flush the names of captures that stand there already: a run that ended at the wrong moment
        may not have done so.  Raises ``CaseError`` when that fails."""
        folders = dict.fromkeys(self.path(sha256).parent for sha256 in sha256s)
        try:
            if folders:
                self._files.sync_folders((self.folder, *folders))
        except OSError as error:
            raise _not_kept(error, self.folder) from error

    def _part(self, sha256: str, data: bytes) -> Path:
        part = self.folder / PARTS / f"{sha256}.{os.getpid()}"
        self._make_folders([part.parent])
        try:
            self._files.create(part, data)
        except OSError:
            self._discard([part])
            raise
        return part

    def _settle(self, parts: dict[str, Path]) -> None:
        self._files.sync_all(parts.values())
        for part in parts.values():
            self._files.restrict(part, READ_ONLY)
        folders = list(dict.fromkeys(self.path(sha256).parent for sha256 in parts))
        self._make_folders(folders)
        for sha256, part in parts.items():
            self._files.rename(part, self.path(sha256))
        self._files.sync_folders(folders)

    def _make_folders(self, folders: Iterable[Path]) -> None:
        """Make the folders of captures that are not there, and flush their names."""
        if not self.folder.is_dir():
            self._files.make_folder(self.folder)
            self._files.sync_folder(self.folder.parent)
        missing = [folder for folder in folders if not folder.is_dir()]
        for folder in missing:
            self._files.make_folder(folder)
        if missing:
            self._files.sync_folder(self.folder)

    def _discard(self, parts: Iterable[Path]) -> None:
        for part in parts:
            try:
                self._files.remove(part)
            except OSError:
                continue  # of no use and in nobody's way; the next writer tries again

    def clear(self) -> None:
        """Remove what a crash left half-written.  The caller holds the writer's lock."""
        try:
            left = sorted((self.folder / PARTS).iterdir())
        except OSError:
            return
        self._discard(left)

    # ------------------------------------------------------------------------------- reading

    def read(self, sha256: str) -> bytes:
        """The bytes of a capture.

        Raises ``CaseError`` when the file is gone or its bytes no longer have that hash.
        """
        path = self.path(sha256)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CaseError(
                f"the preserved bytes cannot be read ({error.strerror})", where=str(path), todo=PUT_BACK
            ) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise CaseError(CHANGED, where=str(path), todo=PUT_BACK)
        return data

    def fault(self, sha256: str) -> Fault | None:
        """What is wrong with a capture's file, hashing it piece by piece; None when it is whole."""
        path = self.path(sha256)
        try:
            found = digest_of(path)
        except FileNotFoundError:
            return Fault(str(path), "the preserved bytes are gone", PUT_BACK)
        except OSError as error:
            return Fault(str(path), f"the preserved bytes cannot be read ({error.strerror})", PUT_BACK)
        return None if found == sha256 else Fault(str(path), CHANGED, PUT_BACK)

    def faults(self, sha256s: Iterable[str]) -> Iterator[Fault]:
        """What is wrong with the files of these captures, one by one, in the order given."""
        for sha256 in sha256s:
            found = self.fault(sha256)
            if found is not None:
                yield found

    def stored(self) -> Iterator[str]:
        """The hashes that files are named by, in order; flat in memory but for one subfolder."""
        for folder in _listed(self.folder):
            if len(folder.name) == 2:
                yield from (path.name for path in _listed(folder) if path.name[:2] == folder.name)


CHANGED = "the preserved bytes were changed: their SHA-256 is no longer the file's name"


def _not_kept(error: OSError, folder: Path) -> CaseError:
    return CaseError(
        f"the bytes cannot be kept ({error.strerror})",
        where=str(folder),
        todo="Check that the case can be written and that there is room on the disk.",
    )


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
