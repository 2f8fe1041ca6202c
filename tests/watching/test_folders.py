"""What is new in real folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tidewaiter.watching.folders import Known, Scan, State, scan

NOW = 1_900_000_000.0


def put(path: Path, text: str = "words", age: float = 100.0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (NOW - age, NOW - age))
    return path


def look(*folders: Path, known: dict[str, Known] | None = None, case: Path = Path("/nowhere/case")) -> Scan:
    return scan(folders, known or {}, NOW, 5.0, frozenset([case]))


def seen(found: Scan) -> dict[str, Known]:
    taken = {str(path): Known(state, True) for path, state in found.new.items()}
    return {**taken, **{str(path): Known(state, False) for path, state in found.waiting.items()}}


def test_what_is_new_is_found_once(tmp_path: Path) -> None:
    one, two = put(tmp_path / "one.txt"), put(tmp_path / "below" / "two.html")
    put(tmp_path / "picture.png")
    first = look(tmp_path)
    assert list(first.new) == [one, two]
    second = look(tmp_path, known=seen(first))
    assert (second.new, second.known, second.troubles) == ({}, 2, [])


@pytest.mark.parametrize("change", [{"text": "other words"}, {"age": 50.0}])
def test_another_size_or_time_makes_it_new(tmp_path: Path, change: dict[str, object]) -> None:
    one = put(tmp_path / "one.txt")
    first = look(tmp_path)
    put(one, **change)  # type: ignore[arg-type]
    assert list(look(tmp_path, known=seen(first)).new) == [one]


def test_a_file_that_is_still_written_waits(tmp_path: Path) -> None:
    one = put(tmp_path / "one.txt", age=1.0)
    first = look(tmp_path)
    assert (list(first.waiting), first.new) == ([one], {})
    put(one, "more words", age=0.5)
    assert list(look(tmp_path, known=seen(first)).waiting) == [one]
    put(one, "more words", age=6.0)
    assert list(look(tmp_path, known=seen(first)).new) == [one]


def test_an_empty_file_waits(tmp_path: Path) -> None:
    one = put(tmp_path / "one.txt", "", age=9999.0)
    assert list(look(tmp_path).waiting) == [one]


def test_a_file_from_a_clock_that_is_ahead_waits_for_one_look(tmp_path: Path) -> None:
    one = put(tmp_path / "one.txt", age=-3600.0)
    first = look(tmp_path)
    assert list(first.waiting) == [one]
    assert list(look(tmp_path, known=seen(first)).new) == [one]


def test_a_folder_that_is_not_there_is_a_trouble_and_the_others_are_looked_at(tmp_path: Path) -> None:
    one = put(tmp_path / "here" / "one.txt")
    found = look(tmp_path / "gone", tmp_path / "here")
    assert list(found.new) == [one]
    assert [(trouble.source, trouble.reason) for trouble in found.troubles] == [
        (str(tmp_path / "gone"), "no such folder, or it cannot be looked at")
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is refused to root")
def test_a_folder_that_cannot_be_listed_is_a_trouble(tmp_path: Path) -> None:
    put(tmp_path / "shut" / "one.txt")
    (tmp_path / "shut").chmod(0)
    try:
        assert [one.source for one in look(tmp_path).troubles] == [str(tmp_path / "shut")]
    finally:
        (tmp_path / "shut").chmod(0o700)


def test_what_went_is_forgotten_only_where_everything_could_be_looked_at(tmp_path: Path) -> None:
    put(tmp_path / "one.txt")
    known = {str(tmp_path / "two.txt"): Known(State(1, 1), True)}
    assert look(tmp_path, known=known).gone == [str(tmp_path / "two.txt")]
    assert look(tmp_path, tmp_path / "gone", known=known).gone == []


def test_the_case_s_own_files_are_no_reports(tmp_path: Path) -> None:
    one = put(tmp_path / "one.txt")
    put(tmp_path / "case" / "digests" / "2031-05-04.md")
    assert list(look(tmp_path, case=tmp_path / "case").new) == [one]


def test_what_the_program_writes_is_no_report_also_through_links(tmp_path: Path) -> None:
    one = put(tmp_path / "in" / "one.txt")
    digest = put(tmp_path / "digests" / "2031-05-04.md")
    (tmp_path / "in" / "link").symlink_to(digest.parent)
    (tmp_path / "in" / "link.md").symlink_to(digest)
    assert list(look(tmp_path / "in", case=tmp_path / "digests").new) == [one]
