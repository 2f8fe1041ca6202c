"""The tagger's windows, its decoding, and that a reading depends on nothing but the text."""

from __future__ import annotations

import hashlib
import itertools
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tidewaiter_attribution as distribution
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from tidewaiter.errors import ModelError
from tidewaiter.reading.said.tagger import model
from tidewaiter.reading.said.tagger.decoding import CUE_BEGINS, LABELS, Found, best_labels, distinct, relation
from tidewaiter.reading.said.tagger.windows import LIMIT, LONGEST_WORD, Pieces, Text, windows, words_of

MOST = 40_000_000
"""Bytes that the weights may take."""

CAIRO = (
    "CAIRO - The transport ministry said on Monday that no crate of rifles had left Alexandria.\n\n"
    "A spokesman, Hany Sabri, called the report invented. “We checked every manifest,” he told reporters."
)
TEXTS = st.text(alphabet=st.sampled_from("ab Zx.!?\"“”'’\n-0é한"), max_size=400)


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(Tokenizer.from_str(distribution.read("tokenizer.json").decode("utf-8")))


@pytest.fixture(scope="module")
def tagger() -> model.Tagger:
    return model.Tagger(distribution)


# ------------------------------------------------------------------------------------ windows


@settings(max_examples=150)
@example(raw="0?0?0??0??Z?0?0한한", limit=9)  # what is left behind a sentence's end is too long as well
@given(raw=TEXTS, limit=st.integers(LONGEST_WORD + 1, 60))
def test_windows_hold_each_word_once_in_order_and_no_more_than_the_limit(
    pieces: Pieces, raw: str, limit: int
) -> None:
    text = words_of(raw)
    found = windows(text, pieces, limit=limit)
    starts = [one.start for one in found]
    ends = [one.start + len(one.first) for one in found]
    assert [0, *ends][: len(starts)] == starts
    assert (ends or [0])[-1] == len(text.words)
    for one in found:
        assert len(one.pieces) == len(one.shapes) <= limit + 2
        assert list(one.first) == sorted(set(one.first))
        assert not one.first or 0 < one.first[0] <= one.first[-1] < len(one.pieces) - 1


def test_a_window_ends_where_a_paragraph_does_and_a_long_paragraph_at_a_sentence(pieces: Pieces) -> None:
    paragraph = "Port police opened the hold. " * 20
    text = words_of(f"{paragraph.strip()}\n\n{paragraph.strip()}\n\n{paragraph * 5}")
    found = windows(text, pieces)
    before = [text.words[one.start - 1] for one in found[1:]]
    assert set(before) == {"."}
    assert found[1].start in text.breaks
    assert all(len(one.pieces) <= LIMIT + 2 for one in found)


def test_giant_words_and_empty_texts_are_no_trouble(pieces: Pieces, tagger: model.Tagger) -> None:
    assert windows(words_of(" \n "), pieces) == []
    assert tagger.relations("") == []
    assert isinstance(tagger.relations("x" * 100_000 + " said it is true"), list)


@given(raw=TEXTS)
def test_words_are_where_they_say(raw: str) -> None:
    text = words_of(raw)
    assert all(raw[span.start : span.end] == word for word, span in zip(text.words, text.spans, strict=True))
    assert isinstance(text, Text)


# ----------------------------------------------------------------------------------- decoding


def scores(*shape: int, seed: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.random.default_rng(seed).normal(0, 2, shape).astype(np.float32)


def allowed(labels: tuple[int, ...]) -> bool:
    return all(
        label % 2 or not label or (place and labels[place - 1] in (label, label - 1))
        for place, label in enumerate(labels)
    )


@settings(max_examples=40)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=3), st.integers(0, 10_000))
def test_the_best_labels_are_those_of_trying_all(lengths: list[int], seed: int) -> None:
    asked = [scores(length, len(LABELS), seed=seed + row) for row, length in enumerate(lengths)]
    for one, found in zip(asked, best_labels(asked), strict=True):
        ways = filter(allowed, itertools.product(range(len(LABELS)), repeat=len(one)))
        best = max(ways, key=lambda way: sum(one[place, label] for place, label in enumerate(way)))
        assert tuple(found) == best


