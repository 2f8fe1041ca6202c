"""The register of a small hand-made case: every cell rests on words, and says no more than they do."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from linking.builders import Report, count, documents_of, readings_of
from tidewaiter.linking import link
from tidewaiter.model import (
    Category,
    Cell,
    Citation,
    Quantity,
    Register,
    RegisterRow,
    ResponseKind,
    ResponseStatus,
    Route,
    Stage,
    Stance,
)
from tidewaiter.register import build_register, fill_years
from tidewaiter.register.positions import summary_of

AS_OF = "2032-01-31"


def _register(*reports: Report) -> Register:
    documents, readings = documents_of(reports), readings_of(reports)
    return build_register(documents, readings, link(documents, readings), AS_OF)


def _row(*reports: Report) -> RegisterRow:
    (row,) = _register(*reports).rows
    return row


def _accusation() -> Report:
    report = Report(
        "accusation.txt",
        "Zambia says Brazil is shipping 40 Falcon-7 drones to Angola. “They are on the water,” Ana Ruiz "
        "said. The papers name Namibia as buyer.",
        "2031-05-03",
    )
    row = report.transfer(
        "BRA",
        "AGO",
        Category.UAV,
        "Falcon-7 drones",
        quantity=Quantity(40, 40, "drones", "40"),
        route=Route(declared=("NAM",), true=("AGO",), mode="sea"),
        words={
            "supplier": "Brazil",
            "recipient": "Angola",
            "stage": "shipping",
            "trigger": "shipping",
            "route": "The papers name Namibia as buyer",
        },
    )
    said = report.statement("Ana Ruiz", "ZMB", "They are on the water", "2031-05-02")
    report.claim(
        row,
        Stance.ASSERTS,
        "Ana Ruiz",
        "ZMB",
        stage=Stage.SHIPPED,
        quantity=Quantity(40, 40, "drones", "40"),
        said_on="2031-05-02",
        statement=said,
    )
    report.response(
        ResponseKind.UN_REFERRAL,
        "ZMB",
        "BRA",
        status=ResponseStatus.ANNOUNCED,
        transfer=row,
        words="Zambia says",
    )
    return report


def _denial() -> Report:
    report = Report("denial.txt", "Brazil called it a fairy tale: no drones went to Angola.", "2031-05-09")
    row = report.transfer(
        "BRA",
        "AGO",
        Category.UAV,
        "drones",
        words={"supplier": "Brazil", "recipient": "Angola", "stage": "went"},
    )
    report.claim(row, Stance.DENIES, None, "BRA", said_on="2031-05-08", words="called it a fairy tale")
    return report


def test_cells_of_an_accusation_and_a_denial() -> None:
    row = _row(_accusation(), _denial())
    shown = {name: cell.value for name, cell in row.cells.items()}
    assert shown == {
        "supplier": "Brazil",
        "recipient": "Angola",
        "number_ordered": "..",
        "designation": "Falcon-7",
        "description": "Falcon-7 drones",
        "year_of_order": "..",
        "years_of_delivery": "..",
        "number_delivered": "..",
        "comments": "Asserted by Zambia. Denied by Brazil. Figures told: 40 drones (shipped). "
        "Declared destination Namibia; alleged destination Angola; by sea.",
        "stage": "shipped",
        "category": "drones",
        "route": "declared destination Namibia; alleged destination Angola; by sea",
        "quantity": "40 drones",
        "when": "..",
    }


def test_a_rough_figure_stays_rough_and_in_brackets() -> None:
    report = Report("one.txt", "Brazil says it delivered about 40 drones to Angola.", "2031-05-03")
    about = Quantity(40, 40, "drones", "about 40", rough=True)
    row = report.transfer("BRA", "AGO", Category.UAV, "drones", quantity=about, stage=Stage.DELIVERED)
    report.claim(row, Stance.ASSERTS, None, "BRA", stage=Stage.DELIVERED, quantity=about, words="Brazil says")
    cells = _row(report).cells
    assert cells["number_delivered"].value == "(“about 40” drones)"
    assert cells["quantity"].value == "“about 40” drones"


def test_a_spokesman_of_nobody_is_counted_with_the_only_one_who_says_the_same() -> None:
    text = "Brazil denied it. “Nothing,” a spokesman said. Angola denied it."
    for deniers, labels in (
        (("BRA",), ["Brazil"]),
        (("BRA", "AGO"), ["Angola", "Brazil", "spokesman"]),
        ((), ["spokesman"]),
    ):
        report = Report("denial.txt", text, "2031-05-09")
        row = report.transfer("BRA", "AGO", Category.UAV, "drones")
        for actor in deniers:
            report.claim(row, Stance.DENIES, None, actor, words="denied it")
        report.claim(row, Stance.DENIES, "spokesman", None, words="Nothing")
        positions = _row(report).positions
        assert [one.label for one in positions] == labels
        assert [one.label for one in positions if one.counted] == (labels if len(deniers) == 1 else [])


def test_positions_are_dated_and_cited() -> None:
    zambia, brazil = _row(_accusation(), _denial()).positions
    assert (zambia.label, zambia.summary, zambia.furthest) == ("Zambia", "asserts", Stage.SHIPPED)
    assert (brazil.label, brazil.summary, brazil.furthest) == ("Brazil", "denies", None)
    assert zambia.claims[0].citation.quote == "They are on the water"
    assert brazil.claims[0].citation.quote == "called it a fairy tale"
    assert brazil.claims[0].published == "2031-05-09"


def test_open_questions_name_what_nobody_confirmed() -> None:
    row = _row(_accusation(), _denial())
    assert [question.text for question in row.open] == [
        "receipt not confirmed by anyone as of 9 May 2031",
        "the figure, 40 drones, comes from Zambia alone as of 9 May 2031",
        "Brazil's denial (8 May 2031) not answered by anyone as of 9 May 2031",
        "Zambia's UN referral against Brazil announced, not yet reported as done as of 9 May 2031",
    ]
    assert [question.since for question in row.open] == [
        "2031-05-03",
        "2031-05-03",
        "2031-05-09",
        "2031-05-03",
    ]
    assert all(question.citations and question.opened_by for question in row.open)


def test_nothing_is_open_where_all_is_told() -> None:
    report = Report(
        "sale.txt",
        "Chile says it received 12 boats from Peru in 2031 by sea. Peru says so too.",
        "2031-05-03",
    )
    boats = count(12, "boats")
    row = report.transfer(
        "PER",
        "CHL",
        Category.SHIPS,
        "boats",
        stage=Stage.DELIVERED,
        quantity=boats,
        when="2031",
        route=Route(mode="sea"),
    )
    for actor, words in (("CHL", "Chile says"), ("PER", "Peru says")):
        report.claim(row, Stance.ASSERTS, None, actor, stage=Stage.DELIVERED, quantity=boats, words=words)
    made = _row(report)
    assert made.open == ()
    assert made.cells["number_delivered"].value == "12 boats"
    assert made.cells["years_of_delivery"].value == "2031"
    assert made.origins.at_most == 2
    assert made.origins.independent == 2


def test_asserts_then_denies_is_told_in_order_of_days() -> None:
    report = Report("turn.txt", "First yes, then no.", "2031-06-01")
    row = report.transfer("BRA", "AGO", Category.UAV, "drones", words={"trigger": "First"})
    report.claim(row, Stance.DENIES, None, "BRA", said_on="2031-05-20", words="no")
    report.claim(row, Stance.ASSERTS, None, "BRA", stage=Stage.AGREED, said_on="2031-05-02", words="yes")
    (position,) = _row(report).positions
    assert position.summary == "asserts; later denies"
    assert position.furthest is Stage.AGREED
    undated = Report("turn.txt", "First yes, then no.")
    row = undated.transfer("BRA", "AGO", Category.UAV, "drones", words={"trigger": "First"})
    undated.claim(row, Stance.DENIES, None, "BRA", words="no")
    undated.claim(row, Stance.ASSERTS, None, "BRA", words="yes")
    (position,) = _row(undated).positions
    assert position.summary == "denies; also asserts"


def test_copies_count_as_one_origin_and_responses_are_joined() -> None:
    text = _accusation().document.text
    reports = []
    for name, day in (("a.txt", "2031-05-03"), ("b.txt", "2031-05-04")):
        report = Report(name, f"{text} {' '.join(f'word{n}' for n in range(60))}", day)
        row = report.transfer("BRA", "AGO", Category.UAV, "Falcon-7 drones", words={"trigger": "shipping"})
        report.response(
            ResponseKind.SANCTION,
            "ZMB",
            "BRA",
            on=None if name == "a.txt" else "2031-05-01",
            transfer=row,
            words="says",
        )
        reports.append(report)
    register = _register(*reports)
    assert register.rows[0].origins.at_most == 1
    assert "1 when copies" in register.rows[0].origins.why
    (response,) = register.responses
    assert response.on == "2031-05-01"
    assert response.transfers == (register.rows[0].id,)
    assert {citation.document for citation in response.citations} == {r.document.id for r in reports}


def test_a_copyists_figure_does_not_take_the_place_of_the_originals() -> None:
    """Though it is the higher one, and the copy tells more than the original."""
    text = f"{_accusation().document.text} {' '.join(f'word{n}' for n in range(60))}"
    reports = []
    for name, day, figure in (("a.txt", "2031-05-03", 120), ("b.txt", "2031-05-04", 210)):
        report = Report(name, f"{text} It was {figure} drones.", day)
        stage = Stage.SHIPPED if name == "a.txt" else Stage.DELIVERED
        quantity = Quantity(figure, figure, "drones", f"{figure} drones")
        words = {"trigger": "shipping"}
        report.transfer("BRA", "AGO", Category.UAV, "drones", stage=stage, quantity=quantity, words=words)
        reports.append(report)
    (row,) = _register(*reports).rows
    assert row.quantity is not None
    assert row.quantity.min == 120
    assert "210" not in row.cells["number_delivered"].value


def test_a_stance_taken_twice_on_unknown_days_is_told_once() -> None:
    said = [(None, Stance.ASSERTS), (None, Stance.DENIES), (None, Stance.ASSERTS)]
    assert summary_of(said) == "asserts; also denies"
    assert summary_of([("2031-05-01", Stance.DECLINES), ("2031-05-02", Stance.DENIES)]) == (
        "declines to comment; later denies"
    )


def test_a_name_without_its_state_joins_the_state_that_another_report_gives() -> None:
    first = Report("first.txt", "Zambia's envoy Ana Ruiz said drones went to Angola.", "2031-05-03")
    row = first.transfer("BRA", "AGO", Category.UAV, "drones", words={"trigger": "went"})
    first.claim(row, Stance.ASSERTS, "Ana Ruiz", "ZMB", stage=Stage.SHIPPED, words="said")
    second = Report("second.txt", "Ruiz said drones from Brazil went to Angola.", "2031-05-04")
    row = second.transfer("BRA", "AGO", Category.UAV, "drones", words={"trigger": "went"})
    second.claim(row, Stance.ASSERTS, "Ruiz", None, stage=Stage.SHIPPED, words="said")
    second.claim(row, Stance.ASSERTS, "The envoys", None, stage=Stage.SHIPPED, words="said")
    second.claim(row, Stance.ASSERTS, "Western envoys", None, stage=Stage.SHIPPED, words="said")
    made = _row(first, second)
    assert [(one.label, len(one.claims)) for one in made.positions] == [("Western envoys", 2), ("Zambia", 2)]
    assert made.origins.at_most == 2


def test_seized_and_fired_goods_are_neither_ordered_nor_delivered() -> None:
    report = Report(
        "seized.txt", "Chile says 30 rockets were seized and 5 fired; 90 were bought.", "2031-05-03"
    )
    for stage, number in ((Stage.SHIPPED, 30), (Stage.USED, 5)):
        report.transfer(
            "BRA", "AGO", Category.AMMUNITION, "rockets", stage=stage, quantity=count(number, "rockets")
        )
    cells = [row.cells for row in _register(report).rows]
    for one in cells:
        assert (one["number_ordered"].value, one["number_delivered"].value) == ("..", "..")
    told = " ".join(one["comments"].value for one in cells)
    assert "30 rockets (shipped)" in told
    assert "5 rockets (used)" in told


def test_arrival_that_a_party_denies_is_open_until_the_recipient_says_so() -> None:
    report = Report("denied.txt", "Zambia says drones reached Angola; Brazil says no.", "2031-05-03")
    row = report.transfer(
        "BRA", "AGO", Category.UAV, "drones", stage=Stage.DELIVERED, words={"trigger": "reached"}
    )
    report.claim(row, Stance.ASSERTS, None, "ZMB", stage=Stage.DELIVERED, words="Zambia says")
    report.claim(row, Stance.DENIES, None, "BRA", words="Brazil says no")
    (receipt,) = [one for one in _row(report).open if one.kind == "receipt"]
    assert receipt.text == (
        "receipt told by Zambia, not confirmed by Angola, the transfer denied by Brazil: not settled "
        "as of 3 May 2031"
    )


def test_what_no_dated_report_tells_is_open_as_of_no_day() -> None:
    report = Report("bare.txt", "Zambia says drones went to Angola.")
    row = report.transfer("BRA", "AGO", Category.UAV, "drones", words={"trigger": "went"})
    report.claim(row, Stance.ASSERTS, None, "ZMB", stage=Stage.SHIPPED, words="Zambia says")
    receipt, route = _row(report).open
    assert route.text == "route named by nobody in these undated reports"
    assert receipt.as_of is None
    assert receipt.since is None
    assert receipt.opened_by == receipt.citations
    assert receipt.text == "receipt not confirmed by anyone in these undated reports"


def test_what_is_said_to_have_happened_was_not_said_before() -> None:
    report = Report("used.txt", "On 2 May drones fell on Angola, Zambia says.", "2031-05-09")
    row = report.transfer("BRA", "AGO", Category.UAV, "drones", stage=Stage.USED, when="2031-05-02")
    report.claim(row, Stance.ASSERTS, None, "ZMB", stage=Stage.USED, words="Zambia says")
    whens = {entry.kind: entry.when for entry in _register(report).timeline}
    assert whens["asserts"] == "[2031-05-02..2031-05-09]"


def test_undated_responses_of_far_apart_reports_are_two() -> None:
    reports = []
    for name, day in (("a", "2031-05-03"), ("b", "2031-05-20"), ("c", "2032-01-05"), ("d", None)):
        report = Report(f"{name}.txt", f"{name}: Zambia will go to the council.", day)
        report.response(ResponseKind.UN_REFERRAL, "ZMB", "BRA", words="go to the council")
        reports.append(report)
    first, second = _register(*reports).responses
    assert (len(first.citations), len(second.citations)) == (3, 1)


def test_timeline_is_in_order_and_says_who() -> None:
    report = _accusation()
    report.event("vote", "UN", "2031-05-01", "The papers name Namibia")
    register = _register(report, _denial())
    texts = [(entry.when, entry.text) for entry in register.timeline if entry.kind != "question_opened"]
    opened = [(entry.when, entry.text) for entry in register.timeline if entry.kind == "question_opened"]
    assert opened == [
        ("2031-05-03", "Open: Zambia's UN referral against Brazil announced, not yet reported as done"),
        ("2031-05-03", "Open: receipt not confirmed by anyone"),
        ("2031-05-03", "Open: the figure, 40 drones, comes from Zambia alone"),
        ("2031-05-09", "Open: Brazil's denial (8 May 2031) not answered by anyone"),
    ]
    assert texts == [
        ("2031-05-01", "United Nations: vote"),
        (
            "2031-05-02",
            "Ana Ruiz (Zambia) asserts: Falcon-7 drones from Brazil to Angola, shipped, 40 drones",
        ),
        ("[..2031-05-03]", "Zambia: UN referral against Brazil (announced)"),
        ("2031-05-08", "Brazil denies: Falcon-7 drones from Brazil to Angola"),
    ]


def test_goods_in_return_point_at_each_other_and_money_is_no_number() -> None:
    report = Report("swap.txt", "Oil money aside, drones for radars, worth 90 USD.", "2031-05-03")
    drones = report.transfer("BRA", "AGO", Category.UAV, "drones", quantity=count(90, "USD"))
    radars = report.transfer("AGO", "BRA", Category.SENSORS, "radars", in_exchange_for=drones)
    report.exchange(drones, radars)
    rows = {row.category: row for row in _register(report).rows}
    assert rows[Category.UAV].in_exchange_for == (rows[Category.SENSORS].id,)
    assert rows[Category.SENSORS].in_exchange_for == (rows[Category.UAV].id,)
    assert rows[Category.UAV].cells["number_ordered"].value == ".."
    assert rows[Category.UAV].cells["comments"].value == "Figures told: 90 USD (shipped)."


def test_years_are_filled_only_from_what_bounds_them_below() -> None:
    report = Report("bare.txt", "On 2 May she said so.")
    row = report.transfer("BRA", "AGO", Category.UAV, "drones", when="XXXX-04-20")
    report.claim(row, Stance.ASSERTS, "Ana Ruiz", "ZMB", said_on="XXXX-05-02", words="she said so")
    filled, grounds = fill_years(report.reading, ("[2031-05-02..]", "same briefing"))
    assert filled.claims[0].said_on == "2031-05-02"
    assert filled.transfers[0].when == "2031-04-20?"
    assert "same briefing" in grounds[filled.claims[0].id]
    assert fill_years(report.reading, ("[..2033-05-02]", "banner")) == (report.reading, {})


def _citations(register: Register) -> list[Citation]:
    found = [one for entry in (*register.timeline, *register.responses) for one in entry.citations]
    for row in register.rows:
        cells: list[Cell] = list(row.cells.values())
        found += [one for cell in cells for one in cell.citations]
        found += [one for question in row.open for one in question.citations]
        found += [claim.citation for position in row.positions for claim in position.claims]
    return found


_CLAIM = st.tuples(
    st.sampled_from(list(Stance)),
    st.sampled_from([None, "BRA", "ZMB", "Red Column"]),
    st.sampled_from([None, "Ana Ruiz"]),
    st.sampled_from([None, *Stage]),
    st.sampled_from([None, "2031-05-02", "XXXX-05-02", "2031-05?", "nonsense"]),
)
_TOLD = st.tuples(
    st.text(max_size=60),
    st.sampled_from([None, "2031-05-03", "XXXX-05-03", "[..2031-09-01]"]),
    st.sampled_from([None, "BRA"]),
    st.sampled_from([Category.UAV, Category.UNSPECIFIED_ARMS]),
    st.sampled_from(list(Stage)),
    st.sampled_from([None, "2031", "XXXX-04-01", "nonsense"]),
    st.lists(_CLAIM, max_size=3),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_TOLD, max_size=5), st.randoms(use_true_random=False))
def test_any_case_gives_cited_rows_in_any_order(told: list, random: object) -> None:
    reports = []
    for number, (debris, published, supplier, category, stage, when, claims) in enumerate(told):
        report = Report(f"{number}.txt", f"{debris} drones went {number} {debris}", published)
        row = report.transfer(
            supplier, "AGO", category, "drones", stage=stage, when=when, words={"trigger": "went"}
        )
        for stance, actor, name, reached, day in claims:
            report.claim(row, stance, name, actor, stage=reached, said_on=day, words="drones")
        report.response(ResponseKind.VETO, supplier, None, on=when, transfer=row, words="went")
        reports.append(report)
    register = _register(*reports)
    shuffled = list(reports)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _register(*shuffled) == register
    texts = {report.document.id: report.document.text for report in reports}
    for citation in _citations(register):
        assert citation.quote == " ... ".join(texts[citation.document][a:b] for a, b in citation.spans)
        assert citation.spans
    assert sum(len(row.reported) for row in register.rows) == len(reports)


def test_an_empty_case_has_an_empty_register() -> None:
    assert _register() == Register((), (), (), ())
