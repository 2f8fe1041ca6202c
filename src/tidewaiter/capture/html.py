"""The article of an HTML page.

trafilatura chooses the blocks that are the article; their text is then found again among the page's
own text nodes, so that every character keeps its place in the source.  Headings that the choice left
out go back where they stand: the main one on top, the others right above their paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tidewaiter.capture.align import Aligner, Piece, compose
from tidewaiter.capture.article import Article, refuse_long
from tidewaiter.capture.html_dates import stated_date
from tidewaiter.capture.html_title import page_outlet, page_title
from tidewaiter.capture.lines import PROSE_WORDS
from tidewaiter.capture.mapped import Mapped, through
from tidewaiter.capture.page import BLOCK, BREAK, Page, PageHeading, read_page
from tidewaiter.errors import CaptureError

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document as Extracted

Block = list[Piece]

MAX_TAGS = 500_000
"""Tags of a page that is read at all.  The largest of 990 saved news pages has 20,000."""
MAX_TAGS_EXTRACTED = 40_000
"""Tags of a page whose article is looked for; the extractor takes time quadratic in them (60,000
paragraphs: half a minute)."""

_BLOCKS = ("p", "head", "item", "ab", "code", "cell", "quote", "list", "table", "row", "div", "fw")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"\s*")  # the marks of blocks and breaks are white space too
_RUN = re.compile(r"(?<!\s)\s+")

PROSE_LENGTH = 60  # characters of a sentence in a script that puts no space between words
TOP_BLOCKS = 5  # of the article, among which the main heading may already stand
HEAD = 1_000  # characters of the page from the heading on in which a date line is looked for
HEAD_BEFORE = 300  # characters above the first paragraph, for the same, where there is no heading
ABOVE = 20_000  # characters of the page above its heading in which a banner with the date may stand


def read_html(decoded: str, where: str = "") -> Article:
    """The article of a page: blocks, metadata; every visible text when no article is found in it.

    Raises ``CaptureError`` for a page of more than ``MAX_TAGS`` tags or ``MAX_TEXT`` characters of text;
    ``where`` names the file in it.
    """
    tags = decoded.count("<")
    if tags > MAX_TAGS:
        raise CaptureError(
            f"the page has {tags} tags, more than {MAX_TAGS}", where=where, todo="Save the report alone."
        )
    page = read_page(decoded)
    refuse_long(page.visible.text, where)
    tree = _tree(decoded)
    extracted = _extract(tree, tags) if tree is not None else None
    title, heading = page_title(page, _text(extracted, "title"), _text(extracted, "sitename"))
    blocks = _blocks(page, extracted, heading)
    start = _start(heading, blocks)
    body = compose(page.visible.text, blocks or [_everything(page)])
    return Article(
        body=through(body, page.visible),
        title=title,
        outlet=page_outlet(_text(extracted, "sitename"), title),
        author=_text(extracted, "author"),
        published=stated_date(tree) if tree is not None else None,
        url=_text(extracted, "url"),
        head=_lines(page, start, start + HEAD),
        above=_lines(page, max(0, start - ABOVE), start),
        flags=tuple(_flags(body, bool(blocks), tags)),
    )


def _text(extracted: Extracted | None, name: str) -> str | None:
    """A metadata value in one line; None when it holds nothing."""
    value: str | None = getattr(extracted, name, None)
    return " ".join(value.split()) or None if value else None


def _tree(decoded: str) -> HtmlElement | None:
    from trafilatura.utils import load_html

    return load_html(_UNSEEN.sub("", decoded))


def _extract(tree: HtmlElement, tags: int) -> Extracted | None:
    """Body and metadata; metadata alone when there is no article in the page, or too large a one."""
    from trafilatura import bare_extraction
    from trafilatura.metadata import extract_metadata

    found: Any = None
    if tags <= MAX_TAGS_EXTRACTED:
        found = bare_extraction(tree, with_metadata=True, include_comments=False)
    return found if found is not None else extract_metadata(tree)


def _flags(body: Mapped, recognised: bool, tags: int) -> Iterator[str]:
    if tags > MAX_TAGS_EXTRACTED:
        yield f"the page has {tags} tags, too many to look for the article: all its text is kept"
    elif not recognised:
        yield "no article was recognised in the page: all its text is kept"
    elif missing := _without_place(body):
        yield f"{missing} characters of the article have no place in the page's source"


# ------------------------------------------------------------------------------------------ body


def _blocks(page: Page, extracted: Extracted | None, heading: PageHeading | None) -> list[Block]:
    """The extractor's blocks found in the page's visible text, with the headings that it left out."""
    if extracted is None or extracted.body is None:
        return []
    aligner = Aligner(page.visible.text)
    texts = list(_block_texts(extracted.body))
    if not any(_is_paragraph(text) for text in texts) and _is_paragraph(page.visible.text):
        return []  # a headline alone; the parser gives up on tags nested 256 deep
    blocks = [pieces for text in texts if (pieces := aligner.find(text))]
    if not blocks:
        return []
    blocks = _with_subheadings(page, blocks, heading)
    return blocks if heading is None else _with_heading(page, blocks, heading)


def _is_paragraph(text: str) -> bool:
    """Whether a block, or one of those in the text of a page, is as long as a sentence."""
    return any(
        len(block.split(None, PROSE_WORDS)) >= PROSE_WORDS or len(block.strip()) >= PROSE_LENGTH
        for block in text.split(BLOCK)
    )


def _with_heading(page: Page, blocks: list[Block], heading: PageHeading) -> list[Block]:
    """The blocks with the main heading in the place of the one near the top that says the same (it may
    have been found in a list of headlines above), else before all."""
    own: Block = [Piece(heading.start, heading.end, "", True)]
    wanted = _squeeze(page.words(heading))
    for index, block in enumerate(blocks[:TOP_BLOCKS]):
        if _squeeze(page.visible.text[block[0].start : block[-1].end]) == wanted:
            return [*blocks[:index], own, *blocks[index + 1 :]]
    return [own, *blocks]


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


def _with_subheadings(page: Page, blocks: list[Block], main: PageHeading | None) -> list[Block]:
    """The blocks, each under the headings that stand right above it in the page.

    The extractor leaves out headings of entries and boxes (the times of a live blog); one that is
    followed by a paragraph of the article at once is the heading of that paragraph.
    """
    above = _headings_above(page, main.end if main else min(block[0].start for block in blocks))
    taken = {block[0].start for block in blocks if not block[0].literal}
    found: list[Block] = []
    for block in blocks:
        headings = above.pop(block[0].start, []) if not block[0].literal else []
        missing = [one for one in headings if _after(page, one.start) not in taken]
        found.extend([Piece(one.start, one.end, "", True)] for one in missing)
        found.append(block)
    return found


def _headings_above(page: Page, start: int) -> dict[int, list[PageHeading]]:
    """Where words begin: the headings from ``start`` on that stand right above them."""
    above: dict[int, list[PageHeading]] = {}
    for heading in page.headings:
        if heading.start >= start and page.words(heading):
            after = _after(page, heading.end)
            above[after] = [*above.pop(_after(page, heading.start), []), heading]
    return above


def _after(page: Page, position: int) -> int:
    """Where the next words begin."""
    found = _SPACE.match(page.visible.text, position)
    return found.end() if found else position


def _squeeze(text: str) -> str:
    return "".join(text.split()).casefold()


def _everything(page: Page) -> Block:
    """All visible text of the page."""
    return [Piece(0, len(page.visible.text), "", True)]


def _without_place(body: Mapped) -> int:
    """Characters, other than white space, that stand in no segment."""
    count, position = 0, 0
    for start, end, _ in body.segments:
        count += len("".join(body.text[position:start].split()))
        position = end
    return count + len("".join(body.text[position:].split()))


# ---------------------------------------------------------------------------- around the article


def _start(heading: PageHeading | None, blocks: list[Block]) -> int:
    """Where in the page the article's head begins."""
    if heading is not None:
        return heading.start
    first = next((block[0].start for block in blocks if not block[0].literal), 0)
    return max(0, first - HEAD_BEFORE)


def _lines(page: Page, start: int, end: int) -> str:
    """What the page shows in a range, a line for each block."""
    return _RUN.sub(_line_break, page.visible.text[start:end])


def _line_break(space: re.Match[str]) -> str:
    return "\n" if BLOCK in space[0] or BREAK in space[0] else space[0]
