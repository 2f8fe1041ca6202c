"""The gate on copies: texts derived from 60 stories in many ways, with an independent account of each as a
trap.

``data/stories.jsonl`` holds, written by hand for the project, each story as first told, run through synonyms
(``spun``), as it comes back from a translation (``paraphrase``), and as another newsroom with sources of its
own tells the same event (``account``).  Here more copies are made of the originals: with the debris of a
page, cut, in another order, and merged into other texts (``data/clean.jsonl``).
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from floors import Gate, hash_of
from tidewaiter.capture.files import make_document, read_capture
from tidewaiter.linking import link
from tidewaiter.model import Document
from tidewaiter.register.origins import copy_groups

DATA = Path(__file__).parent / "data"
STORIES, HOSTS = DATA / "stories.jsonl", DATA / "clean.jsonl"
NOW = "2026-03-01T09:00:00Z"
SEED = 7
PAGES = (
    "Home | World | Sport\nShare this article\n{}\n\nRead more: Ten things to know today\nSubscribe",
    "Skip to content\nMenu\n{}\n\nAll rights reserved.",
    "{}\n\nRelated stories\nFollow us\nAdvertisement",
)


@dataclass(frozen=True, slots=True)
class Copied:
    """A text of the gate: which story it was made from (None for an account of its own), and how."""

    name: str
    text: str
    story: str | None
    kind: str


def texts() -> Iterator[Copied]:
    """All of them, always the same."""
    chance = random.Random(SEED)
    hosts = [json.loads(line)["text"] for line in HOSTS.read_text(encoding="utf-8").splitlines()]
    for number, line in enumerate(STORIES.read_text(encoding="utf-8").splitlines()):
        story = json.loads(line)
        title, *body = story["original"].split("\n\n")
        made = {
            "original": story["original"],
            "spun": story["spun"],
            "paraphrase": story["paraphrase"],
            "debris": PAGES[number % len(PAGES)].format(story["original"]),
            "cut": "\n\n".join(body[: max(2, len(body) // 2)]),
            "reordered": "\n\n".join([title, *chance.sample(body, len(body))]),
        }
        if number % 2 == 0 and number // 2 < len(hosts):
            made["merged"] = _merged(hosts[number // 2], body[:3])
        for kind, text in made.items():
            yield Copied(f"{story['id']}-{kind}", text, story["id"], kind)
        if number % 6 == 0:
            yield Copied(f"{story['id']}-end", "\n\n".join(body[len(body) // 2 :]), story["id"], "cut")
        yield Copied(f"{story['id']}-account", story["account"], None, "account")


def _merged(host: str, passage: list[str]) -> str:
    sentences = re.split(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])", host)
    middle = len(sentences) // 2
    return "\n\n".join([" ".join(sentences[:middle]), *passage, " ".join(sentences[middle:])])


@dataclass
class Pairs:
    """Pairs of texts in one group of copies: found, missed, wrong, by the kinds of the two."""

    hit: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def differences(self) -> list[str]:
        return [*(f"linked: {one}" for one in self.wrong), *(f"not linked: {one}" for one in self.lost)]

    def figures(self) -> dict[str, float]:
        hits = self.hit["all"]
        found = {
            "precision": hits / ((hits + len(self.wrong)) or 1),
            "recall": hits / ((hits + self.missed["all"]) or 1),
        }
        kinds = sorted({*self.hit, *self.missed} - {"all"})
        return found | {
            f"recall, {kind}": self.hit[kind] / (self.hit[kind] + self.missed[kind]) for kind in kinds
        }

    def counted(self) -> dict[str, str]:
        return {
            "precision": f"{self.hit['all']} pairs, {len(self.wrong)} wrong",
            "recall": f"{self.missed['all']} missed",
        }


@cache
def measured() -> Pairs:
    """The texts taken in and linked as one case."""
    found, of = Pairs(), {}
    with TemporaryDirectory() as folder:
        for one in texts():
            of[_document(Path(folder), one).id] = one
        documents = [_document(Path(folder), one) for one in of.values()]
    groups = copy_groups(sorted(of), link(documents, {}).copies)
    group_of = {name: number for number, group in enumerate(groups) for name in group}
    for (first, a), (second, b) in combinations(sorted(of.items(), key=lambda one: one[1].name), 2):
        is_one, is_linked = a.story is not None and a.story == b.story, group_of[first] == group_of[second]
        if is_one:
            for kind in {"all", a.kind, b.kind}:
                (found.hit if is_linked else found.missed)[kind] += 1
            if not is_linked:
                found.lost.append(f"{a.name}, {b.name}")
        elif is_linked:
            found.wrong.append(f"{a.name}, {b.name}")
    return found


def _document(folder: Path, one: Copied) -> Document:
    path = folder / f"{one.name}.txt"
    path.write_text(one.text + "\n", encoding="utf-8")
    record, data = read_capture(path, path.name, NOW, "analyst")
    return make_document(record, data, path.name)


def copies_gate() -> Gate:
    """The gate on copies."""
    return Gate(
        "copies", DATA / "floors_copies.json", lambda: hash_of((STORIES, HOSTS, Path(__file__))), measured
    )
