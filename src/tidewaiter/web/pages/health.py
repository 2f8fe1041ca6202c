"""``/search`` and ``/health``: what stands where, what could not be read, and whether the case holds."""

from __future__ import annotations

from collections.abc import Mapping

from tidewaiter.model import Standing
from tidewaiter.pipeline import no_progress
from tidewaiter.verification import MEANINGS, Level
from tidewaiter.verification.tally import Tally
from tidewaiter.verification.whole import verify
from tidewaiter.web.adding.arrivals import Arrivals
from tidewaiter.web.rendering import Filled
from tidewaiter.web.shown import Shown

Query = Mapping[str, str]

LONGEST_QUERY = 400
"""Characters of a search that are looked at."""

SHOWN_FINDINGS = 10
"""Findings of one kind that are listed; the command shows all."""

LEVELS = {Level.FAULT: "Does not hold", Level.UNCHECKED: "Could not be checked", Level.NOTICE: "To know"}


def search(shown: Shown, query: Query) -> Filled:
    """What was found, by document and by statement."""
    asked = query.get("q", "").strip()[:LONGEST_QUERY]
    return Filled(
        "search.html.j2",
        f"Search: {asked}" if asked else "Search",
        {"asked": asked, "found": shown.search.find(asked), "by": shown.search.by},
    )


def health(shown: Shown, query: Query) -> Filled:
    """What could not be read; with ``verify=1``, whether everything in the case holds."""
    unread = [one for one in shown.sources.values() if not one.readable]
    flagged = [one for one in shown.sources.values() if one.readable and one.document.flags]
    undated = [one for one in shown.sources.values() if one.published is None]
    judged = shown.judged
    tally = _verified(shown) if query.get("verify") == "1" else None
    context = {
        "failures": shown.case.derived.failures() if shown.asked is None else (),
        "unread": unread,
        "flagged": flagged,
        "undated": undated,
        "orphaned": [one for one in judged if one.standing is Standing.ORPHANED],
        "waiting": [one for one in judged if one.standing is Standing.WAITS],
        "judged": len(judged),
        "arrivals": Arrivals(shown.case.folder).unfinished() if shown.asked is None else (),
        "by_rules": shown.dossier.by_rules,
        "counts": shown.dossier.counts,
        "tally": tally,
        "groups": [] if tally is None else _groups(tally),
        "folder": shown.case.folder.name,
    }
    return Filled("health.html.j2", "Health of the case", context)


def _verified(shown: Shown) -> Tally:
    tally = Tally(most=SHOWN_FINDINGS)
    verify(shown.case.folder, tally, no_progress)
    return tally


def _groups(tally: Tally) -> list[tuple[str, str, int, object]]:
    """Each kind found: its level and heading in words, how many, and the first of them."""
    return [
        (LEVELS[kind.level], MEANINGS[kind].heading, total, kept)
        for level in Level
        for kind, total, kept in tally.groups()
        if kind.level == level
    ]
