"""What stands before and after something in its list, for the keys that lead there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Around(NamedTuple):
    """The neighbours of something in a list."""

    before: str | None
    after: str | None
    number: int  # its own place, from 1
    total: int


def around(names: Sequence[str], name: str) -> Around:
    """The neighbours of a name that is in the list."""
    place = names.index(name)
    return Around(
        names[place - 1] if place else None,
        names[place + 1] if place + 1 < len(names) else None,
        place + 1,
        len(names),
    )
