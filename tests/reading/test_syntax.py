"""Logical arguments: who acts on what, however the sentence is built."""

from __future__ import annotations

import pytest

from tidewaiter.reading.syntax import arguments, governors, is_passive


def _verb(parse_text, text, lemma):
    parsed = parse_text(text)
    return next(token for token in parsed.doc if token.lemma_ == lemma)


@pytest.mark.parametrize(
    ("text", "lemma", "subject", "obj"),
    [
        ("Belgium sold howitzers to Kenya.", "sell", "Belgium", "howitzers"),
        ("The howitzers were sold to Kenya by Belgium.", "sell", "Belgium", "howitzers"),
        ("Belgium plans to sell howitzers.", "sell", "Belgium", "howitzers"),
        ("Kenya accused Belgium of selling howitzers.", "sell", "Belgium", "howitzers"),
        ("Belgium bought and sold howitzers.", "sell", "Belgium", "howitzers"),
        ("The howitzers sold by Belgium reached Kenya.", "sell", "Belgium", "howitzers"),
        ("The ministry, which sold howitzers last year, said nothing.", "sell", "ministry", "howitzers"),
        ("Kenya used howitzers that Belgium sold.", "sell", "Belgium", "howitzers"),
    ],
)
def test_subject_and_object_are_found_through_the_grammar(parse_text, text, lemma, subject, obj):
    found = arguments(_verb(parse_text, text, lemma))
    assert [token.text for token in found.subjects] == [subject]
    assert [token.text for token in found.objects] == [obj]


def test_coordinated_parties_are_spread_out(parse_text):
    found = arguments(_verb(parse_text, "Chile and Peru sent rifles to Haiti and Belize.", "send"))
    assert [token.text for token in found.subjects] == ["Chile", "Peru"]
    assert [token.text for token in found.after("to")] == ["Haiti", "Belize"]


def test_a_passive_is_told_from_an_active(parse_text):
    assert is_passive(_verb(parse_text, "The rifles were shipped.", "ship"))
    assert not is_passive(_verb(parse_text, "Chile shipped the rifles.", "ship"))


def test_governors_stop_at_the_reporting_clause(parse_text):
    verb = _verb(parse_text, "Chile plans to sell rifles.", "sell")
    assert [token.lemma_ for token in governors(verb)] == ["plan"]
