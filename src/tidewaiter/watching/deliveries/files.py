"""Changes told in files: JSON Lines, and a digest in Markdown for each day.

Both can be looked at before they are written to, so each change stands in them exactly once whenever the
program ended.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from tidewaiter.bulletin import markdown
from tidewaiter.case import write_text
from tidewaiter.characters import unmarked
from tidewaiter.errors import CaseError
from tidewaiter.watching.conditions import Notice
from tidewaiter.watching.deliveries.batch import Batch, DeliveryError, around
from tidewaiter.watching.store import Looked
from tidewaiter.wording import moment, spoken


def append_lines(path: Path, batch: Batch) -> None:
    """Add a line for each change that has none there.  Raises ``DeliveryError``."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = list(batch.json_lines())
        _end_last_line(path)
        if batch.twice and path.exists():
            known = set(_identities(path))
            lines = [line for line in lines if _identity(line) not in known]
        with path.open("a", encoding="utf-8", newline="\n") as handle:
            handle.writelines(f"{line}\n" for line in lines)
            handle.flush()
            os.fsync(handle.fileno())
    except OSError as error:
        # what was written of it is found again
        raise DeliveryError(f"cannot be written ({error.strerror})", where=str(path), is_open=True) from error


def _end_last_line(path: Path) -> None:
    """A line of ours that is not whole was being written when the program, or the machine, ended, and is
    cut off; any other that has no end is given one."""
    if not path.exists() or path.stat().st_size == 0:
        return
    with path.open("r+b") as handle:
        handle.seek(-1, os.SEEK_END)
        if handle.read() == b"\n":
            return
        end = handle.tell()
        while end and handle.seek(end - 1) >= 0 and handle.read(1) != b"\n":
            end -= 1
        handle.seek(end)
        if _is_torn(handle.read()):
            handle.truncate(end)
        else:
            handle.write(b"\n")


def _is_torn(line: bytes) -> bool:
    """Whether it is the beginning of an object, and not all of it."""
    try:
        json.loads(line)
    except ValueError:
        return line.startswith(b"{")
    return False


def _identities(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if (found := _identity(line)) is not None:
                yield found


def _identity(line: str) -> tuple[str, str] | None:
    """Key of the change and name of the alert."""
    try:
        told = json.loads(line)
        return str(told["key"]), str(told["alert"])
    except (ValueError, LookupError, TypeError):
        return None


# ------------------------------------------------------------------------------------ a day


def write_digest(
    folder: Path, case: str, day: str, told: Iterable[tuple[str, Notice]], looks: Iterable[Looked]
) -> Path:
    """Write the digest of a day anew.  ``told``: its alerts with their names.  Raises ``DeliveryError``."""
    path = folder / f"{day}.md"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_text(path, "\n".join(_digest(case, day, list(told), list(looks))))
    except OSError as error:
        raise DeliveryError(f"cannot be written ({error.strerror})", where=str(path)) from error
    except CaseError as error:
        raise DeliveryError(error.what, where=str(path)) from error
    return path


def _digest(
    case: str, day: str, told: Sequence[tuple[str, Notice]], looks: Sequence[Looked]
) -> Iterator[str]:
    yield f"# {unmarked(case)}: {spoken(day)}"
    yield ""
    if looks:
        yield f"Looked {len(looks)} times, the last time on {moment(looks[-1].at)}."
        yield ""
    for name, found in groupby(sorted(told, key=lambda one: one[0]), key=lambda one: one[0]):
        notices = tuple(notice for _, notice in found)
        yield f"## {unmarked(name)}"
        yield ""
        ordered = sorted(notices, key=lambda one: (one.title or "~", one.change.transfer or ""))
        yield from markdown((one.change for one in ordered), around(notices), level=3)
    troubles = {(one.source, one.reason) for look in looks for one in look.troubles}
    if troubles:
        yield "## What could not be looked at, or told"
        yield ""
        yield from (f"- {unmarked(source)}: {unmarked(reason)}" for source, reason in sorted(troubles))
        yield ""
