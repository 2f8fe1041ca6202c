"""Answers: stances on what was told before, by words that do not tell it again.

"Tehran rejects the allegations", "the army called it a fairy tale", "Washington has seen no sign of such
deliveries", "Rwanda gave us nothing".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tidewaiter.model import ActorKind, Stage, Stance
from tidewaiter.reading.deals.claims.denials import denies_in_words
from tidewaiter.reading.deals.claims.hearing import Hearing, Stand, Voice, parties
from tidewaiter.reading.deals.claims.stances import (
    ASKED_FOR,
    NOT_CLAIMING,
    STANCES,
    is_silence,
    span_of,
)
from tidewaiter.reading.deals.claims.voices import UNKNOWN
from tidewaiter.reading.deals.claims.words import answer_words, gone_astray, points_back
from tidewaiter.reading.deals.frames import cues
from tidewaiter.reading.deals.mentions import covers
from tidewaiter.reading.entities import starting_in
from tidewaiter.reading.syntax import arguments, has_negation, is_passive

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

REACH_OF_ANSWER = 400
"""Characters back from "denied it" in which a transfer must have been spoken of: two sentences."""
NEXT_WORDS = 30
"""Characters behind "no such", "baseless" in which what they are said of may be named."""
SPEAKING_WORD = 4
"""Letters of the shortest word that names goods."""
BARE = 4
"""Words of a content that is only what somebody called a report told before."""
SHORT = 80
"""Characters of a content that says no more than that there is no proof."""
REACH_OF_REPORT = 1_500
"""Characters back from "denied the allegations" in which a transfer must have been spoken of."""

_POINTER = re.compile(
    r"(?:to\s+)?(?:it|which|this|that|them|those|these|so|doing so|having done so|any of it|all of it|"
    r"everything|any such [\w ]+|such [\w ]+)\W*",
    re.IGNORECASE,
)
_ARMS = re.compile(
    r"\b(?:arms|weapons?|weaponry|munitions?|shipments?|deliver(?:y|ies)|transfers?|exports?|deals?"
    r"|suppl(?:y|ies))\b",
    re.IGNORECASE,
)
_ABOUT_IT = re.compile(
    r"(?:[“‘\"'(\s]|that\s)*(?:the\s|these\s|those\s|such\s|all\s|any\s)?(?:[\w’'-]+\s){0,4}?",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r",?\s*according to [^,.;]{1,80}", re.IGNORECASE)
"""Names a source, and is no report that is answered."""
_OF_A_REPORT = re.compile(r"\b(?:of|about|to|on)\b", re.IGNORECASE)
_THE_SAME = re.compile(
    r"\b(?:(?:just|exactly|precisely) (?:that|this)(?:\W*$|,)|(?:the same(?: thing)?|as much)\W*$)",
    re.IGNORECASE,
)
"""What stands for all that was told before."""
_VERBLESS = 8
"""Words of what somebody only calls a report: "another soap opera"."""
_ITSELF = re.compile(r"\b(?:it|this|that|they|these|those|there)\b", re.IGNORECASE)
_NEVER_THERE = re.compile(r"\b(?:will|would|may|might|must|should|could|can)\b", re.IGNORECASE)
_DENYING = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|refut(?:es?|ed|ing|ation)|rebut\w*)\b", re.IGNORECASE
)
_CLAIMING = frozenset(
    {"say", "tell", "announce", "claim", "reveal", "report", "admit", "confirm", "accuse", "know"}
)
_PRONOUNS = frozenset(
    {
        "it",
        "them",
        "this",
        "that",
        "these",
        "those",
        "one",
        "ones",
        "any",
        "some",
        "nothing",
        "none",
        "anything",
    }
)
_NOTHING = frozenset({"nothing", "none"})
_SIDES = frozenset({ActorKind.STATE, ActorKind.OFFICE, ActorKind.ORGANISATION, ActorKind.GROUP})
_TAKERS = frozenset(
    {"party", "side", "group", "country", "state", "nation", "faction", "rebel", "militia", "belligerent"}
    | {"army", "government", "one", "militant", "insurgent", "combatant"}
)
_MOVING = frozenset({"supply", "receive", "arm", "arrive", "carry", "take"})
_FINDING = frozenset(
    {"find", "discover", "uncover", "come", "seize", "intercept", "recover", "spot", "see", "carry", "load",
     "contain", "trace", "track", "speak", "identify", "be"}
)  # fmt: skip


def answers(hearing: Hearing, voices: Sequence[Voice]) -> Iterator[Stand]:
    """The stances of voices that hold no mention."""
    places = sorted(draft.trigger.start for draft, _ in hearing.placed if not draft.anaphoric)
    for voice in voices:
        if not voice.source:
            continue
        holds = any(bisect_left(places, a) < bisect_left(places, b) for a, b in voice.content)
        stance = None if holds else _stance(hearing, voice)
        if stance is not None:
            answered = _answered(hearing, voice, stance)
            if answered is not None:
                yield Stand(answered, stance, voice, None, voice.content)
        elif not holds:
            yield from _told_again(hearing, voice)


def _stance(hearing: Hearing, voice: Voice) -> Stance | None:
    """The stance that the cue tells, or words in the content by which it answers."""
    stance = STANCES.get(voice.cue_class)
    if stance is Stance.DECLINES:
        return stance if is_silence(hearing, voice) else None
    if stance is Stance.DOUBTS and gone_astray(hearing.words(voice.content)):
        return None
    if stance is not None:
        return None if voice.negated or _NEVER_THERE.search(hearing.words(voice.cue)) else stance
    if voice.negated:
        return None
    return Stance.DENIES if denies_in_words(hearing, voice) else _stance_in_words(hearing, voice)


def _stance_in_words(hearing: Hearing, voice: Voice) -> Stance | None:
    """The stance that the content tells: that it is untrue, that nothing proves it, that it is denied."""
    words = answer_words(hearing.parsed.knowledge)
    said = hearing.words(voice.content)
    if voice.cue_class in ("describe", UNKNOWN):
        bare = len(said.split()) <= BARE  # "a charge that Chad called baseless"
        return Stance.DENIES if words.untrue.search(said) and (bare or _is_about_it(hearing, said)) else None
    if voice.cue_class in NOT_CLAIMING or gone_astray(said):
        return None
    if words.no_proof.search(said) and (points_back(said) or len(said) <= SHORT):
        return Stance.DOUBTS
    untrue = words.untrue.search(said)
    if untrue is not None and _is_about_it(hearing, said[: untrue.end() + NEXT_WORDS]):
        return Stance.DENIES
    if _only_calls_it(hearing, voice, said):
        return Stance.DENIES
    denying = _DENYING.search(said)
    if denying is not None and words.answered.search(said, denying.start()):
        return Stance.DENIES if _denies_itself(hearing, voice, denying.start()) else None
    return None


def _only_calls_it(hearing: Hearing, voice: Voice, said: str) -> bool:
    """ "“Another soap opera”, the army said of the accusation": a name for a report, by a party to what it
    tells of."""
    cue = hearing.words(voice.cue)
    behind = hearing.text[voice.cue[-1].end :][:NEXT_WORDS] if voice.cue else ""
    report = answer_words(hearing.parsed.knowledge).report.search(f"{said} {behind}")
    if report is None or _OF_A_REPORT.search(cue) is None or len(said.split()) > _VERBLESS:
        return False
    verbs = any(token.pos_ in ("VERB", "AUX") for token in hearing.tokens(voice.content))
    actor = voice.speaker.actor
    return not verbs and actor is not None and hearing.first_of(actor) is not None


def _is_about_it(hearing: Hearing, said: str) -> bool:
    """Whether words speak of a report or a transfer, or point at what was told."""
    words = answer_words(hearing.parsed.knowledge)
    return (
        _ARMS.search(said) is not None
        or words.report.search(said) is not None
        or _ITSELF.search(said) is not None
    )


def _denies_itself(hearing: Hearing, voice: Voice, offset: int) -> bool:
    """Whether who "denies" in the content is the voice's own side: "the statement said Chad denied it"."""
    start = voice.content[0].start
    own = voice.speaker.actor
    there = starting_in(hearing.entities.actors, start, start + offset)
    return own is not None and all(actor.code in (None, own) for actor in there)


