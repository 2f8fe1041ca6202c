"""What does not hold in a ledger, as a value: where, what, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Something found while checking.

    ``grave`` is False for what a crash leaves behind and the program has dealt with: it is said, and
    nothing that counted as kept is touched by it.
    """

    where: str  # "custody.jsonl, line 7"; the path of a capture
    what: str
    todo: str
    grave: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"
