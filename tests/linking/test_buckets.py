"""Buckets in arrays tell the same as buckets in lists, and one document more the same as all at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents import make_document
from tidewaiter.linking import neighbours
from tidewaiter.linking.buckets import ListedBuckets, PackedBuckets
from tidewaiter.linking.copying import copies
from tidewaiter.linking.copying.copies import judge
from tidewaiter.linking.copying.screen import promising
from tidewaiter.linking.features import Features, Place, features_of
from tidewaiter.linking.index import MemoryIndex
from tidewaiter.linking.update import Linker
from tidewaiter.model import Reading

places = st.builds(lambda day, name: Place(day, f"{name}{day}"), st.integers(0, 3), st.sampled_from("abcd"))
"""A document stands at one place at a time."""
keys = st.sets(st.sampled_from((-(2**63), -3, 0, 1, 2, 7, 2**63 - 1)), min_size=1)
changes = st.lists(st.tuples(places, st.none() | keys), max_size=14)


@given(changes, places, keys, st.integers(1, 4), st.integers(1, 3))
def test_arrays_tell_the_same_as_lists(
    changed: list[tuple[Place, set[int] | None]], place: Place, asked: set[int], limit: int, least: int
) -> None:
    packed, listed = PackedBuckets(), ListedBuckets()
    standing: dict[Place, list[int]] = {}
    for at, now in changed:
        for one in (packed, listed):
            if at in standing:
                one.drop(standing[at], at)
            if now is not None:
                one.put(sorted(now), at)
        standing.pop(at, None)
        if now is not None:
            standing[at] = sorted(now)
        if at.id < "c":  # looked at in between, or only when much has come and gone
            assert packed.before(1, place, limit) == listed.before(1, place, limit)
    for key in sorted(asked):
        assert packed.before(key, place, limit) == listed.before(key, place, limit)
        assert packed.after(key, place, limit) == listed.after(key, place, limit)
        for first, last in ((None, None), (place, None), (None, place)):
            assert packed.between(key, first, last) == listed.between(key, first, last)
    many = [(sorted(asked), place), *((one, at) for at, one in standing.items())]
    assert list(packed.shared_before(many, limit, least)) == list(listed.shared_before(many, limit, least))


PASSAGES = tuple(" ".join(f"p{passage}w{word}" for word in range(12)) for passage in range(6))
"""Of which each has eight shingles, so that what two documents share lies on both sides of every limit."""
orders = st.lists(
    st.tuples(st.integers(0, 9), st.none() | st.lists(st.sampled_from(range(6)), min_size=1, unique=True)),
    min_size=1,
    max_size=16,
)


def copied(number: int, passages: list[int]) -> str:
    # a paragraph of its own after each passage, so that passages share no words across their ends
    return "\n\n".join(f"{PASSAGES[one]} x{number}y{one} z{number}y{one}" for one in passages)


def retold(number: int, passages: list[int]) -> str:
    # names and words in the same order, with others between, so that no run of words is shared
    return " ".join(f"Q{one}{at}zz u{number}{at}q f{one}{at}llo" for one in passages for at in range(9))


TELLING = {"copied": copied, "retold": retold}
tellings = st.tuples(st.sampled_from(sorted(TELLING)), st.lists(st.integers(0, 5), unique=True))


def features(text: str, number: int) -> Features:
    document = replace(make_document(text, f"2022-01-{1 + number % 4:02d}"), id=f"d{number:012x}")
    return features_of(document, Reading(document.id, "by hand"))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(orders, st.integers(1, 3), st.integers(2, 4))
@pytest.mark.parametrize("way", TELLING)
def test_documents_one_by_one_give_the_copies_of_all_at_once(
    monkeypatch: pytest.MonkeyPatch,
    way: str,
    order: list[tuple[int, list[int] | None]],
    step: int,
    nearest: int,
) -> None:
    monkeypatch.setattr(neighbours, "NEAREST", nearest)
    monkeypatch.setattr(copies, "MIN_SHARED", 8)
    index = MemoryIndex()
    linker = Linker(index)
    standing: dict[str, Features] = {}
    for first in range(0, len(order), step):
        changed: dict[str, Features | None] = {}
        for number, passages in order[first : first + step]:
            name = f"d{number:012x}"
            changed[name] = None if passages is None else features(TELLING[way](number, passages), number)
        linker.update(changed, changed.get)
        standing = {k: v for k, v in {**standing, **changed}.items() if v is not None}
    whole = MemoryIndex()
    Linker(whole).update(standing, standing.get)
    for name in standing:
        assert sorted(index.copies(name), key=str) == sorted(whole.copies(name), key=str)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(TELLING)), st.lists(st.integers(0, 5), unique=True)), max_size=8
    )
)
def test_who_is_left_out_at_a_glance_would_be_no_copy(told: list[tuple[str, list[int]]]) -> None:
    first, *others = [
        features(TELLING[way](number, passages), number) for number, (way, passages) in enumerate(told)
    ] or [features("", 0)]
    kept = promising(first, others)
    assert all(judge(first, one) is None for one in others if one not in kept)


def test_a_copy_is_kept_at_a_glance() -> None:
    for way in TELLING.values():
        first, second = features(way(1, [0, 1, 2, 3, 4]), 1), features(way(2, [0, 1, 2, 3, 5]), 2)
        assert judge(first, second) is not None
        assert promising(first, [second, features("Of something else", 3)]) == [second]
