"""Train the tagger's teachers on PolNeAR's train split: larger networks, each of which has not seen one part.

    python teach.py CORPUS TEACHERS              all of them, one after the other
    python teach.py CORPUS TEACHERS --fold 2     one of them

A teacher that was shown an article knows its annotation by heart.  So the articles before the month held out
are cut into parts by day, and each part is taught by the teacher that has not seen it ("cross-fitting",
Chernozhukov et al. 2018).  TEACHERS is a folder; a teacher that is in it is not trained again.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import corpus
import torch
from encoder import load_teacher_encoder
from fitting import DEVICE, Plan, fit, tell
from network import Network

FOLDS = 4
HELD = "2016-08"  # the last month of the train split
EPOCHS = 4
ENCODER = "encoder"  # the folder beside the teachers that theirs is unpacked to


def main() -> None:
    """Train the teachers that are missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("teachers", type=Path)
    parser.add_argument("--fold", type=int, choices=range(FOLDS))
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    given = parser.parse_args()
    given.teachers.mkdir(parents=True, exist_ok=True)
    train, held = corpus.split(corpus.read(given.corpus / "train"), HELD)
    folds = folds_of(train)
    for fold in range(FOLDS) if given.fold is None else (given.fold,):
        path = _path(given.teachers, fold)
        if path.exists():
            continue
        seen = [one for one in train if folds[one.name] != fold]
        tell(f"teacher {fold + 1} of {FOLDS}: {len(seen)} articles of {len(train)}")
        network = Network(*load_teacher_encoder(given.teachers / ENCODER))
        fit(network, seen, held, _plan(given.epochs, fold))
        unfinished = path.with_suffix(".unfinished")
        torch.save(network.state_dict(), unfinished)
        unfinished.rename(path)


def _plan(epochs: int, fold: int) -> Plan:
    return Plan(epochs, seed=fold + 1, windows=16, asked=56, encoder_rate=6e-5, head_rate=6e-4)


def folds_of(articles: Sequence[corpus.Article]) -> Mapping[str, int]:
    """The part of each article, by its name: parts of about the same size, by day."""
    ordered = sorted(articles, key=lambda one: (one.day, one.name))
    return {one.name: number * FOLDS // len(ordered) for number, one in enumerate(ordered)}


def load_teachers(folder: Path) -> Mapping[int, Network]:
    """The teachers by the part that each has not seen."""
    found = {}
    for fold in range(FOLDS):
        network = Network(*load_teacher_encoder(folder / ENCODER))
        network.load_state_dict(torch.load(_path(folder, fold), map_location="cpu"))
        found[fold] = network.to(DEVICE).eval()
    return found


def _path(folder: Path, fold: int) -> Path:
    return folder / f"teacher-{fold}.pt"


if __name__ == "__main__":
    main()
