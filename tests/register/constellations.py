"""Constellations of origins: short reports on one transfer, with a drawing of who knows what from whom.

Each line of ``data/origins.jsonl`` has ``id``, ``drawing``, ``documents`` (``outlet``, ``published``,
``text``), ``transfer`` (``supplier``, ``recipient``, ``category``), ``independent``, ``at_most`` and ``why``.
Those with odd numbers are for development; what goes wrong in the even ones is looked at as figures only.
``data/given.jsonl`` holds for the same reports what a careful reader would read, so that what is weighed can
be told from what is read.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from floors import Gate, hash_of
from tidewaiter import knowledge
from tidewaiter.capture.files import make_document, read_capture
from tidewaiter.linking import link
from tidewaiter.model import (
    Category,
    Claim,
    Document,
    Mode,
    Origins,
    Part,
    Reading,
    RegisterRow,
    ReportedTransfer,
    Source,
    SourceKind,
    Span,
    Speaker,
    Stage,
    Stance,
    Statement,
)
from tidewaiter.reading.reader import read
from tidewaiter.register import build_register

DATA = Path(__file__).parent / "data"
TEXTS = DATA / "origins.jsonl"
GIVEN = DATA / "given.jsonl"
OWN, OWN_GIVEN = DATA / "own_origins.jsonl", DATA / "own_given.jsonl"
"""Ten more, of what the twenty do not hold."""
NOW = "2026-03-01T09:00:00Z"
AS_OF = "2026-12-31"

Case = Mapping[str, Any]
Read = Callable[[Case], tuple[Sequence[Document], Mapping[str, Reading]]]


def cases(path: Path = TEXTS) -> list[Case]:
    """The constellations, in order."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def read_case(case: Case) -> tuple[list[Document], dict[str, Reading]]:
    """Its reports as captured and read."""
    tables = knowledge.load()
    documents = _captured(case)
    return documents, {document.id: read(document, tables) for document in documents}


def _captured(case: Case) -> list[Document]:
    documents = []
    with tempfile.TemporaryDirectory() as folder:
        for number, given in enumerate(case["documents"]):
            path = Path(folder) / f"{case['id']}-{number}.json"
            path.write_text(json.dumps(given), encoding="utf-8")
            record, data = read_capture(path, path.name, NOW, "analyst")
            documents.append(make_document(record, data, path.name))
    return documents


def _code(party: str) -> str:
    """A group as the program calls it: "Afghan Taliban" is "Taliban"."""
    names = knowledge.load().table("actors_names")
    return next((row["code"] for row in names if row["text"] == party and row["kind"] == "group"), party)


def given_case(case: Case) -> tuple[list[Document], dict[str, Reading]]:
    """Its reports as captured, with the claims that a careful reader finds in place of what is read."""
    documents = _captured(case)
    given = next(one for one in (*cases(GIVEN), *cases(OWN_GIVEN)) if one["id"] == case["id"])["documents"]
    readings = {
        document.id: _reading(case, document, told) for document, told in zip(documents, given, strict=True)
    }
    return documents, readings


STANCES = {"a": Stance.ASSERTS, "d": Stance.DENIES, "n": Stance.DECLINES, "t": Stance.DOUBTS}


def _reading(case: Case, document: Document, told: Mapping[str, Any]) -> Reading:
    wanted, text = case["transfer"], document.text
    statements, claims = [], []
    for number, one in enumerate(told["said"], 1):
        start = text.index(one["begin"])
        content = Span(start, text.index(one["end"], start) + len(one["end"]))
        kind = SourceKind(one["kind"]) if "kind" in one else SourceKind.NAMED
        words = one["name"] if one["name"] in text else ""
        at = (Span(text.index(words), text.index(words) + len(words)),) if words else ()
        source = Source(words or one["name"], at, one["name"], one["role"], one["actor"], kind=kind)
        part = Part(text[content.start : content.end], (content,))
        statements.append(Statement(f"s{number}", Mode.INDIRECT, source, None, part))
        if one["stance"]:
            speaker = Speaker(one["name"], one["role"], one["actor"])
            identifier = f"c{document.id}{number}"
            claims.append(
                Claim(
                    identifier,
                    STANCES[one["stance"]],
                    f"r{document.id}",
                    None,
                    None,
                    speaker,
                    None,
                    f"s{number}",
                    {"stance": (content,)},
                )
            )
    own = told["own"]
    trigger = Span(text.index(own), text.index(own) + len(own)) if own else statements[0].content.spans[0]
    row = ReportedTransfer(
        f"r{document.id}",
        _code(wanted["supplier"]),
        _code(wanted["recipient"]),
        Category(wanted["category"]),
        None,
        None,
        Stage.DELIVERED,
        None,
        None,
        None,
        None,
        (),
        {"trigger": (trigger,)},
    )
    return Reading(document.id, "given", tuple(statements), transfers=(row,), claims=tuple(claims))


