"""How far a transfer went, from tense, mood and what governs the word that tells of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tidewaiter.model import STAGE_ORDER, Span, Stage
from tidewaiter.reading.syntax import governors, has_negation

if TYPE_CHECKING:
    from spacy.tokens import Token

    from tidewaiter.knowledge import Knowledge
    from tidewaiter.reading.frames import Cue

_PLANNING_MODALS = frozenset(
    {"will", "would", "could", "may", "might", "can", "should", "wo", "'ll", "shall"}
)
_FOR_YEARS = re.compile(r"\b(?:for|in) (?:[\w-]+ ){1,2}(?:years|decades|months)\b|\bsince\b", re.IGNORECASE)
"""With these a negation tells of a gap before, not of a denial: "no tanks had come for 30 years"."""

_STAGES = frozenset(stage.value for stage in Stage)
_ARRIVAL_CONDITIONS = frozenset({"whether", "if"})


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage, the words that tell it, and whether the text says that it did *not* happen."""

    stage: Stage
    ground: Span
    negated: bool
    conditional: bool = False  # "to see whether they arrive", "stop arming": not put forward as fact


@lru_cache(maxsize=4)
def governor_effects(knowledge: Knowledge) -> dict[str, str]:
    """What each word of the table ``stage_governors`` does to the stage of what it governs."""
    return {row["lemma"]: row["effect"] for row in knowledge.table("stage_governors")}


def reached(trigger: Token, cue: Cue, knowledge: Knowledge) -> Reached:
    """The stage that the clause around ``trigger`` tells of."""
    own = _own_stage(trigger, cue)
    negated = has_negation(trigger) or _object_is_none(trigger)
    conditional = _is_conditional(trigger)
    if negated and _FOR_YEARS.search(trigger.sent.text):
        negated, conditional = False, True
    effects = governor_effects(knowledge)
    stage, ground = own, Span(trigger.idx, trigger.idx + len(trigger))
    for governor in governors(trigger):
        effect = effects.get(governor.lemma_.lower())
        if effect is None:
            if governor.pos_ in ("VERB", "AUX") and governor.dep_ != "pcomp" and governor.tag_ != "VBG":
                negated = negated or (has_negation(governor) and trigger.dep_ in ("xcomp", "pcomp"))
                break
            continue
        negated = (
            negated != (effect == "negated") if has_negation(governor) else negated or effect == "negated"
        )
        if effect in _STAGES and STAGE_ORDER[Stage(effect)] < STAGE_ORDER[stage]:
            stage = Stage(effect)
            ground = Span(governor.idx, governor.idx + len(governor))
        conditional = conditional or effect == "ended" or _is_conditional(governor)
    return Reached(stage, ground, negated, conditional)


def _own_stage(trigger: Token, cue: Cue) -> Stage:
    if cue.pos == "noun":
        return cue.done
    auxiliaries = {child.lower_ for child in trigger.children if child.dep_ in ("aux", "auxpass")}
    planned = Stage.PLANNED if STAGE_ORDER[cue.done] > STAGE_ORDER[Stage.PLANNED] else cue.done
    if auxiliaries & _PLANNING_MODALS and "have" not in auxiliaries:
        return planned
    if (
        "to" in auxiliaries
        and trigger.dep_ in ("xcomp", "acl", "advcl", "ccomp", "ROOT")
        and "have" not in auxiliaries
    ):
        return planned if _looks_ahead(trigger) else cue.done
    if trigger.tag_ == "VBG" and (
        auxiliaries & {"is", "are", "be", "being", "been", "was", "were", "'s", "'re"}
    ):
        return cue.going_on
    if "being" in auxiliaries or (trigger.tag_ == "VBG" and trigger.dep_ == "pcomp"):
        return cue.going_on
    return cue.done


def _looks_ahead(trigger: Token) -> bool:
    """ "is to sell", "a deal to sell": ahead; "is said to have sold", "appears to supply": not."""
    return trigger.head.lemma_ not in (
        "believe",
        "say",
        "report",
        "appear",
        "seem",
        "think",
        "know",
        "allege",
    )


def _is_conditional(token: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ in _ARRIVAL_CONDITIONS for child in token.children)


def _object_is_none(trigger: Token) -> bool:
    """ "sold no weapons", "no arms were sold"."""
    return any(
        child.dep_ in ("dobj", "nsubjpass", "attr")
        and any(part.lower_ in ("no", "neither") for part in child.children)
        for child in trigger.children
    )
