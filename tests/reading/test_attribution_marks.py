"""Quotation marks of all kinds, whole and broken, and what they say of a statement's mode."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.model import Mode, Statement
from tidewaiter.reading.entities import Entities
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.said.bounds import quotations_of
from tidewaiter.reading.said.mode import is_somebodys, is_title
from tidewaiter.reading.said.quotes import Quotation, find_quotations, inner, speeches
from tidewaiter.reading.said.statements import find_statements

Parse = Callable[..., Parsed]


def quoted(text: str) -> list[str]:
    return [text[one.span.start : one.span.end] for one in find_quotations(text)]


def told(parse_text: Parse, text: str) -> tuple[Statement, ...]:
    return find_statements(parse_text(text), Entities())


def only(statements: tuple[Statement, ...]) -> Statement:
    assert len(statements) == 1, [one.content.text for one in statements]
    return statements[0]


# ------------------------------------------------------------------------------------ kinds of marks


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ('"', '"'),
        ("“", "”"),
        ("”", "”"),  # Finnish and Swedish, or a program's mistake
        ("“", "“"),
        ("„", "“"),
        ("„", "”"),
        ("«", "»"),
        ("« ", " »"),
        ("»", "«"),
        ("‹", "›"),
        ("<<", ">>"),
        (",,", "''"),
        ("``", "''"),
        ("``", "``"),
        ("''", "''"),
        ("‘‘", "’’"),
        ("＂", "＂"),
        ("「", "」"),
        ("&quot;", "&quot;"),
        ("&ldquo;", "&rdquo;"),
        ("&#8220;", "&#8221;"),
        ("â€œ", "â€\x9d"),
        ("“ ", " ”"),
        ("'", "'"),
        ("‘", "’"),
        ("’", "’"),
        ("`", "'"),
        ("`", "`"),
        ("‚", "‘"),
        ("&lsquo;", "&rsquo;"),
    ],
)
def test_every_kind_of_mark(parse_text: Parse, left: str, right: str) -> None:
    speech = f"{left}We have sold no boats,{right}"
    text = f"{speech} Ana Ruiz said in Quito."
    assert quoted(text) == [speech]
    statement = only(told(parse_text, text))
    assert (statement.mode, statement.content.text) == (Mode.DIRECT, speech)
    assert statement.source is not None
    assert statement.source.text == "Ana Ruiz"
    (one,) = find_quotations(text)
    assert text[one.inside.start : one.inside.end].strip() == "We have sold no boats,"


@pytest.mark.parametrize(
    "text",
    [
        "The rebels' trucks and the ministers' cars were sold, officials said.",
        "The '90s were over and they gave 'em the boats.",
        "He liked rock 'n' roll, the colonels' radio.",
        "Ma'ariv and the Shi'a of Ta'izz and Sana'a said so.",
        "The al-'Adil brigade lost the soldiers' pay.",
        'He stood 5\'10" and the pipe was 9" wide.',
        "Fuel,,water and bread << more than that.",
        "It was 6' deep, 3' wide.",
        "’Tis the season, ’twas said.",
    ],
)
def test_marks_that_quote_nothing(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        # marks within marks
        ("“He told us ‘no’ and left,” she said.", ["“He told us ‘no’ and left,”"]),
        ('"We sell "dual-use" parts," he said.', ['"We sell "dual-use" parts,"']),
        (
            "‘They sold “a single boat”, and it’s ours,’ he said.",
            ["‘They sold “a single boat”, and it’s ours,’"],
        ),
        # apostrophes beside single marks
        (
            "'We won't pay,' he said, 'for the rebels' trucks.'",
            ["'We won't pay,'", "'for the rebels' trucks.'"],
        ),
        ("the ‘volunteers’ and the ‘advisers,’ he said", ["‘volunteers’", "‘advisers,’"]),
        ("The ‘friends’ took the rebels’ trucks.", ["‘friends’"]),
        # no space beside a mark
        ('He said:"We left."Then he went.', ['"We left."']),
        ("She said,“We left.”He added nothing.", ["“We left.”"]),
        # a mark that is missing
        ('"We left. "They stayed," he said.', ['"We left.', '"They stayed,"']),
        ('"We left," he said. They stayed." She left.', ['"We left,"', 'They stayed."']),
        ("“We left, he said.\nThey stayed.", ["“We left, he said."]),
        (
            "They “left at noon. He said they ” had left,” and went.",
            ["“left at noon. He said they", "” had left,”"],
        ),
        # an ellipsis, a dash
        ("“…and we left,” he said. “But—” she said.", ["“…and we left,”", "“But—”"]),
        ('"...and we left," he said.', ['"...and we left,"']),
        # nothing between
        ('He said "" and left.', []),
        ("He said “” and left.", []),
    ],
)
def test_pairing(text: str, quotations: list[str]) -> None:
    assert quoted(text) == quotations


def test_quotations_inside_a_quotation() -> None:
    text = "“He told us ‘no boats’ and ‘no pay,’ and left,” she said."
    (one,) = find_quotations(text)
    assert [text[two.span.start : two.span.end] for two in inner(text, one)] == ["‘no boats’", "‘no pay,’"]


# ------------------------------------------------------------------------- over several paragraphs


SPEECH = "“We came at noon.\n\n“We saw “Red Dawn” there.\n\n“We left at night,”"


def test_paragraphs_that_begin_with_a_mark_are_one_speech() -> None:
    found = find_quotations(f"{SPEECH} he said.\n\n“Nobody came.”")
    assert [one.continues for one in found] == [False, True, True, False]
    assert [list(speech) for speech in speeches(found)] == [[0, 1, 2], [3]]


@pytest.mark.parametrize(
    "text",
    [
        f"{SPEECH} said Colonel Ana Ruiz.",
        f"Colonel Ana Ruiz said: {SPEECH[:-2]}.”",
        f"Colonel Ana Ruiz wrote in a letter:\n\n{SPEECH[:-2]}.”",
        "Colonel Ana Ruiz said: ‘We came at noon and it’s a fact.\n\n‘We left the rebels’ camp at night.’",
        "“We came at noon,” said Colonel Ana Ruiz. “We saw all of it.\n\n“We left at night.”",
        "“We came at noon,” said Colonel Ana Ruiz.\n\n“We saw all of it.\n\n“We left at night.”",
    ],
)
def test_speech_over_paragraphs_has_one_speaker(parse_text: Parse, text: str) -> None:
    statement = only(told(parse_text, f"The road was closed.\n\n{text}\n\nThe road is open."))
    assert statement.source is not None
    assert "Ana Ruiz" in statement.source.text
    assert statement.content.text[1:].startswith("We came")
    assert statement.content.text.rstrip("”’,.").endswith("at night")
    assert statement.mode is Mode.DIRECT


def test_two_speakers_are_not_one_speech(parse_text: Parse) -> None:
    text = "“We came at noon,” said Ana Ruiz.\n\n“Nobody came,” said Juma Otieno."
    first, second = told(parse_text, text)
    assert (first.content.text, second.content.text) == ("“We came at noon,”", "“Nobody came,”")


def test_inner_marks_do_not_end_a_paragraph_left_open() -> None:
    text = '"They defended it.\n\n"He said “look at my boats” and left.\n\n"Then he went."'
    assert quoted(text) == ['"They defended it.', '"He said “look at my boats” and left.', '"Then he went."']


# ------------------------------------------------------------------------------- marks that are lost


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "“The crates were empty, Haddad said. The mayor said the road was closed.",
            ["“The crates were empty,", "the road was closed"],
        ),
        (
            "“The crates were empty. They were old, said Haddad. He left.",
            ["“The crates were empty. They were old,"],
        ),
        (
            "Haddad said: “The crates were empty. They were old.",
            ["“The crates were empty. They were old."],
        ),
        (
            "He called the frigate a “gift from heaven and left. The mayor said the road was closed.",
            ["the frigate a “gift from heaven and left", "the road was closed"],
        ),
        (
            "The crates were empty,” Haddad said. The mayor denied it.",
            ["The crates were empty,”", "it"],
        ),
        (
            "Nobody asked for the crates,” Haddad said. The mayor denied it.",
            ["Nobody asked for the crates,”", "it"],
        ),
        (
            "Haddad said the crates were empty.” The mayor denied it.",
            ["the crates were empty.”", "it"],
        ),
    ],
)
def test_a_lost_mark_does_not_swallow_the_rest(parse_text: Parse, text: str, contents: list[str]) -> None:
    assert [one.content.text for one in told(parse_text, text)] == contents


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("The minister said: we will not hand over a single tank.", Mode.DIRECT),
        ("The minister told reporters: our navy has lost nothing.", Mode.DIRECT),
        ("My office knew nothing of it, the minister said.", Mode.DIRECT),
        ("i signed nothing, the minister insisted.", Mode.DIRECT),
        ("The US knew nothing of it, the minister said.", Mode.INDIRECT),
        ("The minister said: the navy has lost nothing.", Mode.INDIRECT),
        ("The minister said we had lost nothing.", Mode.INDIRECT),
    ],
)
def test_all_marks_lost(parse_text: Parse, text: str, mode: Mode) -> None:
    assert only(told(parse_text, text)).mode is mode


# ---------------------------------------------------------------------------------------- mode


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("“No boat of ours was there,” Ana Ruiz said.", Mode.DIRECT),
        ("“No boat of ours,” Ana Ruiz said, “was ever there.”", Mode.DIRECT),
        ("“Never,” Ana Ruiz said.", Mode.DIRECT),
        ("Ana Ruiz said no boat of theirs was there.", Mode.INDIRECT),
        # somebody's words
        ("Ana Ruiz said the report was “an old fairy tale” from abroad.", Mode.MIXED),
        ("Ana Ruiz said the claims were “nonsense”.", Mode.MIXED),
        ("Ana Ruiz called the sale ‘absurd’.", Mode.MIXED),
        ("Ana Ruiz said it was a “barbaric” attack.", Mode.MIXED),
        ("Ana Ruiz said they would face “grave consequences”.", Mode.MIXED),
        ("Ana Ruiz said “not one boat” had left and “nobody was paid”.", Mode.MIXED),
        ("Ana Ruiz said a “significant number” of boats was missing.", Mode.MIXED),
        ("Ana Ruiz called the mayor “Mr. Mortar”.", Mode.MIXED),
        # names
        ("Ana Ruiz said the frigate “Admiral Tamandaré” had left port.", Mode.INDIRECT),
        ("Ana Ruiz said operation “Dawn” was over.", Mode.INDIRECT),
        ("Ana Ruiz said the “Northern Star” had sunk off Mombasa.", Mode.INDIRECT),
        ("Ana Ruiz said the plan, code-named “River 7”, had failed.", Mode.INDIRECT),
        # words at arm's length
        ("Ana Ruiz said the “volunteers” had crossed the river.", Mode.INDIRECT),
        ("Ana Ruiz said ‘military aid’ had reached Juba.", Mode.INDIRECT),
        ("Ana Ruiz said the so-called “peacekeepers” had fired first.", Mode.INDIRECT),
        ("Ana Ruiz said the “so-called” republic had bought tanks.", Mode.INDIRECT),
        ("Ana Ruiz said they had paid for these ‘gifts’ in gold.", Mode.INDIRECT),
    ],
)
def test_mode(parse_text: Parse, text: str, mode: Mode) -> None:
    assert only(told(parse_text, text)).mode is mode


def test_words_quoted_inside_a_quotation_are_direct(parse_text: Parse) -> None:
    text = "“The general denied it: ‘we have sold no boats’,” Ana Ruiz said."
    assert {one.mode for one in told(parse_text, text)} == {Mode.DIRECT, Mode.INDIRECT}


def test_a_title_is_nobodys_speech(parse_text: Parse) -> None:
    text = "“We sold nothing,” Ana Ruiz told the radio show “Morning on the River.” It was raining."
    assert only(told(parse_text, text)).content.text == "“We sold nothing,”"


def test_headline_capitals_are_no_name(parse_text: Parse) -> None:
    text = "Minister Calls Sale Of Tanks “Utter Nonsense”"
    parsed = parse_text(text)
    (one,) = quotations_of(parsed)
    assert not is_title(text, one)
    assert is_somebodys(parsed, one)


# ----------------------------------------------------------------------------------- properties


MARKS = st.sampled_from(
    [
        *"\"'“”„‟«»‹›‘’`´＂‚「」\n .,:?—-(",
        *["''", "``", ",,", "<<", ">>", "&quot;", "&ldquo;", "&rsquo;", "â€œ", "\n\n", "9", "s"],
        *["We left ", "he said ", "the boats ", "Ruiz said: ", "Operation Dawn "],
    ]
)


def check(text: str, found: tuple[Quotation, ...]) -> None:
    position = 0
    for one in found:
        assert position <= one.span.start < one.span.end <= len(text)
        assert one.span.start <= one.inside.start < one.inside.end <= one.span.end
        assert "\n" not in text[one.span.start : one.span.end]
        position = one.span.end
    assert [number for speech in speeches(found) for number in speech] == list(range(len(found)))


@settings(max_examples=300, deadline=None)
@given(st.lists(MARKS, max_size=40).map("".join))
def test_any_marks_give_quotations_in_order(text: str) -> None:
    found = find_quotations(text)
    check(text, found)
    for one in found:
        for two in inner(text, one):
            assert one.inside.start <= two.span.start < two.span.end <= one.inside.end


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MARKS, max_size=30).map("".join))
def test_any_marks_give_statements_of_their_words(parse_text: Parse, text: str) -> None:
    parsed = parse_text(text)
    check(text, quotations_of(parsed))
    for statement in find_statements(parsed, Entities()):
        spans = statement.content.spans
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    "text",
    [
        "“" * 100_000,
        "”a" * 100_000,
        '"a ' * 100_000,
        "'a " * 100_000,
        "‘a" * 100_000,
        "a' " * 100_000,
        " 'a' 'b" * 50_000,
        "\n“a" * 100_000,
        "\n“a “b” ‘c’" * 50_000,
        "``''" * 50_000,
    ],
)
def test_masses_of_marks_are_read(text: str) -> None:
    check(text, find_quotations(text))


def test_a_speech_of_a_thousand_paragraphs_is_one_statement(parse_text: Parse) -> None:
    text = "“We left at noon.\n\n" * 1_000 + "“We did,” said Ana Ruiz."
    statement = only(told(parse_text, text))
    assert len(statement.content.spans) == 1_001
    assert statement.mode is Mode.DIRECT
