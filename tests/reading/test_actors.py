"""Who is named in a report: invented sentences, one trait of the task each."""

from __future__ import annotations

import csv
from pathlib import Path

import pycountry
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter import knowledge
from tidewaiter.model import ActorForm, ActorKind
from tidewaiter.reading.who.actors import find_actors

DIRT = [
    *("U.S.", "US-", "-made ", "Peru’s ", "the North", "’s", "\n", "\n\n", "< /p>", "“", "”", " said ", ", "),
    *(" of ", " the ", "Foreign Minister ", "spokesman ", "Rosa Quispe", "officials", " it ", " its ", "— "),
    *("(AP)", "LIMA", "\u00a0", "\ufffd", "🙂", ".", "Al-", " and ", "Hezbollah", "security council", "\t"),
]


with (Path(__file__).parent / "data" / "states.csv").open(encoding="utf-8") as table:
    STATES = list(csv.DictReader(table))
"""Members and observers of the United Nations, Taiwan and Kosovo: how reports name them."""

NO_NAMES_IN_SMALL_LETTERS = frozenset(
    {"us", "the states", "rok", "rsa", "png", "fyrom", "emirates"}  # words, or abbreviations of other things
    | {"polish", "central african"}
    | {"lima", "wellington", "manila", "bern", "muscat", "praia", "dili", "apia", "suva"}
)


def test_the_list_holds_every_state_of_the_tables():
    named = {row["code"] for row in STATES}
    assert len(named) == len(STATES)
    states = {row["code"] for row in knowledge.load().table("actors_states")}
    assert states - named == {"HKG", "ESH"}  # no states, but found as parties
    assert {code for code in named if pycountry.countries.get(alpha_3=code) is None} == {"XKX"}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state["code"])
def test_every_state_by_each_of_its_names(parse_text, state):
    other = "Benin" if state["code"] == "PER" else "Peru"
    lines: list[tuple[str, str]] = []
    for name in state["names"].split("|"):
        lines.append((f"{other} sold rifles to {name}, a source said.", name))
        lines.append((f"{name[0].upper()}{name[1:]} said that it had bought rifles.", name))
    lines += [(f"The {one} army bought rifles.", one) for one in state["demonyms"].split("|") if one]
    lines += [(f"{one} denied the sale of rifles.", one) for one in state["capitals"].split("|") if one]
    small = [("they say that " + text.lower(), name.lower()) for text, name in lines]
    lines += [(text, name) for text, name in small if name not in NO_NAMES_IN_SMALL_LETTERS]
    parsed = parse_text("\n\n".join(text for text, _ in lines))
    found, at, missed = find_actors(parsed), 0, []
    for text, name in lines:
        at = parsed.text.index(text, at)
        start = at + text.lower().index(name.lower())
        inside = [one for one in found if one.span.start < start + len(name) and one.span.end > start]
        if not any(one.code == state["code"] for one in inside):
            missed.append(text)
    assert missed == []


@pytest.mark.parametrize(
    ("text", "words", "code", "form"),
    [
        ("Algeria ordered frigates.", "Algeria", "DZA", ActorForm.NAME),
        ("The Peruvian frigates sailed.", "Peruvian", "PER", ActorForm.DEMONYM),
        ("Ankara sold patrol boats to Manila.", "Manila", "PHL", ActorForm.CAPITAL),
        ("The UAE paid for the jets.", "UAE", "ARE", ActorForm.ABBREVIATION),
        ("They say america sends rifles.", "america", "USA", ActorForm.NAME),
        ("The u.s. sends rifles.", "u.s.", "USA", ActorForm.ABBREVIATION),
        ("Downing Street confirmed the sale.", "Downing Street", "GBR", ActorForm.SEAT),
        ("Cote d’Ivoire bought trucks.", "Cote d’Ivoire", "CIV", ActorForm.NAME),
        ("Guinea-Bissau bought trucks.", "Guinea-Bissau", "GNB", ActorForm.NAME),
        ("Equatorial Guinea bought trucks.", "Equatorial Guinea", "GNQ", ActorForm.NAME),
        ("Papua New Guinea bought trucks.", "Papua New Guinea", "PNG", ActorForm.NAME),
        ("Niger bought trucks from Nigeria.", "Niger", "NER", ActorForm.NAME),
        ("Brazilian-made jets arrived.", "Brazilian", "BRA", ActorForm.DEMONYM),
        ("A Panama-flagged ship docked.", "Panama", "PAN", ActorForm.NAME),
        ("A U.S.-led force stopped the dhow.", "U.S.", "USA", ActorForm.ABBREVIATION),
        ("Kosovo asked Taiwan for radios.", "Kosovo", "XKX", ActorForm.NAME),
    ],
)
def test_states(actors, text, words, code, form):
    found = actors(text)
    assert words in found, sorted(found)
    assert (found[words].code, found[words].form) == (code, form)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Korean Air flew the crew home.", "Korean"),
        ("The Lima-based firm denied it.", "Lima"),
        ("The pro-Serbian party won.", "Serbian"),
        ("He answered in Russian.", "Russian"),
        ("Atlanta, Georgia, hosts the plant.", "Georgia"),
        ("The plant in Savannah and the base at Fort Stewart are in Georgia.", "Georgia"),
        ("Chad Brown of the union spoke.", "Chad"),
        ("Michael Jordan was there.", "Jordan"),
        ("They roast a turkey.", "turkey"),
        ("LAGOS (Reuters) — Nigeria ordered jets.", "LAGOS"),
        ("HANOI\n\nVietnam ordered jets.", "HANOI"),
    ],
)
def test_what_is_no_actor(actors, text, absent):
    assert absent not in actors(text)


