"""Of judgements that contradict each other the latest counts; those that lost their words are told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.judging.settling import Settled, settle
from tidewaiter.judging.targets import Found
from tidewaiter.linking.rulings import Rulings, Said, Verdict, settled_transfers
from tidewaiter.model import Judgement, JudgementKind, Span, Standing, Target, TargetKind

SAME, NOT_SAME, UNSURE = JudgementKind.SAME, JudgementKind.NOT_SAME, JudgementKind.UNSURE
REJECT, CORRECT, RATE, NOTE = (
    JudgementKind.REJECT,
    JudgementKind.CORRECT,
    JudgementKind.RATE,
    JudgementKind.NOTE,
)


def target(name: str) -> Target:
    """A reported transfer (r...), a claim (c...) or a document (d...) called so."""
    kinds = {"r": TargetKind.TRANSFER, "c": TargetKind.CLAIM, "d": TargetKind.DOCUMENT}
    return Target(kinds[name[0]], "0" * 64, "one.txt", name)


def judgement(
    name: str, kind: JudgementKind, *sides: str, value: Mapping[str, str] | None = None, gone: bool = False
) -> Judgement:
    return Judgement(
        name,
        kind,
        "2021-05-04T00:00:00Z",
        "A. Analyst",
        "because",
        sides,
        tuple(tuple(map(target, side.split())) for side in sides),
        value or {},
        withdrawn_at="2021-05-05T00:00:00Z" if gone else None,
        withdrawn_by="B. Analyst" if gone else None,
    )


def look(one: Target) -> Found | str:
    if one.label.endswith("0"):
        return "its words stand no longer there"
    finding = None if one.kind is TargetKind.DOCUMENT else one.label
    return Found(one.label if finding is None else "d1", finding, (Span(0, 4),))


def settled(*judgements: Judgement) -> Settled:
    return settle(judgements, look, lambda _: "r1")


def standings(found: Settled) -> dict[str, Standing]:
    return {one.judgement.id: one.standing for one in found.judged}


def test_the_latest_of_two_that_contradict_each_other_counts() -> None:
    found = settled(judgement("j1", SAME, "r1", "r2"), judgement("j2", NOT_SAME, "r1", "r2"))
    assert standings(found) == {"j1": Standing.OVERRULED, "j2": Standing.ACTS}
    assert [one.verdict for one in found.rulings.transfers] == [Verdict.APART]
    back = settled(judgement("j2", NOT_SAME, "r1", "r2"), judgement("j1", SAME, "r1", "r2"))
    assert standings(back) == {"j2": Standing.OVERRULED, "j1": Standing.ACTS}
    assert "A. Analyst on 4 May 2021 (j1) says otherwise" in back.judged[0].because


def test_one_may_be_contradicted_by_two_together() -> None:
    found = settled(
        judgement("j1", NOT_SAME, "r1", "r3"),
        judgement("j2", SAME, "r1", "r2"),
        judgement("j3", SAME, "r2", "r3"),
    )
    assert standings(found)["j1"] is Standing.OVERRULED


def test_unsure_gives_an_earlier_judgement_back_to_the_program() -> None:
    found = settled(judgement("j1", SAME, "r1", "r2"), judgement("j2", UNSURE, "r1", "r2"))
    assert standings(found) == {"j1": Standing.OVERRULED, "j2": Standing.NOTED}
    assert found.rulings.joined_with("r1") == frozenset()


def test_who_joins_two_rows_did_not_say_that_each_of_them_is_one() -> None:
    found = settled(judgement("j1", NOT_SAME, "r1", "r2"), judgement("j2", SAME, "r1 r2 r3", "r4"))
    assert standings(found) == {"j1": Standing.ACTS, "j2": Standing.ACTS}
    assert found.rulings.part(["r1"], frozenset(["r2"]))
    assert found.rulings.joined_with("r4") == {"r1"}
    assert found.rulings.joined_with("r3") == {"r1"}


def test_nothing_is_decided_on_what_is_rejected() -> None:
    found = settled(
        judgement("j1", SAME, "r1", "r2"),
        judgement("j2", CORRECT, "r1", value={"field": "stage", "value": "sought"}),
        judgement("j3", NOTE, "r1"),
        judgement("j4", REJECT, "r1"),
        judgement("j5", SAME, "r1 r3", "r2"),
    )
    assert standings(found) == {
        "j1": Standing.OVERRULED,
        "j2": Standing.OVERRULED,
        "j3": Standing.OVERRULED,
        "j4": Standing.ACTS,
        "j5": Standing.ACTS,  # of a row what is left of it
    }
    assert found.edits["d1"].transfers == ("r1",)
    assert found.edits["d1"].corrections == ()
    assert found.rulings.joined_with("r3") == {"r2"}


def test_the_latest_correction_of_a_field_and_rating_of_a_source_count() -> None:
    stage = {"field": "stage", "read": "used"}
    rated = {"source": "actor", "name": "SYL"}
    found = settled(
        judgement("j1", CORRECT, "r1", value={**stage, "value": "sought"}),
        judgement("j2", CORRECT, "r1", value={**stage, "value": "agreed"}),
        judgement("j3", CORRECT, "r1", value={"field": "when", "value": "2021"}),
        judgement("j4", RATE, value={**rated, "reliability": "A"}),
        judgement("j5", RATE, value={**rated, "reliability": "E"}),
    )
    assert {(one.field, one.value) for one in found.edits["d1"].corrections} == {
        ("stage", "agreed"),
        ("when", "2021"),
    }
    assert [one.reliability for one in found.ratings] == ["E"]
    assert [one.about for one in found.edits["d1"].remarks] == ["stage", "when"]
    assert found.edits["d1"].remarks[0].text == (
        "furthest stage corrected from used to agreed by the judgement of A. Analyst on 4 May 2021: because"
    )


def test_a_rejected_claim_is_told_with_its_transfer() -> None:
    found = settled(judgement("j1", REJECT, "c1"))
    assert found.edits["d1"].claims == ("c1",)
    assert found.edits["d1"].transfers == ()
    assert [(one.transfer, one.about) for one in found.edits["d1"].remarks] == [("r1", "claim c1")]


def test_withdrawn_ones_no_longer_act() -> None:
    found = settled(
        judgement("j1", SAME, "r1", "r2", gone=True),
        judgement("j2", REJECT, "r1", gone=True),
        judgement("j3", SAME, "d1", "d2", gone=True),
    )
    assert set(standings(found).values()) == {Standing.WITHDRAWN}
    assert found.rulings == Rulings()
    assert found.edits == {}


@pytest.mark.parametrize("kind", [SAME, NOT_SAME, UNSURE])
def test_orphans_are_told_and_nothing_else_is_touched(kind: JudgementKind) -> None:
    found = settled(judgement("j1", kind, "r0", "r2"), judgement("j2", REJECT, "r0"))
    assert standings(found) == {"j1": Standing.ORPHANED, "j2": Standing.ORPHANED}
    assert found.judged[0].because == "its words stand no longer there"
    assert found.rulings == Rulings()


def test_two_that_are_now_one_are_told() -> None:
    (judged,) = settled(judgement("j1", NOT_SAME, "r1", "r1")).judged
    assert (judged.standing, judged.because) == (Standing.ORPHANED, "what it tells apart is now read as one")


NAMES = [f"r{number}" for number in range(6)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(Verdict),
            st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True),
            st.integers(1, 4),
        ),
        max_size=8,
    )
)
def test_what_is_kept_to_never_contradicts_itself(said: list[tuple[Verdict, list[str], int]]) -> None:
    latest_first = [
        Said(f"j{number}", verdict, (tuple(names[:cut]), tuple(names[cut:])), "")
        for number, (verdict, names, cut) in enumerate(said)
        if names[cut:]
    ]
    kept, overruled = settled_transfers(latest_first)
    assert {one.judgement for one in kept} | set(overruled) == {one.judgement for one in latest_first}
    together = {name: {name} for name in NAMES}
    for a, b in Rulings(transfers=kept).joins():
        joined = together[a] | together[b]
        for name in joined:
            together[name] = joined
    parted = [pair for one in kept if one.verdict is Verdict.APART for pair in one.pairs]
    assert not any(b in together[a] for a, b in parted)
    if latest_first:  # nothing is later than the latest
        assert latest_first[0].judgement in {one.judgement for one in kept}
