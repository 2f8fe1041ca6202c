"""Media that originated an allegation: who told them claims it, and so do they, where it is their report that
is answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tidewaiter.model import ActorKind, ActorMention, Speaker, Stance
from tidewaiter.reading.deals.claims.hearing import Hearing, Stand

_PIECE = re.compile(
    r"\b(?:report|story|article|coverage|reporting|newspaper|paper|investigation)\b", re.IGNORECASE
)
"""What a medium publishes; "reports" and "claims" may be anybody's."""


def originators(hearing: Hearing, stands: Sequence[Stand]) -> Iterator[Stand]:
    """The stands of the media that passed on what was then answered as a report."""
    answered = {
        stand.transfer
        for stand in stands
        if stand.stance in (Stance.DENIES, Stance.DOUBTS) and _PIECE.search(_answer(hearing, stand))
    }
    for stand in stands:
        medium = _relay(hearing, stand) if stand.stance is Stance.ASSERTS else None
        if medium is not None and stand.transfer in answered:
            speaker = Speaker(medium.name, medium.role, None)
            voice = replace(stand.voice, speaker=speaker, kind=ActorKind.MEDIA, source=(medium.span,))
            yield replace(stand, voice=voice)


def _answer(hearing: Hearing, stand: Stand) -> str:
    """The words of an answer: what is denied, and how."""
    return hearing.words((*stand.voice.cue, *stand.voice.content))


def _relay(hearing: Hearing, stand: Stand) -> ActorMention | None:
    """The medium that passes on what a stand rests on; not the one whose report the document is."""
    statement = stand.voice.statement
    source = statement.source if statement is not None else None
    if source is None or stand.voice.kind is ActorKind.MEDIA:
        return None
    outlet = (hearing.parsed.document.outlet or "").casefold()
    found = next((hearing.media[name] for name in source.via if name in hearing.media), None)
    return found if found is not None and (found.name or "").casefold() != outlet else None
