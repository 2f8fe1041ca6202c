"""A case on disk, one thing of it damaged: exactly that is found, with its place and the mending."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.reports import REPORTS
from tidewaiter.case import Case
from tidewaiter.pipeline import no_progress
from tidewaiter.verification.findings import Finding, Kind, Level
from tidewaiter.verification.tally import Tally
from tidewaiter.verification.whole import Rebuild, verify

from .conftest import MORE

AT = "2021-06-01T00:00:00Z"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of the reports, built once, with one that was withdrawn and one that cannot be read."""
    root = tmp_path_factory.mktemp("made")
    reports = root / "reports"
    reports.mkdir()
    for name, text in (REPORTS | MORE).items():
        (reports / name).write_text(text, encoding="utf-8")
    (reports / "gone.txt").write_text("Norway denied on May 5, 2021 that it had sold mortars to Ghana.\n")
    (reports / "binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00" * 20)
    with Case.create(root / "case", AT) as case:
        case.add([reports], AT)
        case.remove(str(reports / "gone.txt"), AT, "retracted")
        case.build(AT)
    return root / "case"


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(made, tmp_path / "case"))


def tally_of(folder: Path, rebuild: Rebuild | None = None) -> Tally:
    tally = Tally()
    verify(folder, tally, no_progress, rebuild)
    return tally


def found_in(folder: Path, rebuild: Rebuild | None = None) -> list[Finding]:
    tally = tally_of(folder, rebuild)
    found = [one for _, _, kept in tally.groups() for one in kept]
    assert tally.holds == all(one.kind.level == Level.NOTICE for one in found)
    assert all(one.todo for one in found)
    return found


def kinds(found: list[Finding]) -> set[Kind]:
    return {one.kind for one in found}


def captures(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "captures").glob("??/*") if path.is_file())


def ask(folder: Path, statement: str, *values: object, store: str = "derived.sqlite") -> list[sqlite3.Row]:
    """Run a statement as somebody would who has no business there: without foreign keys."""
    with closing(sqlite3.connect(folder / store)) as db:
        rows = db.execute(statement, values).fetchall()
        db.commit()
    return rows


