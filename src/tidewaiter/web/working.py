"""What takes long in a large case, as functions that a process of its own can do (see ``jobs``)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tidewaiter.between import Between, compare
from tidewaiter.case import Asked, Case, now
from tidewaiter.model import Change, Citation
from tidewaiter.pipeline import Progress
from tidewaiter.register.changes import transfer_words
from tidewaiter.register.changes.beforehand import UNDONE, Beforehand
from tidewaiter.verification.tally import Tally
from tidewaiter.wording import document_name

SHOWN_FINDINGS = 10
"""Findings of one kind that are listed; the command shows all."""


class Told(NamedTuple):
    """A change with the words that it rests on, before and now."""

    change: Change
    before: tuple[Citation, ...]
    now: tuple[Citation, ...]


class Changes(NamedTuple):
    """What changed, and what it is shown with."""

    between: Between
    told: tuple[Told, ...]
    transfers: Mapping[str, str]  # in words, by register id, of those that are told of
    sources: Mapping[str, tuple[str, str | None]]  # name and day of the reports cited, by id
    documents: tuple[int, int]  # that counted before and after
    rows: tuple[int, int]


def make_day(folder: Path, asked: Asked, progress: Progress) -> None:
    """Have a case as of a day made and kept."""
    with Case(folder) as case:
        case.view_as_of(asked, progress)


def compare_case(folder: Path, asked: Asked | None, progress: Progress) -> None:
    """Have what reports say compared, and kept."""
    with Case(folder) as case:
        case.compared(asked, progress)


def make_changes(folder: Path, between: Between, progress: Progress) -> Changes:
    """What changed in a case between two days."""
    with Case(folder) as case:
        return changes_in(case, between, progress)


def changes_in(case: Case, between: Between, progress: Progress) -> Changes:
    """The same of a case that is open."""
    found, before, after = compare(case, between, progress)
    words = Beforehand(before.register, after.register)
    told = tuple(Told(one, words(one), () if one.kind in UNDONE else one.citations) for one in found)
    rows = {row.id: row for view in (before, after) for row in view.register.rows}
    named = {one.transfer for one in found} | {name for one in found for name in one.former}
    cited = {citation.document for one in told for citation in (*one.before, *one.now)}
    sources = {}
    for document in sorted(cited):
        view = after if document in after.by_id else before
        if document in view.by_id:
            sources[document] = document_name(view.by_id[document]), view.by_id[document].published
    return Changes(
        between,
        told,
        {name: transfer_words(rows[name]) for name in sorted(filter(None, named)) if name in rows},
        sources,
        (len(before.documents), len(after.documents)),
        (len(before.register.rows), len(after.register.rows)),
    )


class Verified(NamedTuple):
    """What checking everything in a case found, and when."""

    tally: Tally
    at: str  # UTC, ISO 8601; when it was done


def verify_case(folder: Path, progress: Progress) -> Verified:
    """Check everything in a case."""
    from tidewaiter.verification.whole import verify

    tally = Tally(most=SHOWN_FINDINGS)
    verify(folder, tally, progress)
    return Verified(tally, now())
