"""``/copies``, ``/copies/A/B``: which reports derive from which, and two of them side by side."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from tidewaiter.dossier.marking import Run, lay_out
from tidewaiter.model import Spans
from tidewaiter.web.asking import number
from tidewaiter.web.pages import Missing, Moved
from tidewaiter.web.rendering import Filled, paged
from tidewaiter.web.shown import Shown


def copies(shown: Shown, query: Mapping[str, str]) -> Filled:
    """All pairs."""
    found = list(shown.copies.values())
    return Filled("copies.html.j2", "Copies", {"list": paged(found, number(query, "page"))})


def pair(shown: Shown, a: str, b: str) -> Filled:
    """Two documents beside each other.  Raises ``Moved`` where they are named the other way round,
    ``Missing`` where one is not in the case or they are no copies."""
    for name in (a, b):
        if name not in shown.sources:
            raise Missing(f"No document has the id {name}.")
    if (b, a) in shown.copies:
        raise Moved(shown.url("copies", b, a))
    copy = shown.copies.get((a, b))
    if copy is None:
        raise Missing("These two reports were not found to be copies of one another.")
    passages = shown.register.passages.get((a, b), ())
    ours = {place: (one.a,) for place, one in enumerate(passages, start=1)}
    theirs = {place: (one.b,) for place, one in enumerate(passages, start=1)}
    sides = (
        (shown.sources[a], _text(shown.sources[a].document.text, ours, "a", "b")),
        (shown.sources[b], _text(shown.sources[b].document.text, theirs, "b", "a")),
    )
    title = f"{sides[0][0].name} and {sides[1][0].name}"
    return Filled("pair.html.j2", title, {"copy": copy, "sides": sides, "passages": len(passages)})


def _text(text: str, notes: Mapping[int, Spans], side: str, other: str) -> Markup:
    return Markup("\n").join(
        Markup('<p dir="auto">{}</p>').format(Markup().join(_run(run, side, other) for run in line))
        for line in lay_out(text, notes)
        if any(run.text for run in line)
    )


def _run(run: Run, side: str, other: str) -> Markup:
    words: Markup | str = run.text
    if run.notes and run.text:
        words = Markup("<mark>{}</mark>").format(words)
    starts = Markup().join(
        Markup(
            '<a class="ref" id="{0}{2}" href="#{1}{2}" aria-label="Passage {2}: in the other report">{2}</a>'
        ).format(side, other, place)
        for place in run.starts
    )
    return Markup("{}{}").format(starts, words)
