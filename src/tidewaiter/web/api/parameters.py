"""What can be asked of an endpoint, and whether what was asked fits.

Pages overlook what they do not know; an endpoint refuses it, since a program that misspells a filter would
take the whole register for an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tidewaiter.errors import CaseError
from tidewaiter.model import Category, Stage

Schema = Mapping[str, Any]

MOST_DIGITS = 6
"""Of a number of a page: a list of a million pages has no use."""

LONGEST = 400
"""Characters of a value; names of actors and words searched for are far shorter."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that can be asked for."""

    name: str
    told: str  # what it does
    schema: Schema  # JSON Schema: enum, integer with bounds, date, or text with maxLength
    example: str
    is_required: bool = False
    in_path: bool = False


def choice(name: str, told: str, values: Iterable[str], example: str) -> Parameter:
    return Parameter(name, told, {"type": "string", "enum": list(values)}, example)


def text(name: str, told: str, example: str, *, is_required: bool = False) -> Parameter:
    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST}
    return Parameter(name, told, schema, example, is_required)


def day(name: str, told: str, example: str, *, is_required: bool = False) -> Parameter:
    return Parameter(name, told, {"type": "string", "format": "date"}, example, is_required)


def whole(name: str, told: str, most: int, default: int, example: str) -> Parameter:
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    return Parameter(name, told, schema, example)


def switch(name: str, told: str) -> Parameter:
    return choice(name, told, ("0", "1"), "1")


def in_path(name: str, told: str, example: str) -> Parameter:
    return Parameter(name, told, {"type": "string", "minLength": 1}, example, is_required=True, in_path=True)


DAYS = (
    day("as_of", "The case as of the end of this day (UTC), by what was public then.", "2024-01-31"),
    switch("held", "With as_of: by what this case held then, not by what was public."),
    switch("with_judgements", "With as_of: with what analysts decided later."),
)
"""On every endpoint."""

SIZE, MOST_ON_A_PAGE = 20, 100
"""Records on a page unless another number is asked for, and at most: rows of the register can be long."""

PAGES = (
    whole("page", "Which page of the list; one after the last is empty.", 10**MOST_DIGITS - 1, 1, "1"),
    whole("size", "Records on a page.", MOST_ON_A_PAGE, SIZE, "50"),
)
"""On every list."""

SEARCH = (text("q", "What to look for.", '"mortar rounds"', is_required=True),)

FEWEST = 2
"""Reports in which an act of saying is told, for the list, unless another number is asked for."""

UTTERANCES = (whole("fewest", "Told in at least so many reports.", 999, FEWEST, "3"),)

DISPUTED = ("date", "number", "name", "place", "direction", "outcome")
"""What reports can disagree on."""

DISCREPANCIES = (choice("kind", "On what reports disagree.", DISPUTED, "number"),)

SORTS = ("supplier", "recipient", "stage", "reports", "open", "first", "last", "when")

REGISTER = (
    text("supplier", "A code or a name (PRK, North Korea, Wagner Group), or unknown.", "TUR"),
    text("recipient", "A code or a name (PRK, North Korea, Wagner Group), or unknown.", "unknown"),
    choice("category", "What was transferred.", Category, "uav"),
    choice("stage", "The furthest stage that anybody alleges.", Stage, "delivered"),
    text("open", "any, none, or a kind of question (receipt, progress, route, ...).", "any"),
    day("from", "Rows with a report that was public on this day or after it.", "2023-01-01"),
    day("until", "Rows with a report that was public on this day or before it.", "2024-01-31"),
    choice("sort", "In this order; without it, those first that most claims are made about.", SORTS, "last"),
    switch("down", "The other way round."),
)


def checked(query: Sequence[tuple[str, str]], known: Sequence[Parameter]) -> dict[str, str]:
    """What was asked, by name.  Raises ``CaseError`` for what does not fit, with ``where`` its name."""
    by_name = {one.name: one for one in known if not one.in_path}
    found: dict[str, str] = {}
    for name, value in query:
        if name not in by_name:
            listed = ", ".join(by_name)
            raise CaseError(
                "cannot be asked for here", where=name[:LONGEST], todo=f"What can be asked for: {listed}."
            )
        if name in found:
            raise CaseError("is given more than once", where=name, todo="Give it once.")
        found[name] = value
    for name, one in by_name.items():
        if name in found:
            if (wrong := _misfit(one, found[name])) is not None:
                raise CaseError(f"{found[name][:60]!r} {wrong[0]}", where=name, todo=wrong[1])
        elif one.is_required:
            raise CaseError("is missing", where=name, todo=one.told)
    return found


def _misfit(one: Parameter, value: str) -> tuple[str, str] | None:
    """What is wrong with a value, and what to do."""
    schema = one.schema
    if "enum" in schema and value not in schema["enum"]:
        return "is none of its values", f"They are: {', '.join(schema['enum'])}."
    if schema["type"] == "integer":
        least, most = schema["minimum"], schema["maximum"]
        is_number = re.fullmatch(r"[1-9]\d*", value, re.ASCII) is not None and len(value) <= MOST_DIGITS
        if not (is_number and least <= int(value) <= most):
            return f"is no whole number from {least} to {most}", "Write it in digits."
    if schema.get("format") == "date" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII) is None:
        return "is not a day", "Write it like 2022-11-08."
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        return f"is not between 1 and {LONGEST} characters long", "Leave it out, or give less."
    return None
