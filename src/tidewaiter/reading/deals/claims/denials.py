"""Denials that no verb of denying tells: "had nothing to do with", "denounced the report as a lie", "sent
advisers, not weapons"."""

from __future__ import annotations

import re

from tidewaiter.reading.deals.claims.hearing import Hearing, Voice
from tidewaiter.reading.deals.claims.words import answer_words
from tidewaiter.reading.deals.drafts import Draft
from tidewaiter.reading.deals.mentions import covers
from tidewaiter.reading.entities import starting_in
from tidewaiter.reading.syntax import is_definite

JUDGING = frozenset({"condemn", "describe"})
"""Classes of cue by which somebody says what a thing is worth: "called it", "denounced as"."""

_TELLING = frozenset(
    {"say", "tell", "announce", "claim", "reveal", "report", "admit", "confirm", "know", "deny"}
)

REACH_OF_PART = 100
"""Characters between "had no part in" and the word that tells of the transfer."""

_NO_PART = re.compile(
    r"\b(?:nothing (?:\w+ )?to do with|no (?:\w+ )?(?:part|role|hand|share|involvement) in"
    r"|no (?:\w+ )?(?:links?|connections?|ties?|relation) (?:to|with)"
    r"|(?:not|n.t|never|nor) (?:\w+ ){0,2}?(?:involved|a party|party|connected|linked|implicated)"
    r" (?:in|to|with))\b",
    re.IGNORECASE,
)
_NOT_ARMS = re.compile(
    r"(?:[,;(–—]|\b(?:and|but))\s*(?:not|never) (?:any |a single )?(?:lethal |military |heavy )?"
    r"(?:arms|weapons?|weaponry|munitions|ammunition|guns)\b"
    r"|\b(?:rather than|instead of) (?:arms|weapons|weaponry|munitions|ammunition|guns)\b",
    re.IGNORECASE,
)
_GOT = (
    r"\b(?:bought|purchas\w+|acquir\w+|got|gotten|obtain\w+|procur\w+|sourced|came|come|comes|coming|import\w+"
    r"|captur\w+|seiz\w+|took|taken|loot\w+|received|stol\w+)\b"
)
_SELLERS = (
    r"(?:dealers?|brokers?|traders?|merchants?|middlem[ae]n|compan(?:y|ies)|firms?|sellers?|smugglers?|markets?"
    r"|countr(?:y|ies)|states?|sources?|stocks?|stockpiles?|depots?|rebels|enem(?:y|ies)|fighters|insurgents)"
)
_FROM_ELSEWHERE = re.compile(
    rf"{_GOT}[^.;]{{0,60}}?\b(?:elsewhere|from (?:[\w-]+ ){{0,4}}?{_SELLERS}\b"
    r"|(?:on|at|from) the (?:open|black|free|international|world|global|arms) (?:\w+ )?markets?\b)",
    re.IGNORECASE,
)
"""Where goods are from that are from no state that is named: "bought from a private dealer"."""
_OTHER_CLAUSE = re.compile(r"[;:]|\bbut\b", re.IGNORECASE)

_OTHER_CLAUSE_OR_SENTENCE = re.compile(r"[.,;:!?]")

REACH_OF_SCORN = 40
"""Characters behind "baseless" in which the rumour or charge stands that is called so."""


def denies_in_words(hearing: Hearing, voice: Voice) -> bool:
    """Whether a party denies in what it says, whatever the word of saying."""
    if calls_untrue(hearing, voice):
        return True
    tells = voice.cue_class in _TELLING
    return tells and (rules_out_arms(hearing, voice) or from_elsewhere(hearing, voice))


def calls_untrue(hearing: Hearing, voice: Voice) -> bool:
    """Whether a party judges a report to be untrue: "denounced as lies the reports of"."""
    words = answer_words(hearing.parsed.knowledge)
    said = hearing.words((*voice.cue, *voice.content))
    if not _is_party(hearing, voice):
        return False
    return voice.cue_class in JUDGING and bool(words.untrue.search(said) and words.report.search(said))


def scorns(hearing: Hearing, voice: Voice) -> bool:
    """Whether the words call untrue what they speak of: "a baseless rumour of arms sales".  Whoever says so
    asserts nothing, nor does whoever passes it on."""
    words = answer_words(hearing.parsed.knowledge)
    said = hearing.words(voice.content)
    return any(
        words.report.search(
            _OTHER_CLAUSE_OR_SENTENCE.split(said[found.end() : found.end() + REACH_OF_SCORN])[0]
        )
        for found in words.untrue.finditer(said)
    )


def has_no_part(hearing: Hearing, voice: Voice, draft: Draft) -> bool:
    """ "Had nothing to do with the rifles found in", before the mention and in the voice's own words."""
    start = max(draft.sentence.start, draft.trigger.start - REACH_OF_PART)
    for found in _NO_PART.finditer(hearing.text, start, draft.trigger.start):
        between = hearing.text[found.end() : draft.trigger.start]
        if covers(voice.content, found.start()) and _OTHER_CLAUSE.search(between) is None:
            return True
    return False


def rules_out_arms(hearing: Hearing, voice: Voice) -> bool:
    """Whether a party says that what was given was no arms: "had sent advisers there, not weapons"."""
    if not _is_party(hearing, voice):
        return False
    found = _NOT_ARMS.search(hearing.words(voice.content))
    return found is not None and "?" not in hearing.text[voice.content[-1].end :][:1]


def from_elsewhere(hearing: Hearing, voice: Voice) -> bool:
    """Whether a party says that the goods came from somebody else, who is not named: "had been bought from a
    private dealer"."""
    actor = voice.speaker.actor
    if not _is_party(hearing, voice) or not _speaks_of_goods(hearing, voice):
        return False
    for span in voice.content:
        for found in _FROM_ELSEWHERE.finditer(hearing.text, span.start, span.end):
            there = starting_in(hearing.entities.actors, *found.span())
            if all(one.code in (None, actor) for one in there):
                return True
    return False


def _is_party(hearing: Hearing, voice: Voice) -> bool:
    """Whether the voice's side gives or gets in anything that the document tells of."""
    actor = voice.speaker.actor
    return actor is not None and hearing.first_of(actor) is not None


def _speaks_of_goods(hearing: Hearing, voice: Voice) -> bool:
    """Whether goods told of before are named again with an article, or pointed at: "the rifles", "them"."""
    heads = {hearing.text[one.head.start : one.head.end].lower() for one in hearing.entities.weapons}
    heads |= {f"{head}s" for head in heads} | {head.removesuffix("s") for head in heads}
    return any(
        token.lower_ == "them" or (token.lower_ in heads and is_definite(token))
        for token in hearing.tokens(voice.content)
    )
