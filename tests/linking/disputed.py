"""The gate on discrepancies: planted ones are found, clean reports raise none.

``data/discrepancies.jsonl`` has a case a line: one report that contradicts itself, two copies, two
retellings or two accounts, with the kind of what disagrees and the words of each value.
``data/clean.jsonl`` has reports with many days, figures and names that agree.  Each line is read, linked
and compared as a case of its own.  Lines with an odd number were in view while the rules were written;
those with an even number were looked at after a first figure had been taken (see the README there).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from documents import make_document
from floors import Gate, hash_of
from tidewaiter import knowledge
from tidewaiter.linking import link
from tidewaiter.linking.disputes.discrepancies import find_discrepancies
from tidewaiter.model import Discrepancy, Document
from tidewaiter.reading.reader import read

DATA = Path(__file__).parent / "data"
PLANTED, CLEAN = DATA / "discrepancies.jsonl", DATA / "clean.jsonl"
FLOORS = DATA / "floors_discrepancies.json"


@dataclass(slots=True)
class Found:
    """What was found of the planted discrepancies, and on the clean reports."""

    counts: dict[str, list[int]] = field(default_factory=dict)  # found, planted
    clean: list[int] = field(default_factory=lambda: [0, 0])  # without a false alarm, all
    beside: int = 0  # others on the planted cases, which may be right
    differences: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Shares found, by place and kind, and of the clean reports those without a false alarm."""
        shares = {name: found / planted for name, (found, planted) in sorted(self.counts.items())}
        return {**shares, "clean without alarm": self.clean[0] / self.clean[1]}

    def counted(self) -> dict[str, str]:
        words = {name: f"{found} of {planted}" for name, (found, planted) in self.counts.items()}
        return {
            **words,
            "clean without alarm": f"{self.clean[0]} of {self.clean[1]}; {self.beside} beside planted",
        }


def gate() -> Gate:
    """On the project's own texts."""
    return Gate("discrepancies", FLOORS, partial(hash_of, (PLANTED, CLEAN)), measured)


def lines(path: Path) -> list[dict[str, Any]]:
    """The cases of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def measured() -> Found:
    """The figures over both files."""
    told = Found()
    for case in lines(PLANTED):
        documents = documents_of(case["id"], case["documents"])
        found = discrepancies(documents)
        right = [one for one in found if one.kind == case["kind"] and holds(one, case["values"], documents)]
        parity = "odd lines" if int(case["id"][1:]) % 2 else "even lines"
        for name in ("all", f"kind {case['kind']}", f"where {case['where']}", parity):
            counts = told.counts.setdefault(name, [0, 0])
            counts[0] += bool(right)
            counts[1] += 1
        told.beside += len(found) - len(right)
        if not right:
            words = " / ".join(value["value"] for value in case["values"])
            told.differences.append(f"{case['id']}: missed {case['kind']}, {case['where']}: {words}")
        told.differences += [
            f"{case['id']}: beside it {line}" for line in _lines(one for one in found if one not in right)
        ]
    for case in lines(CLEAN):
        found = discrepancies(documents_of(case["id"], [case]))
        told.clean[0] += not found
        told.clean[1] += 1
        told.differences += [f"{case['id']}: false alarm {line}" for line in _lines(found)]
    return told


def documents_of(name: str, told: Sequence[Mapping[str, str]]) -> list[Document]:
    """The documents of a case."""
    return [
        make_document(one["text"], one["published"], f"{name}-{number}.txt", outlet=one["outlet"])
        for number, one in enumerate(told)
    ]


def discrepancies(documents: Sequence[Document]) -> tuple[Discrepancy, ...]:
    """What is found when the documents are a case."""
    readings = {one.id: read(one, knowledge.load()) for one in documents}
    links = link(documents, readings)
    by_id = {one.id: one for one in documents}
    return find_discrepancies(by_id, readings, links.copies, {one.id: one.members for one in links.groups})


def holds(found: Discrepancy, values: Sequence[Mapping[str, Any]], documents: Sequence[Document]) -> bool:
    """Whether each planted value is another one of those found, by the words that are cited for it."""
    left = list(found.values)
    for planted in values:
        document = documents[planted["document"]]
        places = list(_places(document.text, planted["value"]))
        held = next(
            (
                value
                for value in left
                for cited in value.citations
                for start, end in cited.spans
                if cited.document == document.id
                and any(start < last and first < end for first, last in places)
            ),
            None,
        )
        if held is None:
            return False
        left.remove(held)
    return True


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    start = text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + 1)


def _lines(found: Any) -> Iterator[str]:
    for one in found:
        yield f"{one.kind}, {one.where}: {' / '.join(value.value for value in one.values)}"
