"""The parts of ``benchmarks/attribution.py`` that figures hang on."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from attribution.scoring import Counts, Ratio

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """The script as a module; it finds its neighbours beside itself, as when it is run."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        spec = importlib.util.spec_from_file_location("attribution_benchmark", BENCHMARKS / "attribution.py")
        assert spec is not None
        assert spec.loader is not None
        module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(BENCHMARKS))
    return module


def counts(*found: tuple[int, int, int]) -> tuple[Counts, ...]:
    return tuple(Counts({"relation": Ratio(*one)}) for one in found)


def test_the_interval_of_a_difference(benchmark: ModuleType) -> None:
    better = benchmark.Row("a", counts(*[(3, 4, 4), (4, 4, 4)] * 20))
    worse = benchmark.Row("b", counts(*[(1, 4, 4), (2, 4, 4)] * 20))
    assert benchmark.difference(better, better) == (0.0, 0.0, 0.0)
    points, low, high = benchmark.difference(better, worse)
    assert points == pytest.approx(0.5)
    assert (low, high) == pytest.approx((0.5, 0.5))  # the same in every text, so in every draw
    mixed = benchmark.Row("c", counts(*[(4, 4, 4), (1, 4, 4)] * 20))
    points, low, high = benchmark.difference(better, mixed)
    assert points == pytest.approx(0.25)
    assert low < points < high
    assert benchmark.difference(better, mixed) == (points, low, high)


def test_a_text_is_drawn_with_all_its_attributions(benchmark: ModuleType) -> None:
    """Against every draw of two texts, counted out: F1 of 8 of 8, 4 of 8 and 0 of 8."""
    row, nothing = (
        benchmark.Row("a", counts((4, 4, 4), (0, 4, 4))),
        benchmark.Row("b", counts((0, 4, 4), (0, 4, 4))),
    )
    assert benchmark.difference(row, nothing) == (0.5, 0.0, 1.0)


def test_without_textacy_there_are_no_rows_and_it_is_said(
    benchmark: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An interpreter with nothing installed: ``-S`` leaves the packages out."""
    bare = tmp_path / "python"
    bare.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S -E "$@"\n', encoding="utf-8")
    bare.chmod(0o755)
    assert benchmark.textacy_rows([benchmark.Sample("He said no.", None, ())], str(bare)) == []
    assert "is not installed" in capsys.readouterr().err
