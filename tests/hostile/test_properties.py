"""Whatever stands in a setting, a table, a record or a date: it is understood, or refused in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter import edtf, knowledge
from tidewaiter.capture.article import as_edtf
from tidewaiter.capture.published import Context, find_published
from tidewaiter.case import read_settings
from tidewaiter.errors import CaseError, KnowledgeError, TidewaiterError
from tidewaiter.ledger.custody import CustodyRecord

SETTINGS = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PARTS = ("2022", "11", "02", "-", "/", "[", "]", "..", "XXXX", "?", "~", "T10:00:00Z", " ", "May", "4", ",")
ODD_PARTS = ("Tue, ", "GMT", "+0000", "٢٠٢٢", "0000", "9999", "99", "2024-02-30")
DATES = st.lists(st.sampled_from(PARTS + ODD_PARTS), max_size=12).map("".join)
LINES = st.one_of(
    st.binary(max_size=60).filter(lambda line: b"\n" not in line),
    st.recursive(
        st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=9)),
        lambda below: st.one_of(
            st.lists(below, max_size=3),
            st.dictionaries(
                st.sampled_from(["previous", "sha256", "source", "action", "x"]), below, max_size=4
            ),
        ),
        max_leaves=8,
    ).map(lambda value: json.dumps(value).encode()),
)


def assert_in_words(error: TidewaiterError, path: Path) -> None:
    """The error says where the trouble is."""
    assert path.name in str(error)
    assert error.what


@SETTINGS
@given(text=st.one_of(DATES, st.text(max_size=40)))
def test_any_date(text: str) -> None:
    found = as_edtf(text)
    assert found is None or found.isascii()
    edtf.bounds(found)
    try:
        bounds = edtf.bounds(text)
    except ValueError:
        assert edtf.safe(text) is None
        return
    if None not in bounds:
        assert edtf.sort_key(text)[0] == 0


@SETTINGS
@given(text=DATES, metadata=DATES, url=DATES, name=DATES, captured=DATES)
def test_any_day_of_publication(text: str, metadata: str, url: str, name: str, captured: str) -> None:
    context = Context(as_edtf(metadata), edtf.safe(metadata), text, text, url, name, None, captured)
    edtf.bounds(find_published(text, context).edtf)


@SETTINGS
@given(
    text=st.lists(
        st.one_of(
            st.sampled_from(
                ["format = 1", "[settings]", 'as_of = "2022-11-08"', "name = ", "=", "[[", "{", '"']
            ),
            st.text(max_size=12),
        ),
        max_size=8,
    ).map("\n".join)
)
def test_any_settings(tmp_path: Path, text: str) -> None:
    path = tmp_path / "case.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        found = read_settings(path)
    except CaseError as error:
        assert_in_words(error, path)
        return
    assert isinstance(found.name, str)
    assert found.as_of is None or len(found.as_of) == len("2022-11-08")


@SETTINGS
@given(
    rows=st.lists(
        st.lists(
            st.one_of(st.sampled_from(["state", "name", "any", "x", ""]), st.text(max_size=6)), max_size=8
        ),
        max_size=4,
    ),
    header=st.booleans(),
)
def test_any_table(tmp_path: Path, rows: list[list[str]], header: bool) -> None:
    lines = [",".join(row) for row in rows]
    text = "\n".join([*(["text,kind,form,code,name,case,source"] if header else []), *lines])
    (tmp_path / "actors_names.csv").write_bytes(text.encode("utf-8", "replace"))
    knowledge.load.cache_clear()  # it remembers the folder, not what is in it
    try:
        tables = knowledge.load(tmp_path)
    except KnowledgeError as error:
        assert_in_words(error, Path("actors_names.csv"))
        return
    finally:
        knowledge.load.cache_clear()
    assert len(tables.table("actors_names")) >= len(knowledge.load().table("actors_names"))


@SETTINGS
@given(lines=st.lists(LINES, max_size=6), torn=st.booleans())
def test_any_record_can_be_gone_on_with(tmp_path: Path, lines: list[bytes], torn: bool) -> None:
    path = tmp_path / "custody.jsonl"
    path.write_bytes(b"\n".join(lines) + (b"" if torn else b"\n"))
    record = CustodyRecord(path)
    before = list(record.entries())
    faults = len(record.faults())
    record.append({"action": "captured", "source": "a.txt"})
    again = CustodyRecord(path)
    *kept, last = again.entries()
    assert last["source"] == "a.txt"
    assert kept == before
    assert len(again.faults()) >= faults


@pytest.mark.parametrize("text", ["2022/" * 5_000, "[" * 5_000, "2022-" * 5_000, "٢٠٢٢-١١"])
def test_dates_that_are_none(text: str) -> None:
    assert as_edtf(text) is None
    assert edtf.safe(text) is None
