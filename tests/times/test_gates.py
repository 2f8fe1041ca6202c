"""Reading dates does not get worse: on TimeBank, where it is at hand."""

from __future__ import annotations

import pytest

from times.gates import folder, timebank_gates


@pytest.mark.slow
def test_figures_on_timebank_do_not_fall() -> None:
    """Prints the figures (``-s`` shows them) and no words of the reports."""
    gate = next(timebank_gates(), None)
    if gate is None:
        pytest.skip(f"TimeBank not found at {folder()}; set TIDEWAITER_SHARED to run this test")
    print(f"\n{gate.table()}")  # noqa: T201
    faults = gate.faults()
    assert not faults, "\n".join(faults)
