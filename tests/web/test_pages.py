"""Every page of the example case, by its address."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tidewaiter.case import Case
from tidewaiter.model import Claim, Quantity, Speaker, Stage, Stance
from tidewaiter.web.pages.stands import stands

from .conftest import former_id, served

if TYPE_CHECKING:
    import httpx

MOST_WORDS = 60
"""Addresses of words that a walk opens; there is one for each citation."""


def links(page: str) -> list[str]:
    return [unescape(one).partition("#")[0] for one in re.findall(r'(?:href|src|action)="(/[^"]*)"', page)]


def walk(app: httpx.Client, start: str) -> Iterator[tuple[str, str]]:
    """Every page of the case as it is now that can be reached, with its address."""
    waiting, known, words = [start], {start}, 0
    while waiting:
        address = waiting.pop()
        answer = app.get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        if not answer.headers["content-type"].startswith("text/html") or "/captures/" in address:
            continue
        yield address, answer.text
        for link in links(answer.text):
            words += (is_words := "at=" in link and link not in known)
            if link not in known and "as_of=" not in link and not (is_words and words > MOST_WORDS):
                known.add(link)
                waiting.append(link)


def test_every_link_of_every_page_leads_somewhere(app: httpx.Client) -> None:
    seen = dict(walk(app, "/"))
    kinds = {address.partition("?")[0].split("/")[1] for address in seen}
    assert kinds >= {"", "transfers", "documents", "copies", "utterances", "timeline", "actors", "search"}
    for address, page in seen.items():
        for place in re.findall(r'href="#([^"]+)"', page):
            assert f'id="{unescape(place)}"' in page, (address, place)
        assert page.count("<h1>") == 1, address
        assert "<main" in page
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids)), address
        for table in re.findall(r"<table.*?</thead>", page, re.S):
            assert "<caption" in table, address
            assert 'scope="col"' in table, address


def test_the_register_has_the_columns_and_rows_of_the_export(app: httpx.Client, example: Path) -> None:
    page = app.get("/").text
    with Case(example) as case:
        rows = tuple(case.view().register.rows)
    for row in rows:
        assert f'href="/transfers/{row.id}"' in page
    for name in ("Number ordered", "Year of order", "Years of delivery", "Number delivered", "Comments"):
        assert name in page


@pytest.mark.parametrize(
    "query", ["supplier=TUR", "stage=shipped", "open=none", "category=uav", "until=2023-05-01"]
)
def test_a_filter_leaves_what_fits(app: httpx.Client, query: str) -> None:
    rows = set(re.findall(r'href="/transfers/(t\w+)"', app.get("/").text))
    kept = set(re.findall(r'href="/transfers/(t\w+)"', app.get(f"/?{query}").text))
    assert kept < rows
    assert kept


def test_sorting_turns_round(app: httpx.Client) -> None:
    order = [
        re.findall(r'scope="row"><a href="/transfers/(t\w+)"', app.get(one).text)
        for one in ("/?sort=reports", "/?sort=reports&down=1")
    ]
    assert order[0] == order[1][::-1]


def test_the_head_of_a_column_says_which_way_it_is_sorted(app: httpx.Client) -> None:
    """The most reports first is descending, the first letter first ascending; "down" turns either round."""
    ways = {
        asked: re.findall(r'aria-sort="(\w+)"', app.get(f"/?sort={asked}").text)
        for asked in ("reports", "reports&down=1", "stage", "supplier", "supplier&down=1")
    }
    assert ways == {
        "reports": ["descending"],
        "reports&down=1": ["ascending"],
        "stage": ["descending"],
        "supplier": ["ascending"],
        "supplier&down=1": ["descending"],
    }


def test_a_transfer_says_first_who_alleges_and_who_denies_it(app: httpx.Client, example: Path) -> None:
    with Case(example) as case:
        rows = case.view().register.rows
        row = next(one for one in rows if any(asked.kind == "denial_unanswered" for asked in one.open))
    page = app.get(f"/transfers/{row.id}").text
    head = page[page.index("<h1>") : page.index("Who says what, and when")]
    assert re.search(r"<dt>Alleged by</dt><dd>.*? said that ", head)
    assert re.search(r"<dt>Denied by</dt><dd>.*? denied it\. ", head)
    assert '<b class="tag">' in page
    assert not re.search(r'<b class="tag">[^<]*(denial unanswered|quantity single origin)', page)


def test_words_are_marked_where_an_address_names_them(app: httpx.Client, example: Path) -> None:
    with Case(example) as case:
        citation = next(iter(case.view().register.rows[0].cells["supplier"].citations))
    start, end = citation.spans[0]
    page = app.get(f"/documents/{citation.document}?at={start}-{end}").text
    assert re.search(r'<mark id="at"[^>]*class="asked[^>]*>', page)
    assert "do not stand in this text" in app.get(f"/documents/{citation.document}?at=999998-999999").text
    assert app.get(f"/documents/{citation.document}?at=../etc").status_code == 400


def test_a_report_begins_with_who_says_what_of_which_transfer(app: httpx.Client) -> None:
    seen = 0
    for report in app.get("/api/documents?size=100").json()["items"]:
        page = app.get(f"/documents/{report['id']}").text
        told = page[: page.index('id="text-h"')]
        lines = re.findall(r"<li><bdi>(.*?)</bdi> <span class=\"stance (\w+)\">.*?</li>", told)
        for claim in app.get(f"/api/documents/{report['id']}").json()["claims"]:
            name = claim["speaker"]["name"]
            seen += any(name in unescape(who) and stance == claim["stance"] for who, stance in lines)
        assert not re.search(r"<code[^>]*>[smre][0-9a-f]{1,10}</code>", page), "ids are for programs"
    assert seen >= 20, "nearly every claim of the examples is of a transfer in the register"


def test_stances_of_a_speaker_are_taken_together() -> None:
    def claim(name: str, stance: Stance, stage: Stage | None, amount: int | None, said: str | None) -> Claim:
        quantity = None if amount is None else Quantity(amount, amount, "drones", str(amount))
        return Claim(name, stance, "r1", stage, quantity, Speaker(None, None, "BRA"), None, said, {})

    claims = [
        claim("c1", Stance.DENIES, Stage.AGREED, None, "s3"),
        *(claim(f"c{n}", Stance.ASSERTS, Stage.SHIPPED, n, "s1") for n in range(2, 7)),
        claim("c7", Stance.ASSERTS, Stage.SHIPPED, 2, "s2"),
        claim("c8", Stance.ASSERTS, Stage.USED, 2, None),
    ]
    found = stands(claims, {"r1": "t1", "r2": "t2"}, {"s1": 1, "s2": 2, "s3": 3})
    assert [(one.who, one.stance, one.details, one.numbers) for one in found["t1"]] == [
        ("Brazil", Stance.ASSERTS, "shipped, 2 drones, 3 drones, 4 drones, and 2 more figures", [1, 2]),
        ("Brazil", Stance.ASSERTS, "used, 2 drones", []),
        ("Brazil", Stance.DENIES, "admits agreed", [3]),
    ]
    assert found["t2"] == []


def test_a_past_day_shows_less_and_its_links_stay_there(app: httpx.Client) -> None:
    page = app.get("/", params={"as_of": "2023-06-01"}).text
    assert "As of 1 June 2023, public by then" in page
    assert len(re.findall(r'href="/transfers/', page)) < len(
        re.findall(r'href="/transfers/', app.get("/").text)
    )
    assert {
        "as_of=2023-06-01" in one for one in links(page) if one.startswith(("/transfers", "/timeline"))
    } == {True}
    assert "the register is empty" in app.get("/", params={"as_of": "2001-01-01"}).text
    held = app.get("/", params={"as_of": "2024-03-01", "held": "1"}).text
    assert "held by then" in held


def test_what_came_later_is_not_there_on_a_past_day(app: httpx.Client) -> None:
    later = re.findall(r'href="/documents/(d\w+)"', app.get("/sources").text)[-1]
    assert app.get(f"/documents/{later}").status_code == 200
    assert app.get(f"/documents/{later}?as_of=2023-06-01").status_code == 404
    capture = re.search(r'src="/captures/(\w+)/view"', app.get(f"/documents/{later}").text)
    assert capture
    assert app.get(f"/captures/{capture[1]}").status_code == 200
    assert app.get(f"/captures/{capture[1]}?as_of=2023-06-01").status_code == 404


@pytest.mark.parametrize("day", ["soon", "2022-13-01", "2999-01-01"])
def test_what_is_no_past_day_is_refused_in_words(app: httpx.Client, day: str) -> None:
    answer = app.get("/", params={"as_of": day})
    assert answer.status_code == 400
    assert "<p><bdi>As of: " in answer.text


def test_a_former_id_leads_to_the_row_that_it_means_now(app: httpx.Client, example: Path) -> None:
    former, present = former_id(example)
    answer = app.get(f"/transfers/{former}")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/transfers/{present}"
    then = app.get(f"/transfers/{former}?as_of=2024-02-20")
    assert then.headers["location"].endswith("?as_of=2024-02-20")


def test_two_copies_have_one_address(app: httpx.Client) -> None:
    address = re.findall(r'href="(/copies/d\w+/d\w+)"', app.get("/copies").text)[0]
    a, b = address.split("/")[2:]
    assert app.get(f"/copies/{b}/{a}").headers["location"] == address
    page = app.get(address).text
    assert page.count("<del ") > 2
    assert page.count("<ins ") > 2
    assert app.get(f"/copies/{a}/{a}").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/transfers/t0000000000",
        "/documents/nothing",
        "/utterances/u1",
        "/actors/XXX",
        "/nothing",
    ],
)
def test_what_is_not_there_is_said_on_a_page(app: httpx.Client, address: str) -> None:
    answer = app.get(address)
    assert answer.status_code == 404
    assert "Nothing has this address" in answer.text


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ("supplier=turkey", "supplier=TUR"),
        ("supplier=T%C3%BCrkiye", "supplier=TUR"),
        ("category=Air%20defence", "category=air_defence"),
        ("category=drones", "category=uav"),
        ("stage=Delivered", "stage=delivered"),
        ("open=denial+that+nobody+answered", "open=denial_unanswered"),
    ],
)
def test_an_address_takes_names_as_it_takes_codes(app: httpx.Client, named: str, code: str) -> None:
    rows = set(re.findall(r'href="(/transfers/t\w+)"', app.get(f"/?{code}").text))
    assert rows
    assert set(re.findall(r'href="(/transfers/t\w+)"', app.get(f"/?{named}").text)) == rows


@pytest.mark.parametrize(
    ("asked", "told", "instead"),
    [
        ("supplier=Nort+Korea", "No actor is called “Nort Korea”", "supplier=PRK"),
        ("recipient=Tehran", "No actor is called “Tehran”", "recipient=IRN"),
        ("category=dron", "No category is called “dron”", "category=uav"),
        ("stage=delivred", "No stage is called “delivred”", "stage=delivered"),
        ("open=recipt", "No kind of open question is called “recipt”", "open=receipt"),
    ],
)
def test_a_name_that_nobody_has_is_said(app: httpx.Client, asked: str, told: str, instead: str) -> None:
    page = app.get(f"/?{asked}").text
    assert told in page
    assert f'href="/?{instead}"' in page
    assert not re.findall(r'href="/transfers/t\w+"', page)
    problem = app.get(f"/api/transfers?{asked}")
    assert problem.status_code == 400
    assert problem.json()["where"] == asked.partition("=")[0]


def test_who_is_told_of_in_no_row_is_no_unknown_name(app: httpx.Client) -> None:
    page = app.get("/?supplier=New+Zealand").text
    assert "New Zealand (in no row)" in page
    assert "No transfer of the register is like that" in page


def test_an_actor_is_found_by_name(app: httpx.Client) -> None:
    for told in ("turkey", "tur", "T%C3%BCrkiye"):
        answer = app.get(f"/actors/{told}")
        assert (answer.status_code, answer.headers["location"]) == (308, "/actors/TUR")
    nobody = app.get("/actors/Turkei").text
    assert "No actor is called “Turkei”" in nobody
    assert 'href="/actors/TUR"' in nobody
    assert "is told of in no transfer" in app.get("/actors/New%20Zealand").text


def test_what_a_page_says_of_an_unknown_transfer_helps(app: httpx.Client) -> None:
    now = app.get("/transfers/t0000000000").text
    assert 'href="/"' in now
    assert 'href="/judgements?kind=reject"' in now
    then = app.get("/transfers/t0000000000?as_of=2023-06-01").text
    assert "The case as it is now has it" not in then  # it has not
    row = next(
        one
        for one in re.findall(r'href="(/transfers/t\w+)"', app.get("/").text)
        if app.get(f"{one}?as_of=2023-06-01").status_code == 404
    )
    later = app.get(f"{row}?as_of=2023-06-01").text
    assert "On 1 June 2023 the case had nothing at this address" in later
    assert f'href="{row}"' in later


def test_a_case_that_can_only_be_read_is_compared_without_keeping_it(example: Path, tmp_path: Path) -> None:
    case, folder = Path(shutil.copytree(example, tmp_path / "case")), tmp_path / "read-only"
    with closing(sqlite3.connect(case / "derived.sqlite")) as store:
        for table in ("compared", "utterance_line", "discrepancy_line"):
            store.execute(f"DELETE FROM {table}")
        store.commit()
    folder.mkdir()
    command = ["mount", "--bind", "-o", "ro", str(case), str(folder)]
    if os.name != "posix" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a folder read-only (root)")
    try:
        with served(folder) as client:
            said, disputed = client.get("/utterances"), client.get("/discrepancies")
            assert (said.status_code, disputed.status_code) == (200, 200)
            assert 'href="/utterances/u' in said.text
            assert client.get("/api/utterances").status_code == 200
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_reasons_stand_under_what_they_are_reasons_for(app: httpx.Client, example: Path) -> None:
    with Case(example) as case:
        rows = tuple(case.view().register.rows)
    heads = {
        (True, False): "Why these reports are taken for one transfer",
        (False, True): "Why these reports are taken for different transfers",
        (True, True): "Why some of these reports are taken for one transfer, and others for two",
    }
    seen = {(bool(row.reasons), bool(row.apart)): row.id for row in rows}
    assert (False, True) in seen
    for kind, head in heads.items():
        if kind in seen:
            assert f"<summary>{head}</summary>" in app.get(f"/transfers/{seen[kind]}").text


def test_search_finds_statements_and_reports(app: httpx.Client) -> None:
    page = app.get("/search", params={"q": '"mortar rounds"'}).text
    assert "<mark>mortar rounds</mark>" in page
    assert "case and accents aside" in page
    assert re.search(r"… [^<]*<mark>mortar rounds</mark>", page), "what is cut off before is said"
    for odd in ('"', "NEAR(", "a OR", "words:x", "*", "-", "\x00", "drones" * 100):
        assert app.get("/search", params={"q": odd}).status_code == 200
    assert "Nothing in these reports" in app.get("/search", params={"q": "zeppelin"}).text
    assert "There is no word in" in app.get("/search", params={"q": '"*"'}).text


def test_the_health_page_verifies_on_demand(app: httpx.Client) -> None:
    assert "All of it holds." not in app.get("/health").text
    assert "All of it holds." in app.get("/health?verify=1").text
