"""A simulated year: in whatever order and batches its reports arrive, each change is told once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from read_once import read_once
from tidewaiter.model import ChangeKind
from watching.trying import Ended, arrive, batches_of, faults, wrong_days
from watching.year import Year, make_year

pytestmark = pytest.mark.xdist_group("year")  # what all of it looks at is made once

NUMBER, DEALS = 36, 3
"""Of the year that is tried each time; benchmarks/watching.py tries 300 reports in a hundred orders."""


@pytest.fixture(scope="module", autouse=True)
def _each_text_is_read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        read_once(patch)
        yield


@pytest.fixture(scope="module")
def year() -> Year:
    return make_year(NUMBER, seed=3, deals=DEALS, copies=2)


@pytest.fixture(scope="module")
def at_once(year: Year, tmp_path_factory: pytest.TempPathFactory) -> Ended:
    return arrive(tmp_path_factory.mktemp("once"), year.reports, [sorted(year.reports)])


def test_planted_questions_open_and_close_on_their_days(year: Year, at_once: Ended) -> None:
    assert faults(at_once) == []
    assert wrong_days(at_once, year.planted) == []


@pytest.mark.parametrize("seed", range(2))
def test_any_order_and_batches(year: Year, at_once: Ended, tmp_path: Path, seed: int) -> None:
    ended = arrive(tmp_path, year.reports, batches_of(sorted(year.reports), seed, 8))
    assert faults(ended) == []
    assert wrong_days(ended, year.planted) == []
    assert ended.export.replace(str(tmp_path), "") == without_root(at_once)
    assert {one.fact.key for one in ended.standing} == {one.fact.key for one in at_once.standing}


def without_root(ended: Ended) -> str:
    """The export without the folder in which it was made."""
    first = ended.export.partition('"source": "')[2].partition("/in/")[0]
    return ended.export.replace(first, "")


def test_in_order_of_time_each_question_is_told_on_its_day(year: Year, tmp_path: Path) -> None:
    days: dict[str, list[str]] = {}
    for name, text in year.reports.items():
        days.setdefault(day_in(text), []).append(name)
    ended = arrive(tmp_path, year.reports, [days[day] for day in sorted(days)])
    assert faults(ended) == []
    for one in year.planted:
        told = [
            (change.kind, change.on)
            for change in ended.told
            if change.kind in (ChangeKind.QUESTION_OPENED, ChangeKind.QUESTION_CLOSED)
            and one.kind in (change.before, change.after)
            and {one.opens, one.closes} & {change.on}
        ]
        assert (ChangeKind.QUESTION_OPENED, one.opens) in told
        assert (ChangeKind.QUESTION_CLOSED, one.closes) in told


def day_in(text: str) -> str:
    """The day on which a report is published, by the line that says so; fillers first."""
    from datetime import datetime

    for line in text.splitlines()[:6]:
        try:
            return datetime.strptime(line.strip(), "%B %d, %Y").date().isoformat()
        except ValueError:
            continue
    return ""
