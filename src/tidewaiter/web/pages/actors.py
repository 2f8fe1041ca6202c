"""``/actors``, ``/actors/CODE``: who supplies, receives, alleges, denies and answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tidewaiter.dossier.views import TransferView
from tidewaiter.edtf import safe, sort_key
from tidewaiter.model import (
    Measure,
    Position,
    PositionClaim,
    RegisterResponse,
    ResponseStep,
    Stance,
    Utterance,
)
from tidewaiter.web.asking import number
from tidewaiter.web.pages import Missing
from tidewaiter.web.pages.neighbours import around
from tidewaiter.web.rendering import Filled, paged
from tidewaiter.web.shown import Shown
from tidewaiter.wording import STANCE_WORDS, name_of

BY, AGAINST = "by", "against"

KINDS: Mapping[str, str] = {
    **{str(stance): STANCE_WORDS[stance] for stance in Stance},
    BY: "responds",
    AGAINST: "is responded to",
}
"""What can be chosen on the page of an actor, by the word in the address."""

MOST_ROWS, MOST_DEALS, MOST_SAID = 50, 25, 20
"""Of what it says on a page; of transfers and of sayings that are listed."""


@dataclass(slots=True)
class Actor:
    """What the register says of one actor."""

    code: str
    name: str
    supplies: list[TransferView] = field(default_factory=list)
    receives: list[TransferView] = field(default_factory=list)
    positions: list[tuple[TransferView, Position]] = field(default_factory=list)
    by: list[RegisterResponse] = field(default_factory=list)
    against: list[RegisterResponse] = field(default_factory=list)
    measures: list[tuple[TransferView, Measure]] = field(default_factory=list)  # that it would breach

    def count(self, stance: Stance) -> int:
        """The positions in which it takes this stance."""
        return sum(any(claim.stance is stance for claim in one.claims) for _, one in self.positions)

    @property
    def weight(self) -> int:
        told = len(self.supplies) + len(self.receives) + len(self.positions)
        return told + len(self.by) + len(self.against)


def actors_of(shown: Shown) -> dict[str, Actor]:
    """Everybody in the register, those of whom most is told first."""
    found: dict[str, Actor] = {}

    def actor(code: str, label: str | None = None) -> Actor:
        return found.setdefault(code, Actor(code, label or name_of(code)))

    for one in shown.transfers.values():
        if one.row.supplier:
            actor(one.row.supplier).supplies.append(one)
        if one.row.recipient:
            actor(one.row.recipient).receives.append(one)
        for position in one.row.positions:
            actor(position.actor, position.label).positions.append((one, position))
        for measure in one.row.measures or ():
            if measure.who and measure.measure:
                actor(measure.who).measures.append((one, measure))
    for response in shown.register.responses:
        if response.by:
            actor(response.by).by.append(response)
        if response.against:
            actor(response.against).against.append(response)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1].weight, pair[1].name.casefold())))


def actors(shown: Shown, query: Mapping[str, str]) -> Filled:
    """All actors in a table."""
    listed = paged(list(actors_of(shown).values()), number(query, "page"))
    return Filled("actors.html.j2", "Actors", {"list": listed, "stances": tuple(Stance)})


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


def actor(shown: Shown, code: str, query: Mapping[str, str]) -> Filled:
    """One actor.  Raises ``Missing`` where the register has none of that code."""
    every = actors_of(shown)
    one = every.get(code)
    if one is None:
        raise Missing(f"Nobody in the register has the code {code}.")
    asked, is_time = query.get("what", ""), query.get("show") == "time"
    entries = entries_of(one)
    counts = Counter(entry.kind for entry in entries)
    positions = [
        pair for pair in one.positions if not asked or any(each.stance == asked for each in pair[1].claims)
    ]
    said: list[Utterance] = [
        told
        for told in shown.register.utterances
        if len(told.variants) > 1 and code in (told.speaker.actor, told.speaker.name)
    ]
    shown_entries = [entry for entry in entries if asked in ("", entry.kind)]
    context = {
        "actor": one,
        "said": said[:MOST_SAID],
        "said_in_all": len(said),
        "show": "time" if is_time else "transfers",
        "what": asked,
        "counts": [(kind, label, counts[kind]) for kind, label in KINDS.items() if counts[kind]],
        "list": paged(shown_entries if is_time else positions, number(query, "page"), size=MOST_ROWS),
        "most": MOST_DEALS,
        "around": around(list(every), code),
    }
    return Filled("actor.html.j2", one.name, context)
