"""Goods that somebody says moved, and nobody says which way.

The way of what a party to the transfer tells of itself, and nobody contests, is no question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidewaiter.model import STAGE_ORDER, Closing, Stage, Stance
from tidewaiter.register.questions.replay import Asked, Raised
from tidewaiter.register.questions.seen import Seen, cited
from tidewaiter.register.sources import Member

MOVED = STAGE_ORDER[Stage.SHIPPED]
"""From here on goods are on a way that somebody could name."""


def _no_route(seen: Seen) -> Iterator[Raised]:
    moved = [one for one in seen.standing if STAGE_ORDER[one.claim.stage or Stage.UNCLEAR] >= MOVED]
    if not moved or _naming(seen, seen.members):
        return
    parties = (seen.facts.supplier, seen.facts.recipient)
    is_contested = bool(seen.taking(Stance.DENIES, Stance.DOUBTS))
    if is_contested or not any(one.actor in parties for one in moved):
        yield Raised("", "route named by nobody", cited(moved))


def _naming(seen: Seen, members: Sequence[Member]) -> list[Member]:
    """The reports that name a way; that goods for the recipient go to the recipient is none."""
    found = []
    for member in members:
        row = seen.facts.told[member]
        route = row.route
        if route is not None and (
            route.declared
            or route.via
            or route.mode
            or route.vessel
            or any(place != row.recipient for place in route.true)
        ):
            found.append(member)
    return found


def _named(seen: Seen, _about: str) -> Closing | None:
    naming = _naming(seen, seen.fresh_members)
    words = seen.facts.cite(naming, "route", "trigger")
    if words:
        return Closing("a route is reported", None, words)
    parties = (seen.facts.supplier, seen.facts.recipient)
    own = [one for one in seen.standing if one.day == seen.day and one.actor in parties]
    if not own:
        return None
    same = [one for one in own if one.actor == own[0].actor]
    text = f"{own[0].label}, a party to it, tells of it itself: the way is no longer asked"
    return Closing(text, own[0].actor, cited(same))


ASKED = (Asked("route", _no_route, _named),)
