"""Claims: one speaker's stance on one reported transfer in one document.

Two ways lead to a claim.  A statement whose content holds a mention commits its source to that
mention, or against it.  A statement that answers a report without repeating it ("Tehran rejects the
allegations", "the ministry declined to comment") is a stance on the transfer spoken of before in
which the speaker's side has a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tidewaiter.model import (
    STAGE_ORDER,
    ActorForm,
    ActorKind,
    ActorMention,
    Claim,
    SourceKind,
    Span,
    Spans,
    Speaker,
    Stage,
    Stance,
    Statement,
)
from tidewaiter.reading.deals.drafts import Draft
from tidewaiter.reading.deals.mentions import anchors_of, covers, quantity_of
from tidewaiter.reading.deals.transfers import Account, best_quantity, furthest_stage
from tidewaiter.reading.entities import Entities, starting_in, touching
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.said.reporting import kind_of, lexicon, tells

_STANCES: Mapping[str, Stance] = {
    "deny": Stance.DENIES,
    "doubt": Stance.DOUBTS,
    "decline": Stance.DECLINES,
}
_UNKNOWN = "unknown"
"""Class of a cue that the table does not have, with a content that is no clause of its own: "mulled buying
tanks".  With a clause or quoted words ("scoffed that Chad had bought tanks") it is an act of saying."""
_NOT_CLAIMING = frozenset(
    {"demand", "ask", "want", "condemn", "praise", "threaten", "agree", "describe", _UNKNOWN}
)
"""Classes of cue whose content is not put forward as fact: demands and judgements are no claims."""

_NEITHER_NOR = re.compile(r"\bneither\s+confirm\w*\s+n?or\s+den\w+", re.IGNORECASE)
_REFUTED = re.compile(
    r"\b(?:claims?|reports?|allegations?|accusations?|rumou?rs?|charges?|stor(?:y|ies))\b.*\b(?:is|are|was|were)\s+(?:\w+\s+)?"
    r"(?:baseless|groundless|unfounded|untrue|false|fabricated|fabrications?|lies?|nonsense|fake|ridiculous|absurd)\b",
    re.IGNORECASE | re.DOTALL,
)
"""What somebody says of a report that holds the mention: "the claims that A sold arms are baseless"."""

STRETCH = 1_000
"""Characters by which statements are looked up: about a statement and what stands around it."""

_OWNED = re.compile(r"(?:its|their)\s", re.IGNORECASE)
_PAPERS = frozenset(
    {
        "cable", "data", "document", "filing", "intelligence", "letter", "memo", "paper", "poll", "record",
        "report", "statement", "study", "survey",
    }
)  # fmt: skip
"""Things that are cited but speak for somebody else."""

REACH_OF_REPLY = 20
"""Characters of the content that may say that it is a comment that is withheld: "offered no comment"."""

_AGREEING = re.compile(r"\bagree", re.IGNORECASE)
_REPLYING = re.compile(r"\b(?:respon|repl|answer|comment|react|return|refus|declin|neither)", re.IGNORECASE)
_ANSWERED = re.compile(
    r"\b(?:reports?|claims?|allegations?|accusations?|charges?|assertions?|rumou?rs?|stor(?:y|ies)|suggestions?|"
    r"involvement|involved|arms|weapons)\b",
    re.IGNORECASE,
)
"""What is denied when a report is answered as such."""

REACH_OF_ANSWER = 400
"""Characters back from "denied it" in which a transfer must have been spoken of: two sentences."""

_NO_COMMENT = re.compile(r"(?:(?:any|further|immediate|immediately)\s+)*comment\b", re.IGNORECASE)
_CONCERN = re.compile(r"(?:\w+\s+){0,2}(?:concern|alarm|worr(?:y|ies)|fears?|unease|dismay)\b", re.IGNORECASE)
_LISTING = re.compile(r"\s*(?:,|,?\s*(?:and|nor|or|as well as|&))\s*(?:the\s+|both\s+)?", re.IGNORECASE)


