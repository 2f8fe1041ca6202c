"""The amounts of a text that is not parsed, each with what it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tidewaiter.linking.texts.cues import Cues
from tidewaiter.linking.texts.stems import stem
from tidewaiter.linking.texts.values import moments
from tidewaiter.model import Span

_UNIT = re.compile(r"[^\W\d_]+(?:['’-][^\W_]+)*|\d[\w.,-]*|[^\w\s]")
_STOPS = frozenset(
    [
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "but",
        "that",
        "which",
        "who",
        "were",
        "was",
        "are",
        "is",
        "had",
        "have",
        "has",
    ]
)
UNIT_WORDS = 6
"""Words after a figure among which the counted noun stands: "14 further MiG-29 fighters"."""
REACH = 80
"""Characters behind a figure in which that noun stands."""
_MEASURES = frozenset(
    [
        "mm",
        "millimetre",
        "millimeter",
        "cm",
        "km",
        "kilometre",
        "kilometer",
        "mile",
        "calibre",
        "year",
        "day",
        "month",
        "week",
        "hour",
        "minute",
        "kilogram",
        "kilo",
        "kg",
        "metre",
        "meter",
        "pm",
    ]
)
MEASURES = frozenset(map(stem, _MEASURES))
_SYMBOLS = "$€£¥₹%"


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount with what it counts."""

    span: Span  # with the words up to the counted noun
    digits: Span
    value: int
    unit: str  # stem of the counted noun, or the currency sign; "" where none is found
    is_rough: bool  # "some 300", "more than 20", "20 to 30"
    modifiers: frozenset[str]  # stems of the words before the counted noun


def figures(text: str, cues: Cues) -> tuple[Figure, ...]:
    """The exact and rough amounts of a text; no years, days, ages, calibres or parts of names."""
    taken = [one.span for one in moments(text)]
    found = []
    for match in _pattern(cues).finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        figure = _figure(text, match, cues)
        if figure is not None:
            found.append(figure)
    return tuple(found)


@lru_cache(maxsize=4)
def _pattern(cues: Cues) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, cues.numbers), key=lambda one: (-len(one), one)))
    scales = "|".join(sorted(map(re.escape, cues.scales), key=lambda one: (-len(one), one)))
    return re.compile(
        rf"(?<![\w.,:/-])(?P<sign>[{_SYMBOLS}])?(?:(?P<digits>\d{{1,3}}(?:[,\u00a0\u202f]\d{{3}})+|\d+(?:\.\d+)?)"
        rf"|(?P<words>(?:{words})(?:[- ](?:{words}))*))"
        rf"(?![\w:/]|[.,]\d|-\d)(?:[- ](?P<scale>{scales})\b)?(?P<percent>%)?",
        re.IGNORECASE,
    )


def _figure(text: str, match: re.Match[str], cues: Cues) -> Figure | None:
    if match["digits"]:
        number = float(re.sub(r"[,\u00a0\u202f]", "", match["digits"]))
    else:
        number = float(
            sum(
                cues.numbers[one]
                for one in re.split(r"[- ]", match["words"].casefold())
                if one in cues.numbers
            )
        )
    if match["scale"]:
        number *= cues.scales[match["scale"].casefold()]
    if 1900 <= number <= 2100 and match["digits"] and len(match["digits"]) == 4:
        return None  # a year
    unit, end, modifiers = _unit(text, match, cues)
    before = re.findall(r"[\w$€£]+", text[max(0, match.start() - 16) : match.start()])
    after = text[match.end() : match.end() + 8].casefold()
    is_rough = any(cues.is_one("rough", word) for word in before[-1:]) or after.lstrip().startswith(
        ("or so", "to ", "-odd")
    )
    return Figure(
        Span(match.start(), max(end, match.end())),
        Span(*match.span()),
        round(number),
        unit,
        is_rough,
        modifiers,
    )


def _unit(text: str, match: re.Match[str], cues: Cues) -> tuple[str, int, frozenset[str]]:
    """The stem of what is counted, where its word ends, and the stems of the words before it."""
    if match["sign"] or match["percent"]:
        return match["sign"] or "%", match.end(), frozenset()
    words = _behind(text, match)
    place = _counted_at(words, cues)
    if place is None:
        return "", match.end(), frozenset()
    before = frozenset(stem(one.group()) for one in words[:place])
    return stem(words[place].group()), words[place].end(), before


def _behind(text: str, match: re.Match[str]) -> list[re.Match[str]]:
    """The words of the noun phrase behind a figure; "of" at its beginning is passed over."""
    words: list[re.Match[str]] = []
    for found in _UNIT.finditer(text, match.end(), min(len(text), match.end() + REACH)):
        word = found.group().casefold()
        if not word[0].isalnum() or word in _STOPS or "\n" in text[match.end() : found.start()]:
            break
        if word == "of":
            if words:
                break
            continue
        words.append(found)
        if len(words) == UNIT_WORDS:
            break
    return words


def _counted_at(words: Sequence[re.Match[str]], cues: Cues) -> int | None:
    """Which of the words is counted: the first plural of goods or a measure, else the first plural, else
    goods."""
    told = [(stem(one.group()), one.group().casefold()) for one in words]
    for place, (key, word) in enumerate(told):
        if (key in cues.kinds and key != word) or (place == 0 and key in MEASURES):
            return place
    plural = next(
        (place for place, (_, word) in enumerate(told) if word.endswith("s") and len(word) > 3), None
    )
    return (
        plural
        if plural is not None
        else next((n for n, (key, _) in enumerate(told) if key in cues.kinds), None)
    )


def agree(a: Figure, b: Figure) -> bool:
    """Whether two figures may be one: equal, or a rough one within a quarter of the other."""
    if a.value == b.value:
        return True
    is_near = abs(a.value - b.value) <= ROUGHLY * max(a.value, b.value)
    return (a.is_rough or b.is_rough) and is_near


ROUGHLY = 0.25
"""How far a rough figure may lie from an exact one; "some 300" of 312, "dozens" are no figure at all."""
