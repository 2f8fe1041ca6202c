"""Train the tagger on PolNeAR's train split.

    python train.py CORPUS NETWORK.pt                     without the month held out, which it is scored on
    python train.py CORPUS NETWORK.pt --held none         on all of it

CORPUS is the folder that holds PolNeAR's ``train`` (text/, attributions/).  ``make weights`` trains and
exports.  With one seed the result is the same only on the same machine: sums of rounded numbers depend on
the number of threads.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import corpus
import torch
from augment import variant
from encoder import load_encoder, load_tokenizer
from examples import IGNORED, Batch, Example, batch, examples, negatives
from network import NEGATIVES, POSITIVES, Network
from torch import Tensor
from torch.nn import functional

from scoring import score, shown
from tidewaiter.reading.said.tagger.decoding import LABELS, ROLES
from tidewaiter.reading.said.tagger.windows import LIMIT, Pieces, windows

EPOCHS = 5
HELD = "2016-08"  # the last month of the train split
TOLD = 50  # steps between two lines of progress
WINDOWS = 16  # a step
ENCODER_RATE, HEAD_RATE = 2e-4, 8e-4  # learning rates: the encoder is a small one and bears a high one
DECAY = 0.01  # of weights (Loshchilov and Hutter 2019)
WARM_UP = 0.1  # share of the steps
LONGEST_STEP = 1.0  # norm of a gradient
SHORTEST_FIRST = 40  # pieces in an article's first window, drawn anew, so that windows are cut differently
TAG_WEIGHTS = {"source": 0.3, "cue": 1.0, "content": 0.3}
"""Only cues are taken from the tags; tagging the other roles by themselves helps the encoder."""
TAGS, ANSWERS = 2.0, 0.05  # weights of the two losses; an answer's is summed over its words


def main() -> None:
    """Train, and score the month held out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("network", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held", default=HELD, metavar="MONTH")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    articles = corpus.read(given.corpus / "train")
    held = [one for one in articles if one.day.startswith(given.held)]
    train = [one for one in articles if one not in held]
    tell(f"seed {given.seed}: {len(train)} articles, {len(held)} held out")
    network = Network(load_encoder())
    fit(network, train, held, epochs=given.epochs, seed=given.seed)
    torch.save(network.state_dict(), given.network)


def fit(
    network: Network,
    articles: Sequence[corpus.Article],
    held: Sequence[corpus.Article],
    *,
    epochs: int,
    seed: int,
) -> None:
    """Train the network on ``articles``; scored on ``held`` after each epoch, which changes nothing."""
    chance, pieces = random.Random(seed), Pieces(load_tokenizer())
    network.train()
    network.encoder.get_input_embeddings().requires_grad_(False)  # rare words keep their neighbours
    groups = list(_epoch(articles, pieces, chance))
    steps = max(1, len(groups) * epochs)
    optimizer, schedule = _optimizer(network, steps)
    began = time.time()
    for epoch in range(epochs):
        losses = []
        for number, group in enumerate(groups, 1):
            losses.append(_step(network, batch(group), optimizer, schedule))
            if number % TOLD == 0:
                tell(f"  {number} of {len(groups)} steps, loss {losses[-1]:.3f}, {time.time() - began:.0f} s")
        # as the rate falls to nothing, the last epoch is the best: none is chosen
        tell(f"epoch {epoch + 1}: loss {sum(losses) / len(losses):.3f}, {time.time() - began:.0f} s")
        if held:
            tell(shown(score(network, held, pieces)))
        groups = list(_epoch(articles, pieces, chance))


def _epoch(
    articles: Sequence[corpus.Article], pieces: Pieces, chance: random.Random
) -> Iterator[Sequence[Example]]:
    """Groups of windows of about one length, in any order."""
    found: list[Example] = []
    for article in articles:
        text, relations = variant(article.text, article.relations, chance)
        cut = windows(text, pieces, first_limit=chance.randint(SHORTEST_FIRST, LIMIT))
        found += examples(cut, relations)
    found.sort(key=lambda one: len(one.window.pieces) + 30 * chance.random())
    groups = [found[start : start + WINDOWS] for start in range(0, len(found), WINDOWS)]
    chance.shuffle(groups)
    yield from groups


def _optimizer(
    network: Network, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """AdamW with a rate that rises, then falls to nothing; norms and biases do not decay."""
    encoder, plain, heads = [], [], []
    for name, one in network.named_parameters():
        if one.requires_grad:
            (heads if not name.startswith("encoder") else plain if one.ndim < 2 else encoder).append(one)
    optimizer = torch.optim.AdamW(
        [
            {"params": encoder, "lr": ENCODER_RATE, "weight_decay": DECAY},
            {"params": plain, "lr": ENCODER_RATE, "weight_decay": 0.0},
            {"params": heads, "lr": HEAD_RATE, "weight_decay": DECAY},
        ]
    )

    def share(step: int) -> float:
        return min((step + 1) / (WARM_UP * steps), max(0.0, (steps - step) / ((1 - WARM_UP) * steps)))

    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, share)


def _step(
    network: Network,
    one: Batch,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        words = network.encode(one.pieces, one.shapes, one.first, one.seen)
        tags = network.tags(words)
    tags = tags.float()
    loss = TAGS * _tagging(tags, one) + ANSWERS * _answering(network, words, tags, one)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), LONGEST_STEP)
    optimizer.step()
    schedule.step()
    return float(loss.detach())


def _tagging(tags: Tensor, one: Batch) -> Tensor:
    losses = [
        TAG_WEIGHTS[role]
        * functional.cross_entropy(
            tags[:, :, number].reshape(-1, 3), one.tags[:, :, number].reshape(-1), ignore_index=IGNORED
        )
        for number, role in enumerate(ROLES)
    ]
    return torch.stack(losses).sum()


def _answering(network: Network, words: Tensor, tags: Tensor, one: Batch) -> Tensor:
    """The loss of what is read for some cues, and for words that only look like one."""
    some = torch.randperm(len(one.row))[:POSITIVES]
    rows, cues, nothing = negatives(one, tags[:, :, 1, 1].detach(), NEGATIVES)
    rows, cues = torch.cat([one.row[some], rows]), torch.cat([one.cue[some], cues])
    answers = torch.cat([one.answers[some], nothing])
    hidden = torch.where(one.words[rows] == 1, 0.0, -1e4)[:, None, None, :]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores = network.reader(network.dropout(words)[rows], cues, hidden)
    total = functional.cross_entropy(
        scores.float().reshape(-1, len(LABELS)), answers.reshape(-1), ignore_index=IGNORED, reduction="sum"
    )
    return total / len(rows)


def tell(text: str) -> None:
    """A line for whoever waits."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
