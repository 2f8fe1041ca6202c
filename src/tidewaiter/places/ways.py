"""Which places a transfer has, in what part, and where each lies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tidewaiter.model import RegisterRow
from tidewaiter.places.gazetteer import Gazetteer, Located
from tidewaiter.wording import name_of

NO_STATE = "an organisation or a group: no point stands for it"


class Part(NamedTuple):
    """A place or party in its part in a transfer."""

    role: str  # supplier, recipient, declared, via, true
    reported: str  # a code, or the words of the report
    cell: str  # of the register, whose words it rests on


def parts_of(row: RegisterRow) -> Iterator[Part]:
    """The parties, then the places of the route."""
    for role, code in (("supplier", row.supplier), ("recipient", row.recipient)):
        if code is not None:
            yield Part(role, code, role)
    if row.route is not None:
        ways = (("declared", row.route.declared), ("via", row.route.via), ("true", row.route.true))
        for role, names in ways:
            for name in names:
                yield Part(role, name, "route")


def located(reported: str, gazetteer: Gazetteer) -> tuple[str, Located]:
    """The name to show for a place or party, and where it lies."""
    if reported == reported.lower():  # of a route: words of the report; codes, names of groups have capitals
        return reported.title(), gazetteer.place(reported)
    if is_state(reported):
        return name_of(reported), gazetteer.state(reported)
    return name_of(reported), Located(None, None, None, None, None, NO_STATE)


def is_state(code: str) -> bool:
    """Whether a party or place is told by the code of a state: groups may have three capitals, too (RSF)."""
    return len(code) == 3 and code.isupper() and name_of(code) != code
