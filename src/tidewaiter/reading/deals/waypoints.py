"""Places that goods pass, as a report names them: states, seas, ports, airports, towns.

No list knows every port, so behind words of travel ("loaded in", "the port of") any name counts as a
place that is nothing else that is known: no person, body, firm, day or weapon.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tidewaiter.model import ActorForm, ActorKind, ActorMention, Span
from tidewaiter.reading.entities import Entities, starting_in, touching
from tidewaiter.reading.parse import Parsed

_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NO_PLACE_LABELS = frozenset({"PERSON", "DATE", "TIME", "EVENT", "LAW", "LANGUAGE", "NORP"})
_PLACE_FORMS = frozenset({ActorForm.NAME, ActorForm.ABBREVIATION, ActorForm.CAPITAL, ActorForm.DEMONYM})
_REACH = 48
"""Characters between a word of travel and the place: "via the northern Red Sea ports of"."""

_WORD = r"[A-Z][\w’'-]*"
_RUN = re.compile(rf"\b{_WORD}(?:\s(?:(?:al|el|de|del|da|di)\s)?{_WORD})*")
_WATER = re.compile(
    rf"\b(?:(?:Gulf|Sea|Straits?|Bay) of (?:the )?{_WORD}(?: {_WORD})?"
    rf"|{_WORD}(?: {_WORD})? (?:Sea|Ocean|Gulf|Straits?|Channel|Canal|River|Bay)"
    r"|Mediterranean|Atlantic|Pacific|Caspian|Adriatic|Bosph?orus)\b"
)
_FACILITY = r"(?:air\s?ports?|air\s?base|air\s?field|(?:sea)?ports?|harbou?r|naval base|base|terminal)"
_FACILITY_BEHIND = re.compile(rf"\s+(?:[a-z]+\s+)?{_FACILITY}\b")
_FACILITY_NAME = re.compile(r"\b(?:Air\s?port|Air\s?base|Air\s?field|Port|Harbou?r|Canal|Base)\b")
_HEAD_OF_PLACE = re.compile(
    rf"\s+(?:[a-z-]+\s+){{0,2}}(?:{_FACILITY}|city|town|island|capital)\s+(?:of|at|in)\s+"
)
_OWN_END = re.compile(r"[’']s?$")
_NO_NAME = re.compile(r"(?:The|Port of|In|At|From|On|By)(?:\s+|$)")
_LAND_OF = re.compile(rf"\s+(?:[a-z-]+\s+)?(?:waters|territory|airspace|soil|border|{_FACILITY})\b")
_NO_WAY = (
    "and|or|of|but|which|that|who|when|where|for|from|to|by|said|with|based|compan(?:y|ies)|firms?|brokers?"
    "|dealers?|intermediar(?:y|ies)|embassy|banks?|network|fronts?"
)
"""Words behind which "through the" names no place: "through a company in"."""
_SORT_OF_PLACE = (
    "ports?|harbou?rs?|cities|city|towns?|coasts?|waters|islands?|parts|countries|areas|provinces?"
)
_GAP = re.compile(rf"\s*(?:(?:{_SORT_OF_PLACE})\s+of\s+|(?!(?:{_NO_WAY})\b)[a-z’'-]+\s+)*")
_LIST_GAP = re.compile(r"\s*(?:,|,?\s*(?:and then|and|or|then|and/or))\s*(?:on\s+to\s+)?(?:the\s+)?")
_NOTHING = re.compile("")
_INSIDE = re.compile(
    rf"(?:\s+(?:[a-z]+\s+)?{_FACILITY})?(?:\s*,\s*(?:(?:an?|the)\s+[a-z\s-]{{0,30}}?\s(?:in|of|on)\s+)?"
    r"|\s+(?:[a-z]+\s+)?in\s+)(?:the\s+)?(?:[a-z]+\s+)?"
)
_DIRECTION = re.compile(r"\b(?:north|south|east|west)(?:east|west)?(?:ern)?\s+$", re.IGNORECASE)
_AT_WORK = re.compile(
    r"\s+(?:authorit|official|polic|nav(?:y|al(?! base))|custom|minist|spokes|government|arm(?:y|ed)|forces)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the text that names where something was or went."""

    name: str  # alpha-3 for a state, else lower case as reported
    span: Span
    state: str | None = None  # the state that it is, or whose adjective stands there
    adjective: bool = False
    water: bool = False
    region: bool = False
    sure: bool = True  # known as a place wherever it stands
    within: str | None = None  # state that the words around say it lies in
    facility: bool = False  # a port or airport


@dataclass(frozen=True, slots=True)
class _Label:
    """What the parse takes a name for."""

    span: Span
    label: str


def find_places(parsed: Parsed, entities: Entities) -> tuple[Place, ...]:
    """The places named in a document, in order of the text, none inside another."""
    waters = [_water(one) for one in _WATER.finditer(parsed.text)]
    named = (place for actor in entities.actors if (place := _of_actor(parsed.text, actor)))
    known = _sorted([*waters, *(one for one in named if not touching(waters, [one.span]))])
    runs = list(_of_runs(parsed, entities, known))
    return tuple(_sorted([*(one for one in known if not touching(runs, [one.span])), *runs]))


