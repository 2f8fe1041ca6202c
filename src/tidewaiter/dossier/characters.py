"""What a page can hold of any text."""

from __future__ import annotations

import re

_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_UNPRINTABLE = dict.fromkeys(
    (
        *range(0x09),
        *range(0x0B, 0x20),  # all control characters but tab and line feed
        *range(0x7F, 0xA0),
        *range(0xD800, 0xE000),  # halves of a pair: cannot be written as UTF-8
        0xFFFE,
        0xFFFF,
    ),
    "\ufffd",
)
"""Characters that HTML and XML forbid or that cannot be written as UTF-8, each to one replacement
character."""


def printable(text: str) -> str:
    """``text`` with every character that a page cannot hold replaced, one for one."""
    return text.translate(_UNPRINTABLE)


def without_direction(text: str) -> str:
    """``text`` without characters that turn the writing direction: for attributes and the page title,
    where no element can isolate them."""
    return _BIDI_CONTROLS.sub("", text)
