"""How far a transfer went, from tense, mood and what governs the word that tells of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
_GUESSING_MODALS = frozenset({"may", "might", "could"})
"""Before a progressive or perfect these guess at what is or was: "may be using", "may have sent"."""

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
    conditional: bool  # "to see whether they arrive", "stop arming": not put forward as fact
    hearsay: bool  # "reports that it sold": told as somebody else's report


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
    stage, ground, hearsay = own, Span(trigger.idx, trigger.idx + len(trigger)), False
    below = trigger
    for governor in governors(trigger):
        word = _predicate(governor, effects)
        effect = effects.get(word.lemma_.lower())
        if effect is None or (effect != "negated" and _is_finite_clause(below, governor)):
            if governor.pos_ in ("VERB", "AUX") and governor.dep_ != "pcomp" and governor.tag_ != "VBG":
                negated = negated or (has_negation(governor) and trigger.dep_ in ("xcomp", "pcomp"))
                break
            below = governor
            continue
        below = governor
        negated = _combine(negated, effect == "negated", has_negation(word) or has_negation(governor))
        hearsay = hearsay or effect == "hearsay"
        if effect in _STAGES and STAGE_ORDER[Stage(effect)] < STAGE_ORDER[stage]:
            stage = Stage(effect)
            ground = Span(word.idx, word.idx + len(word))
        conditional = conditional or effect == "ended" or _is_conditional(governor)
    return Reached(stage, ground, negated, conditional, hearsay)


def _predicate(governor: Token, effects: Mapping[str, str]) -> Token:
    """The word that says something of a clause: in "it is a lie that", "lie"."""
    if governor.lemma_ != "be":
        return governor
    said = (child for child in governor.children if child.dep_ in ("attr", "acomp"))
    return next((child for child in said if child.lemma_.lower() in effects), governor)


def _is_finite_clause(below: Token, governor: Token) -> bool:
    """ "the ministry announced that it had taken delivery": announced, but done."""
    return (
        below.dep_ == "ccomp" and governor.pos_ == "VERB" and "to" not in {c.lower_ for c in below.children}
    )


def _combine(negated: bool, by_meaning: bool, by_word: bool) -> bool:
    """Whether the clause is negated, given a governor that negates by meaning ("refused"), by a
    negating word of its own ("did not plan"), or by both ("did not refuse")."""
    if by_meaning and by_word:
        return negated
    return negated or by_meaning or by_word


def _own_stage(trigger: Token, cue: Cue) -> Stage:
    if cue.pos == "noun":
        return cue.done
    auxiliaries = {child.lower_ for child in trigger.children if child.dep_ in ("aux", "auxpass")}
    planned = Stage.PLANNED if STAGE_ORDER[cue.done] > STAGE_ORDER[Stage.PLANNED] else cue.done
    if auxiliaries & _GUESSING_MODALS and ("have" in auxiliaries or trigger.tag_ == "VBG"):
        return cue.done if "have" in auxiliaries else cue.going_on
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
