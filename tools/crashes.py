"""Kill the program hundreds of times, and say whether every case came out as if nobody had.

    python tools/crashes.py --times 200 --seed 1
    python tools/crashes.py --times 20 --seed 2 --jobs 2

Over a case of generated reports, ``add``, ``build`` and ``run`` are ended with SIGKILL at random moments,
half of them shortly after a stage begins; in a quarter of the trials several times in a row.  The next run
must complete, ``tidewaiter verify`` must hold, the exports must equal those of an undisturbed case.  The
same seed chooses the same moments; where they hit depends on the machine.  How it is done stands in
tests/crashes/killing.py.

What was left of a failed trial stays: ``NUMBER-left`` is the case as the kill left it, ``NUMBER`` what
became of it.  Exit status: 0 all came out well, 1 one or more did not.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from crashes.killing import BEFORE, STAGES, Bench, Kill, Trial, attempt, prepare

COMMANDS = ("add", "build", "build", "run")
"""One after the other: `build` twice, since most happens there."""
IN_A_ROW = 0.25
"""Share of trials with several kills before the case is completed."""
MOST_IN_A_ROW = 5
MISSES = 3
"""Trials for each kill that is wanted, at most: some runs end before their moment."""


def say(text: str) -> None:
    """A line on the screen, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def trials(bench: Bench, times: int, seed: int) -> list[Trial]:
    """As many as are needed for ``times`` kills that hit."""
    rng = Random(seed)
    done: list[Trial] = []
    hits, start = 0, time.monotonic()
    while hits < times and len(done) < MISSES * times:
        number = len(done)
        kills = rng.randint(2, MOST_IN_A_ROW) if rng.random() < IN_A_ROW else 1
        command = COMMANDS[number % len(COMMANDS)]
        trial = attempt(bench, number, Random(rng.random()), command, min(kills, times - hits))
        done.append(trial)
        hits += len(trial.kills)
        spent = time.monotonic() - start
        left = f", about {spent / hits * (times - hits) / 60:.0f} min left" if hits else ""
        where = ", ".join(kill.stage for kill in trial.kills) or "ended before its moment"
        say(f"{hits:4} of {times}: {command} killed in: {where}{left}")
        if trial.fault:
            say(f"     trial {number} FAILED: {trial.fault}\n     kept in {bench.folder}")
    return done


def table(kills: Sequence[Kill]) -> str:
    """How many kills hit each stage of each command."""
    stages = (BEFORE, *STAGES)
    hit = Counter((kill.command, kill.stage) for kill in kills)
    lines = [f"{'killed in':<12}" + "".join(f"{command:>8}" for command in ("add", "build", "run"))]
    lines += [
        f"{stage:<12}" + "".join(f"{hit[command, stage] or '':>8}" for command in ("add", "build", "run"))
        for stage in stages
    ]
    again = sum(kill.left_by_kill for kill in kills)
    part = sum(kill.command != "build" and kill.taken_in > 0 for kill in kills)
    lines.append(f"{again} in a case that a kill had left before; {part} with something taken in already")
    return "\n".join(lines)


def main() -> int:
    """What the module's first lines say."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--times", type=int, default=200, help="kills that hit (default: 200)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reports", type=int, default=100, help="reports in the case (default: 100)")
    parser.add_argument("--jobs", type=int, default=1, help="processes that read, in `build` and `run`")
    parser.add_argument("--out", type=Path, help="an empty folder to work in; a temporary one by default")
    given = parser.parse_args()
    folder = given.out or Path(tempfile.mkdtemp(prefix="crashes-"))
    start = time.monotonic()
    bench = prepare(folder, given.reports, given.seed, given.jobs)
    took = ", ".join(f"{command} {seconds:.1f} s" for command, seconds in bench.seconds.items())
    say(f"{given.reports} reports in {folder}; undisturbed: {took}")
    if not bench.verifies:
        say("this version has no `verify`: exports are compared only")
    done = trials(bench, given.times, given.seed)
    kills = [kill for trial in done for kill in trial.kills]
    failed = [trial for trial in done if trial.fault]
    say("")
    say(table(kills))
    say(f"{len(kills)} kills in {len(done)} cases in {(time.monotonic() - start) / 60:.1f} min:")
    say(f"{len(failed)} failed{': see ' + str(folder) if failed else ''}")
    return 1 if failed or len(kills) < given.times else 0


if __name__ == "__main__":
    sys.exit(main())
