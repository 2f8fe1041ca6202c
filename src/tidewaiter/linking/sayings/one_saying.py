"""Whether two tellings retell one saying: the evidence, weighed, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from tidewaiter.linking.dating import agrees
from tidewaiter.linking.sayings.tellings import Days, Telling
from tidewaiter.linking.sayings.voices import Voice, same_person
from tidewaiter.model import Mode, SourceKind
from tidewaiter.wording import name_of, spoken

JOIN = 0.55
"""Score from which two tellings are one saying.  This and the weights below are our own choice, tried on
the half of the retold quotes that are for development (tests/linking/data)."""
SAME_PERSON, SAME_ACTOR = 0.2, 0.1
"""What it adds that the same person is named, or that both speak for the same actor."""
PAPER = -0.15
"""What it adds that one is a paper of which nobody knows whose it is."""
SAME_DAY, NEAR_DAY, FAR_DAY = 0.15, 0.05, -0.35
"""What it adds that both tell the same day, that they were published within ``NEAR`` days, or more than
``FAR`` days apart where one does not tell the day."""
UNDATED = -0.15
"""What it adds that of one neither the day nor the publication is known: reports of other years share as many
words on arms, ships and denials."""
NEAR, FAR = 3, 30
BOTH_QUOTED = -0.15
"""What it adds that both are quotations: of one saying these have more in common than two accounts of it."""
FULL, LITTLE = 4.0, 2.0
"""Weight of shared items from which ``MUCH`` is added, and at which nothing is."""
MUCH = 0.1
LEAST, LEAST_UNSURE = 1.4, 2.0
"""Weight that shared items must have: two at least; three where neither person nor day are the same."""

Actors = Mapping[str, frozenset[str]]
"""For whom a person speaks by any document, by the consonants of the surname."""


class Evidence(NamedTuple):
    """How far two tellings are one saying."""

    score: float
    share: float  # of the shorter's items that the longer has
    why: str

    @property
    def speaks_for(self) -> bool:
        return self.score >= JOIN


def compare(a: Telling, b: Telling, actors: Actors) -> Evidence | None:
    """The evidence on a pair; None where speakers or days contradict, or too little is shared."""
    shared = [key for key in a.weights if key in b.weights]
    weight = sum(a.weights[key] for key in shared)
    if weight < LEAST:
        return None
    who = _who(a, b, actors)
    when = _when(a, b)
    if who is None or when is None:
        return None
    if weight < LEAST_UNSURE and who[0] < SAME_PERSON and when[0] < SAME_DAY:
        return None
    share = weight / min(a.total, b.total)
    quoted = BOTH_QUOTED if a.statement.mode is b.statement.mode is Mode.DIRECT else 0.0
    score = share + quoted + MUCH * (min(weight, FULL) - LITTLE) / (FULL - LITTLE) + who[0] + when[0]
    words = f"{len(shared)} things said in both ({share:.0%} of the shorter)"
    return Evidence(round(score, 3), share, f"{words}, {who[1]}, {when[1]}")


# ------------------------------------------------------------------------------------ who


def _who(a: Telling, b: Telling, actors: Actors) -> tuple[float, str] | None:
    person = same_person(a.voice, b.voice)
    if person is False:
        return None
    if person:
        return SAME_PERSON, "the same person"
    ours, theirs = spoken_for(a.voice, actors), spoken_for(b.voice, actors)
    if ours and theirs:
        both = sorted(ours & theirs)
        return (SAME_ACTOR, f"both speak for {name_of(both[0])}") if both else None
    if _is_paper(a) or _is_paper(b):
        return PAPER, "one is a paper of unknown origin"
    return 0.0, "nothing says that the speakers are two"


def _is_paper(telling: Telling) -> bool:
    source = telling.statement.source
    unknown = not telling.voice.person and telling.voice.actor is None
    return unknown and source is not None and source.kind is SourceKind.DOCUMENT


def spoken_for(voice: Voice, actors: Actors) -> frozenset[str]:
    """Whom a voice speaks for; a person, by all documents together."""
    own = frozenset(() if voice.actor is None else (voice.actor,))
    return own | actors.get(voice.surname, frozenset()) if voice.person else own


# ------------------------------------------------------------------------------------ when


def _when(a: Telling, b: Telling) -> tuple[float, str] | None:
    if contradict(a.days, b.days):
        return None
    if _exact(a.days) is not None and _exact(a.days) == _exact(b.days):
        return SAME_DAY, f"said by both on {spoken(str(_exact(a.days)))}"
    if a.days.yearless is not None and (_exact(b.days) or b.days.yearless):
        return SAME_DAY, "said by both on the same day of the month"
    if b.days.yearless is not None and _exact(a.days):
        return SAME_DAY, "said by both on the same day of the month"
    gap = _gap(a, b)
    if gap is None:
        return UNDATED, "the day of one is not told"
    if gap > FAR:
        return FAR_DAY, f"told {gap} days apart, one without the day"
    return (
        NEAR_DAY if gap <= NEAR else 0.0
    ), "told on one day" if gap == 0 else f"told within {gap} days" if gap > 1 else "told within a day"


def contradict(a: Days, b: Days) -> bool:
    """Whether two tellings cannot be of one day."""
    for one, other in ((a, b), (b, a)):
        exact = _exact(other)
        if one.yearless is not None and exact is not None and not agrees(one.yearless, exact.isoformat()):
            return True
        if one.first is not None and other.last is not None and one.first > other.last:
            return True
    return a.yearless is not None and b.yearless is not None and a.yearless[5:10] != b.yearless[5:10]


def far_apart(a: Telling, b: Telling) -> bool | None:
    """Whether more than ``FAR`` days lie between two tellings of which one does not tell the day; None where
    nobody knows how many."""
    if a.days.told and b.days.told:
        return False
    gap = _gap(a, b)
    return None if gap is None else gap > FAR


def _exact(days: Days) -> date | None:
    return days.first if days.told and days.first is not None and days.first == days.last else None


def _gap(a: Telling, b: Telling) -> int | None:
    """Days between what is told or, where it is not, published."""
    ours, theirs = a.days.last, b.days.last
    return None if ours is None or theirs is None else abs((ours - theirs).days)
