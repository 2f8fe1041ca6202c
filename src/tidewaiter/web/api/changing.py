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
    desk: Desk, shown: Shown, query: Mapping[str, str], window: Window
) -> tuple[Listed, Shown | None]:
    """What changed from the first day to the one that is shown, and the case as it was on the eve.

    Raises ``CaseError`` where the case, as last built, is of a day before the eve.
    """
    since = check_past_day(query["since"], "since", desk.now())
    first, built_for = date.fromisoformat(since), desk.case.settings.as_of
    if shown.asked is not None and shown.asked.day < since:
        raise CaseError(f"is after {shown.asked.day}", where="since", todo="Give an earlier day.")
    if shown.asked is None and built_for is not None and built_for < since:
        raise CaseError(
            f"the case is built for {built_for}, which is before {since}",
            where="since",
            todo="Give the last day with as_of.",
        )
    if first == date.min:
        return cut(changes_between(NOTHING, shown.register, _published(shown)), window), None
    clock = Clock.PUBLIC if shown.asked is None else shown.asked.clock
    eve = Asked((first - timedelta(days=1)).isoformat(), clock)
    before = desk.shown(eve)
    published = _published(before) | _published(shown)
    return cut(changes_between(before.register, shown.register, published), window), before


def record(shown: Shown, before: Shown | None, change: Change) -> dict[str, Json]:
    """A change as it is printed."""
    views = [shown] if before is None else [shown, before]
    row = next(
        (view.transfers[name].row for view in views if (name := change.transfer or "") in view.transfers),
        None,
    )
    named = {one.document for one in change.citations}
    sources = {
        name: view.view.by_id[name].source
        for view in reversed(views)
        for name in sorted(named)
        if name in view.view.by_id
    }
    return change_to_json(change, sources, row)


def _published(shown: Shown) -> dict[str, str | None]:
    return {one.id: one.published for one in shown.view.documents}
