"""Whether two tellings retell one saying: the evidence, weighed, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple

from tidewaiter.linking.dating import agrees
from tidewaiter.linking.sayings.columns import NO_DAY, Columns, Head, Shared
from tidewaiter.linking.sayings.tellings import Days
from tidewaiter.linking.sayings.voices import Voice, are_two, same_person
from tidewaiter.wording import name_of, spoken

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Numbers = NDArray[numpy.int64]
    Figures = NDArray[numpy.float64]
    Flags = NDArray[numpy.bool_]
else:
    Numbers = Figures = Flags = Any

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

KNOWN_PAIRS = 50_000
"""Pairs of speakers, and of days, of which what they add is kept at hand."""

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


def at_best(columns: Columns, a: Numbers, b: Numbers, share: Figures, weight: Figures | None = None) -> Flags:
    """Of each pair whether it may be one saying, whoever speaks: with this share in common, or less.
    ``weight``: what it counts that they have in common, where that is known.  What it says may be too much,
    never too little."""
    import numpy as np

    days = columns.days
    gap = days.gap(a, b)
    when = np.select([gap == NO_DAY, gap > FAR, gap <= NEAR], [UNDATED, FAR_DAY, NEAR_DAY], default=0.0)
    same = (days.exact[a] != NO_DAY) & (days.exact[a] == days.exact[b])
    when[same | days.is_yearless[a] | days.is_yearless[b]] = SAME_DAY
    much = np.full(len(a), MUCH)
    enough = np.ones(len(a), dtype=bool)
    if weight is not None:
        much = MUCH * (np.minimum(weight, FULL) - LITTLE) / (FULL - LITTLE)
        enough = weight >= LEAST
    score = share + much + SAME_PERSON + when
    is_before = (days.first[a] != NO_DAY) & (days.last[b] != NO_DAY) & (days.first[a] > days.last[b])
    is_after = (days.first[b] != NO_DAY) & (days.last[a] != NO_DAY) & (days.first[b] > days.last[a])
    found: Flags = enough & (score >= JOIN - ROUNDING) & ~is_before & ~is_after
    return found


class Comparing:
    """Tellings of a case compared by their places; what depends on speakers and days alone is worked out once
    for each two of them."""

    def __init__(self, tellings: Sequence[Head], actors: Actors) -> None:
        self._tellings = tellings
        self._actors = actors
        self._speaker = _numbered((one.voice, one.is_paper) for one in tellings)
        self._day = _numbered(one.days for one in tellings)
        self._who: dict[int, Ground | None] = {}
        self._when: dict[int, Ground | None] = {}

    def evidence(self, first: int, second: int, found: Shared) -> Evidence | None:
        """The evidence that two tellings are one saying; None where speakers or days contradict, or too
        little speaks for it.  ``found``: what they have in common."""
        when = self._by_days(first, second)
        if when is None:
            return None
        a, b = self._tellings[first], self._tellings[second]
        who = self._by_speakers(first, second)
        if who is None or (who.score < SAME_ACTOR and _contradict(a, b)):
            return None
        is_unsure = who.score < SAME_PERSON and when.score < SAME_DAY
        if found.weight < (LEAST_UNSURE if is_unsure else LEAST):
            return None
        quoted = BOTH_QUOTED if a.is_direct and b.is_direct else 0.0
        much = MUCH * (min(found.weight, FULL) - LITTLE) / (FULL - LITTLE)
        score = round(found.share + quoted + much + who.score + when.score, 3)
        return Evidence(score, intern(f"{_said(found)}, {who.why}, {when.why}")) if score >= JOIN else None

    def _by_speakers(self, first: int, second: int) -> Ground | None:
        pair = self._pair(self._speaker[first], self._speaker[second])
        try:
            return self._who[pair]
        except KeyError:
            _make_room(self._who)
            a, b = self._tellings[first], self._tellings[second]
            found = self._who[pair] = _who(a, b, self._actors)
            return found

    def _by_days(self, first: int, second: int) -> Ground | None:
        pair = self._pair(self._day[first], self._day[second])
        try:
            return self._when[pair]
        except KeyError:
            _make_room(self._when)
            a, b = self._tellings[first], self._tellings[second]
            found = self._when[pair] = _when(a.days, b.days)
            return found

    def _pair(self, one: int, other: int) -> int:
        """The same number for two in either order: what is judged of them is the same."""
        low, high = (one, other) if one < other else (other, one)
        return low * len(self._tellings) + high


def _make_room(known: dict[int, Ground | None]) -> None:
    if len(known) >= KNOWN_PAIRS:
        known.clear()


def _numbered(values: Iterable[object]) -> list[int]:
    """A number for each value, the same for the same ones."""
    known: dict[object, int] = {}
    return [known.setdefault(value, len(known)) for value in values]


def _said(found: Shared) -> str:
    beside = f" and {found.beside} more beside it" if found.beside else ""
    return f"{found.items} things said in both{beside} ({found.share:.0%} of the shorter)"


# ------------------------------------------------------------------------------------ who


def _who(a: Head, b: Head, actors: Actors) -> Ground | None:
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
    if a.is_paper or b.is_paper:
        return Ground(PAPER, "one is a paper of unknown origin")
    return Ground(0.0, "nothing says that the speakers are two")


def _contradict(a: Head, b: Head) -> bool:
    """Whether one denies and the other does not, where neither names a person: a "not" may go where a speaker
    is retold, but of two sources that nobody can tell apart they are two views."""
    return a.is_denial is not b.is_denial and not a.voice.person and not b.voice.person


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


def _exact(days: Days) -> date | None:
    return days.first if days.told and days.first is not None and days.first == days.last else None


def _gap(a: Days, b: Days) -> int | None:
    """Days between what is told or, where it is not, published."""
    return None if a.last is None or b.last is None else abs((a.last - b.last).days)
