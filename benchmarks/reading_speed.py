"""How long Tidewaiter takes, and how much of that is the parse, which it shares with spaCy alone.

    python benchmarks/reading_speed.py                           the reports in examples/
    python benchmarks/reading_speed.py FOLDER --title "..."      any folder, named so in the results

Measures in one run, each in a fresh process: ``tidewaiter --help``; ``tidewaiter run`` into a new folder
(a case folder holds all that a run could use again, so nothing is left from before); the same once more;
and, as the peer, spaCy with the same model over the same cleaned texts in its fastest way, ``nlp.pipe``.
The rounds are interleaved, so that a machine that gets busy slows all of them.  The figures go to the
screen and into the folder's section of RESULTS.md.  Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from measuring import ROOT, TIDEWAITER, Command, machine, peer, tell, texts_of, wall, write_texts

STARTS = 7  # of `tidewaiter --help`, which is over too soon for a few to tell
ROUNDS = 3  # of the long ones

Times = Sequence[float]  # seconds
Row = tuple[str, Times, int | None]  # what, how long, and over how many words, where that tells anything


# ------------------------------------------------------------------------------------ measuring


def measure(folder: Path) -> tuple[list[str], dict[str, list[float]]]:
    """The texts of the folder's reports, and the seconds of every run by what was run."""
    wall([TIDEWAITER, "--help"])  # not counted: it may have to compile the modules
    times: dict[str, list[float]] = {"help": [wall([TIDEWAITER, "--help"])[0] for _ in range(STARTS)]}
    texts: list[str] = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as temporary:
            case, texts_file = Path(temporary, "case"), Path(temporary, "texts.json")
            run: Command = [TIDEWAITER, "run", folder, "--out", case]
            seconds = {"cold": wall(run)[0], "warm": wall(run)[0]}
            texts = texts_of(case)
            write_texts(texts, texts_file)
            seconds["spacy"], printed = wall(peer(texts_file))
            seconds["load"], seconds["parse"] = json.loads(printed)
        for name, one in seconds.items():
            times.setdefault(name, []).append(one)
    return texts, times


# ------------------------------------------------------------------------------------ telling


def section(title: str, texts: Sequence[str], times: Mapping[str, Times], load: Sequence[float]) -> str:
    """The figures as a section of RESULTS.md.  A word is what stands between spaces."""
    words = sum(len(text.split()) for text in texts)
    rows: list[Row] = [
        ("`tidewaiter --help`", times["help"], None),
        ("`tidewaiter run`, cold: there is no case yet", times["cold"], words),
        ("`tidewaiter run` again, warm: no report is new", times["warm"], None),
        ("spaCy alone on the same texts", times["spacy"], words),
        ("of that: import it and load the model", times["load"], None),
        ("of that: parse", times["parse"], words),
    ]
    cold, load_share, parse_share = (min(times[name]) for name in ("cold", "load", "parse"))
    return (
        f"## {title}\n\n"
        f"{len(texts)} reports of {words:,} words, {datetime.now(UTC):%Y-%m-%d}.\n"
        f"{machine()};\nload average at the start {' '.join(f'{one:.2f}' for one in load)}.\n\n"
        "| in a fresh process | runs | best, s | median, s | words/s at best |\n|---|---:|---:|---:|---:|\n"
        + "".join(map(table_row, rows))
        + f"\nOf a cold run, the parse is {parse_share / cold:.0%}, importing spaCy and loading its model "
        f"{load_share / cold:.0%}, as far as spaCy alone tells.\n"
    )


def table_row(row: Row) -> str:
    what, seconds, words = row
    rate = f"{words / min(seconds):,.0f}" if words else ""
    return f"| {what} | {len(seconds)} | {min(seconds):.2f} | {median(seconds):.2f} | {rate} |\n"


def title_of(folder: Path) -> str:
    """A folder of the project by its path; of others the path tells a reader nothing."""
    inside = folder.resolve().is_relative_to(ROOT)
    return f"{folder.resolve().relative_to(ROOT)}/" if inside else "Reports not in the repository"


def main() -> None:
    """Measure, print, and update RESULTS.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "examples")
    parser.add_argument(
        "--title", help="heading of the results; the folder's path where it is in the project"
    )
    given = parser.parse_args()
    load = os.getloadavg()
    texts, times = measure(given.folder)
    if not texts:
        sys.exit(f"{given.folder} holds no report that can be read")
    tell(section(given.title or title_of(given.folder), texts, times, load))


if __name__ == "__main__":
    main()
