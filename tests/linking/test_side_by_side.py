"""Two texts sentence beside sentence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.linking.texts.side_by_side import Kind, lay
from tidewaiter.model import Span

WORDS = st.sampled_from(
    (
        "Brazil",
        "Angola",
        "shipped",
        "40",
        "60",
        "howitzers",
        "the",
        "said",
        "on",
        ".",
        "“",
        "”",
        "—",
        "’s",
        "\n",
    )
)
TEXTS = st.lists(WORDS, max_size=60).map(" ".join)


def marked(text: str, other: str) -> list[tuple[str, Kind]]:
    lines = lay(text, other).lines
    return [
        (text[slice(*one.span)], one.kind) for line in lines for one in line.a if one.kind is not Kind.SAME
    ]


@given(TEXTS, TEXTS)
def test_every_character_that_is_no_space_stands_in_one_line(first: str, second: str) -> None:
    lines = lay(first, second).lines
    for text, sides in ((first, [line.a for line in lines]), (second, [line.b for line in lines])):
        spans = [one.span for side in sides for one in side]
        assert spans == sorted(spans)
        at = 0
        for start, end in spans:
            assert at <= start < end <= len(text)
            assert not text[at:start].strip()
            at = end
        assert not text[at:].strip()


@given(TEXTS)
def test_a_text_beside_itself_differs_nowhere(text: str) -> None:
    assert all(line.is_equal for line in lay(text, text).lines)


@given(TEXTS, TEXTS)
def test_it_is_the_same_from_the_other_side_where_nothing_is_doubtful(first: str, second: str) -> None:
    ours, theirs = lay(first, second), lay(second, first)
    assert sum(line.is_equal for line in ours.lines) <= len(theirs.lines)


def test_what_differs_is_named() -> None:
    first = "Brazil shipped 40 howitzers to Angola in March, the ministry in Lusaka said."
    second = "Brazil sent 60 howitzers to Angola in March, the ministry in Ndola said."
    assert marked(first, second) == [("shipped 40", Kind.FIGURE), ("Lusaka", Kind.NAME)]


def test_words_that_are_left_out_stand_alone() -> None:
    first = "The boats, which were small and grey, carried the crates to the shore at night."
    second = "The boats carried the crates to the shore at night."
    assert marked(first, second) == [("which were small and grey", Kind.ONLY)]
    assert marked(second, first) == []


def test_a_sentence_that_was_moved_is_found() -> None:
    parts = [
        "Zambia accused Brazil of shipping howitzers to Angola.",
        "The minister showed papers of a cargo that left Santos.",
        "Parliament will debate the affair next month in Lusaka.",
    ]
    lines = lay(" ".join(parts), " ".join([parts[2], parts[0], parts[1]])).lines
    moved = [number for number, line in enumerate(lines) if line.moved is not None]
    assert len(moved) == 2
    assert [lines[number].moved for number in moved] == moved[::-1]


def test_texts_that_have_nothing_in_common_stand_apart() -> None:
    lines = lay("Nothing here.", "Unrelated words stand there.").lines
    assert [(bool(line.a), bool(line.b)) for line in lines] == [(True, False), (False, True)]
    assert lay("", "").lines == ()
    assert lay("", "One.").lines[0].b[0].span == Span(0, 4)


def test_a_giant_text_is_cut_and_said() -> None:
    assert lay("A word stands here. " * 300, "A word stands here. " * 300).cut
    assert not lay("A" * 20_000, "A" * 19_000).cut
