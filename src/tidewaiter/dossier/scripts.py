"""Which characters of a dossier no font on this machine has: asked of the compiler itself."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

SHOWN = 24
"""Characters that are named."""

SURELY_THERE = 0x250
"""Latin letters with their usual accents are in the font that comes with the compiler."""

_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]+)\}")

PROBE = b"""
#set page(width: 100cm, height: auto)
#set text(font: sys.inputs.font)
#for one in json(bytes(sys.inputs.characters)) [#one #linebreak()]
"""

PACKAGES = {
    "HANGUL": "fonts-noto-cjk",
    "CJK": "fonts-noto-cjk",
    "HIRAGANA": "fonts-noto-cjk",
    "KATAKANA": "fonts-noto-cjk",
    "IDEOGRAPHIC": "fonts-noto-cjk",
    "EMOJI": "fonts-noto-color-emoji",
}
"""First word of a character's Unicode name and the Debian package that shows it; fonts-noto-core has most
others."""

OTHER_PACKAGE = "fonts-noto-core"


class Missing(NamedTuple):
    """Characters without a font."""

    characters: str
    words: str  # what is said of it
    todo: str


def missing_in(texts: Iterable[str], font: str) -> Missing | None:
    """The characters of ``texts`` that the compiler has no font for, with what to do; None where all are
    shown."""
    wanted = sorted({one for text in texts for one in text if ord(one) >= SURELY_THERE and one.isprintable()})
    found = _without_font(wanted, font)
    if not found:
        return None
    scripts = Counter(_script(one) for one in found)
    named = ", ".join(f"{script.capitalize()} ({count})" for script, count in scripts.most_common())
    few = " ".join(found[:SHOWN]) + (" ..." if len(found) > SHOWN else "")
    packages = sorted({PACKAGES.get(script, OTHER_PACKAGE) for script in scripts})
    count = len(found)
    return Missing(
        "".join(found),
        f"{count:,} character{'s' if count != 1 else ''} of these texts cannot be shown here: this machine"
        f" has no font for them ({named}). They stand as empty boxes; the HTML and Markdown dossiers have"
        " them, and the file holds them as text.",
        f"{named}: {few}. Install a font, on Debian: apt-get install {' '.join(packages)}",
    )


def _without_font(characters: list[str], font: str) -> list[str]:
    """Those of ``characters`` that the compiler refuses to set in an archival PDF (PDF/A asks that every
    character has a glyph)."""
    import typst

    if not characters:
        return []
    inputs = {"font": font, "characters": json.dumps(characters)}
    try:
        typst.compile(PROBE, format="pdf", sys_inputs=inputs, pdf_standards=["a-2u"])
    except typst.TypstError as error:
        told = _MISSING.findall(error.diagnostic)
        refused = {char for words in told for char in _ESCAPE.sub(_character, words)}
        return [one for one in characters if one in refused]
    return []


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16))


def _script(character: str) -> str:
    """The first word of a character's Unicode name, which is its script: HANGUL, CJK, THAI."""
    return unicodedata.name(character, "UNNAMED").split()[0]
