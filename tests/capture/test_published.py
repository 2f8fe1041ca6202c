"""Dates of publication and their ground."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tidewaiter.errors import CaptureError
from tidewaiter.model import Document

BODY = (
    "Freedonia shipped forty howitzers to Sylvania, the foreign ministry in Klopstok said on Tuesday.\n\n"
    "Sylvania called the report a fairy tale and said that no ship had come."
)
TITLE = "Freedonia ships howitzers to Sylvania, ministry says"


@pytest.mark.parametrize(
    ("text", "published", "ground"),
    [
        (BODY, None, None),
        (f" date 2021-05-04 {BODY}", "2021-05-04", "header"),
        (f" date 2021-05-04\n\n\n{BODY}", "2021-05-04", "header"),
        (f" date 2021-05 {BODY}", "2021-05", "header"),
        (f" date 2021-05 \n\n\n\n{BODY}", "2021-05", "header"),
        (f" date 2021-05 KLOPSTOK (FNA) — {BODY}", "2021-05", "header"),
        # A header with the month only: a day of that month tells more, a day of another does not count.
        (f" date 2021-05 \n\n{TITLE}\n\nPublished May 4, 2021\n\n{BODY}", "2021-05-04", "dateline"),
        (f" date 2021-05 \n\n{TITLE}\n\nPublished June 4, 2021\n\n{BODY}", "2021-05", "header"),
        (f" date 2021-05 \n\n{TITLE}\n\nLast updated: 9 May 2021\n\n{BODY}", "2021-05", "header"),
        (f"{TITLE}\n\nPublished May 4, 2021\n\n{BODY}", "2021-05-04", "dateline"),
        (f"{TITLE}\n\nPublished on: 2021/05/04 20:15\n\n{BODY}", "2021-05-04", "dateline"),
        (f"{TITLE}\n\nFirst published: 4th of May 2021, 10.15am BST\n\n{BODY}", "2021-05-04", "dateline"),
        (f"{TITLE}\n\nBy Rufus Firefly May 4, 2021\n\n{BODY}", "2021-05-04", "dateline"),
        (f"{TITLE}\n\nTuesday, 4 May 2021 16:02 GMT\n\n{BODY}", "2021-05-04", "dateline"),
        (f"{TITLE}\n\nAgency Klopstok Published 04.05.21, 10:39 AM\n\n{BODY}", "2021-05-04", "dateline"),
        (f"05/14/2021\n{TITLE}\n{BODY}", "2021-05-14", "dateline"),
        (f"{TITLE}\n\n05/04/21 9:29 AM ET\n\n{BODY}", "2021-05-04", "dateline"),
        (f"KLOPSTOK, May 4, 2021 (FNA) - {BODY}", "2021-05-04", "dateline"),
        (f"KLOPSTOK, May 4. /FNA/. {BODY}", "XXXX-05-04", "dateline"),
        (f"KLOPSTOK, May 4 (FNA) -- {BODY}", "XXXX-05-04", "dateline"),
        (f"{TITLE}\nMay 4, 2021{BODY}", "2021-05-04", "dateline"),
        (
            "\n".join(f"Section {n}" for n in range(40)) + f"\n{TITLE}\n14/05/2021\n08:25 MYT\n{BODY}",
            "2021-05-14",
            "dateline",
        ),
        # Two readings: the text tells which, else both stay.
        (
            f"{TITLE}\n\nPublished 04/05/2021\n\n{BODY} It sailed on May 3.",
            "[2021-04-05..2021-05-04]",
            "dateline",
        ),
        (f"{TITLE}\n\nPublished 04/05/2021\n\n{BODY} It sailed on May 4.", "2021-05-04", "dateline"),
        # An update bounds publication; a proper date line is better.
        (f"{TITLE}\n\nLast updated: 5 May 2021\n\n{BODY}", "2021-05-05?", "dateline"),
        (f"{TITLE}\n\nUpdated 5 May 2021\nPublished 4 May 2021\n\n{BODY}", "2021-05-04", "dateline"),
        # Days in prose and captions are not the day of publication.
        (f"{BODY}\n\nIt sailed on May 3, 2021 from the port of Klopstok, two witnesses said.", None, None),
        (f"The president of Freedonia at a parade on May 3, 2021 in Klopstok.\n\n{BODY}", None, None),
        (f"{TITLE}\n\nThe arms deal of May 3, 2021\n\n{BODY}", None, None),
        # A date after the capture cannot be right.
        (f" date 2031-05-04 {BODY}", None, None),
        (f" date 2031-05 {BODY}", None, None),
        (f"{TITLE}\n\nPublished 31 June 2021\n\n{BODY}", None, None),
    ],
)
def test_date_and_ground(
    capture_bytes: Callable[..., Document], text: str, published: str | None, ground: str | None
) -> None:
    document = capture_bytes(text)
    assert (document.published, document.published_ground) == (published, ground)
    assert ("published" in document.anchors) == (ground == "dateline")


def banner(body: str) -> str:
    return f"Sat. May 8th, 2021\n\n{TITLE}\n\n{body}"


@pytest.mark.parametrize(
    ("body", "published"),
    [
        (BODY, "[..2021-05-08]"),
        (f"{BODY} It sailed on December 30. A second one came on January 2.", "[2021-01-02..2021-05-08]"),
        (f"{BODY} It sailed on 3 March 2020, and had been bought in June.", "[2020-03-03..2021-05-08]"),
        (f"{BODY} It sailed on May 6.", "2021-05-08"),
        # What is to come, or lies after the banner, does not bound publication from below.
        (f"{BODY} It sailed on March 3. Talks will be held on April 20.", "[2021-03-03..2021-05-08]"),
        (f"{BODY} It sailed on March 3. The ban lasts until April 20.", "[2021-03-03..2021-05-08]"),
        (f"{BODY} It sailed on March 3. The embargo ends on 1 July 2022.", "[2021-03-03..2021-05-08]"),
    ],
)
def test_a_banner_date_is_an_upper_bound(
    capture_bytes: Callable[..., Document], body: str, published: str
) -> None:
    document = capture_bytes(banner(body))
    assert (document.published, document.published_ground) == (published, "banner")
    assert document.title == TITLE
    taken = not published.startswith("[")
    assert any("banner" in flag for flag in document.flags) != taken


def test_a_date_line_beats_a_banner(capture_bytes: Callable[..., Document]) -> None:
    document = capture_bytes(
        f"Saturday, 08 May 2021\n\n{TITLE}\n\nOur Bureau Published 04.05.21, 10:39 AM\n\n{BODY}"
    )
    assert (document.published, document.published_ground) == ("2021-05-04", "dateline")


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("freedonia-20210504.txt", "2021-05-04"),
        ("in/2021-05-04_freedonia.txt", "2021-05-04"),
        ("freedonia_2021_05_04.txt", "2021-05-04"),
        ("000_2421202105047788.txt", None),
        ("freedonia-202105.txt", None),
        ("20210504-20210611.txt", None),
        ("freedonia-20311231.txt", None),
    ],
)
def test_file_name(capture_bytes: Callable[..., Document], name: str, published: str | None) -> None:
    document = capture_bytes(BODY, name)
    assert document.published == published
    assert document.published_ground == ("file name" if published else None)


def test_the_users_date_counts_where_the_file_has_none(capture_bytes: Callable[..., Document]) -> None:
    given = capture_bytes(BODY, "freedonia-20210504.txt", given_date="2021-05")
    assert (given.published, given.published_ground) == ("2021-05", "given")
    own = capture_bytes(f" date 2021-05-04 {BODY}", given_date="2021-05")
    assert (own.published, own.published_ground) == ("2021-05-04", "header")


def test_a_users_date_that_is_none_is_refused(capture_bytes: Callable[..., Document]) -> None:
    with pytest.raises(CaptureError, match="is not a date"):
        capture_bytes(BODY, given_date="last Tuesday")
