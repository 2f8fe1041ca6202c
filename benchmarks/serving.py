"""The case app under load: every kind of page to one reader, and ten readers beside one who judges.

    python benchmarks/serving.py                   with a case of 10,000 made-up reports, which it builds
    python benchmarks/serving.py --number 1000     a smaller one
    python benchmarks/serving.py --case FOLDER     a copy of one that is there
    python benchmarks/serving.py --parts start walk peer crowd    some of the parts
    python benchmarks/serving.py --screen          leave RESULTS.md as it is

The app is a process of its own (``tidewaiter serve --edit``), and so is the load: Locust, on loopback, on the
same machine (``serving_load.py``).  Addresses are found by following links (``serving_addresses.py``).  Times
are what Locust waited for, from sending a request to the last byte of the answer, so the reader's part is in
them.  The peer is Datasette, a general web app on SQLite, on a copy of the store that the app asks: a page of
the table of rows, a row, a search.  It gives values as they stand, no words, forms or pictures.  Checked at
the end: every judgement that was answered with success stands in judgements.jsonl, every one taken back is
taken back there, and ``verify`` finds nothing wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from make_reports import write_reports
from measuring import HERE, LOOK_EVERY, ROOT, descendants, held, machine, measure, peak, tell
from serving_addresses import Addresses

PARTS = ("start", "walk", "peer", "crowd")
NUMBER, SEED = 10_000, 1
A_KIND, SECONDS_A_KIND = 200, 20
"""Requests of a kind, and the seconds after which there are enough."""

READERS, SECONDS = 10, 60
PAUSES = ((0, 1), (0, 0))
"""Seconds between two pages of a reader."""

DEEDS = ("note", "not_same", "correct", "reject", "same", "undo")
"""What the writer does, again and again in this order, as far as the time goes."""

JUDGED = 400
"""Pages of a sort that the writer may judge: more than a minute lets him."""

STARTS = 5
WANTED_MEDIAN, WANTED_P95, WANTED_MEBIBYTES, WANTED_START = 100, 300, 500, 2.0
"""What the project asks of itself, told beside the figures."""

SHOWN_AT = re.compile(r"http://127\.0\.0\.1:\d+")


# ------------------------------------------------------------------------------------ the app


def command(*words: str | Path) -> list[str | Path]:
    return [sys.executable, "-m", "tidewaiter", *words]


@dataclass(slots=True)
class Memory:
    """MiB that processes held at most."""

    own: float = 0.0  # the app
    child: float = 0.0  # the largest of the processes that it starts for what takes long
    together: float = 0.0  # at a time, shared pages counted once


class App(NamedTuple):
    """A web app that answers."""

    host: str
    pid: int


@contextmanager
def served(case: Path, memory: Memory) -> Iterator[App]:
    """The app, answering; its memory is noted until it ends."""
    process = subprocess.Popen(
        command("serve", case, "--edit", "--no-browser", "--port", "0"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    is_over = threading.Event()

    def look() -> None:
        while not is_over.wait(LOOK_EVERY):
            family = descendants(process.pid)
            memory.own = max(memory.own, peak(process.pid))
            memory.child = max([memory.child, *map(peak, family[1:])])
            memory.together = max(memory.together, sum(map(held, family)))

    watching = threading.Thread(target=look, daemon=True)
    watching.start()
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if found := SHOWN_AT.search(line):
                yield App(found[0], process.pid)
                break
        else:
            sys.exit("the app did not start")
    finally:
        is_over.set()
        watching.join()
        process.terminate()
        process.communicate(timeout=60)


def answered(address: str, patience: float = 60.0) -> bytes:
    end = time.monotonic() + patience
    while True:
        try:
            with urlopen(address, timeout=patience) as answer:
                return bytes(answer.read())
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.01)


def start_of(case: Path) -> tuple[float, float]:
    """Seconds from the start of the process to the first answer, and to the register."""
    begun = time.perf_counter()
    with served(case, Memory()) as app:
        answered(f"{app.host}/static/icon.svg")
        first = time.perf_counter() - begun
        answered(f"{app.host}/")
        return first, time.perf_counter() - begun


def load(plan: Mapping[str, Any]) -> dict[str, Any]:
    """What Locust notes of a plan."""
    with tempfile.TemporaryDirectory() as temporary:
        told, noted = Path(temporary) / "plan.json", Path(temporary) / "figures.json"
        told.write_text(json.dumps(plan), encoding="utf-8")
        measure([sys.executable, HERE / "serving_load.py", told, noted])
        found: dict[str, Any] = json.loads(noted.read_text(encoding="utf-8"))
    return found


# ------------------------------------------------------------------------------------ figures


@dataclass(frozen=True, slots=True)
class Row:
    """What requests of one kind took, in milliseconds."""

    kind: str
    number: int
    middle: float
    p95: float
    most: float
    kibibytes: float
    slowest: str
    cpu: float | None  # ms of processor time of the app for one request, on average

    @property
    def line(self) -> str:
        over = self.middle >= WANTED_MEDIAN or self.p95 >= WANTED_P95
        mark = "**" if over else ""
        return (
            f"| {mark}`{self.kind}`{mark} | {self.number} "
            f"| {self.middle:.0f} | {self.p95:.0f} | {self.most:.0f} "
            f"| {'' if self.cpu is None else format(self.cpu, '.0f')} | {self.kibibytes:.0f} |"
        )


def rows_of(requests: Sequence[Mapping[str, Any]], cpu: Mapping[str, float] | None = None) -> list[Row]:
    """By kind, in the order in which they came."""
    kinds: dict[str, list[Mapping[str, Any]]] = {}
    for one in requests:
        kinds.setdefault(one["kind"], []).append(one)
    return [row_of(kind, found, (cpu or {}).get(kind)) for kind, found in kinds.items()]


def row_of(kind: str, found: Sequence[Mapping[str, Any]], cpu: float | None = None) -> Row:
    took = sorted(one["ms"] for one in found)
    return Row(
        kind=kind,
        number=len(took),
        middle=median(took),
        p95=percentile(took, 0.95),
        most=took[-1],
        kibibytes=median(one["bytes"] for one in found) / 1024,
        cpu=cpu,
        slowest=max(found, key=lambda one: one["ms"])["address"],
    )


def percentile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that so large a share does not exceed."""
    return ordered[max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1)]


