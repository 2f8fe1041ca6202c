"""Families, two reports side by side, sources, actors over time, retellings, filters: by their addresses."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from tidewaiter.case import Case
from tidewaiter.model import JudgementKind
from tidewaiter.pipeline.naming import Wanted
from tidewaiter.wording import usual_names

from .conftest import AT, LATER, build, served
from .reports import write_hostile
from .walking import pages

if TYPE_CHECKING:
    from pathlib import Path

    import httpx


def found(app: httpx.Client, address: str, pattern: str) -> list[str]:
    return list(dict.fromkeys(re.findall(pattern, app.get(address).text)))


# ------------------------------------------------------------------------------------ words


_CODES = re.compile(r"\b[a-z]+_[a-z_]+\b|\b[rtdju][0-9a-f]{10,12}\b|\b[rcsm]\d+\b")


def codes_in(page: str) -> set[str]:
    """Codes among the words of a page that are its own: not in citations, code, tables of the words read."""
    main = page[page.index("<main") : page.index("</main>")]
    for tag in ("code", "q", "blockquote", "script", "mark", "option"):
        main = re.sub(rf"<{tag}[ >].*?</{tag}>", " ", main, flags=re.S)
    words = unescape(re.sub(r"<[^>]*>", "\0", main))
    states = {one for one in re.findall(r"\b[A-Z]{3}\b", words) if one in usual_names()}
    return {*_CODES.findall(words), *states}


def test_pages_say_names_and_words_not_codes(api: httpx.Client) -> None:
    shown = [one for one in pages(api, 1) if not one.address.startswith(("/documents/", "/api"))]
    assert len(shown) > 20
    assert {one.address: found for one in shown if (found := codes_in(api.get(one.address).text))} == {}


# ------------------------------------------------------------------------------------ copies


def test_a_family_has_one_address_and_all_its_reports(app: httpx.Client, example: Path) -> None:
    with Case(example) as case:
        pairs = {frozenset((one.a, one.b)) for one in case.view().register.copies}
    addresses = found(app, "/copies", r'href="(/copies/families/d\w+)"')
    assert addresses
    for address in addresses:
        page = app.get(address).text
        members = set(re.findall(r'name="a" value="(d\w+)"', page))
        assert any(pair <= members for pair in pairs)
        for name in members:
            answer = app.get(f"/copies/families/{name}", follow_redirects=True)
            assert answer.url.path == address
        picture = re.search(r'<figure class="family">(.*?)</figure>', page, re.DOTALL)
        assert picture
        assert sorted(re.findall(r'href="/documents/(d\w+)"', picture[1])) == sorted(members)


def test_a_report_without_copies_has_no_family(app: httpx.Client) -> None:
    single = found(app, "/sources?note=single", r'href="/documents/(d\w+)"')[0]
    answer = app.get(f"/copies/families/{single}")
    assert answer.status_code == 404
    assert "not found to be a copy" in answer.text
    assert app.get("/copies/families/nothing").status_code == 404


def test_any_two_reports_stand_side_by_side(app: httpx.Client) -> None:
    names = sorted(found(app, "/sources?note=single", r'href="/documents/(d\w+)"'))[:2]
    page = app.get(f"/copies/{names[0]}/{names[1]}").text
    assert "not found to be copies" in page
    assert page.count('id="side-') == 2
    assert app.get(f"/copies/{names[1]}/{names[0]}").headers["location"] == f"/copies/{names[0]}/{names[1]}"


def test_two_reports_can_be_named_by_id_or_address(app: httpx.Client) -> None:
    a, b = sorted(found(app, "/sources", r'href="/documents/(d\w+)"'))[:2]
    for told in (a, f"/documents/{a}", f"http://127.0.0.1:8321/documents/{a}?at=1-2#at"):
        answer = app.get("/copies/compare", params={"a": told, "b": b})
        assert answer.headers["location"] == f"/copies/{a}/{b}"
    assert app.get("/copies/compare").status_code == 200
    for wrong in ({"a": a, "b": ""}, {"a": a, "b": "../etc"}, {"a": a, "b": a}, {"a": "x", "b": b}):
        assert app.get("/copies/compare", params=wrong, follow_redirects=True).status_code == 404


def test_figures_and_names_that_differ_are_marked(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    tail = "The cargo left the port of Luanda on Tuesday, the ministry said in a statement to reporters."
    for name, number, town in (("a", "40", "Lusaka"), ("b", "60", "Ndola")):
        text = (
            f"Brazil shipped {number} howitzers to Angola, officials in the town of {town} said.\n\n{tail}\n"
        )
        (reports / f"{name}.txt").write_text(text, encoding="utf-8")
    with served(build(tmp_path / "case", reports)) as app:
        a, b = sorted(found(app, "/sources", r'href="/documents/(d\w+)"'))
        page = app.get(f"/copies/{a}/{b}").text
    assert re.search(r'<del class="d-figure grave">[46]0</del>', page)
    assert re.search(r'<ins class="d-name grave">(Lusaka|Ndola)</ins>', page)
    assert 'class="equal"' in page
    # what is only spoken does not turn a text that is written from right to left
    beside = page[page.index('class="beside"') :]
    assert '<span class="sr" dir="ltr">' in beside
    assert '<span class="sr">' not in beside[: beside.index("</ol>")]


# ------------------------------------------------------------------------------------ sources


def test_outlets_have_their_reliability_and_counts(app: httpx.Client, example: Path) -> None:
    page = app.get("/sources/outlets").text
    with Case(example) as case:
        names = {one.outlet for one in case.view().documents if one.outlet}
    assert names
    assert len(re.findall(r'href="/sources/outlets/[^"]+"', page)) >= len(names)
    assert '<abbr class="letter" title="fairly reliable">C</abbr>' in page
    for address in found(app, "/sources/outlets", r'scope="row"><a href="(/sources/outlets/[^"]+)"'):
        outlet = app.get(address)
        assert outlet.status_code == 200
        assert "/documents/d" in outlet.text
    assert app.get("/sources/outlets/Nobody").status_code == 404


def test_what_an_analyst_says_of_an_outlet_is_shown_with_its_reason(tmp_path: Path) -> None:
    reports = write_hostile(tmp_path / "reports")
    folder = build(tmp_path / "case", reports)
    with Case(folder) as case:
        outlet = next(one.outlet for one in case.view().documents if one.outlet)
        case.judge(
            Wanted(JudgementKind.RATE, (outlet, "E"), LATER, "A. Analyst", "It prints whatever it is sent.")
        )
        case.build(LATER)
    with served(folder) as app:
        page = app.get("/sources/outlets").text
        assert '<abbr class="letter" title="unreliable">E</abbr>' in page
        assert "It prints whatever it is sent." in page
        assert "<svg onload" not in page
        for address in re.findall(r'scope="row"><a href="(/sources/outlets/[^"]+)"', page):
            assert app.get(address).status_code == 200


@pytest.mark.parametrize(
    "note", ["unread", "flagged", "undated", "rules", "no_outlet", "copies", "shared", "single"]
)
def test_reports_can_be_narrowed(app: httpx.Client, note: str) -> None:
    every = set(found(app, "/sources", r'scope="row"><a href="/documents/(d\w+)"'))
    page = app.get(f"/sources?note={note}")
    assert page.status_code == 200
    assert set(re.findall(r'scope="row"><a href="/documents/(d\w+)"', page.text)) <= every


def test_reports_are_sorted_either_way(app: httpx.Client) -> None:
    pattern = r'scope="row"><a href="/documents/(d\w+)"'
    one, other = (found(app, f"/sources?sort=title{down}", pattern) for down in ("", "&down=1"))
    assert one == other[::-1]


def test_speakers_have_the_letters_of_their_claims(app: httpx.Client) -> None:
    page = app.get("/sources/speakers").text
    assert 'href="/actors/' in page
    assert '<abbr class="letter"' in page
    assert app.get("/sources/speakers?letter=C&sort=claims").status_code == 200


# ------------------------------------------------------------------------------------ actors, retellings


def test_an_actor_is_told_each_measure_of_a_transfer_once(app: httpx.Client) -> None:
    page = app.get("/actors/IRN").text.partition('id="measures"')[2].partition("</section>")[0]
    told = [re.findall(r"<strong>([^<]+)</strong>", one) for one in page.split("<li>")[1:]]
    assert told
    assert all(names and len(set(names)) == len(names) for names in told)
    verdicts = re.findall(r'<b class="tag">([^<]+)</b>', page)
    assert verdicts[0] == "would breach if true"


def test_an_actor_over_time(app: httpx.Client) -> None:
    code = found(app, "/actors", r'href="/actors/([A-Z]{3})"')[0]
    page = app.get(f"/actors/{code}?show=time").text
    assert "in order of time" in page
    kinds = re.findall(rf'href="/actors/{code}\?show=time&amp;what=(\w+)"', page)
    assert kinds
    for kind in kinds:
        assert app.get(f"/actors/{code}?show=time&what={kind}").status_code == 200
    assert 'rel="next"' in page
    assert "Nothing like that" in app.get(f"/actors/{code}?what=nonsense").text


def test_a_retelling_says_whose_wording_is_likeliest_and_by_day(app: httpx.Client) -> None:
    address = found(app, "/utterances", r'href="(/utterances/u\w+)"')[0]
    page = app.get(address).text
    assert "that of <a href=" in page
    assert "that of examples/" not in page, "a report without an outlet has its title"
    assert page.count("likeliest wording</b>") == 1
    assert 'class="drift' in page
    assert re.search(r'rel="(next|prev)" href="/utterances/u\w+"', page)


# ------------------------------------------------------------------------------------ filters


def test_disagreements_are_narrowed_by_kind_place_and_transfer(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    for name, number in (("a", "40"), ("b", "60")):
        text = (
            f"LUSAKA, March 3, 2021 - Brazil has shipped {number} howitzers to Angola, Zambian foreign "
            f'minister Peter Banda said on Wednesday. "We saw the {number} guns being unloaded in Luanda," '
            "Banda said.\n"
        )
        (reports / f"{name}.txt").write_text(text, encoding="utf-8")
    with served(build(tmp_path / "case", reports)) as app:
        page = app.get("/discrepancies").text
        assert "number" in page
        ids = set(re.findall(r'<li id="(x\w+)"', page))
        assert ids
        assert set(re.findall(r'<li id="(x\w+)"', app.get("/discrepancies?kind=number").text)) <= ids
        assert "None like that" in app.get("/discrepancies?kind=name").text
        transfer = re.search(r'<option value="(t\w{10})"', page)
        if transfer:
            assert app.get(f"/discrepancies?transfer={transfer[1]}").status_code == 200
        assert "None like that" in app.get("/discrepancies?transfer=t0000000000").text


def test_the_register_by_words_and_by_days(app: httpx.Client, example: Path) -> None:
    with Case(example) as case:
        view = case.view()
        rows = {row.id: {name for name, _ in row.reported} for row in view.register.rows}
        holding = {one.id for one in view.documents if re.search(r"\bmortar\b", one.text, re.I)}
    expected = {row for row, documents in rows.items() if documents & holding}
    assert expected
    assert expected != set(rows)
    kept = set(found(app, "/?q=mortar", r'scope="row"><a href="/transfers/(t\w+)"'))
    assert kept == expected
    assert "No transfer of the register is like that" in app.get("/?q=zeppelin").text
    day = app.get("/?from=2023-06-02&until=2023-06-03").text
    assert not re.search(r'scope="row"><a href="/transfers/', day)


# ------------------------------------------------------------------------------------ days, health


def test_the_slider_knows_the_days_with_reports(app: httpx.Client, example: Path) -> None:
    with Case(example) as case:
        public, held = case.report_days()
    page = app.get("/").text
    told = re.search(r'data-days="([\d-]+)((?: \d+)*)"', page)
    assert told
    assert told[1] == min(public)
    assert len(told[2].split()) == len(public) - 1
    assert f'max="{len(public)}"' in page
    assert sum(public.values()) == sum(held.values())
    assert list(held) == [AT[:10]]
    assert app.get("/static/days.js").status_code == 200


def test_health_names_what_is_orphaned_and_verifies_anew(tmp_path: Path) -> None:
    folder = build(tmp_path / "case", write_hostile(tmp_path / "reports"))
    with served(folder) as app:
        first = app.get("/health").text
        assert "Reports without a date" in first
        moment = re.search(r'name="verify" value="([^"]+)"', first)
        assert moment
        assert "All of it holds." in app.get(f"/health?verify={moment[1]}").text
        capture = next(one for one in (folder / "captures").rglob("*") if one.is_file())
        capture.chmod(0o600)
        capture.write_bytes(b"changed")
        assert "Not all of it holds" in app.get("/health?verify=2024-03-03T00:00:00Z").text
