"""A judgement outlives another cleaner: it points at the words, wherever they stand now."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tidewaiter.capture import files
from tidewaiter.case import Case
from tidewaiter.model import Document, JudgementKind, Standing
from tidewaiter.pipeline.naming import Wanted

AT = "2026-01-31T12:00:00Z"
LINE = "Sign up for our evening letter and miss nothing."
REPORT = f"""\
Howitzers for Laos

{LINE}

Published March 7, 2022

TALLINN - Uruguay delivered 24 howitzers to Laos on board a freighter, Estonian officials said on Monday.

Laos denied that it had received howitzers from Uruguay.
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def row_of(case: Case) -> tuple[str | None, str]:
    (row,) = case.view().register.rows
    return row.recipient, json.dumps([one.text for one in row.judged])


def test_another_cleaning_of_the_text(tmp_path: Path, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Case.create(tmp_path / "case", AT) as case:
        case.add([report], AT)
        case.build(AT)
        ((_, reported),) = case.view().register.rows[0].reported
        wanted = Wanted(JudgementKind.CORRECT, (reported, "recipient", "KHM"), AT, "A. Analyst", "misread")
        case.judge(wanted)
        case.build(AT)
        before = row_of(case)
        assert before[0] == "KHM"

        longer = "An older headline that the former cleaner took for debris\n\n"
        make = files.make_document

        def otherwise(capture: object, data: bytes, *args: object, **options: object) -> Document:
            return make(capture, longer.encode() + data.replace(LINE.encode(), b""), *args, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(files, "make_document", otherwise)
        case.build(AT, anew=True)
        (document,) = case.view().documents
        assert document.text.startswith("An older headline")
        assert row_of(case) == before
        assert [one.standing for one in case.judged()] == [Standing.ACTS]


def test_a_reader_that_reads_nothing_leaves_an_orphan(
    tmp_path: Path, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tidewaiter.model import Reading
    from tidewaiter.reading import reader

    with Case.create(tmp_path / "case", AT) as case:
        case.add([report], AT)
        case.build(AT)
        ((_, reported),) = case.view().register.rows[0].reported
        case.judge(Wanted(JudgementKind.REJECT, (reported,), AT, "A. Analyst", "no such thing"))
        assert case.build(AT).orphaned == ()
        assert case.view().register.rows == ()
        monkeypatch.setattr(reader, "read", lambda document, _: Reading(document.id, "another"))
        (orphan,) = case.build(AT, anew=True).orphaned
        assert "no transfer is read from them" in orphan.because
        monkeypatch.undo()
        assert case.build(AT, anew=True).orphaned == ()
        assert case.view().register.rows == ()
