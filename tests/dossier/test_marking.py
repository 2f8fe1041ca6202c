"""Citations laid into a text: nothing is lost, whatever overlaps."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.dossier.marking import Run, lay_out
from tidewaiter.model import Span, Spans


@st.composite
def cited_texts(draw: st.DrawFn) -> tuple[str, dict[int, Spans]]:
    """A text with line breaks and up to eight citations of one to three spans, anywhere in it."""
    text = draw(st.text(alphabet="ab \n<é", min_size=1, max_size=40))

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    count = draw(st.integers(0, 8))
    return text, {
        number: tuple(sorted({span() for _ in range(draw(st.integers(1, 3)))}))
        for number in range(1, count + 1)
    }


@given(cited_texts())
def test_the_text_is_whole_and_every_citation_covers_its_words(case: tuple[str, dict[int, Spans]]) -> None:
    text, notes = case
    lines = lay_out(text, notes)
    assert "\n".join("".join(run.text for run in line) for line in lines) == text
    for number, spans in notes.items():
        covered = sorted({place for span in spans for place in range(*span) if text[place] != "\n"})
        assert "".join(run.text for line in lines for run in line if number in run.notes) == "".join(
            text[place] for place in covered
        )


@given(cited_texts())
def test_every_citation_can_be_opened_and_left_once(case: tuple[str, dict[int, Spans]]) -> None:
    text, notes = case
    runs = [run for line in lay_out(text, notes) for run in line]
    assert Counter(number for run in runs for number in run.starts) == dict.fromkeys(notes, 1)
    assert Counter(number for run in runs for number in run.ends) == dict.fromkeys(notes, 1)


def test_overlapping_citations_share_a_run() -> None:
    [line] = lay_out("one two three", {1: (Span(0, 7),), 2: (Span(4, 13),)})
    assert line == [
        Run("one ", (1,), [1], []),
        Run("two", (1, 2), [2], [1]),
        Run(" three", (2,), [], [2]),
    ]


def test_a_citation_of_nothing_but_a_line_break_still_has_a_place() -> None:
    lines = lay_out("\n", {1: (Span(0, 1),)})
    assert [run.starts for line in lines for run in line] == [[1]]
    assert [run.ends for line in lines for run in line] == [[1]]
