"""The pictures of a transfer's page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from tidewaiter.case import Case

if TYPE_CHECKING:
    import httpx


def pictures(page: str) -> list[str]:
    return re.findall(r'<svg[^>]*class="picture".*?</svg>', page, re.S)


def test_pictures_stand_with_their_tables_and_lead_to_reports(app: httpx.Client, example: Path) -> None:
    with Case(example) as case:
        rows = tuple(case.view().register.rows)
    found = 0
    for row in rows:
        page = app.get(f"/transfers/{row.id}").text
        drawn = pictures(page)
        found += len(drawn)
        assert page.count("The same as a table") >= len(drawn)
        for svg in drawn:
            assert "style=" not in svg
            assert "<style" not in svg
            assert "http" not in svg.replace('xmlns="http://www.w3.org/2000/svg"', "")
            for address in re.findall(r'href="([^"]*)"', svg):
                assert re.fullmatch(r"/documents/d[0-9a-f]+", address)
    assert found > len(rows)


def test_on_a_past_day_signs_lead_to_reports_of_that_day(app: httpx.Client) -> None:
    register = app.get("/?as_of=2024-02-20").text
    addresses = {unescape(one) for one in re.findall(r'href="(/transfers/[^"]*)"', register)}
    links = [
        unescape(one)
        for address in sorted(addresses)
        for svg in pictures(app.get(address).text)
        for one in re.findall(r'href="([^"]*)"', svg)
    ]
    assert links
    assert all("as_of=2024-02-20" in one for one in links)
