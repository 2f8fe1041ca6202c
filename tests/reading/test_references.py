"""Whom a description, a pronoun, a short form or an office without a state means; invented sentences."""

from __future__ import annotations

import pytest

from tidewaiter.model import ActorForm, ActorKind


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Admiral Jörg Falk, the Dutch commander off Benin, spoke of rifles.", "Jörg Falk", "NLD"),
        (
            "Peru denied the sale. The Japanese ambassador there, Ambassador Ken Mori, doubted it.",
            "Ken Mori",
            "JPN",
        ),
        (
            "The Japanese ambassador spoke on Monday. Peru was angry. Ambassador Ken Mori did not mind.",
            "Ken Mori",
            "JPN",
        ),
        ("Rifles went from Peru to Benin. Ambassador Ken Mori said so.", "Ken Mori", None),
        ("Peru sent rifles to Benin. Speaking about Togo, Defence Minister Lea Roth wept.", "Lea Roth", None),
        (
            "LIMA, 3 May 2021 (Andes Wire) - The office of Peru's president knew of no sale to Benin. "
            "A government minister, Luz Prado-Vega, knew of one.",
            "Luz Prado-Vega",
            "PER",
        ),
        (
            "LIMA, 3 May 2021 (Andes Wire) - Ruvim Kask, head of the export agency, knew of no sale.",
            "Ruvim Kask",
            "PER",
        ),
        ("Ruvim Kask, head of the export agency, knew of no sale to Benin.", "Ruvim Kask", None),
        ("Ghana’s envoy to the UN, Kojo Mensah, spoke of rifles.", "Kojo Mensah", "GHA"),
        ("Lena Holm, secretary for arms control at the Danish foreign ministry, spoke.", "Lena Holm", "DNK"),
        ("Norwegian Ambassador to Lima Ola Berg spoke of rifles.", "Ola Berg", "NOR"),
        ("Oman’s defence ministry accused Laos. Foreign Minister Tam Li denied it.", "Tam Li", None),
        ("Laos will buy Danish radars, Foreign Minister Tam Li said in Vientiane.", "Tam Li", "LAO"),
        ("The Danish defence ministry was calm. “All is well,” spokesman Ole Krag said.", "Ole Krag", "DNK"),
        ("The EU’s naval mission sailed. Ole Krag, the mission’s spokesman, was calm.", "Ole Krag", "EU"),
        ("The Danish navy was calm. Ole Krag, who leads the navy, slept.", "Ole Krag", "DNK"),
        ("It went to Laos,”said General Ole Krag.", "Ole Krag", None),
        ("Tam Li, trade adviser to the president of Laos, spoke.", "Tam Li", "LAO"),
        (
            "Khalifa Haftar, a warlord in eastern Libya, bought rifles.",
            "Khalifa Haftar",
            "Libyan National Army",
        ),
        ("DHAKA – Foreign Office spokesman Tariq Aziz Khan spoke of Pakistan.", "Tariq Aziz Khan", "PAK"),
        ("Foreign Minister Lea Roth met the Danish foreign minister.", "Lea Roth", None),
        ("A Kenyan opposition leader, Moses Wanda, asked for papers.", "Moses Wanda", None),
    ],
)
def test_a_person_speaks_for_the_state_that_the_document_tells(actors, text, name, code):
    people = [one for one in actors(text).values() if one.form is ActorForm.NAME and one.name == name]
    assert [one.code for one in people] == [code]


@pytest.mark.parametrize(
    ("text", "short", "code"),
    [
        ("The United Nations Panel of Experts (PoE) counted 40 guns. Later the PoE left.", "PoE", "UN"),
        ("The Royal Ghanaian Air Force (RGAF) flew them in. An RGAF jet crashed.", "RGAF", "GHA"),
    ],
)
def test_a_short_form_that_the_document_introduces(actors, text, short, code):
    found = actors(text)
    assert (found[short].code, found[short].form) == (code, ActorForm.ABBREVIATION)
    assert found[short].span.start == text.rindex(short)
    assert found[short].head is not None


