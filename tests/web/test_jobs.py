"""Work beside the desk: what it gives, how it fails, that it ends with the app."""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tidewaiter.errors import CaseError, MachineError
from tidewaiter.pipeline import Progress, Step
from tidewaiter.web import desk
from tidewaiter.web.jobs import Job, Jobs, State

from .conftest import EXAMPLES, build, served


def doubled(number: int, progress: Progress) -> int:
    for done in range(4):
        progress(Step("Doubling", done, 4))
    return number * 2


def refused(_: int, progress: Progress) -> int:
    raise CaseError("cannot be doubled", where="here", todo="Halve it.")


def broken(_: int, progress: Progress) -> int:
    raise KeyError("nothing")


def gone(_: int, progress: Progress) -> int:
    os._exit(1)


def asleep(_: int, progress: Progress) -> int:
    progress(Step("Sleeping", 1, 2))
    time.sleep(600)
    return 0


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def waited(jobs: Jobs, job: Job, seconds: float) -> None:
    """Wait for a job in a loop of its own: the browser of other tests keeps one in this thread."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        beside.submit(asyncio.run, jobs.wait(job, seconds)).result()


def over(jobs: Jobs, job: Job) -> Job:
    waited(jobs, job, 60)
    assert job.is_over
    return job


def test_what_it_gives_is_kept_and_worked_out_once(jobs: Jobs) -> None:
    job = over(jobs, jobs.start("a", "a number doubled", doubled, 4))
    assert (job.state, job.value, job.step) == (State.DONE, 8, Step("Doubling", 3, 4))
    assert jobs.start("a", "a number doubled", doubled, 5) is job
    jobs.forget("a")
    assert over(jobs, jobs.start("a", "a number doubled", doubled, 5)).value == 10


def test_what_it_raises_is_told(jobs: Jobs) -> None:
    error = over(jobs, jobs.start("a", "it", refused, 1)).error
    assert isinstance(error, CaseError)
    assert (error.what, error.where, error.todo) == ("cannot be doubled", "here", "Halve it.")
    error = over(jobs, jobs.start("b", "it", broken, 1)).error
    assert isinstance(error, MachineError)
    assert "KeyError" in error.what


def test_a_process_that_ends_by_itself_is_told(jobs: Jobs) -> None:
    job = over(jobs, jobs.start("a", "it", gone, 1))
    assert job.state is State.FAILED
    assert "ended before it was done" in str(job.error)
    assert over(jobs, jobs.start("b", "it", doubled, 1)).value == 2


def test_closing_ends_what_is_being_done_and_what_waits() -> None:
    jobs = Jobs()
    first, second = jobs.start("a", "it", asleep, 1), jobs.start("b", "it", doubled, 1)
    while first.step is None and not first.is_over:
        waited(jobs, first, 0.05)
    began = time.monotonic()
    jobs.close()
    assert time.monotonic() - began < 60
    assert first.state is State.FAILED
    assert second.state is not State.DONE


def noted(folder: str, name: str, seconds: float, progress: Progress) -> str:
    """Notes that it was begun."""
    with (Path(folder) / "begun").open("a") as file:
        file.write(f"{name}\n")
    progress(Step("Working", 0, 1))
    time.sleep(seconds if len((Path(folder) / "begun").read_text().split()) == 1 else 0)
    return name


def test_what_nobody_asked_for_gives_way_and_is_done_afterwards(jobs: Jobs, tmp_path: Path) -> None:
    folder = str(tmp_path)
    first = jobs.start("a", "it", noted, folder, "unasked", 600, gives_way=True)
    while first.step is None:
        waited(jobs, first, 0.05)
    second = jobs.start("b", "it", noted, folder, "other", 0, gives_way=True)
    asked = jobs.start("c", "it", noted, folder, "asked", 0)
    assert [over(jobs, one).value for one in (asked, first, second)] == ["asked", "unasked", "other"]
    assert (tmp_path / "begun").read_text().split() == ["unasked", "asked", "unasked", "other"]


# ------------------------------------------------------------------------------------ in the app


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[httpx.Client]:
    """An app for which three reports are many."""
    monkeypatch.setattr(desk, "AT_ONCE", 1)
    monkeypatch.setattr("tidewaiter.web.desk.PATIENCE", 0.05)
    reports = sorted(one for one in EXAMPLES.rglob("*") if one.suffix in (".txt", ".html"))[:3]
    with served(build(tmp_path / "case", *reports)) as client:
        yield client


def test_a_page_says_that_something_is_being_worked_out_and_comes_when_it_is(large: httpx.Client) -> None:
    for address in ("/?as_of=2024-02-20", "/changes?from=2023-01-01", "/health?verify=1"):
        first = large.get(address)
        assert first.status_code == 202
        assert first.headers["refresh"] == "1"
        assert "Being worked out" in first.text
        assert "<main" in first.text
        assert large.get("/actors").status_code == 200  # meanwhile
        answer = first
        while answer.status_code == 202:
            assert re.search(r"<progress [^>]*aria-label=", answer.text)
            time.sleep(0.1)
            answer = large.get(address)
        assert answer.status_code == 200
        assert "refresh" not in answer.headers
        assert large.get(address).status_code == 200  # kept


def test_what_cannot_be_worked_out_is_said(large: httpx.Client) -> None:
    assert large.get("/changes?from=nonsense").status_code == 400
    assert large.get("/changes?from=2024-02-01&until=2023-01-01").status_code == 400
