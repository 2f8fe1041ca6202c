"""What brings goods: by what mode a report has them go, and what their ship is called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import Span
from tidewaiter.reading.entities import Entities, starting_in, touching
from tidewaiter.reading.parse import Parsed

_WITH = re.compile(r"\s+with\s+")
_NAME = r"[A-Z][\w’'-]*(?:[ -](?:[A-Z][\w’'-]*|\d+))*"


@dataclass(frozen=True, slots=True)
class Carrier:
    """A word for what brings goods, or for its moving, with the mode that it tells."""

    mode: str
    span: Span
    telling: bool  # that it brings the goods is said, not only that it is there


@dataclass(frozen=True, slots=True)
class Vessel:
    """A ship's name."""

    name: str
    span: Span


def carriers(parsed: Parsed, entities: Entities, sentence: Span) -> Iterator[Carrier]:
    """The carriers named in a sentence; ships and planes that are themselves the goods are none."""
    look = _look(parsed.knowledge)
    for found in look.noun.finditer(parsed.text, sentence.start, sentence.end):
        span = Span(*found.span("mode"))
        token = parsed.tokens(span)
        if token is not None and token.root.pos_ == "VERB":  # "to train troops"
            continue
        if look.warship.search(parsed.text, max(sentence.start, span.start - _AHEAD), span.start):
            continue
        aboard = look.aboard.search(parsed.text, max(sentence.start, span.start - _AHEAD), span.start)
        bringing = look.bringing.match(parsed.text, span.end, sentence.end)
        hauler = look.hauler.search(parsed.text, max(sentence.start, span.start - _AHEAD), span.end)
        held = _WITH.match(parsed.text, span.end)
        loaded = held is not None and starting_in(entities.weapons, held.end(), held.end() + _AHEAD)
        goods = touching(entities.weapons, [span])
        if goods and not (hauler or ((aboard or bringing or loaded) and _is_bare(goods[0].item))):
            continue
        yield Carrier(look.modes[found["mode"].lower()], span, bool(aboard or bringing or loaded or hauler))
    for found in look.moving.finditer(parsed.text, sentence.start, sentence.end):
        yield Carrier(look.modes[found[0].lower()], Span(*found.span()), telling=True)
    for found in look.named[0].finditer(parsed.text, *sentence):
        yield Carrier("sea", Span(*found.span()), telling=True)


def vessels(parsed: Parsed, sentence: Span) -> Iterator[Vessel]:
    """The ships named in a sentence that are no warships."""
    look = _look(parsed.knowledge)
    for pattern in look.named:
        for found in pattern.finditer(parsed.text, sentence.start, sentence.end):
            before = parsed.text[max(sentence.start, found.start() - _AHEAD) : found.start("name")]
            name = found["name"].rstrip("’'-,. ")
            if len(name) > 2 and not look.warship.search(before) and not look.prefix.match(name):
                start = found.start("name")
                yield Vessel(name, Span(start, start + len(name)))


_AHEAD = 40
"""Characters before a carrier that say what it is to the goods: "aboard a chartered cargo"."""


def _is_bare(item: str) -> bool:
    return " " not in item.strip()


@dataclass(frozen=True, slots=True)
class _Look:
    """The table's words as patterns."""

    modes: Mapping[str, str]
    noun: re.Pattern[str]
    moving: re.Pattern[str]
    aboard: re.Pattern[str]
    bringing: re.Pattern[str]
    hauler: re.Pattern[str]
    warship: re.Pattern[str]
    prefix: re.Pattern[str]
    named: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=4)
def _look(knowledge: Knowledge) -> _Look:
    rows = knowledge.table("route_cues")

    def any_of(*uses: str) -> str:
        words = sorted((row["cue"] for row in rows if row["use"] in uses), key=len, reverse=True)
        return "|".join(re.escape(word) for word in words)

    by_sea = [row["cue"] for row in rows if row["use"] in ("mode", "hauler") and row["value"] == "sea"]
    ships = "|".join(re.escape(word) for word in by_sea)
    prefix = any_of("ship_prefix")
    return _Look(
        modes={
            row["cue"].lower(): row["value"]
            for row in rows
            if row["use"] in ("mode", "hauler", "medium", "moving")
        },
        noun=re.compile(rf"\b(?P<mode>{any_of('mode', 'hauler')})s?\b", re.IGNORECASE),
        moving=re.compile(
            rf"\b(?:(?<=by )(?:{any_of('medium')})|{any_of('moving')})\b",
            re.IGNORECASE,
        ),
        aboard=re.compile(rf"\b(?:{any_of('aboard')})\s+(?:[\w’'-]+\s+){{0,3}}$", re.IGNORECASE),
        bringing=re.compile(
            rf"[,\w\s]{{0,24}}?\b(?:{any_of('bringing', 'arrival', 'goal', 'stop', 'leave', 'seizure')})\b",
            re.IGNORECASE,
        ),
        hauler=re.compile(rf"\b(?:{any_of('hauler')}|(?:{any_of('hauling')})\s+[\w-]+?)s?$", re.IGNORECASE),
        warship=re.compile(
            rf"\b(?:{any_of('warship')})\s+(?:(?!(?:an?|the|from|of|on|off|by|in)\b)[\w-]+\s+)?(?:the\s+)?[\"“'‘]?$",
            re.IGNORECASE,
        ),
        prefix=re.compile(rf"(?:{any_of('warship')})\b", re.IGNORECASE),
        named=(
            re.compile(rf"\b(?:{prefix})\s+[\"“'‘]?(?P<name>{_NAME})"),
            re.compile(
                rf"\b(?i:{ships})(?:,? (?:called|named|known as))?,?\s+(?:the\s+)?[\"“'‘]?(?P<name>{_NAME})"
            ),
            re.compile(rf"[\"“](?P<name>{_NAME}),?[\"”],? (?:an?|the) (?:[\w-]+ ){{0,4}}?(?i:{ships})\b"),
            re.compile(rf"\b[Tt]he (?P<name>{_NAME}), (?:an?|the|which) (?:[\w-]+ ){{0,4}}?(?i:{ships})\b"),
            re.compile(rf"\b(?i:{ships})\b[^.;:]{{0,40}}\bit was the (?P<name>{_NAME})"),
        ),
    )
