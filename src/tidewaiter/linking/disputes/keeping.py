"""What was worked out of some documents, so that it is not worked out again while they stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

Value = TypeVar("Value")


class Keep(Protocol):
    """Gives what was kept, or makes it and keeps it."""

    def __call__(
        self, what: str, documents: Sequence[str], also: object, shape: Any, make: Callable[[], Value], /
    ) -> Value:
        """``what`` is worked out of the ``documents`` (ids), their readings, ``also`` and nothing else:
        values that are the same in every run, without sets.  ``shape``: the type of what ``make`` gives."""
        ...


def anew(
    _what: str, _documents: Sequence[str], _also: object, _shape: Any, make: Callable[[], Value], /
) -> Value:
    """Keeps nothing."""
    return make()
