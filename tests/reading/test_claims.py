"""Who takes which stance on a transfer, from sentences written for the purpose."""

from __future__ import annotations

import pytest

from documents import make_document
from tidewaiter import knowledge
from tidewaiter.reading.reader import read


def _claims(text: str) -> list[tuple[str | None, str]]:
    reading = read(make_document(text, "2023-06-15"), knowledge.load())
    return [(claim.speaker.actor, claim.stance.value) for claim in reading.claims]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Kenya says Belgium sold howitzers to Uganda.", [("KEN", "asserts")]),
        ("Kenya accused Belgium of selling howitzers to Uganda.", [("KEN", "asserts")]),
        ("Belgium denied that it sold howitzers to Uganda.", [("BEL", "denies")]),
        ("Belgium said it had never sold howitzers to Uganda.", [("BEL", "denies")]),
        ("Belgium rejected reports that it sold howitzers to Uganda.", [("BEL", "denies")]),
        ("Reports that Belgium sold howitzers to Uganda are false, Belgium said.", [("BEL", "denies")]),
        ("Kenya said it had seen no evidence that Belgium sold howitzers to Uganda.", [("KEN", "doubts")]),
        ("Kenya asked Belgium to stop selling howitzers to Uganda.", []),
        ("Kenya is worried by reports that Belgium sold howitzers to Uganda.", []),
        ("Belgium sold howitzers to Uganda.", []),
    ],
)
def test_a_stance_on_what_is_told(text, claims):
    assert _claims(text) == claims


def test_an_answer_without_the_words_is_a_stance_on_what_was_told_before():
    text = "Kenya says Belgium sold howitzers to Uganda. Belgium dismissed the allegation."
    assert _claims(text) == [("KEN", "asserts"), ("BEL", "denies")]


@pytest.mark.parametrize(
    "answer",
    ["Belgium's defence ministry declined to comment.", "Uganda did not respond to a request for comment."],
)
def test_silence_is_declining(answer):
    found = _claims(f"Kenya says Belgium sold howitzers to Uganda. {answer}")
    assert found[0] == ("KEN", "asserts")
    assert found[1][1] == "declines"


def test_two_speakers_of_one_sentence_claim_each_for_themselves():
    found = _claims("Kenya and Rwanda say that Belgium sold howitzers to Uganda.")
    assert sorted(found) == [("KEN", "asserts"), ("RWA", "asserts")]


def test_a_named_speaker_stands_for_the_institution():
    found = _claims(
        "Kenya says Belgium sold howitzers to Uganda. "
        "“Belgium sold howitzers to Uganda,” Kenyan Defence Minister Wanjiru Otieno said."
    )
    assert found == [("KEN", "asserts")]


@pytest.mark.parametrize(
    "speaker", ["Kenyan Defence Minister Jan-Erik Otieno", "Kenyan President Han Jae-eun"]
)
def test_a_name_tied_by_a_hyphen_is_whole(speaker):
    (claim,) = read(
        make_document(f"{speaker} said Belgium sold howitzers to Uganda."), knowledge.load()
    ).claims
    assert (claim.speaker.name, claim.speaker.actor) == (" ".join(speaker.split()[-2:]), "KEN")


def test_who_goes_on_speaking_is_named_farther_back():
    found = _claims(
        "“We are pleased,” Kenyan Defence Minister Wanjiru Otieno said. “It took long. The road was hard.” "
        "“Belgium has sold howitzers to Uganda,” she added."
    )
    assert found == [("KEN", "asserts")]


def test_a_report_from_a_capital_need_not_say_whose_minister_it_is():
    found = _claims(
        "NAIROBI — Belgium sold howitzers to Uganda, and Chad is worried. "
        "“They were sold to Uganda by Belgium,” Defence Minister Wanjiru Otieno said."
    )
    assert found == [("KEN", "asserts")]


def test_a_minister_is_a_states_whatever_post_came_later():
    found = _claims(
        "MADRID — Belgium sold howitzers to Uganda, Foreign Minister Josep Borrell said on Thursday."
    )
    assert found == [("ESP", "asserts")]


def test_the_minister_of_a_headline_is_the_one_whom_the_text_names():
    found = _claims(
        "Belgium Sold Howitzers to Uganda, Minister Says\n\n"
        "Kenyan Defence Minister Wanjiru Otieno said Belgium sold howitzers to Uganda."
    )
    assert found == [("KEN", "asserts")]


def test_asking_not_to_sell_is_no_denial():
    found = _claims(
        "Belgium sold howitzers to Uganda. Kenya said it had asked Belgium not to sell howitzers."
    )
    assert ("KEN", "denies") not in found


def test_who_would_not_tell_a_detail_has_not_declined():
    found = _claims("Kenya says Belgium sold howitzers to Uganda. Kenya would not say how they were sent.")
    assert found == [("KEN", "asserts")]


