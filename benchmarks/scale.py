"""How long a build takes as a case grows, how much memory, and how much of that spaCy alone takes.

    python benchmarks/scale.py                                1,000 and 10,000 reports, one process and two
    python benchmarks/scale.py --number 1000 --jobs 1         a part of it
    python benchmarks/scale.py --keep FOLDER --number 10000   in parts: what FOLDER has is not made again

Measures on made-up reports (tests/reports_made.py), each step in a fresh process: ``new`` and ``add``;
``build`` from nothing, for each number of jobs; beside it spaCy with the same model over the same cleaned
texts, ``nlp.pipe`` alone; ``export`` and ``verify``; and, in the largest case, five times one more report
(of which one is a copy in the largest family) with ``add`` and ``build``.  The figures go to the screen, into
``figures.json`` in the folder, and into a section of RESULTS.md.  Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from measuring import ROOT, TIDEWAITER, Measured, machine, measure, peer, tell, texts_of, write_texts

NUMBERS, JOBS = (1000, 10_000), (1, 2)
ONE_MORE = 5
"""Reports that are added one by one to the largest case."""

Figures = dict[str, Any]


# ------------------------------------------------------------------------------------ parts


@dataclass(slots=True)
class Trial:
    """One number of reports, in a folder of its own."""

    folder: Path
    number: int
    seed: int
    figures: Figures = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if self._kept.exists():
            self.figures = json.loads(self._kept.read_text(encoding="utf-8"))

    @property
    def _kept(self) -> Path:
        return self.folder / "figures.json"

    @property
    def reports(self) -> Path:
        return self.folder / "reports"

    def case(self, name: str) -> Path:
        return self.folder / f"case-{name}"

    def part(self, name: str, work: Callable[[], Figures]) -> None:
        """Do a part and keep its figures, unless they are there."""
        if name in self.figures:
            return
        sys.stderr.write(f"{self.number:,} reports: {name}\n")
        self.figures[name] = work()
        self._kept.write_text(json.dumps(self.figures, indent=1), encoding="utf-8")

    # -- what the parts are

    def write(self) -> Figures:
        # In a process of its own: memory held here would count as held by the processes started here.
        shutil.rmtree(self.reports, ignore_errors=True)
        script = ROOT / "benchmarks" / "make_reports.py"
        numbers = ["--number", str(self.number), "--seed", str(self.seed)]
        subprocess.run([sys.executable, script, self.reports, *numbers], check=True, capture_output=True)
        return {"date": f"{datetime.now(UTC):%Y-%m-%d}", "machine": machine()}

    def take_in(self) -> Figures:
        shutil.rmtree(self.case("added"), ignore_errors=True)
        run("new", self.case("added"))
        return run("add", self.case("added"), self.reports).data()

    def build(self, jobs: int) -> Figures:
        case = self.case(f"jobs-{jobs}")
        shutil.rmtree(case, ignore_errors=True)
        shutil.copytree(self.case("added"), case)
        return run("build", case, *(["--jobs", str(jobs)] if jobs > 1 else [])).data()

    def alone(self, case: Path) -> Figures:
        """spaCy over the texts of a case."""
        texts = self.folder / "texts.jsonl"
        measure([sys.executable, __file__, "--texts", case, texts])
        done = measure(peer(texts))
        load, parse = json.loads(done.printed)
        with texts.open(encoding="utf-8") as lines:
            words = sum(len(json.loads(line).split()) for line in lines)
        return {**done.data(), "load_seconds": load, "parse_seconds": parse, "words": words}

    def export(self, case: Path) -> Figures:
        return run("export", case, "--out", self.folder / "export.jsonl").data()

    def one_more(self, case: Path) -> Figures:
        """Add reports one by one, building after each."""
        more, grown = self.folder / "more", self.case("grown")
        shutil.rmtree(more, ignore_errors=True)
        shutil.rmtree(grown, ignore_errors=True)
        shutil.copytree(case, grown)
        run("build", grown)  # reads all again where the code changed since it was built
        measure([sys.executable, __file__, "--more", more, str(self.number), str(self.seed)])
        steps = []
        for path in sorted(more.iterdir()):
            added, built = run("add", grown, path), run("build", grown)
            steps.append({"report": path.stem, "add": added.data(), "build": built.data()})
        shutil.rmtree(grown)
        return {"steps": steps}


def run(command: str, *arguments: str | Path) -> Measured:
    """A command of the program, with nothing shown."""
    return measure([TIDEWAITER, command, *arguments, "--quiet"])


def knows(command: str, option: str = "--help") -> bool:
    """Whether this version has the command, or an option of it."""
    asked = subprocess.run([TIDEWAITER, command, "--help"], capture_output=True, text=True, check=False)
    return asked.returncode == 0 and option in asked.stdout


def all_parts(trial: Trial, jobs: Sequence[int], *, largest: bool) -> None:
    """Every part of one number of reports.  spaCy alone runs right after the build it stands beside."""
    trial.part("write", trial.write)
    if not trial.reports.exists() or not trial.case("added").exists():
        trial.figures.pop("add", None)
    trial.part("add", trial.take_in)
    for one in jobs:
        trial.part(f"build --jobs {one}", lambda one=one: trial.build(one))
        trial.part("spaCy alone", lambda one=one: trial.alone(trial.case(f"jobs-{one}")))
    built = trial.case(f"jobs-{jobs[0]}")
    trial.part("export", lambda: trial.export(built))
    if knows("verify"):
        trial.part("verify", lambda: run("verify", built).data())
    if largest:
        trial.part("one more", lambda: trial.one_more(built))


# ------------------------------------------------------------------------------------ one more report


def write_more(folder: Path, number: int, seed: int) -> None:
    """Reports that the case does not have: accounts of other stories, and one more copy in its largest
    family, as another outlet would print it."""
    from reports_made import OUTLETS, generate

    folder.mkdir(parents=True)
    for place, report in enumerate(generate(ONE_MORE - 1, seed + 1)):
        (folder / f"{place}-{report.kind}{Path(report.name).suffix}").write_text(
            report.text, encoding="utf-8"
        )
    sizes: Counter[int] = Counter()
    first: dict[int, str] = {}
    for report in generate(number, seed):
        sizes[report.family] += 1
        if report.name.endswith(".txt"):
            first.setdefault(report.family, report.text)
    family, size = max(sizes.items(), key=lambda one: (one[1] if one[0] in first else 0, -one[0]))
    _, *body, _ = first[family].split("\n\n")
    another = next(outlet for outlet in OUTLETS if outlet.name not in first[family])
    text = "\n\n".join((another.top, *body, "This report was printed before.", another.foot))
    (folder / f"{ONE_MORE - 1}-copy of {size}.txt").write_text(text + "\n", encoding="utf-8")


# ------------------------------------------------------------------------------------ telling


def section(trials: Sequence[Trial]) -> str:
    """The figures as a section of RESULTS.md."""
    numbers = " and ".join(f"{one.number:,}" for one in trials)
    dates = sorted({one.figures["write"]["date"] for one in trials})
    lines = [
        f"## {numbers} made-up reports",
        "",
        f"{', '.join(dates)}.",
        f"{trials[-1].figures['write']['machine']}.",
        "",
        f"| in fresh processes | {' | '.join(f'{one.number:,} reports' for one in trials)} |",
        f"|---|{'---:|' * len(trials)}",
    ]
    for what, cell in ROWS:
        cells = [_cell(cell, one) for one in trials]
        if any(cells):
            lines.append(f"| {what} | {' | '.join(cells)} |")
    return "\n".join((*lines, "", *_growth(trials), *_one_more(trials[-1]))) + "\n"


def _cell(cell: Callable[[Figures, int], str], trial: Trial) -> str:
    """A cell; empty where the part was not measured."""
    try:
        return cell(trial.figures, trial.number)
    except KeyError:
        return ""


def _build(jobs: int) -> str:
    return f"build --jobs {jobs}"


def _rows() -> Iterator[tuple[str, Callable[[Figures, int], str]]]:
    yield "words", lambda f, _: f"{f['spaCy alone']['words']:,}"
    yield "`add`, s", lambda f, _: f"{f['add']['wall']:.1f}"
    yield "files a second", lambda f, n: f"{n / f['add']['wall']:,.0f}"
    for jobs in JOBS:
        name = _build(jobs)
        yield f"`{name}`, s", lambda f, _, name=name: f"{f[name]['wall']:.1f}"
        yield "processor time, s", lambda f, _, name=name: f"{f[name]['cpu']:.1f}"
        yield "documents a second", lambda f, n, name=name: f"{n / f[name]['wall']:.1f}"
        yield "peak memory, MiB: largest process", lambda f, _, name=name: f"{f[name]['largest']:.0f}"
        if jobs > 1:
            yield "all together", lambda f, _, name=name: f"{f[name]['together']:.0f}"
        yield "others used of all cores", lambda f, _, name=name: _busy(f[name])
    yield "spaCy alone, s", lambda f, _: f"{f['spaCy alone']['wall']:.1f}"
    yield "of that: import it and load the model", lambda f, _: f"{f['spaCy alone']['load_seconds']:.1f}"
    yield "of that: parse", lambda f, _: f"{f['spaCy alone']['parse_seconds']:.1f}"
    yield "peak memory, MiB", lambda f, _: f"{f['spaCy alone']['largest']:.0f}"
    yield "others used of all cores", lambda f, _: _busy(f["spaCy alone"])
    yield "**`build`, one process, to spaCy alone**", lambda f, _: f"{_ratio(f, load=True):.2f}"
    yield (
        "the same in processor time",
        lambda f, _: f"{f[_build(1)]['cpu'] / f['spaCy alone']['cpu']:.2f}",
    )
    yield "in seconds, less the time to load the model in both", lambda f, _: f"{_ratio(f, load=False):.2f}"
    yield (
        "**two jobs as fast as one times**",
        lambda f, _: f"{f[_build(1)]['wall'] / f[_build(2)]['wall']:.2f}",
    )
    yield "`export`, s", lambda f, _: f"{f['export']['wall']:.1f}"
    yield "`verify`, s", lambda f, _: f"{f['verify']['wall']:.1f}"


ROWS = tuple(_rows())


def _busy(figures: Figures) -> str:
    stolen = f", {figures['stolen']:.0%} stolen" if figures["stolen"] >= 0.005 else ""
    return f"{figures['others']:.0%}{stolen}; load {figures['load']:.1f}"


def _ratio(figures: Figures, *, load: bool) -> float:
    build, alone = figures[_build(1)]["wall"], figures["spaCy alone"]
    if load:
        return float(build / alone["wall"])
    return float((build - alone["load_seconds"]) / alone["parse_seconds"])


def _growth(trials: Sequence[Trial]) -> Iterator[str]:
    """Peak memory of the largest case to that of the smallest."""
    for jobs in JOBS:
        peaks = [
            one.figures[_build(jobs)]["largest" if jobs == 1 else "together"]
            for one in trials
            if _build(jobs) in one.figures
        ]
        if len(peaks) > 1:
            yield (
                f"Peak memory of `{_build(jobs)}` grows by {peaks[-1] / peaks[0] - 1:.0%} from "
                f"{trials[0].number:,} to {trials[-1].number:,} reports."
            )


def _one_more(trial: Trial) -> Iterator[str]:
    if "one more" not in trial.figures:
        return
    steps = trial.figures["one more"]["steps"]
    yield f"\nOne more report in the case of {trial.number:,}, model load included:\n"
    yield "| report | `add`, s | `build`, s | both, s | peak memory, MiB | others used of all cores |"
    yield "|---|---:|---:|---:|---:|---:|"
    both = []
    for one in steps:
        add, build = one["add"], one["build"]
        both.append(add["wall"] + build["wall"])
        yield (
            f"| {one['report'].partition('-')[2]} | {add['wall']:.2f} | {build['wall']:.2f} | {both[-1]:.2f} "
            f"| {build['largest']:.0f} | {_busy(build)} |"
        )
    yield f"\nBoth: median {median(both):.2f} s, longest {max(both):.2f} s."


# ------------------------------------------------------------------------------------ start


def main() -> None:
    """Measure, print, and update RESULTS.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--number", type=int, action="append", help="reports; may be given several times")
    parser.add_argument("--jobs", type=int, action="append", help="processes; may be given several times")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="work in this folder, and leave out what it has figures of")
    parser.add_argument("--screen", action="store_true", help="leave RESULTS.md as it is")
    parser.add_argument("--texts", type=Path, nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--more", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.texts:
        case, out = given.texts
        write_texts(texts_of(case), out)
    elif given.more:
        sys.path.insert(0, str(ROOT / "tests"))
        write_more(Path(given.more[0]), int(given.more[1]), int(given.more[2]))
    else:
        numbers, jobs = sorted(given.number or NUMBERS), sorted(given.jobs or JOBS)
        if not knows("build", "--jobs"):
            jobs = [1]
        with tempfile.TemporaryDirectory() as temporary:
            folder = given.keep or Path(temporary)
            for number in numbers:
                all_parts(
                    Trial(folder / str(number), number, given.seed), jobs, largest=number == numbers[-1]
                )
            told = section(kept_in(folder, given.seed))
            sys.stdout.write(told) if given.screen else tell(told)


def kept_in(folder: Path, seed: int) -> list[Trial]:
    """Everything that the folder has figures of, the smallest first."""
    numbers = sorted(int(path.parent.name) for path in folder.glob("*/figures.json"))
    return [Trial(folder / str(number), number, seed) for number in numbers]


if __name__ == "__main__":
    main()