def _sorted(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: place.span)


def _water(found: re.Match[str]) -> Place:
    return Place(_worded(found[0]), Span(*found.span()), water=True)


def _worded(words: str) -> str:
    return " ".join(words.lower().split()).removeprefix("the ")


def _of_actor(text: str, actor: ActorMention) -> Place | None:
    words = _worded(text[actor.span.start : actor.span.end])
    if actor.form is ActorForm.CAPITAL:
        return Place(words, actor.span, within=actor.code)
    if actor.kind is ActorKind.REGION:
        return Place((actor.name or words).lower(), actor.span, region=True)
    if actor.kind is not ActorKind.STATE or actor.form not in _PLACE_FORMS or actor.code is None:
        return None
    return Place(actor.code, actor.span, state=actor.code, adjective=actor.form is ActorForm.DEMONYM)


def _of_runs(parsed: Parsed, entities: Entities, known: Sequence[Place]) -> Iterator[Place]:
    """Names that nothing else is known of; one that holds a known name is a place of its own only where
    it calls itself a port or the like: "Port Sudan"."""
    labels = sorted(
        (_Label(Span(one.start_char, one.end_char), one.label_) for one in parsed.doc.ents),
        key=lambda one: one.span,
    )
    for match in _RUN.finditer(parsed.text):
        words = _OWN_END.sub("", match[0])
        start = match.end() - len(match[0])
        head = _NO_NAME.match(words)
        if head is not None:
            start, words = start + head.end(), words[head.end() :]
        span = Span(start, start + len(words))
        behind_it = _FACILITY_BEHIND.match(parsed.text, span.end) is not None
        named = _FACILITY_NAME.search(words) is not None
        own = {one.label for one in touching(labels, [span]) if _holds(one.span, span)}
        others = [
            one
            for one in touching(entities.actors, [span])
            if not (behind_it and one.kind is ActorKind.PERSON)  # "Al Khadim airbase"
        ]
        taken = [*touching(known, [span]), *others] if not named else []
        if not words or taken or touching(entities.times, [span]):
            continue
        if touching(entities.weapons, [span]):
            continue
        facility = named or behind_it
        if " " not in words:  # the parse often takes a town for somebody; known persons are actors
            own.discard("PERSON")
        if own & _NO_PLACE_LABELS and not facility:
            continue
        name = _worded(words).removesuffix(" port").removesuffix(" international airport")
        yield Place(name, span, sure=facility or bool(own & _PLACE_LABELS), facility=facility)


def behind(text: str, start: int, places: Sequence[Place], *, loose: bool) -> Iterator[Place]:
    """The places named right behind ``start``: the first, and those listed with it; what only says where
    one lies ("Damietta, a port in Egypt") is none of them.  ``loose``: any name may be a place here."""
    gap, reach = _GAP, start + _REACH
    waiting = list(places)
    while waiting:
        place = waiting.pop(0)
        if place.span.start < start:
            continue
        if place.span.start > reach or not gap.fullmatch(text, start, place.span.start):
            return
        if not (place.sure or loose):
            return
        within = place.within
        if place.adjective:
            head = _HEAD_OF_PLACE.match(text, place.span.end)
            if head is not None and waiting and waiting[0].span.start == head.end():
                within, place = place.state, replace(waiting.pop(0), facility=True)
            elif _LAND_OF.match(text, place.span.end) is None:
                return
        elif _AT_WORK.match(text, place.span.end):
            return
        end = place.span.end
        if place.state is None and waiting and _INSIDE.fullmatch(text, end, waiting[0].span.start):
            around = waiting.pop(0)
            within, end = around.state or around.within or within, around.span.end
        yield replace(place, within=within)
        follow = _LIST_GAP.match(text, end)
        if follow is None:
            return
        start, gap, reach = follow.end(), _NOTHING, follow.end() + 1


def is_land_of(text: str, place: Place) -> bool:
    """ "Georgian airspace", "Turkish waters"."""
    named = _HEAD_OF_PLACE.match(text, place.span.end)
    return place.adjective and named is None and _LAND_OF.match(text, place.span.end) is not None


def part_of(text: str, place: Place) -> Place | None:
    """ "southwestern Russia": the part of a state that its name with a direction names."""
    ahead = _DIRECTION.search(text, max(0, place.span.start - 16), place.span.start)
    if ahead is None or place.state is None or place.adjective:
        return None
    span = Span(ahead.start(), place.span.end)
    return Place(" ".join(text[span.start : span.end].lower().split()), span, within=place.state)


def in_span(places: Sequence[Place], span: Span) -> Sequence[Place]:
    """The places that begin in a span of the text."""
    return starting_in(places, span.start, span.end)


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
