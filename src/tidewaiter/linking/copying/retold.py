"""Whether one text tells another again in other words: sentence by sentence, with the same names and
numbers in the same order.

A text that was translated and back, or run through a list of synonyms, shares few running words with the
one it was made from, so that shingles do not find it.  What it keeps is the order of what it tells.  Two
reporters who write of one event share the event's names and numbers too, but each tells them in an order of
his own and has others besides (compare the ordered structures of story chains in plagiarism detection:
Grozea, Gehl and Popescu, "ENCOPLOT", 2009, and citation-based detection: Gipp and Meuschke, 2011, where
what is compared is the order of the landmarks alone).

Each name and number counts where it first stands, each other word likewise, cut to its first letters.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tidewaiter.linking.texts.fingerprints import Numbers, numbers_of

PREFIX = 6
"""Letters of a word that are compared: endings differ in a retelling.  Suffix stripping did no better."""
SHORTEST_WORD, SHORTEST_NAME = 4, 3
LEAST_NAMES, LEAST_WORDS = 7, 16
"""Names and numbers, and words at all, in common and in order, below which shares mean nothing: among 31
annotated reports the pairs that are no copies and have as high shares as these have at most 9 and 10."""
RETOLD = 0.5
"""Sum of the two shares (of the longer text's names and numbers, and of its words) from which one text is
the other retold.  Of 60 stories each retold twice by hand, with an independent account beside, 1 % of the
pairs of retellings are under it, and the accounts reach 0.44; of 202 real reports the pairs on one event that
are no copies reach 0.41; among 924 articles of seven outlets on one subject two pairs reach 0.49 (weekly
rankings of the same names).  Taken from the upper end of what tells them apart, as linking two accounts is
the worse error."""
RETOLD_SHORTENED = 1.0
"""The same of the shorter text, for one that was cut as well; chosen likewise."""

_UNDER_TWENTY = """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen"""  # "one" is most often a pronoun
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBER_WORDS = {
    **{word: str(number) for number, word in enumerate(_UNDER_TWENTY.split(), 2)},
    **{word: str(10 * number) for number, word in enumerate(_TENS.split(), 2)},
}
_SMALL_WORDS = """the and for that with was were are has had have its his her their from this which who said
says after before over under into out about more than would could will also some any been not but they them"""
_SMALL = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Landmarks:
    """What of a text keeps its order when it is retold, as numbers, each where it first stands."""

    names: Numbers  # names and numbers
    words: Numbers  # these and all other words


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two texts tell the same in the same order."""

    names: int  # names and numbers in the same order in both
    words: int  # words, these included
    of_names: tuple[int, int]  # how many the shorter and the longer list have
    of_words: tuple[int, int]

    @property
    def is_retold(self) -> bool:
        """Whether one of the two is the other told again."""
        if self.names < LEAST_NAMES or self.words < LEAST_WORDS:
            return False
        whole = self.names / self.of_names[1] + self.words / self.of_words[1]
        part = self.names / self.of_names[0] + self.words / self.of_words[0]
        return whole >= RETOLD or part >= RETOLD_SHORTENED


def landmarks_of(words: Sequence[str]) -> Landmarks:
    """The landmarks of a text, given as its words as written, in order."""
    small = frozenset(word for word in words if word.islower())
    names: dict[str, None] = {}
    told: dict[str, None] = {}
    for word in words:
        name = landmark_of(word, small)
        if name is not None:
            names[name] = told[name] = None
        elif len(plain := _plain(word)[0]) >= SHORTEST_WORD and plain not in _SMALL:
            told[plain[:PREFIX]] = None
    return Landmarks(_numbers(names), _numbers(told))


def landmark_of(word: str, small: frozenset[str]) -> str | None:
    """A name or number as it is compared; None for other words.

    ``small``: the text's words without capitals, which with one are no names: "Officials".
    """
    plain, is_number = _plain(word)
    if is_number:
        return plain
    if not word[0].isupper() or len(plain) < SHORTEST_NAME or plain in _SMALL or word.lower() in small:
        return None
    return f"@{plain[:PREFIX]}"


@lru_cache(maxsize=20_000)
def _plain(word: str) -> tuple[str, bool]:
    """The word in lower case without a possessive ending, or its figure, and whether it is a number."""
    plain = word.lower().replace("’", "'").removesuffix("'s")
    number = _NUMBER_WORDS.get(plain) or (plain if plain.isdecimal() else None)
    return (f"#{number}", True) if number else (plain, False)


def _numbers(found: dict[str, None]) -> Numbers:
    import numpy as np

    return numbers_of([*found]).view(np.int64)


def neighbours_in_order(landmarks: Numbers) -> Numbers:
    """Numbers of the pairs of names and numbers that follow each other, or one after the next: under which
    a text is found by those that tell the same in the same order.  Shape ``(pairs,)``."""
    import numpy as np

    values: Any = landmarks.view(np.uint64)
    factor = np.uint64(0xD6E8FEB86659FD93)  # odd, so that a pair and its reverse differ
    pairs = [values[:-step] * factor + values[step:] for step in (1, 2) if len(values) > step]
    found: Numbers = (np.unique(np.concatenate(pairs)) if pairs else values[:0]).view(np.int64)
    return found


def agreement(a: tuple[Sequence[int], Sequence[int]], b: tuple[Sequence[int], Sequence[int]]) -> Agreement:
    """How far two texts tell the same in the same order; each given as its names and its words
    (``Landmarks``)."""
    lengths = [tuple(sorted((len(mine) or 1, len(theirs) or 1))) for mine, theirs in zip(a, b, strict=True)]
    names = in_order(a[0], b[0])
    words = in_order(a[1], b[1]) if names >= LEAST_NAMES else 0
    return Agreement(names, words, (lengths[0][0], lengths[0][1]), (lengths[1][0], lengths[1][1]))


def in_order(a: Sequence[int], b: Sequence[int]) -> int:
    """Length of the longest common subsequence of two lists without repetitions (Hunt and Szymanski 1977,
    which for such lists is the longest increasing run of places)."""
    places = {number: place for place, number in enumerate(b)}
    return longest_increasing([places[number] for number in a if number in places])


def longest_increasing(places: Sequence[int]) -> int:
    """Length of the longest strictly increasing subsequence."""
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails)
