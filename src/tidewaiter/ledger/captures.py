"""The preserved bytes: one file a capture, named by the SHA-256 of what is in it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from tidewaiter.errors import CaseError

READ_ONLY = 0o444
"""Mode of a kept file: readable by all, so that a case can be shared, and not changed by accident."""


class CaptureStore:
    """Folder ``captures/ab/abcdef...``: content-addressed, written once, never changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the capture with that hash stands."""
        return self.folder / sha256[:2] / sha256

    def keep(self, data: bytes) -> str:
        """Write the bytes unless they are there already, and return their SHA-256.

        They are written to a file beside the target, flushed to disk and renamed, so that a capture
        is there whole or not at all.  Raises ``CaseError`` when that fails.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if path.exists():
            return sha256
        try:
            _write_whole(path, data)
        except OSError as error:
            raise CaseError(
                f"the bytes cannot be kept ({error.strerror})",
                where=str(path),
                todo="Check that the case can be written and that there is room on the disk.",
            ) from error
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes of a capture.

        Raises ``CaseError`` when the file is gone or its bytes no longer have that hash.
        """
        path = self.path(sha256)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CaseError(
                f"the preserved bytes cannot be read ({error.strerror})",
                where=str(path),
                todo="Put the file back from a backup of the case.",
            ) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise CaseError(
                "the preserved bytes were changed: their SHA-256 is no longer the file's name",
                where=str(path),
                todo="Put the file back from a backup of the case.",
            )
        return data


def _write_whole(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        Path(name).chmod(READ_ONLY)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