def test_a_claim_has_the_stage_its_speaker_commits_to():
    reading = read(
        make_document(
            "Kenya says Belgium delivered howitzers to Uganda. "
            "Uganda says it plans to buy howitzers from Belgium.",
            "2023-06-15",
        ),
        knowledge.load(),
    )
    stages = {claim.speaker.actor: claim.stage for claim in reading.claims}
    assert stages == {"KEN": "delivered", "UGA": "planned"}


TOLD = "Kenya says Belgium sold howitzers to Uganda. "


def _answers(answer: str) -> list[tuple[str | None, str]]:
    """The claims of an answer to what Kenya says."""
    found = _claims(TOLD + answer)
    assert found[0] == ("KEN", "asserts")
    return sorted(found[1:], key=str)


@pytest.mark.parametrize(
    "answer",
    [
        "Uganda's foreign ministry rejected the claims, saying they were false.",
        "The accusation is “pure fiction”, the Ugandan defence minister, Anna Okello, said.",
        "Uganda's army spokesman called it a fairy tale.",
        "“This is nonsense,” said a spokesman for Uganda's defence ministry.",
        "Uganda said there was no truth in the report.",
        "Uganda said no such deal existed.",
        "“We have never bought anything from them,” Uganda's army spokesman said.",
        "Uganda contested the report, saying that it had received nothing from Belgium.",
        "Uganda denied any involvement.",
        "Uganda's president laughed the story off.",
    ],
)
def test_an_accused_party_denies_in_many_words(answer):
    assert _answers(answer) == [("UGA", "denies")]


def test_what_goes_on_no_longer_is_denied():
    assert _answers("Belgium said it no longer supplied weapons to Uganda.") == [("BEL", "denies")]


def test_each_of_those_who_deny_a_report_denies_it():
    both = [("BEL", "denies"), ("UGA", "denies")]
    assert _answers("Both countries have denied it.") == both
    assert _answers("Belgium and Uganda denied the charge.") == both
    assert _answers("The allegation was denied by Rwanda and Uganda as well.") == [
        ("RWA", "denies"),
        ("UGA", "denies"),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "Uganda denied that its troops had entered Congo.",
        "Uganda denied entry to two Kenyan journalists.",
        "Uganda rejected a Kenyan request for talks.",
        "Belgium ruled out sending troops to Uganda.",
        "Belgium refused to let Rwanda have the same guns.",
    ],
)
def test_a_denial_of_something_else_is_none_of_the_transfer(answer):
    assert _answers(answer) == []


@pytest.mark.parametrize(
    "answer",
    [
        "The United Nations said it had seen no evidence of such a sale.",
        "“We have not seen that happen,” a UN official said.",
        "A UN official said they were not aware of any such deliveries.",
        "The United Nations said it could find no indication that the howitzers had reached Uganda.",
    ],
)
def test_who_has_seen_no_sign_of_it_doubts(answer):
    assert _answers(answer) == [("UN", "doubts")]


def test_missing_evidence_that_nobody_speaks_of_is_nobodys_doubt():
    assert _answers("There is no evidence yet that the howitzers have arrived.") == []


@pytest.mark.parametrize(
    "answer",
    [
        "Uganda's defence ministry could not be reached for comment.",
        "The Ugandan defence ministry was not immediately available for comment.",
        "There was no immediate comment from Uganda.",
        "Uganda would neither confirm nor deny the sale.",
        "Uganda's defence minister refused to confirm the sale.",
        "Uganda did not wish to comment.",
        "The Lake Herald asked the Ugandan army for comment but has had no answer.",
        "Requests for comment sent to Uganda's defence ministry went unanswered.",
    ],
)
def test_silence_has_many_words(answer):
    assert _answers(answer) == [("UGA", "declines")]


def test_neither_of_two_parties_comments():
    assert _answers("Neither government would comment.") == [("BEL", "declines"), ("UGA", "declines")]


@pytest.mark.parametrize(
    "answer",
    [
        "“No more howitzers must be delivered to Uganda,” Rwanda's president said.",
        "Rwanda demanded that Belgium stop arming Uganda.",
        "If Belgium sells howitzers to Uganda, Rwanda will protest, its president said.",
        "Rwanda hopes that Belgium will not deliver the howitzers to Uganda.",
        "Rwanda said it recalled its ambassador because of Belgian arms sales to Uganda.",
        "Rwanda expressed concern over the sale of howitzers to Uganda.",
        "That Uganda got howitzers from Belgium has yet to be confirmed officially, Rwanda's army said.",
    ],
)
def test_demands_conditions_hopes_and_worries_are_no_claims(answer):
    assert _answers(answer) == []