def test_georgia_is_the_country_where_its_capital_is_named(actors):
    assert actors("Georgia ordered radars, Tbilisi said.")["Georgia"].code == "GEO"


def test_the_congo_that_is_meant(actors):
    assert actors("Congo sent troops, Kinshasa said.")["Congo"].code == "COD"
    assert actors("Congo sent troops, an aide said in Brazzaville.")["Congo"].code == "COG"


def test_the_north_is_that_of_the_document(actors):
    assert actors("North Korea fired a rocket. The North denied it.")["The North"].code == "PRK"
    assert (
        actors("South Sudan split off. Officials in the capital said the South paid.")["the South"].code
        == "SSD"
    )
    assert "the South" not in actors("Rebels hold the South of Yemen.")


def test_regions_are_never_parties(actors):
    found = actors("It sailed through the Gulf of Oman and the South China Sea to the Middle East.")
    names = {
        "Gulf of Oman": "gulf of oman",
        "South China Sea": "south china sea",
        "Middle East": "middle east",
    }
    for words, name in names.items():
        assert (found[words].kind, found[words].code, found[words].name) == (ActorKind.REGION, None, name)


def test_a_capital_where_something_happens_is_a_place(actors):
    assert actors("A fair was held in Lisbon.")["Lisbon"].kind is ActorKind.REGION
    assert actors("Lisbon paid for the ships.")["Lisbon"].kind is ActorKind.STATE


@pytest.mark.parametrize(
    ("text", "words", "kind", "code"),
    [
        ("Chile's defence ministry confirmed it.", "Chile's defence ministry", ActorKind.OFFICE, "CHL"),
        ("The Kenyan army received guns.", "Kenyan army", ActorKind.OFFICE, "KEN"),
        ("Two senior Greek officials denied it.", "Two senior Greek officials", ActorKind.PEOPLE, "GRC"),
        ("A security source confirmed it.", "security source", ActorKind.PEOPLE, None),
        ("Western officials confirmed it.", "Western officials", ActorKind.PEOPLE, None),
        ("The Czech arms maker Zeman sold it.", "Czech arms maker Zeman", ActorKind.FIRM, "CZE"),
        ("Rheinmetall sold it.", "Rheinmetall", ActorKind.FIRM, "DEU"),
        ("Ansar Allah fired it.", "Ansar Allah", ActorKind.GROUP, "Houthis"),
        ("The Security Council met.", "Security Council", ActorKind.ORGANISATION, "UN"),
        ("India's security council met.", "India's security council", ActorKind.OFFICE, "IND"),
        ("The Washington Post reported it.", "The Washington Post", ActorKind.MEDIA, None),
        ("Xinhua reported it.", "Xinhua", ActorKind.MEDIA, "CHN"),
    ],
)
def test_bodies(actors, text, words, kind, code):
    found = actors(text)
    assert words in found, sorted(found)
    assert (found[words].kind, found[words].code) == (kind, code)


