"""Words of a party about goods or a deal told before: "both vessels are now ours", "the contract can now be
signed".  Who gives or gets and speaks of them so does not doubt that it is so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tidewaiter.model import Category, Mode, Stage, Stance
from tidewaiter.reading.deals.claims.hearing import Hearing, Stand, Voice, parties
from tidewaiter.reading.deals.claims.stances import CONFIRMING, span_of
from tidewaiter.reading.deals.claims.words import answer_words
from tidewaiter.reading.syntax import has_negation

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

REACH = 500
"""Characters back within which the deal was told: a paragraph."""
REACH_OF_CONFIRMING = 1_500
"""Characters back of what is confirmed."""

_TELLING = frozenset({"say", "tell", "announce", "reveal", "report", "admit", "confirm", "know", "show"})
_DEFINITE = frozenset({"the", "these", "those", "this", "that", "both", "our", "its", "their", "all", "his"})
_POINTING = frozenset({"they", "these", "those", "both", "all"})
_DEALS = frozenset(
    {"contract", "deal", "purchase", "order", "agreement", "licence", "license", "delivery", "shipment"}
    | {"cargo", "load", "consignment", "sale", "batch", "acquisition", "donation", "transfer", "package"}
)
_TALKS = frozenset({"negotiation", "talk", "discussion"})
_HAVING = re.compile(
    r"\b(?:(?:is|are) (?:now |already |finally )?(?:ours|here|in service|operational|in our hands)"
    r"|ha(?:s|ve) (?:now |already |all )?(?:arrived|landed|been (?:delivered|received|handed over|paid)))\b",
    re.IGNORECASE,
)
NEAR_HEAD = 3
"""Tokens at the head of the words among which "they" stands for what was told last."""

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_AHEAD = re.compile(
    r"\b(?:interested|interest in|talks|negotiat\w+|discuss\w*|consider\w*|explor\w+|hopes? to|want\w*|"
    r"would like|wish\w*)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:if|whether|should|must|would|may|might|could|hope\w*|yet to be)\b|\?", re.IGNORECASE
)


def echoes(hearing: Hearing, voices: Sequence[Voice], heard: Sequence[Stand]) -> Iterator[Stand]:
    """The stands of parties that only speak of what was told, for those who took none on it; who denies one
    transfer of the pair admits no other by speaking of it."""
    taken = {
        (stand.transfer, stand.voice.speaker.actor) for stand in heard if stand.stance is not Stance.DECLINES
    }
    denying = {
        (parties(hearing.by_id[stand.transfer]), stand.voice.speaker.actor)
        for stand in heard
        if stand.stance in (Stance.DENIES, Stance.DOUBTS)
    }
    spoke = {stand.voice.statement.id for stand in heard if stand.voice.statement is not None}
    for voice in voices:
        if not voice.source or voice.negated or voice.cue_class not in _TELLING:
            continue
        if voice.statement is not None and voice.statement.id in spoke:
            continue
        for transfer in _beside(hearing, voice, _meant(hearing, voice)):
            actor = voice.speaker.actor
            denied = (parties(hearing.by_id[transfer]), actor) in denying
            if (transfer, actor) not in taken and not denied:
                stage = _stage(hearing, voice, transfer)
                yield Stand(transfer, Stance.ASSERTS, voice, None, voice.content, stage)


def _beside(hearing: Hearing, voice: Voice, transfer: str | None) -> list[str]:
    """The transfer with those that were told by the same word: "Chad and Togo have lent it tanks"."""
    if transfer is None:
        return []
    start = span_of(voice.content).start
    before = [draft for draft, one in hearing.placed if one == transfer and draft.trigger.start < start]
    place = max((draft.trigger.start for draft in before), default=-1)
    told = {one for draft, one in hearing.placed if draft.trigger.start == place}
    category, actor = hearing.by_id[transfer].category, voice.speaker.actor
    alike = (one for one in told if hearing.by_id[one].category is category and hearing.is_party(actor, one))
    return sorted({transfer, *alike})


def _stage(hearing: Hearing, voice: Voice, transfer: str) -> Stage:
    """How far the party says it went: as far as was told, unless it speaks of talks."""
    ahead = _AHEAD.search(hearing.words(voice.content)) is not None
    return Stage.SOUGHT if ahead else hearing.by_id[transfer].stage


def _meant(hearing: Hearing, voice: Voice) -> str | None:
    """The transfer whose goods or deal the party speaks of as of something that is there."""
    actor, span = voice.speaker.actor, span_of(voice.content)
    last = hearing.last_before(span.start, actor) if actor is not None else None
    confirmed = voice.cue_class in CONFIRMING
    if last is None or last[1] > (REACH_OF_CONFIRMING if confirmed else REACH):
        return None
    said = hearing.words(voice.content)
    if _OPEN.search(said) or answer_words(hearing.parsed.knowledge).report.search(said):
        return None
    tokens = hearing.tokens(voice.content)
    if any(has_negation(token) or token.lower_ in {"no", "nothing"} for token in tokens):
        return None
    if any(_is_deal(token, confirmed=confirmed) for token in tokens):
        return last[0]
    return last[0] if _has_goods(hearing, voice, last[0], tokens, confirmed=confirmed) else None


def _is_deal(token: Token, *, confirmed: bool) -> bool:
    """Whether a noun is the deal told before: "the contract"; what is confirmed needs no article."""
    known = _DEALS | _TALKS if confirmed else _DEALS
    if token.pos_ != "NOUN" or token.lemma_.lower() not in known:
        return False
    return confirmed or (_is_definite(token) and token.dep_ in _SUBJECTS)


def _is_definite(token: Token) -> bool:
    return any(child.lower_ in _DEFINITE for child in token.children)


def _has_goods(
    hearing: Hearing, voice: Voice, transfer: str, tokens: Sequence[Token], *, confirmed: bool
) -> bool:
    """Whether the goods of a transfer are named again with an article ("both vessels"), are counted
    ("fourteen of the jets"), or only pointed at ("they are here")."""
    category = hearing.by_id[transfer].category
    heads = {hearing.text[one.head.start : one.head.end].lower() for one in hearing.entities.weapons}
    heads = heads if confirmed else _heads(hearing, category)
    goods = [token for token in tokens if token.lower_ in heads and token.pos_ in {"NOUN", "PROPN"}]
    if any(confirmed or _is_definite(token) for token in goods):
        return True
    direct = voice.statement is not None and voice.statement.mode is Mode.DIRECT  # else they are who speaks
    having = _HAVING.search(hearing.words(voice.content)) is not None
    for number, token in enumerate(tokens):
        defined = any(child.dep_ == "relcl" for child in token.children)
        if token.dep_ not in _SUBJECTS or defined or token.head.dep_ == "relcl":
            continue
        of = any(child.lower_ == "of" for child in token.children)
        pointing = direct and token.lower_ in _POINTING and number < NEAR_HEAD and not of
        counted = token.pos_ == "NUM" and (bool(goods) or not of)
        if pointing or counted or (having and token.pos_ == "NOUN" and _is_definite(token)):
            return True
    return False


def _heads(hearing: Hearing, category: Category | None) -> set[str]:
    """The nouns by which the document calls goods of a category, singular and plural."""
    own = [one for one in hearing.entities.weapons if one.category is category]
    nouns = {hearing.text[one.head.start : one.head.end].lower() for one in own}
    return nouns | {f"{noun}s" for noun in nouns} | {noun.removesuffix("s") for noun in nouns}
