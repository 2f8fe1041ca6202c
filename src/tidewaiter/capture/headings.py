"""Title and author of a report, and where they stand in its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, zip_longest
from typing import NamedTuple

from tidewaiter.capture.days import find_days
from tidewaiter.model import Span

HEAD_LINES = 15
"""Lines above the first sentence among which title, byline and date line are looked for."""
LINES_BELOW = 5  # of the article, after which a byline or a date line may still stand
LINES_READ = 100  # lines from the top among which the first sentence must stand

TITLE_LENGTH = (15, 220)  # characters; shorter is a label, longer a paragraph
TITLE_WORDS = 3
TITLE_SHARED = 0.4
"""Share of a headline's words that the body repeats when it is the article's own; a ticker or a teaser
for another story shares nearly none."""

PLACE_WITHIN = 5_000
"""Characters from the top within which a title or author of the metadata is looked for in the text."""

_STOP = re.compile(r"""[.!:;,]["'”’»)]*$""")
_ENDS = re.compile(r"""[.!?]["'”’»)]*$""")
_WIRE = re.compile(r"^[A-Z][A-Z .,'’-]{3,40}(?:\(|[,—–-]\s)")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]{3,}")
_LETTER = re.compile(r"[^\W_]")
_BYLINE = re.compile(
    r"^(?:Written |Reported |Posted )?[Bb][Yy]:?\s+"
    r"(?P<name>[A-Z][\w.'’-]*(?:\s+(?:(?:de|van|von|der|al|bin|el|la|di|da|y|and|&|e)\s+)*[A-Z][\w.'’-]*){0,6})"
    r"(?=\s*(?:$|[,|•·(/–—-]|\s(?:in|for|at|on|Published|Updated)\b))"
)
_NOBODY = re.compile(
    r"(?:admin(?:istrator)?|editors?|staff|web ?desk|news ?desk|newsroom|webmaster|no author|unknown"
    r"|anonymous|guest|(?:article|posted|written)\s+by|authors?|user)\b",
    re.IGNORECASE,
)
AUTHOR_LENGTH = 200  # characters; metadata longer than that is an author's life
AUTHOR_WORDS = 7  # of one name
BYLINE_LENGTH = 120  # characters of a line in which a byline is looked for


class HeadLine(NamedTuple):
    """One of the first lines of a text."""

    span: Span
    text: str
    paragraph_after: bool


class Heading(NamedTuple):
    """A title or an author, with its place in the text where it has one."""

    value: str | None
    span: Span | None


def top_lines(text: str) -> list[HeadLine]:
    """The first lines of a cleaned text, navigation that was not recognised among them."""
    return [
        HeadLine(Span(line.start(), line.end()), line[0], text[line.end() : line.end() + 2] == "\n\n")
        for line in islice(re.finditer(r"[^\n]+", text), LINES_READ)
    ]


def head_lines(text: str) -> list[HeadLine]:
    """The lines around the first sentence of a cleaned text, where title, byline and date stand."""
    top = top_lines(text)
    first = next((index for index, line in enumerate(top) if _looks_like_body(line)), len(top))
    return top[max(0, first - HEAD_LINES) : first + LINES_BELOW]


def find_title(text: str, known: str | None) -> Heading:
    """The title: ``known`` from metadata, else the line at the top that looks and reads like a headline."""
    if known:
        return Heading(known, _place(text, known))
    candidates = _candidates(head_lines(text))
    if not candidates:
        return Heading(None, None)
    chosen = next((line for line in candidates if _shared(line, text) >= TITLE_SHARED), candidates[0])
    return Heading(chosen.text, chosen.span)


def _place(text: str, wanted: str) -> Span | None:
    """Where ``wanted`` stands near the top, whatever the white space between its words."""
    top, words = text[:PLACE_WITHIN], wanted.split()
    start = top.find(words[0]) if words else -1
    while start >= 0:
        end = _end_of(words, top, start)
        if end is not None:
            return Span(start, end)
        start = top.find(words[0], start + 1)
    return None


def _end_of(words: Sequence[str], text: str, start: int) -> int | None:
    """Where the words end that stand in ``text`` from ``start`` on; None when they do not."""
    end = start + len(words[0])
    for word in words[1:]:
        space = _SPACE.match(text, end)
        if space is None or not text.startswith(word, space.end()):
            return None
        end = space.end() + len(word)
    return end


def _candidates(head: list[HeadLine]) -> list[HeadLine]:
    """The lines above the first sentence that look like headlines."""
    found = []
    breaks = any(line.paragraph_after for line in head)
    for line, after in zip_longest(head, head[1:]):
        if _looks_like_body(line):
            break
        set_off = line.paragraph_after if breaks else after is not None and _looks_like_body(after)
        if set_off and looks_like_title(line.text):
            found.append(line)
    return found


def _looks_like_body(line: HeadLine) -> bool:
    return len(line.text.split()) >= 8 and bool(_ENDS.search(line.text[-8:])) and line.text[-1] != "?"


def looks_like_title(text: str) -> bool:
    """Whether a line, by itself, may be a headline: not too short, no final stop, no date, no dateline."""
    shortest, longest = TITLE_LENGTH
    return (
        shortest <= len(text) <= longest
        and len(text.split()) >= TITLE_WORDS
        and not _STOP.search(text)
        and not _WIRE.match(text)
        and not _BYLINE.match(text)
        and next(find_days(text), None) is None
    )


def _shared(line: HeadLine, text: str) -> float:
    """Share of the line's longer words whose beginnings come back in the text below."""
    words = {word.lower()[:5] for word in _WORD.findall(line.text)}
    below = {word.lower()[:5] for word in _WORD.findall(text, line.span.end, line.span.end + 4_000)}
    return len(words & below) / len(words) if words else 0.0


def find_author(text: str, known: str | None, outlet: str | None = None, head: str = "") -> Heading:
    """The author: ``known`` from metadata where it names somebody else than the ``outlet``, else the name
    in a byline near the top of the text or, without a place, in ``head``: lines of the page around it."""
    names = _names(known, outlet)
    if names:
        return Heading(names, _place(text, names))
    if found := _byline(text):
        return found
    elsewhere = _byline(head)
    return Heading(elsewhere.value if elsewhere else None, None)


def _names(known: str | None, outlet: str | None) -> str | None:
    """The names in ``known`` (between semicolons) that may be persons or desks; None when none is."""
    if not known or len(known) > AUTHOR_LENGTH:
        return None
    own = _letters(outlet or "")
    names = [name.strip() for name in known.split(";")]
    kept = [name for name in names if _is_somebody(name) and _letters(name) != own]
    return "; ".join(kept) if kept and own != _letters(known) else None


def _is_somebody(name: str) -> bool:
    return bool(name) and len(name.split()) <= AUTHOR_WORDS and not _NOBODY.match(name)


def _letters(text: str) -> str:
    return "".join(_LETTER.findall(text.casefold()))


def _byline(text: str) -> Heading | None:
    for line in head_lines(text):
        if len(line.text) > BYLINE_LENGTH:
            continue
        day = next(find_days(line.text), None)
        found = _BYLINE.match(line.text[: day.start].rstrip() if day else line.text)
        if found and not _NOBODY.match(found["name"]):
            start = line.span.start + found.start("name")
            return Heading(found["name"], Span(start, start + len(found["name"])))
    return None
