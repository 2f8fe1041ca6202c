"""The weights of Tidewaiter's attribution tagger; see MODEL_CARD.md."""

from importlib.resources import files

__version__ = "1.1.0"


def read(name: str) -> bytes:
    """The bytes of one of the files: card.json, tokenizer.json, encoder.onnx, reader.onnx."""
    return (files(__name__) / "weights" / name).read_bytes()
