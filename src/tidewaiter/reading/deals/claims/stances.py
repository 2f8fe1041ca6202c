"""Stances on what a statement's own content tells of a transfer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.model import Category, ReportedTransfer, Span, Spans, Stage, Stance
from tidewaiter.reading.deals.claims.denials import calls_untrue, from_elsewhere, has_no_part, scorns
from tidewaiter.reading.deals.claims.hearing import Hearing, Stand, Voice, parties
from tidewaiter.reading.deals.claims.voices import UNKNOWN
from tidewaiter.reading.deals.claims.words import answer_words, gone_astray
from tidewaiter.reading.deals.drafts import Draft
from tidewaiter.reading.deals.mentions import covers
from tidewaiter.reading.deals.stages import governor_effects
from tidewaiter.reading.syntax import has_negation

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

STANCES = {"deny": Stance.DENIES, "doubt": Stance.DOUBTS, "decline": Stance.DECLINES}
NOT_CLAIMING = frozenset(
    {"demand", "ask", "want", "condemn", "praise", "threaten", "agree", "describe", "cite", UNKNOWN}
)
"""Classes of cue whose content is not put forward as fact: demands and judgements are no claims."""
_HEARSAY = frozenset({"report", "claim", "accuse"})
CONFIRMING = frozenset({"confirm", "admit", "know", "show"})
_TELLING_OF = frozenset({"confirm", "admit", "announce", "reveal"})

STRETCH = 1_000
"""Characters by which statements are looked up: about a statement and what stands around it."""
REACH_OF_REPLY = 20
"""Characters of the content that may say that it is a comment that is withheld: "offered no comment"."""
CLIMB = 12
"""Words looked at above a trigger for what negates, asks for or supposes it."""

_ASIDE = re.compile(r"(?:according|per|in the (?:view|words|opinion))\b", re.IGNORECASE)
_AGREEING = re.compile(r"\bagree", re.IGNORECASE)
ASKED_FOR = re.compile(
    r"(?:(?:an?|the|any|all|its|their|his|her)\s+)?(?:[\w’'-]+\s+){0,3}?(?:requests?|demands?|calls?|appeals?|pleas?|"
    r"bids?|proposals?|motions?|drafts?|resolutions?|(?:ideas?|options?|possibility|notion) of)\b",
    re.IGNORECASE,
)
"""What is turned down, not denied: "rejected a request to send tanks"."""
_HOPING = re.compile(r"\b(?:hop(?:e|es|ed|ing)|wish(?:es|ed)?|dream\w*|pray\w*)\b", re.IGNORECASE)
_REPLYING = re.compile(
    r"\b(?:respon|repl|answer|comment|react|return|refus|declin|neither|discuss|speak (?:about|of|on)"
    r"|nothing to (?:say|add))",
    re.IGNORECASE,
)
_ACTING = re.compile(
    r"to (?!\w*(?:comment|say|confirm|deny|discuss|respond|reply|answer|elaborat|speak|talk|give|provide|"
    r"disclos|reveal|detail|identif|name|be |address|verif|explain|tell|offer|share|specul|react|engage|"
    r"go into))\w+",
    re.IGNORECASE,
)
_UNCONFIRMED = re.compile(
    r"[^;]*?\b(?:yet to be |not (?:yet )?(?:been )?|never (?:been )?)(?:\w+ly )?"
    r"(?:confirmed|verified|substantiated|prove[nd]|corroborated)\b",
    re.IGNORECASE,
)
_IT_IS = re.compile(r"\b(?:it|that)(?:[’']s| is| was)\s+[“‘\"']?(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_IS = re.compile(r"\b(?:is|are|was|were|be|been)\s+[“‘\"']?(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
_REQUIRING = frozenset({"must", "should", "shall", "ought"})
_CAN = frozenset({"can", "ca"})
_POSSIBLE = frozenset({"could", "may", "might", "would"})
_SUPPOSING = frozenset({"if", "unless", "whether"})
_BACKGROUND = frozenset({"because", "over", "about", "amid", "despite", "against", "following", "at"})
NONE = frozenset({"no", "none", "nothing", "neither", "nobody", "never", "not", "n't", "nor", "without"})
_SAME_CLAUSE = frozenset({"xcomp", "pcomp", "prep", "conj", "pobj", "acl", "auxpass", "aux"})
_WIDE = (Category.UNSPECIFIED_ARMS, None)


def stands_on_mentions(hearing: Hearing, voices: Sequence[Voice]) -> Iterator[Stand]:
    """The stances of those whose words hold a mention."""
    near = _by_stretch(voices)
    for draft, transfer in _mentions(hearing):
        there = near.get(draft.trigger.start // STRETCH, ())
        holding = [voice for voice in there if covers(voice.content, draft.trigger.start)]
        holding.sort(key=lambda voice: _length(voice.content))
        speaking = _speaking(holding)
        reported = any(voice.source and voice.cue_class in _HEARSAY for voice in holding)
        heard = replace(draft, hearsay=False) if reported else draft  # somebody in particular says it
        for voice in holding:
            innermost = speaking is not None and _same(hearing, voice, speaking)
            stance = _stance(hearing, voice, heard, innermost=innermost)
            if stance is not None:
                yield Stand(transfer, stance, voice, draft, voice.content)


def _same(hearing: Hearing, voice: Voice, speaking: Voice) -> bool:
    """Whether two voices say the same thing: the sources of one statement, or who is named for it inside
    ("the daily reported that, according to the navy, ...")."""
    if voice is speaking or (voice.statement is not None and voice.statement is speaking.statement):
        return True
    return _is_aside(hearing, voice, speaking) or _is_aside(hearing, speaking, voice)


def _is_aside(hearing: Hearing, voice: Voice, other: Voice) -> bool:
    """Whether a voice is named in passing in what another tells."""
    within = span_of(other.content)
    inside = bool(voice.cue) and within.start < voice.cue[0].start < within.end
    return inside and _ASIDE.match(hearing.words(voice.cue)) is not None


def _mentions(hearing: Hearing) -> Iterator[tuple[Draft, str]]:
    """The drafts with their transfer, also those that name it too vaguely to be counted to one."""
    for draft, transfer in zip(hearing.told.drafts, hearing.told.transfer_of, strict=True):
        home = transfer or _home(hearing, draft)
        if home is not None:
            yield draft, home


def _home(hearing: Hearing, draft: Draft) -> str | None:
    """The transfer that a vague mention can only be meant to be: the last one before, if it has the same
    goods and no other parties; else the only one that has."""
    last = hearing.last_before(draft.trigger.start)
    told_of = draft.anaphoric or draft.definite or len(hearing.pairs) == 1 or bool(_names(draft))
    if told_of and last is not None and _fits(draft, hearing.by_id[last[0]]):
        return last[0]
    near = hearing.told.transfers if len(hearing.pairs) == 1 else hearing.of(_names(draft))
    fitting = [one for one in near if _fits(draft, one)]
    return fitting[0].id if fitting and len({parties(one) for one in fitting}) == 1 else None


def _names(draft: Draft) -> frozenset[str]:
    """The parties that a draft names."""
    return frozenset(one.code for one in (draft.supplier, draft.recipient) if one is not None)


def _fits(draft: Draft, one: ReportedTransfer) -> bool:
    """Whether nothing that a draft tells is told otherwise of a transfer."""
    supplier = draft.supplier is None or draft.supplier.code == one.supplier
    recipient = draft.recipient is None or draft.recipient.code == one.recipient
    return supplier and recipient and (draft.category in (*_WIDE, one.category) or one.category in _WIDE)


def _by_stretch(voices: Sequence[Voice]) -> dict[int, list[Voice]]:
    """The voices by the stretches of the text that their content touches."""
    found: dict[int, list[Voice]] = {}
    for voice in voices:
        for number in sorted({n for a, b in voice.content for n in range(a // STRETCH, b // STRETCH + 1)}):
            found.setdefault(number, []).append(voice)
    return found


def _speaking(holding: Sequence[Voice]) -> Voice | None:
    """The innermost voice with a source; none where hearsay stands between ("A is concerned over
    reports that ..."), unless the source confirms it."""
    hearsay = False
    for voice in holding:
        within = voice.statement is not None and voice.statement.within is not None
        if within and voice.cue_class in NOT_CLAIMING:
            continue  # "officials said Chad wanted to buy tanks" is the officials' claim
        if voice.source:
            return None if hearsay and voice.cue_class not in CONFIRMING else voice
        hearsay = hearsay or voice.cue_class in _HEARSAY
    return None


def _stance(hearing: Hearing, voice: Voice, draft: Draft, *, innermost: bool) -> Stance | None:
    """What the voice commits to about a mention in its content; outer voices only by denying it."""
    if not voice.source:
        return None
    answered = STANCES.get(voice.cue_class)
    if innermost and not voice.negated and calls_untrue(hearing, voice):
        return Stance.DENIES
    if answered is Stance.DENIES and ASKED_FOR.match(hearing.words(voice.content)):
        return None
    if answered is Stance.DECLINES:
        return Stance.DECLINES if innermost and is_silence(hearing, voice) else None
    if (answered is Stance.DOUBTS or draft.doubted) and gone_astray(hearing.words(voice.content)):
        return None
    if answered is not None and not voice.negated:
        return answered
    if not innermost or not _puts_forward(hearing, voice, draft):
        return None
    taken = _put_forward(hearing, voice, draft)
    return None if taken is Stance.ASSERTS and scorns(hearing, voice) else taken


def _put_forward(hearing: Hearing, voice: Voice, draft: Draft) -> Stance | None:
    """Whether what is told as fact is that it happened, that it did not, or that nobody has seen it."""
    trigger = hearing.token_at(draft.trigger.start)
    if trigger is None:
        return None
    if draft.doubted or _is_unproven(hearing, voice, draft):
        return Stance.DOUBTS
    if draft.negated and draft.stage is Stage.SOUGHT:  # "asked them not to sell"
        return None
    if _no_longer(trigger):
        return Stance.DENIES
    if draft.negated and _is_unable(trigger):
        return None
    if (draft.negated and _is_denied(hearing, voice, trigger)) or _is_refuted(hearing, voice, draft):
        return Stance.DENIES
    no_part, is_party = has_no_part(hearing, voice, draft), _is_of(draft, voice)
    if is_party and (no_part or from_elsewhere(hearing, voice)):
        return Stance.DENIES
    background = draft.frame == "nominal" and _is_background(trigger, voice.content)
    return None if background or no_part else Stance.ASSERTS


def _is_of(draft: Draft, voice: Voice) -> bool:
    """Whether the voice's side has a part in what a draft tells."""
    return voice.speaker.actor in {one.code for one in (draft.supplier, draft.recipient) if one is not None}


def is_silence(hearing: Hearing, voice: Voice) -> bool:
    """No comment, no reply; not the mere leaving out of a detail ("would not say how"), nor the refusal to do
    something ("refused to let them go")."""
    if _ACTING.match(hearing.words(voice.content)):
        return False
    words = f"{hearing.words(voice.cue)} {hearing.words(voice.content)[:REACH_OF_REPLY]}"
    return not voice.negated or bool(_REPLYING.search(words))


def _puts_forward(hearing: Hearing, voice: Voice, draft: Draft) -> bool:
    """Whether the voice tells the mention as a fact or as not a fact, rather than asking for it,
    wondering about it, passing on others' reports or merely naming "the shipments"."""
    if voice.negated or voice.cue_class in NOT_CLAIMING or draft.conditional:
        return False
    cue = hearing.words(voice.cue)
    if voice.cue_class == "warn" and _is_possible(hearing, draft):
        return False
    if _AGREEING.search(cue) or _HOPING.search(cue) or _is_asked_or_supposed(hearing, draft):
        return False
    if draft.hearsay and voice.cue_class not in _HEARSAY | CONFIRMING:
        return _is_refuted(hearing, voice, draft)
    merely_names = draft.anaphoric and draft.frame in ("nominal", "deal")
    if not merely_names or draft.doubted or _denies_any(hearing, draft):
        return True
    parties_to_it = {one.code for one in (draft.supplier, draft.recipient) if one is not None}
    if voice.speaker.actor in parties_to_it and not draft.negated:
        return True  # who gives or gets and speaks of "the donation" does not doubt it
    return voice.cue_class in _TELLING_OF and _is_what_is_told(hearing, voice, draft)


def _is_possible(hearing: Hearing, draft: Draft) -> bool:
    """ "Could soon buy arms anywhere": what one only warns of."""
    trigger = hearing.token_at(draft.trigger.start)
    return trigger is not None and any(
        child.dep_ == "aux" and child.lower_ in _POSSIBLE
        for word in _clause(trigger)
        for child in word.children
    )


def _denies_any(hearing: Hearing, draft: Draft) -> bool:
    """ "No such deal existed", "there was no delivery"."""
    trigger = hearing.token_at(draft.trigger.start)
    return trigger is not None and any(child.lower_ == "no" for child in trigger.children)


def _is_what_is_told(hearing: Hearing, voice: Voice, draft: Draft) -> bool:
    """Whether the mention is itself what is confirmed: "confirmed the delivery", "announced their sale"."""
    trigger = hearing.token_at(draft.trigger.start)
    return trigger is not None and not covers(voice.content, trigger.head.idx)


def _is_asked_or_supposed(hearing: Hearing, draft: Draft) -> bool:
    """ "must not go on being sold", "if Chad sells them", "has yet to be confirmed", a question."""
    trigger = hearing.token_at(draft.trigger.start)
    if trigger is None:
        return False
    if draft.frame == "nominal" and not draft.negated and _has(trigger, "any"):
        return True  # "any transfer of arms would be a breach"
    bare = any(child.dep_ == "auxpass" and child.lower_ == "be" for child in trigger.children)
    if bare and not any(child.dep_ == "aux" for child in trigger.children):
        return True  # "that arms be sent"
    for word in _clause(trigger):
        if any(
            (child.dep_ == "aux" and child.lower_ in _REQUIRING)
            or (child.dep_ == "mark" and child.lower_ in _SUPPOSING)
            or (
                child.dep_ == "advcl"
                and any(one.dep_ == "mark" and one.lower_ == "if" for one in child.children)
            )
            for child in word.children
        ):
            return True
    start, end = draft.sentence
    if hearing.text[start:end].rstrip(' \n"”').endswith("?"):
        return True
    behind = re.split(r"\bbut\b", hearing.text[draft.trigger.end : end])[0]
    return _UNCONFIRMED.match(behind) is not None


def _has(token: Token, word: str) -> bool:
    return any(child.lower_ == word for child in token.children)


def _clause(trigger: Token) -> Iterator[Token]:
    """The trigger and the words above it in the same clause: "must" in "must not go on being sold"."""
    yield trigger
    for _ in range(CLIMB):
        if trigger.dep_ not in _SAME_CLAUSE or trigger.head is trigger:
            return
        trigger = trigger.head
        yield trigger


def _is_unproven(hearing: Hearing, voice: Voice, draft: Draft) -> bool:
    """ "no evidence that", "has not seen any", said in the same sentence before the mention."""
    words = answer_words(hearing.parsed.knowledge)
    found = words.no_proof.search(hearing.text, draft.sentence.start, draft.trigger.start)
    return found is not None and covers(voice.content, found.start())


def _is_refuted(hearing: Hearing, voice: Voice, draft: Draft) -> bool:
    """What somebody says of a report that holds the mention: "the claims that A sold arms are baseless"."""
    words = answer_words(hearing.parsed.knowledge)
    for untrue in words.untrue.finditer(hearing.text, draft.sentence.start, draft.trigger.start):
        own = covers(voice.content, untrue.start())
        if own and _IT_IS.search(hearing.text[draft.sentence.start : untrue.start()]):
            return True
    report = words.report.search(hearing.text, *draft.sentence)
    if report is None:
        return False
    found = words.untrue.finditer(hearing.text, report.end(), draft.sentence.end)
    return any(_IS.search(hearing.text[report.end() : one.start()]) for one in found)


def _no_longer(trigger: Token) -> bool:
    return any(
        child.lower_ == "longer" and any(inner.lower_ == "no" for inner in child.children)
        for child in trigger.children
    )


def _is_unable(trigger: Token) -> bool:
    """ "The aircraft cannot fly": nothing is said of whether they came."""
    return any(child.dep_ == "aux" and child.lower_ in _CAN for child in trigger.children)


def _is_denied(hearing: Hearing, voice: Voice, trigger: Token) -> bool:
    """Whether what negates the mention is among the voice's own words: in "it is untrue, as Chad alleges,
    that it sold arms" Chad does not say so."""
    return any(covers(voice.content, place) for place in _negating(hearing, trigger))


def _negating(hearing: Hearing, trigger: Token) -> Iterator[int]:
    """Places of the words that may negate a mention: its own, its objects', those of what governs it."""
    effects = governor_effects(hearing.parsed.knowledge)
    yield from (word.idx for word in trigger.subtree if word.lower_ in NONE)
    below = trigger
    for _ in range(CLIMB):
        above = below.head
        if above is below:
            return
        finite = below.dep_ == "ccomp" and above.pos_ == "VERB"
        effect = effects.get(above.lemma_.lower())
        if effect in ("negated", "untruth", "evidence") and not finite:
            yield above.idx
        if has_negation(above):
            yield from (child.idx for child in above.children if child.lower_ in NONE)
        for child in above.children:
            if child.dep_ in ("attr", "acomp", "nsubj", "dobj", "oprd") and child is not below:
                if effects.get(child.lemma_.lower()) in ("negated", "untruth") or child.lower_ in NONE:
                    yield child.idx
                yield from (inner.idx for inner in child.children if inner.lower_ in NONE)
        below = above


def _is_background(trigger: Token, content: Spans) -> bool:
    """ "called its envoy home because of arms sales": what is told stands on the sales, and is not that they
    were made."""
    word = trigger
    for _ in range(CLIMB):
        if word.head is word or not covers(content, word.head.idx):
            return False
        word = word.head
        if word.dep_ == "prep" and word.lower_ in _BACKGROUND:
            return True
        if word.pos_ in ("VERB", "AUX"):
            return False
    return False


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def span_of(spans: Spans) -> Span:
    """From the first to the last character of ``spans``."""
    return Span(min(span.start for span in spans), max(span.end for span in spans))
