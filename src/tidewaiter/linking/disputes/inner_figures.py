"""Figures inside one document: parts that do not make the whole, a headline that differs from the text, and
"all 12" of what was 20."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from tidewaiter.linking.disputes.disputing import Dispute, Place
from tidewaiter.linking.texts.clauses import Told
from tidewaiter.linking.texts.cues import Cues
from tidewaiter.linking.texts.figures import MEASURES, Figure, agree, figures
from tidewaiter.model import Span

_OTHER_PART = re.compile(r"\b(?:the )?(?:other|rest|remaining)\s+$|\b(?:the )?(?:other|remaining) $", re.I)
_DEFINITE = re.compile(r"\b(?:all|the|these|those|all of the|all the) $", re.I)
_OF_MANY = re.compile(r"\bof (?:the|all|all the|these|those) $", re.I)
_WHOLE = re.compile(r"\b(?:in all|altogether|total|in sum)\b", re.I)

NEAR_SUM = 0.34
"""How far a sum of parts may lie from the whole and still be meant for it."""
JUST_BEFORE = 20
"""Characters before a figure in which "another" or "first" belongs to it."""
LEAST_SLIP = 100
"""Below this, figures of the same digits are too common (12 and 21)."""
MONEY = ("$", "€", "£", "¥", "₹", "%")


def counted(told: Told, cues: Cues) -> tuple[Figure, ...]:
    """The figures that count goods or people, no measures and no money."""
    return tuple(
        one for one in figures(told.document.text, cues) if one.unit not in MEASURES and one.unit not in MONEY
    )


def sums(told: Told, found: Sequence[Figure]) -> Iterator[Dispute]:
    """A whole, and two parts of it ("310 lay on the first and the other 150 on the second") that do not make
    it."""
    text = told.document.text
    for place, last in enumerate(found):
        if last.is_rough or not _OTHER_PART.search(text[max(0, last.digits.start - 20) : last.digits.start]):
            continue
        first = next((one for one in reversed(found[:place]) if _is_part(told, one, last)), None)
        if first is None or first.is_rough:
            continue
        wholes = [
            one
            for one in found
            if one.unit == first.unit and one is not first and one is not last and not one.is_rough
        ]
        total = first.value + last.value
        if any(one.value == total for one in wholes):
            continue
        near = [
            one for one in wholes if one.value != total and abs(one.value - total) <= NEAR_SUM * one.value
        ]
        if near and len({one.value for one in near}) == 1 and near[0].digits.start < first.digits.start:
            yield _dispute(
                told,
                (near[0], first, last),
                f"{first.value:,} and {last.value:,} make {total:,}, not {near[0].value:,}; nothing tells "
                "whether the whole or a part is wrong",
            )


def _is_part(told: Told, one: Figure, last: Figure) -> bool:
    clause, other = told.clause_at(one.digits.start), told.clause_at(last.digits.start)
    return (
        clause is not None
        and other is not None
        and other.number - clause.number in (0, 1)
        and one.unit != ""
        and last.unit in ("", one.unit)
    )


def headline_figures(told: Told, found: Sequence[Figure], cues: Cues) -> Iterator[Dispute]:
    """A figure in the headline that the text, which counts the same goods once, gives otherwise."""
    if told.headline is None or cues.has("revised", told.document.text):
        return
    heads = [one for one in found if one.digits.end <= told.headline.end and one.unit and not one.is_rough]
    for head in heads:
        alike = [
            one for one in found if one.digits.start >= told.headline.end and _same_kind(one, head, cues)
        ]
        exact = [one for one in alike if not one.is_rough]
        if not exact or len(exact) != len(alike) or any(agree(one, head) for one in found if one is not head):
            continue
        if len({one.value for one in exact}) > 1 or _adds_up(found, head):
            continue
        yield _dispute(
            told,
            (head, exact[0]),
            f"the headline has {head.value:,} and the text {exact[0].value:,}, which it gives "
            f"{_times(len(exact))}; nothing settles which",
        )


def _same_kind(one: Figure, other: Figure, cues: Cues) -> bool:
    """Whether two figures count the same: one noun, or a noun for a kind of goods and one for another
    word of that kind ("fighters", "aircraft")."""
    if one.unit == other.unit:
        return True
    kinds = cues.kinds.get(one.unit), cues.kinds.get(other.unit)
    return kinds[0] is not None and kinds[0] == kinds[1]


def _adds_up(found: Sequence[Figure], head: Figure) -> bool:
    """Whether any two or three figures of the text make the headline's."""
    values = [one.value for one in found if one is not head]
    return any(sum(some) == head.value for size in (2, 3) for some in combinations(values[:20], size))


