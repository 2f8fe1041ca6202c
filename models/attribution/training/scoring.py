"""Figures on articles held out, counted as in Tidewaiter's own gate."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import torch
from corpus import Article, Relation
from network import Network

from tidewaiter.reading.said.tagger.decoding import CUE_BEGINS, Floats, Found, best_labels, distinct, relation
from tidewaiter.reading.said.tagger.windows import Pieces, Window, windows

ASK = 0.1  # likelihood of a cue from which its relation is read
KEEP = (0.4, 0.5, 0.6, 0.7, 0.8)  # likelihoods of a relation from which it is kept, tried
CLOSE = 0.5  # share of the words of two contents in common from which they are one


def score(network: Network, articles: Sequence[Article], pieces: Pieces) -> Mapping[float, float]:
    """Relation F1 by the likelihood from which a relation is kept: one to one, in the order of likelihood,
    contents half in common and sources that touch or are both missing."""
    network.eval()
    found = {article.name: distinct(list(_relations(network, article, pieces))) for article in articles}
    network.train()
    out: dict[float, float] = {}
    for keep in KEEP:
        right = told = wanted = 0
        for article in articles:
            kept = sorted(
                (one for one in found[article.name] if one.score >= keep), key=lambda one: -one.score
            )
            parts = [(frozenset(one.source), frozenset(one.cue), frozenset(one.content)) for one in kept]
            right += _matched(parts, list(article.relations))
            told, wanted = told + len(kept), wanted + len(article.relations)
        out[keep] = 2 * right / (told + wanted) if told + wanted else 0.0
    return out


def shown(scores: Mapping[float, float]) -> str:
    """The figures in a line."""
    return "  relation F1 " + ", ".join(f"{100 * f1:.1f} at {keep}" for keep, f1 in scores.items())


def _relations(network: Network, article: Article, pieces: Pieces) -> Iterator[Found]:
    for window in windows(article.text, pieces):
        for cue, sure, scores in _answers(network, window):
            best = best_labels([scores])[0]
            one = relation(best, cue, (sure + float(np.exp(scores[cue, CUE_BEGINS]))) / 2)
            if one is not None:
                yield one.moved(window.start)


@torch.no_grad()
def _answers(network: Network, window: Window) -> Iterator[tuple[int, float, Floats]]:
    device = next(network.parameters()).device
    pieces, shapes, first = (
        torch.tensor([one], device=device) for one in (window.pieces, window.shapes, window.first)
    )
    with torch.autocast(device.type, dtype=torch.bfloat16):
        words = network.encode(pieces, shapes, first, None)
        likely = network.tags(words).float()[0, :, 1].log_softmax(-1)[:, 1]
        cues = torch.nonzero(likely > math.log(ASK))[:, 0]
        if not len(cues):
            return
        scores = network.reader(words, cues, None).float().log_softmax(-1).cpu()
    for row, cue in enumerate(cues.tolist()):
        yield cue, math.exp(float(likely[cue])), scores[row].numpy()


def _matched(found: list[Relation], gold: list[Relation]) -> int:
    left = list(gold)
    right = 0
    for one in found:
        same = next((other for other in left if _same(one, other)), None)
        if same is not None:
            left.remove(same)
            right += 1
    return right


def _same(one: Relation, other: Relation) -> bool:
    close = len(one[2] & other[2]) >= CLOSE * len(one[2] | other[2])
    return close and (bool(one[0] & other[0]) or not (one[0] or other[0]))