@pytest.mark.parametrize(
    ("text", "name", "code", "role"),
    [
        ("Peruvian Defence Minister Rosa Quispe denied it.", "Rosa Quispe", "PER", "Defence Minister"),
        ("Ghana's President Kofi Addo denied it.", "Kofi Addo", "GHA", "President"),
        ("President Ana Lopes of Portugal denied it.", "Ana Lopes", "PRT", "President"),
        (
            "Jan Novak, spokesman for the Czech army, denied it.",
            "Jan Novak",
            "CZE",
            "spokesman for the Czech army",
        ),
    ],
)
def test_persons_speak_for_the_state_of_their_office(actors, text, name, code, role):
    person = next(one for one in actors(text).values() if one.form is ActorForm.NAME and one.name == name)
    assert (person.kind, person.code, person.role) == (ActorKind.PERSON, code, role)


def test_a_last_name_later_on_carries_the_full_name(actors):
    found = actors(
        "Peruvian Defence Minister Rosa Quispe denied it on Monday. Later Quispe told reporters more."
    )
    assert (found["Quispe"].name, found["Quispe"].code) == ("Rosa Quispe", "PER")


def test_ministers_named_after_their_president_share_the_state(actors):
    found = actors("President Ana Lopes of Portugal and Foreign Minister Rui Costa denied the sale.")
    assert found["Foreign Minister Rui Costa"].code == "PRT"


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Chile says it sold no rifles.", "it", "CHL"),
        ("Chile sent rifles to Bolivia for its army.", "its army", "BOL"),
        ("Chile sent rifles to Bolivia for its dogs.", "its", "BOL"),
        ("Chile and its neighbours met.", "its", "CHL"),
        ("The Kenyan army bought guns. The army denied it.", "The army", "KEN"),
        ("Rosa Quispe, the Peruvian envoy, spoke. She denied the sale.", "She", "PER"),
        ("Norway bought guns from Oman. Reports say the sultanate denied it.", "the sultanate", "OMN"),
    ],
)
def test_references(actors, text, words, code):
    found = actors(text)
    assert words in found, sorted(found)
    assert (found[words].form, found[words].code) == (ActorForm.REFERENCE, code)
    assert found[words].head is not None


def test_an_uncertain_reference_is_left_out(actors):
    assert "it" not in actors("Chile met Peru and Bolivia about the ship. The crew said it sank.")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(DIRT), max_size=25))
