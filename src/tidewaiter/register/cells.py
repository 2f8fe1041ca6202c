"""The columns of SIPRI's trade register for one transfer, each with the words it rests on.

Conventions of the SIPRI Arms Transfers Database: brackets for an uncertain figure or year, ".." for
what is not available.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tidewaiter import edtf
from tidewaiter.designations import type_names
from tidewaiter.edtf import safe_bounds
from tidewaiter.model import (
    STAGE_ORDER,
    Cell,
    Citation,
    Copy,
    Position,
    PositionClaim,
    Quantity,
    ReportedTransfer,
    Route,
    Spans,
    Stage,
    Stance,
)
from tidewaiter.register.figures import (
    NOTHING,
    Figure,
    figures_of,
    is_delivered,
    is_ordered,
    number_cell,
    told_otherwise,
    with_figures_of_their_own,
)
from tidewaiter.register.sources import Member, Sources, distinct
from tidewaiter.wording import CATEGORY_WORDS, MEANS, UNKNOWN, figure_words, route_parts, spoken

SENT = (Stage.SHIPPED, Stage.DELIVERED)
"""Stages whose day says in which year goods were delivered; the day of use does not."""


def cells_of(
    sources: Sources,
    members: Sequence[Member],
    positions: Sequence[Position],
    stage: Stage,
    quantity: Quantity | None,
    when: str | None,
    copies: Sequence[Copy],
) -> dict[str, Cell]:
    """All columns of one row.  ``quantity`` and ``when``: the row's own, already chosen; ``copies``: at least
    those among its documents."""
    rows = [sources.transfer(member) for member in members]
    vouched = party_claims(rows[0], positions)
    figures = figures_of(sources, with_figures_of_their_own(sources, members, copies))
    return {
        "supplier": _party(sources, members, "supplier", rows[0].supplier),
        "recipient": _party(sources, members, "recipient", rows[0].recipient),
        "number_ordered": number_cell(sources, [one for one in figures if is_ordered(one)], vouched),
        "designation": _designation(sources, members),
        "description": _description(sources, members),
        "year_of_order": _years(sources, members, (Stage.AGREED,), False),
        "years_of_delivery": _years(sources, members, SENT, _moved(vouched)),
        "number_delivered": number_cell(sources, [one for one in figures if is_delivered(one)], vouched),
        "comments": _comments(sources, members, positions, figures),
        "stage": _stage(sources, members, stage),
        "category": _category(sources, members),
        "route": _route(sources, members),
        "quantity": _quantity(sources, figures, quantity),
        "when": _when(sources, members, when),
    }


def party_claims(row: ReportedTransfer, positions: Sequence[Position]) -> tuple[PositionClaim, ...]:
    """The assertions of the parties to the transfer themselves; none where a party denies it.  Only
    what a party itself says stands without brackets."""
    claims = [
        claim for one in positions if one.actor in (row.supplier, row.recipient) for claim in one.claims
    ]
    if any(claim.stance == Stance.DENIES for claim in claims):
        return ()
    return tuple(claim for claim in claims if claim.stance == Stance.ASSERTS)


def _moved(claims: Iterable[PositionClaim]) -> bool:
    """Whether one of the claims says that the goods went."""
    return any(claim.stage in (*SENT, Stage.USED) for claim in claims)


def _party(sources: Sources, members: Sequence[Member], field: str, code: str | None) -> Cell:
    return NOTHING if code is None else Cell(sources.label(code), sources.cite_field(members, field))


def _category(sources: Sources, members: Sequence[Member]) -> Cell:
    """The kind of goods, cited from the reports that tell it and not a vaguer one."""
    category = sources.transfer(members[0]).category
    holders = [member for member in members if sources.transfer(member).category == category]
    return Cell(CATEGORY_WORDS[category], sources.cite_field(holders, "category", "item", "trigger"))


def _quantity(sources: Sources, figures: Sequence[Figure], quantity: Quantity | None) -> Cell:
    """The row's figure, cited wherever a report gives the same."""
    if quantity is None:
        return NOTHING
    same = [one for one in figures if one.bounds == (quantity.min, quantity.max)]
    return Cell(figure_words(quantity), distinct(sources.cite(one.member[0], one.spans) for one in same))


