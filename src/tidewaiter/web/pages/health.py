"""``/search`` and ``/health``: what stands where, what could not be read, and whether the case holds."""

from __future__ import annotations

from collections.abc import Mapping

from tidewaiter.case import now
from tidewaiter.model import Standing
from tidewaiter.verification import MEANINGS, Level
from tidewaiter.verification.tally import Tally
from tidewaiter.web.adding.arrivals import Arrivals
from tidewaiter.web.pages.sources import noted
from tidewaiter.web.rendering import Filled
from tidewaiter.web.searching import ASIDE, terms_of
from tidewaiter.web.shown import Shown
from tidewaiter.web.working import Verified, verify_case

Query = Mapping[str, str]

LONGEST_QUERY = 400
"""Characters of a search that are looked at."""

SHOWN_REPORTS = 20
"""Reports of one kind that are listed; more are under Sources."""

MOMENT = len("2026-01-31T12:00:00Z")

LEVELS = {Level.FAULT: "Does not hold", Level.UNCHECKED: "Could not be checked", Level.NOTICE: "To know"}


def search(shown: Shown, query: Query) -> Filled:
    """What was found, by document and by statement."""
    asked = query.get("q", "").strip()[:LONGEST_QUERY]
    return Filled(
        "search.html.j2",
        f"Search: {asked}" if asked else "Search",
        {
            "asked": asked,
            "found": shown.search.find(asked),
            "aside": ASIDE[shown.search.by],
            "has_words": bool(terms_of(asked)),
        },
    )


def health(shown: Shown, query: Query) -> Filled:
    """What could not be read; with ``verify``, whether everything in the case holds.

    ``verify``: the moment at which it was asked for; the same moment is the same check, so that an address
    can be opened again.
    """
    judged = shown.judged
    asked = query.get("verify", "")[:MOMENT]
    verified: Verified | None = (
        shown.worked_out(("verify", asked), "whether everything in the case holds", verify_case)
        if asked
        else None
    )
    context = {
        "failures": shown.case.derived.failures() if shown.asked is None else (),
        "noted": {
            name: noted(shown, name, SHOWN_REPORTS) for name in ("unread", "flagged", "undated", "rules")
        },
        "most": SHOWN_REPORTS,
        "orphaned": [one for one in judged if one.standing is Standing.ORPHANED],
        "waiting": [one for one in judged if one.standing is Standing.WAITS],
        "judged": len(judged),
        "arrivals": Arrivals(shown.case.folder).unfinished() if shown.asked is None else (),
        "counts": shown.counts,
        "verified": verified,
        "groups": [] if verified is None else _groups(verified.tally),
        "folder": shown.case.folder.name,
        "now": now(),
    }
    return Filled("health.html.j2", "Health of the case", context)


def _groups(tally: Tally) -> list[tuple[str, str, int, object]]:
    """Each kind found: its level and heading in words, how many, and the first of them."""
    return [
        (LEVELS[kind.level], MEANINGS[kind].heading, total, kept)
        for level in Level
        for kind, total, kept in tally.groups()
        if kind.level == level
    ]
