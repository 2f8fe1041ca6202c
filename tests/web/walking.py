"""Which pages the tests in a browser and ``tools/pictures.py`` look at: of every kind that the app has.

The kinds are the rows of the app's own table ``PAGES``.  Links are followed from the register, and of each
kind the first ``MOST`` addresses are kept; a kind that no link leads to fails, so that a new page is walked
by being there.  ``STATES`` are what links alone do not show.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from html import unescape
from typing import NamedTuple

import httpx
from starlette.routing import compile_path

from tidewaiter.web.app import PAGES

MOST = 2
"""Pages of one kind; the first that links lead to are those of what is told of most."""

STATES: Mapping[str, str] = {
    "register-narrowed": "/?supplier=TUR&sort=stage",
    "register-none": "/?supplier=nobody",
    "register-past": "/?as_of=2023-06-01",
    "register-before": "/?as_of=2001-01-01",
    "timeline-past": "/timeline?as_of=2023-06-01",
    "search-found": "/search?q=drones",
    "search-nothing": "/search?q=absquatulate",
    "health-verified": "/health?verify=1",
}
"""Filters, past days and answers, by a name for their pictures."""

FAULTS: Mapping[str, str] = {
    "error-not-found": "/transfers/tnothing",
    "error-no-page": "/nothing/here",
    "error-not-asked": "/?as_of=someday",
}
"""Addresses that answer with a page that says why there is none."""

_PATTERNS = {pattern: compile_path(pattern)[0] for pattern in PAGES}


class Walked(NamedTuple):
    """A page."""

    name: str  # for a file: "transfer-1"
    address: str


def links(page: str) -> list[str]:
    """Addresses of the app that a page leads to, without the place in the page, in order."""
    return [unescape(one).partition("#")[0] for one in re.findall(r'(?:href|src|action)="(/[^"]*)"', page)]


def by_kind(app: httpx.Client) -> Mapping[str, Sequence[str]]:
    """The first addresses of each kind of page.  Fails for a kind that no link leads to."""
    found: dict[str, list[str]] = {pattern: [] for pattern in PAGES}
    waiting = deque(["/"])
    while waiting:
        answer = app.get(waiting.popleft())
        assert answer.status_code == 200, answer.url
        for link in (one.partition("?")[0] for one in links(answer.text)):
            kept = found.get(_kind(link) or "")
            if kept is not None and link not in kept and len(kept) < MOST:
                kept.append(link)
                waiting.append(link)
    unseen = [pattern for pattern, kept in found.items() if not kept]
    assert not unseen, f"no link of the pages walked leads to a page of the kind {unseen}"
    return found


def _kind(link: str) -> str | None:
    """The row of ``PAGES`` that answers it; None for files and for what asks for more than a page."""
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.match(link)), None)


def pages(app: httpx.Client, most: int = MOST) -> list[Walked]:
    """Every page to look at, ``most`` of a kind, in the order of the app's table, the states behind."""
    walked = []
    for kind, addresses in by_kind(app).items():
        word = kind.partition("/{")[0].strip("/").replace("/", "-") or "register"
        word += "-one" if "{" in kind else ""
        walked += [
            Walked(word if len(addresses) == 1 else f"{word}-{number}", address)
            for number, address in enumerate(addresses[:most], start=1)
        ]
    return walked + [Walked(*state) for state in STATES.items()]
