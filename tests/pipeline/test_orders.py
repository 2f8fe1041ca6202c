"""A case ends in one state, in whatever order and in however many steps its reports came."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tidewaiter.case import Case
from tidewaiter.cli.printing import export_text

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").iterdir())
AT = "2026-01-31T12:00:00Z"
STEPS = 3


def state(folder: Path, *steps: list[Path]) -> tuple[str, str]:
    """The export and the dossier of a case to which the reports came in these steps."""
    with Case.create(folder / "case", AT) as case:
        for paths in steps:
            case.add(paths, AT)
            case.build(AT)
        return export_text(case.view(), "jsonl"), case.dossier(AT)


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    return state(tmp_path_factory.mktemp("once"), EXAMPLES)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_arrival_does_not_matter(tmp_path: Path, at_once: tuple[str, str], seed: int) -> None:
    shuffled = random.Random(seed).sample(EXAMPLES, len(EXAMPLES))
    steps = [shuffled[start::STEPS] for start in range(STEPS)]
    assert state(tmp_path, *steps) == at_once


def test_building_again_changes_nothing(tmp_path: Path, at_once: tuple[str, str]) -> None:
    assert state(tmp_path, EXAMPLES, [], EXAMPLES) == at_once
