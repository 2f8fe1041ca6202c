"""Made-up reports have the proportions that make them worth measuring on."""

from __future__ import annotations

from collections import Counter
from statistics import median

from reports_made import SHORT, generate


def test_the_same_seed_gives_the_same_reports() -> None:
    first = list(generate(40, 7))
    assert first == list(generate(40, 7))
    assert len(first) == 40
    assert {one.text for one in first} != {one.text for one in generate(40, 8)}


def test_reports_are_as_long_as_news_and_two_in_five_are_copies() -> None:
    made = list(generate(3000, 1))
    assert 140 < median(len(one.text.split()) for one in made) < 220
    kinds = Counter(one.kind for one in made)
    assert 0.5 < kinds["account"] / len(made) < 0.7
    assert min(kinds[kind] for kind in ("verbatim", "partial", "rewrite")) > 100
    sizes = Counter(Counter(one.family for one in made).values())
    assert sizes[2] + sizes[3] > sum(sizes[size] for size in range(4, 61))
    assert 20 <= max(sizes) <= 60


def test_names_are_those_of_files_that_are_read() -> None:
    made = list(generate(200, 2, SHORT))
    assert len({one.name for one in made}) == 200
    assert {one.name.rsplit(".", 1)[1] for one in made} == {"txt", "html", "json"}
