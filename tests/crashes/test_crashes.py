"""Killed at any moment, the program goes on where it was and ends in the same case.

``tools/crashes.py`` does the same hundreds of times.
"""

from __future__ import annotations

from random import Random

import pytest

from crashes.killing import Bench, attempt, prepare

pytestmark = pytest.mark.xdist_group("crashes")  # what all of it looks at is made once


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return prepare(tmp_path_factory.mktemp("crashes"), number=15, seed=5)


@pytest.mark.parametrize(
    ("command", "kills", "seed"), [("add", 1, 1), ("build", 1, 2), ("build", 3, 3), ("run", 2, 4)]
)
def test_a_killed_run_goes_on_to_the_same_case(bench: Bench, command: str, kills: int, seed: int) -> None:
    trial = attempt(bench, seed, Random(seed), command, kills)
    assert trial.fault is None
    assert trial.kills
