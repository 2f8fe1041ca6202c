"""Windows with their labels, as tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
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

    def to(self, device: str) -> Batch:
        """The same on a device."""
        return Batch(*(getattr(self, one.name).to(device) for one in fields(self)))


def batch(group: Sequence[Example]) -> Batch:
    """The examples as one batch."""
    width = max(len(one.window.pieces) for one in group)
    words = max(len(one.window.first) for one in group)
    pieces, shapes, seen = (np.zeros((len(group), width), dtype=np.int64) for _ in range(3))
    first, there = (np.zeros((len(group), words), dtype=np.int64) for _ in range(2))
    tags = np.full((len(group), words, len(ROLES)), IGNORED, dtype=np.int64)
    rows: list[int] = []
    cues: list[int] = []
    answers: list[npt.NDArray[np.int64]] = []
    for row, one in enumerate(group):
        size, length = len(one.window.pieces), len(one.window.first)
        pieces[row, :size], shapes[row, :size], seen[row, :size] = one.window.pieces, one.window.shapes, 1
        first[row, :length], there[row, :length], tags[row, :length] = one.window.first, 1, 0
        for relation in one.relations:
            answer = np.full(words, IGNORED, dtype=np.int64)
            answer[:length] = labels_of(relation, length)
            for number in np.flatnonzero(answer > 0):
                role, edge = divmod(int(answer[number]) - 1, 2)
                if tags[row, number, role] != 1:
                    tags[row, number, role] = edge + 1
            rows.append(row)
            cues.append(min(relation[1]))
            answers.append(answer)
    asked = np.array(answers, dtype=np.int64).reshape(-1, words)
    parts = (
        pieces,
        shapes,
        seen,
        first,
        there,
        tags,
        np.array(rows, np.int64),
        np.array(cues, np.int64),
        asked,
    )
    return Batch(*(torch.from_numpy(one) for one in parts))


def negatives(one: Batch, scores: Tensor, each: int) -> tuple[Tensor, Tensor, Tensor]:
    """Questions about words that begin no cue but look most like it: row, cue, answers (nothing)."""
    tempting = scores.masked_fill(one.tags[:, :, 1] != 0, -1e9)
    best = tempting.topk(min(each, tempting.shape[1]), dim=1)
    rows = torch.arange(scores.shape[0], device=scores.device)[:, None].expand_as(best.indices)
    real = best.values > -1e8
    row, cue = rows[real], best.indices[real]
    answers = torch.where(one.words[row] == 1, 0, IGNORED)
    return row, cue, answers


assert len(LABELS) == 1 + 2 * len(ROLES)
