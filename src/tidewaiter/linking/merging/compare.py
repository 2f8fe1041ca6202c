"""Whether two reported transfers are one: the weight of each piece of evidence, in one place.

The weights are judgements, set so that the same parties and goods within a month are one transfer,
and that a year between them is more than a match of words can bridge.  They were checked against 31
annotated reports; nothing in them is fitted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tidewaiter.linking.features import Candidate, Period, planned_only, unit_word
from tidewaiter.linking.merging.quotes import shared_quotes, tell_same_quotes
from tidewaiter.model import Quantity
from tidewaiter.wording import CATEGORY_WORDS, has_figure, name_of, spoken

JOIN = 0.6
"""Score from which two rows are one transfer."""

SAME_PARTIES = 0.45
OPEN_PARTY = 0.25
"""A party left open: only figures, quotes or copied text can make up for it."""
SAME_CATEGORY = 0.2
GENERIC_CATEGORY = 0.05
NEAR = 0.15
NEAR_DAYS = 31
"""Days within which two dates may belong to one shipment or one round of reports."""
FAR = -0.15
FAR_DAYS = 365
"""Days at which distance speaks against; beyond, the two are apart."""
SAME_FIGURE, OVERLAPPING_FIGURE, OTHER_FIGURE = 0.2, 0.05, -0.25
OTHER_FIGURE_RATIO = 3.0
"""Two figures for the same unit that differ more than this are not two estimates of one thing."""
SAME_DESIGNATION, OTHER_DESIGNATION, SAME_ITEM = 0.15, -0.25, 0.1
SHARED_QUOTE = 0.2
SAME_QUOTES = 0.15
"""The two reports tell the same quotes, though not as the ground of these very claims."""
SAME_EXCHANGE, OTHER_EXCHANGE = 0.1, -0.25
UNKNOWN_PERIOD = -0.06
"""So little that any agreement on the goods makes up for it, so much that parties and category alone
do not."""
COPIED = 0.25


_MORE = re.compile(r"(?:another|(?:an\s+|a\s+)?(?:additional|further))\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Weighed:
    """The evidence on one pair."""

    score: float  # 0..1
    why: str
    conflict: bool  # certainly not one, whatever else speaks for it
    copied: bool  # the documents are copies of each other


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece: its weight and what it says."""

    weight: float
    text: str
    conflict: bool = False


def weigh(a: Candidate, b: Candidate, is_copy: bool) -> Weighed | None:
    """The evidence on one pair of two documents; None when their parties do not fit at all.

    ``is_copy``: whether one document is a copy of the other.  What each gives a transfer in exchange
    for is weighed as well.
    """
    weighed = _weigh_alone(a, b, is_copy)
    if weighed is None:
        return None
    first, second = a.transfer.in_exchange_for, b.transfer.in_exchange_for
    if first is None or second is None:
        return weighed
    return with_exchange(weighed, _weigh_returned(a, b, is_copy))


def _weigh_returned(a: Candidate, b: Candidate, is_copy: bool) -> Weighed | None:
    returned = [one.returned() for one in (a, b)]
    if returned[0] is None or returned[1] is None:
        return None
    return _weigh_alone(returned[0], returned[1], is_copy)


def _weigh_alone(a: Candidate, b: Candidate, is_copy: bool) -> Weighed | None:
    parties = _parties(a, b)
    if parties is None:
        return None
    pieces = [parties, _category(a, b), _period(a, b), _quantity(a, b), _item(a, b), _quotes(a, b)]
    if is_copy:
        pieces.append(Evidence(COPIED, "the documents are copies"))
    elif tell_same_quotes(a.features, b.features):
        pieces.append(Evidence(SAME_QUOTES, "the documents tell the same quotes"))
    told = [piece for piece in pieces if piece is not None]
    score = min(1.0, max(0.0, sum(piece.weight for piece in told)))
    return Weighed(
        score=round(score, 3),
        why="; ".join(piece.text for piece in told),
        conflict=any(piece.conflict for piece in told),
        copied=is_copy,
    )


def _parties(a: Candidate, b: Candidate) -> Evidence | None:
    open_slots = 0
    for mine, theirs in zip(a.parties, b.parties, strict=True):
        if mine is not None and theirs is not None and mine != theirs:
            return None
        open_slots += mine is None or theirs is None
    parties = (x or y for x, y in zip(a.parties, b.parties, strict=True))
    supplier, recipient = (name_of(one) if one else "unknown" for one in parties)
    if open_slots == 0:
        return Evidence(SAME_PARTIES, f"same parties ({supplier} to {recipient})")
    weight = OPEN_PARTY if open_slots == 1 else 0.0
    return Evidence(weight, f"a party is left open ({supplier} to {recipient})")


def _category(a: Candidate, b: Candidate) -> Evidence:
    mine, theirs = a.transfer.category, b.transfer.category
    if mine == theirs:
        return Evidence(SAME_CATEGORY, f"same category ({CATEGORY_WORDS[mine]})")
    one, other = CATEGORY_WORDS[mine], CATEGORY_WORDS[theirs]
    if a.generic == b.generic:
        return Evidence(0.0, f"different goods ({one}, {other})", conflict=True)
    vague, exactly = (a, other) if a.generic else (b, one)
    if vague.has_specific:
        return Evidence(0.0, f"{exactly} and arms of no kind told are two in one report", conflict=True)
    return Evidence(GENERIC_CATEGORY, f"the arms whose kind one report does not tell may be {exactly}")


