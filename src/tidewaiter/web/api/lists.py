"""What each list endpoint gives: one function from what is asked to a page of items and how many there are in
all.  An item is a value of the model; ``endpoints`` says how it becomes a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tidewaiter.dossier.disputes import by_where
from tidewaiter.model import (
    Copy,
    Discrepancy,
    Document,
    Judged,
    RegisterResponse,
    RegisterRow,
    TimelineEntry,
    Utterance,
)
from tidewaiter.web.api.parameters import FEWEST
from tidewaiter.web.pages import register
from tidewaiter.web.shown import Shown

Query = Mapping[str, str]


class Window(NamedTuple):
    """Which items of a list."""

    first: int  # place of the first, from 0
    size: int


class Listed(NamedTuple):
    """Items of one page, and how many there are on all pages."""

    items: Sequence[Any]
    total: int


def cut(items: Sequence[Any], window: Window) -> Listed:
    """A page of what is all there."""
    return Listed(items[window.first : window.first + window.size], len(items))


def transfers(shown: Shown, query: Query, window: Window) -> Listed:
    """Rows of the register, narrowed and sorted as its page is."""
    found: list[RegisterRow] = [one.row for one in register.kept(shown, query)]
    return cut(found, window)


def documents(shown: Shown, _: Query, window: Window) -> Listed:
    """Reports in order of date."""
    found: Sequence[Document] = shown.view.documents
    return cut(found, window)


def utterances(shown: Shown, query: Query, window: Window) -> Listed:
    """Acts of saying that so many reports tell, those told in most of them first."""
    fewest = int(query.get("fewest", FEWEST))
    found: list[Utterance] = [
        one
        for one in shown.register.utterances
        if len({variant.citation.document for variant in one.variants}) >= fewest
    ]
    return cut(found, window)


def discrepancies(shown: Shown, query: Query, window: Window) -> Listed:
    """Where reports disagree, in the order of the page: by where the difference stands."""
    kind = query.get("kind")
    kept = [one for one in shown.register.discrepancies if kind in (None, one.kind)]
    found: list[Discrepancy] = [one for _, group in by_where(kept) for one in group]
    return cut(found, window)


def copies(shown: Shown, _: Query, window: Window) -> Listed:
    """Pairs of documents of which one derives from the other."""
    found: Sequence[Copy] = shown.register.copies
    return cut(found, window)


def timeline(shown: Shown, _: Query, window: Window) -> Listed:
    """Everything in order of time."""
    found: Sequence[TimelineEntry] = shown.register.timeline
    return cut(found, window)


def responses(shown: Shown, _: Query, window: Window) -> Listed:
    """What was done about transfers."""
    found: Sequence[RegisterResponse] = shown.register.responses
    return cut(found, window)


def judgements(shown: Shown, query: Query, window: Window) -> Listed:
    """What analysts decided, in the order in which they did."""
    standing = query.get("standing")
    found: list[Judged] = [one for one in shown.register.judgements if standing in (None, one.standing)]
    return cut(found, window)
