"""Words of a party about goods or a deal told before: "both vessels are now ours", "the contract can now be
signed".  Who gives or gets and speaks of them so does not doubt that it is so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tidewaiter.model import Stage, Stance
from tidewaiter.reading.deals.claims.hearing import Hearing, Stand, Voice
from tidewaiter.reading.deals.claims.stances import CONFIRMING, span_of
from tidewaiter.reading.deals.claims.words import answer_words
from tidewaiter.reading.deals.mentions import covers
from tidewaiter.reading.entities import starting_in
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
_COUNTED = frozenset({"NUM"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_AHEAD = re.compile(
    r"\b(?:interested|interest in|talks|negotiat\w+|discuss\w*|consider\w*|explor\w+|hopes? to|want\w*|"
    r"would like|wish\w*)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\b(?:if|whether|should|must|would|may|might|could|hope\w*)\b|\?", re.IGNORECASE)


def echoes(hearing: Hearing, voices: Sequence[Voice], heard: Sequence[Stand]) -> Iterator[Stand]:
    """The stands of parties that only speak of what was told, for those who took none on it."""
    taken = {(stand.transfer, stand.voice.speaker.actor) for stand in heard}
    spoke = {stand.voice.statement.id for stand in heard if stand.voice.statement is not None}
    for voice in voices:
        if not voice.source or voice.negated or voice.cue_class not in _TELLING:
            continue
        if voice.statement is not None and voice.statement.id in spoke:
            continue
        transfer = _meant(hearing, voice)
        if transfer is not None and (transfer, voice.speaker.actor) not in taken:
            yield Stand(
                transfer, Stance.ASSERTS, voice, None, voice.content, _stage(hearing, voice, transfer)
            )


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
    if token.pos_ != "NOUN" or token.lemma_.lower() not in _DEALS:
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
    span = span_of(voice.content)
    places = [
        weapon.span
        for weapon in starting_in(hearing.entities.weapons, *span)
        if weapon.category is category and covers(voice.content, weapon.span.start)
    ]
    for token in tokens:
        if any(place.start <= token.idx < place.end for place in places) and (
            confirmed or _is_definite(token)
        ):
            return True
        subject = token.dep_ in _SUBJECTS and token.head.pos_ in {"VERB", "AUX"}
        if subject and (token.lower_ in _POINTING or token.pos_ in _COUNTED):
            return not any(child.lower_ == "of" for child in token.children) or bool(places)
    return False
