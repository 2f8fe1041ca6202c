"""What an analyst may put in place of a value: checked when it is given, made a value when it is applied."""

from __future__ import annotations

import re
from collections.abc import Callable

from tidewaiter import edtf
from tidewaiter.model import Quantity, Stage
from tidewaiter.understood import categories, category_named, day_named, stage_named
from tidewaiter.wording import NOT_TOLD

UNKNOWN = "unknown"
"""In place of a value: nobody can tell."""

FIELDS = ("supplier", "recipient", "category", "stage", "quantity", "when")
"""Fields of a reported transfer that can be corrected."""

ALWAYS_KNOWN = ("category", "stage")
"""Fields that have a word of their own for what is not known (``unspecified_arms``, ``unclear``)."""

RELIABILITIES = ("A", "B", "C", "D", "E", "F")
"""Of the Admiralty Code (NATO STANAG 2511): A completely reliable ... E unreliable, F cannot be judged."""

SOURCES = ("outlet", "actor", "speaker")
"""What can be rated, the least particular first."""

_FIGURE = re.compile(r"(?P<low>\d[\d,]*)?(?P<open>\.\.)?(?P<high>\d[\d,]*)?(?:\s+(?P<unit>[^\W\d_].*))?")


def checked(field: str, value: str, party: Callable[[str], str]) -> str:
    """A value for a field, as a reader writes it (a name or a code, words or a date), in the form in which it
    is kept.

    ``party``: the code of the actor who is named; it raises ``ValueError`` where nobody is.  Raises
    ``ValueError`` with what would fit.
    """
    text = " ".join(value.split())
    if text.lower() in (UNKNOWN, NOT_TOLD) and field not in ALWAYS_KNOWN:
        return UNKNOWN
    if field in ("supplier", "recipient"):
        return party(text)
    if field == "category":
        category = category_named(text)
        if category is None:
            raise ValueError(f"{text!r} is no category; they are: {', '.join(categories())}")
        return category.value
    if field == "stage":
        stage = stage_named(text)
        if stage is None:
            raise ValueError(f"{text!r} is no stage; they are: {', '.join(Stage)}")
        return stage.value
    if field == "quantity":
        quantity_of(text)
        return text
    if field == "when":
        day = day_named(text)
        try:
            edtf.bounds(day)
        except ValueError as error:
            raise ValueError(
                f"{text!r} is no date; write it like 2 November 2022, November 2022, 2022-11 or 2022"
            ) from error
        return day
    raise ValueError(f"there is no field {field!r} to correct; fields are: {', '.join(FIELDS)}")


def quantity_of(text: str, words: str | None = None) -> Quantity:
    """A figure: ``40``, ``100..200``, ``1000..``, ``..50``, each with a unit behind it.

    ``words``: of the report, where they are known.  Raises ``ValueError`` for anything else.
    """
    found = _FIGURE.fullmatch(text)
    low, high = (_number(found[side]) for side in ("low", "high")) if found else (None, None)
    if found is None or (low is None and high is None) or (found["high"] and not found["open"]):
        raise ValueError(f"{text!r} is no figure; write 40, 100..200, 1000.. or ..50, and what is counted")
    if not found["open"]:
        high = low
    if low is not None and high is not None and low > high:
        raise ValueError(f"{text!r} goes from more to less")
    return Quantity(low, high, found["unit"], words or _figure_words(low, high))


def figure_of(quantity: Quantity | None) -> str:
    """A figure in the form in which it is given: ``40 tanks``, ``100..200``, ``1000..``."""
    if quantity is None:
        return ""
    low, high = ("" if one is None else str(one) for one in (quantity.min, quantity.max))
    told = low if low == high else f"{low}..{high}"
    return f"{told} {quantity.unit}" if quantity.unit else told


def _number(text: str | None) -> int | None:
    return int(text.replace(",", "")) if text else None


def _figure_words(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return f"up to {high:,}" if low is None else f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