_HEARSAY = frozenset({"report", "claim", "accuse"})
_CONFIRMING = frozenset({"confirm", "admit", "know", "show"})


@dataclass(frozen=True, slots=True)
class _Voice:
    """A statement with one of its sources, resolved as far as it can be; without ``source`` words
    nobody is known to say it."""

    statement: Statement
    speaker: Speaker
    kind: ActorKind | None
    source: Spans
    cue_class: str


@dataclass(frozen=True, slots=True)
class _Stand:
    """One speaker's stance on one transfer at one place."""

    transfer: str
    stance: Stance
    voice: _Voice
    draft: Draft | None
    ground: Spans


def find_claims(
    parsed: Parsed,
    entities: Entities,
    statements: Sequence[Statement],
    told: Account,
) -> tuple[Claim, ...]:
    """The claims of a document, in order of their first words: one for each speaker, stance and
    reported transfer."""
    voices = [voice for statement in statements for voice in _voices(parsed, entities, statement)]
    stands = [*_stands_on_mentions(parsed.text, voices, told), *_answers(voices, told)]
    stands = _without_headline_offices(stands, parsed)
    return _merge(_without_slips([_by_a_party(stand, told) for stand in stands]), told)


# ------------------------------------------------------------------------------------ voices


def _voices(parsed: Parsed, entities: Entities, statement: Statement) -> list[_Voice]:
    """The statement's voices: one for each actor that its source lists ("Lima and Quito said"); a
    source that is nobody ("our information", "evidence") leaves the word to an outer statement."""
    cue_class = _cue_class(parsed, statement)
    source = statement.source
    if source is None:
        return [_Voice(statement, Speaker(None, None, None), None, (), cue_class)]
    named = touching(entities.actors, source.spans)
    listed = _listed(parsed.text, [actor for actor in named if actor.code is not None])
    if len(listed) > 1:
        return [
            _Voice(
                statement, Speaker(actor.name, actor.role, actor.code), actor.kind, (actor.span,), cue_class
            )
            for actor in listed
        ]
    speaking = next((actor for actor in named if source.actor in (None, actor.code)), None)
    kind = speaking.kind if speaking else None
    owner = listed[0] if source.actor is None and listed and _opens(source.spans, listed[0]) else None
    if source.actor is None and owner is None and _OWNED.match(source.text):
        owner = _first_state(entities, statement.content.spans)
    somebody = source.kind is SourceKind.ANONYMOUS or _is_somebody(parsed, source.spans)
    if kind is None and owner is None and source.actor is None and not somebody:
        return [_Voice(statement, Speaker(None, None, None), None, (), cue_class)]
    actor = owner.code if owner else source.actor
    if speaking is not None and _only_names_a_place(speaking):
        actor = None
    speaker = Speaker(source.name or source.text, source.role, actor)
    return [_Voice(statement, speaker, kind, source.spans, cue_class)]


def _only_names_a_place(actor: ActorMention) -> bool:
    """A state named in the source that it does not speak for: "the Oslo institute", "a German daily"."""
    private_media = actor.kind is ActorKind.MEDIA and actor.form is ActorForm.ROLE
    return actor.kind is ActorKind.REGION or private_media


def _is_somebody(parsed: Parsed, spans: Spans) -> bool:
    """Whether the source's head noun is one for those who can be cited ("a panel", "two diplomats"),
    by the table of reporting cues."""
    tokens = parsed.tokens(spans[0])
    if tokens is None:
        return False
    head = tokens.root.lemma_.lower()
    return head in lexicon(parsed.knowledge).origins and head not in _PAPERS


def _first_state(entities: Entities, spans: Spans) -> ActorMention | None:
    """Whose "its defence ministry" is that speaks behind a statement: the state the statement opens
    with."""
    there = starting_in(entities.actors, spans[0].start, max(span.end for span in spans))
    states = (actor for actor in there if actor.kind is ActorKind.STATE and actor.code)
    return next((actor for actor in states if covers(spans, actor.span.start)), None)


