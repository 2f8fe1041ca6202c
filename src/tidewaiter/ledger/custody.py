"""The custody record: one line for each thing done to the captures, each with the hash of the line
before, so that a line that is changed, removed or put in between shows."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

FIRST = "0" * 64
"""What stands for the line before the first one."""


class CustodyRecord:
    """``custody.jsonl``: only ever appended to.

    Keys of a line: ``at`` (UTC), ``by`` (account), ``action`` (``captured``, ``seen again``),
    ``sha256``, ``size``, ``source``, ``method``, ``media_type``, ``given_date``,
    and ``previous``: the SHA-256 of the line before, without its line break.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, entry: Mapping[str, str | int | None]) -> str:
        """Add a line, flushed to disk before this returns; gives the line's own hash."""
        previous, torn = self._end()
        line = json.dumps({**entry, "previous": previous}, ensure_ascii=False)
        data = line.encode("utf-8", "backslashreplace")
        with self.path.open("ab") as handle:
            handle.write((b"\n" if torn else b"") + data + b"\n")
            handle.flush()
            os.fsync(handle.fileno())
        return _digest(data)

    def entries(self) -> Iterator[Mapping[str, str | int | None]]:
        """The lines in order; those torn by a crash are left out (``faults`` names them)."""
        for line in self._lines():
            try:
                yield json.loads(line)
            except ValueError:
                continue

    def faults(self) -> list[str]:
        """What does not hold, in words, with the line's number; empty when the chain is whole."""
        found: list[str] = []
        previous = FIRST
        for number, line in enumerate(self._lines(), 1):
            try:
                if json.loads(line)["previous"] != previous:
                    found.append(f"line {number} does not follow the line before it")
            except (ValueError, KeyError, TypeError):
                found.append(f"line {number} is not a custody entry")
            previous = _digest(line)
        return found

    def _lines(self) -> list[bytes]:
        if not self.path.exists():
            return []
        return self.path.read_bytes().splitlines()

    def _end(self) -> tuple[str, bool]:
        """Hash of the last line, and whether it lacks its line break (a crash while writing)."""
        if not self.path.exists() or not (data := self.path.read_bytes()):
            return FIRST, False
        return _digest(data.splitlines()[-1]), not data.endswith(b"\n")


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()
