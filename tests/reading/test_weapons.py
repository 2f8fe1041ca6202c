"""Military goods by table: category, span and head; and the words that only look like goods."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter import knowledge
from tidewaiter.errors import KnowledgeError
from tidewaiter.knowledge import Knowledge
from tidewaiter.model import Category, WeaponMention
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.what.weapons import find_weapons

ParseText = Callable[..., Parsed]


def found(parse_text: ParseText, text: str) -> list[tuple[str, str]]:
    return [(one.item, one.category.value) for one in find_weapons(parse_text(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru sent 152mm artillery shells north.", [("152mm artillery shells", "ammunition")]),
        ("Peru sent 155 mm shells north.", [("155 mm shells", "ammunition")]),
        ("Ghana stores 122-mm Grad rockets.", [("122-mm Grad rockets", "ammunition")]),
        ("Ghana stores cluster munitions.", [("cluster munitions", "ammunition")]),
        ("The militia got 500-pound bombs.", [("500-pound bombs", "ammunition")]),
        ("Togo bought towed howitzers.", [("towed howitzers", "artillery")]),
        ("Togo bought HIMARS launchers.", [("HIMARS launchers", "artillery")]),
        ("Togo bought multi-barrel rocket launchers.", [("multi-barrel rocket launchers", "artillery")]),
        ("Laos tested Kh-101 cruise missiles.", [("Kh-101 cruise missiles", "missiles")]),
        ("Javelin anti-tank missiles came by air.", [("Javelin anti-tank missiles", "missiles")]),
        ("Chad wants S 300 systems.", [("S 300 systems", "air_defence")]),
        ("Chad wants Stinger missiles.", [("Stinger missiles", "air_defence")]),
        (
            "Chad wants man-portable air defence systems.",
            [("man-portable air defence systems", "air_defence")],
        ),
        ("A crate of .50-caliber rifles was found.", [(".50-caliber rifles", "small_arms")]),
        ("A crate of RPGs was found.", [("RPGs", "small_arms")]),
        ("It flew Shahed 136 drones.", [("Shahed 136 drones", "uav")]),
        ("It flew Shahed-136s at night.", [("Shahed-136s", "uav")]),
        ("It bought loitering munitions.", [("loitering munitions", "uav")]),
        ("It bought F-16C/D jets.", [("F-16C/D jets", "aircraft")]),
        ("It bought Su-35s.", [("Su-35s", "aircraft")]),
        ("It bought T-72B3 tanks.", [("T-72B3 tanks", "armoured_vehicles")]),
        ("It bought armored personnel carriers.", [("armored personnel carriers", "armoured_vehicles")]),
        ("It bought Kilo-class submarines.", [("Kilo-class submarines", "ships")]),
        ("It bought surveillance radars.", [("surveillance radars", "sensors")]),
        ("It asked for missile technology.", [("missile technology", "technology")]),
        ("The army asked for spare parts.", [("spare parts", "components")]),
        ("It asked for parts for helicopters.", [("parts", "components"), ("helicopters", "aircraft")]),
        ("It sold jamming devices.", [("jamming devices", "other")]),
        ("Fiji makes explosives and TNT.", [("explosives", "ammunition"), ("TNT", "ammunition")]),
        ("It bought air-defence radar systems.", [("air-defence radar systems", "sensors")]),
        ("It bought Bastion vehicles for the army.", [("Bastion vehicles", "armoured_vehicles")]),
        ("It bought Typhoon armoured vehicles.", [("Typhoon armoured vehicles", "armoured_vehicles")]),
        ("It bought weapon-locating radars.", [("weapon-locating radars", "sensors")]),
        ("It bought unmanned surface vehicles.", [("unmanned surface vehicles", "ships")]),
        ("Two heavyweight torpedoes were sold.", [("heavyweight torpedoes", "missiles")]),
        (
            "It got a licence for production rights and propellant powder.",
            [("propellant powder", "components")],
        ),
    ],
)
def test_goods_have_the_category_of_their_kind(
    parse_text: ParseText, text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(parse_text, text) == expected


@pytest.mark.parametrize(
    ("spellings", "designation"),
    [
        (("Shahed-136", "Shahed 136", "shahed 136", "shahed-136s", "SHAHED-136"), "Shahed-136"),
        (("TB2", "TB-2", "TB2s", "Bayraktar TB2"), "Bayraktar TB2"),
        (("Su-35", "Su35", "su-35", "SU-35S"), "Su-35"),
        (("S-300", "s-300", "S300", "S 300"), "S-300"),
        (("HIMARS", "himars", "Himars"), "HIMARS"),
        (("Javelins", "Javelin", "FGM-148"), "Javelin"),
        (("Challenger 2", "challenger 2"), "Challenger 2"),
    ],
)
def test_family_is_found_however_it_is_spelled(
    parse_text: ParseText, spellings: tuple[str, ...], designation: str
) -> None:
    for spelling in spellings:
        (one,) = [
            one
            for one in find_weapons(parse_text(f"The army of Togo bought {spelling} and howitzers."))
            if one.item == spelling
        ]
        assert one.designation == designation, spelling


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("unmanned aircrafts", "uav"),
        ("unmanned combat aircraft", "uav"),
        ("barraging ammunition", "uav"),
        ("rocket shells", "ammunition"),
        ("artillery ammunitions", "ammunition"),
        ("reactive projectiles", "ammunition"),
        ("armour vehicles", "armoured_vehicles"),
        ("armored personal carriers", "armoured_vehicles"),
        ("war planes", "aircraft"),
        ("fighters jets", "aircraft"),
        ("salvo fire systems", "artillery"),
        ("self-propelled artillery mounts", "artillery"),
        ("anti-aircraft missile complexes", "air_defence"),
        ("machines guns", "small_arms"),
        ("assault riffles", "small_arms"),
        ("radiolocation stations", "sensors"),
        ("military technique", "unspecified_arms"),
    ],
)
def test_words_of_translations_by_machine(parse_text: ParseText, words: str, category: str) -> None:
    assert found(parse_text, f"The army of Chad received {words} in May.") == [(words, category)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru sent 105mm and 155 mm artillery shells.", "105mm and 155 mm artillery shells"),
        ("Peru sent 60 mm, 81mm and 120mm mortar systems.", "60 mm, 81mm and 120mm mortar systems"),
        ("Peru sent 7.62x39 ammunition.", "7.62x39 ammunition"),
        ("Peru sent 7.62×39mm rifle ammunition.", "7.62×39mm rifle ammunition"),
        ("Peru sent 155mm/52 calibre howitzers.", "155mm/52 calibre howitzers"),
        ("Peru sent QX-77 reconnaissance drones.", "QX-77 reconnaissance drones"),
        ("Peru sent Rio Verde class frigates.", "Rio Verde class frigates"),
    ],
)
def test_what_stands_before_the_noun_belongs_to_it(parse_text: ParseText, text: str, expected: str) -> None:
    assert [item for item, _ in found(parse_text, text)] == [expected]


def test_name_that_no_table_holds_is_known_where_it_stands_alone_again(parse_text: ParseText) -> None:
    mentions = find_weapons(
        parse_text("Mali got QX-77 drones. Four QX-77s crashed; the 77th brigade did not.")
    )
    assert [(one.item, one.category, one.designation) for one in mentions] == [
        ("QX-77 drones", Category.UAV, "QX-77"),
        ("QX-77s", Category.UAV, "QX-77"),
    ]


def test_goods_in_two_sentences_or_lines_are_two(parse_text: ParseText) -> None:
    text = "It sold cluster munitions. Truck-mounted rocket launchers came.\n- artillery shells\n- Heavy guns"
    assert [item for item, _ in found(parse_text, text)] == [
        "cluster munitions",
        "Truck-mounted rocket launchers",
        "artillery shells",
        "Heavy guns",
    ]


def test_designation_and_noun_vouch_for_each_other(parse_text: ParseText) -> None:
    assert found(parse_text, "Hungary sold 58 T-72 tanks.") == [("T-72 tanks", "armoured_vehicles")]


def test_plain_nouns_are_nouns_whatever_the_parser_says(parse_text: ParseText) -> None:
    text = "Venezuela is in need of detection equipment, GPS scramblers and almost certainly drones."
    assert ("drones", "uav") in found(parse_text, text)


def test_head_noun_decides_over_what_stands_before_it(parse_text: ParseText) -> None:
    text = "They lost tank shells, F-16 parts, drone engines and HIMARS rockets."
    assert [category for _, category in found(parse_text, text)] == [
        "ammunition",
        "components",
        "components",
        "ammunition",
    ]


def test_head_is_the_last_noun(parse_text: ParseText) -> None:
    text = "Kenya got Iranian-made Mohajer-6 drones and old artillery pieces."
    parsed = parse_text(text)
    assert [text[slice(*one.head)] for one in find_weapons(parsed)] == ["drones", "pieces"]
    assert find_weapons(parsed)[0].designation == "Mohajer-6"


def test_demonym_stays_outside(parse_text: ParseText) -> None:
    text = "Mali flies Turkish-made drones and 152mm Bulgarian shells."
    assert [item for item, _ in found(parse_text, text)] == ["drones", "shells"]


def test_coordinated_goods_are_separate(parse_text: ParseText) -> None:
    text = "A ship with rockets and artillery shells, arms and ammunition docked."
    assert [item for item, _ in found(parse_text, text)] == [
        "rockets",
        "artillery shells",
        "arms",
        "ammunition",
    ]


def test_shared_head_counts_for_both(parse_text: ParseText) -> None:
    assert found(parse_text, "Nepal makes artillery and mortar shells.") == [
        ("artillery", "ammunition"),
        ("mortar shells", "ammunition"),
    ]


@pytest.mark.parametrize(
    "text",
    ["weapons", "military equipment", "military aid", "lethal aid", "military and economic aid", "weaponry"],
)
def test_generic_words_say_so(parse_text: ParseText, text: str) -> None:
    mentions = find_weapons(parse_text(f"The minister promised {text} last spring."))
    assert [(one.category, one.generic) for one in mentions] == [(Category.UNSPECIFIED_ARMS, True)]


@pytest.mark.parametrize(
    "text",
    [
        "The army kept a tank of fuel behind the barracks.",
        "Soldiers filled the water tanks and the fuel tanks.",
        "A think tank studied the war.",
        "The silo was a missile silo of the army.",
        "The army watched a drone light show.",
        "Arsenal beat Chelsea while troops marched.",
        "He took his daughter in his arms after the war.",
        "Arms control talks failed and the arms embargo stayed.",
        "A shell company paid the general; Shell plc did not.",
        "Gun violence fell, the army said.",
        "A magazine printed it with a battery advert.",
        "A new round of talks on the war began.",
        "Rebel fighters and Kurdish fighters fled the army.",
        "A bomb threat closed the ministry of defence.",
        "The weapons test and the missile test angered the navy.",
        "The nuclear weapons programme goes on.",
        "They came under mortar fire and tank fire.",
        "Add the rocket salad and serve.",
        "A rocket launch put a satellite into orbit.",
        "Graduate students applauded the patriot.",
        "Bradley Cooper praised the leopard and the caesar dressing.",
        "An 18-year-old soldier had a 50 percent chance.",
        "The rebels laid down their arms.",
        "Hungary arms the rebels in the north.",
        "The army had a shotgun wedding with the party.",
        "Farmers bought agricultural drones, the army a toy drone.",
        "Blue chip firms were a bargaining chip in the war.",
        "The Hawks beat the Raptors and the Predators, soldiers said.",
        "Patriots fans and the Viper team met at the army museum.",
        "A leopard, a tiger and a golden eagle live near the army camp.",
        "The javelin was won by a soldier of the army.",
        "The A-4 and the M1 were closed by the army; he had a B-1 visa.",
        "The soldiers aim 9 percent higher and leave in 72 hours.",
        "Bullet points in the magazine were about the war.",
        "The prime minister is the long arm of the army.",
        "A cruise ship and a police cruiser waited for the navy.",
        "Typhoon Ada and Hurricane Bob hit the naval base.",
    ],
)
def test_homonyms_are_no_goods(parse_text: ParseText, text: str) -> None:
    assert found(parse_text, text) == []


def test_ambiguous_nouns_need_a_military_document(parse_text: ParseText) -> None:
    assert found(parse_text, "The aquarium keeps sharks in a big tank.") == []
    assert found(parse_text, "The army parked a tank.") == [("tank", "armoured_vehicles")]


def test_guns_among_pistols_are_small_arms(parse_text: ParseText) -> None:
    assert ("guns", "small_arms") in found(parse_text, "Smugglers moved guns and pistols.")
    assert ("guns", "artillery") in found(parse_text, "The brigade lost guns and howitzers.")


def test_every_category_is_mapped_or_says_why_not() -> None:
    tables = knowledge.load()
    assert {row["category"] for row in tables.table("categories")} == {one.value for one in Category}
    for row in tables.table("categories"):
        assert row["sipri"] or row["sipri_note"], row
        assert row["unroca"] or row["unroca_note"], row


def test_row_with_an_unknown_category_is_refused(parse_text: ParseText) -> None:
    row = {"term": "trebuchet", "kind": "noun", "category": "siege", "designation": "", "generic": ""}
    broken = Knowledge({"weapons": ({**row, "guard": "", "source": "unverified"},), "weapon_words": ()})
    with pytest.raises(KnowledgeError, match="siege"):
        find_weapons(replace(parse_text("A trebuchet."), knowledge=broken))


DIRTY = (
    "Su-35s T-72 152mm artillery shells and rockets, (HIMARS) “drones” arms parts for missile "
    "test . \n & < /p> S-300PMU-2 anti- tank -tank weapons' munitions; .50 caliber Type 99 K9 "
    "water tanks F-16C/D"
)
WORDS = st.sampled_from(DIRTY.split(" "))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS | st.text(max_size=6), max_size=25).map(" ".join))
def test_spans_hold_exact_words_on_any_text(parse_text: ParseText, text: str) -> None:
    mentions = find_weapons(parse_text(text))
    assert_spans(text, mentions)


def assert_spans(text: str, mentions: tuple[WeaponMention, ...]) -> None:
    last = 0
    for one in mentions:
        assert last <= one.span.start < one.span.end <= len(text)
        assert one.item == text[one.span.start : one.span.end]
        assert one.span.start <= one.head.start < one.head.end <= one.span.end
        last = one.span.end
