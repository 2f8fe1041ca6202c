"""Numbers and lists in running text."""

from __future__ import annotations

from collections.abc import Sequence

FIGURES = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
"""Numbers that are written in letters."""


def figure(number: int) -> str:
    """A number as running text has it: ``three``, ``18``, ``1,204``."""
    return FIGURES[number] if 0 <= number < len(FIGURES) else f"{number:,}"


def joined(names: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def listed(names: Sequence[str], most: int) -> str:
    """``names`` joined; of more than ``most`` the first ones and how many more there are."""
    if len(names) <= most:
        return joined(names)
    return f"{', '.join(names[:most])} and {figure(len(names) - most)} more"


def plural(number: int, one: str, many: str | None = None) -> str:
    """``no reports``, ``one report``, ``14 reports``."""
    return f"{figure(number) if number else 'no'} {one if number == 1 else many or one + 's'}"
