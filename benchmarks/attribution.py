"""Who said what: Tidewaiter beside its rule fallback and textacy, by one scorer; and what it costs.

    python benchmarks/attribution.py                          the project's own annotated texts
    python benchmarks/attribution.py --polnear FOLDER         and a split of PolNeAR (text/, attributions/)
    python benchmarks/attribution.py --textacy OTHER/python   with an interpreter that has textacy

Rows are scored by the measures of ``tests/attribution/scoring.py``.  The difference between the first row and
each other one is given with a 95 % interval by a paired bootstrap over texts: texts are drawn with repetition
as often as there are texts, and both rows scored on them.  Times are processor time of one thread, in one
process in turns, the least of several rounds.  The figures go to the screen and into RESULTS.md, unless
``--print`` is given.  Nothing is asserted.

What is timed are the articles of the split, else the reports in ``examples``; the annotated texts are a
sentence or two, which is not how reports are read.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measuring import HERE, ROOT, machine, tell

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read on import
sys.path.insert(0, str(ROOT / "tests"))  # the scorer and the annotated texts are the gate's

import gate
from attribution.makers import RULES, TAGGER, makers, read_statements
from attribution.polnear import articles
from attribution.scoring import Counts, Ratio, Relation, compare, relation_of
from attribution.texts import PARTS, texts
from documents import make_document
from tidewaiter import knowledge
from tidewaiter.model import Span

if TYPE_CHECKING:
    from tidewaiter.reading.entities import Entities
    from tidewaiter.reading.parse import Parsed

RESAMPLES = 10_000
SEED = 20_180_507  # the first day of LREC 2018, where PolNeAR was published
ROUNDS = 3
TIMED = 40  # texts of a split that are timed; more only takes longer
CALLED = {TAGGER: "tagger", RULES: "rules alone, the fallback"}
WHOLE = "reading as a whole, parse included"
AT_MOST = 3  # times the bare parse: what an analyst would not notice
KINDS = ("direct", "mixed", "indirect")


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with what is to be found."""

    text: str
    published: str | None
    wanted: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What one of them found, text by text."""

    name: str
    counts: tuple[Counts, ...]
    refused: str = ""


# ------------------------------------------------------------------------------------------ rows


def row(name: str, samples: Sequence[Sample], found: Iterable[Sequence[Relation]], refused: str = "") -> Row:
    scored = zip(samples, found, strict=True)
    return Row(name, tuple(compare(one.text, one.wanted, read).counts for one, read in scored), refused)


def tidewaiter_rows(samples: Sequence[Sample]) -> list[Row]:
    """Each maker of attributions that is there, the one in use first."""
    return [
        row(
            f"Tidewaiter, {CALLED[maker]}",
            samples,
            [list(map(relation_of, read_statements(maker, one.text, one.published))) for one in samples],
        )
        for maker in makers()
    ]


def textacy_rows(samples: Sequence[Sample], python: str) -> list[Row]:
    """textacy over whole texts and over their paragraphs; none where it is not installed, and says so."""
    pieces = {
        "textacy `direct_quotations`, by paragraph": [
            [found.span() for found in re.finditer(r"[^\n]+", one.text)] for one in samples
        ],
        "textacy `direct_quotations`, whole text": [[(0, len(one.text))] for one in samples],
    }
    rows = []
    for name, cuts in pieces.items():
        documents = zip(samples, cuts, strict=True)
        told = _textacy([[one.text[start:end] for start, end in cut] for one, cut in documents], python)
        if told is None:
            return []
        found = [
            [Relation(*(_moved(part, cut[piece][0]) for part in parts)) for piece, *parts in one["found"]]
            for one, cut in zip(told, cuts, strict=True)
        ]
        refused = sum(one["refused"] for one in told)
        rows.append(row(name, samples, found, f"{refused} of {sum(map(len, cuts))}"))
    return rows


def _textacy(documents: list[list[str]], python: str) -> list[dict[str, Any]] | None:
    from tidewaiter.reading.parse import MODEL

    command = [python, HERE / "textacy_quotations.py", MODEL]
    done = subprocess.run(command, input=json.dumps(documents), capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(
            f"no rows for textacy: {done.stderr.strip().splitlines()[-1]};\n"
            "install the extra `bench`, or name with --textacy an interpreter with textacy and the model\n"
        )
        return None
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def _moved(spans: Iterable[Sequence[int]], by: int) -> tuple[Span, ...]:
    return tuple(Span(start + by, end + by) for start, end in spans)


# ------------------------------------------------------------------------------------- bootstrap


def difference(a: Row, b: Row, name: str = "relation") -> tuple[float, float, float]:
    """Difference of F1 between two rows, and the bounds of its 95 % interval: percentiles of a paired
    bootstrap over texts (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, ch. 13)."""
    import numpy as np

    ours, theirs = (np.array([one[name] for one in side.counts], dtype=float) for side in (a, b))
    drawn = np.random.default_rng(SEED).multinomial(len(ours), [1 / len(ours)] * len(ours), size=RESAMPLES)

    def f1(sums: Any) -> Any:
        right, found, wanted = sums[..., 0], sums[..., 1], sums[..., 2]
        return 2 * right / np.maximum(found + wanted, 1)

    low, high = np.percentile(f1(drawn @ ours) - f1(drawn @ theirs), [2.5, 97.5])
    return float(f1(ours.sum(axis=0)) - f1(theirs.sum(axis=0))), float(low), float(high)


# ------------------------------------------------------------------------------------------ time


def times(samples: Sequence[Sample]) -> dict[str, float]:
    """Processor seconds for all of the texts, the least of several rounds taken in turns."""
    steps, least = timed_steps(samples), dict[str, float]()
    for number in range(ROUNDS + 1):
        for name, step in steps.items():
            start = time.process_time()
            step()
            taken = time.process_time() - start
            if number:  # the first round loads models and fills caches
                least[name] = min(taken, least.get(name, taken))
    return least


def timed_steps(samples: Sequence[Sample]) -> dict[str, Callable[[], object]]:
    """What is timed, each over all of the texts, by what the results call it."""
    import spacy

    from tidewaiter.reading.parse import MODEL, parse
    from tidewaiter.reading.said.rules import by_rules
    from tidewaiter.reading.said.statements import find_statements
    from tidewaiter.reading.said.tagged import by_tagger
    from tidewaiter.reading.said.tagger import model as tagger

    nlp, loaded, tables = spacy.load(MODEL), tagger.load(), knowledge.load()
    given = [one.text for one in samples]
    parsed = [parse(make_document(one.text, one.published), tables) for one in samples]
    entities = list(map(entities_of, parsed))
    steps: dict[str, Callable[[], object]] = {"spaCy alone, `nlp.pipe`": lambda: list(nlp.pipe(given))}
    if loaded is not None:
        steps["tagger with its linker, on the bare text"] = lambda: list(map(loaded.relations, given))
    for name in makers():
        maker = by_rules if name == RULES else by_tagger(loaded)
        steps[f"statements of parsed texts: {CALLED[name]}"] = lambda maker=maker: [
            find_statements(one, known, maker) for one, known in zip(parsed, entities, strict=True)
        ]
        steps[f"{WHOLE}: {CALLED[name]}"] = lambda name=name: [
            read_statements(name, one.text, one.published) for one in samples
        ]
    return steps


def entities_of(parsed: Parsed) -> Entities:
    """What statements are made of beside the parse."""
    from tidewaiter.reading.entities import Entities
    from tidewaiter.reading.what.quantities import find_quantities
    from tidewaiter.reading.what.weapons import find_weapons
    from tidewaiter.reading.when.times import find_times
    from tidewaiter.reading.who.actors import find_actors

    times, weapons = find_times(parsed), find_weapons(parsed)
    return Entities(find_actors(parsed), times, find_quantities(parsed, times, weapons), weapons)


# --------------------------------------------------------------------------------------- telling


def section(title: str, samples: Sequence[Sample], rows: Sequence[Row], notes: str) -> str:
    """The figures as a section of RESULTS.md."""
    wanted = sum(len(one.wanted) for one in samples)
    first, *others = rows
    told = (
        f"## {title}\n\n{len(samples)} texts with {wanted:,} attributions, {datetime.now(UTC):%Y-%m-%d}."
        f"{notes}\n\n"
        "| F1, percent | source | cue | content | micro | macro | exact content | relation (P/R) "
        "| recall direct/mixed/indirect | refused |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n"
        f"{''.join(map(table_row, rows))}"
    )
    if not others:
        return told
    return (
        f"{told}\nRelation F1 of the first row less that of another, with the 95 % interval of a paired\n"
        f"bootstrap over texts ({RESAMPLES:,} resamples, seed {SEED}):\n\n"
        "| less | points | 95 % interval |\n|---|---:|---:|\n"
        f"{''.join(gain_row(first, other) for other in others)}"
    )


def table_row(given: Row) -> str:
    counts = sum(given.counts, Counts())
    figures = counts.figures()
    named = ("source", "cue", "content", "micro", "macro", "exact content")
    relation = counts["relation"]
    return (
        f"| {given.name} | "
        + " | ".join(f"{100 * figures[f'{name} F1']:.1f}" for name in named)
        + f" | {100 * relation.f1:.1f} ({100 * relation.precision:.0f}/{100 * relation.recall:.0f})"
        + " | "
        + "/".join(_percent(counts[f"recall {kind}"]) for kind in KINDS)
        + f" | {given.refused or '-'} |\n"
    )


def _percent(ratio: Ratio) -> str:
    return f"{100 * ratio.recall:.0f}" if ratio.wanted else "-"


def gain_row(first: Row, other: Row) -> str:
    points, low, high = (100 * one for one in difference(first, other))
    return f"| {other.name} | {points:+.1f} | {low:+.1f} to {high:+.1f} |\n"


def time_section(title: str, samples: Sequence[Sample], taken: Mapping[str, float]) -> str:
    """What the attributions cost beside the bare parse."""
    words = sum(len(one.text.split()) for one in samples)
    parse = next(iter(taken.values()))
    whole = next(seconds for name, seconds in taken.items() if name.startswith(WHOLE)) / parse
    return (
        f"## {title}\n\n{len(samples)} texts of {words:,} words, {datetime.now(UTC):%Y-%m-%d}.\n"
        f"{machine()}.\n"
        f"Processor time of one thread, the least of {ROUNDS} rounds in turns in one process.\n\n"
        "| | ms a text | times spaCy alone |\n|---|---:|---:|\n"
        + "".join(
            f"| {name} | {1000 * seconds / len(samples):.1f} | {seconds / parse:.2f} |\n"
            for name, seconds in taken.items()
        )
        + f"\nReading as a whole takes {whole:.2f} times what spaCy alone does; the aim is under {AT_MOST}.\n"
    )


# ------------------------------------------------------------------------------------------ main


def own(part: str) -> list[Sample]:
    found = ((one, tuple(given.relation for given in one.annotated)) for one in texts(part))
    return [Sample(one.text, one.published, wanted) for one, wanted in found]


def polnear(folder: Path) -> list[Sample]:
    found = [Sample(one.text, None, one.wanted) for one in articles(folder)]
    return found or sys.exit(f"{folder} holds no annotated articles: it should have text/ and attributions/")


def main() -> None:
    """Measure, print, and update RESULTS.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--polnear", type=Path, help="a split of PolNeAR, with text/ and attributions/")
    parser.add_argument("--textacy", default=sys.executable, help="an interpreter that has textacy 0.13")
    parser.add_argument("--print", action="store_true", dest="only_print", help="leave RESULTS.md as it is")
    given = parser.parse_args()
    sets = [(f"Who said what: the project's own texts, {part}", own(part), "") for part in PARTS]
    if given.polnear:
        notes = "\nPolNeAR (Newell, Margolin and Ruths, LREC 2018), the first annotator of each article."
        sets.append((f"Who said what: PolNeAR {given.polnear.name}", polnear(given.polnear), notes))
    show = sys.stdout.write if given.only_print else tell
    for title, samples, notes in sets:
        rows = [*tidewaiter_rows(samples), *textacy_rows(samples, given.textacy)]
        show(section(title, samples, rows, notes))
    title, samples, _ = sets[-1]
    if given.polnear:
        timed, of = samples[:TIMED], title.partition(": ")[2]
    else:
        timed, of = [Sample(one.text, one.published, ()) for one in gate.documents().values()], "examples/"
    show(time_section(f"Who said what: time, {of}", timed, times(timed)))


if __name__ == "__main__":
    main()
