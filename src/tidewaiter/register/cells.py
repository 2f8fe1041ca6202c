"""The columns of SIPRI's trade register for one transfer, each with the words it rests on.

Conventions of the SIPRI Arms Transfers Database: brackets for an uncertain figure or year, ".." for
what is not available.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from tidewaiter import edtf
from tidewaiter.designations import type_names
from tidewaiter.model import (
    STAGE_ORDER,
    Cell,
    Citation,
    Position,
    PositionClaim,
    Quantity,
    ReportedTransfer,
    Route,
    Stage,
    Stance,
)
from tidewaiter.register.sources import Member, Sources, distinct
from tidewaiter.register.years import safe_bounds

UNKNOWN = Cell("..")
RECEIVED = (Stage.DELIVERED, Stage.USED)
INTENDED = (Stage.SOUGHT, Stage.PLANNED, Stage.AGREED)

Figure = tuple[Quantity, Member]


def cells_of(
    sources: Sources, members: Sequence[Member], positions: Sequence[Position], stage: Stage
) -> dict[str, Cell]:
    """All columns of one row."""
    rows = [sources.transfer(member) for member in members]
    vouched = party_claims(rows[0], positions)
    return {
        "supplier": _party(sources, members, "supplier", rows[0].supplier),
        "recipient": _party(sources, members, "recipient", rows[0].recipient),
        "number_ordered": _number(sources, figures(sources, members, _is_order), vouched)
        or _number(sources, figures(sources, members, _is_any), ())
        or UNKNOWN,
        "designation": _designation(sources, members),
        "description": _description(sources, members),
        "year_of_order": _years(sources, members, INTENDED, False),
        "years_of_delivery": _years(sources, members, (Stage.SHIPPED, *RECEIVED), _moved(vouched)),
        "number_delivered": _number(sources, figures(sources, members, _is_delivery), vouched) or UNKNOWN,
        "comments": _comments(sources, members, positions),
        "stage": _stage(sources, members, stage),
        "category": _category(sources, members),
        "route": _route(sources, members),
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
    return any(claim.stage in (Stage.SHIPPED, *RECEIVED) for claim in claims)


def _party(sources: Sources, members: Sequence[Member], field: str, code: str | None) -> Cell:
    return UNKNOWN if code is None else Cell(sources.label(code), sources.cite_field(members, field))


def _category(sources: Sources, members: Sequence[Member]) -> Cell:
    """The kind of goods, cited from the reports that tell it and not a vaguer one."""
    category = sources.transfer(members[0]).category
    holders = [member for member in members if sources.transfer(member).category == category]
    return Cell(category.value.replace("_", " "), sources.cite_field(holders, "category", "item", "trigger"))


# ------------------------------------------------------------------------------------- figures


def _is_order(stage: Stage) -> bool:
    return stage in INTENDED


def _is_delivery(stage: Stage) -> bool:
    return stage in RECEIVED


def _is_any(_: Stage) -> bool:
    return True


def figures(sources: Sources, members: Iterable[Member], wanted: Callable[[Stage], bool]) -> list[Figure]:
    """The figures that the documents give for the stages wanted: of the single mentions where these
    are known, else of the reported transfer."""
    found: list[Figure] = []
    for member in members:
        row = sources.transfer(member)
        mentions = [one for one in sources.readings[member[0]].mentions if one.id in row.mentions]
        told = [(one.quantity, one.stage) for one in mentions if has_figure(one.quantity)]
        for quantity, stage in told or [(row.quantity, row.stage)]:
            if quantity is not None and is_count(quantity) and wanted(stage):
                found.append((quantity, member))
    return found


def has_figure(quantity: Quantity | None) -> bool:
    """Whether the quantity has a number."""
    return quantity is not None and (quantity.min is not None or quantity.max is not None)


def is_count(quantity: Quantity) -> bool:
    """Whether goods are counted, and not money."""
    return has_figure(quantity) and not is_money(quantity)


def is_money(quantity: Quantity) -> bool:
    """Whether the unit is a currency (ISO 4217: three capitals)."""
    unit = quantity.unit or ""
    return len(unit) == 3 and unit.isalpha() and unit.isupper()


def commonest(found: Sequence[Figure]) -> Figure | None:
    """The figure that most documents give; where several tie, the highest, as the latest to be told."""
    if not found:
        return None
    holders: dict[tuple[int | None, int | None], set[str]] = {}
    for quantity, member in found:
        holders.setdefault((quantity.min, quantity.max), set()).add(member[0])
    return min(
        found,
        key=lambda one: (
            -len(holders[one[0].min, one[0].max]),
            -(one[0].min or one[0].max or 0),
            one[1],
            one[0].text,
        ),
    )


def _number(sources: Sources, found: Sequence[Figure], vouched: Sequence[PositionClaim]) -> Cell | None:
    best = commonest(found)
    if best is None:
        return None
    quantity = best[0]
    same = [member for other, member in found if (other.min, other.max) == (quantity.min, quantity.max)]
    is_certain = quantity.min == quantity.max and any(
        claim.quantity is not None
        and (claim.quantity.min, claim.quantity.max) == (quantity.min, quantity.max)
        for claim in vouched
    )
    value = figure_text(quantity)
    return Cell(value if is_certain else f"({value})", _quantity_citations(sources, same, quantity))


def _quantity_citations(
    sources: Sources, members: Iterable[Member], quantity: Quantity
) -> tuple[Citation, ...]:
    """The words of the figure: a mention's that gives it, else the reported transfer's."""
    found: list[Citation | None] = []
    for member in members:
        row = sources.transfer(member)
        spans = [
            mention.anchors.get("quantity", ())
            for mention in sources.readings[member[0]].mentions
            if mention.id in row.mentions
            and mention.quantity is not None
            and (mention.quantity.min, mention.quantity.max) == (quantity.min, quantity.max)
        ]
        found.append(sources.cite(member[0], next(filter(None, spans), row.anchors.get("quantity", ()))))
    return distinct(found)


def figure_text(quantity: Quantity) -> str:
    """A figure as shown: "400", "1000+", "up to 50", "100-200", with what is counted."""
    low, high = quantity.min, quantity.max
    if low is None:
        number = f"up to {high}"
    elif high is None:
        number = f"{low}+"
    else:
        number = str(low) if low == high else f"{low}-{high}"
    return f"{number} {quantity.unit}" if quantity.unit else number


# --------------------------------------------------------------------------------------- goods


def _description(sources: Sources, members: Sequence[Member]) -> Cell:
    """The goods as most documents word them; where several tie, the fullest wording."""
    items = [(sources.transfer(member).item, member) for member in members]
    counts = Counter(item.casefold() for item, _ in items if item)
    if not counts:
        return UNKNOWN
    best = min(counts, key=lambda word: (-counts[word], -len(word), word))
    shown = min(item for item, _ in items if item and item.casefold() == best)
    holders = [member for item, member in items if item and item.casefold() == best]
    return Cell(shown, sources.cite_field(holders, "item"))


def _designation(sources: Sources, members: Sequence[Member]) -> Cell:
    names: dict[str, list[Member]] = {}
    for member in members:
        for name in type_names(sources.transfer(member).item):
            names.setdefault(name, []).append(member)
    if not names:
        return UNKNOWN
    holders = sorted({member for found in names.values() for member in found})
    return Cell(", ".join(sorted(names)), sources.cite_field(holders, "item"))


def _stage(sources: Sources, members: Sequence[Member], stage: Stage) -> Cell:
    holders = [member for member in members if sources.transfer(member).stage == stage]
    return Cell(stage.value, sources.cite_field(holders, "stage", "trigger"))


# --------------------------------------------------------------------------------------- years


def _years(sources: Sources, members: Sequence[Member], stages: Sequence[Stage], is_confirmed: bool) -> Cell:
    """First and last year of the dates that the documents give for the stages."""
    found: list[tuple[int, int, Member]] = []
    is_exact = True
    for member in members:
        row = sources.transfer(member)
        first, last = safe_bounds(row.when)
        if row.stage in stages and first is not None and last is not None:
            found.append((first.year, last.year, member))
            is_exact = is_exact and row.when is not None and row.when[-1] not in "?~%"
    if not found:
        return UNKNOWN
    low, high = min(first for first, _, _ in found), max(last for _, last, _ in found)
    value = str(low) if low == high else f"{low}-{high}"
    cited = sources.cite_field([member for _, _, member in found], "when")
    return Cell(value if is_exact and is_confirmed else f"({value})", cited)


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
    if route is None:
        return UNKNOWN
    parts = [
        f"{word} {', '.join(_place(sources, place) for place in places)}"
        for word, places in (
            ("declared destination", route.declared),
            ("by way of", route.via),
            ("true destination", route.true),
        )
        if places
    ]
    parts += [f"by {route.mode}"] if route.mode else []
    parts += [f"vessel {route.vessel}"] if route.vessel else []
    holders = [member for member in members if sources.transfer(member).route is not None]
    return Cell("; ".join(parts) or "..", sources.cite_field(holders, "route", "trigger"))


def _place(sources: Sources, place: str) -> str:
    return sources.label(place) if place.isupper() else place.title()


# ------------------------------------------------------------------------------------- comments

_STANCE_WORDS = {
    Stance.ASSERTS: "Asserted by",
    Stance.DENIES: "Denied by",
    Stance.DOUBTS: "Doubted by",
    Stance.DECLINES: "No comment from",
}


def _comments(sources: Sources, members: Sequence[Member], positions: Sequence[Position]) -> Cell:
    """Who asserts, denies, doubts or declines, and what became of goods that did not arrive."""
    sentences: list[str] = []
    citations: list[Citation | None] = []
    for stance, words in _STANCE_WORDS.items():
        holders = [one for one in positions if any(claim.stance == stance for claim in one.claims)]
        if holders:
            sentences.append(f"{words} {', '.join(one.label for one in holders)}.")
            citations += [
                next(claim.citation for claim in one.claims if claim.stance == stance) for one in holders
            ]
    for member in members:
        row = sources.transfer(member)
        if row.outcome is not None:
            sentences.append(f"Reported {row.outcome}.")
            citations.append(sources.cite(member[0], row.anchors.get("outcome", ())))
        if row.quantity is not None and is_money(row.quantity) and has_figure(row.quantity):
            sentences.append(f"Reported value {figure_text(row.quantity)}.")
            citations.append(sources.cite(member[0], row.anchors.get("quantity", ())))
    return Cell(" ".join(dict.fromkeys(sentences)) or "..", distinct(citations))


def earliest_when(rows: Iterable[ReportedTransfer], stage: Stage) -> str | None:
    """When it took place: the first date told for the row's stage, else for an earlier one."""
    dated = [row for row in rows if row.when is not None and edtf.sort_key(_known(row.when))[0] < 2]
    best = min(
        dated,
        key=lambda row: (row.stage != stage, -STAGE_ORDER[row.stage], edtf.sort_key(row.when), row.id),
        default=None,
    )
    return best.when if best is not None else None


def _known(when: str) -> str | None:
    try:
        edtf.bounds(when)
    except ValueError:
        return None
    return when
