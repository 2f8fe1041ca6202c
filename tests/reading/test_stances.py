"""Denials, refusals to comment, doubts and admissions of many forms, each in a report of a sentence or two.

Each line of ``data/stances.jsonl`` has ``text``, ``actor`` and ``may``: the stances that the actor may be
read to take, with ``|`` between them; none at all where one of them is empty. ``to`` narrows it to what one
recipient gets. The lines of ``data/stances_unseen.jsonl`` are held out: what goes wrong in them is looked at
as figures only. A stance that is missed is a loss; one that is wrong is the worst that can be read.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from documents import make_document
from tidewaiter import knowledge
from tidewaiter.reading.reader import read

DATA = Path(__file__).parent / "data"


@cache
def counted(name: str, *, by_rules: bool) -> dict[str, list[str]]:
    """The texts that are read right, wrong, or in which the stance is missed."""
    found: dict[str, list[str]] = {"right": [], "wrong": [], "missed": []}
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        reading = read(make_document(case["text"], "2023-06-15"), knowledge.load(), by_rules_alone=by_rules)
        recipients = {one.id: one.recipient for one in reading.transfers}
        took = {
            claim.stance.value
            for claim in reading.claims
            if claim.speaker.actor == case["actor"] and case.get("to") in (None, recipients[claim.transfer])
        }
        may = set(case["may"].split("|"))
        is_right = took <= may and bool(took or "" in may)
        found["right" if is_right else "wrong" if took else "missed"].append(case["text"])
    return found


@pytest.mark.parametrize("by_rules", [False, True])
def test_hardly_any_stance_is_read_wrongly(by_rules):
    assert counted("stances.jsonl", by_rules=by_rules)["wrong"] == []


@pytest.mark.parametrize(
    ("name", "by_rules", "right", "wrong"),
    [
        ("stances.jsonl", False, 56, 0),
        ("stances.jsonl", True, 53, 0),
        ("stances_unseen.jsonl", False, 33, 1),
        ("stances_unseen.jsonl", True, 32, 1),
    ],
)
def test_stances_are_found(name, by_rules, right, wrong):
    found = counted(name, by_rules=by_rules)
    assert len(found["right"]) >= right
    assert len(found["wrong"]) <= wrong


@pytest.mark.parametrize(
    "body", ["general staff", "high command", "presidency", "state security directorate"]
)
def test_a_body_of_which_nobody_says_whose_it_is_is_heard(body):
    text = f"The {body} accused Chad of having supplied the Lord's Resistance Army with fifty drones."
    reading = read(make_document(text, "2023-06-15"), knowledge.load())
    assert [(claim.stance.value, claim.speaker.actor) for claim in reading.claims] == [("asserts", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya and Ghana brought in sanctions on Peru after the missile delivery to Chad was confirmed.",
        "Kenya's government announced new sanctions on Peru over the missile shipments to Chad.",
        "Kenya warned Peru of what it would do if the missile deliveries to Chad were confirmed.",
    ],
)
def test_who_acts_on_a_delivery_did_not_make_it(text):
    reading = read(make_document(text, "2023-06-15"), knowledge.load())
    assert not [one for one in reading.transfers if one.supplier in ("KEN", "GHA")]


def test_where_somebody_is_posted_gets_no_goods():
    text = "Peru denied supplying the rifles to Chad in a statement by its mission to the United Nations."
    reading = read(make_document(text, "2023-06-15"), knowledge.load())
    assert {one.recipient for one in reading.transfers} == {"TCD"}


@pytest.mark.parametrize(
    "text",
    [
        "Kenya dismisses as ‘baseless’ Ethiopian allegations of arms supplies to Chad: state media\n\n"
        "Ethiopia's spokesman Abel Tesfaye said artillery from Kenya to Chad was arriving under the guise of "
        "shipments to Sudan.\n\n“Of late Ethiopia has once more been circulating its baseless ‘arms "
        "smuggling’ story between Kenya and Chad,” Kenya’s deputy defence minister said. , according to SPA.",
        "The agency SPA said Ethiopia had repeated the fabricated story of rifle sales by Kenya to Chad.",
    ],
)
def test_who_passes_on_that_a_charge_is_baseless_asserts_nothing(text):
    reading = read(make_document(text, "2023-06-15"), knowledge.load())
    assert "SPA" not in {claim.speaker.name for claim in reading.claims}
