"""Fitting a network to annotated articles, by their annotation and, where there is one, by a teacher."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import corpus
import torch
from augment import variant
from encoder import load_tokenizer
from examples import IGNORED, Batch, Example, batch, examples, negatives
from network import NEGATIVES, Network
from torch import Tensor
from torch.nn import functional

from scoring import score, shown
from tidewaiter.reading.said.tagger.decoding import LABELS, ROLES
from tidewaiter.reading.said.tagger.windows import LIMIT, Pieces, windows

TOLD = 50  # steps between two lines of progress
DECAY = 0.01  # of weights (Loshchilov and Hutter 2019)
WARM_UP = 0.1  # share of the steps
LONGEST_STEP = 1.0  # norm of a gradient
SHORTEST_FIRST = 40  # pieces in an article's first window, drawn anew, so that windows are cut differently
TAG_WEIGHTS = {"source": 0.3, "cue": 1.0, "content": 0.3}
"""Only cues are taken from the tags; tagging the other roles by themselves helps the encoder."""
TAGS, ANSWERS = 2.0, 0.05  # weights of the two losses; an answer's is summed over its words
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


@dataclass(frozen=True)
class Plan:
    """How long and how fast.  ``windows``: of a step; ``asked``: cues of a step that are asked about (all
    would take twice as long, and each epoch draws anew); ``encoder_rate``, ``head_rate``: learning rates;
    ``scored``: epochs between two scores on what is held out, beside that after the last one."""

    epochs: int
    seed: int
    windows: int
    asked: int
    encoder_rate: float
    head_rate: float
    scored: int = 4


@dataclass(frozen=True)
class Teaching:
    """Teachers by the number of the fold that each has not seen, the fold of each article by its name, and
    how much their word counts beside the annotation's, 0 to 1 (Hinton et al. 2015)."""

    teachers: Mapping[int, Network]
    folds: Mapping[str, int]
    share: float


def fit(
    network: Network,
    articles: Sequence[corpus.Article],
    held: Sequence[corpus.Article],
    plan: Plan,
    teaching: Teaching | None = None,
) -> None:
    """Train the network on ``articles``; scored on ``held``, which changes nothing."""
    torch.manual_seed(plan.seed)
    chance, pieces = random.Random(plan.seed), Pieces(load_tokenizer())
    network.to(DEVICE).train()
    network.encoder.get_input_embeddings().requires_grad_(False)  # rare words keep their neighbours
    groups = list(_epoch(articles, pieces, chance, plan.windows, teaching))
    optimizer, schedule = _optimizer(network, plan, max(1, len(groups) * plan.epochs))
    began = time.time()
    for epoch in range(1, plan.epochs + 1):
        losses = []
        for number, (fold, group) in enumerate(groups, 1):
            loss = _loss(network, batch(group).to(DEVICE), plan.asked, teaching, fold)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), LONGEST_STEP)
            optimizer.step()
            schedule.step()
            losses.append(loss.detach())
            if number % TOLD == 0:
                tell(f"  {number} of {len(groups)} steps, loss {losses[-1]:.3f}, {time.time() - began:.0f} s")
        # as the rate falls to nothing, the last epoch is the best: none is chosen
        tell(f"epoch {epoch}: loss {torch.stack(losses).mean():.3f}, {time.time() - began:.0f} s")
        if held and (epoch == plan.epochs or epoch % plan.scored == 0):
            tell(shown(score(network, held, pieces)))
        if epoch < plan.epochs:
            groups = list(_epoch(articles, pieces, chance, plan.windows, teaching))


def _epoch(
    articles: Sequence[corpus.Article],
    pieces: Pieces,
    chance: random.Random,
    size: int,
    teaching: Teaching | None,
) -> Iterator[tuple[int, Sequence[Example]]]:
    """Groups of windows of about one length, and of one fold, in any order."""
    found: dict[int, list[Example]] = {}
    for article in articles:
        text, relations = variant(article.text, article.relations, chance)
        cut = windows(text, pieces, first_limit=chance.randint(SHORTEST_FIRST, LIMIT))
        fold = teaching.folds[article.name] if teaching else 0
        found.setdefault(fold, []).extend(examples(cut, relations))
    groups = []
    for fold, ones in found.items():
        ones.sort(key=lambda one: len(one.window.pieces) + 30 * chance.random())
        groups += [(fold, ones[start : start + size]) for start in range(0, len(ones), size)]
    chance.shuffle(groups)
    yield from groups


