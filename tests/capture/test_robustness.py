"""Bytes, pages and paths that nobody would send on purpose: each gives a document or says what to do."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tidewaiter.capture.article import MAX_LINES, MAX_TEXT
from tidewaiter.capture.files import find_files, read_capture
from tidewaiter.capture.html import MAX_TAGS, MAX_TAGS_EXTRACTED
from tidewaiter.errors import CaptureError
from tidewaiter.model import Document

Captured = Callable[..., Document]

NOW = "2026-03-01T09:00:00Z"
PROSE = "The harbour master of Klopstok counted forty crates of mortar bombs on the quay on Tuesday."
PAGE = "<!doctype html><html><head>{head}</head><body><article><h1>Crates on the quay</h1>{body}</article>"


def page(body: str, head: str = "<title>Crates on the quay</title>") -> str:
    return PAGE.format(head=head, body=body)


def refused(capture_bytes: Captured, data: bytes | str, name: str = "report.txt") -> str:
    """What the error says, which also says where and what to do."""
    with pytest.raises(CaptureError) as error:
        capture_bytes(data, name)
    assert error.value.where == name
    assert error.value.todo
    return error.value.what


# ------------------------------------------------------------------------------------------- bytes


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"\x00" * 4_000, "binary"),
        (b" \r\n\t\x00\n", "binary"),
        (b" \r\n\t\n \x0c", "no text"),
        (random.Random(7).randbytes(100_000), "binary"),
        (b"\x7fELF" + bytes(2_000), "a program"),
        (b"\xef\xbb\xbf", "no text"),
    ],
)
@pytest.mark.parametrize("name", ["report.txt", "report.html", "report.json", "report.md"])
def test_no_text(capture_bytes: Captured, data: bytes, what: str, name: str) -> None:
    assert what in refused(capture_bytes, data, name)


def test_stray_nuls_go(capture_bytes: Captured) -> None:
    document = capture_bytes(f"Crates on the quay\n\n{PROSE}\x00 {PROSE[:30]}\x00.\n")
    assert "\x00" not in document.text
    assert PROSE in document.text


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        (f"{PROSE}\n\n" * 220_000, "characters"),  # 20 MB
        ("word " * (MAX_TEXT // 5 + 1), "characters"),
        ("a\n" * (MAX_LINES + 1), "lines"),
        ("a\r" * (MAX_LINES + 1), "lines"),
    ],
)
def test_longer_than_a_report(capture_bytes: Captured, text: str, unit: str) -> None:
    assert unit in refused(capture_bytes, text)


@pytest.mark.parametrize("unit", ["a", "word ", "<", "&", "1", ".", "HomeAaa", "By Aa ", "A", "share ", "• "])
def test_a_line_of_a_million_characters(capture_bytes: Captured, unit: str) -> None:
    document = capture_bytes(f"{PROSE}\n" + unit * (1_000_000 // len(unit)))
    assert PROSE in document.text


# --------------------------------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("declared", "actual", "encoding"),
    [
        ("iso-8859-1", "utf-8", "utf-8"),
        ("windows-1251", "utf-8", "utf-8"),
        ("utf-8", "cp1252", "cp1252"),
        ("klingon", "utf-8", "utf-8"),
        ("utf-16", "utf-8", "utf-8"),
        ("utf-8", "utf-16", "utf-16"),
        ("unicode_escape", "utf-8", "utf-8"),
        ("punycode", "utf-8", "utf-8"),
        ("idna", "utf-8", "utf-8"),
        ("cp037", "utf-8", "utf-8"),
        ("undefined", "utf-8", "utf-8"),
    ],
)
def test_a_page_that_declares_another_encoding(
    capture_bytes: Captured, declared: str, actual: str, encoding: str
) -> None:
    words = "“Nothing left Besançon,” said Zoë Crémieux – the mayor’s aide."
    source = page(f"<p>{PROSE}</p><p>{words}</p>", f'<meta charset="{declared}"><title>t</title>')
    document = capture_bytes(source.encode(actual), "page.html")
    assert document.encoding == encoding
    assert words in document.text
    assert not document.flags


def test_a_part_in_another_encoding(capture_bytes: Captured) -> None:
    there = "“Forty crates,” said the mayor’s aide in Besançon. " * 5
    document = capture_bytes(there.encode() + "Zoë agreed.".encode("cp1252"))
    assert document.text.startswith("“Forty crates,” said")
    assert document.flags == ("1 characters could not be decoded",)


@pytest.mark.parametrize("hidden", ["\u200b", "\u200f", "\u202e", "\u2066", "\u00ad", "\ufeff", "\u2060"])
@pytest.mark.parametrize("name", ["report.txt", "report.html"])
def test_characters_that_nobody_sees_go(capture_bytes: Captured, hidden: str, name: str) -> None:
    words = PROSE.replace("harbour", f"har{hidden}bour")
    source = page(f"<p>{words}</p><p>{PROSE.upper()}</p>") if name.endswith("html") else words
    assert PROSE in capture_bytes(source, name).text


@pytest.mark.parametrize("words", ["سفینه‌های جنگی", "👩‍✈️ 🚢🇰🇵", "e\u0301te\u0301", "𝔸𝕣𝕞𝕤"])
def test_characters_that_words_are_spelled_with_stay(capture_bytes: Captured, words: str) -> None:
    for source, name in ((f"{PROSE} {words}", "a.txt"), (page(f"<p>{PROSE} {words}</p>"), "a.html")):
        assert words in capture_bytes(source, name).text


def test_half_a_character_in_json(capture_bytes: Captured) -> None:
    escaped = json.dumps(PROSE)[1:-1] + r" \ud83d and \ude00 but \ud83d\ude00."
    document = capture_bytes(f'{{"title": "Crates \\udc00", "text": "{escaped}"}}', "a.json")
    assert document.text == f"{PROSE} \ufffd and \ufffd but 😀."
    assert document.title == "Crates \ufffd"


def test_metadata_is_one_line_without_what_nobody_sees(capture_bytes: Captured) -> None:
    source = json.dumps(
        {"text": PROSE, "title": "Crates\n on\x1b[31m the\x00 qu\u202eay", "author": "\u200b \x07"}
    )
    document = capture_bytes(source, "a.json")
    assert document.title == "Crates on[31m the quay"
    assert document.author is None


def test_a_title_without_end_is_none(capture_bytes: Captured) -> None:
    source = json.dumps({"text": PROSE, "title": "word " * 100_000, "publisher": "x" * 100_000})
    document = capture_bytes(source, "a.json")
    assert document.title is None
    assert document.outlet is None


@pytest.mark.parametrize("number", ["9" * 10_000, "-" + "9" * 10_000, "1e999999", "-0.0e-99999", "NaN"])
def test_numbers_without_end_in_json(capture_bytes: Captured, number: str) -> None:
    assert capture_bytes(f'{{"id": {number}, "text": "{PROSE}"}}', "a.json").text == PROSE


@pytest.mark.parametrize("depth", [50, 450, 900])
def test_nested_names_in_json(capture_bytes: Captured, depth: int) -> None:
    for opened, closed in (("[", "]"), ('{"name":', "}")):
        name = opened * depth + '"Crates"' + closed * depth
        assert capture_bytes(f'{{"title": {name}, "text": "{PROSE}"}}', "a.json").title is None


def test_json_nested_without_end(capture_bytes: Captured) -> None:
    assert "not valid JSON" in refused(capture_bytes, "[" * 100_000, "a.json")
    page_data = f'<script type="application/ld+json">{"[" * 100_000}</script><title>t</title>'
    assert PROSE in capture_bytes(page(f"<p>{PROSE}</p>", page_data), "a.html").text


@pytest.mark.parametrize(
    "value", ["{}", "[]", '"text"', "null", "1", '{"text": ""}', '{"text": 1}', '{"text": ["a"]}']
)
def test_json_that_is_no_article(capture_bytes: Captured, value: str) -> None:
    assert "no article text" in refused(capture_bytes, value, "a.json")


# ------------------------------------------------------------------------------------------- pages


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul><li", "table><tr><td", "span", "font"])
def test_ten_thousand_nested_tags(capture_bytes: Captured, tag: str) -> None:
    document = capture_bytes(page(f"<{tag}>" * 10_000 + f"<p>{PROSE}</p>"), "page.html")
    assert PROSE in document.text
    assert document.title == "Crates on the quay"


def test_a_page_of_many_equal_paragraphs(capture_bytes: Captured) -> None:
    assert "characters" in refused(capture_bytes, page(f"<p>{PROSE}</p>" * 60_000), "page.html")
    document = capture_bytes(page("<p>Crate.</p>" * MAX_TAGS_EXTRACTED), "page.html")
    assert "too many to look for the article" in document.flags[0]
    assert document.title == "Crates on the quay"


def test_a_page_of_tags_only(capture_bytes: Captured) -> None:
    assert "tags" in refused(capture_bytes, page("<i>" * (MAX_TAGS + 1)), "page.html")


@pytest.mark.parametrize(
    "broken",
    [
        '<p class="a>{}</p>',
        "<p>{}<p>{}</div></b></p></table>",
        "<p>{}</p></body></html><p>{}",
        "<p <p>{}",
        "<![CDATA[<p>{}</p>]]><p>{}</p>",
        "<!-- <p>{}</p> --><p>{}</p><!--",
        '<a href="x"" title=\'y><b>{}</b></a><p>{}</p>',
        "<p>{}</p><script>if (a < b) { x = '</p>' }",
        "<p>{}</p><svg><title>x</title><p>{}</p>",
        "<html><html><head><body><p>{}</p><head><title>again</title>",
    ],
)
def test_broken_markup(capture_bytes: Captured, broken: str) -> None:
    source = page(f"<p>{PROSE}</p>" + broken.replace("{}", f"{PROSE[:-1]} and went home."))
    assert PROSE in capture_bytes(source, "page.html").text


def test_nothing_but_space_above_the_article(capture_bytes: Captured) -> None:
    source = "<!doctype html>" + " " * 300_000 + "\n" * 90_000 + page(f"<p>{PROSE}</p>")
    assert PROSE in capture_bytes(source, "page.html").text


def test_a_quotation_mark_in_a_tag_ends_no_article(capture_bytes: Captured) -> None:
    document = capture_bytes(
        page(f'<input class="a"">\n<p>{PROSE}</p><meta x=“y”><p>{PROSE[4:]}</p>'), "a.html"
    )
    assert PROSE in document.text
    assert not document.flags  # all of it has its place in the source


# ------------------------------------------------------------------------------------------- paths


def failure(path: Path) -> CaptureError:
    with pytest.raises(CaptureError) as error:
        read_capture(path, str(path), NOW, "analyst")
    assert error.value.where == str(path)
    assert error.value.todo
    return error.value


def test_a_folder_named_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "saved.html").mkdir()
    (tmp_path / "saved.html" / "inside.txt").write_text(PROSE)
    assert [path.name for path in find_files([tmp_path]).files] == ["inside.txt"]
    assert "regular file" in failure(tmp_path / "saved.html").what


def test_a_link_to_itself(tmp_path: Path) -> None:
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    assert find_files([tmp_path]).files == [loop]
    assert "cannot be read" in failure(loop).what


def test_a_file_that_goes_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(PROSE)
    assert find_files([tmp_path]).files == [path]
    path.unlink()
    assert "cannot be read" in failure(path).what


def test_a_path_that_no_system_has(tmp_path: Path) -> None:
    long, nul = tmp_path / ("x" * 5_000 + ".txt"), Path("a\0b.txt")
    assert find_files([long, nul]).files == [long, nul]
    assert "cannot be read" in failure(long).what
