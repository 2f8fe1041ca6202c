"""Every command, as a user meets it."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tidewaiter import knowledge
from tidewaiter.case import Case
from tidewaiter.knowledge import TABLES
from tidewaiter.ledger.custody import CustodyRecord
from tidewaiter.model import Document, Reading
from tidewaiter.pipeline import making

from .conftest import Tidewaiter
from .reports import CLOCK, REPORTS, write_reports


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


# ------------------------------------------------------------------------------------ run


def test_run_leaves_a_case_with_a_dossier_and_says_where_to_look(
    tidewaiter: Tidewaiter, reports: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case"
    ended = tidewaiter("run", reports, "--out", case)
    assert ended.status == 0
    assert "Portugal" in ended.out
    assert "Paraguay" in ended.out
    assert "Read: 3 reports; 0 unchanged." in ended.err
    assert str(case / "dossier.html") in ended.err
    assert (case / "dossier.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert len([path for path in (case / "captures").rglob("*") if path.is_file()]) == 3


def test_run_again_reads_only_what_is_new(tidewaiter: Tidewaiter, reports: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    assert tidewaiter("run", reports, "--out", case).status == 0
    (reports / "more.txt").write_text("Norway denied on March 5, 2021 that it had sold mortars to Ghana.\n")
    ended = tidewaiter("run", reports, "--out", case)
    assert "Taken in: 1 new, 3 known already." in ended.err
    assert "Read: 1 report; 3 unchanged." in ended.err


def test_files_that_cannot_be_read_are_named_and_the_rest_goes_on(
    tidewaiter: Tidewaiter, reports: Path, tmp_path: Path
) -> None:
    (reports / "empty.txt").write_bytes(b"")
    (reports / "broken.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00" * 20)
    (reports / "map.pdf").write_bytes(b"%PDF-1.7")
    case, missing = tmp_path / "case", tmp_path / "missing.txt"
    ended = tidewaiter("run", reports, missing, "--out", case)
    assert ended.status == 1
    assert f"Not taken in: {reports / 'empty.txt'}: " in ended.err
    assert f"Not taken in: {missing}: " in ended.err
    assert f"Not read: {reports / 'broken.txt'}: " in ended.err
    assert f"Left out: {reports / 'map.pdf'}" in ended.err
    assert "Read: 3 reports" in ended.err
    assert (case / "dossier.html").exists()
    again = tidewaiter("run", reports, "--out", case)
    assert "Read: 0 reports; 3 unchanged; 1 failed." in again.err
    assert "broken.txt" in again.err


def test_any_file_name_will_do(tidewaiter: Tidewaiter, tmp_path: Path) -> None:
    names = (b"\xff\xfe.txt", b"two\nlines.txt", "北 ü.txt".encode(), b"-q.txt", b"[red]quote'.txt")
    for number, name in enumerate(names):
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/in/" + name))
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Chile sold {number + 2} frigates to Peru, officials said.")
    ended = tidewaiter("run", tmp_path / "in", "--out", tmp_path / "case")
    assert ended.status == 0
    documents = [
        one for one in lines(tidewaiter("export", tmp_path / "case").out) if one["type"] == "document"
    ]
    assert {Path(one["source"]).name for one in documents} == {
        name.decode("utf-8", "backslashreplace").replace("\n", r"\n") for name in names
    }


def test_a_run_over_nothing_makes_no_case(tidewaiter: Tidewaiter, tmp_path: Path) -> None:
    ended = tidewaiter("run", tmp_path / "reprots", "--out", tmp_path / "case")
    assert ended.status == 2
    assert "no such file or folder" in ended.err
    assert not (tmp_path / "case").exists()


def test_a_report_without_transfers_gives_an_empty_register(tidewaiter: Tidewaiter, tmp_path: Path) -> None:
    (tmp_path / "weather.txt").write_text("It rained in Bergen on Tuesday, the weather service said.\n")
    ended = tidewaiter("run", tmp_path / "weather.txt", "--out", tmp_path / "case")
    assert ended.status == 0
    assert ended.out == "No transfer was found in 1 report.\n"
    assert (tmp_path / "case" / "dossier.html").exists()


def test_the_case_inside_its_source_does_not_read_itself(tidewaiter: Tidewaiter, reports: Path) -> None:
    case = reports / "case"
    tidewaiter("run", reports, "--out", case)
    assert "Taken in: 0 new, 3 known already." in tidewaiter("run", reports, "--out", case).err


def test_quiet_prints_nothing_when_all_is_well(tidewaiter: Tidewaiter, reports: Path, tmp_path: Path) -> None:
    ended = tidewaiter("run", reports, "--out", tmp_path / "case", "--quiet")
    assert (ended.status, ended.out, ended.err) == (0, "", "")


# ------------------------------------------------------------------------------------ by steps


def test_the_steps_end_where_run_ends(
    tidewaiter: Tidewaiter, reports: Path, built: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case"
    assert tidewaiter("new", case, "--name", "Guns").status == 0
    for name in sorted(REPORTS, reverse=True):  # in another order
        assert tidewaiter("add", case, reports / name).status == 0
        assert "Read: 1 report" in tidewaiter("build", case).err
    assert tidewaiter("report", case, "--out", tmp_path / "out.html").status == 0
    assert "Guns" in (tmp_path / "out.html").read_text(encoding="utf-8")

    stepwise = tidewaiter("export", case).out.replace(str(reports), "REPORTS")
    at_once = tidewaiter("export", built).out.replace(str(built.parent / "reports"), "REPORTS")
    assert stepwise == at_once


def test_the_same_bytes_twice_are_one_document(tidewaiter: Tidewaiter, reports: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    shutil.copy(reports / "other.md", reports / "twice.md")
    tidewaiter("run", reports, "--out", case)
    documents = [one for one in lines(tidewaiter("export", case).out) if one["type"] == "document"]
    assert len(documents) == 3
    record = CustodyRecord(case / "custody.jsonl")
    assert [entry["action"] for entry in record.entries()].count("seen again") == 1
    assert record.faults() == []


def test_documents_are_read_again_when_a_table_changes(
    tidewaiter: Tidewaiter, reports: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case"
    tidewaiter("run", reports, "--out", case)
    own, table = case / "knowledge", sorted(TABLES.glob("*.csv"))[0]
    own.mkdir()
    row = next(csv.DictReader(table.open(encoding="utf-8")))
    with (own / table.name).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(row))
        writer.writeheader()
        writer.writerow(row | {"source": "looked up for this case"})
    knowledge.load.cache_clear()  # as another process
    assert "Read: 3 reports; 0 unchanged." in tidewaiter("build", case).err
    assert "Read: 0 reports; 3 unchanged." in tidewaiter("build", case).err


# ------------------------------------------------------------------------------------ the same again


def test_two_runs_with_one_clock_give_the_same_bytes(tmp_path: Path) -> None:
    made: list[tuple[bytes, ...]] = []
    for seed in ("1", "2"):  # of string hashes: nothing may depend on the order of a set
        folder = tmp_path / seed
        write_reports(folder / "reports")
        environment = os.environ | {"SOURCE_DATE_EPOCH": CLOCK, "PYTHONHASHSEED": seed}
        script = (
            "tidewaiter run reports --out case --quiet && tidewaiter export case --out case/export.jsonl"
            " && tidewaiter export case --format csv --out case/export.csv"
        ).replace("tidewaiter", f"{sys.executable} -m tidewaiter")
        subprocess.run(script, shell=True, cwd=folder, env=environment, check=True, capture_output=True)
        files = ("export.jsonl", "export.csv", "dossier.html", "custody.jsonl", "case.toml")
        made.append(tuple((folder / "case" / name).read_bytes() for name in files))
    assert made[0] == made[1]


def test_a_case_can_be_moved(tidewaiter: Tidewaiter, built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "moved")
    before = tidewaiter("export", built).out
    assert tidewaiter("export", tmp_path / "moved").out == before
    (tmp_path / "moved" / "derived.sqlite").unlink()
    ended = tidewaiter("build", tmp_path / "moved")
    assert "Read: 3 reports" in ended.err  # from the captures, though the files are elsewhere
    assert tidewaiter("export", tmp_path / "moved").out == before


# ------------------------------------------------------------------------------------ export


def test_every_span_of_the_export_lies_on_its_words(tidewaiter: Tidewaiter, built: Path) -> None:
    exported = lines(tidewaiter("export", built).out)
    texts = {one["id"]: one["text"] for one in exported if one["type"] == "document"}
    checked = 0
    for citation in citations(exported):
        text = texts[citation["document_id"]]
        assert " ... ".join(text[start:end] for start, end in citation["spans"]) == citation["quote"]
        checked += 1
    assert checked > 10


def citations(value: object) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        inner = [one for item in value.values() for one in citations(item)]
        return [value, *inner] if "quote" in value else inner
    return [one for item in value for one in citations(item)] if isinstance(value, list) else []


def test_the_csv_has_the_columns_of_a_trade_register(
    tidewaiter: Tidewaiter, built: Path, tmp_path: Path
) -> None:
    out = tmp_path / "register.csv"
    assert tidewaiter("export", built, "--format", "csv", "--out", out).status == 0
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert {"Recipient", "Supplier", "Number ordered", "Weapon description", "Comments", "Id"} <= set(rows[0])
    assert {"Portugal", "Slovenia"} <= {row["Supplier"] for row in rows}


def test_transfers_name_the_reports_they_stand_in(tidewaiter: Tidewaiter, built: Path) -> None:
    transfers = [one for one in lines(tidewaiter("export", built).out) if one["type"] == "transfer"]
    (howitzers,) = [one for one in transfers if (one["supplier"], one["category"]) == ("PRT", "artillery")]
    assert howitzers["recipient"] == "PRY"
    assert {Path(one["document"]).name for one in howitzers["reported"]} == {"accusation.txt", "denial.html"}


# ------------------------------------------------------------------------------------ read


def test_read_prints_one_object_a_file_in_the_order_given(tidewaiter: Tidewaiter, reports: Path) -> None:
    ended = tidewaiter("read", reports / "other.md", reports / "accusation.txt")
    other, accusation = lines(ended.out)
    assert ended.status == 0
    assert other["document"]["source"] == str(reports / "other.md")
    assert accusation["document"]["published"] == "2021-03-03"
    assert [(one["supplier"], one["recipient"]) for one in other["transfers"]] == [("SVN", "KEN")]
    for statement in accusation["statements"]:
        text = accusation["document"]["text"]
        for part in (statement["content"], statement["cue"], statement["source"]):
            if part:
                assert " ".join(text[start:end] for start, end in part["spans"]) == part["text"]


def test_read_goes_on_after_a_file_that_cannot_be_read(tidewaiter: Tidewaiter, reports: Path) -> None:
    ended = tidewaiter("read", reports / "none.txt", reports / "other.md")
    failed, other = lines(ended.out)
    assert ended.status == 1
    assert failed["document"] == {"source": str(reports / "none.txt")}
    assert failed["error"]
    assert other["transfers"]


def test_read_raw_leaves_the_text_alone(tidewaiter: Tidewaiter, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("Home | News\r\n\r\nChile said on Monday   it had\u00a0sold rifles.\n", newline="")
    (found,) = lines(tidewaiter("read", path, "--raw", "--only", "statements").out)
    assert found["document"]["text"] == path.read_bytes().decode()
    assert sorted(found) == ["document", "reader", "statements"]


def test_a_date_given_is_used_where_the_file_has_none(tidewaiter: Tidewaiter, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("Chile sold rifles to Peru, officials said.")
    (found,) = lines(tidewaiter("read", path, "--date", "2019-07").out)
    assert (found["document"]["published"], found["document"]["published_ground"]) == ("2019-07", "given")


def test_read_for_people(tidewaiter: Tidewaiter, reports: Path) -> None:
    ended = tidewaiter("read", reports / "accusation.txt", "--format", "text")
    assert "Portugal to Paraguay: artillery, 40 howitzers; shipped" in ended.out


# ------------------------------------------------------------------------------------ explain


def test_explain_shows_words_document_date_and_ground(tidewaiter: Tidewaiter, built: Path) -> None:
    exported = lines(tidewaiter("export", built).out)
    (row,) = [one for one in exported if one["type"] == "transfer" and one["supplier"] == "PRT"]
    ended = tidewaiter("explain", built, row["id"])
    for words in ("40 howitzers", "4 March 2021 (metadata)", "The Estuary Post", "accusation.txt", "denies"):
        assert words in ended.out

    claim = next(one for one in exported if one["type"] == "claim" and one["stance"] == "denies")
    assert "denied" in tidewaiter("explain", built, f"{claim['document_id']}:{claim['id']}").out
    assert tidewaiter("explain", built, claim["transfer"]).status == 0
    assert tidewaiter("explain", built, claim["document_id"]).status == 0
    assert tidewaiter("explain", built, f"{claim['document_id']}:{claim['statement']}.content").status == 0


def test_an_id_of_several_documents_asks_which(tidewaiter: Tidewaiter, built: Path) -> None:
    exported = lines(tidewaiter("export", built).out)
    ids = [(one["id"], one["document_id"]) for one in exported if one["type"] == "statement"]
    name = next(one for one, _ in ids if [other for other, _ in ids].count(one) > 1)
    ended = tidewaiter("explain", built, name)
    assert ended.status == 2
    assert all(f"{document}:{name}" in ended.err for one, document in ids if one == name)


def test_explain_one_field_as_json(tidewaiter: Tidewaiter, built: Path) -> None:
    exported = lines(tidewaiter("export", built).out)
    (row,) = [one for one in exported if one["type"] == "transfer" and one["supplier"] == "PRT"]
    shown = json.loads(tidewaiter("explain", built, f"{row['id']}.supplier", "--format", "json").out)
    (item,) = shown["sections"][0]["items"]
    assert item["value"] == "Portugal"
    texts = {one["id"]: one["text"] for one in exported if one["type"] == "document"}
    marked = set()
    for words in item["words"]:
        for passage in words["passages"]:
            start, text = passage["start"], texts[words["document"]]
            assert text[start : start + len(passage["text"])] == passage["text"]
            marked.update(text[first:last] for first, last in passage["marks"])
    assert "Portugal" in marked


def test_a_former_id_leads_to_the_row_it_means_now(
    tidewaiter: Tidewaiter, reports: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case"
    tidewaiter("run", reports, "--out", case)
    exported = lines(tidewaiter("export", case).out)
    (row,) = [one for one in exported if one["type"] == "transfer" and one["supplier"] == "PRT"]
    members = [(one["document_id"], one["id"]) for one in row["reported"]]
    for member in members:  # each may have named the row at some time
        former = "t" + member[1][1:]
        ended = tidewaiter("explain", case, former)
        assert ended.status == 0
        assert former == row["id"] or f"{former} is now part of {row['id']}" in ended.err
    with Case(case) as opened, opened.writing("testing", "2021-03-04T00:00:00Z"):  # by another reader
        opened.durable.issue("tfffffffff0", [*members, ("d0", "r0")], "2021-03-04T00:00:00Z")
    assert f"is now part of {row['id']}" in tidewaiter("explain", case, "tfffffffff0.supplier").err


def test_an_unknown_id_is_an_error_in_words(tidewaiter: Tidewaiter, built: Path) -> None:
    ended = tidewaiter("explain", built, "t0")
    assert ended.status == 2
    assert ended.err.startswith("Error: t0: nothing in the case has that id")
    assert "Traceback" not in ended.err
    document = lines(tidewaiter("export", built).out)[0]["id"]
    ended = tidewaiter("explain", built, f"{document}.colour")
    assert ended.status == 2
    assert "published_ground" in ended.err


# ------------------------------------------------------------------------------------ errors


def test_a_folder_that_is_no_case_is_refused(tidewaiter: Tidewaiter, reports: Path) -> None:
    ended = tidewaiter("build", reports)
    assert ended.status == 2
    assert "is not a case" in ended.err
    assert tidewaiter("run", reports, "--out", reports.parent).status == 2


def test_a_case_that_was_not_built_says_so(tidewaiter: Tidewaiter, tmp_path: Path) -> None:
    tidewaiter("new", tmp_path / "case")
    ended = tidewaiter("export", tmp_path / "case")
    assert ended.status == 2
    assert "tidewaiter build" in ended.err
    assert tidewaiter("new", tmp_path / "case").status == 2


def test_an_unknown_setting_is_refused(tidewaiter: Tidewaiter, tmp_path: Path) -> None:
    case = tmp_path / "case"
    tidewaiter("new", case)
    with (case / "case.toml").open("a") as handle:
        handle.write('as_off = "2021-03-04"\n')
    ended = tidewaiter("build", case)
    assert ended.status == 2
    assert "as_off" in ended.err


@pytest.mark.parametrize("given", ["yesterday", "2021-13-40", "04/03/2021"])
def test_a_date_that_is_none_is_refused(tidewaiter: Tidewaiter, reports: Path, given: str) -> None:
    ended = tidewaiter("read", reports, "--date", given)
    assert ended.status == 2
    assert "is not a date" in ended.err


def test_a_clock_that_is_none_is_refused(
    tidewaiter: Tidewaiter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "noon")
    ended = tidewaiter("new", tmp_path / "case")
    assert ended.status == 2
    assert "SOURCE_DATE_EPOCH" in ended.err


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(
    tidewaiter: Tidewaiter, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = tmp_path / "case"
    tidewaiter("new", case)
    tidewaiter("add", case, reports)
    read, calls = making.read_document, []
    # A run started in the background ignores the signal from the start.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)

    def stopped_at_the_third(document: Document, tables: Any) -> Reading:
        calls.append(document.id)
        if len(calls) == 3:
            os.kill(os.getpid(), signal.SIGINT)
        return read(document, tables)

    monkeypatch.setattr(making, "read_document", stopped_at_the_third)
    ended = tidewaiter("build", case)
    signal.signal(signal.SIGINT, before)
    assert ended.status == 130
    assert "are kept" in ended.err
    assert f"tidewaiter build {case}" in ended.err
    monkeypatch.setattr(making, "read_document", read)
    assert "Read: 1 report; 2 unchanged." in tidewaiter("build", case).err


def test_a_fault_in_one_document_does_not_cost_the_others(
    tidewaiter: Tidewaiter, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = making.read_document

    def faulty(document: Document, tables: Any) -> Reading:
        if "Kenya" in document.text:
            raise IndexError("list index out of range")
        return read(document, tables)

    monkeypatch.setattr(making, "read_document", faulty)
    ended = tidewaiter("run", reports, "--out", tmp_path / "case")
    assert ended.status == 1
    assert "other.md: the program failed on this text (IndexError" in ended.err
    assert "Read: 2 reports" in ended.err


# ------------------------------------------------------------------------------------ the process


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['tidewaiter', '--help']\n"
        "from tidewaiter.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'numpy', 'trafilatura', 'altair', 'rich', 'lxml', 'sqlite3', 'jinja2'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Examples:" in ended.stdout
    assert ended.stderr.strip() == "[]"


def test_the_command_and_the_module_are_the_same() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tidewaiter", "--version"], capture_output=True, text=True, check=True
    )
    assert ended.stdout.startswith("tidewaiter ")
    assert CLOCK.isdigit()
