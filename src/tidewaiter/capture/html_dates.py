"""The day of publication that an HTML page states in its metadata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tidewaiter.capture.article import as_edtf

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "date.published", "publish_date", "publish-date", "publishdate", "published_date", "publication_date",
    "pubdate", "parsely-pub-date", "sailthru.date", "bt:pubdate", "rnews:datepublished",
    "citation_online_date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created",
    "dc.date", "dcterms.date", "cxenseparse:recs:publishtime", "citation_publication_date",
    "article_date_original", "date",
)  # fmt: skip
"""``name``, ``property`` or ``itemprop`` of meta elements with the day of publication, the firmest first.
From the vocabularies Open Graph, schema.org, Dublin Core, and those of common content systems."""

_CLASS = re.compile(r"(?:^|\s)(?:entry-date|published|post-date|dt-published)(?:\s|$)")
MAX_JSON_LD = 2_000_000  # characters of one script of linked data that are read
_OTHERS = frozenset({"citation", "comment", "hasPart", "isPartOf", "itemListElement", "mentions", "review"})
"""Properties of schema.org whose value is another work than the page's article."""


def stated_date(tree: HtmlElement) -> str | None:
    """The day of publication that the page's metadata gives, as EDTF."""
    return next((day for value in _stated(tree) if (day := as_edtf(value))), None)


def _stated(tree: HtmlElement) -> Iterator[str]:
    """The dates stated, the firmest first."""
    stated = _meta(tree)
    first, *others = _NAMES
    yield stated.get(first, "")
    yield from _linked_data(tree)
    for name in others:
        yield stated.get(name, "")
    for element in tree.iter("time"):
        marks = element.get("itemprop", "").lower() == "datepublished" or element.get("pubdate") is not None
        if marks or _CLASS.search(element.get("class", "")):
            yield element.get("datetime", "") or "".join(element.itertext())


def _meta(tree: HtmlElement) -> dict[str, str]:
    stated: dict[str, str] = {}
    for element in tree.iter("meta"):
        for key in ("property", "name", "itemprop"):
            name = element.get(key, "").strip().lower()
            if name and element.get("content") and not (key == "itemprop" and _of_other_work(element)):
                stated.setdefault(name, element.get("content"))
    return stated


def _of_other_work(element: HtmlElement) -> bool:
    """Whether microdata describes a work that the page's article only names."""
    return any(above.get("itemprop") in _OTHERS for above in element.iterancestors())


def _linked_data(tree: HtmlElement) -> Iterator[str]:
    """``datePublished`` of the JSON-LD in the page (schema.org)."""
    for script in tree.iter("script"):
        if script.get("type", "").strip().lower() != "application/ld+json":
            continue
        try:
            value: object = json.loads((script.text or "")[:MAX_JSON_LD], strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _dates_in(value)


def _dates_in(value: object) -> Iterator[str]:
    """Every ``datePublished`` in a value, from the top down, but of other works."""
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting.extend(reversed(here))
        elif isinstance(here, dict):
            if isinstance(here.get("datePublished"), str):
                yield here["datePublished"]
            waiting.extend(reversed([below for name, below in here.items() if name not in _OTHERS]))
