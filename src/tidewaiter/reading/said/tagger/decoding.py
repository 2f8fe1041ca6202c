"""From the network's scores to the words of source, cue and content.

For each cue the reader scores seven labels a word: outside, and begin and inside of each role.  The best
sequence of labels in which no piece goes on that has not begun is found by Viterbi's algorithm (Forney
1973), for all cues of a document at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

ROLES = ("source", "cue", "content")
LABELS = ("O", *(f"{edge}-{role}" for role in ROLES for edge in "BI"))
OUTSIDE, CUE_BEGINS = 0, LABELS.index("B-cue")
_NEVER = -1e9

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Found:
    """A relation as words of a window: the numbers of those in source, cue and content, in order.
    ``score``: how sure the network is of it, 0 to 1."""

    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]
    score: float

    def moved(self, by: int) -> Found:
        """The same, of a text whose words are counted from ``by`` words before."""
        source, cue, content = (
            tuple(word + by for word in part) for part in (self.source, self.cue, self.content)
        )
        return Found(source, cue, content, self.score)


def _transitions() -> Floats:
    """[before, after]: 0 where one label may follow the other."""
    table = np.zeros((len(LABELS), len(LABELS)), dtype=np.float32)
    for after, label in enumerate(LABELS):
        if label.startswith("I-"):
            table[:, after] = _NEVER
            table[after - 1, after] = table[after, after] = 0
    return table


_TRANSITIONS = _transitions()


def best_labels(scores: Sequence[Floats]) -> list[npt.NDArray[np.intp]]:
    """The best allowed labels for each question; ``scores``: logarithms of likelihoods, each of shape
    [words, labels], the number of words differing."""
    if not scores:
        return []
    order = sorted(range(len(scores)), key=lambda number: -len(scores[number]))
    lengths = np.array([len(scores[number]) for number in order])
    table = np.zeros((lengths[0], len(order), len(LABELS)), dtype=np.float32)
    for row, number in enumerate(order):
        table[: lengths[row], row] = scores[number]
    best = table[0].copy()
    best[:, 2::2] += _NEVER
    back = np.zeros(table.shape, dtype=np.int8)
    for word in range(1, lengths[0]):
        live = int((lengths > word).sum())  # longest first: those that go on are in front
        ways = best[:live, :, None] + _TRANSITIONS
        back[word, :live] = ways.argmax(1)
        best[:live] = ways.max(1) + table[word, :live]
    out: list[Any] = [None] * len(order)
    for row, number in enumerate(order):
        label, labels = int(best[row].argmax()), np.zeros(lengths[row], dtype=np.intp)
        for word in range(lengths[row] - 1, -1, -1):
            labels[word] = label
            label = int(back[word, row, label])
        out[number] = labels
    return out


def relation(labels: npt.NDArray[np.intp], cue: int, score: float) -> Found | None:
    """The relation that the labels tell; None without a content: the network takes its question back."""
    source, verb, content = (
        tuple(np.flatnonzero((labels == 2 * role + 1) | (labels == 2 * role + 2)).tolist())
        for role in range(len(ROLES))
    )
    if not content:
        return None
    return Found(source, verb if cue in verb else tuple(sorted((*verb, cue))), content, score)


def distinct(found: Sequence[Found]) -> list[Found]:
    """Without those whose cue shares a word with that of a surer one ("has" and "said" of "has said"), in
    order of their cues."""
    taken: set[int] = set()
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (-one.score, one.cue)):
        if taken.isdisjoint(one.cue):
            taken.update(one.cue)
            kept.append(one)
    return sorted(kept, key=lambda one: one.cue)