def files_of(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


# ------------------------------------------------------------------------------------ whole


def test_a_case_as_the_program_leaves_it_holds_and_is_not_changed(case: Path) -> None:
    before = files_of(case)
    tally = tally_of(case, Rebuild(AT, 1))
    assert tally.holds
    assert list(tally.groups()) == []
    assert tally.checked["captures"] == 6
    assert tally.checked["texts"] == 4
    assert tally.checked["captures that gave no report"] == 1
    assert tally.checked["lines of custody.jsonl"] == 7
    assert tally.checked["anchors"] > 100
    assert tally.checked["citations"] > 20
    assert tally.checked["lines of a rebuild"] > 20
    assert files_of(case) == before


def test_the_first_of_each_kind_are_kept_and_all_are_counted(case: Path) -> None:
    for path in captures(case):
        path.unlink()
    tally = Tally(most=2)
    verify(case, tally, no_progress)
    assert tally.found[Kind.CAPTURE_MISSING] == 6
    assert len(tally.kept[Kind.CAPTURE_MISSING]) == 2
    assert tally.number(Level.FAULT) == 6
    assert tally.number(Level.UNCHECKED) == tally.checked["texts"]


# ------------------------------------------------------------------------------------ captures


def of_capture(case: Path, path: Path, kind: Kind) -> None:
    """Exactly this capture is found, and that its text could not be compared with it."""
    found = found_in(case)
    (one,) = [each for each in found if each.kind == kind]
    assert path.name in one.where
    (source,) = ask(case, "SELECT source FROM content WHERE sha256 = ?", path.name)
    assert source[0] in one.where
    assert "backup" in one.todo or "permissions" in one.todo
    unchecked = [each for each in found if each.kind == Kind.ORIGIN_UNCHECKED]
    assert [source[0] in each.where for each in unchecked] in ([True], [])
    assert len(found) == 1 + len(unchecked)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_changed_byte_of_a_capture_is_found(made: Path, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        case = Path(shutil.copytree(made, Path(folder) / "case"))
        shown = {row[0] for row in ask(case, "SELECT sha256 FROM shown")}
        path = data.draw(st.sampled_from([one for one in captures(case) if one.name in shown]))
        content = bytearray(path.read_bytes())
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] ^= data.draw(st.integers(1, 255))
        path.chmod(0o644)
        path.write_bytes(content)
        of_capture(case, path, Kind.CAPTURE_CHANGED)


def test_a_capture_that_is_gone_is_found(case: Path) -> None:
    path = next(one for one in captures(case) if ask(case, "SELECT 1 FROM shown WHERE sha256 = ?", one.name))
    path.unlink()
    of_capture(case, path, Kind.CAPTURE_MISSING)


def test_a_capture_that_cannot_be_read_is_not_taken_for_one_that_holds(case: Path) -> None:
    path = next(one for one in captures(case) if ask(case, "SELECT 1 FROM shown WHERE sha256 = ?", one.name))
    path.unlink()
    path.mkdir()
    of_capture(case, path, Kind.CAPTURE_UNREADABLE)


def test_a_withdrawn_capture_is_looked_at_too(case: Path) -> None:
    (gone,) = ask(case, "SELECT sha256 FROM source WHERE withdrawn_at IS NOT NULL", store="durable.sqlite")
    (case / "captures" / gone[0][:2] / gone[0]).unlink()
    (one,) = found_in(case)
    assert one.kind == Kind.CAPTURE_MISSING
    assert "gone.txt" in one.where


def test_files_that_nothing_names_are_told_and_no_fault(case: Path) -> None:
    name = hashlib.sha256(b"stray").hexdigest()
    (case / "captures" / name[:2]).mkdir(exist_ok=True)
    (case / "captures" / name[:2] / name).write_bytes(b"stray")
    (case / "captures" / ".part").mkdir(exist_ok=True)
    (case / "captures" / ".part" / "half").write_bytes(b"ha")
    found = found_in(case)
    assert [(one.kind, Path(one.where).name) for one in found] == [
        (Kind.CAPTURE_STRAY, name),
        (Kind.CAPTURE_PART, "half"),
    ]
    assert tally_of(case).holds


# ------------------------------------------------------------------------------------ records

OF_RECORDS = {Kind.RECORD_CHAIN, Kind.TABLES_DIFFER}


def edit(lines: list[bytes]) -> list[bytes]:
    return [*lines[:2], lines[2].replace(b"2021", b"2031", 1), *lines[3:]]


def insert(lines: list[bytes]) -> list[bytes]:
    entry = json.loads(lines[2]) | {"source": "never/was.txt"}
    return [*lines[:2], json.dumps(entry).encode(), *lines[2:]]


def swap(lines: list[bytes]) -> list[bytes]:
    return [*lines[:2], lines[3], lines[2], *lines[4:]]


def forge(lines: list[bytes]) -> list[bytes]:
    """A line changed, and all hashes after it made to fit."""
    changed, previous = [], "0" * 64
    for number, line in enumerate(lines):
        entry = json.loads(line) | {"previous": previous} | ({"by": "another"} if number == 2 else {})
        changed.append(json.dumps(entry, ensure_ascii=False).encode())
        previous = hashlib.sha256(changed[-1]).hexdigest()
    return changed


@pytest.mark.parametrize("name", ["custody.jsonl", "ids.jsonl"])
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (edit, "line 3"),
        (lambda lines: [*lines[:2], *lines[3:]], "line 3"),
        (lambda lines: lines[1:], "line 1"),
        (lambda lines: lines[:-1], "cut off"),
        (lambda lines: [*lines[:-1], lines[-1][:-9]], "line"),
        (lambda lines: [], "line 1"),
        (insert, "line 3"),
        (swap, "line 3"),
        (forge, "line 3"),
        (lambda lines: [*lines, lines[-1]], "line"),
    ],
    ids=[
        "edited",
        "cut out",
        "beheaded",
        "cut off",
        "torn",
        "emptied",
        "inserted",
        "swapped",
        "forged",
        "twice",
    ],
)
def test_a_record_that_was_tampered_with_is_found(
    case: Path, name: str, change: Callable[[list[bytes]], list[bytes]], told: str
) -> None:
    path = case / name
    lines = change(path.read_bytes().splitlines())
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    found = found_in(case)
    assert kinds(found) & OF_RECORDS
    assert kinds(found) <= {*OF_RECORDS, Kind.TABLES_BEHIND, Kind.RECORD_TORN}
    assert any(name in one.where and told in f"{one.where} {one.what}" for one in found)
    assert any("backup" in one.todo for one in found)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_changed_byte_of_the_custody_record_is_found(made: Path, data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        case = Path(shutil.copytree(made, Path(folder) / "case"))
        path = case / "custody.jsonl"
        content = bytearray(path.read_bytes())
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] ^= data.draw(st.integers(1, 255))
        path.write_bytes(content)
        assert kinds(found_in(case)) & OF_RECORDS


