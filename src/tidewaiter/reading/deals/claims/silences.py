"""Silence when asked, where no statement has it: "the ministry could not be reached", "the paper asked the
firm and has had no answer"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tidewaiter.model import ActorKind, ActorMention, Span, Speaker, Stance
from tidewaiter.reading.deals.claims.hearing import Hearing, Stand, Voice
from tidewaiter.reading.entities import starting_in

_WHO_IS_SILENT = re.compile(
    r"\b(?:could(?: not|n.t)(?: \w+)? be (?:reached|contacted)"
    r"|(?:was|were) not (?:\w+ )?(?:available|reachable)"
    r"|did not (?:\w+ )?return(?: \w+){0,3} (?:calls?|messages?|e-?mails?)"
    r"|left (?:\w+ ){0,2}(?:questions?|requests?|calls?|e-?mails?|messages?) unanswered"
    r"|would not be drawn|hung up|(?:kept|remained|stayed) (?:silent|mum|quiet)"
    r"|(?:refrained|abstained) from (?:\w+ )?comment\w*"
    r"|(?:gave|offered|made) no (?:\w+ )?(?:comment|answer|reply)|did(?: not|n.t) (?:\w+ )?pick up"
    r"|did(?: not|n.t) (?:\w+ )?answer (?:\w+ ){0,2}(?:calls?|questions?|e-?mails?|letters?|messages?)"
    r"|(?:was|were) unavailable|ha(?:s|ve) yet to (?:comment|respond|reply|react|answer))\b",
    re.IGNORECASE,
)
"""Behind whoever is silent."""
_FROM_WHOM_NOTHING = re.compile(
    r"\b(?:no (?:\w+ )?(?:comment|reaction|response|reply|answer|word) (?:\w+ )?from"
    r"|unable to (?:reach|contact)|could not (?:\w+ )?(?:reach|contact)|silence from"
    r"|neither confirmed nor denied by)\b",
    re.IGNORECASE,
)
"""Before whoever is silent."""
_ASKED = re.compile(
    r"\b(?:ask(?:ed)?|contact(?:ed)?|approach(?:ed)?|wrote to|reached out to|comment from|(?:requests?|"
    r"questions?|queries|inquiries|messages|e-?mails?|calls?|letters?)\b[^.;]{0,60}?\bto)\b",
    re.IGNORECASE,
)
_UNANSWERED = re.compile(
    r"\b(?:no (?:\w+ )?(?:answer|reply|response)|unanswered|not (?:\w+ )?(?:answered|returned)"
    r"|without (?:\w+ )?(?:answer|reply|response)|did not (?:\w+ )?(?:answer|reply|respond))\b",
    re.IGNORECASE,
)
_SILENT = frozenset(
    {ActorKind.STATE, ActorKind.OFFICE, ActorKind.PERSON, ActorKind.PEOPLE, ActorKind.GROUP, ActorKind.FIRM}
    | {ActorKind.ORGANISATION}
)
_NEITHER = re.compile(
    r"\b(neither(?: (?:government|side|country|state|capital|army|ministry|embassy|party))?)"
    r" (?:has |have |would |wanted to |wished to |was willing to )?(?:\w+ )?"
    r"(?:comment|respond|repl(?:y|ied)|answer)",
    re.IGNORECASE,
)
NEAR = 80
"""Characters between whoever is silent and the words that say so."""


def silences(hearing: Hearing, voices: Sequence[Voice]) -> Iterator[Stand]:
    """Those who were asked and did not answer, each once a sentence."""
    heard = {voice.speaker.actor for voice in voices if voice.cue_class == "decline" and voice.source}
    yield from _neither(hearing)
    for sentence in hearing.parsed.sentences():
        span = Span(sentence.start_char, sentence.end_char)
        for actor, ground in _silent(hearing, span):
            transfer = hearing.first_of(actor.code) if actor.code is not None else None
            if actor.code is None or actor.code in heard:
                continue
            transfer = transfer or hearing.told.transfers[0].id
            speaker = Speaker(actor.name, actor.role, actor.code)
            voice = Voice(None, speaker, actor.kind, (actor.span,), (ground,), (ground,), "decline")
            yield Stand(transfer, Stance.DECLINES, voice, None, (ground,))


def _neither(hearing: Hearing) -> Iterator[Stand]:
    """ "Neither government would comment": both parties of what was told last."""
    for found in _NEITHER.finditer(hearing.text):
        ground = Span(*found.span())
        last = hearing.last_before(found.start())
        if last is None:
            continue
        one = hearing.by_id[last[0]]
        for code in (one.supplier, one.recipient):
            if code is not None:
                speaker = Speaker(found.group(1), None, code)
                voice = Voice(None, speaker, None, (Span(*found.span(1)),), (ground,), (ground,), "decline")
                yield Stand(one.id, Stance.DECLINES, voice, None, (ground,))


def _silent(hearing: Hearing, span: Span) -> Iterator[tuple[ActorMention, Span]]:
    actors = [one for one in starting_in(hearing.entities.actors, *span) if one.kind in _SILENT]
    text = hearing.text
    if (found := _WHO_IS_SILENT.search(text, *span)) is not None:
        before = [one for one in actors if one.span.end <= found.start() <= one.span.end + NEAR]
        yield from ((one, Span(*found.span())) for one in _together(text, before))
    elif (found := _FROM_WHOM_NOTHING.search(text, *span)) is not None:
        behind = [one for one in actors if found.end() <= one.span.start <= found.end() + NEAR]
        yield from ((one, Span(*found.span())) for one in behind[:1])
    elif (asked := _ASKED.search(text, *span)) is not None:
        found = _UNANSWERED.search(text, asked.end(), span.end)
        if found is not None:
            behind = [one for one in actors if asked.end() <= one.span.start <= asked.end() + NEAR]
            yield from ((one, Span(*found.span())) for one in behind[:1])


def _together(text: str, actors: Sequence[ActorMention]) -> list[ActorMention]:
    """The last of them, with those listed before it."""
    found = list(actors[-1:])
    for actor in reversed(actors[:-1]):
        between = text[actor.span.end : found[0].span.start].strip(" ,")
        if between not in ("", "and", "or", "nor", "and the", "or the"):
            break
        found.insert(0, actor)
    return found