def _answered(hearing: Hearing, voice: Voice, stance: Stance) -> str | None:
    """The transfer that is answered: the last spoken of before in which the speaker's side has a part; for
    others, who deny or doubt a report as such, the last of all."""
    actor = voice.speaker.actor
    own = hearing.first_of(actor) if actor is not None else None
    if stance is Stance.DECLINES:
        return _left_open(hearing, voice, own)
    words = answer_words(hearing.parsed.knowledge)
    said = _ACCORDING.sub("", hearing.words(voice.content))
    span = span_of(voice.content)
    reported = words.answered.search(said) is not None
    pointing = _POINTER.fullmatch(said.strip()) is not None or " it " in hearing.words(voice.cue)
    tokens = hearing.tokens(voice.content)
    denied = stance is Stance.DENIES and voice.cue_class in STANCES  # "denied having supplied the vehicles"
    pointing |= any(_retold(hearing, token, pointed=not denied) is not None for token in tokens)
    named = reported or pointing or _ARMS.search(said) is not None or voice.cue_class not in STANCES
    if not named or ASKED_FOR.match(said) or _is_of_others(hearing, voice):
        return None
    part = _part_denied(hearing, tokens) if denied and own is not None else None
    if part is not None and actor is not None:
        return _last_as(hearing, span.start, actor, part)
    if own is not None and actor is not None:
        last = hearing.last_before(span.start, actor)
        if last is not None and (reported or last[1] <= REACH_OF_ANSWER or voice.cue_class not in STANCES):
            return last[0]
        return own if reported or pointing else None
    last = _last_named(hearing, said, span.end) or hearing.last_before(span.end)
    answers_it = reported or pointing or voice.cue_class not in STANCES
    in_part = stance is Stance.DENIES and voice.cue_class in STANCES and not _is_whole_report(hearing, said)
    is_near = last is not None and last[1] <= REACH_OF_REPORT
    return last[0] if last is not None and answers_it and is_near and not in_part else None


