"""Times to EDTF by the day of publication; and words that are no times."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter import edtf
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.when.times import find_times

ParseText = Callable[..., Parsed]

THURSDAY = "2021-06-10"


def found(parse_text: ParseText, text: str, published: str | None = THURSDAY) -> list[tuple[str, str | None]]:
    return [(text[slice(*one.span)], one.edtf) for one in find_times(parse_text(text, published=published))]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on Wednesday", "2021-06-09"),
        ("on Thursday", "2021-06-10"),
        ("last Thursday", "2021-06-03"),
        ("last Friday", "2021-06-04"),
        ("on Sunday evening", "2021-06-06"),
        ("on May 2", "2021-05-02"),
        ("on Nov. 2", "2020-11-02"),
        ("on Nov.2", "2020-11-02"),
        ("on Oct 13", "2020-10-13"),
        ("on the 13th of October", "2020-10-13"),
        ("on June 11", "2021-06-11"),
        ("in September", "2020-09"),
        ("in June", "2021-06"),
        ("early January", "2021-01"),
        ("at the end of December", "2020-12"),
        ("last December", "2020-12"),
        ("last June", "2020-06"),
        ("in August of this year", "2021-08"),
        ("in August last year", "2020-08"),
        ("since February", "2021-02"),
        ("last month", "2021-05"),
        ("earlier this month", "2021-06"),
        ("last week", "[2021-05-31..2021-06-06]"),
        ("this week", "[2021-06-07..2021-06-10]"),
        ("yesterday", "2021-06-09"),
        ("today", "2021-06-10"),
        ("earlier this year", "2021"),
        ("late last year", "2020"),
        ("three days ago", "2021-06-07"),
        ("two weeks ago", "[2021-05-24..2021-05-30]"),
        ("six months ago", "2020-12"),
        ("a year ago", "2020"),
        ("a week earlier", None),
        ("in recent weeks", None),
        ("in 2019", "2019"),
        ("in early 2019", "2019"),
        ("in the 1990s", "1990/1999"),
        ("from 2015-2019", "2015/2019"),
        ("in March 2018", "2018-03"),
        ("on Dec. 30, 2018", "2018-12-30"),
        ("on Thursday, January 4, 2018,", "2018-01-04"),
        ("on 30 December 2018", "2018-12-30"),
        ("on 4-6 January 2018", "2018-01-04/2018-01-06"),
        ("on 2018-11-08", "2018-11-08"),
        ("on 11/08/18", "2018-11-08"),
        ("on 25/12/2018", "2018-12-25"),
        ("on 22.02.18", "2018-02-22"),
    ],
)
def test_times_of_a_dated_report(parse_text: ParseText, words: str, expected: str | None) -> None:
    times = found(parse_text, f"Peru shipped the rifles {words} by sea.")
    assert [edtf_ for _, edtf_ in times] == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on Nov. 2", "XXXX-11-02"),
        ("in September", "XXXX-09"),
        ("in August of this year", "XXXX-08"),
        ("on Wednesday", None),
        ("last month", None),
        ("yesterday", None),
        ("in 2019", "2019"),
    ],
)
def test_times_of_an_undated_report(parse_text: ParseText, words: str, expected: str | None) -> None:
    times = find_times(parse_text(f"Peru shipped the rifles {words} by sea."))
    assert [(one.edtf, one.relative) for one in times] == [(expected, expected is None)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on December 30", "2017-12-30"),
        ("on January 2", "2018-01-02"),
        ("in October", "2017-10"),
        ("on February 1", "XXXX-02-01"),
        ("on Monday", None),
        ("earlier this year", "2018"),
    ],
)
def test_report_dated_between_two_days(parse_text: ParseText, words: str, expected: str | None) -> None:
    times = found(parse_text, f"Peru shipped the rifles {words} by sea.", "[2018-01-02..2018-02-25]")
    assert [edtf_ for _, edtf_ in times] == [expected]


def test_uncertain_publication_gives_uncertain_days(parse_text: ParseText) -> None:
    assert found(parse_text, "It sailed on Monday.", "2018-01-04?") == [("Monday", "2018-01-01?")]


def test_future_is_told_by_the_verb(parse_text: ParseText) -> None:
    text = "The ship will leave on Monday; the tanks will arrive on December 5 and the jets next March."
    assert [edtf_ for _, edtf_ in found(parse_text, text)] == ["2021-06-14", "2021-12-05", "2022-03"]


def test_adjacent_dates_share_a_year(parse_text: ParseText) -> None:
    text = "They sailed between September 7 and October 1, 2017 and from Dec. 30 to Jan. 2, 2019."
    assert [edtf_ for _, edtf_ in found(parse_text, text)] == [
        "2017-09-07",
        "2017-10-01",
        "2018-12-30",
        "2019-01-02",
    ]


def test_year_far_off_is_not_taken_over(parse_text: ParseText) -> None:
    text = "They sailed on Dec. 30, 2017. The second ship left on Jan. 2 from Lima."
    assert found(parse_text, text, None)[-1] == ("Jan. 2", "XXXX-01-02")


@pytest.mark.parametrize(
    "text",
    [
        "It may be that troops march on the town in a second.",
        "Officers may 3 times refuse.",
        "After Friday prayers the Sunday Times printed it on Black Friday.",
        "Resolution 2006 allows more than 2000 rifles.",
        "Call 1.2.3.4 or 555-2019-33.",
        "They met on February 30.",
        "Version 2.10.3 of the marching order",
    ],
)
def test_words_that_are_no_times(parse_text: ParseText, text: str) -> None:
    assert found(parse_text, text) == []


def test_capital_may_needs_company(parse_text: ParseText) -> None:
    assert found(parse_text, "May they prosper. In May they sailed.") == [("May", "2021-05")]


DIRTY = (
    "on Nov. 2 Feb 29 30 31 2023 , Friday last week May march 2019-02-30 99/99/99 31.12.99 two "
    "weeks ago - and early the 1990s 0001 this year yesterday \n XXXX"
)
PARTS = st.sampled_from(DIRTY.split(" "))
DATES = st.sampled_from(
    [
        *(None, "2024-02-29", "0001-01-01", "9999-12-31", "XXXX-11-02", "2022", "2022-11", "not a date"),
        *("[2024-01-02..2024-02-25]", "[..2024-06-13]", "2024-01-04?", "2022-11-02/2022-11-08"),
    ]
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PARTS | st.text(max_size=6), max_size=25).map(" ".join), DATES)
def test_every_string_is_edtf_on_any_text(parse_text: ParseText, text: str, published: str | None) -> None:
    last = 0
    for one in find_times(parse_text(text, published=published)):
        assert last <= one.span.start < one.span.end <= len(text)
        edtf.bounds(one.edtf)
        last = one.span.end
