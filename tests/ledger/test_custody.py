"""The records against the tables: who is right, what is said, and how it is mended."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tidewaiter.errors import CaseError, UnknownIdError
from tidewaiter.ledger.custody import CustodyRecord
from tidewaiter.ledger.durable import DurableStore, Held
from tidewaiter.model import Capture

from .test_durable import a_capture

AT, BY = "2021-06-01T00:00:00Z", "me"


def take(store: DurableStore, text: str, source: str, given_date: str | None = None) -> str:
    capture = a_capture(text.encode(), source)
    store.take([(capture, text.encode())], given_date)
    return capture.sha256


def filled(folder: Path) -> list[Held]:
    """A store with four captures, one withdrawn, one from two sources, and two ids; what it holds."""
    with closing(DurableStore(folder)) as store:
        for name in ("one", "two", "three", "four"):
            take(store, f"report {name}", f"{name}.txt")
        take(store, "report one", "again.txt", "2021-05")
        store.withdraw("two.txt", AT, BY, "not ours")
        store.issue_all([("t1", [("d1", "r1")]), ("t2", [("d2", "r2"), ("d1", "r9")])], AT)
        assert store.disagreements() == []
        return list(store.held())


def change(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "durable.sqlite")) as db:
        db.execute(statement)
        db.commit()


# ------------------------------------------------------------------------------------ the record itself


def test_appending_reads_no_more_than_the_end(tmp_path: Path) -> None:
    """Lines far longer than a block, and a record that another program added to meanwhile."""
    record, other = CustodyRecord(tmp_path / "custody.jsonl"), CustodyRecord(tmp_path / "custody.jsonl")
    for number in range(4):
        (record, other)[number % 2].append({"source": "x" * 100_000 * number})
    assert record.faults() == []
    assert [len(str(one["source"])) for one in record.entries()] == [0, 100_000, 200_000, 300_000]


def test_a_line_that_was_whole_but_for_its_line_break_counts(tmp_path: Path) -> None:
    record = CustodyRecord(tmp_path / "custody.jsonl")
    record.append({"source": "a"})
    record.append({"source": "b"})
    record.path.write_bytes(record.path.read_bytes().removesuffix(b"\n"))
    record.append({"source": "c"})
    assert [entry["source"] for entry in record.entries()] == ["a", "b", "c"]
    assert record.faults() == []


def test_a_torn_line_is_told_from_a_changed_one(tmp_path: Path) -> None:
    record = CustodyRecord(tmp_path / "custody.jsonl")
    for source in ("a", "b", "c"):
        record.append({"source": source})
    lines = record.path.read_bytes().split(b"\n")
    record.path.write_bytes(b"\n".join([lines[0], lines[1][:-5], *lines[2:]]))
    assert [(one.where, one.grave) for one in record.faults()] == [
        ("custody.jsonl, line 2", True),
        ("custody.jsonl, line 3", True),
    ]


# ------------------------------------------------------------------------------------ withdrawing


def test_what_is_withdrawn_stays_and_comes_back_when_added_again(tmp_path: Path) -> None:
    with closing(DurableStore(tmp_path)) as store:
        sha256 = take(store, "a report", "a.txt", "2020")
        (gone,) = store.withdraw("a.txt", AT, BY, "retracted")
        assert (gone.sha256, gone.withdrawn_at, gone.withdrawn_reason) == (sha256, AT, "retracted")
        assert list(store.held()) == []
        assert store.count() == 0
        assert store.withdraw("a.txt", AT, BY) == ()  # withdrawn already
        assert store.bytes.read(sha256) == b"a report"
        take(store, "a report", "a.txt")
        (held,) = store.held()
        assert held.given_date == "2020"
        assert [entry["action"] for entry in store.custody.entries()] == ["captured", "withdrawn", "restored"]
        assert store.disagreements() == []


def test_a_capture_is_held_while_one_of_its_sources_is(tmp_path: Path) -> None:
    with closing(DurableStore(tmp_path)) as store:
        sha256 = take(store, "a report", "a.txt", "2020")
        take(store, "a report", "b.txt", "2021")
        store.withdraw("a.txt", AT, BY)
        (held,) = store.held()
        assert (held.sources, held.given_date, held.capture.source) == (("b.txt",), "2021", "b.txt")
        store.withdraw(sha256[:12], AT, BY)
        assert list(store.held()) == []
        assert [one.source for one in store.noted()] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("name", [str, lambda sha256: sha256[:20], lambda sha256: f"d{sha256[:12]}"])
def test_a_capture_may_be_named_by_hash_or_document(tmp_path: Path, name: Callable[[str], str]) -> None:
    with closing(DurableStore(tmp_path)) as store:
        sha256 = take(store, "a report", "a.txt")
        assert [one.sha256 for one in store.find(name(sha256))] == [sha256]


@pytest.mark.parametrize("what", ["b.txt", "", "0" * 64, "d000000000000", "%", "*"])
def test_what_is_not_in_the_case_cannot_be_withdrawn(tmp_path: Path, what: str) -> None:
    with closing(DurableStore(tmp_path)) as store:
        take(store, "a report", "a.txt")
        with pytest.raises(UnknownIdError):
            store.withdraw(what, AT, BY)
        assert store.count() == 1


def test_what_is_held_does_not_depend_on_the_order_of_adding(tmp_path: Path) -> None:
    moments = {"b.txt": ("2021-05-05T00:00:00Z", "2021", "text/plain"), "a.html": (AT, "2020", "text/html")}
    found = []
    for number, order in enumerate((sorted(moments), sorted(moments, reverse=True))):
        folder = tmp_path / str(number)
        folder.mkdir()
        with closing(DurableStore(folder)) as store:
            for source in order:
                at, given, kind = moments[source]
                known = a_capture(b"the same", source)
                capture = Capture(known.sha256, known.size, source, at, "me", "file", kind)
                store.take([(capture, b"the same")], given)
            found.append(list(store.held()))
    assert found[0] == found[1]
    ((held,),) = found[:1]
    assert (held.capture.source, held.capture.media_type, held.given_date) == ("b.txt", "text/html", "2020")


# ------------------------------------------------------------------------------------ tables that are gone


@pytest.mark.parametrize("damage", ["gone", "no database", "cut", "zeros"])
def test_tables_are_made_again_from_the_records(tmp_path: Path, damage: str) -> None:
    before = filled(tmp_path)
    path = tmp_path / "durable.sqlite"
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        changed = {
            "no database": b"just words " * 900,
            "cut": data[:5000],
            "zeros": data[:100] + bytes(9000),
        }
        path.write_bytes(changed[damage])
    with closing(DurableStore(tmp_path, write=False)) as reader:
        assert list(reader.held()) == before
        assert reader.issued("t2") == (("d1", "r9"), ("d2", "r2"))
        assert "what is shown was taken from custody.jsonl" in reader.notices[0]
    with closing(DurableStore(tmp_path)) as store:
        assert list(store.held()) == before
        assert store.issued("t2") == (("d1", "r9"), ("d2", "r2"))
        assert "durable.sqlite was made again from custody.jsonl (6 lines)." in store.notices
        assert store.disagreements() == []
    if damage != "gone":
        assert (tmp_path / "durable.sqlite.damaged-1").read_bytes() == changed[damage]


@pytest.mark.parametrize("mend", [False, True])
def test_damage_in_the_midst_of_the_tables_is_said_to_readers_and_mended_by_writers(
    tmp_path: Path, mend: bool
) -> None:
    before = filled(tmp_path)
    path = tmp_path / "durable.sqlite"
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xee" * (len(data) - 4096))
    with closing(DurableStore(tmp_path, write=False)) as reader:
        assert "rebuild CASE --from-custody" in reader.disagreements()[0].todo
        with pytest.raises(CaseError, match="malformed"):
            list(reader.held())
        if mend:
            reader.rebuild_from_custody(AT, BY)
    with closing(DurableStore(tmp_path)) as store:
        assert list(store.held()) == before
        assert store.disagreements() == []
    assert path.with_name("durable.sqlite.damaged-1").exists()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE source SET given_date = '1999' WHERE source = 'again.txt'", "given_date is '1999'"),
        ("DELETE FROM source WHERE source = 'four.txt'", "is missing"),
        ("UPDATE source SET withdrawn_at = NULL", "withdrawn_at is None"),
        ("INSERT INTO capture VALUES ('00', 1)", "no line of custody.jsonl says this"),
        ("DELETE FROM register_id_member WHERE id = 't1'", "is missing, and ids.jsonl says it"),
        ("UPDATE custody SET line_sha256 = 'x' WHERE number = 2", "is not what was written there"),
    ],
)
def test_where_the_tables_disagree_the_record_is_right(tmp_path: Path, statement: str, said: str) -> None:
    before = filled(tmp_path)
    change(tmp_path, statement)
    with closing(DurableStore(tmp_path, write=False)) as reader:
        faults = reader.disagreements()
        assert said in str(faults[0])
        assert all(fault.grave and fault.todo for fault in faults)
        reader.rebuild_from_custody(AT, BY)
        assert reader.disagreements() == []
        assert list(reader.held()) == before
        assert reader.notices


# ------------------------------------------------------------------------------------ records that lost lines


def lines_of(folder: Path) -> list[str]:
    return (folder / "custody.jsonl").read_text().splitlines(keepends=True)


def refused(folder: Path) -> CaseError:
    with pytest.raises(CaseError) as found:
        DurableStore(folder)
    return found.value


def test_a_record_that_was_cut_off_is_not_gone_on_with(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "custody.jsonl").write_text("".join(lines_of(tmp_path)[:4]))
    error = refused(tmp_path)
    assert "ends after line 4" in error.what
    assert "knows of 6" in error.what
    assert "backup" in str(error.todo)
    assert len(lines_of(tmp_path)) == 4  # nothing was written
    with closing(DurableStore(tmp_path, write=False)) as reader:
        assert "was cut off" in str(reader.disagreements()[0])


@pytest.mark.parametrize("line", [1, 3, 6])
def test_a_record_that_was_changed_says_where(tmp_path: Path, line: int) -> None:
    filled(tmp_path)
    lines = lines_of(tmp_path)
    lines[line - 1] = lines[line - 1].replace(".txt", ".pdf")
    (tmp_path / "custody.jsonl").write_text("".join(lines))
    with closing(DurableStore(tmp_path, write=False)) as reader:
        assert f"line {line}: is not what was written there" in str(reader.disagreements()[0])
    if line == 6:  # the cheap look at opening sees the end; the whole is for verify
        assert "line 6 is not what was written there" in refused(tmp_path).what


def test_a_record_with_lines_put_in_is_refused(tmp_path: Path) -> None:
    filled(tmp_path)
    lines = lines_of(tmp_path)
    (tmp_path / "custody.jsonl").write_text("".join([lines[0], lines[0], *lines[1:]]))
    assert "put in" in refused(tmp_path).what


def test_a_record_put_back_from_a_backup_is_taken_up_again(tmp_path: Path) -> None:
    before = filled(tmp_path)
    whole = (tmp_path / "custody.jsonl").read_bytes()
    (tmp_path / "custody.jsonl").unlink()
    refused(tmp_path)
    (tmp_path / "custody.jsonl").write_bytes(whole)
    with closing(DurableStore(tmp_path)) as store:
        assert list(store.held()) == before


@pytest.mark.parametrize("left", [0, 1, 3, 5])
def test_accepting_a_cut_record_loses_nothing_that_is_still_there(tmp_path: Path, left: int) -> None:
    before = filled(tmp_path)
    (tmp_path / "custody.jsonl").write_text("".join(lines_of(tmp_path)[:left]))
    (tmp_path / "ids.jsonl").unlink()
    with closing(DurableStore(tmp_path, write=False)) as store:
        store.rebuild_from_custody(AT, BY)
        assert list(store.held()) == before
        assert store.issued("t1") == (("d1", "r1"),)
        assert store.disagreements() == []
        assert store.custody.faults() == []
        said = [entry["action"] for entry in store.custody.entries()][left:]
        assert said[0] == "gap"
        assert set(said[1:]) == {"recovered"}
        assert f"Line {left + 1} of custody.jsonl was lost" in store.notices[0]
    with closing(DurableStore(tmp_path)) as again:
        assert again.notices == ()


def test_what_lost_its_line_and_its_bytes_is_named(tmp_path: Path) -> None:
    """As in a folder copied file by file while the case was being written."""
    filled(tmp_path)
    (tmp_path / "custody.jsonl").write_text("".join(lines_of(tmp_path)[:2]))
    with closing(DurableStore(tmp_path, write=False)) as store:
        (four,) = store.find("four.txt")
        store.bytes.path(four.sha256).unlink()
        store.rebuild_from_custody(AT, BY)
        assert any("four.txt" in one and "left out" in one for one in store.notices)
        assert store.disagreements() == []
        assert list(store.bytes.faults(store.hashes())) == []


def test_a_line_of_a_later_version_is_refused(tmp_path: Path) -> None:
    filled(tmp_path)
    with closing(DurableStore(tmp_path)) as store:
        store.custody.append({"action": "translated", "sha256": "00"})
    error = refused(tmp_path)
    assert "'translated'" in error.what
    assert error.where == "custody.jsonl, line 7"


@pytest.mark.parametrize(
    "entry",
    [
        {"action": "captured"},
        {"action": ["captured"]},
        {"action": "captured", "sha256": "00", "size": -1, "source": "a", "at": "", "by": ""},
        {"action": "withdrawn", "sha256": 7, "source": "a"},
        {"action": "captured", "sha256": "00", "size": True, "source": None},
    ],
)
def test_a_line_that_says_nothing_known_is_refused_and_may_be_passed_over(
    tmp_path: Path, entry: dict[str, object]
) -> None:
    before = filled(tmp_path)
    CustodyRecord(tmp_path / "custody.jsonl").append(entry)
    assert refused(tmp_path).where == "custody.jsonl, line 7"
    with closing(DurableStore(tmp_path, write=False)) as store:
        store.rebuild_from_custody(AT, BY)
        assert list(store.held()) == before


# ------------------------------------------------------------------------------------ bytes


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_adding_the_original_again_puts_lost_bytes_back(tmp_path: Path, damage: str) -> None:
    with closing(DurableStore(tmp_path)) as store:
        sha256 = take(store, "a report", "a.txt")
        path = store.bytes.path(sha256)
        path.chmod(0o644)
        path.unlink() if damage == "gone" else path.write_text("a repast")
        (fault,) = store.bytes.faults([sha256])
        assert damage in fault.what
        take(store, "a report", "a.txt")
        assert list(store.bytes.faults([sha256])) == []
        assert [entry["action"] for entry in store.custody.entries()] == ["captured", "put back"]
        assert store.disagreements() == []


def test_names_with_odd_characters_survive_the_record(tmp_path: Path) -> None:
    names = ["a\nb.txt", "a\r\u2028b.txt", "\\xff.txt", "\u202e\U0001f6a2.txt", 'quote".txt']
    with closing(DurableStore(tmp_path)) as store:
        for name in names:
            take(store, "the same", name)
    (tmp_path / "durable.sqlite").unlink()
    with closing(DurableStore(tmp_path)) as store:
        (held,) = store.held()
        assert sorted(held.sources) == sorted(names)
    assert len((tmp_path / "custody.jsonl").read_bytes().split(b"\n")) == len(names) + 1
    assert all(json.loads(line) for line in (tmp_path / "custody.jsonl").read_text().split("\n")[:-1])
