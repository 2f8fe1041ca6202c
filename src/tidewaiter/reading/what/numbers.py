"""Numbers in digits and words, as values: "1,000", "1.5 million", "two dozen", "tens of thousands"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import Span

_GROUPED = re.compile(r"\d{1,3}(?:([,.’'\u00a0\u202f ])\d{3})(?:\1\d{3})*")
_SEPARATED = (
    r"\d{1,3}(?:(?P<separator>[,.’'\u00a0\u202f])\d{3})(?:(?P=separator)\d{3})*(?!\d)"
    r"|\d{1,3}(?: \d{3})+(?![\d.,]*[ \u00a0]?[-‐‑]?[ \u00a0]?(?:mm|millimet))(?!\w)"  # not "300 155mm shells"
)
_PLAIN = r"\d+(?:[.,]\d+)?"
_GAP = re.compile(r"[ \u00a0]{0,2}|[ \u00a0]?[-‐‑–][ \u00a0]?")
_AND_GAP = re.compile(r"[ \u00a0-]and[ \u00a0-]", re.IGNORECASE)
_POINT_GAP = re.compile(r"[ \u00a0-]point[ \u00a0-]", re.IGNORECASE)
_OF_GAP = re.compile(r"[ \u00a0]of[ \u00a0]|[ \u00a0]and[ \u00a0]|[ \u00a0](?:up)?on[ \u00a0]", re.IGNORECASE)
_BY_THE = re.compile(r"\bby the[ \u00a0]$", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:(?:a )?few|several|many)[ \u00a0]$", re.IGNORECASE)
_COUPLE = re.compile(r"\b(?:a )?couple(?: of)?[ \u00a0]$", re.IGNORECASE)
_OF = re.compile(r"[ \u00a0]of[ \u00a0]", re.IGNORECASE)
_AND_A_HALF = re.compile(r"[ \u00a0-]and a half\b", re.IGNORECASE)

_BEFORE_REACH = 12  # characters of "a couple of "

MOST_DIGITS = 15
"""Longer runs of digits are identifiers, not amounts."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number at a place.  ``open`` when only its least size is told ("hundreds of")."""

    span: Span
    value: Fraction
    scale: int  # multiplier that ended it: 1,000,000 in "three million"; 1 without one
    open: bool
    digits: bool  # begins with digits

    @property
    def whole(self) -> int:
        """The value as a whole number; a remainder ("1.5") is cut off."""
        return int(self.value)


@dataclass(frozen=True, slots=True)
class _Atom:
    start: int
    end: int
    kind: str  # digits, article, half, or a kind of the table
    value: Fraction


@dataclass(frozen=True, slots=True)
class _Words:
    pattern: re.Pattern[str]
    known: dict[str, tuple[str, Fraction]]


@lru_cache(maxsize=4)
def _words(knowledge: Knowledge) -> _Words:
    known = {
        row["word"]: (row["kind"], Fraction(row["value"]))
        for row in knowledge.table("number_words")
        if row["value"]
    }
    known |= {"a": ("article", Fraction(1)), "an": ("article", Fraction(1)), "half": ("half", Fraction(1, 2))}
    letters = "|".join(re.escape(word) for word, (kind, _) in sorted(known.items()) if kind == "letter")
    words = "|".join(
        re.escape(word)
        for word in sorted(known, key=lambda word: (-len(word), word))
        if known[word][0] != "letter"
    )
    pattern = re.compile(
        rf"(?P<digits>(?<![\w.,])(?:{_SEPARATED})|(?<![\w,])(?<!\d\.){_PLAIN})"
        rf"|(?<=\d)[ \u00a0]?(?P<letter>{letters})(?![^\W_])"
        rf"|(?<![^\W\d_])(?P<word>{words})(?![^\W_])",
        re.IGNORECASE,
    )
    return _Words(pattern, known)


def numbers(text: str, knowledge: Knowledge) -> tuple[Number, ...]:
    """Every number of ``text``, in order.  Ordinals and years are numbers here too: what a number
    counts is for the caller to tell."""
    words = _words(knowledge)
    atoms = [
        atom for found in words.pattern.finditer(text) if (atom := _atom(found, words.known)) is not None
    ]
    found: list[Number] = []
    for number in _combined(text, atoms):
        if found and number.span.start < found[-1].span.end:  # "a couple" in "a couple of hundred"
            found.pop()
        found.append(number)
    return tuple(found)


def _atom(found: re.Match[str], known: dict[str, tuple[str, Fraction]]) -> _Atom | None:
    if (digits := found["digits"]) is not None:
        value = _digits(digits)
        return None if value is None else _Atom(found.start(), found.end(), "digits", value)
    group = "letter" if found["letter"] is not None else "word"
    kind, value = known[found[group].lower()]
    return _Atom(found.start(group), found.end(group), kind, value)


def _digits(digits: str) -> Fraction | None:
    """The value of digits with separators: three digits after a separator are thousands, whatever the
    separator ("50.000", "1 000"), unless the number begins with 0; else it is a decimal point."""
    if len(digits) > MOST_DIGITS:
        return None
    if _GROUPED.fullmatch(digits) and not digits.startswith("0"):
        return Fraction(re.sub(r"\D", "", digits))
    point = re.sub(r"\D", ".", digits)
    return Fraction(point) if digits.isascii() and point.count(".") <= 1 else None


