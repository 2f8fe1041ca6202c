"""What changed between two days, as a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tidewaiter.between import Between, compare
from tidewaiter.case import Case
from tidewaiter.model import ChangeKind
from tidewaiter.register.changes.beforehand import UNDONE, Beforehand

from .conftest import build, served

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

ALL = "/changes?from=2023-01-01"


def keys(page: str) -> list[str]:
    return re.findall(r'<tr role="row" id="(k\w+)">', page)


def test_it_lists_what_the_command_lists(app: httpx.Client, example: Path) -> None:
    with Case(example) as case:
        between = Between("2024-01-01", "2024-02-20", held=False)
        found = compare(case, between).changes
    assert found
    page = app.get("/changes?from=2024-01-01&until=2024-02-20").text
    assert keys(page) == [one.key for one in found][: len(keys(page))]
    assert f"{len(found):,} changes" in page or f"{len(found):,} change<" in page
    assert "from 1 January 2024 to 20 February 2024, by what was public" in page


def test_by_itself_it_begins_with_the_last_days_that_have_reports(app: httpx.Client) -> None:
    page = app.get("/changes").text
    begin = re.search(r'name="from" value="([\d-]+)"', page)
    assert begin
    assert begin[1] > "2024-01-01"
    assert "the last two days</a>" in page


def test_kinds_and_transfers_narrow_it(app: httpx.Client) -> None:
    every = app.get(ALL).text
    kinds = re.findall(r'<option value="(\w+)">[^<]+ \((\d+)\)', every)
    kind, count = kinds[0]
    page = app.get(f"{ALL}&kind={kind}").text
    assert f"{count} of " in page
    assert set(keys(page)) <= set(keys(every)) | set(keys(page))
    transfer = re.search(r'<option value="(t\w{10})"', every)
    assert transfer
    page = app.get(f"{ALL}&transfer={transfer[1]}").text
    assert set(re.findall(r'<code class="quiet">(t\w+)</code>', page)) == {transfer[1]}
    assert "No change like that" in app.get(f"{ALL}&kind=split&transfer={transfer[1]}").text


def test_both_clocks(app: httpx.Client) -> None:
    page = app.get("/changes?from=2024-03-01&held=1").text
    assert "by what was held" in page
    assert "0 reports before" in page
    assert "Nothing changed" in app.get("/changes?from=2024-03-02&held=1").text
    past = app.get("/changes?from=2023-01-01&as_of=2023-06-01").text
    assert "to 1 June 2023" in past


@pytest.mark.parametrize(
    "query",
    ["from=x", "from=2023-13-01", "from=2999-01-01", "until=soon", "from=2023-05-01&until=2023-04-01"],
)
def test_what_are_no_days_is_refused_in_words(app: httpx.Client, query: str) -> None:
    answer = app.get(f"/changes?{query}")
    assert answer.status_code == 400
    assert "This cannot be asked" in answer.text


def test_a_case_without_reports(tmp_path: Path) -> None:
    with served(build(tmp_path / "case")) as app:
        assert "nothing can have changed" in app.get("/changes").text
        assert app.get("/changes?from=2024-01-01").status_code == 200


def test_the_words_of_before_stand_beside_those_of_now(example: Path) -> None:
    with Case(example) as case:
        found, before, after = compare(case, Between("2023-07-01", None, held=False))
        words = Beforehand(before.register, after.register)
        replaced = [one for one in found if one.kind is ChangeKind.STAGE and one.before is not None]
        undone = [one for one in found if one.kind in UNDONE]
        for one in replaced:
            assert words(one), one.text
        for one in undone:
            assert words(one) == one.citations
        for one in found:
            for citation in words(one):
                view = after if citation.document in after.by_id else before
                text = view.by_id[citation.document].text
                assert citation.quote == " ... ".join(text[start:end] for start, end in citation.spans)
