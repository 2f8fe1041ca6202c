"""Mentions and reported transfers, from sentences written for the purpose."""

from __future__ import annotations

import pytest

from documents import make_document
from tidewaiter import knowledge
from tidewaiter.model import Reading, Stage, Stance
from tidewaiter.reading.reader import read


def _read(text: str, published: str | None = "2023-06-15") -> Reading:
    return read(make_document(text, published), knowledge.load())


def _rows(reading: Reading) -> list[tuple[str | None, str | None, str]]:
    return [(row.supplier, row.recipient, row.category.value) for row in reading.transfers]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Belgium sold howitzers to Kenya.", [("BEL", "KEN", "artillery")]),
        ("Kenya bought 20 howitzers from Belgium.", [("BEL", "KEN", "artillery")]),
        ("The howitzers were shipped to Kenya by Belgium.", [("BEL", "KEN", "artillery")]),
        ("Peru has armed Bolivia with rifles.", [("PER", "BOL", "small_arms")]),
        ("Morocco supplied Senegal with 30 armoured vehicles.", [("MAR", "SEN", "armoured_vehicles")]),
        (
            "Chile and Peru sent rifles to Haiti.",
            [("CHL", "HTI", "small_arms"), ("PER", "HTI", "small_arms")],
        ),
        ("Turkish-made drones have arrived in Togo.", [("TUR", "TGO", "uav")]),
        ("Poland received the first of 32 fighter jets ordered from Korea Republic of.", []),
        ("India signed a contract with Brazil to buy transport aircraft.", [("BRA", "IND", "aircraft")]),
        ("Austria accused Hungary of smuggling rifles to Serbia.", [("HUN", "SRB", "small_arms")]),
        ("Spain announced a sale of frigates to Norway.", [("ESP", "NOR", "ships")]),
        ("Uganda fired mortar rounds that Egypt had supplied.", [("EGY", "UGA", "ammunition")]),
        ("Ghana leans on Ukraine for ammunition.", [("UKR", "GHA", "ammunition")]),
        ("Malta took delivery of two patrol boats from Italy.", [("ITA", "MLT", "ships")]),
        ("Rifles were smuggled out of Libya to Mali.", [("LBY", "MLI", "small_arms")]),
        (
            "Spain imposed sanctions on Eritrea for buying howitzers from Belarus.",
            [("BLR", "ERI", "artillery")],
        ),
        (
            "Kenya had bought drones from Poland and around 40 armoured vehicles from Brazil.",
            [("POL", "KEN", "uav"), ("BRA", "KEN", "armoured_vehicles")],
        ),
        (
            "Ghana signed for 12 armoured vehicles from Spain on Monday.",
            [("ESP", "GHA", "armoured_vehicles")],
        ),
        ("Kenya asked Italy for air-defence radars.", [("ITA", "KEN", "sensors")]),
        ("Togo will lease two military helicopters from Benin.", [("BEN", "TGO", "aircraft")]),
        ("Assault rifles from Niger ended up in Gabon.", [("NER", "GAB", "small_arms")]),
        ("Howitzers sold to Chad ended up in Gabon.", [("TCD", "GAB", "artillery")]),
        ("Italy will build three patrol boats for Ghana.", [("ITA", "GHA", "ships")]),
        (
            "Two crates of arms on their way from Oman to Chad were stopped.",
            [("OMN", "TCD", "unspecified_arms")],
        ),
        (
            "Some 200 containers of artillery shells have left Peru for Bolivia.",
            [("PER", "BOL", "ammunition")],
        ),
        ("Rifles that Austria gave Albania in 2014 are for sale.", [("AUT", "ALB", "small_arms")]),
        ("A batch of the combat drones Morocco ordered from Turkey has come.", [("TUR", "MAR", "uav")]),
        ("Sweden supplied $25 million in weapons to Kenya.", [("SWE", "KEN", "unspecified_arms")]),
        (
            "Israel sold arms to Kenya. Drones and anti-tank missiles were among those sales.",
            [("ISR", "KEN", "uav"), ("ISR", "KEN", "missiles")],
        ),
        (
            "The navy took rifles from a dhow which it believes was coming from Oman and heading for Kenya.",
            [("OMN", "KEN", "small_arms")],
        ),
        ("Peru asked Chile in 2013 to sell it four patrol boats.", [("CHL", "PER", "ships")]),
        (
            "Turkey widened its exports of drones and negotiated sales agreements with Peru and Chile.",
            [("TUR", "PER", "uav"), ("TUR", "CHL", "uav")],
        ),
        (
            "Chad showed what it has received from Italy: five attack helicopters.",
            [("ITA", "TCD", "aircraft")],
        ),
        ("A Ghanaian submarine came to Togo.", []),
        ("Ghana wants two Togolese warships to be turned away by Benin.", []),
        (
            "Egypt sent 20 tanks to Niger, 30 rifles to Chad and 12 howitzers to Mali.",
            [("EGY", "NER", "armoured_vehicles"), ("EGY", "TCD", "small_arms"), ("EGY", "MLI", "artillery")],
        ),
    ],
)
def test_who_supplies_what_to_whom(text, rows):
    assert _rows(_read(text)) == rows


