"""Whose a minister, a ministry, an army is, and who gets what breaks an embargo: from sentences written for
the purpose."""

from __future__ import annotations

import pytest

from documents import make_document
from tidewaiter import knowledge
from tidewaiter.reading.reader import read


def _read(text: str):
    return read(make_document(text, "2023-06-15"), knowledge.load())


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "MADRID — Iran has delivered mortars to the Polisario Front, Defence Minister Ana Ruiz said.",
            "ESP",
        ),
        (
            "PRAGUE — Turkey sold drones to the Taliban, Deputy Foreign Minister Jan Novak told lawmakers.",
            "CZE",
        ),
        ("LIMA — Brazil has sold helicopters to Hezbollah, Defence Minister Jorge Quispe said.", "PER"),
    ],
)
def test_a_minister_at_home_is_not_the_accuseds(text, actor):
    assert [one.speaker.actor for one in _read(text).claims] == [actor]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Chad shares the view that Togo has given drones to Uganda, the Ministry for Foreign Affairs said.",
         "TCD"),
        ("Peru considers it proven that Togo has sold mortars to Haiti, the defence ministry said.", "PER"),
        ("Ghana regards it as proven that Togo has supplied armoured vehicles to Mali, Principal Secretary "
         "Kofi Mensah of the foreign ministry said.", "GHA"),
        ("A French frigate boarded a dhow that carried rifles from Iran to Yemen, the navy said.", "FRA"),
    ],
)  # fmt: skip
def test_who_says_what_a_state_holds_or_its_crew_saw_speaks_for_it(text, actor):
    assert [one.speaker.actor for one in _read(text).claims] == [actor]


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Kenya has supplied howitzers to South Sudan's army, Chad says.", "SSD"),
        ("Kenya has supplied howitzers to South Sudan’s army, Chad says.", "SSD"),
        ("Kenya has supplied howitzers to Sudan's army, Chad says.", "SDN"),
        ("Kenya has supplied howitzers to North Korea's army, Chad says.", "PRK"),
    ],
)
def test_the_army_of_a_state_whose_name_holds_anothers(text, recipient):
    assert [one.recipient for one in _read(text).transfers] == [recipient]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Rwanda broke the arms embargo on Libya by supplying mortars, U.N. experts said.", [("RWA", "LBY")]),
        ("Turkey sent combat drones in violation of the UN arms embargo on Libya, the panel said.",
         [("TUR", "LBY")]),
        ("Kenya's sale of mortars breaches the arms embargo on Somalia, the UN said.", [("KEN", "SOM")]),
        ("By exporting drones, Iran violated the embargo imposed on Yemen, France says.", [("IRN", "YEM")]),
        ("Iran broke the arms embargo on Iran by exporting drones, France says.", []),
        ("France kept the arms embargo on Mali while Kenya delivered mortars, the UN said.", []),
    ],
)  # fmt: skip
def test_what_breaks_an_embargo_goes_to_whom_it_is_on(text, pairs):
    assert [(one.supplier, one.recipient) for one in _read(text).transfers] == pairs


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Six Su-24 aircraft stand at the base. Russia has handed over the aircraft to Mali, Chad says.",
         ("RUS", "MLI")),
        ("Kenya owns ten armoured vehicles. In May it sold the vehicles to Mali.", ("KEN", "MLI")),
        ("Belgium makes combat drones. Peru supplied the drones to Haiti.", ("PER", "HTI")),
    ],
)  # fmt: skip
def test_goods_named_before_by_their_noun_alone(text, pair):
    assert [(one.supplier, one.recipient) for one in _read(text).transfers] == [pair]
