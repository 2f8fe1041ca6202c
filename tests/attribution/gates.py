"""The gates on attribution: the project's own texts always, PolNeAR where somebody has it at hand.

Each maker of attributions has floors of its own, so that the rules, which stand in where the tagger is not
installed, may not fall either.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from attribution.judging import Judged, judge, total
from attribution.makers import makers
from attribution.polnear import articles
from attribution.scoring import Counts, compare, relation_of
from attribution.texts import DATA, PARTS, files, texts
from floors import Gate, hash_of

SHARED = Path(os.environ.get("TIDEWAITER_SHARED", Path(__file__).parents[3] / "shared"))
POLNEAR_SPLIT = "dev"


@dataclass(slots=True)
class Both:
    """The figures of several parts beside each other."""

    parts: dict[str, Judged]

    @property
    def differences(self) -> list[str]:
        return [line for judged in self.parts.values() for line in judged.differences]

    def figures(self) -> dict[str, float]:
        return {
            f"{part} {name}": figure
            for part, judged in self.parts.items()
            for name, figure in judged.figures().items()
        }

    def counted(self) -> dict[str, str]:
        return {
            f"{part} {name}": told
            for part, judged in self.parts.items()
            for name, told in judged.counted().items()
        }


@dataclass(slots=True)
class Measures:
    """The figures of a corpus of which no words may be shown."""

    counts: Counts
    differences: list[str] = field(default_factory=list)  # none: they would be the corpus

    def figures(self) -> dict[str, float]:
        return self.counts.figures()

    def counted(self) -> dict[str, str]:
        named = {"relation F1": "relation", "exact content F1": "exact"}
        return {name: str(self.counts[key]) for name, key in named.items()}


def own_gates() -> Iterator[Gate]:
    """One gate a maker over the project's own texts."""
    for maker in makers():
        yield Gate(f"attribution by {maker}", DATA / f"floors_{maker}.json", own_corpus, partial(own, maker))


def polnear_gates() -> Iterator[Gate]:
    """One gate a maker over PolNeAR, where it is at hand; its dev split is to be scored seldom."""
    for maker in makers() if split().is_dir() else ():
        path = DATA / f"floors_polnear_{maker}.json"
        yield Gate(f"PolNeAR {POLNEAR_SPLIT} by {maker}", path, polnear_corpus, partial(polnear, maker))


def split() -> Path:
    """Where the split of PolNeAR is."""
    return SHARED / "data" / "polnear" / POLNEAR_SPLIT


@cache
def own(maker: str) -> Both:
    return Both({part: total(judge(texts(part), makers()[maker]).values()) for part in PARTS})


def own_corpus() -> str:
    return hash_of(path for part in PARTS for path in files(part))


@cache
def polnear(maker: str) -> Measures:
    counts, read = Counts(), makers()[maker]
    for article in articles(split()):
        found = [relation_of(one) for one in read(article.text, None)]
        counts += compare(article.text, article.wanted, found).counts
    return Measures(counts)


@cache
def polnear_corpus() -> str:
    return hash_of(
        sorted(path for folder in ("text", "attributions") for path in (split() / folder).iterdir())
    )
