"""Of what kind a difference between two copies is, where it is one of substance and no rewording."""

from __future__ import annotations

import re
from typing import NamedTuple

from tidewaiter.linking.disputes.garbled import Side, is_less, is_other_teller, is_struck
from tidewaiter.linking.disputes.naming import (
    bare_name,
    folded,
    is_person,
    is_place,
    is_told,
    is_vessel,
    may_be_person,
)
from tidewaiter.linking.disputes.spellings import are_spellings
from tidewaiter.linking.texts.cues import Cues
from tidewaiter.linking.texts.figures import agree, figures
from tidewaiter.linking.texts.stems import SMALL, stem
from tidewaiter.linking.texts.texts_aligned import Replaced
from tidewaiter.linking.texts.values import do_differ, moments, names
from tidewaiter.model import Document, Span

NEAR = 60
"""Characters before and after a place in which the values around it are looked for."""

_YEAR = re.compile(r"(?<![\d.,$€£])(?:19|20)\d\d(?![\d%]|[.,]\d)")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


_WAY = re.compile(r"\b(?:to|from|by|for|against)\b", re.IGNORECASE)
"""Words between two names that say which of them gives, takes, or is struck."""


class Differing(NamedTuple):
    """Values of two texts in one place."""

    kind: str
    a: Span
    b: Span
    keys: tuple[str, str]


def differing(one: Replaced, a: Document, b: Document, cues: Cues) -> Differing | None:
    """What differs in one place; None for rewording, and where it is no sentence that differs."""
    if not (is_told(a.text, one.a, cues) and is_told(b.text, one.b, cues)):
        return None
    if one.is_swap:
        return _swapped(one, a, b, cues)
    return (
        _garbled(one, a, b, cues)
        or _dates(one, a, b)
        or _figures(one, a, b, cues)
        or _opposites(one, a, b, cues)
        or _names(one, a, b, cues)
    )


def _garbled(one: Replaced, a: Document, b: Document, cues: Cues) -> Differing | None:
    sides = Side(a.text, one.a), Side(b.text, one.b)
    if is_struck(sides, cues):
        kind = "direction"
    elif is_less(sides):
        kind = "number"
    elif is_other_teller(sides, cues):
        kind = "name"
    else:
        return None
    mine, other = (
        side.span if len(side.words) > 1 and kind == "direction" else _with_next(side.span, side.text)
        for side in sides
    )
    keys = (
        [side.words[0] for side in sides]
        if kind == "direction"
        else [folded(a.text[slice(*mine)]), folded(b.text[slice(*other)])]
    )
    return Differing(kind, mine, other, (keys[0], keys[1]))


def _swapped(one: Replaced, a: Document, b: Document, cues: Cues) -> Differing | None:
    """Two names in exchanged places, with something between them that has a direction; the order of a list
    has none."""
    words = a.text[slice(*one.a)], b.text[slice(*one.b)]
    if any(mark in text for mark in ".;\n" for text in words):
        return None
    if not all(_WAY.search(text) or cues.has("role", text) for text in words):
        return None
    named = [[text[slice(*span)] for span in names(text)] for text in words]
    if len(named[0]) < 2 or sorted(named[0]) != sorted(named[1]) or named[0] == named[1]:
        return None
    return Differing("direction", one.a, one.b, (words[0].casefold(), words[1].casefold()))


def _dates(one: Replaced, a: Document, b: Document) -> Differing | None:
    sides = []
    for span, document in ((one.a, a), (one.b, b)):
        begin = max(0, span.start - NEAR)
        held = [
            (moment, Span(begin + moment.span.start, begin + moment.span.end))
            for moment in moments(document.text[begin : span.end + NEAR])
        ]
        near = [
            (moment, place) for moment, place in held if place.start < span.end and span.start < place.end
        ]
        sides.append(near)
    if len(sides[0]) == 1 == len(sides[1]):
        (first, mine), (second, other) = sides[0][0], sides[1][0]
        if not do_differ(first, second, (a.published, b.published)):
            return None
        keys = (
            repr((first.year, first.month, first.day, first.weekday)),
            repr((second.year, second.month, second.day, second.weekday)),
        )
        return Differing("date", mine, other, keys)
    years = _YEAR.fullmatch(a.text[slice(*one.a)]), _YEAR.fullmatch(b.text[slice(*one.b)])
    if years[0] and years[1]:
        return Differing("date", one.a, one.b, (years[0].group(), years[1].group()))
    return None


def _figures(one: Replaced, a: Document, b: Document, cues: Cues) -> Differing | None:
    sides = []
    for span, document in ((one.a, a), (one.b, b)):
        begin = max(0, span.start - NEAR)
        near = []
        for figure in figures(document.text[begin : span.end + NEAR], cues):
            digits = Span(begin + figure.digits.start, begin + figure.digits.end)
            if digits.start < span.end and span.start < digits.end:
                near.append((figure, Span(begin + figure.span.start, begin + figure.span.end)))
        sides.append(near)
    if len(sides[0]) != 1 or len(sides[1]) != 1:
        return None
    (first, mine), (second, other) = sides[0][0], sides[1][0]
    if agree(first, second) or (first.unit and second.unit and first.unit != second.unit):
        return None
    return Differing("number", mine, other, (str(first.value), str(second.value)))


