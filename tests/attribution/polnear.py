"""PolNeAR as its authors give it: articles with brat annotations, where somebody has them at hand.

The corpus states no licence, so nothing of it is in this repository.  As usual with it, one fixed annotator
stands for an article, the first by file name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from attribution.scoring import ROLES, Relation
from tidewaiter.model import Span, Spans

_MARKED = re.compile(r"(T\d+)\t[\w-]+ (\d+ \d+(?:;\d+ \d+)*)\t")
_EVENT = re.compile(r"E\d+\t(.+)")
_ARGUMENT = re.compile(r"(?<!\S)(Source|Cue|Content)\d*:(T\d+)")


class Article(NamedTuple):
    """One article with its annotated relations."""

    id: str
    text: str
    wanted: tuple[Relation, ...]


def articles(folder: Path) -> Iterator[Article]:
    """The annotated articles of one split, in order of their names; ``folder`` holds ``text`` and
    ``attributions``."""
    for path in sorted((folder / "text").glob("*.txt")):
        annotations = sorted((folder / "attributions").glob(f"{path.stem}_*.ann"))
        own = [one for one in annotations if one.stem.rpartition("_")[0] == path.stem]
        if own:
            yield Article(path.stem, _text(path), tuple(relations(_text(own[0]))))


def relations(brat: str) -> Iterator[Relation]:
    """The relations of one brat file; those without content are left out, as they cannot be compared."""
    lines = [line.rstrip("\r") for line in brat.split("\n")]
    marked = {found[1]: _spans(found[2]) for line in lines if (found := _MARKED.match(line))}
    for line in lines:
        event = _EVENT.fullmatch(line)
        if event is None:
            continue
        parts: dict[str, list[Span]] = {role: [] for role in ROLES}
        for role, mark in _ARGUMENT.findall(event[1]):
            parts[role.lower()].extend(marked.get(mark, ()))
        if parts["content"]:
            yield Relation(*(tuple(sorted(parts[role])) for role in ROLES))


def _spans(given: str) -> Spans:
    return tuple(Span(*map(int, piece.split())) for piece in given.split(";"))


def _text(path: Path) -> str:
    """The text with its newlines as they are: positions count them."""
    return path.read_bytes().decode("utf-8")
