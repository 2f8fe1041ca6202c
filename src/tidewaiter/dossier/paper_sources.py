"""The sources of a dossier as blocks: each with its date and the ground for it, custody and hashes; copies;
and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tidewaiter.dossier.blocks import Block, Facts, Heading, Items, Line, Paragraph, Table, Words
from tidewaiter.dossier.counting import figure
from tidewaiter.dossier.views import DossierView, SourceView
from tidewaiter.model import Capture, Citation
from tidewaiter.wording import capital, moment, plain, spoken

Cite = Callable[..., Line]

DIRECTIONS = {"a->b": "the second from the first", "b->a": "the first from the second"}


def sources_blocks(view: DossierView, cite: Cite) -> Iterator[Block]:
    """The list of sources, and which of them are copies."""
    yield Heading(1, "Sources", "sources")
    if not view.sources:
        yield Paragraph((Words("No sources."),))
    for number, source in enumerate(view.sources, start=1):
        yield Heading(2, f"{number}. {source.title}", source_id(source.document.id), small=True)
        yield Facts(tuple(_facts(source, cite)), "source")
    yield Heading(1, "Copies", "copies")
    if not view.copies:
        yield Paragraph((Words("No two of these reports were found to be copies of one another."),))
        return
    yield Paragraph((Words(COPIES_NOTE),), "quiet")
    rows = []
    for copy in view.copies:
        names = [_name(view, copy.a), _name(view, copy.b)]
        credited = f"; credited: {copy.wire}" if copy.wire else ""
        direction = DIRECTIONS.get(copy.direction or "", "direction not known")
        texts = (
            *names,
            f"{plain(copy.relation)}, {direction}",
            f"{copy.similarity:.2f}",
            capital(copy.ground) + credited,
        )
        rows.append(tuple((Words(text),) for text in texts))
    yield Table(
        ("Report", "Report", "Relation", "Similarity", "Ground"), tuple(rows), (1.4, 1.4, 1.1, 0.8, 3.2)
    )


def source_id(document: str) -> str:
    """Id of the heading of a report in the list of sources."""
    return f"source-{document}"


def shortened(words: str, most: int) -> str:
    """``words``, cut at a space where they are longer than ``most``."""
    if len(words) <= most:
        return words
    return f"{words[:most].rpartition(' ')[0] or words[:most]} …"


def unread_blocks(view: DossierView) -> Iterator[Block]:
    """What could not be read, and what was noted of the rest."""
    yield Heading(1, "What could not be read", "unread")
    unread = [source for source in view.sources if not source.readable]
    if unread:
        yield Items(tuple((Words(f"{source.title}: no text to work on."),) for source in unread))
    else:
        yield Paragraph((Words("Every source gave a text to work on."),))
    silent = [source for source in view.sources if source.readable and not source.transfers]
    if silent:
        yield Paragraph((Words(NOTHING_FOUND),))
        yield Items(tuple((Words(source.called),) for source in silent[:SILENT]))
        if len(silent) > SILENT:
            yield Paragraph((Words(f"And {figure(len(silent) - SILENT)} more."),), "quiet")
    noted = [(source, flag) for source in view.sources for flag in source.document.flags]
    if noted:
        yield Paragraph((Words("What was noted while the texts were cleaned:"),))
        yield Items(tuple((Words(source.called, "strong"), Words(f": {flag}")) for source, flag in noted))


def _facts(source: SourceView, cite: Cite) -> Iterator[tuple[str, Line]]:
    document = source.document
    by = ", ".join(part for part in (document.outlet or "outlet not known", document.author or "") if part)
    yield "Published by", (Words(by),)
    if source.published is None:
        yield "Date", (Words("not known"),)
    else:
        ground = f"{spoken(source.published)} (ground: {source.ground or 'not told'})"
        spans = document.anchors.get("published", ())
        words = " ... ".join(document.text[start:end] for start, end in spans)
        yield "Date", (Words(ground), *(cite([Citation(document.id, spans, words)]) if spans else ()))
    yield "Source", (Words(document.source, "code"),)
    if document.url:
        yield "Address", (Words(document.url, "code"),)
    for digest, capture in source.captures:
        yield "SHA-256, capture", (Words(digest, "code"),)
        if capture is not None:
            again = capture.source == document.source
            place = () if again else (Words(" from "), Words(capture.source, "code"))
            yield "Custody", (Words(_custody(capture)), *place)
    yield "SHA-256, text", (Words(document.text_sha256, "code"),)
    if not source.readable:
        yield "Note", (Words("Could not be read: no text to work on."),)


def _custody(capture: Capture) -> str:
    return (
        f"{capture.size:,} bytes, {capture.media_type}, captured {moment(capture.captured_at)}"
        f" by {capture.captured_by} ({capture.method})"
    )


def _name(view: DossierView, document: str) -> str:
    source = view.source(document)
    return document if source is None else source.called


NOTHING_FOUND = (
    "In these no arms transfer was found. That is a statement about what the program could read out of them,"
    " not about what they say; it reads English."
)

SILENT = 20
"""Reports named in which nothing was found; the list of sources has all."""

COPIES_NOTE = "Reports that derive from one another, or from a third. They count as reports, not as origins."
