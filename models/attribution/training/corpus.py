"""PolNeAR as words with their relations (brat standoff, one annotator an article: the first by name)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tidewaiter.model import Span
from tidewaiter.reading.said.tagger.decoding import ROLES
from tidewaiter.reading.said.tagger.windows import Text, words_of

_SPAN = re.compile(r"^(T\d+)\t[\w-]+ (\d+ \d+(?:;\d+ \d+)*)\t")
_EVENT = re.compile(r"^E\d+\t(.+)$")
_DAY = re.compile(r"_(\d{4}-\d{2}-\d{2})_")

Relation = tuple[frozenset[int], frozenset[int], frozenset[int]]
"""The words of source, cue and content."""


@dataclass(frozen=True)
class Article:
    """An article; ``day`` is that of its publication, from the file's name."""

    name: str
    day: str
    raw: str
    text: Text
    relations: tuple[Relation, ...]


def read(folder: Path) -> list[Article]:
    """The articles of a split, in order of their names; those that nobody annotated are left out."""
    annotations: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        annotations.setdefault(path.stem.rpartition("_")[0], path)
    return [_article(folder / "text" / f"{name}.txt", path) for name, path in sorted(annotations.items())]


def split(articles: Sequence[Article], month: str) -> tuple[list[Article], list[Article]]:
    """The articles to train on, and those of the month held out."""
    held = [one for one in articles if one.day.startswith(month)]
    return [one for one in articles if not one.day.startswith(month)], held


def _article(path: Path, annotation: Path) -> Article:
    raw = path.read_bytes().decode("utf-8")
    text = words_of(raw)
    found = [_relation(text, one) for one in _events(annotation.read_bytes().decode("utf-8"))]
    day = _DAY.search(path.stem)
    return Article(
        path.stem, day[1] if day else "", raw, text, tuple(one for one in found if one[1] and one[2])
    )


def _events(annotation: str) -> Iterator[dict[str, list[Span]]]:
    spans: dict[str, list[Span]] = {}
    lines = [line.rstrip("\r") for line in annotation.split("\n")]
    for line in lines:
        if match := _SPAN.match(line):
            pairs = (piece.split() for piece in match[2].split(";"))
            spans[match[1]] = [Span(int(start), int(end)) for start, end in pairs]
    for line in lines:
        if match := _EVENT.match(line):
            event: dict[str, list[Span]] = {role: [] for role in ROLES}
            for part in match[1].split():
                name, _, reference = part.partition(":")
                role = name.rstrip("0123456789").lower()
                if role in event:
                    event[role] += spans.get(reference, [])
            yield event


def _relation(text: Text, event: dict[str, list[Span]]) -> Relation:
    source, cue, content = (_touched(text, event[role]) for role in ROLES)
    return source, cue, content


def _touched(text: Text, spans: Sequence[Span]) -> frozenset[int]:
    """The words that the spans touch."""
    found: list[int] = []
    for span in spans:
        number = bisect_right(text.spans, span.start, key=lambda word: word.end)
        while number < len(text.spans) and text.spans[number].start < span.end:
            found.append(number)
            number += 1
    return frozenset(found)
