"""Names of types ("M1A2", "HIMARS", "Leopard") in the words for goods."""

from __future__ import annotations

import re

_NAME = re.compile(
    r"\b[A-Z][a-z]+ \d{1,3}[A-Z]?\b"  # a name with its mark: "Leopard 2"
    r"|\b(?=[\w/-]*\d)(?=[\w/-]*[A-Za-z])[\w/-]+"  # letters and digits in one token
    r"|\b[A-Z]{4,}\b"  # an acronym that is no state
    r"|(?<=[\w,] )[A-Z][a-z]{3,}\b"  # a name that does not merely begin the phrase
)
_MEASURE = re.compile(
    r"(?i)\d+(?:[.,]\d+)?-?(?:mm|cm|km|kg|ton|tonne|millimet(?:re|er)|calib(?:re|er)|inch|pound|lb|foot)s?(?:/\d+)?"
    r"|\d+(?:mm)?x\d+(?:mm)?r?"  # 7.62x39, 8x8
    r"|\d+(?:st|nd|rd|th|s)|\w*-(?:made|built|designed|style|type|era|class|generation)|\d+d"
)


def type_names(item: str | None) -> tuple[str, ...]:
    """The names of types in an item as worded, in order, each once; calibres and other measures are
    none."""
    if item is None:
        return ()
    found = (name.strip("-/") for name in _NAME.findall(item))
    names = dict.fromkeys(name for name in found if name and not _MEASURE.fullmatch(name))
    return tuple(name for name in names if not (_is_title(item) and _WORD.fullmatch(name)))


_WORD = re.compile(r"[A-Z][a-z]+")


def _is_title(item: str) -> bool:
    """Whether all words of more than three letters have capitals, as in a headline: then none is a name
    for that."""
    words = [word for word in item.split() if len(word) > 3]
    return all(word[:1].isupper() for word in words)