def row_of(case: Case, rows: Sequence[RegisterRow]) -> RegisterRow | None:
    """The row of its transfer: that of the parties; where there are several, of the category, else the
    one in most reports."""
    wanted = {
        **case["transfer"],
        **{side: _code(case["transfer"][side]) for side in ("supplier", "recipient")},
    }
    fitting = [
        row for row in rows if (row.supplier, row.recipient) == (wanted["supplier"], wanted["recipient"])
    ]
    same = [row for row in fitting if row.category.value == wanted["category"]]
    return max(same or fitting, key=lambda row: (len(row.reported), row.id), default=None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found of one constellation."""

    case: Case
    found: Origins | None  # None: no row of its parties

    @property
    def is_equal(self) -> bool:
        """As many independent origins as drawn."""
        return self.found is not None and self.found.independent == self.case["independent"]

    @property
    def is_right(self) -> bool:
        """As many independent ones as drawn, and room for as many as there may be."""
        return self.is_equal and self.found is not None and self.found.at_most >= self.case["at_most"]

    @property
    def is_exact(self) -> bool:
        """Both figures as drawn."""
        return self.is_equal and self.found is not None and self.found.at_most == self.case["at_most"]


@dataclass(frozen=True, slots=True)
class Told:
    """The figures over a set of constellations."""

    outcomes: tuple[Outcome, ...]

    @property
    def differences(self) -> list[str]:
        """What is otherwise, of those for development."""
        return [
            f"{one.case['id']}: {_told(one.found)}, wanted {one.case['independent']} of {one.case['at_most']}"
            for one in self.outcomes
            if not one.is_right and int(one.case["id"][1:]) % 2
        ]

    def _shares(self) -> dict[str, tuple[int, int]]:
        sets = {"": self.outcomes, " held out": [o for o in self.outcomes if not int(o.case["id"][1:]) % 2]}
        found = {}
        for name, outcomes in sets.items():
            found[f"right{name}"] = sum(one.is_right for one in outcomes), len(outcomes)
            found[f"independent equal{name}"] = sum(one.is_equal for one in outcomes), len(outcomes)
            found[f"both equal{name}"] = sum(one.is_exact for one in outcomes), len(outcomes)
        return found

    def figures(self) -> dict[str, float]:
        return {name: part / whole if whole else 1.0 for name, (part, whole) in self._shares().items()}

    def counted(self) -> dict[str, str]:
        return {name: f"{part} of {whole}" for name, (part, whole) in self._shares().items()}


def _told(found: Origins | None) -> str:
    return "no row" if found is None else f"{found.independent} of {found.at_most}"


def outcome_of(case: Case, reader: Read = read_case) -> Outcome:
    """A constellation through linking and register."""
    documents, readings = reader(case)
    rows = build_register(documents, readings, link(documents, readings), AS_OF).rows
    row = row_of(case, rows)
    return Outcome(case, None if row is None else row.origins)


@cache
def measured() -> Told:
    """Through the whole program."""
    return Told(tuple(outcome_of(case) for case in cases()))


@cache
def weighed() -> Told:
    """With the claims given, so that only linking and register are measured."""
    return Told(tuple(outcome_of(case, given_case) for case in cases()))


def given_gate() -> Gate:
    """Claims given, linked and weighed."""
    path = DATA / "floors_origins_given.json"
    return Gate("origins, claims given", path, lambda: hash_of((TEXTS, GIVEN)), weighed)


def whole_gate() -> Gate:
    """Reports read, linked and weighed."""
    return Gate("origins, read", DATA / "floors_origins.json", lambda: hash_of((TEXTS,)), measured)
