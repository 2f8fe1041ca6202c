"""Files and folders to captures, and captures to documents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from tidewaiter import edtf, knowledge
from tidewaiter.capture.article import Article, refuse_long
from tidewaiter.capture.cleaning import clean, cleaner_version
from tidewaiter.capture.custody import media_type, read_capture
from tidewaiter.capture.datelines import Published
from tidewaiter.capture.decoding import decode
from tidewaiter.capture.folders import Found, Skipped, find_files
from tidewaiter.capture.headings import Heading, find_author, find_title
from tidewaiter.capture.json_article import read_json
from tidewaiter.capture.language import guess_language
from tidewaiter.capture.mapped import Mapped, origins, whole
from tidewaiter.capture.markdown import read_markdown
from tidewaiter.capture.published import Context, find_published
from tidewaiter.errors import CaptureError
from tidewaiter.knowledge import Knowledge
from tidewaiter.model import Anchors, Capture, Document, Span, Spans

__all__ = ["Found", "Skipped", "find_files", "make_document", "media_type", "read_capture"]


def make_document(
    capture: Capture,
    data: bytes,
    source: str,
    given_date: str | None = None,
    raw: bool = False,
    tables: Knowledge | None = None,
) -> Document:
    """The document in ``data``: pure, same bytes and arguments, same document.

    ``given_date``: EDTF, used where the file itself has no date.  ``raw``: the text is the decoded
    file as it is.  ``tables``: knowledge with the boilerplate table; the project's own by default.
    Raises ``CaptureError`` for bytes that are no text, hold no article or one too long to be a report,
    and for a ``given_date`` that is no EDTF.
    """
    _check_date(given_date)
    tables = tables or knowledge.load()
    decoded, encoding = decode(data, source)
    article = _article(capture.media_type, decoded, source).plain()
    body, header = _cleaned(article, tables, source)
    title = find_title(body.text, article.title)
    author = find_author(body.text, article.author, article.outlet, article.head)
    published = find_published(body.text, _context(capture, article, header, source, given_date))
    anchors = _anchors(title, author, published)
    if raw:
        anchors = {name: _in_source(spans, body) for name, spans in anchors.items()}
        body = whole(decoded)
    return Document(
        id=f"d{capture.sha256[:12]}",
        source=source,
        captures=(capture.sha256,),
        text=body.text,
        text_sha256=hashlib.sha256(body.text.encode()).hexdigest(),
        title=title.value,
        outlet=article.outlet,
        author=author.value,
        published=published.edtf,
        published_ground=published.ground,
        language=guess_language(body.text),
        url=article.url,
        anchors={name: spans for name, spans in anchors.items() if spans},
        segments=body.segments,
        encoding=encoding,
        cleaner="raw" if raw else cleaner_version(tables),
        flags=tuple(_flags(decoded, article, published.flags)),
    )


def _cleaned(article: Article, tables: Knowledge, source: str) -> tuple[Mapped, str | None]:
    """The cleaned text and the date in its header; ``CaptureError`` when nothing or too much is there."""
    refuse_long(article.body.text, source)
    body, header = clean(article.body, tables)
    if not body.text.strip():
        raise CaptureError(
            "the file holds no article", where=source, todo="Look at the file, or leave it out."
        )
    return body, header


def _context(
    capture: Capture, article: Article, header: str | None, source: str, given_date: str | None
) -> Context:
    """What is known of the day of publication beside the text."""
    return Context(
        metadata=article.published,
        header=header,
        head=article.head,
        above=article.above,
        url=article.url,
        file_name=Path(source).name,
        given=given_date,
        captured_at=capture.captured_at,
    )


def _anchors(title: Heading, author: Heading, published: Published) -> Anchors:
    return {"title": _spans(title.span), "author": _spans(author.span), "published": published.spans}


def _check_date(given: str | None) -> None:
    try:
        edtf.bounds(given)
    except ValueError as error:
        raise CaptureError(
            f"{given!r} is not a date", where="--date", todo="Write it like 2022-11-08 or 2022-11."
        ) from error


def _article(kind: str, decoded: str, source: str) -> Article:
    """The article of the decoded capture, by its media type."""
    if kind == "text/html":
        from tidewaiter.capture.html import read_html

        return read_html(decoded, source)
    if kind == "application/json":
        return read_json(decoded, source)
    if kind == "text/markdown":
        return read_markdown(decoded)
    return Article(body=whole(decoded))


def _spans(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)


def _in_source(spans: Spans, body: Mapped) -> Spans:
    """The spans of cleaned text where they stand in the decoded capture; those in one piece only."""
    places = [origins(body.segments, start, end) for start, end in spans]
    return tuple(
        Span(*found[0])
        for (start, end), found in zip(spans, places, strict=True)
        if len(found) == 1 and found[0][1] - found[0][0] == end - start
    )


def _flags(decoded: str, article: Article, dates: tuple[str, ...]) -> Iterator[str]:
    yield from dates
    yield from article.flags
    if broken := decoded.count("\ufffd"):
        yield f"{broken} characters could not be decoded"
