"""Texts that once made the reader fail, cut down to what still did."""

from __future__ import annotations

import pytest

from documents import make_document
from tidewaiter import knowledge
from tidewaiter.model import anchor
from tidewaiter.reading.reader import read

TEXTS = [
    'Hgh De\nHe h\n"hes',  # "he" in a quotation means a person whom only another "he" names
    "Libya bought 80 armour \ufffd" + " \ufffd" * 1500,  # trees of a thousand words, one under the other
    "Libya bought 80 rifles. " + "”" * 100_000,  # marks that a tokenizer strips one by one
    "It was sold, shipped, " + "shipped, " * 1500 + "to Libya",
]


@pytest.mark.parametrize("text", TEXTS)
def test_is_read(text: str) -> None:
    reading = read(make_document(text, "2023-05-01"), knowledge.load())
    for found in (
        *reading.statements,
        *reading.mentions,
        *reading.claims,
        *reading.responses,
        *reading.events,
    ):
        for spans in found.anchors.values():
            assert all(anchor(text, span).exact for span in spans)