def _optimizer(
    network: Network, plan: Plan, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """AdamW with a rate that rises, then falls to nothing; norms and biases do not decay."""
    encoder, plain, heads = [], [], []
    for name, one in network.named_parameters():
        if one.requires_grad:
            (heads if not name.startswith("encoder") else plain if one.ndim < 2 else encoder).append(one)
    optimizer = torch.optim.AdamW(
        [
            {"params": encoder, "lr": plan.encoder_rate, "weight_decay": DECAY},
            {"params": plain, "lr": plan.encoder_rate, "weight_decay": 0.0},
            {"params": heads, "lr": plan.head_rate, "weight_decay": DECAY},
        ]
    )

    def share(step: int) -> float:
        return min((step + 1) / (WARM_UP * steps), max(0.0, (steps - step) / ((1 - WARM_UP) * steps)))

    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, share)


def _loss(network: Network, one: Batch, asked: int, teaching: Teaching | None, fold: int) -> Tensor:
    """What the tags and the answers lack: to the annotation, and to the teacher of the fold."""
    words, tags = _tags(network, one)
    some = torch.randperm(len(one.row))[:asked].to(DEVICE)
    rows, cues, nothing = negatives(one, tags[:, :, 1, 1].detach(), NEGATIVES)
    rows, cues = torch.cat([one.row[some], rows]), torch.cat([one.cue[some], cues])
    right = torch.cat([one.answers[some], nothing])
    answers = _answers(network, network.dropout(words), one, rows, cues)
    loss = TAGS * _tagging(tags, one) + ANSWERS * _answering(answers, right) / len(rows)
    if teaching is None:
        return loss
    with torch.no_grad():
        teacher = teaching.teachers[fold]
        their_words, their_tags = _tags(teacher, one)
        their_answers = _answers(teacher, their_words, one, rows, cues)
    weights = torch.tensor([TAG_WEIGHTS[role] for role in ROLES], device=DEVICE)
    apart = _apart(tags, their_tags)[one.words == 1].mean(0)
    taught = TAGS * (weights * apart).sum()
    taught = taught + ANSWERS * _apart(answers, their_answers)[right != IGNORED].sum() / len(rows)
    return (1 - teaching.share) * loss + teaching.share * taught


def _tags(network: Network, one: Batch) -> tuple[Tensor, Tensor]:
    with torch.autocast(DEVICE, dtype=torch.bfloat16):
        words = network.encode(one.pieces, one.shapes, one.first, one.seen)
        tags = network.tags(words)
    return words, tags.float()


def _answers(network: Network, words: Tensor, one: Batch, rows: Tensor, cues: Tensor) -> Tensor:
    """What is read for some cues, and for words that only look like one."""
    hidden = torch.where(one.words[rows] == 1, 0.0, -1e4)[:, None, None, :]
    with torch.autocast(DEVICE, dtype=torch.bfloat16):
        scores: Tensor = network.reader(words[rows], cues, hidden)
    return scores.float()


def _tagging(tags: Tensor, one: Batch) -> Tensor:
    losses = [
        TAG_WEIGHTS[role]
        * functional.cross_entropy(
            tags[:, :, number].reshape(-1, 3), one.tags[:, :, number].reshape(-1), ignore_index=IGNORED
        )
        for number, role in enumerate(ROLES)
    ]
    return torch.stack(losses).sum()


def _answering(answers: Tensor, right: Tensor) -> Tensor:
    return functional.cross_entropy(
        answers.reshape(-1, len(LABELS)), right.reshape(-1), ignore_index=IGNORED, reduction="sum"
    )


def _apart(scores: Tensor, theirs: Tensor) -> Tensor:
    """The cross entropy of our likelihoods to the teacher's, of the last axis."""
    return -(theirs.softmax(-1) * scores.log_softmax(-1)).sum(-1)


def tell(text: str) -> None:
    """A line for whoever waits."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