def test_goods_that_go_two_ways_are_counted_for_each():
    rows = _read("Peru exported 12 cruise missiles to Chile and six to Cuba.").transfers
    assert [(row.recipient, row.quantity and row.quantity.min) for row in rows] == [("CHL", 12), ("CUB", 6)]


def test_a_rounded_headline_gives_way_to_the_fuller_figure():
    (row,) = _read(
        "1,000 rifles went from Peru to Chile\n\nMore than 1,000 rifles were sent to Chile by Peru."
    ).transfers
    assert row.quantity is not None
    assert (row.quantity.min, row.quantity.max) == (1000, None)


@pytest.mark.parametrize(
    ("text", "given_back"),
    [
        ("Peru sent drones to Chile in exchange for fighter jets.", ("CHL", "PER", "aircraft")),
        ("Kenya gave shells to Mali in return for missile technology.", ("MLI", "KEN", "technology")),
        ("Ghana may send howitzers to Togo in exchange for Spanish frigates.", ("ESP", "GHA", "ships")),
    ],
)
def test_what_is_given_in_return_is_a_transfer_the_other_way(text, given_back):
    reading = _read(text)
    assert _rows(reading)[1] == given_back
    assert reading.transfers[0].in_exchange_for == reading.transfers[1].id


def test_what_is_denied_is_no_stage_of_what_else_is_told():
    reading = _read(
        "Peru rejected claims that it had delivered weapons to Chile. According to an institute, Peru was "
        "Chile's largest arms supplier, accounting for 81% of the total weapons imports. The procurement "
        "included radars."
    )
    assert {row.stage.value for row in reading.transfers} == {"unclear"}


def test_goods_that_bear_a_number_word_are_not_counted_by_it():
    (row,) = _read("Peru sold multiple rocket launchers to Chile.").transfers
    assert row.quantity is None


def test_whom_a_receiver_fights_does_not_receive():
    rows = _rows(_read("Jordan sent rifles to fighters opposing Syria."))
    assert ("JOR", "SYR", "small_arms") not in rows


@pytest.mark.parametrize(
    "text",
    [
        "Belgium sent doctors and blankets to Kenya.",
        "Kenya bought 20 buses from Belgium.",
        "The Kenyan army fired its howitzers during an exercise.",
        "The two ministers talked about an arms embargo.",
        "Chad sent 300 soldiers to Mali.",
    ],
)
def test_what_is_no_arms_transfer_makes_no_row(text):
    assert _rows(_read(text)) == []


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Belgium delivered howitzers to Kenya.", "delivered"),
        ("Belgium is shipping howitzers to Kenya.", "shipped"),
        ("Belgium plans to sell howitzers to Kenya.", "planned"),
        ("Belgium will deliver howitzers to Kenya next year.", "planned"),
        ("Kenya wants to buy howitzers from Belgium.", "sought"),
        ("Belgium signed a deal to sell howitzers to Kenya.", "agreed"),
        ("Kenya fired howitzers supplied by Belgium.", "used"),
        ("Belgium will supply Kenya with howitzers under a contract signed in May.", "agreed"),
        ("Belgian howitzers were taken to Kenya.", "delivered"),
        ("The ministry announced that Kenya had received howitzers from Belgium.", "delivered"),
    ],
)
def test_how_far_it_went(text, stage):
    (row,) = _read(text).transfers
    assert row.stage == stage