def _period(a: Candidate, b: Candidate) -> Evidence:
    mine, theirs = a.period, b.period
    gap = _gap_days(mine, theirs)
    if gap is None:
        return Evidence(UNKNOWN_PERIOD, "the period of one is not known")
    if _different_years(mine, theirs):
        return Evidence(-0.3, "in different years")
    if late := _told_before(a, b) or _told_before(b, a):
        return Evidence(-0.3, late)
    if gap <= NEAR_DAYS:
        return Evidence(NEAR, f"the same period ({_days(gap)} apart)")
    if gap > FAR_DAYS:
        return Evidence(-0.5, f"{_days(gap)} apart", conflict=True)
    share = (gap - NEAR_DAYS) / (FAR_DAYS - NEAR_DAYS)
    return Evidence(NEAR + share * (FAR - NEAR), f"{_days(gap)} apart")


def _days(gap: int) -> str:
    return "1 day" if gap == 1 else f"{gap} days"


def _gap_days(a: Period, b: Period) -> int | None:
    """Days between two periods; 0 where they overlap, None where one is unknown."""
    if not (a.known and b.known):
        return None
    gaps = [
        (later.earliest - earlier.latest).days
        for earlier, later in ((a, b), (b, a))
        if later.earliest is not None and earlier.latest is not None
    ]
    return max(0, *gaps) if gaps else None


def _different_years(a: Period, b: Period) -> bool:
    """Whether one is told by its year alone and the other falls in another year."""
    if not (a.own and b.own and (a.year_only or b.year_only)):
        return False
    return bool(a.earliest and b.earliest and a.earliest.year != b.earliest.year)


def _told_before(a: Candidate, b: Candidate) -> str | None:
    """What speaks against: ``a``'s report was out before ``b`` is said to have begun, and told more
    than an intention."""
    begins = b.period.earliest if b.period.own else None
    if begins is None or a.published is None or planned_only(a) or a.published >= begins:
        return None
    out, began = spoken(str(a.published)), spoken(str(begins))
    return f"one was reported on {out} as {a.transfer.stage}, before the other began ({began})"


def _quantity(a: Candidate, b: Candidate) -> Evidence | None:
    mine, theirs = a.transfer.quantity, b.transfer.quantity
    if mine is None or theirs is None or not (has_figure(mine) and has_figure(theirs)):
        return None
    units = unit_word(mine), unit_word(theirs)
    if None in units or units[0] != units[1]:
        return Evidence(OTHER_FIGURE / 2, f"counted in different units ({_figures(mine, theirs)})")
    if (mine.min, mine.max) == (theirs.min, theirs.max):
        return Evidence(SAME_FIGURE, f"same figure ({_figure(mine)})")
    if _is_more(mine) or _is_more(theirs):
        more = f"one is told as more beside the other ({_figures(mine, theirs)})"
        return Evidence(OTHER_FIGURE, more, conflict=True)
    if _ratio(mine, theirs) > OTHER_FIGURE_RATIO:
        return Evidence(OTHER_FIGURE, f"different figures ({_figures(mine, theirs)})")
    return Evidence(OVERLAPPING_FIGURE, f"figures that may be estimates of one ({_figures(mine, theirs)})")


def _figures(*quantities: Quantity) -> str:
    return "; ".join(map(_figure, quantities))


def _figure(quantity: Quantity) -> str:
    """A figure in the report's own words, with what is counted: "six systems", "another 80 vehicles"."""
    words, unit = " ".join(quantity.text.split()), quantity.unit
    begun = words if words[1:2].isupper() else f"{words[:1].lower()}{words[1:]}"
    return f"{begun} {unit}" if unit and unit.casefold() not in begun.casefold() else begun


def _is_more(quantity: Quantity) -> bool:
    """ "Another 80": beside what was told before."""
    return _MORE.match(quantity.text) is not None


def _ratio(a: Quantity, b: Quantity) -> float:
    """How many times one figure is the other."""
    first = a.min if a.min is not None else a.max
    second = b.min if b.min is not None else b.max
    low, high = sorted((first or 0, second or 0))
    return high / low if low else float("inf")


def _item(a: Candidate, b: Candidate) -> Evidence | None:
    if a.designations and b.designations:
        both = sorted(a.designations & b.designations)
        if both:
            return Evidence(SAME_DESIGNATION, f"same type ({', '.join(both)})")
        return Evidence(
            OTHER_DESIGNATION,
            f"different types ({', '.join(sorted(a.designations))}; {', '.join(sorted(b.designations))})",
        )
    if a.kinds and b.kinds and a.kinds.isdisjoint(b.kinds):
        return Evidence(
            OTHER_DESIGNATION, f"different kinds ({', '.join(sorted(a.kinds))}; {', '.join(sorted(b.kinds))})"
        )
    if a.generic and b.generic:
        return None  # "weapons" and "military equipment" are the words for any delivery
    both = sorted(a.item_words & b.item_words)
    return Evidence(SAME_ITEM, f"same words for the goods ({', '.join(both)})") if both else None


def _quotes(a: Candidate, b: Candidate) -> Evidence | None:
    if not a.runs.isdisjoint(b.runs) and shared_quotes(a.grounds, b.grounds):
        return Evidence(SHARED_QUOTE, "rest on the same words of one speaker")
    return None


def with_exchange(weighed: Weighed, returned: Weighed | None) -> Weighed:
    """The evidence on a pair whose two rows each have something given in return, ``returned`` being
    the evidence on those (None where not even their parties fit)."""
    same = returned is not None and returned.score >= JOIN and not returned.conflict
    piece = (
        Evidence(SAME_EXCHANGE, "in exchange for what may be one transfer")
        if same
        else Evidence(OTHER_EXCHANGE, "in exchange for different transfers")
    )
    score = round(min(1.0, max(0.0, weighed.score + piece.weight)), 3)
    return Weighed(score, f"{weighed.why}; {piece.text}", weighed.conflict, weighed.copied)
