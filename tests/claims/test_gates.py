"""What is read out of one text does not get worse: on the project's own texts, and on reference texts where
they are at hand."""

from __future__ import annotations

import os

import pytest

from claims.constructions import sentences
from claims.gates import OWN, REFERENCE, SHARED, Gate, constructions_gate, own_gate, reference_gates
from scoring import read_gold
from tidewaiter.model import Category, ResponseKind, Stage, Stance

REGENERATE = os.environ.get("TIDEWAITER_REGENERATE") == "1"
MANY_PAIRS = 25


def test_every_text_is_annotated_and_every_annotation_has_a_text() -> None:
    assert sorted(path.stem for path in OWN.folder.glob("*.txt")) == sorted(read_gold(OWN.gold))


def test_the_annotations_use_the_vocabulary_and_refer_to_their_rows() -> None:
    for name, one in read_gold(OWN.gold).items():
        rows = [[row["supplier"], row["recipient"], row["category"]] for row in one["transfers"]]
        for row in one["transfers"]:
            assert row["category"] in set(Category), name
            assert row["stage"] in set(Stage), name
            assert row["in_exchange_for"] in (None, *rows), name
        for claim in one["claims"]:
            assert claim["stance"] in set(Stance), name
            assert claim["about"] in rows, name
        assert {response["kind"] for response in one["responses"]} <= set(ResponseKind), name
        assert rows or not (one["claims"] or one["responses"]), name


def test_all_stages_stances_and_many_pairs_are_there() -> None:
    gold = read_gold(OWN.gold).values()
    transfers = [row for one in gold for row in one["transfers"]]
    assert {row["stage"] for row in transfers} >= set(Stage) - {Stage.UNCLEAR}
    assert {claim["stance"] for one in gold for claim in one["claims"]} == set(Stance)
    assert len({(row["supplier"], row["recipient"]) for row in transfers}) >= MANY_PAIRS


def test_figures_do_not_fall() -> None:
    """Prints the figures (``-s`` shows them)."""
    _check(own_gate())


def test_figures_on_constructions_do_not_fall() -> None:
    """Prints the figures (``-s`` shows them)."""
    _check(constructions_gate())


def test_constructions_are_about_many_pairs_and_always_the_same() -> None:
    once = list(sentences())
    assert once == list(sentences())
    assert len({(supplier, recipient) for one in once for supplier, recipient, _ in one.rows}) > len(once) / 2
    assert all(supplier != recipient for one in once for supplier, recipient, _ in one.rows)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(REFERENCE)))
def test_figures_on_reference_texts_do_not_fall(number: int) -> None:
    """Prints no words of them."""
    gate = {one.name: one for one in reference_gates()}.get(REFERENCE[number].name)
    if gate is None:
        pytest.skip(f"no reference texts at {SHARED / 'gold'}; set TIDEWAITER_SHARED to run this test")
    _check(gate)


def _check(gate: Gate) -> None:
    if REGENERATE:
        gate.raise_floors()
    print(f"\n{gate.table()}")  # noqa: T201
    faults = gate.faults()
    assert not faults, "\n".join((*faults, *gate.measure().differences))
