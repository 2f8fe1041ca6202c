"""Judgements in words, the same wherever they are shown."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.model import Judgement, Target
from tidewaiter.wording import plain, spoken


def told(judgement: Judgement) -> str:
    """ "the judgement of A. Analyst on 4 May 2021: the first credits the second"."""
    why = " ".join(judgement.why.split())
    return f"the judgement of {judgement.by} on {spoken(judgement.at[:10])}: {why}"


def decided(judgement: Judgement) -> str:
    """What was decided, in words: "correct ammunition, PRK to RUS (r0123456789): stage is sought, not
    shipped".  What a judgement is about is told as it was read then."""
    value, kind = judgement.value, plain(judgement.kind)
    if "reliability" in value:
        return f"{kind} {value['name']} ({value['source']}): {value['reliability']}"
    sides = [side for side in judgement.sides if side]
    if judgement.kind == "correct":
        read = f", not {value['read']}" if value.get("read") else ""
        return f"{kind} {_side(sides[0])}: {value['field']} is {value['value']}{read}"
    return f"{kind}: {'; '.join(map(_side, sides))}"


def _side(side: Sequence[Target]) -> str:
    more = f" and {len(side) - 1} more reports of it" if len(side) > 1 else ""
    return f"{side[0].label}{more}"
