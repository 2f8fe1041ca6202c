"""Families of copies: who hangs together, and from whom each has its text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.linking.copying.families import families_of
from tidewaiter.model import Copy

DAYS = {
    "a": "2024-01-03",
    "b": "2024-01-01",
    "c": "2024-01-02",
    "d": None,
    "e": "2024-01-05",
    "f": "2024-01-04",
}


def copy(a: str, b: str, direction: str | None = None, similarity: float = 0.9) -> Copy:
    return Copy(a, b, "verbatim", direction, similarity, "its words")


PAIRS = (copy("a", "b", "b->a", 0.5), copy("a", "c", "a->b", 0.9), copy("c", "d"), copy("e", "f", "b->a"))


def test_families_are_in_order_of_size_and_their_members_of_day() -> None:
    first, second = families_of(PAIRS, DAYS)
    assert [one.document for one in first.members] == ["b", "c", "a", "d"]
    assert [one.document for one in second.members] == ["f", "e"]
    assert (first.id, second.id) == ("b", "f")


def test_each_member_knows_where_its_text_is_from() -> None:
    by_name = {one.document: one for family in families_of(PAIRS, DAYS) for one in family.members}
    assert {name: one.source for name, one in by_name.items()} == {
        "a": "b", "b": None, "c": "a", "d": None, "e": "f", "f": None,
    }  # fmt: skip
    assert [one.b for one in by_name["a"].derived] == ["c"]
    assert len(by_name["d"].unclear) == 1


def test_the_likeliest_source_stands_first() -> None:
    found = families_of((copy("a", "b", "b->a", 0.5), copy("a", "c", "b->a", 0.9)), DAYS)
    assert found[0].members[-1].source == "c"


@given(st.permutations(PAIRS))
def test_the_order_of_the_pairs_is_of_no_account(pairs: list[Copy]) -> None:
    assert families_of(pairs, DAYS) == families_of(PAIRS, DAYS)


def test_no_pairs_no_families() -> None:
    assert families_of((), DAYS) == ()
