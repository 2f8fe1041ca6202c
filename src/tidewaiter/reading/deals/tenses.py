"""How far a transfer went by the form of the word that tells it: tense, auxiliaries, what stands before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.model import STAGE_ORDER, Stage
from tidewaiter.reading.syntax import own_subjects

if TYPE_CHECKING:
    from tidewaiter.reading.deals.frames import Cue
    from tidewaiter.reading.tokens import Token

_PLANNING_MODALS = frozenset(
    {"will", "would", "could", "may", "might", "can", "should", "wo", "'ll", "shall"}
)
_GUESSING_MODALS = frozenset({"may", "might", "could"})
"""Before a progressive or perfect these guess at what is or was: "may be using", "may have sent"."""

_DISPATCHING = frozenset({"send", "fly", "airlift"})
"""Verbs that in the past tell of goods that have come, in the present of goods on their way."""

_BY_DOING = frozenset({"by", "in"})
"""Prepositions before what is done: "helps them by sending shells"."""

_SHORT_OF_DOING = frozenset({"from", "against"})
"""Prepositions before what is kept from happening: "kept A from sending shells"."""

_GAINING = frozenset({"gain", "profit", "benefit", "earn", "come", "make", "result", "stem"})
"""Verbs with which "from" leads to what is done all the same: "profits from selling shells"."""


_BEING = frozenset({"is", "are", "be", "being", "been", "was", "were", "'s", "'re"})
"""Auxiliaries of what goes on: "is sending"."""


def own_stage(trigger: Token, cue: Cue) -> Stage:
    """The stage that the word's own form tells of, before what governs it."""
    if cue.pos == "noun":
        return Stage.PLANNED if _is_ahead(trigger, cue.done) else cue.done
    auxiliaries = _auxiliaries(trigger)
    planned = Stage.PLANNED if STAGE_ORDER[cue.done] > STAGE_ORDER[Stage.PLANNED] else cue.done
    if auxiliaries & _GUESSING_MODALS and ("have" in auxiliaries or trigger.tag_ == "VBG"):
        return cue.done if "have" in auxiliaries else cue.going_on
    if auxiliaries & _PLANNING_MODALS and "have" not in auxiliaries:
        return planned
    if (
        "to" in auxiliaries
        and trigger.dep_ in ("xcomp", "acl", "advcl", "ccomp", "relcl", "conj", "ROOT")
        and "have" not in auxiliaries
    ):
        return planned if _looks_ahead(trigger) else cue.done
    if cue.lemma in _DISPATCHING and trigger.tag_ in ("VBZ", "VBP"):
        return cue.going_on  # "sends shells": on their way
    if trigger.tag_ == "VBG" and trigger.dep_ == "pcomp" and not auxiliaries & _BEING:
        return _of_gerund(trigger, cue, planned)
    goes_on = "being" in auxiliaries or (trigger.tag_ == "VBG" and auxiliaries & _BEING)
    return cue.going_on if goes_on else cue.done


def _of_gerund(trigger: Token, cue: Cue, planned: Stage) -> Stage:
    """ "Fuels the war by arming rebels": done; "kept A from sending tanks", "held out against sending
    tanks": not yet; "is accused of sending tanks": going on."""
    before = trigger.head.lower_
    if before in _BY_DOING:
        return cue.done
    if before in _SHORT_OF_DOING and trigger.head.head.lemma_.lower() not in _GAINING:
        return planned
    return cue.going_on


def _auxiliaries(verb: Token) -> frozenset[str]:
    """The words before a verb that make its tense; "and go", "and then be sent" have those of "will be
    loaded" before them."""
    own = frozenset(child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass"))
    bare = verb.tag_ == "VB" if not own else own == {"be"}
    if bare and verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not own_subjects(verb):
        return own | (_auxiliaries(verb.head) & (_PLANNING_MODALS | {"to"}))
    return own


def _is_ahead(noun: Token, done: Stage) -> bool:
    """Whether the clause of a noun such as "delivery" speaks of the future: "will be no delay in"."""
    verb = next((above for above in noun.ancestors if above.pos_ in ("VERB", "AUX")), None)
    if verb is None or STAGE_ORDER[done] <= STAGE_ORDER[Stage.PLANNED]:
        return False
    return any(child.dep_ == "aux" and child.lower_ in ("will", "would") for child in verb.children)


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
