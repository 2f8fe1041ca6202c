"""HTML pages: the article, its metadata, and the map to the page's source."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidewaiter.capture.align import Aligner, compose
from tidewaiter.capture.page import read_page
from tidewaiter.model import Document

Captured = Callable[..., Document]

PARAGRAPHS = (
    "Borduria has flown four consignments of mortar bombs to San Theodoros since spring, two pilots said "
    "in interviews in the capital, where they asked not to be named for fear of the secret police.",
    "The Bordurian embassy called their story “pure invention”, and a spokeswoman for General Tapioca’s "
    "government said that the country’s army had bought tractors &amp; nothing else.",
    "A cargo manifest seen by this newspaper lists <a href='/kovacs'>1,200 crates</a> of what it calls "
    "<em>agricultural</em> goods; the <b>wei</b>ght given for each crate is that of a crate of shells.",
)
PLAIN = (
    PARAGRAPHS[0],
    PARAGRAPHS[1].replace("&amp;", "&"),
    "A cargo manifest seen by this newspaper lists 1,200 crates of what it calls "
    "agricultural goods; the weight given for each crate is that of a crate of shells.",
)
DAY_NAME = "published_time"
TITLE = "Pilots tell of mortar bombs for San Theodoros"


def page(head: str = "", above: str = "", body: str | None = None, below: str = "") -> str:
    body = "".join(f"<p>\n    {words}\n  </p>\n" for words in PARAGRAPHS) if body is None else body
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{TITLE} - The Szohôd Post</title>{head}
<style>p > a {{ color: red }}</style><script>if (1 < 2) document.write("<p>script</p>");</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<div class="cookie-banner">We use cookies. <button>Accept all</button></div>
<main><article><h1>{TITLE}</h1>{above}
{body}</article></main>
<aside><h3>Most read</h3><ul><li><a href="/a">King opens bridge</a></li></ul></aside>
{below}<footer>© 2021 The Szohôd Post. All rights reserved.</footer></body></html>"""


def test_article_and_nothing_else(capture_bytes: Captured) -> None:
    document = capture_bytes(page(), "page.html")
    assert document.text == "\n\n".join([TITLE, *PLAIN])
    assert document.title == TITLE
    assert [document.text[s:e] for s, e in document.anchors["title"]] == [TITLE]
    assert document.flags == ()
    mapped = sum(end - start for start, end, _ in document.segments)
    gaps = document.text.count("\n\n") * 2 + 1  # paragraph breaks, and the character of an entity
    assert mapped == len(document.text) - gaps


@pytest.mark.parametrize(
    ("head", "above", "published", "ground"),
    [
        (f'<meta property="article:{DAY_NAME}" content="2021-05-04T23:30">', "", "2021-05-04", "metadata"),
        ('<meta name="DC.date.issued" content="2021-05-04">', "", "2021-05-04", "metadata"),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle",'
            ' "datePublished": "2021-05-04T01:00:00Z", "dateModified": "2021-06-01"}]}</script>',
            "", "2021-05-04", "metadata",
        ),
        ('<script type="application/ld+json">{broken</script>', "", None, None),
        ("", '<time itemprop="datePublished" datetime="2021-05-04">4 May</time>', "2021-05-04", "metadata"),
        ("", '<p class="meta">Published May 4, 2021 | 10:15</p>', "2021-05-04", "dateline"),
        ("", "<div>By Igor Wagner<br>4 May 2021</div>", "2021-05-04", "dateline"),
        ('<meta property="article:modified_time" content="2021-06-01">', "", None, None),
        ('<link rel="canonical" href="https://post.example/2021/05/04/bombs">', "", "2021-05-04", "url"),
    ],
)  # fmt: skip
def test_dates(
    capture_bytes: Captured, head: str, above: str, published: str | None, ground: str | None
) -> None:
    document = capture_bytes(page(head, above), "page.html")
    assert (document.published, document.published_ground) == (published, ground)


def test_metadata(capture_bytes: Captured) -> None:
    head = (
        '<meta property="og:site_name" content="The Szohôd Post"><meta name="author" content="Igor Wagner">'
        '<link rel="canonical" href="https://post.example/bombs">'
    )
    document = capture_bytes(page(head), "page.html")
    assert (document.outlet, document.author) == ("The Szohôd Post", "Igor Wagner")
    assert document.url == "https://post.example/bombs"


def test_other_encodings(capture_bytes: Captured) -> None:
    data = page().replace('charset="utf-8"', 'charset="windows-1252"').encode("cp1252")
    document = capture_bytes(data, "page.html")
    assert document.encoding == "cp1252"
    assert "“pure invention”" in document.text


def test_page_without_an_article(capture_bytes: Captured) -> None:
    document = capture_bytes("<html><body><b>Crates</b> seen<br>today</body></html>", "page.html")
    assert "Crates seen" in document.text


def test_raw_page(capture_bytes: Captured) -> None:
    document = capture_bytes(page(), "page.html", raw=True)
    assert document.text == page()
    assert document.title == TITLE
    assert [document.text[s:e] for s, e in document.anchors["title"]] == [TITLE]


@pytest.mark.parametrize(
    "source",
    [
        "<p>one<!-- <p>not</p> -->two",
        "<p title='a > b'>one</p><script>x < y</script>two",
        "<p>one<style>b</style><SCRIPT src=x>p</script >two",
        "one<br/><?php x ?><!doctype y>two",
        '<p class="never closed\'>one</p>"two">onetwo',
    ],
)
def test_visible_text(source: str) -> None:
    visible = read_page(source).visible
    assert "".join(visible.text.split()).endswith("onetwo")
    assert all(visible.text[s:e] == source[o : o + e - s] for s, e, o in visible.segments)


