"""The tagger: an encoder of windows and a reader of each cue's relation, as ONNX.

Window by window, never in batches: with weights in eight bits each activation is scaled by the largest one
beside it (ONNX Runtime's dynamic quantisation), so that a neighbour could change a reading.
"""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np

from tidewaiter.errors import ModelError
from tidewaiter.model import Span
from tidewaiter.reading.said.tagger.decoding import (
    CUE_BEGINS,
    Floats,
    Found,
    best_labels,
    distinct,
    relation,
)
from tidewaiter.reading.said.tagger.windows import Pieces, Text, Window, windows, words_of

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

PACKAGE = "tidewaiter_attribution"
"""The distribution that holds the weights (``models/attribution``)."""
FILES = ("encoder.onnx", "reader.onnx", "tokenizer.json")
FORMAT = 1
"""Of the files in the distribution: what this module can read."""
_TODO = "Install what belongs to this program: make demo"


@dataclass(frozen=True, slots=True)
class Relation:
    """An attribution as the network marks it: spans of the text, in order."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float


class Tagger:
    """Finds attributions in a text.  The same text gives the same relations whatever is read before."""

    def __init__(self, weights: Weights) -> None:
        """Raises ``ModelError`` when the weights are damaged, or what runs them is not installed."""
        self._card = card(weights)
        files = {name: weights.read(name) for name in FILES}
        if digest(self._card, files) != self._card.digest:
            raise ModelError("the attribution weights are damaged: their digest differs", todo=_TODO)
        try:
            from tokenizers import Tokenizer

            self._pieces = Pieces(Tokenizer.from_str(files["tokenizer.json"].decode("utf-8")))
            self._encoder = _session(files["encoder.onnx"])
            self._reader = _session(files["reader.onnx"])
        except ImportError as error:
            raise ModelError(f"the attribution tagger cannot run: {error}", todo=_TODO) from error

    def relations(self, raw: str) -> list[Relation]:
        """The attributions of ``raw``, in order of their cues; spans are characters of ``raw``."""
        text = words_of(raw)
        asked = [
            (window, cue, sure, scores)
            for window in windows(text, self._pieces)
            for cue, sure, scores in self._answers(window)
            if sure >= self._card.keep
        ]
        labels = best_labels([scores for _, _, _, scores in asked])
        placed = [
            one.moved(window.start)
            for (window, cue, sure, _), best in zip(asked, labels, strict=True)
            if (one := relation(best, cue, sure)) is not None
        ]
        return [_placed(text, one) for one in distinct(placed)]

    def _answers(self, window: Window) -> Iterator[tuple[int, float, Floats]]:
        """For each word that may begin a cue: which, how sure a relation of it is (the mean of what tagger
        and reader say), and the labels' log-likelihoods."""
        words, cues = self._encoder.run(
            None,
            {
                "pieces": np.array([window.pieces], dtype=np.int64),
                "shapes": np.array([window.shapes], dtype=np.int64),
                "first": np.array([window.first], dtype=np.int64),
            },
        )
        likely: Any = np.exp(_log_softmax(cues[0]))[:, 1]
        asked = np.flatnonzero(likely > self._card.ask)
        if not len(asked):
            return
        (scores,) = self._reader.run(None, {"words": words, "cues": asked.astype(np.int64)})
        for row, cue in enumerate(asked.tolist()):
            answer = _log_softmax(scores[row])
            yield cue, (float(likely[cue]) + float(np.exp(answer[cue, CUE_BEGINS]))) / 2, answer


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return result


def _placed(text: Text, found: Found) -> Relation:
    return Relation(
        _spans(text, found.source), _spans(text, found.cue), _spans(text, found.content), found.score
    )


def _spans(text: Text, words: Sequence[int]) -> tuple[Span, ...]:
    """Runs of neighbouring words as spans."""
    spans: list[Span] = []
    last = None
    for word in words:
        if last is not None and word == last + 1:
            spans[-1] = Span(spans[-1].start, text.spans[word].end)
        else:
            spans.append(text.spans[word])
        last = word
    return tuple(spans)


def _session(model: bytes) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # --jobs shares out the cores
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


# ---------------------------------------------------------------------------------- the weights


@dataclass(frozen=True, slots=True)
class Card:
    """What the weights say of themselves: ``name``, the ``digest`` of their files, and from which likelihood
    a word is asked about (``ask``) and its relation kept (``keep``)."""

    name: str
    digest: str
    ask: float
    keep: float


class Weights(Protocol):
    """The distribution of the weights, as a module."""

    def read(self, name: str) -> bytes:
        """The bytes of one of its files."""


def installed() -> Weights | None:
    """The weights that are installed beside this program; None where there are none."""
    try:
        return cast("Weights", importlib.import_module(PACKAGE))
    except ImportError:
        return None


def digest(told: Card, files: Mapping[str, bytes]) -> str:
    """Of the files and the thresholds: 16 hexadecimal digits of SHA-256."""
    found = hashlib.sha256(f"{told.ask} {told.keep}".encode())
    for name in FILES:
        found.update(files[name])
    return found.hexdigest()[:16]


def card(weights: Weights) -> Card:
    """What the weights say of themselves.

    Raises ``ModelError`` when they are damaged or made for another version of the program.
    """
    try:
        told = json.loads(weights.read("card.json"))
        if told["format"] != FORMAT:
            raise ModelError(
                f"the attribution weights are of format {told['format']}, not {FORMAT}", todo=_TODO
            )
        return Card(told["name"], told["digest"], float(told["ask"]), float(told["keep"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"the attribution weights cannot be read: {error}", todo=_TODO) from error


@lru_cache(maxsize=1)
def load() -> Tagger | None:
    """The tagger with the weights that are installed; None where there are none.

    Raises ``ModelError`` when the weights, or what runs them, cannot be used.
    """
    weights = installed()
    return None if weights is None else Tagger(weights)


def let_go_of_tagger() -> None:
    """Give the tagger's memory back; whoever reads next loads it again."""
    load.cache_clear()
