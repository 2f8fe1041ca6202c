"""Open questions: on which day each kind opens and closes, and that nothing else changes that."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linking.builders import Report, count, documents_of, readings_of
from register.questioned import questions_gate
from tidewaiter.linking import link
from tidewaiter.model import (
    Category,
    OpenQuestion,
    Quantity,
    QuestionState,
    Register,
    RegisterRow,
    ResponseKind,
    ResponseStatus,
    Route,
    Stage,
    Stance,
)
from tidewaiter.register import build_register

AS_OF = "2032-01-31"


def test_figures_do_not_fall() -> None:
    gate = questions_gate()
    if os.environ.get("TIDEWAITER_REGENERATE") == "1":
        gate.raise_floors()
    print(f"\n{gate.table()}")  # noqa: T201
    faults = gate.faults()
    assert not faults, "\n".join((*faults, *gate.measure().differences))


# ------------------------------------------------------------------------------------ hand-made reports


def _register(*reports: Report, as_of: str = AS_OF) -> Register:
    documents, readings = documents_of(reports), readings_of(reports)
    return build_register(documents, readings, link(documents, readings), as_of)


def _row(*reports: Report, as_of: str = AS_OF) -> RegisterRow:
    (row,) = _register(*reports, as_of=as_of).rows
    return row


def _told(row: RegisterRow, kind: str) -> list[tuple[str | None, str | None, QuestionState]]:
    found = [one for one in (*row.closed, *row.open) if one.kind == kind]
    return [(one.since, one.closed_on, one.state) for one in found]


def _says(
    published: str | None,
    actor: str,
    stage: Stage = Stage.SHIPPED,
    *,
    stance: Stance = Stance.ASSERTS,
    quantity: Quantity | None = None,
    route: Route | None = None,
    said_on: str | None = None,
    text: str | None = None,
) -> Report:
    """A report in which somebody says how far drones from Brazil to Angola went."""
    figure = f" {quantity.text}" if quantity else ""
    words = text or f"{actor} {stance.value} the {stage.value} drones{figure}."
    report = Report(f"{published} {actor} {stance.value} {stage.value}{figure}.txt", words, published)
    row = report.transfer(
        "BRA",
        "AGO",
        Category.UAV,
        "drones",
        stage=stage if stance is Stance.ASSERTS else Stage.UNCLEAR,
        quantity=quantity,
        route=route,
        words={"trigger": "drones", "route": "drones"},
    )
    report.claim(
        row,
        stance,
        None,
        actor,
        stage=stage if stance is Stance.ASSERTS else None,
        quantity=quantity,
        said_on=said_on,
        words=words.rstrip("."),
    )
    return report


BY_SEA = Route(via=("walvis bay",), mode="sea")
OPEN, CLOSED = QuestionState.OPEN, QuestionState.CLOSED


def test_receipt_is_open_from_the_first_report_to_that_of_the_arrival() -> None:
    row = _row(
        _says("2031-05-03", "ZMB", route=BY_SEA),
        _says("2031-05-04", "NAM"),
        _says("2031-05-20", "AGO", Stage.DELIVERED),
    )
    assert _told(row, "receipt") == [("2031-05-03", "2031-05-20", CLOSED)]
    (receipt,) = [one for one in row.closed if one.kind == "receipt"]
    assert receipt.closed_by is not None
    assert (receipt.closed_by.text, receipt.closed_by.actor) == ("Angola said that it was delivered", "AGO")
    assert [one.quote for one in receipt.closed_by.citations] == ["AGO asserts the delivered drones"]
    assert [one.quote for one in receipt.opened_by] == ["ZMB asserts the shipped drones"]


def test_what_was_only_agreed_is_no_receipt_but_may_not_have_gone_further() -> None:
    row = _row(_says("2031-05-03", "ZMB", Stage.AGREED), _says("2031-06-03", "ZMB", route=BY_SEA))
    assert _told(row, "progress") == [("2031-05-03", "2031-06-03", CLOSED)]
    assert _told(row, "receipt") == [("2031-06-03", None, OPEN)]


def test_receipt_that_is_taken_back_is_a_second_question() -> None:
    row = _row(
        _says("2031-05-03", "ZMB", route=BY_SEA),
        _says("2031-05-10", "AGO", Stage.DELIVERED),
        _says("2031-05-20", "AGO", stance=Stance.DENIES),
    )
    assert _told(row, "receipt") == [("2031-05-03", "2031-05-10", CLOSED), ("2031-05-20", None, OPEN)]


def test_arrival_that_is_denied_is_confirmed_by_two_that_know_it_each_for_itself() -> None:
    panel = Report("panel.txt", "UN experts said they examined fragments of drones in Angola.", "2031-05-20")
    row = panel.transfer(
        "BRA", "AGO", Category.UAV, "drones", stage=Stage.USED, words={"trigger": "fragments"}
    )
    said = panel.statement("UN experts", "UN", "they examined fragments of drones in Angola")
    panel.claim(row, Stance.ASSERTS, "UN experts", "UN", stage=Stage.USED, statement=said)
    reports = [
        _says("2031-05-03", "ZMB", Stage.DELIVERED, route=BY_SEA),
        _says("2031-05-10", "BRA", stance=Stance.DENIES),
    ]
    assert _told(_row(*reports), "receipt") == [("2031-05-10", None, OPEN)]
    assert _told(_row(*reports, panel), "receipt") == [("2031-05-10", "2031-05-20", CLOSED)]


def test_a_figure_is_one_sides_until_another_that_knows_gives_it() -> None:
    forty = count(40, "drones")
    first = _says("2031-05-03", "ZMB", quantity=forty, route=BY_SEA)
    later = _says("2031-05-06", "NAM", quantity=count(40, "Falcon-7 drones"))
    party = _says("2031-05-20", "AGO", Stage.DELIVERED, quantity=forty)
    kind = "quantity_single_origin"
    assert _told(_row(first, later), kind) == [("2031-05-03", None, OPEN)]
    (question,) = [one for one in _row(first, later).open if one.kind == kind]
    assert "one that agrees with it is told by Namibia, not known to be independent" in question.text
    assert _told(_row(first, later, party), kind) == [("2031-05-03", "2031-05-20", CLOSED)]


def test_another_figure_confirms_nothing_and_a_correction_is_the_same_question() -> None:
    kind = "quantity_single_origin"
    first = _says("2031-05-03", "ZMB", quantity=count(40, "drones"), route=BY_SEA, said_on="2031-05-03")
    other = _says("2031-05-20", "AGO", Stage.DELIVERED, quantity=count(12, "drones"))
    assert _told(_row(first, other), kind) == [("2031-05-20", None, OPEN), ("2031-05-03", None, OPEN)]
    corrected = _says("2031-05-09", "ZMB", quantity=count(60, "drones"), said_on="2031-05-09")
    row = _row(first, corrected)
    assert _told(row, kind) == [("2031-05-03", None, OPEN)]
    (question,) = [one for one in row.open if one.kind == kind]
    assert question.text.startswith("the figure, 60 drones, comes from Zambia alone")
    assert question.asked == "the figure, 40 drones, comes from Zambia alone"


def test_a_denial_is_answered_by_a_later_assertion_only() -> None:
    accused = _says("2031-05-03", "ZMB", route=BY_SEA, said_on="2031-05-02")
    denied = _says("2031-05-10", "BRA", stance=Stance.DENIES, said_on="2031-05-09")
    retold = _says(
        "2031-05-12", "ZMB", said_on="2031-05-02", text="ZMB asserts it, as it said on 2 May: drones."
    )
    again = _says("2031-05-20", "ZMB", said_on="2031-05-19", text="ZMB asserts it anew: drones, no less.")
    kind = "denial_unanswered"
    assert _told(_row(accused, denied, retold), kind) == [("2031-05-10", None, OPEN)]
    assert _told(_row(accused, denied, retold, again), kind) == [("2031-05-10", "2031-05-20", CLOSED)]
    twice = _says(
        "2031-06-01", "BRA", stance=Stance.DENIES, said_on="2031-06-01", text="BRA denies drones again."
    )
    assert _told(_row(accused, denied, again, twice), kind) == [
        ("2031-05-10", "2031-05-20", CLOSED),
        ("2031-06-01", None, OPEN),
    ]


def test_a_report_that_retells_a_denial_may_tell_of_what_was_denied() -> None:
    report = Report("both.txt", "Zambia says drones went to Angola; Brazil denied it on 9 May.", "2031-05-12")
    row = report.transfer("BRA", "AGO", Category.UAV, "drones", words={"trigger": "drones"})
    report.claim(row, Stance.ASSERTS, None, "ZMB", stage=Stage.SHIPPED, words="Zambia says")
    report.claim(row, Stance.DENIES, None, "BRA", said_on="2031-05-09", words="Brazil denied it")
    assert _told(_row(report), "denial_unanswered") == [("2031-05-12", None, OPEN)]


def test_the_way_is_asked_of_what_is_alleged_and_not_of_what_a_party_tells() -> None:
    assert _told(_row(_says("2031-05-03", "ZMB")), "route") == [("2031-05-03", None, OPEN)]
    assert _told(_row(_says("2031-05-03", "AGO", Stage.DELIVERED)), "route") == []
    named = _row(_says("2031-05-03", "ZMB"), _says("2031-05-08", "NAM", route=BY_SEA))
    assert _told(named, "route") == [("2031-05-03", "2031-05-08", CLOSED)]


def test_evidence_that_is_named_is_asked_for_until_it_is_shown() -> None:
    first = Report(
        "named.txt", "Zambia said satellite images prove that drones went to Angola.", "2031-05-03"
    )
    row = first.transfer("BRA", "AGO", Category.UAV, "drones", route=BY_SEA, words={"trigger": "went"})
    said = first.statement("Zambia", "ZMB", "satellite images prove that drones went to Angola")
    first.claim(row, Stance.ASSERTS, "Zambia", "ZMB", stage=Stage.SHIPPED, statement=said)
    shown = Report(
        "shown.txt", "Zambia released the satellite images of drones that went to Angola.", "2031-05-09"
    )
    row = shown.transfer("BRA", "AGO", Category.UAV, "drones", words={"trigger": "went"})
    shown.claim(row, Stance.ASSERTS, "Zambia", "ZMB", stage=Stage.SHIPPED, words="drones that went to Angola")
    kind = "evidence_not_seen"
    assert _told(_row(first), kind) == [("2031-05-03", None, OPEN)]
    assert _told(_row(first, shown), kind) == [("2031-05-03", "2031-05-09", CLOSED)]


# ------------------------------------------------------------------------------------ responses


def _responds(
    published: str | None, status: ResponseStatus, on: str | None = None, against: str = "BRA"
) -> Report:
    report = Report(f"{published} {status}.txt", f"Zambia: sanctions {status} of {published}.", published)
    report.response(ResponseKind.SANCTION, "ZMB", against, status=status, on=on, words="sanctions")
    return report


def test_a_response_goes_from_announced_to_done_to_lifted() -> None:
    register = _register(
        _says("2031-05-03", "ZMB", route=BY_SEA),
        _responds("2031-05-04", ResponseStatus.ANNOUNCED),
        _responds("2031-05-12", ResponseStatus.DONE, "2031-05-11"),
        _responds("2031-08-02", ResponseStatus.LIFTED, "2031-08-01"),
    )
    (response,) = register.responses
    assert [(one.status, one.on, one.reported) for one in response.history] == [
        (ResponseStatus.ANNOUNCED, None, "2031-05-04"),
        (ResponseStatus.DONE, "2031-05-11", "2031-05-12"),
        (ResponseStatus.LIFTED, "2031-08-01", "2031-08-02"),
    ]
    assert (response.status, response.on) == (ResponseStatus.LIFTED, "2031-08-01")
    (row,) = register.rows
    assert response.transfers == (row.id,)
    assert "it hits Brazil, the supplier, and was reported after the transfer was" in response.answers[0].why
    assert _told(row, "response_pending") == [("2031-05-04", "2031-05-12", CLOSED)]
    entries = [(one.when, one.text) for one in register.timeline if one.kind == "sanction"]
    assert entries == [
        ("[..2031-05-04]", "Zambia: sanction against Brazil (announced)"),
        ("2031-05-11", "Zambia: sanction against Brazil (done)"),
        ("2031-08-01", "Zambia: sanction against Brazil (lifted)"),
    ]


def test_what_is_done_twice_is_two_responses() -> None:
    first, second = _register(
        _responds("2031-05-12", ResponseStatus.DONE, "2031-05-11"),
        _responds("2031-09-12", ResponseStatus.DONE, "2031-09-11"),
    ).responses
    assert (first.on, second.on) == ("2031-05-11", "2031-09-11")
    assert first.id != second.id


def test_a_response_that_fits_several_transfers_answers_the_one_whose_goods_are_named() -> None:
    ships = Report("ships.txt", "Zambia says that Brazil shipped frigates to Chad.", "2031-05-03")
    row = ships.transfer("BRA", "TCD", Category.SHIPS, "frigates", words={"trigger": "shipped"})
    ships.claim(row, Stance.ASSERTS, None, "ZMB", stage=Stage.SHIPPED, words="Zambia says")
    drones = _says("2031-05-03", "ZMB", route=BY_SEA)
    plain = _responds("2031-05-12", ResponseStatus.DONE)
    assert _register(ships, drones, plain).responses[0].transfers == ()
    named = Report("named.txt", "Zambia: sanctions over the frigates.", "2031-05-12")
    named.response(ResponseKind.SANCTION, "ZMB", "BRA", words="sanctions")
    register = _register(ships, drones, named)
    (row_of_ships,) = [one.id for one in register.rows if one.category is Category.SHIPS]
    assert register.responses[0].transfers == (row_of_ships,)
    assert register.responses[0].answers[0].why.endswith("ships are named with it")


def test_a_response_reported_before_the_transfer_answers_none() -> None:
    register = _register(_says("2031-05-03", "ZMB"), _responds("2031-05-02", ResponseStatus.DONE))
    assert register.responses[0].transfers == ()


# ------------------------------------------------------------------------------------ whatever comes


_KIND = st.sampled_from(["says", "denies", "received", "corrects", "responds"])
_DAY = st.integers(0, 40).map(lambda days: (date(2031, 5, 1) + timedelta(days)).isoformat())
_STORY = st.lists(
    st.tuples(st.one_of(st.none(), _DAY), _KIND, st.sampled_from(["ZMB", "AGO", "BRA", "NAM"])), max_size=8
)


def _report(number: int, told: tuple[str | None, str, str]) -> Report:
    published, kind, actor = told
    if kind == "responds":
        status = list(ResponseStatus)[number % len(ResponseStatus)]
        return _responds(published, status)
    stance = Stance.DENIES if kind == "denies" else Stance.ASSERTS
    stage = Stage.DELIVERED if kind == "received" else Stage.SHIPPED
    quantity = (
        count(40 + (number if kind == "corrects" else 0), "drones") if stance is Stance.ASSERTS else None
    )
    text = f"{actor} {kind} number {number}: drones{'' if quantity is None else ' ' + quantity.text}."
    return _says(published, actor, stage, stance=stance, quantity=quantity, text=text)


def _reports(story: Sequence[tuple[str | None, str, str]]) -> list[Report]:
    return [_report(number, told) for number, told in enumerate(story)]


def _questions(register: Register) -> list[OpenQuestion]:
    return [one for row in register.rows for one in (*row.open, *row.closed)]


@settings(max_examples=40, deadline=None)
@given(story=_STORY, random=st.randoms())
def test_any_order_gives_the_same_register(story: list, random: object) -> None:
    reports = _reports(story)
    before = _register(*reports)
    random.shuffle(reports)  # type: ignore[attr-defined]
    assert _register(*reports) == before


@settings(max_examples=40, deadline=None)
@given(story=_STORY, day=_DAY)
def test_an_unrelated_report_changes_nothing(story: list, day: str) -> None:
    other = Report("other.txt", "Peru says that Chile shipped frigates to Chad.", day)
    row = other.transfer("CHL", "TCD", Category.SHIPS, "frigates", words={"trigger": "shipped"})
    other.claim(row, Stance.ASSERTS, None, "PER", stage=Stage.SHIPPED, words="Peru says")
    other.response(ResponseKind.VETO, "PER", "CHL", words="Peru says")
    reports = _reports(story)
    with_it = _register(*reports, other)
    ours = [(row.open, row.closed) for row in with_it.rows if row.supplier == "BRA"]
    assert ours == [(row.open, row.closed) for row in _register(*reports).rows]


@settings(max_examples=40, deadline=None)
@given(story=_STORY)
def test_every_question_has_words_and_days_in_order(story: list) -> None:
    for one in _questions(_register(*_reports(story))):
        assert one.citations
        assert one.opened_by
        assert one.asked
        assert (one.closed_by is not None) == (one.state is QuestionState.CLOSED)
        if one.closed_by is not None:
            assert one.closed_by.citations
            if one.closed_on is not None:
                assert one.since is not None
                assert one.since < one.closed_on


@settings(max_examples=40, deadline=None)
@given(story=_STORY, day=_DAY)
def test_as_of_a_day_is_asked_what_was_open_then(story: list, day: str) -> None:
    """The register of that day, of all reports, asks what one of the reports public by then asks."""
    reports = [one for one in _reports(story) if one.document.published is not None]
    public = [one for one in reports if str(one.document.published) <= day]

    def asked(register: Register) -> set[tuple[str, str, str | None, str | None]]:
        found = _questions(register)
        return {
            (one.kind, one.about, one.since, one.closed_on)
            for one in found
            if one.kind in ("receipt", "denial_unanswered", "route", "progress", "response_pending")
        }

    assert asked(_register(*reports, as_of=day)) == asked(_register(*public, as_of=day))


@pytest.mark.parametrize("published", [None, "XXXX-05-03", "[2031-05-03..]"])
def test_reports_without_a_day_come_after_all_others(published: str | None) -> None:
    row = _row(_says("2031-05-03", "ZMB", route=BY_SEA), _says(published, "AGO", Stage.DELIVERED))
    assert _told(row, "receipt") == [("2031-05-03", None, CLOSED)]


def test_a_day_that_is_not_known_exactly_is_the_last_that_it_can_be() -> None:
    row = _row(_says("2031-05", "ZMB", route=BY_SEA))
    assert _told(row, "receipt") == [("[..2031-05-31]", None, OPEN)]
