"""A year of reports, made up: deals of which it is known on which day each question about them opens and
closes, told again by others, strewn among reports on other things.

Nothing in them ever happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from reports_made import NEWS, OUTLETS, State, generate, states

FIRST_DAY = date(2031, 1, 6)
DEALS = 10
GOODS = ("howitzers", "patrol boats", "assault rifles", "attack drones", "helicopters")
FILLER = replace(NEWS, short=True, days=330, undated=0.0, yearless=0.0, pairs=60)


@dataclass(frozen=True, slots=True)
class Planted:
    """A question, and the days on which the reports that open and close it are published."""

    kind: str
    supplier: str
    recipient: str
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Year:
    """The reports by name, and what is planted in them."""

    reports: dict[str, str]
    planted: tuple[Planted, ...]

    def write(self, folder: Path) -> list[Path]:
        """The reports as files."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.reports.items():
            (folder / name).write_text(text, encoding="utf-8")
        return sorted(folder.iterdir())


def make_year(number: int, seed: int = 1, deals: int = DEALS, copies: int = 4) -> Year:
    """``number`` reports at least; two questions are planted in each deal, whose reports are told up to
    ``copies`` times."""
    rng = Random(seed)
    known = [one for one in states() if " " not in one.name]
    chosen = rng.sample(known, 3 * deals)
    reports: dict[str, str] = {}
    planted: list[Planted] = []
    for place in range(deals):
        supplier, recipient, accuser = chosen[3 * place : 3 * place + 3]
        days = _days(rng)
        planted += [
            Planted("receipt", supplier.code, recipient.code, _iso(days[0]), _iso(days[3])),
            Planted("denial_unanswered", supplier.code, recipient.code, _iso(days[1]), _iso(days[2])),
        ]
        goods, figure = GOODS[place % len(GOODS)], 12 + 2 * place
        told = _tellings(supplier, recipient, accuser, goods, figure, days)
        for step, (day, head, text) in enumerate(told):
            for copy in range(1 + rng.randrange(copies)):
                outlet = rng.choice(OUTLETS).name
                when = day + timedelta(days=copy)
                name = f"{place:02d}-{step}-{copy}.txt"
                reports[name] = f"{head}\n\n{outlet}\n{when:%B} {when.day}, {when.year}\n\n{text}\n"
    taken = [{one.name for one in chosen[3 * place : 3 * place + 2]} for place in range(deals)]
    for report in _filler(number - len(reports), seed, taken):
        reports[f"other-{len(reports):03d}-{report[0]}"] = report[1]
    return Year(reports, tuple(planted))


def _iso(day: date) -> str:
    return day.isoformat()


def _days(rng: Random) -> list[date]:
    """Of accusation, denial, answer and receipt; far enough apart for all copies of each."""
    days = [FIRST_DAY + timedelta(days=rng.randrange(200))]
    for _ in range(3):
        days.append(days[-1] + timedelta(days=8 + rng.randrange(20)))
    return days


def _tellings(
    supplier: State, recipient: State, accuser: State, goods: str, figure: int, days: Sequence[date]
) -> Iterator[tuple[date, str, str]]:
    """Accusation, denial, answer and receipt: day, headline and text of each."""
    s, r, a, many = supplier, recipient, accuser, f"{figure} {goods}"
    for day, (head, text, aside) in zip(
        days,
        (
            (
                f"{s.name} ships {goods} to {r.name}, {a.name} says",
                f"{s.name} has shipped {many} to {r.name}, the {a.demonym} foreign ministry said on "
                "{weekday}. The cargo left the harbour at night, the ministry said.",
                "The ministry showed no pictures.",
            ),
            (
                f"{s.name} rejects report on {goods}",
                f"{s.name} denied on {{weekday}} that it had shipped {goods} to {r.name}. The {s.demonym} "
                "defence ministry called the charge an invention.",
                "The harbour was quiet that day.",
            ),
            (
                f"{a.name} stands by its word on {goods}",
                f"The {a.demonym} foreign ministry said again on {{weekday}} that {s.name} had shipped "
                f"{many} to {r.name}. It named a harbour and a ship.",
                "The apples were dear that week.",
            ),
            (
                f"{r.name} has the {goods}",
                f"{r.name} has received {many} from {s.name}, the {r.demonym} defence ministry said on "
                "{weekday}.",
                "The ferry was late because of the ice.",
            ),
        ),
        strict=True,
    ):
        weekday = f"{day - timedelta(days=1):%A}"
        yield day, head, f"{text.format(weekday=weekday)}\n\n{aside}"


def _filler(number: int, seed: int, taken: Sequence[set[str]]) -> Iterator[tuple[str, str]]:
    """Reports that do not name both parties of a planted deal."""
    found = 0
    for report in generate(3 * max(number, 0) + 30, seed, FILLER):
        if found >= number:
            return
        if not any(all(name in report.text for name in pair) for pair in taken):
            found += 1
            yield report.name, report.text
