"""The day on which something was said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidewaiter.model import Span, Statement
from tidewaiter.reading.entities import Entities
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.said.marked import from_spans
from tidewaiter.reading.said.statements import find_statements
from tidewaiter.reading.when.times import find_times
from tidewaiter.reading.who.actors import find_actors

Parse = Callable[..., Parsed]
PUBLISHED = "2024-05-08"  # a Wednesday


def told(parse_text: Parse, text: str) -> tuple[Statement, ...]:
    parsed = parse_text(text, PUBLISHED)
    return find_statements(parsed, Entities(find_actors(parsed), find_times(parsed)))


def about(parse_text: Parse, text: str, words: str = "boat") -> Statement:
    """The last statement of which the content has ``words``."""
    return next(one for one in reversed(told(parse_text, text)) if words in one.content.text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        # on the cue
        ("On Monday Ana Ruiz said that on Friday the boat would sail.", "2024-05-06"),
        ("Ana Ruiz told reporters Tuesday the boat had left on Friday.", "2024-05-07"),
        ("Ana Ruiz on Monday said the boat had left.", "2024-05-06"),
        ("The boat had left, Ana Ruiz said on Monday.", "2024-05-06"),
        ("“The boat has left,” Ana Ruiz said late on Monday evening.", "2024-05-06"),
        ("Ana Ruiz said today that the boat had left in March.", "2024-05-08"),
        ("Ana Ruiz declined on Monday to say who had bought the boat.", "2024-05-06"),
        ("Ana Ruiz was quoted as saying on Monday that the boat had left.", "2024-05-06"),
        ("The boat had left, said Ana Ruiz, the mayor, on Monday.", "2024-05-06"),
        ("Ana Ruiz said on Monday it was the boat that had left.", "2024-05-06"),
        # less than a day
        ("Earlier this week Ana Ruiz said the boat had left.", "[2024-05-06..2024-05-08]"),
        ("Ana Ruiz said last month that the boat had left.", "2024-04"),
        ("Ana Ruiz said in 2019 that the boat had left.", "2019"),
        ("In January officials said the boat had left.", "2024-01"),
        # on the occasion
        ("In a statement dated 3 May, Ana Ruiz said the boat had left.", "2024-05-03"),
        ("Ana Ruiz said in Tuesday's statement that the boat had left.", "2024-05-07"),
        ("In a letter sent on Thursday, Ana Ruiz said the boat had left.", "2024-05-02"),
        ("Ana Ruiz said at a briefing in Quito on Monday that the boat had left.", "2024-05-06"),
        ("Ana Ruiz said in an interview published Sunday that the boat had left.", "[..2024-05-05]"),
        ("According to a statement issued on Friday, the boat had left.", "2024-05-03"),
        ("In a 2022 report, the navy said the boat had left.", "2022"),
        # on a verb that shares its day
        ("Speaking Thursday, Ana Ruiz said the boat had left.", "2024-05-02"),
        (
            "Speaking on the sidelines of a summit in Cairo on Thursday, Ana Ruiz said the boat had left.",
            "2024-05-02",
        ),
        ("Asked on Monday about the sale, Ana Ruiz said the boat had left.", "2024-05-06"),
        ("Ana Ruiz visited the port on Monday and said the boat had left.", "2024-05-06"),
        ("Ana Ruiz toured the port on Monday, saying the boat had left.", "2024-05-06"),
        ("A survey published Sunday found that the boat had left.", "2024-05-05"),
        # of a noun cue
        ("Ana Ruiz's denial on Monday that the boat was sold drew laughter.", "2024-05-06"),
        # behind a dateline
        ("QUITO, May 3 (Agency) - Ana Ruiz said Friday the boat had left.", "2024-05-03"),
    ],
)
def test_day_of_saying(parse_text: Parse, text: str, day: str) -> None:
    statement = about(parse_text, text)
    assert statement.said_on == day
    assert len(statement.anchors["said_on"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz said the boat had left on Friday.",
        "Ana Ruiz said that in March 2023 the boat had left.",
        "The boat that sailed on Monday was empty, Ana Ruiz said.",
        "Ana Ruiz, who met the envoy on Monday, said the boat had left.",
        "Ana Ruiz has said since March that the boat is safe.",
        "Ana Ruiz said before a meeting on Monday that the boat had left.",
        "In a report on the 2019 sale, Ana Ruiz said the boat had left.",
        "Ana Ruiz said in a statement on Monday's attack that the boat had left.",
        "Ana Ruiz said, in a letter seen on Monday, that the boat had left.",
        "Ana Ruiz said on Monday and Tuesday that the boat had left.",
        "Asked about the attack on Monday's convoy, Ana Ruiz said the boat had left.",
        "On Monday Ana Ruiz rejected Kenya's claim that the boat had left.",
        "Ana Ruiz told the radio show This Week that the boat had left.",
        "The boat reportedly left on Monday.",
        "QUITO, May 3 (Agency) - Ana Ruiz said the boat had left.",
        "According to Ana Ruiz, the boat left on Monday.",
        "As he arrived on Monday the crowd cheered. Ana Ruiz said the boat had left.",
    ],
)
def test_no_day_is_guessed(parse_text: Parse, text: str) -> None:
    assert about(parse_text, text).said_on is None


# ------------------------------------------------------------------------------------ going on


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On Monday Ana Ruiz said the port was open. Ana Ruiz added that no boat had left.", "2024-05-06"),
        ("On Monday Ana Ruiz said the port was open.\n\nAna Ruiz added that no boat had left.", "2024-05-06"),
        ("On Monday Ana Ruiz said the port was open. Ana Ruiz said no boat had left.", "2024-05-06"),
        ("On Monday Ana Ruiz said the port was open. Ana Ruiz believes that no boat left.", None),
        # another speaker, another time, another part of the report
        ("On Monday Ana Ruiz said the port was open. Juma Otieno said no boat had left.", None),
        ("On Monday Ana Ruiz said the port was open. Ana Ruiz had said no boat would leave.", None),
        ("On Monday Ana Ruiz said the port was open. Ana Ruiz has often said no boat may leave.", None),
        ("On Monday Ana Ruiz said the port was open.\n\nIt rained.\n\nAna Ruiz said no boat had left.", None),
    ],
)
def test_same_speech_same_day(parse_text: Parse, text: str, day: str | None) -> None:
    assert about(parse_text, text).said_on == day


# ------------------------------------------------------------------------- cues of any kind


def test_day_hangs_on_a_cue_that_no_table_has(parse_text: Parse) -> None:
    text = "On Monday Ana Ruiz scoffed that the boat had left on Friday."
    parsed = parse_text(text, PUBLISHED)

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    one = from_spans(
        parsed,
        (),
        source=[span("Ana Ruiz")],
        cue=[span("scoffed")],
        content=[span("that the boat had left on Friday")],
    )
    assert one is not None
    (statement,) = find_statements(parsed, Entities(times=find_times(parsed)), lambda *_: [one])
    assert statement.said_on == "2024-05-06"
