"""Which characters of a dossier no font on this machine has, as the compiler tells it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import NamedTuple

SHOWN = 24
"""Characters that are named."""

_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]+)\}")

CJK = ("HANGUL", "CJK", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "BOPOMOFO", "HALFWIDTH", "FULLWIDTH")
"""First words of the Unicode names of characters that a Chinese, Japanese and Korean font has."""

FIRST_PICTURE = 0x1F000
"""From here on characters are mostly pictures: emoji, tiles, cards."""

CJK_PACKAGE, PICTURE_PACKAGE, OTHER_PACKAGE = "fonts-noto-cjk", "fonts-noto-color-emoji", "fonts-noto-core"
"""Debian packages of fonts."""


class Missing(NamedTuple):
    """Characters without a font."""

    characters: str
    words: str  # what the dossier says of it
    todo: str  # what the user may do


def missing_in(diagnostic: str) -> Missing | None:
    """The characters that the compiler refused for want of a glyph, with what to do; None where it refused
    for another reason."""
    refused = {one for words in _MISSING.findall(diagnostic) for one in _ESCAPE.sub(_character, words)}
    found = sorted(one for one in refused if not one.isspace())
    if not found:
        return None
    kinds = Counter(map(_kind, found)).most_common()
    named = ", ".join(f"{kind} ({count})" for kind, count in kinds)
    few = " ".join(found[:SHOWN]) + (" ..." if len(found) > SHOWN else "")
    packages = sorted(set(map(_package, found)))
    count = f"{len(found):,} {'different characters' if len(found) != 1 else 'character'}"
    return Missing(
        "".join(found),
        f"{count} of these texts cannot be shown here: the machine on which this was set has no font for them"
        f" ({named}). They stand as empty boxes; the dossier as HTML or Markdown has them.",
        f"{count}, {named}: {few}. Install a font, on Debian: apt-get install {' '.join(packages)}",
    )


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16))


def _kind(character: str) -> str:
    """The script, which is the first word of a character's Unicode name: Hangul, Thai."""
    if ord(character) >= FIRST_PICTURE:
        return "pictures"
    word = _first_word(character)
    return word if word == "CJK" else word.capitalize()


def _package(character: str) -> str:
    if ord(character) >= FIRST_PICTURE and unicodedata.category(character) == "So":
        return PICTURE_PACKAGE
    return CJK_PACKAGE if _first_word(character) in CJK else OTHER_PACKAGE


def _first_word(character: str) -> str:
    return unicodedata.name(character, "UNNAMED").split()[0]
