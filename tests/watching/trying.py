"""A watched case with real folders, and a year of reports that arrive in it in any order and batches."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tidewaiter.case import Case
from tidewaiter.cli.printing import export_text
from tidewaiter.model import Change, ChangeKind
from tidewaiter.register.changes import Fact, Standing, facts_of
from tidewaiter.watching import Watch
from tidewaiter.watching.deliveries.batch import Batch
from tidewaiter.watching.store import Looked
from watching.year import Planted

AT = "2032-01-31T12:00:00Z"
LONG_AGO = 1_900_000_000
"""Seconds since 1970 of the files: before now by any clock of the tests."""
NOW = LONG_AGO + 3600.0


@dataclass
class Watched:
    """A case that watches one folder; what it told stands in ``batches``."""

    root: Path
    watch: Watch
    batches: list[Batch] = field(default_factory=list)

    @property
    def case(self) -> Path:
        return self.root / "case"

    @property
    def folder(self) -> Path:
        return self.root / "in"

    @property
    def told(self) -> list[Change]:
        """The changes that were told on the terminal, in order."""
        return [one.change for batch in self.batches for one in batch.notices]

    def settings(self, text: str) -> None:
        """Put this below the line [watch] of the settings."""
        head = (self.case / "case.toml").read_text(encoding="utf-8").partition("[watch]")[0]
        (self.case / "case.toml").write_text(f'{head}[watch]\nfolders = ["../in"]\n{text}', encoding="utf-8")

    def put(self, files: dict[str, str], age: float = 3600.0) -> None:
        """Reports in the watched folder, last changed so many seconds ago."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            os.utime(path, (NOW - age, NOW - age))

    def look(self, at: str = AT) -> Looked:
        """Look once, in a watch of its own: as when the program is started for each look."""
        with self.watch.watching(at):
            return self.watch.look(at)


def watched(root: Path) -> Watched:
    """An empty case, and the folder that it watches."""
    (root / "in").mkdir(parents=True)
    with Case.create(root / "case", AT):
        pass
    made = Watched(root, Watch(root / "case", lambda _: None, clock=lambda: NOW))
    made.watch.print_batch = made.batches.append
    made.settings("")
    return made


# ------------------------------------------------------------------------------------ a year


@dataclass(frozen=True)
class Ended:
    """What stands at the end of a year."""

    export: str
    facts: tuple[Fact, ...]
    standing: tuple[Standing, ...]
    told: tuple[Change, ...]


def batches_of(names: Sequence[str], seed: int, most: int) -> list[list[str]]:
    """The names in a random order, in batches of random size."""
    rng = Random(seed)
    order = rng.sample(list(names), len(names))
    cuts = sorted(rng.sample(range(1, len(order)), min(len(order) - 1, rng.randint(1, most) - 1)))
    return [order[start:end] for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True)]


def arrive(root: Path, reports: dict[str, str], batches: Iterable[Sequence[str]]) -> Ended:
    """Let the reports arrive batch by batch, with a look after each."""
    made = watched(root)
    for names in batches:
        made.put({name: reports[name] for name in names})
        looked = made.look()
        assert looked.troubles == ()
    return end_of(made)


def end_of(made: Watched) -> Ended:
    with Case(made.case) as case, made.watch.watching(AT):
        shown = case.view()
        published = {document.id: document.published for document in shown.documents}
        store = made.watch.store
        standing = store.standing(store.owners())
        assert store.waiting() == 0
        return Ended(
            export_text(shown, "jsonl"),
            facts_of(shown.register, published),
            tuple(standing),
            tuple(made.told),
        )


UNDOING = ("withdrawn", "origin_lost", "merged", "split")


def faults(ended: Ended) -> list[str]:
    """What is wrong: each change that holds has to be told once, what was undone as such."""
    found = []
    keys = [one.key for one in ended.told]
    if len(set(keys)) < len(keys):
        found.append("a key was told twice")
    if sorted(one.fact.key for one in ended.standing) != sorted(one.key for one in ended.facts):
        found.append("what stands is not what the register says")
    stands = {one.key for one in ended.standing}
    if len(stands) < len(ended.standing):
        found.append("two facts stand under one key")
    untold = stands - set(keys)
    splits = sum(one.kind is ChangeKind.SPLIT for one in ended.told)
    if untold and not splits:
        found.append(f"{len(untold)} facts stand and were not told")
    return found


def wrong_days(ended: Ended, planted: Iterable[Planted]) -> list[Planted]:
    """The planted questions that did not open and close once, on their days."""
    wrong = []
    for one in planted:
        days = {
            kind: [
                standing.fact.on
                for standing in ended.standing
                if standing.fact.kind is kind
                and standing.fact.value == one.kind
                and _is_about(standing.fact, one, ended)
            ]
            for kind in (ChangeKind.QUESTION_OPENED, ChangeKind.QUESTION_CLOSED)
        }
        if list(days.values()) != [[one.opens], [one.closes]]:
            wrong.append(one)
    return wrong


def _is_about(fact: Fact, planted: Planted, ended: Ended) -> bool:
    from tidewaiter.wording import name_of

    ends = f"from {name_of(planted.supplier)} to {name_of(planted.recipient)}"
    return fact.text.endswith(ends)
