"""Which lines of a page belong to the article.

The patterns are rows of the table ``boilerplate``: a regular expression that must match a whole line
(case does not matter), and ``where`` it counts:

* ``anywhere``: the line is dropped.
* ``head``: dropped while no sentence of the article has come yet.
* ``tail``: dropped when no sentence follows it any more.
* ``section``: dropped with the headlines and teasers that follow it, up to the next sentence, at most
  ``SECTION_LINES``.

Repeated sentences (a teaser or caption given twice) and navigation in bullets above the article are
dropped without a pattern.  A line with a full date in it always stays: the date of publication may
be read from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tidewaiter.capture.days import find_days
from tidewaiter.capture.lines import Line
from tidewaiter.errors import KnowledgeError
from tidewaiter.knowledge import Knowledge

MAX_LENGTH = 400
"""Characters; no line of boilerplate that a pattern can know is longer."""

SECTION_LINES = 12
"""Headlines and teasers that a box of other stories holds at most; what comes after is kept."""
TEASER_LENGTH = 200  # characters; a longer line is no headline, however it ends

GLUED_LINES = 6
"""Lines from the top in which a breadcrumb may be glued to the headline."""
_GLUED = re.compile(r"Home(?:[A-Z][a-z]{2,20}){1,8}(?=[A-Z][\w'’]*\s)")

REPEATED_LENGTH = 60  # characters; a shorter sentence may be said twice on purpose

_BULLET = re.compile(r"[•·▪●‣◦]\s*(?=\S)")
LINK_LENGTH = 20
_LINK_WORDS = re.compile(r"""(?<=[.!?"”’])\s*\(?read more\s{0,2}[.…»›>)]{0,3}$""", re.IGNORECASE)
_NAVIGATION = re.compile(r"[•·▪●‣◦]\s*\S+(?:\s\S+){0,3}")
_PLACES = ("section", "anywhere", "head", "tail")  # a line is the first of these that it can be
_BRACKETED = re.compile(r"\[([^\[\]]*)\]|\(([^()]*)\)|\{([^{}]*)\}|<([^<>]*)>")
_EDGES = " \t\u00a0|•·*»›>-–—"


@lru_cache(maxsize=4)
def _patterns(tables: Knowledge) -> dict[str, re.Pattern[str]]:
    by_place: dict[str, list[str]] = {place: [] for place in _PLACES}
    for row in tables.table("boilerplate"):
        try:
            re.compile(row["pattern"])
            by_place[row["where"]].append(f"(?:{row['pattern']})")
        except (re.error, KeyError) as error:
            raise KnowledgeError(
                f"the pattern {row['pattern']!r} at {row['where']!r} cannot be used: {error}",
                where="boilerplate.csv",
                todo=f"Write a regular expression, and one of {', '.join(_PLACES)}.",
            ) from error
    return {place: re.compile("|".join(found) or r"(?!)", re.IGNORECASE) for place, found in by_place.items()}


def keep_lines(lines: Sequence[Line], tables: Knowledge) -> Iterator[Line]:
    """The lines that belong to the article, in order."""
    patterns = _patterns(tables)
    prose = [line.number for line in lines if line.is_prose]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    said: set[str] = set()
    section = 0  # lines that the box of other stories may still have
    for line in lines:
        kind = _kind(line, patterns)
        is_teaser = not line.is_prose and len(line.text) <= TEASER_LENGTH
        section = SECTION_LINES if kind == "section" else max(0, section - 1) if is_teaser else 0
        dropped = (
            section > 0
            or _is_repeated(line, said)
            or kind == "anywhere"
            or (kind == "head" and line.number < first)
            or (kind == "tail" and line.number > last)
        )
        if not dropped:
            yield _trimmed(line)


def _is_repeated(line: Line, said: set[str]) -> bool:
    """Whether the same long sentence stood before; notes it."""
    if not line.is_prose or len(line.text) < REPEATED_LENGTH:
        return False
    repeated = line.text in said
    said.add(line.text)
    return repeated


def _trimmed(line: Line) -> Line:
    """The line without what is glued to it: a bullet, a breadcrumb that lost its separators
    ("HomeAfricaHeadline of the story"), the words of a link after the last sentence."""
    text = line.text
    before = _BULLET.match(text) or (_GLUED.match(text) if line.number < GLUED_LINES else None)
    after = _LINK_WORDS.search(text, max(0, len(text) - LINK_LENGTH))
    start, end = before.end() if before else 0, after.start() if after else len(text)
    return line._replace(start=line.start + start, end=line.start + end, text=text[start:end])


def _kind(line: Line, patterns: dict[str, re.Pattern[str]]) -> str | None:
    """The place of the first pattern that the line matches."""
    if len(line.text) > MAX_LENGTH:
        return None
    if _NAVIGATION.fullmatch(line.text):
        return "head"
    texts = _bare_forms(line.text)
    for place, pattern in patterns.items():
        if any(pattern.fullmatch(text) for text in texts):
            return None if _dated(line.text) else place
    return None


def _bare_forms(text: str) -> tuple[str, ...]:
    """The line without the signs around it, and without brackets around the whole of it."""
    bare = text.strip(_EDGES)
    inside = _BRACKETED.fullmatch(bare)
    return (bare, inside[inside.lastindex or 0].strip(_EDGES)) if inside else (bare,)


def _dated(text: str) -> bool:
    return next(find_days(text), None) is not None
