"""The measures: on texts small enough to count by hand, and against the reference scorer where it is."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.polnear import Article, articles, relations
from attribution.scoring import Counts, Ratio, Relation, Tokens, compare, matching
from tidewaiter.model import Span

TEXT = 'Lima denied it. "We sold nothing," said Rojas.'
NONE = ()


def at(words: str) -> tuple[Span, ...]:
    start = TEXT.index(words)
    return (Span(start, start + len(words)),)


DENIED = Relation(at("Lima"), at("denied"), at("it"))
SAID = Relation(at("Rojas"), at("said"), at('"We sold nothing,"'))


# -------------------------------------------------------------------------------------- by hand


def test_what_is_the_same_is_all_right() -> None:
    compared = compare(TEXT, [DENIED, SAID], [SAID, DENIED])
    assert set(compared.counts.figures().values()) == {1.0}
    assert compared.pairs == {0: 1, 1: 0}


def test_nothing_found_and_nothing_wanted() -> None:
    assert compare(TEXT, [SAID], []).counts["relation"] == Ratio(0, 0, 1)
    assert compare(TEXT, [], [SAID]).counts["relation"] == Ratio(0, 1, 0)
    assert compare(TEXT, [], []).counts["relation"].f1 == 0.0


def test_tokens_are_counted_by_role() -> None:
    found = Relation(at("Lima"), at("denied it"), at("sold nothing"))
    counts = compare(TEXT, [SAID], [found]).counts
    assert counts["source"] == Ratio(0, 1, 1)
    assert counts["cue"] == Ratio(0, 2, 1)
    assert counts["content"] == Ratio(2, 2, 6)
    assert counts.micro == Ratio(2, 5, 8)


def test_half_of_the_content_is_enough_less_is_not() -> None:
    def paired(words: str) -> int:
        return compare(TEXT, [SAID], [SAID._replace(content=at(words))]).counts["relation"].right

    assert paired('"We sold') == 1  # 3 of 6 tokens
    assert paired("We sold") == 0
    assert compare(TEXT, [SAID], [SAID._replace(content=at('"We sold'))]).counts["exact"].right == 0


def test_sources_share_a_token_or_are_both_missing() -> None:
    def paired(wanted: Relation, found: Relation) -> int:
        return compare(TEXT, [wanted], [found]).counts["relation"].right

    bare = SAID._replace(source=NONE)
    assert paired(SAID, SAID._replace(source=at("said Rojas"))) == 1
    assert paired(bare, bare) == 1
    assert paired(SAID, bare) == paired(bare, SAID) == 0
    assert paired(SAID, SAID._replace(source=at("Lima"))) == 0


def test_pieces_count_as_one_and_without_content_nothing_counts() -> None:
    pieces = (*at('"We sold'), *at('nothing,"'))
    assert compare(TEXT, [SAID], [SAID._replace(content=pieces)]).counts["exact"] == Ratio(1, 1, 1)
    without = SAID._replace(content=NONE)
    assert compare(TEXT, [without], [without]).counts["relation"] == Ratio(0, 0, 0)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('"Never," he said', "mixed"),
        ("“Never,”", "direct"),
        ("«Jamais».", "direct"),
        ('a "lie"', "direct"),
        ("a lie", "indirect"),
        ("'a lie'", "indirect"),
    ],
)
def test_kind_by_marks(text: str, kind: str) -> None:
    tokens = Tokens(text)
    start = 0 if not text.startswith("a ") else text.index('"') if '"' in text else 0
    source, cue, content = tokens.parts(Relation(NONE, NONE, (Span(start, len(text)),)))
    assert (source, cue) == (frozenset(), frozenset())
    assert tokens.kind(content) == kind


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="not inside a text of 3"):
        compare("abc", [], [Relation(NONE, NONE, (Span(1, 4),))])


def test_brat_annotations() -> None:
    brat = (
        "T1\tSource 0 4\tLima\r\nT2\tCue 5 11\tdenied\nT3\tContent 12 14;20 22\tit We\n"
        "T4\tAttribution 5 11\tdenied\nT5\tContent 30 33\tx\n"
        "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1 Content2:T5\nE2\tAttribution:T4 Cue:T2\n"
        "E3\tAttribution-no-source:T4 Content:T5\n"
    )
    assert list(relations(brat)) == [
        Relation((Span(0, 4),), (Span(5, 11),), (Span(12, 14), Span(20, 22), Span(30, 33))),
        Relation(NONE, NONE, (Span(30, 33),)),
    ]


# ------------------------------------------------------------------------------------- properties

Edges = st.lists(st.lists(st.integers(0, 6), max_size=5, unique=True), max_size=6)


@given(Edges)
def test_matching_is_one_to_one_and_as_large_as_can_be(edges: list[list[int]]) -> None:
    found = matching(edges)
    assert all(there in edges[here] for here, there in found.items())
    assert len(set(found.values())) == len(found)
    assert len(found) == _largest(edges, frozenset())


def _largest(edges: Sequence[Sequence[int]], taken: frozenset[int]) -> int:
    """By trying everything."""
    if not edges:
        return 0
    rest = [1 + _largest(edges[1:], taken | {one}) for one in edges[0] if one not in taken]
    return max([_largest(edges[1:], taken), *rest])


# ------------------------------------------------------------------- against the reference scorer

ARTICLES = 40
NAMES = {
    "source F1": "tok source",
    "cue F1": "tok cue",
    "content F1": "tok content",
    "micro F1": "tok micro",
    "macro F1": "tok macro",
    "exact content F1": "exact",
    "relation F1": "relation",
}


def test_as_the_reference_scorer_says(shared: Path, tmp_path: Path) -> None:
    """Train articles with their own annotations, damaged, for predictions."""
    train, reference = shared / "data" / "polnear" / "train", shared / "gold" / "score_attribution.py"
    if not (train.is_dir() and reference.is_file()):
        pytest.skip(f"PolNeAR or its scorer not found in {shared}; set TIDEWAITER_SHARED to run this test")
    gold, predictions = tmp_path / "gold", tmp_path / "predictions.jsonl"
    (gold / "text").mkdir(parents=True)
    (gold / "attributions").mkdir()
    for text in sorted((train / "text").glob("*.txt"))[::19][:ARTICLES]:
        shutil.copy(text, gold / "text")
        for path in (train / "attributions").glob(f"{text.stem}_*.ann"):
            lines = path.read_bytes().splitlines(keepends=True)  # the reference wants marks before relations
            (gold / "attributions" / path.name).write_bytes(b"".join(sorted(lines, key=_is_relation)))
    chance, counts = random.Random(7), Counts()
    with predictions.open("w", encoding="utf-8") as lines:
        for article in articles(gold):
            found = _damaged(article, chance)
            counts += compare(article.text, article.wanted, found).counts
            lines.write(json.dumps({"id": article.id, "statements": [one._asdict() for one in found]}) + "\n")
    command = [sys.executable, reference, gold, predictions, "--json"]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["pred"]
    ours = counts.figures()
    assert ours["relation F1"] > 0.3
    assert {name: ours[name] for name in NAMES} == pytest.approx(
        {name: told[theirs]["f1"] / 100 for name, theirs in NAMES.items()}
    )
    assert {name[7:]: ours[name] for name in ours if name.startswith("recall ")} == pytest.approx(
        {kind: one["recall"] / 100 for kind, one in told["recall by kind"].items()}
    )


def _is_relation(line: bytes) -> bool:
    return not line.startswith(b"T")


def _damaged(article: Article, chance: random.Random) -> list[Relation]:
    """The annotated relations with pieces shifted, parts lost and others made up."""
    found = []
    for relation in article.wanted:
        lot = chance.random()
        if lot < 0.2:
            continue
        parts = [
            _shifted(spans, article.text, chance) if chance.random() < 0.5 else spans for spans in relation
        ]
        if lot < 0.3:
            parts[0] = NONE
        if lot > 0.95:
            parts[2] = NONE
        if lot > 0.9:
            found.append(Relation(*parts))
        found.append(Relation(*parts))
    chance.shuffle(found)
    return found


def _shifted(spans: tuple[Span, ...], text: str, chance: random.Random) -> tuple[Span, ...]:
    by = chance.choice((0, 0, chance.randint(-25, 25)))
    return tuple(
        Span(min(max(0, start + by), len(text)), min(max(0, end + by // 3), len(text)))
        for start, end in spans
        if max(0, start + by) <= max(0, end + by // 3)
    )