def pointed_back(told: Told, found: Sequence[Figure], cues: Cues) -> Iterator[Dispute]:
    """ "All 12 missiles" where the report counted 20 missiles, and nothing else of the kind."""
    if cues.has("revised", told.document.text):
        return
    text = told.document.text
    for place, back in enumerate(found):
        if (
            back.is_rough
            or not back.unit
            or not _DEFINITE.search(text[max(0, back.digits.start - 12) : back.digits.start])
        ):
            continue
        alike = [one for one in found if one.unit == back.unit and one is not back]
        if _OF_MANY.search(text[max(0, back.digits.start - 16) : back.digits.start]):
            continue
        before = [one for one in found[:place] if one.unit == back.unit]
        if not before or any(one.is_rough or one.value == back.value for one in alike):
            continue
        if len({one.value for one in alike}) > 1 or _adds_up(found, back):
            continue
        around = text[max(0, back.digits.start - 40) : back.span.end + 30]
        if any(cues.has("other", words) for words in (around, _clause_text(told, before[0]))):
            continue
        if not back.modifiers <= before[0].modifiers or _WHOLE.search(around):
            continue
        yield _dispute(
            told,
            (before[0], back),
            f"the report counts {before[0].value:,} and later points back at {back.value:,}; "
            "nothing in it settles which",
        )


def slipped(told: Told, found: Sequence[Figure], cues: Cues) -> Iterator[Dispute]:
    """One figure with a digit slipped: "15,000 rounds" and "1,500 rounds", "246" and "264"."""
    if cues.has("revised", told.document.text):
        return
    for first, second in combinations(found, 2):
        if first.unit != second.unit or not first.unit or first.is_rough or second.is_rough:
            continue
        if not _is_slip(first.value, second.value) or {
            one.value for one in found if one.unit == first.unit
        } != {
            first.value,
            second.value,
        }:
            continue
        if any(
            cues.has("other", told.document.text[max(0, one.digits.start - JUST_BEFORE) : one.span.end])
            for one in (first, second)
        ):
            continue
        yield _dispute(
            told,
            (first, second),
            f"{first.value:,} and {second.value:,} differ by a slip of a digit; nothing settles which",
        )


def _is_slip(a: int, b: int) -> bool:
    """Whether two figures are the same digits but for zeros at the end, or two neighbours that changed
    places."""
    first, second = str(a), str(b)
    if a == b or min(a, b) < LEAST_SLIP:
        return False
    if len(first) != len(second):
        return first.rstrip("0") == second.rstrip("0") and len(first.rstrip("0")) > 1
    apart = [place for place, (x, y) in enumerate(zip(first, second, strict=True)) if x != y]
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and first[apart[0]] == second[apart[1]]
        and first[apart[1]] == second[apart[0]]
    )


def _clause_text(told: Told, one: Figure) -> str:
    clause = told.clause_at(one.digits.start)
    return "" if clause is None else clause.text


def _dispute(told: Told, found: Sequence[Figure], why: str) -> Dispute:
    first = found[0]
    unit = " ".join(told.document.text[first.digits.end : first.span.end].split())
    return Dispute(
        kind="number",
        where="inner",
        about=f"how many: {unit}" if unit else "how many",
        values={str(number): (Place(told.document.id, Span(*one.span)),) for number, one in enumerate(found)},
        likelier=None,
        why=why,
    )


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
