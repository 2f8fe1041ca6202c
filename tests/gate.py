"""The gates on quality: what is found in the examples and in the project's annotated texts: who says what,
which transfers and claims, which texts are copies, how many origins, which statements retell one act of
saying, where reports disagree, what is open since when.

    python tests/gate.py              print the figures and every difference
    python tests/gate.py --raise      lift the floors to them; TIDEWAITER_REGENERATE=1 pytest does too
    python tests/gate.py --polnear    only the gates on PolNeAR, where it is at hand: without differences
    python tests/gate.py --reference  only those on reference texts on transfers and claims, where they are
                                      at hand: without differences
    python tests/gate.py --timebank   only the gate on dates in TimeBank, where it is at hand: differences as
                                      places and values, without words

How floors rise, and how one is lowered, is said in ``floors``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from attribution import gates as attribution_gates
from claims import gates as claims_gates
from floors import Gate, hash_of
from linking import disputed
from linking.copying import copies_gate
from linking.retold import retold_gate
from register import constellations
from register.questioned import questions_gate
from scoring import Scores, read_gold, score
from tidewaiter import knowledge
from tidewaiter.capture.files import make_document, read_capture
from tidewaiter.model import Document, Reading
from tidewaiter.reading.reader import read
from times import gates as times_gates

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
GOLD = ROOT / "tests" / "data" / "examples_gold.jsonl"
FLOORS = ROOT / "tests" / "data" / "floors.json"
NOW = "2026-03-01T09:00:00Z"


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
    return hash_of((*example_files(), GOLD))


EXAMPLES_GATE = Gate("examples", FLOORS, corpus, measured)


def _asked_for(*, is_polnear: bool, is_timebank: bool, is_reference: bool) -> Iterator[Gate]:
    """The gates on reference data that are asked for; the project's own where none is."""
    if is_polnear:
        yield from attribution_gates.polnear_gates()
    if is_timebank:
        yield from times_gates.timebank_gates()
    if is_reference:
        yield from claims_gates.reference_gates()
    if not (is_polnear or is_timebank or is_reference):
        claims = claims_gates.own_gate(), claims_gates.constructions_gate()
        origins = constellations.whole_gate(), constellations.given_gate()
        yield from (
            EXAMPLES_GATE,
            *claims,
            *attribution_gates.own_gates(),
            copies_gate(),
            *origins,
            retold_gate(),
            disputed.gate(),
            questions_gate(),
        )


def main() -> None:
    """Print the gates asked for; lift their floors first where that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--raise", action="store_true", dest="is_raising", help="lift the floors")
    parser.add_argument("--polnear", action="store_true", help="only the gates on PolNeAR")
    parser.add_argument("--timebank", action="store_true", help="only the gate on TimeBank")
    parser.add_argument("--reference", action="store_true", help="only the gates on reference texts")
    given = parser.parse_args()
    asked = _asked_for(is_polnear=given.polnear, is_timebank=given.timebank, is_reference=given.reference)
    for gate in asked:
        if given.is_raising:
            gate.raise_floors()
        sys.stdout.write(
            "\n".join((f"== {gate.name}", *gate.measure().differences, "", gate.table(), "", ""))
        )


if __name__ == "__main__":
    main()
