"""Words brought to what they have in common, so that "the acknowledgement" is found beside "acknowledged".

A stem is a key to compare by, never shown.  Endings of English inflection and of nouns made of verbs are
cut off; nothing is looked up, so that the words of any subject have stems.
"""

from __future__ import annotations

import re
from functools import lru_cache

LEAST = 4
"""Letters that a stem keeps at least."""

_ENDINGS = (
    "isations",
    "izations",
    "isation",
    "ization",
    "ements",
    "itions",
    "ations",
    "ement",
    "ition",
    "ation",
    "ments",
    "ising",
    "izing",
    "ised",
    "ized",
    "ises",
    "izes",
    "ment",
    "ions",
    "ures",
    "ings",
    "ing",
    "ise",
    "ize",
    "ion",
    "ure",
    "als",
    "ied",
    "ies",
    "al",
    "ed",
    "es",
    "s",
    "y",
    "e",
)
_POSSESSIVE = re.compile(r"['’]s?$")

SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "might",
        "more",
        "most",
        "not",
        "of",
        "on",
        "one",
        "or",
        "other",
        "our",
        "said",
        "say",
        "says",
        "she",
        "should",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "told",
        "up",
        "upon",
        "was",
        "we",
        "were",
        "what",
        "when",
        "which",
        "while",
        "who",
        "will",
        "with",
        "would",
        "you",
        "after",
        "before",
        "during",
        "over",
        "under",
        "about",
        "according",
        "also",
        "only",
        "both",
        "between",
        "out",
        "no",
        "any",
        "all",
        "his",
        "her",
        "him",
        "i",
    ]
)
"""Words that tell nothing of what a sentence is about."""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The key of a word in any case: "Deliveries", "delivered" and "delivery" have one."""
    bare = _POSSESSIVE.sub("", word.casefold())
    for ending in _ENDINGS:
        least = LEAST - (ending == "s" and bare[-2:-1] not in ("s", "u", "i"))  # "guns", not "bus"
        if bare.endswith(ending) and len(bare) - len(ending) >= least:
            return _single(bare[: -len(ending)])
    return bare


def _single(stemmed: str) -> str:
    """ "shipped" and "shipping" keep a double letter that "ship" has not."""
    is_doubled = len(stemmed) > LEAST and stemmed[-1] == stemmed[-2] and stemmed[-1] in "bdgmnprt"
    return stemmed[:-1] if is_doubled else stemmed


_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def words_of(text: str, stems: frozenset[str], most: int = 4) -> str:
    """The words of ``text`` that have one of the stems, each once, in order: what was compared, as a reader
    knows it."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text):
        if stem(word) in stems:
            found.setdefault(stem(word), word)
    return ", ".join(list(found.values())[:most])
