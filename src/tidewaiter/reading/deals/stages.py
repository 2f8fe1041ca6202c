"""How far a transfer went, from tense, mood and what governs the word that tells of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tidewaiter.model import STAGE_ORDER, Span, Stage
from tidewaiter.reading.deals.frames import cues
from tidewaiter.reading.deals.tenses import own_stage
from tidewaiter.reading.syntax import governors, has_negation

if TYPE_CHECKING:
    from tidewaiter.knowledge import Knowledge
    from tidewaiter.reading.deals.frames import Cue
    from tidewaiter.reading.tokens import Token

_DEMANDING_MODALS = frozenset({"must", "should", "shall", "ought"})
_NOBODY = frozenset({"nobody", "none", "nothing"})
_FOR_YEARS = re.compile(r"\b(?:for|in) (?:[\w-]+ ){1,2}(?:years|decades|months)\b", re.IGNORECASE)
"""With these a negation tells of a gap before, not of a denial: "no tanks had come for 30 years"."""

_OVER_YEARS = re.compile(
    r"\b(?:(?:over|for|in|through|down) (?:the )?(?:[\w-]+ ){0,2}(?:years|decades)"
    r"|has long|have long|had long|since (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""A time of years, in which goods that were bought and sold have come: "over the years it has sold"."""

_HAPPENING = frozenset({"happen", "occur", "exist", "materialise", "materialize", "make", "carry", "proceed"})
"""Verbs of which a transfer is the subject where it came about: "the sale was never made"."""

_DECIDING = frozenset({"decision", "decide"})

_OF_CLAUSES = frozenset({"negated", "prevented", "evidence"})
"""Effects that reach into a clause of its own: "refuses that it is sold", "no evidence that it sold"."""