def test_receipt_left_open_is_no_delivery():
    reading = _read(
        "Belgium has supplied howitzers to Kenya, officials in Nairobi said. "
        "They are watching to see whether the howitzers are received."
    )
    assert reading.transfers[0].stage == "shipped"


def test_goods_named_before_are_what_the_shipments_are():
    reading = _read(
        "Belgium sent mortar rounds to Kenya. The shipments left Antwerp in May, a diplomat said. "
        "They were bound for Kenya by way of Djibouti."
    )
    assert _rows(reading) == [("BEL", "KEN", "ammunition")]
    assert len(reading.mentions) >= 2


def test_different_goods_of_one_pair_are_different_rows():
    reading = _read("Belgium sold rifles, radars and two frigates to Kenya.")
    assert {row.category.value for row in reading.transfers} == {"small_arms", "sensors", "ships"}


def test_a_count_belongs_to_the_goods_it_counts():
    reading = _read("Belgium delivered four radars and six helicopters to Kenya.")
    counts = {row.category.value: row.quantity.min for row in reading.transfers if row.quantity}
    assert counts == {"sensors": 4, "aircraft": 6}


def test_a_seizure_is_an_intercepted_shipment():
    reading = _read("A French frigate seized 800 Bulgarian rifles bound for Somalia, the navy said.")
    (row,) = reading.transfers
    assert (row.supplier, row.recipient, row.outcome, row.quantity.min) == ("BGR", "SOM", "intercepted", 800)


def test_a_group_named_as_receiver_stands_for_its_country():
    reading = _read(
        "Oman has sent howitzers to the Houthis, diplomats said. "
        "The howitzers were shipped to Yemen by Oman in May."
    )
    assert _rows(reading) == [("OMN", "Houthis", "artillery")]


def test_a_pretended_destination_and_a_way_round_are_a_route():
    reading = _read(
        "Belgium sent rifles to Kenya via Djibouti, making it appear that they were going to the Middle East."
    )
    (row,) = reading.transfers
    assert row.route is not None
    assert "middle east" in row.route.declared
    assert row.route.true == ("KEN",)


def test_what_is_given_in_return_is_linked():
    reading = _read(
        "Belgium has delivered howitzers to Kenya. "
        "In return Kenya is sending Belgium armoured vehicles, a diplomat said."
    )
    by_category = {row.category.value: row for row in reading.transfers}
    assert by_category["artillery"].in_exchange_for == by_category["armoured_vehicles"].id
    assert by_category["armoured_vehicles"].in_exchange_for == by_category["artillery"].id


def test_every_known_field_has_words():
    reading = _read(
        "On 3 May 2023 Belgium delivered 12 howitzers to Kenya via Djibouti by sea, the Kenyan army said. "
        "Belgium's defence ministry denied it."
    )
    for row in reading.transfers:
        for name in ("supplier", "recipient", "category", "item", "quantity", "stage", "when", "route"):
            assert getattr(row, name) is None or row.anchors.get(name), name


def test_the_same_document_gives_the_same_reading():
    text = "Belgium sold rifles and two frigates to Kenya, officials said. Kenya denied it."
    assert _read(text) == _read(text)


def test_what_is_only_denied_is_no_stage_that_anybody_alleges() -> None:
    told = (
        "By the contract Chad is to send Togo 300 mortars. Chad denied that it was sending mortars to Togo."
    )
    (row,) = _read(told).transfers
    assert row.stage is Stage.PLANNED
    (row,) = _read("Chad denied that it had shipped mortars to Togo.").transfers
    assert row.stage is Stage.SHIPPED


def test_the_day_of_a_delivery_to_come_is_not_that_of_the_contract() -> None:
    told = (
        "Togo signed a contract with Chad for 300 mortars. "
        "The mortars are to be delivered to Togo from January."
    )
    (row,) = _read(told).transfers
    assert (row.stage, row.when) == (Stage.AGREED, None)


def test_goods_are_called_by_the_fullest_of_their_names() -> None:
    (row,) = _read("Iran sent missiles to Togo. Iran delivered 12 ballistic missiles to Togo.").transfers
    assert row.item == "ballistic missiles"


def test_a_rule_that_forbids_passing_on_is_no_denial() -> None:
    told = (
        "Serbia sold 800 rifles to Togo in 2020. "
        "Serbia's trade ministry said that the licence forbids passing the rifles on."
    )
    assert Stance.DENIES not in {claim.stance for claim in _read(told).claims}