def test_a_block_that_the_page_interrupts_keeps_its_place() -> None:
    visible = "The first half of a sentence that an\x1eADVERT BOX\x1eadvertisement cuts in two parts."
    aligner = Aligner(visible)
    found = compose(
        visible, [aligner.find("The first half of a sentence that an advertisement cuts in two parts.")]
    )
    assert found.text == "The first half of a sentence that an advertisement cuts in two parts."
    assert len(found.segments) >= 2


def test_words_that_the_page_does_not_hold_stay_without_a_place() -> None:
    aligner = Aligner("something else altogether")
    found = compose("something else altogether", [aligner.find("nothing of this is there")])
    assert (found.text, found.segments) == ("nothing of this is there", ())


# ---------------------------------------------------------------------------------- headings, titles


def test_headings_of_entries_stay_with_their_paragraphs(capture_bytes: Captured) -> None:
    entries = "".join(
        f"<div class='entry'><h3>{hour}:15 GMT - {word} speaks</h3><p>{words}</p></div>"
        for hour, word, words in zip((18, 17, 16), ("Tapioca", "Alcazar", "Szohôd"), PARAGRAPHS, strict=True)
    )
    document = capture_bytes(page(body=entries), "page.html")
    assert document.text == "\n\n".join(
        [TITLE, "18:15 GMT - Tapioca speaks", PLAIN[0], "17:15 GMT - Alcazar speaks", PLAIN[1],
         "16:15 GMT - Szohôd speaks", PLAIN[2]]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "heading", "title"),
    [
        ("Bombs in crates - The Szohôd Post", "Bombs in crates", "Bombs in crates"),
        ("The Szohôd Post | Bombs in crates", "Bombs in crates", "Bombs in crates"),
        ("Pilots say they flew bombs to the general", "They flew bombs to the general, pilots say",
         "They flew bombs to the general, pilots say"),
        ("BOMBS IN CRATES | World | The Szohôd Post", "Bombs in Crates", "Bombs in Crates"),
        ("cms", "Bombs in crates, pilots say", "Bombs in crates, pilots say"),
    ],
)  # fmt: skip
def test_the_title_is_the_headline_on_the_page(
    capture_bytes: Captured, stated: str, heading: str, title: str
) -> None:
    body = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    source = (
        f'<html><head><title>{stated}</title><meta property="og:title" content="{stated}">'
        '<meta property="og:site_name" content="The Szohôd Post"></head><body>'
        f"<h1 class='logo'>The Szohôd Post</h1><ul><li>{heading}</li></ul><h2>{heading}</h2>"
        f"<article>{body}</article></body></html>"
    )
    if stated == "cms":
        source = source.replace("<h1 class='logo'>The Szohôd Post</h1>", "").replace("h2>", "h1>")
    document = capture_bytes(source, "page.html")
    assert document.title == title
    assert document.text.count(title) == 1
    assert document.text.startswith(title)


def test_a_title_in_no_heading_is_still_found(capture_bytes: Captured) -> None:
    source = page().replace("h1>", "div>")
    document = capture_bytes(source, "page.html")
    assert document.title == TITLE
    assert document.text.startswith(TITLE)


@pytest.mark.parametrize(
    ("stated", "author"),
    [("Zsófia Kovács", "Zsófia Kovács"), ("No Author", None), ("The Szohôd Post", None), ("Staff", None)],
)
def test_whom_metadata_names_for_author(capture_bytes: Captured, stated: str, author: str | None) -> None:
    head = f'<meta name="author" content="{stated}"><meta property="og:site_name" content="The Szohôd Post">'
    assert capture_bytes(page(head), "page.html").author == author


# ------------------------------------------------------------------------------- dates on the page


def test_a_banner_outside_the_article_bounds_the_date(capture_bytes: Captured) -> None:
    banner = '<body><div class="top">Sunday, May 9, 2021</div>'
    document = capture_bytes(page().replace("<body>", banner), "page.html")
    assert (document.published, document.published_ground) == ("[..2021-05-09]", "banner")
    assert "may be the day on which the page was fetched" in document.flags[0]
    told = page(above="<p>The last crate came on April 2, and nobody saw who took it away that night.</p>")
    document = capture_bytes(told.replace("<body>", banner), "page.html")
    assert document.published == "[2021-04-02..2021-05-09]"
    assert [document.text[s:e] for s, e in document.anchors["published"]] == ["April 2"]


def test_dates_of_works_that_the_page_cites_are_not_its_own(capture_bytes: Captured) -> None:
    cited = '<p itemprop="citation" itemscope><meta itemprop="datePublished" content="1988">Old book</p>'
    assert capture_bytes(page(below=cited), "page.html").published is None


def test_sentences_without_spaces_are_an_article(capture_bytes: Captured) -> None:
    words = (
        "波尔杜里亚自春天以来向圣特奥多罗斯空运了四批迫击炮弹，"
        "两名飞行员在首都接受采访时说，他们害怕秘密警察。"
    )
    document = capture_bytes(page(body=f"<p>{words * 2}</p><p>{words}</p>"), "page.html")
    assert words in document.text
    assert not document.flags
