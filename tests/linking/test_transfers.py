"""Reported transfers that are one are joined, others are kept apart, and both say why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linking.builders import Report, count, documents_of, readings_of
from tidewaiter.linking import link, resolve
from tidewaiter.linking.features import designations, item_words
from tidewaiter.model import Category, Links, Quantity, Stage, Stance


def _linked(reports: list[Report]) -> Links:
    return link(documents_of(reports), readings_of(reports))


def _sizes(links: Links) -> list[int]:
    return sorted(len(group.members) for group in links.groups)


def _report(name: str, published: str | None, *rows: tuple[object, ...], **fields: object) -> Report:
    report = Report(name, f"Report {name}.", published)
    for supplier, recipient, category, item in rows:
        report.transfer(supplier, recipient, category, item, **fields)  # type: ignore[arg-type]
    return report


def test_same_parties_goods_and_month_are_one() -> None:
    links = _linked(
        [
            _report("a", "2031-05-02", ("BRA", "AGO", Category.UAV, "armed drones")),
            _report("b", "2031-05-20", ("BRA", "AGO", Category.UAV, "drones")),
        ]
    )
    (group,) = links.groups
    (reason,) = group.reasons
    assert reason.same
    assert "same parties" in reason.why
    assert "drone" in reason.why
    assert reason.score >= 0.6


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # other goods, other recipient, other year: each is enough
        (("2031-05-02", Category.UAV, "AGO"), ("2031-05-04", Category.ARTILLERY, "AGO")),
        (("2031-05-02", Category.UAV, "AGO"), ("2031-05-04", Category.UAV, "ZMB")),
        (("2031-05-02", Category.UAV, "AGO"), ("2033-05-04", Category.UAV, "AGO")),
    ],
)
def test_parties_alone_do_not_join(
    first: tuple[str, Category, str], second: tuple[str, Category, str]
) -> None:
    reports = [
        _report(str(n), day, ("BRA", recipient, category, "goods"))
        for n, (day, category, recipient) in enumerate((first, second))
    ]
    assert _sizes(_linked(reports)) == [1, 1]


def test_crates_and_shells_of_one_supplier_are_two_and_say_why() -> None:
    crates, shells = Report("a", "A.", "2031-05-02"), Report("b", "B.", "2031-05-09")
    crates.transfer("BRA", "AGO", Category.UNSPECIFIED_ARMS, "crates of arms", quantity=count(900, "crates"))
    shells.transfer("BRA", "AGO", Category.AMMUNITION, "shells", quantity=count(700_000, "shells"))
    links = _linked([crates, shells])
    assert _sizes(links) == [1, 1]
    (reason,) = links.groups[0].apart
    assert not reason.same
    assert "different units" in reason.why


def test_what_is_told_as_more_and_another_kind_of_the_same_goods_are_two() -> None:
    first, more, same = (Report(name, name, "2031-05-02") for name in "abc")
    first.transfer("BRA", "AGO", Category.UAV, "drones", quantity=count(52, "drones"))
    more.transfer("BRA", "AGO", Category.UAV, "drones", quantity=Quantity(80, 80, "drones", "another 80"))
    same.transfer("BRA", "AGO", Category.UAV, "drones", quantity=count(80, "drones"))
    assert _sizes(_linked([first, more])) == [1, 1]
    assert _sizes(_linked([same, more])) == [2]
    kinds = [
        _report(item, "2031-05-02", ("BRA", "AGO", Category.MISSILES, item))
        for item in ("ballistic missiles", "anti-tank missiles")
    ]
    links = _linked(kinds)
    assert _sizes(links) == [1, 1]
    assert "different kinds" in links.groups[0].apart[0].why


def test_two_rows_of_one_document_are_never_joined() -> None:
    both = _report(
        "a", "2031-05-02", ("BRA", "AGO", Category.UAV, "drones"), ("BRA", "AGO", Category.UAV, "drones")
    )
    other = _report("b", "2031-05-02", ("BRA", "AGO", Category.UAV, "drones"))
    assert _sizes(_linked([both, other])) == [1, 2]


def test_vague_retelling_joins_the_only_specific_transfer() -> None:
    vague = _report("a", "2031-05-02", ("BRA", "AGO", Category.UNSPECIFIED_ARMS, "a shipment of arms"))
    exact = _report("b", "2031-05-04", ("BRA", "AGO", Category.MISSILES, "missiles"))
    other = _report("c", "2031-05-04", ("BRA", "AGO", Category.SHIPS, "patrol boats"))
    assert _sizes(_linked([vague, exact])) == [2]
    assert _sizes(_linked([vague, exact, other])) == [1, 1, 1]


def test_open_party_joins_only_where_one_transfer_fits() -> None:
    open_row = Report("a", "A.", "2031-05-02")
    open_row.transfer(None, "AGO", Category.UAV, "Falcon-7 drones", quantity=count(40, "drones"))
    one, two = Report("b", "B.", "2031-05-04"), Report("c", "C.", "2031-05-05")
    one.transfer("BRA", "AGO", Category.UAV, "Falcon-7 drones", quantity=count(40, "drones"))
    two.transfer("CHL", "AGO", Category.UAV, "Falcon-7 drones", quantity=count(40, "drones"))
    assert _sizes(_linked([open_row, one])) == [2]
    assert _sizes(_linked([open_row, one, two])) == [1, 1, 1]


def test_delivery_reported_before_another_began_is_another() -> None:
    early = _report("a", "2031-05-02", ("BRA", "AGO", Category.UAV, "drones"), stage=Stage.DELIVERED)
    late = _report(
        "b", "2031-08-20", ("BRA", "AGO", Category.UAV, "drones"), when="2031-08", stage=Stage.DELIVERED
    )
    links = _linked([early, late])
    assert _sizes(links) == [1, 1]
    assert "before the other began" in links.groups[0].apart[0].why


def test_intention_and_its_later_execution_are_one() -> None:
    plan = _report("a", "2031-05-02", ("BRA", "AGO", Category.UAV, "drones"), stage=Stage.PLANNED)
    done = _report(
        "b", "2031-06-20", ("BRA", "AGO", Category.UAV, "drones"), when="2031-06", stage=Stage.DELIVERED
    )
    assert _sizes(_linked([plan, done])) == [2]


def test_goods_asked_in_return_follow_what_they_are_given_for() -> None:
    reports = []
    told = (
        ("a", "2031-05-02", Category.UAV, "radar know-how"),
        ("b", "2031-06-12", Category.SHIPS, "engine drawings"),
    )
    for name, day, goods, wanted in told:
        report = Report(name, name, day)
        returned = report.transfer("AGO", "BRA", Category.TECHNOLOGY, wanted)
        main = report.transfer("BRA", "AGO", goods, "goods", in_exchange_for=returned)
        report.exchange(returned, main)
        reports.append(report)
    assert _sizes(_linked(reports)) == [1, 1, 1, 1]


def test_shared_words_of_one_speaker_place_an_undated_report() -> None:
    said = "the boats reached our enemies under cover of a fishing fleet"
    old, new = Report("a", f"He said: {said}.", "2031-05-02"), Report("b", "B.", "2034-05-02")
    bare = Report("c", f"As Ana Ruiz put it, {said}.")
    for report in (old, new, bare):
        row = report.transfer("BRA", "AGO", Category.SHIPS, "boats")
        if report is not new:
            statement = report.statement("Ana Ruiz", "ZMB", said)
            report.claim(row, Stance.ASSERTS, "Ana Ruiz", "ZMB", statement=statement)
    links = _linked([old, new, bare])
    joined = next(group for group in links.groups if len(group.members) == 2)
    assert {document for document, _ in joined.members} == {old.document.id, bare.document.id}
    assert "same words of one speaker" in joined.reasons[0].why


def test_reports_that_tell_the_same_quotes_belong_together() -> None:
    quote = "“They sail by night and burn no lamps at all,” he said."
    old = Report("a", f"One account. {quote}", "2031-05-02")
    new, bare = Report("b", "Another matter.", "2034-05-02"), Report("c", f"A tale told late. {quote}")
    for report in (old, new, bare):
        report.transfer("BRA", "AGO", Category.SHIPS, "boats")
    links = _linked([old, new, bare])
    joined = next(group for group in links.groups if len(group.members) == 2)
    assert {document for document, _ in joined.members} == {old.document.id, bare.document.id}
    assert "the same quotes" in joined.reasons[0].why
    second = Report("d", f"Another undated tale. {quote}")
    second.transfer("BRA", "AGO", Category.SHIPS, "boats")
    assert _sizes(_linked([old, new, bare, second])) == [1, 3]
    assert _sizes(_linked([new, old])) == [1, 1]


def test_group_id_is_made_of_a_member_and_old_ids_resolve() -> None:
    first = _report("a", "2031-05-02", ("BRA", "AGO", Category.UAV, "drones"))
    second = _report("b", "2031-05-04", ("BRA", "AGO", Category.UAV, "drones"))
    alone = {group.id for report in (first, second) for group in _linked([report]).groups}
    (joined,) = (links := _linked([first, second])).groups
    assert joined.id in alone
    assert joined.id.startswith("t")
    assert len(joined.id) == 11
    for old in alone:
        assert resolve(old, links.groups) == joined
    for _, member in joined.members:
        assert resolve(member, links.groups) == joined
    assert resolve("t0000000000", links.groups) is None


_ROW = st.tuples(
    st.sampled_from(["BRA", "CHL", None]),
    st.sampled_from(["AGO", "ZMB", None]),
    st.sampled_from([Category.UAV, Category.MISSILES, Category.UNSPECIFIED_ARMS]),
    st.sampled_from([None, "drones", "Falcon-7 drones", "missiles"]),
    st.sampled_from([None, "2031", "2031-05", "XXXX-05-02", "2032-01-04?"]),
    st.sampled_from([None, Quantity(40, None, "drones", "over 40 drones"), count(900, "crates")]),
)
_REPORT = st.tuples(
    st.sampled_from([None, "2031-05-02", "2031-06-09", "2032-02-01", "[..2031-09-01]"]),
    st.lists(_ROW, max_size=3),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_REPORT, max_size=6), st.randoms(use_true_random=False))
def test_any_order_of_documents_gives_the_same_groups(specifications: list, random: object) -> None:
    reports = []
    for number, (published, rows) in enumerate(specifications):
        report = Report(f"{number}", f"Report number {number}.", published)
        for supplier, recipient, category, item, when, quantity in rows:
            report.transfer(supplier, recipient, category, item, when=when, quantity=quantity)
        reports.append(report)
    links = _linked(reports)
    shuffled = list(reports)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _linked(shuffled) == links
    members = [member for group in links.groups for member in group.members]
    assert sorted(members) == sorted((r.document.id, t.id) for r in reports for t in r.reading.transfers)
    for group in links.groups:
        assert len({document for document, _ in group.members}) == len(group.members)


def test_designations_and_item_words() -> None:
    assert designations("155mm shells for M109 howitzers") == {"m109"}
    assert designations("Falcon drones") == frozenset()
    assert designations("Heavy Mortars and Launchers") == frozenset()  # capitals of a headline
    assert designations("Falcon 7 and older drones") == {"falcon 7"}
    assert designations("the Falcon drones, HARPY included") == {"falcon", "harpy"}
    assert item_words("shells for the guns") == {"shell", "gun"}
    assert item_words(None) == frozenset()
