"""The article of an HTML page.

trafilatura chooses the blocks that are the article; their text is then found again among the page's
own text nodes, so that every character keeps its place in the source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tidewaiter.capture.align import Aligner, Piece, compose
from tidewaiter.capture.article import Article, as_edtf
from tidewaiter.capture.mapped import Mapped, through
from tidewaiter.capture.page import BLOCK, BREAK, Page, read_page

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document as Extracted

_BLOCKS = ("p", "head", "item", "ab", "code", "cell", "quote", "list", "table", "row", "div", "fw")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "date.published", "publish_date", "publish-date", "publishdate", "published_date", "publication_date",
    "pubdate", "parsely-pub-date", "sailthru.date", "bt:pubdate", "rnews:datepublished", "dc.date.issued",
    "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date",
    "cxenseparse:recs:publishtime", "citation_publication_date", "article_date_original", "date",
)  # fmt: skip
"""``name``, ``property`` or ``itemprop`` of meta elements with the day of publication, the firmest first.
From the vocabularies Open Graph, schema.org, Dublin Core, and those of common content systems."""

_DATE_CLASS = re.compile(r"(?:^|\s)(?:entry-date|published|post-date|dt-published)(?:\s|$)")
HEAD = 1_000  # characters of the page from the heading on in which a date line is looked for
TITLE_SHARE = 0.5
"""Part of the metadata's title that the ``h1`` must make up; less is the name of the site in a logo."""
MAX_JSON_LD = 2_000_000  # characters of one script of linked data that are read


def read_html(decoded: str) -> Article:
    """The article of a page: blocks, metadata; every visible text when no article is found in it."""
    page = read_page(decoded)
    tree = _tree(decoded)
    published = _published(tree) if tree is not None else None
    extracted = _extract(tree) if tree is not None else None
    flags: tuple[str, ...] = ()
    body = _body(page, extracted) if extracted is not None else None
    if body is None or not body.text.strip():
        body = _everything(page)
        flags = ("no article was recognised in the page: all its text is kept",)
    elif missing := _without_place(body):
        flags = (f"{missing} characters of the article have no place in the page's source",)
    return Article(
        body=through(body, page.visible),
        title=_text(extracted.title if extracted is not None else None),
        outlet=_text(extracted.sitename if extracted is not None else None),
        author=_text(extracted.author if extracted is not None else None),
        published=published,
        url=_text(extracted.url if extracted is not None else None),
        head=_head(page),
        flags=flags,
    )


def _text(value: str | None) -> str | None:
    """A metadata value in one line; None when it holds nothing."""
    return " ".join(value.split()) or None if value else None


def _tree(decoded: str) -> HtmlElement | None:
    from trafilatura.utils import load_html

    return load_html(_UNSEEN.sub("", decoded))


def _extract(tree: HtmlElement) -> Extracted | None:
    """Body and metadata; metadata alone when there is no article in the page."""
    from trafilatura import bare_extraction
    from trafilatura.metadata import extract_metadata

    found: Any = bare_extraction(tree, with_metadata=True, include_comments=False)
    return found if found is not None else extract_metadata(tree)


# ------------------------------------------------------------------------------------------ body


def _body(page: Page, extracted: Extracted) -> Mapped | None:
    """The extractor's blocks, mapped to the page's visible text, under the page's main heading."""
    if extracted.body is None:
        return None
    visible = page.visible.text
    aligner = Aligner(visible)
    blocks = [pieces for text in _block_texts(extracted.body) if (pieces := aligner.find(text))]
    if blocks and (heading := _heading(page, extracted.title, blocks)):
        blocks.insert(0, [heading])
    return compose(visible, blocks)


def _block_texts(body: HtmlElement) -> Iterator[str]:
    """The texts of the extractor's blocks, in order; a block inside another cuts it in two."""
    from lxml.etree import iterwalk

    parts: list[str] = []
    for event, element in iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield "".join(parts)
            parts = []
        words = element.text if event == "start" else element.tail if element is not body else None
        parts.append(words or "")
        if element.tag == "lb":
            parts.append("\n")
    yield "".join(parts)


def _heading(page: Page, title: str | None, blocks: list[list[Piece]]) -> Piece | None:
    """The ``h1`` that is the title, unless it is among the blocks already."""
    shown = {_squeeze(page.visible.text[block[0].start : block[-1].end]) for block in blocks[:5]}
    wanted = _squeeze(title or "")
    for start, end in page.headings:
        words = _squeeze(page.visible.text[start:end])
        if not words or words in shown:
            continue
        is_title = (words in wanted or wanted in words) and len(words) >= TITLE_SHARE * len(wanted)
        if is_title if wanted else len(page.headings) == 1:
            return Piece(start, end, "", True)
    return None


def _squeeze(text: str) -> str:
    return "".join(text.split()).lower()


def _head(page: Page) -> str:
    """What the page shows from its main heading on."""
    if not page.headings:
        return ""
    start = page.headings[0].start
    return re.sub(
        rf"[{BLOCK}{BREAK}\s]*[{BLOCK}{BREAK}][{BLOCK}{BREAK}\s]*",
        "\n",
        page.visible.text[start : start + HEAD],
    )


def _everything(page: Page) -> Mapped:
    """All visible text of the page."""
    return compose(page.visible.text, [[Piece(0, len(page.visible.text), "", True)]])


def _without_place(body: Mapped) -> int:
    """Characters, other than white space, that stand in no segment."""
    count, position = 0, 0
    for start, end, _ in body.segments:
        count += len("".join(body.text[position:start].split()))
        position = end
    return count + len("".join(body.text[position:].split()))


# ------------------------------------------------------------------------------------------ date


def _published(tree: HtmlElement) -> str | None:
    """The day of publication that the page's metadata gives, as EDTF."""
    return next((day for value in _stated_dates(tree) if (day := as_edtf(value))), None)


def _stated_dates(tree: HtmlElement) -> Iterator[str]:
    stated = _meta(tree)
    first, *others = _DATE_NAMES
    yield stated.get(first, "")
    yield from _linked_data(tree)
    for name in others:
        yield stated.get(name, "")
    for element in tree.iter("time"):
        marks = element.get("itemprop", "").lower() == "datepublished" or element.get("pubdate") is not None
        if marks or _DATE_CLASS.search(element.get("class", "")):
            yield element.get("datetime", "") or "".join(element.itertext())


def _meta(tree: HtmlElement) -> dict[str, str]:
    stated: dict[str, str] = {}
    for element in tree.iter("meta"):
        for key in ("property", "name", "itemprop"):
            name = element.get(key, "").strip().lower()
            if name and element.get("content"):
                stated.setdefault(name, element.get("content"))
    return stated


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
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting.extend(reversed(here))
        elif isinstance(here, dict):
            if isinstance(here.get("datePublished"), str):
                yield here["datePublished"]
            waiting.extend(reversed(list(here.values())))
