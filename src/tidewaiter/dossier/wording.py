"""Codes, stages and dates said in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from tidewaiter.model import Category, Quantity, Register, Stage, Stance

UNKNOWN = ".."
"""SIPRI's sign for a figure that is not available."""

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

CATEGORY_WORDS: Mapping[Category, str] = {
    Category.AMMUNITION: "ammunition",
    Category.ARTILLERY: "artillery",
    Category.MISSILES: "missiles",
    Category.UAV: "drones",
    Category.AIRCRAFT: "aircraft",
    Category.AIR_DEFENCE: "air defence",
    Category.ARMOURED_VEHICLES: "armoured vehicles",
    Category.SHIPS: "ships",
    Category.SMALL_ARMS: "small arms",
    Category.SENSORS: "sensors",
    Category.TECHNOLOGY: "technology",
    Category.COMPONENTS: "components",
    Category.UNSPECIFIED_ARMS: "arms, kind not told",
    Category.OTHER: "other goods",
}

STANCE_WORDS: Mapping[Stance, str] = {
    Stance.ASSERTS: "asserts",
    Stance.DENIES: "denies",
    Stance.DOUBTS: "doubts",
    Stance.DECLINES: "declines to comment",
}

ORGANISATION_WORDS: Mapping[str, str] = {
    "EU": "European Union",
    "UN": "United Nations",
    "NATO": "NATO",
}

STAGE_STEPS = (Stage.SOUGHT, Stage.PLANNED, Stage.AGREED, Stage.SHIPPED, Stage.DELIVERED, Stage.USED)
"""The stages that stand in an order, from least to furthest."""

_POINT = re.compile(r"(\d{4}|XXXX)(?:-(\d{2}))?(?:-(\d{2}))?([?~%]?)")
_SET = re.compile(r"\[(?P<first>[^.\[\]]*)\.\.(?P<last>[^.\[\]]*)\]")
_QUALIFIED = {"": "{}", "?": "{} (uncertain)", "~": "about {}", "%": "about {} (uncertain)"}
_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_UNPRINTABLE = dict.fromkeys(
    (
        *range(0x09),
        *range(0x0B, 0x20),  # all control characters but tab and line feed
        *range(0x7F, 0xA0),
        *range(0xD800, 0xE000),  # halves of a pair: cannot be written as UTF-8
        0xFFFE,
        0xFFFF,
    ),
    "\ufffd",
)
"""Characters that HTML and XML forbid or that cannot be written as UTF-8, each to one replacement
character."""


def spoken(edtf: str | None) -> str:
    """An EDTF date in words: "2 November 2022", "2 November, year not known", "between 2 January 2024
    and 25 February 2024".  A string in no known form is given back unchanged; None is "not known"."""
    if edtf is None:
        return "not known"
    if found := _SET.fullmatch(edtf):
        return _range(found["first"], found["last"], "between {} and {}", "on or after {}", "on or before {}")
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        return _range(first.strip("."), last.strip("."), "{} to {}", "from {}", "until {}")
    return _point(edtf)


def _range(first: str, last: str, both: str, after: str, before: str) -> str:
    if first and last:
        return both.format(_point(first), _point(last))
    return after.format(_point(first)) if first else before.format(_point(last))


def _point(edtf: str) -> str:
    found = _POINT.fullmatch(edtf)
    if found is None:
        return edtf
    year, month, day, qualifier = found.groups()
    if month is None:
        return _QUALIFIED[qualifier].format("year not known" if year == "XXXX" else year)
    if not 1 <= int(month) <= 12:
        return edtf
    name = MONTHS[int(month) - 1] if day is None else f"{int(day)} {MONTHS[int(month) - 1]}"
    return _QUALIFIED[qualifier].format(f"{name}, year not known" if year == "XXXX" else f"{name} {year}")


def moment(made_at: str) -> str:
    """A day or UTC time of ISO 8601 in words; any other string unchanged."""
    try:
        parsed = datetime.fromisoformat(made_at)
    except ValueError:
        return made_at
    day = f"{parsed.day} {MONTHS[parsed.month - 1]} {parsed.year}"
    if len(made_at) <= len("2026-01-31"):
        return day
    zone = parsed.tzname() or ""
    return f"{day}, {parsed:%H:%M} {zone}".strip()


def plain(code: str) -> str:
    """A controlled word for reading: ``un_referral`` is "UN referral"."""
    words = code.replace("_", " ").strip()
    return "UN" + words[2:] if words.startswith("un ") else words


def quantity_words(quantity: Quantity | None) -> str | None:
    """The words a quantity was given in."""
    return None if quantity is None else quantity.text


def printable(text: str) -> str:
    """``text`` with every character that a page cannot hold replaced, one for one."""
    return text.translate(_UNPRINTABLE)


def without_direction(text: str) -> str:
    """``text`` without characters that turn the writing direction: for attributes and the page title,
    where no element can isolate them."""
    return _BIDI_CONTROLS.sub("", text)


class Names:
    """Names of parties by code: those the register uses, else those of ISO 3166-1, else the code."""

    def __init__(self, register: Register) -> None:
        self._known: dict[str, str] = dict(ORGANISATION_WORDS)
        for row in register.rows:
            for code, cell in ((row.supplier, "supplier"), (row.recipient, "recipient")):
                if code is not None and cell in row.cells and row.cells[cell].value not in ("", UNKNOWN):
                    self._known.setdefault(code, row.cells[cell].value)
            for position in row.positions:
                self._known.setdefault(position.actor, position.label)

    def of(self, code: str | None) -> str:
        """The name of a party or place; "not told" for None."""
        if code is None:
            return "not told"
        return self._known.get(code) or _state_name(code) or code


@lru_cache(maxsize=512)
def _state_name(code: str) -> str | None:
    if len(code) != 3 or not code.isupper():
        return None
    import pycountry

    country = pycountry.countries.get(alpha_3=code)
    return None if country is None else str(getattr(country, "common_name", country.name))
