"""Train the tagger on PolNeAR's train split.

    python train.py CORPUS NETWORK.pt --teachers FOLDER    by the annotation and by what teachers make of it
    python train.py CORPUS NETWORK.pt                      by the annotation alone

CORPUS is the folder that holds PolNeAR's ``train`` (text/, attributions/); the month held out is scored and
not trained on.  ``make weights`` trains the teachers and the tagger, and exports.  With one seed the result
is the same only on the same machine: sums of rounded numbers depend on the number of threads.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import corpus
import torch
from encoder import load_encoder
from fitting import Plan, Teaching, fit, tell
from network import Network
from teach import HELD, folds_of, load_teachers

PLAIN = Plan(epochs=5, seed=1, windows=16, asked=56, encoder_rate=2e-4, head_rate=8e-4)
"""By the annotation alone; more epochs give nothing, as the network then knows it by heart.  The encoder is a
small one and bears a high rate."""
TAUGHT = Plan(epochs=15, seed=2, windows=32, asked=112, encoder_rate=2.8e-4, head_rate=1.1e-3)
"""With teachers.  Of four ways that were tried (these or the plain one's windows and rates, half or four
fifths of the teacher's word) this was the best on the month held out, by 0.2 to 0.3 points."""
SHARE = 0.8  # how much a teacher's word counts beside the annotation's


def main() -> None:
    """Train, and score the month held out."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("network", type=Path)
    parser.add_argument("--teachers", type=Path, metavar="FOLDER")
    parser.add_argument("--share", type=float, default=SHARE)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--epochs", type=int)
    given = parser.parse_args()
    train, held = corpus.split(corpus.read(given.corpus / "train"), HELD)
    teaching = None
    if given.teachers:
        teaching = Teaching(load_teachers(given.teachers), folds_of(train), given.share)
    plan = TAUGHT if teaching else PLAIN
    plan = replace(plan, seed=given.seed or plan.seed, epochs=given.epochs or plan.epochs)
    tell(f"{plan}: {len(train)} articles, {len(held)} held out")
    network = Network(load_encoder())
    fit(network, train, held, plan, teaching)
    torch.save(network.cpu().state_dict(), given.network)


if __name__ == "__main__":
    main()
