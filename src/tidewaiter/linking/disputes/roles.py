"""Who gives and who takes, by the words around "sold", "bought", "from", "to" and "by"; without a parse, so
that it holds for texts that were not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tidewaiter.linking.texts.clauses import Told
from tidewaiter.linking.texts.cues import Cues
from tidewaiter.linking.texts.stems import SMALL, stem
from tidewaiter.model import Span

PARTY_WORDS = 5
"""Words of which a party's name may consist."""
REACH = 70
"""Characters behind the verb within which "from", "to" and "by" belong to it."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BEHIND = re.compile(r"\b(?P<way>from|to|by) (?P<party>(?:the |a |an )?[^\W_][^,.;:—–\n\"“”]*)")
_PASSIVE = re.compile(r"\b(?:was|were|been|be|being|is|are)\s+(?:\w+\s+)?$", re.I)
_AUXILIARY = re.compile(
    r"(?:\b(?:has|have|had|will|would|may|to|also|then|secretly|reportedly|recently)\s+)+$", re.I
)
_STOP = frozenset(
    [
        "in",
        "on",
        "at",
        "for",
        "with",
        "from",
        "to",
        "by",
        "near",
        "during",
        "after",
        "before",
        "under",
        "over",
        "as",
        "that",
        "which",
        "who",
        "while",
        "when",
        "and",
    ]
)


class Role(NamedTuple):
    """A party that gives or takes."""

    party: frozenset[str]  # stems
    way: str  # gives, takes
    span: Span  # from the verb to the party, or the reverse


def roles_of(told: Told, cues: Cues) -> Iterator[Role]:
    """The roles that a text tells outside of quotation marks or within."""
    text = told.document.text
    for clause in told.clauses:
        for cue in cues.found("role", clause.text, clause.span.start):
            behind = text[cue.span.end : min(clause.span.end, cue.span.end + REACH)]
            before = text[clause.span.start : cue.span.start]
            is_passive = _PASSIVE.search(before) is not None
            for found in _BEHIND.finditer(behind):
                way = _way(found["way"], cue.value, is_passive=is_passive)
                end, party = _party(found["party"])
                if way is not None and party:
                    start = found.start("party")
                    yield Role(party, way, Span(cue.span.start, cue.span.end + start + end))
            if not is_passive:
                start, party = _subject(before)
                if party:
                    yield Role(party, cue.value, Span(clause.span.start + start, cue.span.end))


def _way(word: str, verb: str, *, is_passive: bool) -> str | None:
    """What a party behind "from", "to" or "by" does: what is sold goes to who takes it, what is bought comes
    from who gives it."""
    if word == "from":
        return "gives" if verb == "takes" else None
    if word == "to":
        return "takes" if verb == "gives" else None
    return verb if is_passive else None


def _party(words: str) -> tuple[int, frozenset[str]]:
    """The party at the beginning of the words, and where it ends."""
    found: list[re.Match[str]] = []
    for match in _WORD.finditer(words):
        if match.group().casefold() in _STOP or len(found) == PARTY_WORDS:
            break
        found.append(match)
    return (found[-1].end(), _stems(found)) if found else (0, frozenset())


def _subject(before: str) -> tuple[int, frozenset[str]]:
    """The party that ends the words before a verb, and where it begins."""
    bare = _AUXILIARY.sub("", before)
    found: list[re.Match[str]] = []
    for match in reversed(list(_WORD.finditer(bare))):
        gap = bare[match.end() : found[-1].start()] if found else bare[match.end() :]
        if match.group().casefold() in _STOP or gap.strip() or len(found) == PARTY_WORDS:
            break
        found.append(match)
    while found and found[-1].group().casefold() in SMALL:
        found.pop()
    return (found[-1].start(), _stems(found)) if found else (0, frozenset())


def _stems(found: list[re.Match[str]]) -> frozenset[str]:
    return frozenset(
        stem(word)
        for match in found
        if (word := match.group().casefold()) not in SMALL and not word.isdigit()
    )
