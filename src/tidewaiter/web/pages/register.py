"""``/``: the register as analysts know it from SIPRI, sorted and narrowed by what the address says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from tidewaiter.dossier.views import REGISTER_COLUMNS
from tidewaiter.model import Category, Stage
from tidewaiter.pipeline.lists import Filters
from tidewaiter.web.asking import day_or_none, number
from tidewaiter.web.naming import ANY, NONE, OPEN, PARTIES, UNKNOWN_PARTY, NotUnderstood, called, meant
from tidewaiter.web.rendering import Filled, fetched
from tidewaiter.web.searching import terms_of
from tidewaiter.web.shown import RowView, Shown
from tidewaiter.wording import CATEGORY_WORDS, STAGE_STEPS, name_of, plain

Query = Mapping[str, str]

NAMED = (*PARTIES, "category", "stage", "open")

FILTERS = (*NAMED, "from", "until", "q")

LONGEST_QUERY = 400
"""Characters of words asked for that are looked at."""

ROWS = 50
"""Rows on a page: each has a dozen cells with their words."""

SORTS: Mapping[str, str] = {
    "supplier": "Supplier",
    "recipient": "Recipient",
    "stage": "Furthest stage",
    "reports": "Most reports",
    "open": "Most open questions",
    "first": "First reported",
    "last": "Last reported",
    "when": "When it is said to be",
}
"""By the word in the address: how it is called."""

DOWNWARD = frozenset({"stage", "reports", "open"})
"""Orders that begin with the furthest or the most, unless turned round."""


def register(shown: Shown, query: Query) -> Filled:
    """The rows that the filters let through, in the order asked for."""
    asked, wrong = asked_of(shown, query)
    listed = fetched(partial(_views, shown, asked, wrong, query), number(query, "page"), ROWS)
    context = {
        "columns": REGISTER_COLUMNS,
        "list": listed,
        "all": shown.counts["transfers"],
        "counts": shown.counts,
        "asked": asked | {"sort": query.get("sort", ""), "down": query.get("down", "")},
        "narrowed": any(asked.values()),
        "wrong": wrong,
        "choices": _with_asked(shown.once("choices", partial(_choices, shown)), asked, wrong),
        "sorts": SORTS,
        "downward": DOWNWARD,
    }
    return Filled("register.html.j2", "Register", context)


def _views(
    shown: Shown, asked: Query, wrong: Sequence[NotUnderstood], query: Query, first: int, size: int
) -> tuple[list[RowView], int]:
    if wrong:
        return [], 0
    names, total = kept(shown, asked, query, first, size)
    return [shown.lines[one] for one in names], total


def kept(shown: Shown, asked: Query, query: Query, first: int, size: int) -> tuple[list[str], int]:
    """The ids of the rows that the filters let through, in the order asked for, and how many there are.

    ``asked``: as ``asked_of`` gives it.
    """
    sort = query.get("sort", "")
    filters = Filters(
        supplier=_party(asked["supplier"]),
        recipient=_party(asked["recipient"]),
        category=asked["category"] or None,
        stage=asked["stage"] or None,
        open=asked["open"] or None,
        since=asked["from"] or None,
        until=asked["until"] or None,
        words=tuple(terms_of(asked["q"])),
    )
    if asked["q"] and not filters.words:  # nothing in it that could be found
        return [], 0
    return shown.lists.rows(filters, sort, down=query.get("down") == "1", first=first, size=size)


def asked_of(shown: Shown, query: Query) -> tuple[dict[str, str], list[NotUnderstood]]:
    """What each filter is set to, names as the values that they mean, and what of it means nothing."""
    asked = {name: query.get(name, "").strip()[:LONGEST_QUERY] for name in FILTERS}
    asked |= {name: day_or_none(query, name) or "" for name in ("from", "until")}
    wrong = []
    for name in NAMED:
        found = meant(shown, name, asked[name])
        if isinstance(found, NotUnderstood):
            wrong.append(found)
        else:
            asked[name] = str(found)
    return asked, wrong


def _with_asked(
    choices: Mapping[str, Sequence[tuple[str, str]]], asked: Query, wrong: Sequence[NotUnderstood]
) -> dict[str, list[tuple[str, str]]]:
    """The choices with what is asked for and no row has."""
    every, unknown = {name: dict(those) for name, those in choices.items()}, {one.name for one in wrong}
    return {
        name: [*those, (asked[name], f"{called(name, asked[name])} (in no row)")]
        if asked[name] and name not in unknown and asked[name] not in every[name]
        else [*those]
        for name, those in choices.items()
    }


def _party(told: str) -> str | None:
    """A party as the lists name it: "" where none is told, None for any."""
    return "" if told == UNKNOWN_PARTY else told or None


def _choices(shown: Shown) -> dict[str, list[tuple[str, str]]]:
    """What each filter can be set to, with how it is called: what is in the register."""

    def parties(column: str) -> list[tuple[str, str]]:
        codes = shown.lists.choices(column)
        named = sorted(((code, name_of(code)) for code in codes if code), key=lambda pair: pair[1].casefold())
        return named + ([(UNKNOWN_PARTY, "not told")] if None in codes else [])

    categories, stages = set(shown.lists.choices("category")), set(shown.lists.choices("stage"))
    return {
        "supplier": parties("supplier"),
        "recipient": parties("recipient"),
        "category": [(str(one), CATEGORY_WORDS[one]) for one in Category if one in categories],
        "stage": [(str(one), plain(one)) for one in (*STAGE_STEPS, Stage.UNCLEAR) if one in stages],
        "open": [
            (ANY, "any"),
            (NONE, "none"),
            *((kind, OPEN.get(kind, plain(kind))) for kind in shown.lists.open_kinds()),
        ],
    }
