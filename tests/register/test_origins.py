"""Origins: the constellations with their floors, and what each rule says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floors import Gate
from linking.builders import Report, documents_of, readings_of
from register.constellations import (
    OWN,
    cases,
    given_case,
    given_gate,
    outcome_of,
    whole_gate,
)
from tidewaiter import knowledge
from tidewaiter.linking import link
from tidewaiter.model import Category, OriginKind, RegisterRow, Stance
from tidewaiter.register import build_register
from tidewaiter.register.evidence import Use, sentences_of, signs_of

REGENERATE = os.environ.get("TIDEWAITER_REGENERATE") == "1"
AS_OF = "2032-01-31"


# ------------------------------------------------------------------------------------ constellations


@pytest.mark.parametrize("gate", [whole_gate(), given_gate()], ids=lambda gate: gate.path.stem)
def test_figures_do_not_fall(gate: Gate) -> None:
    """Prints the figures (``-s`` shows them)."""
    if REGENERATE:
        gate.raise_floors()
    print(f"\n{gate.table()}")  # noqa: T201
    faults = gate.faults()
    assert not faults, "\n".join((*faults, *gate.measure().differences))


@pytest.mark.parametrize("case", cases(OWN), ids=lambda case: case["id"])
def test_own_constellations_are_weighed_as_drawn(case: dict) -> None:
    assert outcome_of(case, given_case).is_exact


# ------------------------------------------------------------------------------------ rules


def _row(*reports: Report) -> RegisterRow:
    documents, readings = documents_of(reports), readings_of(reports)
    (row,) = build_register(documents, readings, link(documents, readings), AS_OF).rows
    return row


def _report(
    text: str,
    day: str | None,
    *claims: tuple[str | None, str | None, str, Stance],
    outlet: str | None = None,
    trigger: str | None = None,
) -> Report:
    """A report on drones from Brazil to Angola; ``claims``: name, actor, content, stance."""
    report = Report(f"{len(text)}{day}.txt", text, day, outlet=outlet)
    words = {"trigger": trigger or claims[0][2]}
    row = report.transfer("BRA", "AGO", Category.UAV, None, words=words)
    for name, actor, content, stance in claims:
        said = report.statement(name, actor, content)
        report.claim(row, stance, name, actor, statement=said, words=content)
    return report


ZAMBIA = ("Zambia", "ZMB", "drones went to Angola", Stance.ASSERTS)


def test_one_speaker_in_three_reports_is_one_origin() -> None:
    days = ("2031-05-03", "2031-05-04", "2031-05-05")
    row = _row(
        *(_report(f"Zambia said on day {day} that drones went to Angola.", day, ZAMBIA) for day in days)
    )
    assert (row.origins.independent, row.origins.at_most) == (1, 1)
    (origin,) = row.origins.found
    assert (origin.kind, origin.holder, origin.standing) == (OriginKind.ACTOR, "Zambia", "independent")
    assert len(origin.citations) == 3
    assert row.origins.why.startswith("1 independent origin: Zambia")


def test_a_second_state_without_a_ground_is_not_known_to_be_independent() -> None:
    chile = ("Chile", "CHL", "drones reached Angola", Stance.ASSERTS)
    row = _row(
        _report("Zambia said that drones went to Angola.", "2031-05-03", ZAMBIA),
        _report("Chile said that drones reached Angola.", "2031-05-09", chile),
    )
    assert (row.origins.independent, row.origins.at_most) == (1, 2)
    assert [one.standing for one in row.origins.found] == ["independent", "unknown"]
    assert "Zambia had said it by 3 May 2031" in row.origins.found[1].why


def test_evidence_makes_it_an_origin_and_its_absence_does_not() -> None:
    for words, independent in (("satellite pictures show that", 2), ("without satellite pictures, that", 1)):
        content = f"{words} drones reached Angola"
        row = _row(
            _report("Zambia said that drones went to Angola.", "2031-05-03", ZAMBIA),
            _report(f"Chile said {content}.", "2031-05-09", ("Chile", "CHL", content, Stance.ASSERTS)),
        )
        assert row.origins.independent == independent, words


def test_who_rests_on_another_is_dependent_and_says_on_whom() -> None:
    content = "drones reached Angola, based on intelligence shared by Zambia"
    row = _row(
        _report("Zambia said that drones went to Angola.", "2031-05-03", ZAMBIA),
        _report(f"Chile said {content}.", "2031-05-09", ("Chile", "CHL", content, Stance.ASSERTS)),
    )
    assert (row.origins.independent, row.origins.at_most) == (1, 1)
    assert row.origins.found[1].standing == "dependent"
    assert row.origins.found[1].why.startswith("rests on Zambia")
    assert any("shared by" in one.quote for one in row.origins.found[1].citations)


def test_nobody_has_a_charge_from_the_accused_whom_it_names() -> None:
    admission = ("Brazil", "BRA", "drones were indeed sold to Angola", Stance.ASSERTS)
    content = "by information provided by allies, drones went from Brazil to Angola"
    row = _row(
        _report("Brazil said that drones were indeed sold to Angola.", "2031-05-03", admission),
        _report(f"Chile said that {content}.", "2031-05-09", ("Chile", "CHL", content, Stance.ASSERTS)),
    )
    assert [one.standing for one in row.origins.found] == ["independent", "unknown"]
    assert "whose is not told" in row.origins.found[1].why


def test_a_denial_is_no_origin_and_an_admission_is_one() -> None:
    denial = ("Brazil", "BRA", "no drones went to Angola", Stance.DENIES)
    admission = ("Brazil", "BRA", "drones were indeed sold to Angola", Stance.ASSERTS)
    accused = _report("Zambia said that drones went to Angola.", "2031-05-03", ZAMBIA)
    denied = _report("Brazil said: no drones went to Angola.", "2031-05-04", denial)
    admitted = _report("Brazil said that drones were indeed sold to Angola.", "2031-06-04", admission)
    assert _row(accused, denied).origins.independent == 1
    assert _row(accused, denied, admitted).origins.independent == 2


def test_a_party_taken_for_the_accuser_admits_nothing() -> None:
    """Where no word says that the minister is the supplier's, it is not taken for its admission."""
    claim = ("Ana Ruiz", "BRA", "drones went to Angola", Stance.ASSERTS)
    row = _row(_report("Zambia was told. Minister Ana Ruiz said drones went to Angola.", "2031-05-03", claim))
    assert [one.holder for one in row.origins.found] == ["Ana Ruiz"]