def _opens(spans: Spans, actor: ActorMention) -> bool:
    """Whether the source begins with the actor: "Chad's defence ministry"."""
    return actor.span.start - spans[0].start <= len("the ")


def _listed(text: str, actors: Sequence[ActorMention]) -> list[ActorMention]:
    """The first actor and those that follow it in a list."""
    found = list(actors[:1])
    for actor in actors[1:]:
        if not _LISTING.fullmatch(text[found[-1].span.end : actor.span.start]):
            break
        found.append(actor)
    return found


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _cue_class(parsed: Parsed, statement: Statement) -> str:
    """The class of the statement's cue: its row's in the table of reporting cues, except that who will
    "neither confirm nor deny" declines, and who voices concern puts nothing forward."""
    if statement.cue is None or not statement.cue.spans:
        return "say"
    start = statement.cue.spans[0].start
    sentence = parsed.sentence_of(start)
    if _NEITHER_NOR.search(parsed.text, sentence.start, sentence.end):
        return "decline"
    if statement.negated and _NO_COMMENT.match(statement.content.text):
        return "decline"
    if _CONCERN.match(statement.content.text):
        return "condemn"
    return kind_of(parsed, statement) or ("say" if tells(parsed, statement) else _UNKNOWN)


# ---------------------------------------------------------------- stances on what is mentioned


