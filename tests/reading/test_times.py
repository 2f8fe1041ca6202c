"""Times to EDTF by the day of publication; and words that are no times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter import edtf
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.when import words as tables
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
        ("on Tuesday of last week", "2021-06-01"),
        ("this Friday", "2021-06-04"),
        ("next Friday", "2021-06-18"),
        ("early this morning", "2021-06-10"),
        ("overnight", "[2021-06-09..2021-06-10]"),
        ("the day before yesterday", "2021-06-08"),
        ("over the weekend", "[2021-06-05..2021-06-06]"),
        ("last weekend", "[2021-06-05..2021-06-06]"),
        ("next weekend", None),
        ("last quarter", "[2021-01-01..2021-03-31]"),
        ("by the end of the month", "2021-06"),
        ("by year-end", "2021"),
        ("in the past three weeks", "[2021-05-20..2021-06-10]"),
        ("over the past year", "[2020-06-10..2021-06-10]"),
        ("over the past year or so", None),
        ("in the last 24 hours", "[2021-06-09..2021-06-10]"),
        ("in the next two days", "[2021-06-10..2021-06-12]"),
        ("for the past two years", None),
        ("a fortnight ago", "[2021-05-24..2021-05-30]"),
        ("more than two years ago", "[..2019-06-10]"),
        ("less than a month ago", "[2021-05-10..2021-06-10]"),
        ("two decades ago", None),
        ("in the year-ago quarter", "2020"),
        ("on the 3rd of last month", "2021-05-03"),
        ("on Christmas Day", "2020-12-25"),
        ("on New Year’s Eve 2018", "2018-12-31"),
        ("in '98", "1998"),
        ("in September '19", "2019-09"),
        ("in 1901", "1901"),
        ("in 2023-11", "2023-11"),
        ("in 2019/20", "2019/2020"),
        ("into the post-2014 market", "2014/.."),
        ("into the pre-2014 market", "../2014"),
        ("in nineteen seventy-nine", "1979"),
        ("in the year two thousand and three", "2003"),
        ("in the '90s", "1990/1999"),
        ("in the early nineties", "1990/1999"),
        ("in the 2020s", "2020/2029"),
        ("in fiscal 2020", "2020"),
        ("in FY2020-21", "2020/2021"),
        ("in the fiscal year", None),
        ("in Q3 2020", "[2020-07-01..2020-09-30]"),
        ("in the second quarter of last year", "[2020-04-01..2020-06-30]"),
        ("in the third quarter", "[2020-07-01..2020-09-30]"),
        ("in last year's third quarter", "[2020-07-01..2020-09-30]"),
        ("in the fiscal third quarter", None),
        ("this summer", "2021"),
        ("last summer", None),
        ("in the first half of 2020", "[2020-01-01..2020-06-30]"),
        ("on Friday, June 5", "2020-06-05"),
        ("on Nov. 2,2020", "2020-11-02"),
        ("on Nov. 2 and 3, 2020", "2020-11-02/2020-11-03"),
        ("from 2 to 4 November 2020", "2020-11-02/2020-11-04"),
        ("at 021530ZNOV20", "2020-11-02"),
        ("from Nov. 2 to 300 buyers", "2020-11-02"),
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
        ("on 11/08/18", "[2018-08-11..2018-11-08]"),
        ("on Sunday, 11/08/2019", "2019-08-11"),
        ("on 06/11/2021", "2021-06-11"),
        ("on 07/06/2021", "2021-06-07"),
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
        ("on Monday", "[2018-01-01..2018-02-19]"),
        ("earlier this year", "2018"),
        ("last month", "[2017-12-01..2018-01-31]"),
        ("more than a year ago", "[..2017-02-25]"),
    ],
)
def test_report_dated_between_two_days(parse_text: ParseText, words: str, expected: str | None) -> None:
    times = found(parse_text, f"Peru shipped the rifles {words} by sea.", "[2018-01-02..2018-02-25]")
    assert [edtf_ for _, edtf_ in times] == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("today", "2022-11"),
        ("yesterday", "[2022-10-31..2022-11-29]"),
        ("on Nov. 20", "2022-11-20"),
        ("on Oct. 20", "2022-10-20"),
        ("in September", "2022-09"),
        ("last month", "2022-10"),
        ("two years ago", "2020"),
        ("in '98", "1998"),
    ],
)
def test_report_of_which_only_the_month_is_known(
    parse_text: ParseText, words: str, expected: str | None
) -> None:
    times = found(parse_text, f"Peru shipped the rifles {words} by sea.", "2022-11")
    assert [edtf_ for _, edtf_ in times] == [expected]


def test_uncertain_publication_gives_uncertain_days(parse_text: ParseText) -> None:
    assert found(parse_text, "It sailed on Monday.", "2018-01-04?") == [("Monday", "2018-01-01?")]


def test_future_is_told_by_the_verb(parse_text: ParseText) -> None:
    text = "The ship will leave on Monday; the tanks will arrive on December 5 and the jets next March."
    assert [edtf_ for _, edtf_ in found(parse_text, text)] == ["2021-06-14", "2021-12-05", "2022-03"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ship would arrive on Friday.", "2021-06-11"),
        ("The talks are to begin on Monday.", "2021-06-14"),
        ("Talks scheduled for Monday are open.", "2021-06-14"),
        ("The ship leaves on Monday.", "2021-06-14"),
        ("Ship leaves Lima Monday", "2021-06-07"),
        ("A ship seized on Monday will be sold.", "2021-06-07"),
        ("Togo agreed to ship them in July.", "2021-07"),
        ("The board set July 20 as the deadline.", "2021-07-20"),
        ("The ban was extended to July 16.", "2021-07-16"),
        ("Togo has until mid-August to answer.", "2021-08"),
        ("It is to be paid by February.", "2022-02"),
        ("The ship will dock in two weeks.", "[2021-06-21..2021-06-27]"),
        ("It sailed on June 20.", "XXXX-06-20"),  # too near to be last year's
        ("It will sail on June 2.", "XXXX-06-02"),
    ],
)
def test_tense(parse_text: ParseText, text: str, expected: str | None) -> None:
    assert [edtf_ for _, edtf_ in found(parse_text, text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on Nov. 2, 2020. A week earlier they had called.", "[2020-10-23..2020-10-29]"),
        ("They met on Nov. 2, 2020, and left the next day.", "2020-11-03"),
        ("They met on Nov. 2, 2020, and left the same day.", "2020-11-02"),
        ("They met on Monday. A day earlier they had called.", "2021-06-06"),
        ("They met in 2014 and fell out two years later.", "2016"),
        ("They met in 2014. In March of that year they fell out.", "2014-03"),
        ("They met in May 2014 and fell out the following month.", "2014-06"),
        ("They met in May 2014 and fell out by the end of the year.", "2014"),
        ("They met in the third quarter of 2019; a year earlier they had not.", "2018"),
        ("They met in 2014. They fell out the next day.", None),
        ("They met on Nov. 2, 2020, the day before the summit.", None),
        ("They met on Nov. 2, 2020.\nA week earlier they had called.", None),
        ("Sales rose to $5 million from $4 million a year earlier.", "2020"),
    ],
)
def test_times_that_hang_on_the_one_before(parse_text: ParseText, text: str, expected: str | None) -> None:
    assert found(parse_text, text)[-1][1] == expected


def test_times_that_hang_on_the_one_behind(parse_text: ParseText) -> None:
    text = "It came two days after Nov. 2, 2020 and left the day before Monday's test."
    assert found(parse_text, text) == [
        ("two days after", "2020-11-04"),
        ("Nov. 2, 2020", "2020-11-02"),
        ("the day before", "2021-06-06"),
        ("Monday", "2021-06-07"),
    ]


def test_the_year_is_not_told_when_it_may_be_the_one_before(parse_text: ParseText) -> None:
    assert found(parse_text, "Sales rose by year-end.", "2021-02-01") == [("year-end", None)]


def test_order_of_day_and_month_is_that_of_the_other_dates(parse_text: ParseText) -> None:
    text = "Sold on 10/11/2020, shipped on 25/12/2020."
    assert [edtf_ for _, edtf_ in found(parse_text, text)] == ["2020-11-10", "2020-12-25"]
    text = "Sold on 10/11/2020, shipped on 12/25/2020."
    assert [edtf_ for _, edtf_ in found(parse_text, text)] == ["2020-10-11", "2020-12-25"]


def test_dateline_is_of_the_year_of_publication(parse_text: ParseText) -> None:
    text = "LOME, May 3 (Volta Wire) - Togo sold the rifles on Monday."
    assert [edtf_ for _, edtf_ in found(parse_text, text, "2021-05-04")] == ["2021-05-03", "2021-05-03"]


def test_adjacent_dates_share_a_year(parse_text: ParseText) -> None:
    text = "They sailed between September 7 and October 1, 2017 and from Dec. 30 to Jan. 2, 2019."
    assert [edtf_ for _, edtf_ in found(parse_text, text)] == [
        "2017-09-07",
        "2017-10-01",
        "2018-12-30",
        "2019-01-02",
    ]


def test_months_share_a_year(parse_text: ParseText) -> None:
    text = "They sailed in April, May and June 2017 and from November 2018 to March."
    values = [edtf_ for _, edtf_ in found(parse_text, text)]
    assert values == ["2017-04", "2017-05", "2017-06", "2018-11", "2019-03"]


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
        "It landed at 2000 GMT with 1945 hours of flight and Mirage 2000 jets.",
        "The daily USA Today spoke of today's world.",
        "In her sixties she met Jan Kowal, Theresa May and April Jones.",
        "It was the first ship in two weeks, and lasted 24 hours.",
        "An overnight train took 1500 rifles there.",
    ],
)
def test_words_that_are_no_times(parse_text: ParseText, text: str) -> None:
    assert found(parse_text, text) == []


def test_capital_may_needs_company(parse_text: ParseText) -> None:
    assert found(parse_text, "May they prosper. In May they sailed.") == [("May", "2021-05")]


MONTHS = [name.capitalize() for name in tables.MONTHS]


def renderings(day: date) -> list[str]:
    """A day in the formats that reports write it in."""
    month, short = MONTHS[day.month - 1], MONTHS[day.month - 1][:3]
    nth = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day not in (11, 12, 13) else 0, "th")
    return [
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day:%d.%m.%Y}",
        f"{day.day}.{day.month}.{day.year}",
        f"{month} {day.day}, {day.year}",
        f"{month} {day.day},{day.year}",
        f"{month.upper()} {day.day} {day.year}",
        f"{short}. {day.day}, {day.year}",
        f"{short} {day.day:02d} {day.year}",
        f"{month} {day.day}{nth}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{day.day} {short}. {day.year}",
        f"{day.day}\u00a0{month}\u00a0{day.year}",
        f"{day.day}{nth} of {month}, {day.year}",
        f"{day:%A}, {month} {day.day}, {day.year}",
        f"{day:%a}., {day.day} {month} {day.year}",
        f"{day.day}-{short}-{day.year}",
        f"{day.day:02d}{short.upper()}{day.year}",
        f"{day:%A}, {day:%m/%d/%Y}" if day.day != day.month else day.isoformat(),
        f"{day:%A}, {day:%d/%m/%Y}" if day.day != day.month else day.isoformat(),
    ]


PUBLISHED = st.sampled_from([None, "2021-06-10", "2021-06", "2021", "[2020-01-02..2020-02-25]"])
ANY_DAY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@ANY_DAY
@given(st.dates(date(1940, 1, 1), date(2049, 12, 31)), PUBLISHED)
def test_every_rendering_of_a_day_reads_back(parse_text: ParseText, day: date, published: str | None) -> None:
    for words in renderings(day):
        values = {edtf_ for _, edtf_ in found(parse_text, f"It sailed on {words} from Lima.", published)}
        swapped = "/" in words and words[0].isalpha() and day.day <= 12
        assert values == {day.isoformat()} or (swapped and _may_be(day, values)), words


def _may_be(day: date, values: set[str | None]) -> bool:
    """Of 03/05 both readings may fall on the same weekday."""
    (value,) = values
    bounds = edtf.bounds(value)
    return (
        bounds.earliest is not None and bounds.latest is not None and bounds.earliest <= day <= bounds.latest
    )


@ANY_DAY
@given(st.dates(date(1950, 1, 1), date(2040, 12, 31)), st.integers(0, 200))
def test_a_day_without_year_is_the_one_before_publication(
    parse_text: ParseText, day: date, later: int
) -> None:
    published = (day + timedelta(days=later)).isoformat()
    for words in (f"{MONTHS[day.month - 1]} {day.day}", f"{day.day} {MONTHS[day.month - 1][:3]}."):
        values = [edtf_ for _, edtf_ in found(parse_text, f"It sailed on {words} from Lima.", published)]
        assert values == [day.isoformat()]


@ANY_DAY
@given(st.dates(date(1950, 1, 1), date(2040, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_the_one_before_publication(parse_text: ParseText, day: date, later: int) -> None:
    published = (day + timedelta(days=later)).isoformat()
    assert found(parse_text, f"It sailed on {day:%A} night.", published) == [(f"{day:%A}", day.isoformat())]


@ANY_DAY
@given(st.integers(1950, 2040), st.integers(1, 12), PUBLISHED)
def test_every_rendering_of_a_month_reads_back(
    parse_text: ParseText, year: int, month: int, published: str | None
) -> None:
    name = MONTHS[month - 1]
    for words in (f"{name} {year}", f"{name} of {year}", f"early {name[:3]}. {year}", f"mid-{name}, {year}"):
        values = [edtf_ for _, edtf_ in found(parse_text, f"It sailed in {words} from Lima.", published)]
        assert values == [f"{year}-{month:02d}"], words


DIRTY = (
    "on Nov. 2 Feb 29 30 31 2023 , Friday last week May march 2019-02-30 99/99/99 31.12.99 two "
    "weeks ago - and early the 1990s 0001 this year yesterday \n XXXX 10/11/2022 a year earlier before after "
    "the next day in past three weeks that month '98 FY2023 Q3 quarter of half weekend to 30 May,2023 0000"
)
PARTS = st.sampled_from(DIRTY.split(" "))
DATES = st.sampled_from(
    [
        *(None, "2024-02-29", "0001-01-01", "9999-12-31", "XXXX-11-02", "2022", "2022-11", "not a date"),
        *("[2024-01-02..2024-02-25]", "[..2024-06-13]", "2024-01-04?", "2022-11-02/2022-11-08"),
    ]
)


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar(parse_text: ParseText, published: str) -> None:
    text = "In '28, on 10/11/2022, Nov. 2, 50 decades ago, in the next fortnight, last year, 3 years earlier."
    for _, value in found(parse_text, text, published):
        edtf.bounds(value)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PARTS | st.text(max_size=6), max_size=25).map(" ".join), DATES)
def test_every_string_is_edtf_on_any_text(parse_text: ParseText, text: str, published: str | None) -> None:
    last = 0
    for one in find_times(parse_text(text, published=published)):
        assert last <= one.span.start < one.span.end <= len(text)
        edtf.bounds(one.edtf)
        last = one.span.end
