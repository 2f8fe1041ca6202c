"""The numbered citations of one dossier and the places that use them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from tidewaiter.characters import without_direction
from tidewaiter.dossier.marking import Line, Run, lay_out
from tidewaiter.model import Citation, Document, Span, Spans
from tidewaiter.wording import document_name, spoken

PREVIEW = 180
"""Characters of the cited words shown when the pointer rests on a citation."""

SHOWN_AT_ONCE = 3
"""Citations shown in a cell of a wide table before the rest is referred to the transfer's own section;
three numbers fill a narrow column's line."""


@dataclass(slots=True)
class Note:
    """One numbered citation: words of one document, and where the dossier rests on them."""

    number: int
    document: Document
    spans: Spans
    quote: str
    uses: list[str] = field(default_factory=list)  # element ids, in reading order

    @property
    def target(self) -> str:
        """Id of the element to open: the marked words, or the document where no words are given."""
        return f"n{self.number}" if self.spans else text_id(self.document.id)


class Notebook:
    """Numbers citations in the order in which the page uses them; equal words get one number."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents: Mapping[str, Document] = {document.id: document for document in documents}
        self.notes: list[Note] = []
        self._by_words: dict[tuple[str, Spans], Note] = {}

    def cite(self, citations: Iterable[Citation], limit: int | None = None, rest: str = "") -> Markup:
        """Links to the words of ``citations``; with ``limit``, the first ones and a link to ``rest``
        (an element id) for the others.

        Raises ``ValueError`` for a citation that points outside the case's texts.
        """
        notes = list({note.number: note for note in map(self._note, citations)}.values())
        shown = notes if limit is None or len(notes) <= limit + 1 else notes[:limit]
        links = [self._link(note) for note in shown]
        if len(shown) < len(notes):
            links.append(_more(len(notes) - len(shown), rest))
        return Markup('<span class="cites">{}</span>').format(Markup(" ").join(links)) if links else Markup()

    def numbers(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """The numbers of ``citations``, each once.

        Raises ``ValueError`` for a citation that points outside the case's texts.
        """
        return tuple(dict.fromkeys(self._note(one).number for one in citations))

    def of(self, document: Document) -> list[Note]:
        """The notes on one document, by number."""
        return [note for note in self.notes if note.document.id == document.id]

    def text(self, document: Document) -> Markup:
        """The document's text as paragraphs with the cited words marked and linked back."""
        notes = {note.number: note for note in self.of(document) if note.spans}
        lines = lay_out(document.text, {number: note.spans for number, note in notes.items()})
        return Markup("\n").join(_paragraph(line, notes) for line in lines if any(run.text for run in line))

    def _note(self, citation: Citation) -> Note:
        spans = tuple(sorted(set(citation.spans)))
        key = citation.document, spans
        if key not in self._by_words:
            document = self._checked(citation, spans)
            note = Note(len(self.notes) + 1, document, spans, citation.quote)
            self.notes.append(note)
            self._by_words[key] = note
        return self._by_words[key]

    def _checked(self, citation: Citation, spans: tuple[Span, ...]) -> Document:
        document = self.documents.get(citation.document)
        if document is None:
            raise ValueError(f"a citation names document {citation.document!r}, which the case does not hold")
        for start, end in spans:
            if not 0 <= start < end <= len(document.text):
                raise ValueError(f"a citation points at {start}..{end}, outside the text of {document.id}")
        return document

    def _link(self, note: Note) -> Markup:
        use = f"u{note.number}-{len(note.uses) + 1}"
        note.uses.append(use)
        where = without_direction(f"{document_name(note.document)}, {spoken(note.document.published)}")
        return Markup('<a class="cite" id="{}" href="#{}" title="{}" aria-label="{}">[{}]</a>').format(
            use, note.target, _preview(note.quote), f"Note {note.number}: {where}", note.number
        )


def text_id(document_id: str) -> str:
    """Element id of a document's text."""
    return "text-" + slug(document_id)


def slug(identifier: str) -> str:
    """``identifier`` with what an element id and a link may not hold replaced."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", identifier)


def _more(count: int, rest: str) -> Markup:
    return Markup('<a class="more" href="#{}" aria-label="{} more notes">+{}</a>').format(rest, count, count)


def _preview(quote: str) -> str:
    words = without_direction(" ".join(quote.split()))
    return words if len(words) <= PREVIEW else words[: PREVIEW - 1].rstrip() + "…"


def _paragraph(line: Line, notes: Mapping[int, Note]) -> Markup:
    return Markup('<p dir="auto">{}</p>').format(Markup().join(_run(run, notes) for run in line))


def _run(run: Run, notes: Mapping[int, Note]) -> Markup:
    """A run as marks: the outermost carries the class of every citation over it, one mark for each
    citation that begins here carries its id."""
    words: str | Markup = run.text
    classes = " ".join(f"k{number}" for number in run.notes)
    for number in reversed(run.starts):
        words = Markup('<mark id="n{}" tabindex="-1" class="{}">{}</mark>').format(number, classes, words)
    if run.notes and not run.starts:
        words = Markup('<mark class="{}">{}</mark>').format(classes, words)
    return Markup("{}{}").format(words, Markup().join(_back(notes[number]) for number in run.ends))


def _back(note: Note) -> Markup:
    """Links from the end of the cited words to every place that cites them."""
    if not note.uses:
        return Markup()
    first, *others = note.uses
    links = [
        Markup('<a href="#{}" aria-label="Back to note {} where it is cited">{}</a>').format(
            first, note.number, note.number
        )
    ]
    links += [
        Markup('<a href="#{}" aria-label="Note {}, place {} where it is cited">{}</a>').format(
            use, note.number, place, _letter(place - 1)
        )
        for place, use in enumerate(others, start=2)
    ]
    return Markup('<sup class="back k{}">{}</sup>').format(note.number, Markup(" ").join(links))


def _letter(index: int) -> str:
    """b for 1, c for 2, ... z for 25, then figures."""
    return chr(ord("a") + index) if index < 26 else str(index + 1)
