"""Watching: how long a look takes, and a simulated year in many orders.

    python benchmarks/watching.py                      both, into RESULTS.md
    python benchmarks/watching.py --orders 20          so many orders of the year
    python benchmarks/watching.py --parts look         a look alone, or year
    python benchmarks/watching.py --folder /dev/shm/x  where cases are made; a folder of its own by default
    python benchmarks/watching.py --screen             leave RESULTS.md as it is

A look at 10,000 files of which none is new: they are 200 made-up reports under fifty names each, because what
such a look costs are the files, not what is in them; the case is opened by none.  100 new reports in a case
of 200: `watch --once` beside `add` and `build` of the same reports in a copy of the case.  Each is a fresh
process.

The year: 300 reports with 20 planted questions arrive in random orders and batches, with a look after each
batch, in one process in which each text is read once.  Checked at the end of each: no change was told twice,
all that stands was told, the export is that of one build of all, and every planted question was opened and
closed on its days.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from measuring import ROOT, TIDEWAITER, Measured, machine, measure, tell

sys.path.insert(0, str(ROOT / "tests"))

FILES, TEXTS, NEW, RUNS = 10_000, 200, 100, 5
REPORTS, ORDERS, MOST_BATCHES = 300, 100, 12
LONG_AGO = 1.6e9
"""Seconds since 1970: when the files were last changed."""


def write(folder: Path, number: int, seed: int, times: int = 1) -> None:
    """Made-up reports, each under so many names."""
    from reports_made import NEWS, generate

    folder.mkdir(parents=True)
    for report in generate(number, seed, NEWS):
        for again in range(times):
            path = folder / f"{again:02d}-{report.name}"
            path.write_text(report.text, encoding="utf-8")
            os.utime(path, (LONG_AGO, LONG_AGO))


def command(*words: str | Path) -> list[str | Path]:
    script = [TIDEWAITER] if TIDEWAITER.exists() and not os.environ.get("PYTHONPATH") else None
    return [*(script or [sys.executable, "-m", "tidewaiter"]), *words]


def run(*words: str | Path) -> Measured:
    return measure(command(*words))


def new_case(case: Path, folder: Path) -> None:
    run("new", case, "--quiet")
    with (case / "case.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[watch]\nfolders = ["{folder}"]\njsonl = "all.jsonl"\n')


UNDISPUTED = (
    '[[watch.alert]]\nkinds = ["appeared", "stage", "received", "used", "denied", "question_closed"]\n'
)
"""Alerts for which nobody has to work out where reports disagree."""


# ------------------------------------------------------------------------------------ a look


def look(root: Path) -> list[str]:
    """Rows of the table on single looks."""
    many, case = root / "many", root / "case"
    write(many, TEXTS, 1, FILES // TEXTS)
    new_case(case, many)
    sys.stderr.write(f"{FILES:,} files: the first look\n")
    first = run("watch", case, "--once", "--quiet")
    idle = [run("watch", case, "--once", "--quiet") for _ in range(RUNS)]

    few, other, beside, plain = (root / name for name in ("few", "other", "beside", "plain"))
    write(few, TEXTS, 1)
    new_case(other, few)
    run("watch", other, "--once", "--quiet")
    for copy in (beside, plain):
        shutil.copytree(other, copy)
    with (plain / "case.toml").open("a", encoding="utf-8") as settings:
        settings.write(UNDISPUTED)
    write(root / "new", NEW, 2)
    sys.stderr.write(f"{NEW} new files\n")
    added = run("add", beside, root / "new", "--quiet")
    built = run("build", beside, "--quiet")
    for path in (root / "new").iterdir():
        shutil.copy2(path, few / f"new-{path.name}")
    watched = run("watch", other, "--once", "--quiet")
    undisputed = run("watch", plain, "--once", "--quiet")
    both = added.cpu + built.cpu
    return [
        f"| {FILES:,} files, nothing new: median of {RUNS} | {median(one.wall for one in idle):.2f} "
        f"| {median(one.cpu for one in idle):.2f} | {max(one.largest for one in idle):.0f} |",
        f"| {FILES:,} files, the first look | {first.wall:.1f} | {first.cpu:.1f} | {first.largest:.0f} |",
        f"| {NEW} new: `watch --once` | {watched.wall:.1f} | {watched.cpu:.1f} | {watched.largest:.0f} |",
        f"| the same, no alert on contradictions | {undisputed.wall:.1f} | {undisputed.cpu:.1f} "
        f"| {undisputed.largest:.0f} |",
        f"| {NEW} new: `add`, then `build` | {added.wall + built.wall:.1f} | {both:.1f} "
        f"| {max(added.largest, built.largest):.0f} |",
        f"| **of `watch` to `add` and `build`, in processor time** | | {watched.cpu / both:.2f} | |",
        f"| **the same, no alert on contradictions** | | {undisputed.cpu / both:.2f} | |",
    ]


# ------------------------------------------------------------------------------------ a year


def year(root: Path, orders: int) -> list[str]:
    """Rows of the table on the year."""
    import pytest

    from read_once import read_once
    from watching.trying import arrive, batches_of, faults, wrong_days
    from watching.year import make_year

    made = make_year(REPORTS)
    names = sorted(made.reports)
    wrong = {"faults": 0, "exports": 0, "facts": 0, "questions": 0}
    told, seconds = [], []
    with pytest.MonkeyPatch.context() as patch:
        read_once(patch)
        at_once = arrive(root / "once", made.reports, [names])
        keys = {one.fact.key for one in at_once.standing}
        wrong["questions"] += len(wrong_days(at_once, made.planted))
        for seed in range(orders):
            start = time.perf_counter()
            folder = root / "order"
            shutil.rmtree(folder, ignore_errors=True)
            ended = arrive(folder, made.reports, batches_of(names, seed, MOST_BATCHES))
            found = faults(ended)
            wrong["faults"] += bool(found)
            wrong["exports"] += export_of(ended.export, folder) != export_of(at_once.export, root / "once")
            wrong["facts"] += {one.fact.key for one in ended.standing} != keys
            wrong["questions"] += len(wrong_days(ended, made.planted))
            told.append(len(ended.told))
            seconds.append(time.perf_counter() - start)
            sys.stderr.write(
                f"order {seed}: {seconds[-1]:.0f} s, told {told[-1]}, {found or 'well'} {wrong}\n"
            )
    planted = len(made.planted)
    return [
        f"| reports, planted questions | {len(names)}, {planted} |",
        f"| orders, batches in each | {orders}, 1 to {MOST_BATCHES} |",
        f"| changes told in an order, median | {median(told):,.0f} |",
        f"| facts that stand at the end | {len(keys):,} |",
        f"| orders with a change told twice or not told | {wrong['faults']} |",
        f"| orders that end in another export | {wrong['exports']} |",
        f"| orders after which other facts stand | {wrong['facts']} |",
        f"| planted questions with a wrong day, of {planted * (orders + 1):,} | {wrong['questions']} |",
        f"| an order, median, s | {median(seconds):.0f} |",
    ]


def export_of(text: str, root: Path) -> str:
    return text.replace(str(root), "")


# ------------------------------------------------------------------------------------ telling


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--parts", nargs="*", default=["look", "year"])
    parser.add_argument("--orders", type=int, default=ORDERS)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--screen", action="store_true", help="leave RESULTS.md as it is")
    wanted = parser.parse_args()
    show = sys.stdout.write if wanted.screen else tell
    head = f"{datetime.now(UTC):%Y-%m-%d}.\n{machine()}."
    with tempfile.TemporaryDirectory(dir=wanted.folder) as folder:
        root = Path(folder)
        if "look" in wanted.parts:
            rows = look(root / "look")
            table = "\n".join(["| a look | wall, s | processor, s | MiB |", "|---|---:|---:|---:|", *rows])
            load = f"load average at the end {os.getloadavg()[0]:.1f}"
            show(f"## Watching: a look\n\n{head[:-1]}; {load}.\n\n{table}\n")
        if "year" in wanted.parts:
            rows = year(root / "year", wanted.orders)
            table = "\n".join(["| a simulated year | |", "|---|---:|", *rows])
            show(f"## Watching: a simulated year\n\n{head}\n\n{table}\n")


if __name__ == "__main__":
    main()