def _left_open(hearing: Hearing, voice: Voice, own: str | None) -> str | None:
    """What silence leaves open: the report as a whole, so far as it was told."""
    actor, start = voice.speaker.actor, span_of(voice.content).start
    first = hearing.told.transfers[0].id if actor is not None else None
    told = hearing.last_before(start, actor) if actor is not None else None
    return own if told is not None or hearing.last_before(start) is None else first


def _part_denied(hearing: Hearing, tokens: Sequence[Token]) -> str | None:
    """The part, supplier or recipient, in which somebody denies to have been who tells it again: "denied that
    it had given the rebels rockets"; None where it is open."""
    for token in tokens:
        if _retold(hearing, token, pointed=False) is None or is_passive(token):
            continue
        cue = cues(hearing.parsed.knowledge)[token.lemma_.lower(), "verb"]
        return {"supply": "supplier", "receive": "recipient"}.get(cue.frame)
    return None


def _last_as(hearing: Hearing, position: int, actor: str, part: str) -> str | None:
    """The transfer last spoken of in which an actor plays a part, else the first."""
    fitting = [one.id for one in hearing.of([actor]) if getattr(one, part) == actor]
    before = [one for draft, one in hearing.placed if draft.trigger.start <= position and one in fitting]
    return before[-1] if before else next(iter(fitting), None)


def _last_named(hearing: Hearing, said: str, end: int) -> tuple[str, int] | None:
    """The transfer last spoken of whose goods are named again: "the systems"."""
    words = set(said.casefold().split())
    for draft, transfer in reversed(hearing.placed):
        if not 0 <= end - draft.trigger.start <= REACH_OF_REPORT:
            continue
        goods = (hearing.by_id[transfer].item or "").casefold().split()
        if any(word in words for word in goods if len(word) >= SPEAKING_WORD):
            return transfer, end - draft.trigger.start
    return None


def _is_of_others(hearing: Hearing, voice: Voice) -> bool:
    """Whether the content tells of a transfer between others than any that the document tells of: what is
    denied of that is not denied of these."""
    return any(
        transfer is None
        and draft.supplier is not None
        and draft.recipient is not None
        and (draft.supplier.code, draft.recipient.code) not in hearing.pairs
        and covers(voice.content, draft.trigger.start)
        for draft, transfer in zip(hearing.told.drafts, hearing.told.transfer_of, strict=True)
    )


def _is_whole_report(hearing: Hearing, said: str) -> bool:
    """Whether what is denied is nothing but a report: "the Israeli allegations", not "claims of torture"."""
    report = answer_words(hearing.parsed.knowledge).report.search(said)
    if report is None:
        return _POINTER.fullmatch(said.strip()) is not None
    before, after = said[: report.start()], said[report.end() :]
    return _ABOUT_IT.fullmatch(before) is not None and not after.strip(" .,;:\"'”’")


# -------------------------------------------------------------------------------------- told again


