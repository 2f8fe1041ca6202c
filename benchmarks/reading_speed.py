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
import platform
import re
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RESULTS = HERE / "RESULTS.md"
TIDEWAITER = Path(sysconfig.get_path("scripts")) / "tidewaiter"

STARTS = 7  # of `tidewaiter --help`, which is over too soon for a few to tell
ROUNDS = 3  # of the long ones

Command = Sequence[str | Path]
Times = Sequence[float]  # seconds
Row = tuple[str, Times, int | None]  # what, how long, and over how many words, where that tells anything


# ------------------------------------------------------------------------------------ measuring


def wall(command: Command) -> tuple[float, str]:
    """Seconds from start to end of a process, and what it printed.  Exits when it fails as a whole;
    status 1 says only that some of the files could not be read."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr}")
    return seconds, done.stdout


def texts_of(case: Path) -> list[str]:
    """The cleaned texts that a case holds, in order of document ids."""
    from tidewaiter.ledger.derived import DerivedStore

    store = DerivedStore(case)
    documents = store.documents().values()
    store.close()
    return [one.text for one in sorted(documents, key=lambda one: one.id)]


def spacy_alone(model: str, texts_file: Path) -> None:
    """The peer, in its own process: prints the seconds to load the model and to parse."""
    texts = json.loads(texts_file.read_text(encoding="utf-8"))
    start = time.perf_counter()
    import spacy

    nlp = spacy.load(model)
    loaded = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    sys.stdout.write(json.dumps([loaded - start, time.perf_counter() - loaded]))


def measure(folder: Path) -> tuple[list[str], dict[str, list[float]]]:
    """The texts of the folder's reports, and the seconds of every run by what was run."""
    from tidewaiter.reading.parse import MODEL

    wall([TIDEWAITER, "--help"])  # not counted: it may have to compile the modules
    times: dict[str, list[float]] = {"help": [wall([TIDEWAITER, "--help"])[0] for _ in range(STARTS)]}
    texts: list[str] = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as temporary:
            case, texts_file = Path(temporary, "case"), Path(temporary, "texts.json")
            run: Command = [TIDEWAITER, "run", folder, "--out", case]
            seconds = {"cold": wall(run)[0], "warm": wall(run)[0]}
            texts = texts_of(case)
            texts_file.write_text(json.dumps(texts), encoding="utf-8")
            peer: Command = [sys.executable, __file__, "--spacy-alone", MODEL, texts_file]
            seconds["spacy"], printed = wall(peer)
            seconds["load"], seconds["parse"] = json.loads(printed)
        for name, one in seconds.items():
            times.setdefault(name, []).append(one)
    return texts, times


# ------------------------------------------------------------------------------------ telling


def machine(load: Sequence[float]) -> str:
    """What the figures depend on beside the code, in a sentence."""
    from tidewaiter.reading.parse import MODEL

    gibibytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{processor()}, {os.cpu_count()} cores, {gibibytes:.0f} GiB of memory;\n"
        f"Python {platform.python_version()}, spaCy {version('spacy')}, {MODEL} {version(MODEL)};\n"
        f"load average at the start {' '.join(f'{one:.2f}' for one in load)}"
    )


def processor() -> str:
    """The processor's name, as Linux tells it, else as Python does."""
    try:
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()


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
        f"{machine(load)}.\n\n"
        "| in a fresh process | runs | best, s | median, s | words/s at best |\n|---|---:|---:|---:|---:|\n"
        + "".join(map(table_row, rows))
        + f"\nOf a cold run, the parse is {parse_share / cold:.0%}, importing spaCy and loading its model "
        f"{load_share / cold:.0%}, as far as spaCy alone tells.\n"
    )


def table_row(row: Row) -> str:
    what, seconds, words = row
    rate = f"{words / min(seconds):,.0f}" if words else ""
    return f"| {what} | {len(seconds)} | {min(seconds):.2f} | {median(seconds):.2f} | {rate} |\n"


def put_section(results: str, new: str) -> str:
    """``results`` with the section of the same heading replaced, or the new one at the end."""
    head, *sections = re.split(r"^(?=## )", results, flags=re.MULTILINE)
    heading = new.partition("\n")[0]
    for place, one in enumerate(sections):
        if one.partition("\n")[0] == heading:
            sections[place] = new
            break
    else:
        sections.append(new)
    return "\n\n".join(part.strip() for part in (head, *sections)) + "\n"


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
    parser.add_argument("--spacy-alone", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.spacy_alone:
        model, texts_file = given.spacy_alone
        spacy_alone(model, Path(texts_file))
        return
    load = os.getloadavg()
    texts, times = measure(given.folder)
    if not texts:
        sys.exit(f"{given.folder} holds no report that can be read")
    new = section(given.title or title_of(given.folder), texts, times, load)
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n"
    RESULTS.write_text(put_section(before, new), encoding="utf-8")
    sys.stdout.write(new)


if __name__ == "__main__":
    main()
