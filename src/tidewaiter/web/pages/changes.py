"""``/changes``: what changed between two days, or since a day, transfer by transfer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from tidewaiter.between import Between, check
from tidewaiter.bulletin import KIND_WORDS, NO_ROW
from tidewaiter.case import check_past_day, now
from tidewaiter.errors import CaseError
from tidewaiter.model import ChangeKind, Citation
from tidewaiter.web.asking import number
from tidewaiter.web.rendering import Filled, Paged, paged
from tidewaiter.web.shown import Shown
from tidewaiter.web.working import Changes, Told, make_changes

Query = Mapping[str, str]

NONE = "none"
"""In an address: about no transfer."""

MONTH = 30
"""Days of the choice "the last month"."""


class Words(NamedTuple):
    """Words of a report: where it is shown too, led to; else shown as they are."""

    citation: Citation
    name: str
    day: str | None
    is_here: bool


class Item(NamedTuple):
    """A change as it is shown."""

    told: Told
    text: str  # without the transfer, under whose heading it stands
    before: tuple[Words, ...]
    now: tuple[Words, ...]


class Group(NamedTuple):
    """What changed of one transfer."""

    transfer: str | None  # register id; None: about no transfer
    title: str
    address: str | None  # of the transfer's page
    items: tuple[Item, ...]


class Choice(NamedTuple):
    """What can be chosen with one step."""

    label: str
    address: str
    is_chosen: bool


def changes(shown: Shown, query: Query) -> Filled:
    """What changed between the days asked for; of a case that has no reports, nothing."""
    held = query.get("held") == "1"
    days = [day for day, _ in shown.days_by(is_held=held).counted]
    until = _day(query, "until") or (shown.asked.day if shown.asked is not None else None)
    days = [day for day in days if until is None or day <= until]
    since = _day(query, "from") or (days[-2:][0] if days else None)
    context = {
        "held": held,
        "since": since,
        "until": until,
        "presets": _presets(shown, days, since, until, held),
        "kind_words": KIND_WORDS,
    }
    if since is None:
        return Filled("changes.html.j2", "Changes", context | {"found": None})
    if until is not None and until < since:
        raise CaseError(f"{until} is before {since}", where="until", todo="Name a day that is not before it.")
    between = Between(since, until, held)
    check(shown.case, between)
    what = f"what changed {between.words()}"
    found: Changes = shown.worked_out(("changes", between), what, make_changes, between)
    return Filled("changes.html.j2", "Changes", context | _shown(shown, found, query))


def _day(query: Query, name: str) -> str | None:
    told = query.get(name, "").strip()
    return check_past_day(told, name, now()) if told else None


def _presets(
    shown: Shown, days: Sequence[str], since: str | None, until: str | None, held: bool
) -> list[Choice]:
    """Days from which on one may want to know, as one step."""
    if not days:
        return []
    last = date.fromisoformat(days[-1])
    event = "taking-in" if held else "report"
    wanted = [
        (f"the last day with a {event}", days[-1]),
        ("the last two days", days[-2:][0]),
        ("the last week", (last - timedelta(days=6)).isoformat()),
        ("the last month", (last - timedelta(days=MONTH - 1)).isoformat()),
        ("everything", days[0]),
    ]
    told: dict[str, object] = {"until": until, "held": "1" if held else ""}
    made = {day: label for label, day in reversed(wanted) if day >= days[0]}
    return [
        Choice(label, shown.url.of(("changes",), {"from": day, **told}), day == since)
        for label, day in wanted
        if made.get(day) == label
    ]


def _shown(shown: Shown, found: Changes, query: Query) -> dict[str, object]:
    kind, transfer = query.get("kind", ""), query.get("transfer", "")
    by_kind = Counter(one.change.kind for one in found.told)
    by_transfer = Counter(one.change.transfer or NONE for one in found.told)
    kept = [
        one
        for one in found.told
        if kind in ("", one.change.kind) and transfer in ("", one.change.transfer or NONE)
    ]
    listed = paged(kept, number(query, "page"))
    return {
        "found": found,
        "kind": kind,
        "transfer": transfer,
        "kinds": [(one, KIND_WORDS[one], by_kind[one]) for one in ChangeKind if by_kind[one]],
        "transfers": [(name, _title(found, name), count) for name, count in by_transfer.items()],
        "list": listed,
        "groups": _groups(shown, found, listed),
    }


def _title(found: Changes, name: str | None) -> str:
    if name in (None, NONE):
        return NO_ROW
    return found.transfers.get(name or "", name or "")


def _groups(shown: Shown, found: Changes, listed: Paged) -> list[Group]:
    groups = []
    for name, those in groupby(listed.items, key=lambda one: one.change.transfer):
        title = _title(found, name)
        items = tuple(_item(shown, found, one, title) for one in those)
        groups.append(Group(name, title, _address(shown, found, name), items))
    return groups


def _address(shown: Shown, found: Changes, name: str | None) -> str | None:
    """Where the transfer is shown: in the case as it is looked at, else on the last day asked for."""
    if name is None:
        return None
    until = found.between.until
    if name in shown.lines or until is None:
        return shown.url("transfers", name) if name in shown.lines else None
    held = {"held": "1"} if found.between.held else {}
    return shown.url.of(("transfers", name), {"as_of": until, **held})


def _item(shown: Shown, found: Changes, one: Told, title: str) -> Item:
    def words(citations: tuple[Citation, ...]) -> tuple[Words, ...]:
        return tuple(
            Words(cited, *found.sources.get(cited.document, (cited.document, None)), cited.document in here)
            for cited in citations
        )

    here = shown.view.by_id
    text = one.change.text.removesuffix(f": {title}")
    return Item(one, text, words(one.before), words(one.now))
