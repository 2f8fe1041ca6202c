"""Texts that once made the reader fail, cut down to what still did."""

from __future__ import annotations

import pytest

from documents import make_document
from tidewaiter import knowledge
from tidewaiter.model import anchor
from tidewaiter.reading import parse as parsing
from tidewaiter.reading.reader import read

TEXTS = [
    'Hgh De\nHe h\n"hes',  # "he" in a quotation means a person whom only another "he" names
    "Libya bought 80 armour \ufffd" + " \ufffd" * 1500,  # trees of a thousand words, one under the other
    "Libya bought 80 rifles. " + "”" * 40_000,  # marks that a tokenizer strips one by one
    "It was sold, shipped, " + "shipped, " * 1500 + "to Libya",
]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:24])
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


def test_a_long_text_is_parsed_in_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    paragraph = "Libya’s navy said on Monday that it had bought two patrol boats from Malta. It wants more."
    document = make_document("\n\n".join([paragraph] * 30) + " word" * 200 + "x" * 400, "2023-05-01")
    at_once = parsing.parse(document, knowledge.load()).doc
    monkeypatch.setattr(parsing, "STRETCH", 250)  # so that a short text is a long one
    pieces = parsing.parse(document, knowledge.load()).doc
    assert pieces.text == document.text == at_once.text
    assert [token.text for token in pieces.tokens[:400]] == [token.text for token in at_once.tokens[:400]]
    for number, token in enumerate(pieces):
        assert (token.i, token.doc) == (number, pieces)
        assert document.text.startswith(token.text, token.idx)
        assert token.head in token.sent
        assert token.sent.start <= token.i < token.sent.end
    assert {one.text for one in pieces.ents} >= {"Libya", "Monday", "Malta"}
    assert read(document, knowledge.load()).transfers
