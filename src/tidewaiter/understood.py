"""What a reader writes, as the value that is meant: a name for a code, words for a category or stage, a day
in words for a date; and what is nearest where nothing is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from itertools import islice

from tidewaiter.knowledge import Knowledge
from tidewaiter.knowledge.parties import TABLES, actor_codes
from tidewaiter.model import Category, Stage
from tidewaiter.wording import CATEGORY_WORDS, MONTHS, ORGANISATION_WORDS, name_of, plain, quoted

NEAREST = 3
"""Names that are offered in place of one that nobody has."""

ALIKE = 0.6
"""How alike two names have to be for that (``difflib``): "Nort Korea" and "North Korea" are by 0.95."""

LONGEST = 60
"""Characters of a name that are compared; no name of the tables is longer."""


def key(told: str) -> str:
    """Words as they are compared: in one case, with single spaces for hyphens and underscores too."""
    return " ".join(re.sub(r"[\s_-]+", " ", told).split()).casefold()


# ------------------------------------------------------------------------------------ actors


def actor_named(told: str, tables: Knowledge, known: Iterable[str] = ()) -> str | None:
    """The code of whom a reader names: by code or name, in any case, also an abbreviation or another name
    that the tables have.  ``known``: codes of the case, which come first; some are names of their own."""
    wanted = " ".join(told.split()).casefold()
    codes = list(known)
    for called in (lambda code: code, name_of):
        found = next((code for code in codes if called(code).casefold() == wanted), None)
        if found is not None:
            return found
    return actor_codes(tables).get(wanted) or _UNIONS.get(wanted)


_UNIONS = {code.casefold(): code for code in ORGANISATION_WORDS} | {
    name.casefold(): code for code, name in ORGANISATION_WORDS.items()
}


def nearest_actors(told: str, tables: Knowledge, known: Iterable[str] = ()) -> tuple[str, ...]:
    """Names of actors that are most like one that nobody has, or that belong to what it names (a capital, a
    people)."""
    names: dict[str, str] = {**_other_names(tables)}
    names |= {name_of(code).casefold(): name_of(code) for code in known}
    return nearest(told, names)


@lru_cache(maxsize=4)
def _other_names(tables: Knowledge) -> Mapping[str, str]:
    """The usual name of everybody in the tables, by each of the names that they know."""
    rows = [row for table in reversed(TABLES) for row in tables.table(table) if row["text"]]
    return {
        row["text"].casefold(): name_of(row["code"]) if row["code"] else row["name"] or row["text"]
        for row in rows
    }


def nearest(told: str, names: Mapping[str, str], most: int = NEAREST) -> tuple[str, ...]:
    """Of names (by what they are compared as) those most like what was told, the likest first."""
    wanted = told.strip().casefold()[:LONGEST]
    if wanted in names:
        return (names[wanted],)
    if not wanted:
        return ()
    begun = [one for one in names if one.startswith(wanted) or (len(wanted) > 3 and wanted in one)]
    alike = get_close_matches(wanted, names, n=4 * most, cutoff=ALIKE)
    ranked = sorted({*begun, *alike}, key=lambda one: (-SequenceMatcher(None, wanted, one).ratio(), one))
    return tuple(islice(dict.fromkeys(names[one] for one in ranked), most))


# ------------------------------------------------------------------------------------ words of the vocabulary


_CATEGORIES = {key(words): one for one, words in CATEGORY_WORDS.items()} | {key(one): one for one in Category}
_STAGES = {key(plain(one)): one for one in Stage}


def category_named(told: str) -> Category | None:
    """The category that a reader names by its word or its code: "air defence", "AIR_DEFENCE", "Drones"."""
    return _CATEGORIES.get(key(told))


def stage_named(told: str) -> Stage | None:
    """The stage that a reader names."""
    return _STAGES.get(key(told))


def categories() -> Sequence[str]:
    """What can be said for a category, in words."""
    return [CATEGORY_WORDS[one] for one in Category]


# ------------------------------------------------------------------------------------ days


_DAY = re.compile(r"(?:(?P<day>\d{1,2})\.? )?(?P<month>[^\W\d_]{3,9})\.? (?P<year>\d{4})")


def day_named(told: str) -> str:
    """A day or month in English words ("2 November 2022", "Nov 2022") as EDTF; anything else as it is."""
    found = _DAY.fullmatch(" ".join(told.replace(",", " ").split()))
    if found is None:
        return told
    begun = [
        number
        for number, name in enumerate(MONTHS, 1)
        if name.casefold().startswith(found["month"].casefold())
    ]
    if len(begun) != 1:
        return told
    day = f"-{int(found['day']):02}" if found["day"] else ""
    return f"{found['year']}-{begun[0]:02}{day}"


# ------------------------------------------------------------------------------------ in sentences


def did_you_mean(names: Sequence[str]) -> str | None:
    """What is offered instead; None where nothing is like it."""
    if not names:
        return None
    *first, last = names
    return f"Did you mean {', '.join(first)} or {last}?" if first else f"Did you mean {last}?"


def no_actor(told: str, names: Sequence[str]) -> str:
    """That nobody is called so, and who may be meant."""
    said = f"no actor is called {quoted(told.strip()[:LONGEST])}"
    offered = did_you_mean(names)
    return said if offered is None else f"{said} ({offered[0].lower()}{offered[1:]})"
