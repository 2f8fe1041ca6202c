"""Where reports disagree, as the dossier shows it."""

from __future__ import annotations

from collections.abc import Iterable

from tidewaiter.model import Discrepancy

TITLES = (
    ("origins", "Between accounts of their own"),
    ("retellings", "Between retellings of the same words"),
    ("copies", "Between copies of one text"),
    ("inner", "Inside one report"),
)
"""Where a discrepancy stands and its heading: what bears most on the case first."""


def by_where(found: Iterable[Discrepancy]) -> tuple[tuple[str, tuple[Discrepancy, ...]], ...]:
    """The discrepancies under their headings; headings without any are left out."""
    held = tuple(found)
    groups = ((title, tuple(one for one in held if one.where == where)) for where, title in TITLES)
    return tuple((title, group) for title, group in groups if group)