def test_a_record_that_is_gone_is_found(case: Path) -> None:
    (case / "custody.jsonl").unlink()
    assert Kind.TABLES_DIFFER in kinds(found_in(case))


# ------------------------------------------------------------------------------------ durable tables


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE source SET given_date = '2020' WHERE number = 2", "source"),
        ("UPDATE source SET withdrawn_at = NULL WHERE withdrawn_at IS NOT NULL", "source"),
        ("UPDATE capture SET size = size + 1 WHERE rowid = 1", "capture"),
        ("DELETE FROM register_id_member WHERE rowid = 1", "register_id_member"),
        ("UPDATE register_id SET issued_at = '2020' WHERE rowid = 1", "register_id"),
    ],
)
def test_a_table_that_says_something_else_than_the_record_is_found(
    case: Path, statement: str, table: str
) -> None:
    ask(case, statement, store="durable.sqlite")
    found = [one for one in found_in(case) if one.kind == Kind.TABLES_DIFFER]
    assert any(f"durable.sqlite, {table}" in one.where for one in found)
    assert all("--from-custody" in one.todo for one in found)


def test_a_row_that_points_at_nothing_is_found_by_sqlite(case: Path) -> None:
    ask(case, "DELETE FROM content WHERE number = (SELECT min(content) FROM shown)")
    found = found_in(case)
    assert any(one.kind == Kind.STORE_DAMAGED and "derived.sqlite" in one.where for one in found)
    assert any("tidewaiter rebuild" in one.todo for one in found)


@pytest.mark.parametrize("name", ["derived.sqlite", "durable.sqlite"])
def test_a_store_that_is_no_database_is_found(case: Path, name: str) -> None:
    for end in ("-wal", "-shm"):
        (case / f"{name}{end}").unlink(missing_ok=True)
    (case / name).write_bytes(b"this is no database\n" * 500)
    (one,) = found_in(case)
    assert one.kind == Kind.STORE_DAMAGED
    assert name in one.where


@pytest.mark.parametrize("name", ["derived.sqlite", "durable.sqlite"])
def test_a_store_with_a_page_overwritten_is_found(case: Path, name: str) -> None:
    ask(case, "PRAGMA wal_checkpoint(TRUNCATE)", store=name)
    content = bytearray((case / name).read_bytes())
    (size,) = ask(case, "PRAGMA page_size", store=name)[0]
    where = "sqlite_master WHERE name IN ('content', 'source')"
    (page,) = ask(case, f"SELECT rootpage FROM {where}", store=name)[0]
    start = (page - 1) * size
    content[start : start + size] = b"\xa5" * size
    (case / name).write_bytes(content)
    found = found_in(case)
    assert found
    assert kinds(found) <= {Kind.STORE_DAMAGED, Kind.STORE_UNREADABLE, Kind.TABLES_DIFFER}
    assert all(name in one.where for one in found)


def test_a_missing_durable_store_is_found(case: Path) -> None:
    for path in case.glob("durable.sqlite*"):
        path.unlink()
    (one,) = found_in(case)
    assert (one.kind, one.where) == (Kind.STORE_DAMAGED, "durable.sqlite")
    assert "missing" in one.what


# ------------------------------------------------------------------------------------ what is computed


def first(case: Path, columns: str, rest: str) -> tuple[str, ...]:
    return tuple(ask(case, f"SELECT {columns} FROM {rest} LIMIT 1")[0])


def document_with(case: Path, findings: str) -> tuple[str, str]:
    return first(case, "document, reading", f"content WHERE json_array_length(reading, '$.{findings}') > 0")


