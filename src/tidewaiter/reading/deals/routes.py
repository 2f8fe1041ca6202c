"""Routes: by what way the goods went by one report, and where they were made to look as going."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import ActorKind, ActorMention, ReportedTransfer, Route, Span, Spans
from tidewaiter.reading.deals.around import LEG_GAP
from tidewaiter.reading.deals.transfers import Account
from tidewaiter.reading.entities import Entities, starting_in, touching
from tidewaiter.reading.parse import Parsed

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_BETWEEN_WAY_AND_PLACE = 40
"""Characters between "via" and the place it names: "via the northern Red Sea ports of"."""
_GAP_TO_PLACE = re.compile(r"[\w\s’'-]*")
_LIST_GAP = re.compile(r"\s*(?:,|,?\s*(?:and|or|then|and/or))\s*(?:the\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    name: str  # alpha-3 for a state, else lower case as reported
    span: Span


@dataclass(frozen=True, slots=True)
class _Found:
    """A piece of a route: which part, its value and words."""

    part: str  # declared, via, mode
    value: str
    span: Span


def add_routes(parsed: Parsed, entities: Entities, told: Account) -> Account:
    """The account, each transfer with the route that the sentences about it tell of; the true destination is
    the recipient where the report names nothing nearer."""
    places = _places(parsed, entities)
    pieces: dict[str, list[_Found]] = {}
    about: dict[Span, str | None] = {}  # the transfer that a sentence speaks of: the first mentioned in it
    for draft, mentioned in told.placed():
        about.setdefault(parsed.sentence_of(draft.trigger.start), mentioned)
    for sentence in parsed.sentences():
        span = Span(sentence.start_char, sentence.end_char)
        transfer = about.get(span)
        if transfer is not None:
            pieces.setdefault(transfer, []).extend(_pieces(parsed, span, places))
    routed = tuple(_routed(transfer, pieces.get(transfer.id, ())) for transfer in told.transfers)
    return replace(told, transfers=routed)


def _pieces(parsed: Parsed, sentence: Span, places: Sequence[_Place]) -> Iterator[_Found]:
    here = starting_in(places, *sentence)
    cues = _patterns(parsed.knowledge)
    pretence = cues["pretence"].search(parsed.text, sentence.start, sentence.end)
    if pretence is not None:
        yield from (_Found("declared", p.name, p.span) for p in here if p.span.start >= pretence.end())
    for way in cues["way"].finditer(parsed.text, sentence.start, sentence.end):
        yield from (_Found("via", place.name, place.span) for place in _listed(parsed.text, way.end(), here))
    for earlier, later in pairwise(here):
        if LEG_GAP.fullmatch(parsed.text, earlier.span.end, later.span.start):
            yield _Found("via", earlier.name, earlier.span)
    for mode in cues["mode"].finditer(parsed.text, sentence.start, sentence.end):
        value = _modes(parsed.knowledge)[mode["mode"].lower()]
        yield _Found("mode", value, Span(mode.start("mode"), mode.end("mode")))


def _listed(text: str, start: int, places: Sequence[_Place]) -> Iterator[_Place]:
    """The places named right behind ``start``: the first, and those listed with it."""
    reach = start + _BETWEEN_WAY_AND_PLACE
    for place in places:
        if place.span.start < start:
            continue
        gap = text[start : place.span.start]
        if (
            place.span.start > reach
            or not _GAP_TO_PLACE.fullmatch(gap)
            or (reach != start + _BETWEEN_WAY_AND_PLACE and not gap)
        ):
            return
        yield place
        follow = _LIST_GAP.match(text, place.span.end)
        if follow is None:
            return
        start = follow.end()
        reach = start + 1


def _places(parsed: Parsed, entities: Entities) -> list[_Place]:
    """States and regions from the actors, other places from the parse, in order of the text."""
    named = [actor for actor in entities.actors if _place_name(actor)]
    found = {actor.span: _Place(name, actor.span) for actor in named if (name := _place_name(actor))}
    for entity in parsed.doc.ents:
        span = Span(entity.start_char, entity.end_char)
        if entity.label_ in _PLACE_LABELS and not touching(named, [span]):
            name = re.sub(r"^the\s+", "", entity.text.strip(), flags=re.IGNORECASE).lower()
            if name:
                found[span] = _Place(name, span)
    return [found[span] for span in sorted(found)]


def _place_name(actor: ActorMention) -> str | None:
    if actor.kind is ActorKind.REGION:
        return actor.name
    return actor.code if actor.kind is ActorKind.STATE else None


def _routed(transfer: ReportedTransfer, pieces: Iterable[_Found]) -> ReportedTransfer:
    parties = (transfer.supplier, transfer.recipient)
    kept = [piece for piece in pieces if piece.value not in parties]
    declared = [piece for piece in kept if piece.part == "declared"]
    hidden = {piece.span for piece in declared}
    via = [piece for piece in kept if piece.part == "via" and piece.span not in hidden]
    modes = [piece for piece in kept if piece.part == "mode"]
    if not declared and not via and not modes:
        return transfer
    route = Route(
        declared=_values(declared),
        via=_values(via),
        true=(transfer.recipient,) if transfer.recipient else (),
        mode=modes[0].value if modes else None,
        vessel=None,
    )
    grounds: Spans = tuple(sorted(piece.span for piece in (*declared, *via, *modes[:1])))
    return replace(transfer, route=route, anchors={**transfer.anchors, "route": grounds})


def _values(pieces: Iterable[_Found]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.value for piece in pieces))


@lru_cache(maxsize=4)
def _patterns(knowledge: Knowledge) -> Mapping[str, re.Pattern[str]]:
    words: dict[str, list[str]] = {}
    for row in knowledge.table("route_cues"):
        words.setdefault(row["use"], []).append(row["cue"])

    def any_of(use: str) -> str:
        return "|".join(re.escape(word) for word in sorted(words[use], key=len, reverse=True))

    return {
        "pretence": re.compile(rf"\b(?:{any_of('pretence')})\w{{0,3}}\b", re.IGNORECASE),
        "way": re.compile(rf"\b(?:{any_of('way')})\b", re.IGNORECASE),
        "mode": re.compile(
            r"\b(?:by|aboard|on board|onto|on)\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,2}?"
            rf"(?P<mode>{any_of('mode')})s?\b",
            re.IGNORECASE,
        ),
    }


@lru_cache(maxsize=4)
def _modes(knowledge: Knowledge) -> Mapping[str, str]:
    return {row["cue"]: row["value"] for row in knowledge.table("route_cues") if row["use"] == "mode"}