def test_a_question_and_denials_have_no_origin() -> None:
    denial = ("Brazil", "BRA", "nothing of the kind", Stance.DENIES)
    text = "Did Brazil send drones to Angola? Brazil said nothing of the kind."
    row = _row(_report(text, "2031-05-03", denial, trigger="send drones"))
    assert (row.origins.independent, row.origins.at_most, row.origins.found) == (0, 0, ())
    assert row.origins.why.startswith("Nobody is known to say it first-hand")


def test_officials_of_one_state_are_two_where_their_evidence_differs() -> None:
    pictures = ("Ana Ruiz", "ZMB", "satellite pictures show drones in Angola", Stance.ASSERTS)
    crew = ("Ben Phiri", "ZMB", "the captured crew told of drones for Angola", Stance.ASSERTS)
    first = _report("Ana Ruiz said satellite pictures show drones in Angola.", "2031-05-03", pictures)
    second = _report("Ben Phiri said the captured crew told of drones for Angola.", "2031-05-05", crew)
    assert _row(first, second).origins.independent == 2
    assert _row(first).origins.independent == 1


def test_a_reporter_on_the_spot_is_a_witness_once() -> None:
    text = "I counted nine crates. Brazil has sent drones to Angola."
    own = _report(text, "2031-05-03", outlet="Lusaka Post", trigger="has sent")
    relay = ("Lusaka Post", None, "its reporter saw drones unloaded", Stance.ASSERTS)
    told = "The Lusaka Post wrote that its reporter saw drones unloaded."
    row = _row(own, _report(told, "2031-05-04", relay, outlet="Evening Mail"))
    assert (row.origins.independent, row.origins.at_most) == (1, 1)
    assert [(one.kind, one.holder) for one in row.origins.found] == [(OriginKind.WITNESS, "Lusaka Post")]


# ------------------------------------------------------------------------------------ words


def test_every_kind_of_sign_is_found_and_every_row_of_the_table_can_be() -> None:
    tables = knowledge.load()
    text = "We have seen bills of lading; radar tracks; the wreckage; it rests on American intelligence."
    found = {(one.use, one.kind) for one in signs_of(text, tables)}
    assert {(Use.GROUND, "records"), (Use.GROUND, "physical"), (Use.SHARED, "")} <= found
    kinds = {row["kind"] for row in tables.table("evidence") if row["use"] == "ground"}
    assert {one.value for one in OriginKind} & kinds == {"physical", "records", "imagery", "witness"}


def test_sentences_do_not_end_at_shortened_words() -> None:
    text = "Lt. Gen. Wolde spoke. He read no. 12. It ended."
    assert [text[a:b] for a, b in sentences_of(text)] == [
        "Lt. Gen. Wolde spoke.",
        "He read no. 12.",
        "It ended.",
    ]