def test_an_anchor_that_was_moved_is_found(case: Path) -> None:
    document, reading = document_with(case, "claims")
    data = json.loads(reading)
    data["claims"][0]["anchors"]["speaker"] = [[0, 10**6]]
    ask(case, "UPDATE content SET reading = ? WHERE document = ?", json.dumps(data), document)
    (one,) = found_in(case)
    assert one.kind == Kind.ANCHOR_OUTSIDE
    assert one.where == f"{document}: claim {data['claims'][0]['id']}, speaker"
    assert "tidewaiter rebuild" in one.todo


def test_words_that_were_changed_are_found(case: Path) -> None:
    document, reading = document_with(case, "statements")
    data = json.loads(reading)
    data["statements"][0]["content"]["text"] += " indeed"
    ask(case, "UPDATE content SET reading = ? WHERE document = ?", json.dumps(data), document)
    (one,) = found_in(case)
    assert one.kind == Kind.WORDS_DIFFER
    assert one.where == f"{document}: statement {data['statements'][0]['id']}, content"


def test_a_text_that_was_changed_is_found(case: Path) -> None:
    document, text = first(case, "document, text", "content WHERE text LIKE '%40 howitzers%'")
    ask(case, "UPDATE content SET text = ? WHERE document = ?", text.replace("40", "41"), document)
    found = found_in(case)
    assert {Kind.TEXT_CHANGED, Kind.ORIGIN_WRONG, Kind.WORDS_DIFFER} == kinds(found)
    assert any("40" in one.what for one in found if one.kind == Kind.WORDS_DIFFER)


def test_the_quotation_of_a_cell_that_was_changed_is_found(case: Path) -> None:
    name, payload = first(case, "id, payload", "register_row WHERE supplier = 'PRT'")
    data = json.loads(payload)
    data["cells"]["supplier"]["citations"][0]["quote"] = "Portogallo"
    ask(case, "UPDATE register_row SET payload = ? WHERE id = ?", json.dumps(data), name)
    (one,) = found_in(case)
    assert one.kind == Kind.WORDS_DIFFER
    assert one.where.startswith(f"{name}, supplier, in d")
    assert "Portogallo" in one.what


def test_a_column_that_is_not_that_of_its_value_is_found(case: Path) -> None:
    ask(case, "UPDATE register_row SET supplier = 'ESP' WHERE supplier = 'PRT'")
    (one,) = found_in(case)
    assert one.kind == Kind.ROWS_DIFFER


def test_a_document_that_is_gone_leaves_everything_that_names_it_dangling(case: Path) -> None:
    document, _ = document_with(case, "claims")
    ask(case, "DELETE FROM shown WHERE document = ?", document)
    found = found_in(case)
    assert kinds(found) == {Kind.ID_DANGLING, Kind.NOT_BUILT}
    dangling = [one for one in found if one.kind == Kind.ID_DANGLING]
    assert any("it cites the document" in one.what and document in one.what for one in dangling)
    assert any("it names the claim" in one.what and document in one.what for one in dangling)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM register_row WHERE supplier = 'PRT'",
        "DELETE FROM transfer_group WHERE id = (SELECT id FROM register_row WHERE supplier = 'PRT')",
        "DELETE FROM transfer WHERE in_group = (SELECT id FROM register_row WHERE supplier = 'PRT')",
        "UPDATE transfer SET in_group = NULL WHERE id = (SELECT min(id) FROM transfer)",
        "INSERT INTO dated VALUES ('d000000000000', '2020', 'from another')",
        "INSERT INTO transfer VALUES ('r0000000000', 'd000000000000', NULL)",
    ],
)
def test_a_row_of_a_table_that_is_gone_or_too_much_is_found(case: Path, statement: str) -> None:
    ask(case, statement)
    found = found_in(case)
    assert Kind.ID_DANGLING in kinds(found)
    assert kinds(found) <= {Kind.ID_DANGLING, Kind.ROWS_DIFFER}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE content SET reading = '{' WHERE document IS NOT NULL",
        "UPDATE content SET payload = NULL WHERE document IS NOT NULL",
        "UPDATE register_row SET payload = '[]'",
        "UPDATE timeline SET payload = '{}'",
        "UPDATE register_response SET payload = 'x'",
    ],
)
def test_a_value_that_cannot_be_read_is_not_taken_for_one_that_holds(case: Path, statement: str) -> None:
    ask(case, statement)
    found = found_in(case)
    assert Kind.VALUE_UNREADABLE in kinds(found)
    assert not tally_of(case).holds


