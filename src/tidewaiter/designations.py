"""Names of types ("M1A2", "HIMARS", "Leopard") in the words for goods."""

from __future__ import annotations

import re

_NAME = re.compile(
    r"\b(?=[\w/-]*\d)(?=[\w/-]*[A-Za-z])[\w/-]+"  # letters and digits in one token
    r"|\b[A-Z]{4,}\b"  # an acronym that is no state
    r"|(?<=[\w,] )[A-Z][a-z]{3,}\b"  # a name that does not merely begin the phrase
)
_MEASURE = re.compile(
    r"(?i)\d+(?:[.,]\d+)?-?(?:mm|cm|km|kg|ton|tonne)s?|\d+(?:st|nd|rd|th|s)|\w*-(?:made|era|class)"
)


def type_names(item: str | None) -> tuple[str, ...]:
    """The names of types in an item as worded, in order, each once; calibres and other measures are
    none."""
    if item is None:
        return ()
    found = (name.strip("-/") for name in _NAME.findall(item))
    return tuple(dict.fromkeys(name for name in found if name and not _MEASURE.fullmatch(name)))
