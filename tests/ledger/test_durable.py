"""The durable store: nothing that was kept is lost, and the records say what is in it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.errors import CaseError
from tidewaiter.ledger.captures import CaptureStore
from tidewaiter.ledger.custody import FIRST, CustodyRecord
from tidewaiter.ledger.durable import DurableStore
from tidewaiter.model import Capture


def a_capture(data: bytes, source: str = "one.txt") -> Capture:
    digest = hashlib.sha256(data).hexdigest()
    return Capture(digest, len(data), source, "2021-05-05T00:00:00Z", "me", "file", "text/plain")


def test_the_same_bytes_are_one_capture_with_two_sources(tmp_path: Path) -> None:
    store = DurableStore(tmp_path)
    assert store.add(a_capture(b"words", "b.txt")) is True
    assert store.add(a_capture(b"words", "a.txt")) is False
    assert store.add(a_capture(b"words", "b.txt")) is False
    (held,) = store.held()
    assert held.sources == ("a.txt", "b.txt")
    assert [entry["action"] for entry in store.custody.entries()] == ["captured", "seen again"]
    assert store.custody.faults() == []


def test_a_date_given_later_is_kept(tmp_path: Path) -> None:
    store = DurableStore(tmp_path)
    store.add(a_capture(b"words"))
    store.add(a_capture(b"words"), given_date="2021-05")
    store.add(a_capture(b"words"))
    (held,) = store.held()
    assert held.given_date == "2021-05"


def test_an_id_keeps_the_members_it_was_first_given_out_for(tmp_path: Path) -> None:
    store = DurableStore(tmp_path)
    store.issue("t1", [("d2", "r2"), ("d1", "r1")], "2021-05-05T00:00:00Z")
    store.issue("t1", [("d9", "r9")], "2021-05-06T00:00:00Z")
    assert store.issued("t1") == (("d1", "r1"), ("d2", "r2"))
    assert store.issued("t2") == ()


@given(st.binary(min_size=1, max_size=200))
def test_bytes_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    store = CaptureStore(tmp_path_factory.mktemp("captures"))
    assert store.read(store.keep(data)) == data


def test_changed_bytes_are_not_given_out(tmp_path: Path) -> None:
    store = CaptureStore(tmp_path)
    sha256 = store.keep(b"as it was")
    store.path(sha256).chmod(0o644)
    store.path(sha256).write_bytes(b"as it is")
    with pytest.raises(CaseError, match="were changed"):
        store.read(sha256)


def test_a_changed_or_missing_custody_line_shows(tmp_path: Path) -> None:
    record = CustodyRecord(tmp_path / "custody.jsonl")
    for source in ("a", "b", "c"):
        record.append({"source": source})
    lines = record.path.read_text().splitlines()
    assert json.loads(lines[0])["previous"] == FIRST
    record.path.write_text("\n".join([lines[0].replace('"a"', '"x"'), *lines[1:]]) + "\n")
    assert [fault.where for fault in record.faults()] == ["custody.jsonl, line 2"]
    assert "does not follow" in record.faults()[0].what
    record.path.write_text(lines[0] + "\n" + lines[2] + "\n")
    assert [fault.where for fault in record.faults()] == ["custody.jsonl, line 2"]
    assert "does not follow" in record.faults()[0].what


def test_a_line_torn_by_a_crash_is_reported_and_the_next_ones_stand(tmp_path: Path) -> None:
    record = CustodyRecord(tmp_path / "custody.jsonl")
    record.append({"source": "a"})
    with record.path.open("a") as handle:
        handle.write('{"source": "b", "prev')
    record.append({"source": "c"})
    assert [entry["source"] for entry in record.entries()] == ["a", "c"]
    (fault,) = record.faults()
    assert (fault.where, fault.grave) == ("custody.jsonl, line 2", False)
