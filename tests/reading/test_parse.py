"""The parse is what spaCy's model gives, made faster and copied out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.model import Span
from tidewaiter.reading import parse as parsing
from tidewaiter.reading.parse import MODEL, Parsed, load_model

TEXT = """\
VALPARAISO, Chile, March 3 (Cordillera Wire) - Peru didn't say whether it'll buy 12 Gripen E jets.

The Navy's spokeswoman, Rear Adm. Lucia de la Torre-Ibáñez, told "El Faro" that there were 3,000
rifles aboard the MV Southern Cross; nothin' else ain't known. Let's wait, she'd said on 4 May 2019.
He got 'em ‘cause y'all wanna see “the U.S.-made Black Hawks” in the European Union\u00a0—  o'clock
"""

WORDS = [
    *("Peru", "the", "Navy", "of", "is", "n't", "not", "gon", "na", "let", "'s", "Gripen", "3,000"),
    *("Keita", "said", "that", "had", "'d", "been", "\n", "\n\n", "  ", ".", '"', "there", "are", "U.S."),
    *("Monday", "New", "York", "Times", "$5", "million", "(Wire) - ", "LIMA (AFP) - ", "second", "\t"),
    *("Maria", "’s", "-", "—"),
]
texts = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


@pytest.fixture(scope="module")
def plain_model() -> spacy.Language:
    """The model as it is published, with the project's sentence starts."""
    load_model()
    nlp = spacy.load(MODEL)
    nlp.add_pipe("line_starts", before="parser")
    return nlp


@given(texts)
@settings(max_examples=150, deadline=None)
def test_parse_is_what_the_published_model_gives(
    plain_model: spacy.Language, parse_text: Callable[..., Parsed], text: str
) -> None:
    assert_same(plain_model(text), parse_text(text))


def test_parse_of_a_report_is_what_the_published_model_gives(
    plain_model: spacy.Language, parse_text: Callable[..., Parsed]
) -> None:
    assert_same(plain_model(TEXT), parse_text(TEXT))


def assert_same(theirs: spacy.tokens.Doc, parsed: Parsed) -> None:
    ours = parsed.doc
    names = "i idx text lower_ lemma_ pos_ tag_ dep_ ent_type_ whitespace_ like_num is_stop is_punct is_quote"
    names += " is_space is_alpha is_digit is_lower is_upper"
    for name in names.split():
        assert [getattr(one, name) for one in ours] == [getattr(one, name) for one in theirs], name
    for name in ("head", "left_edge", "right_edge"):
        assert [getattr(one, name).i for one in ours] == [getattr(one, name).i for one in theirs], name
    for name in ("children", "lefts", "rights", "ancestors", "subtree"):
        found = [[part.i for part in getattr(one, name)] for one in ours]
        assert found == [[part.i for part in getattr(one, name)] for one in theirs], name
    for name in ("sents", "ents"):
        assert spans(getattr(ours, name)) == spans(getattr(theirs, name)), name
    for start in range(len(ours)):
        for end in range(start + 1, min(start + 6, len(ours)) + 1):
            assert ours[start:end].root.i == theirs[start:end].root.i
            assert ours[start:end].text == theirs[start:end].text


def spans(found: object) -> list[tuple[object, ...]]:
    return [(one.start, one.end, one.start_char, one.end_char, one.label_) for one in found]  # type: ignore[attr-defined]


@given(texts, st.integers(-2, 120), st.integers(1, 12))
@settings(max_examples=150, deadline=None)
def test_tokens_of_a_span_are_those_that_spacy_finds(
    parse_text: Callable[..., Parsed], text: str, start: int, length: int
) -> None:
    parsed = parse_text(text)
    theirs = load_model().make_doc(text).char_span(start, start + length, alignment_mode="expand")
    ours = parsed.tokens(Span(start, start + length))
    assert (ours is None) == (theirs is None or start < 0)
    if ours is not None and theirs is not None:
        assert (ours.start, ours.end) == (theirs.start, theirs.end)


def test_sentence_of_a_blank_is_the_sentence_before_it(parse_text: Callable[..., Parsed]) -> None:
    parsed = parse_text("Mali bought jets. Chad sold tanks.")
    assert parsed.sentence_of(17) == Span(0, 17)
    assert parsed.sentence_of(18) == Span(18, 34)


def test_words_of_a_document_are_forgotten_once_enough_are_known(
    parse_text: Callable[..., Parsed], monkeypatch: pytest.MonkeyPatch
) -> None:
    parse_text("Senegal bought frigates.")
    strings = load_model().vocab.strings
    monkeypatch.setattr(parsing, "KEPT_WORDS", 0)
    before = len(strings)
    parsed = parse_text("General Qwortzel Blimpf of Zanthoria sold 40 krumphorns.")
    assert [token.text for token in parsed.doc][1:3] == ["Qwortzel", "Blimpf"]
    assert len(strings) == before
