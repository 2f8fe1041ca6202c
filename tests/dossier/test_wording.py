"""Dates, codes and names in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.sample import NOTHING, REGISTER
from tidewaiter.dossier.wording import CATEGORY_WORDS, STANCE_WORDS, Names, moment, plain, spoken
from tidewaiter.model import Category, Stance


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


def test_parties_are_named_as_the_register_names_them_else_by_iso() -> None:
    assert Names(REGISTER).of("NZL") == "New Zealand"
    assert Names(NOTHING).of("BOL") == "Bolivia"
    assert Names(NOTHING).of("Invented Brigade") == "Invented Brigade"
    assert Names(NOTHING).of("ZZZ") == "ZZZ"
    assert Names(NOTHING).of(None) == "not told"
