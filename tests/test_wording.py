"""Dates, codes, names, figures and routes in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import make_document
from tidewaiter import knowledge, understood
from tidewaiter.model import Category, Quantity, ResponseKind, Route, Speaker, Stance
from tidewaiter.wording import (
    CATEGORY_WORDS,
    STANCE_WORDS,
    aimed_words,
    called_in_text,
    document_name,
    figure_words,
    goods_words,
    in_text,
    moment,
    name_of,
    plain,
    possessive,
    quoted,
    route_parts,
    since_words,
    singular,
    speaker_words,
    spoken,
    title_of,
    value_words,
)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        (None, "not known"),
        ("2031", "2031"),
        ("2031-05", "May 2031"),
        ("2031-05-02", "2 May 2031"),
        ("2031-05-02?", "2 May 2031 (uncertain)"),
        ("2031~", "about 2031"),
        ("XXXX-05-02", "2 May, year not known"),
        ("XXXX-05", "May, year not known"),
        ("[2031-01-02..2031-02-25]", "between 2 January 2031 and 25 February 2031"),
        ("[..2031-06-13]", "on or before 13 June 2031"),
        ("[2031-06-13..]", "on or after 13 June 2031"),
        ("2031-05-02/2031-05-08", "2 May 2031 to 8 May 2031"),
        ("2031-05-02/..", "from 2 May 2031"),
        ("2031-13", "2031-13"),  # no such month: given back, not guessed at
        ("next spring", "next spring"),
    ],
)
def test_dates_are_said_with_all_that_is_uncertain_about_them(edtf: str | None, words: str) -> None:
    assert spoken(edtf) == words


@given(st.text(max_size=40))
def test_no_string_is_too_odd_to_be_said(text: str) -> None:
    assert isinstance(spoken(text), str)
    assert isinstance(moment(text), str)
    assert isinstance(plain(text), str)


def test_moments() -> None:
    assert moment("2031-06-01") == "1 June 2031"
    assert moment("2031-06-01T09:30:00Z") == "1 June 2031, 09:30 UTC"
    assert moment("some day") == "some day"


def test_every_controlled_word_has_words() -> None:
    assert set(CATEGORY_WORDS) == set(Category)
    assert set(STANCE_WORDS) == set(Stance)


def test_parties_are_named_as_usual_else_by_iso_else_as_they_are() -> None:
    assert name_of("NZL") == "New Zealand"
    assert name_of("BOL") == "Bolivia"
    assert name_of("BOL", {"BOL": "Plurinational State"}) == "Plurinational State"
    assert name_of("UN", {}) == "United Nations"
    assert name_of("Invented Brigade") == "Invented Brigade"
    assert name_of("ZZZ") == "ZZZ"


@pytest.mark.parametrize(
    ("speaker", "label", "words"),
    [
        (Speaker("Ana Ruiz", "defence minister", "CHL"), "Chile", "Ana Ruiz, defence minister (Chile)"),
        (Speaker("Chile", None, "CHL"), "Chile", "Chile"),
        (Speaker(None, "navy", "CHL"), "Chile", "navy (Chile)"),
        (Speaker("Andean officials", "officials", "CHL"), "Chile", "Andean officials (Chile)"),
        (Speaker("Chile's navy", "navy", "CHL"), "Chile", "Chile's navy"),
        (Speaker("Ana\nRuiz", None, None), "Ana Ruiz", "Ana Ruiz"),
        (Speaker(None, None, None), None, "speaker not named"),
    ],
)
def test_a_speaker_is_named_with_office_and_state_and_nothing_twice(
    speaker: Speaker, label: str | None, words: str
) -> None:
    assert speaker_words(speaker, label) == words


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(1200, 1200, "shells", "1,200"), "1,200 shells"),
        (Quantity(1, 1, "drones", "one"), "1 drone"),
        (Quantity(1, 1, "batteries of missiles", "a"), "1 battery of missiles"),
        (Quantity(1, 1, "aircraft", "one"), "1 aircraft"),
        (Quantity(10, 15, None, "10 to 15"), "between 10 and 15"),
        (Quantity(3_000_000, 3_000_000, "shells", "about 3 million", rough=True), "“about 3 million” shells"),
        (Quantity(30, 40, "drones", "some 30 to 40", rough=True), "“some 30 to 40” drones"),
        (Quantity(1_000_000, None, "shells", "over a million"), "“over a million” shells"),
        (Quantity(None, 50, "launchers", "up to 50 launchers"), "“up to 50 launchers”"),
        (Quantity(None, None, None, "a great\nmany"), "“a great many”"),
        (Quantity(1, 1, "USD", "$1"), "1 USD"),
        (Quantity(100, None, "drones", "hundreds"), "“hundreds” of drones"),
        (Quantity(None, None, "shells", "a large number"), "“a large number” of shells"),
    ],
)
def test_only_a_closed_figure_is_shown_as_a_number(quantity: Quantity, words: str) -> None:
    assert figure_words(quantity) == words


def test_since_when_and_whose_are_said_as_they_are_spoken() -> None:
    days = ("2024-05-03", "[..2024-05-03]", "[2024-05-03..2024-05-06]")
    assert [since_words(day) for day in days] == [
        "since 3 May 2024",
        "since 3 May 2024 or before",
        "since a day between 3 May 2024 and 6 May 2024",
    ]
    assert [possessive(name) for name in ("Norway", "Netherlands")] == ["Norway's", "Netherlands'"]


def test_a_route_tells_where_goods_were_declared_to_go_and_not_the_obvious() -> None:
    route = Route(declared=("north sea", "NAM"), via=("ZMB",), true=("AGO",), mode="sea")
    assert route_parts(route, name_of, "AGO") == [
        ("Declared destination", "North Sea, Namibia"),
        ("By way of", "Zambia"),
        ("Alleged destination", "Angola"),
        ("Means", "sea"),
    ]
    assert route_parts(Route(true=("AGO",)), name_of, "AGO") == []


# ------------------------------------------------------------------------------- values, quotations, reports


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("supplier", "PRK", "North Korea"),
        ("recipient", "Wagner Group", "Wagner Group"),
        ("recipient", "unknown", "not told"),
        ("category", "air_defence", "air defence"),
        ("stage", "shipped", "shipped"),
        ("when", "2022-11", "November 2022"),
        ("quantity", "40 tanks", "40 tanks"),
    ],
)
def test_a_value_as_it_is_kept_is_said_in_words(field: str, value: str, words: str) -> None:
    assert value_words(field, value) == words
    assert value_words(field, words) == words  # what is in words stays


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("plain", "“plain”"),
        ("“marked”", "“marked”"),
        ('"straight"', "“straight”"),
        ("«guillemets»", "“guillemets”"),
        ("„low“", "“low”"),
        ("“one” and “two”", "“‘one’ and ‘two’”"),  # no pair around all of it
        ('the UAE "has sent none" to Sudan', "“the UAE ‘has sent none’ to Sudan”"),
        ('they were "relief goods"', "“they were ‘relief goods’”"),
        ('he said ("none"), "and will"', "“he said (‘none’), ‘and will’”"),
        ("„eins“ und „zwei“", "“‘eins’ und ‘zwei’”"),
        ('a 5" gun', '“a 5" gun”'),
        ("‘tis theirs", "“‘tis theirs”"),
        ("”", "“’”"),
        ('that it "has sent none" and will not', "“that it ‘has sent none’ and will not”"),
        ('one shell of 5" calibre', '“one shell of 5" calibre”'),  # no pair
        ("We sent none,", "“We sent none”"),
    ],
)
def test_words_get_quotation_marks_once(text: str, told: str) -> None:
    assert quoted(text) == told


@pytest.mark.parametrize(
    ("noun", "one"),
    [
        ("drones", "drone"),
        ("batteries", "battery"),
        ("boxes", "box"),
        ("howitzers", "howitzer"),
        ("aircraft", "aircraft"),
        ("convoys", "convoy"),
        ("compass", "compass"),
    ],
)
def test_one_of_many(noun: str, one: str) -> None:
    assert singular(noun) == one


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("United States", "the United States"),
        ("Democratic Republic of the Congo", "the Democratic Republic of the Congo"),
        ("Libyan National Army", "the Libyan National Army"),
        ("Netherlands", "the Netherlands"),
        ("Chad", "Chad"),
        ("NATO", "NATO"),
        ("Unions Monthly", "Unions Monthly"),
    ],
)
def test_a_name_in_running_text(name: str, told: str) -> None:
    assert in_text(name) == told


def test_whose_it_is_and_whom_a_response_is_about() -> None:
    assert (possessive("Chad"), possessive("the United States")) == ("Chad's", "the United States'")
    called = {"A": "Chad", "B": "United States"}.__getitem__
    assert aimed_words(ResponseKind.SANCTION, "A", "B", called) == " against the United States"
    assert aimed_words(ResponseKind.INVESTIGATION, "A", "B", called) == " of the United States"
    assert aimed_words(ResponseKind.INVESTIGATION, "A", "A", called) == " of itself"
    assert aimed_words(ResponseKind.VETO, "A", "B", called) == " of a draft by the United States"
    assert aimed_words(ResponseKind.VETO, "A", None, called) == ""


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        (None, "since a day that is not known"),
        ("2031-05-02", "since 2 May 2031"),
        ("[..2031-05-02]", "since 2 May 2031 or before"),
        ("[2031-05-02..2031-05-04]", "since a day between 2 May 2031 and 4 May 2031"),
    ],
)
def test_since_when(edtf: str | None, words: str) -> None:
    assert since_words(edtf) == words


def test_goods_have_no_half_of_a_quotation() -> None:
    assert goods_words("suicide” drones", Category.UAV) == "suicide drones"
    assert goods_words("“suicide” drones", Category.UAV) == "“suicide” drones"


def test_a_report_within_a_sentence() -> None:
    assert called_in_text(make_document("Text.", outlet="Post")) == "Post"
    assert called_in_text(make_document("Text.", outlet=None, title="Mortars")) == "“Mortars”"


def test_a_report_without_a_title_is_called_by_its_first_words() -> None:
    untitled = make_document("Norway sold   mortars\nto Ghana.")
    assert title_of(untitled) == "Norway sold mortars to Ghana."
    assert document_name(untitled) == title_of(untitled)
    longer = replace(
        untitled, text="Norway sold mortars to Ghana, the foreign ministry of Togo said on Monday."
    )
    assert title_of(longer) == "Norway sold mortars to Ghana, the foreign ministry of Togo …"
    assert len(title_of(replace(untitled, text="x" * 500))) < 70
    assert title_of(replace(untitled, text=" ", source="pasted/text.txt")) == "text.txt"
    assert title_of(replace(untitled, title="Mortars")) == "Mortars"


# ------------------------------------------------------------------------------------ what is meant by words


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("PRK", "PRK"),
        ("prk", "PRK"),
        ("NORTH KOREA", "PRK"),
        ("DPRK", "PRK"),
        ("Emirates", "ARE"),
        ("European Union", "EU"),
        ("un", "UN"),
        ("the lot of them", "The Lot of Them"),  # a group that the case alone knows
        ("Nort Korea", None),
        ("", None),
    ],
)
def test_an_actor_is_known_by_code_and_names(told: str, code: str | None) -> None:
    assert understood.actor_named(told, knowledge.load(), ["The Lot of Them"]) == code


def test_who_is_nearest_to_a_name_that_nobody_has() -> None:
    tables = knowledge.load()
    assert understood.nearest_actors("Nort Korea", tables)[0] == "North Korea"
    assert understood.nearest_actors("Pyongyang", tables) == (
        "North Korea",
    )  # what it names is one's capital
    assert understood.nearest_actors("qqqqqq", tables) == ()


@pytest.mark.parametrize(
    ("told", "edtf"),
    [
        ("2 November 2022", "2022-11-02"),
        ("Nov 2022", "2022-11"),
        ("2022-11", "2022-11"),
        ("ma 2022", "ma 2022"),  # March or May
        ("last week", "last week"),
    ],
)
def test_a_day_in_words_is_a_date(told: str, edtf: str) -> None:
    assert understood.day_named(told) == edtf


def test_possessive() -> None:
    assert [possessive(name) for name in ("Turkey", "United States")] == ["Turkey's", "United States'"]
