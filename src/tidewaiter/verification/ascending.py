"""Looking things up in what comes in order, without holding it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Ascending(Generic[Value]):
    """Pairs in ascending order of keys, asked for keys in ascending order."""

    def __init__(self, pairs: Iterator[tuple[str, Value]]) -> None:
        self._pairs = pairs
        self._at = next(pairs, None)

    def get(self, key: str) -> Value | None:
        """The value of a key; None where there is none.  Keys asked for never go back."""
        while self._at is not None and self._at[0] < key:
            self._at = next(self._pairs, None)
        return self._at[1] if self._at is not None and self._at[0] == key else None
