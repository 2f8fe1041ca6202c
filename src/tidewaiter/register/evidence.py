"""Words of a report that tell what somebody's knowledge rests on: evidence, or the word of another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from tidewaiter.errors import KnowledgeError
from tidewaiter.knowledge import Knowledge
from tidewaiter.model import OriginKind, Span


class Use(StrEnum):
    """What such words say."""

    GROUND = "ground"  # evidence
    OUTLET = "outlet"  # whoever publishes the report is meant: "this newspaper"
    SAW = "saw"  # the writer looked: "I counted"
    SHARED = "shared"  # knowledge that another passed on
    ECHO = "echo"  # agreement with another
    SUMMING = "summing"  # what others say, put together
    NAMED = "named"  # evidence of which only the name is given: "our intelligence"
    SHOWN = "shown"  # evidence that was put before others: "released the pictures"


@dataclass(frozen=True, slots=True)
class Sign:
    """Such words in a report."""

    use: Use
    kind: str  # of evidence: physical, records, imagery, witness, sensors, intercepts, ...; or ""
    what: str  # in words, for reading
    span: Span


OF_THEIR_OWN = frozenset((OriginKind.PHYSICAL, OriginKind.RECORDS, OriginKind.IMAGERY, OriginKind.WITNESS))
"""Kinds of evidence that are origins of a kind of their own, whoever holds them."""

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')\]]{0,2}\s+(?=[\"“‘'(\[*]?[^\W_a-zß-ÿ])|\n\s*\n|\n")
_SHORTENED = re.compile(
    r"(?:^|[\s(\"“])(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Brig|Adm|Sgt|Cmdr|Cdr|Prof|St|[Nn]os?|Rep|Sen|Gov|"
    r"Vice|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|[^\W\d_])\.$"
)
_DENIED = re.compile(
    r"(?i)\b(?:no|not|without|never|neither|nor|cannot|hardly|declin\w+|refus\w+|withheld|lack\w*)\b"
    r"(?! only)[^.;:,]{0,30}$|n[’']t\b[^.;:,]{0,30}$"
)
"""What stands before words for evidence that is not there; as many letters as a few words have."""


@lru_cache(maxsize=4)
def _patterns(tables: Knowledge) -> tuple[tuple[re.Pattern[str], Use, str, str], ...]:
    """Raises ``KnowledgeError`` for a pattern that is no regular expression."""
    found = []
    for row in tables.table("evidence"):
        try:
            pattern = re.compile(rf"(?<!\w)(?:{row['pattern']})(?!\w)", re.IGNORECASE)
        except re.error as error:
            raise KnowledgeError(
                f"the pattern {row['key']!r} is no regular expression: {error}",
                where="evidence.csv",
                todo="Correct the pattern.",
            ) from error
        found.append((pattern, Use(row["use"]), row["kind"], row["what"]))
    return tuple(found)


@lru_cache(maxsize=256)
def signs_of(text: str, tables: Knowledge) -> tuple[Sign, ...]:
    """Every such word of a text, in order; those that are denied left out ("without satellite pictures",
    but a denial of sharing is a ground: the table has it)."""
    found = [
        Sign(use, kind, what, Span(*one.span()))
        for pattern, use, kind, what in _patterns(tables)
        for one in pattern.finditer(text)
        if kind == "own" or not _DENIED.search(text[max(0, one.start() - 60) : one.start()])
    ]
    return tuple(sorted(found, key=lambda one: (one.span, one.use, one.kind)))


@lru_cache(maxsize=256)
def sentences_of(text: str) -> tuple[Span, ...]:
    """The sentences of a text, roughly: where a full stop behind a shortened word ends none."""
    starts, ends = [0], []
    for found in _SENTENCE_END.finditer(text):
        if _SHORTENED.search(text[: found.start()][-12:]):
            continue
        ends.append(found.start())
        starts.append(found.end())
    ends.append(len(text))
    return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True) if start < end)


def sentence_at(text: str, place: int) -> Span:
    """The sentence that a place stands in."""
    return next((one for one in sentences_of(text) if one.start <= place < one.end), Span(0, len(text)))
