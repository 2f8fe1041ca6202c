"""The dossier as PDF: equal bytes, text that can be read back, bookmarks, and no text that becomes markup."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier.sample import ATLAS, CAPTURES, CASE, REGISTER, SAMPLE
from tidewaiter.dossier import render_pdf
from tidewaiter.dossier.scripts import missing_in
from tidewaiter.errors import ModelError

pytestmark = pytest.mark.xdist_group("pdf")  # what all of it looks at is made once

typst = pytest.importorskip("typst")
pdfium = pytest.importorskip("pypdfium2")

HOSTILE = '#panic("x") $x$ *b* _i_ `c` <a> @b \\ // /* #include "/etc/passwd" ]{ ' + "W" * 300
PROGRAM = (
    "import sys; from dossier.sample import *; from tidewaiter.dossier import render_pdf;"
    "sys.stdout.buffer.write(render_pdf(CASE, *SAMPLE[:3], captures=CAPTURES, atlas=ATLAS).pdf)"
)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_pdf(CASE, *SAMPLE[:3], captures=CAPTURES, atlas=ATLAS).pdf


@pytest.fixture(scope="module")
def opened(pdf: bytes) -> Iterator[object]:
    document = pdfium.PdfDocument(pdf)
    yield document
    document.close()


def text_of(document: object) -> str:
    pages = (document[number].get_textpage().get_text_range() for number in range(len(document)))  # type: ignore[arg-type,index]
    return " ".join(" ".join(pages).replace("\u200b", "").split())


def test_equal_input_gives_equal_bytes_in_another_process(pdf: bytes) -> None:
    tests = str(Path(__file__).parent.parent)
    path = os.pathsep.join((tests, os.environ.get("PYTHONPATH", "")))
    for seed, zone in (("1", "UTC"), ("2", "Pacific/Auckland")):
        environment = os.environ | {"PYTHONPATH": path, "PYTHONHASHSEED": seed, "TZ": zone}
        other = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, check=True
        )
        assert other.stdout == pdf


def test_its_text_reads_back(opened: object) -> None:
    text = text_of(opened)
    for words in (
        CASE,
        "What is alleged",
        "Denied by whom",
        "several thousand rounds left Reykjavik in crates marked as fish meal",
        "Not one shell has left our shores for Malta",
        "How this was made, and what it does not show",
        "What could not be read",
        "ground: dateline",
        "Figure 1. Iceland to Malta: artillery shells. The way, on a map.",
        "(source 1)",
    ):
        assert words in text, words
    assert all(digest in text for digest in CAPTURES)


def test_the_first_page_answers(opened: object) -> None:
    first = " ".join(opened[0].get_textpage().get_text_range().split())  # type: ignore[index]
    for question in (
        "What is alleged",
        "By whom",
        "Denied by whom",
        "origins",
        "What is open",
        "What was done",
    ):
        assert question in first
    assert "New Zealand" in first
    assert "denied it" in first


def test_it_has_bookmarks_a_title_and_a_day(opened: object) -> None:
    marks = [(mark.level, mark.get_title()) for mark in opened.get_toc()]  # type: ignore[attr-defined]
    assert (0, "Summary") in marks
    assert (0, "Register") in marks
    assert [title for level, title in marks if level == 1][: len(REGISTER.rows)] == [
        "1. Iceland → Malta: artillery shells",
        "2. Malta → Iceland: radar components",
    ]
    meta = opened.get_metadata_dict()  # type: ignore[attr-defined]
    assert meta["Title"].startswith(CASE)
    assert meta["CreationDate"].startswith("D:20310530")


def test_it_is_an_archival_and_accessible_pdf(pdf: bytes) -> None:
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in pdf
    assert b"/OutputIntents" in pdf


def test_hostile_text_is_text() -> None:
    made = render_pdf(HOSTILE, *SAMPLE[:3], captures=CAPTURES, atlas=ATLAS)
    text = text_of(pdfium.PdfDocument(made.pdf)).replace(" ", "")
    assert HOSTILE.replace(" ", "") in text


def test_what_has_no_font_is_said_on_the_page_and_named() -> None:
    without = "\U0001cd00"  # a sign of a block that no usual font has
    made = render_pdf(f"Case {without}", *SAMPLE[:3], captures=CAPTURES, atlas=ATLAS)
    assert made.missing is not None
    assert without in made.missing.characters
    assert "fonts-noto" in made.missing.todo
    assert "no font for them" in text_of(pdfium.PdfDocument(made.pdf))


def test_what_the_compiler_says_is_understood() -> None:
    told = 'error: PDF/A-2a error: the text `"한"` could not be displayed with font\n'
    told += 'error: the text `"\\u{e0e}"` could not be displayed\n'
    found = missing_in(told)
    assert found is not None
    assert found.characters == "ฎ한"
    assert "Hangul (1)" in found.words
    assert "Thai (1)" in found.words
    assert found.todo.endswith("fonts-noto-cjk fonts-noto-core")
    assert missing_in("error: something else") is None


def test_without_typst_the_command_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(ModelError, match="pip install"):
        render_pdf(CASE, *SAMPLE[:3], captures=CAPTURES, atlas=ATLAS)
