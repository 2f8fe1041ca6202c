"""One row of the register for each transfer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tidewaiter.model import STAGE_ORDER, Copy, Quantity, RegisterRow, ReportedTransfer, TransferGroup
from tidewaiter.register.cells import cells_of, commonest, earliest_when, route_of
from tidewaiter.register.origins import origins_of
from tidewaiter.register.positions import positions_of
from tidewaiter.register.questions import open_questions
from tidewaiter.register.sources import Member, Sources


def rows_of(
    sources: Sources, groups: Iterable[TransferGroup], copies: Sequence[Copy]
) -> tuple[RegisterRow, ...]:
    """The rows: furthest stage first, then most positions, then by supplier and recipient."""
    return tuple(sorted((_row(sources, group, copies) for group in groups), key=_order))


def _order(row: RegisterRow) -> tuple[int, int, str, str, str]:
    return (
        -STAGE_ORDER[row.stage],
        -len(row.positions),
        row.supplier or "~",
        row.recipient or "~",
        row.id,
    )


def _row(sources: Sources, group: TransferGroup, copies: Sequence[Copy]) -> RegisterRow:
    members = _by_fullness(sources, group.members)
    told = [sources.transfer(member) for member in members]
    claims = sources.claims(group.members)
    stage = max((row.stage for row in told), key=lambda one: STAGE_ORDER[one])
    positions = positions_of(sources, claims)
    route = route_of(sources, members)
    return RegisterRow(
        id=group.id,
        supplier=told[0].supplier,
        recipient=told[0].recipient,
        category=told[0].category,
        stage=stage,
        outcome=next((row.outcome for row in told if row.outcome is not None), None),
        quantity=_quantity(sources, members, told),
        when=earliest_when(told, stage),
        cells=cells_of(sources, members, positions, stage),
        route=route,
        in_exchange_for=_exchanged(sources, told),
        positions=positions,
        origins=origins_of(sources, group.members, claims, copies),
        open=open_questions(sources, members, positions, route, stage),
        reported=group.members,
        reasons=group.reasons,
        apart=group.apart,
    )


def _by_fullness(sources: Sources, members: Iterable[Member]) -> tuple[Member, ...]:
    """Members that name both parties and the kind of goods first: they speak for the row."""

    def order(member: Member) -> tuple[int, bool, Member]:
        row = sources.transfer(member)
        unknown = (row.supplier is None) + (row.recipient is None)
        return unknown, row.category.value == "unspecified_arms", member

    return tuple(sorted(members, key=order))


def _quantity(
    sources: Sources, members: Sequence[Member], told: Sequence[ReportedTransfer]
) -> Quantity | None:
    """The figure most documents give for the furthest stage that has one."""
    for stage in sorted({row.stage for row in told}, key=lambda one: -STAGE_ORDER[one]):
        holders = [member for member, row in zip(members, told, strict=True) if row.stage == stage]
        best = commonest(
            [
                (quantity, member)
                for member in holders
                if (quantity := sources.transfer(member).quantity) is not None
                and (quantity.min is not None or quantity.max is not None)
            ]
        )
        if best is not None:
            return best[0]
    return next((row.quantity for row in told if row.quantity is not None), None)


def _exchanged(sources: Sources, told: Iterable[ReportedTransfer]) -> tuple[str, ...]:
    found = (sources.row_of.get(row.in_exchange_for or "") for row in told)
    return tuple(sorted({row for row in found if row is not None}))
