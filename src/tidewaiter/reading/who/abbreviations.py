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

LONG_MAX = 400
"""Characters that the longest name has, with what stands before it."""

SHORT_MIN = 3
"""Letters that a short form must have more of to be looked for inside words."""

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
        told = one.kind is ActorKind.PERSON and one.form is ActorForm.ROLE  # "a spokesman for the Office (O)"
        if (one.kind in NO_BODY and not told) or one.code is None:
            continue
        beside = EXPLAINED.match(text, one.span.end)
        if beside is not None and one.kind in {ActorKind.OFFICE, ActorKind.ORGANISATION}:
            found.setdefault(beside["short"], one)
        match = INTRODUCED.match(text, one.span.end)
        if match is None:
            continue
        short = match["short"]
        if sum(letter.isupper() for letter in short) > 1 and _made_of(
            short, text[max(0, match.end("rest") - LONG_MAX) : match.end("rest")]
        ):
            whole = text[one.span.start : match.end("rest")]
            body = replace(one, kind=ActorKind.OFFICE, name=short) if told else one
            found.setdefault(short, replace(one, name=whole) if match["rest"] and not told else body)
    return found


def _made_of(short: str, before: str) -> bool:
    """Whether the letters stand, in order, at the heads of words before, the last one's word last."""
    initials = [word[0].casefold() for word in WORD.findall(before)[-WORDS_BACK:]]
    letters = [letter.casefold() for letter in short if letter.isalpha()]
    if not initials:
        return False
    if letters[-1] not in initials[-2:]:
        return len(letters) > SHORT_MIN and _spelled(letters, before)
    at = iter(initials)
    return all(letter in at for letter in letters) or _spelled(letters, before)


def _spelled(letters: list[str], before: str) -> bool:
    """Whether the letters stand in the words before, in order, the first at the head of a word, as in the
    algorithm of Schwartz and Hearst (2003): "State Secretariat for Economic Affairs (SECO)"."""
    words = WORD.findall(before)[-WORDS_BACK:]
    text, place = " ".join(words).casefold(), -1
    starts = {0} | {at + 1 for at, letter in enumerate(text) if letter == " "}
    place = len(text)
    for letter in reversed(letters[1:]):
        place = text.rfind(letter, 0, place)
        if place < 0:
            return False
    return any(text[at] == letters[0] for at in starts if at < place)
