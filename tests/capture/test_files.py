"""Files and folders: what is found, in which order, and what is said of the rest."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from tidewaiter.capture.files import find_files, make_document, media_type, read_capture
from tidewaiter.errors import CaptureError

NOW = "2026-03-01T09:00:00Z"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.html", "notes.docx", ".hidden.txt", "sub/c.md", "sub/d.json", "sub/deep/e.HTM"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"text of {name}")
    return tmp_path


def names(paths: list[Path], folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in paths]


def test_a_folder_is_walked_in_order(folder: Path) -> None:
    found = find_files([folder])
    assert names(found.files, folder) == ["a.html", "b.txt", "sub/c.md", "sub/d.json", "sub/deep/e.HTM"]
    assert {skipped.path.name: skipped.reason for skipped in found.skipped} == {
        ".hidden.txt": "a hidden file",
        "notes.docx": "not one of .htm .html .json .markdown .md .text .txt .xhtml",
    }


def test_paths_keep_the_order_given_and_are_read_once(folder: Path) -> None:
    found = find_files([folder / "sub" / "d.json", folder / "b.txt", folder])
    assert names(found.files, folder)[:2] == ["sub/d.json", "b.txt"]
    assert len(found.files) == 5
    assert [skipped.reason for skipped in found.skipped].count("the same file as one before") == 2


def test_links_in_a_ring_end(folder: Path) -> None:
    (folder / "sub" / "ring").symlink_to(folder, target_is_directory=True)
    (folder / "lost.txt").symlink_to(folder / "nowhere.txt")
    found = find_files([folder])
    assert names(found.files, folder) == [
        "a.html", "b.txt", "lost.txt", "sub/c.md", "sub/d.json", "sub/deep/e.HTM",
    ]  # fmt: skip


def test_custody_record(folder: Path) -> None:
    capture, data = read_capture(folder / "b.txt", "given/b.txt", NOW, "analyst")
    assert data == b"text of b.txt"
    assert capture.sha256 == hashlib.sha256(data).hexdigest()
    assert (capture.size, capture.source, capture.captured_at) == (13, "given/b.txt", NOW)
    assert (capture.captured_by, capture.method, capture.media_type) == ("analyst", "file", "text/plain")
    assert make_document(capture, data, "given/b.txt").id == f"d{capture.sha256[:12]}"


@pytest.mark.parametrize("kind", ["missing", "empty", "folder", "pipe", "no such name"])
def test_what_cannot_be_read_is_said(tmp_path: Path, kind: str) -> None:
    path = tmp_path / ("bad\0name.txt" if kind == "no such name" else "report.txt")
    if kind == "empty":
        path.write_bytes(b"")
    elif kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    with pytest.raises(CaptureError) as error:
        read_capture(path, str(path), NOW, "analyst")
    assert error.value.where
    assert error.value.todo


def test_a_page_under_another_name_is_a_page() -> None:
    assert media_type("saved.txt", b"\xef\xbb\xbf\n<!DOCTYPE html><title>x</title>") == "text/html"
    assert media_type("saved.txt", b"words <b>and</b> a tag") == "text/plain"
    assert media_type("notes.MD", b"# Title") == "text/markdown"
