"""Whom a source means: names, papers, pronouns, descriptions, crowds, relays; invented sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.model import Source, SourceKind, Statement
from tidewaiter.reading.entities import Entities
from tidewaiter.reading.said.statements import find_statements
from tidewaiter.reading.when.times import find_times
from tidewaiter.reading.who.actors import find_actors

Sources = Callable[[str], dict[str, Source]]


@pytest.fixture(scope="session")
def statements_of(parse_text) -> Callable[[str], tuple[Statement, ...]]:
    def found(text: str) -> tuple[Statement, ...]:
        parsed = parse_text(text)
        return find_statements(parsed, Entities(actors=find_actors(parsed), times=find_times(parsed)))

    return found


@pytest.fixture(scope="session")
def sources(statements_of) -> Sources:
    """``sources(text) -> {words of the source: source}``; the last source of each wording."""

    def found(text: str) -> dict[str, Source]:
        return {one.source.text: one.source for one in statements_of(text) if one.source is not None}

    return found


@pytest.mark.parametrize(
    ("text", "words", "name", "actor"),
    [
        # by a clause, by the words, by who was told of before
        (
            "Anna Lund, who heads the Swedish agency for exports, said it was false.",
            "Anna Lund, who heads the Swedish agency for exports",
            "Anna Lund",
            "SWE",
        ),
        (
            "Omar Bah, who leads Gambia's main opposition party, said it was false.",
            "Omar Bah, who leads Gambia's main opposition party",
            "Omar Bah",
            None,
        ),
        (
            "Peru has bought jets from Denmark, the country's president said.",
            "the country's president",
            "country's president",
            "PER",
        ),
        (
            "Peru's envoy to Laos said that rifles came. Robert Miller said they were old.",
            "Robert Miller",
            "Robert Miller",
            "PER",
        ),
        ("Peru blamed Oman's government, which said it was false.", "which", "Oman's government", "OMN"),
        # pronouns
        (
            "Peruvian Defence Minister Luz Prado met reporters. She said the tanks had been paid for.",
            "She",
            "Luz Prado",
            "PER",
        ),
        (
            "A representative of the air show said no jets were sold. She said she knew of no offer.",
            "She",
            "representative of the air show",
            None,
        ),
        (
            "Zambia’s foreign minister, Moses Banda, denied the sale. These words follow those of Zambia’s "
            "envoy to Lima, Ruth Tembo. She argued that the rifles were toys.",
            "She",
            "Ruth Tembo",
            "ZMB",
        ),
        (
            "Oman’s defence ministry said in a statement that it bought radars. It added that they were old.",
            "It",
            "Oman’s defence ministry",
            "OMN",
        ),
        (
            "The Andes Herald newspaper reported a sale of jets to Benin. It said the price was low.",
            "It",
            "Andes Herald",
            None,
        ),
        (
            "Two Danish officials said the shells were old. They said nobody wanted them.",
            "They",
            "Two Danish officials",
            "DNK",
        ),
        # papers
        (
            "Laos bought mines, Norway’s foreign ministry said in a statement. The statement said more "
            "would come.",
            "The statement",
            "Norway’s foreign ministry",
            "NOR",
        ),
        (
            "UN experts published a report on Mali. The report said rifles came by road.",
            "The report",
            "UN experts",
            "UN",
        ),
        ("Thai media reports said that rifles were sold.", "Thai media reports", "Thai media reports", None),
        ("A report said that rifles were sold.", "A report", "report", None),
        (
            "A statement by the Kenyan navy said the ship was empty.",
            "A statement by the Kenyan navy",
            "Kenyan navy",
            "KEN",
        ),
        # descriptions
        (
            "Ivan Petrov, Bulgaria’s trade minister, said the shells were sold. The minister said they were "
            "old.",
            "The minister",
            "Ivan Petrov",
            "BGR",
        ),
        (
            "Chilean army chief Gen. Ana Soto said the rifles were lost. Peru's police chief Raul Diaz said "
            "they were found. The police chief said they were old.",
            "The police chief",
            "Raul Diaz",
            "PER",
        ),
        (
            "A diplomat said that Kenya had paid. Nobody answered, the envoy said.",
            "the envoy",
            "diplomat",
            None,
        ),
        (
            "Independent UN experts said the mines were new. The experts said they came by sea.",
            "The experts",
            "Independent UN experts",
            "UN",
        ),
        (
            "Bosnian officials said the shells were sold. One of the officials said they were old.",
            "One of the officials",
            "One of the officials",
            "BIH",
        ),
        (
            "Western officials said the barges carried rockets. One of them said it was a bet.",
            "One of them",
            "One of them",
            None,
        ),
        (
            "Saudi Arabia said it shot down a rocket. The kingdom accuses Iran of sending it.",
            "The kingdom",
            "Saudi Arabia",
            "SAU",
        ),
        ("Peru and Bolivia share a lake. The latter says it is empty.", "The latter", "Bolivia", "BOL"),
        (
            "Reuters reported that Togo bought jets. The price was low, the agency said.",
            "the agency",
            "Reuters",
            None,
        ),
        # offices of somebody told before
        (
            "The Iraqi cabinet met on Sunday. Its spokesman said that missiles had been paid for.",
            "Its spokesman",
            "Iraqi cabinet’s spokesman",
            "IRQ",
        ),
        (
            "The Kenyan navy searched a ship. A spokesman said it was empty.",
            "A spokesman",
            "spokesman",
            "KEN",
        ),
        (
            "Samuel Kiplagat, the Ugandan army's spokesman, denied the sale.",
            "Samuel Kiplagat, the Ugandan army's spokesman",
            "Samuel Kiplagat",
            "UGA",
        ),
        # the government of the state that its words tell of
        (
            "Finland has again refused an appeal from Chile about shells for Peru, the government said. "
            "“It is not possible,” the government said.",
            "the government",
            "government",
            "FIN",
        ),
        (
            "Benin has refused a ship with rifles for Togo, its foreign minister, Kofi Mensah, said. "
            "“It is the first one,” Mensah told reporters.",
            "Mensah",
            "Kofi Mensah",
            "BEN",
        ),
        (
            "Uganda denied that it sells rifles. Uganda’s neighbours doubt it. “It is false,” said foreign "
            "minister and government spokesman Paul Okello.",
            "foreign minister and government spokesman Paul Okello",
            "Paul Okello",
            "UGA",
        ),
        (
            "The Norwegian State Office for Sea Rescue (SOSR) knew of no ship. No rifles were found, "
            "SOSR said.",
            "SOSR",
            "Norwegian State Office for Sea Rescue",
            "NOR",
        ),
        (
            "Chile’s UN ambassador Ana Soto said it was false.",
            "Chile’s UN ambassador Ana Soto",
            "Ana Soto",
            "CHL",
        ),
        (
            "Three people familiar with a probe by Ghana’s government said the rifles were old.",
            "Three people familiar with a probe by Ghana’s government",
            "Three people familiar with a probe by Ghana’s government",
            None,
        ),
        (
            "Ghanaian army spokesman Maj. Kojo Mensah said the rifles were old. Mensah said they were few.",
            "Mensah",
            "Kojo Mensah",
            "GHA",
        ),
        (
            "Chad condemned the threat. The foreign ministry said it would answer.",
            "The foreign ministry",
            "foreign ministry",
            "TCD",
        ),
        # those whom no state speaks through
        (
            "Nairobi’s Institute for Arms Studies said the rifles were new.",
            "Nairobi’s Institute for Arms Studies",
            "Nairobi’s Institute for Arms Studies",
            None,
        ),
        ("Laotian media said the drones were old.", "Laotian media", "Laotian media", None),
        (
            "Laotian state media said the drones were old.",
            "Laotian state media",
            "Laotian state media",
            "LAO",
        ),
        ("Ghanaian analysts said the drones were old.", "Ghanaian analysts", "Ghanaian analysts", None),
        ("The Ghana Herald said the drones were old.", "The Ghana Herald", "Ghana Herald", None),
        # a name beside an office
        (
            "Dutch Ambassador to the UN Nora Vos said the ship was empty.",
            "Dutch Ambassador to the UN Nora Vos",
            "Nora Vos",
            "NLD",
        ),
        (
            "Ecuadorian Ministry of Foreign Affairs spokesman Luis Paz said it was false.",
            "Ecuadorian Ministry of Foreign Affairs spokesman Luis Paz",
            "Luis Paz",
            "ECU",
        ),
        (
            "The commander of a battalion of the Malian army said the rifles were old.",
            "The commander of a battalion of the Malian army",
            "commander of a battalion of the Malian army",
            "MLI",
        ),
    ],
)
def test_a_source_ends_at_a_name_and_an_actor(sources, text, words, name, actor):
    found = sources(text)
    assert words in found, sorted(found)
    assert (found[words].name, found[words].actor) == (name, actor)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # two speakers of two sides fit alike
        ("Oman accused Peru of selling rifles to Laos. The foreign ministry said it was false.", "ministry"),
        ("The report said that rifles were sold.", "The report"),
        ("He said the rifles were old.", "He"),
    ],
)
def test_what_nobody_can_tell_is_left_open(sources, text, words):
    found = next(source for said, source in sources(text).items() if words in said)
    assert found.actor is None


def test_a_woman_is_not_he(sources) -> None:
    found = sources(
        "Foreign ministry spokeswoman Eva Lund of Norway met Finnish spokesman Matti Oja. "
        "She said the sale was off. He said more would come."
    )
    assert (found["She"].name, found["He"].name) == ("Eva Lund", "Matti Oja")


@pytest.mark.parametrize(
    ("text", "words", "via"),
    [
        (
            "“It is false,” Luz Prado, Peru’s defence minister, told the Andes Herald.",
            "Luz Prado",
            ["Andes Herald"],
        ),
        (
            "Luz Prado, Peru’s defence minister, told the newspaper O Mundo that it was false.",
            "Luz Prado",
            ["O Mundo"],
        ),
        ("In an interview with CNN, Luz Prado of Peru said the jets were old.", "Luz Prado", ["CNN"]),
        ("Rifles were sold, according to a report by UN experts seen by AFP.", "a report", ["AFP"]),
        ("Luz Prado, Peru’s defence minister, told parliament that it was false.", "Luz Prado", []),
        (
            "Reuters said the jets were sold. “They are ours,” the article cited Peru’s envoy Luz Prado as "
            "saying.",
            "Luz Prado",
            ["Reuters"],
        ),
    ],
)
def test_media_that_carry_the_words_are_relays(sources, text, words, via):
    found = next(source for said, source in sources(text).items() if words in said)
    assert list(found.via) == via


@pytest.mark.parametrize(
    ("text", "kind", "role"),
    [
        (
            "Two senior U.S. defence officials said it was false.",
            SourceKind.ANONYMOUS,
            "senior defence official",
        ),
        ("Western officials said it was false.", SourceKind.COLLECTIVE, "official"),
        ("Residents said it was false.", SourceKind.COLLECTIVE, "resident"),
        ("Sources said it was false.", SourceKind.ANONYMOUS, "source"),
        ("Oslo and Riga said it was false.", SourceKind.COLLECTIVE, None),
        ("The Danish president said it was false.", SourceKind.NAMED, "president"),
        ("The UN report said it was false.", SourceKind.DOCUMENT, None),
        ("Denmark said it was false.", SourceKind.NAMED, None),
    ],
)
def test_the_kind_of_a_source_and_of_person(sources, text, kind, role):
    (found,) = sources(text).values()
    assert (found.kind, found.role) == (kind, role)


PIECES = st.sampled_from(
    [
        "He said it was false.",
        "It added that more would come.",
        "The statement said nothing.",
        "Its spokesman denied the sale.",
        "Peru’s navy said in a statement that the ship was empty.",
        "“We know nothing,” she told Reuters.",
        "One of them said so.",
        "The latter agreed that it was old.",
        "Two officials said the minister had lied.",
        "the agency reported\n\n",
        "LIMA (AFP) - The government said it was false.",
    ]
)


@given(pieces=st.lists(PIECES, max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_looking_up_sources_changes_nothing_else(statements_of, pieces):
    text = " ".join(pieces)
    found = statements_of(text)
    assert found == statements_of(text)
    for one in found:
        assert one.source is None or one.source.text in text
        assert one.source is None or one.source.actor != ""


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        (
            "A Peruvian official said rifles came by road. Benin said it had bought them. They were old, the "
            "source said.",
            "the source",
            "PER",
        ),
        (
            "The UN Panel of Experts said that Togo armed rebels. They also said the guns were old.",
            "They",
            "UN",
        ),
        ("A former Peruvian minister said that rifles came by road.", "A former Peruvian minister", None),
        ("A retired Peruvian general said that rifles came by road.", "A retired Peruvian general", None),
    ],
)
def test_who_speaks_on_and_who_speaks_no_more(sources, text, words, actor):
    assert sources(text)[words].actor == actor


@pytest.mark.parametrize(
    ("text", "words", "name", "actor"),
    [
        (
            "Rifles came by road, according to the US Wall Street Journal.",
            "the US Wall Street Journal",
            "Wall Street Journal",
            None,
        ),
        (
            "The US paper Wall Street Journal reported that rifles came by road.",
            "The US paper Wall Street Journal",
            "Wall Street Journal",
            None,
        ),
        ("The British Guardian wrote that rifles came.", "The British Guardian", "British Guardian", None),
    ],
)
def test_a_state_beside_a_medium_does_not_speak(sources, text, words, name, actor):
    found = sources(text)[words]
    assert (found.name, found.actor) == (name, actor)


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("LIMA, May 3 (Andes Wire) - Rifles came, defence officials said.", "defence officials", "PER"),
        ("LIMA, May 3 (Andes Wire) - Rifles came, a defence analyst said.", "a defence analyst", None),
        ("Gustavo Petro’s spokesman said that rifles came.", "Gustavo Petro’s spokesman", "COL"),
    ],
)
def test_offices_of_the_place_of_writing_and_of_a_person(sources, text, words, actor):
    assert sources(text)[words].actor == actor


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        (
            "Chile's foreign ministry denied it. “We sold nothing,” spokesman Aldo Lund said.",
            "spokesman Aldo Lund",
            "CHL",
        ),
        (
            "The Ministry of Foreign Affairs of Chile rejects it. “The charge is empty,” said Noura Lund, "
            "the ministry's spokeswoman.",
            "Noura Lund, the ministry's spokeswoman",
            "CHL",
        ),
        ("It was a quiet day. “We sold nothing,” spokesman Aldo Lund said.", "spokesman Aldo Lund", None),
    ],
)
def test_a_spokesman_speaks_for_the_body_that_spoke_or_that_the_words_name(
    sources: Sources, text: str, words: str, actor: str | None
) -> None:
    assert sources(text)[words].actor == actor


def test_a_spokesman_keeps_the_body_that_was_found_for_him(sources: Sources) -> None:
    text = (
        "OSLO - Inspectors of the European Union's naval mission found 52 tanks, the mission said on Friday. "
        "“They were going to Libya,” said Commander Luca Ferri, the mission's spokesman. It was late. "
        "The tanks stay here, Ferri said."
    )
    found = sources(text)
    assert found["Commander Luca Ferri, the mission's spokesman"].actor == "EU"
    assert found["Ferri"].actor == "EU"
