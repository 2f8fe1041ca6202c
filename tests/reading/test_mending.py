"""Contents that stop in the middle of a phrase, or go on over the end of a paragraph; sources of two."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import make_document
from tidewaiter import knowledge
from tidewaiter.model import Span
from tidewaiter.reading.parse import parse
from tidewaiter.reading.said.mending import all_who_speak, mended
from tidewaiter.reading.said.quotes import find_quotations

TEXT = (
    "Canada imposed sanctions on the maker of the systems. "
    "Two of the ships that Chad bought had left, Lima said."
)


def pieces(text: str, content: str, cue: str) -> list[str]:
    parsed = parse(make_document(text), knowledge.load())
    start, said = text.index(content), text.index(cue)
    found = mended(
        parsed,
        [Span(start, start + len(content))],
        [Span(said, said + len(cue))],
        find_quotations(text),
    )
    return [text[span.start : span.end] for span in found]


@pytest.mark.parametrize(
    ("text", "content", "cue", "expected"),
    [
        (TEXT, "sanctions on the maker of the", "imposed", ["sanctions on the maker of the systems"]),
        (TEXT, "Two of the ships that", "said", ["Two of the ships that Chad bought had left"]),
        (TEXT, "sanctions on the maker", "imposed", ["sanctions on the maker"]),
        ("Peru says no\n\nPeru sold tanks.", "no\n\nPeru sold tanks", "says", ["no"]),
        (
            "“We sold nothing.\n\n“We bought nothing,” the envoy said.",
            "“We sold nothing.\n\n“We bought nothing,”",
            "said",
            ["“We sold nothing.", "“We bought nothing,”"],
        ),
    ],
)
def test_contents_are_made_whole(text: str, content: str, cue: str, expected: list[str]) -> None:
    assert pieces(text, content, cue) == expected


@pytest.mark.parametrize(
    ("text", "source", "cue", "expected"),
    [
        ("Belgium and Uganda denied the charge.", "Belgium", "denied", "Belgium and Uganda"),
        ("Belgium, Peru and Uganda denied it.", "Belgium", "denied", "Belgium, Peru and Uganda"),
        ("Belgium denied it and Uganda was silent.", "Belgium", "denied", "Belgium"),
        ("The envoy said Belgium and Uganda met.", "The envoy", "said", "The envoy"),
    ],
)
def test_all_who_speak_are_the_source(text: str, source: str, cue: str, expected: str) -> None:
    parsed, start, said = parse(make_document(text), knowledge.load()), text.index(source), text.index(cue)
    (found,) = all_who_speak(parsed, [Span(start, start + len(source))], [Span(said, said + len(cue))])
    assert text[found.start : found.end] == expected


def test_what_is_said_goes_on_behind_an_aside() -> None:
    text = "Belgium, as Rwanda alleges, sent howitzers to Uganda."
    assert pieces(text, "Belgium", "as Rwanda alleges") == ["Belgium", "sent howitzers to Uganda"]


def test_source_and_cue_are_never_taken_in() -> None:
    assert pieces("The crates, Oslo said, had left.", "The", "Oslo said") == ["The crates"]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, len(TEXT) - 1), st.integers(1, 40), st.integers(0, len(TEXT) - 1))
def test_pieces_only_grow_and_stay_in_the_text(start: int, length: int, cue: int) -> None:
    parsed = parse(make_document(TEXT), knowledge.load())
    piece = Span(start, min(start + length, len(TEXT)))
    (found,) = mended(parsed, [piece], [Span(cue, cue + 1)], ())
    assert found.start == piece.start
    assert piece.end <= found.end <= len(TEXT)
    assert piece.start <= cue < piece.end or not piece.end <= cue < found.end