def test_what_came_or_went_since_the_last_build_is_told_and_no_fault(case: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("Peru sold rifles to Chad, officials said on May 7, 2021.\n")
    with Case(case) as opened:
        opened.add([tmp_path / "new.txt"], AT)
        (source,) = [row[0] for row in ask(case, "SELECT source FROM content WHERE source LIKE '%other.md'")]
        opened.remove(source, AT)
    found = found_in(case)
    assert kinds(found) == {Kind.NOT_BUILT}
    assert {str(tmp_path / "new.txt")} < {one.where for one in found}
    assert any(source in one.where and "withdrawn" in one.what for one in found)
    assert tally_of(case).holds
    rebuilt = found_in(case, Rebuild(AT, 1))
    assert kinds(rebuilt) == {Kind.NOT_BUILT, Kind.REBUILD_FAILED}
    with Case(case) as opened:
        opened.build(AT)
    assert found_in(case) == []


def test_a_case_that_was_never_built_is_no_fault(tmp_path: Path) -> None:
    with Case.create(tmp_path / "case", AT):
        pass
    assert kinds(found_in(tmp_path / "case")) <= {Kind.NOT_BUILT}


# ------------------------------------------------------------------------------------ a rebuild


def test_only_a_rebuild_shows_what_was_invented_with_its_words(case: Path) -> None:
    line, payload = first(case, "line, payload", "response_line")
    data = json.loads(payload) | {"status": "blocked"}
    ask(case, "UPDATE response_line SET payload = ? WHERE line = ?", json.dumps(data), line)
    assert found_in(case) == []
    found = found_in(case, Rebuild(AT, 1))
    assert kinds(found) == {Kind.REBUILD_DIFFERS}
    assert {one.where.split()[0] for one in found} == {
        "response",
        "list",
    }  # the row of the list is shown from
    assert any('"status": "done"' in one.what for one in found)


def test_a_rebuild_is_held_against_what_lists_are_sorted_and_searched_by(case: Path) -> None:
    name, _ = first(case, "id, reports", "row_line")
    ask(case, "UPDATE row_line SET reports = 99 WHERE id = ?", name)
    number, _ = first(case, "rowid, words", "search_words")
    ask(case, "UPDATE search_words SET words = 'nothing that was said' WHERE rowid = ?", number)
    assert found_in(case) == []
    found = found_in(case, Rebuild(AT, 1))
    assert kinds(found) == {Kind.REBUILD_DIFFERS}
    assert {" ".join(one.where.split()[:2]) for one in found} == {"list row_line", "list searched"}
    assert f"list row_line {name}" in {one.where for one in found}


def test_a_case_that_cannot_be_exported_is_not_taken_for_one_that_a_rebuild_gives(case: Path) -> None:
    document, _ = document_with(case, "claims")
    ask(case, "DELETE FROM shown WHERE document = ?", document)
    ask(case, "DELETE FROM content WHERE document = ?", document)
    with Case(case) as opened:  # it is to be built anew, and then it does not count as not built
        opened.remove(document, AT)
    found = [one for one in found_in(case, Rebuild(AT, 1)) if one.kind == Kind.REBUILD_FAILED]
    assert [(one.where, "cannot be exported" in one.what) for one in found] == [("derived.sqlite", True)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE built SET producer = 'tidewaiter 0.0.1'",
        "UPDATE content SET recipe = 'another' WHERE number = 1",
    ],
)
def test_what_another_version_built_is_not_held_against_a_rebuild_by_this_one(
    case: Path, statement: str
) -> None:
    ask(case, statement)
    assert found_in(case) == []
    (one,) = found_in(case, Rebuild(AT, 1))
    assert one.kind == Kind.REBUILD_FAILED
    assert "tidewaiter build" in one.todo
    with Case(case) as opened:
        opened.build(AT)
    assert found_in(case, Rebuild(AT, 1)) == []


def test_a_rebuild_that_cannot_be_made_is_not_taken_for_one_that_gives_the_same(case: Path) -> None:
    (case / "knowledge").mkdir()
    (case / "knowledge" / "units.csv").write_text("no,such,columns\n1,2,3\n")
    found = found_in(case, Rebuild(AT, 1))
    assert kinds(found) == {Kind.REBUILD_FAILED}
    assert "units.csv" in found[0].where
