"""One claim for each speaker, stance and transfer, of all that was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tidewaiter.model import STAGE_ORDER, ActorKind, Claim, Spans, Stage, Stance
from tidewaiter.reading.deals.claims.hearing import Hearing, Stand, Voice
from tidewaiter.reading.deals.claims.stances import CONFIRMING
from tidewaiter.reading.deals.mentions import anchors_of, quantity_of
from tidewaiter.reading.deals.transfers import best_quantity, furthest_stage
from tidewaiter.reading.parse import Parsed

_Key = tuple[str, Stance, str]


def merged(stands: Iterable[Stand], hearing: Hearing) -> tuple[Claim, ...]:
    """The claims, in order of their first words."""
    stands = [_for_nobody(stand) for stand in stands]
    known = _without_headline_offices(stands, hearing.parsed)
    kept = _without_slips([_by_a_party(stand, hearing) for stand in known])
    groups: dict[_Key, list[Stand]] = {}
    for stand in sorted(kept, key=lambda stand: stand.ground):
        groups.setdefault((stand.transfer, stand.stance, _identity(stand.voice)), []).append(stand)
    reached = {one.id: one.stage for one in hearing.told.transfers}
    folded = _fold_institutions(groups)
    return tuple(
        _capped(_claim(f"c{number}", one, reached[one[0].transfer]), reached)
        for number, one in enumerate(folded, start=1)
    )


def _capped(claim: Claim, reached: Mapping[str, Stage]) -> Claim:
    """No speaker commits to more than the report as a whole leaves standing: where it leaves receipt
    open, "supplied" means sent."""
    furthest = reached[claim.transfer]
    if claim.stage is None or STAGE_ORDER[claim.stage] <= STAGE_ORDER[furthest]:
        return claim
    return replace(claim, stage=furthest)


def _without_slips(stands: Sequence[Stand]) -> list[Stand]:
    """Who denies a transfer in a report is not taken to assert it there as well, unless by a word of
    admission: far oftener a denial was read wrongly than a report has somebody do both."""
    denying = {(one.transfer, one.voice.speaker.actor) for one in stands if one.stance is Stance.DENIES}
    return [
        one
        for one in stands
        if one.stance is not Stance.ASSERTS
        or one.voice.speaker.actor is None
        or (one.transfer, one.voice.speaker.actor) not in denying
        or one.voice.cue_class in CONFIRMING
    ]


def _without_headline_offices(stands: Sequence[Stand], parsed: Parsed) -> list[Stand]:
    """Without the "Minister Says" of a headline where the text names somebody who says the same."""
    headline = next(iter(parsed.sentences()), None)

    def is_bare(stand: Stand) -> bool:
        source = stand.voice.source
        words = parsed.text[source[0].start : source[0].end].split() if source else []
        opens = headline is not None and bool(source) and source[0].start < headline.end_char
        return opens and len(words) == 1 and stand.voice.speaker.actor is None

    named = {(one.transfer, one.stance) for one in stands if not is_bare(one)}
    return [one for one in stands if (one.transfer, one.stance) not in named or not is_bare(one)]


def _for_nobody(stand: Stand) -> Stand:
    """A medium's report is nobody's word but its own; only when one denies it may give that of its state."""
    voice = stand.voice
    if voice.kind is not ActorKind.MEDIA or stand.stance is Stance.DENIES or voice.speaker.actor is None:
        return stand
    return replace(stand, voice=replace(voice, speaker=replace(voice.speaker, actor=None)))


def _by_a_party(stand: Stand, hearing: Hearing) -> Stand:
    """A party that finds "no record" of its own deal denies it."""
    own = hearing.is_party(stand.voice.speaker.actor, stand.transfer)
    return replace(stand, stance=Stance.DENIES) if own and stand.stance is Stance.DOUBTS else stand


def _identity(voice: Voice) -> str:
    speaker = voice.speaker
    if speaker.actor is not None and voice.kind in (ActorKind.STATE, ActorKind.OFFICE):
        return f"={speaker.actor}"  # the institution itself, by whatever name
    return f"{speaker.actor}:{(speaker.name or '').lower()}"


def _fold_institutions(groups: Mapping[_Key, list[Stand]]) -> list[list[Stand]]:
    """A named spokesperson stands for the institution: its claims join those of the first person who
    speaks for the same state."""
    folded: dict[_Key, list[Stand]] = {key: list(members) for key, members in groups.items()}
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


def _claim(claim_id: str, stands: Sequence[Stand], reached: Stage) -> Claim:
    first = min(stands, key=lambda stand: (stand.voice.kind is not ActorKind.PERSON, stand.ground))
    told = [stand.draft for stand in stands if stand.draft is not None and not stand.draft.negated]
    asserts = first.stance is Stance.ASSERTS
    counted = best_quantity(told) if asserts else None
    statements = [stand.voice.statement for stand in stands if stand.voice.statement is not None]
    dated = next((one for one in statements if one.said_on), None)
    stage = furthest_stage(draft.stage for draft in told) if asserts else None
    if asserts and stage is Stage.UNCLEAR:  # "the sale", of which others tell how far it went
        stage = reached
    if asserts and not told:
        stage = furthest_stage(stand.stage for stand in stands if stand.stage is not None)
    anchors: dict[str, Spans] = {
        "stance": first.voice.cue or first.ground,
        "speaker": first.voice.source,
        "transfer": (first.draft.trigger,) if first.draft else first.ground,
    }
    if stage is not None and not told:
        anchors["stage"] = first.ground
    elif stage is not None:
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
        statement=first.voice.statement.id if first.voice.statement is not None else None,
        anchors=anchors,
    )
