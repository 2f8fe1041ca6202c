"""The values of a text that reports can disagree on: days, figures, names; where they stand, and a key by
which two are the same however they are worded."""

from __future__ import annotations

import re
from calendar import day_abbr, day_name, month_abbr, month_name, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from tidewaiter import edtf
from tidewaiter.linking.cues import Cues
from tidewaiter.linking.stems import stem
from tidewaiter.model import Span

WEEKDAYS = {name.casefold(): number for number, name in enumerate(day_name)}
MONTHS = {name.casefold(): number for number, name in enumerate(month_name) if name}
MONTHS |= {name.casefold(): number for number, name in enumerate(month_abbr) if name} | {"sept": 9}

_WEEKDAY = "|".join(day_name)
_MONTH = "|".join(
    (
        *filter(None, month_name),
        *(rf"{name}\b\.?" for name in (*filter(None, month_abbr), "Sept") if name != "May"),
    )
)
_DAY = re.compile(
    rf"(?<![\d,.])(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{_MONTH})(?!\w)(?:,? (?P<y1>(?:19|20)\d\d)\b)?"
    rf"|\b(?P<m2>{_MONTH})(?!\w) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![\d,.]?\d)(?:,? (?P<y2>(?:19|20)\d\d)\b)?"
    r"|\b(?P<y3>(?:19|20)\d\d)-(?P<m3>\d\d)-(?P<d3>\d\d)\b"
    rf"|\b(?P<m4>{_MONTH})(?!\w)(?:,? (?:of )?(?P<y4>(?:19|20)\d\d)\b)?"
    rf"|\b(?P<w>{_WEEKDAY})\b"
    r"|(?<=\bthe )(?P<y5>(?:19|20)\d\d)(?= [^\W\d_])"
)
_MAY = re.compile(
    r"\b(?:in|since|last|by|during|of|until|till|from|through|early|late|mid|between|and|this|next|the) $",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, month or weekday as worded; what is not told is None."""

    span: Span
    year: int | None
    month: int | None
    day: int | None
    weekday: int | None  # 0 is Monday

    @property
    def is_day(self) -> bool:
        """Whether it names a day of the calendar."""
        return self.day is not None


def moments(text: str) -> tuple[Moment, ...]:
    """The days, months and weekdays of a text, in order."""
    found = []
    for match in _DAY.finditer(text):
        part = match.groupdict()
        month = next((part[key] for key in ("m1", "m2", "m3", "m4") if part[key]), None)
        day = next((int(part[key]) for key in ("d1", "d2", "d3") if part[key]), None)
        year = next((int(part[key]) for key in ("y1", "y2", "y3", "y4", "y5") if part[key]), None)
        number = (
            None if month is None else int(month) if month.isdigit() else MONTHS[month.casefold().rstrip(".")]
        )
        if (month == "May" and day is None and year is None and not _MAY.search(text[: match.start()])) or (
            number is not None and not 1 <= number <= 12
        ):
            continue
        if day is not None and not 1 <= day <= monthrange(year or 2000, number or 1)[1]:
            continue
        weekday = None if part["w"] is None else WEEKDAYS[part["w"].casefold()]
        found.append(Moment(Span(*match.span()), year, number, day, weekday))
    return tuple(found)


def day_of(moment: Moment, published: str | None) -> date | None:
    """The day that a moment means in a report of that day: of a weekday the last one up to it, of a day
    without a year the nearest; None where that cannot be told."""
    bounds = edtf.safe_bounds(published)
    reference = bounds.earliest if bounds.earliest == bounds.latest else None
    if moment.weekday is not None:
        return (
            None if reference is None else reference - timedelta((reference.weekday() - moment.weekday) % 7)
        )
    if moment.day is None or moment.month is None:
        return None
    if moment.year is not None:
        return date(moment.year, moment.month, moment.day)
    if reference is None:
        return None
    whole = edtf.nearest_year(f"XXXX-{moment.month:02d}-{moment.day:02d}", reference).rstrip("?")
    return edtf.safe_bounds(whole).earliest


def do_differ(a: Moment, b: Moment, published: tuple[str | None, str | None]) -> bool:
    """Whether two moments cannot be one: what both tell differs.  A weekday and a day of the calendar are
    compared where the weekday's day is known; a month holds its days."""
    if a.weekday is not None and b.weekday is not None:
        first, second = day_of(a, published[0]), day_of(b, published[1])
        return first != second if first and second else a.weekday != b.weekday
    if a.weekday is not None or b.weekday is not None:
        first, second = day_of(a, published[0]), day_of(b, published[1])
        return first is not None and second is not None and first != second
    return any(
        one is not None and other is not None and one != other
        for one, other in ((a.year, b.year), (a.month, b.month), (a.day, b.day))
    )


# ------------------------------------------------------------------------------------ figures

_UNIT = re.compile(r"[^\W\d_]+(?:['’-][^\W_]+)*|\d[\w.,-]*|[^\w\s]")
_STOPS = frozenset(
    "in on at to for from by with and or but that which who were was are is had have has".split()
)
UNIT_WORDS = 6
"""Words after a figure among which the counted noun stands: "14 further MiG-29 fighters"."""
_MEASURES = frozenset(
    "mm millimetre millimeter cm km kilometre kilometer mile calibre year day month week hour minute kilogram kilo kg metre meter pm".split()
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
    if match["sign"] or match["percent"]:
        return match["sign"] or "%", match.end(), frozenset()
    words: list[re.Match[str]] = []
    for found in _UNIT.finditer(text, match.end(), min(len(text), match.end() + 80)):
        word = found.group()
        if not word[0].isalnum() or "\n" in text[match.end() : found.start()]:
            break
        if word.casefold() in _STOPS:
            break
        if word.casefold() == "of":
            if words:
                break
            continue
        words.append(found)
        if len(words) == UNIT_WORDS:
            break
    for place, found in enumerate(words):
        is_goods = stem(found.group()) in cues.kinds and stem(found.group()) != found.group().casefold()
        if is_goods or (place == 0 and stem(found.group()) in MEASURES):
            rest = words[:place]
            return stem(found.group()), found.end(), frozenset(stem(one.group()) for one in rest)
    plural = next((one for one in words if one.group().endswith("s") and len(one.group()) > 3), None)
    if plural is not None:
        rest = [one for one in words if one.start() < plural.start()]
        return stem(plural.group()), plural.end(), frozenset(stem(one.group()) for one in rest)
    for found in words:
        if stem(found.group()) in cues.kinds:
            return stem(found.group()), found.end(), frozenset()
    return "", match.end(), frozenset()


def agree(a: Figure, b: Figure) -> bool:
    """Whether two figures may be one: equal, or a rough one within a quarter of the other."""
    if a.value == b.value:
        return True
    is_near = abs(a.value - b.value) <= ROUGHLY * max(a.value, b.value)
    return (a.is_rough or b.is_rough) and is_near


ROUGHLY = 0.25
"""How far a rough figure may lie from an exact one; "some 300" of 312, "dozens" are no figure at all."""

# ------------------------------------------------------------------------------------ names

_NAME = re.compile(
    r"[^\W\d_a-z][\w’'-]*(?:(?: (?:al|el|bin|ibn|de|da|del|dos|van|von|la|le|der|den|y|i))? ?(?<= )[^\W\d_a-z][\w’'-]*)*"
)


def names(text: str) -> tuple[Span, ...]:
    """Runs of words with capitals, without one word that only stands at the beginning of a sentence."""
    return tuple(
        Span(match.start(), match.end() - len("’s") * match.group().endswith(("’s", "'s")))
        for match in _NAME.finditer(text)
        if len(match.group()) > 1
    )
