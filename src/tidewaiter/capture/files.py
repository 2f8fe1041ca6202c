"""Files and folders to captures, and captures to documents."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tidewaiter import edtf, knowledge
from tidewaiter.capture.article import Article, refuse_long
from tidewaiter.capture.cleaning import clean, cleaner_version
from tidewaiter.capture.decoding import decode
from tidewaiter.capture.headings import find_author, find_title
from tidewaiter.capture.json_article import read_json
from tidewaiter.capture.language import guess_language
from tidewaiter.capture.mapped import Mapped, origins, whole
from tidewaiter.capture.markdown import read_markdown
from tidewaiter.capture.published import Context, find_published
from tidewaiter.errors import CaptureError
from tidewaiter.knowledge import Knowledge
from tidewaiter.model import Capture, Document, Span, Spans

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".json": "application/json",
}
"""What is read, by the end of the file's name."""

MAX_BYTES = 256 * 2**20
"""Largest file read, in bytes; no report is that long, and it would be held in memory several times."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not read, and why."""

    path: Path
    reason: str


@dataclass(slots=True)
class Found:
    """What a walk found: files to read in order, and files left out with the reason."""

    files: list[Path] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def find_files(paths: Iterable[Path]) -> Found:
    """The readable files among ``paths`` and in the folders among them.

    Paths keep the order given; inside a folder files are sorted by name, folders after files.  A file
    reached twice (through a link, or named twice) is read once.  A path that does not exist stays in
    ``files``: reading it gives the error.
    """
    found = Found()
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if path.is_dir():
            _walk(path, found, seen)
        else:
            _take(path, found, seen)
    return found


def _walk(folder: Path, found: Found, seen: set[tuple[int, int]]) -> None:
    """Take the files of ``folder`` and below; each folder once, so that links in a ring end."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        if _is_new(here, seen):
            try:
                entries = sorted(here.iterdir(), key=lambda entry: entry.name)
            except OSError as error:
                found.skipped.append(Skipped(here, f"cannot be listed: {_reason(error)}"))
                continue
            folders = [entry for entry in entries if entry.is_dir() and not _hidden(entry)]
            for entry in entries:
                if not entry.is_dir():
                    _take(entry, found, seen)
            waiting.extend(reversed(folders))


def _take(path: Path, found: Found, seen: set[tuple[int, int]]) -> None:
    if _hidden(path):
        found.skipped.append(Skipped(path, "a hidden file"))
    elif path.suffix.lower() not in MEDIA_TYPES:
        found.skipped.append(Skipped(path, f"not one of {' '.join(sorted(MEDIA_TYPES))}"))
    elif path.exists() and not _is_new(path, seen):
        found.skipped.append(Skipped(path, "the same file as one before"))
    else:
        found.files.append(path)


def _hidden(path: Path) -> bool:
    return path.name.startswith(".") and path.name not in (".", "..")


def _is_new(path: Path, seen: set[tuple[int, int]]) -> bool:
    try:
        status = path.stat()
    except OSError:
        return True
    key = (status.st_dev, status.st_ino)
    if key in seen:
        return False
    seen.add(key)
    return True


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__


# --------------------------------------------------------------------------------------- bytes


def read_capture(path: Path, source: str, now: str, by: str) -> tuple[Capture, bytes]:
    """The bytes of ``path`` with their custody record; nothing is made of them yet.

    ``source``: the path as the user gave it.  ``now``: UTC, ISO 8601 to the second.  ``by``: the
    account that runs the program.  Raises ``CaptureError`` for a file that is missing, unreadable,
    empty, too large or no regular file.
    """
    data = _read(path, source)
    if not data:
        raise CaptureError("the file is empty", where=source, todo="Save the report again, or leave it out.")
    record = Capture(
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        source=source,
        captured_at=now,
        captured_by=by,
        method="file",
        media_type=media_type(path.name, data),
    )
    return record, data


def _read(path: Path, source: str) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise CaptureError("not a regular file", where=source, todo="Name a file or a folder of files.")
        if status.st_size > MAX_BYTES:
            raise CaptureError(
                f"the file is larger than {MAX_BYTES // 2**20} MiB",
                where=source,
                todo="Split or leave it out.",
            )
        return path.read_bytes()
    except OSError as error:
        raise CaptureError(
            f"the file cannot be read: {_reason(error)}",
            where=source,
            todo="Check the path and its permissions.",
        ) from error
    except ValueError as error:  # a NUL in the path
        raise CaptureError(
            "the path is not a valid one", where=repr(source), todo="Check the path."
        ) from error


def media_type(name: str, data: bytes) -> str:
    """Media type by the end of the name; a page of HTML saved under another name is still HTML."""
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "text/html"
    return MEDIA_TYPES.get(os.path.splitext(name)[1].lower(), "text/plain")  # noqa: PTH122


# ------------------------------------------------------------------------------------ document


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
    article = _article(capture.media_type, decoded, source)
    refuse_long(article.body.text, source)
    body, header = clean(article.body, tables)
    if not body.text.strip():
        raise CaptureError(
            "the file holds no article", where=source, todo="Look at the file, or leave it out."
        )
    title = find_title(body.text, article.title)
    author = find_author(body.text, article.author, article.outlet, article.head)
    published = find_published(
        body.text,
        Context(
            metadata=article.published,
            header=header,
            head=article.head,
            above=article.above,
            url=article.url,
            file_name=Path(source).name,
            given=given_date,
            captured_at=capture.captured_at,
        ),
    )
    anchors = {
        "title": _spans(title.span),
        "author": _spans(author.span),
        "published": published.spans,
    }
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
