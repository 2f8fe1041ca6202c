"""How much room words take, without a font: enough to keep them apart and inside a picture."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from tidewaiter.characters import one_line

NARROW, WIDE = 0.58, 1.1
"""Width of a character as a share of the type's size, on the wide side of common sans-serif fonts; of East
Asian wide ones and signs."""

_FLAT = frozenset(("Mn", "Me", "Cf"))  # categories of Unicode that take no room


@lru_cache(maxsize=4096)
def width(text: str, size: float) -> float:
    """About how wide a text is."""
    return size * sum(map(_share, text))


def _share(character: str) -> float:
    if character.isascii():
        return 0.72 if character.isupper() else NARROW
    if unicodedata.category(character) in _FLAT:
        return 0.0
    return WIDE if unicodedata.east_asian_width(character) in "WF" or ord(character) > 0x2FFF else 0.72


def short(text: str, room: float, size: float) -> str:
    """``text`` on one line, cut where it is wider than the room."""
    line = one_line(text).strip()
    if width(line, size) <= room:
        return line
    used = width("…", size)
    for kept, character in enumerate(line):
        used += width(character, size)
        if used > room:
            return line[:kept].rstrip() + "…"
    return line
