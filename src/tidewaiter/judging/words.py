"""Judgements in words, the same wherever they are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tidewaiter.model import Judgement, JudgementKind, Stance, Target, TargetKind
from tidewaiter.wording import (
    FIELD_WORDS,
    NOT_TOLD,
    STANCE_WORDS,
    goods_and_parties,
    name_of,
    quoted,
    spoken,
    value_words,
)

MOST_QUOTED = 160
"""Characters of a statement that are shown."""

DECIDED: Mapping[JudgementKind, str] = {
    JudgementKind.SAME: "the same",
    JudgementKind.NOT_SAME: "not the same",
    JudgementKind.UNSURE: "cannot be told whether the same",
    JudgementKind.REJECT: "rejected",
    JudgementKind.CORRECT: "corrected",
    JudgementKind.RATE: "rated",
    JudgementKind.NOTE: "note on",
}
"""What a kind of judgement says of what it is about."""

_ID = re.compile(r" \([rcs]\w+\)$")


def told(judgement: Judgement) -> str:
    """ "the judgement of A. Analyst on 4 May 2021: the first credits the second"."""
    why = " ".join(judgement.why.split())
    return f"{whose(judgement)}: {why}"


def whose(judgement: Judgement) -> str:
    """ "the judgement of A. Analyst on 4 May 2021"."""
    return f"the judgement of {judgement.by} on {spoken(judgement.at[:10])}"


def decided(judgement: Judgement) -> str:
    """What was decided, in words: "corrected ammunition, North Korea to Russia: furthest stage is sought, not
    shipped".  What a judgement is about is told as it was read then."""
    value, kind = judgement.value, DECIDED[judgement.kind]
    if "reliability" in value:
        return f"{kind} {source_words(value['source'], value['name'])}: {value['reliability']}"
    sides = [side for side in judgement.sides if side]
    if judgement.kind is JudgementKind.CORRECT:
        return f"{kind} {_side(sides[0])}: {corrected(value)}"
    between = " " if judgement.kind in (JudgementKind.NOTE, JudgementKind.REJECT) else ": "
    return f"{kind}{between}{'; '.join(map(_side, sides))}"


def corrected(value: Mapping[str, str]) -> str:
    """What a correction puts in place of what: "supplier is Egypt, not the United Arab Emirates"."""
    field = value["field"]
    right, before = value_words(field, value["value"]), value_words(field, value.get("read"))
    if not value.get("read"):
        read = ""
    elif right == before:
        read = ", as it was read"
    else:
        words = quoted(before) if field == "quantity" else before  # "another 80"
        read = ", where none was read" if before == NOT_TOLD else f", not {words}"
    return f"{FIELD_WORDS.get(field, field)} is {right}{read}"


def source_words(kind: str, name: str) -> str:
    """A source that is rated: "the outlet Reuters", "the actor North Korea"."""
    return f"the {kind} {name_of(name) if kind == 'actor' else name}"


def target_words(target: Target) -> str:
    """What a judgement is about as it was read then: "ammunition, North Korea to Russia"."""
    if target.kind is TargetKind.DOCUMENT:
        return quoted(target.label)
    if target.kind is TargetKind.WORDS:
        return f"the words {quoted(_short(target.label))}"
    if target.kind is TargetKind.STATEMENT:
        content = " … ".join(one.exact for one in target.words.get("content", ()))
        return f"the statement {quoted(_short(content or _ID.sub('', target.label)))}"
    read = target.told
    if "category" not in read:  # not told by every claim, nor by what was judged before it was kept
        about = _ID.sub("", target.label)
    else:
        about = goods_and_parties(read["category"], read.get("supplier"), read.get("recipient"))
    if target.kind is TargetKind.CLAIM and "stance" in read and "category" in read:
        who = read.get("name") or name_of(read.get("actor", "")) or "somebody"
        return f"the claim “{who} {STANCE_WORDS[Stance(read['stance'])]}: {about}”"
    return about


def _side(side: Sequence[Target]) -> str:
    if len(side) == 1:
        return target_words(side[0])
    others = len(side) - 1
    return f"{target_words(side[0])} (in {others + 1} reports)"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= MOST_QUOTED else f"{line[: MOST_QUOTED - 1].rstrip()}…"
