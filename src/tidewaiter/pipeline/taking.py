"""Capture: bytes are kept under their hash and noted in the custody record before anything reads them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from tidewaiter.errors import TidewaiterError
from tidewaiter.ledger.custody import CAPTURED, RESTORED
from tidewaiter.ledger.durable import DurableStore
from tidewaiter.model import Capture
from tidewaiter.pipeline.steps import Added, Failure, Progress, Step, Taking, no_progress

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def source_name(path: Path) -> str:
    """The path as given, as text: bytes of a file name that are no UTF-8 as ``\\xff``, and as ``\\n``,
    ``\\x1b`` or ``\\u202e`` what would break a line, or command a terminal or turn the words round on it."""
    text = os.fsencode(path).decode("utf-8", "backslashreplace")
    return _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def files_of(sources: Iterable[Path]) -> tuple[list[Path], tuple[Failure, ...]]:
    """The files to read, in the order given, each once: those named, whatever their kind, and those
    of a known kind in the folders named; and the files of the folders that were left out, with the
    reason."""
    from tidewaiter.capture.folders import find_files, is_folder

    files: dict[Path, None] = {}
    left_out: list[Failure] = []
    for source in sources:
        if not is_folder(source):
            files[source] = None
            continue
        found = find_files([source])
        files.update(dict.fromkeys(found.files))
        left_out += [Failure(source_name(one.path), one.reason) for one in found.skipped]
    return list(files), tuple(left_out)


NEWS = (CAPTURED, RESTORED)
"""Actions that bring something to the case that was not in it."""

BATCH_CAPTURES = 64
BATCH_BYTES = 8 * 2**20
"""How much is taken in before it is flushed to disk together: one wait for the disk instead of one a
file (docs/decisions/0008)."""


def add(
    durable: DurableStore,
    paths: Sequence[Path],
    taking: Taking,
    given_date: str | None = None,
    progress: Progress = no_progress,
) -> Added:
    """Keep the bytes of each file, then note them, a batch at a time.  A file that cannot be read is
    reported and the rest goes on; what is done stays done if this is interrupted.

    Raises ``CaseError`` when the case cannot be written, which no other file would mend.
    """
    from tidewaiter.capture.files import read_capture

    new: list[str] = []
    known: list[str] = []
    failed: list[Failure] = []
    waiting: list[tuple[Capture, bytes]] = []

    def settle() -> None:
        for (capture, _), action in zip(waiting, durable.take(waiting, given_date), strict=True):
            (new if action in NEWS else known).append(capture.source)
        waiting.clear()

    for number, path in enumerate(paths):
        progress(Step("Taking in", number, len(paths), path.name))
        try:
            waiting.append(read_capture(path, source_name(path), taking.at, taking.by))
        except TidewaiterError as error:
            failed.append(Failure(source_name(path), error.what, error.todo))
        if len(waiting) == BATCH_CAPTURES or sum(one.size for one, _ in waiting) >= BATCH_BYTES:
            settle()
    settle()
    progress(Step("Taking in", len(paths), len(paths)))
    return Added(tuple(new), tuple(known), tuple(failed))
