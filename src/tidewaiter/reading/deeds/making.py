"""An act as a response, each field with its words."""

from __future__ import annotations

from hashlib import sha256

from tidewaiter.model import Anchors, Response, ResponseKind, ResponseStatus, Spans
from tidewaiter.reading.deeds.acts import Party, span_of
from tidewaiter.reading.deeds.clause import Act
from tidewaiter.reading.deeds.hits import Hit
from tidewaiter.reading.deeds.nearness import nearest_transfer
from tidewaiter.reading.deeds.needs import NEEDS

_SPOKEN = frozenset({ResponseKind.DIPLOMATIC_PROTEST})
_WITH_TARGET = frozenset({ResponseKind.SANCTION, ResponseKind.INVESTIGATION})


def response_of(act: Act, by: Party, hit: Hit) -> Response:
    """The act of ``by`` against ``hit`` as a response."""
    status = _status(act)
    anchors: dict[str, Spans] = {
        "kind": _kind_spans(act),
        "by": by.spans,
        "status": act.commitment.spans,
    }
    against = hit.party.code if hit.party else None
    if hit.party:
        anchors["against"] = hit.party.spans
    target = None
    if hit.target is not None and act.kind in _WITH_TARGET:
        anchors["target"] = (hit.target,)
        target = act.scene.parsed.text[hit.target.start : hit.target.end]
    day = day_of(act, status)
    if day:
        anchors["on"] = day[1]
    return make_response(
        act,
        act.kind,
        by=by.code,
        against=against,
        target=target,
        status=status,
        on=day[0] if day else None,
        anchors=anchors,
    )


def _status(act: Act) -> ResponseStatus:
    if act.cue.status in ("", "negated"):
        done_by_refusing = act.cue.status == "negated"
        return ResponseStatus.DONE if done_by_refusing else act.commitment.status
    return ResponseStatus(act.cue.status)


def _kind_spans(act: Act) -> Spans:
    nouns = [token for need in act.cue.needs if need not in NEEDS for token in act.phrase_words(need)]
    return tuple(sorted({span_of(act.token), *(span_of(token) for token in nouns[:1])}))


def day_of(act: Act, status: ResponseStatus) -> tuple[str, Spans] | None:
    """The day of an act done, or undone, with its words."""
    if status not in (ResponseStatus.DONE, ResponseStatus.LIFTED):
        return None
    mention = act.scene.day(act.token, act.commitment, spoken=act.kind in _SPOKEN)
    if mention is not None and mention.edtf is not None:
        return mention.edtf, (mention.span,)
    statement = act.scene.statement_at(act.token.idx)
    if act.kind in _SPOKEN and statement is not None and statement.said_on:
        spans = statement.anchors.get("said_on", ())
        return (statement.said_on, spans) if spans else None
    return None


def make_response(
    act: Act,
    kind: ResponseKind,
    *,
    by: str | None,
    against: str | None,
    target: str | None,
    status: ResponseStatus,
    on: str | None,
    anchors: Anchors,
) -> Response:
    """A response with an id made of what it says, and the transfer that it answers."""
    document = act.scene.parsed.document.id
    key = "|".join([document, kind, by or "", against or "", status])
    fitting = [one for one in act.transfers if against in (one.supplier, one.recipient) and against]
    as_supplier = [one for one in fitting if one.supplier == against]
    answered = nearest_transfer(act, as_supplier or fitting)
    return Response(
        id="s" + sha256(key.encode()).hexdigest()[:10],
        kind=kind,
        by=by,
        against=against,
        target=target,
        status=status,
        on=on,
        transfer=answered.id if answered else None,
        anchors=anchors,
    )
