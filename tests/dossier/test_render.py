"""The page as a whole: whole words, safe text, links that lead somewhere, equal bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from dossier.sample import (
    ATLAS,
    CAPTURES,
    CASE,
    DOCUMENTS,
    HOSTILE,
    MADE_AT,
    NOTHING,
    READINGS,
    REGISTER,
    SAMPLE,
    SHELLS,
    denial,
    document,
    empty,
    hostile,
    wire,
)
from tidewaiter.dossier import render_dossier
from tidewaiter.model import (
    Cell,
    Citation,
    Closing,
    Document,
    OpenQuestion,
    Origin,
    OriginKind,
    Origins,
    QuestionState,
    Reading,
    Register,
    RegisterResponse,
    ResponseKind,
    ResponseLink,
    ResponseStatus,
    ResponseStep,
    Span,
    TimelineEntry,
)

GOLDEN = Path(__file__).parent / "golden.html"
STYLE = Path(sys.modules["tidewaiter.dossier"].__file__ or "").parent / "templates" / "style.css"
VOID = {"meta", "link", "img", "br", "hr", "input", "base", "source", "wbr", "col", "area", "embed", "track"}


def render(register: Register = REGISTER, documents: tuple[Document, ...] = DOCUMENTS) -> str:
    return render_dossier(CASE, documents, READINGS, register, MADE_AT, captures=CAPTURES, atlas=ATLAS)


@pytest.fixture(scope="module")
def page() -> str:
    return render()


@pytest.fixture(scope="module")
def tree(page: str) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(page)


def words_of(element: lxml_html.HtmlElement) -> str:
    """An element's text without the numbers that lead back."""
    copy = lxml_html.fromstring(lxml_html.tostring(element))
    for sup in copy.xpath("//sup"):
        sup.drop_tree()
    return str(copy.text_content())


