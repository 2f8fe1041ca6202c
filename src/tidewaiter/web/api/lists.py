"""What each list endpoint gives: one function from what is asked to a page of items and how many there are in
all.  An item is a value of the model; ``endpoints`` says how it becomes a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tidewaiter.errors import CaseError
from tidewaiter.model import (
    Judged,
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
    """Rows of the register, narrowed and sorted as its page is.  Raises ``CaseError`` for a name that nobody
    has."""
    asked, wrong = register.asked_of(shown, query)
    if wrong:
        raise CaseError(wrong[0].what, where=wrong[0].name, todo=wrong[0].todo)
    names, total = register.kept(shown, asked, query, *window)
    rows = map(shown.lists.row, names)
    return Listed([row for row in rows if row is not None], total)


def documents(shown: Shown, _: Query, window: Window) -> Listed:
    """Reports in order of date."""
    names, total = shown.lists.documents(*window)
    return Listed([shown.view.by_id[name] for name in names], total)


def utterances(shown: Shown, query: Query, window: Window) -> Listed:
    """Acts of saying that so many reports tell, those told in most of them first."""
    shown.have_compared()
    found, total = shown.lists.utterances(*window, fewest=int(query.get("fewest", FEWEST)))
    return Listed([one for one, _, _ in found], total)


def discrepancies(shown: Shown, query: Query, window: Window) -> Listed:
    """Where reports disagree, in the order of the page: by where the difference stands."""
    shown.have_compared()
    return Listed(*shown.lists.discrepancies(*window, kind=query.get("kind")))


def copies(shown: Shown, _: Query, window: Window) -> Listed:
    """Pairs of documents of which one derives from the other."""
    return Listed(*shown.lists.copies(*window))


def timeline(shown: Shown, _: Query, window: Window) -> Listed:
    """Everything in order of time."""
    return Listed(*shown.lists.entries(*window))


def responses(shown: Shown, _: Query, window: Window) -> Listed:
    """What was done about transfers."""
    return Listed(*shown.lists.some_responses(*window))


def judgements(shown: Shown, query: Query, window: Window) -> Listed:
    """What analysts decided, in the order in which they did."""
    standing = query.get("standing")
    found: list[Judged] = [one for one in shown.register.judgements if standing in (None, one.standing)]
    return cut(found, window)
