"""Words of a text with their places, and which of them stand between quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from tidewaiter.linking.texts.fingerprints import Words, numbers_of
from tidewaiter.model import Span

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_QUOTED = re.compile(
    r"“[^“”\n]{1,1500}”"
    r'|"[^"\n]{1,1500}"'
    r"|«[^«»\n]{1,1500}»"
    # single marks only where no letter stands outside them, so that an apostrophe opens nothing
    r"|(?<!\w)[‘'](?=\S)[^‘\n]{2,600}?(?<=\S)[’'](?!\w)"
)


class Word(NamedTuple):
    """A word in lower case, with straight apostrophes, and where it stands."""

    text: str
    span: Span


def words(text: str) -> tuple[Word, ...]:
    """The words and numbers of a text, in order."""
    return tuple(
        Word(found.group().lower().replace("’", "'"), Span(*found.span())) for found in _WORD.finditer(text)
    )


def written_words(text: str) -> tuple[Word, ...]:
    """The same as they are written, in capitals and small letters."""
    return tuple(Word(found.group(), Span(*found.span())) for found in _WORD.finditer(text))


def quoted_spans(text: str) -> tuple[Span, ...]:
    """What stands between quotation marks, marks included; quotes do not cross lines."""
    return tuple(Span(*found.span()) for found in _QUOTED.finditer(text))


@dataclass(frozen=True, slots=True)
class NumberedText:
    """A text as the numbers of its words, and which of them stand where.

    What a third person is quoted with is the same in every independent account; only the reporter's own
    words tell that one account was made from another.
    """

    words: Words
    written: tuple[str, ...]  # the words as written, with straight apostrophes
    quoted: tuple[tuple[int, int], ...]  # half-open ranges of words: what stands between quotation marks
    narrative: tuple[tuple[int, int], ...]  # the runs of words that the quotes leave


def numbered_text(text: str) -> NumberedText:
    """The words of a text, each as a number, with the quotes among them."""
    straight = text.replace("’", "'")
    written: list[str] = []
    quoted: list[tuple[int, int]] = []
    narrative: list[tuple[int, int]] = []
    at = 0
    for start, end in quoted_spans(text):  # no word crosses the mark that opens or closes a quotation
        narrative.append(_add_words(written, straight[at:start]))
        quoted.append(_add_words(written, straight[start:end]))
        at = end
    narrative.append(_add_words(written, straight[at:]))
    return NumberedText(
        numbers_of([word.lower() for word in written]),
        tuple(written),
        tuple(one for one in quoted if one[0] < one[1]),
        tuple(one for one in narrative if one[0] < one[1]),
    )


def _add_words(written: list[str], part: str) -> tuple[int, int]:
    """Put the words of a part of a text behind those before it; gives the range that they stand at."""
    first = len(written)
    written.extend(_WORD.findall(part))
    return first, len(written)


def longest_common_run(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    """The longest run of words that stands in both; the first in ``a`` where there are several."""
    best_end, best = 0, 0
    previous = [0] * (len(b) + 1)
    for i, word in enumerate(a):
        current = [0] * (len(b) + 1)
        for j, other in enumerate(b):
            if word == other:
                current[j + 1] = previous[j] + 1
                if current[j + 1] > best:
                    best, best_end = current[j + 1], i + 1
        previous = current
    return a[best_end - best : best_end]
