"""Dates after the day of capture are told and not believed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidewaiter.model import Document

Captured = Callable[..., Document]

PROSE = "Two crates of rifles left Ruritania for Graustark, a customs officer said at the harbour."
HEAD = '<!doctype html><meta property="article:published_time" content="{}"><title>Rifles by river</title>'


def test_in_the_metadata(capture_bytes: Captured) -> None:
    page = HEAD.format("2031-01-01T10:00:00Z") + f"<h1>Rifles by river</h1><p>{PROSE}</p>"
    document = capture_bytes(page, "page.html")
    assert document.published is None
    assert document.flags == ("the date in the metadata, 2031-01-01, is after the capture: not used",)


def test_another_date_is_used_all_the_same(capture_bytes: Captured) -> None:
    page = HEAD.format("2031-01-01") + f"<h1>Rifles by river</h1><p>May 4, 2021</p><p>{PROSE}</p>"
    document = capture_bytes(page, "page.html")
    assert (document.published, document.published_ground) == ("2021-05-04", "dateline")
    assert "2031-01-01" in document.flags[0]


@pytest.mark.parametrize(
    ("text", "name", "what"),
    [
        (f" date 2031-02-03 \n{PROSE}", "a.txt", "the date in the header, 2031-02-03, is after"),
        (f"Published: 4 May 2031\n\n{PROSE}", "a.txt", "the date line '4 May 2031' is after"),
        (f"May 4, 2031\n\n{PROSE}", "a.txt", "the date line 'May 4, 2031' is after"),
        (PROSE, "2031-05-04-rifles.txt", "the date in the file name, 2031-05-04, is after"),
        (
            f"---\nurl: https://a.example/2031/05/04/x\n---\n{PROSE}",
            "a.md",
            "the date in the url, 2031-05-04, is",
        ),
    ],
)
def test_elsewhere(capture_bytes: Captured, text: str, name: str, what: str) -> None:
    document = capture_bytes(text, name)
    assert document.published is None
    assert document.flags[0].startswith(what)


def test_given_by_the_user(capture_bytes: Captured) -> None:
    document = capture_bytes(PROSE, given_date="2031-05")
    assert (document.published, document.published_ground) == ("2031-05", "given")
    assert document.flags == ("the date given, 2031-05, is after the capture",)


def test_plans_are_no_dates_of_publication(capture_bytes: Captured) -> None:
    document = capture_bytes(f"Rifles by river until May 4, 2031\n\n{PROSE} Deliveries end on 4 May 2031.")
    assert not document.flags
