"""What analysts decided is kept as what was captured is: in a chained record, with tables made of it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tidewaiter.errors import CaseError, UnknownIdError
from tidewaiter.ledger.durable import DurableStore
from tidewaiter.model import Judgement

from .sample import JUDGEMENT

OTHER = replace(JUDGEMENT, why="a brass band is no howitzer \udcff", at="2021-05-13T00:00:00Z")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(DurableStore(tmp_path)) as store:
        first = store.judgements.make(JUDGEMENT)
        store.judgements.make(OTHER)
        assert store.judgements.withdraw(first.id, "2021-05-14T00:00:00Z", "B. Analyst", "looked again")
    return tmp_path


def kept(folder: Path) -> tuple[Judgement, ...]:
    with closing(DurableStore(folder)) as store:
        assert [one for one in store.disagreements() if one.grave] == []
        return store.judgements.all()


def test_each_is_kept_with_who_when_why_and_that_it_was_withdrawn(folder: Path) -> None:
    first, second = kept(folder)
    assert replace(first, id="", withdrawn_at=None, withdrawn_by=None, withdrawn_why=None) == JUDGEMENT
    assert (first.withdrawn_at, first.withdrawn_by, first.withdrawn_why) == (
        "2021-05-14T00:00:00Z",
        "B. Analyst",
        "looked again",
    )
    assert second.why == "a brass band is no howitzer ?"
    assert second.withdrawn_at is None
    assert first.id.startswith("j")
    assert first.id != second.id


def test_the_same_once_more_is_the_same_judgement(folder: Path) -> None:
    before = (folder / "judgements.jsonl").read_bytes()
    with closing(DurableStore(folder)) as store:
        again = store.judgements.make(JUDGEMENT)
        assert not store.judgements.withdraw(again.id, "2021-05-15T00:00:00Z", "C. Analyst")
        with pytest.raises(UnknownIdError):
            store.judgements.withdraw("j0000000000", "2021-05-15T00:00:00Z", "C. Analyst")
    assert (folder / "judgements.jsonl").read_bytes() == before


def test_tables_are_made_again_from_the_record(folder: Path) -> None:
    before = kept(folder)
    (folder / "durable.sqlite").unlink()
    assert kept(folder) == before


def test_a_table_that_was_changed_shows(folder: Path) -> None:
    with closing(DurableStore(folder)) as store:
        store._db.execute("UPDATE judgement SET withdrawn_at = NULL")
        assert any("withdrawn_at" in one.what for one in store.disagreements() if one.grave)


def test_a_record_that_was_changed_is_refused_and_can_be_accepted(folder: Path) -> None:
    before = kept(folder)
    record = folder / "judgements.jsonl"
    lines = record.read_bytes().splitlines(keepends=True)
    record.write_bytes(b"".join(lines[:1]))
    with pytest.raises(CaseError, match="ends after line 1"):
        DurableStore(folder)
    with closing(DurableStore(folder, write=False)) as store:
        assert any(one.grave for one in store.disagreements())
        store.rebuild_from_custody("2021-06-01T00:00:00Z", "me")
        assert [one for one in store.disagreements() if one.grave] == []
    assert kept(folder) == before  # what only the tables knew was noted again


def test_a_line_of_a_later_version_is_refused(folder: Path) -> None:
    with closing(DurableStore(folder)) as store:
        store.decided.append({"action": "blessed", "id": "j1", "at": "", "by": ""})
    with pytest.raises(CaseError, match="does not know"):
        DurableStore(folder)
