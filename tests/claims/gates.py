"""The gates on what is claimed: the project's own short texts, and reference texts where somebody has them.

A folder of texts has a file of annotations, one line a text: what a careful reader finds in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from claims import constructions
from floors import Gate, hash_of
from scoring import Scores, read_gold, score
from tidewaiter import knowledge
from tidewaiter.capture.files import make_document, read_capture
from tidewaiter.model import Reading
from tidewaiter.reading.reader import read

SHARED = Path(os.environ.get("TIDEWAITER_SHARED", Path(__file__).parents[3] / "shared"))
DATA = Path(__file__).parent / "data"
NOW = "2026-03-01T09:00:00Z"


@dataclass(frozen=True, slots=True)
class Texts:
    """Annotated texts: ``folder`` holds a ``.txt`` for each line of ``gold``."""

    name: str
    folder: Path
    gold: Path

    def paths(self) -> list[Path]:
        """The texts that are annotated, in order."""
        return [self.folder / f"{name}.txt" for name in sorted(read_gold(self.gold))]

    def corpus(self) -> str:
        """One hash of texts and annotations."""
        return hash_of((*self.paths(), self.gold))


OWN = Texts("claims", DATA, DATA / "gold.jsonl")
REFERENCE = (
    Texts("reference, short", SHARED / "gold" / "dev", SHARED / "gold" / "dev.jsonl"),
    Texts("reference, five reports", SHARED / "reports", SHARED / "gold" / "reports.jsonl"),
)


@dataclass(slots=True)
class Unquoted:
    """Figures over texts of which no words may be shown."""

    scores: Scores

    @property
    def differences(self) -> list[str]:
        """None: they would tell the annotations."""
        return []

    def figures(self) -> dict[str, float]:
        return self.scores.figures()

    def counted(self) -> dict[str, str]:
        return self.scores.counted()


def own_gate() -> Gate:
    """The project's own texts."""
    return Gate(OWN.name, DATA / "floors.json", OWN.corpus, partial(measured, OWN))


def constructions_gate() -> Gate:
    """One transfer in many constructions."""
    path = DATA / "floors_constructions.json"
    corpus = partial(hash_of, (constructions.FORMS_FILE, Path(constructions.__file__)))
    return Gate("constructions", path, corpus, constructions.told)


def reference_gates() -> Iterator[Gate]:
    """Reference texts, where they are at hand."""
    for number, texts in enumerate(REFERENCE, 1):
        if texts.gold.is_file():
            path = DATA / f"floors_reference_{number}.json"
            yield Gate(texts.name, path, texts.corpus, lambda texts=texts: Unquoted(measured(texts)))


@cache
def measured(texts: Texts) -> Scores:
    """The figures over the texts, each read by itself."""
    return score(read_gold(texts.gold), {path.stem: reading_of(path) for path in texts.paths()})


def reading_of(path: Path) -> Reading:
    """A file as captured and read."""
    record, data = read_capture(path, path.name, NOW, "analyst")
    return read(make_document(record, data, path.name), knowledge.load())