def _opposites(one: Replaced, a: Document, b: Document, cues: Cues) -> Differing | None:
    """Words that say the contrary: an outcome, who gives and who takes, "not"."""
    ours, theirs = a.text[slice(*one.a)], b.text[slice(*one.b)]
    keys = ours.casefold(), theirs.casefold()
    outcomes = [{cue.value for cue in cues.found("outcome", text)} for text in (ours, theirs)]
    if any((x, y) in cues.against for x in sorted(outcomes[0]) for y in sorted(outcomes[1])):
        return Differing("outcome", one.a, one.b, keys)
    roles = [{cue.value for cue in cues.found("role", text)} for text in (ours, theirs)]
    words = set(keys[0].split()), set(keys[1].split())
    if (roles[0] and roles[1] and not roles[0] & roles[1]) or (
        words[0] ^ words[1] == {"to", "from"} and len(words[0]) == len(words[1])
    ):
        return Differing("direction", one.a, one.b, keys)
    if len(words[0] ^ words[1]) == 1 and cues.has("negation", " ".join(words[0] ^ words[1])):
        mine, other = _with_next(one.a, a.text), _with_next(one.b, b.text)
        return Differing(
            "outcome", mine, other, (a.text[slice(*mine)].casefold(), b.text[slice(*other)].casefold())
        )
    return None


def _with_next(span: Span, text: str) -> Span:
    """A place with the word after it, and where it is empty with the one before it too: words that the other
    text has with others between them."""
    after = _WORD.search(text, span.end)
    end = span.end if after is None else after.end()
    before = (
        list(_WORD.finditer(text, max(0, span.start - NEAR), span.start)) if span.start == span.end else []
    )
    return Span(before[-1].start() if before else span.start, end)


def _names(one: Replaced, a: Document, b: Document, cues: Cues) -> Differing | None:
    ours, theirs = a.text[slice(*one.a)], b.text[slice(*one.b)]
    if not _is_name(ours, cues) or not _is_name(theirs, cues) or _is_short(ours, theirs):
        return None
    codes = [cues.states.get(text.casefold()) for text in (ours, theirs)]
    if codes[0] == codes[1] is not None or (codes[0] is None) != (codes[1] is None):
        return None  # two names of one state, or a state and who acts for it
    if folded(ours) == folded(theirs):
        return None
    mine, other = _whole(one.a, a, cues), _whole(one.b, b, cues)
    kind = _of_one_kind(mine, a.text, other, b.text, cues)
    if kind is None:
        return None
    return Differing(kind, mine, other, (folded(a.text[slice(*mine)]), folded(b.text[slice(*other)])))


def _of_one_kind(a: Span, text: str, b: Span, other: str, cues: Cues) -> str | None:
    """The kind of difference between two names of the same kind of thing: two places, persons, ships, states
    or goods; None where they are something else, as bodies and outlets are called in many ways."""
    named = folded(text[slice(*a)]), folded(other[slice(*b)])
    if is_place(a, text, cues) and is_place(b, other, cues):
        return "place"
    if all(name in cues.states for name in named) or all(stem(name) in cues.kinds for name in named):
        return "name"
    are_persons = all(may_be_person(name, cues) for name in named) and (
        is_person(a, text, cues) or is_person(b, other, cues)
    )
    if are_persons and all(" " in name for name in named) and are_spellings(*named):
        return None  # one discrepancy over all reports: ``spellings``
    return "name" if are_persons or (is_vessel(a, text) and is_vessel(b, other)) else None


def _is_name(text: str, cues: Cues) -> bool:
    words = [found.group() for found in _WORD.finditer(text)]
    return bool(words) and all(
        word[0].isupper() and word.casefold() not in SMALL and not cues.is_one("rank", word) for word in words
    )


def _is_short(a: str, b: str) -> bool:
    """Whether one is the other's abbreviation, or holds it."""
    first, second = sorted((a, b), key=len)
    if folded(first) in folded(second):
        return True
    initials = "".join(word[0] for word in re.findall(r"[^\W_]+", second))
    return re.sub(r"[\W_]", "", first).casefold() == initials.casefold()


def _whole(span: Span, document: Document, cues: Cues) -> Span:
    """The whole name that the words are a part of, without the offices before it."""
    begin = max(0, span.start - NEAR)
    for found in names(document.text[begin : span.end + NEAR]):
        bare = bare_name(document.text, Span(begin + found.start, begin + found.end), cues)
        whole = bare or Span(begin + found.start, begin + found.end)
        if whole.start <= span.start and span.end <= whole.end:
            return whole
    return span
