"""Capture: bytes are kept under their hash and noted in the custody record before anything reads them."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tidewaiter.errors import TidewaiterError
from tidewaiter.ledger.custody import CAPTURED, RESTORED
from tidewaiter.ledger.durable import DurableStore
from tidewaiter.model import Capture
from tidewaiter.pipeline.steps import Added, Failure, Handed, Progress, Step, Taken, Taking, no_progress

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def source_name(path: Path) -> str:
    """The path as given, as text (see ``written_out``); bytes of it that are no UTF-8 as ``\\xff``."""
    return written_out(os.fsencode(path).decode("utf-8", "backslashreplace"))


def written_out(name: str) -> str:
    """A name as it is shown and kept: as ``\\n``, ``\\x1b`` or ``\\u202e`` what would break a line, command a
    terminal or turn the words round on it; what UTF-8 cannot write, too."""
    told = name.encode("utf-8", "backslashreplace").decode()
    return _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), told)


def label_of(name: str) -> str:
    """What a report is called that somebody handed over under a name, which is words and never a path: its
    last part, written out, no longer than ``LONGEST_NAME``."""
    last = re.split(r"[/\\]", name)[-1].strip()
    told = written_out(last)
    if not told.strip("."):
        return NAMELESS
    return told if len(told) <= LONGEST_NAME else f"{told[: LONGEST_NAME - KEPT_END]}…{told[1 - KEPT_END :]}"


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

NAMELESS = "unnamed"

LONGEST_NAME = 120
KEPT_END = 20
"""Characters of a name, and those at its end that stay where the middle is left out: a file's kind."""

TOLD_APART = 8
"""Digits of its hash that tell a report from another that was handed over under the same name."""

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


def take_in(
    durable: DurableStore, handed: Sequence[Handed], taking: Taking, given_date: str | None = None
) -> tuple[Taken, ...]:
    """Keep reports that were handed over as bytes, then note them, all together; for each, what was done.

    Its source is ``METHOD/NAME``, and ``METHOD/DIGITS/NAME`` where another report of that name came before.
    Raises ``CaptureError`` where one has no bytes, ``CaseError`` when the case cannot be written.
    """
    from tidewaiter.capture.custody import capture_of

    given_out: dict[str, str] = {}  # to which hash, by source
    arrivals = []
    for one in handed:
        sha256 = hashlib.sha256(one.data).hexdigest()
        source = _source(durable, one, sha256, given_out)
        given_out[source] = sha256
        arrivals.append((capture_of(one.data, source, one.name, taking.at, taking.by, one.method), one.data))
    done = durable.take(arrivals, given_date) if arrivals else []
    return tuple(
        Taken(capture.source, capture.sha256, action)
        for (capture, _), action in zip(arrivals, done, strict=True)
    )


def _source(durable: DurableStore, one: Handed, sha256: str, given_out: Mapping[str, str]) -> str:
    name = label_of(one.name)
    plain = f"{one.method}/{name}"
    known = set(durable.captures_from(plain)) | ({given_out[plain]} if plain in given_out else set())
    return plain if not known or sha256 in known else f"{one.method}/{sha256[:TOLD_APART]}/{name}"
