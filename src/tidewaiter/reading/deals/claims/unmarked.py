"""Voices that no statement has for itself: named inside what others tell, cited by a medium, denying in
passing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tidewaiter.model import ActorKind, ActorMention, Span, Spans, Speaker, Statement
from tidewaiter.reading.deals.claims.hearing import Hearing, Voice
from tidewaiter.reading.deals.claims.stances import NONE
from tidewaiter.reading.deals.claims.voices import actor_of, cue_spans, own_words, spoken_by
from tidewaiter.reading.entities import touching
from tidewaiter.reading.said.reporting import Cue, cue_at, lexicon

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_TOLD = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_INSIDE = frozenset({"say", "tell", "claim", "confirm", "admit", "accuse", "announce"})
_CONTENTS = frozenset({"dobj", "ccomp", "xcomp", "nsubjpass"})
_SPEAKING = frozenset(
    {ActorKind.STATE, ActorKind.OFFICE, ActorKind.PERSON, ActorKind.PEOPLE, ActorKind.GROUP, ActorKind.FIRM}
    | {ActorKind.ORGANISATION}
)
_QUOTED = re.compile(r"\s?:\s?[“\"](?P<said>[^“”\"\n]{2,600})[”\"]")
_OPENING = " \n\t-–—•*>"
_NOBODY = Speaker(None, None, None)


def unmarked_voices(hearing: Hearing, statements: Sequence[Statement]) -> Iterator[Voice]:
    """All of them; each as far as it is known for whom it speaks."""
    cued = frozenset(token.i for one in statements for token in hearing.tokens(cue_spans(one)))
    for statement in statements:
        yield from _named_inside(hearing, statement, cued)
    yield from _in_passing(hearing, statements, cued)
    yield from _as_they_say(hearing, statements)


def before_colons(hearing: Hearing) -> Iterator[Voice]:
    """Those named before a colon and quoted words, as a line of its own: "Chad's army: “We bought none.”"."""
    for actor in hearing.entities.actors:
        found = _QUOTED.match(hearing.text, actor.span.end)
        if found is None or actor.code is None or actor.kind not in _SPEAKING:
            continue
        start = hearing.parsed.sentence_of(actor.span.start).start
        if hearing.text[start : actor.span.start].strip(_OPENING).lower() not in ("", "the"):
            continue
        content = Span(*found.span("said"))
        cue = Span(content.start - 1, content.start)
        yield spoken_by(Voice(None, _NOBODY, None, (), (cue,), (content,), "say"), actor)


def cited(hearing: Hearing, voices: Sequence[Voice]) -> list[Voice]:
    """The voices, with what a medium tells given to those whom it cites for it: "the daily, citing officials
    in Oslo, reported that", "agencies, which cited the head of the export office, said that"."""
    citing = [voice for voice in voices if voice.cue_class == "cite"]
    return [_by_the_cited(hearing, voice, citing) for voice in voices]


def _by_the_cited(hearing: Hearing, voice: Voice, citing: Sequence[Voice]) -> Voice:
    if voice.kind is not ActorKind.MEDIA or voice.cue_class == "cite" or not voice.cue:
        return voice
    sentence = hearing.parsed.sentence_of(voice.cue[0].start)
    for other in citing:
        if not other.cue or not sentence.start <= other.cue[0].start < sentence.end:
            continue
        end = min(sentence.end, other.content[-1].end)
        actor = _first_official(hearing, Span(other.cue[-1].end, max(end, other.cue[-1].end + 1)))
        if actor is not None:
            return spoken_by(voice, actor)
    return voice


def _first_official(hearing: Hearing, span: Span) -> ActorMention | None:
    """The first actor named there that speaks for somebody and is no medium."""
    actors = touching(hearing.entities.actors, (span,))
    return next((one for one in actors if one.code is not None and one.kind is not ActorKind.MEDIA), None)


