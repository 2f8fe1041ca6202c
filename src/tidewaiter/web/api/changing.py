"""What changed in a case since a day, as ``tidewaiter changes`` tells it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from tidewaiter.case import check_past_day
from tidewaiter.codec import Json
from tidewaiter.contract import change_to_json
from tidewaiter.errors import CaseError
from tidewaiter.model import Change, Clock, Register
from tidewaiter.pipeline import Asked
from tidewaiter.register.changes import changes_between
from tidewaiter.web.api.lists import Listed, Window, cut
from tidewaiter.web.desk import Desk
from tidewaiter.web.shown import Shown

NOTHING = Register((), (), (), ())


def changes(
    desk: Desk, asked: Asked | None, query: Mapping[str, str], window: Window
) -> tuple[Listed, tuple[Shown, ...]]:
    """What changed from the first day to the one asked for, and the case as of that day and as of the eve.

    Raises ``CaseError`` where the case, as last built, is of a day before the eve.
    """
    since = check_past_day(query["since"], "since", desk.now())
    first, built_for = date.fromisoformat(since), desk.case.settings.as_of
    if asked is not None and asked.day < since:
        raise CaseError(f"{since} is after {asked.day}", where="since", todo="Give an earlier day.")
    if asked is None and built_for is not None and built_for < since:
        raise CaseError(
            f"the case is built for {built_for}, which is before {since}",
            where="since",
            todo="Give the last day with as_of.",
        )
    if first == date.min:
        shown = desk.shown(asked)
        return cut(changes_between(NOTHING, shown.register, _published(shown)), window), (shown,)
    clock = Clock.PUBLIC if asked is None else asked.clock
    eve = Asked((first - timedelta(days=1)).isoformat(), clock)
    shown, before = desk.both(asked, eve)
    published = _published(before) | _published(shown)
    return cut(changes_between(before.register, shown.register, published), window), (shown, before)


def record(views: tuple[Shown, ...], change: Change) -> dict[str, Json]:
    """A change as it is printed; ``views``: the case after it, and before."""
    name = change.transfer or ""
    row = next((one.transfers[name].row for one in views if name in one.transfers), None)
    named = sorted({one.document for one in change.citations})
    sources = {
        document: one.view.by_id[document].source
        for one in reversed(views)
        for document in named
        if document in one.view.by_id
    }
    return change_to_json(change, sources, row)


def _published(shown: Shown) -> dict[str, str | None]:
    return {one.id: one.published for one in shown.view.documents}
