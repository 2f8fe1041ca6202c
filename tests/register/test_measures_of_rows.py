"""What a row of the register shows of measures: on which days, by which words, in any order of reports."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linking.builders import Report, documents_of, readings_of
from tidewaiter import knowledge
from tidewaiter.errors import KnowledgeError
from tidewaiter.knowledge import Knowledge
from tidewaiter.linking import link
from tidewaiter.model import Category, Measure, RegisterRow, Route, Stage
from tidewaiter.register import build_register
from tidewaiter.register.measures import rules_of
from tidewaiter.register.measures.days import told
from tidewaiter.register.measures.judging import Alleged, findings

AS_OF = "2024-06-01"
EXPORT = "S/RES/1874 (2009)"


def _rows(*reports: Report) -> tuple[RegisterRow, ...]:
    documents, readings = documents_of(reports), readings_of(reports)
    return build_register(documents, readings, link(documents, readings), AS_OF).rows


def _row(*reports: Report) -> RegisterRow:
    (row,) = _rows(*reports)
    return row


def _report(
    when: str | None,
    *,
    supplier: str | None = "PRK",
    recipient: str | None = "RUS",
    category: Category = Category.SMALL_ARMS,
    stage: Stage = Stage.DELIVERED,
    name: str = "one.txt",
    route: Route | None = None,
) -> Report:
    text = f"North Korea sent 500 rifles to Russia on the day of the fair, {name} says."
    report = Report(name, text, "2024-02-01")
    words = {
        "supplier": "North Korea",
        "recipient": "Russia",
        "when": "on the day of the fair",
        "stage": "sent",
    }
    report.transfer(supplier, recipient, category, "rifles", stage=stage, when=when, words=words, route=route)
    return report


def _of(row: RegisterRow, instrument: str) -> list[Measure]:
    assert row.measures is not None
    return [one for one in row.measures if one.instrument == instrument]


def test_each_side_is_told_apart_with_the_words_it_rests_on() -> None:
    found = _of(_row(_report("2009-06-12")), EXPORT)
    assert [(one.side, one.who, one.verdict) for one in found] == [
        ("supplier", "PRK", "would_breach"),
        ("recipient", "RUS", "would_breach"),
    ]
    for one in found:
        quoted = {name: [cited.quote for cited in cites] for name, cites in one.citations.items()}
        assert quoted == {
            "supplier": ["North Korea"],
            "recipient": ["Russia"],
            "category": ["rifles"],
            "when": ["on the day of the fair"],
        }
        assert one.days == ("2009-06-12",)


@pytest.mark.parametrize(
    ("when", "verdicts"),
    [
        ("2009-06-11", set()),
        ("2009-06", {"cannot_tell"}),
        ("2009-06-12?", {"cannot_tell"}),
        ("2012-05?", {"would_breach"}),
        ("2009-06-12", {"would_breach"}),
        ("[2009-06-01..2009-06-30]", {"cannot_tell"}),
        ("[..2023-12-31]", {"would_breach"}),  # taken for news of the last two years
        ("[..2010-12-31]", {"cannot_tell"}),
        (None, {"would_breach"}),
    ],
)
def test_the_days_told_decide(when: str | None, verdicts: set[str]) -> None:
    assert {one.verdict for one in _of(_row(_report(when)), EXPORT)} == verdicts


def test_days_that_reports_tell_differently_leave_it_open() -> None:
    row = _row(_report("2009-06-01", name="a.txt"), _report("2009-06-20", name="b.txt"))
    found = _of(row, EXPORT)
    assert {one.verdict for one in found} == {"cannot_tell"}
    assert all("several days" in one.why for one in found)
    assert all(one.days == ("2009-06-01", "2009-06-20") for one in found)


def test_a_plan_would_breach_only_if_carried_out() -> None:
    found = _of(_row(_report("2023-09-13", stage=Stage.PLANNED)), EXPORT)
    assert {one.verdict for one in found} == {"would_breach"}
    assert all("if carried out" in one.why for one in found)
    undated = _of(_row(_report(None, stage=Stage.PLANNED)), EXPORT)
    assert {one.verdict for one in undated} == {"would_breach"}


def test_a_day_of_use_says_only_that_goods_came_before() -> None:
    found = _of(_row(_report("2010-01-05", stage=Stage.USED)), EXPORT)
    assert {one.verdict for one in found} == {"cannot_tell"}
    assert all("day of use" in one.why for one in found)
    found = _of(_row(_report("2024-01-05", stage=Stage.USED)), EXPORT)
    assert {one.verdict for one in found} == {"would_breach"}
    assert all("at most 2 years before that day" in one.why for one in found)


def test_what_a_side_not_told_leaves_open_is_said() -> None:
    row = _row(_report("2023-09-13", recipient=None))
    assert [one.side for one in _of(row, EXPORT)] == ["supplier", "recipient"]
    assert row.measures is not None
    assert next(one.why for one in row.measures if one.measure is None).startswith(
        "Cannot tell: the recipient is not told"
    )


def test_states_on_the_way_are_told_of_only_where_the_rule_speaks_of_them() -> None:
    route = Route(via=("SYR", "the black sea"))
    row = _row(_report("2020-02-03", supplier="RUS", recipient="LBY", route=route))
    assert [(one.paragraph, one.side, one.who) for one in _of(row, "S/RES/1970 (2011)")] == [
        ("9", "supplier", "RUS"),
        ("9", "transit", "SYR"),
    ]


def test_an_empty_list_says_that_it_was_checked() -> None:
    assert _row(_report("2023-09-13", supplier="BRA", recipient="AGO")).measures == ()


def test_members_are_bound_on_the_days_on_which_they_were_members() -> None:
    rules = rules_of(knowledge.load())
    for supplier, day, bound in (
        ("HRV", "2013-06-30", False),
        ("HRV", "2013-07-01", True),
        ("GBR", "2020-12-31", True),
        ("GBR", "2021-01-01", False),
    ):
        alleged = Alleged(supplier, "BLR", "small_arms", (told(day),))
        assert any(one.rule.authority == "EU" for one in findings(alleged, rules)) is bound, (supplier, day)


_DAYS = st.sampled_from(["2009-06-11", "2009-06-12", "2009-06", "2016-03-02?", "2023", None])


@settings(max_examples=40, deadline=None)
@given(st.lists(_DAYS, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_reports_does_not_matter(days: Sequence[str | None], random: object) -> None:
    reports = [_report(day, name=f"{number}.txt") for number, day in enumerate(days)]
    first = _rows(*reports)
    random.shuffle(reports)  # type: ignore[attr-defined]
    assert {row.id: row.measures for row in _rows(*reports)} == {row.id: row.measures for row in first}


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["PRK", "IRN", "LBY", "RSF", "Houthis", "FRA", "RUS", "EU", "nobody known", None]),
    st.sampled_from(["SDN", "SOM", "Al-Shabaab", "Hezbollah", "RUS", "CHN", "ARM", None]),
    st.sampled_from(list(Category)),
    st.sampled_from(["2003-01-02", "2014-08", "2020-10-18", "2026-11-20?", "XXXX-11-02", "[2024..]", None]),
)
def test_anything_alleged_is_judged_and_never_said_to_be_breached(
    supplier: str | None, recipient: str | None, category: Category, when: str | None
) -> None:
    found = _row(_report(when, supplier=supplier, recipient=recipient, category=category)).measures
    assert found is not None
    for one in found:
        assert one.verdict in ("would_breach", "cannot_tell")
        assert not re.search(r"\bbreached\b|\bbreaches\b", one.why)
        assert one.why.endswith(".")


def _with(column: str, value: str) -> Knowledge:
    known = knowledge.load()
    row = {**known.table("measures")[0], column: value}
    return replace(known, tables={**known.tables, "measures": (row,)})


@pytest.mark.parametrize(
    ("column", "value"),
    [("from", "2006"), ("until", "soon"), ("act", "gift"), ("target_scope", "all"), ("goods", ";")],
)
def test_a_row_that_does_not_fit_is_named(column: str, value: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        rules_of(_with(column, value))
    assert "un-1718-8a-i" in str(caught.value.where)


def test_goods_and_categories_of_the_tables_are_known() -> None:
    known = knowledge.load()
    goods = {row["goods"] for row in known.table("measures_goods")} | {one.value for one in Category}
    assert {one for rule in rules_of(known).rules for one in rule.goods} <= goods
    assert {row["category"] for row in known.table("measures_goods")} <= {one.value for one in Category}
    assert len({rule.id for rule in rules_of(known).rules}) == len(rules_of(known).rules)


def test_a_case_may_add_a_body_of_its_own(tmp_path: Path) -> None:
    known = knowledge.load()
    row = {
        **known.table("measures")[0],
        "id": "own-1",
        "authority": "ECOWAS",
        "bound": "ecowas",
        "target": "MLI",
        "goods": "all_arms",
        "source": "made up",
    }
    member = {**known.table("memberships")[0], "key": "e/GHA", "body": "ecowas", "member": "GHA", "until": ""}
    for name, added in (("measures", row), ("memberships", member)):
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, list(added))
            writer.writeheader()
            writer.writerow(added)
    rules = rules_of(knowledge.load(tmp_path))
    for supplier, expected in (("GHA", ["own-1"]), ("FRA", [])):
        alleged = Alleged(supplier, "MLI", "small_arms", (told("2022-01-31"),))
        assert [one.rule.id for one in findings(alleged, rules)] == expected
