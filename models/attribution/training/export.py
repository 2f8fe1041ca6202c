"""Write the trained network as ONNX in eight bits, with the card that the program reads.

    python export.py NETWORK.pt WEIGHTS [--ask 0.2 --keep 0.6] [--full]

Weights of matrix products are quantised by channel (symmetric, int8), activations by ONNX Runtime as they
come.  Unsigned weights, or weights in blocks, ran two to five times slower on one core and were no better;
fusing attention by hand made no difference.
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
import warnings
from pathlib import Path

import torch
from encoder import load_encoder, load_tokenizer
from network import Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from tidewaiter.reading.said.tagger.model import FILES, FORMAT, Card, digest

NAME = "minilm-polnear"
OPSET = 17


ASK, KEEP = 0.2, 0.55
"""From which likelihood a word is asked about, and its relation kept.  On the month held out, relation F1 is
within a point from 0.5 to 0.7 and best at 0.65; what is found grows below, so the lower end was taken.  A
relation's likelihood is the mean of two, so that none is kept for which the first is under 2 * KEEP - 1."""


def main() -> None:
    """Write the files of the distribution."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("network", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--ask", type=float, default=ASK)
    parser.add_argument("--keep", type=float, default=KEEP)
    parser.add_argument("--full", action="store_true", help="leave all in 32 bits, to see what eight cost")
    given = parser.parse_args()
    given.weights.mkdir(parents=True, exist_ok=True)
    network = Network(load_encoder())
    network.load_state_dict(torch.load(given.network))
    export(network, given.weights, eight_bits=not given.full)
    tokenizer = load_tokenizer()
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(given.weights / "tokenizer.json"), pretty=False)
    write_card(given.weights, ask=given.ask, keep=given.keep)


def write_card(folder: Path, *, ask: float, keep: float) -> None:
    """``card.json``: what the program needs to know, and a digest over the files and the thresholds."""
    files = {name: (folder / name).read_bytes() for name in FILES}
    told = {"format": FORMAT, "name": NAME, "digest": digest(Card(NAME, "", ask, keep), files)}
    told |= {"ask": ask, "keep": keep}
    (folder / "card.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


class _Encoder(nn.Module):
    """What the encoder makes of each word of a window, and the scores of cues."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, Tensor]:
        words = self.network.encode(pieces, shapes, first, None)
        return words, self.network.tags(words)[:, :, 1]


class _Reader(nn.Module):
    """The scores of each label."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.reader = network.reader

    def forward(self, words: Tensor, cues: Tensor) -> Tensor:
        scores: Tensor = self.reader(words, cues, None)
        return scores


def export(network: Network, folder: Path, *, eight_bits: bool = True) -> None:
    """Write ``encoder.onnx`` and ``reader.onnx`` into ``folder``."""
    network.eval()
    network.encoder.set_attn_implementation("eager")
    width = network.encoder.config.hidden_size
    pieces = torch.randint(1000, 20000, (1, 40))
    first = torch.arange(1, 31)[None]
    _write(
        _Encoder(network),
        (pieces, torch.zeros_like(pieces), first),
        {"pieces": {1: "pieces"}, "shapes": {1: "pieces"}, "first": {1: "words"}},
        {"words": {1: "words"}, "cues": {1: "words"}},
        folder / "encoder.onnx",
        eight_bits,
    )
    _write(
        _Reader(network),
        (torch.randn(1, 30, width), torch.tensor([3, 9])),
        {"words": {1: "words"}, "cues": {0: "cues"}},
        {"scores": {0: "cues", 1: "words"}},
        folder / "reader.onnx",
        eight_bits,
    )


Axes = dict[str, dict[int, str]]


def _write(
    module: nn.Module, given: tuple[Tensor, ...], inputs: Axes, outputs: Axes, path: Path, eight_bits: bool
) -> None:
    logging.disable(logging.WARNING)  # a line for each product that stays as it is
    with tempfile.TemporaryDirectory() as temporary, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain = Path(temporary, path.name) if eight_bits else path
        torch.onnx.export(
            module.eval(),
            given,
            str(plain),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes={**inputs, **outputs},
            opset_version=OPSET,
            dynamo=False,
        )
        if eight_bits:
            quantize_dynamic(str(plain), str(path), weight_type=QuantType.QInt8, per_channel=True)


if __name__ == "__main__":
    main()