def test_a_remark_in_brackets_is_no_short_form(actors):
    assert "XKB" not in actors("The Ghanaian navy (XKB) sailed. XKB was there.")


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("A report by UN inspectors lists Togo. The report says guns came by truck.", "The report", "UN"),
        (
            "The Danish army put out a statement. The statement said no guns were sold.",
            "The statement",
            "DNK",
        ),
        ("The Danish army issued a statement. The statement said no guns were sold.", "The statement", "DNK"),
        (
            "In a statement, the Danish army said it was calm. The statement said no guns were sold.",
            "The statement",
            "DNK",
        ),
        ("A statement was found. The statement said no guns were sold.", "The statement", None),
        (
            "The Danish army issued a statement. A statement by Togo followed. The statement was short.",
            "The statement",
            None,
        ),
    ],
)
def test_a_paper_speaks_for_whoever_issued_it(actors, text, words, code):
    mention = actors(text).get(words)
    assert (mention.code if mention else None) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Togo rebuked Benin, accusing it of selling guns to rebels.", "BEN"),
        ("Togo cut ties with Benin, blaming it for the guns.", "BEN"),
        ("Benin dismissed a report by Togo accusing it of selling guns.", "BEN"),
        ("Togo called Benin a liar and blamed it for the guns.", "BEN"),
        ("Togo met Benin and Ghana, accusing it of selling guns.", None),
        ("Benin denied reports that it sold guns.", "BEN"),
        ("Benin rejects claims it sold guns to Togo", "BEN"),
        ("Benin sold guns. The EU mission will report the guns to the council, it said.", "EU"),
        ("Togo's army said guns had come. Benin had sold the guns, it said.", "TGO"),
    ],
)
def test_whom_it_means(actors, text, code):
    mention = actors(text).get("it")
    assert (mention.code if mention else None) == code


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        (
            "Norway sold radars to Kenya. The east African country paid late.",
            "The east African country",
            "KEN",
        ),
        ("Kenya got radars from Norway, and the East African nation paid.", "the East African nation", "KEN"),
        ("Peru wrote to Norway. The Central Asian state was silent.", "The Central Asian state", None),
        ("Austria sold rifles to Oman. The Federal Government is calm.", "The Federal Government", "AUT"),
        ("Oman sold rifles to Qatar. The Federal Government is calm.", "The Federal Government", None),
        ("Peru and Chile met. The South American country left.", "The South American country", None),
        ("Peru and Spain met. The South American country left.", "The South American country", "PER"),
    ],
)
def test_a_description_fits_the_part_of_the_world(actors, text, words, code):
    mention = actors(text).get(words)
    assert (mention.code if mention else None) == code


@pytest.mark.parametrize(
    ("text", "words", "kind", "code"),
    [
        ("Forces loyal to General Khalifa Haftar left.", "Forces loyal to General Khalifa Haftar",
         ActorKind.PEOPLE, "Libyan National Army"),
        ("Militias led by Hemedti left.", "Militias led by Hemedti", ActorKind.PEOPLE, "RSF"),
        ("Fayez al-Serraj’s forces left.", "Fayez al-Serraj’s forces", ActorKind.PEOPLE, "LBY"),
        ("Sudanese paramilitary forces left.", "Sudanese paramilitary forces", ActorKind.GROUP, None),
        ("Peruvian rebels left.", "Peruvian rebels", ActorKind.GROUP, None),
        ("Laos bought guns, its defence ministry said.", "its defence ministry", ActorKind.OFFICE, "LAO"),
        ("The Ministry of Defence of Laos denies.", "Ministry of Defence of Laos", ActorKind.OFFICE, "LAO"),
        ("Eritrea armed militias.", "Eritrea", ActorKind.STATE, "ERI"),
        ("The Congo sanctions regime ended.", "Congo", ActorKind.STATE, "COD"),
        ("Saudi-led coalition forces left. The coalition wept.", "The coalition", ActorKind.PEOPLE, "SAU"),
        ("Haftar forces left Benin.", "Haftar forces", ActorKind.PEOPLE, "Libyan National Army"),
        ("-Peruvian authorities left.", "Peruvian authorities", ActorKind.PEOPLE, "PER"),
        ("Peruvian soldiers left.", "Peruvian soldiers", ActorKind.PEOPLE, "PER"),
        ("North Korea’s official KCNA agency wrote.", "KCNA", ActorKind.MEDIA, "PRK"),
        ("The Emirates bought a ship.", "Emirates", ActorKind.STATE, "ARE"),
    ],
)  # fmt: skip
def test_bodies_by_whom_they_follow(actors, text, words, kind, code):
    found = actors(text)
    assert words in found, sorted(found)
    assert (found[words].kind, found[words].code) == (kind, code)


def test_the_country_an_ambassador_is_sent_to_is_not_his_own(actors):
    found = actors("Benin sold rifles. Lea Roth met the Danish ambassador to the country.")
    assert found["the country"].code == "BEN"


@pytest.mark.parametrize(("state", "code"), [("Britain", "GBR"), ("Pakistan", "PAK"), ("Peru", None)])
def test_a_seat_that_several_states_have_is_that_of_the_document(actors, state, code):
    mention = actors(f"The Foreign Office spoke. {state} sold no rifles.").get("Foreign Office")
    assert (mention.code if mention else None) == code


