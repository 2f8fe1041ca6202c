"""Claims as schema.org ClaimReview."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from dossier.sample import DOCUMENTS, READINGS, REGISTER
from tidewaiter.exports.claimreview import NO_VERDICT, Reviewer, address, claimreview_text
from tidewaiter.model import AsOf, Clock, Register, Stance

from .golden import assert_golden

BY_ID = {one.id: one for one in DOCUMENTS}
REVIEWER = Reviewer("Tidewaiter case: Shells for Valletta", "2031-06-01T09:30:00Z")


def made(register: Register = REGISTER) -> list[dict[str, Any]]:
    whole = json.loads("".join(claimreview_text(register, BY_ID, READINGS, REVIEWER)))
    assert whole["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = whole["@graph"]
    return graph


def test_the_sample_is_the_golden_one() -> None:
    assert_golden("claimreview.json", made())


def test_nothing_can_end_the_script_element_of_a_page_that_holds_it() -> None:
    text = "".join(claimreview_text(REGISTER, BY_ID, READINGS, REVIEWER))
    assert "<" not in text
    assert "<b>denied</b>" in made()[0]["reviewBody"]


def test_every_claim_is_in_once_but_those_who_decline() -> None:
    wanted = {
        f"{claim.document}:{claim.claim}"
        for row in REGISTER.rows
        for position in row.positions
        for claim in position.claims
        if claim.stance is not Stance.DECLINES
    }
    names = [(one["about"]["identifier"], name) for one in made() for name in one["identifier"]]
    assert {name for _, name in names} == wanted
    assert len(set(names)) == len(names)
    assert len({one["@id"] for one in made()}) == len(made())


def test_no_review_rates_and_every_one_says_so() -> None:
    for one in made():
        assert one["@type"] == "ClaimReview"
        assert "reviewRating" not in json.dumps(one)
        assert one["reviewBody"].startswith(NO_VERDICT)


def test_what_is_claimed_is_said_by_somebody() -> None:
    for one in made():
        assert any(word in one["claimReviewed"] for word in (" says that ", " denies a ", " doubts a "))
        item = one["itemReviewed"]
        assert item["@type"] == "Claim"
        assert item["author"]["name"]
        assert item["text"]
        assert item["firstAppearance"] in item["appearance"]


def test_nothing_is_null_and_days_are_days() -> None:
    text = json.dumps(made())
    assert "null" not in text
    for one in made():
        day = one["itemReviewed"].get("datePublished")
        assert day is None or len(day) == 10
        assert day is None or one["itemReviewed"]["temporal"] == day


def test_a_day_that_is_past_is_said() -> None:
    then = replace(REGISTER, as_of=AsOf("2031-05-01", Clock.PUBLIC, 3, 6))
    assert all("As of 1 May 2031" in one["reviewBody"] for one in made(then))


@pytest.mark.parametrize(
    ("url", "is_kept"),
    [
        ("https://example.org/a?b=c#d", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("https:// example.org", False),
        ("https://", False),
        ("ftp://example.org/", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_passed_on(url: str | None, is_kept: bool) -> None:
    assert address(url) == (url if is_kept else None)
