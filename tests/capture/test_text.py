"""Plain text, Markdown and JSON: what is dropped, what stays, title and author."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tidewaiter.errors import CaptureError
from tidewaiter.model import Document

Captured = Callable[..., Document]

FIRST = "Two crates of rifles left Ruritania for Graustark in June, a customs officer told this paper."
SECOND = "Graustark’s envoy said “not one bullet” had come, and asked for proof."
THIRD = "The officer showed a bill of lading for the river boat Esmeralda."
BODY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    "line",
    [
        "ADVERTISEMENT",
        "Share on Facebook",
        "Share | Tweet | WhatsApp",
        "Read more: Ruritania's king opens a bridge",
        "Also read",
        "JOIN US ON SIGNAL",
        "Follow our reporting on @somepaper",
        "Subscribe to our newsletter",
        "Sign up for the morning briefing",
        "Open in mode full screen",
        "By admin",
        "We use cookies to make this site better. By staying you agree.",
        "Your email address will not be published.",
        "Post a comment",
        "You must be logged in to comment.",
        "© 2021 The Strelsau Courier. All rights reserved.",
        "12 shares",
        "Skip to content",
        "Home » World » Ruritania sends rifles",
        "(photo credit: Strelsau Courier/A. Person)",
        "3 min read",
        "Photo credit: The Strelsau Courier",
        "[Advertisement]",
        "( Sponsored content )",
        "SHARE   TWEET   COMMENTS (212)",
        "Have you got a story? Write to our night desk.",
        "Got a tip? Ring the night desk.",
        "For the latest news from the coast, download the Strelsau Courier app.",
        "This article contains affiliate links, for which we may be paid.",
    ],
)
def test_boilerplate_goes_and_the_article_stays(capture_bytes: Captured, line: str) -> None:
    text = f"{line}\n\n{FIRST}\n\n{line}\n\n{SECOND}\n{line}\n{THIRD}\n\n{line}"
    assert capture_bytes(text).text.split() == BODY.split()


@pytest.mark.parametrize(
    "line",
    [
        "Follow the money, an old customs officer liked to say.",
        "Share prices of the arms maker fell by a tenth on the day after the report.",
        "More than forty crates lay on the quay.",
        "Latest shipment",
        "Home Secretary Anna Schmidt",
        "By noon the boat had gone.",
        "Copyright was not the matter; the crates were.",
        "Related to this, two men were held.",
        "Comments by the envoy were published later.",
        "“Read my lips: no rifles,” the envoy said.",
        "Photographs show the crates.",
        "The crates weighed < 5 tons & more; R&D, a<b.",
        f"See also the report of the panel, which counts nine such shipments since spring. {SECOND} {THIRD}",
    ],
)
def test_sentences_that_look_like_boilerplate_stay(capture_bytes: Captured, line: str) -> None:
    assert line in capture_bytes(f"{FIRST}\n\n{line}\n\n{SECOND}").text


def test_a_box_of_other_stories_goes_up_to_the_next_sentence(capture_bytes: Captured) -> None:
    box = "Related stories\n\nKing opens bridge\nRiver freezes again\nTeaser of a story …"
    text = f"{FIRST}\n\n{box}\n\n{SECOND}"
    assert capture_bytes(text).text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize("label", ["Read more:", "READ MORE :", "Also read:", "[Read more:]"])
def test_a_label_with_a_colon_takes_its_teasers_along(capture_bytes: Captured, label: str) -> None:
    text = f"{FIRST}\n\n{label}\n\nKing opens bridge\n\nRiver freezes again\n\n{SECOND}"
    assert capture_bytes(text).text == f"{FIRST}\n\n{SECOND}"


def test_a_link_to_more_takes_nothing_along(capture_bytes: Captured) -> None:
    text = f"{FIRST}\n\nRead more\n\nWhat the envoy said\n\n{SECOND}"
    assert capture_bytes(text).text == f"{FIRST}\n\nWhat the envoy said\n\n{SECOND}"


def test_a_text_without_full_stops_is_not_eaten_by_a_box(capture_bytes: Captured) -> None:
    lines = [f"crate {number} was seen on the quay" for number in range(40)]
    text = "\n\n".join([FIRST, "Read also:", *lines])
    assert capture_bytes(text).text.endswith("\n\n".join(lines[12:]))


def test_author_box_only_at_the_end(capture_bytes: Captured) -> None:
    assert capture_bytes(f"{BODY}\n\nAbout Rudolf Rassendyll").text == BODY
    assert "About Rudolf Rassendyll" in capture_bytes(f"About Rudolf Rassendyll\n\n{BODY}").text


def test_markup_debris(capture_bytes: Captured) -> None:
    dirty = (
        f'< p class="a-b c">{FIRST}< /p><p>{SECOND}</p>\n<script>var x = 1;</script>'
        f"<b>The offi\u00adcer</b> showed a&nbsp;bill &amp; a map&#8217;s copy.<br/>"
    )
    assert capture_bytes(dirty).text == (
        f"{FIRST}\n\n{SECOND}\n\nThe officer showed a\u00a0bill & a map’s copy."
    )


@pytest.mark.parametrize("header", [" date 2021-06-05 ", " date 2021-06 ", "\ufeff\ndate 2021-06\n\n"])
def test_a_date_header_goes(capture_bytes: Captured, header: str) -> None:
    document = capture_bytes(f"{header}STRELSAU (FNA) — {BODY}")
    assert document.text == f"STRELSAU (FNA) — {BODY}"
    # Each kept character still has its place behind the header of the file.
    assert document.segments[0].origin == len(header.removeprefix("\ufeff"))


@pytest.mark.parametrize(
    "start", ["date 2021-13", "date 2021-06-5", "date 2021-06/07", "date 2021", "Update 2021-06"]
)
def test_what_is_no_date_header_stays(capture_bytes: Captured, start: str) -> None:
    assert capture_bytes(f" {start} {BODY}").text == f"{start} {BODY}"


def test_blank_lines_and_indents(capture_bytes: Captured) -> None:
    text = f"\r\n  {FIRST}  \r\n\r\n\r\n\t{SECOND}\r\n{THIRD}\r\n"
    assert capture_bytes(text).text == f"{FIRST}\n\n{SECOND}\n{THIRD}"


def test_wrapped_lines_are_put_together(capture_bytes: Captured) -> None:
    wrapped = """\
