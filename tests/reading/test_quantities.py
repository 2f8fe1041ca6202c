"""Amounts: bounds by the words, the counted noun, money; and numbers that are no amounts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.model import QuantityMention
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.what.quantities import find_quantities
from tidewaiter.reading.what.weapons import find_weapons
from tidewaiter.reading.when.times import find_times

ParseText = Callable[..., Parsed]


def amounts(parsed: Parsed) -> tuple[QuantityMention, ...]:
    return find_quantities(parsed, find_times(parsed), find_weapons(parsed))


def found(parse_text: ParseText, text: str) -> list[tuple[int | None, int | None, str | None]]:
    return [(one.quantity.min, one.quantity.max, one.quantity.unit) for one in amounts(parse_text(text))]


@pytest.mark.parametrize(
    ("words", "rough"),
    [
        ("about 3 million shells", True),
        ("an estimated 40 tanks", True),
        ("some 30 to 40 tanks", True),
        ("40 or so tanks", True),
        ("~500 rifles", True),
        ("approx. 500 rifles", True),
        ("40 tanks", False),
        ("another 80 tanks", False),
        ("a total of 80 tanks", False),
        ("exactly 80 tanks", False),
    ],
)
def test_whether_a_figure_is_meant_exactly(parse_text: ParseText, words: str, rough: bool) -> None:
    (amount,) = amounts(parse_text(f"Chile sold {words} to Peru."))
    assert amount.quantity.rough is rough
    assert words.startswith(amount.quantity.text)


@pytest.mark.parametrize(
    ("words", "least", "most", "unit"),
    [
        ("more than 1,000 containers", 1000, None, "containers"),
        ("up to 50 tanks", None, 50, "tanks"),
        ("at least 12 drones", 12, None, "drones"),
        ("as many as 60 trucks", None, 60, "trucks"),
        ("no fewer than 30 trucks", 30, None, "trucks"),
        ("nearly two dozen howitzers", None, 24, "howitzers"),
        ("some 400 missiles", 400, 400, "missiles"),
        ("about 400 missiles", 400, 400, "missiles"),
        ("roughly 1 200 missiles", 1200, 1200, "missiles"),
        ("dozens of rifles", 12, None, "rifles"),
        ("scores of rifles", 20, None, "rifles"),
        ("hundreds of rifles", 100, None, "rifles"),
        ("several hundred rifles", 100, None, "rifles"),
        ("thousands of rockets", 1000, None, "rockets"),
        ("thousands and thousands of rockets", 1000, None, "rockets"),
        ("tens of thousands of rockets", 10_000, None, "rockets"),
        ("hundreds of thousands of rockets", 100_000, None, "rockets"),
        ("millions of cartridges", 1_000_000, None, "cartridges"),
        ("a million cartridges", 1_000_000, 1_000_000, "cartridges"),
        ("half a million cartridges", 500_000, 500_000, "cartridges"),
        ("two and a half million cartridges", 2_500_000, 2_500_000, "cartridges"),
        ("1.5 million rounds", 1_500_000, 1_500_000, "rounds"),
        ("nine million mortar shells", 9_000_000, 9_000_000, "shells"),
        ("50.000 mines", 50_000, 50_000, "mines"),
        ("20-thousand mines", 20_000, 20_000, "mines"),
        ("two-hundred guns", 200, 200, "guns"),
        ("two hundred and fifty guns", 250, 250, "guns"),
        ("a pair of frigates", 2, 2, "frigates"),
        ("half a dozen frigates", 6, 6, "frigates"),
        ("between 100 and 200 tanks", 100, 200, "tanks"),
        ("100 to 200 tanks", 100, 200, "tanks"),
        ("100-200 tanks", 100, 200, "tanks"),
        ("200 or 300 tanks", 200, 300, "tanks"),
        ("two to three million shells", 2_000_000, 3_000_000, "shells"),
        ("100-plus tanks", 100, None, "tanks"),
        ("100+ tanks", 100, None, "tanks"),
        ("40 or more tanks", 40, None, "tanks"),
        ("38 Abrams tanks", 38, 38, "tanks"),
        ("300 155mm artillery shells", 300, 300, "shells"),
        ("50 surface-to-air missiles", 50, 50, "missiles"),
        ("three arms shipments", 3, 3, "shipments"),
        ("500 artillery and mortar shells", 500, 500, "shells"),
        ("over 1500 AK-47 rifles", 1500, None, "rifles"),
        ("2000 rifles", 2000, 2000, "rifles"),
        ("several radars", None, None, "radars"),
        ("a significant number of shells", None, None, "shells"),
        ("a large quantity of weapons", None, None, "weapons"),
        ("$2.9 billion", 2_900_000_000, 2_900_000_000, "USD"),
        ("US$ 35m", 35_000_000, 35_000_000, "USD"),
        ("more than €500 million", 500_000_000, None, "EUR"),
        ("2.7 billion euros", 2_700_000_000, 2_700_000_000, "EUR"),
        ("£40m", 40_000_000, 40_000_000, "GBP"),
        ("$2-3 billion", 2_000_000_000, 3_000_000_000, "USD"),
        ("USD 4,500,000", 4_500_000, 4_500_000, "USD"),
        ("millions of dollars", 1_000_000, None, "USD"),
        ("a couple of dozen rifles", 24, 24, "rifles"),
        ("many thousands of rifles", 1000, None, "rifles"),
        ("thousand of rifles", 1000, None, "rifles"),
        ("some 40-odd tanks", 40, 40, "tanks"),
        ("no more than 12 tanks", None, 12, "tanks"),
        ("two batches of 12 drones", 24, 24, "drones"),
        ("three shipments of up to 100 rifles", None, 300, "rifles"),
        ("28 million rounds of small-arms ammunition", 28_000_000, 28_000_000, "rounds"),
        ("64 tonnes of gunpowder", 64, 64, "tonnes"),
        ("50 units of drones", 50, 50, "units"),
        ("a battery of howitzers", 1, 1, "battery"),
        ("a battalion's worth of tanks", 1, 1, "battalion"),
        ("at least one combat vehicle and jamming devices", 1, None, "vehicle"),
        ("a 200-million-euro contract", 200_000_000, 200_000_000, "EUR"),
        ("a contract worth $1.3 billion", 1_300_000_000, 1_300_000_000, "USD"),
        ("artillery shells by the million", 1_000_000, None, "shells"),
    ],
)
def test_bounds_follow_the_words(
    parse_text: ParseText, words: str, least: int | None, most: int | None, unit: str
) -> None:
    assert found(parse_text, f"The navy of Ghana received {words} from Peru.") == [(least, most, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "Peru makes 152mm shells and S-400 systems.",
        "Under Resolution 2231 and Article 51 it is banned.",
        "In 2019 it flew 300 km in three days at 10:30.",
        "The 18-year-old got 45 percent.",
        "On Nov. 2 the T-72s left; on 3 May 2021 they came back.",
        "The council voted 13-0.",
        "It carries a 40 kg warhead over 186 and 435 miles.",
        "12\n345",
        "1. Overview of the deal",
        "No one said so.",
        "A few weeks later the 106th brigade left.",
        "The Group of 7 met on F-16 jets in Unit 29155.",
        "It has a range of 70 km, is 12 years old and fires 7.62x39 rounds.",
    ],
)
def test_other_numbers_are_no_amounts(parse_text: ParseText, text: str) -> None:
    assert found(parse_text, text) == []


def test_head_and_words(parse_text: ParseText) -> None:
    text = "Fiji shipped more than 70 containers of ammunition."
    (one,) = amounts(parse_text(text))
    assert one.head is not None
    assert text[slice(*one.head)] == "containers"
    assert one.quantity.text == text[slice(*one.span)] == "more than 70"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It sent T-72 tanks (31) and guns.", [(31, 31, "tanks")]),
        ("It sent drones, 40 of them, by sea.", [(40, 40, "drones")]),
        ("Howitzers: 18\nMortars - 20\nof the army", [(18, 18, "Howitzers"), (20, 20, "Mortars")]),
        ("Fiji handed over 14 tanks.", [(14, 14, "tanks")]),
        ("It sent a further 70 rifles to Mali, for a total of 100.", [(100, 100, "rifles")]),
        (
            "It got 12 howitzers, 5,000 shells and radars.",
            [(12, 12, "howitzers"), (5000, 5000, "shells")],
        ),
    ],
)
def test_number_belongs_to_its_goods(
    parse_text: ParseText, text: str, expected: list[tuple[int | None, int | None, str | None]]
) -> None:
    assert found(parse_text, text) == expected


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("Peru sold $825 million in weapons.", "weapons"),
        ("Peru sold 2 billion euros worth of missiles.", "missiles"),
        ("Peru sold three million rounds of rifle ammunition.", "ammunition"),
        ("Peru sold rockets and mortar shells to Fiji by the million.", "shells"),
        ("Peru sold T-72 tanks (31).", "tanks"),
    ],
)
def test_amount_points_at_its_goods(parse_text: ParseText, text: str, goods: str) -> None:
    (one,) = amounts(parse_text(text))
    assert one.head is not None
    assert text[slice(*one.head)] == goods


def test_one_is_a_number_only_with_a_noun(parse_text: ParseText) -> None:
    assert found(parse_text, "One corvette sank.") == [(1, 1, "corvette")]


DIRTY = (
    "more than 1,000 two hundred and $ 3 billion - half a dozen of 50.000 €5m nearly thousands "
    "tanks 1.2.3 between 100 and 200 several 999999999999999999 0 1/2 ½ ² ٣ by the million . \n"
)
PARTS = st.sampled_from(DIRTY.split(" "))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PARTS | st.text(max_size=6), max_size=25).map(" ".join))
def test_spans_hold_exact_words_on_any_text(parse_text: ParseText, text: str) -> None:
    assert_spans(text, amounts(parse_text(text)))


def assert_spans(text: str, mentions: tuple[QuantityMention, ...]) -> None:
    last = 0
    for one in mentions:
        assert last <= one.span.start < one.span.end <= len(text)
        assert one.quantity.text == text[one.span.start : one.span.end]
        if one.head is not None:
            assert 0 <= one.head.start < one.head.end <= len(text)
        if one.quantity.min is not None and one.quantity.max is not None:
            assert one.quantity.min <= one.quantity.max
        last = one.span.end
