"""Years for the dates of a document that other documents have dated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from tidewaiter import edtf
from tidewaiter.model import Reading


def fill_years(reading: Reading, dated: tuple[str, str]) -> tuple[Reading, Mapping[str, str]]:
    """The reading with years in its dates that had none, and why: ``{id: ground}``.

    ``dated`` is when the document was published and the ground for it, as linking found them.  A day
    of the month gets the year that brings it nearest to that day, and ``?`` unless it is that very
    day.  The words that anchor a date stay its anchors: they give day and month, the ground the year.
    A publication bounded only from above dates nothing: the report may be years older than that.
    """
    published, ground = dated
    reference = edtf.safe_bounds(published).earliest
    if reference is None:
        return reading, {}
    grounds: dict[str, str] = {}

    def filled(identifier: str, value: str | None) -> str | None:
        found = year_of(value, reference)
        if found is not None and found != value:
            grounds[identifier] = f"year not in the text, taken from the publication ({published}: {ground})"
        return found

    return replace(
        reading,
        statements=tuple(replace(s, said_on=filled(s.id, s.said_on)) for s in reading.statements),
        mentions=tuple(replace(m, when=filled(m.id, m.when)) for m in reading.mentions),
        transfers=tuple(replace(t, when=filled(t.id, t.when)) for t in reading.transfers),
        claims=tuple(replace(c, said_on=filled(c.id, c.said_on)) for c in reading.claims),
        responses=tuple(replace(r, on=filled(r.id, r.on)) for r in reading.responses),
        events=tuple(replace(e, when=filled(e.id, e.when)) for e in reading.events),
    ), grounds


def year_of(value: str | None, reference: date) -> str | None:
    """A date with a year where it had none and can be given one."""
    return None if value is None else edtf.nearest_year(value, reference)
