"""One response of each: what the same report tells twice, or more vaguely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tidewaiter.model import ReportedTransfer, Response, ResponseKind, ResponseStatus
from tidewaiter.reading.deeds.acts import Scene

_MEANING_SUPPLIERS = frozenset({ResponseKind.DIPLOMATIC_PROTEST, ResponseKind.EXPORT_CONTROL})


def _without_receivers(transfers: Sequence[ReportedTransfer], found: Sequence[Response]) -> list[Response]:
    """Without a protest or licence withheld that names who receives, where the same actor's to who
    supplies it is told."""
    meant = {(one.kind, one.by, one.against) for one in found if one.kind in _MEANING_SUPPLIERS}
    return [
        one
        for one in found
        if not any(t.recipient == one.against and (one.kind, one.by, t.supplier) in meant for t in transfers)
    ]


def settled(look: Scene, transfers: Sequence[ReportedTransfer], found: Sequence[Response]) -> list[Response]:
    """Without threats of what the same report tells as done, unless more of it is threatened, and without
    an unnamed measure beside a named one that the same veto blocked."""
    found = _without_receivers(transfers, found)
    done = {(one.kind, one.by, one.against) for one in found if one.status is ResponseStatus.DONE}
    blocked = {
        one.by for one in found if one.status is ResponseStatus.BLOCKED and one.kind is not ResponseKind.OTHER
    }
    return [
        one
        for one in found
        if not (
            one.status is ResponseStatus.THREATENED
            and (one.kind, one.by, one.against) in done
            and not _is_more(look, one)
        )
        and not (
            one.status is ResponseStatus.BLOCKED and one.kind is ResponseKind.OTHER and one.by in blocked
        )
    ]


def _is_more(look: Scene, response: Response) -> bool:
    """ "could impose further sanctions"."""
    tokens = look.parsed.tokens(response.anchors["kind"][0])
    return tokens is not None and any(look.is_a(token, "further") for token in tokens[0].sent)


def with_origins(found: Sequence[Response]) -> list[Response]:
    """A seizure told without its origin is like the document's others, where those agree."""
    known = {
        response.against: response
        for response in found
        if response.kind is ResponseKind.INTERDICTION and response.against is not None
    }
    if len(known) != 1:
        return list(found)
    ((against, model),) = known.items()
    return [
        replace(
            response,
            against=against,
            transfer=model.transfer,
            anchors={**response.anchors, "against": model.anchors["against"]},
        )
        if response.kind is ResponseKind.INTERDICTION and response.against is None
        else response
        for response in found
    ]


def one_of_each(found: Sequence[Response]) -> tuple[Response, ...]:
    """One response for each kind, actor, party hit and status: the one that tells most, then the
    first; one that names nobody hit gives way to one of its kind and actor that does."""
    best: dict[tuple[str | None, ...], Response] = {}
    for response in found:
        key = (response.kind, response.by, response.against, response.status)
        if key not in best or len(response.anchors) > len(best[key].anchors):
            best[key] = response
    kept = [
        response
        for response in best.values()
        if response.against is not None
        or not any(
            other.against
            and (other.kind, other.by, other.status) == (response.kind, response.by, response.status)
            for other in best.values()
        )
    ]
    return tuple(sorted(kept, key=lambda one: (one.anchors["kind"], one.by or "", one.against or "")))
