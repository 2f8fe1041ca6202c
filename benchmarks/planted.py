"""Made-up reports with copies planted among them: which document was made of which is known.

Two documents in three are reports of tests/reports_made.py as they come, with the families of copies that
these have.  The others are planted, a third of them each:

* verbatim: the whole report, between another outlet's lines;
* cut: the first half of its paragraphs, between another outlet's lines;
* merged: the first half of one report and the second half of another, so that two pairs are planted.

The same number and seed give the same documents.  Sources come before their copies by date, not by place
in the file.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from reports_made import FIRST_DAY, HTML, JSON, OUTLETS, Report, generate  # noqa: E402 - found by the line above

PLANTED = 3
"""One document in so many is a planted copy."""
KINDS = ("verbatim", "cut", "merged")
DAYS = 2500
"""Over which the stories are spread, as in reports_made.NEWS."""
LATEST = 5
"""Days after its source that a copy may come out."""


class Pair(NamedTuple):
    """A planted copy and what it was made of."""

    kind: str
    copy: str
    source: str


class Planted(NamedTuple):
    """A document, and of what it was made if it was planted."""

    name: str
    published: str  # ISO day
    text: str
    pairs: tuple[Pair, ...] = ()


def documents(number: int, seed: int) -> Iterator[Planted]:
    """``number`` documents, the planted ones strewn among the others."""
    rng = Random(seed)
    # As many again as are thrown away: markup is not what is measured.
    many = round(number * 1.1 / (1 - HTML - JSON)) + 50
    plain = (one for one in generate(many, seed) if one.name.endswith(".txt"))
    reports = [_told(one, seed) for one in islice(plain, number - number // PLANTED)]
    found = [*reports, *(_planted(rng, place, reports) for place in range(number - len(reports)))]
    rng.shuffle(found)
    yield from found


def write(path: Path, number: int, seed: int) -> None:
    """The documents, one a line: what both sides are measured on."""
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in documents(number, seed))


def read(path: Path) -> Iterator[Planted]:
    """The documents of a file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            name, published, text, pairs = json.loads(line)
            yield Planted(name, published, text, tuple(Pair(*one) for one in pairs))


def _told(report: Report, seed: int) -> Planted:
    """A report as it comes, published about when its family's story became known."""
    story = Random(f"{seed} {report.family}").randrange(DAYS)
    later = Random(report.name).randrange(LATEST)
    return Planted(report.name, (FIRST_DAY + timedelta(story + later)).isoformat(), report.text)


def _planted(rng: Random, place: int, reports: list[Planted]) -> Planted:
    kind = KINDS[place % len(KINDS)]
    sources = rng.sample(reports, 2 if kind == "merged" else 1)
    first, *others = (_body(one.text) for one in sources)
    half = len(first) // 2 + len(first) % 2
    body = first if kind == "verbatim" else first[:half]
    if others:
        body = [*body, *others[0][len(others[0]) // 2 :]]
    outlet = rng.choice(OUTLETS)
    name = f"{place:05d}-{kind}.txt"
    day = max(date.fromisoformat(one.published) for one in sources) + timedelta(rng.randrange(LATEST))
    return Planted(
        name,
        day.isoformat(),
        "\n\n".join((outlet.top, *body, outlet.foot)) + "\n",
        tuple(Pair(kind, name, one.name) for one in sources),
    )


def _body(text: str) -> list[str]:
    """The paragraphs between the outlet's own lines."""
    return text.strip().split("\n\n")[1:-1]


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
