"""``/actors``, ``/actors/CODE``: who supplies, receives, alleges, denies and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tidewaiter.dossier.views import TransferView
from tidewaiter.model import Measure, Position, RegisterResponse, Stance, Utterance
from tidewaiter.web.asking import number
from tidewaiter.web.pages import Missing
from tidewaiter.web.rendering import Filled, paged
from tidewaiter.web.shown import Shown
from tidewaiter.wording import name_of


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


def actor(shown: Shown, code: str) -> Filled:
    """One actor.  Raises ``Missing`` where the register has none of that code."""
    one = actors_of(shown).get(code)
    if one is None:
        raise Missing(f"Nobody in the register has the code {code}.")
    said: list[Utterance] = [
        told
        for told in shown.register.utterances
        if len(told.variants) > 1 and code in (told.speaker.actor, told.speaker.name)
    ]
    return Filled("actor.html.j2", one.name, {"actor": one, "said": said})
