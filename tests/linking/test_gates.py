"""What linking finds in the project's own texts does not get worse."""

from __future__ import annotations

import os
from collections import Counter

from floors import Gate
from linking.copying import copies_gate, texts

REGENERATE = os.environ.get("TIDEWAITER_REGENERATE") == "1"


def test_four_hundred_copies_of_sixty_stories_and_as_many_accounts() -> None:
    kinds = Counter(one.kind for one in texts())
    assert kinds["original"] == kinds["account"] == kinds["spun"] == kinds["paraphrase"] == 60
    assert sum(kinds.values()) - kinds["account"] == 400
    assert list(texts()) == list(texts())


def test_figures_on_copies_do_not_fall() -> None:
    """Prints the figures (``-s`` shows them)."""
    _check(copies_gate())


def _check(gate: Gate) -> None:
    if REGENERATE:
        gate.raise_floors()
    print(f"\n{gate.table()}")  # noqa: T201
    faults = gate.faults()
    assert not faults, "\n".join((*faults, *gate.measure().differences))
