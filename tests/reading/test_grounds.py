"""Why a finding is what it is: words, rules and table rows."""

from __future__ import annotations

from documents import make_document
from tidewaiter import knowledge
from tidewaiter.model import Ground, Reading
from tidewaiter.reading.grounds import FRAME_RULES, grounds
from tidewaiter.reading.reader import read

TEXT = (
    "Chile sold 12 howitzers to Bolivia last year, Bolivia's defence minister said on 3 May 2021. "
    "They arrived by rail in March."
)


def explained(text: str = TEXT) -> tuple[Reading, dict[str, tuple[Ground, ...]]]:
    given = make_document(text)
    reading = read(given, knowledge.load())
    return reading, grounds(given, reading, knowledge.load())


def test_every_field_with_words_has_a_ground_with_these_words() -> None:
    reading, found = explained()
    assert reading.transfers
    for one in (*reading.transfers, *reading.mentions, *reading.claims):
        assert {ground.field: ground.words for ground in found[one.id]} == {
            field: spans for field, spans in one.anchors.items() if spans
        }


def test_rows_are_those_that_know_the_words() -> None:
    reading, found = explained()
    mention = next(one for one in reading.mentions if one.supplier == "CHL")
    fields = {ground.field: ground for ground in found[mention.id]}
    assert [(row.table, row.row["frame"]) for row in fields["trigger"].rows] == [("transfer_cues", "supply")]
    assert "CHL" in {row.row.get("code") for row in fields["supplier"].rows}
    assert "artillery" in {row.row.get("category") for row in fields["category"].rows}
    assert all(row.row["source"] for ground in found[mention.id] for row in ground.rows)


def test_the_rule_of_a_trigger_is_that_of_its_frame() -> None:
    frames = {row["frame"] for row in knowledge.load().table("transfer_cues")}
    assert frames == set(FRAME_RULES)


def test_what_is_carried_over_from_elsewhere_says_so() -> None:
    reading, found = explained()
    carried = [
        ground.rule
        for one in reading.mentions
        for ground in found[one.id]
        if ground.field == "recipient" and not one.sentence.start <= ground.words[0].start < one.sentence.end
    ]
    assert all("carried over" in rule for rule in carried)
