"""Deciding in the app, over real HTTP: every kind of judgement with what it does, and taking it back."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.case import Case
from tidewaiter.ledger.lock import WriterLock
from tidewaiter.model import Judged, RegisterRow, Standing
from tidewaiter.pipeline import no_progress
from tidewaiter.verification.tally import Tally
from tidewaiter.verification.whole import verify
from tidewaiter.web.judging import writer
from tidewaiter.web.judging.asked import UnfitError, back_of, plain_text, wanted_of
from tidewaiter.wording import name_of

from .conftest import served

if TYPE_CHECKING:
    import httpx

AT = "2024-04-01T12:00:00Z"


@dataclass(frozen=True, slots=True)
class Analyst:
    """Somebody at the app of a case."""

    http: httpx.Client
    folder: Path

    def token(self) -> str:
        found = re.search(r'name="token" value="([^"]+)"', self.http.get("/").text)
        assert found is not None
        return found[1]

    def post(self, address: str, **fields: object) -> httpx.Response:
        origin = str(self.http.base_url).rstrip("/")
        data = {"token": self.token(), **fields}
        return self.http.post(address, data=data, headers={"origin": origin})

    def judge(self, **fields: object) -> str:
        """Send a form, and give the page that it leads to."""
        answer = self.post("/judgements", **({"why": "seen so", "back": "/judgements"} | fields))
        assert answer.status_code == 303, answer.text
        return self.follow(answer)

    def follow(self, answer: httpx.Response) -> str:
        page = self.http.get(answer.headers["location"])
        assert page.status_code == 200, answer.headers["location"]
        return page.text

    def undo(self, name: str, back: str = "/judgements") -> str:
        return self.follow(self.post(f"/judgements/{name}/undo", back=back))

    def judged(self) -> tuple[Judged, ...]:
        """Those that were not taken back."""
        with Case(self.folder) as case:
            return tuple(one for one in case.judged() if one.judgement.withdrawn_at is None)

    def last(self) -> Judged:
        return self.judged()[-1]

    def rows(self) -> tuple[RegisterRow, ...]:
        with Case(self.folder) as case:
            return tuple(case.view().register.rows)

    def row_of(self, reported: str) -> str | None:
        return next((one.id for one in self.rows() if reported in [r for _, r in one.reported]), None)


@pytest.fixture(scope="module")
def shared(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Analyst]:
    """An analyst at a copy of the example case; each test takes back what it decides."""
    folder = Path(shutil.copytree(example, tmp_path_factory.mktemp("judging") / "case"))
    with served(folder, editing=True) as http:
        yield Analyst(http, folder)


@pytest.fixture
def analyst(shared: Analyst) -> Iterator[Analyst]:
    before = shared.rows()
    yield shared
    for one in shared.judged():
        shared.undo(one.judgement.id)
    assert shared.rows() == before
    assert holds(shared.folder)


def holds(folder: Path) -> bool:
    tally = Tally(most=5)
    verify(folder, tally, no_progress)
    return tally.holds


def large(rows: tuple[RegisterRow, ...]) -> RegisterRow:
    return max(rows, key=lambda one: len(one.reported))


# ------------------------------------------------------------------------------------ each kind


def test_two_transfers_are_one_and_the_page_moves_along(analyst: Analyst) -> None:
    first, second = analyst.rows()[:2]
    member = second.reported[0][1]
    page = analyst.judge(
        kind="same",
        named=second.id,
        other=f"http://127.0.0.1/transfers/{first.id}",
        back=f"/transfers/{second.id}",
    )
    assert analyst.row_of(member) == analyst.row_of(first.reported[0][1])
    assert 'role="status"' in page
    assert "joined" in page
    (one,) = analyst.judged()
    assert (one.standing, one.judgement.why) == (Standing.ACTS, "seen so")
    page = analyst.undo(one.judgement.id, back=f"/transfers/{analyst.row_of(member)}")
    assert "Taken back" in page
    assert analyst.row_of(member) == second.id
    assert "Decide again" in page
    again = analyst.follow(analyst.post(f"/judgements/{one.judgement.id}/redo", back="/judgements"))
    assert "Noted" in again
    assert analyst.row_of(member) == analyst.row_of(first.reported[0][1])
    assert len(analyst.judged()) == 1


def test_rows_marked_in_the_register_are_one(analyst: Analyst) -> None:
    rows = analyst.rows()[:3]
    analyst.judge(kind="same", named=[one.id for one in rows], back="/?sort=stage")
    assert len({analyst.row_of(one.reported[0][1]) for one in rows}) == 1


def test_a_report_is_split_off_its_row(analyst: Analyst) -> None:
    row = large(analyst.rows())
    document, reported = row.reported[-1]
    page = analyst.judge(
        kind="not_same", named=[row.id, f"{document}:{reported}"], back=f"/transfers/{row.id}"
    )
    others = {analyst.row_of(one) for _, one in row.reported[:-1]}
    assert analyst.row_of(reported) not in others
    assert "kept apart" in page
    rest = max(others, key=lambda one: sum(1 for _, other in row.reported if analyst.row_of(other) == one))
    assert f"<code>{rest}</code>" in page  # the page is of what the row was, without that report


def test_that_it_cannot_be_told_changes_nothing(analyst: Analyst) -> None:
    before = analyst.rows()
    analyst.judge(kind="unsure", named=[one.id for one in before[:2]])
    assert analyst.last().standing is Standing.NOTED
    assert [one.id for one in analyst.rows()] == [one.id for one in before]


def test_a_reported_transfer_is_rejected_and_its_page_gives_way(analyst: Analyst) -> None:
    row = min(analyst.rows(), key=lambda one: len(one.reported))
    (document, reported), *_ = row.reported
    page = analyst.judge(kind="reject", named=f"{document}:{reported}", back=f"/transfers/{row.id}")
    assert analyst.row_of(reported) is None
    assert "left out of what its report tells" in page
    assert "Undo" in page


def test_a_claim_is_rejected(analyst: Analyst) -> None:
    row = next(one for one in analyst.rows() if one.positions)
    claim = row.positions[0].claims[0]
    analyst.judge(kind="reject", named=f"{claim.document}:{claim.claim}", back=f"/transfers/{row.id}")
    now = next(one for one in analyst.rows() if one.id == row.id)
    told = [(one.document, one.claim) for position in now.positions for one in position.claims]
    assert (claim.document, claim.claim) not in told
    assert f'<li id="{analyst.last().judgement.id}">' in analyst.http.get(f"/transfers/{row.id}").text


def test_several_fields_are_corrected_at_once(analyst: Analyst) -> None:
    row = analyst.rows()[0]
    document, reported = row.reported[0]
    page = analyst.http.get(f"/transfers/{row.id}").text
    block = next(one for one in re.findall(r"<form.*?</form>", page, re.S) if f"{document}:{reported}" in one)
    was = dict(re.findall(r'name="was-(\w+)" value="([^"]*)"', block))
    told = {f"was-{name}": value for name, value in was.items()} | was
    told |= {"stage": "sought", "quantity": "7..9 tanks", "when": "2021-05"}
    analyst.judge(kind="correct", named=f"{document}:{reported}", back=f"/transfers/{row.id}", **told)
    kept = {one.judgement.value["field"]: one.judgement.value["value"] for one in analyst.judged()}
    assert kept == {"stage": "sought", "quantity": "7..9 tanks", "when": "2021-05"}
    assert {one.standing for one in analyst.judged()} == {Standing.ACTS}
    after = analyst.http.get(f"/documents/{document}").text
    assert "read as" in after
    assert 'value="7..9 tanks"' in after


def test_a_value_is_corrected_where_it_stands_in_several_reports_by_a_name(analyst: Analyst) -> None:
    row = large(analyst.rows())
    page = analyst.http.get(f"/transfers/{row.id}").text
    for field in ("supplier", "recipient", "category", "stage", "quantity", "when"):
        assert f'href="/transfers/{row.id}?correct={field}"' in page
    form = analyst.http.get(f"/transfers/{row.id}?correct=supplier").text
    block = form[form.index('id="correct"') : form.index('aria-label="On this page"')]
    assert f'value="{name_of(row.supplier or "")}"' in block
    assert f'value="{row.supplier}"' not in block
    assert f'<option value="{row.supplier}"' not in form  # names are offered, not codes
    assert '<option value="North Korea">' in form
    both = [":".join(one) for one in row.reported[:2]]
    after = analyst.judge(
        kind="correct", named=both, supplier="north korea", back=f"/transfers/{row.id}?correct=supplier"
    )
    assert f"supplier is North Korea, not {name_of(row.supplier or '')}" in after
    assert "the supplier in its report is taken to be North Korea" in after
    assert [one.judgement.value["value"] for one in analyst.judged()] == ["PRK", "PRK"]
    assert f'href="/changes?from={analyst.last().judgement.at[:10]}"' in after
    document, reported = row.reported[0]
    assert (
        f"/documents/{document}?correct={reported}.supplier"
        in analyst.http.get(f"/documents/{document}").text
    )
    one = analyst.http.get(f"/documents/{document}?correct={reported}.supplier").text
    assert 'value="North Korea"' in one[one.index('id="correct"') :]
    assert f"(by the program as <bdi>{name_of(row.supplier or '')}</bdi>)" in one.replace("\n", "")


def test_an_outlet_is_rated_on_its_page(analyst: Analyst) -> None:
    listed = analyst.http.get("/sources/outlets").text
    address = unescape(re.findall(r'href="(/sources/outlets/[^"?]+)"', listed)[0])
    source = re.findall(r'name="source" value="(outlet:[^"]+)"', analyst.http.get(address).text)
    after = analyst.judge(kind="rate", source=unescape(source[0]), reliability="E", back=address)
    assert re.search(r"rated the outlet [^<]+: E", after)
    assert analyst.last().standing is Standing.ACTS


@pytest.mark.parametrize("source", ["actor", "speaker", "outlet"])
def test_a_source_is_rated(analyst: Analyst, source: str) -> None:
    pages = [f"/transfers/{one.id}" for one in analyst.rows()]
    page, choice = next(
        (page, found[1])
        for page in pages
        if (found := re.search(rf'<option value="({source}:[^"]+)"', analyst.http.get(page).text))
    )
    analyst.judge(kind="rate", source=unescape(choice), reliability="D", back=page)
    shown = analyst.http.get(page).text
    assert f"rated D as {source}" in shown
    assert analyst.last().standing is Standing.ACTS
    assert f'<li id="{analyst.last().judgement.id}">' in shown


def test_notes_on_a_transfer_on_words_and_on_a_telling(analyst: Analyst) -> None:
    row = analyst.rows()[0]
    document, reported = row.reported[0]
    page = analyst.judge(
        kind="note", named=f"{document}:{reported}", why="asked <b>twice</b>", back=f"/transfers/{row.id}"
    )
    assert "asked &lt;b&gt;twice&lt;/b&gt;" in page
    with Case(analyst.folder) as case:
        words = case.view().by_id[document].text.split(".")[0]
    page = analyst.judge(kind="note", named=document, quote=words, back=f"/documents/{document}")
    assert words[:40] in analyst.last().judgement.sides[0][0].label
    utterance = re.findall(r'href="(/utterances/\w+)"', analyst.http.get("/utterances").text)[0]
    telling = re.search(r'<option value="([^"]+:s\d+)"', analyst.http.get(utterance).text)
    assert telling
    page = analyst.judge(kind="note", named=telling[1], why="the same as before", back=utterance)
    assert "the same as before" in page


def test_two_reports_are_no_copies_and_copies_again(analyst: Analyst) -> None:
    listed = analyst.http.get("/copies?show=pairs").text
    pair = re.findall(r'href="(/copies/(d\w+)/(d\w+))"', listed)[0]
    page = analyst.judge(kind="not_same", named=list(pair[1:]), back=pair[0])
    assert "were not found to be copies of one another" in page  # the page of the two stays
    assert "kept apart" in page
    analyst.judge(kind="same", named=list(pair[1:]), relation="translation", back=pair[0])
    assert "translation" in analyst.http.get(pair[0]).text


# ------------------------------------------------------------------------------------ the list


def test_the_list_says_who_why_and_what_became_of_it(analyst: Analyst) -> None:
    first, second = analyst.rows()[:2]
    analyst.judge(kind="unsure", named=[first.id, second.id], why="two dates")
    page = analyst.http.get("/judgements").text
    assert "two dates" in page
    assert analyst.last().judgement.by in page
    assert "/documents/" in page
    assert "No judgement is like that" in analyst.http.get("/judgements?kind=rate&standing=waits").text
    assert "two dates" in analyst.http.get("/judgements?kind=unsure&standing=noted").text
    assert "/judgements" in analyst.http.get("/health").text


def test_who_only_looks_sees_no_forms(example: Path, app: httpx.Client) -> None:
    row = re.findall(r'href="(/transfers/\w+)"', app.get("/").text)[0]
    for page in ("/", row, "/judgements", "/copies"):
        assert '<form method="post"' not in app.get(page).text
        assert 'method="post"' not in app.get(page).text
    assert app.post("/judgements", data={"kind": "note"}).status_code in (403, 405)


def test_a_past_day_has_no_forms(shared: Analyst) -> None:
    page = shared.http.get("/", params={"as_of": "2023-06-01"}).text
    assert 'method="post"' not in page


# ------------------------------------------------------------------------------------ what is refused


def test_what_was_typed_is_kept_where_something_is_wrong(analyst: Analyst) -> None:
    row = analyst.rows()[0]
    document, reported = row.reported[0]
    answer = analyst.post(
        "/judgements",
        kind="correct",
        named=f"{document}:{reported}",
        supplier="Nort Korea",
        **{"was-supplier": "Iran", "why": "it <says> so", "back": f"/transfers/{row.id}"},
    )
    assert answer.status_code == 422
    assert 'value="Nort Korea"' in answer.text
    assert "No actor is called “Nort Korea” (did you mean North Korea or South Korea?)" in answer.text
    assert f"{document}:{reported}</" not in answer.text  # it is said what is judged, not by its id
    assert "it &lt;says&gt; so" in answer.text
    assert f'value="/transfers/{row.id}"' in answer.text
    answer = analyst.post("/judgements", kind="same", named=row.id, other="t0000000000", why="", back="/")
    assert answer.status_code == 422
    assert "t0000000000" in answer.text
    assert "Say why" in answer.text
    assert analyst.judged() == ()


def test_every_fault_is_told_at_once_next_to_its_field(analyst: Analyst) -> None:
    row = analyst.rows()[0]
    name = ":".join(row.reported[0])
    fields = {"supplier": "Turkei", "quantity": "lots", "when": "some day", "quote": "words not there"}
    page = analyst.post("/judgements", kind="correct", named=name, why="x", back="/", **fields).text
    for field, words in (
        ("supplier", "No actor is called"),
        ("quantity", "is no figure"),
        ("when", "is no date"),
        ("quote", "These words do not stand in"),
    ):
        assert re.search(rf'<p class="fault" id="jx-{field}-x">[^<]*{words}', page)
        assert f'aria-describedby="jx-{field}-x"' in page
    assert re.findall(r'id="([^"]+)"[^>]* autofocus', page) == ["jx-supplier"]
    assert "<button>Correct it</button>" in page
    document = row.reported[0][0]
    for other, words in (
        (document, "Name another"),
        ("d000000000000", "The case holds no such report"),
        (row.id, "Cannot be compared"),
        ("https://example.org/a", "The case holds no such report"),
    ):
        sent = {"kind": "same", "named": document, "other": other, "why": "x", "back": "/"}
        page = analyst.post("/judgements", **sent).text
        assert re.search(rf'<p class="fault" id="jx-other-x">{words}', page)
    page = analyst.post("/judgements", kind="same", named=row.id, other="t0000000000", why="x", back="/").text
    assert "No transfer has this id or address" in page
    assert analyst.judged() == ()


def test_a_value_that_stands_so_already_is_not_corrected_in_several_reports(analyst: Analyst) -> None:
    row = large(analyst.rows())
    address = f"/transfers/{row.id}?correct=supplier"
    form = analyst.http.get(address).text
    form = form[form.index('id="correct"') : form.index('aria-label="On this page"')]
    hidden = re.findall(r'type="hidden" name="((?:was-|offered)[^"]*)" value="([^"]*)"', form)
    was = {name: unescape(value) for name, value in hidden if name != "offered"}
    offered = [value for name, value in hidden if name == "offered"]
    assert offered == [":".join(one) for one in row.reported]
    fields: dict[str, object] = {"kind": "correct", "offered": offered, "why": "x", "back": address, **was}
    before = name_of(row.supplier or "")
    page = analyst.post("/judgements", **fields, named=offered[:2], supplier=before.upper()).text
    assert '<p class="fault" id="jx-supplier-x">This is what stands there now' in page
    again = re.findall(r'type="checkbox" name="named" value="([^"]+)" checked', page)
    assert again == offered[:2]
    assert [name for name in was if f'name="{name}"' not in page] == []
    page = analyst.post("/judgements", **fields, supplier="Egypt").text
    assert '<p class="fault" id="jx-named-x">Mark the reports in which it is wrong.' in page
    assert page.count('type="checkbox" name="named"') == len(offered)
    assert analyst.judged() == ()
    one_already = fields | {f"was-supplier:{offered[0]}": "Egypt"}
    page = analyst.judge(**one_already, named=offered, supplier="Egypt")
    others = [one.judgement for one in analyst.judged()]
    assert [one.named[0] for one in others] == offered[1:]
    assert f"Undo all {len(others)}" in page
    name, *also = (one.id for one in others)
    assert analyst.post(f"/judgements/{name}/undo", also=[*also, "jnothing"], back=address).status_code == 404
    assert [one.judgement for one in analyst.judged()] == others
    page = analyst.follow(analyst.post(f"/judgements/{name}/undo", also=also, back=address))
    assert "Taken back" in page
    assert analyst.judged() == ()


def test_two_who_contradict_each_other_are_told_and_stay_with_the_row(analyst: Analyst) -> None:
    row = analyst.rows()[0]
    name, back = ":".join(row.reported[0]), f"/transfers/{row.id}"
    analyst.judge(kind="correct", named=name, recipient="Ghana", back=back)
    page = analyst.judge(kind="correct", named=name, recipient="Togo", back=back)
    assert f"/transfers/{analyst.row_of(row.reported[0][1])}" in page
    assert 'id="judge-h"' in page
    assert re.search(r"It overrules what .* decided .*recipient is Ghana", page)


def test_a_form_sent_twice_decides_once(analyst: Analyst) -> None:
    row = analyst.rows()[0]
    for _ in range(2):
        analyst.judge(kind="note", named=":".join(row.reported[0]))
    (one,) = analyst.judged()
    for what in ("undo", "undo", "redo", "redo"):
        analyst.follow(analyst.post(f"/judgements/{one.judgement.id}/{what}", back="/"))
    assert len(analyst.judged()) == 1


def test_nothing_is_kept_while_another_program_writes(
    analyst: Analyst, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "WAIT_SECONDS", 0.2)
    row = analyst.rows()[0]
    with WriterLock(analyst.folder).hold("rebuilding", AT):
        answer = analyst.post("/judgements", kind="note", named=":".join(row.reported[0]), why="typed")
    assert answer.status_code == 409
    assert "rebuilding since" in answer.text
    assert "typed" in answer.text
    assert analyst.judged() == ()


def test_a_build_that_takes_long_keeps_nobody_waiting(
    analyst: Analyst, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr(writer, "WAIT_SECONDS", 0.1)
    go_on = threading.Event()
    build = Case.build

    def long(case: Case, at: str) -> object:
        assert go_on.wait(30)
        return build(case, at)

    monkeypatch.setattr(Case, "build", long)
    name = ":".join(analyst.rows()[0].reported[0])
    try:
        page = analyst.judge(kind="note", named=name)
        assert "waits for a build" in page
        assert "is being built" in page
        answer = analyst.post("/judgements", kind="note", named=name, why="another")
        assert answer.status_code == 409
        assert "another" in answer.text
        assert len(analyst.judged()) == 1
    finally:
        go_on.set()
    monkeypatch.undo()
    analyst.follow(analyst.post("/build", back="/"))
    assert analyst.last().standing is Standing.NOTED


def test_what_was_kept_without_a_build_waits_and_can_be_built(analyst: Analyst) -> None:
    """As when the program is stopped between the two."""
    from tidewaiter.model import JudgementKind
    from tidewaiter.pipeline.naming import Wanted

    row = analyst.rows()[0]
    name = ":".join(row.reported[0])
    with Case(analyst.folder) as case:
        case.judge(Wanted(JudgementKind.NOTE, (name,), AT, "A. A.", "kept elsewhere"))
    page = analyst.http.get("/").text
    assert "1 judgement waits for a build" in page
    after = analyst.follow(analyst.post("/build", back="/"))
    assert "for a build" not in after
    assert analyst.last().standing is Standing.NOTED


@pytest.mark.parametrize(
    "back", ["//evil.example/", "https://evil.example", "/\\evil", "/a\r\nSet-Cookie: x=1", ""]
)
def test_a_form_leads_to_no_other_place(back: str) -> None:
    assert back_of(back) == "/judgements"


def test_an_unknown_judgement_is_not_undone(analyst: Analyst) -> None:
    for what in ("undo", "redo"):
        assert analyst.post(f"/judgements/j0000000000/{what}").status_code == 404


# ------------------------------------------------------------------------------------ whatever is sent

NAMES = st.sampled_from(
    [
        "kind",
        "named",
        "other",
        "why",
        "back",
        "source",
        "reliability",
        "quote",
        "relation",
        "supplier",
        "was-supplier",
        "stage",
        "was-stage",
        "quantity",
        "category",
        "when",
        "recipient",
        "colour",
    ]
)
KINDS = st.sampled_from(["same", "not_same", "unsure", "reject", "correct", "rate", "note", "eat"])
ANYTHING = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.sampled_from(["A" * 5000, "\u202e\u0000\x1b[31m", "../../etc/passwd", "unknown", "outlet:x", "1..0"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_form_breaks_anything(shared: Analyst, data: st.DataObject) -> None:
    rows = shared.rows()
    known = (
        [one.id for one in rows[:3]]
        + [":".join(one) for one in rows[0].reported[:2]]
        + [rows[0].reported[0][0]]
    )
    value = st.one_of(ANYTHING, st.sampled_from(known))
    fields = data.draw(st.dictionaries(NAMES, st.one_of(value, st.lists(value, max_size=3)), max_size=8))
    fields |= {"kind": data.draw(KINDS)} if data.draw(st.booleans()) else {}
    answer = shared.post("/judgements", **fields)
    assert answer.status_code in (303, 400, 404, 409, 422), (fields, answer.text[:500])
    lines = shared.folder / "judgements.jsonl"
    if lines.exists():
        for line in lines.read_text(encoding="utf-8").splitlines():
            json.loads(line)
    for one in shared.judged():
        shared.undo(one.judgement.id)
    assert shared.http.get("/judgements").status_code == 200


@given(st.dictionaries(NAMES, ANYTHING), st.lists(ANYTHING, max_size=30))
def test_a_form_is_judgements_or_says_what_is_wrong(fields: dict[str, str], named: list[str]) -> None:
    told: list[str] = []
    try:
        told = [one.why for one in wanted_of(fields, named, AT, "A. A.")]
    except UnfitError as error:
        told = list(error.told.values())
    assert told
    assert all(one.strip() for one in told)


@given(st.text())
def test_words_are_kept_without_what_is_no_character(text: str) -> None:
    kept = plain_text(text)
    assert plain_text(kept) == kept
    assert not any(ord(one) < 32 and one != "\n" for one in kept)
    kept.encode("utf-8")