def _named_inside(hearing: Hearing, statement: Statement, cued: frozenset[int]) -> Iterator[Voice]:
    """Whom a statement names for what it tells: "the daily wrote that, according to a document of the
    navy, Chad had bought tanks"."""
    words = lexicon(hearing.parsed.knowledge)
    for token in hearing.tokens(statement.content.spans):
        cue = cue_at(token, words)
        if cue is None or cue.entry.pos != "preposition" or token.i in cued:
            continue
        named = next((child for child in cue.words[-1].children if child.dep_ == "pobj"), None)
        if named is None:
            continue
        edge = named.right_edge
        spans = own_words(hearing, (Span(named.left_edge.idx, edge.idx + len(edge)),))
        actor = _first_official(hearing, spans[0])
        if actor is not None:
            base = Voice(statement, _NOBODY, None, (), (_span(token),), statement.content.spans, "say")
            yield spoken_by(base, actor)


def _in_passing(hearing: Hearing, statements: Sequence[Statement], cued: frozenset[int]) -> Iterator[Voice]:
    """Denials and doubts that no statement has ("Oslo recalled that Chad “publicly denied” in May that it had
    sold tanks"), and what others are said to say inside a statement."""
    words = lexicon(hearing.parsed.knowledge)
    contents = frozenset(token.i for one in statements for token in hearing.tokens(one.content.spans))
    for token in hearing.parsed.doc:
        cue = cue_at(token, words)
        if cue is None or not _tells(cue) or token.i in cued:
            continue
        kind = cue.entry.kind
        answers = kind in ("deny", "doubt")
        if not answers and not (kind in _INSIDE and token.i in contents):
            continue
        told = _told(cue) if answers else [one for one in token.children if one.dep_ == "ccomp"]
        actor = actor_of(hearing, token)
        if told and actor is not None:
            last = told[-1].right_edge
            content = Span(told[0].left_edge.idx, last.idx + len(last))
            if not content.start <= token.idx < content.end:
                yield spoken_by(Voice(None, _NOBODY, None, (), (_span(token),), (content,), kind), actor)


def _as_they_say(hearing: Hearing, statements: Sequence[Statement]) -> Iterator[Voice]:
    """Those whose word a clause is told to be: "Chad, as Oslo alleges, sold tanks"."""
    sourced = [one for one in statements if one.source is not None]
    taken = frozenset(token.i for one in sourced for token in hearing.tokens(cue_spans(one)))
    words = lexicon(hearing.parsed.knowledge)
    for token in hearing.parsed.doc:
        if token.lower_ != "as" or token.head.i in taken or token.dep_ not in ("mark", "advmod"):
            continue
        cue = cue_at(token.head, words)
        if cue is None or cue.entry.kind not in _INSIDE or not _tells(cue):
            continue
        actor = actor_of(hearing, token.head)
        content = _clause_around(token.head)
        if actor is not None and actor.span.start > token.idx and content:
            base = Voice(None, _NOBODY, None, (), (_span(token.head),), content, cue.entry.kind)
            yield spoken_by(base, actor)


def _clause_around(verb: Token) -> Spans:
    """What "as Oslo alleges" is said of: the rest of the sentence behind it, else what stands before; without
    its negation, since "never, as Oslo alleges" is that Oslo does allege it."""
    behind = [token for token in verb.doc[verb.i + 1 : verb.sent.end] if not token.is_punct]
    tokens = behind or list(verb.doc[verb.sent.start : verb.left_edge.i])
    return tuple(_span(token) for token in tokens if token.lower_ not in NONE)


def _told(cue: Cue) -> list[Token]:
    """What a verb of denying tells of; behind the preposition where it has one ("cast doubt on")."""
    last = cue.words[-1] if "prep" in cue.entry.frames else cue.head
    return [
        one for one in last.children if one.dep_ in (_CONTENTS if last is cue.head else {"pobj", "pcomp"})
    ]


def _tells(cue: Cue) -> bool:
    """Whether a verb tells of an act of saying that was done: not "to deny", "would deny"."""
    verb = cue.head
    done = verb.tag_ in _TOLD and not any(one.dep_ == "aux" and one.tag_ == "MD" for one in verb.children)
    return cue.entry.pos == "verb" and done and not cue.negated


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))
