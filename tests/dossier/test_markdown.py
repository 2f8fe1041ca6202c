"""The dossier as Markdown: footnotes with the words, and no text that becomes markup."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dossier.sample import CAPTURES, CASE, SAMPLE
from tidewaiter.characters import isolated
from tidewaiter.dossier import render_markdown
from tidewaiter.dossier.blocks import Facts, Footnote, Heading, Items, Notes, Paper, Paragraph, Table, Words
from tidewaiter.dossier.markdown import as_markdown

PARSER = MarkdownIt("gfm-like", {"linkify": False})

TEXT = render_markdown(CASE, *SAMPLE[:3], captures=CAPTURES)

HOSTILE = (
    "# not a heading",
    "a | b || c",
    "`code` and ``more``",
    "<script>alert(1)</script> <!-- x --> &lt;",
    "[a link](https://evil.example) ![x](https://evil.example/x.png) [^1] [x]: y",
    "https://evil.example www.evil.example <https://evil.example>",
    "**bold** _it_ ~~gone~~ $x^2$",
    "- item\n1. one\n\n    code\n\n===\n---",
    "1. one",
    "+ plus",
    "@somebody #12 ends with \\",
    "\u202eturned\u202c شحنة",
)


def kinds(text: str) -> set[str]:
    tokens = PARSER.parse(text)
    return {one.type for token in tokens for one in (token, *(token.children or ()))}


def paper(text: str) -> Paper:
    return Paper(
        title=text,
        kicker="Dossier",
        lines=(text,),
        first=(Facts(((text, (Words(text), Notes((1,)))),), "answers"),),
        body=(
            Heading(1, text, "one"),
            Paragraph((Words(text), Words(text, "strong"), Words(text, "quote"))),
            Items(((Words(text),), (Words(text, "code"),))),
            Table(("A", "B"), (((Words(text),), (Words("x"),)),), (1, 1)),
        ),
        footnotes=(Footnote(1, text, text),),
        running="",
        day=None,
    )


ALLOWED = kinds(as_markdown(paper("harmless")))


def test_every_number_has_its_words() -> None:
    used = set(re.findall(r"\[\^(\d+)\](?!:)", TEXT))
    told = re.findall(r"^\[\^(\d+)\]: “(.*)” ", TEXT, re.M)
    assert used == {number for number, _ in told}
    assert any(words == "several thousand rounds left Reykjavik" or "Reykjavik" in words for _, words in told)


def test_it_has_what_a_dossier_has() -> None:
    for words in (
        "## Summary",
        "**What is alleged:**",
        "**Denied by whom:**",
        "## How this was made, and what it does not show",
        "## Register",
        "### 1. Iceland → Malta: artillery shells",
        "#### What is open",
        "#### What it would breach if true",
        "## Sources",
        "**SHA-256, capture:**",
        "(ground: dateline)",
        "## What could not be read",
    ):
        assert words in TEXT, words


def test_the_contents_lead_to_headings() -> None:
    taken: Counter[str] = Counter()
    slugs = set()
    for heading in re.findall(r"^#{1,6} (.*)$", TEXT, re.M):
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        slugs.add(f"{slug}-{taken[slug]}" if taken[slug] else slug)
        taken[slug] += 1
    links = re.findall(r"\]\(#([^)]+)\)", TEXT)
    assert links
    assert set(links) <= slugs


def test_no_text_of_the_sample_becomes_markup() -> None:
    assert not {"html_inline", "html_block", "image", "fence", "code_block"} & kinds(TEXT)
    assert "\u202e" not in TEXT


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    made = as_markdown(paper(text))
    assert kinds(made) <= ALLOWED
    assert not re.search(r"(?<![\\`\w])(?:https?|ftp)://", re.sub(r"`[^\n]*`", "", made))
    rows = [line for line in made.split("\n") if line.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 3 for row in rows)


@given(st.text(alphabet=st.sampled_from("ab #*_`[]()<>|~\\-+=1.!&$:/@\n\t\u202e\u2028ش"), max_size=40))
def test_no_text_becomes_markup(text: str) -> None:
    assert kinds(as_markdown(paper(f"x{text}x"))) <= ALLOWED
    assert kinds(as_markdown(paper(text))) <= ALLOWED


def test_words_from_right_to_left_do_not_turn_what_stands_beside_them() -> None:
    assert isolated("صحيفة الخيال, 2 March 2024") == "\u2068صحيفة الخيال\u2069, 2 March 2024"
    assert isolated("هذا كذب (NATO) تماما") == "\u2068هذا كذب (NATO) تماما\u2069"
    assert isolated("2 March 2024") == "2 March 2024"
