"""Figures that go back to one origin alone.

Two who give a figure confirm each other only where both are known to know it each for itself (see
``origins``); who gives it after another and does not say how it knows may have it from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from tidewaiter.model import Closing, Quantity, Stance
from tidewaiter.register.holders import key_of
from tidewaiter.register.questions.replay import Asked, Raised
from tidewaiter.register.questions.seen import Heard, Seen, cited
from tidewaiter.register.standings import DEPENDENT, INDEPENDENT
from tidewaiter.union import components
from tidewaiter.wording import figure_words, in_text, is_count

CONFIRMING = 2
"""Independent origins that make a figure more than one side's."""

OPEN_END = 2
"""An amount told at one end ("more than 30") agrees with exact ones up to twice, or down to half, as large: a
choice; further off it tells little about them."""


@dataclass(frozen=True, slots=True)
class _Given:
    """A figure with whoever it goes back to."""

    heard: Heard
    quantity: Quantity
    origin: str
    label: str
    standing: str
    counts: int  # origins that the holder may count as


def _given(seen: Seen) -> list[_Given]:
    """The figures in force: not taken back, nor replaced by a later one of the same side."""
    standing = {one.key for one in seen.standing}
    replaced = seen.facts.replaced
    return [
        _origin(seen, one)
        for one in seen.heard
        if _is_figure(one.claim.quantity)
        and (one.key in standing or one.claim.stance is Stance.DENIES)
        and not (one.key in replaced and replaced[one.key] <= seen.day)
    ]


def _is_figure(quantity: Quantity | None) -> bool:
    """Whether it is a number of goods that somebody gave: "a frigate" gives none."""
    return (
        is_count(quantity) and quantity is not None and quantity.text.casefold().split()[:1] not in _ARTICLES
    )


_ARTICLES = (["a"], ["an"])


def _origin(seen: Seen, one: Heard) -> _Given:
    """Where it comes from; where origins do not tell (as of what a denial admits), the side that says it."""
    assert one.claim.quantity is not None
    judged = seen.facts.weighed.by_claim.get(one.key)
    if judged is None:
        holder = seen.facts.weighed.holders.get(one.key)
        key = one.actor if holder is None else holder.key
        return _Given(one, one.claim.quantity, key, one.label, INDEPENDENT, 1)
    holder = judged.candidate.holder
    return _Given(one, one.claim.quantity, holder.key, holder.label, judged.standing, judged.counts)


# ------------------------------------------------------------------------------------ which agree


def _unit(quantity: Quantity) -> str:
    """What is counted, in one word: "Falcon-7 drones" are drones."""
    words = key_of(quantity.unit).split()
    return words[-1].removesuffix("s") if words else ""


def _agree(a: Quantity, b: Quantity) -> bool:
    if (a.min, a.max) == (b.min, b.max) and a.min is not None:
        return True
    if _unit(a) and _unit(b) and _unit(a) != _unit(b):
        return False
    (low, high), (other_low, other_high) = _range(a), _range(b)
    return low <= other_high and other_low <= high


def _range(one: Quantity) -> tuple[float, float]:
    low, high = one.min, one.max
    if low is None:
        low = -(-(high or 0) // OPEN_END)
    if high is None:
        high = low * OPEN_END
    return low, high


def _clusters(given: Sequence[_Given]) -> list[list[_Given]]:
    """Figures that agree, each with the others of its cluster, in order."""
    alike: dict[str, list[_Given]] = {}
    for one in given:
        figure = one.quantity
        alike.setdefault(f"{figure.min} {figure.max} {_unit(figure)}", []).append(one)
    pairs = [
        (a, b)
        for a, b in combinations(sorted(alike), 2)
        if _agree(alike[a][0].quantity, alike[b][0].quantity)
    ]
    return [[one for name in group for one in alike[name]] for group in components(alike, pairs)]


def _independent(cluster: Sequence[_Given]) -> int:
    """How many origins give it that know it each for itself."""
    found: dict[str, set[str]] = {}
    most: dict[str, int] = {}
    for one in cluster:
        if one.standing == INDEPENDENT:
            speaker = one.heard.claim.speaker
            found.setdefault(one.origin, set()).add(key_of(speaker.name or speaker.role))
            most[one.origin] = one.counts
    return sum(min(len(speakers), most[origin]) for origin, speakers in found.items())


def _first(cluster: Sequence[_Given]) -> _Given:
    """Whose figure it is: an independent origin's, then one's of whom it is not known, the earliest."""
    order = (INDEPENDENT, "unknown", DEPENDENT)
    return min(cluster, key=lambda one: (order.index(one.standing), one.heard.day, one.origin, one.heard.key))


# ------------------------------------------------------------------------------------ what is asked


def _alone(seen: Seen) -> Iterator[Raised]:
    found: dict[str, list[list[_Given]]] = {}
    for cluster in _clusters(_given(seen)):
        if _independent(cluster) < CONFIRMING:
            found.setdefault(_about(_first(cluster)), []).append(cluster)
    for about in sorted(found):
        given = [one for cluster in found[about] for one in cluster]
        first = _first(given)
        own = [one for one in given if one.origin == first.origin]
        words = list(dict.fromkeys(figure_words(one.quantity) for one in own))
        others = sorted({in_text(one.label) for one in given if one.origin != first.origin})
        also = (
            f" (one that agrees with it is told by {', '.join(others)}, not known to be independent)"
            if others
            else ""
        )
        text = f"the figure, {' or '.join(words)}, comes from {in_text(first.label)} alone{also}"
        yield Raised(about, text, cited(one.heard for one in given))


def _about(one: _Given) -> str:
    return f"{one.origin}: {_unit(one.quantity)}".rstrip(": ")


def _confirmed(seen: Seen, about: str) -> Closing | None:
    """By the other origin that gives the figure."""
    clusters = [
        cluster
        for cluster in _clusters(_given(seen))
        if any(_about(one) == about for one in cluster) and _independent(cluster) >= CONFIRMING
    ]
    fresh = [
        one
        for cluster in clusters
        for one in cluster
        if one.heard.day == seen.day and one.standing == INDEPENDENT
    ]
    other = next((one for one in fresh if _about(one) != about), fresh[0] if fresh else None)
    if other is not None:
        same = [one.heard for one in fresh if one.origin == other.origin]
        return Closing(
            f"{in_text(other.label)} gave {figure_words(other.quantity)}, known independently",
            other.heard.actor,
            cited(same),
        )
    for cluster in _clusters(_given(seen)):
        first = _first(cluster)
        if any(_about(one) == about for one in cluster) and _about(first) != about:
            gave = f"{in_text(first.label)} gave {figure_words(first.quantity)}"
            told = f"{gave}, which is asked about in its place"
            return Closing(told, first.heard.actor, cited([first.heard]))
    back = [one for one in seen.fresh if one.claim.stance in (Stance.DENIES, Stance.DOUBTS, Stance.ASSERTS)]
    if not back:
        return None
    return Closing(f"{in_text(back[0].label)} no longer gave that figure", back[0].actor, cited(back[:1]))


ASKED = (Asked("quantity_single_origin", _alone, _confirmed),)