def _when(sources: Sources, members: Sequence[Member], when: str | None) -> Cell:
    """The row's date, cited from the reports that give it."""
    if when is None:
        return NOTHING
    holders = [member for member in members if sources.transfer(member).when == when]
    return Cell(spoken(when), sources.cite_field(holders, "when"))


# --------------------------------------------------------------------------------------- goods


def _description(sources: Sources, members: Sequence[Member]) -> Cell:
    """The goods as most documents word them; where several tie, the fullest wording, and the one that does
    not begin with a capital, as a sentence does."""
    items = [(sources.transfer(member).item, member) for member in members]
    counts = Counter(item.casefold() for item, _ in items if item)
    if not counts:
        return NOTHING
    best = min(counts, key=lambda word: (-counts[word], -len(word), word))
    # Of spellings that differ by capitals the one with small letters: a sentence may begin with the goods.
    shown = max(item for item, _ in items if item and item.casefold() == best)
    holders = [member for item, member in items if item and item.casefold() == best]
    return Cell(_in_running_text(shown, sources, holders), sources.cite_field(holders, "item"))


def _in_running_text(item: str, sources: Sources, holders: Iterable[Member]) -> str:
    """Goods that a sentence begins with, as they stand within one, where a report has their first word with a
    small letter elsewhere: "Arms and ammunition" is "arms and ammunition", "Grad rockets" stays."""
    first = item.split(maxsplit=1)[0]
    small = first.lower()
    if first == small or first[1:] != small[1:]:
        return item
    word = re.compile(rf"\b{re.escape(small)}\b")
    is_common = any(word.search(sources.documents[document].text) for document, _ in holders)
    return f"{small}{item[len(first) :]}" if is_common else item


def _designation(sources: Sources, members: Sequence[Member]) -> Cell:
    names: dict[str, list[Member]] = {}
    for member in members:
        for name in type_names(sources.transfer(member).item):
            names.setdefault(name, []).append(member)
    if not names:
        return NOTHING
    holders = sorted({member for found in names.values() for member in found})
    return Cell(", ".join(sorted(names)), sources.cite_field(holders, "item"))


def _stage(sources: Sources, members: Sequence[Member], stage: Stage) -> Cell:
    holders = [member for member in members if sources.transfer(member).stage == stage]
    return Cell(stage.value, sources.cite_field(holders, "stage", "trigger"))


# --------------------------------------------------------------------------------------- years


def _years(sources: Sources, members: Sequence[Member], stages: Sequence[Stage], is_confirmed: bool) -> Cell:
    """First and last year of the days that the documents give for the stages."""
    found = [dated for member in members for dated in _days(sources, member, stages)]
    if not found:
        return NOTHING
    low, high = min(one.first for one in found), max(one.last for one in found)
    value = str(low) if low == high else f"{low}-{high}"
    cited = distinct(sources.cite(one.member[0], one.spans) for one in found)
    is_certain = is_confirmed and all(one.is_exact for one in found)
    return Cell(value if is_certain else f"({value})", cited)


class _Dated(NamedTuple):
    """Years that a document gives, and where."""

    first: int
    last: int
    is_exact: bool
    member: Member
    spans: Spans


def _days(sources: Sources, member: Member, stages: Sequence[Stage]) -> Iterator[_Dated]:
    """The dates of the single mentions of those stages, else the reported transfer's."""
    row = sources.transfer(member)
    mentions = [one for one in sources.mentions(member) if one.stage in stages and one.when is not None]
    for one in mentions or ((row,) if row.stage in stages else ()):
        first, last = safe_bounds(one.when)
        if first is not None and last is not None:
            is_exact = not (one.when or "").endswith(("?", "~", "%"))
            yield _Dated(first.year, last.year, is_exact, member, one.anchors.get("when", ()))


