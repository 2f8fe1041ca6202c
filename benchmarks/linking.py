"""Linking as a case grows, beside datasketch's MinHash-LSH, and one document more.

    python benchmarks/linking.py                          10,000 and 100,000 documents
    python benchmarks/linking.py --number 2000            others; may be given several times
    python benchmarks/linking.py --store 10000            the largest that is linked in the SQLite store, too
    python benchmarks/linking.py --peer OTHER/bin/python  with an interpreter that has datasketch
    python benchmarks/linking.py --screen                 leave RESULTS.md as it is

Measures on made-up reports with copies planted among them (``planted.py``): features of every document,
then all that linking does with them; the candidate stage alone, on both sides, from the same words; and in
the largest case one document more, in memory and in the store.  Each is a process of its own, one after the
other, and of one thread (``linking_sides.py``).  Seconds are of processor time.  Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import log
from pathlib import Path
from statistics import median
from typing import Any

from linking_sides import KINDS, ONE_MORE, PERMUTATIONS, share_found
from measuring import HERE, ROOT, machine, measure, tell

NUMBERS = (10_000, 100_000)
STORE = 100_000
SEED = 1
ONE_OF_MORE = ("one document more", "the longest")
CANDIDATE_STAGE = ("fingerprints", "insert", "query")
WANTED_RATIO, WANTED_EXPONENT, WANTED_GIBIBYTES, WANTED_SECONDS = 4.0, 1.15, 4.0, 1.0
"""What the project asks of itself, told beside the figures."""

Figures = dict[str, Any]


# ------------------------------------------------------------------------------------ measuring


@dataclass(slots=True)
class Trial:
    """One number of documents."""

    number: int
    figures: dict[str, Figures] = field(default_factory=dict)

    def run(self, role: str, *arguments: str | Path, python: str = sys.executable) -> Figures:
        """A side in a process of its own."""
        sys.stderr.write(f"{self.number:,} documents: {role}\n")
        done = measure([python, HERE / "linking_sides.py", role, *map(str, arguments)])
        self.figures[role] = {**json.loads(done.printed), **done.data()}
        return self.figures[role]


def trial_of(number: int, seed: int, peer: str | None, in_store: bool) -> Trial:
    """Every side of one number of documents."""
    trial = Trial(number)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        texts = folder / "documents.jsonl"
        writing = [sys.executable, HERE / "planted.py", texts, str(number), str(seed)]
        subprocess.run(writing, check=True)  # in a process of its own, whose memory is not counted here
        trial.run("link", texts)
        found = share_found(trial.run("candidates", texts)["recall"])
        if peer:
            trial.run("datasketch", texts, str(found), python=peer)
        if in_store:
            (folder / "store").mkdir()
            trial.run("store", texts, folder / "store")
    return trial


def peer_of(given: str | None) -> str | None:
    """An interpreter that has datasketch; None where there is none, which is told."""
    python = given or sys.executable
    asked = subprocess.run([python, "-c", "import datasketch"], capture_output=True, check=False)
    if asked.returncode == 0:
        return python
    sys.stderr.write(f"{python} has no datasketch (the extra bench): its side is left out\n")
    return None


# ------------------------------------------------------------------------------------ telling


def section(trials: Sequence[Trial]) -> str:
    """The figures as a section of RESULTS.md."""
    numbers = " and ".join(f"{one.number:,}" for one in trials)
    largest = trials[-1].figures
    peer = largest.get("datasketch")
    lines = [
        f"## Linking {numbers} made-up documents",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, processor time of one process each, made by `make bench-linking`.",
        f"{machine()}"
        + (f", datasketch {peer['version']} with {PERMUTATIONS} permutations" if peer else "")
        + ".",
        f"Others used {_others(trials)} of all cores meanwhile.",
        "",
        f"| | {' | '.join(f'{one.number:,}' for one in trials)} | exponent |",
        f"|---|{'---:|' * len(trials)}---:|",
    ]
    for what, values in _rows(trials):
        lines.append(
            f"| {what} | {' | '.join(map(_told, values))} | {_exponent_told(what, trials, values)} |"
        )
    lines += ["", *_recalls(trials), "", *_wanted(trials)]
    return "\n".join(lines) + "\n"


def _others(trials: Sequence[Trial]) -> str:
    shares = [side["others"] for one in trials for side in one.figures.values()]
    return f"{min(shares):.0%} to {max(shares):.0%}"


Row = tuple[str, list[float | None]]


def _rows(trials: Sequence[Trial]) -> Iterator[Row]:
    def row(what: str, side: str, *stages: str) -> Row:
        return what, [_seconds(one, side, stages) for one in trials]

    yield row("features (tokenising, shingles, fingerprints), s", "link", "features")
    yield row("linking (candidates, verification, the rest), s", "link", "linking")
    yield row("**both, s**", "link", "features", "linking")
    yield "both, ms a document", [1000 * _whole(one) / one.number for one in trials]
    yield "peak memory, MiB", [one.figures["link"]["largest"] for one in trials]
    yield "pairs that are copies", [one.figures["link"]["copies"] for one in trials]
    for side, called in (("candidates", "ours"), ("datasketch", "datasketch")):
        yield row(f"**candidate stage, {called}, s**", side, *CANDIDATE_STAGE)
        for stage, told in zip(CANDIDATE_STAGE, ("signatures", "insert", "query"), strict=True):
            yield row(f"of that: {told}", side, stage)
        yield f"peak memory, {called}, MiB", [_figure(one, side, "largest") for one in trials]
        yield f"candidate pairs, {called}", [_figure(one, side, "candidates") for one in trials]
    yield "**datasketch's candidate stage to ours**", [_ratio(one) for one in trials]
    yield row("linking in the SQLite store, features included, s", "store", "features and linking")
    yield "peak memory, MiB", [_figure(one, "store", "largest") for one in trials]
    yield (
        "the store, MiB",
        [size and size / 2**20 for one in trials for size in [_figure(one, "store", "bytes")]],
    )
    for side, where in (("link", "in memory"), ("store", "in the store")):
        steps = [_figure(one, side, "more") for one in trials]
        yield f"{ONE_OF_MORE[0]} {where}, median, s", [one and median(one) for one in steps]
        yield f"{ONE_OF_MORE[1]} of {ONE_MORE}, s", [one and max(one) for one in steps]


def _figure(trial: Trial, side: str, name: str) -> Any:
    return trial.figures.get(side, {}).get(name)


def _seconds(trial: Trial, side: str, stages: Sequence[str]) -> float | None:
    found = _figure(trial, side, "seconds")
    return None if found is None else float(sum(found[stage] for stage in stages))


def _whole(trial: Trial) -> float:
    return _seconds(trial, "link", ("features", "linking")) or 0.0


def _ratio(trial: Trial) -> float | None:
    ours, theirs = (_seconds(trial, side, CANDIDATE_STAGE) for side in ("candidates", "datasketch"))
    return theirs / ours if ours and theirs else None


def _told(value: float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, int) or value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def _exponent(trials: Sequence[Trial], values: Sequence[float | None]) -> float | None:
    """Of the power of the number of documents as which a value grows, from the smallest to the largest."""
    first, last = values[0], values[-1]
    if len(trials) < 2 or not first or not last:
        return None
    return log(last / first) / log(trials[-1].number / trials[0].number)


def _exponent_told(what: str, trials: Sequence[Trial], values: Sequence[float | None]) -> str:
    """For what is done with all documents."""
    is_of_all = what.strip("*").endswith(", s") and not what.startswith(ONE_OF_MORE)
    found = _exponent(trials, values) if is_of_all else None
    return "" if found is None else f"{found:.2f}"


def _recalls(trials: Sequence[Trial]) -> Iterator[str]:
    """How many of the planted pairs each side finds, by kind."""
    yield f"| planted pairs found | {' | '.join(KINDS)} | together |"
    yield f"|---|{'---:|' * len(KINDS)}---:|"
    for trial in trials:
        for side, called in (("link", "linked"), ("candidates", "candidates"), ("datasketch", "datasketch")):
            told, at = _figure(trial, side, "recall"), ""
            if told is None:
                continue
            if side == "datasketch":
                bands, rows = trial.figures[side]["bands"]
                at = f", threshold {trial.figures[side]['threshold']} ({bands} bands of {rows})"
            cells = [f"{told['found'][kind] / told['planted'][kind]:.1%}" for kind in KINDS]
            yield f"| {trial.number:,}, {called}{at} | {' | '.join(cells)} | {share_found(told):.1%} |"


def _wanted(trials: Sequence[Trial]) -> Iterator[str]:
    """The figures that the project asks of itself, in the largest case."""
    largest = trials[-1]
    ratio, exponent = _ratio(largest), _exponent(trials, [_whole(one) for one in trials])
    memory = largest.figures["link"]["largest"] / 1024
    steps = [max(more) for side in ("link", "store") if (more := _figure(largest, side, "more"))]
    told = [
        f"peak memory of linking {memory:.2f} GiB (wanted: under {WANTED_GIBIBYTES:.0f})",
        f"one document more in at most {max(steps):.2f} s (under {WANTED_SECONDS:.0f})",
    ]
    if exponent is not None:
        told.insert(0, f"features and linking grow with exponent {exponent:.2f} (under {WANTED_EXPONENT})")
    if ratio is not None:
        told.insert(
            0, f"candidate stage {ratio:.1f} times as fast as datasketch's (at least {WANTED_RATIO:.0f})"
        )
    yield f"With {largest.number:,} documents: {'; '.join(told)}."


# ------------------------------------------------------------------------------------ start


def main() -> None:
    """Measure, print, and update RESULTS.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--number", type=int, action="append", help="documents; may be given several times")
    parser.add_argument("--store", type=int, default=STORE, help="the most that are linked in the store, too")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--peer", help="an interpreter that has datasketch; this one by default")
    parser.add_argument("--screen", action="store_true", help="leave RESULTS.md as it is")
    given = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    peer = peer_of(given.peer)
    numbers = sorted(given.number or NUMBERS)
    trials = [trial_of(number, given.seed, peer, number <= given.store) for number in numbers]
    told = section(trials)
    sys.stdout.write(told) if given.screen else tell(told)


if __name__ == "__main__":
    main()
