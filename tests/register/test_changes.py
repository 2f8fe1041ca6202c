"""What changed between two registers: each kind, and that batches do not matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linking.builders import Report, count, documents_of, readings_of
from tidewaiter.linking import link
from tidewaiter.model import (
    Category,
    Change,
    ChangeKind,
    Citation,
    Discrepancy,
    DisputedValue,
    Quantity,
    Register,
    ResponseKind,
    ResponseStatus,
    Stage,
    Stance,
)
from tidewaiter.register import build_register
from tidewaiter.register.changes import Fact, Standing, changes_between, facts_of, tell
from tidewaiter.register.changes.breaches import breaches
from tidewaiter.register.changes.telling import undone_key

AS_OF = "2032-01-31"
NOTHING = Register((), (), (), ())


def register(*reports: Report) -> Register:
    documents, readings = documents_of(reports), readings_of(reports)
    return build_register(documents, readings, link(documents, readings), AS_OF)


def told(
    name: str,
    published: str,
    actor: str = "ZMB",
    stance: Stance = Stance.ASSERTS,
    stage: Stage | None = Stage.SHIPPED,
    said_on: str | None = None,
    quantity: Quantity | None = None,
    supplier: str = "BRA",
    reached: Stage = Stage.SHIPPED,
) -> Report:
    """A report in which one actor takes a stance on forty drones from Brazil to Angola."""
    words = f"{actor} spoke of Falcon-7 drones for Angola in {name}"
    report = Report(name, f"{words}. The weather was fair.", published)
    row = report.transfer(
        supplier, "AGO", Category.UAV, "Falcon-7 drones", stage=reached, when="2031-05-01", quantity=quantity,
        words={"supplier": actor, "recipient": "Angola", "trigger": "spoke", "stage": "spoke"},
    )  # fmt: skip
    report.claim(row, stance, None, actor, stage=stage, said_on=said_on, quantity=quantity, words=words)
    return report


ACCUSED = told("accused.txt", "2031-05-03", said_on="2031-05-02")
DENIED = told("denied.txt", "2031-05-05", "BRA", Stance.DENIES, None, "2031-05-04")
AGAIN = told("again.txt", "2031-05-08", said_on="2031-05-07")
ARRIVED = told(
    "arrived.txt", "2031-06-02", "AGO", stage=Stage.DELIVERED, said_on="2031-06-01", reached=Stage.DELIVERED
)
USED = told("used.txt", "2031-07-02", "NAM", stage=Stage.USED, said_on="2031-07-01", reached=Stage.USED)
DOUBTED = told("doubted.txt", "2031-05-06", "ARG", Stance.DOUBTS, None, "2031-05-05")


def kinds(changes: tuple[Change, ...]) -> list[str]:
    return [one.kind.value for one in changes]


def only(changes: tuple[Change, ...], kind: ChangeKind) -> Change:
    (found,) = [one for one in changes if one.kind is kind]
    return found


def test_a_transfer_appears_with_all_that_it_brings() -> None:
    changes = changes_between(NOTHING, register(ACCUSED))
    assert {"appeared", "stage", "origin_gained", "question_opened"} <= set(kinds(changes))
    one = only(changes, ChangeKind.APPEARED)
    assert one.text == (
        "Zambia said: Falcon-7 drones from Brazil to Angola; by the furthest that is told it was shipped"
    )
    assert (one.on, one.actor, one.after) == ("2031-05-02", "ZMB", "shipped")
    assert one.citations[0].quote == "ZMB spoke of Falcon-7 drones for Angola in accused.txt"


def test_nothing_changes_between_a_register_and_itself() -> None:
    whole = register(ACCUSED, DENIED, ARRIVED)
    assert changes_between(whole, whole) == ()


@pytest.mark.parametrize(
    ("report", "kind", "actor", "on", "after"),
    [
        (DENIED, ChangeKind.DENIED, "BRA", "2031-05-04", "denies"),
        (DOUBTED, ChangeKind.DOUBTED, "ARG", "2031-05-05", "doubts"),
        (ARRIVED, ChangeKind.RECEIVED, "AGO", "2031-06-01", "delivered"),
        (ARRIVED, ChangeKind.STAGE, "AGO", "2031-06-01", "delivered"),
        (USED, ChangeKind.USED, "NAM", "2031-07-01", "used"),
    ],
)
def test_what_one_report_brings(report: Report, kind: ChangeKind, actor: str, on: str, after: str) -> None:
    one = only(changes_between(register(ACCUSED), register(ACCUSED, report)), kind)
    assert (one.actor, one.on, one.after) == (actor, on, after)
    assert one.citations[0].document == report.document.id


def test_a_stage_says_from_where_it_went_on() -> None:
    one = only(changes_between(register(ACCUSED), register(ACCUSED, ARRIVED)), ChangeKind.STAGE)
    assert (one.before, one.after) == ("shipped", "delivered")
    lower = told("planned.txt", "2031-05-04", "NAM", stage=Stage.PLANNED)
    one = only(changes_between(register(ACCUSED), register(ACCUSED, lower)), ChangeKind.STAGE)
    assert (one.before, one.after) == (None, "planned")


def test_a_denial_is_answered_by_whoever_says_it_afterwards() -> None:
    changes = changes_between(register(ACCUSED, DENIED), register(ACCUSED, DENIED, AGAIN))
    one = only(changes, ChangeKind.ANSWERED)
    assert (one.on, one.actor) == ("2031-05-07", "ZMB")
    assert "after the denial by Brazil" in one.text
    assert only(changes, ChangeKind.QUESTION_CLOSED).before == "denial_unanswered"


def test_an_actor_revises_its_figure_and_the_former_is_superseded() -> None:
    forty = told("forty.txt", "2031-05-03", said_on="2031-05-02", quantity=count(40, "drones"))
    sixty = told("sixty.txt", "2031-05-10", said_on="2031-05-09", quantity=count(60, "drones"))
    changes = changes_between(register(forty), register(forty, sixty))
    revised, superseded = only(changes, ChangeKind.REVISED), only(changes, ChangeKind.SUPERSEDED)
    assert (revised.before, revised.after, revised.on) == ("40 drones", "60 drones", "2031-05-09")
    assert (superseded.before, superseded.after) == ("40 drones", "60 drones")


def test_an_origin_is_gained_and_lost() -> None:
    alone, both = register(ACCUSED), register(ACCUSED, ARRIVED)
    gained = [one for one in changes_between(alone, both) if one.kind is ChangeKind.ORIGIN_GAINED]
    lost = [one for one in changes_between(both, alone) if one.kind is ChangeKind.ORIGIN_LOST]
    assert [one.actor for one in gained] == [one.actor for one in lost] == ["Angola"]
    assert gained[0].key != lost[0].key


def test_reports_that_disagree() -> None:
    before = register(ACCUSED, ARRIVED)
    values = tuple(
        DisputedValue(word, tuple(one.citation for one in before.rows[0].positions[number].claims))
        for number, word in enumerate(("40", "60"))
    )
    found = Discrepancy(
        "x1", "number", "origins", "drones", values, None, "nothing tells", (before.rows[0].id,)
    )
    one = only(changes_between(before, replace(before, discrepancies=(found,))), ChangeKind.CONTRADICTED)
    assert one.text == "Reports disagree on a number, drones: “40” or “60”"
    assert (one.transfer, one.on) == (before.rows[0].id, "[..2031-06-02]")
    part = replace(before, rows=(), discrepancies=(found,))  # of a register whose rows are as they were
    (alone,) = facts_of(part, rows=before.rows)
    assert alone.transfer == before.rows[0].id


def test_a_second_disagreement_on_the_same_words_is_told() -> None:
    whole = register(ACCUSED, ARRIVED, USED)
    cited = {one.claims[0].document: one.claims[0].citation for one in whole.rows[0].positions}

    def disagreeing(*reports: Report) -> Discrepancy:
        values = tuple(DisputedValue(one.document.source, (cited[one.document.id],)) for one in reports)
        name = "x" + "".join(one.document.source for one in reports)
        return Discrepancy(name, "date", "copies", "the day", values, None, "nothing tells")

    first, second = disagreeing(ACCUSED, ARRIVED), disagreeing(ACCUSED, USED)
    one, both = replace(whole, discrepancies=(first,)), replace(whole, discrepancies=(first, second))
    assert "used.txt" in only(changes_between(one, both), ChangeKind.CONTRADICTED).text
    together = replace(whole, discrepancies=(disagreeing(ACCUSED, ARRIVED, USED),))
    assert changes_between(both, together) == ()


def responding(name: str, status: ResponseStatus, on: str) -> Report:
    report = told(name, on)
    report.response(ResponseKind.SANCTION, "ZMB", "BRA", status=status, on=on, words="spoke of")
    return report


def test_a_response_and_its_next_step() -> None:
    threat = responding("threat.txt", ResponseStatus.THREATENED, "2031-05-06")
    deed = responding("deed.txt", ResponseStatus.DONE, "2031-06-06")
    changes = changes_between(register(threat), register(threat, deed))
    one = only(changes, ChangeKind.RESPONSE_STATUS)
    assert (one.before, one.after, one.on, one.actor) == ("threatened", "done", "2031-06-06", "ZMB")
    assert only(changes_between(NOTHING, register(deed)), ChangeKind.RESPONSE).after == "done"


def test_the_deed_known_before_the_threat_is_told_once() -> None:
    threat = responding("threat.txt", ResponseStatus.THREATENED, "2031-05-06")
    deed = responding("deed.txt", ResponseStatus.DONE, "2031-06-06")
    changes = changes_between(register(deed), register(deed, threat))
    assert [one.after for one in changes if "response" in one.kind.value] == ["threatened"]


@dataclass(frozen=True)
class Breached:
    """As much of a measure as a change tells."""

    citations: Mapping[str, tuple[Citation, ...]]
    measure: str | None = "unsc-1"
    instrument: str = "S/RES/1 (2030)"
    paragraph: str = "3"
    verdict: str = "would_breach"
    side: str = "recipient"
    why: str = "Would breach S/RES/1 (2030), paragraph 3, if the claim is true: Angola may not have drones."


def test_a_measure_that_it_would_breach() -> None:
    (row,) = register(ACCUSED).rows
    found = Breached({"recipient": row.cells["recipient"].citations})
    (one,) = breaches(row, [found, replace(found, verdict="cannot_tell")], "drones", lambda _: None)
    assert one.text == (
        "Would breach S/RES/1 (2030), paragraph 3, if the claim is true: Angola may not have drones: drones"
    )
    assert (one.kind, one.on, one.citations) == (
        ChangeKind.MEASURE,
        "2031-05-02",
        found.citations["recipient"],
    )


def test_rows_merge_and_split() -> None:
    first = told("first.txt", "2031-05-03")
    second = told("second.txt", "2035-05-03")
    second.reading = replace(
        second.reading, transfers=tuple(replace(one, when="2035-05-01") for one in second.reading.transfers)
    )
    apart = register(first, second)
    assert len(apart.rows) == 2
    whole = register(first, told("third.txt", "2031-05-03"))
    (row,) = whole.rows
    joined = replace(
        apart, rows=(replace(row, reported=tuple(m for one in apart.rows for m in one.reported)),)
    )
    former = tuple(sorted(one.id for one in apart.rows))
    merged = only(changes_between(apart, joined), ChangeKind.MERGED)
    assert (merged.former, merged.transfer) == (former, row.id)
    split = [one for one in changes_between(joined, apart) if one.kind is ChangeKind.SPLIT]
    assert sorted(str(one.transfer) for one in split) == list(former)
    assert {one.former for one in split} == {(row.id,)}


def test_what_no_report_tells_any_more_is_withdrawn_and_a_row_with_all_that_it_held_once() -> None:
    whole = register(ACCUSED, DENIED)
    gone = changes_between(whole, register(ACCUSED))
    assert only(gone, ChangeKind.WITHDRAWN).text == (
        "No report tells any more of a denial by Brazil: Falcon-7 drones from Brazil to Angola"
    )
    (one,) = changes_between(whole, NOTHING)
    assert one.text == "No report tells any more of Falcon-7 drones from Brazil to Angola"


def test_a_report_that_tells_nothing_new_changes_nothing_whatever_the_row_is_called() -> None:
    for number in range(6):
        same = told(f"same {number}.txt", "2031-05-09", said_on="2031-05-02")
        changes = changes_between(register(ACCUSED), register(ACCUSED, same))
        assert [one for one in changes if "origin" not in one.kind.value] == []


EVERY = (ACCUSED, DENIED, AGAIN, ARRIVED, USED, DOUBTED,
         responding("threat.txt", ResponseStatus.THREATENED, "2031-05-06"),
         responding("deed.txt", ResponseStatus.DONE, "2031-06-06"),
         told("other.txt", "2031-05-03", supplier="CHL"))  # fmt: skip


@settings(max_examples=40, deadline=None, database=None, derandomize=True)
@given(order=st.permutations(range(len(EVERY))), cuts=st.sets(st.integers(1, len(EVERY) - 1)))
def test_in_whatever_batches_each_change_is_told_once(order: list[int], cuts: set[int]) -> None:
    """What holds at the end was told exactly once since it last came to hold; what was undone, as such."""
    here: list[Report] = []
    stands: tuple[Standing, ...] = ()
    told: dict[str, Change] = {}
    whole = NOTHING
    for number, place in enumerate(order, 1):
        here.append(EVERY[place])
        if number in cuts or number == len(order):
            whole = register(*here)
            changes, stands = tell(stands, facts_of(whole), told.__contains__)
            assert not {one.key for one in changes} & set(told)
            told.update({one.key: one for one in changes})
    assert [one.fact for one in stands] == list(facts_of(whole))
    assert len({one.key for one in stands}) == len(stands)
    assert {one.key for one in stands} <= set(told)
    # What was told and does not stand was undone as such, passed by a further stage, or, of a question, was
    # never open by what is known at the end.
    silent = (ChangeKind.STAGE, ChangeKind.QUESTION_OPENED, ChangeKind.QUESTION_CLOSED)
    left = {one.key for one in told.values()} - {one.key for one in stands}
    undoing = {undone_key(one.kind, one.key) for one in told.values()}
    for one in (told[key] for key in left):
        assert one.key in undoing or undone_key(one.kind, one.key) in told or one.kind in silent, one


def test_what_was_undone_and_comes_again_is_told_again() -> None:
    told: dict[str, Change] = {}
    stands: tuple[Standing, ...] = ()
    for reports in ([ACCUSED, DENIED], [ACCUSED], [ACCUSED, DENIED], [ACCUSED], [ACCUSED, DENIED]):
        changes, stands = tell(stands, facts_of(register(*reports)), told.__contains__)
        told.update({one.key: one for one in changes})
    kept = [one for one in told.values() if one.actor == "BRA" and one.kind.value in ("denied", "withdrawn")]
    assert [one.kind.value for one in kept] == ["denied", "withdrawn", "denied", "withdrawn", "denied"]


def test_an_earlier_report_of_the_same_does_not_tell_it_again() -> None:
    first = told("zz.txt", "2031-05-01", said_on="2031-05-01")
    _, stands = tell((), facts_of(register(ACCUSED)), lambda _: False)
    more, later = tell(stands, facts_of(register(ACCUSED, first)), lambda _: False)
    assert [one.kind.value for one in more if "origin" not in one.kind.value] == []
    assert {one.key for one in stands} <= {one.key for one in later}


# ------------------------------------------------------------------------------------ any registers


MEMBERS = range(6)
REGISTERS = st.lists(
    st.tuples(
        st.lists(st.integers(0, 3), min_size=len(MEMBERS), max_size=len(MEMBERS)),  # the row of each; 0: none
        st.sets(st.tuples(st.sampled_from(MEMBERS), st.sampled_from("AB"))),  # who denies it, and where
        st.lists(st.frozensets(st.integers(0, 4), min_size=1, max_size=3), max_size=3),  # contradictions
    ),
    min_size=2,
    max_size=5,
)


def facts_drawn(
    places: list[int], denied: set[tuple[int, str]], disputed: list[frozenset[int]]
) -> list[Fact]:
    """Rows with their denials, and contradictions, of reports that are put together in any way."""
    found = []
    for row in range(1, 4):
        inside = [number for number in MEMBERS if places[number] == row]
        members = tuple(f"d{number}:r{number}" for number in inside)
        if members:
            name = f"t{inside[0]}"
            found.append(fact(ChangeKind.APPEARED, "", name, members, members))
            for actor in "AB":
                words = tuple(f"d{number}:c{number}{actor}" for number in inside if (number, actor) in denied)
                if words:
                    found.append(fact(ChangeKind.DENIED, actor, name, members, words))
    for numbers in disputed:
        words = tuple(f"w{number}" for number in sorted(numbers))
        found.append(fact(ChangeKind.CONTRADICTED, "", None, (), words))
    return list({one.key: one for one in found}.values())


def fact(
    kind: ChangeKind, of: str, transfer: str | None, members: tuple[str, ...], words: tuple[str, ...]
) -> Fact:
    return Fact(kind, "", of, transfer, members, words, None, of or None, "it is", "it is not")


@settings(max_examples=200, deadline=None)
@given(REGISTERS)
@example(
    [
        ([1, 1, 1, 1, 1, 1], {(number, "A") for number in MEMBERS}, []),
        ([1, 1, 2, 2, 2, 2], {(number, "A") for number in MEMBERS}, []),
        ([1, 3, 3, 2, 2, 0], {(number, "A") for number in MEMBERS if number != 1}, []),
    ]
)
def test_no_two_facts_stand_under_one_key_and_no_key_is_told_twice(
    drawn: list[tuple[list[int], set[tuple[int, str]], list[frozenset[int]]]],
) -> None:
    standing: tuple[Standing, ...] = ()
    ever: set[str] = set()
    for places, denied, disputed in drawn:
        facts = facts_drawn(places, denied, disputed)
        before = {one.key for one in standing}
        changes, standing = tell(standing, facts, lambda key: key in ever | before)  # noqa: B023
        now = [one.key for one in standing]
        new = [one.key for one in changes]
        assert len(set(now)) == len(now)
        assert len(set(new)) == len(new)
        assert ever.isdisjoint(new)
        ever |= set(new)
        stands = set(now)
        assert tell(standing, facts, lambda key: key in ever | stands)[0] == ()  # noqa: B023
