"""Which endpoint has the records of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tidewaiter.errors import CaseError
from tidewaiter.web.addresses import Addresses
from tidewaiter.web.api.parameters import (
    DISCREPANCIES,
    REGISTER,
    SEARCH,
    UTTERANCES,
    Parameter,
    checked,
)

LISTS: Mapping[str, tuple[str, Sequence[Parameter]]] = {
    "": ("transfers", REGISTER),
    "copies": ("copies", ()),
    "utterances": ("utterances", UTTERANCES),
    "timeline": ("timeline", ()),
    "discrepancies": ("discrepancies", DISCREPANCIES),
    "sources": ("documents", ()),
    "search": ("search", SEARCH),
    "health": ("case", ()),
}
"""By the path of a page, the endpoint and what may be asked of both."""

SINGLE = ("transfers", "documents", "utterances")
"""First parts of paths of pages, and of endpoints, about one thing."""


def alternate(url: Addresses, path: str, query: Mapping[str, str]) -> str | None:
    """The address of a page's records, with what was asked of the page; None where no endpoint has them.

    The records begin with the first of the list: pages of it are not cut as those of the endpoint are.
    """
    parts = path.strip("/").split("/")
    if len(parts) == 2 and parts[0] in SINGLE:
        return url("api", *parts)
    if path.strip("/") not in LISTS:
        return None
    name, known = LISTS[path.strip("/")]
    names = {one.name for one in known}
    try:
        asked = checked([(key, value) for key, value in query.items() if key in names and value], known)
    except CaseError:
        return None
    return url.of(("api", name), asked)
