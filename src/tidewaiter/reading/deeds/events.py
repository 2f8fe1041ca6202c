"""What else belongs on the timeline: tests, exercises, votes, visits, strikes and the like.

Cue words of the table ``event_cues`` evoke a type; only what is told as having happened is an event.
The list of types grows by the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from tidewaiter.model import Event, ResponseStatus, Span, Spans, Statement
from tidewaiter.reading.deeds.acts import (
    Commitment,
    Cue,
    Party,
    Scene,
    argument_heads,
    owners,
    phrases,
    run_on,
    scene,
    span_of,
)
from tidewaiter.reading.entities import Entities
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.syntax import Arguments

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

TABLE = "event_cues"
_AIMED = ("at", "on", "against", "into", "toward", "towards", "over")
_PLACED = ("to", "in")
_MUTUAL = frozenset({"with", "met"})
"""Ways of naming the other side of what two do together."""
_BY_SOMEBODY = frozenset({"visit", "meeting"})
"""Types that are none without an actor: goods too are flown to a country."""
_TRAILING = frozenset({"relcl", "advcl", "ccomp", "parataxis", "conj", "cc", "punct", "mark", "acl"})
"""Dependents left out of an event's words when they stand at the end of its clause."""
_KEPT_WORDS = 60
"""Tokens of an event's text at most: a longer "clause" is a parse that ran on."""


@dataclass(frozen=True, slots=True)
class _Happening:
    """A cue in its clause."""

    scene: Scene
    token: Token
    cue: Cue
    commitment: Commitment

    @property
    def arguments(self) -> Arguments:
        return argument_heads(self.token)[0]

    def heads(self) -> list[Token]:
        """The cue and its arguments, without what only tells the time: "after the test, X held drills"."""
        found, _ = argument_heads(self.token)
        if self.token.pos_ != "NOUN" and any(run_on(child) for child in self.token.children):
            return [self.token, *found.objects]
        beside = self.scene.table.classes.get("beside", frozenset())
        heads = [*found.objects, *found.datives]
        for preposition, behind in found.prepositions.items():
            heads.extend(behind if preposition not in beside else ())
        return [self.token, *sorted(heads, key=lambda token: token.i)]

    def has(self, word_class: str) -> bool:
        """Whether a word of the class is among the phrases that the cue takes."""
        words = phrases(self.heads())
        return any(self.scene.is_a(word, word_class) for word in words if word.i != self.token.i)

    def behind(self, *prepositions: str) -> tuple[Party, ...]:
        """The states named behind prepositions of the cue or of the nouns it takes."""
        words = [self.token, *phrases(self.heads())]
        heads = [head for word in words for head in argument_heads(word)[0].after(*prepositions)]
        found = {party.code: party for head in heads for party in self.scene.named(head)}
        return tuple(found.values())

    def objects(self) -> tuple[Party, ...]:
        heads = [*self.arguments.objects, *self.arguments.datives]
        return tuple(party for head in heads for party in self.scene.named(head))


def _missile(event: _Happening) -> bool:
    return event.has("missile")


def _aimed(event: _Happening) -> bool:
    return bool(event.behind(*_AIMED))


NEEDS: Mapping[str, Callable[[_Happening], bool]] = {
    "missile_at": lambda event: _missile(event) and not event.has("trial") and _aimed(event),
    "missile_alone": lambda event: _missile(event) and not _aimed(event),
    "missile_trial": lambda event: _missile(event) and event.has("trial"),
    "nuclear_trial": lambda event: event.has("trial") and _nuclear(event),
    "state_to": lambda event: bool(event.behind("to", "in")),
    "counterpart": lambda event: bool(_met(event)),
    "to_do": lambda event: any(child.dep_ == "xcomp" for child in event.token.children),
    "place_hit": lambda event: bool(event.objects()),
    "owner_and_place": lambda event: bool(_owners(event)) and bool(event.behind(*_AIMED, "of")),
    "agreement_from": lambda event: any(
        event.scene.is_a(token, "agreement") for token in phrases(event.arguments.after("from", "out", "of"))
    ),
}
"""Tests of a cue's arguments; a name that is not here is a word class that one of them must be in."""


def _nuclear(event: _Happening) -> bool:
    return any(token.lower_ in ("nuclear", "atomic") for token in phrases(event.heads()))


def _met(event: _Happening) -> tuple[Party, ...]:
    return event.objects() or event.behind("with", "between", "by")


def _owners(event: _Happening) -> list[Party]:
    return [party for head in owners(event.token) for party in event.scene.named(head, doer=True)]


