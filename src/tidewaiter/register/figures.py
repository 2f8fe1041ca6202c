"""The figures that reports give for a transfer: which of them are numbers ordered, which delivered, and
which are neither (seized on the way, fired, said to be under way)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tidewaiter.model import Cell, Copy, Outcome, PositionClaim, Quantity, Spans, Stage
from tidewaiter.register.sources import Member, Sources, distinct
from tidewaiter.wording import UNKNOWN, figure_words, is_count

NOTHING = Cell(UNKNOWN)
INTENDED = (Stage.SOUGHT, Stage.PLANNED, Stage.AGREED)


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount that one document gives, with what is told of it."""

    quantity: Quantity
    member: Member
    stage: Stage
    outcome: Outcome | None
    spans: Spans

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        """What makes two figures the same, however they are worded."""
        return self.quantity.min, self.quantity.max


def figures_of(sources: Sources, members: Iterable[Member]) -> tuple[Figure, ...]:
    """The figures of the single mentions where these are known, else of the reported transfer."""
    return tuple(figure for member in members for figure in _of_member(sources, member))


def _of_member(sources: Sources, member: Member) -> Iterator[Figure]:
    row = sources.transfer(member)
    mentions = [one for one in sources.mentions(member) if one.quantity is not None]
    for one in mentions or (row,):
        if one.quantity is not None:
            spans = one.anchors.get("quantity", ())
            yield Figure(one.quantity, member, one.stage, one.outcome, spans)


def with_figures_of_their_own(
    sources: Sources, members: Sequence[Member], copies: Iterable[Copy]
) -> tuple[Member, ...]:
    """Those whose figures count: a copy of a report that gives one adds nothing, and where it has another,
    that is a slip of the copyist."""
    giving = {member[0] for member in members if sources.transfer(member).quantity is not None}
    copied = set()
    for copy in copies:
        if copy.direction is not None:
            original, made = (copy.a, copy.b) if copy.direction == "a->b" else (copy.b, copy.a)
            if original in giving:
                copied.add(made)
    return tuple(member for member in members if member[0] not in copied)


def is_ordered(figure: Figure) -> bool:
    """Whether the figure is of goods wanted, promised or ordered."""
    return figure.stage in INTENDED and is_count(figure.quantity)


def is_delivered(figure: Figure) -> bool:
    """Whether the figure is of goods said to have been handed over.  What was fired is a part of that,
    what was seized is none of it."""
    return figure.stage is Stage.DELIVERED and figure.outcome is None and is_count(figure.quantity)


def commonest(found: Sequence[Figure]) -> Figure | None:
    """The figure that most documents give; where several tie, the highest, as the latest to be told."""
    holders: dict[tuple[int | None, int | None], set[str]] = {}
    for one in found:
        holders.setdefault(one.bounds, set()).add(one.member[0])

    def order(one: Figure) -> tuple[int, int, bool, Member, str]:
        low, high = one.bounds
        rough = one.quantity.rough
        return -len(holders[one.bounds]), -(low or high or 0), rough, one.member, one.quantity.text

    return min(found, key=order, default=None)


def number_cell(sources: Sources, found: Sequence[Figure], vouched: Sequence[PositionClaim]) -> Cell:
    """The commonest of the figures, in brackets unless one of the claims ``vouched`` gives it exactly, which
    "about 40" does not."""
    best = commonest(found)
    if best is None:
        return NOTHING
    low, high = best.bounds
    is_certain = low == high and any(
        claim.quantity is not None
        and (claim.quantity.min, claim.quantity.max) == best.bounds
        and not claim.quantity.rough
        for claim in vouched
    )
    value = figure_words(best.quantity)
    cited = distinct(sources.cite(one.member[0], one.spans) for one in found if one.bounds == best.bounds)
    return Cell(value if is_certain else f"({value})", cited)


def told_otherwise(figures: Iterable[Figure]) -> tuple[list[str], list[Figure]]:
    """The figures that are no number ordered or delivered, each with how far those goods are said to
    have gone, and where they stand: "“at least one” missile (used)", "90 USD"."""
    words: dict[str, str] = {}
    kept: list[Figure] = []
    for one in figures:
        if not (is_ordered(one) or is_delivered(one)):
            told = f"{figure_words(one.quantity)}{_reach(one)}"
            words.setdefault(told.casefold(), told)
            kept.append(one)
    return list(words.values()), kept


def _reach(figure: Figure) -> str:
    told = [figure.stage.value] if figure.stage is not Stage.UNCLEAR else []
    told += [figure.outcome.value] if figure.outcome is not None else []
    return f" ({', '.join(told)})" if told else ""
