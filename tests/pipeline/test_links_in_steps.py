"""Links brought up to date step by step equal those made at once, whatever the documents are.

Documents are made by hand, in a few words, so that hundreds of cases a second meet what real reports seldom
hold together; neighbourhoods are narrow, so that a handful of documents fills them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents import make_document
from tidewaiter.linking import neighbours
from tidewaiter.linking.features import Features, features_of
from tidewaiter.linking.index import MemoryIndex
from tidewaiter.linking.update import Linker, groups_of
from tidewaiter.model import Category, Quantity, Reading, ReportedTransfer, Stage

STORIES = tuple(" ".join(f"{story}{word}" for word in range(80)) for story in ("apple", "brick", "cloud"))
PARTIES = ("URY", "LAO", None)
CATEGORIES = (Category.ARTILLERY, Category.UNSPECIFIED_ARMS, Category.UAV)
DAYS = ("2022-01-10", "2022-02-01", "2022-08-01", "2023-06-01")


@dataclass(frozen=True)
class Told:
    """A reported transfer to be."""

    supplier: str | None
    recipient: str | None
    category: Category
    figure: int | None
    when: str | None
    exchanged: bool  # for the other transfer of the report


@dataclass(frozen=True)
class Made:
    """A document to be."""

    stories: tuple[int, ...]  # whose words stand in it
    published: str | None
    told: tuple[Told, ...]


def features(number: int, made: Made) -> Features:
    name = f"d{number:012x}"
    text = "\n\n".join(STORIES[story] for story in made.stories)
    document = make_document(text, made.published, f"{number}.txt", title=f"Report {number}")
    document = replace(document, id=name)
    ids = [f"r{place}{number:09x}" for place in range(len(made.told))]
    transfers = tuple(
        ReportedTransfer(
            id=ids[place],
            supplier=one.supplier,
            recipient=one.recipient,
            category=one.category,
            item="howitzers",
            quantity=one.figure and Quantity(one.figure, one.figure, "pieces", str(one.figure)),
            stage=Stage.DELIVERED,
            outcome=None,
            when=one.when,
            route=None,
            in_exchange_for=ids[1 - place] if one.exchanged and len(ids) == 2 else None,
            mentions=(),
            anchors={},
        )
        for place, one in enumerate(made.told)
    )
    return features_of(document, Reading(name, "by hand", transfers=transfers))


told = st.builds(
    Told,
    supplier=st.sampled_from(PARTIES),
    recipient=st.sampled_from(PARTIES),
    category=st.sampled_from(CATEGORIES),
    figure=st.sampled_from((None, 5, 6, 500)),
    when=st.sampled_from((None, *DAYS)),
    exchanged=st.booleans(),
)
made = st.builds(
    Made,
    stories=st.lists(st.integers(0, 2), min_size=1, max_size=2, unique=True).map(tuple),
    published=st.sampled_from((None, "XXXX-02-03", *(f"2022-12-{day:02d}" for day in range(1, 10)))),
    told=st.lists(told, max_size=2).map(tuple),
)
cases = st.lists(made, min_size=2, max_size=9).flatmap(
    lambda documents: st.tuples(
        st.just(documents),
        st.lists(
            st.dictionaries(st.integers(0, len(documents) - 1), st.booleans(), min_size=1),
            min_size=1,
            max_size=6,
        ),
    )
)
"""Documents, and steps: for each document that comes, changes or goes in a step whether it is in then."""


def found(index: MemoryIndex, known: Mapping[str, Features]) -> dict[str, Any]:
    linker = Linker(index)
    transfers = [one.id for features in known.values() for one in features.transfers]
    return {
        "copies": {copy for name in known for copy in index.copies(name)},
        "dated": {name: index.dated(name) for name in known},
        "weights": {pair: weight for name in transfers for pair, weight in index.weights(name)},
        "groups": [linker.explained(group) for group in groups_of(index, known.values())],
    }


def check(documents: Sequence[Made], steps: Sequence[Mapping[int, bool]]) -> None:
    every = {one.document: one for one in (features(*pair) for pair in enumerate(documents))}
    names = list(every)
    stepwise, present = MemoryIndex(), dict[str, Features]()
    for step in steps:
        for number, is_in in step.items():
            present.pop(names[number], None)
            if is_in:
                present[names[number]] = every[names[number]]
        Linker(stepwise).update([names[number] for number in step], present.get)
    at_once = MemoryIndex()
    Linker(at_once).update(present, present.get)
    assert found(stepwise, present) == found(at_once, present)


@pytest.mark.parametrize("nearest", [1, 2, 32])
def test_links_in_steps_are_those_made_at_once(monkeypatch: pytest.MonkeyPatch, nearest: int) -> None:
    monkeypatch.setattr(neighbours, "NEAREST", nearest)

    @settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(cases)
    def holds(case: tuple[list[Made], list[dict[int, bool]]]) -> None:
        check(*case)

    holds()


def test_a_copy_that_comes_between_two_parts_what_only_they_held_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two rows with figures that differ are one transfer only while their reports are copies; a third
    copy between them, which tells of no transfer at all, keeps them from being compared."""
    monkeypatch.setattr(neighbours, "NEAREST", 1)

    def row(when: str, figure: int | None) -> tuple[Told, ...]:
        return (Told("URY", "LAO", Category.ARTILLERY, figure, when, False),)

    documents = [
        Made((0,), "2022-12-01", row("2022-01-10", 5)),
        Made((1,), "2022-12-05", row("2022-02-01", None)),
        Made((0,), "2022-12-09", row("2022-08-01", 500)),
        Made((0,), "2022-12-05", ()),
    ]
    check(documents, [{0: True, 1: True, 2: True}, {3: True}])
    check(documents, [{0: True, 1: True, 2: True, 3: True}, {3: False}])
