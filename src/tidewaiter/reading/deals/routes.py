"""Routes: by what way the goods went by one report, and where they were made to look as going."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import ReportedTransfer, Route, Span, Spans
from tidewaiter.reading.deals.around.legs import LEG_GAP
from tidewaiter.reading.deals.carriers import carriers, vessels
from tidewaiter.reading.deals.transfers import Account
from tidewaiter.reading.deals.waypoints import Place, behind, find_places, in_span, is_land_of, part_of
from tidewaiter.reading.entities import Entities, starting_in
from tidewaiter.reading.parse import Parsed

TOLD_BACK = 4
"""Sentences back within which "the ship stopped in X" goes on about the transfer told there."""

_IN = re.compile(r"\s(?:in|at|on|off|near|over|by)\s+")
_CALLED_UPON = re.compile(r"call(?:ed|ing|s)?\s+(?:up)?on\b", re.IGNORECASE)
"""A state that is asked to do something is no port of call."""
_PAPERS_NAME = re.compile(
    r"\b(?:name[ds]?|gave|gives?|list(?:s|ed)?|show(?:s|ed)?|stated?|declared?|put)\s+"
    r"(?P<where>[^.;:]{2,80}?)\s+as\s+"
    r"(?:(?:the|its|their|a)\s+)?(?:[\w-]+\s+)?"
    r"(?:destination|goal|vacation spot|port of (?:arrival|discharge))\b",
    re.IGNORECASE,
)
"""What papers, or a ship by its papers, give out for the destination; "vacation spot" is its spun form."""
_FROM = re.compile(r"\s(?:from|in|at)\s+")
_LEG = re.compile(r"\b(?:from|(?P<way>route (?:was|is|ran|runs|led|leads)(?: from)?))\s+(?:the\s+)?")
_TO = re.compile(r"[^.;:]{0,40}?\bto\s+")
_TO_PLACE = re.compile(r"\b(?:to|into|for)\s+(?:the\s+)?")
_AIM = re.compile(r"\b(?:to|for|toward|towards)\s+")
_AIMED = re.compile(r"\b(?:to|for|in)\s+(?:the\s+)?$")
_ONWARD = re.compile(r",?\s*(?:and\s+)?(?:then|before|from where|from there|for onward|whence)\b")
_INTO = re.compile(r"\b(?:to|into|in|via|through)\s+(?:the\s+)?$")
_THEY = re.compile(r"(?:They|It|These|Those)\b")
_OFF_COAST = re.compile(r"\boff\s+(?:the\s+)?(?:[a-z]+\s+)?(?:coast|coastline|shores?)\s+of\s+$")
_CAME_FROM = re.compile(
    r",?\s*(?:(?:that|which)\s+)?(?:had\s+)?(?:came|come|coming|arriving|arrived|sailing|sailed|flying|flew)\s+from\s+"
)
_RATHER_THAN = re.compile(
    r"\b(?:rather\s+than|instead\s+of|not,?(?:\s+as\s[^,.;]{0,40},)?)\s+(?:(?:bound\s+)?(?:to|for)\s+)(?:the\s+)?"
)
_OVER = re.compile(r"\b(?:over|across|through|in|into|via|using|crossed|entered)\s+(?:the\s+)?$")
_PORT_OF = re.compile(r"\b(?:(?:air)?ports?|air\s?bases?|harbou?rs?)\s+(?:city\s+)?of\s+", re.IGNORECASE)
_TO_PORT = re.compile(r"\b(?:to|for|into)\s+(?:[\w-]+\s+){0,3}$")
_WATER_WAY = re.compile(r"\b(?:in|across|over|through|via|off)\s+(?:the\s+)?(?:[a-z]+\s+)?$")
_CLAUSE = r"[^.;:]{0,50}?"


_PARTS = ("declared", "via", "true", "mode", "vessel")


@dataclass(frozen=True, slots=True)
class _Found:
    """A piece of a route: which part, its value and words."""

    part: str  # one of _PARTS, or "stop": on the way or its end, as the recipient has it
    value: str
    span: Span
    place: Place | None = None
    firm: bool = True  # whether it alone makes a route


def add_routes(parsed: Parsed, entities: Entities, told: Account) -> Account:
    """The account, each transfer with the route that the sentences about it tell of; the true destination
    is the recipient, or the state in which a group fights, where the report names nothing nearer."""
    if not told.transfers:
        return told
    places = find_places(parsed, entities)
    pieces: dict[str, list[_Found]] = {}
    routed_last: tuple[str, ...] = ()
    for sentence, transfers, named in _told_in(parsed, told):
        found = list(_pieces(parsed, entities, sentence, in_span(places, sentence)))
        if found:
            routed_last = transfers if named else routed_last or transfers
            for transfer in routed_last:
                pieces.setdefault(transfer, []).extend(found)
    homes = _homes(parsed.knowledge)
    routed = tuple(_routed(one, pieces.get(one.id, ()), homes) for one in told.transfers)
    return replace(told, transfers=routed)


def _told_in(parsed: Parsed, told: Account) -> Iterator[tuple[Span, tuple[str, ...], bool]]:
    """The sentences, each with the transfers that it speaks of, and whether it names them: those of the
    pair first mentioned in it, else the one last mentioned shortly before, or the next."""
    about: dict[Span, list[str]] = {}
    for draft, mentioned in told.placed():
        about.setdefault(parsed.sentence_of(draft.trigger.start), []).append(mentioned)
    pair = {one.id: (one.supplier, one.recipient) for one in told.transfers}
    alone = len(set(pair.values())) == 1
    last: tuple[str, ...] = ()
    silent = TOLD_BACK
    waiting: list[Span] = []
    for found in parsed.sentences():
        span = Span(found.start_char, found.end_char)
        here = about.get(span, [])
        if here:
            last, silent = (here[0],), 0
            back = TOLD_BACK if alone else 1
            yield from ((earlier, last, False) for earlier in waiting[-back:])
            waiting = []
            yield span, tuple(dict.fromkeys(one for one in here if pair[one] == pair[here[0]])), True
        elif silent < TOLD_BACK and last:
            silent += 1
            yield span, last, False
        else:
            waiting.append(span)
    if alone:
        yield from ((span, (told.transfers[0].id,), False) for span in waiting)


# ------------------------------------------------------------------------------ what a sentence tells


def _pieces(parsed: Parsed, entities: Entities, sentence: Span, places: Sequence[Place]) -> Iterator[_Found]:
    cues = _cues(parsed.knowledge)
    carrying = list(carriers(parsed, entities, sentence))
    goods = starting_in(entities.weapons, *sentence)
    cargo = cues["cargo"].search(parsed.text, *sentence)
    yield from _pretended(parsed.text, sentence, places, cues, armed=bool(carrying and goods))
    going_on = cues["passing"].search(parsed.text, *sentence) and _THEY.match(parsed.text, sentence.start)
    if not (carrying or goods or cargo or going_on):
        return
    yield from _looked_like(parsed.text, sentence, places, cues)
    yield from _passed(parsed.text, sentence, places, cues, carried=bool(carrying))
    moved = [*(one.span for one in carrying), *(one.span for one in goods)]
    yield from _reached(parsed.text, sentence, places, cues, moved, carried=bool(carrying))
    for one in carrying:
        came = _CAME_FROM.match(parsed.text, one.span.end, sentence.end)
        origins = behind(parsed.text, came.end(), in_span(places, sentence), loose=False) if came else ()
        yield from (_of("via", place) for place in origins)
    told = [one for one in carrying if one.telling]
    yield from (_Found("mode", one.mode, one.span) for one in told)
    for vessel in vessels(parsed, sentence):
        yield _Found("vessel", vessel.name, vessel.span, firm=bool(told))


def _pretended(
    text: str, sentence: Span, places: Sequence[Place], cues: Mapping[str, re.Pattern[str]], *, armed: bool
) -> Iterator[_Found]:
    """Places behind "made to look as if sent to", and where aid is for, beside which arms were found."""
    document = cues["document"].search(text, *sentence)
    pretence = document or cues["pretence"].search(text, *sentence)
    onward = document or (cues["onward"].search(text, pretence.end(), sentence.end) if pretence else None)
    if onward is not None:
        for aim in _AIM.finditer(text, pretence.end(), sentence.end) if pretence else ():
            yield from (_of("declared", one) for one in behind(text, aim.end(), places, loose=False))
    for given in _PAPERS_NAME.finditer(text, *sentence):
        yield from (
            _of("declared", one) for one in in_span(places, Span(*given.span("where"))) if not one.adjective
        )
    civil = cues["civil"].search(text, *sentence) if armed else None
    if civil is not None:
        named = [one for one in places if one.span.start >= civil.end() and one.state and not one.adjective]
        aimed = [one for one in named if _AIMED.search(text, one.span.start - 12, one.span.start)]
        yield from (_of("declared", one) for one in aimed[:1])


def _passed(
    text: str, sentence: Span, places: Sequence[Place], cues: Mapping[str, re.Pattern[str]], *, carried: bool
) -> Iterator[_Found]:
    for way in cues["way"].finditer(text, *sentence):
        moved = cues["passing"].search(text, max(sentence.start, way.start() - 24), way.end())
        yield from (_of("via", one) for one in behind(text, way.end(), places, loose=moved is not None))
    for earlier, later in pairwise([one for one in places if one.sure]):
        if LEG_GAP.fullmatch(text, earlier.span.end, later.span.start):
            yield _of("via", earlier)
    yield from _between(text, sentence, places)
    yield from _ports(text, sentence, places)
    yield from _halts(text, sentence, places, cues, carried=carried)
    if carried and cues["fighting"].search(text, *sentence) is None:
        yield from (_of("via", one) for one in places if one.water and _crossed(text, one, sentence))
    yield from _legs(text, sentence, places, carried=carried)


def _halts(
    text: str, sentence: Span, places: Sequence[Place], cues: Mapping[str, re.Pattern[str]], *, carried: bool
) -> Iterator[_Found]:
    """Where they stopped, were loaded, left, were seized."""
    for cue in cues["left"].finditer(text, *sentence):
        begun = behind(text, cue.end(), places, loose=True)
        yield from (_of("via", one) for one in begun if one.state is None)
    for use, prepositions in (("stop", _IN), ("load", _FROM), ("leave", _FROM), ("seizure", _IN)):
        for cue in cues[use].finditer(text, *sentence):
            if use == "stop" and _CALLED_UPON.match(text, cue.start()):
                continue
            for one in _after(text, cue.end(), sentence.end, prepositions, places):
                if use == "seizure" and not (carried or one.facility):
                    continue
                if one.state is None or (use == "stop" and carried):
                    yield _of("stop" if use == "stop" else "via", one)


def _between(text: str, sentence: Span, places: Sequence[Place]) -> Iterator[_Found]:
    """ "over Georgian airspace", "to Poland, and from there by rail"."""
    for one in places:
        before = max(sentence.start, one.span.start - 16)
        over = is_land_of(text, one) and _OVER.search(text, before, one.span.start)
        between = (
            one.state and _ONWARD.match(text, one.span.end) and _INTO.search(text, before, one.span.start)
        )
        off = (
            one.state
            and not one.adjective
            and _OFF_COAST.search(text, max(sentence.start, one.span.start - 40), one.span.start)
        )
        if over or off or (between and not one.adjective):
            yield _of("via", one)


def _ports(text: str, sentence: Span, places: Sequence[Place]) -> Iterator[_Found]:
    for port in _PORT_OF.finditer(text, *sentence):
        toward = _TO_PORT.search(text, max(sentence.start, port.start() - 40), port.start())
        for one in behind(text, port.end(), places, loose=True):
            if one.region or one.water or one.state is not None:
                continue
            yield _of("true" if toward else "via", replace(one, facility=True))


def _after(
    text: str, start: int, end: int, prepositions: re.Pattern[str], places: Sequence[Place]
) -> Iterator[Place]:
    """The places behind the first preposition within the clause that has one."""
    for preposition in prepositions.finditer(text, start, min(end, start + 60)):
        if re.search(r"[;:]|, (?:which|who|said|and|but)\b", text[start : preposition.start()]):
            return
        found = list(behind(text, preposition.end(), places, loose=True))
        if found:
            yield from found
            return


def _crossed(text: str, water: Place, sentence: Span) -> bool:
    return _WATER_WAY.search(text, max(sentence.start, water.span.start - 24), water.span.start) is not None


def _legs(text: str, sentence: Span, places: Sequence[Place], *, carried: bool) -> Iterator[_Found]:
    """ "from A in X to the port of B": where it was loaded, and where it goes."""
    for leg in _LEG.finditer(text, *sentence):
        if not carried and leg["way"] is None:
            continue
        begun = [one for one in behind(text, leg.end(), places, loose=True) if one.state is None]
        for one in begun[:1]:
            onward = _TO.match(text, one.span.end, sentence.end)
            if onward is None or one.water:
                continue
            yield _of("via", one)
            ends = behind(text, onward.end(), places, loose=True)
            yield from (_of("true", end) for end in ends if end.state is None)


def _looked_like(
    text: str, sentence: Span, places: Sequence[Place], cues: Mapping[str, re.Pattern[str]]
) -> Iterator[_Found]:
    """ "Bound for A rather than for B": it looked like B."""
    for aim in _RATHER_THAN.finditer(text, *sentence) if cues["goal"].search(text, *sentence) else ():
        yield from (_of("declared", one) for one in behind(text, aim.end(), places, loose=False))


def _reached(
    text: str,
    sentence: Span,
    places: Sequence[Place],
    cues: Mapping[str, re.Pattern[str]],
    moved: Sequence[Span],
    *,
    carried: bool,
) -> Iterator[_Found]:
    """Where the goods, or what brings them, landed or are bound for."""
    for cue in cues["arrival"].finditer(text, *sentence):
        if any(span.end <= cue.start() for span in moved):
            for one in _after(text, cue.end(), sentence.end, _IN, places):
                yield from _arrived(one)
    for cue in cues["goal"].finditer(text, *sentence):
        for one in behind(text, cue.end(), places, loose=True):
            yield from _arrived(one)
    for preposition in _TO_PLACE.finditer(text, *sentence) if moved else ():
        for one in behind(text, preposition.end(), places, loose=True):
            if carried and (part := part_of(text, one)) is not None:
                yield _of("true", part)
            elif one.facility:
                yield from _arrived(one)


def _arrived(place: Place) -> Iterator[_Found]:
    if place.state is None:
        yield replace(_of("true", place), firm=place.facility)


def _of(part: str, place: Place) -> _Found:
    return _Found(part, place.name, place.span, place)


# ------------------------------------------------------------------------------ what it makes of a transfer


def _routed(
    transfer: ReportedTransfer, pieces: Iterable[_Found], homes: Mapping[str, str]
) -> ReportedTransfer:
    home = homes.get(transfer.recipient or "", transfer.recipient)
    parties = {transfer.supplier, transfer.recipient, home}
    found = [piece for piece in pieces if piece.value not in parties]
    found = [replace(one, part=_of_stop(one, home)) if one.part == "stop" else one for one in found]
    by_part = {part: [piece for piece in found if piece.part == part] for part in _PARTS}
    declared = by_part["declared"]
    elsewhere = {one.value for one in declared}
    reached = [one for one in by_part["true"] if one.value not in elsewhere]
    further = {one.value for one in reached if not _is_port(one)}
    ends = [
        one for one in reached if not _lies_in(one, elsewhere, home) and (not further or one.value in further)
    ]
    via = [*by_part["via"], *(one for one in reached if one not in ends)]
    hidden = {one.span for one in declared} | {one.span for one in ends}
    via = sorted((one for one in via if one.span not in hidden), key=lambda one: one.span)
    via = [one for one in via if one.value not in {end.value for end in ends}]
    modes, ships = by_part["mode"][:1], by_part["vessel"][:1]
    if not any(one.firm for one in (*declared, *via, *ends, *modes, *ships)):
        return transfer
    route = Route(
        declared=_values(declared),
        via=_values(via),
        true=_values(ends) or ((home,) if home else ()),
        mode=modes[0].value if modes else None,
        vessel=ships[0].value if ships else None,
    )
    grounds: Spans = tuple(sorted({one.span for one in (*declared, *via, *ends, *modes, *ships)}))
    return replace(transfer, route=route, anchors={**transfer.anchors, "route": grounds})


def _of_stop(stop: _Found, home: str | None) -> str:
    """Where a ship docks in the state that the goods are for, they have arrived."""
    return "true" if stop.place is not None and home is not None and stop.place.within == home else "via"


def _lies_in(end: _Found, declared: set[str], home: str | None) -> bool:
    """Whether a place reached lies in another state than the goods go to: then it is on the way."""
    within = end.place.within if end.place is not None else None
    return within is not None and (within in declared or within != home)


def _is_port(end: _Found) -> bool:
    return end.place is not None and end.place.facility


def _values(pieces: Iterable[_Found]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.value for piece in pieces))


@lru_cache(maxsize=4)
def _homes(knowledge: Knowledge) -> Mapping[str, str]:
    """The state in which an armed group fights."""
    return {row["group"]: row["state"] for row in knowledge.table("group_areas")}


@lru_cache(maxsize=4)
def _cues(knowledge: Knowledge) -> Mapping[str, re.Pattern[str]]:
    words: dict[str, list[str]] = {}
    for row in knowledge.table("route_cues"):
        words.setdefault(row["use"], []).append(row["cue"])
    words["leave"] += [*words["moving"], *words["left"]]
    words["passing"] += [*words["leave"], *words["stop"], *words["load"]]
    words["onward"] += [*words["cargo"], *words["goal"], *words["bringing"]]

    def any_of(use: str) -> str:
        return "|".join(re.escape(word) for word in sorted(words[use], key=len, reverse=True))

    made = {use: re.compile(rf"\b(?:{any_of(use)})\b", re.IGNORECASE) for use in words if use != "pretence"}
    made["pretence"] = re.compile(rf"\b(?:{any_of('pretence')})\w{{0,3}}\b", re.IGNORECASE)
    return made