_STAGES = frozenset(stage.value for stage in Stage)
_TOLD = frozenset({"ccomp", "xcomp", "pcomp", "pobj", "dobj", "prep", "acl", "conj"})
"""By what a word hangs on what somebody does with it: denies, says."""
_ARRIVAL_CONDITIONS = frozenset({"whether", "if"})


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage, the words that tell it, and whether the text says that it did *not* happen."""

    stage: Stage
    ground: Span
    negated: bool
    conditional: bool  # "to see whether they arrive", "stop arming": not put forward as fact
    unsure: bool  # of these, "whether they arrive": left open
    hearsay: bool  # "reports that it sold": told as somebody else's report
    doubted: bool  # "no evidence that it sold"
    lasting: bool  # "over the years it has sold": not one lot
    denied: bool = False  # "denied that it was sending": no furthest stage that anybody alleges


@lru_cache(maxsize=4)
def governor_effects(knowledge: Knowledge) -> dict[str, str]:
    """What each word of the table ``stage_governors`` does to the stage of what it governs."""
    return {row["lemma"]: row["effect"] for row in knowledge.table("stage_governors")}


def reached(trigger: Token, cue: Cue, knowledge: Knowledge) -> Reached:
    """The stage that the clause around ``trigger`` tells of."""
    effects = governor_effects(knowledge)
    told = _Telling(own_stage(trigger, cue), trigger)
    told.negated = has_negation(trigger) or _object_is_none(trigger)
    told.negated |= cue.pos == "noun" and _never_happened(trigger)
    told.unsure = _is_left_open(trigger)
    told.denied = _is_denied(trigger, knowledge)
    told.lasting = bool(_OVER_YEARS.search(trigger.sent.text))
    if told.lasting and cue.frame in ("supply", "receive", "arm"):
        told.stage = _over_years(told.stage, cue)
    told.conditional = _is_conditional(trigger) or _is_demand(trigger) or _is_mere_notion(trigger)
    if told.negated and (told.conditional or _FOR_YEARS.search(trigger.sent.text)):
        told.negated, told.conditional = False, True
    for child in trigger.children:
        if child.dep_ == "amod" and child.lemma_.lower() in effects and cue.pos == "noun":
            told.apply(effects[child.lemma_.lower()], child, denied=False)
            told.capped |= effects[child.lemma_.lower()] == Stage.PLANNED
    deal = _deal_behind(trigger, knowledge)
    if deal is not None and told.stage is Stage.PLANNED:
        told.stage, told.ground = Stage.AGREED, deal
    below = trigger
    for governor in (*governors(trigger), *_said_of(trigger)):
        told.conditional |= _is_conditional(governor) or (governor.pos_ == "VERB" and _is_demand(governor))
        told.unsure |= _is_left_open(governor)
        word = _predicate(governor, effects)
        if _is_undecided(governor, word):
            told.conditional = True
            break
        effect = effects.get(word.lemma_.lower())
        if effect == "untruth":  # "the lie that it sold", but "lies about having sold"
            effect = "negated" if word.pos_ in ("NOUN", "PROPN") else None
        if effect is None or (
            effect not in ("negated", "prevented", "evidence") and _is_finite_clause(below, governor)
        ):
            if governor.pos_ in ("VERB", "AUX") and governor.dep_ != "pcomp" and governor.tag_ != "VBG":
                told.negated |= has_negation(governor) and trigger.dep_ in ("xcomp", "pcomp", "dobj", "attr")
                break
        else:
            if effect == "begun":
                told.begin(cue.going_on, word)
            told.apply(effect, word, has_negation(word) or has_negation(governor) or _verb_is_negated(word))
        below = governor
    return told.reached()


def _is_denied(trigger: Token, knowledge: Knowledge) -> bool:
    """Whether it stands in what somebody denies: "denied that it was sending", "denied sending"."""
    below = trigger
    for above in trigger.ancestors:
        if below.dep_ not in _TOLD:
            return False
        if above.pos_ == "VERB" and above.lemma_.lower() in _denying(knowledge):
            return not has_negation(above)
        below = above
    return False


@lru_cache(maxsize=4)
def _denying(knowledge: Knowledge) -> frozenset[str]:
    rows = knowledge.table("reporting_cues")
    return frozenset(row["cue"] for row in rows if row["pos"] == "verb" and row["class"] == "deny")


def _never_happened(noun: Token) -> bool:
    """ "The sale never took place", "the transfer did not happen"; not "has not yet taken place"."""
    verb = noun.head
    if noun.dep_ not in ("nsubj", "nsubjpass") or not has_negation(verb):
        return False
    below = {child.lower_ for child in verb.children}
    happens = verb.lemma_.lower() in _HAPPENING or (verb.lemma_.lower() == "take" and "place" in below)
    return happens and not below & {"yet", "still"}


def _is_undecided(governor: Token, word: Token) -> bool:
    """ "No decision has been taken on selling", "has not decided whether to sell": left open, not denied."""
    if word.lemma_.lower() in _DECIDING:
        return has_negation(word) or _verb_is_negated(word)
    decisions = (child for child in governor.children if child.lemma_.lower() in _DECIDING)
    return any(has_negation(one) or has_negation(governor) for one in decisions)


def _over_years(stage: Stage, cue: Cue) -> Stage:
    """What was sold, or was being sent, over years has come."""
    if stage is cue.done is Stage.AGREED:
        return Stage.DELIVERED
    return cue.done if stage is cue.going_on is Stage.SHIPPED else stage


def _deal_behind(trigger: Token, knowledge: Knowledge) -> Token | None:
    """The contract in "will supply radars under a contract signed in May", "a deal by which it is to supply
    radars": what is planned is agreed."""
    behind = [
        word
        for word in trigger.subtree
        if word.dep_ == "pobj" and word.head.lower_ == "under" and word.i > trigger.i
    ]
    clauses = [one for one in (trigger, *trigger.ancestors) if one.dep_ == "relcl"]
    behind += [one.head for one in clauses[:1] if _has_by_which(one)]
    for word in behind:
        cue = cues(knowledge).get((word.lemma_.lower(), "noun"))
        if cue is not None and (cue.frame, cue.done) == ("deal", Stage.AGREED):
            return word
    return None


def _has_by_which(clause: Token) -> bool:
    return any(word.lower_ in ("which", "whereby") for word in clause.subtree)