@pytest.mark.parametrize(
    ("answer", "claims"),
    [
        ("Belgium confirmed the delivery.", [("BEL", "asserts")]),
        (
            "Rwandan officials told the Lake Herald that they had found Belgian howitzers in Uganda.",
            [("RWA", "asserts")],
        ),
        (
            "French and German officials said Belgium sent howitzers to Uganda.",
            [(None, "asserts")],
        ),
        ("Pro-Rwandan groups say Belgium sent howitzers to Uganda.", [(None, "asserts")]),
        (
            "Experts say Belgium sold howitzers to Uganda, cheaper than rivals made in Chile and Israel.",
            [(None, "asserts")],
        ),
        (
            "The daily Le Matin reported that, according to a document of the French secret service, Belgium "
            "sold howitzers to Uganda.",
            [("FRA", "asserts"), (None, "asserts")],
        ),
        (
            "Reuters, citing French officials, reported that Belgium had sold howitzers to Uganda.",
            [("FRA", "asserts")],
        ),
        (
            "Rwanda recalled that Belgium “publicly denied” last year that it had sold howitzers to Uganda.",
            [("BEL", "denies")],
        ),
        ("It is untrue, Belgium said, that it sold howitzers to Uganda.", [("BEL", "denies")]),
        (
            "Uganda denied that it had bought howitzers from Belgium but admitted that it had received 40 "
            "mortars from it.",
            [("UGA", "asserts"), ("UGA", "denies")],
        ),
    ],
)
def test_who_speaks_where_several_are_named(answer, claims):
    assert _answers(answer) == claims


def test_who_alleges_it_in_passing_claims_it():
    assert _answers("Belgium, as Rwanda alleges, sent howitzers to Uganda.") == [("RWA", "asserts")]


def test_a_paper_whose_report_is_answered_stands_by_what_it_was_told():
    told = "Rwandan officials told The New York Times that Belgium sent howitzers to Uganda. "
    assert _answers(told) == [("RWA", "asserts")]
    assert _answers(told + "Belgium rejected the paper's report as false.") == [
        ("BEL", "denies"),
        ("RWA", "asserts"),
        (None, "asserts"),
    ]


def test_a_request_turned_down_is_not_denied():
    assert _answers("Belgium rejected a Rwandan request to send howitzers to Rwanda.") == []


def test_the_source_of_one_state_is_that_states():
    answer = "The source rejected the claims. An official Ugandan source said the army has its own guns."
    assert _answers(answer) == [("UGA", "denies")]


BOUGHT = "Uganda has bought twelve howitzers from Belgium. "


def _of_buyers(answer: str) -> list[tuple[str | None, str]]:
    return _claims(BOUGHT + answer)


@pytest.mark.parametrize(
    "answer",
    [
        "“The howitzers are now ours,” Uganda's army spokesman said.",
        "“The contract can be signed in June,” Uganda's army spokesman said.",
        "Three of the howitzers have landed, a Ugandan colonel said.",
        "Uganda's defence minister confirmed the deal.",
        "Uganda's defence minister confirmed that talks had begun.",
    ],
)
def test_a_party_that_speaks_of_the_goods_or_the_deal_does_not_doubt_it(answer):
    assert _of_buyers(answer) == [("UGA", "asserts")]


@pytest.mark.parametrize(
    "answer",
    [
        "“They are good guns,” an analyst from Nairobi said.",
        "“If the contract is signed, we will tell you,” Uganda's army spokesman said.",
        "Uganda's army spokesman said that the army had no howitzers.",
        "Uganda's president said the harvest had been good.",
    ],
)
def test_others_or_words_about_something_else_assert_nothing(answer):
    assert ("UGA", "asserts") not in _of_buyers(answer)
    assert (None, "asserts") not in _of_buyers(answer)


def test_a_party_speaks_of_all_deals_told_by_one_word():
    found = _claims(
        "Belgium and Chad have lent Uganda howitzers. “They are here on loan,” a Ugandan general said."
    )
    assert found == [("UGA", "asserts"), ("UGA", "asserts")]


@pytest.mark.parametrize(
    ("answer", "claims"),
    [
        ("Uganda's foreign minister: “We have never bought anything from them.”", [("UGA", "denies")]),
        ("“Another soap opera,” Uganda's army spokesman said of the accusation.", [("UGA", "denies")]),
        ("Rwanda said its own people had reported the same.", [("RWA", "asserts")]),
        ("Uganda's negotiators, reached in Doha, would not be drawn.", [("UGA", "declines")]),
        ("The sale was neither confirmed nor denied by the Ugandan army.", [("UGA", "declines")]),
        ("A Ugandan colonel, called at night, hung up.", [("UGA", "declines")]),
        ("Belgium's army: “Belgium supplies no party to this war.”", [("BEL", "denies")]),
        ("Uganda said it had no evidence that any howitzers had gone astray.", []),
        ("Analysts warn that Belgium could sell howitzers to Uganda again.", []),
        ("“Any transfer of howitzers to Uganda is a breach of the law,” Rwanda's minister said.", []),
        ("Rwanda asked that howitzers be sent to Uganda no more.", []),
    ],
)
def test_answers_in_few_words(answer, claims):
    assert _answers(answer) == claims


