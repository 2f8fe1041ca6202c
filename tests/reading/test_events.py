"""Events: what else belongs on the timeline."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hand_made import entities
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.model import Event
from tidewaiter.reading.deeds.events import find_events
from tidewaiter.reading.parse import Parsed

ACTORS = {
    "Pakistan": "PAK", "India": "IND", "Japan": "JPN", "Iran": "IRN", "Israel": "ISR", "Kenya": "KEN",
    "Turkey": "TUR", "Nauru": "NRU", "Kosovo": "XKX", "Armenia": "ARM", "Azerbaijan": "AZE", "Chad": "TCD",
    "Mali": "MLI", "Niger": "NER", "UN": "UN",
}  # fmt: skip

Parse = Callable[..., Parsed]


def found(parse_text: Parse, text: str) -> tuple[Event, ...]:
    listed = entities(text, ACTORS, times={"Wednesday": "2021-05-05", "May": "2021-05", "July": "2021-07"})
    return find_events(parse_text(text), listed, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Pakistan test-fired a missile on Wednesday, its army said.",
            ("missile_test", "PAK", None, "2021-05-05"),
        ),
        ("India and Japan held joint naval exercises in May.", ("exercise", "IND", "JPN", "2021-05")),
        ("Iran launched dozens of missiles at Israel on Wednesday.", ("strike", "IRN", "ISR", "2021-05-05")),
        ("The president of Kenya visited Turkey in May.", ("visit", "KEN", "TUR", "2021-05")),
        ("In July, Nauru recognised the independence of Kosovo.", ("recognition", "NRU", "XKX", "2021-07")),
        ("Japan declassified satellite images of the depot.", ("intelligence_disclosure", "JPN", None, None)),
        (
            "Armenia and Azerbaijan signed a peace agreement in May.",
            ("agreement_signed", "ARM", "AZE", "2021-05"),
        ),
        ("Chad bombed Niger on Wednesday.", ("strike", "TCD", "NER", "2021-05-05")),
        ("The UN adopted a resolution on Mali in July.", ("vote", "UN", None, "2021-07")),
        ("The parliament of Kenya voted in May to arm Mali.", ("vote", "KEN", None, "2021-05")),
        ("Iran held a military parade on Wednesday.", ("parade", "IRN", None, "2021-05-05")),
        ("India carried out a nuclear test in May.", ("nuclear_test", "IND", None, "2021-05")),
        ("Armenia agreed to a ceasefire with Azerbaijan in July.", ("ceasefire", "ARM", "AZE", "2021-07")),
    ],
)
def test_finds(parse_text: Parse, text: str, expected: tuple[str | None, ...]) -> None:
    assert expected in {(one.type, one.actor, one.target, one.when) for one in found(parse_text, text)}


def test_what_only_tells_the_time_is_another_event(parse_text: Parse) -> None:
    text = "After the missile test by Iran, India and Japan held exercises."
    told = {(one.type, one.actor, one.target) for one in found(parse_text, text)}
    assert told == {("missile_test", "IRN", None), ("exercise", "IND", "JPN")}


@pytest.mark.parametrize(
    "text",
    [
        "Mali may attack Niger.",
        "Chad will hold military exercises next year.",
        "Kenya did not test a missile.",
        "India plans to sign a defence agreement with Japan.",
        "The ship carried flour to a port.",
        "Terrorism has hit Pakistan.",
    ],
)
def test_what_has_not_happened_is_no_event(parse_text: Parse, text: str) -> None:
    assert found(parse_text, text) == ()


def test_the_text_is_the_clause(parse_text: Parse) -> None:
    (one,) = found(parse_text, "Kenya was calm. Pakistan test-fired a missile on Wednesday, its army said.")
    assert one.text == "Pakistan test-fired a missile on Wednesday"


WORDS = st.sampled_from(
    [*ACTORS, "launched", "missiles", "at", "on", "held", "exercises", "visited", "signed", "agreement",
     "and", "attack", "invasion", "of", "by", "the", "recognised", "independence", "voted", "with", "met",
     "who", "May", "\n", "“", "”", "< p>", "…", "\u200b", ".", ",", "will", "not", "has"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, max_size=40))
def test_any_text_is_read_and_every_field_stands_on_its_words(parse_text: Parse, words: list[str]) -> None:
    text = " ".join(words)
    events = found(parse_text, text)
    assert len({one.id for one in events}) == len(events)
    for one in events:
        names = ("type", "actor", "target", "when", "text")
        assert {name for name in names if getattr(one, name) is not None} == set(one.anchors)
        for spans in one.anchors.values():
            assert all(0 <= start < end <= len(text) for start, end in spans)
        (clause,) = one.anchors["text"]
        assert text[clause.start : clause.end] == one.text