def test_dirty_text_gives_ordered_mentions_inside_the_text(parse_text, pieces):
    parsed = parse_text("".join(pieces))
    found = find_actors(parsed)
    assert found == find_actors(parsed)
    ends = [0, *(one.span.end for one in found)]
    for one, before in zip(found, ends, strict=False):
        assert before <= one.span.start < one.span.end <= len(parsed.text)
        assert parsed.text[one.span.start : one.span.end].strip()


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("SEOUL (AP) — The army bought rifles.", "SEOUL"),
        ("The state of Georgia will build the plant, a Savannah paper wrote.", "Georgia"),
        ("Jim Jordan asked for papers.", "Jordan"),
        ("Chad Wolf asked for papers.", "Chad"),
        ("The USS George Washington sailed.", "Washington"),
        ("Boeing makes them in Washington state.", "Washington"),
        ("The Washington Times wrote of rifles.", "Washington"),
        ("He wore a Panama hat.", "Panama"),
        ("She flew with Turkish Airlines.", "Turkish"),
        ("Swiss Re insured the cargo.", "Swiss"),
        ("Paris Hilton was there.", "Paris"),
        ("It cost ten Israeli shekels.", "Israeli"),
        ("It cost 40 million Swedish kronor.", "Swedish"),
        ("He was a bull in a china shop.", "china"),
        ("They ate cold turkey.", "turkey"),
        ("It crossed the Indian Ocean.", "Indian"),
        ("It crossed the Gulf of Oman.", "Oman"),
        ("It crossed the South China Sea.", "China"),
        ("The New Mexico range was shut.", "Mexico"),
        ("Pro-Russian fighters held the town.", "Russian"),
        ("The pro-Peruvian groups wrote of rifles.", "Peruvian groups"),
        ("The US armed rebels in Laos.", "US armed rebels"),
        ("The states concerned met.", "The states"),
        ("The MIT lab built a sensor.", "MIT"),
        ("An AA battery ran out.", "AA"),
        ("The IRA fund paid for his pension.", "IRA"),
    ],
)
def test_what_holds_a_name_and_is_something_else(actors, text, absent):
    assert absent not in actors(text)


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("A Turkey-based firm sold it.", "Turkey", None),
        ("They say turkey sold it to chad and to china.", "turkey", "TUR"),
        ("They say turkey sold it to chad and to china.", "chad", "TCD"),
        ("They say turkey sold it to chad and to china.", "china", "CHN"),
        ("Seoul denied the sale.", "Seoul", "KOR"),
        ("Georgia bought radars, Tbilisi said.", "Georgia", "GEO"),
        ("Guinea bought trucks.", "Guinea", "GIN"),
        ("Dominica bought trucks.", "Dominica", "DMA"),
        ("The Dominican Republic bought trucks.", "Dominican Republic", "DOM"),
        ("Northern Ireland bought trucks.", "Northern Ireland", "GBR"),
        ("Ireland bought trucks.", "Ireland", "IRL"),
        ("Macedonia bought trucks.", "Macedonia", "MKD"),
        ("The Omani army bought trucks.", "Omani army", "OMN"),
        ("Nigerian troops and Nigerien troops met.", "Nigerien troops", "NER"),
        ("North Korea fired it. The U.S. said the North lied.", "the North", "PRK"),
        ("Washington paid, but the States got nothing.", "the States", "USA"),
        ("K.S.A. bought trucks from the d.r.c. again.", "K.S.A.", "SAU"),
        ("K.S.A. bought trucks from the d.r.c. again.", "d.r.c.", "COD"),
        ("The North-Korean army bought trucks.", "North-Korean army", "PRK"),
        ("N. Korea sold shells.", "N. Korea", "PRK"),
        ("Arabia Saudi bought trucks.", "Arabia Saudi", "SAU"),
        ("The Emirate forces bought trucks.", "Emirate forces", "ARE"),
    ],
)
def test_names_that_could_be_taken_for_others(actors, text, words, code):
    found = actors(text).get(words)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Zhongnanhai was calm.", "Zhongnanhai", "CHN"),
        ("Rawalpindi was calm.", "Rawalpindi", "PAK"),
        ("The Elysee was calm.", "Elysee", "FRA"),
        ("Foggy Bottom was calm.", "Foggy Bottom", "USA"),
        ("The Blue House was calm.", "Blue House", "KOR"),
        ("Akorda was calm.", "Akorda", "KAZ"),
        ("Aso Villa was calm.", "Aso Villa", "NGA"),
        ("Villa Somalia was calm.", "Villa Somalia", "SOM"),
        ("The French presidency was calm.", "French presidency", "FRA"),
        ("The Pentagon's press secretary was calm.", "Pentagon's press secretary", "USA"),
        ("An Emirati official was calm.", "Emirati official", "ARE"),
        ("Togo's ministry of the armed forces was calm.", "Togo's ministry of the armed forces", "TGO"),
        ("Peru's joint command was calm.", "Peru's joint command", "PER"),
        ("Iran's Tasnim news agency wrote of rifles.", "Tasnim news agency", "IRN"),
        ("RIA Novosti wrote of rifles.", "RIA Novosti", "RUS"),
        ("Russia paid, RIA wrote.", "RIA", "RUS"),
        ("The Emirates News Agency wrote of rifles.", "Emirates News Agency", "ARE"),
        ("The MSMT, a sanctions team, wrote of rifles.", "MSMT", "MSMT"),
        ("The panel of UN experts wrote of rifles.", "panel of UN experts", "UN"),
        ("ISWAP had rifles.", "ISWAP", "ISWAP"),
        ("The Arakan Army had rifles.", "Arakan Army", "Arakan Army"),
        ("Myanmar lost the town to the KIA.", "KIA", "Kachin Independence Army"),
        ("Myanmar lost Rakhine to the AA.", "AA", "Arakan Army"),
        ("Uganda fought the ADF.", "ADF", "Allied Democratic Forces"),
        ("Australia praised the ADF.", "ADF", "AUS"),
        ("Fano militia in Ethiopia had rifles.", "Fano militia", "Fano"),
        ("Colombia fought the National Liberation Army.", "National Liberation Army", "ELN"),
        ("Ankara's SADAT denied it.", "SADAT", "TUR"),
        ("Bulgaria's Arsenal sold it.", "Arsenal", "BGR"),
        ("Pakistan's POF sold it.", "POF", "PAK"),
    ],
)  # fmt: skip
def test_seats_bodies_groups_and_makers(actors, text, words, code):
    found = actors(text)
    assert words in found, sorted(found)
    assert found[words].code == code