class Balance(HTMLParser):
    """Checks that every element that opens is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += 1
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


# --------------------------------------------------------------------- what a reader finds


def test_a_reader_finds_accusation_denial_delivery_route_exchange_and_responses(
    tree: lxml_html.HtmlElement,
) -> None:
    text = " ".join(tree.text_content().split())
    for words in (
        "several thousand rounds left Reykjavik in crates marked as fish meal",
        "Not one shell has left our shores for Malta",
        "Declared destination",
        "Cape Verde",
        "In exchange for",
        "sanction",
        "UN referral",
        "veto",
        "declines to comment",
        "Iceland's denial has not been answered",
        "between 19 May 2031 and 25 May 2031",
        "from other reports",
        "articles are not origins",
        "same parties, goods and speaker; one is a copy",
        "empty: no article was found",
    ):
        assert words in text


def test_every_citation_opens_its_very_words(tree: lxml_html.HtmlElement) -> None:
    links = tree.xpath("//a[@class='cite']")
    assert len(links) > 40
    for link in links:
        [mark] = tree.xpath(f"//mark[@id='{link.get('href')[1:]}']")
        number = mark.get("id")[1:]
        pieces = tree.xpath(
            f"//article[contains(@class,'doc')]//mark[contains(concat(' ',@class,' '),' k{number} ')]"
        )
        # A mark that opens several citations holds further marks of the same words.
        outermost = [piece for piece in pieces if piece.getparent().tag != "mark"]
        marked = "".join(piece.text_content() for piece in outermost)
        assert marked.startswith(link.get("title").split(" ... ")[0].rstrip("…")[:40])


def test_marks_lead_back_to_every_place_that_cites_them(tree: lxml_html.HtmlElement) -> None:
    back = Counter(link.get("href")[1:] for link in tree.xpath("//sup/a"))
    assert back == dict.fromkeys(tree.xpath("//a[@class='cite']/@id"), 1)


def test_the_texts_are_whole(tree: lxml_html.HtmlElement) -> None:
    for shown in (wire, denial, hostile):
        [body] = tree.xpath(f"//article[@id='text-{shown.id}']/div")
        paragraphs = [words_of(p) for p in body.xpath("./p")]
        assert paragraphs == [line.replace("\x00", "\ufffd") for line in shown.text.split("\n") if line]


# --------------------------------------------------------------------- safe and self-contained


def test_every_link_leads_somewhere_and_ids_are_unique(tree: lxml_html.HtmlElement) -> None:
    ids = Counter(tree.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    targets = {href[1:] for href in tree.xpath("//@href") if href.startswith("#")}
    assert targets - set(ids) == set()
    for attribute in ("aria-labelledby", "aria-describedby"):
        assert {name for value in tree.xpath(f"//@{attribute}") for name in value.split()} - set(ids) == set()


def test_nothing_is_loaded_and_nothing_runs(page: str, tree: lxml_html.HtmlElement) -> None:
    assert tree.xpath("//script | //iframe | //object | //img | //form | //base") == []
    assert tree.xpath("//@src | //@srcset | //@action | //@style") == []
    assert [name for element in tree.iter() for name in element.attrib if name.startswith("on")] == []
    outside = [href for href in tree.xpath("//@href") if not href.startswith(("#", "data:,"))]
    assert outside == ["https://wire.example/arming-malta?id=1&x=2"]
    assert "url(" not in STYLE.read_text(encoding="utf-8")
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]


def test_the_page_is_balanced_html(page: str) -> None:
    check = Balance()
    check.feed(page)
    assert check.open == []
    assert check.seen["h1"] == check.seen["main"] == check.seen["nav"] == 1


def test_direction_controls_do_not_reach_beyond_their_element(tree: lxml_html.HtmlElement) -> None:
    isolated = "self::bdi or self::p[@dir='auto'] or self::q[@dir='auto'] or self::mark"
    for holder in tree.xpath("//text()[contains(., '\u202e')]/.."):
        assert holder.xpath(f"ancestor-or-self::*[{isolated}]"), lxml_html.tostring(holder)
    assert [value for value in tree.xpath("//@*") if "\u202e" in value] == []


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=80), st.data())
def test_no_text_breaks_the_page(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    dirty = replace(wire, text=text, title=text, outlet=text, author=text, flags=(text,), anchors={})
    citation = Citation(dirty.id, (Span(start, end),), text[start:end])
    row = replace(
        SHELLS,
        id=text,
        supplier=text,
        cells={"comments": Cell(text, (citation,)), text: Cell(text)},
        positions=(),
        origins=Origins(0, 1, text, (Origin(OriginKind.UNNAMED, text, "unknown", text, (citation,)),)),
        open=(OpenQuestion(text, text, text, (citation,), since=text),),
        closed=(
            OpenQuestion(
                text,
                text,
                text,
                (citation,),
                opened_by=(citation,),
                state=QuestionState.CLOSED,
                closed_on=text,
                closed_by=Closing(text, text, (citation,)),
            ),
        ),
        measures=tuple(
            replace(one, who=text, why=text, rule=text, instrument=text, citations={"when": (citation,)})
            for one in SHELLS.measures or ()
        ),
    )
    step = ResponseStep(ResponseStatus.DONE, text, text, (citation,))
    response = RegisterResponse(
        ResponseKind.OTHER,
        text,
        text,
        text,
        ResponseStatus.DONE,
        text,
        (text,),
        (citation,),
        history=(step,),
        answers=(ResponseLink(text, text),),
    )
    timeline = tuple(
        TimelineEntry(when, text, text, (text,), (citation,)) for when in ("2031-05", "2031-06-01", text)
    )
    register = Register((row,), (response,), timeline, ())
    page = render_dossier(text, (dirty,), {}, register, text)
    page.encode("utf-8")
    check = Balance()
    check.feed(page)
    assert check.open == []
    assert "<svg" in page
    assert check.seen["script"] == check.seen["img"] == 0


# --------------------------------------------------------------------- empty states and faults


def test_a_case_without_documents_says_so() -> None:
    page = render_dossier("Nothing yet", (), {}, NOTHING, MADE_AT)
    assert "The case holds no reports yet" in page
    assert "<svg" not in page


def test_a_case_without_transfers_says_so_and_shows_the_texts() -> None:
    page = render_dossier(CASE, (wire,), {wire.id: Reading(wire.id, "test")}, NOTHING, MADE_AT)
    assert "No reported arms transfer was found" in page
    assert "several thousand rounds" in page


def test_unreadable_documents_are_counted_and_named() -> None:
    page = render_dossier(CASE, (empty,), {}, NOTHING, MADE_AT)
    assert "1 source could not be read" in page
    assert "reports/empty.html" in page


def drawn(page: str) -> str:
    """The pictures of a page."""
    return "".join(re.findall(r"<svg[^>]*>", page))


def test_no_chart_without_two_dated_entries() -> None:
    assert "timeline-chart" in drawn(render())
    undated = [entry for entry in REGISTER.timeline if entry.when is None or entry.when.startswith("XXXX")]
    for timeline in ((), REGISTER.timeline[:1], (*undated, REGISTER.timeline[0])):
        assert "timeline-chart" not in drawn(render(replace(REGISTER, timeline=timeline)))


def test_words_that_no_document_holds_are_refused() -> None:
    for citation in (
        Citation("d000", (Span(0, 1),), "x"),
        Citation(wire.id, (Span(0, len(wire.text) + 1),), "x"),
    ):
        row = replace(
            SHELLS, cells={"comments": Cell("x", (citation,))}, positions=(), open=(), measures=None
        )
        with pytest.raises(ValueError, match="citation"):
            render(replace(REGISTER, rows=(row,), timeline=()))


# --------------------------------------------------------------------- equal bytes


def test_equal_input_gives_equal_bytes_in_another_process(page: str) -> None:
    program = (
        "import sys; from dossier.sample import *; from tidewaiter.dossier import render_dossier;"
        "page = render_dossier(CASE, *SAMPLE[:3], MADE_AT, captures=CAPTURES, atlas=ATLAS);"
        "sys.stdout.buffer.write(page.encode())"
    )
    tests = str(Path(__file__).parent.parent)
    path = os.pathsep.join((tests, os.environ.get("PYTHONPATH", "")))
    for seed, zone in (("1", "UTC"), ("2", "Pacific/Auckland")):
        environment = os.environ | {"PYTHONPATH": path, "PYTHONHASHSEED": seed, "TZ": zone}
        other = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, check=True
        )
        assert other.stdout.decode() == page


def test_the_page_is_the_golden_one(page: str) -> None:
    """``TIDEWAITER_REGENERATE=1 pytest tests/dossier`` writes it anew; look at the difference then.

    The style and the pictures are left out: the one is a file of its own; of the others the timeline depends
    on the fonts of the machine, and the rest are kept in tests/pictures.
    """
    shown = re.sub(r"<svg.*?</svg>", "<svg></svg>", page, flags=re.DOTALL)
    shown = re.sub(r"<style>.*?</style>", "<style></style>", shown, flags=re.DOTALL)
    if os.environ.get("TIDEWAITER_REGENERATE") == "1":
        GOLDEN.write_text(shown, encoding="utf-8")
    assert shown == GOLDEN.read_text(encoding="utf-8"), "TIDEWAITER_REGENERATE=1 writes the file anew"


# --------------------------------------------------------------------- colours


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    lighter, darker = sorted((luminance(a), luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_colours_have_contrast_in_light_and_dark() -> None:
    blocks = re.findall(r":root \{([^}]*--paper[^}]*)\}", STYLE.read_text(encoding="utf-8"))
    assert len(blocks) == 2
    for block in blocks:
        colour = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        texts = (
            "ink",
            "soft",
            "link",
            "accent",
            "asserts",
            "denies",
            "doubts",
            "declines",
            "response",
            "event",
        )
        pairs = [(text, ground) for text in texts for ground in ("paper", "panel")]
        pairs += [("mark-ink", "mark"), ("mark-ink", "mark-strong"), ("link", "mark")]
        assert [pair for pair in pairs if contrast(colour[pair[0]], colour[pair[1]]) < 4.5] == []
        assert contrast(colour["strong-line"], colour["paper"]) >= 3  # WCAG 1.4.11, parts of a picture


def test_the_sample_holds_together() -> None:
    assert SAMPLE.register is REGISTER
    assert document(HOSTILE, "reports/<b>hostile</b>.html").id == hostile.id
