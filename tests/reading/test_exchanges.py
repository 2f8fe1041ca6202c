"""Exchanges: which transfer is given in return for which."""

from __future__ import annotations

import pytest

from documents import make_document
from tidewaiter import knowledge
from tidewaiter.reading.reader import read

Pair = tuple[str | None, str | None]


def linked(text: str) -> set[frozenset[Pair]]:
    rows = {one.id: one for one in read(make_document(text, "2023-06-15"), knowledge.load()).transfers}
    return {
        frozenset({(one.supplier, one.recipient), (other.supplier, other.recipient)})
        for one in rows.values()
        if one.in_exchange_for and (other := rows[one.in_exchange_for])
    }


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Peru sent rifles to Chad in exchange for howitzers.", [("PER", "TCD"), ("TCD", "PER")]),
        (
            "Peru supplies rifles to Chad; in return Chad is sending Peru howitzers.",
            [("PER", "TCD"), ("TCD", "PER")],
        ),
        (
            "Under a swap, Peru sends Chad its old tanks and Chad gives Peru new howitzers.",
            [("PER", "TCD"), ("TCD", "PER")],
        ),
        (
            "Poland sent tanks to Chad. Norway gives Poland howitzers in return.",
            [("POL", "TCD"), ("NOR", "POL")],
        ),
        (
            "Poland delivered tanks to Chad and got howitzers from Norway as compensation.",
            [("POL", "TCD"), ("NOR", "POL")],
        ),
    ],
)
def test_what_is_given_for_what(text: str, pairs: list[Pair]) -> None:
    assert linked(text) == {frozenset(pairs)}


@pytest.mark.parametrize(
    "text",
    [
        "Peru sold rifles to Chad for 20 million dollars.",
        "Peru sold rifles to Chad in exchange for money.",
        "Peru sold rifles to Chad. Chad in turn gave rifles to Mali.",
    ],
)
def test_money_and_what_is_handed_on_are_none(text: str) -> None:
    assert linked(text) == set()


def test_who_made_the_goods_need_not_give_them() -> None:
    told = linked("Peru sent rifles to Chad in exchange for Czech-made howitzers.")
    assert told == {frozenset({("PER", "TCD"), ("TCD", "PER")})}
