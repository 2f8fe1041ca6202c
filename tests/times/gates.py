"""The gate on reading dates: TimeBank, where somebody has it at hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from documents import make_document
from floors import Gate, hash_of
from tidewaiter import knowledge
from tidewaiter.reading.parse import parse
from tidewaiter.reading.when.times import find_times
from times.scoring import Counts
from times.timebank import THIRDS, files, report, third

SHARED = Path(os.environ.get("TIDEWAITER_SHARED", Path(__file__).parents[3] / "shared"))
FLOORS = Path(__file__).parent / "floors_timebank.json"


@dataclass(slots=True)
class Measures:
    """The figures of both parts; differences of the one that is developed on, without its words."""

    parts: dict[str, Counts]

    @property
    def differences(self) -> list[str]:
        return self.parts[THIRDS[0]].differences

    def figures(self) -> dict[str, float]:
        return {
            f"{part} {name}": figure
            for part, counts in self.parts.items()
            for name, figure in counts.figures().items()
        }

    def counted(self) -> dict[str, str]:
        return {
            f"{part} {name}": told
            for part, counts in self.parts.items()
            for name, told in counts.counted().items()
        }


def timebank_gates() -> Iterator[Gate]:
    """The gate on TimeBank, where it is at hand."""
    if files(folder()):
        yield Gate("TimeBank", FLOORS, corpus, measured)


def folder() -> Path:
    """Where TimeBank is."""
    return SHARED / "data" / "timebank"


@cache
def measured() -> Measures:
    counts = {part: Counts() for part in THIRDS}
    for number, path in enumerate(files(folder())):
        one = report(path)
        parsed = parse(make_document(one.text, one.published), knowledge.load())
        counts[third(number)].add(one, find_times(parsed))
    return Measures(counts)


@cache
def corpus() -> str:
    return hash_of(files(folder()))
