"""Bytes of files with their custody record."""

from __future__ import annotations

import hashlib
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

MAX_BYTES = 256 * 2**20
"""Largest file read, in bytes; no report is that long, and it would be held in memory several times."""


def reason(error: OSError) -> str:
    """Why the system refused, in its words."""
    return error.strerror or type(error).__name__


def read_capture(path: Path, source: str, now: str, by: str) -> tuple[Capture, bytes]:
    """The bytes of ``path`` with their custody record; nothing is made of them yet.

    ``source``: the path as the user gave it.  ``now``: UTC, ISO 8601 to the second.  ``by``: the
    account that runs the program.  Raises ``CaptureError`` for a file that is missing, unreadable,
    empty, too large or no regular file.
    """
    data = _read(path, source)
    if not data:
        raise CaptureError("the file is empty", where=source, todo="Save the report again, or leave it out.")
    record = Capture(
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        source=source,
        captured_at=now,
        captured_by=by,
        method="file",
        media_type=media_type(path.name, data),
    )
    return record, data


def _read(path: Path, source: str) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise CaptureError("not a regular file", where=source, todo="Name a file or a folder of files.")
        if status.st_size > MAX_BYTES:
            raise CaptureError(
                f"the file is larger than {MAX_BYTES // 2**20} MiB",
                where=source,
                todo="Split or leave it out.",
            )
        return path.read_bytes()
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


def media_type(name: str, data: bytes) -> str:
    """Media type by the end of the name; a page of HTML saved under another name is still HTML."""
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    return MEDIA_TYPES.get(os.path.splitext(name)[1].lower(), "text/plain")  # noqa: PTH122
