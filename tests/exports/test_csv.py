"""The register as CSV, which spreadsheet programs open by themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossier.sample import REGISTER, SHELLS
from tidewaiter.contract import register_table
from tidewaiter.model import Cell


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
)
def test_no_cell_is_run_as_a_formula(start: str) -> None:
    told = f"{start}cmd|' /C calc'!A0"
    cells = {**SHELLS.cells, "comments": Cell(told), "description": Cell("10 = ten")}
    headings, (row,) = register_table(replace(REGISTER, rows=(replace(SHELLS, cells=cells),)))
    assert row[headings.index("Comments")] == f"'{told}"
    assert row[headings.index("Weapon description")] == "10 = ten"
