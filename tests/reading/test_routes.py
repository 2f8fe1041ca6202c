"""Routes: by what way the goods went, and where they were made to look as going."""

from __future__ import annotations

import pytest

from documents import make_document
from tidewaiter import knowledge
from tidewaiter.model import Route
from tidewaiter.reading.reader import read


def routes(text: str) -> list[Route | None]:
    return [row.route for row in read(make_document(text, "2023-06-15"), knowledge.load()).transfers]


def route(text: str) -> Route:
    (one,) = {one for one in routes(text) if one is not None}
    return one


SENT = "Belgium sent rifles to Kenya. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Belgium sent rifles to Kenya via Djibouti.", Route(via=("DJI",), true=("KEN",))),
        ("Belgium sent rifles to Kenya by way of Oman.", Route(via=("OMN",), true=("KEN",))),
        (
            SENT + "The plane with the rifles stopped in Asmara on its way.",
            Route(via=("asmara",), true=("KEN",), mode="air"),
        ),
        (
            SENT + "The crates were taken on by the freighter Petunia in Zeebrugge, a port in Belgium.",
            Route(via=("zeebrugge",), true=("KEN",), mode="sea", vessel="Petunia"),
        ),
        (
            SENT + "The rifles were seen in the Tanzanian port of Tanga.",
            Route(via=("tanga",), true=("KEN",)),
        ),
        (
            "Belgium sent rifles to Kenya aboard C-17 transport aircraft.",
            Route(true=("KEN",), mode="air"),
        ),
        (
            SENT + "Two cargo planes with the rifles landed at Moi International Airport.",
            Route(true=("moi",), mode="air"),
        ),
        (
            SENT + "The ship with the rifles was intercepted in the Gulf of Aden.",
            Route(via=("gulf of aden",), true=("KEN",), mode="sea"),
        ),
        (
            SENT + "A ship was taking the rifles from Antwerp in Belgium to the Kenyan port of Lamu.",
            Route(via=("antwerp",), true=("lamu",), mode="sea"),
        ),
        (
            "Belgium sent rifles to the Houthis on a cargo ship.",
            Route(true=("YEM",), mode="sea"),
        ),
        (
            "Belgium sent rifles to Kenya. They passed through Rotterdam, labelled as toys for Ghana.",
            Route(declared=("GHA",), via=("rotterdam",), true=("KEN",)),
        ),
        (
            "Belgium sent rifles to Kenya. Flights carrying the rifles landed at Al Banda airbase in Kenya.",
            Route(true=("al banda",), mode="air"),
        ),
        (
            SENT + "The rifles were on a ship that came from Oman.",
            Route(via=("OMN",), true=("KEN",), mode="sea"),
        ),
        (
            SENT + "The ship with the rifles was held off the coast of Yemen.",
            Route(via=("YEM",), true=("KEN",), mode="sea"),
        ),
        (
            SENT + "The plane with the rifles was forced to land in Chad.",
            Route(via=("TCD",), true=("KEN",), mode="air"),
        ),
        (
            "Belgium sent rifles to Kenya, making them look as if they were going to the Middle East.",
            Route(declared=("middle east",), true=("KEN",)),
        ),
    ],
)
def test_by_what_way(text: str, expected: Route) -> None:
    assert route(text) == expected


def test_aid_beside_which_arms_are_found_is_the_declared_load() -> None:
    told = route(
        "Belgium sent rifles to Kenya. "
        "Customs found the rifles on a Belgian plane carrying aid for refugees in Uganda."
    )
    assert told.declared == ("UGA",)


def test_an_airport_in_a_third_state_is_on_the_way() -> None:
    told = route(
        "Belgium sent rifles to Kenya. "
        "The plane with the rifles went on to the airport of Gulu in northern Uganda."
    )
    assert (told.via, told.true) == (("gulu",), ("KEN",))


@pytest.mark.parametrize(
    "text",
    [
        "Belgium sent rifles to Kenya, a spokesman said in Nairobi.",
        "The minister stopped in Paris on his way to Oslo. Belgium sold howitzers to Kenya in May.",
        "Belgium sold Kenya two patrol boats and 12 transport helicopters.",
        "Belgium sent rifles to Kenya, Belga reported via its website.",
        "Belgium sent rifles to Kenya. They arrived on Monday.",
        "Belgium helps to train Kenyan soldiers and has given Kenya rifles.",
        "Belgium supplied rifles to Kenya through a network of intermediaries.",
        "Belgium sent rifles to Kenya through a company based in Kampala.",
        "Belgium sent rifles to Kenya, in breach of sanctions over the invasion of Mali.",
        "Belgium sold fighter jets to Kenya. There could in the end be fewer planes.",
        "Belgium sent rifles to Kenya. Drones attacked ships in the Gulf of Aden.",
        "Belgium delivered missiles to Kenya. Kenya fired the missiles into the Red Sea.",
    ],
)
def test_where_people_spoke_and_what_was_sold_are_no_route(text: str) -> None:
    assert set(routes(text)) <= {None}


@pytest.mark.parametrize(
    ("text", "vessel"),
    [
        ("The rifles were aboard the MV Harmony, customs said.", "Harmony"),
        ("“Blue Star”, a cargo ship, carried the rifles.", "Blue Star"),
        ("The vessel Corinna carried the rifles.", "Corinna"),
        ("The ship carrying the rifles was stopped by the destroyer Valiant.", None),
        ("The ship carrying the rifles was stopped by the USS Valiant, a ship of the navy.", None),
    ],
)
def test_the_name_of_the_ship(text: str, vessel: str | None) -> None:
    told = [one for one in routes(SENT + text) if one is not None]
    assert [one.vessel for one in told[:1]] in ([vessel], [] if vessel is None else [vessel])


def test_a_capital_that_is_called_upon_is_no_stop() -> None:
    text = SENT + "Oman condemned the Belgian shipment by sea and called on Brussels to end it."
    assert "brussels" not in {place for one in routes(text) if one is not None for place in one.via}


def test_what_papers_give_out_for_the_destination_is_declared() -> None:
    given = "The freighter with the rifles left Zeebrugge, and its papers gave {} as the port of arrival."
    assert route(SENT + given.format("Beira in Mozambique")).declared == ("beira", "MOZ")
    named = "A dhow brought the rifles, and its papers named the Somali port of Bosaso as destination."
    assert (route(SENT + named).declared, route(SENT + named).via) == (("bosaso",), ())


def test_airspace_and_a_change_on_the_way_are_passed() -> None:
    told = route("Belgium flew rifles to Kenya over Sudanese airspace.")
    assert told.via == ("SDN",)
    told = route(SENT + "The rifles went to Uganda by air, and from there by rail.")
    assert told.mode == "air"


def test_a_port_of_the_recipient_is_where_they_arrived() -> None:
    told = route("Belgium sent rifles to Kenya. The freighter with the rifles docked in Nairobi.")
    assert (told.via, told.true) == ((), ("nairobi",))
