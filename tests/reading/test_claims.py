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
