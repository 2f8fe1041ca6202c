"""Words found again in another cleaning of a text (W3C Web Annotation, TextQuoteSelector).

Compared are letters and figures with their order; runs of space, the case of letters and the forms of
quotation marks and dashes are not.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from tidewaiter.model import Anchor, Span

TELLING = 24
"""Characters from which words are taken to be the same wherever they stand; fewer must have something of
their surroundings with them.  A choice: longer than a name with a verb."""
SURROUNDING = 8
"""Characters before or behind that tell which place is meant.  A choice: about a word with its spaces."""

_ALIKE = str.maketrans("“”„«»‘’‚`´–—‑−", "\"\"\"\"\"'''''----")


class _Plain(NamedTuple):
    """A text with spaces, marks and case evened out."""

    text: str
    origin: tuple[int, ...]  # place in the text of each character, and the text's length at the end


@lru_cache(maxsize=64)
def _plain(text: str) -> _Plain:
    kept: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text.translate(_ALIKE)):
        one = " " if character.isspace() else character.lower()
        if len(one) != 1:
            one = character
        if one == " " and kept and kept[-1] == " ":
            continue
        kept.append(one)
        origin.append(place)
    return _Plain("".join(kept), (*origin, len(text)))


def locate(anchor: Anchor, text: str) -> Span | None:
    """Where the words of an anchor stand in a text; None where they do not.

    Of several places the one with most of the same surroundings, then the nearest to where they stood.
    Short words without any of their surroundings are other words.
    """
    plain = _plain(text)
    exact = _plain(anchor.exact).text.strip()
    if not exact:
        return None
    stood = anchor.start + len(anchor.exact) - len(anchor.exact.lstrip())
    before, behind = _plain(anchor.prefix).text, _plain(anchor.suffix).text
    telling = min(SURROUNDING, max(len(before.strip()), len(behind.strip())))
    best: tuple[int, int, int] | None = None
    place = plain.text.find(exact)
    while place >= 0:
        end = place + len(exact)
        ahead = plain.text[max(0, place - len(before) - 1) : place]
        around = _shared(ahead[::-1], before[::-1]), _shared(plain.text[end : end + len(behind) + 1], behind)
        if len(exact) >= TELLING or max(around) >= telling:
            found = (-sum(around), abs(plain.origin[place] - stood), place)
            best = found if best is None else min(best, found)
        place = plain.text.find(exact, place + 1)
    if best is None:
        return None
    return Span(plain.origin[best[2]], plain.origin[best[2] + len(exact) - 1] + 1)


def _shared(a: str, b: str) -> int:
    """Characters that the two begin with alike, space at the beginning left out."""
    pairs = zip(a.lstrip(), b.lstrip(), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