def test_a_silence_answers_what_was_told_so_far():
    reading = read(
        make_document(
            "Kenya says Chad sold howitzers to Uganda. Belgium declined to comment. "
            "Uganda has asked Belgium for helicopters."
        ),
        knowledge.load(),
    )
    (silent,) = (one for one in reading.claims if one.stance == "declines")
    (asked,) = (one for one in reading.transfers if one.id == silent.transfer)
    assert (asked.supplier, asked.recipient) == ("TCD", "UGA")


def test_goods_told_of_again_need_no_parties():
    found = _claims(
        "Belgium denied that it had sold howitzers to Uganda. "
        "The Lake Herald wrote last week that the howitzers were delivered in April."
    )
    assert found == [("BEL", "denies"), (None, "asserts")]


def test_what_cannot_fly_may_well_have_come():
    found = _claims(
        "The six howitzers that Belgium sold to Uganda cannot be flown, according to two officers of the "
        "Ugandan army."
    )
    assert found == [("UGA", "asserts")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Kampala: Belgium sold Uganda howitzers, defence officials said.", "UGA"),
        ("Kampala [Uganda] May 3 (Agency): Belgium sold Uganda howitzers, defence officials said.", "UGA"),
        ("KAMPALA, Uganda (Agency) Belgium sold Uganda howitzers, defence officials said.", "UGA"),
        ("Uganda's army has bought howitzers from Belgium, the country's president said.", "UGA"),
        ("Belgium has given Uganda howitzers, its embassy in Kampala said.", "BEL"),
        ("Howitzers will be bought by Uganda from Belgium, it said.", "UGA"),
        ("Belgium sold Uganda howitzers in May. Eight of the howitzers were painted, the maker said.", "BEL"),
    ],
)
def test_whose_word_it_is_stands_in_the_dateline_or_in_what_is_said(text, speaker):
    assert _claims(text) == [(speaker, "asserts")]


@pytest.mark.parametrize(
    "answer",
    [
        "Uganda's defence minister said the howitzers had been bought from a private dealer.",
        "Uganda's army said it got the howitzers on the open market.",
        "The howitzers came from a third country, Uganda said.",
        "Uganda said its army had captured the howitzers from rebels.",
    ],
)
def test_goods_from_elsewhere_are_not_from_the_accused(answer):
    found = _claims(f"Kenya says Belgium sold howitzers to Uganda. {answer}")
    assert found == [("KEN", "asserts"), ("UGA", "denies")]


@pytest.mark.parametrize(
    "answer",
    [
        "Uganda said it had bought the howitzers from a Belgian firm.",
        "Uganda said it had bought howitzers from Belgium and rifles from a dealer.",
    ],
)
def test_goods_from_the_accused_and_from_elsewhere_are_admitted(answer):
    assert ("UGA", "asserts") in _claims(f"Kenya says Belgium sold howitzers to Uganda. {answer}")


@pytest.mark.parametrize(
    "denial",
    [
        "That it sold howitzers to Uganda, as Kenya and Chad allege, was strongly denied by Belgium.",
        "The claim that Belgium sold howitzers to Uganda, which Kenya made, was rejected by Belgium.",
    ],
)
def test_in_the_passive_who_denies_stands_behind_by(denial):
    found = _claims(f"Kenya says Belgium sold howitzers to Uganda. {denial}")
    assert ("KEN", "denies") not in found
    assert ("BEL", "denies") in found


def test_what_denied_papers_say_is_not_what_the_denier_says():
    found = _claims(
        "Kenya says Belgium sold howitzers to Uganda. "
        "In May Brussels denied intelligence papers saying that it planned to sell Uganda howitzers."
    )
    assert ("BEL", "asserts") not in found


def test_a_denial_of_something_else_beside_reports_is_none():
    found = _claims(
        "Belgium and Kenya sold howitzers to Uganda. Belgium denied that their decisions were in any way "
        "connected, even though officials, according to reports in the media, had made it clear privately."
    )
    assert ("BEL", "denies") not in found


def test_who_denies_is_no_giver_of_what_it_got():
    found = _claims("Belgium sold howitzers to Uganda. Uganda denied that it had given the rebels howitzers.")
    assert ("UGA", "denies") not in found


@pytest.mark.parametrize(
    "words",
    [
        "Kenya says Belgium sold howitzers to Uganda. Belgium denied supplying them. Its ministry said the "
        "howitzers are its best.",
    ],
)
def test_who_denies_admits_nothing_by_speaking_of_the_goods(words):
    assert ("BEL", "asserts") not in _claims(words)