def test_a_relation_without_content_is_taken_back() -> None:
    labels = np.array([1, CUE_BEGINS, 0, 0])
    assert relation(labels, 1, 0.9) is None
    found = relation(np.array([1, CUE_BEGINS, 5, 6]), 1, 0.9)
    assert found is not None
    assert (found.source, found.cue, found.content) == ((0,), (1,), (2, 3))


def test_of_two_relations_with_one_cue_the_surer_is_kept() -> None:
    sure, unsure = Found((0,), (1, 2), (4,), 0.9), Found((0,), (2,), (4, 5), 0.8)
    other = Found((), (0,), (7,), 0.6)
    assert distinct([unsure, sure, other]) == [other, sure]
    assert sure.moved(3) == Found((3,), (4, 5), (7,), 0.9)


# ------------------------------------------------------------------------------------- reading


def test_it_finds_who_said_what(tagger: model.Tagger) -> None:
    found = [
        tuple(" ".join(CAIRO[span.start : span.end] for span in part) for part in (one.source, one.content))
        for one in tagger.relations(CAIRO)
    ]
    assert ("The transport ministry", "no crate of rifles had left Alexandria") in [
        (source, content.removeprefix("that ")) for source, content in found
    ]
    assert any(source == "he" and "We checked every manifest" in content for source, content in found)


def test_a_text_is_read_alike_whatever_is_read_before(tagger: model.Tagger) -> None:
    alone = model.Tagger(distribution).relations(CAIRO)
    tagger.relations("Lima denied it. " * 300)
    assert tagger.relations(CAIRO) == alone


def test_a_paragraph_more_changes_nothing_in_other_windows(tagger: model.Tagger) -> None:
    first = "The envoy of Peru said the crates held flour. " * 16
    more = "Nobody at the port would say who had paid. " * 20
    alone = [one for one in tagger.relations(f"{first}\n\n") if one.content]
    both = tagger.relations(f"{first}\n\n{more}")
    assert both[: len(alone)] == alone


# ------------------------------------------------------------------------------------- weights


class Damaged:
    """The distribution with one file spoilt."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self.data = name, data

    def read(self, name: str) -> bytes:
        return self.data if name == self.name else distribution.read(name)


def test_the_card_has_the_digest_of_the_files() -> None:
    told = json.loads(distribution.read("card.json"))
    digest = hashlib.sha256(f"{told['ask']} {told['keep']}".encode())
    for name in model.FILES:
        digest.update(distribution.read(name))
    assert told["digest"] == digest.hexdigest()[:16]


def test_the_weights_are_small_enough_for_a_laptop() -> None:
    assert sum(len(distribution.read(name)) for name in (*model.FILES, "card.json")) <= MOST


@pytest.mark.parametrize("name", [*model.FILES, "card.json"])
@pytest.mark.parametrize("data", [b"", b"{}", b"\xff\xfe spoilt"])
def test_damaged_weights_are_an_error_that_says_what_to_do(name: str, data: bytes) -> None:
    with pytest.raises(ModelError, match="attribution") as told:
        model.Tagger(Damaged(name, data))
    assert told.value.todo


def test_weights_of_another_format_are_an_error() -> None:
    with pytest.raises(ModelError, match="format 99"):
        model.card(Damaged("card.json", b'{"format": 99}'))


WITHOUT = "import sys; sys.modules['tidewaiter_attribution'] = None; from tidewaiter.cli import main; main()"
"""The command as it is where the weights are not installed."""


def test_without_the_weights_rules_do_it_and_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(CAIRO, encoding="utf-8")
    command = [sys.executable, "-c", WITHOUT, "read", str(tmp_path / "report.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "by rules alone" in done.stderr
    assert "models/attribution" in done.stderr
    told = json.loads(done.stdout)
    assert "attribution by rules" in told["reader"]
    assert any("no crate of rifles" in one["content"]["text"] for one in told["statements"])


def test_with_them_the_reading_records_their_digest(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(CAIRO, encoding="utf-8")
    command = [sys.executable, "-m", "tidewaiter", "read", str(tmp_path / "report.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert "by rules" not in done.stderr
    assert json.loads(distribution.read("card.json"))["digest"] in json.loads(done.stdout)["reader"]
