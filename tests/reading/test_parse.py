"""The parse is what spaCy's model gives, made faster and copied out."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import make_document
from tidewaiter.knowledge import Knowledge, load
from tidewaiter.model import Document, Span
from tidewaiter.reading import parse as parsing
from tidewaiter.reading.parse import LONGEST_SENTENCE, MODEL, Parsed, load_model
from tidewaiter.reading.reader import read_parsed

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
@example("Peru the is that Peru Peru (Wire) - ")  # branches that cross inside a run of words
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


def test_a_sentence_without_a_stop_ends(parse_text: Callable[..., Parsed]) -> None:
    parsed = parse_text("rifles for Chad and " * 1000)
    assert max(len(sentence) for sentence in parsed.doc.sents) <= LONGEST_SENTENCE + 1


@pytest.mark.parametrize(
    "text",
    [
        '"said ' * 1_500,
        "he said that " * 700,
        '"We sold arms," he said. ' * 300,
        "12 " * 3_000,
        "x \t\n" * 2_000,
        "Chad denied that Niger sold it arms. " * 200,
        "Chad sold drones to Niger; " * 300,
        "Chad's " * 1_200,
        "“arms " * 1_200,
        "a" * 300_000,
        "Kofi Lartey, a spokesman, said. He said it. " * 200,
    ],
    ids=lambda text: text[:12].strip(),
)
def test_work_grows_with_the_text_and_not_with_its_square(text: str) -> None:
    knowledge = load()
    half = calls_of(make_document(text[: len(text) // 2], "2023-03-04"), knowledge)
    whole = calls_of(make_document(text, "2023-03-04"), knowledge)
    assert whole < 3 * half + 20_000


def calls_of(document: Document, knowledge: Knowledge) -> int:
    """How many steps of Python the rules take over a document: calls of functions and of generators."""
    parsed = parsing.parse(document, knowledge)
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        read_parsed(parsed)
    finally:
        sys.setprofile(None)
    return count


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


def test_a_model_let_go_of_is_loaded_again_and_parses_alike() -> None:
    knowledge, document = load(), make_document(TEXT, "2023-03-04")
    before, model = parsing.parse(document, knowledge), load_model()
    parsing.let_go_of_model()
    again = parsing.parse(document, knowledge)
    assert load_model() is not model
    assert [token.lemma_ for token in again.doc] == [token.lemma_ for token in before.doc]
