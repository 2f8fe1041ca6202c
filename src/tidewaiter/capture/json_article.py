"""An article in a JSON file: title, text, url, published, outlet, author."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from tidewaiter.capture.article import Article, as_edtf
from tidewaiter.capture.mapped import Builder, Mapped
from tidewaiter.capture.markup import visible
from tidewaiter.errors import CaptureError

_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "articleBody", "body", "content", "full_text", "maintext"),
    "title": ("title", "headline", "name"),
    "url": ("url", "link", "canonical", "mainEntityOfPage"),
    "published": (
        "published",
        "datePublished",
        "date_published",
        "published_at",
        "publishedAt",
        "pubDate",
        "date",
    ),
    "outlet": ("outlet", "publisher", "sitename", "site_name", "source", "source_name"),
    "author": ("author", "authors", "byline", "creator"),
    "obtained_from": ("obtained_from",),
}
"""Keys in the order in which they are tried; the first is ours, the others schema.org's and of common
crawlers (trafilatura, newspaper, news-please, NewsAPI)."""

LONGEST_FLAG = 300
"""Characters of where a report is said to be from that are told."""

NESTED = 5
"""Lists and objects around a name; a list of authors with their names has two."""

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_ESCAPE = re.compile(
    r"(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.)", re.DOTALL
)
_LONE = re.compile(r"[\ud800-\udfff]")


def read_json(decoded: str, where: str) -> Article:
    """The article of a JSON file; its text is mapped through the string's escapes to the file.

    Raises ``CaptureError`` when the file is no JSON, holds several articles, or none with a text.
    """
    fields = _fields(decoded, where)
    text = _first(fields, "text")
    if text is None:
        raise CaptureError(
            "the JSON holds no article text",
            where=where,
            todo=f"Put the article under one of: {', '.join(_NAMES['text'])}.",
        )
    return Article(
        body=_mapped(decoded, text),
        title=_first(fields, "title"),
        outlet=_first(fields, "outlet"),
        author=_first(fields, "author"),
        published=as_edtf(_first(fields, "published")),
        url=_first(fields, "url"),
        flags=_flags(fields),
    )


def _flags(fields: Mapping[str, object]) -> tuple[str, ...]:
    """Where it was had from, as whoever pasted it said: no address, so that nobody can look it up."""
    told = " ".join(visible(_first(fields, "obtained_from") or "").split())
    return (f"said to be from: {told[:LONGEST_FLAG]}",) if told else ()


def _fields(decoded: str, where: str) -> Mapping[str, object]:
    """The one object in the file that has a text."""
    try:
        value: object = json.loads(decoded.lstrip("\ufeff"), parse_int=float)  # of any length
    except (ValueError, RecursionError) as error:
        raise CaptureError(
            f"the file is not valid JSON: {error}", where=where, todo="Correct the file."
        ) from error
    found = list(_articles(value))
    if len(found) > 1:
        raise CaptureError(
            f"the file holds {len(found)} articles",
            where=where,
            todo="Put each article in a file of its own.",
        )
    return found[0] if found else {}


def _articles(value: object) -> Iterator[Mapping[str, object]]:
    """Objects with a text: at the top, in a list, or in a list under a key of the top (``@graph``)."""
    tops: Iterable[object] = value if isinstance(value, list) else [value]
    for top in tops:
        if not isinstance(top, dict):
            continue
        if _first(top, "text") is not None:
            yield top
            continue
        for below in top.values():
            for entry in below if isinstance(below, list) else [below]:
                if isinstance(entry, dict) and _first(entry, "text") is not None:
                    yield entry


def _first(fields: Mapping[str, object], what: str) -> str | None:
    """The first of the field's keys that holds words."""
    for name in _NAMES[what]:
        value = fields.get(name)
        if what == "text" and not isinstance(value, str):
            continue
        if found := _words(value):
            return found
    return None


def _words(value: object, depth: int = 0) -> str | None:
    """A string, the name of an object, or the strings of a list joined."""
    if isinstance(value, str):
        return _LONE.sub("\ufffd", value) if value.strip() else None
    if depth == NESTED:
        return None
    if isinstance(value, dict):
        return _words(value.get("name") or value.get("title") or value.get("@id"), depth + 1)
    if isinstance(value, list):
        names = [words for entry in value if (words := _words(entry, depth + 1))]
        return ", ".join(names) or None
    return None


def _mapped(decoded: str, wanted: str) -> Mapped:
    """``wanted`` mapped to the string literal in the file that says it."""
    for found in _STRING.finditer(decoded):
        if found.end() - found.start() - 2 >= len(wanted):
            mapped = _unescaped(decoded, found.start() + 1, found.end() - 1)
            if mapped.text == wanted:
                return mapped
    return Mapped(wanted, ())


def _unescaped(decoded: str, start: int, end: int) -> Mapped:
    builder = Builder(decoded)
    position = start
    for found in _ESCAPE.finditer(decoded, start, end):
        builder.keep(position, found.start())
        position = found.end()
        try:
            builder.insert(_LONE.sub("\ufffd", json.loads(f'"{found[0]}"')))
        except ValueError:
            builder.keep(found.start(), found.end())
    builder.keep(position, end)
    return builder.done()
