"""What may stand in place of a value."""

from __future__ import annotations

import pytest

from tidewaiter.judging.values import checked, quantity_of
from tidewaiter.model import Quantity

PARTIES = {"prk": "PRK", "north korea": "PRK", "houthis": "Houthis"}


def party(told: str) -> str:
    """The code of who is named."""
    try:
        return PARTIES[told.lower()]
    except KeyError:
        raise ValueError(f"no actor is called {told}") from None


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("40", Quantity(40, 40, None, "40")),
        ("1,000 shells", Quantity(1000, 1000, "shells", "1,000")),
        ("100..200 rocket pods", Quantity(100, 200, "rocket pods", "100 to 200")),
        ("1000..", Quantity(1000, None, None, "at least 1,000")),
        ("..50 drones", Quantity(None, 50, "drones", "up to 50")),
    ],
)
def test_figures(text: str, quantity: Quantity) -> None:
    assert quantity_of(text) == quantity


@pytest.mark.parametrize("text", ["", "many", "..", "5 . 6", "200..100", "-4", "4 5..6"])
def test_what_is_no_figure(text: str) -> None:
    with pytest.raises(ValueError, match=r"figure|goes from"):
        quantity_of(text)


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("supplier", "North Korea", "PRK"),
        ("recipient", "houthis", "Houthis"),
        ("recipient", "Unknown", "unknown"),
        ("recipient", "not told", "unknown"),
        ("category", "Air defence", "air_defence"),
        ("category", "drones", "uav"),
        ("when", "2 November 2022", "2022-11-02"),
        ("when", "Nov 2022", "2022-11"),
        ("stage", "SHIPPED", "shipped"),
        ("when", "2022-11", "2022-11"),
        ("when", "unknown", "unknown"),
        ("quantity", " 40   tanks ", "40 tanks"),
    ],
)
def test_values_are_kept_in_one_form(field: str, value: str, kept: str) -> None:
    assert checked(field, value, party) == kept


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("supplier", "Atlantis"),
        ("category", "unknown"),
        ("category", "weapons"),
        ("stage", "unknown"),
        ("when", "last week"),
        ("item", "shells"),
    ],
)
def test_others_are_refused_with_what_would_fit(field: str, value: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        checked(field, value, party)
