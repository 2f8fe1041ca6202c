"""Which transfer is told near an act."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.model import ReportedTransfer
from tidewaiter.reading.deeds.clause import Act

TOLD_BACK = 2
TOLD_AFTER = 1
"""Sentences around an act in which the transfer that it answers may be told."""


def sentences_around(act: Act, *, before: int, after: int) -> tuple[int, int]:
    """The characters of the act's sentence and so many around it."""
    first, last = act.token.sent, act.token.sent
    for _ in range(before):
        first = first.doc[first.start - 1].sent if first.start else first
    for _ in range(after):
        last = last.doc[last.end].sent if last.end < len(last.doc) else last
    return first.start_char, last.end_char


def is_told_near(
    act: Act, transfer: ReportedTransfer, before: int = TOLD_BACK, after: int = TOLD_AFTER
) -> bool:
    start, end = sentences_around(act, before=before, after=after)
    return any(start <= span.start < end for spans in transfer.anchors.values() for span in spans)


def is_near_transfer(act: Act) -> bool:
    start, end = sentences_around(act, before=TOLD_BACK, after=0)
    goods = any(start <= token.idx < end for token in act.token.doc if token.i in act.scene.goods)
    return goods or any(is_told_near(act, one) for one in act.transfers)


def in_sentence(act: Act, transfer: ReportedTransfer) -> bool:
    inside = act.token.sent
    return any(
        inside.start_char <= start < inside.end_char for start, _ in transfer.anchors.get("supplier", ())
    )


def only_supply(act: Act, able: Sequence[ReportedTransfer]) -> list[ReportedTransfer]:
    """The transfers told near the act, if all are one supplier's."""
    near = [one for one in able if is_told_near(act, one)]
    return near if len({one.supplier for one in near}) == 1 else []


def nearest_transfer(act: Act, transfers: Sequence[ReportedTransfer]) -> ReportedTransfer | None:
    """The one whose words stand nearest to the act."""

    def distance(transfer: ReportedTransfer) -> int:
        starts = [span.start for spans in transfer.anchors.values() for span in spans]
        return min((abs(start - act.token.idx) for start in starts), default=len(act.scene.parsed.text))

    return min(transfers, key=lambda one: (distance(one), one.id), default=None)


def answered_transfer(act: Act, able: Sequence[ReportedTransfer]) -> ReportedTransfer | None:
    """The transfer just told of; when none is, the one that the report mentions most."""
    just_told = [one for one in able if is_told_near(act, one, before=1, after=0)]
    if just_told:
        return nearest_transfer(act, just_told)
    most = max((len(one.mentions) for one in able), default=0)
    return nearest_transfer(act, [one for one in able if len(one.mentions) == most])