# --------------------------------------------------------------------------------------- route


def route_of(sources: Sources, members: Sequence[Member]) -> Route | None:
    """The routes of all documents put together; each document's places in its own order."""
    routes = [route for member in members if (route := sources.transfer(member).route) is not None]
    if not routes:
        return None
    return Route(
        declared=_places(route.declared for route in routes),
        via=_places(route.via for route in routes),
        true=_places(route.true for route in routes),
        mode=_first(route.mode for route in routes),
        vessel=_first(route.vessel for route in routes),
    )


def _places(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place for places in lists for place in places))


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)


def _route(sources: Sources, members: Sequence[Member]) -> Cell:
    route = route_of(sources, members)
    words = None if route is None else _route_words(sources, route, sources.transfer(members[0]).recipient)
    if not words:
        return NOTHING
    holders = [member for member in members if sources.transfer(member).route is not None]
    return Cell(words, sources.cite_field(holders, "route", "trigger"))


def _route_words(sources: Sources, route: Route, recipient: str | None) -> str:
    parts = route_parts(route, sources.label, recipient)
    return "; ".join(f"{'by' if label == MEANS else label.lower()} {words}" for label, words in parts)


# ------------------------------------------------------------------------------------- comments

_STANCE_WORDS = {
    Stance.ASSERTS: "Asserted by",
    Stance.DENIES: "Denied by",
    Stance.DOUBTS: "Doubted by",
    Stance.DECLINES: "No comment from",
}


def _comments(
    sources: Sources,
    members: Sequence[Member],
    positions: Sequence[Position],
    figures: Sequence[Figure],
) -> Cell:
    """Who asserts, denies, doubts or declines; figures that no column holds; what became of goods that
    did not arrive; which way they are said to have gone."""
    parts = (
        *_stances(positions),
        _other_figures(sources, figures),
        *_outcomes(sources, members),
        _route_comment(_route(sources, members)),
    )
    told = [part for part in parts if part is not None]
    sentences = dict.fromkeys(sentence for sentence, _ in told)
    return Cell(" ".join(sentences) or UNKNOWN, distinct(one for _, cited in told for one in cited))


Comment = tuple[str, tuple[Citation | None, ...]]


def _stances(positions: Sequence[Position]) -> Iterator[Comment]:
    for stance, words in _STANCE_WORDS.items():
        holders = [one for one in positions if any(claim.stance == stance for claim in one.claims)]
        if holders:
            cited = (
                next(claim.citation for claim in one.claims if claim.stance == stance) for one in holders
            )
            yield f"{words} {', '.join(one.label for one in holders)}.", tuple(cited)


def _other_figures(sources: Sources, figures: Sequence[Figure]) -> Comment | None:
    words, kept = told_otherwise(figures)
    if not words:
        return None
    return f"Figures told: {'; '.join(words)}.", tuple(sources.cite(one.member[0], one.spans) for one in kept)


def _outcomes(sources: Sources, members: Sequence[Member]) -> Iterator[Comment]:
    for member in members:
        row = sources.transfer(member)
        if row.outcome is not None:
            cited = sources.cite(member[0], row.anchors.get("outcome", ()))
            yield f"Reported {row.outcome}.", (cited,)


def _route_comment(route: Cell) -> Comment | None:
    if route.value == UNKNOWN:
        return None
    return f"{route.value[0].upper()}{route.value[1:]}.", route.citations


def earliest_when(rows: Iterable[ReportedTransfer], stage: Stage) -> str | None:
    """When it took place: the first date told for the row's stage, else for an earlier one."""
    dated = [row for row in rows if row.when is not None and edtf.sort_key(edtf.safe(row.when))[0] < 2]
    best = min(
        dated,
        key=lambda row: (row.stage != stage, -STAGE_ORDER[row.stage], edtf.sort_key(row.when), row.id),
        default=None,
    )
    return best.when if best is not None else None
