"""Windows with their labels, as tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from corpus import Relation
from torch import Tensor

from tidewaiter.reading.said.tagger.decoding import LABELS, ROLES
from tidewaiter.reading.said.tagger.windows import Window

IGNORED = -100  # no label: torch's cross entropy leaves it out


@dataclass(frozen=True)
class Example:
    """A window and the relations whose cue begins in it; words counted from the window's start."""

    window: Window
    relations: tuple[Relation, ...]


def examples(windows: Sequence[Window], relations: Sequence[Relation]) -> list[Example]:
    """Each window with its relations; words of a relation that stand in another window are lost."""
    found = []
    for window in windows:
        inside = range(window.start, window.start + len(window.first))
        own = []
        for relation in relations:
            if min(relation[1]) in inside:
                source, cue, content = (
                    frozenset(word - window.start for word in part if word in inside) for part in relation
                )
                own.append((source, cue, content))
        found.append(Example(window, tuple(own)))
    return found


def labels_of(relation: Relation, words: int) -> list[int]:
    """One label a word, index into ``LABELS``: pieces with only punctuation between them are one."""
    out = [0] * words
    for number, part in enumerate(relation):
        last = None
        for word in sorted(part):
            if out[word]:
                continue  # a word is seldom in two parts of one relation: source and cue come first
            out[word] = 2 * number + (2 if last is not None and last == word - 1 else 1)
            last = word
    return out


@dataclass(frozen=True)
class Batch:
    """Padded tensors: pieces, shapes, seen [windows, pieces]; first, words (1 where there is one)
    [windows, words]; tags [windows, words, roles]; row, cue [questions]; answers [questions, words]."""

    pieces: Tensor
    shapes: Tensor
    seen: Tensor
    first: Tensor
    words: Tensor
    tags: Tensor
    row: Tensor
    cue: Tensor
    answers: Tensor


def batch(group: Sequence[Example]) -> Batch:
    """The examples as one batch."""
    width = max(len(one.window.pieces) for one in group)
    words = max(len(one.window.first) for one in group)
    pieces, shapes, seen = (torch.zeros(len(group), width, dtype=torch.long) for _ in range(3))
    first, there = (torch.zeros(len(group), words, dtype=torch.long) for _ in range(2))
    tags = torch.full((len(group), words, len(ROLES)), IGNORED)
    questions: list[tuple[int, int, list[int]]] = []
    for row, one in enumerate(group):
        size, length = len(one.window.pieces), len(one.window.first)
        pieces[row, :size] = torch.tensor(one.window.pieces)
        shapes[row, :size] = torch.tensor(one.window.shapes)
        seen[row, :size] = 1
        first[row, :length] = torch.tensor(one.window.first)
        there[row, :length] = 1
        tags[row, :length] = 0
        for relation in one.relations:
            answer = labels_of(relation, length)
            for number, label in enumerate(answer):
                if label:
                    role, edge = divmod(label - 1, 2)
                    if tags[row, number, role] != 1:
                        tags[row, number, role] = edge + 1
            questions.append((row, min(relation[1]), answer + [IGNORED] * (words - length)))
    return Batch(
        pieces,
        shapes,
        seen,
        first,
        there,
        tags,
        torch.tensor([row for row, _, _ in questions], dtype=torch.long),
        torch.tensor([cue for _, cue, _ in questions], dtype=torch.long),
        torch.tensor([answer for _, _, answer in questions], dtype=torch.long).view(-1, words),
    )


def negatives(one: Batch, scores: Tensor, each: int) -> tuple[Tensor, Tensor, Tensor]:
    """Questions about words that begin no cue but look most like it: row, cue, answers (nothing)."""
    tempting = scores.masked_fill(one.tags[:, :, 1] != 0, -1e9)
    best = tempting.topk(min(each, tempting.shape[1]), dim=1)
    rows = torch.arange(scores.shape[0])[:, None].expand_as(best.indices)
    real = best.values > -1e8
    row, cue = rows[real], best.indices[real]
    answers = torch.where(one.words[row] == 1, 0, IGNORED)
    return row, cue, answers


assert len(LABELS) == 1 + 2 * len(ROLES)
