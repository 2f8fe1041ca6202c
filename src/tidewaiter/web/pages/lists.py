"""``/utterances``, ``/timeline``, ``/discrepancies``, ``/sources``: one list each."""

from __future__ import annotations

from collections.abc import Mapping

from tidewaiter.dossier.disputes import by_where
from tidewaiter.dossier.retellings import DRIFT_WORDS, GRAVE, retellings
from tidewaiter.web.asking import number
from tidewaiter.web.pages import Missing
from tidewaiter.web.rendering import Filled, paged
from tidewaiter.web.shown import Shown

Query = Mapping[str, str]


def utterances(shown: Shown, query: Query) -> Filled:
    """Acts of saying that several reports tell, those told in most of them first."""
    told = {
        one.id: {variant.citation.document for variant in one.variants} for one in shown.register.utterances
    }
    many = [one for one in shown.register.utterances if len(told[one.id]) > 1]
    graves = {
        one.id: sum(change.kind in GRAVE for variant in one.variants for change in variant.drift)
        for one in many
    }
    context = {
        "list": paged(many, number(query, "page")),
        "reports": {name: len(documents) for name, documents in told.items()},
        "graves": graves,
        "once": len(told) - len(many),
    }
    return Filled("utterances.html.j2", "Retellings", context)


def utterance(shown: Shown, name: str) -> Filled:
    """One act of saying and all its tellings.  Raises ``Missing`` when there is none of that id."""
    one = shown.utterances.get(name)
    if one is None:
        raise Missing(f"No act of saying has the id {name}.")
    found = retellings((one,), fewest=1)
    context = {"utterance": one, "retold": found.shown[0], "drift_words": DRIFT_WORDS, "grave_drift": GRAVE}
    return Filled("utterance.html.j2", "Said once, told many times", context)


def timeline(shown: Shown, query: Query) -> Filled:
    """Everything in order of time, drawn where it is on one page."""
    listed = paged(shown.dossier.timeline, number(query, "page"), size=400)
    return Filled(
        "timeline.html.j2", "Timeline", {"list": listed, "chart": shown.chart if listed.pages == 1 else None}
    )


def discrepancies(shown: Shown, query: Query) -> Filled:
    """Where reports disagree, or one contradicts itself."""
    kinds = sorted({one.kind for one in shown.register.discrepancies})
    kind = query.get("kind", "")
    kept = [one for one in shown.register.discrepancies if kind in ("", one.kind)]
    listed = paged([one for _, group in by_where(kept) for one in group], number(query, "page"))
    context = {"list": listed, "groups": by_where(listed.items), "kinds": kinds, "kind": kind}
    return Filled("discrepancies.html.j2", "Where reports disagree", context)


def sources(shown: Shown, query: Query) -> Filled:
    """Every document with its custody."""
    copied = {name for pair in shown.copies for name in pair}
    listed = paged(list(shown.sources.values()), number(query, "page"))
    return Filled("sources.html.j2", "Sources", {"list": listed, "copied": copied})