def _combined(text: str, atoms: Sequence[_Atom]) -> Iterator[Number]:
    at = 0
    while at < len(atoms):
        after, number = _vague(text, atoms, at) if atoms[at].kind == "vague" else _exact(text, atoms, at)
        if number is not None:
            yield number
        at = max(after, at + 1)


def _vague(text: str, atoms: Sequence[_Atom], at: int) -> tuple[int, Number | None]:
    """ "hundreds", "tens of thousands", "thousands and thousands"."""
    first = atoms[at]
    value, scale, index = first.value, first.value, at + 1
    while index < len(atoms) and atoms[index].kind in ("vague", "multiplier"):
        gap = _OF_GAP.fullmatch(text, atoms[index - 1].end, atoms[index].start)
        if gap is None:
            break
        if gap[0].strip().lower() == "of":
            value *= atoms[index].value
        scale = atoms[index].value
        index += 1
    if first.value == 10 and index == at + 1:  # "tens" alone is no amount
        return index, None
    base = max(0, first.start - _BEFORE_REACH)
    many = _SEVERAL.search(text[base : first.start])
    start = base + many.start() if many else first.start
    return index, Number(Span(start, atoms[index - 1].end), value, int(scale), True, False)


class _Sum:
    """What the words of one number add up to."""

    def __init__(self) -> None:
        self.total = Fraction(0)
        self.current: Fraction | None = None
        self.last = ""
        self.scale = 1

    def take(self, atom: _Atom, joined_by_and: bool) -> bool:
        """Add the atom; False when it cannot go on with this number."""
        kind, value = atom.kind, atom.value
        if kind == "digits":
            return self._open(value, kind, self.current is None and not self.total)
        if kind in ("article", "half"):
            return self._open(value, kind, not self.last or (self.last == "half" and kind == "article"))
        if kind in ("unit", "tens"):
            return self._small(kind, value, joined_by_and)
        if joined_by_and:
            return False
        return self._multiply(kind, value)

    def _open(self, value: Fraction, kind: str, fits: bool) -> bool:
        if fits:
            self.current = value if self.last != "half" else self.current
            self.last = kind
        return fits

    def _small(self, kind: str, value: Fraction, joined_by_and: bool) -> bool:
        follows_tens = self.last == "tens" and kind == "unit" and 0 < value < 10 and not joined_by_and
        follows_multiplier = self.last == "multiplier"
        if self.last and not (follows_tens or follows_multiplier):
            return False
        self.current = (self.current or Fraction(0)) + value
        self.last = kind
        return True

    def _multiply(self, kind: str, value: Fraction) -> bool:
        if self.current is None or self.last == "collective":
            return False
        if kind == "letter" and self.last != "digits":
            return False
        if value >= 1000:
            self.total, self.current = self.total + self.current * value, None
        else:
            self.current *= value
        self.scale = int(value)
        self.last = kind if kind == "collective" else "multiplier"
        return True

    def take_decimal(self, atom: _Atom) -> bool:
        """Add the digit after a spoken point: "five point seven"."""
        if self.current is None or atom.kind != "unit" or atom.value > 9:
            return False
        self.current += atom.value / 10
        self.last = "digits"
        return True

    @property
    def value(self) -> Fraction:
        return self.total + (self.current or 0)


def _exact(text: str, atoms: Sequence[_Atom], at: int) -> tuple[int, Number | None]:
    """ "1.5 million", "two hundred and fifty", "half a dozen", "several hundred"."""
    first = atoms[at]
    start = first.start
    several = False
    adding = _Sum()
    if first.kind in ("multiplier", "collective"):
        base = max(0, start - _BEFORE_REACH)
        couple = _COUPLE.search(text[base:start])
        before = couple or _SEVERAL.search(text[base:start]) or _BY_THE.search(text[base:start])
        several = couple is None
        if before is not None:
            start = base + before.start()
        elif not _is_loose_plural(text, first):
            return at + 1, None
        adding.current = Fraction(1 if several else 2)
    index, end = at, first.end
    while index < len(atoms):
        atom = atoms[index]
        if index > at and _POINT_GAP.fullmatch(text, end, atom.start) and adding.take_decimal(atom):
            index, end = index + 1, atom.end
            continue
        and_between = index > at and _AND_GAP.fullmatch(text, end, atom.start) is not None
        near = index == at or and_between or _GAP.fullmatch(text, end, atom.start) is not None
        if not near or not adding.take(atom, and_between):
            break
        index, end = index + 1, atom.end
        end, index = _half_more(text, adding, atoms, index, end)
    if adding.last in ("article", "half", ""):
        return max(index, at + 1), None
    number = Number(Span(start, end), adding.value, adding.scale, several, first.kind == "digits")
    return index, number


def _is_loose_plural(text: str, atom: _Atom) -> bool:
    """ "thousand of shells", as translations by machine have it."""
    return atom.kind == "multiplier" and atom.value >= 100 and _OF.match(text, atom.end) is not None


def _half_more(text: str, adding: _Sum, atoms: Sequence[_Atom], index: int, end: int) -> tuple[int, int]:
    """ "two and a half million": the half is added to what is multiplied next, or to the last scale."""
    half = _AND_A_HALF.match(text, end)
    if half is None or adding.last not in ("unit", "digits", "multiplier"):
        return end, index
    if adding.current is not None and adding.last != "multiplier":
        adding.current += Fraction(1, 2)
    else:
        adding.total += Fraction(adding.scale, 2)
    while index < len(atoms) and atoms[index].start < half.end():
        index += 1
    return half.end(), index
