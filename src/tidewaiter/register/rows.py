"""One row of the register for each transfer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tidewaiter.model import STAGE_ORDER, Copy, Quantity, RegisterRow, ReportedTransfer, TransferGroup
from tidewaiter.register.cells import cells_of, earliest_when, route_of
from tidewaiter.register.figures import Figure, commonest, with_figures_of_their_own
from tidewaiter.register.measures import measures_of
from tidewaiter.register.origins import weigh
from tidewaiter.register.positions import positions_of
from tidewaiter.register.questions import first_report, last_report, questions_of
from tidewaiter.register.ratings import rated
from tidewaiter.register.ruled import rated_by_analysts, remarks_on
from tidewaiter.register.sources import Member, Sources
from tidewaiter.wording import has_figure


def rows_of(
    sources: Sources, groups: Iterable[TransferGroup], copies: Sequence[Copy]
) -> tuple[RegisterRow, ...]:
    """The rows: those that most claims are made about first, then those in most reports, then the
    furthest."""
    return tuple(sorted((row_of(sources, group, copies) for group in groups), key=order_of))


def order_of(row: RegisterRow) -> tuple[int, int, int, str, str, str]:
    """Where a row stands among others."""
    return (
        -sum(len(position.claims) for position in row.positions),
        -len({document for document, _ in row.reported}),
        -STAGE_ORDER[row.stage],
        row.supplier or "~",
        row.recipient or "~",
        row.id,
    )


def row_of(sources: Sources, group: TransferGroup, copies: Sequence[Copy]) -> RegisterRow:
    """The row of one transfer; ``copies``: at least those among its documents."""
    members = _by_fullness(sources, group.members)
    told = [sources.transfer(member) for member in members]
    claims = sources.claims(group.members)
    stage = max((row.stage for row in told), key=lambda one: STAGE_ORDER[one])
    weighed = weigh(sources, group.members, claims, copies)
    parties = frozenset(party for party in (told[0].supplier, told[0].recipient) if party is not None)
    positions = rated(positions_of(sources, claims), weighed, parties, sources.knowledge)
    positions = rated_by_analysts(sources, positions)
    route = route_of(sources, members)
    giving = with_figures_of_their_own(sources, members, copies)
    quantity = _quantity(giving, [sources.transfer(member) for member in giving])
    when = earliest_when(told, stage)
    still, closed = questions_of(sources, members, positions, weighed, copies)
    cells = cells_of(sources, members, positions, stage, quantity, when, copies)
    return RegisterRow(
        id=group.id,
        supplier=told[0].supplier,
        recipient=told[0].recipient,
        category=told[0].category,
        stage=stage,
        outcome=next((row.outcome for row in told if row.outcome is not None), None),
        quantity=quantity,
        when=when,
        cells=cells,
        route=route,
        in_exchange_for=_exchanged(sources, told),
        positions=positions,
        origins=weighed.origins,
        open=still,
        reported=group.members,
        reasons=group.reasons,
        apart=group.apart,
        judged=remarks_on(sources, group.members),
        closed=closed,
        first_report=first_report(sources, group.members),
        last_report=last_report(sources, group.members),
        measures=measures_of(sources, members, stage, route, cells),
    )


def _by_fullness(sources: Sources, members: Iterable[Member]) -> tuple[Member, ...]:
    """Members that name both parties and the kind of goods first: they speak for the row."""

    def order(member: Member) -> tuple[int, bool, Member]:
        row = sources.transfer(member)
        unknown = (row.supplier is None) + (row.recipient is None)
        return unknown, row.category.value == "unspecified_arms", member

    return tuple(sorted(members, key=order))


def _quantity(members: Sequence[Member], told: Sequence[ReportedTransfer]) -> Quantity | None:
    """The figure most documents give for the furthest stage that has one."""
    figures = [
        Figure(row.quantity, member, row.stage, row.outcome, ())
        for member, row in zip(members, told, strict=True)
        if row.quantity is not None
    ]
    stages = sorted({one.stage for one in figures}, key=lambda stage: -STAGE_ORDER[stage])
    counted = [one for one in figures if has_figure(one.quantity)]
    best = next(filter(None, (commonest([f for f in counted if f.stage is stage]) for stage in stages)), None)
    return (best or figures[0]).quantity if figures else None


def _exchanged(sources: Sources, told: Iterable[ReportedTransfer]) -> tuple[str, ...]:
    found = (sources.row_of.get(row.in_exchange_for or "") for row in told)
    return tuple(sorted({row for row in found if row is not None}))
