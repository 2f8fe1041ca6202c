"""Those who follow: "X imposed sanctions on Y. Z may follow"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.model import ReportedTransfer, Response, ResponseKind, ResponseStatus
from tidewaiter.reading.deeds.acts import Cue, Party, Scene, argument_heads, lemma_of
from tidewaiter.reading.deeds.clause import Act
from tidewaiter.reading.deeds.making import make_response
from tidewaiter.reading.deeds.nearness import sentences_around

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_FOLLOWED = frozenset({ResponseKind.SANCTION, ResponseKind.EXPORT_CONTROL, ResponseKind.INVESTIGATION})


_FOLLOWING = Cue("follow", ResponseKind.SANCTION, (), "on", "")


def followers(
    look: Scene, transfers: Sequence[ReportedTransfer], found: Sequence[Response]
) -> Iterator[Response]:
    """ "X imposed sanctions on Y. Z may follow": Z's is like the one told just before."""
    for token in look.parsed.doc:
        if not look.is_a(token, "following") or token.pos_ != "VERB":
            continue
        commitment = look.commitment(token)
        if commitment is None or commitment.negated or not _stands_alone(look, token):
            continue
        act = Act(look, transfers, token, _FOLLOWING, commitment)
        start, _ = sentences_around(act, before=1, after=0)
        models = [
            one
            for one in found
            if one.kind in _FOLLOWED
            and one.status is ResponseStatus.DONE
            and start <= one.anchors["kind"][0].start < token.idx
        ]
        named = _spoken_doers(act) if models else ()
        for by in named:
            yield _like(act, models[-1], by)


def _stands_alone(look: Scene, token: Token) -> bool:
    """ "follow", "follow suit", "do the same": of anything else that follows, something else is told."""
    found = argument_heads(token)[0]
    suit = [head for head in found.objects if look.is_a(head, "suit")]
    if lemma_of(token) == "follow" and not found.objects:
        return not any(child.dep_ in ("prep", "npadvmod", "ccomp") for child in token.children)
    return bool(suit)


def _spoken_doers(act: Act) -> tuple[Party, ...]:
    named = act.scene.doers(act.token, act.commitment)
    if not act.commitment.own_words_only:
        return named
    return tuple(party for party in named if act.scene.says_so(act.token, party.code))


def _like(act: Act, model: Response, by: Party) -> Response:
    anchors = {name: spans for name, spans in model.anchors.items() if name in ("kind", "against")}
    anchors |= {"by": by.spans, "status": act.commitment.spans}
    made = make_response(
        act,
        model.kind,
        by=by.code,
        against=model.against,
        target=None,
        status=act.commitment.status,
        on=None,
        anchors=anchors,
    )
    return replace(made, transfer=model.transfer)
