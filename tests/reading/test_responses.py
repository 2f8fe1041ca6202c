"""Responses: who does what about a transfer, against whom, and whether it was done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hand_made import entities, statement, transfer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.model import ReportedTransfer, Response, Span, Statement
from tidewaiter.reading.deeds.responses import find_responses
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.who.actors import find_actors

ACTORS = {
    "Norway": "NOR", "Norwegian": "NOR", "Oslo": "NOR", "Chad": "TCD", "Chadian": "TCD", "Mali": "MLI",
    "Peru": "PER", "Peruvian": "PER", "Chile": "CHL", "Brazil": "BRA", "Kenya": "KEN", "Turkey": "TUR",
    "Turkish": "TUR", "Japan": "JPN", "Canada": "CAN", "the EU": "EU", "EU": "EU", "UN": "UN",
    "United Nations": "UN", "Security Council": "UN", "UN Security Council": "UN", "Ghana": "GHA",
    "Hungary": "HUN", "Serbian": "SRB", "Kenyan": "KEN",
}  # fmt: skip
FIELDS = ("kind", "by", "against", "target", "status", "on")

Parse = Callable[..., Parsed]
Row = tuple[str, str | None, str | None, str]


def found(
    parse_text: Parse,
    text: str,
    *,
    times: dict[str, str] | None = None,
    statements: Sequence[Statement] = (),
    transfers: Sequence[ReportedTransfer] = (),
) -> tuple[Response, ...]:
    return find_responses(parse_text(text), entities(text, ACTORS, times=times), statements, transfers)


def rows(responses: Sequence[Response]) -> set[Row]:
    return {(str(one.kind), one.by, one.against, str(one.status)) for one in responses}


CASES: list[tuple[str, set[Row]]] = [
    # sanctions
    (
        "Canada and the EU have imposed sanctions on Chadian traders accused of selling rifles to Mali.",
        {("sanction", "CAN", "TCD", "done"), ("sanction", "EU", "TCD", "done")},
    ),
    (
        "Sanctions were imposed on a Chadian trading house by Japan for shipping missiles to Mali.",
        {("sanction", "JPN", "TCD", "done")},
    ),
    (
        "Norway slapped Chad with sanctions over its arms sales.",
        {("sanction", "NOR", "TCD", "done")},
    ),
    (
        "Japan sanctioned three Turkish firms for supplying drones to Mali.",
        {("sanction", "JPN", "TUR", "done")},
    ),
    (
        "Kenya threatened to impose sanctions on Chad over the delivery of rifles.",
        {("sanction", "KEN", "TCD", "threatened")},
    ),
    (
        "Japan will impose sanctions against those working to ship rifles to Mali.",
        {("sanction", "JPN", None, "announced")},
    ),
    (
        "Chad sells rifles to Mali. Both countries are under sanctions by Norway.",
        {("sanction", "NOR", "TCD", "done"), ("sanction", "NOR", "MLI", "done")},
    ),
    (
        "Japan had put the Corinna and other freighters of Chad under sanctions for transports of rifles.",
        {("sanction", "JPN", "TCD", "done")},
    ),
    (
        "Canada threatened Mali with sanctions over its purchase of Turkish missiles.",
        {("sanction", "CAN", "MLI", "threatened")},
    ),
    (
        "Canada warned Mali that it may face sanctions if it buys missiles from Chad.",
        {("sanction", "CAN", "MLI", "threatened"), ("diplomatic_protest", "CAN", "MLI", "done")},
    ),
    # the UN, investigations, seizures
    (
        "Kenya took the matter of Turkish arms shipments to the UN Security Council.",
        {("un_referral", "KEN", "TUR", "done")},
    ),
    (
        "Mali filed a complaint against Chad with the UN Security Council over the weapons it supplies.",
        {("un_referral", "MLI", "TCD", "done")},
    ),
    (
        "Ghana opened an investigation into the export of missiles from Chad to Mali.",
        {("investigation", "GHA", "TCD", "done")},
    ),
    (
        "The Peruvian navy seized 300 rifles from a dhow that came from Chad.",
        {("interdiction", "PER", "TCD", "done")},
    ),
    (
        "Customs officers in Ghana intercepted a cargo of rifles from Turkey.",
        {("interdiction", "GHA", "TUR", "done")},
    ),
    (
        "The Peruvian navy announced the seizure of 200 rifles smuggled from Chad.",
        {("interdiction", "PER", "TCD", "done")},
    ),
    (
        "A cargo of rifles from Chad was seized at a Turkish port.",
        {("interdiction", "TUR", "TCD", "done")},
    ),
    (
        "Japan blacklisted two companies that had helped Mali buy rifles.",
        {("sanction", "JPN", "MLI", "done")},
    ),
    (
        "A freighter that carried rifles from Chad was not allowed to dock at a port in Peru.",
        {("interdiction", "PER", "TCD", "done")},
    ),
    (
        "The freighter, coming from Chad, had rifles. The Peruvian navy stopped the ship on Monday.",
        {("interdiction", "PER", "TCD", "done")},
    ),
    (
        "The Chadian plane with the rifles was forced to land in Peru.",
        {("interdiction", "PER", "TCD", "done")},
    ),
    (
        "Chad supplies rifles. Peru has reported the seizure of rifles from Chad to the UN Security Council.",
        {("un_referral", "PER", "TCD", "done")},
    ),
    # protests, controls, watching
    (
        "Kenya severed diplomatic ties with Turkey over its sale of drones to Mali.",
        {("diplomatic_protest", "KEN", "TUR", "done")},
    ),
    (
        "The Kenyan ambassador to Turkey was called home over the sale of drones to Mali.",
        {("diplomatic_protest", "KEN", "TUR", "done")},
    ),
    (
        "Kenya pulled its ambassador out of Turkey over the sale of drones to Mali.",
        {("diplomatic_protest", "KEN", "TUR", "done")},
    ),
    (
        "Kenya expelled a Turkish diplomat over the sale of drones to Mali.",
        {("diplomatic_protest", "KEN", "TUR", "done")},
    ),
    (
        "Chad decided that no weapons would be delivered to Mali.",
        {("export_control", "TCD", "MLI", "done")},
    ),
    (
        "Canada removed Turkey from the programme of the fighter after it bought missiles.",
        {("export_control", "CAN", "TUR", "done")},
    ),
    (
        "Turkey was criticised by Kenya for its sale of drones to Mali.",
        {("diplomatic_protest", "KEN", "TUR", "done")},
    ),
    (
        "Kenya called the Turkish ambassador to an office to explain the sale of drones.",
        {("diplomatic_protest", "KEN", "TUR", "done")},
    ),
    (
        "Kenya condemned the sale of drones by Turkey to Mali.",
        {("diplomatic_protest", "KEN", "TUR", "done")},
    ),
    (
        "The Peruvian Foreign Ministry told Chile to stop arming Mali with rifles.",
        {("diplomatic_protest", "PER", "CHL", "done")},
    ),
    (
        "Norway repeated public warnings to Chad over the rifle deliveries.",
        {("diplomatic_protest", "NOR", "TCD", "done")},
    ),
    (
        "Kenya summoned the Turkish ambassador over the drone deliveries to Mali.",
        {("diplomatic_protest", "KEN", "TUR", "done")},
    ),
    (
        "Kenya has recalled its ambassador in protest against Turkish arms sales to Mali.",
        {("diplomatic_protest", "KEN", "TUR", "done")},
    ),
    (
        "Norway has suspended arms exports to Turkey.",
        {("export_control", "NOR", "TUR", "done")},
    ),
    (
        "Norway suspended arms export licences for Turkey over rifles that could be used for raids in Mali.",
        {("export_control", "NOR", "TUR", "done")},
    ),
    (
        "Norway will not issue any new permits for arms exports to Chad.",
        {("export_control", "NOR", "TCD", "done")},
    ),
    (
        "Norway was trying to monitor the shipments of arms from Chad.",
        {("monitoring", "NOR", "TCD", "done")},
    ),
    (
        "Norway will keep watching for further Chadian arms shipments to Mali.",
        {("monitoring", "NOR", "TCD", "announced")},
    ),
    # vetoes, with what they stopped beside them
    (
        "Peru and Chile vetoed a Brazil-led attempt to toughen sanctions on Mali at the UN Security Council.",
        {
            ("veto", "PER", "BRA", "done"),
            ("veto", "CHL", "BRA", "done"),
            ("sanction", "UN", "MLI", "blocked"),
        },
    ),
    (
        "Hungary blocked EU sanctions on Chad over the export of rifles.",
        {("veto", "HUN", None, "done"), ("sanction", "EU", "TCD", "blocked")},
    ),
    (
        "The UN Security Council rejected a Brazil-drafted resolution imposing an arms embargo on Mali.",
        {("sanction", "UN", "MLI", "blocked")},
    ),
    (
        "Norway lifted sanctions on Mali, to which Chad sells arms.",
        {("sanction", "NOR", "MLI", "lifted")},
    ),
    (
        "Norway has removed its sanctions on Mali, to which Chad sells arms.",
        {("sanction", "NOR", "MLI", "lifted")},
    ),
]

NO_RESPONSES = [
    "Chad faces international sanctions over its arms sales.",
    "Norway may lift sanctions on Mali, to which Chad sells arms.",
    "Norway did not lift sanctions on Mali, to which Chad sells arms.",
    "The shipment of rifles is a violation of UN sanctions on Chad.",
    "Norway called for sanctions on Chad over its arms sales.",
    "Norway did not impose sanctions on Chad for the arms sales.",
    "Analysts say Japan may sanction Turkish firms over the arms sales.",
    "Norway voiced concern over Chadian arms sales.",
    "The large drill was condemned by Chad.",
    "Norway gave Mali military aid and weapons.",
    "Sanctions were imposed on Chad over its arms sales.",
    "The UN Security Council imposed an arms embargo on Mali, to which Chad sells rifles.",
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:50] for text, _ in CASES])
def test_finds(parse_text: Parse, text: str, expected: set[Row]) -> None:
    if "blocked" in {row[3] for row in expected}:
        text += " The weapons were supplied by Chad."
    assert rows(found(parse_text, text)) == expected


@pytest.mark.parametrize("text", NO_RESPONSES)
def test_finds_none(parse_text: Parse, text: str) -> None:
    assert rows(found(parse_text, text)) == set()


def test_every_field_is_anchored_and_dated(parse_text: Parse) -> None:
    text = "On 3 May 2021 Japan imposed sanctions on a Chadian shipping company over the sale of rifles."
    (one,) = found(parse_text, text, times={"3 May 2021": "2021-05-03"})
    assert one.on == "2021-05-03"
    assert one.target == "Chadian shipping company"
    words = {name: [text[start:end] for start, end in spans] for name, spans in one.anchors.items()}
    assert words == {
        "kind": ["imposed", "sanctions"],
        "by": ["Japan"],
        "against": ["Chadian"],
        "target": ["Chadian shipping company"],
        "status": ["imposed"],
        "on": ["3 May 2021"],
    }


def test_the_day_of_an_announcement_is_not_the_day_of_a_seizure(parse_text: Parse) -> None:
    text = "The Peruvian navy seized rifles from a dhow, the ministry announced on Monday."
    (one,) = found(parse_text, text, times={"Monday": "2021-05-03"})
    assert one.on is None


def test_the_day_of_telling_is_not_the_day_of_the_seizure_told(parse_text: Parse) -> None:
    text = "The Peruvian navy announced on Monday the seizure of rifles from Chad."
    (one,) = found(parse_text, text, times={"Monday": "2021-05-03"})
    assert one.on is None


def test_we_is_whoever_speaks(parse_text: Parse) -> None:
    text = "“We will impose sanctions on Chad over the rifles,” said the minister."
    spoken = statement(text, "We will impose sanctions on Chad over the rifles", "the minister", "NOR")
    (one,) = found(parse_text, text, statements=[spoken], transfers=[transfer(text, "TCD", "Chad", "MLI")])
    assert (one.by, one.against, str(one.status), one.transfer) == ("NOR", "TCD", "announced", "r-TCD-MLI")
    assert [text[start:end] for start, end in one.anchors["by"]] == ["We", "the minister"]


def test_what_a_speaker_does_not_say_is_no_response(parse_text: Parse) -> None:
    text = "The minister would not say that Norway has imposed sanctions on Chad over the arms sales."
    unsaid = statement(
        text, "Norway has imposed sanctions on Chad over the arms sales", "The minister", "NOR", negated=True
    )
    assert found(parse_text, text, statements=[unsaid]) == ()


def test_the_party_hit_is_the_supplier_of_the_transfer_answered(parse_text: Parse) -> None:
    text = "Chad ships rifles to Mali. Norway is watching whether the shipments arrive."
    (one,) = found(parse_text, text, transfers=[transfer(text, "TCD", "Chad", "MLI")])
    assert (str(one.kind), one.by, one.against, one.transfer) == ("monitoring", "NOR", "TCD", "r-TCD-MLI")
    assert [text[start:end] for start, end in one.anchors["against"]] == ["Chad"]


def test_the_accused_does_not_protest(parse_text: Parse) -> None:
    text = "Chad denounced Norway over the claim that Chad ships rifles to Mali."
    assert found(parse_text, text, transfers=[transfer(text, "TCD", "Chad", "MLI")]) == ()


def test_seizures_without_origin_are_like_the_others(parse_text: Parse) -> None:
    text = (
        "The Peruvian navy seized rifles from a dhow that came from Chad. "
        "In May the Turkish navy seized missiles from another dhow."
    )
    assert rows(found(parse_text, text)) == {
        ("interdiction", "PER", "TCD", "done"),
        ("interdiction", "TUR", "TCD", "done"),
    }


TOLD: list[tuple[str, set[Row]]] = [
    # all after "Chad sends rifles to Mali.", with that transfer read
    ("Japan is watching the flights closely.", {("monitoring", "JPN", "TCD", "done")}),
    ("Japan is closely following the convoys.", {("monitoring", "JPN", "TCD", "done")}),
    ("Japan keeps watching Chad’s dealings with Mali.", {("monitoring", "JPN", "TCD", "done")}),
    ("Japan is watching the election.", set()),
    ("Japan is looking into the reports.", {("investigation", "JPN", "TCD", "done")}),
    ("Japan will investigate whether Chad broke the terms.", {("investigation", "JPN", "TCD", "announced")}),
    ("Chad will set up an inquiry.", {("investigation", "TCD", "TCD", "announced")}),
    (
        "Chad was pained by Norway’s tone, and will set up an inquiry.",
        {("investigation", "TCD", "TCD", "announced")},
    ),
    (
        "Japan handed a complaint against Chad to the Security Council.",
        {("un_referral", "JPN", "TCD", "done")},
    ),
    (
        "Japan will report the Chadian rifles to the Security Council’s committee.",
        {("un_referral", "JPN", "TCD", "announced")},
    ),
    ("A ship was stopped off Togo by Norwegian marines.", {("interdiction", "NOR", "TCD", "done")}),
    (
        "Japan imposed sanctions on Chad. Kenya has said it may follow.",
        {("sanction", "JPN", "TCD", "done"), ("sanction", "KEN", "TCD", "threatened")},
    ),
    (
        "Japan imposed sanctions on Chad. Kenya will follow suit.",
        {("sanction", "JPN", "TCD", "done"), ("sanction", "KEN", "TCD", "announced")},
    ),
    (
        "Japan imposed sanctions on Chad. Kenya followed a Peruvian ship.",
        {("sanction", "JPN", "TCD", "done")},
    ),
    (
        "Japan imposed sanctions on Chad. Japan has said Japan could impose sanctions on Chad.",
        {("sanction", "JPN", "TCD", "done")},
    ),
    (
        "Japan imposed sanctions on Chad. Japan has said Japan could impose further sanctions on Chad.",
        {("sanction", "JPN", "TCD", "done"), ("sanction", "JPN", "TCD", "threatened")},
    ),
    ("Japan boarded a dhow near the coast of Ghana.", {("interdiction", "JPN", "TCD", "done")}),
    ("Japan is monitoring the arms purchases of Mali and Chad.", {("monitoring", "JPN", "TCD", "done")}),
    (
        "Japan requested a reconsideration of Chad’s decision to sell rifles.",
        {("diplomatic_protest", "JPN", "TCD", "done")},
    ),
    (
        "The Chadian ambassador was summoned to Japan’s ministry over the rifles.",
        {("diplomatic_protest", "JPN", "TCD", "done")},
    ),
    (
        "Japan hinted at a possibility of new sanctions being put on Chad.",
        {("sanction", "JPN", "TCD", "threatened")},
    ),
    ("Japan hinted that sanctions may be placed on Chad.", {("sanction", "JPN", "TCD", "threatened")}),
    ("Analysts hinted that sanctions may be placed on Chad.", set()),
    ("Mali exposes itself to the risk of sanctions by Japan.", set()),
    ("Japan suspended export licences for Chad.", {("export_control", "JPN", "TCD", "done")}),
    ("A UN expert group is looking into the matter.", {("investigation", "UN", "TCD", "done")}),
    (
        "Japan imposed sanctions on those who ship the rifles.",
        {("sanction", "JPN", "TCD", "done")},
    ),
]


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=[text[:50] for text, _ in TOLD])
def test_answers_to_the_transfer_told_before(parse_text: Parse, text: str, expected: set[Row]) -> None:
    text = "Chad sends rifles to Mali. " + text
    actors = {**ACTORS, "it": "KEN"}
    responses = find_responses(
        parse_text(text), entities(text, actors), (), [transfer(text, "TCD", "Chad", "MLI")]
    )
    assert rows(responses) == expected


def test_a_headline_says_what_a_draft_is_about_not_whose_it_is(parse_text: Parse) -> None:
    text = "Turkey vetoes Mali arms text\n\nTurkey vetoed a Peruvian draft on arms for Mali."
    assert rows(found(parse_text, text)) == {("veto", "TUR", "PER", "done")}


def test_a_ship_is_stopped_by_the_navy_just_named(parse_text: Parse) -> None:
    text = "The Norwegian navy found rifles on a ship from Chad. The ship was stopped off Ghana on Monday."
    parsed = parse_text(text)
    actors = find_actors(parsed)
    known = replace(entities(text, {}), actors=actors)
    told = find_responses(parsed, known, (), [transfer(text, "TCD", "Chad", "MLI")])
    assert rows(told) == {("interdiction", "NOR", "TCD", "done")}


@pytest.mark.parametrize(
    "text",
    [
        "Since 2014 a UN arms embargo has forbidden the supply of rifles to Mali.",
        "Peruvian officials said they found rifles on a plane from Chad. It was allowed to go on.",
        "Peru intercepted a missile that Chad had fired.",
        "Peru could face sanctions. Chad sold rifles to Mali.",
        "Peru broke diplomatic ties with Chad over its war in Mali. Chad has rifles.",
        "Pirates seized a ship with rifles from Chad. The Peruvian navy is near.",
        "Peru condemned the attack of Chad. Rifles were used.",
        "Peru is looking into deals on infrastructure with Chad. Chad sold rifles to Mali.",
    ],
)
def test_embargoes_finds_and_missiles_in_flight_are_none(parse_text: Parse, text: str) -> None:
    assert found(parse_text, text) == ()


def test_nobody_seizes_goods_of_their_own(parse_text: Parse) -> None:
    text = "Chad sent rifles to Mali. Mali denies that it seized the weapons from a ship."
    assert rows(found(parse_text, text, transfers=[transfer(text, "TCD", "Chad", "MLI")])) == set()


def test_of_both_sides_of_a_transfer_the_supplier_is_meant(parse_text: Parse) -> None:
    text = "Kenya condemned Turkey over its drones. Kenya warned Mali against the drones, too."
    told = found(parse_text, text, transfers=[transfer(text, "TUR", "Turkey", "MLI")])
    assert rows(told) == {("diplomatic_protest", "KEN", "TUR", "done")}


def test_a_supplier_asks_what_became_of_what_it_sent(parse_text: Parse) -> None:
    text = "Chad sold rifles to Mali. Chad demands that the fate of the rifles be explained."
    sold = transfer(text, "TCD", "Chad", "MLI")
    told = found(
        parse_text,
        text,
        transfers=[
            replace(
                sold,
                anchors={**sold.anchors, "recipient": (Span(text.index("Mali"), text.index("Mali") + 4),)},
            )
        ],
    )
    assert rows(told) == {("diplomatic_protest", "TCD", "MLI", "done")}


WORDS = st.sampled_from(
    [*ACTORS, "sanctions", "imposed", "on", "vetoed", "seized", "rifles", "arms", "shipments", "will", "not",
     "condemned", "blocked", "by", "the", "a", "resolution", "suspended", "exports", "to", "monitoring",
     "We", "’s", "“", "”", "< /p>", "\n", "\t", "…", "—", "\u200b", "US-sanctioned", "countries", "both",
     "after", "that", "warned", "complaint", "stop", "sending", ".", ",", "in", "2021", "Monday", "🚢"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, max_size=40))
def test_any_text_is_read_and_every_field_stands_on_its_words(parse_text: Parse, words: list[str]) -> None:
    text = " ".join(words)
    responses = found(parse_text, text, times={"2021": "2021", "Monday": "2021-05-03"})
    assert len({one.id for one in responses}) == len(responses)
    for one in responses:
        given_fields = {name for name in FIELDS if getattr(one, name) is not None}
        assert given_fields == set(one.anchors)
        for spans in one.anchors.values():
            assert spans
            assert all(0 <= start < end <= len(text) and text[start:end].strip() for start, end in spans)
        if one.target is not None:
            (span,) = one.anchors["target"]
            assert text[span.start : span.end] == one.target
