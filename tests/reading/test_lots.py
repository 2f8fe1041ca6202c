"""Which goods a deal is of, how many, and how far they went, where a report tells it in several places."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from documents import make_document
from tidewaiter import knowledge
from tidewaiter.model import ReportedTransfer
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.reader import read
from tidewaiter.reading.what.weapons import find_weapons

ParseText = Callable[..., Parsed]


def _rows(text: str) -> dict[str, ReportedTransfer]:
    reading = read(make_document(text, "2023-06-15"), knowledge.load())
    return {row.category.value: row for row in reading.transfers}


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("Peru sent Bolivia a cargo of weapons. In the crates were mortars.", {"artillery"}),
        (
            "Weapons were shipped from Peru to Bolivia. Customs officers opened 20 containers of military "
            "hardware, among it two helicopters, air defence systems and missiles.",
            {"aircraft", "air_defence", "missiles"},
        ),
        (
            "Peru sent weapons to Bolivia. A customs officer said that thousands of rifles were in the "
            "shipments.",
            {"small_arms"},
        ),
    ],
)
def test_what_a_lot_held_goes_where_the_lot_went(text, categories):
    assert categories <= _rows(text).keys()


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("Italy donated 500 rifles and 20 trucks to Ghana.", {"small_arms", "other"}),
        ("Italy sold fighter jets, tanks, and ships to Ghana.", {"aircraft", "armoured_vehicles", "ships"}),
        (
            "Ghana bought 24 fighter jets from Italy for $1.5 billion, 50 tanks for $250 million, and for "
            "another $1 billion several air defence systems.",
            {"aircraft", "armoured_vehicles", "air_defence"},
        ),
        (
            "Italy sold Ghana drones, rocket launchers, ammunition and other weapons.",
            {"uav", "artillery", "ammunition"},
        ),
    ],
)
def test_lists_are_read_to_their_end(text, categories):
    assert _rows(text).keys() == categories


def test_trucks_that_stand_in_no_list_are_no_goods(parse_text: ParseText):
    (rifles,) = find_weapons(parse_text("Trucks that were parked there brought the rifles."))
    assert rifles.category.value == "small_arms"


@pytest.mark.parametrize(
    ("text", "item", "category"),
    [
        ("Togo bought the missiles S-400.", "missiles S-400", "air_defence"),
        ("Togo has S-300 missiles. The missiles came by sea.", "missiles", "air_defence"),
        ("Togo has rocket launchers. Three launchers and a missile were lost.", "launchers", "artillery"),
        ("Togo bought ammunition and anti-riot equipment.", "ammunition", "ammunition"),
        ("Togo found rounds of 14.5x114mm.", "rounds", "ammunition"),
        ("Togo bought rounds for machine guns.", "rounds", "ammunition"),
        ("Togo bought a KUB air-defence system.", "KUB air-defence system", "air_defence"),
    ],
)
def test_what_goods_are_called_by_the_words_beside_them_or_elsewhere(
    parse_text: ParseText, text, item, category
):
    assert (item, category) in [(one.item, one.category.value) for one in find_weapons(parse_text(text))]


def test_arms_sold_over_years_are_another_lot():
    rows = _rows(
        "Norway has delivered cluster bombs to Chile, a general said. "
        "Over the years, Norway has sold weapons to Chile, a lawyer said."
    )
    assert rows.keys() == {"ammunition", "unspecified_arms"}
    assert rows["unspecified_arms"].stage.value == "delivered"


def test_a_generic_figure_without_its_parties_is_no_other_lot():
    rows = _rows(
        "Norway will deliver 400 guided bombs to Chile. The shipment, part of an arms deal worth 140 "
        "million euros, was halted last week."
    )
    assert rows.keys() == {"ammunition"}


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("Kenya kept Belgium from sending howitzers to Chad.", "planned"),
        ("Belgium held out against providing Chad with howitzers.", "planned"),
        ("Belgium fuels the war by supplying Chad with howitzers.", "delivered"),
        ("Belgium is arming Chad.", "delivered"),
        ("Belgium is donating 12 howitzers to Chad.", "planned"),
        ("The howitzers will be taken apart and go from Belgium to Chad by land.", "planned"),
        ("For decades Chad has bought howitzers from Belgium.", "delivered"),
        (
            "Chad has ordered 49 howitzers from Belgium. After problems with the delivery of the howitzers "
            "to Chad by Belgium the minister was angry.",
            "agreed",
        ),
    ],
)
def test_how_far_the_words_around_say_it_went(text, stage):
    assert [row.stage.value for row in _rows(text).values()] == [stage]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        (
            "Greece sold battle tanks to Egypt. Aboard are 33 tanks, a sailor said.",
            (33, 33, "tanks"),
        ),
        ("Egypt bought weapons from Greece for $2 billion.", (2_000_000_000, 2_000_000_000, "USD")),
        ("Greece exported arms for around 8 million euros to Egypt.", (8_000_000, 8_000_000, "EUR")),
        ("Greece gave a patrol boat to Egypt.", (1, 1, "patrol boat")),
        ("Two second-hand landing craft were given to Egypt by Greece.", (2, 2, "landing craft")),
    ],
)
def test_how_many(text, amount):
    (row,) = _rows(text).values()
    assert row.quantity is not None
    assert (row.quantity.min, row.quantity.max) == amount[:2]
    assert row.quantity.unit is not None
    assert row.quantity.unit in amount[2]


def test_two_amounts_of_a_kind_leave_it_open():
    (row,) = _rows("Greece sold battle tanks to Egypt. There are 33 tanks here and 12 tanks there.").values()
    assert row.quantity is None