def _holds(event: _Happening) -> bool:
    return not event.cue.needs or any(
        NEEDS[need](event) if need in NEEDS else event.has(need) for need in event.cue.needs
    )


TARGETS: Mapping[str, Callable[[_Happening], tuple[Party, ...]]] = {
    "at": lambda event: event.behind(*_AIMED, "of"),
    "object": lambda event: event.objects(),
    "of": lambda event: event.behind("of", "for"),
    "place": lambda event: event.objects() or event.behind(*_PLACED),
    "with": lambda event: event.behind("with"),
    "met": _met,
}


def find_events(parsed: Parsed, entities: Entities, statements: Sequence[Statement]) -> tuple[Event, ...]:
    """The events told in a document, one for each type, actor, target and day, in order of the text."""
    look = scene(parsed, entities, statements, TABLE)
    found: dict[tuple[str | None, ...], Event] = {}
    for token in parsed.doc:
        for event in _read_word(look, token):
            key = (event.type, event.actor, event.target, event.when)
            found.setdefault(key, event)
    return tuple(sorted(found.values(), key=lambda one: (one.anchors["type"], one.actor or "")))


def _read_word(look: Scene, token: Token) -> list[Event]:
    for cue in look.cues(token):
        commitment = look.commitment(token)
        if commitment is None or not _happened(commitment):
            return []
        event = _Happening(look, token, cue, commitment)
        if _holds(event) and (made := _events(event)):
            return made
    return []


def _happened(commitment: Commitment) -> bool:
    return commitment.status is ResponseStatus.DONE and not commitment.negated and not commitment.tried


def _events(event: _Happening) -> list[Event]:
    """One event for each actor; an event that names neither actor nor target is none."""
    target_of = TARGETS.get(event.cue.hits)
    targets = target_of(event) if target_of else ()
    if event.cue.value in _BY_SOMEBODY and _is_of_goods(event):
        return []
    actors = event.scene.doers(event.token, event.commitment)
    if len(actors) == 2 and not targets and event.cue.hits in _MUTUAL:
        return [_event(event, actors[0], actors[1])]
    doing: list[Party | None] = [*actors] or [None]
    made: list[Event] = []
    if not actors and _done_by_something(event):
        return []
    for actor in doing:
        if actor is None and (event.cue.value in _BY_SOMEBODY or event.token.tag_ == "VB"):
            continue
        others = [party for party in targets if actor is None or party.code != actor.code]
        if actor is not None or others:
            made.append(_event(event, actor, others[0] if others else None))
    return made


def _done_by_something(event: _Happening) -> bool:
    """ "Terrorism has hit X", "arms arrived in X": what acts is told, and it is nobody."""
    return event.token.pos_ == "VERB" and bool(event.arguments.subjects)


def _is_of_goods(event: _Happening) -> bool:
    """ "X's weapons arrived in Y": that is no visit of X."""
    goods = event.scene.goods
    return event.token.pos_ == "VERB" and any(head.i in goods for head in event.arguments.subjects)


def _event(event: _Happening, actor: Party | None, target: Party | None) -> Event:
    clause = _clause(event.token)
    anchors: dict[str, Spans] = {"type": (span_of(event.token),), "text": (clause,)}
    if actor:
        anchors["actor"] = actor.spans
    if target:
        anchors["target"] = target.spans
    day = event.scene.day(event.token, event.commitment)
    if day is not None:
        anchors["when"] = (day.span,)
    when = day.edtf if day is not None else None
    document = event.scene.parsed.document.id
    key = "|".join([document, event.cue.value, str(clause.start), actor.code if actor else ""])
    return Event(
        id="e" + sha256(key.encode()).hexdigest()[:10],
        type=event.cue.value,
        actor=actor.code if actor else None,
        target=target.code if target else None,
        when=when,
        text=event.scene.parsed.text[clause.start : clause.end],
        anchors=anchors,
    )


def _clause(token: Token) -> Span:
    """The words of the clause around a cue, without clauses that follow it."""
    above = (token, *token.ancestors)
    top = next((one for one in above if one.pos_ in ("VERB", "AUX")), above[-1])
    kept = {token.i, top.i}
    for child in top.children:
        if child.dep_ not in _TRAILING or child.i <= token.i <= child.right_edge.i:
            kept.update(part.i for part in child.subtree)
    first, last = min(kept), max(kept)
    first = max(first, token.i - _KEPT_WORDS // 2)
    last = min(last, token.i + _KEPT_WORDS // 2)
    tokens = [part for part in token.doc[first : last + 1] if not part.is_space]
    ends = [part for part in tokens if not part.is_punct] or [token]
    return Span(ends[0].idx, ends[-1].idx + len(ends[-1].text))
