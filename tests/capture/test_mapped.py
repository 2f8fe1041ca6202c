"""The map that every cleaning step hands on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.capture.mapped import Builder, Mapped, origins, through, whole

CUTS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 12), st.sampled_from(["", " ", "\n\n", "&"])), max_size=8
)


def cut(text: str, cuts: list[tuple[int, int, str]]) -> Mapped:
    builder = Builder(text)
    for start, length, inserted in cuts:
        builder.keep(min(start, len(text)), min(start + length, len(text)))
        builder.insert(inserted)
    return builder.done()


def holds(mapped: Mapped, source: str) -> bool:
    return all(mapped.text[s:e] == source[o : o + e - s] for s, e, o in mapped.segments)


@given(st.text(max_size=40), CUTS, CUTS)
def test_steps_compose(
    source: str, first: list[tuple[int, int, str]], second: list[tuple[int, int, str]]
) -> None:
    earlier = cut(source, first)
    later = cut(earlier.text, second)
    composed = through(later, earlier)
    assert holds(earlier, source)
    assert holds(later, earlier.text)
    assert holds(composed, source)
    assert composed.text == later.text


def test_runs_that_touch_become_one_segment() -> None:
    builder = Builder("abcdef")
    builder.keep(0, 2)
    builder.join("cd", 2, 4)
    builder.keep(4, 6)
    assert builder.done() == whole("abcdef")


def test_origins_of_a_span_over_a_gap() -> None:
    builder = Builder("one <b>two</b>")
    builder.keep(0, 4)
    builder.keep(7, 10)
    assert origins(builder.done().segments, 2, 6) == ((2, 4), (7, 9))