_WORDS = st.sampled_from(
    ["satellite pictures", "shared by Zambia", "media reports", "I counted", "our radar followed", "a report"]
)
_SPEAKER = st.sampled_from(
    [
        ("Zambia", "ZMB"),
        ("Chile", "CHL"),
        ("Brazil", "BRA"),
        ("Lusaka Post", None),
        ("an analyst", None),
        (None, None),
    ]
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            _WORDS, _SPEAKER, st.sampled_from(list(Stance)), st.sampled_from([None, "2031-05-03", "2031-06"])
        ),
        min_size=1,
        max_size=5,
    ),
    st.randoms(use_true_random=False),
)
def test_any_constellation_is_bounded_cited_and_the_same_in_any_order(told: list, random: object) -> None:
    reports = []
    for number, (words, (name, actor), stance, day) in enumerate(told):
        content = f"{words} number {number}: drones went to Angola"
        report = _report(
            f"Somebody said {content}.", day, (name, actor, content, stance), outlet=f"Post {number}"
        )
        reports.append(report)
    rows = _rows(reports)
    random.shuffle(reports)  # type: ignore[attr-defined]
    assert _rows(reports) == rows
    for row in rows:
        origins = row.origins
        assert origins.independent is not None
        assert 0 <= origins.independent <= origins.at_most
        assert all(one.why for one in origins.found)
        unknown = sum(one.standing == "unknown" for one in origins.found)
        assert origins.at_most == origins.independent + unknown
        for position in row.positions:
            for claim in position.claims:
                assert claim.rating is not None
                assert claim.rating.reliability in "ABCDEF"
                assert claim.rating.credibility in "123456"
                assert claim.rating.reliability_why.startswith(claim.rating.reliability)
                assert claim.rating.credibility_why.startswith(claim.rating.credibility)


def _rows(reports: list[Report]) -> tuple[RegisterRow, ...]:
    documents, readings = documents_of(reports), readings_of(reports)
    return build_register(documents, readings, link(documents, readings), AS_OF).rows


def test_a_case_may_judge_sources_by_a_table_of_its_own(tmp_path: Path) -> None:
    extra = tmp_path / "source_reliability.csv"
    extra.write_text("key,letter,reason,source\nZambia,A,never wrong so far,case file\n", encoding="utf-8")
    report = _report("Zambia said that drones went to Angola.", "2031-05-03", ZAMBIA)
    documents, readings = documents_of([report]), readings_of([report])
    tables = knowledge.load(tmp_path)
    (row,) = build_register(documents, readings, link(documents, readings), AS_OF, tables=tables).rows
    rating = row.positions[0].claims[0].rating
    assert rating is not None
    assert (rating.reliability, rating.reliability_why) == ("A", "A: Zambia is never wrong so far (A)")


def test_ratings_tell_confirmed_denied_and_taken_back_apart() -> None:
    zambia = ("Zambia", "ZMB", "radar data show that drones went to Angola", Stance.ASSERTS)
    chile = ("Chile", "CHL", "satellite pictures show drones in Angola", Stance.ASSERTS)
    brazil = ("Brazil", "BRA", "no drones went to Angola", Stance.DENIES)
    row = _row(
        _report("Zambia said radar data show that drones went to Angola.", "2031-05-03", zambia),
        _report("Chile said satellite pictures show drones in Angola.", "2031-05-09", chile),
        _report("Brazil said no drones went to Angola.", "2031-05-10", brazil),
    )
    codes = {
        position.actor: claim.rating.reliability + claim.rating.credibility
        for position in row.positions
        for claim in position.claims
        if claim.rating
    }
    assert codes == {"ZMB": "C1", "CHL": "C1", "BRA": "D5"}
    (alone,) = _row(
        _report("Zambia said radar data show that drones went to Angola.", "2031-05-03", zambia)
    ).positions
    assert alone.claims[0].rating is not None
    assert alone.claims[0].rating.credibility == "2"


def test_a_later_figure_of_the_same_side_takes_the_place_of_the_earlier() -> None:
    from linking.builders import count

    reports = []
    for number, day in ((40, "2031-05-02"), (60, "2031-06-02")):
        report = Report(f"{number}.txt", f"Zambia said {number} drones went to Angola.", day)
        row = report.transfer("BRA", "AGO", Category.UAV, "drones", words={"trigger": "went"})
        report.claim(
            row,
            Stance.ASSERTS,
            None,
            "ZMB",
            quantity=count(number, "drones"),
            said_on=day,
            words="Zambia said",
        )
        reports.append(report)
    (position,) = _row(*reports).positions
    first, second = position.claims
    assert (first.superseded_by, second.superseded_by) == (second.claim, None)


def test_a_denial_told_again_takes_no_admission_back() -> None:
    report = Report("turn.txt", "Brazil sold drones, it said; it had denied it.", "2031-06-05")
    row = report.transfer("BRA", "AGO", Category.UAV, "drones", words={"trigger": "sold"})
    report.claim(row, Stance.DENIES, "Brazil", "BRA", said_on="2031-05-01", words="denied it")
    report.claim(row, Stance.ASSERTS, "Brazil", "BRA", said_on="2031-06-04", words="it said")
    report.claim(row, Stance.DENIES, "Brazil", "BRA", words="had denied")
    (position,) = _row(report).positions
    codes = [(one.stance, one.rating.credibility) for one in position.claims if one.rating]
    assert sorted(codes) == [(Stance.ASSERTS, "2"), (Stance.DENIES, "5"), (Stance.DENIES, "6")]