Two crates of rifles left Ruritania for Graustark in June, a customs
officer told this paper, and four more of hand grenades, of a long-
known make, were on the quay when the police came to look for them.

Graustark’s envoy said that not one bullet had come, and asked for
proof that could be held against the light, which the officer, who
did not want to be named, said he would show to a judge and nobody
else.
"""
    text = capture_bytes(wrapped).text
    assert text.count("\n") == 2
    assert "a customs officer told" in text
    assert "a long-known make" in text


def test_lines_of_a_list_are_not_put_together(capture_bytes: Captured) -> None:
    headlines = [
        f"King {number} of Ruritania opens yet another bridge over the old river" for number in range(9)
    ]
    text = "\n".join([FIRST, *headlines])
    assert capture_bytes(text).text == text


def test_bullets_and_link_words_go(capture_bytes: Captured) -> None:
    text = f"• Home\n• Weather\n• {FIRST}\n{SECOND} read more .\n{THIRD} Read more »"
    assert capture_bytes(text).text == f"{FIRST}\n{SECOND}\n{THIRD}"


def test_a_sentence_given_twice_stays_once(capture_bytes: Captured) -> None:
    assert capture_bytes(f"{FIRST}\n\n{SECOND}\n\n{FIRST}\n\n{THIRD}").text == BODY


def test_breadcrumb_glued_to_the_headline(capture_bytes: Captured) -> None:
    document = capture_bytes(f"HomeWorldRuritania sends rifles to Graustark, officer says\n\n{BODY}")
    assert document.title == "Ruritania sends rifles to Graustark, officer says"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Rifles left in June, says officer\n\n{BODY}", "Rifles left in June, says officer"),
        (f"Rifles for Graustark left in June\n{FIRST}\n{SECOND}", "Rifles for Graustark left in June"),
        (BODY, None),
        (f"STRELSAU (FNA) — {BODY}", None),
        (f"Strelsau\n\n{BODY}", None),
        (f"NIGHT BOAT: Crates of rifles for Graustark\n\nHow an officer lost his bill\n\n{BODY}",
         "NIGHT BOAT: Crates of rifles for Graustark"),
        # A ticker above the headline tells of something else.
        (f"Mayor of Zenda gives up\n\nGraustark got rifles\n\n{BODY}", "Graustark got rifles"),
        (f"{BODY}\n\nA headline below the text\n\nMore words of it here.", None),
    ],
)  # fmt: skip
def test_title_in_the_text(capture_bytes: Captured, text: str, title: str | None) -> None:
    document = capture_bytes(text)
    assert document.title == title
    assert [document.text[s:e] for s, e in document.anchors.get("title", ())] == ([title] if title else [])


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Rudolf Rassendyll", "Rudolf Rassendyll"),
        ("By Rudolf Rassendyll and Antoinette de Mauban", "Rudolf Rassendyll and Antoinette de Mauban"),
        ("By Rudolf Rassendyll June 5, 2021", "Rudolf Rassendyll"),
        ("By Rudolf Rassendyll, Diplomatic Editor", "Rudolf Rassendyll"),
        ("By Staff", None),
        ("By Tuesday the boat had gone.", None),
        ("By the river", None),
    ],
)
def test_author(capture_bytes: Captured, line: str, author: str | None) -> None:
    document = capture_bytes(f"Rifles for Graustark left in June\n\n{line}\n\n{BODY}")
    assert document.author == author
    assert [document.text[s:e] for s, e in document.anchors.get("author", ())] == ([author] if author else [])


def test_credits_of_agencies_are_not_the_outlet(capture_bytes: Captured) -> None:
    assert capture_bytes(f"STRELSAU (FNA) — {BODY}").outlet is None


def test_language(capture_bytes: Captured) -> None:
    assert capture_bytes(BODY).language == "en"
    german = "Zwei Kisten mit Gewehren verließen im Juni den Hafen, wie ein Beamter der Zeitung sagte."
    assert capture_bytes(german).language is None


def test_raw_is_the_file_itself(capture_bytes: Captured) -> None:
    head = " date 2021-06-05 \n\nRifles for Graustark &amp; more left\n\nBy Rudolf Rassendyll\r\n\r\n"
    text = f"{head}{BODY}\n\nShare\n"
    document = capture_bytes(text, raw=True)
    assert document.text == text
    assert document.segments == ((0, len(text), 0),)
    assert (document.published, document.published_ground) == ("2021-06-05", "header")
    assert document.title == "Rifles for Graustark & more left"
    assert [text[s:e] for s, e in document.anchors["author"]] == ["Rudolf Rassendyll"]
    assert document.cleaner == "raw"


# ------------------------------------------------------------------------------------- Markdown


def test_markdown(capture_bytes: Captured) -> None:
    document = capture_bytes(
        '---\ntitle: "Rifles for Graustark"\nauthor: Rudolf Rassendyll\ndate: 2021-06-05\n'
        "outlet: Strelsau Courier\n---\n\n# Rifles for Graustark\n\n"
        "**Two** crates of _rifles_ left, see [the bill](https://e.example/b), a 5*3*2 box.\n\n"
        f"![quay](quay.jpg)\n\n> {SECOND}\n\n---\n\n## The boat\n\n{THIRD}\n",
        "report.md",
    )
    assert document.text == (
        "Rifles for Graustark\n\nTwo crates of rifles left, see the bill, a 5*3*2 box.\n\n"
        f"{SECOND}\n\nThe boat\n\n{THIRD}"
    )
    assert (document.title, document.author, document.outlet) == (
        "Rifles for Graustark", "Rudolf Rassendyll", "Strelsau Courier",
    )  # fmt: skip
    assert (document.published, document.published_ground) == ("2021-06-05", "metadata")
    assert document.anchors["title"] == ((0, 20),)


# ----------------------------------------------------------------------------------------- JSON


def article(**fields: object) -> bytes:
    return json.dumps({"title": "Rifles for Graustark", "text": BODY, **fields}).encode()


def test_json(capture_bytes: Captured) -> None:
    document = capture_bytes(
        article(
            url="https://courier.example/x",
            published="2021-06-05T23:10:00-04:00",
            outlet="Strelsau Courier",
            author=["Rudolf Rassendyll", {"name": "Flavia"}],
        ),
        "report.json",
    )
    assert document.text == BODY
    assert (document.title, document.outlet) == ("Rifles for Graustark", "Strelsau Courier")
    assert document.author == "Rudolf Rassendyll, Flavia"
    assert (document.published, document.published_ground) == ("2021-06-05", "metadata")
    assert document.url == "https://courier.example/x"
    assert len(document.segments) > 3  # split at the escapes


@pytest.mark.parametrize(
    ("published", "edtf"),
    [
        ("2021-06-05", "2021-06-05"),
        ("20210605", "2021-06-05"),
        ("2021-06", "2021-06"),
        ("[2021-06-01..2021-06-05]", "[2021-06-01..2021-06-05]"),
        ("Sat, 05 Jun 2021 10:00:00 GMT", "2021-06-05"),
        ("June 5, 2021", "2021-06-05"),
        ("2021-02-30", None),
        ("yesterday", None),
    ],
)
def test_json_dates(capture_bytes: Captured, published: str, edtf: str | None) -> None:
    assert capture_bytes(article(published=published), "report.json").published == edtf


def test_json_date_in_the_address(capture_bytes: Captured) -> None:
    document = capture_bytes(article(url="https://courier.example/2021/06/05/rifles"), "report.json")
    assert (document.published, document.published_ground) == ("2021-06-05", "url")


def test_json_with_the_article_below(capture_bytes: Captured) -> None:
    data = json.dumps({"@graph": [{"@type": "WebSite", "name": "x"}, {"headline": "H", "articleBody": BODY}]})
    document = capture_bytes(data, "report.json")
    assert (document.title, document.text) == ("H", BODY)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"{not json", "not valid JSON"),
        (b'{"title": "no text"}', "no article text"),
        (json.dumps([{"text": FIRST}, {"text": SECOND}]).encode(), "2 articles"),
        (b'{"text": "<p></p>"}', "no article"),
        (b"[" * 100_000, "not valid JSON"),
    ],
)
def test_json_that_holds_no_article(capture_bytes: Captured, data: bytes, what: str) -> None:
    with pytest.raises(CaptureError, match=what):
        capture_bytes(data, "report.json")
