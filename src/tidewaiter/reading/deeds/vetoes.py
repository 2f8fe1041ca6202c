"""The measure that a veto stopped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tidewaiter.model import ActorKind, Response, ResponseKind, ResponseStatus, Spans
from tidewaiter.reading.deeds.acts import Party, argument_heads, span_of
from tidewaiter.reading.deeds.agents import who_acts
from tidewaiter.reading.deeds.clause import AGAINST, Act
from tidewaiter.reading.deeds.making import day_of, make_response

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token


def blocked_measure(act: Act) -> list[Response]:
    """The measure that a veto stopped, by the body that would have taken it."""
    measure = _measure(act)
    body = _body(act, measure[1]) if measure else None
    if measure is None or body is None:
        return []
    kind, noun = measure
    found = argument_heads(noun)[0]
    heads = [*found.after(*AGAINST), *(found.objects if noun.pos_ == "VERB" else ())]
    parties = [party for head in heads for party in act.scene.named(head)] or list(
        _found_near(act, body.code)
    )
    day = day_of(act, act.commitment.status)
    made = []
    hit: list[Party | None] = [*parties[:1]] or [None]
    for party in hit:
        anchors: dict[str, Spans] = {
            "kind": (span_of(noun),),
            "by": body.spans,
            "status": (span_of(act.token),),
        }
        if party:
            anchors["against"] = party.spans
        if day:
            anchors["on"] = day[1]
        made.append(
            make_response(
                act,
                kind,
                by=body.code,
                against=party.code if party else None,
                target=None,
                status=ResponseStatus.BLOCKED,
                on=day[0] if day else None,
                anchors=anchors,
            )
        )
    return made


def _measure(act: Act) -> tuple[ResponseKind, Token] | None:
    """What would have been done: sanctions, the watch of a panel, a rebuke, something else."""
    for words in (act.matter(), act.token.sent):
        for token in words:
            if act.scene.is_a(token, "sanction") and token.pos_ == "NOUN" and not _qualifies(act, token):
                return ResponseKind.SANCTION, token
            if act.scene.is_a(token, "overseer") and token.pos_ in ("NOUN", "PROPN"):
                return ResponseKind.MONITORING, token
    rebukes = [t for t in act.matter() if t.pos_ == "VERB" and act.scene.is_a(t, "rebuke")]
    drafts = [t for t in act.matter() if act.scene.is_a(t, "draft")]
    if rebukes:
        return ResponseKind.DIPLOMATIC_PROTEST, rebukes[0]
    return (ResponseKind.OTHER, drafts[0]) if drafts else None


def _qualifies(act: Act, token: Token) -> bool:
    """ "sanctions monitors": the watch of sanctions, not sanctions."""
    above = [token.head, token.head.head, token.head.head.head]
    return any(act.scene.is_a(word, "overseer") for word in above if word.sent.start == token.sent.start)


def _body(act: Act, noun: Token) -> Party | None:
    """The body whose panel it is, else the organisation named nearest to the veto: in its sentence, or
    anywhere."""
    own = act.scene.actors.get(noun.i)
    if own is not None and own.kind is not ActorKind.STATE:
        return Party(own.code or "", (own.span,))
    inside = act.token.sent
    mentions = [
        mention
        for mention in act.scene.entities.actors
        if mention.kind is ActorKind.ORGANISATION and mention.code is not None
    ]
    near = [m for m in mentions if inside.start_char <= m.span.start < inside.end_char] or mentions
    nearest = min(near, key=lambda m: (abs(m.span.start - act.token.idx), m.span), default=None)
    return Party(nearest.code or "", (nearest.span,)) if nearest else None


def _found_near(act: Act, body: str) -> Iterable[Party]:
    """Another state of the sentence that the measure may have been meant for."""
    doers = {party.code for party in who_acts(act)}
    for token in act.token.sent:
        mention = act.scene.actors.get(token.i)
        behind = token.dep_ == "pobj" and token.head.lower_ in AGAINST
        if mention is not None and behind and mention.code not in {*doers, body, None}:
            yield Party(mention.code or "", (mention.span,))
