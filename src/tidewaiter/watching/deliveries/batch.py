"""What is told at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from tidewaiter.bulletin import Surroundings, plain_text
from tidewaiter.codec import Json, encode
from tidewaiter.errors import TidewaiterError
from tidewaiter.watching.conditions import Notice

TWICE = "may have been told before"


class DeliveryError(TidewaiterError):
    """Changes could not be told.  ``is_open``: nobody can say whether they were all the same."""

    def __init__(self, what: str, *, where: str, is_open: bool = False) -> None:
        super().__init__(what, where=where, todo="It is tried again at the next look.")
        self.is_open = is_open


class PartlyToldError(TidewaiterError):
    """Changes were told, and not to everybody; who has them should not get them again."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes of one alert, told at once."""

    case: str  # its name
    alert: str  # its name
    notices: tuple[Notice, ...]
    twice: bool  # they may have been told before

    def lines(self) -> Iterator[str]:
        """For reading."""
        yield from plain_text((one.change for one in self.notices), around(self.notices))

    def json_lines(self) -> Iterator[str]:
        """For programs, with what a reader of the lines alone needs."""
        for one in self.notices:
            yield json.dumps(notice_to_json(one, self.alert), ensure_ascii=False)


def around(notices: tuple[Notice, ...]) -> Surroundings:
    """What the changes are shown with."""
    titles = {one.change.transfer: one.title for one in notices if one.change.transfer and one.title}
    sources = {name: source for one in notices for name, source in one.sources.items()}
    return Surroundings(titles, sources)


def notice_to_json(notice: Notice, alert: str) -> dict[str, Json]:
    """As a line of ``changes --format jsonl``, with the name of the alert."""
    change = notice.change
    cited = [
        {
            "document": notice.sources.get(one.document, one.document),
            "document_id": one.document,
            "spans": encode(one.spans),
            "quote": one.quote,
        }
        for one in change.citations
    ]
    about = {
        "supplier": notice.supplier,
        "recipient": notice.recipient,
        "category": encode(notice.category),
        "stage": encode(notice.stage),
    }
    return {"type": "change", **encode(change), **about, "citations": cited, "alert": alert}
