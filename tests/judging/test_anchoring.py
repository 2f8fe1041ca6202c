"""Words are found again in another cleaning of a text, and other words are not taken for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.judging.anchoring import locate
from tidewaiter.model import Span, anchor

TEXT = (
    "Home | News | Sport\n\nFreedonia shipped mortars to Sylvania on Monday, officials said.\n\n"
    "Sylvania “knows of no mortars”. Later Freedonia shipped radars to Ruritania, the officials said."
)


def span_of(words: str, text: str = TEXT, after: str = "") -> Span:
    start = text.index(words, text.index(after))
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("cleaned", "expected"),
    [
        (TEXT, "shipped"),
        (TEXT.partition("\n\n")[2], "shipped"),  # without the navigation
        (TEXT.replace(" ", "  ").replace("\n\n", "\n"), "shipped"),
        (TEXT.upper(), "SHIPPED"),
    ],
    ids=["the same", "less of it", "other spaces", "capitals"],
)
def test_the_same_place_is_found(cleaned: str, expected: str) -> None:
    first = locate(anchor(TEXT, span_of("shipped")), cleaned)
    second = locate(anchor(TEXT, span_of("shipped", after="Later")), cleaned)
    assert first is not None
    assert second is not None
    assert cleaned[first.start : first.end] == cleaned[second.start : second.end] == expected
    assert cleaned[: first.start].casefold().count("shipped") == 0
    assert cleaned[: second.start].casefold().count("shipped") == 1


def test_quotation_marks_of_another_form_are_the_same() -> None:
    wanted = anchor(TEXT, span_of("“knows of no mortars”"))
    cleaned = TEXT.replace("“", '"').replace("”", '"')
    found = locate(wanted, cleaned)
    assert found is not None
    assert cleaned[found.start : found.end] == '"knows of no mortars"'


def test_the_same_short_word_elsewhere_is_another() -> None:
    wanted = anchor(TEXT, span_of("shipped"))
    assert locate(wanted, "Ice cream was shipped by the ton that summer.") is None


def test_words_that_are_gone_are_not_found() -> None:
    assert locate(anchor(TEXT, span_of("mortars")), "Nothing was told that day.") is None
    assert locate(anchor(TEXT, span_of("mortars")), "") is None


@given(st.text(max_size=120), st.integers(0, 119), st.integers(1, 30))
def test_in_its_own_text_every_anchor_is_where_it_was(text: str, start: int, length: int) -> None:
    if start >= len(text) or not text[start : start + length].strip():
        return
    wanted = anchor(text, Span(start, min(len(text), start + length)))
    found = locate(wanted, text)
    assert found is not None
    inside = text[wanted.start : wanted.end]
    assert text[found.start : found.end].split() == inside.split() or found.start >= 0
    assert wanted.start <= found.start
    assert found.end <= wanted.end or inside != inside.strip()


@given(st.text(max_size=200), st.text(min_size=1, max_size=60))
def test_any_text_and_any_words(text: str, words: str) -> None:
    found = locate(anchor(words, Span(0, len(words))), text)
    assert found is None or 0 <= found.start < found.end <= len(text)
