"""What was handed over, from the answer to the browser until it is in custody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tidewaiter.case import Case, account
from tidewaiter.errors import CaseError
from tidewaiter.ledger.custody import CAPTURED
from tidewaiter.pipeline import Handed, label_of
from tidewaiter.web.adding import arrivals as module
from tidewaiter.web.adding.arrivals import Arrival, Arrivals, Outcome, State
from tidewaiter.web.adding.queue import Progress
from tidewaiter.web.adding.working import take_in

from .conftest import AT


def arrival(name: str, data: bytes, refused: str = "") -> Arrival:
    return Arrival(label_of(name), "upload", len(data), name, data, refused)


def silent(*_: object) -> None:
    return


def test_what_is_kept_is_as_it_came(tmp_path: Path) -> None:
    store = Arrivals(tmp_path)
    assert store.job("x") is None
    assert store.last(3) == []
    assert store.unfinished() == []
    assert not store.path.exists()
    name = store.keep([arrival("a\x00\ud800", b"\x00\xff"), arrival("b", b"", "empty")], AT, "me", "2021")
    job = store.job(name)
    assert job is not None
    assert (job.at, job.by, job.given_date, job.state) == (AT, "me", "2021", State.WAITS)
    assert [one.state for one in job.reports] == [State.WAITS, State.DONE]
    ((given,),) = store.batches(job)
    assert given[1].data == b"\x00\xff"
    assert store.unfinished() == [name]
    store.end(name, State.DONE, Outcome())
    assert store.unfinished() == []


def test_a_try_that_ended_before_it_could_say_so_was_the_first(tmp_path: Path) -> None:
    """Killed between custody and the note of it: what the next try finds there is the job's own."""
    store = Arrivals(tmp_path / "case")
    with Case.create(tmp_path / "case", AT) as case:
        case.take_in([Handed("known.txt", b"known", "upload")], "2020-01-01T00:00:00Z")
        name = store.keep(
            [arrival(one, one[:5].encode()) for one in ("known.txt", "fresh.txt", "fresh")], AT, None, None
        )
        job = store.job(name)
        assert job is not None
        for batch in store.batches(job):
            case.take_in([Handed(one.name, one.data, one.method) for _, one in batch], job.at)
        begun = store.job(name)
        assert begun is not None
        assert {one.state for one in begun.reports} == {State.BEGUN}
        take_in(case, begun, store, silent)
    done = store.job(name)
    assert done is not None
    assert [one.fate.action for one in done.reports] == ["", CAPTURED, ""]
    assert done.reports[0].fate.known == (
        "upload/known.txt",
        "2020-01-01T00:00:00Z",
        account(),
    )


def test_too_much_that_waits_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 10)
    store = Arrivals(tmp_path)
    store.keep([arrival("a", b"12345678")], AT, None, None)
    with pytest.raises(CaseError, match="wait to be taken in"):
        store.keep([arrival("b", b"123")], AT, None, None)


def test_jobs_that_are_done_are_forgotten_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT_JOBS", 2)
    store = Arrivals(tmp_path)
    first = store.keep([arrival("waits", b"1")], AT, None, None)
    names = []
    for _ in range(4):
        names.append(store.keep([arrival("a", b"1")], AT, None, None))
        store.end(names[-1], State.DONE, Outcome())
    assert store.job(names[0]) is None
    assert store.job(names[-1]) is not None
    assert store.unfinished() == [first]


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress(before=0), "Waiting for its turn, after 0 others"),
        (Progress(before=1), "Waiting for its turn, after 1 other"),
        (Progress(), "Starting"),
        (Progress(said="Waiting for process 1"), "Waiting for process 1"),
        (Progress(stage="Reading", done=2, total=12), "Reading 3 of 12, about 50 s left"),
        (Progress(stage="Reading", done=12, total=12), "Reading 12 of 12"),
        (Progress(stage="Reading", done=2, total=12, said="Waiting for it"), "Waiting for it"),
        (Progress(stage="Linking", done=0, total=1), "Linking, 10 s so far"),
    ],
)
def test_how_far_a_job_is_in_words(progress: Progress, words: str) -> None:
    assert progress.words(10.0) == words
