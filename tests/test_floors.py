"""Floors of figures: they rise by command, and a fall is told."""

from __future__ import annotations

from pathlib import Path

from floors import Gate, fallen, raised


class Fixed:
    """Figures that are what the test says."""

    differences: list[str] = []  # noqa: RUF012

    def __init__(self, **figures: float) -> None:
        self._figures = figures

    def figures(self) -> dict[str, float]:
        return self._figures

    def counted(self) -> dict[str, str]:
        return {}


def gate(path: Path, corpus: str = "c", **figures: float) -> Gate:
    return Gate("made", path, lambda: corpus, lambda: Fixed(**figures))


def test_raising_never_lowers() -> None:
    known = {"figures": {"pair": {"floor": 0.9, "best": 0.9, "why": ""}}}
    assert raised({"pair": 0.5}, known)["pair"]["floor"] == 0.9
    assert raised({"pair": 0.95678}, known)["pair"]["floor"] == 0.956


def test_a_fall_a_missing_floor_and_a_silent_lowering_are_told() -> None:
    def told(figure: float, floor: float, why: str = "") -> list[str]:
        known = {"figures": {"pair": {"floor": floor, "best": 0.9, "why": why}}}
        return list(fallen({"pair": figure}, known))

    assert told(0.9, 0.9) == []
    assert "fell to 0.800" in told(0.8, 0.9)[0]
    assert "without a reason" in told(0.8, 0.7)[0]
    assert told(0.8, 0.7, "two reports were replaced") == []
    assert list(fallen({"pair": 1.0}, {"figures": {}})) == ["pair has no floor"]


def test_a_gate_is_passed_at_its_floors_and_not_below(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    gate(path, pair=0.75).raise_floors()
    assert gate(path, pair=0.75).faults() == []
    assert gate(path, pair=0.74).faults() == ["made: pair fell to 0.740; its floor is 0.750"]
    assert "floor 0.750  is 0.740" in gate(path, pair=0.74).table()


def test_floors_of_other_texts_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    gate(path, "other", pair=0.75).raise_floors()
    (fault,) = gate(path, pair=0.75).faults()
    assert "texts or annotations changed: python tests/gate.py --raise" in fault


def test_without_floors_the_gate_is_not_passed(tmp_path: Path) -> None:
    (fault,) = gate(tmp_path / "floors.json", pair=0.75).faults()
    assert "no floors are kept yet: python tests/gate.py --raise" in fault