def _told_again(hearing: Hearing, voice: Voice) -> Iterator[Stand]:
    """Stances on a transfer told again without its goods ("this was given by the Russians to the rebels",
    "we bought nothing from them"), or by what was found of it ("we came upon guns on a plane from Chad")."""
    if voice.negated or voice.cue_class not in _CLAIMING:
        return
    if _THE_SAME.search(hearing.words(voice.content)):
        last = hearing.last_before(span_of(voice.content).start)
        if last is not None and last[1] <= REACH_OF_ANSWER:
            stage = hearing.by_id[last[0]].stage
            yield Stand(last[0], Stance.ASSERTS, voice, None, voice.content, stage)
        return
    tokens = hearing.tokens(voice.content)
    named = {
        actor.code
        for start, end in voice.content
        for actor in starting_in(hearing.entities.actors, start, end)
        if actor.code is not None
    }
    retold = next((one for token in tokens if (one := _retold(hearing, token)) is not None), None)
    if retold is None and not named:
        told = (_retold(hearing, token, pointed=False) for token in tokens)
        retold = next((one for one in told if one is not None and one[0] is Stance.ASSERTS), None)
    stance, stage = retold if retold is not None else (None, Stage.SHIPPED)
    if stance is None and _has_found(hearing, voice, tokens):
        stance = Stance.ASSERTS if not any(token.dep_ == "neg" for token in tokens) else None
        transfer = _by_one_party(hearing, voice, named) if stance is not None else None
    elif stance is Stance.DENIES:
        actor = voice.speaker.actor
        last = hearing.last_before(span_of(voice.content).start, actor) if actor is not None else None
        transfer = last[0] if last is not None and last[1] <= REACH_OF_REPORT else None
        if last is None and actor is not None:  # the denial comes before the charge
            transfer = _by_both_parties(hearing, named | {actor})
    elif not named and stance is not None:
        last = hearing.last_before(span_of(voice.content).start)
        again = any(token.lower_ in goods_words(hearing) for token in tokens)
        transfer = last[0] if last is not None and again and last[1] <= REACH_OF_REPORT else None
    else:
        transfer = _by_both_parties(hearing, named) if stance is not None else None
    if stance is not None and transfer is not None:
        yield Stand(transfer, stance, voice, None, voice.content, stage)


def _retold(hearing: Hearing, token: Token, *, pointed: bool = True) -> tuple[Stance, Stage] | None:
    """What a verb of transfer tells whose goods are only pointed at, or, unless they must be ``pointed`` at,
    named again; None for other words."""
    if token.pos_ != "VERB":
        return None
    cue = cues(hearing.parsed.knowledge).get((token.lemma_.lower(), "verb"))
    if cue is None or cue.frame not in _MOVING:
        return None
    if any(child.dep_ == "mark" and child.lower_ in ("if", "whether") for child in token.children):
        return None
    found = arguments(token)
    objects = [*found.objects, *found.datives] if cue.frame != "arrive" else found.subjects
    words = {one.lower_ for one in objects}
    nobody = any(child.lower_ in ("no", "any") for one in objects for child in one.children)
    nobody = nobody and any(_is_people(hearing, one) for one in objects)
    again = not pointed and bool(words & goods_words(hearing))
    if not (words & _PRONOUNS or nobody or again):
        return None
    ahead = any(child.dep_ == "aux" and child.tag_ == "MD" for child in token.children)
    without = any(child.lower_ == "no" for one in objects for child in one.children)
    denied = has_negation(token) or nobody or without or bool(words & _NOTHING)
    stance = Stance.DENIES if denied else Stance.ASSERTS
    return stance, Stage.PLANNED if ahead else cue.done


def goods_words(hearing: Hearing) -> frozenset[str]:
    """The nouns by which the document calls goods, singular and plural."""
    nouns = {hearing.text[one.head.start : one.head.end].lower() for one in hearing.entities.weapons}
    return frozenset(nouns | {f"{noun}s" for noun in nouns})


def _is_people(hearing: Hearing, token: Token) -> bool:
    """Whether a noun is for those who may get goods: "supplies no party to this war"."""
    return token.lemma_.lower() in _TAKERS or hearing.actor_at(token) is not None


def _has_found(hearing: Hearing, voice: Voice, tokens: Sequence[Token]) -> bool:
    """Whether the voice tells of goods that were found, seen or carried."""
    start, end = span_of(voice.content)
    goods = any(
        covers(voice.content, weapon.span.start)
        for weapon in starting_in(hearing.entities.weapons, start, end)
    )
    return goods and any(
        token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in _FINDING for token in tokens
    )


def _by_one_party(hearing: Hearing, voice: Voice, named: set[str]) -> str | None:
    """The transfer of which the voice, not itself a party, names one, where no other has it."""
    fitting = hearing.of(named)
    if len({parties(one) for one in fitting}) != 1 or hearing.is_party(voice.speaker.actor, fitting[0].id):
        return None
    return fitting[0].id


def _by_both_parties(hearing: Hearing, named: set[str]) -> str | None:
    """The first transfer between two that are both named."""
    return next((one.id for one in hearing.of(named) if set(parties(one)) <= named), None)
