"""The figures on dates count what they say they count; TimeML is read with its places."""

from __future__ import annotations

from pathlib import Path

import pytest

from tidewaiter.model import Span, TimeMention
from times.scoring import Counts, is_right, matched
from times.timebank import Date, Report, report, third

MADE = """<?xml version="1.0" ?>
<TimeML><DCT><TIMEX3 tid="t0" type="TIME" value="2021-06-10T09:00:00">06/10/2021</TIMEX3></DCT>
<TEXT>Peru <EVENT eid="e1">sold
<TIMEX3 tid="t1" type="DATE" value="2021-05">last month</TIMEX3></EVENT> rifles
&amp; shells <TIMEX3 tid="t2" type="DATE" value="2021-W22">last week</TIMEX3> for
<TIMEX3 tid="t3" type="DURATION" value="P2D">two days</TIMEX3>.</TEXT></TimeML>"""


def test_a_file_gives_text_dates_and_their_places(tmp_path: Path) -> None:
    path = tmp_path / "made.tml"
    path.write_text(MADE, encoding="utf-8")
    one = report(path)
    assert (one.id, one.published) == ("made", "2021-06-10")
    assert one.text == "Peru sold\nlast month rifles\n& shells last week for\ntwo days."
    assert [(one.text[slice(*date.span)], date.value) for date in one.wanted] == [("last month", "2021-05")]
    assert [one.text[slice(*span)] for span in one.times] == ["last month", "last week", "two days"]


def test_a_file_without_creation_time_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "made.tml"
    path.write_text("<TimeML><TEXT>Peru sold rifles.</TEXT></TimeML>", encoding="utf-8")
    with pytest.raises(ValueError, match="no creation time"):
        report(path)


def test_every_third_report_is_held_out() -> None:
    assert [third(number) for number in range(6)] == 2 * ["development", "development", "held-out"]


@pytest.mark.parametrize(
    ("ours", "reference", "right"),
    [
        ("2021-05-02", "2021-05-02", True),
        ("2021-05-02", "2021-05", True),
        ("2021-05-02?", "2021-05-02", True),
        ("2021-05", "2021", True),
        ("2021-05", "2021-05-02", False),
        ("2021", "2021-05", False),
        ("2020", "2021", False),
        ("2021-05-02/2021-05-04", "2021-05", True),
        ("2021-05-02/2021-06-04", "2021-05", False),
        ("[2021-05-02..2021-05-08]", "2021-05-02", False),
        ("[2021-05-02..2021-05-08]", "2021", True),
        ("[..2021-05-08]", "2021", False),
        ("2021-05-02/..", "2021", False),
        ("2010/2019", "2010", False),
        ("XXXX-05", "2021-05", False),
        (None, "2021", False),
    ],
)
def test_right_to_the_precision_of_the_reference(ours: str | None, reference: str, right: bool) -> None:
    assert is_right(ours, reference) is right


def test_the_time_that_shares_most_stands_for_a_date() -> None:
    ours = [
        TimeMention(Span(0, 4), "2020"),
        TimeMention(Span(5, 12), "2021"),
        TimeMention(Span(20, 24), None),
    ]
    wanted = [Date(Span(2, 12), "2021"), Date(Span(13, 20), "2022"), Date(Span(21, 22), "2023")]
    assert [own for _, own in matched(wanted, ours)] == [ours[1], None, ours[2]]


def test_what_is_found_right_and_invented_is_counted() -> None:
    text = "Sold in 2020, shipped in 2021, used for two days, called 2022."
    spans = [Span(text.index(year), text.index(year) + 4) for year in ("2020", "2021", "2022")]
    ours = [TimeMention(span, value) for span, value in zip(spans, ("2020", "2020", "2022"), strict=True)]
    wanted = (Date(spans[0], "2020"), Date(spans[1], "2021"), Date(Span(40, 48), "2023"))
    counts = Counts()
    counts.add(Report("made", text, "2021-06-10", wanted, tuple(date.span for date in wanted)), ours)
    assert counts.counted() == {"found": "2 of 3", "right": "1 of 2", "no invention": "2 of 3"}
    assert counts.differences == ["made 25..29: 2020, not 2021", "made 40..48: missed: 2023"]


def test_nothing_wanted_is_nothing_found() -> None:
    assert set(Counts().figures().values()) == {0.0}
