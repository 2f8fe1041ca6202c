"""Journeys in several legs: who is only on the way, and who receives in the end."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice

from tidewaiter.reading.deals.around.surroundings import Surroundings
from tidewaiter.reading.deals.parties import Party

LEG_GAP = re.compile(
    r",?\s*(?:and\s+)?(?:then|from there|onward|onwards)\s+(?:on\s+)?(?:to\s+)?", re.IGNORECASE
)
"""What stands between the legs of a journey: "to A, then on to B"."""

LONGEST_LEG_GAP = 200
"""Characters; more than ``LEG_GAP`` matches in a report."""


def last_leg(around: Surroundings, recipients: tuple[Party, ...]) -> tuple[Party, ...]:
    """ "flown to A, then B, then C": C receives; A and B are on the way."""
    legs = list(recipients[:1])
    actors = around.entities.actors
    first = bisect_left(actors, legs[0].span.end, key=lambda one: one.span.start) if legs else len(actors)
    for actor in islice(actors, first, None):
        if actor.span.start > legs[-1].span.end + LONGEST_LEG_GAP:
            break
        if actor.code and LEG_GAP.fullmatch(around.parsed.text, legs[-1].span.end, actor.span.start):
            legs.append(Party(actor.code, actor.span))
    return (*legs[-1:], *recipients[1:]) if len(legs) > 1 else recipients
