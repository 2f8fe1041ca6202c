"""Gates on quality: figures may rise, never fall.

A gate measures figures over texts that it names by one hash, and keeps the floor of each figure in a file.
A floor is only ever lowered by hand in that file, with the reason in its ``why``; ``best`` stays, so that
the loss is not forgotten.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

ROUNDED = 1000
"""Floors are cut after three decimals: one finding weighs more than that."""


class Figures(Protocol):
    """What a gate measures."""

    @property
    def differences(self) -> list[str]:
        """Everything that was not found as it should be, in a line each."""

    def figures(self) -> dict[str, float]:
        """The figures by name, 0..1."""

    def counted(self) -> dict[str, str]:
        """The counts behind each figure, in words."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One set of figures with its floors."""

    name: str
    path: Path  # of the floors
    corpus: Callable[[], str]  # what the figures are measured over: one hash
    measure: Callable[[], Figures]

    def known(self) -> dict[str, Any]:
        """The floors as they are kept; none where there is no file yet."""
        kept: dict[str, Any] = {"corpus": "", "figures": {}}
        return json.loads(self.path.read_text(encoding="utf-8")) if self.path.exists() else kept

    def faults(self) -> list[str]:
        """What is wrong with the figures or the floors, in words; nothing when the gate is passed."""
        known = self.known()
        if not self.path.exists():
            return [f"{self.name}: no floors are kept yet: python tests/gate.py --raise writes {self.path}"]
        if known["corpus"] != self.corpus():
            return [
                f"{self.name}: texts or annotations changed: python tests/gate.py --raise, "
                f"then look at {self.path}"
            ]
        return [f"{self.name}: {fault}" for fault in fallen(self.measure().figures(), known)]

    def raise_floors(self) -> None:
        """Lift the floors to the figures and note what they were measured over."""
        kept = {"corpus": self.corpus(), "figures": raised(self.measure().figures(), self.known())}
        self.path.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")

    def table(self) -> str:
        """The figures beside their floors, for people."""
        known, measured = self.known()["figures"], self.measure()
        counted, width = measured.counted(), max(map(len, measured.figures()))
        return "\n".join(
            f"{name:<{width}} floor {known.get(name, {'floor': 0.0})['floor']:.3f}"
            f"  is {figure:.3f}  {counted.get(name, '')}".rstrip()
            for name, figure in measured.figures().items()
        )


def fallen(figures: Mapping[str, float], known: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the figures, or with the floors, in words."""
    for name, one in known["figures"].items():
        if figures.get(name, 0.0) < one["floor"]:
            yield f"{name} fell to {figures.get(name, 0.0):.3f}; its floor is {one['floor']:.3f}"
        if one["floor"] < one["best"] and not one["why"].strip():
            yield f"the floor of {name} was lowered from {one['best']:.3f} without a reason in 'why'"
    for name in sorted(figures.keys() - known["figures"].keys()):
        yield f"{name} has no floor"


def raised(figures: Mapping[str, float], known: Mapping[str, Any]) -> dict[str, Any]:
    """The floors lifted to the figures; none is lowered."""
    result = {}
    for name, figure in figures.items():
        old = known["figures"].get(name, {"floor": 0.0, "best": 0.0, "why": ""})
        floor = max(old["floor"], math.floor(figure * ROUNDED) / ROUNDED)
        best = max(old["best"], floor)
        result[name] = {"floor": floor, "best": best, "why": old["why"] if floor < best else ""}
    return result


def hash_of(paths: Iterable[Path]) -> str:
    """One hash of the files' names and bytes."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
