"""Title and outlet of an HTML page, the title in the words of the page.

Metadata names the page ("Headline - Outlet | Section"), often in other words than the article's own
headline.  The headline is the heading that shares most words with that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tidewaiter.capture.page import BLOCK, BREAK, Page, PageHeading

ALIKE = 0.5
"""Dice coefficient of the words of heading and stated title, from which on they are the same title; the
editors of one outlet word a headline twice, but of the same persons and things."""
HEADING_LENGTH = 400  # characters; longer is a paragraph in a heading's clothes
HEADINGS_READ = 200  # from the top
SAME = 0.9
"""Likeness from which on a line that is no heading is taken for the title; it must have four words."""
TITLE_WORDS = 3  # a stated title of fewer words may be a section, a site or the name of a program
NO_HEADING = 7  # the level below all of HTML's

_RUN = re.compile(rf"[^\s{BLOCK}{BREAK}](?:[^{BLOCK}{BREAK}]*[^\s{BLOCK}{BREAK}])?")
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_SCHEME = re.compile(r"^https?://(?:www\.)?")
_SEPARATOR = re.compile(r"\s+(?:[|–—»«:·•/-]|::|\|\|)\s+")


def page_title(page: Page, stated: str | None, site: str | None) -> tuple[str | None, PageHeading | None]:
    """The title, and the heading that it stands in.

    The heading is the one most like ``stated``, else a line that says the same, else (``stated`` is no
    title, or there is none) the only ``h1``; without any the title is ``stated`` without the ``site``.
    """
    headings = [one for one in page.headings[:HEADINGS_READ] if _may_be_title(page.words(one), site)]
    if stated is None:
        return _only_main(page, headings)
    best = max(headings, key=lambda one: _rank(page, one, stated), default=None)
    if best is not None and _likeness(page.words(best), stated) >= ALIKE:
        return page.words(best), best
    if line := next(_lines_like(page, stated), None):
        return page.words(line), line
    if len(stated.split()) < TITLE_WORDS and (only := _only_main(page, headings))[1]:
        return only
    return _without_site(stated, site), None


def _only_main(page: Page, headings: list[PageHeading]) -> tuple[str | None, PageHeading | None]:
    mains = [one for one in headings if one.level == 1]
    return (page.words(mains[0]), mains[0]) if len(mains) == 1 else (None, None)


def _lines_like(page: Page, stated: str) -> Iterator[PageHeading]:
    """Lines of the page that say the same as a stated title of some length."""
    for found in _RUN.finditer(page.visible.text):
        if len(stated) / 4 <= len(found[0]) <= HEADING_LENGTH:
            words = _words(found[0])
            if len(words) >= 4 and _likeness(found[0], stated) >= SAME:
                yield PageHeading(found.start(), found.end(), NO_HEADING)


def _may_be_title(words: str, site: str | None) -> bool:
    """Whether a heading is of a title's length and not just the name of the site, in a logo."""
    return 0 < len(words) <= HEADING_LENGTH and (site is None or _words(words) != _words(site))


def _rank(page: Page, heading: PageHeading, stated: str) -> tuple[float, int, int, int]:
    """Likeness first; then the level, the length (a logo is short), the place."""
    words = page.words(heading)
    return round(_likeness(words, stated), 2), -heading.level, len(words), -heading.start


def _likeness(words: str, stated: str) -> float:
    """Dice coefficient of the words of a heading and of the part of the stated title most like them."""
    ours = _words(words)
    return max((_dice(ours, _words(part)) for part in _parts(stated)), default=0.0)


def _parts(stated: str) -> Iterator[str]:
    """The stated title, its first part and its longest: one of them is the headline."""
    parts = _SEPARATOR.split(stated)
    yield stated
    yield parts[0]
    yield max(parts, key=len)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def _without_site(stated: str, site: str | None) -> str:
    """``stated`` up to the name of the site, when it ends with that."""
    last = list(_SEPARATOR.finditer(stated))
    if not last or not site:
        return stated
    tail = _words(stated[last[-1].end() :])
    return stated[: last[-1].start()] if tail <= _words(site) or _words(site) <= tail else stated


def page_outlet(site: str | None, title: str | None) -> str | None:
    """The outlet's name: ``site`` from metadata without an address's scheme, the page's own title and a
    motto ("Name | News and weather of the coast"): the shortest part is the name."""
    if site is None:
        return None
    parts = [part for part in _SEPARATOR.split(_SCHEME.sub("", site)) if part and part != title]
    return min(parts, key=len) if parts else None
