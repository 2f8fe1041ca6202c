"""Whether two spellings are one name written down from another script or by ear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tidewaiter.linking.disputes.naming import folded

_SAME = (
    ("tz", "s"),
    ("ts", "s"),
    ("dzh", "j"),
    ("dj", "j"),
    ("sch", "s"),
    ("sh", "s"),
    ("ch", "k"),
    ("ck", "k"),
    ("kh", "k"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("x", "ks"),
    ("q", "k"),
    ("c", "k"),
    ("z", "s"),
    ("w", "v"),
    ("f", "v"),
    ("b", "v"),
    ("p", "v"),
    ("d", "t"),
    ("j", "g"),
    ("g", "k"),
)
"""Letters that transcriptions exchange, as pairs of what is written and what stands for it."""
_FIRST = re.compile(r"\bj(?=[aeiou])")
_SILENT = re.compile(r"[aeiouyh ]+")
_TWICE = re.compile(r"(.)\1+")


NAMES = 20_000
"""Names whose sounds are kept at hand: those of some thousand reports."""


@lru_cache(maxsize=NAMES)
def sound(name: str) -> str:
    """The consonants of a name, those alike in sound as one."""
    letters = _FIRST.sub("y", folded(name))
    for written, stands in _SAME:
        letters = letters.replace(written, stands)
    return _TWICE.sub(r"\1", _SILENT.sub("", letters))


def are_one(first: str, second: str) -> bool:
    """Whether two names may be one in two spellings: their consonants are the same but for one."""
    a, b = sound(first), sound(second)
    if a == b:
        return True
    is_one_off = (
        b in _one_off(a) or a in _one_off(b) or (len(a) == len(b) and sum(map(str.__ne__, a, b)) == 1)
    )
    return is_one_off and a[:1] == b[:1]


def near(first: str, second: str) -> bool:
    """Whether two names are one in sound but for a consonant that one of them has more; the first is the
    same."""
    a, b = sound(first), sound(second)
    return a[:1] == b[:1] and (a == b or b in _one_off(a) or a in _one_off(b))


def _one_off(letters: str) -> Iterator[str]:
    """The letters without one of them."""
    return (letters[:place] + letters[place + 1 :] for place in range(len(letters)))
