"""What all benchmarks share: processes measured from outside, the peer, the machine, the results' file."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RESULTS = HERE / "RESULTS.md"
TIDEWAITER = Path(sysconfig.get_path("scripts")) / "tidewaiter"

Command = Sequence[str | Path]

LOOK_EVERY = 0.25
"""Seconds between two looks at the memory of a process and its children."""


# ------------------------------------------------------------------------------------ processes


@dataclass(frozen=True, slots=True)
class Measured:
    """A process that ended."""

    wall: float  # seconds from start to end
    cpu: float  # seconds of all its processes, in the program and in the system for it
    largest: float  # MiB: most that one of its processes held in memory (ru_maxrss)
    together: float  # MiB: most that all of them held at a time, shared pages counted once (PSS, sampled)
    others: float  # share of all cores that other processes used meanwhile, 0..1
    stolen: float  # share of all cores that the host gave to other machines meanwhile, 0..1
    load: float  # load average of the last minute, at the end
    printed: str

    def data(self) -> dict[str, Any]:
        """For a file of figures."""
        kept = asdict(self)
        del kept["printed"]
        return kept


def measure(command: Command) -> Measured:
    """Run a process and say what it took.  Exits when it fails; status 1 of the program says only that some
    of the files could not be read."""
    before, start = _ticks(), time.perf_counter()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=out, stderr=errors)
        with _memory_of(process.pid) as memory:
            _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        code = process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), errors.seek(0)
        printed, complaint = out.read().decode("utf-8", "replace"), errors.read().decode("utf-8", "replace")
    if code != 0 and (code, command[0]) != (1, TIDEWAITER):
        sys.exit(f"{' '.join(map(str, command))}\nended with {code}\n{complaint}")
    cpu = used.ru_utime + used.ru_stime
    busy, stolen, capacity = (now - then for now, then in zip(_ticks(), before, strict=True))
    return Measured(
        wall=wall,
        cpu=cpu,
        largest=used.ru_maxrss / 1024,
        together=max([*memory, used.ru_maxrss / 1024]),
        others=max(0.0, (busy - cpu) / capacity) if capacity else 0.0,
        stolen=stolen / capacity if capacity else 0.0,
        load=os.getloadavg()[0],
        printed=printed,
    )


def _ticks() -> tuple[float, float, float]:
    """Seconds since the start of the machine, over all cores: in use, stolen, and in all."""
    try:
        fields = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:]
    except OSError:
        return 0.0, 0.0, 0.0
    a_second = os.sysconf("SC_CLK_TCK")
    user, nice, system, idle, waiting, irq, softirq, stolen = (int(one) / a_second for one in fields[:8])
    busy = user + nice + system + irq + softirq
    return busy, stolen, busy + stolen + idle + waiting


@contextmanager
def _memory_of(pid: int) -> Any:
    """A list that grows by the MiB that a process and its descendants hold together, as time goes on.
    Only where there are several of them: for one process the system's own figure is exact."""
    seen: list[float] = []
    is_over = threading.Event()

    def look() -> None:
        while not is_over.wait(LOOK_EVERY):
            family = descendants(pid)
            if len(family) > 1:
                seen.append(sum(map(held, family)))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield seen
    finally:
        is_over.set()
        thread.join()


def descendants(pid: int) -> list[int]:
    """A process and all that come from it."""
    found = [pid]
    for one in found:  # grows while it is gone through
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, children.read_text(encoding="ascii").split())
            except OSError:
                continue
    return found


def held(pid: int) -> float:
    """MiB of memory that a process holds, shared pages as its share of them."""
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text("ascii"), re.M)
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def peak(pid: int) -> float:
    """MiB that a process held at most so far, shared pages counted whole; 0 where it has ended."""
    try:
        found = re.search(r"^VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text("ascii", "replace"), re.M)
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def wall(command: Command) -> tuple[float, str]:
    """Seconds from start to end of a process, and what it printed."""
    done = measure(command)
    return done.wall, done.printed


# ------------------------------------------------------------------------------------ the peer


def texts_of(case: Path) -> list[str]:
    """The cleaned texts that a case holds, in order of document ids."""
    from tidewaiter.ledger.derived import DerivedStore

    store = DerivedStore(case)
    texts = {one.id: one.text for one in store.documents()}
    store.close()
    return [texts[name] for name in sorted(texts)]


def write_texts(texts: Iterable[str], path: Path) -> None:
    """One text a line, as JSON."""
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(text) + "\n" for text in texts)


def spacy_alone(model: str, texts_file: Path) -> None:
    """The peer, in its own process: prints the seconds to load the model and to parse."""
    with texts_file.open(encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    start = time.perf_counter()
    import spacy

    nlp = spacy.load(model)
    loaded = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    sys.stdout.write(json.dumps([loaded - start, time.perf_counter() - loaded]))


def peer(texts_file: Path) -> Command:
    """The command that runs ``spacy_alone`` in a process of its own."""
    from tidewaiter.reading.parse import MODEL

    return [sys.executable, __file__, MODEL, texts_file]


# ------------------------------------------------------------------------------------ telling


def machine() -> str:
    """What the figures depend on beside the code, in two lines."""
    from tidewaiter.reading.parse import MODEL

    gibibytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{processor()}, {os.cpu_count()} cores, {gibibytes:.0f} GiB of memory;\n"
        f"Python {platform.python_version()}, spaCy {version('spacy')}, {MODEL} {version(MODEL)}"
    )


def processor() -> str:
    """The processor's name, as Linux tells it, else as Python does."""
    try:
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()


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


def tell(section: str) -> None:
    """Put a section into RESULTS.md and show it."""
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n"
    RESULTS.write_text(put_section(before, section), encoding="utf-8")
    sys.stdout.write(section)


if __name__ == "__main__":  # the peer, started by `peer`
    spacy_alone(sys.argv[1], Path(sys.argv[2]))
