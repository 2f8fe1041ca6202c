"""Undated documents get a day from copies and from dated words, never from nothing."""

from __future__ import annotations

from datetime import date

import pytest

from linking.builders import Report, documents_of, readings_of
from linking.test_copies import REWRITTEN, WIRE
from tidewaiter.edtf import nearest_year
from tidewaiter.linking import link
from tidewaiter.linking.dating import agrees
from tidewaiter.model import Category, Stance


def _dated(*reports: Report) -> dict[str, tuple[str, str]]:
    return dict(link(documents_of(reports), readings_of(reports)).dated)


def test_near_copy_gives_its_day_with_ground() -> None:
    dated, bare = Report("a", WIRE, "2031-05-02"), Report("b", f"{WIRE}\nMore soon.")
    value, ground = _dated(dated, bare)[bare.document.id]
    assert value == "2031-05-02?"
    assert "copy of Port workers in the capital" in ground


def test_rewrite_gives_an_approximate_day_and_a_bound_stays_a_bound() -> None:
    dated, bare = Report("a", WIRE, "2031-05-02"), Report("b", REWRITTEN)
    assert _dated(dated, bare)[bare.document.id][0] == "2031-05-02~"
    bounded = Report("a", WIRE, "[..2031-05-02]")
    assert _dated(bounded, bare)[bare.document.id][0] == "[..2031-05-02]"


def test_several_dated_copies_give_the_days_between() -> None:
    bare = Report("c", WIRE)
    found = _dated(Report("a", WIRE, "2031-05-02"), Report("b", WIRE, "2031-05-05"), bare)
    assert found[bare.document.id][0] == "[2031-05-02..2031-05-05]"


def _briefing(report: Report, day: str | None, said: str | None = None) -> None:
    row = report.transfer("BRA", "AGO", Category.SHIPS, "boats")
    statement = report.statement("Ana Ruiz", "ZMB", said, day) if said else None
    report.claim(row, Stance.ASSERTS, "Ana Ruiz", "ZMB", said_on=day, statement=statement)


def test_same_briefing_on_the_same_day_of_the_month_bounds_the_publication() -> None:
    dated, bare = Report("a", "One.", "2031-05-03"), Report("b", "Two.")
    _briefing(dated, "2031-05-02")
    _briefing(bare, "XXXX-05-02")
    value, ground = _dated(dated, bare)[bare.document.id]
    assert value == "[2031-05-02..]"
    assert "Ruiz" in ground


def test_same_words_of_the_same_speaker_bound_the_publication() -> None:
    said = "the boats reached our enemies under cover of a fishing fleet"
    dated, bare = Report("a", f"“{said}”", "2031-05-03"), Report("b", f"She said {said}.")
    _briefing(dated, "2031-05-02", said)
    _briefing(bare, None, said)
    value, ground = _dated(dated, bare)[bare.document.id]
    assert value == "[2031-05-02..]"
    assert said in ground


def test_a_conflicting_day_dates_nothing() -> None:
    said = "the boats reached our enemies under cover of a fishing fleet"
    dated, bare = Report("a", f"“{said}”", "2031-05-03"), Report("b", f"She said {said}.")
    _briefing(dated, "2031-05-02", said)
    _briefing(bare, "XXXX-06-11", said)
    assert _dated(dated, bare) == {}


def test_dated_documents_keep_their_date() -> None:
    assert _dated(Report("a", WIRE, "2031-05-02"), Report("b", WIRE, "2032-05-02")) == {}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("XXXX-11-02", "2031-11-02"),
        ("XXXX-10-17", "2031-10-17?"),
        ("XXXX-01-05", "2032-01-05?"),
        ("XXXX-09", "2031-09?"),
        ("2030-09", "2030-09"),
    ],
)
def test_nearest_year(value: str, expected: str) -> None:
    assert nearest_year(value, date(2031, 11, 2)) == expected


def test_agrees() -> None:
    assert agrees(None, "2031-05-02")
    assert agrees("XXXX-05", "2031-05-02")
    assert not agrees("XXXX-06", "2031-05-02")
    assert agrees("[2031-05-01..]", "2031-05-02")
    assert not agrees("2031-04", "2031-05-02")
    assert agrees("not a date", "2031-05-02")