@dataclass(slots=True)
class _Telling:
    """What has been gathered of a mention while its governors are looked at."""

    stage: Stage
    ground: Token
    negated: bool = False
    conditional: bool = False
    unsure: bool = False
    hearsay: bool = False
    doubted: bool = False
    lasting: bool = False
    denied: bool = False
    capped: bool = False  # "a possible sale" stays one, whoever approves it

    def begin(self, going_on: Stage, word: Token) -> None:
        """ "Began the delivery of": under way, not done."""
        if STAGE_ORDER[going_on] < STAGE_ORDER[self.stage]:
            self.stage, self.ground = going_on, word

    def apply(self, effect: str, word: Token, denied: bool) -> None:
        """Take account of a governor: ``denied`` says that it is itself negated."""
        if effect == "evidence":
            self.doubted |= denied
        elif effect == "ended":
            self.conditional |= not denied
        elif effect == "prevented":
            self.capped = True
            if not denied and STAGE_ORDER[self.stage] > STAGE_ORDER[Stage.PLANNED]:
                self.stage, self.ground = Stage.PLANNED, word
        elif effect == "hearsay":
            self.hearsay = True
        elif effect == "negated":
            self.negated = self.negated if denied else True
        else:
            self.negated |= denied
        # "signed a deal to sell"
        signed = effect == Stage.AGREED and self.stage is Stage.PLANNED and not self.capped
        if signed or (effect in _STAGES and STAGE_ORDER[Stage(effect)] < STAGE_ORDER[self.stage]):
            self.stage, self.ground = Stage(effect), word

    def reached(self) -> Reached:
        ground = Span(self.ground.idx, self.ground.idx + len(self.ground))
        return Reached(
            self.stage,
            ground,
            self.negated,
            self.conditional,
            self.unsure,
            self.hearsay,
            self.doubted,
            self.lasting,
            self.denied,
        )


def _said_of(trigger: Token) -> Iterator[Token]:
    """The clause that says something of the noun the trigger hangs on: "reports that it sold arms are
    false", "the plan to sell arms was abandoned"."""
    for noun in (trigger, *governors(trigger)):
        if noun.pos_ == "NOUN" and noun.dep_ in ("nsubj", "nsubjpass") and noun.head.lemma_ == "be":
            yield noun.head


def _verb_is_negated(noun: Token) -> bool:
    """ "has not seen evidence", "found no proof"."""
    return noun.dep_ == "dobj" and has_negation(noun.head)


def _is_demand(trigger: Token) -> bool:
    """ "must not be sold", "should stop selling": asked for, not told."""
    return any(child.dep_ == "aux" and child.lower_ in _DEMANDING_MODALS for child in trigger.children)


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


def _is_mere_notion(trigger: Token) -> bool:
    """ "To arm rebels is a crime": not told as done by anybody."""
    return trigger.dep_ == "csubj" and any(child.lower_ == "to" for child in trigger.children)


def _is_left_open(token: Token) -> bool:
    """ "To see whether they arrived"."""
    return any(child.dep_ == "mark" and child.lower_ in _ARRIVAL_CONDITIONS for child in token.children)


def _is_conditional(token: Token) -> bool:
    """ "whether they arrived", "without supplying it": not put forward as done."""
    if token.dep_ == "pcomp" and token.head.lower_ == "without":
        return True
    return _is_left_open(token)


def _object_is_none(trigger: Token) -> bool:
    """ "sold no weapons", "no arms were sold", "gave arms to nobody", "no plane carried arms"."""
    doers = [child for child in trigger.children if child.dep_ == "nsubj"]
    if any(part.lower_ in ("not", "no", "none") for doer in doers for part in (doer, *doer.children)):
        return True  # "not one of the planes carried weapons"
    objects = [child for child in trigger.children if child.dep_ in ("dobj", "nsubjpass", "attr", "dative")]
    objects += [
        inner
        for child in (*trigger.children, *(part for head in objects for part in head.children))
        if child.dep_ in ("prep", "dative")
        for inner in child.children
        if inner.dep_ == "pobj"
    ]
    return any(
        word.lower_ in _NOBODY or any(part.lower_ in ("no", "neither") for part in word.children)
        for word in objects
    )
