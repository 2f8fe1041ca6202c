"""Who supplies and who receives, construction by construction, from sentences written for the purpose."""

from __future__ import annotations

import pytest

from documents import make_document
from tidewaiter import knowledge
from tidewaiter.reading.reader import read

Row = tuple[str | None, str | None, str]


def _rows(text: str) -> list[Row]:
    reading = read(make_document(text, "2023-06-15"), knowledge.load())
    return [(row.supplier, row.recipient, row.category.value) for row in reading.transfers]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # who had the goods before
        (
            "Chad supplied Niger with rifles purchased from Togo.",
            [("TCD", "NER", "small_arms"), ("TGO", "TCD", "small_arms")],
        ),
        (
            "Poland sold the howitzers to Latvia in 1995, and Latvia passed them on to Estonia in 2009.",
            [("POL", "LVA", "artillery"), ("LVA", "EST", "artillery")],
        ),
        (
            "The mortars, which had been bought by Kenya from Italy, were handed to the RSF.",
            [("ITA", "KEN", "artillery"), ("KEN", "RSF", "artillery")],
        ),
        ("Gabon bought rifles for Chad.", [("GAB", "TCD", "small_arms")]),
        ("Gabon bought rifles for its army from Chad.", [("TCD", "GAB", "small_arms")]),
        ("Austria has vetoed re-exporting its shells to Chad.", []),
        # who is asked, negotiated with, awarded, paid
        ("Gabon made demands on Turkey for a supply of howitzers.", [("TUR", "GAB", "artillery")]),
        (
            "Kenya is negotiating with Italy over the delivery of six howitzers.",
            [("ITA", "KEN", "artillery")],
        ),
        (
            "Kenya is negotiating with Italy over the purchase of six howitzers.",
            [("ITA", "KEN", "artillery")],
        ),
        (
            "Kenya awarded the Italian firm Leonardo a contract for 12 military helicopters.",
            [("ITA", "KEN", "aircraft")],
        ),
        (
            "Italy's Leonardo has won an order from Kenya for 12 military helicopters.",
            [("ITA", "KEN", "aircraft")],
        ),
        ("Kenya paid Italy 20 million dollars for howitzers.", [("ITA", "KEN", "artillery")]),
        ("Kenya spent 20 million dollars on howitzers from Italy.", [("ITA", "KEN", "artillery")]),
        ("Kenya opted for howitzers from Italy.", [("ITA", "KEN", "artillery")]),
        # who is called so
        (
            "Kenya and Peru, the main arms suppliers of Chad, stayed away.",
            [("KEN", "TCD", "unspecified_arms"), ("PER", "TCD", "unspecified_arms")],
        ),
        ("Ghana is among the largest buyers of howitzers from Chile.", [("CHL", "GHA", "artillery")]),
        (
            "Among the buyers of Italian howitzers are Kenya and Chad.",
            [("ITA", "KEN", "artillery"), ("ITA", "TCD", "artillery")],
        ),
        (
            "Buyers of Italian howitzers include Kenya and Chad.",
            [("ITA", "KEN", "artillery"), ("ITA", "TCD", "artillery")],
        ),
        ("The largest importer of rifles from Chile is Ghana.", [("CHL", "GHA", "small_arms")]),
        ("The only country which has imported howitzers from Chile is Peru.", [("CHL", "PER", "artillery")]),
        ("Italy accounts for half of Kenya's arms imports.", [("ITA", "KEN", "unspecified_arms")]),
        ("Ghana is interested in Chilean howitzers.", [("CHL", "GHA", "artillery")]),
        ("Ghana has shown interest in howitzers from Chile.", [("CHL", "GHA", "artillery")]),
        # who else
        (
            "Latvia joins Poland in giving fighter jets to Peru.",
            [("LVA", "PER", "aircraft"), ("POL", "PER", "aircraft")],
        ),
        (
            "Italy has sold howitzers to several countries, including Kenya and Chad.",
            [("ITA", "KEN", "artillery"), ("ITA", "TCD", "artillery")],
        ),
        (
            "Austria will give further support to the government of Niger by donating 20 armoured vehicles.",
            [("AUT", "NER", "armoured_vehicles")],
        ),
        ("Albania facilitated rifles to Chad.", [("ALB", "TCD", "small_arms")]),
        (
            "Chad has complained of arms deliveries to Mali by Togo.",
            [("TGO", "MLI", "unspecified_arms")],
        ),
        ("Austrian-made rifles are in use by Chad.", [("AUT", "TCD", "small_arms")]),
        ("Italy has denied that it armed Kenya.", [("ITA", "KEN", "unspecified_arms")]),
        # where goods come from and go
        ("Rifles were sent from Durazzo in Albania to Mali.", [("ALB", "MLI", "small_arms")]),
        (
            "Howitzers left Togo, bound for Porto in Gabon and from there by rail for Chad.",
            [("TGO", "TCD", "artillery")],
        ),
        ("Emirati planes flew arms for the RSF to Chad.", [("ARE", "RSF", "unspecified_arms")]),
        ("An Italian ship carrying rifles to Kenya was stopped in Chad.", [("ITA", "KEN", "small_arms")]),
        ("Next month Italy will ship to Kenya howitzers worth a million.", [("ITA", "KEN", "artillery")]),
        (
            "A cargo of rifles was seized off Oman. The cargo had been supplied by Chad and "
            "was on its way to Mali.",
            [("TCD", "MLI", "small_arms")],
        ),
        # law is no party
        ("A UN resolution forbids the sale of rifles to Chad.", []),
        ("The European Union banned the sale of arms to Kenya.", []),
        # those who fight a state are not the state
        ("Iran has sent missiles to militant groups in Chad.", [("IRN", "Chadian militias", "missiles")]),
        (
            "Togo armed the Chadian opposition. The rebels hold the north.",
            [("TGO", "Chadian rebels", "unspecified_arms")],
        ),
        ("Kenya's rebels are getting rifles from Italy.", [("ITA", "Kenyan rebels", "small_arms")]),
        ("The rebels in the north of Kenya got rifles from Italy.", [("ITA", "Kenyan rebels", "small_arms")]),
        (
            "The RSF got rifles from Kenya. Shells from Kenya were sent to Sudan's army as well.",
            [("KEN", "RSF", "small_arms"), ("KEN", "SDN", "ammunition")],
        ),
        # whose country
        (
            "Ruben Diaz, the president of Peru, admitted that the government of Mali and the militants "
            "beside it were supplied with rifles by his country.",
            [("PER", "MLI", "small_arms")],
        ),
    ],
)
def test_the_parties_are_those_that_the_words_give(text: str, rows: list[Row]):
    assert _rows(text) == rows


def test_who_is_only_called_a_supplier_fills_no_other_gap():
    text = (
        "Spain sold rifles to Peru. Kenya is one of the main arms suppliers of Peru. "
        "The rifles were delivered in May."
    )

    assert _rows(text) == [("ESP", "PER", "small_arms"), ("KEN", "PER", "unspecified_arms")]
