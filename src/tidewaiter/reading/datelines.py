"""Datelines: place, date and agency at the head of a report; where it was written, not who acts."""

from __future__ import annotations

import re

from tidewaiter.model import Span

DATELINE = re.compile(
    r"^[^\S\n]*(?:date[^\S\n]+\d{4}-\d{2}-\d{2}[^\S\n]+)?"
    r"(?P<place>[A-Z][\w.'’/-]*(?:[^\S\n][A-Z][\w.'’/-]*){0,3}(?:,[^\S\n][A-Z][\w.'’-]*(?:[^\S\n][A-Z][\w.'’-]*){0,2}){0,2})"
    r"(?:,?[^\S\n]+(?:[A-Z][a-z]{2,8}\.?[^\S\n]\d{1,2}|\d{1,2}[^\S\n][A-Z][a-z]{2,8})(?:,?[^\S\n]\d{4})?)?"
    r"\.?[^\S\n]*(?P<agency>\([^()\n]{2,40}\))?[^\S\n]*(?:—|–|-{1,2}|:)(?=\s|[A-Z“\"])",
    re.MULTILINE,
)
"""Place, date and agency at the head of a report or paragraph: "LOME, Togo, May 3 (Agency) -"."""

BARE_LINE = re.compile(r"^[^\S\n]*(?P<place>[A-Z][A-Z .'’-]{2,30})[^\S\n]*$", re.MULTILINE)
"""A place in capitals alone on a line, as some papers set their dateline."""


TITLE_CASE = re.compile(
    r"^[^\S\n]*(?:[A-Z][\w.'’-]+(?:[^\S\n/]+[A-Z][\w.'’-]+){0,2})(?:/[A-Z][\w.'’-]+)?[^\S\n]+[–—][^\S\n]+(?=[A-Z“\"])",
    re.MULTILINE,
)
"""A place in ordinary letters before a spaced dash, as some papers set the dateline of a report."""

UNDASHED = re.compile(
    r"^[^\S\n]*(?:date[^\S\n]+\d{4}-\d{2}-\d{2}[^\S\n]+)?"
    r"[A-Z][A-Z.'’-]+(?:[^\S\n][A-Z][A-Z.'’-]+){0,2}(?:,[^\S\n][A-Z][\w.'’-]*(?:[^\S\n][A-Z][\w.'’-]*){0,2}){0,2}"
    r"[^\S\n]+\([A-Z][^()\n]{1,30}\)[^\S\n]+(?=[A-Z“\"])",
    re.MULTILINE,
)
"""A place in capitals and an agency whose dash got lost: "LOME, Togo (Agency) Two ships"."""

LINE_HEAD = re.compile(r"[^\S\n]*(?:date[^\S\n]+\d{4}-\d{2}-\d{2}[^\S\n]+)?")
"""What may stand on a line before a dateline."""

LOOSE_END = re.compile(
    r"(?:,?[^\S\n][\[(]?[A-Z][\w .’'-]{2,30}[\])]?)?"
    r"(?:,?[^\S\n]+(?:[A-Z][a-z]{2,8}\.?[^\S\n]\d{1,2}|\d{1,2}[^\S\n][A-Z][a-z]{2,8})(?:,?[^\S\n]\d{4})?)?"
    r"(?:[^\S\n]*\([A-Z][^()\n]{1,40}\))?[^\S\n]*[:–—-][^\S\n]+(?=[A-Z])"
)
"""What follows a place in ordinary letters where it is a dateline: a state, a day, an agency, a colon."""

HEAD_OF_REPORT = 600
"""Characters at the head of a report in which such a dateline stands; further on a dash is a dash."""


def datelines(text: str) -> tuple[Span, ...]:
    """The spans of all datelines of a text."""
    found = [
        Span(*match.span())
        for match in DATELINE.finditer(text)
        if match["agency"] or (match["place"].split(",")[0].isupper() and len(match["place"]) > 3)
    ]
    found += [Span(*match.span()) for match in UNDASHED.finditer(text, 0, HEAD_OF_REPORT)]
    titled = TITLE_CASE.search(text, 0, HEAD_OF_REPORT)
    if titled is not None:
        found.append(Span(*titled.span()))
    found += [Span(*match.span()) for match in BARE_LINE.finditer(text) if len(match["place"].split()) < 3]
    return tuple(sorted(set(found)))
