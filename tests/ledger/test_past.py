"""What a case held on a day that is past, by the custody record."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path

import pytest

from tidewaiter.ledger.durable import DurableStore, Held
from tidewaiter.model import Capture

BY = "me"
LATE = "T23:59:59Z"


def take(store: DurableStore, text: str, source: str, day: int, given_date: str | None = None) -> None:
    data = text.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    at = f"2021-06-{day:02d}{LATE}"
    store.take([(Capture(sha256, len(data), source, at, BY, "file", "text/plain"), data)], given_date)


def by(store: DurableStore, day: int) -> list[tuple[tuple[str, ...], str, str | None]]:
    """Sources, day of the capture and given date of what was held."""
    found = store.held_by(f"2021-06-{day:02d}")
    assert [one.capture.sha256 for one in found] == sorted(one.capture.sha256 for one in found)
    return sorted((one.sources, one.capture.captured_at[:10], one.given_date) for one in found)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One report comes on the 1st, from a second place on the 3rd, and gets a date on the 5th; another comes
    on the 2nd, is removed on the 4th, and comes back on the 6th."""
    with closing(DurableStore(tmp_path)) as store:
        take(store, "one", "one.txt", 1)
        take(store, "two", "two.txt", 2)
        take(store, "one", "again.txt", 3)
        store.withdraw("two.txt", f"2021-06-04{LATE}", BY, "not ours")
        take(store, "one", "one.txt", 5, "2021-05")
        take(store, "two", "two.txt", 6)
    return tmp_path


EXPECTED = {
    1: [(("one.txt",), "2021-06-01", None)],
    2: [(("one.txt",), "2021-06-01", None), (("two.txt",), "2021-06-02", None)],
    3: [(("again.txt", "one.txt"), "2021-06-01", None), (("two.txt",), "2021-06-02", None)],
    4: [(("again.txt", "one.txt"), "2021-06-01", None)],
    5: [(("again.txt", "one.txt"), "2021-06-01", "2021-05")],
    6: [(("again.txt", "one.txt"), "2021-06-01", "2021-05"), (("two.txt",), "2021-06-02", None)],
}


def test_each_day_has_what_was_known_by_its_end(folder: Path) -> None:
    with closing(DurableStore(folder, write=False)) as store:
        assert store.held_by("2021-05-31") == ()
        assert {day: by(store, day) for day in EXPECTED} == EXPECTED
        assert store.held_by("2021-06-30") == tuple(store.held())


def test_what_was_noted_anew_counts_by_what_it_notes(folder: Path) -> None:
    """The record loses its end and gets it back from the tables: with what these know, all in one line."""
    record = folder / "custody.jsonl"
    record.write_bytes(b"".join(record.read_bytes().splitlines(keepends=True)[:1]))
    with closing(DurableStore(folder, write=False)) as store:
        store.rebuild_from_custody("2021-07-01T00:00:00Z", BY)
        held: tuple[Held, ...] = tuple(store.held())
        assert by(store, 1)[-1][1:] == ("2021-06-01", "2021-05")  # the tables do not know when it was given
        assert len(by(store, 1)) == 1
        assert len(by(store, 2)) == 2
        assert store.held_by("2021-06-30") == held


def test_a_removal_that_was_noted_anew_counts_from_its_day(tmp_path: Path) -> None:
    with closing(DurableStore(tmp_path)) as store:
        take(store, "one", "one.txt", 1)
        take(store, "two", "two.txt", 2)
        store.withdraw("two.txt", f"2021-06-04{LATE}", BY)
    record = tmp_path / "custody.jsonl"
    record.write_bytes(b"".join(record.read_bytes().splitlines(keepends=True)[:1]))
    with closing(DurableStore(tmp_path, write=False)) as store:
        store.rebuild_from_custody("2021-07-01T00:00:00Z", BY)
        assert [len(by(store, day)) for day in (1, 2, 3, 4)] == [1, 2, 2, 1]


def test_ids_given_out_by_a_day(tmp_path: Path) -> None:
    with closing(DurableStore(tmp_path)) as store:
        store.issue("t1", [("d1", "r1")], "2021-06-01T23:59:59Z")
        store.issue("t2", [("d1", "r2")], "2021-06-02T00:00:00Z")
        assert store.issued_ids("2021-05-31") == ()
        assert store.issued_ids("2021-06-01") == ("t1",)
        assert store.issued_ids("2021-06-02") == store.issued_ids() == ("t1", "t2")
