"""A case of the example reports, built once for the tests that only look at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tidewaiter.case import Case

AT = "2026-01-31T12:00:00Z"
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").iterdir())

WIRE = """\
Howitzers for Laos

Published March {day}, 2022

TALLINN - Uruguay delivered {number} howitzers to Laos on board a freighter that left the harbour at night,
Estonian officials said on Monday. The crates were loaded behind a fish market while a brass band was playing.

Apples were dear that winter, and the ferry to the islands was late on most days because of the ice.
"""
"""Told twice, with another number: the examples do not disagree with one another."""


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a case that is built; to be copied where something is done to it."""
    place = tmp_path_factory.mktemp("lists")
    wires = [place / f"wire-{day}.txt" for day in (7, 8)]
    for day, number, path in zip((7, 8), (24, 42), wires, strict=True):
        path.write_text(WIRE.format(day=day, number=number), encoding="utf-8")
    folder = place / "case"
    with Case.create(folder, AT) as case:
        case.add([*EXAMPLES, *wires], AT)
        case.build(AT)
    return folder


@pytest.fixture(scope="module")
def example(example_folder: Path) -> Iterator[Case]:
    """For looking at it."""
    with Case(example_folder) as case:
        yield case
