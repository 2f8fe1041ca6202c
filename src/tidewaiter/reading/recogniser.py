"""spaCy's entity recogniser, run over all tokens of a text at once.

The recogniser goes from token to token and scores, at each, all its actions (begin, inside, last, unit
of each label, and out).  spaCy computes the scores token by token, which is a third of the time of a
parse.  Outside an entity the scores depend on nothing but the token (its features are the token, the
first token of the open entity and the token before), so they can be computed for all tokens in one
multiplication; only tokens inside an entity are scored when they are reached.  Features, weights and
scores are computed by the model itself, and the rules about what action may be taken are those of
``spacy.pipeline._parser_internals.ner`` for a text in which no entities are set beforehand; so the
entities are the same (tests/reading/test_parse.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.pipeline import EntityRecognizer
    from spacy.tokens import Doc
    from thinc.api import Model

    Step = Model[Any, Any]

NOTHING = -1
"""The feature of a state that has no such token."""


class Recogniser:
    """Sets the entities of a text as the recogniser of the model would."""

    def __init__(self, model: EntityRecognizer) -> None:
        import numpy as np

        self._model = model
        names = [model.moves.get_class_name(number) for number in range(model.moves.n_moves)]
        self._kinds = [name[:1] for name in names]
        self._labels = [name[2:] for name in names]
        self._number = {name: number for number, name in enumerate(names)}
        begins = np.array([kind == "B" for kind in self._kinds])
        units = np.array(
            [kind == "U" and bool(label) for kind, label in zip(self._kinds, self._labels, strict=True)]
        )
        outs = np.array([kind == "O" for kind in self._kinds])
        self._closed = {
            (may_begin, may_be_unit): outs | (begins & may_begin) | (units & may_be_unit)
            for may_begin in (False, True)
            for may_be_unit in (False, True)
        }
        """Actions outside an entity, by whether one may begin here and whether one may be this token."""

    def __call__(self, doc: Doc) -> Doc:
        if len(doc):
            from spacy.tokens import Span

            doc.set_ents([Span(doc, start, end, label) for start, end, label in self._entities(doc)])
        return doc

    def _entities(self, doc: Doc) -> Iterator[tuple[int, int, str]]:
        """First token, token behind the last and label of each entity."""
        step = self._model.model.predict([doc])
        best = self._best_outside(step, doc)
        ends = _sentence_ends(doc)
        at = 0
        while at < len(doc):
            start, action = at, best[at]
            while self._kinds[action] in "BI":
                at += 1
                action = self._best_inside(step, start, at, self._labels[action], bool(ends[at]))
            at += 1
            if self._kinds[action] in "LU":
                yield start, at, self._labels[action]

    def _best_outside(self, step: Step, doc: Doc) -> list[int]:
        """The best action at each token while no entity is open."""
        import numpy as np

        states = np.full((len(doc), 3), NOTHING, dtype="int32")
        states[:, 0] = np.arange(len(doc))
        scores = _scores(step, states)
        is_word = doc.to_array("IS_SPACE") == 0
        may_begin = is_word & ~_sentence_ends(doc)
        for key, allowed in self._closed.items():
            here = (may_begin == key[0]) & (is_word == key[1])
            scores[np.ix_(here, ~allowed)] = -np.inf
        return [int(number) for number in scores.argmax(axis=1)]

    def _best_inside(self, step: Step, start: int, at: int, label: str, ends: bool) -> int:
        """Whether the entity that began at ``start`` goes on at ``at`` or has its last token there."""
        import numpy as np

        inside, last = self._number[f"I-{label}"], self._number[f"L-{label}"]
        if ends:
            return last
        scores = _scores(step, np.array([[at, start, at - 1]], dtype="int32"))[0]
        order = sorted((inside, last))  # of equals spaCy takes the first
        return max(order, key=lambda number: float(scores[number]))


def _scores(step: Step, states: NDArray[np.int32]) -> NDArray[np.float32]:
    """The score of each action in each state; a state is given by its three features."""
    parts: Any = step  # spaCy's ParserStepModel, which has no types
    scores: NDArray[np.float32] = parts.vec2scores.predict(parts.state2vec.predict(states))
    return scores


def _sentence_ends(doc: Doc) -> NDArray[np.bool_]:
    """For each token whether a sentence ends with it; no entity reaches over that."""
    import numpy as np

    starts = doc.to_array("SENT_START") == 1
    return np.append(starts[1:], True)
