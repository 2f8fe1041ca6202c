"""The gate on quality: figures over the examples may rise, never fall.

    python tests/gate.py            print the figures and every difference
    python tests/gate.py --raise    lift the floors to them; TIDEWAITER_REGENERATE=1 pytest does too

A floor is only ever lowered by hand in ``data/floors.json``, with the reason in its ``why``; ``best``
stays, so that the loss is not forgotten.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from scoring import Scores, read_gold, score
from tidewaiter import knowledge
from tidewaiter.capture.files import make_document, read_capture
from tidewaiter.model import Document, Reading
from tidewaiter.reading.reader import read

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
GOLD = ROOT / "tests" / "data" / "examples_gold.jsonl"
FLOORS = ROOT / "tests" / "data" / "floors.json"
NOW = "2026-03-01T09:00:00Z"
ROUNDED = 1000
"""Floors are cut after three decimals: one finding in the examples weighs more than that."""


def example_files() -> list[Path]:
    return sorted(path for path in EXAMPLES.iterdir() if path.is_file())


@cache
def documents() -> dict[str, Document]:
    """The examples as captured, by the stem of the file."""
    found = {}
    for path in example_files():
        record, data = read_capture(path, path.name, NOW, "analyst")
        found[path.stem] = make_document(record, data, path.name)
    return found


@cache
def readings() -> dict[str, Reading]:
    """The examples as read, by the stem of the file."""
    tables = knowledge.load()
    return {name: read(document, tables) for name, document in documents().items()}


@cache
def measured() -> Scores:
    return score(read_gold(GOLD), readings())


def corpus() -> str:
    """What the figures are measured over: one hash of the examples and the annotations."""
    digest = hashlib.sha256()
    for path in (*example_files(), GOLD):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def floors() -> dict[str, Any]:
    known: dict[str, Any] = (
        json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"corpus": "", "figures": {}}
    )
    return known


def fallen(figures: Mapping[str, float], known: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the figures, or with the floors, in words."""
    for name, one in known["figures"].items():
        if figures.get(name, 0.0) < one["floor"]:
            yield f"{name} fell to {figures.get(name, 0.0):.3f}; its floor is {one['floor']:.3f}"
        if one["floor"] < one["best"] and not one["why"].strip():
            yield f"the floor of {name} was lowered from {one['best']:.3f} without a reason in 'why'"
    for name in figures.keys() - known["figures"].keys():
        yield f"{name} has no floor"


def raised(figures: Mapping[str, float], known: Mapping[str, Any]) -> dict[str, Any]:
    """The floors lifted to the figures; none is lowered."""
    result = {}
    for name, figure in figures.items():
        old = known["figures"].get(name, {"floor": 0.0, "best": 0.0, "why": ""})
        floor = max(old["floor"], math.floor(figure * ROUNDED) / ROUNDED)
        best = max(old["best"], floor)
        result[name] = {"floor": floor, "best": best, "why": old["why"] if floor < best else ""}
    return {"corpus": corpus(), "figures": result}


def raise_floors() -> None:
    known = raised(measured().figures(), floors())
    FLOORS.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")


def table() -> str:
    """The figures beside their floors, for people."""
    known = floors()["figures"]
    lines = []
    for name, tally in measured().tallies.items():
        floor = known.get(name, {"floor": 0.0})["floor"]
        lines.append(f"{name:<9} floor {floor:.3f}  {tally}")
    return "\n".join(lines)


if __name__ == "__main__":
    if "--raise" in sys.argv[1:]:
        raise_floors()
    sys.stdout.write("\n".join((*measured().differences, "", table(), "")))
