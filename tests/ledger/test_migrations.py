"""Durable stores of every version that was released open, and say what they said."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tidewaiter.errors import CaseError
from tidewaiter.ledger.database import open_database
from tidewaiter.ledger.durable import DurableStore
from tidewaiter.ledger.tables import MIGRATIONS

from .sample import JUDGEMENT

VERSION_1 = Path(__file__).parent / "version_1"
"""Written by version 1: ``custody.jsonl`` as it was (with a line torn by a crash), and the tables as
``sqlite3.Connection.iterdump`` gives them.  Before the tables change again, ``keep`` writes such a
folder of a case of the version before."""

BYTES = (
    b"Ruritania is said to have shipped mortars.",
    b"Freedonia denies it.",
    b"Nobody saw a ship.",
)

HELD = [
    # sources, date given, first captured at, media type
    (("d.txt",), None, "2021-05-09T00:00:00Z", "text/plain"),
    (("a.html", "b.txt"), "2021-05-04", "2021-05-05T00:00:00Z", "text/html"),
    (("c.txt",), "2021-05-05", "2021-05-06T00:00:00Z", "text/plain"),
]


@pytest.fixture
def version_1(tmp_path: Path) -> Path:
    """A case folder as version 1 left it."""
    folder = tmp_path / "case"
    folder.mkdir()
    shutil.copy(VERSION_1 / "custody.jsonl", folder)
    with closing(sqlite3.connect(folder / "durable.sqlite")) as db:
        db.executescript("PRAGMA journal_mode = WAL; " + (VERSION_1 / "durable.sql").read_text())
    return folder


def keep(case: Path, target: Path) -> None:
    """Write the records and tables of a case as text, as they stand in ``version_1``."""
    target.mkdir()
    for record in sorted(case.glob("*.jsonl")):
        shutil.copy(record, target)
    tables = [*dump(case), f"PRAGMA user_version = {version(case)};", ""]
    (target / "durable.sql").write_text("\n".join(tables))


def test_what_was_kept_of_version_1_is_all_there(version_1: Path, tmp_path: Path) -> None:
    keep(version_1, tmp_path / "kept")
    for path in VERSION_1.iterdir():
        assert (tmp_path / "kept" / path.name).read_bytes() == path.read_bytes()


def said(store: DurableStore) -> list[tuple[tuple[str, ...], str | None, str, str]]:
    return [
        (one.sources, one.given_date, one.capture.captured_at, one.capture.media_type) for one in store.held()
    ]


def version(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "durable.sqlite")) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def dump(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "durable.sqlite")) as db:
        return list(db.iterdump())


def test_a_store_of_version_1_gives_the_same_captures(version_1: Path) -> None:
    record = (version_1 / "custody.jsonl").read_bytes()
    with closing(DurableStore(version_1)) as store:
        for data in BYTES:
            store.bytes.keep(data)
        assert said(store) == HELD
        assert store.notices == ()
        assert store.issued("t0000000001") == (("d1", "r1"), ("d2", "r2"))
        assert store.disagreements() == []
        assert [fault.grave for fault in store.custody.faults()] == [False]
        assert (version_1 / "custody.jsonl").read_bytes() == record
        store.withdraw("d.txt", "2021-06-01T00:00:00Z", "me")
        assert said(store) == HELD[1:]
    assert version(version_1) == len(MIGRATIONS)


def test_ids_given_out_by_version_1_get_their_lines(version_1: Path) -> None:
    DurableStore(version_1).close()
    (version_1 / "durable.sqlite").unlink()
    with closing(DurableStore(version_1)) as store:
        assert store.issued("t0000000001") == (("d1", "r1"), ("d2", "r2"))
        assert store.issued("t0000000002") == (("d3", "r3"),)
        assert said(store) == HELD


def test_a_reader_changes_nothing_in_it(version_1: Path) -> None:
    before = dump(version_1)
    with closing(DurableStore(version_1, write=False)) as reader:
        assert [sources for sources, *_ in said(reader)] == [sources for sources, *_ in HELD]
        assert reader.disagreements() != []  # the types of files, which version 1 noted once a capture
    assert version(version_1) == 1
    assert dump(version_1) == before


def test_a_step_that_fails_leaves_the_version_before_whole(version_1: Path) -> None:
    before = dump(version_1)
    for count in range(len(MIGRATIONS[1]) + 1):
        failing = (*MIGRATIONS[1][:count], "CREATE TABLE capture (x)")
        with pytest.raises(CaseError, match="already exists"):
            open_database(version_1 / "durable.sqlite", (MIGRATIONS[0], failing))
        assert version(version_1) == 1
        assert dump(version_1) == before
    with closing(DurableStore(version_1)) as store:
        assert said(store) == HELD


def test_a_record_of_version_1_that_lost_a_line_is_refused(version_1: Path) -> None:
    record = version_1 / "custody.jsonl"
    lines = record.read_bytes().splitlines(keepends=True)
    record.write_bytes(b"".join(lines[:3]))
    with pytest.raises(CaseError, match="ends after line 3"):
        DurableStore(version_1)
    record.write_bytes(b"".join(lines))
    with closing(DurableStore(version_1)) as store:
        assert said(store) == HELD


# ------------------------------------------------------------------------------------ version 2

VERSION_2 = Path(__file__).parent / "version_2"
"""Written by version 2: both records, and the tables made of them."""


@pytest.fixture
def version_2(tmp_path: Path) -> Path:
    """A case folder as version 2 left it."""
    folder = tmp_path / "case"
    folder.mkdir()
    for record in VERSION_2.glob("*.jsonl"):
        shutil.copy(record, folder)
    with closing(sqlite3.connect(folder / "durable.sqlite")) as db:
        db.executescript("PRAGMA journal_mode = WAL; " + (VERSION_2 / "durable.sql").read_text())
    return folder


def test_what_was_kept_of_version_2_is_all_there(version_2: Path, tmp_path: Path) -> None:
    keep(version_2, tmp_path / "kept")
    for path in VERSION_2.iterdir():
        assert (tmp_path / "kept" / path.name).read_bytes() == path.read_bytes()


def test_a_store_of_version_2_says_the_same_and_takes_judgements(version_2: Path) -> None:
    records = {path.name: path.read_bytes() for path in version_2.glob("*.jsonl")}
    with closing(DurableStore(version_2)) as store:
        for data in BYTES:
            store.bytes.keep(data)
        assert said(store) == HELD[1:]
        assert store.issued("t0000000003") == (("d4", "r4"),)
        assert store.judgements.all() == ()
        made = store.judgements.make(JUDGEMENT)
        assert store.disagreements() == []
        assert store.judgements.all() == (made,)
    assert version(version_2) == len(MIGRATIONS)
    assert {
        path.name: path.read_bytes() for path in version_2.glob("*.jsonl") if path.name in records
    } == records


def test_a_reader_changes_nothing_in_a_store_of_version_2(version_2: Path) -> None:
    before = dump(version_2)
    with closing(DurableStore(version_2, write=False)) as reader:
        assert said(reader) == HELD[1:]
        assert reader.judgements.all() == ()
        assert reader.disagreements() == []
    assert version(version_2) == 2
    assert dump(version_2) == before


def test_a_step_to_version_3_that_fails_leaves_version_2_whole(version_2: Path) -> None:
    before = dump(version_2)
    for count in range(len(MIGRATIONS[2]) + 1):
        failing = (*MIGRATIONS[2][:count], "CREATE TABLE capture (x)")
        with pytest.raises(CaseError, match="already exists"):
            open_database(version_2 / "durable.sqlite", (*MIGRATIONS[:2], failing))
        assert version(version_2) == 2
        assert dump(version_2) == before
