"""``/``: the register as analysts know it from SIPRI, sorted and narrowed by what the address says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from tidewaiter import edtf
from tidewaiter.dossier.views import REGISTER_COLUMNS, TransferView
from tidewaiter.model import STAGE_ORDER, Category, Stage
from tidewaiter.web.asking import day_or_none, number
from tidewaiter.web.rendering import Filled, paged
from tidewaiter.web.shown import Shown
from tidewaiter.wording import CATEGORY_WORDS, STAGE_STEPS, name_of, plain

Query = Mapping[str, str]

ANY, NONE = "any", "none"

UNKNOWN_PARTY = "unknown"

FILTERS = ("supplier", "recipient", "category", "stage", "open", "from", "until", "q")

LONGEST_QUERY = 400
"""Characters of words asked for that are looked at."""

SORTS: Mapping[str, tuple[str, Callable[[TransferView], Any]]] = {
    "supplier": ("Supplier", lambda one: one.supplier.casefold()),
    "recipient": ("Recipient", lambda one: one.recipient.casefold()),
    "stage": ("Furthest stage", lambda one: -STAGE_ORDER[one.row.stage]),
    "reports": ("Most reports", lambda one: -len(one.sources)),
    "open": ("Most open questions", lambda one: -len(one.row.open)),
    "first": ("First reported", lambda one: one.row.first_report or "9999"),
    "last": ("Last reported", lambda one: _backwards(one.row.last_report)),
    "when": ("When it is said to be", lambda one: edtf.sort_key(edtf.safe(one.row.when))),
}
"""By the word in the address: how it is called, and the key."""


def _backwards(day: str | None) -> int:
    return 0 if day is None else -date.fromisoformat(day).toordinal()


def register(shown: Shown, query: Query) -> Filled:
    """The rows that the filters let through, in the order asked for."""
    rows = list(shown.transfers.values())
    asked, sort = _asked(query), query.get("sort", "")
    counts = shown.dossier.counts
    context = {
        "columns": REGISTER_COLUMNS,
        "list": paged(kept(shown, query), number(query, "page")),
        "all": len(rows),
        "counts": counts,
        "asked": asked | {"sort": sort, "down": query.get("down", "")},
        "narrowed": any(asked.values()),
        "choices": _choices(rows),
        "sorts": {name: label for name, (label, _) in SORTS.items()},
    }
    return Filled("register.html.j2", "Register", context)


def kept(shown: Shown, query: Query) -> list[TransferView]:
    """The rows that the filters let through, in the order asked for."""
    asked, sort = _asked(query), query.get("sort", "")
    found = [one for one in shown.transfers.values() if _passes(one, asked)]
    if sort in SORTS:
        found.sort(key=SORTS[sort][1])
    if query.get("down") == "1":
        found.reverse()
    return found


def _asked(query: Query) -> dict[str, str]:
    """What each filter is set to."""
    asked = {name: query.get(name, "").strip() for name in FILTERS}
    return asked | {name: day_or_none(query, name) or "" for name in ("from", "until")}


def _passes(one: TransferView, asked: Mapping[str, str]) -> bool:
    row = one.row
    kinds = {question.kind for question in row.open}
    is_open = {"": True, ANY: bool(kinds), NONE: not kinds}
    return (
        asked["supplier"] in ("", row.supplier or UNKNOWN_PARTY)
        and asked["recipient"] in ("", row.recipient or UNKNOWN_PARTY)
        and asked["category"] in ("", row.category)
        and asked["stage"] in ("", row.stage)
        and is_open.get(asked["open"], asked["open"] in kinds)
        and _is_reported_between(one, asked["from"], asked["until"])
    )


def _is_reported_between(one: TransferView, first: str, last: str) -> bool:
    """Whether a report on it was public on one of the days: by the latest day that its publication can be."""
    if not first and not last:
        return True
    latest = (edtf.safe_bounds(source.published).latest for source in one.sources)
    days = [day.isoformat() for day in latest if day is not None]
    return any((not first or day >= first) and (not last or day <= last) for day in days)


def _tells(one: TransferView, holding: Collection[str] | None) -> bool:
    """Whether one of its reports is among those that hold the words asked for."""
    return holding is None or any(source.document.id in holding for source in one.sources)


def _choices(rows: list[TransferView]) -> dict[str, list[tuple[str, str]]]:
    """What each filter can be set to, with how it is called: what is in the register."""

    def parties(side: Callable[[TransferView], str | None]) -> list[tuple[str, str]]:
        codes = {side(one) for one in rows}
        named = sorted(((code, name_of(code)) for code in codes if code), key=lambda pair: pair[1].casefold())
        return named + ([(UNKNOWN_PARTY, "not told")] if None in codes else [])

    categories = {one.row.category for one in rows}
    stages = {one.row.stage for one in rows}
    kinds = sorted({question.kind for one in rows for question in one.row.open})
    return {
        "supplier": parties(lambda one: one.row.supplier),
        "recipient": parties(lambda one: one.row.recipient),
        "category": [(str(one), CATEGORY_WORDS[one]) for one in Category if one in categories],
        "stage": [(str(one), str(one)) for one in (*STAGE_STEPS, Stage.UNCLEAR) if one in stages],
        "open": [(ANY, "any"), (NONE, "none"), *((kind, plain(kind)) for kind in kinds)],
    }
