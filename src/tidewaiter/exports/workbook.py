"""The register and what stands under it as an Excel workbook (Office Open XML).

Every cell is written as text or as a count, never as a formula or a link, whatever it begins with.  The same
case gives the same bytes: the parts of the file bear a fixed time, and its day of making is that of the
case's state.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from tidewaiter.exports.sheets import Sheet, Value

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576
"""Rows of a sheet in Excel, the headings counted."""

MOST_CHARACTERS = 32_767
"""UTF-16 units in a cell of Excel."""

CUT = " … [cut here: Excel holds no more; the whole text is in the export as jsonl]"

_UNWRITABLE = dict.fromkeys(
    (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd"
)
"""Characters that XML forbids, or that spreadsheet programs do not show, each to one replacement
character."""


def write_workbook(handle: BinaryIO, sheets: Iterable[Sheet], state_at: str, scratch: str) -> None:
    """Write the workbook to a file that is open for writing.

    ``state_at``: UTC, ISO 8601, the moment of the case's state, which the workbook says it was made at;
    ``scratch``: a folder for rows that wait, so that a large case needs no memory.
    """
    import xlsxwriter

    options = {
        "constant_memory": True,
        "tmpdir": scratch,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(handle, options)
    book.set_properties({"created": datetime.fromisoformat(state_at).replace(tzinfo=None)})
    heading = book.add_format({"bold": True, "valign": "top", "text_wrap": True, "bottom": 1})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    for sheet in sheets:
        _write_sheet(book, sheet, heading, plain)
    book.close()


def _write_sheet(book: Workbook, sheet: Sheet, heading: Format, plain: Format) -> None:
    """Write a sheet; one that has more rows than Excel holds goes on in a second."""
    page, part, number = _begun(book, sheet.name, sheet, heading), 1, 0
    for row in sheet.rows:
        if number == MOST_ROWS - 1:
            _end(page, sheet, number)
            part, number = part + 1, 0
            page = _begun(book, f"{sheet.name} {part}", sheet, heading)
        number += 1
        _write_row(page, number, row, plain)
    _end(page, sheet, number)


def _begun(book: Workbook, name: str, sheet: Sheet, heading: Format) -> Worksheet:
    page = book.add_worksheet(name)
    page.freeze_panes(1, 0)
    for place, (title, width) in enumerate(sheet.columns):
        page.set_column(place, place, width)
        page.write_string(0, place, title, heading)
    return page


def _end(page: Worksheet, sheet: Sheet, rows: int) -> None:
    page.autofilter(0, 0, rows, len(sheet.columns) - 1)


def _write_row(page: Worksheet, number: int, row: Sequence[Value], plain: Format) -> None:
    for place, value in enumerate(row):
        if isinstance(value, int):
            page.write_number(number, place, value, plain)
        elif value:
            page.write_string(number, place, fitting(value), plain)


def fitting(text: str) -> str:
    """``text`` as a cell can hold it; where it is cut it says so."""
    clean = text.translate(_UNWRITABLE)
    if len(clean) * 2 <= MOST_CHARACTERS or _units(clean) <= MOST_CHARACTERS:
        return clean
    kept = clean.encode("utf-16-le")[: 2 * (MOST_CHARACTERS - len(CUT))]
    return kept.decode("utf-16-le", "ignore") + CUT


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
