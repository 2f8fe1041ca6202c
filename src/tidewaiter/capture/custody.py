"""Bytes of files with their custody record."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from pathlib import Path

from tidewaiter.errors import CaptureError
from tidewaiter.model import Capture

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".json": "application/json",
}
"""What is read, by the end of the file's name."""

FILE, UPLOAD, PASTED = "file", "upload", "pasted"
METHODS = (FILE, UPLOAD, PASTED)
"""How bytes came in: read from a file on this machine; sent by a browser as a file, or as text in a form."""

MAX_BYTES = 256 * 2**20
"""Largest file read, in bytes; no report is that long, and it would be held in memory several times."""

READ_AT_ONCE = 2**20  # bytes, beyond the size that the system gives

ATTEMPTS = 3
"""How often a file that is being written to is read, in the hope of an end."""


def reason(error: OSError) -> str:
    """Why the system refused, in its words."""
    return error.strerror or type(error).__name__


def read_capture(path: Path, source: str, now: str, by: str) -> tuple[Capture, bytes]:
    """The bytes of ``path`` with their custody record; nothing is made of them yet.

    ``source``: the path as the user gave it.  ``now``: UTC, ISO 8601 to the second.  ``by``: the
    account that runs the program.  Raises ``CaptureError`` for a file that is missing, unreadable,
    empty, too large, no regular file, or changing all the while.
    """
    data = _read(path, source)
    return capture_of(data, source, path.name, now, by, FILE), data


def capture_of(data: bytes, source: str, name: str, now: str, by: str, method: str) -> Capture:
    """The custody record of bytes; nothing is made of them yet.

    ``source``: where they came from, as shown.  ``name``: of the file, whose end tells its kind.  ``now``:
    UTC, ISO 8601 to the second.  ``by``: who brought them.  ``method``: how (``METHODS``).  Raises
    ``CaptureError`` where there are none.
    """
    if not data:
        raise CaptureError("the file is empty", where=source, todo="Save the report again, or leave it out.")
    return Capture(
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        source=source,
        captured_at=now,
        captured_by=by,
        method=method,
        media_type=media_type(name, data),
    )


def _read(path: Path, source: str) -> bytes:
    try:
        for _ in range(ATTEMPTS):
            before, data, after = _read_once(path, source)
            if _state(before) == _state(after):
                return data
    except OSError as error:
        raise CaptureError(
            f"the file cannot be read: {reason(error)}",
            where=source,
            todo="Check the path and its permissions.",
        ) from error
    except ValueError as error:  # a NUL in the path
        raise CaptureError(
            "the path is not a valid one", where=repr(source), todo="Check the path."
        ) from error
    raise CaptureError(
        "the file changed while it was read", where=source, todo="Add it again when it is written."
    )


def _read_once(path: Path, source: str) -> tuple[os.stat_result, bytes, os.stat_result]:
    """The bytes, and the state of the file before and after; all of the file that was opened, whatever
    stands under its name by now.

    Opening does not wait, so that a pipe put in the file's place holds nothing up.  What the system
    says of the size is no promise (files in ``/proc`` have none): reading ends at the limit.
    """
    _check(path.stat(), source)
    with io.FileIO(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)) as handle:
        before = os.fstat(handle.fileno())
        _check(before, source)
        parts = [part := handle.read(before.st_size + 1)]
        while part and sum(map(len, parts)) <= MAX_BYTES:
            parts.append(part := handle.read(READ_AT_ONCE))
        after = os.fstat(handle.fileno())
    data = b"".join(parts)
    if len(data) > MAX_BYTES:
        raise _too_large(source)
    return before, data, after


def _check(status: os.stat_result, source: str) -> None:
    """Raise ``CaptureError`` for what is no file, or too large a one."""
    if not stat.S_ISREG(status.st_mode):
        raise CaptureError("not a regular file", where=source, todo="Name a file or a folder of files.")
    if status.st_size > MAX_BYTES:
        raise _too_large(source)


def _too_large(source: str) -> CaptureError:
    return CaptureError(
        f"the file is larger than {MAX_BYTES // 2**20} MiB", where=source, todo="Split or leave it out."
    )


def _state(status: os.stat_result) -> tuple[int, int]:
    """What changes when a file is written to."""
    return status.st_size, status.st_mtime_ns


def media_type(name: str, data: bytes) -> str:
    """Media type by the end of the name; a page of HTML saved under another name is still HTML."""
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    return MEDIA_TYPES.get(os.path.splitext(name)[1].lower(), "text/plain")  # noqa: PTH122
