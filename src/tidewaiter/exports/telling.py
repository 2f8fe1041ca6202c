"""What is claimed, in one sentence that says who says it."""

from __future__ import annotations

from collections.abc import Mapping

from tidewaiter.model import Position, PositionClaim, RegisterRow, Speaker, Stage, Stance
from tidewaiter.wording import figure_words, goods_words, is_count, name_of, speaker_words

SOMEBODY = "somebody not named"

_TOLD: Mapping[Stage, str] = {
    Stage.SOUGHT: "{recipient} sought {goods} from {supplier}",
    Stage.PLANNED: "{supplier} plans to supply {goods} to {recipient}",
    Stage.AGREED: "{supplier} agreed to supply {goods} to {recipient}",
    Stage.SHIPPED: "{supplier} shipped {goods} to {recipient}",
    Stage.DELIVERED: "{supplier} delivered {goods} to {recipient}",
    Stage.USED: "{recipient} used {goods} from {supplier}",
    Stage.UNCLEAR: "there was a transfer of {goods} from {supplier} to {recipient}",
}

_STANCES: Mapping[Stance, str] = {
    Stance.DENIES: "denies",
    Stance.DOUBTS: "doubts",
    Stance.DECLINES: "declines to comment on",
}


def claim_words(row: RegisterRow, position: Position, claim: PositionClaim) -> str:
    """ "Sudan says that United Arab Emirates delivered 6 drones to RSF"; "Iran denies a transfer of drones
    from Iran to Russia, and admits that ..."."""
    who = speaker_of(position, claim)
    if claim.stance is Stance.ASSERTS:
        return f"{who} says that {_told(row, claim, claim.stage or Stage.UNCLEAR)}"
    subject = f"{who} {_STANCES[claim.stance]} a transfer of {transfer_words(row)}"
    if claim.stage in (None, Stage.UNCLEAR):
        return subject
    return f"{subject}, and admits that {_told(row, claim, claim.stage)}"


def speaker_of(position: Position, claim: PositionClaim) -> str:
    """Who makes a claim, with office and state."""
    return speaker_words(claim.speaker, position.label)


def speaker_name(speaker: Speaker, position: Position) -> str:
    """The shortest name of whoever speaks: a person's, else that of whom they speak for."""
    return speaker.name or position.label


def transfer_words(row: RegisterRow) -> str:
    """ "drones from United Arab Emirates to RSF"."""
    return f"{_goods(row)} from {party(row.supplier)} to {party(row.recipient)}"


def party(code: str | None) -> str:
    """The name of a supplier or recipient."""
    return SOMEBODY if code is None else name_of(code)


def _told(row: RegisterRow, claim: PositionClaim, stage: Stage) -> str:
    quantity = claim.quantity
    is_shown = is_count(quantity) and quantity is not None and quantity.unit is not None
    goods = f"{_goods(row)} ({figure_words(quantity)})" if quantity and is_shown else _goods(row)
    return _TOLD[stage].format(goods=goods, supplier=party(row.supplier), recipient=party(row.recipient))


def _goods(row: RegisterRow) -> str:
    described = row.cells.get("description")
    return goods_words(None if described is None else described.value, row.category)