def _stands_on_mentions(text: str, voices: Sequence[_Voice], told: Account) -> Iterator[_Stand]:
    near = _by_stretch(voices)
    for draft, transfer in told.placed():
        there = near.get(draft.trigger.start // STRETCH, ())
        holding = [voice for voice in there if covers(voice.statement.content.spans, draft.trigger.start)]
        holding.sort(key=lambda voice: _length(voice.statement.content.spans))
        speaking = _speaking(holding)
        for voice in holding:
            stance = _stance(voice, draft, innermost=voice.statement.id == speaking)
            if stance is Stance.ASSERTS and _REFUTED.search(text, *draft.sentence):
                stance = Stance.DENIES
            if stance is not None:
                yield _Stand(transfer, stance, voice, draft, voice.statement.content.spans)


def _by_stretch(voices: Sequence[_Voice]) -> dict[int, list[_Voice]]:
    """The voices by the stretches of the text that their content touches."""
    found: dict[int, list[_Voice]] = {}
    for voice in voices:
        spans = voice.statement.content.spans
        for number in sorted({n for a, b in spans for n in range(a // STRETCH, b // STRETCH + 1)}):
            found.setdefault(number, []).append(voice)
    return found


def _speaking(holding: Sequence[_Voice]) -> str | None:
    """The innermost statement with a source; none where hearsay stands between ("A is concerned over
    reports that ..."), unless the source confirms it."""
    hearsay = False
    for voice in holding:
        if voice.statement.within is not None and voice.cue_class in _NOT_CLAIMING:
            continue  # "officials said Chad wanted to buy tanks" is the officials' claim
        if voice.source:
            return None if hearsay and voice.cue_class not in _CONFIRMING else voice.statement.id
        hearsay = hearsay or voice.cue_class in _HEARSAY
    return None


def _stance(voice: _Voice, draft: Draft, innermost: bool) -> Stance | None:
    """What the voice commits to about a mention in its content; outer voices only by denying it."""
    if not voice.source:
        return None
    answered = _STANCES.get(voice.cue_class)
    if answered is Stance.DECLINES:
        return Stance.DECLINES if innermost and _is_silence(voice) else None
    if answered is not None and not voice.statement.negated:
        return answered
    if not innermost or not _puts_forward(voice, draft):
        return None
    if draft.doubted:
        return Stance.DOUBTS
    if draft.negated and draft.stage is Stage.SOUGHT:  # "asked them not to sell"
        return None
    return Stance.DENIES if draft.negated else Stance.ASSERTS


def _is_silence(voice: _Voice) -> bool:
    """No comment, no reply; not the mere leaving out of a detail ("would not say how")."""
    cue = voice.statement.cue
    words = f"{cue.text if cue else ''} {voice.statement.content.text[:REACH_OF_REPLY]}"
    return not voice.statement.negated or bool(_REPLYING.search(words))


def _puts_forward(voice: _Voice, draft: Draft) -> bool:
    """Whether the voice tells the mention as a fact or as not a fact, rather than asking for it,
    wondering about it, passing on others' reports or merely naming "the shipments"."""
    if voice.statement.negated or voice.cue_class in _NOT_CLAIMING or draft.conditional:
        return False
    if voice.statement.cue is not None and _AGREEING.search(voice.statement.cue.text):
        return False
    if draft.hearsay and voice.cue_class not in _HEARSAY | _CONFIRMING:
        return bool(_REFUTED.search(voice.statement.content.text))
    return not (draft.anaphoric and draft.frame == "nominal")


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


# ---------------------------------------------------------------------------------- answers


def _answers(voices: Sequence[_Voice], told: Account) -> Iterator[_Stand]:
    """Stances of a party that answers what was reported before without repeating it."""
    for voice in voices:
        stance = _STANCES.get(voice.cue_class)
        if stance is None or not voice.source:
            continue
        if not _is_silence(voice) if stance is Stance.DECLINES else voice.statement.negated:
            continue
        spans = voice.statement.content.spans
        if any(covers(spans, draft.trigger.start) for draft, _ in told.placed()):
            continue
        answered = _answered(voice, told)
        if answered is not None:
            yield _Stand(answered, stance, voice, None, spans)


def _answered(voice: _Voice, told: Account) -> str | None:
    """The transfer last spoken of before in which the speaker's side has a part."""
    actor = voice.speaker.actor
    own = {one.id for one in told.transfers if actor is not None and actor in (one.supplier, one.recipient)}
    if _STANCES.get(voice.cue_class) is Stance.DECLINES:  # it answers the report as a whole
        first = told.transfers[0].id if told.transfers and actor is not None else None
        return next((one.id for one in told.transfers if one.id in own), first)
    position = voice.statement.content.spans[0].start
    before = [
        (transfer, position - draft.trigger.start)
        for draft, transfer in told.placed()
        if transfer in own and draft.trigger.start <= position
    ]
    named = _ANSWERED.search(voice.statement.content.text) is not None
    if before and (named or before[-1][1] <= REACH_OF_ANSWER):
        return before[-1][0]
    return next((one.id for one in told.transfers if one.id in own), None) if named else None


# ------------------------------------------------------------------------------------- merging


def _merge(stands: Iterable[_Stand], told: Account) -> tuple[Claim, ...]:
    groups: dict[tuple[str, Stance, str], list[_Stand]] = {}
    for stand in sorted(stands, key=lambda stand: stand.ground):
        groups.setdefault((stand.transfer, stand.stance, _identity(stand.voice)), []).append(stand)
    merged = _fold_institutions(groups)
    reached = {one.id: one.stage for one in told.transfers}
    return tuple(
        _capped(_claim(f"c{number}", members), reached) for number, members in enumerate(merged, start=1)
    )


def _capped(claim: Claim, reached: Mapping[str, Stage]) -> Claim:
    """No speaker commits to more than the report as a whole leaves standing: where it leaves receipt
    open, "supplied" means sent."""
    furthest = reached[claim.transfer]
    if claim.stage is None or STAGE_ORDER[claim.stage] <= STAGE_ORDER[furthest]:
        return claim
    return replace(claim, stage=furthest)


def _without_slips(stands: Sequence[_Stand]) -> list[_Stand]:
    """Who denies a transfer in a report is not taken to assert it there as well, unless by a word of
    admission: far oftener a denial was read wrongly than a report has somebody do both."""
    denying = {(one.transfer, one.voice.speaker.actor) for one in stands if one.stance is Stance.DENIES}
    return [
        one
        for one in stands
        if one.stance is not Stance.ASSERTS
        or one.voice.speaker.actor is None
        or (one.transfer, one.voice.speaker.actor) not in denying
        or one.voice.cue_class in _CONFIRMING
    ]


def _without_headline_offices(stands: Sequence[_Stand], parsed: Parsed) -> list[_Stand]:
    """Without the "Minister Says" of a headline where the text names somebody who says the same."""
    headline = next(iter(parsed.sentences()), None)

    def is_bare(stand: _Stand) -> bool:
        source = stand.voice.source
        words = parsed.text[source[0].start : source[0].end].split() if source else []
        opens = headline is not None and bool(source) and source[0].start < headline.end_char
        return opens and len(words) == 1 and stand.voice.speaker.actor is None

    named = {(one.transfer, one.stance) for one in stands if not is_bare(one)}
    return [one for one in stands if (one.transfer, one.stance) not in named or not is_bare(one)]


def _by_a_party(stand: _Stand, told: Account) -> _Stand:
    """A party that finds "no record" of its own deal denies it."""
    transfer = next(one for one in told.transfers if one.id == stand.transfer)
    actor = stand.voice.speaker.actor
    own = actor is not None and actor in (transfer.supplier, transfer.recipient)
    return replace(stand, stance=Stance.DENIES) if own and stand.stance is Stance.DOUBTS else stand


def _identity(voice: _Voice) -> str:
    speaker = voice.speaker
    if speaker.actor is not None and voice.kind in (ActorKind.STATE, ActorKind.OFFICE):
        return f"={speaker.actor}"  # the institution itself, by whatever name
    return f"{speaker.actor}:{(speaker.name or '').lower()}"


def _fold_institutions(groups: Mapping[tuple[str, Stance, str], list[_Stand]]) -> list[list[_Stand]]:
    """A named spokesperson stands for the institution: its claims join those of the first person who
    speaks for the same state."""
    folded: dict[tuple[str, Stance, str], list[_Stand]] = {
        key: list(members) for key, members in groups.items()
    }
    for key in groups:
        transfer, stance, identity = key
        if not identity.startswith("="):
            continue
        person = next(
            (
                other
                for other in groups
                if other[:2] == (transfer, stance)
                and other[2].startswith(f"{identity[1:]}:")
                and any(stand.voice.kind is ActorKind.PERSON for stand in groups[other])
            ),
            None,
        )
        if person is not None:
            folded[person].extend(folded.pop(key))
    return sorted(folded.values(), key=lambda members: members[0].ground)


def _claim(claim_id: str, stands: Sequence[_Stand]) -> Claim:
    first = min(stands, key=lambda stand: (stand.voice.kind is not ActorKind.PERSON, stand.ground))
    told = [stand.draft for stand in stands if stand.draft is not None and not stand.draft.negated]
    asserts = first.stance is Stance.ASSERTS
    counted = best_quantity(told) if asserts else None
    dated = next((stand.voice.statement for stand in stands if stand.voice.statement.said_on), None)
    stage = furthest_stage(draft.stage for draft in told) if asserts else None
    anchors: dict[str, Spans] = {
        "stance": _stance_ground(first),
        "speaker": first.voice.source,
        "transfer": (first.draft.trigger,) if first.draft else first.ground,
    }
    if stage is not None:
        furthest = max(told, key=lambda draft: STAGE_ORDER[draft.stage])
        anchors["stage"] = anchors_of(furthest)["stage"]
    if counted is not None:
        anchors["quantity"] = anchors_of(counted)["quantity"]
    if dated is not None and "said_on" in dated.anchors:
        anchors["said_on"] = dated.anchors["said_on"]
    return Claim(
        id=claim_id,
        stance=first.stance,
        transfer=first.transfer,
        stage=stage,
        quantity=quantity_of(counted) if counted else None,
        speaker=first.voice.speaker,
        said_on=dated.said_on if dated else None,
        statement=first.voice.statement.id,
        anchors=anchors,
    )


def _stance_ground(stand: _Stand) -> Spans:
    cue = stand.voice.statement.cue
    return cue.spans if cue is not None and cue.spans else stand.ground
