"""The project's own annotated texts are what their makers meant, and there are enough of them."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from attribution.texts import AnnotationError, Text, read_texts, texts
from tidewaiter import edtf, knowledge
from tidewaiter.model import Mode, Span

ALL = [*texts("dirty"), *texts("clean")]
SENTENCE = re.compile(r"[.!?][”\"]?(?=\s|$)")
WITHIN = re.compile(r"(?<=\w)(?=\w)")
CODE = re.compile(r"[A-Z]{3}|EU|UN|NATO")


def sentences(text: Text) -> int:
    """At least this many: full stops before white space, one where there are none."""
    return max(1, len(SENTENCE.findall(text.text)))


def test_there_are_enough_of_them() -> None:
    assert sum(map(sentences, texts("dirty"))) >= 120
    assert sum(map(sentences, texts("clean"))) >= 40
    assert sum(not text.annotated for text in texts("dirty")) >= 15


def test_they_are_about_many_states_and_of_every_mode() -> None:
    annotated = [one for text in ALL for one in text.annotated]
    states = {row["code"] for row in knowledge.load().table("actors_states")}
    actors = {one.actor for one in annotated if one.actor is not None}
    assert all(CODE.fullmatch(actor) for actor in actors), sorted(actors)
    assert {one for one in actors if len(one) == 3} <= states
    assert len(actors) >= 60
    for mode in Mode:
        assert sum(one.mode is mode for one in annotated) >= 30, mode


@pytest.mark.parametrize("text", ALL, ids=lambda text: text.id)
def test_marked_words_are_whole(text: Text) -> None:
    """Pieces begin and end at words, not at white space or inside a word, and every day is a date."""
    for one in text.annotated:
        for start, end in (span for part in one.relation for span in part):
            words = text.text[start:end]
            assert words == words.strip(), words
            if text.kind != "run_together":
                assert not WITHIN.match(text.text, start), words
                assert not WITHIN.match(text.text, end), words
        assert one.said_on is None or edtf.safe(one.said_on) == one.said_on
    assert text.published is None or edtf.safe(text.published) == text.published


@pytest.mark.parametrize("text", ALL, ids=lambda text: text.id)
def test_mode_fits_the_marks(text: Text) -> None:
    """Indirect contents hold no double quotation mark of their own, mixed ones hold some mark."""
    for one in text.annotated:
        words = " ".join(text.text[start:end] for start, end in one.relation.content)
        inner = re.sub(r"«.*?»|'\w+'", "", words)
        if one.mode is Mode.MIXED:
            assert re.search(r"[\"“”„«»']", words), words
        if one.mode is Mode.INDIRECT:
            assert not re.search(r"[“”„]", inner), words


# ------------------------------------------------------------------------------------- the loader


def read(tmp_path: Path, written: str) -> list[Text]:
    path = tmp_path / "made.txt"
    path.write_text(written, encoding="utf-8")
    return list(read_texts(path, "dirty"))


def test_braces_become_spans(tmp_path: Path) -> None:
    written = (
        "# a note\n=== 07 2023-05-16\n"
        "{t1 {s2 He} {c2 said} {t2 no}}, {c1 wrote} {s1,3 Ana}, {c3 adding} {t3 yes}.\n\nEnd.\n---\n"
        "1 indirect PER; name Ana / Ana Luz; said 2023-05; via A > the B; negated\n2 direct ?\n3 mixed -\n"
    )
    (text,) = read(tmp_path, written)
    assert (text.id, text.kind, text.published) == ("dirty/made/07", "made", "2023-05-16")
    assert text.text == "He said no, wrote Ana, adding yes.\n\nEnd."
    first, second, third = text.annotated
    assert first.relation.content == (Span(0, 10),)
    assert second.relation == ((Span(0, 2),), (Span(3, 7),), (Span(8, 10),))
    assert third.relation.source == first.relation.source == (Span(18, 21),)
    assert (first.actor, first.names, first.said_on, first.via) == (
        "PER",
        ("Ana", "Ana Luz"),
        "2023-05",
        ("A", "the B"),
    )
    assert first.negated
    assert (second.actor, second.is_actor_judged, third.is_actor_judged) == (None, True, False)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{t1 no\n---\n1 direct ?", "not closed"),
        ("no}\n---\n", "not opened"),
        ("{t1 }\n---\n1 direct ?", "marks no words"),
        ("{x1 no}\n---\n", "not opened"),
        ("{t1 no}\n1 direct ?", "'---' is missing"),
        ("{t1 no}\n---\n", "are marked"),
        ("{t1 no}\n---\n2 direct ?", "has no content"),
        ("{s1 no}\n---\n1 direct ?", "no content"),
        ("{t1 no}\n---\n1 spoken ?", "not 'NUMBER MODE ACTOR"),
        ("{t1 no}\n---\n1 direct ?; when now", "not one of"),
        ("{t1 no}\n---\n1 direct ?; said", "not one of"),
        ("{t1 so {t1 no}}\n---\n1 direct ?", "overlap"),
    ],
)
def test_what_is_not_annotated_as_it_must_be_is_told(tmp_path: Path, body: str, told: str) -> None:
    with pytest.raises(AnnotationError, match=re.escape(told)) as raised:
        read(tmp_path, f"=== 01\n{body}\n")
    assert "dirty/made/01" in str(raised.value)


def test_numbers_are_given_once_and_in_order() -> None:
    for before, after in pairwise(ALL):
        assert before.id < after.id or before.kind != after.kind
