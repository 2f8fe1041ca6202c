"""Whether two tellings retell one saying: the evidence, weighed, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tidewaiter.linking.dating import agrees
from tidewaiter.linking.sayings.tellings import Days, Telling
from tidewaiter.linking.sayings.voices import Voice, are_two, same_person
from tidewaiter.model import Mode, SourceKind
from tidewaiter.wording import name_of, spoken

JOIN = 0.55
"""Score from which two tellings are one saying.  This and the weights below are our own choice, tried on
the half of the retold quotes that are for development (tests/linking/data)."""
ROUNDING = 0.001
"""By how much a score may be rounded up."""
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
FULL, LITTLE = 40, 20
"""Weight, in tenths, of shared items from which ``MUCH`` is added, and at which nothing is."""
MUCH = 0.1
LEAST, LEAST_UNSURE = 14, 20
"""Weight that shared items must have: two at least; three where neither person nor day are the same."""

BESIDE = 0.6
"""How far an item that one telling says and that stands beside the other counts as said in both.  On the
retold quotes 0.4 to 1 make no difference."""

Actors = Mapping[str, frozenset[str]]
"""For whom a person speaks by any document, by the consonants of the surname."""


class Ground(NamedTuple):
    """What speakers or days add to the score, and why."""

    score: float
    why: str


class Evidence(NamedTuple):
    """On what two tellings are taken for one saying."""

    score: float
    why: str


class Shared(NamedTuple):
    """What two tellings have in common."""

    items: int  # said in both
    beside: int  # said in one, and told beside the other
    weight: float  # what these count
    share: float  # of what the one of which it is more counts


def shared(a: Telling, b: Telling) -> Shared:
    """What two tellings have in common; what stands beside one of them counts less."""
    both = a.keys & b.keys
    mine, others = a.keys & b.around, b.keys & a.around
    weight = sum(map(a.weights.__getitem__, both))
    ours = weight + BESIDE * sum(map(a.weights.__getitem__, mine)) if mine else weight
    theirs = weight + BESIDE * sum(map(b.weights.__getitem__, others)) if others else weight
    share = min(1.0, max(ours / a.total, theirs / b.total))
    return Shared(len(both), max(len(mine), len(others)), max(ours, theirs), share)


def at_most(a: Telling, b: Telling) -> float:
    """A share that the two cannot exceed, whatever stands beside them."""
    both = sum(map(a.weights.__getitem__, a.keys & b.keys))
    ours = both + BESIDE * min(a.total - both, b.total_around)
    theirs = both + BESIDE * min(b.total - both, a.total_around)
    return max(ours / a.total, theirs / b.total)


class Comparing:
    """Tellings of a case compared by their places; what depends on speakers and days alone is worked out once
    for each two of them."""

    def __init__(self, tellings: Sequence[Telling], actors: Actors) -> None:
        self._tellings = tellings
        self._actors = actors
        self._speaker = _numbered((one.voice, _is_paper(one)) for one in tellings)
        self._day = _numbered(one.days for one in tellings)
        self._who: dict[tuple[int, int], Ground | None] = {}
        self._when: dict[tuple[int, int], Ground | None] = {}

    def evidence(self, first: int, second: int) -> Evidence | None:
        """The evidence that two tellings are one saying; None where speakers or days contradict, or too
        little speaks for it."""
        when = self._by_days(first, second)
        a, b = self._tellings[first], self._tellings[second]
        if when is None or at_most(a, b) + MUCH + SAME_PERSON + when.score < JOIN - ROUNDING:
            return None  # whoever speaks: so that names are compared only where it matters
        who = self._by_speakers(first, second)
        if who is None or (who.score < SAME_ACTOR and _contradict(a, b)):
            return None
        found = shared(a, b)
        is_unsure = who.score < SAME_PERSON and when.score < SAME_DAY
        if found.weight < (LEAST_UNSURE if is_unsure else LEAST):
            return None
        quoted = BOTH_QUOTED if a.statement.mode is b.statement.mode is Mode.DIRECT else 0.0
        much = MUCH * (min(found.weight, FULL) - LITTLE) / (FULL - LITTLE)
        score = round(found.share + quoted + much + who.score + when.score, 3)
        return Evidence(score, f"{_said(found)}, {who.why}, {when.why}") if score >= JOIN else None

    def _by_speakers(self, first: int, second: int) -> Ground | None:
        pair = self._speaker[first], self._speaker[second]
        try:
            return self._who[pair]
        except KeyError:
            a, b = self._tellings[first], self._tellings[second]
            found = self._who[pair] = self._who[pair[::-1]] = _who(a, b, self._actors)
            return found

    def _by_days(self, first: int, second: int) -> Ground | None:
        pair = self._day[first], self._day[second]
        try:
            return self._when[pair]
        except KeyError:
            a, b = self._tellings[first], self._tellings[second]
            found = self._when[pair] = self._when[pair[::-1]] = _when(a.days, b.days)
            return found


def _numbered(values: Iterable[object]) -> list[int]:
    """A number for each value, the same for the same ones."""
    known: dict[object, int] = {}
    return [known.setdefault(value, len(known)) for value in values]


def _said(found: Shared) -> str:
    beside = f" and {found.beside} more beside it" if found.beside else ""
    return f"{found.items} things said in both{beside} ({found.share:.0%} of the shorter)"


# ------------------------------------------------------------------------------------ who


def _who(a: Telling, b: Telling, actors: Actors) -> Ground | None:
    person = same_person(a.voice, b.voice)
    if person is False:
        return None
    if person:
        return Ground(SAME_PERSON, "the same person")
    if are_two(a.voice, b.voice):
        return None
    ours, theirs = spoken_for(a.voice, actors), spoken_for(b.voice, actors)
    if ours and theirs:
        both = sorted(ours & theirs)
        return Ground(SAME_ACTOR, f"both speak for {name_of(both[0])}") if both else None
    if _is_paper(a) or _is_paper(b):
        return Ground(PAPER, "one is a paper of unknown origin")
    return Ground(0.0, "nothing says that the speakers are two")


def _contradict(a: Telling, b: Telling) -> bool:
    """Whether one denies and the other does not, where neither names a person: a "not" may go where a speaker
    is retold, but of two sources that nobody can tell apart they are two views."""
    return a.is_denial is not b.is_denial and not a.voice.person and not b.voice.person


def _is_paper(telling: Telling) -> bool:
    source = telling.statement.source
    unknown = not telling.voice.person and telling.voice.actor is None
    return unknown and source is not None and source.kind is SourceKind.DOCUMENT


def spoken_for(voice: Voice, actors: Actors) -> frozenset[str]:
    """Whom a voice speaks for; a person, by all documents together."""
    own = frozenset(() if voice.actor is None else (voice.actor,))
    return own | actors.get(voice.surname, frozenset()) if voice.person else own


# ------------------------------------------------------------------------------------ when


def _when(a: Days, b: Days) -> Ground | None:
    if contradict(a, b):
        return None
    if _exact(a) is not None and _exact(a) == _exact(b):
        return Ground(SAME_DAY, f"said by both on {spoken(str(_exact(a)))}")
    if (a.yearless is not None and (_exact(b) or b.yearless)) or (b.yearless is not None and _exact(a)):
        return Ground(SAME_DAY, "said by both on the same day of the month")
    gap = _gap(a, b)
    if gap is None:
        return Ground(UNDATED, "the day of one is not told")
    if gap > FAR:
        return Ground(FAR_DAY, f"told {gap} days apart, one without the day")
    told = "told on one day" if gap == 0 else f"told within {gap} days" if gap > 1 else "told within a day"
    return Ground(NEAR_DAY if gap <= NEAR else 0.0, told)


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
    gap = _gap(a.days, b.days)
    return None if gap is None else gap > FAR


def _exact(days: Days) -> date | None:
    return days.first if days.told and days.first is not None and days.first == days.last else None


def _gap(a: Days, b: Days) -> int | None:
    """Days between what is told or, where it is not, published."""
    return None if a.last is None or b.last is None else abs((a.last - b.last).days)
