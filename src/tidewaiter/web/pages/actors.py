"""``/actors``, ``/actors/CODE``: who supplies, receives, alleges, denies and answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tidewaiter.edtf import safe, sort_key
from tidewaiter.model import (
    Measure,
    Position,
    PositionClaim,
    RegisterResponse,
    ResponseStep,
    Stance,
)
from tidewaiter.register.lines import Role
from tidewaiter.web import naming
from tidewaiter.web.asking import number
from tidewaiter.web.pages import Missing, Moved
from tidewaiter.web.pages.neighbours import around
from tidewaiter.web.rendering import Filled, paged
from tidewaiter.web.shown import RowView, Shown
from tidewaiter.wording import STANCE_WORDS, measure_name, name_of

BY, AGAINST = "by", "against"

BREACH = "would_breach"
"""The verdict that comes first."""

KINDS: Mapping[str, str] = {
    **{str(stance): STANCE_WORDS[stance] for stance in Stance},
    BY: "responds",
    AGAINST: "is responded to",
}
"""What can be chosen on the page of an actor, by the word in the address."""

MOST_ROWS, MOST_DEALS, MOST_SAID = 50, 25, 20
"""Of what it says on a page; of transfers and of sayings that are listed."""


SUPPLIES, RECEIVES = str(Role.SUPPLIES), str(Role.RECEIVES)
ROLES = (SUPPLIES, RECEIVES, *map(str, Stance), BY, AGAINST)
"""What is counted of everybody, in the order of the columns."""


class Counted(NamedTuple):
    """How often an actor is told of in which role."""

    code: str
    name: str
    counts: Mapping[str, int]

    @property
    def weight(self) -> int:
        return sum(self.counts.values())


Judged = tuple[tuple[str, str], Sequence[str]]
"""Names of measures by the verdict on one transfer and the side on which the actor stands in it."""


class Actor(NamedTuple):
    """What the register says of one actor; of the first lists the beginning."""

    code: str
    name: str
    supplies: tuple[Sequence[RowView], int]
    receives: tuple[Sequence[RowView], int]
    positions: Sequence[tuple[RowView, Position]]
    by: Sequence[RegisterResponse]
    against: Sequence[RegisterResponse]
    measures: Sequence[tuple[RowView, Sequence[Judged]]]  # that it would breach, or of which that is open
    breaches: int  # rows in which it would breach any


def actors_of(shown: Shown) -> tuple[Counted, ...]:
    """Everybody in the register, those of whom most is told first."""

    def make() -> tuple[Counted, ...]:
        found = [
            Counted(code, label or name_of(code), counts) for code, label, counts in shown.lists.actors()
        ]
        return tuple(sorted(found, key=lambda one: (-one.weight, one.name.casefold(), one.code)))

    made: tuple[Counted, ...] = shown.once("actors", make)
    return made


def actors(shown: Shown, query: Mapping[str, str]) -> Filled:
    """All actors in a table."""
    listed = paged(actors_of(shown), number(query, "page"))
    return Filled("actors.html.j2", "Actors", {"list": listed, "roles": ROLES})


def _actor(shown: Shown, one: Counted) -> Actor:
    lists, code = shown.lists, one.code

    def rows(role: Role) -> tuple[list[RowView], int]:
        parts, total = lists.parts(code, role, 0, MOST_DEALS)
        return [shown.lines[name] for name, _ in parts], total

    said, _ = lists.parts(code, Role.SAYS, 0, -1)
    breached, breaches = lists.parts(code, Role.BREACHES, 0, MOST_DEALS)
    measures = [
        (shown.lines[name], judged)
        for name, _ in breached
        if (row := lists.row(name)) is not None and (judged := _judged(row.measures or (), code))
    ]
    measures.sort(key=lambda pair: pair[1][0][0][0] != BREACH)
    return Actor(
        code,
        one.name,
        rows(Role.SUPPLIES),
        rows(Role.RECEIVES),
        [(shown.lines[name], part.position) for name, part in said if part and part.position],
        lists.responses("by", code, 0, -1)[0],
        lists.responses("against", code, 0, -1)[0],
        measures,
        breaches,
    )


def _judged(measures: Sequence[Measure], code: str) -> list[Judged]:
    """An actor's measures by verdict and side, what would be breached first, each name once: a paragraph may
    hold several rules."""
    found: dict[tuple[str, str], list[str]] = {}
    theirs = [one for one in measures if one.who == code and one.measure]
    for one in sorted(theirs, key=lambda one: one.verdict != BREACH):
        names, name = found.setdefault((one.verdict, one.side), []), measure_name(one)
        if name not in names:
            names.append(name)
    return list(found.items())


class Entry(NamedTuple):
    """One thing that an actor says, does, or that is done against it."""

    day: str | None  # EDTF
    kind: str  # a stance, "by", "against"
    transfers: tuple[str, ...]  # register ids
    label: str  # of the actor, as the claim's position has it
    claim: PositionClaim | None = None
    response: RegisterResponse | None = None
    step: ResponseStep | None = None


def entries_of(one: Actor) -> list[Entry]:
    """What an actor says and what is done by it and against it, in order of time."""
    found = [
        Entry(claim.said_on or claim.published, claim.stance, (transfer.row.id,), position.label, claim)
        for transfer, position in one.positions
        for claim in position.claims
    ]
    for kind, responses in ((BY, one.by), (AGAINST, one.against)):
        found += [
            Entry(step.on or step.reported, kind, response.transfers, one.name, response=response, step=step)
            for response in responses
            for step in response.history
        ]
    return sorted(found, key=lambda entry: sort_key(safe(entry.day)))


def _elsewhere(shown: Shown, told: str, codes: Sequence[str], query: Mapping[str, str]) -> Missing | Moved:
    """Where an actor is who is named otherwise, or that there is none."""
    found = naming.actor(shown, told, codes, "code")
    if isinstance(found, naming.NotUnderstood):
        instead = [(value, words) for value, words in found.instead if value in codes]
        links = [(shown.url("actors", value), words) for value, words in instead]
        todo = found._replace(instead=tuple(instead)).todo or "All who are told of are listed under Actors."
        return Missing(f"{found.what[:1].upper()}{found.what[1:]}.", todo, links or _all(shown))
    if found in codes:
        return Moved(shown.url.of(("actors", found), query))
    what = f"{name_of(found)} is told of in no transfer, claim or response of this case."
    return Missing(what, links=_all(shown))


def _all(shown: Shown) -> list[tuple[str, str]]:
    return [(shown.url("actors"), "all actors of this case")]


def actor(shown: Shown, code: str, query: Mapping[str, str]) -> Filled:
    """One actor, by code; one who is named otherwise has ``Moved`` there.  Raises ``Missing`` where the
    register has nobody of that name."""
    every = actors_of(shown)
    counted = next((each for each in every if each.code == code), None)
    if counted is None:
        raise _elsewhere(shown, code, [each.code for each in every], query)
    one = _actor(shown, counted)
    asked, is_time = query.get("what", ""), query.get("show") == "time"
    entries = entries_of(one)
    counts = Counter(entry.kind for entry in entries)
    positions = [
        pair for pair in one.positions if not asked or any(each.stance == asked for each in pair[1].claims)
    ]
    said = shown.lists.utterances_by(code, MOST_SAID + 1)
    shown_entries = [entry for entry in entries if asked in ("", entry.kind)]
    context = {
        "actor": one,
        "said": said[:MOST_SAID],
        "said_more": len(said) > MOST_SAID,
        "show": "time" if is_time else "transfers",
        "what": asked,
        "counts": [(kind, label, counts[kind]) for kind, label in KINDS.items() if counts[kind]],
        "list": paged(shown_entries if is_time else positions, number(query, "page"), size=MOST_ROWS),
        "most": MOST_DEALS,
        "around": around([each.code for each in every], code),
    }
    return Filled("actor.html.j2", one.name, context)
