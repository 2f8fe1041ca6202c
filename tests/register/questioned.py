"""The gate on open questions: planted ones with the days on which they open and close, and clean reports that
open none.

Each line of ``data/questions.jsonl`` has ``id``, ``documents`` (``outlet``, ``published``, ``text``),
``transfer`` (``supplier``, ``recipient``, ``category``), ``questions`` (every question of that transfer:
``kind``, ``since``, ``closed_on``) and ``why``.  Each is read, linked and registered as a case of its own.
Those with odd numbers are for development; what goes wrong in the even ones is looked at as figures only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from floors import Gate, hash_of
from register.constellations import AS_OF, DATA, cases, read_case, row_of
from tidewaiter.linking import link
from tidewaiter.model import RegisterRow
from tidewaiter.register import build_register

TEXTS = DATA / "questions.jsonl"
FLOORS = DATA / "floors_questions.json"

Asked = tuple[str, str | None, str | None]
"""Kind, the day on which it came to be open, the day on which it was answered."""


@dataclass(slots=True)
class Found:
    """What was found of the planted questions, by kind, and what was asked beside them."""

    right: Counter[str] = field(default_factory=Counter)  # by set, and by kind
    planted: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    clean: list[int] = field(default_factory=lambda: [0, 0])  # without a question, all
    differences: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Shares of the planted ones with both days right, of what was asked that is right, of clean ones."""
        return {name: part / whole if whole else 1.0 for name, (part, whole) in self._shares().items()}

    def counted(self) -> dict[str, str]:
        return {name: f"{part} of {whole}" for name, (part, whole) in self._shares().items()}

    def _shares(self) -> dict[str, tuple[int, int]]:
        found = {f"found: {name}": (self.right[name], whole) for name, whole in sorted(self.planted.items())}
        for name in ("all", "held out"):
            found[f"asked and right: {name}"] = (self.right[name], self.asked[name])
        return {**found, "clean without question": (self.clean[0], self.clean[1])}

    def add(self, case: Mapping[str, Any], row: RegisterRow | None) -> None:
        """One case with the row of its transfer."""
        wanted = Counter((one["kind"], one["since"], one["closed_on"]) for one in case["questions"])
        got = Counter(asked_of(row))
        right = wanted & got
        is_held_out = not int(case["id"][1:]) % 2
        for name in ("all", *(("held out",) if is_held_out else ())):
            self.right[name] += right.total()
            self.planted[name] += wanted.total()
            self.asked[name] += got.total()
        for kind, _, _ in right.elements():
            self.right[kind] += 1
        for kind, _, _ in wanted.elements():
            self.planted[kind] += 1
        if not wanted:
            self.clean[0] += not got
            self.clean[1] += 1
        if not is_held_out and wanted != got:
            what = "no row" if row is None else f"missing {list(wanted - got)}, beside {list(got - wanted)}"
            self.differences.append(f"{case['id']}: {what}")


def asked_of(row: RegisterRow | None) -> Sequence[Asked]:
    """Every question of a row."""
    if row is None:
        return []
    return [(one.kind, one.since, one.closed_on) for one in (*row.open, *row.closed)]


def register_row(case: Mapping[str, Any]) -> RegisterRow | None:
    """The row of a case's transfer, through the whole program."""
    documents, readings = read_case(case)
    return row_of(case, build_register(documents, readings, link(documents, readings), AS_OF).rows)


@cache
def measured() -> Found:
    """Through the whole program."""
    found = Found()
    for case in cases(TEXTS):
        found.add(case, register_row(case))
    return found


def questions_gate() -> Gate:
    """On the project's own texts."""
    return Gate("open questions", FLOORS, partial(hash_of, (TEXTS,)), measured)