TABLE = [
    "| kind | requests | median, ms | p95, ms | longest, ms | processor time, ms | KiB |",
    "|---|---:|---:|---:|---:|---:|---:|",
]


def troubles(requests: Sequence[Mapping[str, Any]]) -> list[str]:
    """What was not answered as it should be, with an example of each."""
    wrong: dict[tuple[str, int], list[Mapping[str, Any]]] = {}
    for one in requests:
        if one["error"] is not None:
            wrong.setdefault((one["kind"], one["status"]), []).append(one)
    return [
        f"{kind} was answered {len(found)} times with {status}: `{found[0]['address']}`"
        for (kind, status), found in wrong.items()
    ]


# ------------------------------------------------------------------------------------ the peer


@contextmanager
def datasette(case: Path, folder: Path) -> Iterator[App]:
    """Datasette on a copy of the store."""
    copy = folder / "store.db"
    shutil.copy2(case / "derived.sqlite", copy)
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "datasette", "serve", "-i", copy, "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        answered(f"http://127.0.0.1:{port}/-/versions.json")
        yield App(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait(60)


def peers(kinds: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What Datasette is asked: as much of the same as it has."""
    columns = ("supplier_name", "recipient_name", "-reach", "-reports")
    sorting = [f"_sort_desc={one[1:]}" if one.startswith("-") else f"_sort={one}" for one in columns]
    words = [one.partition("?q=")[2] for kind in kinds if kind.startswith("/search") for one in kinds[kind]]
    rows = [one.rpartition("/")[2] for one in kinds.get("/transfers/{id}", ()) if "?" not in one]
    return {
        "table of rows, 50 a page": [
            "/store/row_line?_size=50",
            *(f"/store/row_line?_size=50&{one}" for one in sorting),
        ]
        * 20,
        "one row": [f"/store/row_line/{one}" for one in rows],
        "search": [f"/store/search_words?_size=40&_search={one}" for one in words],
    }


# ------------------------------------------------------------------------------------ judgements


def to_judge(kinds: Mapping[str, Sequence[str]], seed: int) -> dict[str, list[str]]:
    """Pages whose forms the writer fills."""
    chance = random.Random(seed)

    def some(kind: str) -> list[str]:
        found = list(dict.fromkeys(one.partition("?")[0] for one in kinds.get(kind, ())))
        return chance.sample(found, min(len(found), JUDGED))

    return {
        "documents": some("/documents/{id}"),
        "transfers": some("/transfers/{id}"),
        "pairs": some("/copies/{a}/{b}"),
    }


def lost(case: Path, kept: Sequence[Mapping[str, str]]) -> list[str]:
    """Judgements that were answered with success and are not in the file as they were made."""
    file = case / "judgements.jsonl"  # there is none before the first judgement
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []
    made = {one["id"]: one for one in lines if one["action"] == "judged"}
    back = {one["id"] for one in lines if one["action"] != "judged"}
    wrong = []
    for one in kept:
        if one["deed"] == "undo":
            if one["id"] not in back:
                wrong.append(f"{one['id']} was not taken back")
        elif one["id"] not in made or made[one["id"]]["why"] != one["why"]:
            wrong.append(f"{one['id']} ({one['deed']}) is not there")
    return wrong


# ------------------------------------------------------------------------------------ measuring


@dataclass(slots=True)
class Told:
    """Lines of the section."""

    lines: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)


def walk(kinds: Mapping[str, Sequence[str]], app: App, told: Told) -> None:
    """Every kind of page to one reader."""
    found = load({**app._asdict(), "walk": kinds, "seconds": SECONDS_A_KIND})
    requests = found["requests"]
    rows = rows_of(requests, found["cpu"])
    told.lines += ["One reader, every kind of page:", "", *TABLE, *(one.line for one in rows)]
    told.lines += [row_of("all of them", requests).line, ""]
    told.misses += [
        f"`{one.kind}`: median {one.middle:.0f} ms, p95 {one.p95:.0f} ms (slowest: `{one.slowest}`)"
        for one in rows
        if one.middle >= WANTED_MEDIAN or one.p95 >= WANTED_P95
    ]
    told.misses += troubles(requests)
    told.misses += [
        f"`{kind}` was not answered yet: something was being worked out"
        for kind in dict.fromkeys(one["kind"] for one in requests if one["status"] == 202)
    ]


def crowd(
    case: Path,
    kinds: Mapping[str, Sequence[str]],
    host: str,
    pause: tuple[float, float],
    told: Told,
    given: argparse.Namespace,
) -> None:
    """Ten readers and one writer."""
    told_so = "without a pause" if not any(pause) else f"{pause[0]} to {pause[1]} s between two pages"
    sys.stderr.write(f"{READERS} readers {told_so}\n")
    plan = {
        "host": host,
        "readers": READERS,
        "pause": pause,
        "seconds": given.seconds,
        "seed": given.seed,
        "kinds": kinds,
        "deeds": DEEDS,
        "judge": to_judge(kinds, given.seed + int(any(pause))),
    }
    found = load(plan)
    judging = [one for one in found["requests"] if one["kind"].startswith(("judge: ", "page "))]
    reading = [one for one in found["requests"] if not one["kind"].startswith(("judge: ", "page "))]
    deeds = Counter(one["deed"] for one in found["kept"])
    wrong = [*troubles(found["requests"]), *lost(case, found["kept"]), *found["exceptions"]]
    waited = sum(one["status"] == 202 for one in reading)
    told.lines += [
        f"{READERS} readers, {told_so}, and one who judges, for {given.seconds} s: {len(reading):,} pages "
        f"({len(reading) / found['seconds']:.0f} a second), {len(found['kept'])} judgements kept or taken "
        f"back ({', '.join(f'{number} {name}' for name, number in deeds.items())}); {waited} pages said that "
        f"something is being worked out; errors and lost judgements: {len(wrong) or 'none'}.",
        "",
        *TABLE,
        row_of("readers", reading).line,
        *(one.line for one in rows_of(judging)),
        "",
    ]
    told.misses += wrong
    if absent := [one for one in DEEDS if one not in deeds]:
        told.lines += [f"Not come to in that time: {', '.join(absent)}.", ""]
    if found["without"]:
        sys.stderr.write(f"no form: {found['without'][:5]}\n")


def section(case: Path, folder: Path, made: str, given: argparse.Namespace) -> str:
    """Measure, and tell it as a section of RESULTS.md."""
    told, memory, parts, seed = Told(), Memory(), given.parts, given.seed
    documents = 0
    if "start" in parts:
        starts = [start_of(case) for _ in range(STARTS)]
        first, page = (median(one) for one in zip(*starts, strict=True))
        told.lines += [
            f"From the start of the process to the first answer {first:.2f} s, to the register {page:.2f} s "
            f"(medians of {STARTS}; longest {max(one for one, _ in starts):.2f} and "
            f"{max(one for _, one in starts):.2f} s).",
            "",
        ]
        if max(first, page) >= WANTED_START:
            told.misses.append(f"start: {first:.2f} s to the first answer, {page:.2f} s to the register")
    with served(case, memory) as app:
        sys.stderr.write("finding addresses\n")
        gathered = Addresses(app.host, given.a_kind, seed)
        kinds = dict(gathered.gather())
        kinds.pop("/changes", None)  # of past days: the first look at one makes the case as of it
        case_told = json.loads(gathered.read("/api/case"))
        documents = case_told["counts"]["documents"]
        if "walk" in parts:
            walk(kinds, app, told)
        if "crowd" in parts:
            for pause in PAUSES:
                crowd(case, kinds, app.host, pause, told, given)
    if "crowd" in parts:
        verified = subprocess.run(command("verify", case), capture_output=True, text=True, check=False)
        told.lines += [
            f"`tidewaiter verify` afterwards: {'holds' if verified.returncode == 0 else 'DOES NOT HOLD'}.",
            "",
        ]
        if verified.returncode:
            told.misses.append(f"verify: {verified.stdout[-300:]}{verified.stderr[-300:]}")
    if "peer" in parts:
        with datasette(case, folder) as app:
            found = load({**app._asdict(), "walk": peers(kinds), "seconds": SECONDS_A_KIND})
        told.lines += [f"Datasette {version('datasette')} on the same store:", "", *TABLE]
        told.lines += [*(one.line for one in rows_of(found["requests"], found["cpu"])), ""]
    told.lines += [
        f"Peak memory: the app {memory.own:.0f} MiB; the largest process that it started for what takes long "
        f"{memory.child:.0f} MiB; all together at a time {memory.together:.0f} MiB.",
        "",
    ]
    if memory.together >= WANTED_MEBIBYTES:
        told.misses.append(f"memory: {memory.together:.0f} MiB together, the app alone {memory.own:.0f} MiB")
    wanted = (
        f"Wanted: median under {WANTED_MEDIAN} ms and p95 under {WANTED_P95} ms of every kind to one reader, "
        f"under {WANTED_MEBIBYTES} MB, the first answer in under {WANTED_START:.0f} s, no error, no lost "
        "judgement."
    )
    missed = ["Missed:", "", *(f"- {one}" for one in told.misses)] if told.misses else ["All of it holds."]
    return "\n".join(
        [
            f"## The case app: {documents:,} reports under load",
            "",
            f"{made}, {datetime.now(UTC):%Y-%m-%d}.",
            f"{machine()}, Locust {version('locust')}.",
            f"Load average at the end: {' '.join(f'{one:.1f}' for one in os.getloadavg())}.",
            "",
            *told.lines,
            wanted,
            "",
            *missed,
            "",
        ]
    )


# ------------------------------------------------------------------------------------ start


def make_case(folder: Path, number: int, seed: int) -> Path:
    """A case of made-up reports, built."""
    sys.stderr.write(f"building a case of {number:,} reports\n")
    write_reports(folder / "reports", number, seed)
    measure(command("run", folder / "reports", "--out", folder / "case", "--quiet"))
    return folder / "case"


def main() -> None:
    """Measure, print, and update RESULTS.md."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--case", type=Path, help="a built case, of which a copy is served")
    parser.add_argument("--number", type=int, default=NUMBER, help="reports of a case that is made")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--folder", type=Path, help="where cases are made; one of its own by default")
    parser.add_argument("--a-kind", type=int, default=A_KIND, help="requests of a kind, one reader")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="how long readers and writer are at it")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--screen", action="store_true", help="leave RESULTS.md as it is")
    given = parser.parse_args()
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    sys.path.insert(0, str(ROOT / "src"))
    with tempfile.TemporaryDirectory(dir=given.folder) as temporary:
        folder = Path(temporary)
        if given.case:
            case, made = folder / "case", "A copy of a case that was there"
            shutil.copytree(given.case, case, ignore=shutil.ignore_patterns("dossier.html"))
        else:
            case, made = make_case(folder, given.number, given.seed), "Made-up reports"
        told = section(case, folder, made, given)
    sys.stdout.write(told) if given.screen else tell(told)


if __name__ == "__main__":
    main()
