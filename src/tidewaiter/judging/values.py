"""What an analyst may put in place of a value: checked when it is given, made a value when it is applied."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from tidewaiter import edtf
from tidewaiter.model import Category, Quantity, Stage

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


def checked(field: str, value: str, parties: Mapping[str, str]) -> str:
    """A value for a field in the form in which it is kept.

    ``parties``: codes of actors by code and by name in lower case.  Raises ``ValueError`` with what would
    fit.
    """
    text = " ".join(value.split())
    if text.lower() == UNKNOWN and field not in ALWAYS_KNOWN:
        return UNKNOWN
    if field in ("supplier", "recipient"):
        return _party(text, parties)
    if field == "category":
        return _one_of(text, [one.value for one in Category])
    if field == "stage":
        return _one_of(text, [one.value for one in Stage])
    if field == "quantity":
        quantity_of(text)
        return text
    if field == "when":
        edtf.bounds(text)
        return text
    raise ValueError(f"there is no field {field!r} to correct; fields are: {', '.join(FIELDS)}")


def _party(text: str, parties: Mapping[str, str]) -> str:
    found = parties.get(text.lower())
    if found is None:
        raise ValueError(f"{text!r} is no actor that is known; write a code (PRK), EU, UN, NATO or a name")
    return found


def _one_of(text: str, words: Collection[str]) -> str:
    word = text.lower().replace(" ", "_")
    if word not in words:
        raise ValueError(f"{text!r} is none of: {', '.join(words)}")
    return word


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
