"""Reports handed over as bytes: what they are called, and what custody says of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.case import Case
from tidewaiter.errors import CaptureError
from tidewaiter.ledger.custody import CAPTURED, RESTORED, SEEN_AGAIN
from tidewaiter.pipeline import Handed, Taken, label_of
from tidewaiter.pipeline.taking import LONGEST_NAME, NAMELESS

AT = "2024-03-01T12:00:00Z"
LATER = "2024-03-02T12:00:00Z"


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("report.html", "report.html"),
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\a.txt", "a.txt"),
        ("a\x00b\n.txt", "a\\x00b\\n.txt"),
        ("a\u202egpj.txt", "a\\u202egpj.txt"),
        ("отчёт.html", "отчёт.html"),
        ("half \ud800.txt", "half \\ud800.txt"),
        ("", NAMELESS),
        ("..", NAMELESS),
        ("a/", NAMELESS),
        ("  ", NAMELESS),
    ],
)
def test_a_name_is_words(name: str, label: str) -> None:
    assert label_of(name) == label


@given(st.text(st.characters(), max_size=400))
def test_any_name_becomes_one_that_is_harmless(name: str) -> None:
    label = label_of(name)
    assert 0 < len(label) <= LONGEST_NAME
    assert not set(label) & set("/\n\r\x00\x1b\u202e\u2028")
    assert label.strip(".")
    label.encode()


def test_the_end_of_a_long_name_stays() -> None:
    label = label_of("x" * 500 + ".html")
    assert label.endswith(".html")
    assert "…" in label


def took(case: Case, *handed: Handed, at: str = AT) -> list[Taken]:
    return list(case.take_in(handed, at, by="analyst"))


def test_reports_of_one_name_have_sources_of_their_own(tmp_path: Path) -> None:
    with Case.create(tmp_path / "case", AT) as case:
        a, b = (Handed("a/report.txt", text, "upload") for text in (b"one", b"two"))
        first, second = took(case, a, b)
        assert first.source == "upload/report.txt"
        assert second.source == f"upload/{second.sha256[:8]}/report.txt"
        assert [one.action for one in (first, second)] == [CAPTURED, CAPTURED]
        again = took(case, b, a, at=LATER)
        assert [one.source for one in again] == [second.source, first.source]
        assert [one.action for one in again] == ["", ""]
        (other,) = took(case, Handed("other.txt", b"one", "upload"), at=LATER)
        assert other.action == SEEN_AGAIN
        assert case.durable.first_noted(first.sha256) == (first.source, AT, "analyst")


def test_the_same_bytes_twice_at_once_are_noted_once(tmp_path: Path) -> None:
    with Case.create(tmp_path / "case", AT) as case:
        one = Handed("report.txt", b"one", "pasted")
        assert [taken.action for taken in took(case, one, one)] == [CAPTURED, ""]
        (held,) = case.durable.held()
        assert (held.capture.source, held.capture.method) == ("pasted/report.txt", "pasted")
        assert case.durable.bytes.read(held.capture.sha256) == b"one"


def test_what_was_withdrawn_comes_back(tmp_path: Path) -> None:
    with Case.create(tmp_path / "case", AT) as case:
        one = Handed("report.txt", b"one", "upload")
        took(case, one)
        case.remove("upload/report.txt", AT)
        assert [taken.action for taken in took(case, one, at=LATER)] == [RESTORED]


def test_nothing_is_not_taken_in(tmp_path: Path) -> None:
    with Case.create(tmp_path / "case", AT) as case, pytest.raises(CaptureError, match="empty"):
        took(case, Handed("report.txt", b"", "upload"))
