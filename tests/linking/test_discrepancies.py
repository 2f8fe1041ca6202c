"""Where reports disagree is found, with the words of each; what only looks like it is left alone."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import make_document
from linking.disputed import CLEAN, PLANTED, documents_of, gate, lines
from tidewaiter import knowledge
from tidewaiter.linking import link
from tidewaiter.linking.disputes.accounts import Account
from tidewaiter.linking.disputes.discrepancies import find_discrepancies
from tidewaiter.linking.disputes.inner import within
from tidewaiter.linking.disputes.sounds import are_one
from tidewaiter.linking.texts.cues import cues_of
from tidewaiter.linking.texts.figures import figures
from tidewaiter.linking.texts.stems import stem
from tidewaiter.linking.texts.texts_aligned import align
from tidewaiter.linking.texts.values import day_of, moments
from tidewaiter.model import Copy, Discrepancy, Document

CUES = cues_of(knowledge.load())

WIRE = """\
Ruritania unloaded forty crates of rifles from a grey coaster at the port of Streslau on 3 May 2031, \
the harbour master Rudolf Rassendyll told reporters. The crates had come from Grand Fenwick by way \
of two smaller ports, he added, and nobody at the quay could say what was in them, since the \
ministry had sealed each of them with wax and wire. Neighbouring Florin has complained for months \
that its old rival is building up a force of gun boats along the disputed estuary, and wants \
inspectors sent there without delay."""


def inner(text: str, published: str | None = "2031-05-20") -> list[tuple[str, list[str]]]:
    """Kind and words of what is found inside one text."""
    document = make_document(text, published)
    found = within(Account(document, None, CUES))
    return [
        (one.kind, [text[slice(*place.span)] for places in one.values.values() for place in places])
        for one in found
    ]


def compared(documents: Sequence[Document]) -> tuple[Discrepancy, ...]:
    links = link(documents, {})
    return find_discrepancies({one.id: one for one in documents}, {}, links.copies, {})


# ------------------------------------------------------------------------------------ the gate


def test_figures_do_not_fall() -> None:
    """Prints the figures (``-s`` shows them)."""
    one = gate()
    if os.environ.get("TIDEWAITER_REGENERATE") == "1":
        one.raise_floors()
    print(f"\n{one.table()}")  # noqa: T201
    faults = one.faults()
    assert not faults, "\n".join((*faults, *one.measure().differences))


def test_planted_values_stand_in_their_documents() -> None:
    for case in lines(PLANTED):
        documents = documents_of(case["id"], case["documents"])
        for value in case["values"]:
            assert value["value"] in documents[value["document"]].text, case["id"]
    assert len(lines(CLEAN)) == 30


# ------------------------------------------------------------------------------------ inside one report


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (
            "The tanks were shipped on Tuesday, 14 May 2025, from Streslau.",
            "date",
            ["Tuesday", "14 May 2025"],
        ),
        ("The tanks were shipped on May 14, 2025, a Tuesday.", "date", ["Tuesday", "May 14, 2025"]),
        (
            "Florin recognised the junta in July.\n\nSince the August recognition it has been silent.",
            "date",
            ["July", "August"],
        ),
        (
            "Guards found 480 rifles. There were 310 rifles on one lorry and the other 150 on the second.",
            "number",
            ["480 rifles", "310 rifles", "150"],
        ),
        (
            "Florin gets 12 tanks\n\nFlorin has got 20 tanks from Ruritania.",
            "number",
            ["12 tanks", "20 tanks"],
        ),
        (
            "The freighter was seized off Streslau by guards. On Monday the freighter arrived in Florin.",
            "outcome",
            ["seized", "arrived"],
        ),
        (
            "Colonel Rudolf Rassendyll spoke first. Nobody asked him. Colonel Rudolf Rassendill then left.",
            "name",
            ["Rudolf Rassendyll", "Rudolf Rassendill"],
        ),
    ],
)
def test_a_report_contradicts_itself(text: str, kind: str, words: list[str]) -> None:
    assert inner(text, "2025-05-20") == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "The tanks were shipped on Wednesday, 14 May 2025, from Streslau.",
        "Florin ordered 12 tanks in March. In May it got 20 tanks of another type.",
        "Guards found 460 rifles. There were 310 rifles on one lorry and the other 150 on the second.",
        "Florin gets 20 tanks\n\nThe first 8 tanks came in May, the other 12 tanks in June.",
        "Florin gets some 300 tanks\n\nFlorin has got 312 tanks from Ruritania.",
        "Earlier he spoke of 20 tanks; on Friday he corrected that, and put it at 35 tanks.",
        "The freighter was seized off Streslau. Another freighter arrived in Florin.",
        "The freighter was seized off Streslau. Florin denies that the freighter ever arrived.",
        "Brigadier Rudolf Mensah spoke first. The auditor Abena Mensah followed.",
        "The ship docked on 3 May. The second ship docked on 4 May.",
        "Rifles were seized in Streslau on 3 May. Mortars were seized in Zenda on 9 May.",
        "",
    ],
)
def test_what_only_looks_like_a_contradiction(text: str) -> None:
    assert inner(text, "2025-05-20") == []


def test_a_weekday_is_not_checked_where_the_year_cannot_be_told() -> None:
    assert inner("They came on Tuesday, 14 May.", None) == []
    assert inner("They came on Tuesday, 14 May.", "2025-05-20") != []


# ------------------------------------------------------------------------------------ copies


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("3 May 2031", "13 May 2031", "date"),
        ("3 May 2031", "3 May 2030", "date"),
        ("forty crates", "fourteen crates", "number"),
        ("Rassendyll", "Rassendill", "name"),
        ("port of Streslau", "port of Zenda", "place"),
        ("unloaded forty", "never unloaded forty", "outcome"),
    ],
)
def test_copies_that_differ_in_substance(old: str, new: str, kind: str) -> None:
    copies = make_document(WIRE, "2031-05-04"), make_document(WIRE.replace(old, new), "2031-05-05")
    (found,) = compared(copies)
    assert (found.kind, found.where) == (kind, "copies")
    assert len(found.values) == 2
    assert {one.citations[0].document for one in found.values} == {one.id for one in copies}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("told reporters", "told journalists"),
        ("forty crates", "40 crates"),
        ("grey coaster", "gray ship"),
        ("the harbour master Rudolf Rassendyll", "the harbour master"),
        ("on 3 May 2031", "on Saturday"),
        ("Neighbouring Florin", "Florin"),
    ],
)
def test_rewording_is_no_discrepancy(old: str, new: str) -> None:
    assert (
        compared((make_document(WIRE, "2031-05-04"), make_document(WIRE.replace(old, new), "2031-05-05")))
        == ()
    )


def test_all_who_print_a_value_are_cited_and_the_original_is_likelier() -> None:
    original = make_document(WIRE, "2031-05-04", outlet="Zenda Post")
    same = make_document(WIRE.replace("wants", "would like"), "2031-05-05", outlet="Florin Times")
    other = make_document(WIRE.replace("3 May", "8 May"), "2031-05-06", outlet="Fenwick Star")
    (found,) = compared((original, same, other))
    assert [value.value for value in found.values] == ["3 May 2031", "8 May 2031"]
    assert {one.document for one in found.values[0].citations} == {original.id, same.id}
    assert found.likelier == 0
    assert "Zenda Post" in found.why


def test_the_order_of_documents_does_not_matter() -> None:
    documents = [
        make_document(WIRE, "2031-05-04"),
        make_document(WIRE.replace("3 May", "8 May"), "2031-05-05"),
        make_document(WIRE.replace("forty", "fifty"), "2031-05-06"),
    ]
    once = {compared(order) for order in permutations(documents)}
    assert len(once) == 1
    assert len(next(iter(once))) == 2


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab 1.\n“”MayTuesday,Orel-7", max_size=120), st.text(max_size=120))
def test_any_text_is_compared_without_a_crash(first: str, second: str) -> None:
    documents = {one.id: one for one in (make_document(first, "2031-05-04"), make_document(second, None))}
    names = sorted(documents)
    copies = [Copy(names[0], names[1], "verbatim", None, 1.0, "")] if len(names) == 2 else []
    found = find_discrepancies(documents, {}, copies, {})
    for one in found:
        for value in one.values:
            for cited in value.citations:
                text = documents[cited.document].text
                assert cited.quote == " ... ".join(text[start:end] for start, end in cited.spans)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["the", "tanks", "came", "on", "3", "May", "from", "Streslau"]), max_size=30),
    st.randoms(),
)
def test_equal_runs_are_equal(words: list[str], chance: object) -> None:
    first, second = " ".join(words), " ".join(words[::-1])
    for a, b in align(first, second).blocks:
        assert first[slice(*a)].casefold() == second[slice(*b)].casefold()


# ------------------------------------------------------------------------------------ values


def test_days_as_worded() -> None:
    found = moments("On 3 March 2024, on Sept. 5, in May, a Tuesday; it may march on.")
    assert [(one.year, one.month, one.day, one.weekday) for one in found] == [
        (2024, 3, 3, None),
        (None, 9, 5, None),
        (None, 5, None, None),
        (None, None, None, 1),
    ]
    assert str(day_of(found[3], "2024-03-07")) == "2024-03-05"


def test_figures_as_worded() -> None:
    found = figures("Forty of the aircraft, some 300 shells, $2.4 billion, 14 further MiG-29 fighters.", CUES)
    assert [(one.value, one.is_rough) for one in found] == [
        (40, False),
        (300, True),
        (2_400_000_000, False),
        (14, False),
    ]


def test_stems_and_sounds() -> None:
    assert stem("acknowledgement") == stem("acknowledged")
    assert stem("Deliveries") == stem("delivered") == stem("delivery")
    assert are_one("Suleiman", "Souleymane")
    assert not are_one("Bosco", "Baptiste")