def test_a_boarding_group_is_no_armed_group(actors):
    assert "The boarding group" not in actors("The Houthis sail. The boarding group found guns.")
    assert actors("The Houthis sail. The rebel group found guns.")["The rebel group"].code == "Houthis"


def test_an_office_without_a_state_in_a_report_that_names_several(actors):
    assert (
        actors("Oman’s army met Laos. Foreign Minister Tam Li left.")["Foreign Minister Tam Li"].code is None
    )
    assert actors("Foreign Minister Tam Li left.")["Foreign Minister Tam Li"].code is None


def test_an_airline_is_no_state(actors):
    assert not actors("He took an Emirates flight.")


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        (
            "Danish guns came to Mali. Rain fell. Nobody knew. It was late. The junta paid.",
            "The junta",
            "MLI",
        ),
        ("Guns came to Oman and Mali. Rain fell. Nobody knew. The sultanate paid.", "The sultanate", "OMN"),
        ("Guns came to Mali and Niger. Rain fell. Nobody knew. The junta paid.", "The junta", None),
        (
            "Togo sold guns to Peru. Rain fell. It was late. Nobody knew. All slept. It was cold. The South "
            "American nation paid.",
            "The South American nation",
            "PER",
        ),
        ("Togo met Peru. An expert on Togo, Lea Roth, spoke.", "Lea Roth", None),
    ],
)
def test_the_only_one_that_may_be_called_so(actors, text, words, code):
    mention = actors(text).get(words)
    assert (mention.code if mention else None) == code


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("Cyril Ramaphosa’s spokesperson, Lea Roth, wrote of rifles.", "Lea Roth", "ZAF"),
        ("Ole Krag, who speaks for the Danish navy, wrote of rifles.", "Ole Krag", "DNK"),
        ("Ole Krag, who is Germany’s envoy in Laos, wrote of rifles.", "Ole Krag", "DEU"),
        ("Ole Krag, who advises the Danish defence minister, wrote of rifles.", "Ole Krag", "DNK"),
        ("Ole Krag, then Danish ambassador to Laos, wrote of rifles.", "Ole Krag", "DNK"),
        ("Ole Krag, who heads the Quds Force in the Levant, wrote of rifles.", "Ole Krag", "IRN"),
        ("Lea Roth, an expert on Sudan at a college, wrote of rifles.", "Lea Roth", None),
        ("A spokesman for the Iraqi Hezbollah Brigades, Omar Hadi, wrote.", "Omar Hadi", "Kataib Hezbollah"),
        (
            "News agencies cited the head of the Russian agency of military cooperation, Ole Krag.",
            "Ole Krag",
            "RUS",
        ),
    ],
)
def test_whom_a_person_speaks_for(actors, text, name, code):
    people = [one for one in actors(text).values() if one.form is ActorForm.NAME and one.name == name]
    assert {one.code for one in people} == {code}


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Iran sent drones to Russia. The Islamic Republic was calm.", "The Islamic Republic", "IRN"),
        ("The UAE armed rebels in Sudan. The Gulf state was calm.", "The Gulf state", "ARE"),
        ("Qatar and Oman met. The Gulf state was calm.", "The Gulf state", None),
        ("Israel sold drones to Laos. The Jewish state was calm.", "The Jewish state", "ISR"),
        (
            "Niger bought drones from Turkey. The military government was calm.",
            "The military government",
            "NER",
        ),
        ("Mali got jets from Russia. The West African nation was calm.", "The West African nation", "MLI"),
        ("Saudi Arabia bought drones from China. The kingdom was calm.", "The kingdom", "SAU"),
        ("Rwanda armed the M23. The group was calm.", "The group", "M23"),
        ("Rwanda armed the M23. The rebels were calm.", "The rebels", "M23"),
        ("Belarus sent shells to its ally Russia. Minsk was calm.", "its", "BLR"),
        ("Belarus sent shells to its ally Russia. Minsk lied. It sold guns.", "It", "BLR"),
        ("Pak Jong Chon, vice director of the General Bureau of Laos, spoke.", "Pak Jong Chon", "LAO"),
        ("Lea Roth, a Danish envoy, spoke. Roth said that she had guns.", "she", "DNK"),
    ],
)
def test_words_for_one_told_before(actors, text, words, code):
    mention = actors(text).get(words)
    assert (mention.code if mention else None) == code


def test_a_region_inside_a_reference_is_no_mention(actors):
    assert "The Gulf" not in actors("The UAE armed rebels in Sudan. The Gulf state was calm.")
