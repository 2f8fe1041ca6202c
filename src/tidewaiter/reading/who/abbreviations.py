"""Abbreviations that a document introduces for itself: "the Northern Coast Guard (NCG)", later "the NCG"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tidewaiter.model import ActorForm, ActorKind, ActorMention, Span

INTRODUCED = re.compile(
    r"(?P<rest>(?:[^\S\n]+(?:for|of|and|the|on|in|[A-Z][\w’'-]*)){0,6})"
    r"[^\S\n]*\([^\S\n]*[“\"'‘]?(?P<short>[A-Z][A-Za-z&.-]{1,9})[”\"'’]?[^\S\n]*\)"
)
"""A short form in brackets behind the name and what it goes on with ("the Office of Arms Control (OAC)");
nobody's own form is longer than ten letters."""

EXPLAINED = re.compile(r"(?:[^\S\n]+in[^\S\n]+[A-Z]\w+)?,[^\S\n](?P<short>[A-Z]{3,7}),")
"""A short form between commas behind a body's name: "the mission in Utopia, UMIS,"."""

WORDS_BACK = 8
"""Words before the bracket whose initials may have made it, as in the algorithm of Schwartz and Hearst
(2003), which takes the letters' number plus five, or twice the number."""

WORD = re.compile(r"[^\W\d_]+")
NO_BODY = frozenset({ActorKind.PERSON, ActorKind.REGION, ActorKind.PEOPLE})


def abbreviated(text: str, named: Sequence[ActorMention]) -> Iterator[ActorMention]:
    """Every place of the short forms that the document introduces for what is ``named``."""
    for short, long in sorted(_introduced(text, named).items()):
        for found in re.finditer(rf"(?<![\w-]){re.escape(short)}(?!\w)", text):
            yield replace(
                long, span=Span(*found.span()), form=ActorForm.ABBREVIATION, role=None, head=long.span
            )


def _introduced(text: str, named: Sequence[ActorMention]) -> dict[str, ActorMention]:
    found: dict[str, ActorMention] = {}
    for one in named:
        if one.kind in NO_BODY or one.code is None:
            continue
        beside = EXPLAINED.match(text, one.span.end)
        if beside is not None and one.kind in {ActorKind.OFFICE, ActorKind.ORGANISATION}:
            found.setdefault(beside["short"], one)
        match = INTRODUCED.match(text, one.span.end)
        if match is None:
            continue
        short = match["short"]
        if sum(letter.isupper() for letter in short) > 1 and _made_of(short, text[: match.end("rest")]):
            whole = text[one.span.start : match.end("rest")]
            found.setdefault(short, replace(one, name=whole) if match["rest"] else one)
    return found


def _made_of(short: str, before: str) -> bool:
    """Whether the letters stand, in order, at the heads of words before, the last one's word last."""
    initials = [word[0].casefold() for word in WORD.findall(before)[-WORDS_BACK:]]
    letters = [letter.casefold() for letter in short if letter.isalpha()]
    if not initials or letters[-1] not in initials[-2:]:
        return False
    at = iter(initials)
    return all(letter in at for letter in letters)
